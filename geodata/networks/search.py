"""Cheapest ways through a graph (Dijkstra 1959), from a point within an edge to a point within an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.networks.snapping import Snap


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """What a search finds.

    Attributes
    ----------
    start, end : Snap
    nodes : tuple of int
        Those between; none where both ends lie on one edge.
    edges : (k,) array of int
        In order, with those that the ends lie on.
    shares : (k,) array of float
        How much of each edge is used: less than 1 only at the ends.
    """

    start: Snap
    end: Snap
    nodes: tuple[int, ...]
    edges: NDArray[np.int64]
    shares: NDArray[np.float64]

    def sum(self, of_edges: NDArray[np.float64]) -> float:
        """Add up what belongs to the edges, such as their lengths."""
        return float((of_edges[self.edges] * self.shares).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Undirected edges by node, each in both directions.

    Attributes
    ----------
    edges : (m, 2) array of int
        First and last node, in ascending order, no two alike.
    keys : (m,) array of int
        First node times n plus last node of each edge.
    starts : (n + 1,) array of int
        Where the entries of each node begin.
    neighbours : (2 m,) array of int
    owners : (2 m,) array of int
        The edge that leads there.
    """

    edges: NDArray[np.int32]
    keys: NDArray[np.int64]
    starts: NDArray[np.int32]
    neighbours: NDArray[np.int32]
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, count: int, edges: NDArray[np.int32]) -> Self:
        """Sort the edges between `count` nodes by node."""
        owners = np.tile(np.arange(len(edges), dtype=np.int32), 2)
        first, last = edges.T
        ends = np.concatenate([first, last]), np.concatenate([last, first])
        table = coo_array((owners, ends), shape=(count, count)).tocsr()
        return cls(edges, first.astype(np.int64) * count + last, table.indptr, table.indices, table.data)

    def way(self, start: Snap, end: Snap, cost: NDArray[np.float64], limits: list[float]) -> Way | None:
        """Find the cheapest way that costs no more than the last limit.

        The limits ascend: most ways are short, and a search that may stop early takes a fraction of the time.
        """
        if start.edge == end.edge:
            return Way(start, end, (), np.array([start.edge]), np.array([abs(start.share - end.share)]))
        rest = self.entries(end, cost)
        for limit in limits:
            far, before = self.spread(start, cost, limit)
            node = min(rest, key=lambda node: far[node] + rest[node])
            if far[node] + rest[node] <= limit:
                return self.along(start, end, back(before, node))
        return None

    def entries(self, snap: Snap, cost: NDArray[np.float64]) -> dict[int, float]:
        """Tell both nodes of the edge that a place is served by, and what it costs to go there."""
        first, last = self.edges[snap.edge].tolist()
        whole = float(cost[snap.edge])
        return {first: whole * snap.share, last: whole * (1 - snap.share)}

    def spread(
        self, start: Snap, cost: NDArray[np.float64], limit: float
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Tell what it costs to go from a point to every node within `limit`, and the node before each.

        The node before the first on the way is ``n``.
        """
        entries, source = self.entries(start, cost), len(self.starts) - 1
        data = np.append(cost.take(self.owners), [*entries.values()])
        indices = np.append(self.neighbours, np.array([*entries], self.neighbours.dtype))
        indptr = np.append(self.starts, np.array([len(data)], self.starts.dtype))
        table = csr_array((data, indices, indptr), shape=(source + 1, source + 1))
        far, before = dijkstra(table, indices=[source], limit=limit, return_predecessors=True)
        return far[0, :-1], before[0, :-1]

    def between(self, here: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.int64]:
        """Name the edges that join pairs of neighbours."""
        keys = np.minimum(here, there) * (len(self.starts) - 1) + np.maximum(here, there)
        return np.searchsorted(self.keys, keys)

    def along(self, start: Snap, end: Snap, nodes: list[int]) -> Way:
        """Name the edges of a way."""
        between = self.between(np.array(nodes[:-1], np.int64), np.array(nodes[1:], np.int64))
        edges = np.concatenate([[start.edge], between, [end.edge]])
        shares = np.ones(len(edges))
        for snap, node, at in ((start, nodes[0], 0), (end, nodes[-1], -1)):
            shares[at] = snap.share if node == self.edges[snap.edge, 0] else 1 - snap.share
        return Way(start, end, tuple(nodes), edges, shares)


def back(before: NDArray[np.int32], node: int) -> list[int]:
    """Follow the nodes before `node` to the first; what comes before that is no node."""
    nodes = []
    while 0 <= node < len(before):
        nodes.append(node)
        node = int(before[node])
    return nodes[::-1]
