"""The learned reader: which mention is the next stop after which, in any language it was trained on.

Two layers of logistic regression over hashed words (Weinberger et al. 2009), then boosted trees over what those say of
a pair and its rivals. Fitted by ``routes/training/claims.py``; reading the weights takes NumPy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np

from routes.claims import features
from routes.model import Factuality, Kind, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from routes.claims.clauses import Mention, Reading
    from routes.claims.frames import Edge

    Array = NDArray[np.float32]

PARTS = ("none", "origin", "via", "destination", "declared_destination")
SLOTS = ("from", "to", "via", "at", "near", "agent", "bare")
EXTENTS = ("point", "area", "water", "river")
MODES = tuple(Mode)
FACTUALITIES = tuple(Factuality)
FRAMES = ("", "supply", "acquire", "path", "way")
STOP_FROM = 0.08  # a mention less likely a stop than this is left out
ONE_VEHICLE = 0.5  # how much the other legs of a journey say of the mode of each
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
        trees, nodes = self.feature.shape
        roots = np.arange(trees, dtype=np.intp) * nodes
        feature, threshold, value = self.feature.ravel(), self.threshold.ravel(), self.value.ravel()
        left, right = ((side + roots[:, None]).ravel() for side in (self.left, self.right))
        for start in range(0, len(rows), _ROWS):
            chunk = rows[start : start + _ROWS]
            first = np.arange(len(chunk), dtype=np.intp)[:, None] * chunk.shape[1]
            at = np.tile(roots, (len(chunk), 1))
            while True:
                child = np.where(chunk.ravel()[first + feature[at]] <= threshold[at], left[at], right[at])
                if (child == at).all():
                    break
                at = child
            score[start : start + _ROWS] += value[at].sum(axis=1, dtype=np.float64)
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
    report: Array  # one column: does the report tell any route
    report_bias: Array
    circumstances: Array  # columns: MODES, then FACTUALITIES, then whether it is a corridor
    leg: Trees
    order: Trees
    route: Trees  # over whole chains of legs, see ``ranking``


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reader thinks: is there any route, each mention's part (rows of five), each pair's two likelihoods."""

    report: float
    parts: Array
    leg: Mapping[tuple[int, int], float]
    order: Mapping[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a route is travelled, leg by leg, whether goods moved on it, and how sure that is."""

    modes: tuple[Mode, ...]
    kind: Kind
    factuality: Factuality


@cache
def weights() -> Weights:
    """Load the weights that ship with the package."""
    with as_file(files(__package__) / "weights.npz") as path:
        return read(path)


def read(path: Path) -> Weights:
    """Read weights as ``routes/training/claims.py`` writes them."""
    with np.load(path) as stored:
        tables = {
            name: stored[name].astype(np.float32) * stored[f"{name}_scale"]
            for name in ("parts", "first", "second", "pair", "report", "circumstances")
        }
        biases = {f"{name}_bias": stored[f"{name}_bias"] for name in ("parts", "pair", "report")}
        leg, order, route = (_trees(stored, name) for name in ("leg", "order", "route"))
        return Weights(**tables, **biases, leg=leg, order=order, route=route)


def _trees(stored: Mapping[str, NDArray[Any]], name: str) -> Trees:
    arrays = {part: stored[f"{name}_{part}"] for part in ("feature", "threshold", "left", "right", "value")}
    return Trees(**arrays, base=float(stored[f"{name}_base"]))


def judge(reading: Reading, edges: Sequence[Edge], model: Weights) -> Judgement:
    """Read a report's mentions and the pairs of them that may be neighbours on a route."""
    if not reading.mentions:
        return Judgement(0.0, np.zeros((0, len(PARTS)), dtype=np.float32), {}, {})
    report = report_likelihood(reading, model.report, model.report_bias)
    near, scene = mention_buckets(reading)
    parts = part_likelihoods(model.parts, model.parts_bias, near, scene)
    pairs = list(features.pairs(reading, (parts[:, 0] < 1 - STOP_FROM).tolist()))
    if not pairs:
        return Judgement(report, parts, {}, {})
    linear = pair_likelihoods(reading, pairs, near, model.first, model.second, model.pair, model.pair_bias)
    rows = dense(reading, report, parts, pairs, linear, edges)
    leg, order = model.leg(rows), model.order(rows)
    return Judgement(
        report, parts, dict(zip(pairs, leg.tolist(), strict=True)), dict(zip(pairs, order.tolist(), strict=True))
    )


def moved(judgement: Judgement, homes: Mapping[int, int]) -> Judgement:
    """Return a judgement with what was thought of some mentions handed to others; the likelier thought stays."""

    def hand_over(likely: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        handed: dict[tuple[int, int], float] = {}
        for (i, j), p in likely.items():
            pair = homes.get(i, i), homes.get(j, j)
            if pair[0] != pair[1]:
                handed[pair] = max(p, handed.get(pair, 0.0))
        return handed

    return Judgement(judgement.report, judgement.parts, hand_over(judgement.leg), hand_over(judgement.order))


def circumstances(reading: Reading, legs: Sequence[tuple[int, int]], model: Weights) -> Circumstances:
    """Judge a route's legs: each leg's mode by itself, kind and factuality by all of them together."""
    scores = np.stack(
        [model.circumstances[features.hashed(features.circumstance_words(reading, i, j))].sum(axis=0) for i, j in legs]
    )
    whole = scores.mean(axis=0)
    return Circumstances(
        modes=tuple(MODES[k] for k in (scores + ONE_VEHICLE * whole)[:, : len(MODES)].argmax(axis=1)),
        kind=Kind.CORRIDOR if whole[-1] > 0 else Kind.SHIPMENT,
        factuality=FACTUALITIES[int(whole[len(MODES) : -1].argmax())],
    )


def mention_buckets(reading: Reading) -> tuple[list[list[int]], list[list[int]]]:
    """Return the buckets of each mention's surroundings, and of its scene."""
    return [features.hashed(words) for words in features.mention_words(reading)], features.scene_buckets(reading)


def report_likelihood(reading: Reading, weights: Array, bias: Array) -> float:
    """Return how likely a report tells a route at all."""
    return float(_sigmoid(weights[features.hashed(features.report_words(reading))].sum(axis=0) + bias)[0])


def part_likelihoods(weights: Array, bias: Array, near: Sequence[list[int]], scene: Sequence[list[int]]) -> Array:
    """Return how likely each mention plays each of ``PARTS``; rows sum to one."""
    likely = _sigmoid(
        np.stack([weights[sorted({*a, *b})].sum(axis=0) for a, b in zip(near, scene, strict=True)]) + bias
    )
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), dtype=np.float32)


