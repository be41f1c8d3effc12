"""The topmost layer of the claims reader: how likely a chain of legs is a route of the report."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geodata.world import World
from routes.claims import extract, frames, linear, ranking
from routes.claims.chains import chains, graph_of, stops_of
from routes.training.layers import fit_trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.training.cases import Case


LEAVES = 8  # fewer than over pairs: a chain is right or wrong by few things


def fit_routes(cases: Sequence[Case], judgements: Sequence[linear.Judgement]) -> linear.Trees:
    """Boost trees over the chains of all reports, judged by what did not learn from them.

    A chain that is right in part counts for so much of a right one, and for the rest as a wrong one.
    """
    world = World.load()
    seen, worth = [], []
    for case, judgement in zip(cases, judgements, strict=True):
        homes = extract.homes(case.reading, world)
        edges = frames.moved(frames.edges(case.reading), homes)
        graph = graph_of(case.reading, linear.moved(judgement, homes), edges, frozenset())
        found = chains(graph)
        if found:
            seen.append(ranking.rows(graph, found))
            worth += [value(stops_of(graph, chain), case.entity_routes) for chain in found]
    rows, right = np.vstack(seen), np.array(worth)
    answers = np.repeat([True, False], len(rows))
    return fit_trees(np.vstack([rows, rows]), answers, np.concatenate([right, 1 - right]), LEAVES)


def value(stops: Sequence[str], routes: Sequence[Sequence[frozenset[str]]]) -> float:
    """Return how right a chain is: the mean of whether it is a route, has its ends, and how many legs they share."""
    return max((_value(stops, route) for route in routes), default=0.0)


def _value(stops: Sequence[str], route: Sequence[frozenset[str]]) -> float:
    exact = len(stops) == len(route) and all(stop in names for stop, names in zip(stops, route, strict=True))
    ends = stops[0] in route[0] and stops[-1] in route[-1]
    hits = sum(any(a in one and b in other for one, other in pairwise(route)) for a, b in pairwise(stops))
    return (exact + ends + 2 * hits / (len(stops) + len(route) - 2)) / 3
