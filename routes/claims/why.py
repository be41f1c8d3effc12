"""Why a claim is read as it is: the cues that led to its stops, modes and certainty, and the words they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.model import Factuality, Kind, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routes.claims.chains import Chain
    from routes.claims.clauses import Mention, Reading
    from routes.claims.cues import Span
    from routes.claims.linear import Circumstances

MOST = 3  # words quoted of one kind of cue


def reasons(reading: Reading, chain: Chain, mentions: Sequence[Mention], how: Circumstances) -> tuple[str, ...]:
    """Return what spoke for a claim, a line each: ``from: 'aus Basra'``, ``rail: 'Zug'``, ``probable: 'laut'``.

    Parameters
    ----------
    reading : Reading
    chain : Chain
        The claim's legs.
    mentions : sequence of Mention
        The claim's stops.
    how : Circumstances
        As they were judged.
    """
    return tuple(
        dict.fromkeys(
            (*_stops(reading, mentions), *_frames(reading, chain), *_judged(reading, mentions, how), _odds(chain))
        )
    )


def _stops(reading: Reading, mentions: Sequence[Mention]) -> Iterator[str]:
    yield from (f"{m.slot}: '{_lead(reading, m)}'" for m in mentions if m.slot != "bare")


def _frames(reading: Reading, chain: Chain) -> Iterator[str]:
    for step in chain:
        if step.edge and step.edge.cue[0] < step.edge.cue[1]:
            yield f"{step.edge.frame}: '{reading.text[slice(*step.edge.cue)]}'"
            if step.edge.declared:
                yield "a disguise names a declared destination"


def _judged(reading: Reading, mentions: Sequence[Mention], how: Circumstances) -> Iterator[str]:
    """Give the cues of each mode, of the kind and of the certainty in the claim's sentences, where any stand there."""
    scope = (
        reading.sentence_span(min(m.sentence for m in mentions))[0],
        reading.sentence_span(max(m.sentence for m in mentions))[1],
    )
    for mode in dict.fromkeys(how.modes):
        if mode is not Mode.UNKNOWN:
            yield f"{mode}: {_quoted(reading, f'modes.{mode}', scope) or 'by the words around it'}"
    if how.kind is Kind.CORRIDOR:
        yield f"corridor: {_quoted(reading, 'triggers.way', scope) or 'by the words around it'}"
    if how.factuality is Factuality.CERTAIN:
        yield "certain: told without a doubt that counts"
    else:
        said = _quoted(reading, f"factuality.{how.factuality}", scope)
        yield f"{how.factuality}: {said or 'by the words around it'}"


def _quoted(reading: Reading, kind: str, scope: Span) -> str:
    words = dict.fromkeys(" ".join(reading.text[slice(*hit)].split()) for hit in reading.all_hits(kind, *scope))
    return ", ".join(f"'{word}'" for word in list(words)[:MOST])


def _odds(chain: Chain) -> str:
    return "read with likelihood " + ", ".join(f"{step.likely:.2f}" for step in chain)


def _lead(reading: Reading, mention: Mention) -> str:
    """Return the words from a mention's slot word to its end."""
    start = reading.offsets[max(0, mention.token - mention.gap - 1)]
    return " ".join(reading.text[start : mention.end].split())
