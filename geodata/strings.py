"""Ways over the water, pulled tight as a string is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.watergrid import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geodata.watergrid import WaterGrid

TRIED = 8  # points to which a bend might be moved
SLACK_KM = 1.0  # a straight run may leave the offing for so much longer than the way it replaces


def pull(
    grid: WaterGrid,
    line: NDArray[np.float64],
    inshore_km: NDArray[np.float64],
    allowed: Callable[[int, int], bool] | None = None,
    bends: NDArray[np.bool_] | None = None,
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
    bends : (n,) array of bool, optional
        Points that are known to be needed, if the way to them starts at another such point or at a loose one.

    Returns
    -------
    list of int
        Indices, in order. From each the next is about the farthest that a straight run leads to.
    """
    inshore = np.concatenate([[0.0], np.cumsum(inshore_km)])

    def straight(a: int, b: int) -> bool:
        if allowed is not None and not allowed(a, b):
            return False
        return grid.shore_km(line[a], line[b]) <= float(inshore[b] - inshore[a]) + SLACK_KM

    last = len(line) - 1
    kept = [0]
    while kept[-1] < last:
        here = kept[-1]
        if bends is not None and bends[here + 1]:
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
    return _shortened(line, kept, straight)


def _shortened(line: NDArray[np.float64], kept: list[int], straight: Callable[[int, int], bool]) -> list[int]:
    """Move bends to points before them that make the way shorter: the farthest point in sight may lie off it."""
    for number in range(len(kept) - 2, 0, -1):
        before, bend, after = kept[number - 1 : number + 2]
        between = np.arange(before + 1, after)
        km = EARTH_KM * (
            np.linalg.norm(line[between] - line[before], axis=1) + np.linalg.norm(line[between] - line[after], axis=1)
        )
        order = np.argsort(km, kind="stable")
        for index in order[: TRIED if km[bend - before - 1] - km[order[0]] > SLACK_KM else 0].tolist():
            other = int(between[index])
            if other == bend:
                break
            if straight(before, other) and straight(other, after):
                kept[number] = other
                break
    return kept
