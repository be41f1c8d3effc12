"""The learned reader: which mention is the next stop after which, in any language it was trained on.

Two layers of logistic regression over hashed words (Weinberger et al. 2009), then boosted trees over what those say of a pair
and its rivals. Fitted by ``routes/training/claims.py``; reading the weights takes NumPy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np

from routes.claims import features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from routes.claims.clauses import Mention, Reading
    from routes.claims.frames import Edge

    Array = NDArray[np.float32]

PARTS = ("none", "origin", "via", "destination", "declared_destination")
SLOTS = ("from", "to", "via", "at", "near", "agent", "bare")
EXTENTS = ("point", "area", "water", "river")
FRAMES = ("", "supply", "acquire", "path", "way")
STOP_FROM = 0.08  # a mention less likely a stop than this is left out
_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees in flat arrays, all of one shape (trees, nodes); a leaf's children are itself."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Array
    base: float

    def __call__(self, rows: Array) -> Array:
        """Return a probability for each row of features."""
        score = np.full(len(rows), self.base, dtype=np.float64)
        numbers = np.arange(len(self.feature))[None, :]
        for start in range(0, len(rows), _ROWS):
            chunk = rows[start : start + _ROWS]
            at = np.zeros((len(chunk), len(self.feature)), dtype=np.intp)
            while True:
                goes_left = np.take_along_axis(chunk, self.feature[numbers, at].astype(np.intp), 1) <= self.threshold[numbers, at]
                child = np.where(goes_left, self.left[numbers, at], self.right[numbers, at]).astype(np.intp)
                if (child == at).all():
                    break
                at = child
            score[start : start + _ROWS] += self.value[numbers, at].sum(axis=1, dtype=np.float64)
        return (1 / (1 + np.exp(-score))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by bucket: parts (5 columns); first, second and pair (2 columns each: next stop, same route)."""

    parts: Array
    parts_bias: Array
    first: Array
    second: Array
    pair: Array
    pair_bias: Array
    leg: Trees | None
    order: Trees | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reader thinks: each mention's part (rows of five), and for pairs of mentions the two likelihoods."""

    parts: Array
    leg: Mapping[tuple[int, int], float]
    order: Mapping[tuple[int, int], float]


@cache
def weights() -> Weights:
    """Load the weights that ship with the package."""
    with as_file(files(__package__) / "weights.npz") as path, np.load(path) as stored:
        tables = {
            name: stored[name].astype(np.float32) * stored[f"{name}_scale"] for name in ("parts", "first", "second", "pair")
        }
        trees = {
            name: Trees(**{part: stored[f"{name}_{part}"] for part in ("feature", "threshold", "left", "right", "value")}, base=float(stored[f"{name}_base"]))
            for name in ("leg", "order")
        }
        return Weights(**tables, parts_bias=stored["parts_bias"], pair_bias=stored["pair_bias"], **trees)


def judge(reading: Reading, edges: Sequence[Edge], model: Weights) -> Judgement:
    """Read a report's mentions and the pairs of them that may be neighbours on a route."""
    if not reading.mentions:
        return Judgement(np.zeros((0, len(PARTS)), dtype=np.float32), {}, {})
    near, scene = mention_buckets(reading)
    parts = part_likelihoods(model, near, scene)
    pairs = list(features.pairs(reading, parts[:, 0] < 1 - STOP_FROM))
    if not pairs:
        return Judgement(parts, {}, {})
    first = np.stack([model.first[row].sum(axis=0) for row in near])
    second = np.stack([model.second[row].sum(axis=0) for row in near])
    own = np.stack([model.pair[features.hashed(features.pair_words(reading, i, j))].sum(axis=0) for i, j in pairs])
    at = np.array(pairs)
    linear = _sigmoid(own + first[at[:, 0]] + second[at[:, 1]] + model.pair_bias)
    rows = dense(reading, parts, pairs, linear, edges)
    leg = model.leg(rows) if model.leg else linear[:, 0]
    order = model.order(rows) if model.order else linear[:, 1]
    return Judgement(parts, dict(zip(pairs, leg.tolist(), strict=True)), dict(zip(pairs, order.tolist(), strict=True)))


def mention_buckets(reading: Reading) -> tuple[list[list[int]], list[list[int]]]:
    """Return the buckets of each mention's surroundings, and of its scene."""
    return [features.hashed(w) for w in features.mention_words(reading)], [features.hashed(w) for w in features.scene_words(reading)]


def part_likelihoods(model: Weights, near: Sequence[list[int]], scene: Sequence[list[int]]) -> Array:
    """Return how likely each mention plays each of ``PARTS``; rows sum to one."""
    scores = np.stack([model.parts[[*a, *b]].sum(axis=0) for a, b in zip(near, scene, strict=True)]) + model.parts_bias
    likely = _sigmoid(scores)
    return likely / likely.sum(axis=1, keepdims=True)


def _sigmoid(scores: Array) -> Array:
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)


def dense(reading: Reading, parts: Array, pairs: Sequence[tuple[int, int]], linear: Array, edges: Sequence[Edge]) -> Array:
    """Return what the trees see of each pair: its likelihoods, its rivals', its ends, what lies between, its frame."""
    framed = {(edge.origin, edge.destination): FRAMES.index(edge.frame) for edge in edges}
    stops = np.concatenate([[0.0], np.cumsum(1 - parts[:, 0])])
    likely = dict(zip(pairs, linear.tolist(), strict=True))
    rivals = _rivals(pairs, linear[:, 0])
    rows = []
    for k, (i, j) in enumerate(pairs):
        a, b = reading.mentions[i], reading.mentions[j]
        low, high = min(i, j) + 1, max(i, j)
        rows.append([
            *likely[i, j], *likely.get((j, i), (0.0, 0.0)), *rivals[k], *parts[i], *parts[j], stops[high] - stops[low],
            framed.get((i, j), 0), framed.get((j, i), 0), *_ends(a, b), len(reading.mentions), a.index, a.sentence,
        ])  # fmt: skip
    return np.array(rows, dtype=np.float32)


def _ends(a: Mention, b: Mention) -> tuple[float, ...]:
    return (
        b.index - a.index, b.sentence - a.sentence, b.clause - a.clause, b.start - a.start, SLOTS.index(a.slot), SLOTS.index(b.slot),
        EXTENTS.index(a.extent), EXTENTS.index(b.extent), bool(a.link), bool(b.link),
    )  # fmt: skip


def _rivals(pairs: Sequence[tuple[int, int]], leg: Array) -> list[tuple[float, ...]]:
    """Return for each pair the likeliest other way out of its first end, into its second, into its first and out of its second."""
    out: dict[int, list[tuple[float, int]]] = {}
    into: dict[int, list[tuple[float, int]]] = {}
    for k, (i, j) in enumerate(pairs):
        out.setdefault(i, []).append((float(leg[k]), k))
        into.setdefault(j, []).append((float(leg[k]), k))
    for ways in (*out.values(), *into.values()):
        ways.sort(reverse=True)

    def best(ways: list[tuple[float, int]], k: int) -> float:
        return next((p for p, other in ways[:2] if other != k), 0.0)

    return [
        (best(out[i], k), best(into[j], k), best(into.get(i, []), -1), best(out.get(j, []), -1), sum(p for p, _ in out[i]), sum(p for p, _ in into[j]))
        for k, (i, j) in enumerate(pairs)
    ]
