"""How far a place is from water: the sea of Natural Earth 1:10m, rivers and canals that ships use, and lakes.

Harbour basins and creeks are finer than that; whoever asks allows for some kilometres.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from rivers import waterways
from shapely.geometry import Polygon
from shapes import read_topology, ring

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
ATLAS = "world-atlas-2.0.2.tgz"
WIDE = 350  # degrees; what is wider lies on both sides of the antimeridian ...
FAR_WEST = -100  # ... and its parts west of this have jumped; Africa's west coast has not
WORLD, BEYOND = shapely.box(-180, -90, 180, 90), shapely.box(180, -90, 540, 90)
ANTARCTIC = -60  # no port of ours lies there
MIN_RING = 3  # positions; what has no more is no hole
DEGREE_KM = 111.2  # of latitude
LAKES = (
    "water:lake-",
    "water:great-lakes",
    "water:aral-sea",
    "water:dead-sea",
    "water:caspian-sea",
    "water:gatun-lake",
)


class Waterside:
    """Coasts, rivers and lakes; `folder` holds the archives."""

    def __init__(self, folder: Path) -> None:
        ground = _ground(folder / ATLAS)
        self._land = shapely.STRtree(ground)
        shapely.prepare(self._land.geometries)
        fairways = [way.fairway for way in waterways(folder).values() if way.fairway is not None]
        lakes = _lakes()
        self._lakes = shapely.union_all(lakes)
        shapely.prepare(self._lakes)
        self._shores = shapely.STRtree(_segments([*ground, *fairways, *lakes]))

    def km(self, longitude: float, latitude: float, within_km: float) -> float:
        """Distance to the nearest water; 0 on it, infinite where none lies within a limit."""
        point = shapely.Point(longitude, latitude)
        if not len(self._land.query(point, predicate="within")) or self._lakes.covers(point):
            return 0.0
        squeeze = np.array([math.cos(math.radians(latitude)), 1.0])
        reach = within_km / DEGREE_KM / squeeze
        around = shapely.box(*(np.array(point.coords[0]) - reach), *(np.array(point.coords[0]) + reach))
        near = self._shores.geometries[self._shores.query(around)]
        if not len(near):
            return math.inf
        plane, here = (shapely.transform(geometry, lambda at: at * squeeze) for geometry in (near, point))
        km = float(shapely.distance(plane, here).min()) * DEGREE_KM
        return km if km <= within_km else math.inf


def _ground(atlas: Path) -> list[Polygon]:
    """Land at 1:10m but for Antarctica; what lies on both sides of the antimeridian is cut there."""
    topology = read_topology(atlas, "land-10m")
    (land,) = topology["objects"].values()
    found: list[Polygon] = []
    for arcs in (arcs for geometry in land["geometries"] for arcs in geometry["arcs"]):
        drawn = _drawn(topology, arcs)
        if drawn.bounds[3] > ANTARCTIC:
            pieces = [shapely.intersection(drawn, WORLD), shapely.intersection(drawn, BEYOND)]
            shifted = [pieces[0], shapely.transform(pieces[1], lambda at: at - (360, 0))]
            found += [part for piece in shifted for part in shapely.get_parts(piece).tolist() if part.area > 0]
    return found


def _drawn(topology: dict, arcs: list[list[int]]) -> BaseGeometry:
    """Decode a polygon of TopoJSON, unwrapped to the east where it jumps over the antimeridian."""
    rings = [ring(topology, indices) for indices in arcs]
    if np.ptp(rings[0][:, 0]) > WIDE:
        rings = [np.column_stack([at[:, 0] + 360 * (at[:, 0] < FAR_WEST), at[:, 1]]) for at in rings]
    return shapely.make_valid(Polygon(rings[0], [hole for hole in rings[1:] if len(hole) > MIN_RING]))


def _lakes() -> list[BaseGeometry]:
    """Outlines of the lakes in waters.toml, coarse as they are."""
    waters = tomllib.loads((HERE / "waters.toml").read_text(encoding="utf-8"))
    return [
        shapely.make_valid(shapely.Polygon(water["outline"]))
        for name, water in waters.items()
        if name.startswith(LAKES) and "outline" in water
    ]


def _segments(geometries: list[BaseGeometry]) -> np.ndarray:
    """Every piece of every line and ring by itself."""
    lines = shapely.get_parts(shapely.boundary([g for g in geometries if g.geom_type.endswith("Polygon")]))
    others = shapely.get_parts([g for g in geometries if not g.geom_type.endswith("Polygon")])
    coordinates, line = shapely.get_coordinates(np.concatenate([lines, others]), return_index=True)
    on = line[:-1] == line[1:]
    return shapely.linestrings(np.stack([coordinates[:-1][on], coordinates[1:][on]], axis=1))
