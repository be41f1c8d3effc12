"""GeoJSON coordinates as encoded polylines, many at once."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LETTERS: Final = {"Point": "P", "LineString": "L", "MultiLineString": "M", "Polygon": "G", "MultiPolygon": "H"}
# How deep the lists of positions lie.
_DEPTH = {"Point": -1, "LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
MOST_DECIMALS = 6
_CHUNKS = 7  # of five bits each, for the largest step of six decimals


def packed(geometries: Sequence[Any]) -> list[Any]:
    """Write each geometry as text; one that cannot be written so without loss stays as it is."""
    lines = [_lines(geometry) for geometry in geometries]
    flat = list(chain.from_iterable(chain.from_iterable(lines[i] or () for i in range(len(lines)))))
    if not flat:
        return list(geometries)
    numbers = np.array(list(chain.from_iterable(chain.from_iterable(flat))), float).reshape(-1, 2)
    starts = np.array([0, *accumulate(map(len, flat))])
    decimals = _decimals(numbers, starts)
    texts: list[Any] = []
    at = 0
    # All the lines of a geometry have the same decimals.
    spans = []
    for polygons in lines:
        count = sum(map(len, polygons or ()))
        spans.append((at, at + count))
        decimals[at : at + count] = decimals[at : at + count].max(initial=0)
        at += count
    encoded = _encoded(numbers, starts, decimals)
    for geometry, polygons, (first, _) in zip(geometries, lines, spans, strict=True):
        if polygons is None or decimals[first] > MOST_DECIMALS:
            texts.append(geometry)
            continue
        ends = [first, *accumulate(map(len, polygons), initial=first)][1:]
        text = " ".join(",".join(encoded[a:b]) for a, b in zip(ends, ends[1:], strict=False))
        texts.append(f"{LETTERS[geometry['type']]}{decimals[first]}{text}")
    return texts


def _lines(geometry: Any) -> list[list[list[Any]]] | None:
    """Give a geometry as polygons of lines of positions, whatever its sort; None where it is not plainly one."""
    if not isinstance(geometry, dict) or list(geometry) != ["type", "coordinates"] or geometry["type"] not in LETTERS:
        return None
    depth, nested = _DEPTH[geometry["type"]], geometry["coordinates"]
    polygons = {-1: [[[nested]]], 0: [[nested]], 1: [nested], 2: nested}[depth]
    return polygons if plain(polygons) else None


def plain(polygons: Any) -> bool:
    """Tell whether something is polygons of lines of positions of two numbers each, none of them empty."""
    return (
        _filled(polygons)
        and all(map(_filled, polygons))
        and all(_filled(line) for lines in polygons for line in lines)
        and all(
            type(position) in {list, tuple} and len(position) == 2 and all(type(it) in {int, float} for it in position)
            for lines in polygons
            for line in lines
            for position in line
        )
        and all(abs(it) <= 360 for lines in polygons for line in lines for position in line for it in position)
    )


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
