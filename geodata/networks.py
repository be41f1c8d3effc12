"""Networks that goods travel along, and the shortest ways through them.

``data/rail.npz`` holds the world's railways (OpenStreetMap contributors, ODbL 1.0; ``build/rail.py`` made it):

- ``position`` (n, 2) int32: longitude and latitude of each node, in ten-thousandths of a degree.
- ``country`` (n,) uint8: index into ``codes``, the ISO 3166-1 alpha-2 codes.
- ``degree`` (n,) uint8 and ``ahead`` (m,) int32: the undirected edges, by first node: node ``i`` has ``degree[i]``
  edges, each to node ``i + ahead``.

Edges are straight: the source keeps junctions and drops the curves between them.
"""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from geodata.chords import chord_km, geocentric_km, project, sample
from geodata.position import Position, distance_km, length_km, unwrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DATA = pathlib.Path(__file__).parent / "data"
SCALE = 10_000
REACH_KM = 25.0  # how far from a network a place may lie and still be served by it
ABROAD = 50.0  # what a kilometre through a country that nobody named costs
SAMPLE_KM = 5.0  # spacing of the points that find the edges near a place
DETOUR, GRACE_KM = 6.0, 500.0  # a way longer than DETOUR times the geodesic and GRACE_KM is no way
# The borders are no better than that (Natural Earth 1:50m): a track that strays so far abroad and comes back has not.
NICK_KM = 10.0


