"""Units beneath the first level: départements, English counties, Italian provinces, raions, and regions of old.

Natural Earth draws the units and names them in many languages; districts.csv has regions that people name though no
law does, each placed by towns in it; GeoNames' second level is placed by its towns, and of it those are kept whose
name no town near bears. All come after the great towns of their names, and after the towns in them.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from anchors import farthest_km
from areas import names_by_language
from codes import Second, second_level
from geometry import of_points, representative
from nearby import Named, distance_km
from ordinary import ordinary
from provinces import BENT, bearers_of, fresh
from subdivisions import Region, bare, plain, sorts
from written import Entry

from geodata.inflection import forms
from geodata.names import fold

if TYPE_CHECKING:
    from towns import Town
    from units import Unit

HERE = Path(__file__).parent
DISTRICT = 0.45
TRADITIONAL = 0.5
MINOR = 0.25
WHOLE = 0.8  # of a region's towns in one unit: the unit is the region
NEAR_KM = 150
SMALL_KM = 20  # a unit no larger, named for a town in it, is that town
PEOPLE = 20_000  # of a unit that GeoNames alone tells
LEAST_KM = 15
SHORTEST = 4  # letters of a name that GeoNames alone tells
BRIEF = 5  # letters; so short a name in other letters than Latin is left out where it is a word
_NO_UNIT = re.compile(
    r"[\d(),/]|(City|District) Council|Misk?rada|^Gemeente |Kommun|Municip|^Commune |^Grad |^(Town|City) of|^Opština",
    re.IGNORECASE,
)
# Units whose bare names are words: only with their sort are they named.
WORDS = frozenset(
    "ain allier arabe aube brent cher creuse down east eure land leste lot mancha manche mont sense somme var".split()
)
AROUND_KM = 10  # a region of old reaches so far beyond the towns that place it
# What sort of unit Natural Earth draws where it tells another; none where a name is never said with its sort.
SORTS = {"ES": "Province", "GB": "", "FR": "Department", "VN": "Province"}
# The United States' are counties.py's; municipalities are towns.
OMITTED = frozenset("US BR MX CO CA RO TH PR JM PH JP SI LV MT".split())


def districts(towns: list[Town], others: list[Entry], drawn: list[Unit]) -> list[Entry]:
    """All units beneath the first level: ours, those that are drawn, those that GeoNames has."""
    known, bearers = _Known(others), bearers_of(towns)
    named, by_id = Named(towns, []), {town.id: town for town in towns}
    minor = (_minor(unit, by_id, named) for unit in second_level())
    found: list[Entry] = []
    for entry in [*_traditional(bearers), *_drawn(drawn, towns, bearers), *filter(None, minor)]:
        if not known.has(entry):
            known.add(entry)
            found.append(entry)
    return found


class _Known:
    """Regions that are there already, by folded name."""

    def __init__(self, entries: list[Entry]) -> None:
        self._there: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.feature in {"country", "region", "admin", "island"}:
                self.add(entry)

    def add(self, entry: Entry) -> None:
        for key in {fold(bare(name)) for told in entry.names.values() for name in told}:
            self._there.setdefault(key, []).append(entry)

    def has(self, entry: Entry) -> bool:
        """Whether a region of its English name is there, near it and in its country."""
        return any(
            other.country == entry.country
            and distance_km(entry.longitude, entry.latitude, other.longitude, other.latitude) < NEAR_KM
            for name in entry.names["en"]
            for other in self._there.get(fold(bare(name)), [])
        )


def _traditional(bearers: dict[str, list[Town]]) -> list[Entry]:
    """Read districts.csv; a town of a row is the largest of its name in its country."""
    with (HERE / "districts.csv").open(encoding="utf-8", newline="") as file:
        return [_row(row, bearers) for row in csv.DictReader(file)]


def _row(row: dict[str, str], bearers: dict[str, list[Town]]) -> Entry:
    own = [_largest(name, row["country"], bearers) for name in row["towns"].split("|")]
    names = names_by_language(row["names"])
    region = Region(row["country"], own[0].admin, names, {})
    entry = fresh(f"district:{row['country']}-{_slug(names['en'][0])}", region, own, bearers, TRADITIONAL)
    reach = max(distance_km(entry.longitude, entry.latitude, town.longitude, town.latitude) for town in own)
    return replace(
        entry,
        feature="region",
        radius_km=round(max(float(row["radius_km"] or 0), reach + AROUND_KM)),
        admin=own[0].admin if len({town.admin for town in own}) == 1 else None,
    )


def _largest(name: str, country: str, bearers: dict[str, list[Town]]) -> Town:
    own = [town for town in bearers.get(fold(name), []) if town.country == country]
    if not own:
        raise ValueError(f"districts.csv: there is no town {name!r} in {country}")
    return max(own, key=lambda town: (town.population, -town.id))


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def _drawn(drawn: list[Unit], towns: list[Town], bearers: dict[str, list[Town]]) -> list[Entry]:
    """Units of Natural Earth that are a part of a region of GeoNames."""
    whole = Counter((town.country, town.admin) for town in towns)
    sort_forms = sorts()
    found: dict[str, Entry] = {}
    for unit in drawn:
        if unit.region is None or unit.region[0] in OMITTED or len(unit.towns) >= WHOLE * whole[unit.region]:
            continue
        country, admin = unit.region
        names = _spoken(unit.names)
        if not names.get("en"):
            continue
        region = Region(country, admin, names, sort_forms.get(SORTS.get(country, unit.sort), {}))
        own = [towns[number] for number in unit.towns]
        longitude, latitude, radius_km = representative(unit.shape)
        keys = {fold(bare(name)) for name in names["en"]}
        if radius_km <= SMALL_KM and any(fold(town.name) in keys for town in own):
            continue
        identifier = f"district:{country}-{unit.geonames or _slug(names['en'][0])}"
        entry = fresh(identifier, region, own, bearers, DISTRICT)
        point = (longitude, latitude)
        found[identifier] = replace(
            _unbent(entry), longitude=longitude, latitude=latitude, radius_km=max(5, farthest_km(point, unit.shape))
        )
    return list(found.values())


def _spoken(names: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out names that are ordinary words alone, as "North", and the country or sort in brackets after a name."""
    kept = {language: [_bracketless(name) for name in told] for language, told in names.items()}
    kept = {language: list(dict.fromkeys(name for name in told if _usable(name))) for language, told in kept.items()}
    return {language: told for language, told in kept.items() if told}


