"""Ways over the water, pulled tight as a string is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geodata.watergrid import WaterGrid

SLACK_KM = 1.0  # a straight run may leave the offing for so much longer than the way it replaces


def pull(
    grid: WaterGrid,
    line: NDArray[np.float64],
    inshore_km: NDArray[np.float64],
    allowed: Callable[[int, int], bool] | None = None,
    taut: range = range(0),
) -> list[int]:
    """Choose the points of a way that it needs, the first and last among them.

    Parameters
    ----------
    grid : WaterGrid
    line : (n, 3) array of float
        Unit vectors; each run from one to the next is taken as it is.
    inshore_km : (n - 1,) array of float
        How much of each run lies out of the offing: a straight run may not lie there longer.
    allowed : callable, optional
        Told two indices, says whether a run between them is allowed for reasons other than the water.
    taut : range, optional
        Indices of points from which the way is known to be tight already.

    Returns
    -------
    list of int
        Indices, in order. From each the next is about the farthest that a straight run leads to.
    """
    inshore = np.concatenate([[0.0], np.cumsum(inshore_km)])

    def straight(a: int, b: int) -> bool:
        if allowed is not None and not allowed(a, b):
            return False
        return grid.shore_km(line[a], line[b]) <= inshore[b] - inshore[a] + SLACK_KM

    last = len(line) - 1
    kept = [0]
    while kept[-1] < last:
        here = kept[-1]
        if here in taut:
            kept.append(here + 1)
            continue
        good, step = here + 1, 2
        while good < last and straight(here, min(here + step, last)):
            good, step = min(here + step, last), 2 * step
        bad = min(here + step, last + 1)
        while bad - good > 1:
            middle = (good + bad) // 2
            if straight(here, middle):
                good = middle
            else:
                bad = middle
        kept.append(good)
    return kept
