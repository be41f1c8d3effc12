"""Legs that share a track get lanes of their own, so that they lie side by side and not on top of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from routes.pictures.strokes import dense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routes.geojson.shown import ShownLeg

CELL_PIXELS = 8.0
SHARED_PART = 0.25
MOST_LANES = 9  # beyond that, lanes would lead the eye away from the way
SCHEMATIC = "schematic"


def lanes(legs: Sequence[ShownLeg], ways: Sequence[Sequence[NDArray[np.float64]]]) -> list[int]:
    """Give each leg a lane: 0 where it has its track to itself, then 1, -1, 2, -2, to the left of west to east.

    A schematic leg shows no way; it shares a track only with one between the same two ends.

    Parameters
    ----------
    legs : sequence of ShownLeg
    ways : sequence
        For each leg its lines in pixels.
    """
    taken = [0] * len(legs)
    cells = [_ends(way) if leg.basis == SCHEMATIC else _cells(way) for leg, way in zip(legs, ways, strict=True)]
    for schematic in (True, False):
        group = [number for number, leg in enumerate(legs) if (leg.basis == SCHEMATIC) is schematic]
        beside = _beside([cells[number] for number in group])
        for i, number in enumerate(group):
            used = {taken[group[j]] for j in beside[i] if j < i}
            taken[number] = next(lane for lane in range(len(legs) + 1) if lane not in used or lane >= MOST_LANES - 1)
    return [(lane + 1) // 2 * (1 if lane % 2 else -1) for lane in taken]


def heading(way: Sequence[NDArray[np.float64]]) -> int:
    """Tell whether a leg runs from west to east; its lane is on the left then, on the right otherwise, as on a road."""
    (x0, y0), (x1, y1) = way[0][0].tolist(), way[-1][-1].tolist()
    return 1 if (x1, -y1) > (x0, -y0) else -1


def _ends(way: Sequence[NDArray[np.float64]]) -> NDArray[np.int64]:
    ends = np.round(np.array([way[0][0], way[-1][-1]]) / CELL_PIXELS).astype(np.int64)
    low, high = sorted(_keys(ends).tolist())
    return np.array([low * 1_000_003 + high])


def _cells(way: Sequence[NDArray[np.float64]]) -> NDArray[np.int64]:
    """Give the cells that a line passes."""
    passed = [dense(line, CELL_PIXELS / 2) for line in way]
    return np.unique(_keys(np.floor(np.concatenate(passed) / CELL_PIXELS).astype(np.int64)))


def _keys(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = cells[:, 0] * 100_003 + cells[:, 1]
    return keys


def _beside(tracks: Sequence[NDArray[np.int64]]) -> list[list[int]]:
    """List for each track those that share a good part of it, by one product of legs and cells."""
    if not tracks:
        return []
    sizes = np.array([len(track) for track in tracks])
    _, columns = np.unique(np.concatenate(tracks), return_inverse=True)
    rows = np.repeat(np.arange(len(tracks)), sizes)
    passes = sparse.csr_array((np.ones(len(rows), dtype=np.int32), (rows, columns)))
    shared = (passes @ passes.T).tocoo()
    near = shared.data >= SHARED_PART * np.minimum(sizes[shared.row], sizes[shared.col])
    beside: list[list[int]] = [[] for _ in tracks]
    for i, j in zip(shared.row[near].tolist(), shared.col[near].tolist(), strict=True):
        if i != j:
            beside[i].append(j)
    return beside
