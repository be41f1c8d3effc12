"""What a report's words say of each of its names' candidates."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geodata.gazetteer import Feature
from geodata.names import fold
from routes.toponyms.context import adjectives, cued, is_beside, offices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.gazetteer import Gazetteer
    from routes.toponyms.field import Bools, Field

_CLOSE = 40
_MOST_SPANS = 20
_NO_WORD = re.compile(r"[\W_]+")
_SHORTEST = 4
_UNSPACED = frozenset({"zh", "ja"})


@dataclass(frozen=True, slots=True)
class Heard:
    """For each candidate of a field, whether the words say it.

    Attributes
    ----------
    beside, close_by : array of bool
        Its country or state follows the name ("Paris, Texas"), or stands within some words of it.
    adjective_close, adjective : array of bool
        An adjective ("Libyan") close to the name or anywhere points to its country.
    state_words : array of bool
        The name of its state stands in the report, if only in the name of a university.
    offices : array of bool
        The report tells of offices and customs that its country has, and few others: a sheriff.
    called : array of bool
        It is of the kind that the words next to it say: "port of".
    called_anything, called_town : array of bool
        The words next to it say what kind it is; they call it a town.
    """

    beside: Bools
    close_by: Bools
    adjective_close: Bools
    adjective: Bools
    state_words: Bools
    offices: Bools
    called: Bools
    called_anything: Bools
    called_town: Bools


def hear(field: Field, text: str, language: str, gazetteer: Gazetteer) -> Heard:
    """Listen to a report for what it says of the candidates of its names."""
    beside, near = _neighbours(field, text)
    pointed = adjectives(text, language)
    kinds = [
        frozenset[Feature]().union(*(cued(text, start, end) for start, end in name.spans[:_MOST_SPANS]))
        for name in field.names
    ]
    every = frozenset(field.codes({country for _, country in pointed}))
    closest = [frozenset(field.codes(_close_to(name.spans[:_MOST_SPANS], pointed))) for name in field.names]
    return Heard(
        beside=_held(field, beside),
        close_by=_held(field, near),
        adjective_close=np.array([c in closest[n] for n, c in _rows(field)], dtype=np.bool_),
        adjective=np.array([c in every for _, c in _rows(field)], dtype=np.bool_),
        state_words=_state_words(field, text, language, gazetteer),
        offices=np.isin(field.countries, field.codes(offices(text, language))),
        called=np.array(
            [place.feature in kinds[n] for place, n in zip(field.places, field.name.tolist(), strict=True)],
            dtype=np.bool_,
        ),
        called_anything=np.array([bool(kind) for kind in kinds], dtype=np.bool_)[field.name],
        called_town=np.array([Feature.TOWN in kind for kind in kinds], dtype=np.bool_)[field.name],
    )


def _rows(field: Field) -> Iterator[tuple[int, int]]:
    return zip(field.name.tolist(), field.countries.tolist(), strict=True)


def _neighbours(field: Field, text: str) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Find for each name the names that stand beside it as its country or state may, and those close by."""
    mentions = sorted((start, end, number) for number, name in enumerate(field.names) for start, end in name.spans)
    beside: dict[int, set[int]] = {}
    near: dict[int, set[int]] = {}
    for turn, (_, end, number) in enumerate(mentions):
        for later, _, other in mentions[turn + 1 : turn + 4]:
            if later - end > _CLOSE:
                break
            if other != number:
                near.setdefault(number, set()).add(other)
                near.setdefault(other, set()).add(number)
        start, _, follower = mentions[min(turn + 1, len(mentions) - 1)]
        if follower != number and is_beside(text, end, start):
            beside.setdefault(number, set()).add(follower)
    return beside, near


def _held(field: Field, others: dict[int, set[int]]) -> Bools:
    """Tell which candidates lie in a country or state that one of the other names may be."""
    held = np.zeros(len(field.places), dtype=np.bool_)
    is_country, is_admin = field.of(Feature.COUNTRY), field.of(Feature.ADMIN)
    for number, several in others.items():
        own = slice(int(field.starts[number]), int(field.starts[number] + field.counts[number]))
        for other in several:
            rows = slice(int(field.starts[other]), int(field.starts[other] + field.counts[other]))
            within = (field.countries[own, None] == field.countries[rows]) & is_country[rows] & ~is_country[own, None]
            state = (field.states[own, None] == field.states[rows]) & (field.states[rows] != 0) & is_admin[rows]
            itself = np.array(
                [[place.id == area.id for area in field.places[rows]] for place in field.places[own]], dtype=np.bool_
            )
            held[own] |= ((within | state) & ~itself).any(axis=1)
    return held


def _close_to(spans: tuple[tuple[int, int], ...], pointed: list[tuple[int, str]]) -> set[str]:
    found: set[str] = set()
    for start, end in spans:
        at = bisect_left(pointed, (start - _CLOSE, ""))
        while at < len(pointed) and pointed[at][0] < end + _CLOSE:
            found.add(pointed[at][1])
            at += 1
    return found


def _state_words(field: Field, text: str, language: str, gazetteer: Gazetteer) -> Bools:
    """Tell for which candidates the name of their state stands in the report; not where it is their own name."""
    words = fold(text) if language in _UNSPACED else f" {_NO_WORD.sub(' ', fold(text))} "
    there: dict[tuple[str, str], frozenset[str]] = {}
    said = np.zeros(len(field.places), dtype=np.bool_)
    for row, place in enumerate(field.places):
        if not place.country or not place.admin or place.feature is Feature.ADMIN:
            continue
        key = place.country, place.admin
        if key not in there:
            there[key] = frozenset(name for name in names_of_state(gazetteer, *key, language) if name in words)
        said[row] = any(fold(place.name) not in name for name in there[key])
    return said


@lru_cache(maxsize=4_096)
def names_of_state(gazetteer: Gazetteer, country: str, admin: str, language: str) -> tuple[str, ...]:
    """Give the names of a first-level region in a language, folded, as they stand among words."""
    try:
        place = gazetteer.place(f"admin:{country}-{admin}")
    except LookupError:
        return ()
    names = {fold(name) for name in (place.name, *place.names.get(language, ()))}
    if language in _UNSPACED:
        return tuple(sorted(name for name in names if not name.isascii()))
    bare = {_NO_WORD.sub(" ", name).strip() for name in names}
    return tuple(sorted(f" {name} " for name in bare if len(name) >= _SHORTEST))
