"""Ships' ways over the sea.

``data/sea.npz`` holds nodes on the water and the straight runs between them (``build/sea.py`` made it, out of the
marnet of searoute 1.6.0, Apache-2.0, and Natural Earth's 1:10m land, public domain):

- ``position`` (n, 2) int32: longitude and latitude of each node, in ten-thousandths of a degree.
- ``degree`` (n,), ``ahead`` (m,) uint16: the undirected edges, as in ``geodata.networks``.
- ``inshore`` (m,) uint16: how much of an edge lies near the land, in tenths of a km.
- ``crossed`` (m,) int64: the gates that an edge crosses, a bit for each.
- ``gates``, ``ends``, ``inner``, ``off``, ``groups``, ``beside``: the passages, see ``geodata.gates``.

A way is found through the nodes, from any that both places see over the water, then pulled tight over the cells of
``geodata.watergrid``. So it keeps 5 km off the land where there is room, and no run of it leads over land.
"""

from __future__ import annotations

import pathlib
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Self

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.approach import Approach, Approaches
from geodata.gates import Gates
from geodata.networks import Path
from geodata.position import Position, distance_km, length_km, wrap
from geodata.search import Graph, trace_back
from geodata.strings import pull
from geodata.watergrid import WaterGrid, arcs_km, degrees, unit
from geodata.ways import Way, drawn, geometry, runs, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

DATA = pathlib.Path(__file__).parent / "data"
SCALE = 10_000
REACH_KM = 50.0  # how far from the water a place may lie and still be served by ship
INSHORE_COST = 2.0  # what a kilometre near the land counts
HOP_KM = 600.0  # up to here a straight run is looked for before the network
LOOSE = 3  # nodes next to each end that a straight run may leave out; between them the network is tight
REMEMBERED = 4096  # ends whose approaches are kept


