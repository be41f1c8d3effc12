"""Lines between nodes, as the scripts that compile networks pass them on."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

EARTH_KM = 6371.0
SAME_KM = 0.002  # the source rounds to metres
SCALE = 10_000  # stored units in a degree: 11 m


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Nodes: longitude, latitude (n, 2), country (n,); undirected edges (m, 2): km (m,), number of a passage (m,)."""

    nodes: np.ndarray
    country: np.ndarray
    edges: np.ndarray
    km: np.ndarray
    passage: np.ndarray

    def joined(self, edges: np.ndarray, km: np.ndarray, passage: np.ndarray | int = 0) -> Lines:
        """Add edges."""
        return replace(
            self,
            edges=np.concatenate([self.edges, edges]),
            km=np.concatenate([self.km, km]),
            passage=np.concatenate([self.passage, np.broadcast_to(passage, len(edges))]),
        )

    def with_nodes(self, nodes: np.ndarray, country: np.ndarray) -> Lines:
        """Add nodes."""
        return replace(self, nodes=np.concatenate([self.nodes, nodes]), country=np.concatenate([self.country, country]))

    def kept(self, mask: np.ndarray) -> Lines:
        """Keep some edges."""
        return replace(self, edges=self.edges[mask], km=self.km[mask], passage=self.passage[mask])

    def components(self, mask: np.ndarray | None = None) -> np.ndarray:
        """Label the connected part that each node belongs to, by some edges only if so asked."""
        edges = self.edges if mask is None else self.edges[mask]
        table = coo_array((np.ones(len(edges), bool), tuple(edges.T)), shape=(len(self.nodes),) * 2)
        return connected_components(table, directed=False)[1]

    def neighbours(self) -> list[dict[int, float]]:
        """List for each node its neighbours and how far they are."""
        found: list[dict[int, float]] = [{} for _ in range(len(self.nodes))]
        for (a, b), km in zip(self.edges.tolist(), self.km.tolist(), strict=True):
            found[a][b] = found[b][a] = min(km, found[a].get(b, np.inf))
        return found


def thinned(lines: Lines) -> Lines:
    """Leave out edges that two others of the same length together replace, the longest first."""
    neighbours = lines.neighbours()
    edges, km = lines.edges.tolist(), lines.km.tolist()
    kept = np.ones(len(edges), bool)
    for i in np.argsort(-lines.km, kind="stable").tolist():
        (a, b), length = edges[i], km[i]
        near, far = neighbours[a], neighbours[b]
        if len(far) < len(near):
            near, far = far, near
        if any(near[c] + far[c] <= length + SAME_KM for c in near if c in far):
            kept[i] = False
            del neighbours[a][b], neighbours[b][a]
    return lines.kept(kept)


def sorted_along_curve(lines: Lines) -> Lines:
    """Renumber nodes along a Z-order curve (Morton 1966), so that neighbours lie near in the file; drop lone ones."""
    used = np.unique(lines.edges)
    x, y = np.round((lines.nodes[used] + (180, 90)) * SCALE).astype(np.int64).T
    code = sum(((x >> bit & 1) << 2 * bit) | ((y >> bit & 1) << 2 * bit + 1) for bit in range(22))
    order = used[np.argsort(code, kind="stable")]
    number = np.full(len(lines.nodes), -1)
    number[order] = np.arange(len(order))
    edges = np.sort(number[lines.edges], axis=1)
    rows = np.lexsort((lines.km, edges[:, 1], edges[:, 0]))
    edges, km, passage = edges[rows], lines.km[rows], lines.passage[rows]
    first = np.append(True, (np.diff(edges, axis=0) != 0).any(axis=1)) & (edges[:, 0] != edges[:, 1])
    return Lines(lines.nodes[order], lines.country[order], edges[first], km[first], passage[first])


def nearby_km(neighbours: list[dict[int, float]], start: int, limit_km: float) -> dict[int, float]:
    """Tell how far it is along the lines to all nodes within a limit."""
    far = {start: 0.0}
    heap = [(0.0, start)]
    while heap:
        km, node = heapq.heappop(heap)
        if km > far[node]:
            continue
        for other, step in neighbours[node].items():
            if km + step <= limit_km and km + step < far.get(other, np.inf):
                far[other] = km + step
                heapq.heappush(heap, (km + step, other))
    return far


def unit(positions: np.ndarray) -> np.ndarray:
    """Positions (n, 2) in degrees as unit vectors (n, 3)."""
    longitude, latitude = np.radians(positions).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def straight_km(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Distance (k,) between positions (k, 2) on a sphere."""
    chord = np.linalg.norm(unit(a) - unit(b), axis=1)
    return 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1))
