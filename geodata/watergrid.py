"""The sea as cells of a fortieth of a degree, and whether a ship can sail straight from here to there.

``data/water.npz`` holds Natural Earth's 1:10m land as cells (public domain; ``build/sea.py`` made it), rows from the
south pole up, columns from 180 degrees west, eight cells to a byte:

- ``water``: cells that a ship may be in, with the channels of ``build/passages.toml``.
- ``offing``: those of them that lie two cells, 5.5 km, or more from the land.
"""

from __future__ import annotations

import math
import pathlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from geodata.position import Position, distance_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = pathlib.Path(__file__).parent / "data"
CELLS = 40  # to a degree
WIDTH, HEIGHT = 360 * CELLS, 180 * CELLS
EARTH_KM = 6371.0
KM_A_CELL = math.pi * EARTH_KM / HEIGHT
BLOCK = 16  # cells in a row or column of a block
SHORT_KM = 60.0  # up to here a straight line on the map is as good as a great circle
STRIDE_KM, STEPS = 12.0, 10  # a line is looked at so often in blocks, and so many times as often in cells


@dataclass(frozen=True, slots=True, eq=False)
class WaterGrid:
    """Cells of water.

    Attributes
    ----------
    water, offing : (rows, columns / 8) array of uint8
        As in the file.
    open : (rows / 16, columns / 16) array of bool
        Blocks that lie in the offing wholly, and the blocks around them too.
    """

    water: NDArray[np.uint8]
    offing: NDArray[np.uint8]
    open: NDArray[np.bool_]

    @classmethod
    def load(cls) -> Self:
        """Read the cells that come with the package."""
        with np.load(DATA / "water.npz") as file:
            return cls.of(*(file[name].reshape(HEIGHT, WIDTH // 8) for name in ("water", "offing")))

    @classmethod
    def of(cls, water: NDArray[np.uint8], offing: NDArray[np.uint8]) -> Self:
        """Make a grid of packed cells."""
        whole = (offing.view(np.uint16) == 0xFFFF).reshape(HEIGHT // BLOCK, BLOCK, WIDTH // BLOCK).all(axis=1)
        wide = whole & np.roll(whole, 1, axis=1) & np.roll(whole, -1, axis=1)
        around = wide.copy()
        around[1:] &= wide[:-1]
        around[:-1] &= wide[1:]
        return cls(water, offing, around)

    def shore_km(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> float:
        """Measure how much of the great circle between two unit vectors lies out of the offing; infinite over land."""
        angle = 2 * math.asin(min(1.0, math.dist(start, end) / 2))
        if angle * EARTH_KM < SHORT_KM:
            row, column = _short(start, end, max(1, math.ceil(angle * EARTH_KM / STRIDE_KM * STEPS)))
            return self._inshore(row, column) * angle * EARTH_KM / len(row)
        strides = math.ceil(angle * EARTH_KM / STRIDE_KM)
        row, column = _cells(between(start, end, angle, (np.arange(strides) + 0.5) / strides))
        close = np.flatnonzero(~self.open[row // BLOCK, column // BLOCK])
        if not len(close):
            return 0.0
        shares = (close[:, None] + (np.arange(STEPS) + 0.5) / STEPS).ravel() / strides
        inshore = self._inshore(*_cells(between(start, end, angle, shares)))
        return inshore * angle * EARTH_KM / (strides * STEPS)

    def _inshore(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> float:
        """Count the cells out of the offing; infinite where one is land."""
        byte, bit = column >> 3, 7 - (column & 7)
        if not ((self.water[row, byte] >> bit) & 1).all():
            return math.inf
        return len(row) - int(np.count_nonzero((self.offing[row, byte] >> bit) & 1))

    def wide(self, vectors: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which unit vectors lie in the open sea, 30 km or more from the land or so."""
        row, column = _cells(vectors)
        return self.open[row // BLOCK, column // BLOCK]

    def window(self, row: int, column: int, rows: int, columns: int) -> NDArray[np.bool_]:
        """Unpack the cells of water up to `rows` and `columns` away; beyond the poles there are none."""
        found = np.zeros((2 * rows + 1, 2 * columns + 1), bool)
        low, high = max(0, row - rows), min(HEIGHT, row + rows + 1)
        at = np.arange(column - columns, column + columns + 1) % WIDTH
        found[low - row + rows : high - row + rows] = (self.water[low:high, at >> 3] >> (7 - (at & 7))) & 1
        return found

    def nearest(self, place: Position, reach_km: float) -> Position | None:
        """Find the nearest water: the place itself, or the middle of a cell within reach; None where there is none."""
        row, column = cell(place)
        if self.window(row, column, 0, 0)[0, 0]:
            return place
        rows = math.ceil(reach_km / KM_A_CELL)
        narrow = max(math.cos(math.radians(min(89.0, abs(place.latitude) + rows / CELLS))), 0.02)
        columns = min(math.ceil(rows / narrow), WIDTH // 2 - 1)
        for share in (8, 2, 1):
            part = math.ceil(rows / share), math.ceil(columns / share)
            found = np.argwhere(self.window(row, column, *part)) - part
            if not len(found):
                continue
            latitude = (row + found[:, 0] + 0.5) / CELLS - 90
            longitude = (column + found[:, 1] + 0.5) / CELLS - 180
            off = np.hypot((longitude - place.longitude) * narrow_at(place.latitude), latitude - place.latitude)
            best = int(off.argmin())
            # beyond the window's nearest side a nearer cell may lie outside it
            if share > 1 and off[best] > (part[0] - 0.5) / CELLS:
                continue
            position = Position(float(longitude[best] + 180) % 360 - 180, float(latitude[best]))
            return position if distance_km(place, position) <= reach_km else None
        return None


def narrow_at(latitude: float) -> float:
    """Tell how long a degree of longitude is there, as a share of one of latitude."""
    return math.cos(math.radians(latitude))


def cell(place: Position) -> tuple[int, int]:
    """Find the row and column that a place lies in."""
    row = min(int((place.latitude + 90) * CELLS), HEIGHT - 1)
    return row, int((place.longitude + 180) % 360 * CELLS) % WIDTH


def unit(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give positions (n, 2) in degrees as unit vectors (n, 3)."""
    longitude, latitude = np.radians(positions).T
    flat = np.cos(latitude)
    return np.column_stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])


def degrees(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give unit vectors (n, 3) as positions (n, 2) in degrees."""
    x, y, z = vectors.T
    positions: NDArray[np.float64] = np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))]))
    return positions


def between(
    start: NDArray[np.float64], end: NDArray[np.float64], angle: float, shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give points of a great circle at shares of its length (n, 3); `angle` is its length in radians."""
    if angle < 1e-9:
        return np.broadcast_to(start, (len(shares), 3))
    first, last = np.sin((1 - shares) * angle), np.sin(shares * angle)
    points: NDArray[np.float64] = (first[:, None] * start + last[:, None] * end) / math.sin(angle)
    return points


def _short(
    start: NDArray[np.float64], end: NDArray[np.float64], count: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give rows and columns along a short run between two unit vectors."""
    ends = [
        (math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))
        for x, y, z in (start.tolist(), end.tolist())
    ]
    (west, south), (east, north) = ends
    shares = (np.arange(count) + 0.5) / count
    row = ((south + 90 + (north - south) * shares) * CELLS).astype(np.intp)
    column = ((west + 180 + math.remainder(east - west, 360) * shares) * CELLS).astype(np.intp)
    return np.minimum(row, HEIGHT - 1), column % WIDTH


def _cells(vectors: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give rows and columns of unit vectors."""
    x, y, z = vectors.T
    row = ((np.arcsin(np.clip(z, -1, 1)) + math.pi / 2) * (HEIGHT / math.pi)).astype(np.intp)
    column = ((np.arctan2(y, x) + math.pi) * (WIDTH / (2 * math.pi))).astype(np.intp)
    return np.minimum(row, HEIGHT - 1), column % WIDTH
