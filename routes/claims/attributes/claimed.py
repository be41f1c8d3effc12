"""What a claim carries besides its stops, put together: goods, source, date and quantity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from routes.claims.attributes import dates, pick, quantities
from routes.claims.attributes.scope import FARTHEST, LONGEST_SCOPE, around, sentence_of
from routes.model import Factuality

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from routes.claims.attributes.dates import Told
    from routes.claims.attributes.pick import Outside
    from routes.claims.attributes.scope import Scope
    from routes.claims.clauses import Mention, Reading
    from routes.claims.cues import Span

_SAID_GAP = 8  # characters between a word of saying and a date that dates the saying: "said on Tuesday"
_ONE_JOURNEY_DAYS = 60
_TRIGGERS = ("supply", "acquire", "move")
_NO_PHRASE = 20.0  # log-odds


@dataclass(frozen=True, slots=True)
class Carried:
    """What a claim carries; each verbatim, but for the date in ISO 8601; None where nothing is told."""

    cargo: str | None = None
    attribution: str | None = None
    date: str | None = None
    quantity: str | None = None


def carried(
    reading: Reading,
    stops: Sequence[Mention],
    published: str | None,
    factuality: Factuality,
    outside: Mapping[str, Outside] | None = None,
) -> Carried:
    """Read what a claim carries.

    Parameters
    ----------
    reading : Reading
    stops : sequence of Mention
        The route's stops; at least one.
    published : str or None
        The report's date, to which relative dates are told.
    factuality : Factuality
        Of a planned journey the months and weekdays lie ahead.
    outside : mapping of str to callable, optional
        For ``"cargo"`` and ``"attribution"``, what an encoder says of stretches of the text: called with an array of
        starts and one of ends, it returns their log-odds, which are added to those of the phrases.
    """
    scope = around(reading, stops)
    phrases: dict[str, Span | None] = {"cargo": None, "attribution": None}
    if len(scope.first):
        seen = pick.Seen.of(scope)
        phrases = {kind: _picked(seen, kind, (outside or {}).get(kind)) for kind in phrases}
    goods, source = phrases["cargo"], phrases["attribution"]
    own = _own(reading, scope.stops)
    return Carried(
        cargo=reading.text[slice(*goods)] if goods else None,
        attribution=reading.text[slice(*source)] if source else None,
        date=date(reading, scope.stops, own, published, ahead=factuality is Factuality.PLANNED),
        quantity=quantities.quantity(reading, goods, own if goods is None else _sentence(reading, goods)),
    )


def _picked(seen: pick.Seen, kind: str, outside: Outside | None) -> Span | None:
    score = pick.scores(seen, pick.weights(kind))
    score[:-1][_tells_of_the_move(seen.scope)] -= _NO_PHRASE
    if outside:
        scope = seen.scope
        score[:-1] += np.asarray(outside(scope.starts[scope.first], scope.ends[scope.last]), np.float32)
    return pick.best(seen, score)


def _tells_of_the_move(scope: Scope) -> NDArray[np.bool_]:
    """Tell which phrases hold a stop and a word of motion or trade: those run over into what the sentence tells."""
    start, end = int(scope.starts[0]), int(scope.ends[-1])
    stops = [m.start for m in scope.stops]
    verbs = sorted(a for kind in _TRIGGERS for a, _ in scope.reading.all_hits(f"triggers.{kind}", start, end))
    opens, closes = scope.starts[scope.first], scope.ends[scope.last]
    stop, verb = (np.searchsorted(marks, closes) > np.searchsorted(marks, opens) for marks in (stops, verbs))
    return np.asarray(stop & verb, np.bool_)


def _own(reading: Reading, stops: Sequence[Mention]) -> Span:
    """Return the stops' sentences, as long as they do not run on without an end."""
    start = max(reading.sentence_span(stops[0].sentence)[0], stops[0].start - FARTHEST)
    end = reading.sentence_span(max(m.sentence for m in stops))[1]
    return start, min(end, stops[-1].end + FARTHEST, start + LONGEST_SCOPE)


def _sentence(reading: Reading, span: Span) -> Span:
    return reading.sentence_span(sentence_of(reading, span[0]))


def date(reading: Reading, stops: Sequence[Mention], scope: Span, published: str | None, *, ahead: bool) -> str | None:
    """Return the date of a journey told in some sentences, or None where none is, or where it is not clear which."""
    found = [told for told in dates.told(reading, scope, published, ahead=ahead) if not _of_the_saying(reading, told)]
    start, end = min(m.start for m in stops), max(m.end for m in stops)
    clauses = {m.clause for m in stops}
    low, high = reading.clause_span(min(clauses))[0], reading.clause_span(max(clauses))[1]
    for within in ((start, end), (low, high), scope):
        inside = [told for told in found if within[0] <= told.start < within[1]]
        if inside:
            return _one(inside)
    return None


def _of_the_saying(reading: Reading, told: Told) -> bool:
    """Whether a date is that of a statement, not of a journey: right by a word of saying."""
    for start, end in reading.all_hits("sources.said", max(0, told.start - 40), told.end + 40):
        if 0 <= told.start - end <= _SAID_GAP or 0 <= start - told.end <= 2:
            return True
    return False


def _one(found: Sequence[Told]) -> str | None:
    """Return what several dates tell of one journey: the finest of those that hold each other, or from day to day."""
    found = list({told.iso: told for told in found}.values())
    fine = [a for a in found if not any(_holds(a, b) for b in found)]
    if len(fine) == 1:
        return fine[0].iso
    first, last = min(told.first for told in fine), max(told.last for told in fine)
    days = all(told.first == told.last for told in fine)
    return dates.interval(first, last) if days and (last - first).days <= _ONE_JOURNEY_DAYS else None


def _holds(outer: Told, inner: Told) -> bool:
    """Whether one date is part of another, so that it tells more."""
    return (
        outer.first <= inner.first
        and inner.last <= outer.last
        and (outer.first, outer.last) != (inner.first, inner.last)
    )
