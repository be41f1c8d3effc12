"""Decide which place each name of a report means, and keep the others as alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.gazetteer import Candidate
from geodata.names import fold
from routes.model import Report, Resolution, Toponym
from routes.toponyms.lookup import Form, Lookup
from routes.toponyms.ranking import FEATURES, Floats, Name, prior, rows, softmax
from routes.toponyms.weights import load_ranking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.world import World
    from routes.toponyms.lookup import Found

ALTERNATIVES = 5
_ROUNDS = 2
_UNKNOWN = "no place of that name in the gazetteer"


def resolve(
    toponyms: Sequence[Toponym], report: Report, world: World, known: Mapping[str, Found] | None = None
) -> tuple[Resolution, ...]:
    """Place every toponym.

    Parameters
    ----------
    toponyms : sequence of Toponym
    report : Report
        The report that they were found in.
    world : World
    known : mapping, optional
        For names as they stand in the text the places that they may be, instead of the gazetteer's.

    Returns
    -------
    tuple of Resolution
        One for each toponym, in their order; mentions of one name get one place. The score is the chosen place's share
        of belief among its candidates, from 0 to 1, as are those of the alternatives.
    """
    language = report.language.split("-")[0]
    names = gather(toponyms, Lookup(world.gazetteer, language, dict(known or {})))
    weights = load_ranking()
    beliefs = [prior(name) for name in names.values()]
    features: list[Floats] = [np.zeros((len(belief), len(FEATURES))) for belief in beliefs]
    for _ in range(_ROUNDS):
        features = rows(list(names.values()), report.text, language, beliefs)
        beliefs = [softmax(row @ weights) for row in features]
    decided = dict(zip(names, zip(names.values(), beliefs, features, strict=True), strict=True))
    return tuple(_decide(toponym, *decided[fold(toponym.quote.exact)], weights) for toponym in toponyms)


def gather(toponyms: Sequence[Toponym], lookup: Lookup) -> dict[str, Name]:
    """Bring the mentions of each name together, by their folded words, in order of first mention."""
    spans: dict[str, list[tuple[int, int]]] = {}
    first: dict[str, Toponym] = {}
    for toponym in toponyms:
        key = fold(toponym.quote.exact)
        first.setdefault(key, toponym)
        spans.setdefault(key, []).append((toponym.quote.start, toponym.quote.end))
    return {key: Name(lookup.find(first[key].quote.exact), tuple(places)) for key, places in spans.items()}


def _decide(toponym: Toponym, name: Name, belief: Floats, features: Floats, weights: Floats) -> Resolution:
    if not belief.size:
        return Resolution(toponym, None, why=_UNKNOWN)
    order = np.argsort(-belief, kind="stable").tolist()
    ranked = [
        Candidate(name.candidates[rank].place, round(float(belief[rank]), 4), name.candidates[rank].why)
        for rank in order
    ]
    return Resolution(
        toponym,
        place=ranked[0].place,
        score=ranked[0].score,
        alternatives=tuple(ranked[1 : ALTERNATIVES + 1]),
        why=_why(name, order, features, weights),
    )


def _why(name: Name, order: Sequence[int], features: Floats, weights: Floats) -> str:
    """Say what the name is to the place, and what set it most apart from the next best."""
    how = name.candidates[order[0]].why
    if name.found.form is Form.COMPASS:
        how = f"a part of it; {how}"
    if len(order) == 1:
        return f"{how}; no other place of that name"
    lead = (features[order[0]] - features[order[1]]) * weights
    return f"{how}; {FEATURES[int(np.argmax(lead))]}"
