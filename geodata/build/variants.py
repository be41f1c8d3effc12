"""Names of towns that reports use and GeoNames lacks, made from those that it has.

Cyrillic in the German, English, French and Polish manner; Korean in both romanisations; Arabic with and without the
article; Persian with and without ezafe; Chinese in simplified, traditional and Japanese characters, in pinyin by
syllables and in Hangul;
East Asian names without their "city", "county", "town".
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

import cyrillic
import hangul
import latin
import sinitic
from opencc import OpenCC
from wordfreq import get_frequency_dict

from geodata.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from towns import Town

CYRILLIC = {
    "AM": ["ru"], "AZ": ["ru"], "BG": ["bg"], "BY": ["be", "ru"], "GE": ["ru"], "KG": ["ky", "ru"], "KZ": ["kk", "ru"],
    "MK": ["mk"], "MN": ["mn"], "RS": ["sr"], "RU": ["ru"], "TJ": ["tg", "ru"], "TM": ["ru"], "UA": ["uk", "ru"],
    "UZ": ["uz", "ru"],
}  # fmt: skip
CHINESE = frozenset({"CN", "HK", "MO", "TW"})
_MOST_LIKE = 0.6  # how like its Latin name the right one of a town's Cyrillic names is
_PEOPLE = 500  # smaller towns get no made names, but for seats of counties whose people GeoNames does not count
_PEOPLE_SOUNDED = 50_000  # Chinese towns whose sounds Korean texts write
_PEOPLE_ABROAD = 15_000  # Chinese characters for towns outside China
_PEOPLE_OF_WORD = 100_000  # a town of this size may be called like an ordinary East Asian word
_ORDINARY = 2e-6  # share of running words; in East Asian languages, whose names are words, more
_ORDINARY_EAST_ASIAN = 3e-5
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ru", "uk", "ar", "fa")
_EAST_ASIAN = {"KR": "ko", "KP": "ko", "JP": "ja", "CN": "zh", "TW": "zh", "HK": "zh", "MO": "zh"}
_SHORTEST = 4  # letters
_HAN = re.compile(r"[㐀-鿿々]{2,}")
_HANGUL = re.compile("[가-힣]{2,}")
_OF_HAN = re.compile(r"(.{2,})(?:自治[州县縣旗]|地区|地區|[市县縣镇鎮区區乡鄉町村])")
_COUNTY = re.compile(r"([㐀-鿿]{2,3})[县縣]")
_OF_HANGUL = re.compile(r"(.{2,})[시군읍구]")
_LARGER = 10


def variants(town: Town) -> set[str]:
    """Make the names of a town that it may be called by; some of them it has already.

    Parameters
    ----------
    town : Town
        With all names that GeoNames has.

    Returns
    -------
    set of str
        Most of them folded; empty for a village.
    """
    names = (town.name, *town.names)
    if town.population < _PEOPLE:
        return {match[1] for name in names if (match := _COUNTY.fullmatch(name))}
    found = {*_from_cyrillic(town, names), *_from_han(town, names), *_from_hangul(town, names)}
    name = fold(town.name)
    if town.country in latin.ARAB:
        found |= latin.articles(name)
    if town.country in latin.PERSIAN:
        found |= latin.joiners(name)
    if town.country in latin.ARAB | latin.PERSIAN:
        read = {name, *(key for key in found if " ye " not in key)}
        found |= {other for key in read for other in latin.manners(fold(key))}
    if town.country in CHINESE and name.isascii() and " " not in name and (parted := latin.syllables(name)):
        found.add(parted)
        sound = sinitic.hangul(parted.split()) if town.population >= _PEOPLE_SOUNDED else None
        found |= {sound} - {None} - _words(("ko",), _ORDINARY_EAST_ASIAN)
    return found - {town.name, *town.names}


def _from_cyrillic(town: Town, names: tuple[str, ...]) -> Iterator[str]:
    for language in CYRILLIC.get(town.country, ()):
        name = _own_name(town, names, language)
        if not name:
            continue
        for manner in cyrillic.MANNERS:
            yield from cyrillic.romanised(name, language, manner)
        if town.country == "RU":
            yield cyrillic.ukrainian(name)


def _own_name(town: Town, names: tuple[str, ...], language: str) -> str | None:
    """Choose the name in a language's letters that sounds most like the Latin name."""
    letters = cyrillic.alphabet(language)
    latin_name = fold(town.name)

    def likeness(name: str) -> float:
        spelling = fold(cyrillic.romanised(name, language, "en")[0])
        return SequenceMatcher(None, spelling, latin_name, autojunk=False).ratio()

    fitting = [name for name in names if any(letter.isalpha() for letter in name) and letters.issuperset(name.lower())]
    best = max(sorted(fitting), key=likeness, default=None)
    return best if best is not None and likeness(best) >= _MOST_LIKE else None


