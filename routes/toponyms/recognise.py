"""Find the names of places in a report.

Candidates come from the gazetteer and from what is written like a name (``spans``); a linear model scores each by what
speaks for it (``evidence``); of candidates that overlap, the set with the greatest sum is taken.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from geodata.names import fold
from routes.encoder.network import encode
from routes.model import Quote, Report, Toponym
from routes.toponyms import blend
from routes.toponyms.evidence import Scene, literal_features, name_features
from routes.toponyms.lookup import Form, Lookup
from routes.toponyms.spans import Span, candidate_spans
from routes.toponyms.tokens import tokenise
from routes.toponyms.weights import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer
    from routes.toponyms.tokens import Tokens

# The reports that the model learned from name few people and firms; in the news most unknown names are theirs.
SEVERAL_WORDS = 1.0  # log-odds for "russischen Fernen Osten": an area of several words, as the gazetteer has it
UNKNOWN_BAR = 0.5
LEAN = 0.5  # how far the plain reader leans to what the gazetteer has; its model also learned from a forgetful one
TOGETHER = 0.6  # how far a mention's score is drawn to the mean of all mentions of the name


def recognise(report: Report, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find every mention of a named place.

    Parameters
    ----------
    report : Report
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Toponym
        In text order, not overlapping; each quote reads back from the report's text. A name that the gazetteer lacks is
        found too where the words around it say that it is a place.
    """
    names, literal = load()
    scene = read_scene(report, gazetteer)
    scores = agreed(scene, [names.log_odds(name_features(scene, span)) for span in scene.spans], LEAN)
    return tuple(
        Toponym(
            Quote.of(report.text, span.start, span.end),
            literal=literal.log_odds(literal_features(scene, span)) > 0,
        )
        for span in best_apart(scene.spans, scores)
    )


def recognise_encoded(report: Report, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find every mention as `recognise` does, and ask the trained encoder too.

    Slower, and better where the gazetteer alone cannot tell.
    """
    names, literal = load()
    name_weights, literal_weights = blend.weights()
    opinion = blend.Opinion.of(encode(report.text))
    scene = read_scene(report, gazetteer, tuple(blend.proposals(opinion)))
    plain = [names.log_odds(name_features(scene, span)) for span in scene.spans]
    scores = agreed(scene, (blend.name_rows(opinion, scene.spans, plain) @ name_weights).tolist())
    return tuple(
        Toponym(
            Quote.of(report.text, span.start, span.end),
            literal=float(np.dot(blend.literal_row(opinion, span, said), literal_weights)) > 0,
        )
        for span in best_apart(scene.spans, scores)
        for said in (literal.log_odds(literal_features(scene, span)),)
    )


def agreed(scene: Scene, scores: Sequence[float], lean: float = 0.0) -> list[float]:
    """Draw the scores of all mentions of a name towards their mean over the text; hold unknown names to a bar.

    Parameters
    ----------
    scene : Scene
    scores : sequence of float
        Log-odds of each of the scene's spans.
    lean : float
        More for what the gazetteer has, less for what it lacks.

    Returns
    -------
    list of float
        Of each span; what is above nought may be a name.
    """
    same: dict[str, list[float]] = {}
    for span, score in zip(scene.spans, scores, strict=True):
        same.setdefault(span.found.name, []).append(score)
    means = {name: sum(several) / len(several) for name, several in same.items()}
    return [
        score + TOGETHER * (means[span.found.name] - score) + _prior(span, lean)
        for span, score in zip(scene.spans, scores, strict=True)
    ]


def _prior(span: Span, lean: float) -> float:
    """Hold an unknown name to a bar; a known one of several words is hardly anything but a place."""
    if span.found.form is Form.UNKNOWN:
        return -UNKNOWN_BAR - lean
    several = span.found.form is Form.EXACT and " " in span.found.name
    return lean + (SEVERAL_WORDS if several and span.found.candidates[0].place.area else 0.0)


def read_scene(report: Report, gazetteer: Gazetteer, more: Sequence[tuple[int, int]] = ()) -> Scene:
    """Lay out a report's text and its candidates; `more` are stretches proposed by another reader."""
    language = report.language.split("-")[0]
    tokens = tokenise(report.text)
    lookup = Lookup(gazetteer, language)
    spans = {(span.start, span.end): span for span in candidate_spans(tokens, lookup)}
    for stretch in more:
        span = _proposed(tokens, lookup, *stretch)
        if span:
            spans.setdefault((span.start, span.end), span)
    return Scene.of(tokens, language, [spans[key] for key in sorted(spans)])


def _proposed(tokens: Tokens, lookup: Lookup, start: int, end: int) -> Span | None:
    """Return a stretch as a candidate, with the whole of its words where they have capitals: "Russlands"."""
    first, last = tokens.at(start), tokens.at(end - 1)
    if first < 0 or last < first:
        return None
    if tokens.shapes[first] in {"A", "Aa"}:
        start = tokens.starts[first]
    if tokens.shapes[last] in {"A", "Aa"}:
        end = tokens.ends[last]
    written = tokens.text[start:end]
    return Span(start, end, first, last, lookup.find(written)) if start < end and fold(written) else None


def best_apart(spans: Sequence[Span], scores: Sequence[float]) -> list[Span]:
    """Choose the spans with the greatest sum of scores of which no two overlap (weighted interval scheduling).

    Parameters
    ----------
    spans : sequence of Span
    scores : sequence of float
        Of each span; those that are not positive are never chosen.

    Returns
    -------
    list of Span
        In text order.
    """
    good = sorted(
        (pair for pair in zip(spans, scores, strict=True) if pair[1] > 0), key=lambda pair: (pair[0].end, pair[0].start)
    )
    ends = [span.end for span, _ in good]
    totals, chosen = [0.0], [False]
    for index, (span, score) in enumerate(good):
        before = bisect_right(ends, span.start, 0, index)
        chosen.append(totals[before] + score > totals[index])
        totals.append(max(totals[before] + score, totals[index]))
    kept: list[Span] = []
    index = len(good)
    while index:
        if chosen[index]:
            kept.append(good[index - 1][0])
            index = bisect_right(ends, good[index - 1][0].start, 0, index - 1)
        else:
            index -= 1
    return kept[::-1]
