"""Decide which place each name of a report means, and keep the others as alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.gazetteer import Candidate
from geodata.names import fold
from routes.model import Report, Resolution, Toponym
from routes.toponyms.field import MOST_CANDIDATES, Field, Floats, Name
from routes.toponyms.lookup import Form, Lookup
from routes.toponyms.ranking import FEATURES, prior, shares, told_alone, told_among
from routes.toponyms.weights import load_ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.world import World

ALTERNATIVES = 5
_UNKNOWN = "no place of that name in the gazetteer"


def resolve(toponyms: Sequence[Toponym], report: Report, world: World) -> tuple[Resolution, ...]:
    """Place every toponym.

    Parameters
    ----------
    toponyms : sequence of Toponym
    report : Report
        The report that they were found in.
    world : World

    Returns
    -------
    tuple of Resolution
        One for each toponym, in their order; mentions of one name get one place. The score is the chosen place's share
        of belief among its candidates, from 0 to 1, as are those of the alternatives.
    """
    language = report.language.split("-")[0]
    names = gather(toponyms, world.gazetteer, language)
    field = Field.of_names([name for name in names.values() if name.candidates])
    weights = load_ranking()
    features, belief = weigh(field, report.text, language, world.gazetteer, weights)
    keys = [key for key, name in names.items() if name.candidates]
    decided = {key: _decide(field, number, belief, features, weights[-1]) for number, key in enumerate(keys)}
    return tuple(_resolution(toponym, decided.get(fold(toponym.quote.exact))) for toponym in toponyms)


def gather(toponyms: Sequence[Toponym], gazetteer: Gazetteer, language: str) -> dict[str, Name]:
    """Bring the mentions of each name together, by their folded words, in order of first mention."""
    spans: dict[str, list[tuple[int, int]]] = {}
    first: dict[str, str] = {}
    for toponym in toponyms:
        key = fold(toponym.quote.exact)
        first.setdefault(key, toponym.quote.exact)
        spans.setdefault(key, []).append((toponym.quote.start, toponym.quote.end))
    lookup = Lookup(gazetteer, language)
    return {key: _name(first[key], tuple(places), lookup) for key, places in spans.items()}


def _name(written: str, spans: tuple[tuple[int, int], ...], lookup: Lookup) -> Name:
    """Look a name up; what the gazetteer does not unbend itself may be a part of a place ("Südukraine")."""
    if known := lookup.gazetteer.candidates(written, lookup.language):
        return Name(known[:MOST_CANDIDATES], spans)
    found = lookup.find(written)
    return Name(found.candidates[:MOST_CANDIDATES], spans, part=found.form is Form.COMPASS)


def weigh(
    field: Field, text: str, language: str, gazetteer: Gazetteer, weights: Sequence[Floats]
) -> tuple[Floats, Floats]:
    """Weigh all candidates, once for each row of weights, each time by what the time before told of the others.

    Returns
    -------
    features : array of shape (candidates, ``len(FEATURES)``)
        As they were the last time.
    belief : array
        Each candidate's share; those of a name sum to 1.
    """
    alone = told_alone(field, text, language, gazetteer)
    belief = prior(field)
    features = np.zeros((len(belief), len(FEATURES)))
    for row in weights:
        features = np.hstack([alone, told_among(field, belief)])
        belief = shares(field, features @ row)
    return features, belief


def _resolution(toponym: Toponym, decided: tuple[list[Candidate], str] | None) -> Resolution:
    if decided is None:
        return Resolution(toponym, None, why=_UNKNOWN)
    (best, *others), why = decided
    return Resolution(toponym, best.place, best.score, tuple(others), why)


def _decide(
    field: Field, number: int, belief: Floats, features: Floats, weights: Floats
) -> tuple[list[Candidate], str]:
    """Order the candidates of a name, with their scores, and say what set the first most apart from the next."""
    name, start = field.names[number], int(field.starts[number])
    own = belief[start : start + len(name.candidates)]
    order = np.argsort(-own, kind="stable")[: ALTERNATIVES + 1].tolist()
    ranked = [
        Candidate(candidate.place, round(float(own[rank]), 4), candidate.why)
        for rank, candidate in ((rank, name.candidates[rank]) for rank in order)
    ]
    how = f"a part of it; {ranked[0].why}" if name.part else ranked[0].why
    if len(order) == 1:
        return ranked, f"{how}; no other place of that name"
    lead = (features[start + order[0]] - features[start + order[1]]) * weights
    return ranked, f"{how}; {FEATURES[int(np.argmax(lead))]}"
