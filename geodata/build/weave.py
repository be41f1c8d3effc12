"""Weave lines into a network: part them where they cross, put nodes on them, link loose ends, tell each its country."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from frontiers import split_at_borders
from lines import EARTH_KM, SCALE, Lines, sorted_along_curve, unit
from scipy.spatial import cKDTree
from storing import write

from geodata.networks.tracks import straight_km

if TYPE_CHECKING:
    from pathlib import Path

    from frontiers import Labeller
    from shapely.geometry import MultiLineString

GRID = 1 / SCALE
STEP_DEGREES = 0.1  # from node to node at most, some 11 km
TOLERANCE = 0.003  # degrees; 300 m


def weave(lines: dict[str, MultiLineString], join_km: dict[str, float], label: Labeller) -> Lines:
    """Make one network of lines that touch, cross, or end within `join_km` of one another.

    The passage of an edge is the number of its line, from 1; 0 is a link between two.
    """
    pieces, whose = _noded(lines)
    nodes, edges, line = graph(pieces, whose, np.zeros(len(pieces), int))
    links = _links(nodes, edges, line, [0.0, *(join_km[name] for name in lines)])
    names = ["", *lines]
    print("links:", [(names[a], names[b], round(km, 1), nodes[i].round(2).tolist()) for i, _, a, b, km in links])
    edges = np.concatenate([edges, np.array([link[:2] for link in links], int).reshape(-1, 2)])
    line = np.concatenate([line, [a if a == b else 0 for _, _, a, b, _ in links]]).astype(int)
    return split_at_borders(straight(nodes, label(nodes), edges, line), label)


def straight(nodes: np.ndarray, country: np.ndarray, edges: np.ndarray, line: np.ndarray) -> Lines:
    """Take edges as long as they are drawn."""
    return Lines(nodes, country, edges, straight_km(nodes, edges), line)


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
    part = straight(nodes, owner, edges, line).components()
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


def store(path: Path, woven: Lines, codes: list[str], names: list[str]) -> None:
    """Write the arrays that ``geodata.networks`` reads, and of each edge the passage: the name of its line."""
    told = sorted({name for name in names if not name.startswith("link:")})
    number = np.array([0, *(told.index(name) + 1 if name in told else 0 for name in names)])
    named = replace(woven, passage=number[woven.passage])
    write(path, sorted_along_curve(named), codes, ["", *told])
