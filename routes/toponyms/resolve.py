"""Decide which place each name of a report means, and keep the others as alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.gazetteer import Candidate
from geodata.names import fold
from routes.model import Report, Resolution, Toponym
from routes.toponyms.field import MOST_CANDIDATES, Field, Floats, Name
from routes.toponyms.lookup import Form, Lookup
from routes.toponyms.ranking import FEATURES, load, prior, shares, told_alone, told_among, told_of_first

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.world import World
    from routes.toponyms.lookup import Found

ALTERNATIVES = 5
BAR = 0.15  # of LGL's toponyms 10 of 4,175 score less, none of them right; of held-out reports of ours none does
_UNSURE = "no place is likely enough"
_UNKNOWN = "no place of that name in the gazetteer"


def resolve(
    toponyms: Sequence[Toponym],
    report: Report,
    world: World,
    known: Mapping[str, Found] | None = None,
    *,
    bar: float = BAR,
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
    bar : float
        How likely the best candidate must be right for the toponym to be placed.

    Returns
    -------
    tuple of Resolution
        One for each toponym, in their order; mentions of one name get one place. The score says how likely the place is
        right, from 0 to 1, as do those of the alternatives; together they leave room for a place that the gazetteer
        lacks. A toponym that stays below the bar has no place, and all candidates as alternatives.
    """
    language = report.language.split("-")[0]
    names = gather(toponyms, world.gazetteer, language, known or {})
    placed = {key: name for key, name in names.items() if name.candidates}
    if not placed:
        return tuple(Resolution(toponym, None, why=_UNKNOWN) for toponym in toponyms)
    field = Field.of_names(list(placed.values()))
    rounds, sureness = load()
    features, belief = weigh(field, report.text, language, world.gazetteer, rounds)
    sure = 1 / (1 + np.exp(-told_of_first(field, features, belief) @ sureness))
    decided = {
        key: _decide(field, number, belief, features * rounds[-1], float(sure[number]))
        for number, key in enumerate(placed)
    }
    return tuple(_resolution(toponym, decided.get(fold(toponym.quote.exact)), bar) for toponym in toponyms)


def gather(
    toponyms: Sequence[Toponym], gazetteer: Gazetteer, language: str, known: Mapping[str, Found]
) -> dict[str, Name]:
    """Bring the mentions of each name together, by their folded words, in order of first mention."""
    spans: dict[str, list[tuple[int, int]]] = {}
    first: dict[str, str] = {}
    for toponym in toponyms:
        key = fold(toponym.quote.exact)
        first.setdefault(key, toponym.quote.exact)
        spans.setdefault(key, []).append((toponym.quote.start, toponym.quote.end))
    lookup = Lookup(gazetteer, language)
    return {
        key: Name(known[first[key]].candidates, tuple(places))
        if first[key] in known
        else _name(first[key], tuple(places), lookup)
        for key, places in spans.items()
    }


def _name(written: str, spans: tuple[tuple[int, int], ...], lookup: Lookup) -> Name:
    """Look a name up; the gazetteer undoes more endings, but knows no parts of places ("Südukraine")."""
    found = lookup.find(written)
    if found.form is Form.COMPASS:
        return Name(found.candidates[:MOST_CANDIDATES], spans, part=True)
    known = lookup.gazetteer.candidates(written, lookup.language) or found.candidates
    return Name(known[:MOST_CANDIDATES], spans)


def weigh(field: Field, text: str, language: str, gazetteer: Gazetteer, weights: Floats) -> tuple[Floats, Floats]:
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


def _resolution(toponym: Toponym, decided: tuple[list[Candidate], str] | None, bar: float) -> Resolution:
    if decided is None:
        return Resolution(toponym, None, why=_UNKNOWN)
    (best, *others), why = decided
    if best.score < bar:
        return Resolution(toponym, None, alternatives=(best, *others[: ALTERNATIVES - 1]), why=f"{_UNSURE}; {why}")
    return Resolution(toponym, best.place, best.score, tuple(others), why)


def _decide(field: Field, number: int, belief: Floats, weighed: Floats, sure: float) -> tuple[list[Candidate], str]:
    """Order the candidates of a name, with their scores, and say what set the first most apart from the next.

    The first is as likely as it is sure; the others share what is left as they share the belief, but never more of it.
    """
    name, start = field.names[number], int(field.starts[number])
    own = belief[start : start + len(name.candidates)]
    order = np.argsort(-own, kind="stable")[: ALTERNATIVES + 1].tolist()
    best = float(own[order[0]])
    scale = min(sure / best, (1 - sure) / max(1 - best, 1e-9))
    scores = [sure, *(scale * float(own[rank]) for rank in order[1:])]
    ranked = [
        Candidate(name.candidates[rank].place, round(score, 4), name.candidates[rank].why)
        for rank, score in zip(order, scores, strict=True)
    ]
    how = f"a part of it; {ranked[0].why}" if name.part else ranked[0].why
    if len(order) == 1:
        return ranked, f"{how}; no other place of that name"
    lead = weighed[start + order[0]] - weighed[start + order[1]]
    return ranked, f"{how}; {FEATURES[int(np.argmax(lead))]}"
