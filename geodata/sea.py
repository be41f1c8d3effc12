"""Ships' ways over the sea.

``data/sea.npz`` holds nodes on the water and the straight runs between them (``build/sea.py`` made it, out of the
marnet of searoute 1.6.0, Apache-2.0, and Natural Earth's 1:10m land, public domain):

- ``position`` (n, 2) int32: longitude and latitude of each node, in ten-thousandths of a degree.
- ``degree`` (n,), ``ahead`` (m,) uint16: the undirected edges, as in ``geodata.networks``.
- ``inshore`` (m,) uint16: how much of an edge lies near the land, in tenths of a km.
- ``crossed`` (m,) int64: the gates that an edge crosses, a bit for each.
- ``gates``, ``ends``, ``inner``, ``off``, ``groups``: the passages, see ``geodata.gates``.

A way is found through the nodes, from any that both places see over the water, then pulled tight over the cells of
``geodata.watergrid``. So it keeps 5 km off the land where there is room, and no run of it leads over land.
"""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Self

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.approach import Approach, Approaches
from geodata.chords import chord_km
from geodata.gates import Gates
from geodata.networks import Path
from geodata.position import Position, distance_km, length_km, unwrap
from geodata.search import Graph
from geodata.strings import pull
from geodata.watergrid import EARTH_KM, WaterGrid, between, degrees, unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

