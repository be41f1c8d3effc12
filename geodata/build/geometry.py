"""Representative points and extents of areas."""

from __future__ import annotations

import numpy as np
import shapely
import shapely.affinity
import shapely.ops
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

WGS84 = Geod(ellps="WGS84")
SHARE = 0.1  # parts smaller than this share of the largest do not move the point: Alaska does, Hawaii does not


def unwrapped(shape: MultiPolygon) -> MultiPolygon:
    """Move what lies beyond the antimeridian to the side of the largest part, so that planar measures hold."""
    west, _, east, _ = shape.bounds
    if east - west <= 180:
        return shape
    largest = max(shape.geoms, key=lambda part: part.area).centroid.x
    moved = [
        shapely.affinity.translate(part, 360 * np.sign(largest)) if abs(part.centroid.x - largest) > 180 else part
        for part in shape.geoms
    ]
    return MultiPolygon(moved)


def disc(at: tuple[float, float], radius_km: float) -> MultiPolygon:
    """Draw a circle on the ground, of sixteen corners; not over the antimeridian."""
    corners = [WGS84.fwd(*at, turn, radius_km * 1000)[:2] for turn in np.arange(0, 360, 22.5).tolist()]
    return MultiPolygon([Polygon(corners)])


def representative(shape: MultiPolygon) -> tuple[float, float, float]:
    """Longitude and latitude of a point inside that stands for the shape, and its half extent in kilometres."""
    shape = unwrapped(shape)
    largest = max(part.area for part in shape.geoms)
    main = MultiPolygon([part for part in shape.geoms if part.area >= SHARE * largest])
    point = main.centroid
    if not main.contains(point):
        point = shapely.ops.nearest_points(main, point)[0]
    west, south, east, north = main.bounds
    _, _, width = WGS84.inv(west, (south + north) / 2, min(east, west + 179), (south + north) / 2)
    height = abs(north - south) * 111.2
    longitude = (point.x + 180) % 360 - 180
    return round(longitude, 3), round(point.y, 3), max(5, round(max(width / 2000, height / 2)))


def of_points(longitudes: list[float], latitudes: list[float]) -> tuple[float, float, float]:
    """Take the mean of points on the sphere, and the distance within which 95 % of them lie."""
    lon, lat = np.radians(longitudes), np.radians(latitudes)
    x, y, z = np.mean(np.cos(lat) * np.cos(lon)), np.mean(np.cos(lat) * np.sin(lon)), np.mean(np.sin(lat))
    longitude, latitude = float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    count = len(longitudes)
    _, _, distances = WGS84.inv([longitude] * count, [latitude] * count, longitudes, latitudes)
    return round(longitude, 3), round(latitude, 3), max(5, round(float(np.percentile(distances, 95)) / 1000))


def thinned(line: MultiLineString, tolerance: float) -> MultiLineString:
    """Simplify lines to a tolerance in degrees and round to a millidegree (about 100 m).

    What shrinks to a point is left out.
    """
    simpler = shapely.line_merge(shapely.set_precision(shapely.simplify(line, tolerance), 1e-3))
    return MultiLineString([part for part in shapely.get_parts(simpler).tolist() if isinstance(part, LineString)])
