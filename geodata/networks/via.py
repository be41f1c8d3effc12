"""Ways that touch some ground between their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.networks.search import Way, back
from geodata.networks.terms import CLOSED
from geodata.position import Position, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geodata.networks.search import Graph
    from geodata.networks.snapping import Snap


def touches(line: Sequence[Position], ground: BaseGeometry) -> bool:
    """Tell whether a line touches some ground."""
    return any(shapely.intersects(shapely.linestrings(part), ground) for part in cut(line))


def by_way_of(
    ground: BaseGeometry,
    positions: NDArray[np.float64],
    graph: Graph,
    ends: tuple[Snap, Snap],
    cost: NDArray[np.float64],
) -> tuple[Way, Position] | None:
    """Find the cheapest way that touches some ground, and where it does.

    Two searches, one from each end: of the nodes on that ground the way leads through the one that is nearest to both
    together; where there are no nodes, over the edge that is.
    """
    inner, outer = _on(ground, positions, graph.edges)
    if not len(inner):
        return None
    (far, before), (rest, after) = (graph.spread(snap, cost, CLOSED / 2) for snap in ends)
    over = cost[graph.between(inner, outer)] if (inner != outer).any() else 0.0
    total = far[inner] + over + rest[outer]
    best = int(total.argmin())
    if not total[best] < CLOSED / 2:
        return None
    here, there = int(inner[best]), int(outer[best])
    onward = back(after, there)[::-1]
    nodes = back(before, here) + (onward[1:] if here == there else onward)
    return graph.along(*ends, nodes), Position(*positions[here].tolist())


def _on(
    ground: BaseGeometry, positions: NDArray[np.float64], edges: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the nodes on some ground, twice; or the ends of the edges that cross it, both ways."""
    west, south, east, north = ground.bounds
    longitude, latitude = positions.T
    near = np.flatnonzero((west <= longitude) & (longitude <= east) & (south <= latitude) & (latitude <= north))
    nodes = near[shapely.intersects_xy(ground, *positions[near].T)]
    if len(nodes):
        return nodes, nodes
    first, last = positions[edges[:, 0]], positions[edges[:, 1]]
    low, high = np.minimum(first, last), np.maximum(first, last)
    may = (low <= (east, north)).all(axis=1) & (high >= (west, south)).all(axis=1) & (high[:, 0] - low[:, 0] < 180)
    crossing = np.flatnonzero(may)
    lines = shapely.linestrings(np.stack([first[crossing], last[crossing]], axis=1))
    ends = edges[crossing[shapely.intersects(lines, ground)]].astype(np.int64)
    return np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
