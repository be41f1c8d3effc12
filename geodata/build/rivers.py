"""Draw rivers and canals, and weave their network: ``python geodata/build/rivers.py world-atlas-2.0.2.tgz``.

Reads rivers.toml (which tells its form), Natural Earth's centre lines (see courses.py) and the towns; writes
geodata/data/river.npz. ``areas.py`` takes the same lines for the bands that maps draw.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import shapely
from courses import courses
from frontiers import Labeller
from points import Points
from record import record
from shapely.geometry import LineString, MultiLineString
from towns import towns
from weave import store, weave

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
JOIN_KM = 7.0  # a tributary of Natural Earth's ends so near to its main stem
DRAWN_KM = 12.0  # a drawn stretch starts and ends in the middle of a town


@dataclass(frozen=True, slots=True, eq=False)
class Waterway:
    """A river or canal: the whole line, and what of it ships can use (None where it is closed to them)."""

    line: MultiLineString
    fairway: MultiLineString | None
    drawn: bool


def waterways(folder: Path) -> dict[str, Waterway]:
    """All lines of rivers.toml, by id; `folder` holds the archives."""
    rivers = tomllib.loads((HERE / "rivers.toml").read_text(encoding="utf-8"))
    natural, at = courses(folder), Points(towns())
    return {identifier: _waterway(river, natural, at) for identifier, river in rivers.items()}


def _waterway(river: dict, natural: dict[int, MultiLineString], at: Points) -> Waterway:
    parts = [_course(told, natural) for told in river.get("courses", [])]
    drawn = [LineString([at(point) for point in points]) for points in river.get("drawn", [])]
    line = _lines(shapely.union_all([*parts, *drawn]))
    open_to = line if river.get("navigable", True) else None
    if open_to is not None and "impassable" in river:
        open_to = _lines(shapely.difference(line, shapely.union_all([shapely.box(*b) for b in river["impassable"]])))
    return Waterway(line, open_to, bool(drawn))


def _course(told: int | list[float], natural: dict[int, MultiLineString]) -> shapely.Geometry:
    if isinstance(told, int):
        return natural[told]
    number, *box = told
    return shapely.intersection(natural[int(number)], shapely.box(*box))


def _lines(geometry: shapely.Geometry) -> MultiLineString:
    """Merge what hangs together."""
    merged = shapely.line_merge(geometry)
    return MultiLineString([part for part in shapely.get_parts(merged).tolist() if isinstance(part, LineString)])


def main(archive: Path) -> None:
    """Write the network of all waterways that are open to ships."""
    found = {name: way for name, way in waterways(archive.parent).items() if way.fairway is not None}
    lines = {name: way.fairway for name, way in found.items() if way.fairway is not None}
    join_km = {name: DRAWN_KM if way.drawn else JOIN_KM for name, way in found.items()}
    label = Labeller(archive)
    store(DATA / "river.npz", weave(lines, join_km, label), label.codes, list(lines))
    record(["river.npz"], "rivers.py")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
