"""Which phrase around a route names its goods, or its source, or that none does: a linear model over runs of words.

A phrase's score is the sum of what its first, inner and last words, those before and behind it, and the phrase as a
whole speak for; what an encoder says of the same stretch of text can be added. Of all phrases that one is picked
whose words can be expected to agree best with what is likely, and none where that agrees better still.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from routes.claims.attributes import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from routes.claims.attributes.scope import Scope

    Array = NDArray[np.float32]
    Outside = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.floating]]

PARTS = ("first", "inside", "last", "before", "behind")
STANDINGS = ("first", "last")
KEPT = 24


@dataclass(frozen=True, slots=True)
class Weights:
    """What each bucket of feature words speaks for.

    Attributes
    ----------
    written : array (buckets, PARTS)
    standing : array (buckets, STANDINGS)
    phrase : array (buckets,)
    none : array (buckets,)
    """

    written: Array
    standing: Array
    phrase: Array
    none: Array


@cache
def weights(kind: str, path: Path | None = None) -> Weights:
    """Load the weights of ``cargo`` or ``attribution``: those that ship with the package, or of a file."""
    with (path or files(__package__) / "weights.npz").open("rb") as source, np.load(source) as stored:
        return Weights(
            *(
                stored[f"{kind}_{name}"].astype(np.float32) * stored[f"{kind}_{name}_scale"]
                for name in ("written", "standing", "phrase", "none")
            )
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A scope's feature words as buckets, for every question that is asked of it."""

    scope: Scope
    written: list[list[int]]
    standing: list[list[int]]
    phrases: list[list[int]]
    none: list[int]

    @classmethod
    def of(cls, scope: Scope) -> Seen:
        """Hash what is seen of a scope."""
        return cls(
            scope,
            [words.hashed(row) for row in words.written(scope)],
            [words.hashed(row) for row in words.standing(scope)],
            [words.hashed(row) for row in words.phrases(scope)],
            words.hashed(words.none(scope)),
        )


def scores(seen: Seen, model: Weights) -> Array:
    """Return the score of every phrase of a scope, and last that of none."""
    token = _summed(model.written, seen.written)
    standing = _summed(model.standing, seen.standing)
    whole = _summed(model.phrase[:, None], seen.phrases)[:, 0]
    return np.append(phrase_scores(seen.scope, token, standing) + whole, model.none[seen.none].sum())


def phrase_scores(scope: Scope, token: Array, standing: Array) -> Array:
    """Put what the tokens speak for together, phrase by phrase."""
    first, last = scope.first, scope.last
    inside = np.concatenate([[0], np.cumsum(token[:, 1])])
    edge = np.zeros((1, token.shape[1]), token.dtype)
    padded = np.concatenate([edge, token, edge])  # token k is row k + 1
    return np.asarray(
        token[first, 0]
        + (inside[last + 1] - inside[first])
        + token[last, 2]
        + padded[first, 3]
        + padded[last + 2, 4]
        + standing[first, 0]
        + standing[last, 1],
        np.float32,
    )


def _summed(table: Array, rows: list[list[int]]) -> Array:
    counts = np.array([len(row) for row in rows])
    flat = np.fromiter((bucket for row in rows for bucket in row), np.int64, int(counts.sum()))
    if not len(flat):
        return np.zeros((len(rows), table.shape[1]), np.float32)
    return np.add.reduceat(table[flat], np.concatenate([[0], np.cumsum(counts)[:-1]]), axis=0)


def best(seen: Seen, score: Array) -> tuple[int, int] | None:
    """Return the phrase whose words agree best with what is likely, or None where naming none does."""
    scope = seen.scope
    top = np.argsort(-score[:-1], kind="stable")[:KEPT]
    likely = np.exp(score[np.append(top, len(score) - 1)] - score.max())
    likely /= likely.sum()
    agreed = _agreement(scope.first[top], scope.last[top] + 1) @ likely[:-1]
    k = int(agreed.argmax())
    return scope.phrase(int(top[k])) if agreed[k] > likely[-1] else None


def _agreement(first: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far runs of tokens agree pair by pair, as twice what they share of what they hold."""
    shared = np.minimum.outer(stop, stop) - np.maximum.outer(first, first)
    sizes = stop - first
    return np.asarray(np.maximum(0, 2 * shared / np.add.outer(sizes, sizes)), np.float64)