def pair_likelihoods(
    reading: Reading,
    pairs: Sequence[tuple[int, int]],
    near: Sequence[list[int]],
    first: Array,
    second: Array,
    pair: Array,
    bias: Array,
) -> Array:
    """Return for each pair how likely it is a leg, and how likely both are stops of one route in this order."""
    starts = np.stack([first[row].sum(axis=0) for row in near])
    ends = np.stack([second[row].sum(axis=0) for row in near])
    own = np.stack([pair[features.hashed(features.pair_words(reading, i, j))].sum(axis=0) for i, j in pairs])
    at = np.array(pairs)
    return _sigmoid(own + starts[at[:, 0]] + ends[at[:, 1]] + bias)


def _sigmoid(scores: Array) -> Array:
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)


def dense(
    reading: Reading,
    report: float,
    parts: Array,
    pairs: Sequence[tuple[int, int]],
    linear: Array,
    edges: Sequence[Edge],
) -> Array:
    """Return what the trees see of each pair: its likelihoods, its rivals', its ends, what lies between, its frame."""
    framed = {(edge.origin, edge.destination): FRAMES.index(edge.frame) for edge in edges}
    stops = np.concatenate([[0.0], np.cumsum(1 - parts[:, 0])])
    likely = dict(zip(pairs, linear.tolist(), strict=True))
    rivals = _rivals(pairs, linear[:, 0])
    rows = []
    for k, (i, j) in enumerate(pairs):
        a, b = reading.mentions[i], reading.mentions[j]
        low, high = min(i, j) + 1, max(i, j)
        rows.append(
            [
                *likely[i, j],
                *likely.get((j, i), (0.0, 0.0)),
                *rivals[k],
                *parts[i],
                *parts[j],
                stops[high] - stops[low],
                framed.get((i, j), 0),
                framed.get((j, i), 0),
                *_ends(a, b),
                len(reading.mentions),
                a.index,
                a.sentence,
                report,
            ]
        )
    return np.array(rows, dtype=np.float32)


def _ends(a: Mention, b: Mention) -> tuple[float, ...]:
    return (
        b.index - a.index,
        b.sentence - a.sentence,
        b.clause - a.clause,
        b.start - a.start,
        SLOTS.index(a.slot),
        SLOTS.index(b.slot),
        EXTENTS.index(a.extent),
        EXTENTS.index(b.extent),
        bool(a.link),
        bool(b.link),
    )


def _rivals(pairs: Sequence[tuple[int, int]], leg: Array) -> list[tuple[float, ...]]:
    """Return each pair's rivals: the likeliest other way out of its first end, into its second, and on either side."""
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
        (
            best(out[i], k),
            best(into[j], k),
            best(into.get(i, []), -1),
            best(out.get(j, []), -1),
            sum(p for p, _ in out[i]),
            sum(p for p, _ in into[j]),
        )
        for k, (i, j) in enumerate(pairs)
    ]
