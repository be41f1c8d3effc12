"""How sure a trade is and what it travels by, told by the words of its own clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.claims.frames import clause_of, infinitive
from routes.model import Factuality, Mode

if TYPE_CHECKING:
    from routes.claims.clauses import Reading
    from routes.claims.cues import Span
    from routes.claims.frames import Edge


def trade_factuality(reading: Reading, edge: Edge) -> Factuality:
    """Judge a trade by the strongest hedge in its verb's clause (of an infinitive, its subject's), or sentence."""
    ends = [reading.mentions[edge.origin], reading.mentions[edge.destination]]
    clauses = {clause_of(reading, edge.cue[0])} | ({m.clause for m in ends} if infinitive(reading, edge.cue) else set())
    for hedge in (Factuality.DENIED, Factuality.POSSIBLE, Factuality.PLANNED):
        if any(reading.any_hit(f"factuality.{hedge}", *reading.clause_span(clause)) for clause in sorted(clauses)):
            return hedge
    sentence = reading.sentence_span(ends[1].sentence)
    return (
        Factuality.PROBABLE if reading.any_hit(f"factuality.{Factuality.PROBABLE}", *sentence) else Factuality.CERTAIN
    )


def trade_mode(reading: Reading, span: Span, mode: Mode) -> Mode:
    """Return a mode only where the words of a trade name one; what its neighbours travel by is not its own."""
    return mode if reading.any_hit(f"modes.{mode}", *span) else Mode.UNKNOWN
