"""The sea as cells: Natural Earth's 1:10m land drawn on a grid, and the distance kept from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.affinity
import shapes
from scipy.ndimage import minimum_filter1d

if TYPE_CHECKING:
    from pathlib import Path

CELLS = 40  # to a degree
FINER = 3  # nine points are looked at in a cell
MOST_LAND = 4  # of them may be land in a cell of water
SOUTH, NORTH = -78.0, 84.0  # nothing sails beyond
OFFING = 2  # cells to keep off the land where there is room: 5.5 km
WIDTH, HEIGHT = 360 * CELLS, 180 * CELLS


def land(atlas: Path) -> list[shapely.Polygon]:
    """Read the land's polygons, cut at the antimeridian."""
    topology = shapes.read_topology(atlas, "land-10m")
    parts: list[shapely.Polygon] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for arcs in geometry["arcs"]:
            rings = [shapes.ring(topology, ring) for ring in arcs]
            turned = np.unwrap(rings[0][:, 0], period=360)
            if abs(turned[-1] - turned[0]) > 180:  # Antarctica goes around the pole
                parts += shapes.polygons(topology, {"type": "Polygon", "arcs": arcs})
            elif (turned != rings[0][:, 0]).any():
                parts += _cut(rings)
            else:
                parts.append(shapely.Polygon(rings[0], rings[1:]))
    return parts


def _cut(rings: list[np.ndarray]) -> list[shapely.Polygon]:
    """Cut a polygon over the antimeridian at it; ``antimeridian`` takes islands wound the wrong way for the rest."""
    for ring in rings:
        ring[:, 0] = np.unwrap(ring[:, 0], period=360)
        ring[:, 0] += 360 * np.round((rings[0][:, 0].mean() - ring[:, 0].mean()) / 360)
    whole = shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
    world = shapely.box(-180, -90, 180, 90)
    turned = (shapely.affinity.translate(whole, turn) for turn in (-360, 0, 360))
    return [part for shape in turned for part in shapes.multi(shape.intersection(world)).geoms]


def water(parts: list[shapely.Polygon]) -> np.ndarray:
    """Tell which cells, from the south pole up and from 180 degrees west, are water (rows, columns)."""
    row, column = _crossings(parts)
    rows, columns = HEIGHT * FINER, WIDTH * FINER
    starts = np.searchsorted(row, np.arange(rows + 1))
    count = np.zeros((HEIGHT, WIDTH), np.uint8)
    for index in range(rows):
        toggles = column[starts[index] : starts[index + 1]]
        inside = np.cumsum(np.bincount(toggles, minlength=columns + 1)[:columns], dtype=np.int32) & 1
        count[index // FINER] += inside.reshape(WIDTH, FINER).sum(axis=1).astype(np.uint8)
    cells = count <= MOST_LAND
    cells[: int((SOUTH + 90) * CELLS)] = False
    cells[int((NORTH + 90) * CELLS) :] = False
    return cells


def _crossings(parts: list[shapely.Polygon]) -> tuple[np.ndarray, np.ndarray]:
    """Find where the rings cross the fine rows' middles: row and first column east of it, sorted by row."""
    rows, columns = [], []
    for part in parts:
        for ring in (part.exterior, *part.interiors):
            x, y = (np.asarray(ring.coords)[:, :2] + (180, 90)).T * (CELLS * FINER)
            low, high = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:])
            first = np.ceil(low - 0.5).astype(np.int64)
            times = np.maximum(np.ceil(high - 0.5).astype(np.int64) - first, 0)
            edge = np.repeat(np.arange(len(low)), times)
            row = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(times) - times, times)
            share = (row + 0.5 - y[edge]) / (y[edge + 1] - y[edge])
            at = x[edge] + share * (x[edge + 1] - x[edge])
            rows.append(row)
            columns.append(np.clip(np.ceil(at - 0.5), 0, WIDTH * FINER).astype(np.int64))
    row, column = np.concatenate(rows), np.concatenate(columns)
    order = np.lexsort((column, row))
    return row[order], column[order]


def offing(cells: np.ndarray) -> np.ndarray:
    """Tell which cells lie `OFFING` cells or more from the land; a degree of longitude counts as it narrows."""
    kept = minimum_filter1d(cells.astype(np.uint8), 2 * OFFING + 1, axis=0)
    latitude = (np.arange(HEIGHT) + 0.5) / CELLS - 90
    widths = np.minimum(np.ceil(OFFING / np.cos(np.radians(latitude))), 8 * OFFING).astype(int)
    for width in np.unique(widths):
        rows = widths == width
        kept[rows] = minimum_filter1d(kept[rows], 2 * width + 1, axis=1, mode="wrap")
    return kept.astype(bool)
