"""GeoJSON geometry: rounding, winding, cutting, boxes. Longitude first, degrees WGS 84."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import antimeridian
import numpy as np
import shapely

from geodata.position import WGS84, Position, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

DECIMALS = 5
AREA_DECIMALS = 2
# An empty stretch this wide decides that a box runs over the antimeridian rather than round the world.
WIDE_GAP_DEGREES = 60


def bounding_box(features: Iterable[Mapping[str, Any]]) -> list[float] | None:
    """Give the box around all features as [west, south, east, north] in degrees, or None where nothing has a place.

    Where the features lie on both sides of the antimeridian and closer together over it, west is greater than east
    (RFC 7946, section 5.2).
    """
    positions = [p for feature in features for p in coordinates_of(feature.get("geometry"))]
    if not positions:
        return None
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    longitudes = sorted({p[0] for p in positions})
    west, east = longitudes[0], longitudes[-1]
    if west > -180 or east < 180:
        return [west, south, east, north]
    # Something touches the antimeridian: leave out the widest empty stretch, wherever it lies.
    gaps = [(b - a, a, b) for a, b in itertools.pairwise(longitudes)]
    width, gap_west, gap_east = max(gaps, default=(0.0, west, east))
    return [gap_east, south, gap_west, north] if width > WIDE_GAP_DEGREES else [west, south, east, north]


def coordinates_of(geometry: Any) -> Iterator[tuple[float, float]]:
    """Walk every position of a GeoJSON geometry; yields (longitude, latitude), TypeError where it is none."""
    if not isinstance(geometry, dict):
        return
    if geometry.get("type") == "GeometryCollection":
        for part in geometry.get("geometries") or ():
            yield from coordinates_of(part)
        return
    stack = [geometry.get("coordinates")]
    while stack:
        item = stack.pop()
        if not isinstance(item, list | tuple):
            raise TypeError(f"{item!r} is no position")
        if not item:
            continue
        if isinstance(item[0], int | float):
            yield (item[0], item[1])
        else:
            stack.extend(reversed(item))


def line_geometry(line: Sequence[Position]) -> dict[str, Any] | None:
    """Give an unwrapped line as a (Multi)LineString cut at the antimeridian; None where it has no extent."""
    parts = [[rounded(p) for p in part] for part in cut(line)] if len(line) > 1 else []
    parts = [part for part in map(_without_repeats, parts) if len(part) > 1]
    if not parts:
        return None
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def disc(centre: Position, radius_km: float) -> shapely.Geometry:
    """Give the circle of a radius on the ellipsoid as a polygon of 72 corners, cut at the antimeridian.

    It stands in for an area of which no outline is known.
    """
    azimuths = np.arange(0, -360, -5)
    east, north = (np.full(len(azimuths), degrees) for degrees in centre)
    longitudes, latitudes, _ = WGS84.fwd(east, north, azimuths, np.full(len(azimuths), radius_km * 1000))
    return antimeridian.fix_polygon(shapely.Polygon(np.column_stack([longitudes, latitudes])))


def area_geometry(outline: shapely.Geometry) -> dict[str, Any]:
    """Give an area as a Polygon or MultiPolygon, rounded to 0.01 degree, valid, and wound right-handed."""
    clean = shapely.make_valid(shapely.set_precision(outline, 10**-AREA_DECIMALS))
    return _plain(_right_handed(clean).__geo_interface__)


def _right_handed(outline: shapely.Geometry) -> shapely.Polygon | shapely.MultiPolygon:
    """Wind exterior rings counterclockwise (RFC 7946, section 3.1.6) and keep only what has an area."""
    parts = [p for p in shapely.get_parts(outline).tolist() if isinstance(p, shapely.Polygon) and p.area > 0]
    wound = [shapely.geometry.polygon.orient(part, 1.0) for part in parts]
    return wound[0] if len(wound) == 1 else shapely.MultiPolygon(wound)


def _plain(geometry: Mapping[str, Any]) -> dict[str, Any]:
    def short(item: Any) -> Any:
        return [short(each) for each in item] if isinstance(item, tuple | list) else round(float(item), AREA_DECIMALS)

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


def rounded(position: Position) -> list[float]:
    """Give a position as GeoJSON has it, to about a metre."""
    return [round(position.longitude, DECIMALS), round(position.latitude, DECIMALS)]


def _without_repeats(part: list[list[float]]) -> list[list[float]]:
    return [p for i, p in enumerate(part) if i == 0 or p != part[i - 1]]
