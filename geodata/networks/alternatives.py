"""Several ways that differ: each search finds the tracks used before dearer (the penalty method)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geodata.networks.search import Way

SHARED, LONGER = 0.7, 1.6  # at most, of a way's length with another; at most, than the shortest
PENALTY = 1.5  # what a used edge costs more each time
TRIES = 5  # searches for each way that is asked for


def alternatives(
    find: Callable[[NDArray[np.float64]], Way | None],
    km: NDArray[np.float64],
    cost: NDArray[np.float64],
    count: int,
) -> list[Way]:
    """Find up to `count` ways, the cheapest first.

    Parameters
    ----------
    find : callable
        From the cost of each edge to a way.
    km, cost : (m,) array of float
        Length and cost of each edge.
    count : int
    """
    ways: list[Way] = []
    cost = cost.copy()
    for _ in range(count * TRIES):
        if len(ways) == count or (way := find(cost)) is None:
            break
        if not ways or (way.sum(km) <= LONGER * ways[0].sum(km) and all(_differ(way, other, km) for other in ways)):
            ways.append(way)
        cost[np.unique(way.edges)] *= PENALTY
    return ways


def _differ(a: Way, b: Way, km: NDArray[np.float64]) -> bool:
    """Tell whether two ways share no more of either than they may."""
    shared = float(km[np.intersect1d(a.edges, b.edges)].sum())
    return shared <= SHARED * min(a.sum(km), b.sum(km))