@cache
def _converter(how: str) -> OpenCC:
    return OpenCC(how)


def _from_han(town: Town, names: tuple[str, ...]) -> Iterator[str]:
    if town.country not in CHINESE | {"JP"} and town.population < _PEOPLE_ABROAD:
        return
    for name in names:
        if not _HAN.fullmatch(name):
            continue
        short = _OF_HAN.fullmatch(name) if town.country in _EAST_ASIAN else None
        for spelling in {name, short[1] if short else name}:
            yield spelling
            yield _converter("t2s").convert(spelling)
            if town.country != "JP":
                yield sinitic.traditional(spelling)
            if town.country in CHINESE:
                yield sinitic.japanese(_converter("t2s").convert(spelling))


def _from_hangul(town: Town, names: tuple[str, ...]) -> Iterator[str]:
    if town.country not in {"KP", "KR"}:
        return
    for name in names:
        if not _HANGUL.fullmatch(name):
            continue
        short = _OF_HANGUL.fullmatch(name)
        spellings = {name, short[1] if short else name}
        for spelling in spellings | {other for one in spellings for other in hangul.northern_and_southern(one)}:
            yield spelling
            yield from hangul.romanised(spelling)


def add_variants(places: dict[str, set[int]], towns: list[Town], first: int) -> int:
    """Add the made names of towns to the keys of the gazetteer where they help and do not confuse.

    Parameters
    ----------
    places : dict of str to set of int
        Folded names to numbers of places; changed.
    towns : list of Town
        The towns, numbered from `first` on; places of smaller numbers are ours.
    first : int
        Number of the first town.

    Returns
    -------
    int
        How many pairs of name and town were added.
    """
    largest: dict[str, int] = {}
    for town in towns:
        key = fold(town.name)
        largest[key] = max(town.population, largest.get(key, 0))
    ours = {key for key, bearers in places.items() if min(bearers) < first}
    added = 0
    for number, town in enumerate(towns, start=first):
        keys = {fold(name) for name in variants(town)}
        for key in sorted(keys):
            if key in ours or not _is_name(key, town) or number in places.get(key, ()):
                continue
            if largest.get(key, 0) >= _LARGER * max(town.population, _PEOPLE):
                continue
            places.setdefault(key, set()).add(number)
            added += 1
    return added


def _is_name(key: str, town: Town) -> bool:
    """Whether a made key is long enough, and no ordinary word."""
    if _HAN.fullmatch(key) or _HANGUL.fullmatch(key):
        return town.population >= _PEOPLE_OF_WORD or key not in _words(("ja", "ko", "zh"), _ORDINARY_EAST_ASIAN)
    return len(key) >= _SHORTEST and key[0].isalpha() and key not in _words(_LANGUAGES, _ORDINARY)


@cache
def _words(languages: tuple[str, ...], share: float) -> frozenset[str]:
    """List, folded, the words that are at least so frequent in one of some languages."""
    shares = (get_frequency_dict(language) for language in languages)
    return frozenset(fold(word) for of_language in shares for word, part in of_language.items() if part >= share)
