"""Place every name of a report; what the user says of names wins over everything."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from geodata.affixes import detached
from geodata.gazetteer import Candidate, Place
from geodata.inflection import lemmas
from geodata.names import fold, fold_with_offsets
from routes.errors import GivenError
from routes.model import AS_SAID, Resolution, Toponym
from routes.toponyms.given import marked, said_to_be
from routes.toponyms.lookup import Form, Found, Lookup
from routes.toponyms.resolve import resolve
from routes.toponyms.tokens import is_katakana, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geodata.world import World
    from routes.model import Report
    from routes.toponyms.corrections import Correction

    Named = Toponym | Resolution

_LONGEST_AFFIX = 8


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
    added: dict[tuple[int, int], Place] = {}
    dropped: set[int] = set()
    starts = [_toponym(it).quote.start for it in kept]
    ends = [_toponym(it).quote.end for it in kept]
    for start, end, place in _standing(report.text, corrections, lookup.language):
        over = range(bisect_right(ends, start), bisect_left(starts, end))
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
