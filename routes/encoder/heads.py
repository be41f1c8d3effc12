"""What the encoder is asked: of each piece, of each mention of a place, and of each pair of mentions."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import erf

from routes.encoder.network import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.places import Place
    from routes.encoder.network import Encoding
    from routes.encoder.pieces import Pieces

    Array = NDArray[np.float32]

TAGS = ("outside", "begin literal", "begin metonym", "in literal", "in metonym")
CARRIED = ("outside", "begin cargo", "in cargo", "begin source", "in source")
PARTS = ("none", "origin", "via", "destination", "declared_destination")
RELATIONS = ("apart", "first holds second", "second holds first")
LEG, ORDER, MODES, FACTUALITIES, KINDS = 0, 1, slice(2, 9), slice(9, 14), slice(14, 16)
ANSWERS = 16
PAIR_WIDTH = 128
REACH = 10  # mentions further apart than this are never neighbours on a route
CERTAIN = 8.0  # log-odds beyond which a phrase is not more certain, only louder
_WIDER = 1.5  # how much wider an area is than what it holds


def tags(encoding: Encoding) -> Array:
    """Return the log-probability of each of TAGS, a row for each piece."""
    heads = load().heads
    return _log_softmax(encoding.states @ heads["tags.weight"].T + heads["tags.bias"])


def carried(encoding: Encoding) -> Array:
    """Return the log-probability of each of CARRIED, a row for each piece: what is moved, and who says so."""
    heads = load().heads
    return _log_softmax(encoding.states @ heads["carried.weight"].T + heads["carried.bias"])


@dataclass(frozen=True, slots=True)
class Phrases:
    """How likely stretches of a text are whole phrases of a kind: goods, or a source.

    Attributes
    ----------
    pieces : Pieces
    begins : array, shape (pieces,)
        Log-probability that a phrase begins with a piece.
    sums : array, shape (pieces + 1,)
        Running sums of the log-probability that a phrase goes on with a piece.
    stops : array, shape (pieces + 1,)
        Log-probability that a phrase does not go on with a piece.
    """

    pieces: Pieces
    begins: NDArray[np.float64]
    sums: NDArray[np.float64]
    stops: NDArray[np.float64]

    @classmethod
    def of(cls, encoding: Encoding, kind: str) -> Phrases:
        """Ask about ``cargo`` or ``source``."""
        said = carried(encoding).astype(np.float64)
        begins, goes_on = (said[:, CARRIED.index(f"{how} {kind}")] for how in ("begin", "in"))
        stops = np.log1p(-np.minimum(np.exp(goes_on), 1 - 1e-9))
        return cls(encoding.pieces, begins, np.append(0.0, goes_on.cumsum()), np.append(stops, 0.0))

    def log_odds(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Array:
        """Return for stretches of the text, by their offsets, the log-odds, from -CERTAIN to CERTAIN."""
        if not len(self.pieces):
            return np.full(len(starts), -CERTAIN, np.float32)
        first = np.minimum(self.pieces.ends.searchsorted(starts, side="right"), len(self.pieces) - 1)
        end = np.maximum(self.pieces.starts.searchsorted(ends, side="left"), first + 1)
        likely = np.minimum(self.begins[first] + self.sums[end] - self.sums[first + 1] + self.stops[end], -1e-9)
        return np.asarray(np.clip(likely - np.log1p(-np.exp(likely)), -CERTAIN, CERTAIN), np.float32)


def parts(encoding: Encoding, spans: Sequence[tuple[int, int]]) -> Array:
    """Return how likely each mention plays each of PARTS.

    Parameters
    ----------
    encoding : Encoding
    spans : sequence of (int, int)
        For each mention its first piece, and the one after its last.

    Returns
    -------
    array of float, shape (mentions, 5)
        Rows sum to one.
    """
    heads = load().heads
    return np.exp(_log_softmax(_mentions(encoding, spans) @ heads["parts.weight"].T + heads["parts.bias"]))


def pairs(
    encoding: Encoding,
    spans: Sequence[tuple[int, int]],
    asked: NDArray[np.int32],
    relations: NDArray[np.int32],
) -> Array:
    """Return the scores of pairs of mentions: columns LEG, ORDER, MODES, FACTUALITIES, KINDS.

    Parameters
    ----------
    encoding : Encoding
    spans : sequence of (int, int)
        For each mention its first piece, and the one after its last.
    asked : array of int, shape (pairs, 2)
        Numbers of mentions, at most REACH apart.
    relations : array of int
        For each pair a number into RELATIONS.

    Returns
    -------
    array of float, shape (pairs, ANSWERS)
        Log-odds of LEG and ORDER; the others are for comparison within their columns.
    """
    heads = load().heads
    mentions = _mentions(encoding, spans)
    first, end = np.array(spans, np.intp).T
    i, j = asked[:, 0], asked[:, 1]
    low = end[np.minimum(i, j)]
    high = np.maximum(first[np.maximum(i, j)], low)
    sums = _sums(encoding.states @ heads["between.weight"].T)
    between = np.asarray((sums[high] - sums[low]) / np.maximum(high - low, 1)[:, None], np.float32)
    starts = mentions @ heads["first.weight"].T + heads["first.bias"]
    ends = mentions @ heads["second.weight"].T + heads["second.bias"]
    z = starts[i] + ends[j] + between
    z += heads["apart.weight"][j - i + REACH] + heads["ground.weight"][relations]
    answers = _gelu(_gelu(z) @ heads["inner.weight"].T + heads["inner.bias"])
    scores: Array = answers @ heads["answers.weight"].T + heads["answers.bias"]
    for k in (LEG, ORDER):
        scores[:, k] += ((starts @ heads["match"][k])[i] * ends[j]).sum(axis=1)
    return scores


def within_reach(entities: Sequence[str]) -> NDArray[np.int32]:
    """Return the ordered pairs of mentions of two places that stand not too far apart."""
    near = [
        (i, j)
        for i, one in enumerate(entities)
        for j in range(max(0, i - REACH), min(len(entities), i + REACH + 1))
        if one != entities[j]
    ]
    return np.array(near, np.int32).reshape(-1, 2)


def relation(one: Place | None, two: Place | None) -> int:
    """Return a number into RELATIONS: whether one of two places lies within the other."""
    if one is None or two is None:
        return 0
    distance = _km(one, two)
    if distance < one.radius_km > _WIDER * two.radius_km:
        return 1
    return 2 if distance < two.radius_km > _WIDER * one.radius_km else 0


def _mentions(encoding: Encoding, spans: Sequence[tuple[int, int]]) -> Array:
    """Return for each mention the mean of its states, and the states on its left and right."""
    first, end = np.array(spans, np.intp).reshape(-1, 2).T
    sums, states = _sums(encoding.states), encoding.states
    mean = (sums[end] - sums[first]) / (end - first)[:, None]
    sides = states[np.maximum(first - 1, 0)], states[np.minimum(end, len(states) - 1)]
    return np.concatenate([mean, *sides], axis=1, dtype=np.float32)


def _sums(states: Array) -> NDArray[np.float64]:
    """Return the running sums of the states, with nought before the first."""
    return np.concatenate([np.zeros((1, states.shape[1])), states.cumsum(axis=0, dtype=np.float64)])


def _log_softmax(scores: Array) -> Array:
    shifted = scores - scores.max(axis=1, keepdims=True, initial=-1e9)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


def _gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit (Hendrycks and Gimpel 2016)."""
    return np.asarray(x * 0.5 * (1 + erf(x / sqrt(2))), np.float32)


def _km(one: Place, two: Place) -> float:
    """Great-circle distance (haversine; a few parts in a thousand off is enough here)."""
    a, b = one.position, two.position
    east, south = radians(b.longitude - a.longitude) / 2, radians(b.latitude - a.latitude) / 2
    h = sin(south) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))
