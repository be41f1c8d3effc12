"""From a place on the water to the nodes of the network that it sees, or around the corners to those nearby."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.position import Position
from geodata.strings import pull
from geodata.watergrid import CELLS, EARTH_KM, WIDTH, cell, degrees, narrow_at, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.spatial import cKDTree

    from geodata.watergrid import WaterGrid

LOOKED_AT, SEEN = 24, 6  # nodes looked at from a place, the nearest first, until so many are seen
WINDOWS = (24, 72, 200)  # cells up and down that are searched where none is seen


@dataclass(frozen=True, slots=True, eq=False)
class Approach:
    """A way from a place to a node, over other points where it is not straight.

    Attributes
    ----------
    points : (n, 3) array of float
        Unit vectors, the place first and the node last.
    inshore_km : (n - 1,) array of float
    cost : float
    """

    points: NDArray[np.float64]
    inshore_km: NDArray[np.float64]
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class Approaches:
    """What finds the nodes near a place.

    Attributes
    ----------
    grid : WaterGrid
    vectors : (n, 3) array of float
        The nodes as unit vectors.
    tree : cKDTree
        Of them.
    inshore_cost : float
        What a kilometre near the land counts.
    """

    grid: WaterGrid
    vectors: NDArray[np.float64]
    tree: cKDTree
    inshore_cost: float

    def find(self, place: Position) -> dict[int, Approach]:
        """Find ways to the nodes that a place on the water sees, or to those that are nearest around corners."""
        here = unit(np.array([place]))[0]
        _, near = self.tree.query(here, k=min(LOOKED_AT, len(self.vectors)))
        seen: dict[int, Approach] = {}
        for node in np.asarray(near).tolist():
            inshore = self.grid.shore_km(here, self.vectors[node])
            if math.isfinite(inshore):
                seen[node] = self._approach(np.array([here, self.vectors[node]]), np.array([inshore]))
                if len(seen) == SEEN:
                    break
        return seen or self._around(place)

    def _approach(self, points: NDArray[np.float64], inshore: NDArray[np.float64]) -> Approach:
        km = np.linalg.norm(np.diff(points, axis=0), axis=1) * EARTH_KM
        return Approach(points, inshore, float(km.sum() + inshore.sum() * (self.inshore_cost - 1)))

    def _around(self, place: Position) -> dict[int, Approach]:
        """Search the cells around a place for ways to nodes, farther and farther."""
        for rows in WINDOWS:
            cells, number, narrow = self._window(place, rows)
            start = number[rows, number.shape[1] // 2]
            inside = self._inside(place, rows, cells[0], number)
            if start < 0 or not inside:
                continue
            found = dijkstra(_steps(number, narrow), directed=False, indices=[start], return_predecessors=True)
            far, before = (row[0] for row in found)
            reached = sorted((float(far[at]), node) for node, at in inside.items() if np.isfinite(far[at]))[:SEEN]
            if reached:
                return {node: self._traced(place, cells[1], before, inside[node], node) for _, node in reached}
        return {}

    def _window(
        self, place: Position, rows: int
    ) -> tuple[tuple[NDArray[np.int64], NDArray[np.float64]], NDArray[np.int64], float]:
        """Give numbers to the cells of water around a place.

        Returns the window's first cell and the cells' middles, their numbers, and the width of a cell in heights.
        """
        row, column = cell(place)
        narrow = max(narrow_at(place.latitude), 0.1)
        columns = math.ceil(rows / narrow)
        water = self.grid.window(row, column, rows, columns)
        number = np.full(water.shape, -1)
        number[water] = np.arange(np.count_nonzero(water))
        first = np.array([row - rows, column - columns])
        middles = (np.argwhere(water) + first + 0.5)[:, ::-1] / CELLS - (180, 90)
        return (first, unit(middles)), number, narrow

    def _inside(
        self, place: Position, rows: int, first: NDArray[np.int64], number: NDArray[np.int64]
    ) -> dict[int, int]:
        """Find the nodes in a window, and the numbers of their cells."""
        reach = 2 * math.sin(math.radians(rows / CELLS) / 2)
        found = {}
        for node in self.tree.query_ball_point(unit(np.array([place]))[0], reach):
            row, column = cell(Position(*degrees(self.vectors[[node]])[0].tolist()))
            down, along = row - int(first[0]), (column - int(first[1])) % WIDTH
            if 0 <= down < number.shape[0] and along < number.shape[1] and number[down, along] >= 0:
                found[node] = int(number[down, along])
        return found

    def _traced(
        self, place: Position, middles: NDArray[np.float64], before: NDArray[np.int32], at: int, node: int
    ) -> Approach:
        """Follow the cells back from a node's to the place's, and pull them tight."""
        cells = []
        while at >= 0:
            cells.append(at)
            at = int(before[at])
        points = np.concatenate([unit(np.array([place])), middles[cells[-2:0:-1]], self.vectors[[node]]])
        km = np.linalg.norm(np.diff(points, axis=0), axis=1) * EARTH_KM
        tight = points[pull(self.grid, points, km)]
        inshore = [min(self.grid.shore_km(a, b), float(np.linalg.norm(a - b)) * EARTH_KM) for a, b in pairwise(tight)]
        return self._approach(tight, np.array(inshore))


def _steps(number: NDArray[np.int64], narrow: float) -> csr_array:
    """Make the graph of the steps between cells that touch, corners of land not cut; its costs are in rows."""
    corner = (number[:-1, 1:] >= 0) & (number[1:, :-1] >= 0)
    falling = (number[:-1, :-1] >= 0) & (number[1:, 1:] >= 0)
    sides = [
        (number[:, :-1], number[:, 1:], narrow, None),
        (number[:-1], number[1:], 1.0, None),
        (number[:-1, :-1], number[1:, 1:], math.hypot(1, narrow), corner),
        (number[1:, :-1], number[:-1, 1:], math.hypot(1, narrow), falling),
    ]
    first, last, cost = [], [], []
    for a, b, km, clear in sides:
        both = (a >= 0) & (b >= 0)
        if clear is not None:
            both &= clear
        first.append(a[both])
        last.append(b[both])
        cost.append(np.full(int(both.sum()), km))
    size = int(number.max()) + 1
    return csr_array((np.concatenate(cost), (np.concatenate(first), np.concatenate(last))), shape=(size, size))