DATA = pathlib.Path(__file__).parent / "data"
SCALE = 10_000
REACH_KM = 50.0  # how far from the water a place may lie and still be served by ship
INSHORE_COST = 2.0  # what a kilometre near the land counts
DENSE_KM = 100.0  # a run is drawn with a position at least so often
HOP_KM = 600.0  # up to here a straight run is looked for before the network
LOOSE = 3  # nodes next to each end that a straight run may leave out; between them the network is tight
ONWARD = 1.25  # a way that goes on from a via may be so much longer than one that turns round there
HARBOUR_KM = 100.0  # near its ends it may use the same waters
REMEMBERED = 4096  # ends whose approaches are kept


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """Points that follow each other over the water, unit vectors (n, 3), and how far each run lies near the land."""

    points: NDArray[np.float64]
    inshore_km: NDArray[np.float64]
    taut: range = range(0)  # points that the build has pulled tight
    nodes: tuple[int, ...] = ()  # of the network, that it was found through

    @property
    def km(self) -> float:
        """Its length, about."""
        return float(np.linalg.norm(np.diff(self.points, axis=0), axis=1).sum()) * EARTH_KM

    def then(self, other: _Way) -> _Way:
        """Go on with a way that starts where this one ends."""
        points = np.concatenate([self.points, other.points[1:]])
        inshore = np.concatenate([self.inshore_km, other.inshore_km])
        return _Way(points, inshore, nodes=self.nodes + other.nodes)


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
        self.inshore_km = inshore_km
        self.km = chord_km(positions[pairs[:, 0]], positions[pairs[:, 1]])
        self.crossed = crossed
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
            return back and _turned(back, origin)
        start = self.grid.nearest(origin, reach_km[0])
        end = self.grid.nearest(destination, reach_km[1])
        if start is None or end is None:
            return None
        shut = self.passages.shut(closed, opened, (origin, destination))
        way = self._through(start, end, shut, via)
        if way is None:
            return None
        line = _drawn(way, origin, start, end)
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
        found: dict[tuple[str, ...], Path] = {}
        tried: set[frozenset[str]] = set()
        waiting = [closed]
        while waiting and len(found) < count:
            best: tuple[float, Path, frozenset[str]] | None = None
            for shut in waiting:
                path = self.path(origin, destination, closed=shut, opened=opened, via=via, reach_km=reach_km)
                tried.add(shut)
                if path and path.passages not in found and (best is None or path.length_km < best[0]):
                    best = path.length_km, path, shut
            if best is None:
                break
            _, path, shut = best
            found[path.passages] = path
            waiting = [other for other in waiting if other != shut]
            waiting += [more for name in path.passages if (more := shut | {name}) not in tried]
        return tuple(sorted(found.values(), key=lambda path: path.length_km))

    def _through(
        self, start: Position, end: Position, shut: frozenset[str], via: shapely.Geometry | None
    ) -> _Way | None:
        """Find a way between two positions on the water that touches `via`."""
        way = self._between(start, end, shut)
        if way is None or via is None or shapely.intersects(_geometry(way), via):
            return way
        touch = self._touching(start, end, shut, via)
        if touch is None:
            return None
        first, last = self._between(start, touch, shut), self._between(touch, end, shut)
        if first is None or last is None:
            return None
        back = first.then(last)
        if len({*first.nodes} & {*last.nodes}) < LOOSE:
            return back
        # it turns round there: where another way leads on that is hardly longer, that is meant
        onward = [
            first.then(way) if way else None
            for way in [self._between(touch, end, shut, self._away(first.nodes, touch, end))]
        ] + [
            way.then(last) if way else None
            for way in [self._between(start, touch, shut, self._away(last.nodes, touch, start))]
        ]
        return min((way for way in onward if way and way.km < ONWARD * back.km), key=lambda way: way.km, default=back)

    def _away(self, nodes: tuple[int, ...], *places: Position) -> frozenset[int]:
        """Choose the nodes that do not lie near one of some places."""
        ends = unit(np.array(places))
        off = np.linalg.norm(self.vectors[list(nodes)][:, None] - ends, axis=2).min(axis=1)
        return frozenset(np.array(nodes)[off > HARBOUR_KM / EARTH_KM].tolist())

    def _between(
        self, start: Position, end: Position, shut: frozenset[str], without: frozenset[int] = frozenset()
    ) -> _Way | None:
        """Find a way between two positions on the water, `without` some nodes, pulled tight."""
        way = self._straight(start, end, shut)
        if way is None:
            way = self._over_nodes(start, end, shut, without)
        if way is None:
            return None
        kept = pull(self.grid, way.points, way.inshore_km, self._keeps_out(way.points, shut), way.taut)
        edges = np.concatenate([[0.0], np.cumsum(way.inshore_km)])[kept]
        return _Way(way.points[kept], np.diff(edges), nodes=way.nodes)

    def _straight(self, start: Position, end: Position, shut: frozenset[str]) -> _Way | None:
        """Sail straight where that is clear of the land all the way, and short."""
        if distance_km(start, end) > HOP_KM:
            return None
        points = unit(np.array([start, end]))
        inshore = self.grid.shore_km(*points)
        clear = inshore <= min(2 * REACH_KM, 0.5 * distance_km(start, end) + 20)
        return _Way(points, np.array([inshore])) if clear and self._keeps_out(points, shut)(0, 1) else None

    def _over_nodes(
        self, start: Position, end: Position, shut: frozenset[str], without: frozenset[int]
    ) -> _Way | None:
        """Search the network."""
        starts, ends = self._near(start), self._near(end)
        if not starts or not ends:
            return None
        graph = self._graph(shut)
        found = graph.between(_costs(starts), _costs(ends), without)
        if found is None:
            return None
        nodes = found[1]
        inshore = np.array([graph.cost(a, b) for a, b in zip(nodes, nodes[1:], strict=False)])
        km = np.linalg.norm(np.diff(self.vectors[nodes], axis=0), axis=1) * EARTH_KM
        middle = _Way(self.vectors[nodes], np.maximum(inshore - km, 0) / (INSHORE_COST - 1))
        first, last = starts[nodes[0]], ends[nodes[-1]]
        before = _Way(first.points, first.inshore_km)
        after = _Way(last.points[::-1], last.inshore_km[::-1])
        way = before.then(middle).then(after)
        taut = range(len(before.points) + LOOSE, len(way.points) - len(after.points) - LOOSE)
        return _Way(way.points, way.inshore_km, taut, tuple(nodes))

    def _made(self, shut: frozenset[str]) -> Graph:
        """Make the graph without some passages."""
        usable = (self.crossed & self.passages.mask(shut)) == 0
        cost = self.km + self.inshore_km * (INSHORE_COST - 1)
        return Graph(len(self.positions), self.pairs[usable], cost[usable])

    def _keeps_out(self, points: NDArray[np.float64], shut: frozenset[str]) -> Callable[[int, int], bool]:
        """Make what tells whether the run between two points crosses no gate that is shut."""
        positions = degrees(points).tolist()
        mask = self.passages.mask(shut)

        def keeps_out(a: int, b: int) -> bool:
            return not self.passages.crosses(positions[a], positions[b], mask)

        return keeps_out

    def _touching(
        self, start: Position, end: Position, shut: frozenset[str], via: shapely.Geometry
    ) -> Position | None:
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

    def _on_an_edge(
        self, far: NDArray[np.float64], shut: frozenset[str], via: shapely.Geometry
    ) -> Position | None:
        """Choose a point of an edge that touches `via`, of the edge whose nodes cost least; else any water in it."""
        first, last = self.positions[self.pairs[:, 0]], self.positions[self.pairs[:, 1]]
        west, south, east, north = via.bounds
        near = (
            (np.minimum(first, last) <= (east, north)).all(axis=1)
            & (np.maximum(first, last) >= (west, south)).all(axis=1)
            & (np.abs(first[:, 0] - last[:, 0]) < 180)
            & ((self.crossed & self.passages.mask(shut)) == 0)
            & np.isfinite(far[self.pairs]).all(axis=1)
        )
        edges = np.flatnonzero(near)
        lines = shapely.linestrings(np.stack([first[edges], last[edges]], axis=1))
        hits = shapely.intersects(lines, via)
        if hits.any():
            edges, lines = edges[hits], lines[hits]
            best = int(far[self.pairs[edges]].sum(axis=1).argmin())
            point = shapely.intersection(lines[best], via).representative_point()
        else:
            point = via.representative_point()
        position = Position(point.x, point.y)
        return position if self.grid.nearest(position, 0.0) == position else None


