"""Shortest ways through a graph of some ten thousand nodes, in a millisecond or two.

Dijkstra's search (1959), led by landmarks (Goldberg and Harrelson 2005): the known distances to a few far nodes say how
far the goal is at least, and what cannot lie on a way not much longer than that is not looked at.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

LANDMARKS = 10
TINY = 1e-6  # a cost of nothing would be no edge
# How much longer than it is at least a way may be, as a share and in km, before the next try.
TRIES = ((1.1, 50.0), (1.4, 300.0), (np.inf, 0.0))


class Graph:
    """Undirected edges with costs.

    Parameters
    ----------
    size : int
        How many nodes there are.
    pairs : (m, 2) array of int
    cost : (m,) array of float
    """

    def __init__(self, size: int, pairs: NDArray[np.int64], cost: NDArray[np.float64]) -> None:
        both = np.concatenate([pairs, pairs[:, ::-1]])
        self.matrix = csr_array((np.tile(cost, 2), (both[:, 0], both[:, 1])), shape=(size, size))
        self.matrix.sort_indices()
        self.size = size
        self.degree = np.diff(self.matrix.indptr)

    @cached_property
    def landmarks(self) -> NDArray[np.float32]:
        """Distances from nodes that lie far from each other, (landmarks, n)."""
        far = dijkstra(self.matrix, indices=[0])
        rows: list[NDArray[np.float64]] = []
        for _ in range(LANDMARKS):
            nearest = np.where(np.isfinite(far), far, 0).min(axis=0)
            rows.append(dijkstra(self.matrix, indices=[int(nearest.argmax())])[0])
            far = np.array(rows)
        return np.where(np.isfinite(far), far, 0).astype(np.float32)

    def between(self, starts: Mapping[int, float], ends: Mapping[int, float]) -> tuple[float, list[int]] | None:
        """Find the cheapest way from any of some nodes to any of others.

        Parameters
        ----------
        starts, ends : mapping of int to float
            What it costs to come to each node, and to go on from it.

        Returns
        -------
        float and list of int, or None
            The cost and the nodes.
        """
        first, begin = np.array(list(starts)), np.array(list(starts.values()))
        last, finish = np.array(list(ends)), np.array(list(ends.values()))
        marks = self.landmarks
        goal = (marks[:, last] + finish).min(axis=1)
        rest = np.abs(marks - goal[:, None].astype(np.float32)).max(axis=0).astype(np.float64)
        matrix = self.matrix
        data = np.empty(len(matrix.data) + len(first))
        led = data[: len(matrix.data)]
        np.take(rest, matrix.indices, out=led)
        led -= np.repeat(rest, self.degree)
        led += matrix.data
        np.maximum(led, TINY, out=led)
        data[len(led) :] = begin + rest[first] + TINY
        indices = np.concatenate([matrix.indices, first.astype(matrix.indices.dtype)])
        indptr = np.append(matrix.indptr, np.array([len(data)], matrix.indptr.dtype))
        graph = csr_array((data, indices, indptr), shape=(self.size + 1, self.size + 1))
        least = float((begin + rest[first]).min())
        for share, more in TRIES:
            limit = least * share + more
            found = dijkstra(graph, indices=[self.size], limit=limit, return_predecessors=True)
            far, before = (row[0] for row in found)
            total = far[last] - rest[last] + finish
            best = int(total.argmin())
            if total[best] <= limit and np.isfinite(total[best]):
                return float(total[best]), trace_back(before, int(last[best]), self.size)
        return None

    def cost(self, a: int, b: int) -> float:
        """Look up the cost of an edge."""
        start, end = self.matrix.indptr[a], self.matrix.indptr[a + 1]
        return float(self.matrix.data[start + np.searchsorted(self.matrix.indices[start:end], b)])

    def spread(self, starts: Mapping[int, float]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Find what it costs to come to every node from any of some, and the node before each."""
        first = np.array(list(starts), self.matrix.indices.dtype)
        data = np.concatenate([self.matrix.data, np.array(list(starts.values())) + TINY])
        indices = np.concatenate([self.matrix.indices, first])
        indptr = np.append(self.matrix.indptr, np.array([len(data)], self.matrix.indptr.dtype))
        graph = csr_array((data, indices, indptr), shape=(self.size + 1, self.size + 1))
        far, before = (row[0] for row in dijkstra(graph, indices=[self.size], return_predecessors=True))
        return far[:-1], before


def trace_back(before: NDArray[np.int32], node: int, source: int) -> list[int]:
    """Follow the predecessors from `node` back to `source`, which is left out."""
    nodes = []
    while node != source:
        nodes.append(node)
        node = int(before[node])
    return nodes[::-1]
