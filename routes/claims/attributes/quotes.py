"""The words of a report that show a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.model import Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.claims.clauses import Reading
    from routes.claims.cues import Span

ONE_QUOTE = 500  # evidence longer than this is quoted leg by leg


def evidence(reading: Reading, spans: Sequence[Span]) -> tuple[Quote, ...]:
    """Quote the words from the first to the last of some spans; piece by piece where that is long."""
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    if end - start <= ONE_QUOTE:
        return (Quote.of(reading.text, start, end),)
    pieces: list[Span] = []
    for span in sorted(set(spans)):
        if pieces and span[0] - pieces[-1][0] <= ONE_QUOTE:
            pieces[-1] = pieces[-1][0], max(pieces[-1][1], span[1])
        else:
            pieces.append(span)
    return tuple(Quote.of(reading.text, *piece) for piece in pieces)
