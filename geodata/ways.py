"""A way over the water as it is worked on, and as it is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.networks import Path
from geodata.position import Position, unwrap
from geodata.watergrid import EARTH_KM, arcs_km, between, degrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

DENSE_KM = 100.0  # a run is drawn with a position at least so often
RUN_KM = 200.0  # the same where only what it crosses is looked at


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Points that follow each other over the water, unit vectors (n, 3), and how far each run lies near the land."""

    points: NDArray[np.float64]
    inshore_km: NDArray[np.float64]
    bends: NDArray[np.bool_] | None = None  # points that the build has found to be needed

    def then(self, other: Way) -> Way:
        """Go on with a way that starts where this one ends."""
        points = np.concatenate([self.points, other.points[1:]])
        return Way(points, np.concatenate([self.inshore_km, other.inshore_km]))


def geometry(way: Way) -> shapely.Geometry:
    """Draw a way on the plane of longitude and latitude, cut where it leaves it."""
    longitudes, latitudes = np.array(unwrap(Position(*at) for at in degrees(_dense(way.points)).tolist())).T
    turns = (np.column_stack([longitudes + turn, latitudes]) for turn in (-360, 0, 360))
    return shapely.MultiLineString([shapely.LineString(turn) for turn in turns])


def _dense(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points on long runs."""
    pieces = [points[:1]]
    for start, end in pairwise(points):
        angle = 2 * math.asin(min(1.0, math.dist(start, end) / 2))
        count = math.ceil(angle * EARTH_KM / DENSE_KM)
        if count > 1:
            pieces.append(between(start, end, angle, np.arange(1, count) / count))
        pieces.append(end[None])
    return np.concatenate(pieces)


def drawn(way: Way, origin: Position, start: Position, end: Position) -> tuple[Position, ...]:
    """Draw a way as positions, unwrapped, from the origin's side; its ends as they were given."""
    # rounded to the centimetre, so that a node on a border comes out on it
    positions = degrees(_dense(way.points)).round(7)
    positions[0], positions[-1] = start, end
    return _unwrapped(positions, origin)


def runs(vectors: NDArray[np.float64], pairs: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Draw the great circles between pairs of unit vectors: positions (k, 2), unwrapped, and whose each is (k,)."""
    start, end = vectors[pairs[:, 0]], vectors[pairs[:, 1]]
    angle = arcs_km(start, end) / EARTH_KM
    count = np.maximum(np.ceil(angle * EARTH_KM / RUN_KM).astype(int), 1) + 1
    whose = np.repeat(np.arange(len(pairs)), count)
    number = np.arange(len(whose)) - np.repeat(np.cumsum(count) - count, count)
    share, wide = number / (count[whose] - 1), np.maximum(angle[whose], 1e-9)
    near, far = np.sin((1 - share) * wide)[:, None], np.sin(share * wide)[:, None]
    positions = degrees(near * start[whose] + far * end[whose])
    first = positions[np.cumsum(count) - count][whose, 0]
    positions[:, 0] = first + (positions[:, 0] - first + 180) % 360 - 180
    return positions, whose


def turned(path: Path, origin: Position) -> Path:
    """Turn a path round."""
    line = _unwrapped(np.array(path.line[::-1]), origin)
    return Path(line, path.length_km, (), (path.snap_km[1], path.snap_km[0]), path.passages[::-1])


def _unwrapped(positions: NDArray[np.float64], origin: Position) -> tuple[Position, ...]:
    """Shift longitudes by full turns until neighbours, the origin first, differ by at most 180 degrees."""
    steps = np.diff(positions[:, 0], prepend=origin.longitude)
    positions[:, 0] -= 360 * np.cumsum(np.round(steps / 360))
    line = list(map(Position._make, positions.tolist()))
    return (line[0], *(b for a, b in pairwise(line) if a != b))
