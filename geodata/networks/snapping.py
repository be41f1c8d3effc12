"""Which edges lie near a place: a grid of points along the edges, sorted by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from geodata.chords import chord_km, project, sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.position import Position

REACH_KM = 25.0  # how far from a network a place may lie and still be served by it
CELL = 0.2  # degrees
SPACING_KM = 20.0  # of the points along an edge
DEGREE_KM = 110.5  # no degree of latitude is shorter
COLUMNS = round(360 / CELL)


@dataclass(frozen=True, slots=True)
class Snap:
    """A point of an edge: `share` of the way from the edge's first to its last node, `km` from the place it serves."""

    edge: int
    share: float
    position: Position
    km: float


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Points along edges.

    Attributes
    ----------
    cells : (k,) array of int
        The cell that each point lies in, ascending: row from the south times `COLUMNS` plus column from the west.
    edges : (k,) array of int
        The edge that each point lies on.
    """

    cells: NDArray[np.int32]
    edges: NDArray[np.int32]

    @classmethod
    def of(cls, positions: NDArray[np.float64], edges: NDArray[np.int32], km: NDArray[np.float64]) -> Self:
        """Put points on each edge and sort them."""
        points, owners = sample(positions, edges, km, SPACING_KM)
        column = ((points[:, 0] + 180) / CELL).astype(np.int32) % COLUMNS
        cells = ((points[:, 1] + 90) / CELL).astype(np.int32) * COLUMNS + column
        order = np.argsort(cells, kind="stable")
        return cls(cells[order], owners[order].astype(np.int32))

    def near(self, place: Position, reach_km: float) -> NDArray[np.int32]:
        """List the edges that may lie within `reach_km` of a place, and some that do not."""
        height = (reach_km + SPACING_KM) / DEGREE_KM
        south, north = max(place.latitude - height, -90), min(place.latitude + height, 90)
        narrow = np.cos(np.radians(max(abs(south), abs(north))))
        width = min(height / max(narrow, 1e-9), 180.0)
        west = int(np.floor((place.longitude - width + 180) / CELL))
        east = min(int(np.floor((place.longitude + width + 180) / CELL)), west + COLUMNS - 1)
        rows = np.arange(int((south + 90) / CELL), int((north + 90) / CELL) + 1) * COLUMNS
        spans = _spans(west, east)
        starts = np.concatenate([rows + first for first, _ in spans])
        ends = np.concatenate([rows + last + 1 for _, last in spans])
        slices = zip(np.searchsorted(self.cells, starts), np.searchsorted(self.cells, ends), strict=True)
        return np.unique(np.concatenate([self.edges[start:end] for start, end in slices]))


def _spans(west: int, east: int) -> list[tuple[int, int]]:
    """Columns from west to east, which may lie beyond the antimeridian, as one or two spans within it."""
    if west // COLUMNS == east // COLUMNS:
        return [(west % COLUMNS, east % COLUMNS)]
    return [(west % COLUMNS, COLUMNS - 1), (0, east % COLUMNS)]


def nearest_points(
    place: Position, first: NDArray[np.float64], last: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Find on each edge the point nearest to a place: share of the edge, the point, and how far it is, in km."""
    share, points = project(place, first, last)
    return share, points, chord_km(np.array([place]), points)


def nearest_shared(starts: dict[int, Snap], ends: dict[int, Snap]) -> tuple[Snap, Snap] | None:
    """Choose the part of the network, told by number, that both places are nearest to."""
    shared = [(starts[part].km + ends[part].km, part) for part in starts if part in ends]
    if not shared:
        return None
    part = min(shared)[1]
    return starts[part], ends[part]