class Sea:
    """The sea as ships use it.

    Parameters
    ----------
    grid : WaterGrid
    gates : Gates
    positions : (n, 2) array of float
        Longitude and latitude of the nodes.
    pairs : (m, 2) array of int
        Nodes of the edges.
    inshore_km : (m,) array of float
        How much of each edge lies near the land.
    crossed : (m,) array of int
        The gates that each edge crosses, a bit for each.
    """

    def __init__(
        self,
        grid: WaterGrid,
        gates: Gates,
        positions: NDArray[np.float64],
        pairs: NDArray[np.int64],
        inshore_km: NDArray[np.float64],
        crossed: NDArray[np.int64],
    ) -> None:
        self.grid, self.passages = grid, gates
        self.positions, self.pairs = positions, pairs
        self.vectors = unit(positions)
        km = arcs_km(self.vectors[pairs[:, 0]], self.vectors[pairs[:, 1]])
        self.cost = km + inshore_km * (INSHORE_COST - 1)
        self.crossed = crossed
        self.coastal = ~grid.wide(self.vectors)
        self.approaches = Approaches(grid, self.vectors, cKDTree(self.vectors), INSHORE_COST)
        self._graph = lru_cache(8)(self._made)
        self._near = lru_cache(REMEMBERED)(self.approaches.find)

    @classmethod
    def load(cls) -> Self:
        """Read the sea that comes with the package."""
        with np.load(DATA / "sea.npz") as file:
            positions = file["position"] / SCALE
            first = np.repeat(np.arange(len(positions)), file["degree"])
            pairs = np.column_stack([first, first + file["ahead"]])
            gates, inshore, crossed = Gates.read(file), file["inshore"] / 10, file["crossed"]
        return cls(WaterGrid.load(), gates, positions, pairs, inshore, crossed)

    @cached_property
    def gates(self) -> Mapping[str, shapely.Geometry]:
        """The line across each passage, by its id such as ``"canal:suez"``; may serve as `via`."""
        lines = {name: shapely.LineString(ends) for name, ends in self.passages.positions.items()}
        groups = {
            name: shapely.MultiLineString([lines[member] for member in members])
            for name, members in self.passages.groups.items()
        }
        return {**lines, **groups}

    def path(
        self,
        origin: Position,
        destination: Position,
        *,
        closed: frozenset[str] = frozenset(),
        opened: frozenset[str] = frozenset(),
        via: shapely.Geometry | None = None,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> Path | None:
        """Find the shortest way by ship.

        Parameters
        ----------
        origin, destination : Position
            Served from the nearest water.
        closed : frozenset of str
            Ids of passages that may not be used, such as ``"canal:suez"``; ids that the sea does not know close
            nothing.
        opened : frozenset of str
            Ids of passages that may be used though they are off for most ships: ``"strait:northern-sea-route"``,
            ``"strait:northwest-passage"``, ``"canal:volga-don"``, ``"canal:corinth"``.
        via : shapely.Geometry, optional
            What the way must touch: a sea, a strait, a line across a passage; longitudes within -180 and 180.
        reach_km : tuple of float
            How far the water may lie from the origin, and from the destination.

        Returns
        -------
        Path or None
            None where a place is too far from the water, no water leads there, or none touches `via`.

        Raises
        ------
        ValueError
            Where a longitude is not finite, or a latitude not within -90 and 90.
        """
        distance_km(origin, destination)  # checks them
        if (destination, reach_km[1]) < (origin, reach_km[0]):  # one way for both directions
            back = self.path(
                destination, origin, closed=closed, opened=opened, via=via, reach_km=(reach_km[1], reach_km[0])
            )
            return back and turned(back, origin)
        start = self.grid.nearest(origin, reach_km[0])
        end = self.grid.nearest(destination, reach_km[1])
        if start is None or end is None:
            return None
        shut = self.passages.shut(closed, opened, (origin, destination))
        way = self._through(start, end, shut, via)
        if way is None:
            return None
        line = drawn(way, origin, start, end)
        passages = self.passages.along(line)
        return Path(
            line=line,
            length_km=length_km(line),
            countries=(),
            snap_km=(distance_km(origin, line[0]), distance_km(line[-1], destination)),
            passages=tuple(passages),
        )

    def paths(
        self,
        origin: Position,
        destination: Position,
        count: int,
        *,
        closed: frozenset[str] = frozenset(),
        opened: frozenset[str] = frozenset(),
        via: shapely.Geometry | None = None,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> tuple[Path, ...]:
        """Find up to `count` ways that differ in the passages they use, the shortest first; parameters as in `path`.

        Each further way is the shortest without one of the passages of a way before it.
        """
        best: dict[tuple[str, ...], Path] = {}
        ways: dict[frozenset[str], Path | None] = {}
        waiting = [closed]
        while len(best) < count:
            for shut in waiting:
                if shut not in ways:
                    ways[shut] = self.path(origin, destination, closed=shut, opened=opened, via=via, reach_km=reach_km)
            other = [(way, shut) for shut in waiting if (way := ways[shut]) and way.passages not in best]
            if not other:
                break
            way, shut = min(other, key=lambda pair: pair[0].length_km)
            best[way.passages] = way
            waiting.remove(shut)
            waiting += [more for name in way.passages if (more := shut | {name}) not in ways]
        return tuple(sorted(best.values(), key=lambda path: path.length_km))

    def _through(
        self, start: Position, end: Position, shut: frozenset[str], via: shapely.Geometry | None
    ) -> Way | None:
        """Find a way between two positions on the water that touches `via`."""
        way = self._between(start, end, shut)
        if way is None or via is None or shapely.intersects(geometry(way), via):
            return way
        if shapely.get_dimensions(via) == 1:
            crossing = self._crossing(start, end, shut, via)
            if crossing is not None:
                return crossing
        touch = self._touching(start, end, shut, via)
        if touch is None:
            return None
        first, last = self._between(start, touch, shut), self._between(touch, end, shut)
        return first.then(last) if first and last else None

    def _crossing(self, start: Position, end: Position, shut: frozenset[str], via: shapely.Geometry) -> Way | None:
        """Find a way that crosses a line once, so that it does not turn round behind it; None where there is none."""
        starts, ends = self._near(start), self._near(end)
        edges, _ = self._edges_on(via, shut)
        if not starts or not ends or not len(edges):
            return None
        crossed = [name for name, gate in self.gates.items() if shapely.intersects(gate, via)]
        shut |= {name for other in crossed for name in self.passages.beside.get(other, ())} - {*crossed}
        apart = np.delete(np.arange(len(self.pairs)), edges)
        apart = apart[(self.crossed[apart] & self.passages.mask(shut)) == 0]
        graph = Graph(len(self.positions), self.pairs[apart], self.cost[apart])
        (far, before), (rest, after) = graph.spread(_costs(starts)), graph.spread(_costs(ends))
        both = np.concatenate([self.pairs[edges], self.pairs[edges][:, ::-1]])
        total = far[both[:, 0]] + np.tile(self.cost[edges], 2) + rest[both[:, 1]]
        best = int(total.argmin())
        if not np.isfinite(total[best]):
            return None
        here, there = both[best].tolist()
        nodes = trace_back(before, here, graph.size) + trace_back(after, there, graph.size)[::-1]
        return self._tight(self._by(nodes, starts, ends, self._graph(shut)), shut)

    def _between(self, start: Position, end: Position, shut: frozenset[str]) -> Way | None:
        """Find a way between two positions on the water, pulled tight."""
        way = self._straight(start, end, shut) or self._over_nodes(start, end, shut)
        return way and self._tight(way, shut)

    def _tight(self, way: Way, shut: frozenset[str]) -> Way:
        """Pull a way tight; bends near the land between nodes are left as they are, since the build has pulled them."""
        kept = pull(self.grid, way.points, way.inshore_km, self._keeps_out(way.points, shut), way.bends)
        edges = np.concatenate([[0.0], np.cumsum(way.inshore_km)])[kept]
        return Way(way.points[kept], np.diff(edges))

    def _straight(self, start: Position, end: Position, shut: frozenset[str]) -> Way | None:
        """Sail straight where that is clear of the land all the way, and short."""
        if distance_km(start, end) > HOP_KM:
            return None
        points = unit(np.array([start, end]))
        inshore = self.grid.shore_km(*points)
        clear = inshore <= min(2 * REACH_KM, 0.5 * distance_km(start, end) + 20)
        return Way(points, np.array([inshore])) if clear and self._keeps_out(points, shut)(0, 1) else None

    def _over_nodes(self, start: Position, end: Position, shut: frozenset[str]) -> Way | None:
        """Search the network."""
        starts, ends = self._near(start), self._near(end)
        if not starts or not ends:
            return None
        graph = self._graph(shut)
        found = graph.between(_costs(starts), _costs(ends))
        return self._by(found[1], starts, ends, graph) if found else None

    def _by(self, nodes: list[int], starts: Mapping[int, Approach], ends: Mapping[int, Approach], graph: Graph) -> Way:
        """Join the approach to the first of some nodes, the edges between them, and the approach to the last."""
        km = arcs_km(self.vectors[nodes[:-1]], self.vectors[nodes[1:]])
        cost = np.array([graph.cost(a, b) for a, b in pairwise(nodes)])
        middle = Way(self.vectors[nodes], np.maximum(cost - km, 0) / (INSHORE_COST - 1))
        first, last = starts[nodes[0]], ends[nodes[-1]]
        before, after = Way(first.points, first.inshore_km), Way(last.points[::-1], last.inshore_km[::-1])
        way = before.then(middle).then(after)
        bends = np.zeros(len(way.points), bool)
        bends[len(before.points) - 1 : -len(after.points) + 1 or None] = self.coastal[nodes]
        bends[: len(before.points) + LOOSE] = False
        bends[-len(after.points) - LOOSE :] = False
        return Way(way.points, way.inshore_km, bends)

    def _made(self, shut: frozenset[str]) -> Graph:
        """Make the graph without some passages."""
        usable = (self.crossed & self.passages.mask(shut)) == 0
        return Graph(len(self.positions), self.pairs[usable], self.cost[usable])

    def _keeps_out(self, points: NDArray[np.float64], shut: frozenset[str]) -> Callable[[int, int], bool]:
        """Make what tells whether the run between two points crosses no gate that is shut."""
        positions = degrees(points).tolist()
        mask = self.passages.mask(shut)

        def keeps_out(a: int, b: int) -> bool:
            return not self.passages.crosses(positions[a], positions[b], mask)

        return keeps_out

    def _touching(self, start: Position, end: Position, shut: frozenset[str], via: shapely.Geometry) -> Position | None:
        """Choose where a way touches `via` with the least detour; None where the network does not."""
        starts, ends = self._near(start), self._near(end)
        if not starts or not ends:
            return None
        graph = self._graph(shut)
        far = graph.spread(_costs(starts))[0] + graph.spread(_costs(ends))[0]
        inside = np.flatnonzero(shapely.intersects_xy(via, *self.positions.T) & np.isfinite(far))
        if len(inside):
            return Position(*self.positions[inside[far[inside].argmin()]].tolist())
        return self._on_an_edge(far, shut, via)

    def _on_an_edge(self, far: NDArray[np.float64], shut: frozenset[str], via: shapely.Geometry) -> Position | None:
        """Choose a point of an edge that touches `via`, of the edge whose nodes cost least; else any water in it."""
        edges, touching = self._edges_on(via, shut)
        total = far[self.pairs[edges]].sum(axis=1)
        touched = via
        if len(edges) and np.isfinite(total.min()):
            touched = touching[int(total.argmin())]
        longitude, latitude = shapely.get_coordinates(shapely.point_on_surface(touched))[0].tolist()
        position = Position(wrap(longitude), latitude)
        return position if self.grid.nearest(position, 0.0) == position else None

    @cached_property
    def _runs(self) -> shapely.STRtree:
        """The edges as lines, unwrapped."""
        positions, whose = runs(self.vectors, self.pairs)
        return shapely.STRtree(np.asarray(shapely.linestrings(positions, indices=whose), object))

    def _edges_on(self, via: shapely.Geometry, shut: frozenset[str]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        """Find the edges that touch `via`, and where."""
        turns = [shapely.transform(via, partial(np.add, np.array([turn, 0.0]))) for turn in (-360.0, 0.0, 360.0)]
        turn, edges = self._runs.query(turns, predicate="intersects")
        usable = (self.crossed[edges] & self.passages.mask(shut)) == 0
        turn, edges = turn[usable], edges[usable]
        return edges, np.asarray(shapely.intersection(self._runs.geometries[edges], np.array(turns)[turn]), object)


def _costs(approaches: Mapping[int, Approach]) -> dict[int, float]:
    return {node: approach.cost for node, approach in approaches.items()}