def _usable(name: str) -> bool:
    key = fold(name)
    short = len(key) <= BRIEF and not key.isascii() and ordinary(name)
    return bool(key) and key not in WORDS and not short and not (plain(name) and name == bare(name))


def _unbent(entry: Entry) -> Entry:
    """Keep as it stands a name that bends to an ordinary word, as German "Devons" is one in French."""
    names, also = {}, {}
    loose: list[str] = []
    for kept, told_by in ((names, entry.names), (also, entry.also)):
        for language, told in told_by.items():
            stiff = {name for name in told if language in BENT and any(map(ordinary, forms(name, language) - {name}))}
            kept[language] = [name for name in told if name not in stiff and fold(name) not in WORDS]
            loose += [name for name in told if name in stiff and fold(name) not in WORDS]
    names = {language: told for language, told in names.items() if told}
    return replace(entry, names=names, also={**also, "und": list(dict.fromkeys([*also.get("und", []), *loose]))})


def _bracketless(name: str) -> str:
    """Take off what stands in brackets."""
    return re.split("[(（]", name, maxsplit=1)[0].strip()


def _minor(unit: Second, by_id: dict[int, Town], named: Named) -> Entry | None:
    """Make the entry of a unit that GeoNames alone tells, of the names that no town near it bears."""
    country, admin, _ = unit.code.split(".")
    own = [by_id[number] for number in unit.towns if number in by_id]
    if country in OMITTED or sum(town.population for town in own) < PEOPLE:
        return None
    longitude, latitude, radius_km = of_points([town.longitude for town in own], [town.latitude for town in own])

    def borne(name: str) -> bool:
        return any(
            town.country == country and distance_km(longitude, latitude, town.longitude, town.latitude) < NEAR_KM
            for town in named.towns(fold(name))
        )

    names = [name for name in unit.names if not _NO_UNIT.search(name) and not borne(name)]
    names = [name for name in names if name != bare(name) or (_usable(name) and not ordinary(name))]
    latin = [name for name in names if name.isascii() and len(name) >= SHORTEST]
    if not latin or borne(bare(latin[0])):
        return None
    stems = {bare(name) for name in latin} - set(names)
    stems = [name for name in sorted(stems) if len(name) >= SHORTEST and _usable(name) and not ordinary(name)]
    usual = sorted(latin, key=lambda name: name == bare(name))
    return Entry(
        id=f"district:{unit.code.replace('.', '-')}",
        name=usual[0],
        longitude=longitude,
        latitude=latitude,
        radius_km=max(LEAST_KM, radius_km),
        feature="admin",
        importance=named.below([*latin, *stems], MINOR),
        names={"en": usual},
        country=country,
        admin=admin,
        area=True,
        also={"und": [*stems, *(name for name in names if not name.isascii())]},
    )
