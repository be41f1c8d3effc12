"""Find the names of places in a report.

Candidates come from the gazetteer and from what is written like a name (``spans``); a linear model scores each by what
speaks for it (``evidence``); of candidates that overlap, the set with the greatest sum is taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from geodata.gazetteer import Gazetteer
from routes.model import Quote, Report, Toponym
from routes.toponyms.evidence import Scene, literal_features, name_features
from routes.toponyms.lookup import Form, Lookup
from routes.toponyms.spans import Span, candidate_spans
from routes.toponyms.tokens import tokenise
from routes.toponyms.weights import load

# The reports that the model learned from name few people and firms; in the news most unknown names with a capital are such.
UNKNOWN_BAR = 0.7


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
    scores = [names.log_odds(name_features(scene, span)) - bar(span) for span in scene.spans]
    return tuple(
        Toponym(
            Quote.of(report.text, span.start, span.end),
            literal=literal.log_odds(literal_features(scene, span)) > 0,
        )
        for span in best_apart(scene.spans, scores)
    )


def bar(span: Span) -> float:
    """Give the log-odds that a candidate must clear."""
    return UNKNOWN_BAR if span.found.form is Form.UNKNOWN else 0.0


def read_scene(report: Report, gazetteer: Gazetteer) -> Scene:
    """Lay out a report's text and its candidates."""
    language = report.language.split("-")[0]
    tokens = tokenise(report.text)
    return Scene.of(tokens, language, candidate_spans(tokens, Lookup(gazetteer, language)))


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
    good = sorted((pair for pair in zip(spans, scores, strict=True) if pair[1] > 0), key=lambda pair: (pair[0].end, pair[0].start))
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
