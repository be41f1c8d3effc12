"""Areas: the polygons of countries, regions and waters, and the lines of rivers and canals."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.polygon import orient

from geodata.gazetteer import DATA, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geodata.position import Position

_WGS84 = Geod(ellps="WGS84")
_BAND_KM = 3.0  # to each side of a river's or canal's line
_BLUR_KM = 0.8  # how far the band's edge may stray: maps draw it softly
_DEGREE_KM = 111.2  # of latitude
_SHORE_DEGREES = 0.25  # a quay may lie this far off the simplified coast and still be in its country


class Regions:
    """Polygons by place id, wound right-handed and cut at the antimeridian; decoded when they are asked for.

    Parameters
    ----------
    blob : bytes
        WKB of all shapes, end to end.
    index : dict of str to (int, int)
        Place id to start and length in `blob`.
    borders : dict of str to list of str
        ISO 3166-1 alpha-2 code of a country to those of its neighbours.
    """

    def __init__(self, blob: bytes, index: dict[str, tuple[int, int]], borders: dict[str, list[str]]) -> None:
        self._blob = blob
        self._index = index
        self._borders = borders
        self.shape = lru_cache(maxsize=None)(self._shape)

    @classmethod
    def load(cls, folder: Path = DATA) -> Regions:
        """Open the compiled polygons.

        Raises
        ------
        FileNotFoundError
            Where the folder does not hold ``areas.*`` and ``neighbours.json``.
        """
        index = json.loads((folder / "areas.json").read_text(encoding="utf-8"))
        return cls(
            (folder / "areas.wkb").read_bytes(),
            {key: (start, length) for key, (start, length) in index.items()},
            json.loads((folder / "neighbours.json").read_text(encoding="utf-8")),
        )

    def extended(self, shapes: Mapping[str, Polygon | MultiPolygon]) -> Regions:
        """Make regions with these polygons by place id besides; of one id, the new one counts."""
        blob, index = bytearray(self._blob), dict(self._index)
        for place_id, drawn in shapes.items():
            told = shapely.to_wkb(drawn)
            index[place_id] = (len(blob), len(told))
            blob += told
        return Regions(bytes(blob), dict(sorted(index.items())), self._borders)

    def __len__(self) -> int:
        """How many shapes there are."""
        return len(self._index)

    def ids(self) -> tuple[str, ...]:
        """Ids of all places that have a shape, sorted."""
        return tuple(self._index)

    def line(self, place_id: str) -> MultiLineString | None:
        """Decode the line of a river or canal in EPSG:4326, None where there is none.

        It is smoothed to about a kilometre and shorter than the river; branches and breaks make several parts.
        """
        line = self._geometry(place_id)
        return line if isinstance(line, MultiLineString) else None

    def _shape(self, place_id: str) -> Polygon | MultiPolygon | None:
        """Decode the polygon of a place in EPSG:4326, of a river the band along its line; None where there is none."""
        shape = self._geometry(place_id)
        if isinstance(shape, MultiLineString):
            return _band(shape)
        if shape is not None and not isinstance(shape, Polygon | MultiPolygon):
            raise TypeError(f"areas.wkb holds a {shape.geom_type} for {place_id!r}, no polygon and no line")
        return shape

    def _geometry(self, place_id: str) -> BaseGeometry | None:
        if place_id not in self._index:
            return None
        start, length = self._index[place_id]
        return shapely.from_wkb(self._blob[start : start + length])

    @cached_property
    def _countries(self) -> tuple[list[str], shapely.STRtree]:
        codes = [place_id.removeprefix("country:") for place_id in self._index if place_id.startswith("country:")]
        shapes = (self.shape(f"country:{code}") for code in codes)
        return codes, shapely.STRtree([shape for shape in shapes if shape is not None])

    def country_at(self, position: Position) -> str | None:
        """ISO 3166-1 alpha-2 code of the country at a position, or of the nearest within some 25 km off the coast.

        Parameters
        ----------
        position : Position
            WGS 84, longitude first.

        Returns
        -------
        str or None
            None at sea.
        """
        codes, tree = self._countries
        point = Point(position)
        within = tree.query(point, predicate="within")
        if len(within):
            return codes[int(np.min(within))]
        nearest = tree.query_nearest(point, max_distance=_SHORE_DEGREES)
        return codes[int(np.min(nearest))] if len(nearest) else None

    def neighbours(self, country: str) -> tuple[str, ...]:
        """Which countries border one on land.

        Parameters
        ----------
        country : str
            ISO 3166-1 alpha-2 code.

        Returns
        -------
        tuple of str
            Codes, sorted; empty for an island or an unknown code. Causeways and bridges of a few hundred metres count,
            as between Malaysia and Singapore.
        """
        return tuple(self._borders.get(country, ()))

    def contains(self, outer: Place, inner: Place) -> bool:
        """Whether an area holds the representative point of another place.

        Where there is no polygon of the area, a disc of its ``radius_km`` stands in.
        """
        shape = self.shape(outer.id)
        if shape is not None:
            return bool(shape.covers(Point(inner.position)))
        if not outer.area:
            return False
        _, _, metres = _WGS84.inv(*outer.position, *inner.position)
        return bool(metres <= outer.radius_km * 1000)

    def beside(self, river: Place, place: Place, reach_km: float) -> bool:
        """Whether a place lies within reach of a river's or canal's line; never where no line is known."""
        line = self.line(river.id)
        if line is None:
            return False
        longitude, latitude = shapely.get_coordinates(shapely.shortest_line(line, Point(place.position)))[0].tolist()
        _, _, metres = _WGS84.inv(longitude, latitude, *place.position)
        return bool(metres <= reach_km * 1000)


def _band(line: MultiLineString) -> Polygon | MultiPolygon:
    """Draw a narrow band round a line, about as wide in the north as at the equator."""
    squeeze = np.array([np.cos(np.radians(line.centroid.y)), 1.0])
    plane = shapely.transform(line, lambda at: at * squeeze)
    around = plane.buffer(_BAND_KM / _DEGREE_KM, quad_segs=2).simplify(_BLUR_KM / _DEGREE_KM)
    band = shapely.transform(around, lambda at: at / squeeze)
    return MultiPolygon([orient(part) for part in shapely.get_parts(band).tolist()])
