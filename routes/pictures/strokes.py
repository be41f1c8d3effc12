"""Lines in pixels: how long they are, what lies along them, and points at every few pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADING_PIXELS = 12.0


def length(points: NDArray[np.float64]) -> float:
    """Measure a line."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def along(points: NDArray[np.float64], distance: float) -> tuple[float, float, float]:
    """Give the point so many pixels along a line, and where the line heads there, in radians."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    reached = np.concatenate([[0], np.cumsum(steps)])
    i = int(np.clip(np.searchsorted(reached, distance, side="right") - 1, 0, len(steps) - 1))
    a, b = points[i], points[i + 1]
    x, y = (a + (b - a) * min(1.0, (distance - reached[i]) / (steps[i] or 1))).tolist()
    return x, y, float(np.arctan2(b[1] - a[1], b[0] - a[0]))


def headed(points: NDArray[np.float64], distance: float) -> tuple[float, float, float]:
    """Give the same, headed as the line goes over some pixels: bends of a track are too small to tell a way."""
    ax, ay, _ = along(points, max(0.0, distance - HEADING_PIXELS))
    bx, by, _ = along(points, distance + HEADING_PIXELS)
    x, y, _ = along(points, distance)
    return x, y, float(np.arctan2(by - ay, bx - ax))


def dense(points: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Give points along a line, no farther apart than a step."""
    counts = np.maximum(1, np.ceil(np.hypot(*np.diff(points, axis=0).T) / step)).astype(int)
    parts = np.repeat(np.arange(len(counts)), counts)
    within = (np.arange(len(parts)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[parts]
    filled: NDArray[np.float64] = points[parts] + (points[parts + 1] - points[parts]) * within[:, None]
    return filled
