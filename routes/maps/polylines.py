"""GeoJSON coordinates as encoded polylines, many at once, lines with no more points than a screen can show."""

from __future__ import annotations

from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LETTERS: Final = {"Point": "P", "LineString": "L", "MultiLineString": "M", "Polygon": "G", "MultiPolygon": "H"}
# How deep the lists of positions lie.
_DEPTH = {"Point": -1, "LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
TOLERANCE = 0.001  # degrees, some 110 m: a pixel and a half at the map's closest zoom, 11
LINE_DECIMALS = 3
MOST_DECIMALS = 6
FARTHEST = 360  # degrees
_CHUNKS = 7  # of five bits each, for the largest step of six decimals


def packed(geometries: Sequence[Any], *, thin: bool = False) -> list[Any]:
    """Write each geometry as text; one that cannot be written so stays as it is.

    Parameters
    ----------
    geometries : sequence
        Of GeoJSON, or anything else.
    thin : bool
        Whether lines are simplified for drawing (Douglas and Peucker 1973), their ends kept. Nothing else is lost.
    """
    nested = [_lines(geometry) for geometry in geometries]
    flat = list(chain.from_iterable(chain.from_iterable(polygons for polygons in nested if polygons)))
    if not flat:
        return list(geometries)
    thinned = [
        thin and "Line" in geometry["type"]
        for geometry, polygons in zip(geometries, nested, strict=True)
        for lines in polygons or ()
        for _ in lines
    ]
    positions = chain.from_iterable(flat)
    numbers = np.fromiter(chain.from_iterable(positions), float, 2 * sum(map(len, flat))).reshape(-1, 2)
    numbers, lengths = _thinned(numbers, np.array([len(line) for line in flat]), np.array(thinned))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    decimals = _decimals(numbers, starts)
    texts: list[Any] = []
    ends = list(accumulate((sum(map(len, polygons or ())) for polygons in nested), initial=0))
    # All the lines of a geometry have the same decimals.
    counts = np.diff(ends)
    firsts = np.array(ends[:-1])[counts > 0]
    decimals = np.maximum.reduceat(decimals, firsts).repeat(counts[counts > 0])
    encoded = _encoded(numbers, starts, decimals)
    for geometry, polygons, at in zip(geometries, nested, ends, strict=False):
        if not polygons or decimals[at] > MOST_DECIMALS:
            texts.append(geometry)
            continue
        parts = pairwise(accumulate(map(len, polygons), initial=at))
        text = " ".join(",".join(encoded[a:b]) for a, b in parts)
        texts.append(f"{LETTERS[geometry['type']]}{decimals[at]}{text}")
    return texts


def _thinned(
    numbers: NDArray[np.float64], lengths: NDArray[np.int64], thin: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Leave out what a screen cannot show of the lines to be thinned; gives positions and the lines' lengths."""
    thin &= lengths > 1
    thinned = thin.repeat(lengths)
    if not thin.any():
        return numbers, lengths
    which = np.arange(thin.sum()).repeat(lengths[thin])
    numbered = np.column_stack([numbers[thinned], thinned.nonzero()[0]])  # the number is the height
    lines = shapely.linestrings(numbered, indices=which)
    kept = shapely.get_coordinates(shapely.simplify(lines, TOLERANCE), include_z=True)[:, 2].astype(int)
    numbers[thinned] = numbers[thinned].round(LINE_DECIMALS)
    mask = ~thinned
    mask[kept] = True
    starts = np.cumsum(lengths) - lengths
    return numbers[mask], np.add.reduceat(mask, starts, dtype=int)


def _lines(geometry: Any) -> list[list[list[Any]]] | None:
    """Give a geometry as polygons of lines of positions, whatever its sort; None where it is not plainly one."""
    if not isinstance(geometry, dict) or list(geometry) != ["type", "coordinates"] or geometry["type"] not in LETTERS:
        return None
    depth, nested = _DEPTH[geometry["type"]], geometry["coordinates"]
    polygons = {-1: [[[nested]]], 0: [[nested]], 1: [nested], 2: nested}[depth]
    return polygons if plain(polygons) else None


def plain(polygons: Any) -> bool:
    """Tell whether something is polygons of lines of positions of two numbers each, none of them empty."""
    if not (_filled(polygons) and all(map(_filled, polygons))):
        return False
    lines = list(chain.from_iterable(polygons))
    if not all(map(_filled, lines)):
        return False
    positions = list(chain.from_iterable(lines))
    if not set(map(type, positions)) <= {list, tuple} or set(map(len, positions)) != {2}:
        return False
    numbers = list(chain.from_iterable(positions))
    return set(map(type, numbers)) <= {int, float} and max(map(abs, numbers)) <= FARTHEST


def _filled(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) > 0


def _decimals(numbers: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell for each line with how many decimals it reads back; one more than there may be if it does not."""
    needed = np.full(len(numbers), MOST_DECIMALS + 1)
    for decimals in reversed(range(MOST_DECIMALS + 1)):
        scale = 10.0**decimals
        needed[(np.rint(numbers * scale) / scale == numbers).all(axis=1)] = decimals
    return np.maximum.reduceat(needed, starts[:-1])


def _encoded(numbers: NDArray[np.float64], starts: NDArray[np.int64], decimals: NDArray[np.int64]) -> list[str]:
    scale = 10.0 ** np.minimum(decimals, MOST_DECIMALS).repeat(np.diff(starts))
    whole = np.rint(numbers * scale[:, None]).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=0)
    steps[starts[:-1]] = whole[starts[:-1]]
    values = np.where(steps < 0, ~(steps << 1), steps << 1).ravel()
    chunks = values[:, None] >> 5 * np.arange(_CHUNKS)
    used = chunks > 0
    used[:, 0] = True
    goes_on = np.column_stack([used[:, 1:], np.zeros(len(used), bool)])
    characters = ((chunks & 31) + np.where(goes_on, 32, 0) + 63).astype(np.uint8)
    ends = np.cumsum(used.sum(axis=1).reshape(-1, 2).sum(axis=1))[starts[1:] - 1]
    text = characters[used].tobytes().decode("ascii")
    return [text[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]
