"""What a user says of names wins over everything: which place a name is, or that it is none."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.affixes import detached
from geodata.gazetteer import Candidate, Place
from geodata.inflection import lemmas
from geodata.names import fold, fold_with_offsets
from routes.errors import GivenError
from routes.model import AS_SAID, Resolution, Toponym
from routes.toponyms.given import marked, place_at, position_of, said_to_be
from routes.toponyms.lookup import Form, Found, Lookup
from routes.toponyms.resolve import resolve
from routes.toponyms.tokens import is_katakana, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.position import Position
    from geodata.world import World
    from routes.model import Report, Said

    Named = Toponym | Resolution

NONE = "none"
_LONGEST_AFFIX = 8
_HINTS = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """What a user says of a name; without a place it names none."""

    name: str
    place: Place | None

    @property
    def key(self) -> str:
        """The folded name, under which it is looked for."""
        return fold(self.name)


def corrections_of(said: Mapping[str, Said], world: World, where: str = "") -> tuple[Correction, ...]:
    """Read what a user says of names.

    Parameters
    ----------
    said : mapping
        From a name, as it stands in the text, to a place's id (``"geonames:2210247"``), its longitude and latitude
        (``(13.19, 32.89)`` or ``"13.19,32.89"``), a Place, or None, ``""`` or ``"none"`` where it names no place.
    world : World
    where : str
        What the message of an error begins with.

    Raises
    ------
    GivenError
        Where a name is empty, or what is said of it is no place.
    """
    here: dict[Position, Place] = {}
    found = []
    for name, value in said.items():
        if not fold(name):
            raise GivenError(f"{where}{name!r} is no name; say which place a name is, as in 'Tripoli=geonames:2210247'")
        place = _place(name.strip(), value, world, where)
        found.append(Correction(name.strip(), place and here.setdefault(place.position, place)))
    return tuple(found)


def settle(
    named: Sequence[Named], corrections: Sequence[Correction], report: Report, world: World
) -> tuple[Resolution, ...]:
    """Place every name: as the user says, then as it came placed, else as the rest of the report suggests.

    Parameters
    ----------
    named : sequence of Toponym or Resolution
        The names of the report; a Resolution is settled already.
    corrections : sequence of Correction
        Of two of one name the later counts. A name that they place is one wherever it stands as a word of its own.
    report : Report
    world : World

    Returns
    -------
    tuple of Resolution
        In text order.

    Raises
    ------
    GivenError
        Where a quote does not read back from the report.
    """
    for it in named:
        quote = _toponym(it).quote
        if report.text[quote.start : quote.end] != quote.exact:
            raise GivenError(f"report {report.id!r}: the toponym {quote.exact!r} does not stand at {quote.start} in it")
    language = report.language.split("-", maxsplit=1)[0]
    if corrections:
        named = _corrected(named, {one.key: one for one in corrections}, report, Lookup(world.gazetteer, language))
    named = sorted(named, key=lambda it: _toponym(it).quote.start)
    settled = {it.toponym.quote.exact: it.place for it in named if isinstance(it, Resolution) and it.place}
    known = {
        exact: Found(fold(exact), Form.EXACT, (Candidate(place, 1.0, AS_SAID),)) for exact, place in settled.items()
    }
    resolved = resolve([_toponym(it) for it in named], report, world, known)
    return tuple(it if isinstance(it, Resolution) else ours for it, ours in zip(named, resolved, strict=True))


def _place(name: str, value: Said, world: World, where: str) -> Place | None:
    if value is None or isinstance(value, Place):
        return value
    if isinstance(value, str) and value.strip().casefold() in {"", NONE}:
        return None
    numbers = _numbers(value)
    if isinstance(value, str) and not numbers:
        return _of_id(name, value.strip(), world.gazetteer, where)
    position = position_of(*numbers) if len(numbers) == 2 else None
    if position is None:
        raise GivenError(
            f"{where}{name!r} is to be at {value!r}, which is no position: the longitude, from -180 to 180, comes "
            "first, then the latitude, from -90 to 90"
        )
    return place_at(name, position, world)


def _numbers(value: str | Sequence[float]) -> list[float]:
    try:
        return [float(number) for number in (value.split(",") if isinstance(value, str) else value)]
    except (TypeError, ValueError):
        return []


def _of_id(name: str, place_id: str, gazetteer: Gazetteer, where: str) -> Place:
    try:
        return gazetteer.place(place_id)
    except LookupError:
        pass
    asked = next((one for one in (place_id, name) if gazetteer.candidates(one)), None)
    if asked:
        known = "; ".join(_told(one) for one in gazetteer.candidates(asked)[:_HINTS])
        hint = f"of the name {asked!r} there is {known}"
    else:
        hint = f"say where it is, as in '{name}=13.19,32.89', or that it is none, as in '{name}=none'"
    raise GivenError(f"{where}{name!r} is to be {place_id!r}, which is no id of a place; {hint}")


def _told(candidate: Candidate) -> str:
    place = candidate.place
    return f"{place.id} ({', '.join(part for part in (place.name, place.feature.value, place.country) if part)})"


def _toponym(named: Named) -> Toponym:
    return named.toponym if isinstance(named, Resolution) else named


def _corrected(
    named: Sequence[Named], corrections: Mapping[str, Correction], report: Report, lookup: Lookup
) -> list[Named]:
    """Settle the names that were found, take out what is no place, and put in what was not found."""
    kept: list[Named] = []
    for it in sorted(named, key=lambda it: _toponym(it).quote.start):
        toponym = _toponym(it)
        correction = _meant(toponym.quote.exact, corrections, lookup.language)
        if correction is None:
            kept.append(it)
        elif correction.place:
            kept.append(said_to_be(toponym, correction.place, lookup))
    added, dropped = {}, set()
    ends = [_toponym(it).quote.end for it in kept]
    for start, end, place in _standing(report.text, corrections, lookup.language):
        first = bisect_right(ends, start)
        over = [k for k in range(first, len(kept)) if _toponym(kept[k]).quote.start < end]
        if not any(_outdoes(kept[k], start, end, lookup) for k in over):
            dropped.update(over)
            added[start, end] = place
    fresh = marked(report, list(added), lookup.gazetteer)
    kept = [it for k, it in enumerate(kept) if k not in dropped]
    return kept + [said_to_be(toponym, place, lookup) for toponym, place in zip(fresh, added.values(), strict=True)]


def _meant(exact: str, corrections: Mapping[str, Correction], language: str) -> Correction | None:
    """Find what is said of a name as it stands, or in its basic form."""
    keys = (fold(exact), *map(fold, lemmas(exact, language)))
    return next((corrections[key] for key in keys if key in corrections), None)


def _outdoes(named: Named, start: int, end: int, lookup: Lookup) -> bool:
    """Tell whether a name that was found stands, and not the corrected one within it: of "New York" no "York"."""
    quote = _toponym(named).quote
    if not quote.start <= start < end <= quote.end:
        return False
    if (quote.start, quote.end) == (start, end):
        return isinstance(named, Resolution)
    return isinstance(named, Resolution) or lookup.find(quote.exact).form is not Form.UNKNOWN


def _standing(text: str, corrections: Mapping[str, Correction], language: str) -> Iterator[tuple[int, int, Place]]:
    """Give where corrected names stand as words of their own, in text order; of those that overlap the longest."""
    folded, offsets = fold_with_offsets(text)
    found: list[tuple[int, int, Correction]] = []
    for key, correction in corrections.items():
        at = folded.find(key)
        while at >= 0:
            span = _span(text, offsets, at, at + len(key))
            if span and _is_written(text, *span, correction, language):
                found.append((*span, correction))
            at = folded.find(key, at + 1)
    last = 0
    for start, end, correction in sorted(found, key=lambda it: (it[0], -it[1])):
        if start >= last:
            last = end
            if correction.place:
                yield start, end, correction.place


def _span(text: str, offsets: Sequence[int], first: int, stop: int) -> tuple[int, int] | None:
    """Give the stretch of a text that was folded to a name; None where the name begins or ends amid a letter."""
    if offsets[stop] == offsets[stop - 1] or (first and offsets[first] == offsets[first - 1]):
        return None
    start, end = offsets[first], offsets[stop]
    while end > start + 1 and not fold(text[end - 1]) and not _is_mark(text[end - 1]):
        end -= 1
    return start, end


def _is_written(text: str, start: int, end: int, correction: Correction, language: str) -> bool:
    """Tell whether a stretch is the name as a word of its own, or with what the language writes on to it.

    A name that the user wrote with a capital is not meant by a small word: "Nice" is not "nice".
    """
    if correction.name[0].isupper() and text[start].islower():
        return False
    left, right = start, end
    while left and start - left <= _LONGEST_AFFIX and _joined(text[left - 1], text[left]):
        left -= 1
    while right < len(text) and right - end <= _LONGEST_AFFIX and _joined(text[right - 1], text[right]):
        right += 1
    if (left, right) == (start, end):
        return True
    return max(start - left, right - end) <= _LONGEST_AFFIX and correction.key in map(
        fold, detached(text[left:right], language)
    )


def _joined(one: str, two: str) -> bool:
    """Tell whether two neighbouring characters are of one word; scripts without spaces do not tell words apart."""
    if not all(c.isalnum() or _is_mark(c) for c in (one, two)) or is_unspaced(one) or is_unspaced(two):
        return False
    return is_katakana(one) == is_katakana(two)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
