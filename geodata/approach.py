"""From a place on the water to the nodes of the network that it sees, or around the corners to those nearby."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.strings import pull
from geodata.watergrid import CELLS, EARTH_KM, cell, degrees, narrow_at, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.position import Position
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
        for node in near.tolist():
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
        """Search the cells around a place for ways to nodes."""
        row, column = cell(place)
        narrow = max(narrow_at(place.latitude), 0.1)
        for rows in WINDOWS:
            columns = math.ceil(rows / narrow)
            water = self.grid.window(row, column, rows, columns)
            number = np.full(water.shape, -1)
            number[water] = np.arange(water.sum())
            near = self.tree.query_ball_point(unit(np.array([place]))[0], 2 * math.sin(math.radians(rows / CELLS) / 2))
            inside = {}
            for node in near:
                longitude, latitude = degrees(self.vectors[[node]])[0]
                down = math.floor((latitude + 90) * CELLS) - row + rows
                along = math.floor((longitude + 180) * CELLS) - column
                along = (along + 180 * CELLS) % (360 * CELLS) - 180 * CELLS + columns
                if 0 <= down < water.shape[0] and 0 <= along < water.shape[1] and water[down, along]:
                    inside[node] = int(number[down, along])
            if not inside or number[rows, columns] < 0:
                continue
            far, before = dijkstra(
                _steps(number, narrow), directed=False, indices=int(number[rows, columns]), return_predecessors=True
            )
            reached = sorted((far[at], node) for node, at in inside.items() if np.isfinite(far[at]))[:SEEN]
            if reached:
                where = np.argwhere(water)
                return {node: self._traced(place, where, before, inside[node], node, rows, columns) for _, node in reached}
        return {}

    def _traced(self, place: Position, where, before, at: int, node: int, rows: int, columns: int) -> Approach:
        cells = []
        while at >= 0:
            cells.append(at)
            at = int(before[at])
        row, column = cell(place)
        found = where[cells[::-1]] - (rows, columns) + (row, column)
        positions = np.column_stack([(found[:, 1] + 0.5) / CELLS - 180, (found[:, 0] + 0.5) / CELLS - 90])
        points = np.concatenate([unit(np.array([place])), unit(positions)[1:-1], self.vectors[[node]]])
        km = np.linalg.norm(np.diff(points, axis=0), axis=1) * EARTH_KM
        kept = pull(self.grid, points, km)
        tight = points[kept]
        inshore = [
            min(self.grid.shore_km(a, b), float(np.linalg.norm(a - b)) * EARTH_KM)
            for a, b in zip(tight, tight[1:], strict=False)
        ]
        return self._approach(tight, np.array(inshore))


def _steps(number: NDArray[np.int64], narrow: float) -> csr_array:
    """Steps between cells that touch, corners of land not cut; km matter less than turns here, so cells are counted."""
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