def _costs(approaches: Mapping[int, Approach]) -> dict[int, float]:
    return {node: approach.cost for node, approach in approaches.items()}


def _geometry(way: _Way) -> shapely.Geometry:
    """Draw a way on the plane of longitude and latitude, cut where it leaves it."""
    longitudes, latitudes = np.array(unwrap(Position(*at) for at in degrees(_dense(way.points)).tolist())).T
    turns = (np.column_stack([longitudes + turn, latitudes]) for turn in (-360, 0, 360))
    return shapely.MultiLineString([shapely.LineString(turn) for turn in turns])


def _dense(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points on long runs."""
    pieces = [points[:1]]
    for start, end in zip(points, points[1:], strict=False):
        angle = 2 * np.arcsin(min(1.0, np.linalg.norm(start - end) / 2))
        count = int(np.ceil(angle * EARTH_KM / DENSE_KM))
        if count > 1:
            pieces.append(between(start, end, angle, np.arange(1, count) / count))
        pieces.append(end[None])
    return np.concatenate(pieces)


def _drawn(way: _Way, origin: Position, start: Position, end: Position) -> tuple[Position, ...]:
    """Draw a way as positions, unwrapped, from the origin's side; its ends as they were given."""
    inner = [Position(*at) for at in degrees(_dense(way.points)).tolist()[1:-1]]
    line = unwrap([origin, start, *inner, end])[1:]
    return (line[0], *(b for a, b in zip(line, line[1:], strict=False) if a != b))


def _turned(path: Path, origin: Position) -> Path:
    """Turn a path round."""
    line = unwrap([origin, *path.line[::-1]])[1:]
    return Path(line, path.length_km, (), (path.snap_km[1], path.snap_km[0]), path.passages[::-1])
