"""Weave lines into a network: part them where they cross, put nodes on them, link loose ends, tell each its country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from rail import EARTH_KM, components, split_at_borders, unit
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from pathlib import Path

    from rail import Labeller
    from shapely.geometry import MultiLineString

SCALE = 10_000  # stored units in a degree: 11 m
GRID = 1 / SCALE
STEP_DEGREES = 0.1  # from node to node at most, some 11 km
TOLERANCE = 0.003  # degrees; 300 m


@dataclass(frozen=True, slots=True, eq=False)
class Woven:
    """A network before it is written; `line` numbers the edges' lines from 1, 0 is a link between two."""

    nodes: np.ndarray
    country: np.ndarray
    edges: np.ndarray
    line: np.ndarray


def weave(lines: dict[str, MultiLineString], join_km: dict[str, float], label: Labeller) -> Woven:
    """Make one network of lines that touch, cross, or end within `join_km` of one another."""
    pieces, whose = _noded(lines)
    nodes, edges, line = graph(pieces, whose, np.zeros(len(pieces), int))
    links = _links(nodes, edges, line, [0.0, *(join_km[name] for name in lines)])
    names = ["", *lines]
    print("links:", [(names[a], names[b], round(km, 1), nodes[i].round(2).tolist()) for i, _, a, b, km in links])
    edges = np.concatenate([edges, np.array([link[:2] for link in links], int).reshape(-1, 2)])
    line = np.concatenate([line, [a if a == b else 0 for _, _, a, b, _ in links]]).astype(int)
    country = label(nodes)
    crossing = country[edges[:, 0]] != country[edges[:, 1]]
    nodes, country, edges = split_at_borders(nodes, country, edges, label)
    crossed = line[crossing]  # of each edge that crosses a border, three pieces stand at the end
    return Woven(nodes, country, edges, np.concatenate([line[~crossing], crossed, crossed, crossed]))


def _noded(lines: dict[str, MultiLineString]) -> tuple[np.ndarray, np.ndarray]:
    """Part lines where they meet; of each piece, the number of its line."""
    drawn = [shapely.simplify(shapely.set_precision(line, GRID), TOLERANCE) for line in lines.values()]
    pieces = shapely.get_parts(shapely.unary_union(drawn, grid_size=GRID))
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    return pieces, shapely.STRtree(drawn).nearest(middles) + 1


def graph(pieces: np.ndarray, whose: np.ndarray, layer: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes, edges and the lines of the edges: every vertex is a node, and pieces of one layer share theirs."""
    coordinates, piece = shapely.get_coordinates(shapely.segmentize(pieces, STEP_DEGREES), return_index=True)
    keys = np.column_stack([np.round(coordinates * SCALE).astype(int), layer[piece]])
    nodes, node = np.unique(keys, axis=0, return_inverse=True)
    node = node.reshape(-1)
    on = piece[:-1] == piece[1:]
    edges = np.sort(np.column_stack([node[:-1], node[1:]])[on], axis=1)
    line = whose[piece[:-1][on]]
    proper = edges[:, 0] != edges[:, 1]
    edges, first = np.unique(edges[proper], axis=0, return_index=True)
    return nodes[:, :2] / SCALE, edges, line[proper][first]


def _links(
    nodes: np.ndarray, edges: np.ndarray, line: np.ndarray, join_km: list[float]
) -> list[tuple[int, int, int, int, float]]:
    """Link loose ends to the nearest node of each other part or line within reach: both nodes, both lines, km."""
    owner = np.zeros(len(nodes), int)
    owner[edges.ravel()] = np.repeat(line, 2)
    part = components(len(nodes), edges)
    loose = np.flatnonzero(np.bincount(edges.ravel(), minlength=len(nodes)) == 1)
    xyz = unit(nodes)
    reach = np.array(join_km)[owner[loose]]
    found: dict[tuple[int, int], tuple[int, int, int, int, float]] = {}
    for node, others in zip(loose.tolist(), cKDTree(xyz).query_ball_point(xyz[loose], reach / EARTH_KM), strict=True):
        km = np.linalg.norm(xyz[others] - xyz[node], axis=1) * EARTH_KM
        nearest: dict[tuple[int, int], int] = {}  # of each part and line, where among `others` its nearest node is
        for i in np.argsort(-km, kind="stable").tolist():
            nearest[int(part[others[i]]), int(owner[others[i]])] = i
        for key, i in sorted(nearest.items()):
            if key != (part[node], owner[node]):
                first, last = sorted((node, others[i]))
                found[first, last] = (first, last, int(owner[first]), int(owner[last]), float(km[i]))
    return [found[pair] for pair in sorted(found)]


def write(path: Path, woven: Woven, codes: list[str], names: list[str]) -> None:
    """Write the arrays that ``geodata.networks`` reads, and of each edge the passage: the name of its line."""
    edges = np.sort(woven.edges, axis=1)
    edges, first = np.unique(edges, axis=0, return_index=True)
    told = sorted({name for name in names if not name.startswith("link:")})
    number = np.array([0, *(told.index(name) + 1 if name in told else 0 for name in names)], np.uint8)
    used = np.unique(woven.country)
    np.savez_compressed(
        path,
        position=np.round(woven.nodes * SCALE).astype(np.int32),
        country=np.searchsorted(used, woven.country).astype(np.uint8),
        codes=np.array(codes)[used],
        degree=np.bincount(edges[:, 0], minlength=len(woven.nodes)).astype(np.uint8),
        ahead=(edges[:, 1] - edges[:, 0]).astype(np.int32),
        passage=number[woven.line[first]],
        passages=np.array(["", *told]),
    )
    sizes = np.sort(np.bincount(components(len(woven.nodes), edges)))[::-1]
    print(f"{path}: {path.stat().st_size} bytes, {len(woven.nodes)} nodes, {len(edges)} edges")
    print(f"{len(told)} passages, {len(sizes)} components, the largest {sizes[:8]}")
