"""Compose areas and waters, and write the polygons: ``python geodata/build/areas.py world-atlas-2.0.2.tgz``.

Writes geodata/data/areas.wkb (the shapes, end to end) and areas.json (by place id, where each lies in it). Areas and
waters are polygons there; rivers and canals are lines, round which ``geodata.regions`` draws a band.
"""

from __future__ import annotations

import json
import math
import sys
import tomllib
import unicodedata
from pathlib import Path

import shapely
from geometry import disc, representative, thinned
from record import record
from rivers import waterways
from shapely.geometry import MultiLineString, MultiPolygon, Polygon
from shapes import compact, countries, multi
from written import Entry

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
COUNTRY_TOLERANCE = 0.015  # degrees; about 1.5 km, finer than the line a country is drawn with at the zooms of a report
AREA_SHARE = 300  # an area's tolerance is this part of its width, up to 0.1 degrees: it is drawn with a soft edge
LINE_TOLERANCE = 0.01  # degrees; well inside the band
WATER_FEATURES = {"water", "strait"}
WIDEST_KM = 500  # a strait that reaches farther is a sea route: no disc could stand for it
WIDE = {"region", "admin", "water", "island"}  # areas, even where no outline is told
TABLES = ("areas.toml", "waters.toml")  # in this order: an area's members stand above it


def compose(shapes: dict[str, MultiPolygon]) -> tuple[dict[str, MultiPolygon], list[Entry]]:
    """Shapes, by id, and entries of everything in areas.toml and waters.toml.

    An area is the union of its `members` (country codes, or ids of other areas), cut to its `outline` where it has one;
    a water is its outline without the land; a point with a radius is all there is where neither is told, but for the
    rivers and canals whose lines rivers.toml tells.
    """
    land = shapely.union_all(list(shapes.values()))
    found: dict[str, MultiPolygon] = {}
    entries = []
    drawn = tomllib.loads((HERE / "rivers.toml").read_text(encoding="utf-8")).keys()
    areas = {
        key: area for name in TABLES for key, area in tomllib.loads((HERE / name).read_text(encoding="utf-8")).items()
    }
    for identifier, area in areas.items():
        shape = _shape(area, shapes, found, land)
        if shape is not None:
            found[identifier] = shape
        entries.append(_entry(identifier, area, shape, has_line=identifier in drawn))
    return found, entries


def _shape(
    area: dict, shapes: dict[str, MultiPolygon], found: dict[str, MultiPolygon], land: MultiPolygon
) -> MultiPolygon | None:
    outline = _outline(area)
    members = [found[member] if ":" in member else shapes[member] for member in area.get("members", [])]
    if members:
        whole = shapely.union_all(members)
        return multi(shapely.intersection(whole, outline)) if outline else multi(whole)
    if outline is None:
        return None
    if area["feature"] not in WATER_FEATURES or area.get("inland"):
        return multi(outline)
    parts = multi(shapely.difference(outline, land)).geoms
    largest = max(part.area for part in parts)
    return MultiPolygon([part for part in parts if part.area > 0.05 * largest])


def _outline(area: dict) -> MultiPolygon | None:
    """Draw the rough polygon of an area; of a strait without one a disc."""
    if area["feature"] == "strait" and area["radius_km"] < WIDEST_KM and not area.keys() & {"outline", "outlines"}:
        return disc(area["at"], area["radius_km"])
    rings = area.get("outlines", [area["outline"]] if "outline" in area else [])
    return multi(shapely.union_all([Polygon(ring) for ring in rings])) if rings else None


def _entry(identifier: str, area: dict, shape: MultiPolygon | None, *, has_line: bool) -> Entry:
    computed = representative(shape) if shape is not None else (None, None, None)
    at = area.get("at", computed[:2])
    if at[0] is None:
        raise ValueError(f"{identifier} has neither a position nor an outline nor members")
    names = by_language(area["names"])
    return Entry(
        id=identifier,
        name=names["en"][0],
        longitude=at[0],
        latitude=at[1],
        radius_km=area.get("radius_km", computed[2]),
        feature=area["feature"],
        importance=area.get("importance", 0.85),
        names=names,
        country=area.get("country"),
        area=area.get("area", has_line or shape is not None or area["feature"] in WIDE),
    )


def by_language(names: dict) -> dict[str, list[str]]:
    """Every language's names as a list, in NFC."""
    lists = {language: [own] if isinstance(own, str) else own for language, own in names.items()}
    return {language: [unicodedata.normalize("NFC", name) for name in own] for language, own in lists.items()}


def names_by_language(text: str) -> dict[str, list[str]]:
    """Read the names column of a CSV table: ``en=First|Second;de=...``."""
    pairs = (part.split("=", 1) for part in text.split(";"))
    return by_language({language: own.split("|") for language, own in pairs})


def _soft(shape: MultiPolygon) -> MultiPolygon:
    largest = max(part.area for part in shape.geoms)
    main = MultiPolygon([part for part in shape.geoms if part.area > largest / 500])
    return compact(main, min(0.1, math.sqrt(shape.area) / AREA_SHARE))


def main(archive: Path) -> None:
    """Write the polygons of countries and areas, and the lines of rivers and canals."""
    shapes = countries(archive)
    areas, _ = compose(shapes)
    simple: dict[str, MultiPolygon | MultiLineString] = {
        f"country:{code}": compact(shape, COUNTRY_TOLERANCE) for code, shape in shapes.items()
    }
    simple |= {identifier: _soft(shape) for identifier, shape in areas.items()}
    simple |= {
        identifier: thinned(way.line, LINE_TOLERANCE)
        for identifier, way in waterways(archive.parent).items()
        if not identifier.startswith("link:")
    }
    index, blob = {}, bytearray()
    for identifier in sorted(simple):
        data = shapely.to_wkb(simple[identifier])
        index[identifier] = [len(blob), len(data)]
        blob += data
    DATA.mkdir(exist_ok=True)
    (DATA / "areas.wkb").write_bytes(blob)
    (DATA / "areas.json").write_text(json.dumps(index, indent=0) + "\n", encoding="utf-8")
    record(["areas.json", "areas.wkb"], "areas.py")
    print(f"{len(index)} shapes, {len(blob) / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
