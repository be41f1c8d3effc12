"""Water in squares, great ones in the open sea and single cells at the coast, with their neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

LEVELS = 5  # the greatest square has 32 cells a side
LAND, MIXED = 0, 255
INSHORE_COST = 2.0  # what a kilometre out of the offing counts


@dataclass(frozen=True)
class Squares:
    """Squares of water: middles as unit vectors (n, 3), and what it costs to go to a neighbour."""

    middle: np.ndarray
    inshore: np.ndarray
    graph: csr_array
    label: np.ndarray


def squares(water: np.ndarray, offing: np.ndarray) -> Squares:
    """Cut the water into squares that are offing wholly or inshore wholly."""
    levels = [water.astype(np.uint8) + offing]
    for _ in range(LEVELS):
        cells = levels[-1]
        quarters = cells[::2, ::2], cells[1::2, ::2], cells[::2, 1::2], cells[1::2, 1::2]
        same = (quarters[0] == quarters[1]) & (quarters[0] == quarters[2]) & (quarters[0] == quarters[3])
        levels.append(np.where(same, quarters[0], MIXED).astype(np.uint8))
    label = np.full(water.shape, -1, np.int32)
    middles, kinds, count = [], [], 0
    for level in range(LEVELS, -1, -1):
        kind = levels[level]
        leaf = (kind != LAND) & (kind != MIXED)
        if level < LEVELS:
            leaf &= levels[level + 1].repeat(2, axis=0).repeat(2, axis=1) == MIXED
        row, column = np.nonzero(leaf)
        number = np.full(kind.shape, -1, np.int32)
        number[row, column] = np.arange(count, count + len(row))
        label = np.maximum(label, number.repeat(2**level, axis=0).repeat(2**level, axis=1))
        middles.append((np.column_stack([column, row]) + 0.5) * 2**level)
        kinds.append(kind[row, column])
        count += len(row)
    middle = np.concatenate(middles)
    longitude = np.radians(middle[:, 0] / water.shape[1] * 360 - 180)
    latitude = np.radians(middle[:, 1] / water.shape[0] * 180 - 90)
    flat = np.cos(latitude)
    vectors = np.column_stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])
    inshore = np.concatenate(kinds) == 1
    return Squares(vectors, inshore, _graph(label, vectors, inshore), label)


def _graph(label: np.ndarray, middle: np.ndarray, inshore: np.ndarray) -> csr_array:
    east = np.roll(label, -1, axis=1)
    sides = [(label, east), (label[:-1], label[1:]), (label[:-1], east[1:]), (label[1:], east[:-1])]
    # no cutting of corners: a slanting step needs water on both sides
    open_corner = [None, None, (east[:-1] >= 0) & (label[1:] >= 0), (east[1:] >= 0) & (label[:-1] >= 0)]
    keys = []
    for (a, b), corner in zip(sides, open_corner, strict=True):
        touching = (a != b) & (a >= 0) & (b >= 0)
        if corner is not None:
            touching &= corner
        first, last = a[touching].astype(np.int64), b[touching].astype(np.int64)
        keys.append(np.unique(np.minimum(first, last) * len(middle) + np.maximum(first, last)))
    first, last = np.divmod(np.unique(np.concatenate(keys)), len(middle))
    km = np.linalg.norm(middle[first] - middle[last], axis=1) * 6371
    cost = km * np.where(inshore[first] | inshore[last], INSHORE_COST, 1.0)
    return csr_array((cost, (first, last)), shape=(len(middle), len(middle)))
