"""Where other gazetteers put countries and states, so that a point of ours and a point of theirs mean the same.

anchors.csv has the CIA World Factbook's whole-degree coordinates (public domain), and GeoNames' point where that is far
from them. A point counts only where it lies in the shape.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from geometry import SHARE, WGS84, representative, unwrapped
from shapely.geometry import MultiPolygon, Point

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = Path(__file__).parent / "anchors.csv"


def anchored(identifier: str, shape: MultiPolygon) -> tuple[float, float, float]:
    """Longitude and latitude of the point that stands for a shape, and how far from it the shape reaches in km."""
    longitude, latitude, radius_km = representative(shape)
    told = _table().get(identifier)
    if told is None or not shape.contains(Point(told)):
        return longitude, latitude, radius_km
    return *told, max(radius_km, farthest_km(told, shape))


def farthest_km(point: tuple[float, float], shape: MultiPolygon) -> int:
    """How far the shape reaches from a point; outlying parts that are small beside the largest do not count."""
    whole = unwrapped(shape)
    largest = max(part.area for part in whole.geoms)
    corners = shapely.get_coordinates(MultiPolygon([part for part in whole.geoms if part.area >= SHARE * largest]))
    longitudes, latitudes = np.repeat([point], len(corners), axis=0).T
    return round(WGS84.inv(longitudes, latitudes, corners[:, 0], corners[:, 1])[2].max() / 1000)


@cache
def _table() -> Mapping[str, tuple[float, float]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: (float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file)}
