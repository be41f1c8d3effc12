"""The arrays of a network, as they are stored."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.chords import geocentric_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = pathlib.Path(__file__).parents[1] / "data"
SCALE = 10_000  # of positions
BENDS = 100  # units of bends in a km
EARTH_KM = 6371.0
PIECE = 50_000  # edges measured at a time, so that memory stays small
LEAST_KM = 1e-6  # two nodes may share a position, and a search takes an edge of no length for none


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Nodes and undirected edges.

    Attributes
    ----------
    positions : (n, 2) array of float
        Longitude and latitude in degrees.
    country : (n,) array of uint8
        Index into `codes`.
    countries : tuple of two (m,) arrays of uint8
        That of each edge's first node, and of its last.
    codes : tuple of str
    edges : (m, 2) array of int
        First and last node; first < last, in ascending order, no two alike.
    km : (m,) array of float
        Length of each edge, curves included where they are known.
    passage : (m,) array of uint8
        Index into `passages`.
    passages : tuple of str
        Ids; the first is ``""``, for none.
    off : frozenset of str
        Ids of the passages that are closed unless they are asked for.
    """

    positions: NDArray[np.float64]
    country: NDArray[np.uint8]
    countries: tuple[NDArray[np.uint8], NDArray[np.uint8]]
    codes: tuple[str, ...]
    edges: NDArray[np.int32]
    km: NDArray[np.float64]
    passage: NDArray[np.uint8]
    passages: tuple[str, ...]
    off: frozenset[str]


def read(name: str) -> Tracks:
    """Read the arrays of the network called `name`.

    Raises
    ------
    FileNotFoundError
        Where there is no network of that name.
    """
    with np.load(DATA / f"{name}.npz") as file:
        arrays = {key: file[key] for key in file.files}
    positions = arrays["position"] / SCALE
    first = np.repeat(np.arange(len(positions), dtype=np.int32), arrays["degree"])
    edges = np.column_stack([first, first + arrays["ahead"]])
    km = straight_km(positions, edges)
    return Tracks(
        positions=positions,
        country=arrays["country"],
        countries=(arrays["country"][edges[:, 0]], arrays["country"][edges[:, 1]]),
        codes=tuple(arrays["codes"].tolist()),
        edges=edges,
        km=np.maximum(km + arrays.get("bend", np.zeros(1)) / BENDS, LEAST_KM),
        passage=arrays.get("passage", np.zeros(len(edges), np.uint8)),
        passages=tuple(arrays.get("passages", np.array([""])).tolist()),
        off=frozenset(arrays.get("off", np.array([], str)).tolist()),
    )


def straight_km(positions: NDArray[np.float64], edges: NDArray[np.integer]) -> NDArray[np.float64]:
    """Measure edges from node to node, (m,): the chord, and what the ground's curve adds to it."""
    where = geocentric_km(positions)
    parts = np.array_split(edges, len(edges) // PIECE + 1)
    chords = [np.sqrt(((where[part[:, 0]] - where[part[:, 1]]) ** 2).sum(axis=1)) for part in parts]
    chord = np.concatenate(chords)
    curved: NDArray[np.float64] = chord + chord**3 / (24 * EARTH_KM**2)
    return curved
