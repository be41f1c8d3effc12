"""How Chinese, Japanese and Korean write the sort of a place on to its name: 敖德萨港, オデーサ港, 오데사항.

Ports, airports, stations and crossings are found under their own names with such a word, and under those of the town
that they are named for. Its names tell their language by their letters: kana, Hangul, and Han outside Japan.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import sinitic
from nearby import distance_km

from geodata.names import fold

if TYPE_CHECKING:
    from towns import Town
    from written import Entry

NEAR_KM = 60
PEOPLE = 500  # a town of fewer lends its name to nothing
_FORMS = {
    "port": {"zh": ["{}港", "{}港口"], "ja": ["{}港"], "ko": ["{}항", "{} 항구"]},
    "airport": {
        "zh": ["{}机场", "{}国际机场"],
        "ja": ["{}空港", "{}国際空港"],
        "ko": ["{}공항", "{} 공항", "{} 국제공항"],
    },
    "station": {"zh": ["{}站", "{}火车站"], "ja": ["{}駅"], "ko": ["{}역"]},
    "crossing": {
        "zh": ["{}口岸"],
        "ja": ["{}検問所", "{}国境検問所"],
        "ko": ["{} 국경검문소", "{} 검문소", "{} 통상구"],
    },
}
_BASES = {"zh": ["{}空军基地"], "ja": ["{}空軍基地"], "ko": ["{} 공군기지", "{}공군기지"]}
_BASE = re.compile(r"\b(?:air ?base|afb|air force base|military|air station)\b", re.IGNORECASE)
_SORT = re.compile(
    r"(?:国际机场|國際機場|机场|機場|空军基地|港口|口岸|火车站|[港站]|国際空港|空港|空軍基地|国境検問所|検問所|駅"
    r"| ?국제공항| ?공항| ?공군기지| ?항구|항| ?국경검문소| ?검문소| ?통상구|역)$"
)
_LATIN_SORT = re.compile(r"^(?:Port of|airport of|Port) | (?:International Airport|Airport|Port|Air Base|station)$")
_SCRIPTS = {
    "zh": re.compile("[㐀-鿿·]{2,}"),
    "ja": re.compile("[ァ-ヺー・]{2,}"),
    "ko": re.compile("[가-힣 ]{2,}"),
}
_HAN_OF_THEIRS = frozenset({"JP", "KR", "KP"})


def with_sorts(entries: list[Entry], towns: list[Town]) -> list[Entry]:
    """Let entries be found under their names with the word for their sort, where no other bears that already."""
    taken = {fold(name) for entry in entries for told in entry.names.values() for name in told}
    taken |= {fold(name) for town in towns for name in (town.name, *town.names) if not name.isascii()}
    by_name: dict[str, list[Town]] = {}
    for town in towns:
        for key in {fold(name) for name in (town.name, *town.names) if name[0].isascii()}:
            by_name.setdefault(key, []).append(town)
    return [_sorted(entry, by_name, taken) if entry.feature in _FORMS else entry for entry in entries]


def _sorted(entry: Entry, by_name: dict[str, list[Town]], taken: set[str]) -> Entry:
    forms = _BASES if _BASE.search(entry.name) else _FORMS[entry.feature]
    stems = {language: {_SORT.sub("", name) for name in entry.names.get(language, [])} for language in forms}
    for town in _towns(entry, by_name):
        for language, names in _names(town).items():
            stems[language] |= names
    also = {language: list(told) for language, told in entry.also.items()}
    for language, patterns in forms.items():
        made = [pattern.format(stem) for stem in sorted(stems[language]) if len(stem) > 1 for pattern in patterns]
        if language == "zh":
            made += [sinitic.traditional(name) for name in [*made, *entry.names.get("zh", [])]]
        fresh = [name for name in dict.fromkeys(made) if fold(name) not in taken]
        if fresh:
            also[language] = [*also.get(language, []), *fresh]
    return replace(entry, also=also)


def _towns(entry: Entry, by_name: dict[str, list[Town]]) -> list[Town]:
    """Find the town that a place is named for: of one of its names without the word for its sort, near it."""
    told = [*entry.names.get("en", []), *entry.also.get("en", [])]
    keys = dict.fromkeys(fold(_LATIN_SORT.sub("", name)) for name in told)
    found = [
        town
        for key in keys
        for town in by_name.get(key, [])
        if town.country == entry.country
        and town.population >= PEOPLE
        and distance_km(entry.longitude, entry.latitude, town.longitude, town.latitude) < NEAR_KM
    ]
    return sorted(found, key=lambda town: (-town.population, town.id))[:1]


def _names(town: Town) -> dict[str, set[str]]:
    found = {
        language: {_bare(name) for name in town.names if script.fullmatch(name)}
        for language, script in _SCRIPTS.items()
        if language != "zh" or town.country not in _HAN_OF_THEIRS
    }
    if town.country == "JP":
        found["ja"] |= {_bare(name) for name in town.names if _SCRIPTS["zh"].fullmatch(name)}
    return found


def _bare(name: str) -> str:
    """Leave out an East Asian town's "city" or "county"."""
    return re.sub(r"(?<=..)[市県县町村시군]$", "", name.strip())
