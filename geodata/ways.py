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
from geodata.watergrid import EARTH_KM, between, degrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

DENSE_KM = 100.0  # a run is drawn with a position at least so often


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
    inner = [Position(*at) for at in degrees(_dense(way.points)).round(7).tolist()[1:-1]]
    line = unwrap([origin, start, *inner, end])[1:]
    return (line[0], *(b for a, b in pairwise(line) if a != b))


def turned(path: Path, origin: Position) -> Path:
    """Turn a path round."""
    line = unwrap([origin, *path.line[::-1]])[1:]
    return Path(line, path.length_km, (), (path.snap_km[1], path.snap_km[0]), path.passages[::-1])
