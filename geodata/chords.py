"""Edges by the hundred thousand: lengths, points along them, and the points nearest to a place.

Positions are arrays (k, 2) of longitude and latitude in degrees WGS 84; distances are chords through the ground, in km.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.position import Position

MAJOR_KM, FLATTENING = 6378.137, 1 / 298.257223563  # WGS 84


def sample(
    positions: NDArray[np.float64], edges: NDArray[np.int32], km: NDArray[np.float64], spacing_km: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Put points on each edge, at most `spacing_km` from one to the next, and say whose they are."""
    pieces = np.ceil(km / spacing_km).astype(int).clip(1)
    edge = np.repeat(np.arange(len(edges)), pieces)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = ((number + 0.5) / pieces[edge])[:, None]
    first, last = positions[edges[edge].T]
    return first + share * _shift(first, last), edge


def project(
    place: Position, first: NDArray[np.float64], last: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the points of edges nearest to `place`, on a plane there: share of the edge (k,), point (k, 2)."""
    plane = np.array([np.cos(np.radians(place.latitude)), 1.0])
    along = _shift(first, last) * plane
    toward = _shift(first, np.array([place])) * plane
    square = (along**2).sum(axis=1)
    share = np.clip((along * toward).sum(axis=1) / np.where(square > 0, square, 1), 0, 1)
    return share, first + share[:, None] * _shift(first, last)


def _shift(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees from `a` to `b`, (k, 2), the shorter way around."""
    shift = b - a
    shift[:, 0] = (shift[:, 0] + 180) % 360 - 180
    return shift


def chord_km(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Straight distance through the ground, (k,); 1 m short of the geodesic at 100 km, so good enough to compare."""
    distance: NDArray[np.float64] = np.sqrt(((geocentric_km(a) - geocentric_km(b)) ** 2).sum(axis=1))
    return distance


def geocentric_km(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude (k, 2) on WGS 84 as geocentric x, y, z (k, 3)."""
    longitude, latitude = np.radians(positions).T
    squeeze = (1 - FLATTENING) ** 2
    normal = MAJOR_KM / np.sqrt(np.cos(latitude) ** 2 + squeeze * np.sin(latitude) ** 2)
    flat = normal * np.cos(latitude)
    return np.column_stack([flat * np.cos(longitude), flat * np.sin(longitude), normal * squeeze * np.sin(latitude)])