@dataclass(frozen=True, slots=True)
class Path:
    """A way through a network.

    Attributes
    ----------
    line : tuple of Position
        Along the network only, unwrapped, from the point nearest to the origin; one position where both ends share it.
    length_km : float
        The sum of the geodesic lengths of its segments. Curves between junctions are not in it.
    countries : tuple of str
        ISO 3166-1 alpha-2 codes in the order in which they are passed.
    snap_km : tuple of float
        From the origin to the line's start, and from the line's end to the destination.
    passages : tuple of str
        Straits, canals and capes by their ids, in the order in which they are passed.
    """

    line: tuple[Position, ...]
    length_km: float
    countries: tuple[str, ...]
    snap_km: tuple[float, float]
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Snap:
    """The point of an edge that is nearest to a place: `share` of the way from the edge's first to its last node."""

    edge: int
    share: float
    position: Position
    km: float


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Nodes, undirected edges, and what finds them.

    Attributes
    ----------
    positions : (n, 2) array of float
        Longitude and latitude in degrees.
    country : (n,) array of uint8
        Index into `codes`.
    codes : tuple of str
    edges : (m, 2) array of int
        First and last node; first < last.
    component : (n,) array of int
        Which connected part a node belongs to.
    graph : (n, n) csr_array of float
        Symmetric; km.
    samples : cKDTree
        Points along the edges, geocentric, in km.
    sampled : (k,) array of int
        The edge that each sample lies on.
    """

    positions: NDArray[np.float64]
    country: NDArray[np.uint8]
    codes: tuple[str, ...]
    edges: NDArray[np.int32]
    component: NDArray[np.int32]
    graph: csr_array
    samples: cKDTree
    sampled: NDArray[np.int64]

    @classmethod
    def load(cls, name: str) -> Self:
        """Read the network called `name`, such as ``"rail"``.

        Raises
        ------
        FileNotFoundError
            Where there is no network of that name.
        """
        with np.load(DATA / f"{name}.npz") as file:
            positions = file["position"] / SCALE
            first = np.repeat(np.arange(len(positions), dtype=np.int32), file["degree"])
            edges = np.column_stack([first, first + file["ahead"]])
            country, codes = file["country"], tuple(str(code) for code in file["codes"])
        km = chord_km(positions[edges[:, 0]], positions[edges[:, 1]])
        both = np.concatenate([edges, edges[:, ::-1]])
        graph = csr_array((np.tile(km, 2), (both[:, 0], both[:, 1])), shape=(len(positions), len(positions)))
        samples, sampled = sample(positions, edges, km, SAMPLE_KM)
        return cls(
            positions=positions,
            country=country,
            codes=codes,
            edges=edges,
            component=connected_components(graph, directed=False)[1],
            graph=graph,
            samples=cKDTree(geocentric_km(samples), balanced_tree=False, compact_nodes=False),
            sampled=sampled,
        )

    def path(
        self,
        origin: Position,
        destination: Position,
        *,
        countries: frozenset[str] = frozenset(),
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> Path | None:
        """Find the shortest way between two places (Dijkstra 1959).

        Parameters
        ----------
        origin, destination : Position
            Served by the nearest track of a part of the network that comes near both.
        countries : frozenset of str
            ISO 3166-1 alpha-2 codes of the countries that are spoken of. Others are entered only where no way avoids
            them: a kilometre there counts as 50. If empty, all are alike.
        reach_km : tuple of float
            How far the network may lie from the origin, and from the destination.

        Returns
        -------
        Path or None
            None where no part of the network comes near both places, or where the way is absurd: over six times the
            geodesic and 500 km.
        """
        abroad = self._abroad(countries)
        ends = _nearest_shared(self._snaps(origin, reach_km[0], abroad), self._snaps(destination, reach_km[1], abroad))
        if ends is None:
            return None
        bound = DETOUR * distance_km(origin, destination) + GRACE_KM
        nodes = self._shortest(*ends, abroad, bound)
        if nodes is None:
            return None
        start, end = ends
        on_the_way = [Position(*self.positions[node].tolist()) for node in nodes]
        line = unwrap([origin, start.position, *on_the_way, end.position])[1:]
        length = length_km(line)
        if length > bound:
            return None
        passed = [self._country_of(start), *self.country[nodes].tolist(), self._country_of(end)]
        return Path(
            line=(line[0], *(b for a, b in pairwise(line) if a != b)),
            length_km=length,
            countries=tuple(self.codes[country] for country in _countries_passed(line, passed)),
            snap_km=(start.km, end.km),
        )

    def _abroad(self, countries: frozenset[str]) -> NDArray[np.bool_]:
        """Tell which nodes lie outside the countries spoken of, (n,)."""
        if not countries:
            return np.zeros(len(self.positions), bool)
        outside = np.array([code not in countries for code in self.codes])
        return outside[self.country]

    def _snaps(self, place: Position, reach_km: float, abroad: NDArray[np.bool_]) -> dict[int, _Snap]:
        """Find the nearest edge of each component within reach; edges at home come before edges abroad."""
        here = geocentric_km(np.array([place]))[0]
        edges = np.unique(self.sampled[self.samples.query_ball_point(here, reach_km + SAMPLE_KM)])
        share, points = project(place, *self.positions[self.edges[edges].T])
        km = chord_km(np.array([place]), points)
        foreign = abroad[self.edges[edges]].any(axis=1)
        snaps: dict[int, _Snap] = {}
        for i in np.lexsort((km, foreign)).tolist():
            component = int(self.component[self.edges[edges[i], 0]])
            if km[i] <= reach_km and component not in snaps:
                position = Position(*points[i].tolist())
                snaps[component] = _Snap(int(edges[i]), float(share[i]), position, distance_km(place, position))
        return snaps

    def _shortest(self, start: _Snap, end: _Snap, abroad: NDArray[np.bool_], bound: float) -> list[int] | None:
        """List the nodes of the cheapest way; none where both ends lie on one edge."""
        if start.edge == end.edge:
            return []
        graph, source = self._with_source(start, abroad), len(self.positions)
        first, last, cost = self._edge(end, abroad)
        rest = {first: cost * end.share, last: cost * (1 - end.share)}
        # most ways are short, and a search that may stop early takes a fraction of the time
        for limit in (bound / 3, bound, *([np.inf] if abroad.any() else [])):
            far, before = (row[0] for row in dijkstra(graph, indices=[source], limit=limit, return_predecessors=True))
            node = min(rest, key=lambda node: far[node] + rest[node])
            if far[node] + rest[node] <= limit and np.isfinite(far[node]):
                return _trace_back(before, node, source)
        return None

    def _with_source(self, start: _Snap, abroad: NDArray[np.bool_]) -> csr_array:
        """Cost of each edge, km or more, and one more node at the start that leads to both ends of its edge."""
        graph = self.graph
        cost = graph.data
        if abroad.any():
            rows = np.repeat(abroad, np.diff(graph.indptr))
            cost = np.where(rows | abroad[graph.indices], ABROAD * cost, cost)
        first, last, whole = self._edge(start, abroad)
        data = np.append(cost, [whole * start.share, whole * (1 - start.share)])
        indices = np.append(graph.indices, np.array([first, last], graph.indices.dtype))
        indptr = np.append(graph.indptr, np.array([len(data)], graph.indptr.dtype))
        size = len(self.positions) + 1
        return csr_array((data, indices, indptr), shape=(size, size))

    def _edge(self, snap: _Snap, abroad: NDArray[np.bool_]) -> tuple[int, int, float]:
        """First node, last node and cost of the edge that a place is served by."""
        first, last = self.edges[snap.edge].tolist()
        km = float(chord_km(self.positions[[first]], self.positions[[last]])[0])
        return first, last, km * (ABROAD if abroad[first] or abroad[last] else 1)

    def _country_of(self, snap: _Snap) -> int:
        """Country of the node of the edge that is nearer."""
        return int(self.country[self.edges[snap.edge, round(snap.share)]])


def _nearest_shared(starts: dict[int, _Snap], ends: dict[int, _Snap]) -> tuple[_Snap, _Snap] | None:
    """Choose the component that both places are nearest to."""
    shared = [(starts[component].km + ends[component].km, component) for component in starts if component in ends]
    if not shared:
        return None
    component = min(shared)[1]
    return starts[component], ends[component]


def _trace_back(before: NDArray[np.int32], node: int, source: int) -> list[int]:
    """Follow the predecessors from `node` back to `source`, which is left out."""
    nodes = []
    while node != source:
        nodes.append(node)
        node = int(before[node])
    return nodes[::-1]


def _countries_passed(line: Sequence[Position], countries: Sequence[int]) -> list[int]:
    """List the countries of a line's positions in order, short nicks into another country left out."""
    passed: list[tuple[int, float]] = []  # country, km
    for country, group in groupby(range(len(line)), key=countries.__getitem__):
        at = list(group)
        km = length_km(line[at[0] : at[-1] + 2])
        if len(passed) > 1 and passed[-2][0] == country and passed[-1][1] < NICK_KM:
            passed.pop()
            passed[-1] = (country, passed[-1][1] + km)
        else:
            passed.append((country, km))
    return [country for country, _ in passed]
