"""The layers of the linear reader of ``routes/claims``: how each is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from routes.claims import features, linear
from routes.training.cases import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.training.cases import Case

TREES = 120
TREE_PARTS = ("feature", "threshold", "left", "right", "value")
PAIR, END = 0.3, 0.15  # how the parts of a pair's words are weighed against each other, for the regularisation


def rows(buckets: Sequence[Sequence[int]]) -> csr_matrix:
    """One row of ones for each list of bucket numbers."""
    starts = np.cumsum([0, *map(len, buckets)])
    columns = np.fromiter((b for row in buckets for b in row), dtype=np.int32, count=starts[-1])
    return csr_matrix((np.ones(starts[-1], dtype=np.float32), columns, starts), shape=(len(buckets), features.BUCKETS))


def fitted(rows_: csr_matrix, wanted: np.ndarray, strength: float) -> LogisticRegression:
    """Fit one yes-or-no question; the tolerance is coarse since the answers do not change below it."""
    return LogisticRegression(C=strength, solver="liblinear", tol=0.02).fit(rows_, wanted)


def table(models: Sequence[LogisticRegression], scale: float = 1.0, start: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of several questions as (buckets, questions), and their biases."""
    weights = np.stack([m.coef_[0, start : start + features.BUCKETS] * scale for m in models], axis=1)
    return weights, np.array([m.intercept_[0] for m in models])


@dataclass(frozen=True, slots=True)
class Sheet:
    """All cases' mentions and pairs as rows."""

    cases: Sequence[Case]
    near: list[list[int]]
    scene: list[list[int]]
    offsets: np.ndarray

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Sheet:
        """Hash every mention's words."""
        near: list[list[int]] = []
        scene: list[list[int]] = []
        for case in cases:
            a, b = linear.mention_buckets(case.reading)
            near += a
            scene += b
        return cls(cases, near, scene, np.cumsum([0, *(len(case.reading.mentions) for case in cases)]))

    def mentions_of(self, chosen: np.ndarray) -> np.ndarray:
        """Return the row numbers of the mentions of some cases."""
        return np.concatenate([np.arange(self.offsets[c], self.offsets[c + 1]) for c in chosen])


def fit_parts(sheet: Sheet, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and biases of the question which part a mention plays."""
    at = sheet.mentions_of(chosen)
    words = rows([sorted({*sheet.near[k], *sheet.scene[k]}) for k in at])
    parts = np.array([part for case in sheet.cases for part in case.parts])[at]
    return table([fitted(words, parts == k, 0.05 if k < 4 else 0.2) for k in range(len(linear.PARTS))])


def fit_report(sheet: Sheet, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of the question whether a report tells a route at all."""
    cases = [sheet.cases[c] for c in chosen]
    words = rows([features.hashed(features.report_words(case.reading)) for case in cases])
    return table([fitted(words, np.array([bool(case.legs) for case in cases]), 1.0)])


def fit_pairs(sheet: Sheet, chosen: np.ndarray, pairs: Sequence[Sequence[tuple[int, int]]]) -> dict[str, np.ndarray]:
    """Return weights of the two questions of a pair: is it a leg, are both on one route in this order."""
    words, first, second, legs, orders, told = [], [], [], [], [], []
    for c in chosen:
        case = sheet.cases[c]
        for i, j in pairs[c]:
            a, b = case.reading.mentions[i].entity, case.reading.mentions[j].entity
            words.append(features.hashed(features.pair_words(case.reading, i, j)))
            first.append(sheet.near[sheet.offsets[c] + i])
            second.append(sheet.near[sheet.offsets[c] + j])
            legs.append((i, j) in case.legs)
            told.append(
                (a, b) in case.entity_legs and (i, j) not in case.legs
            )  # told elsewhere: neither right nor wrong
            orders.append((a, b) in case.entity_orders)
    everything = hstack([rows(words) * PAIR, rows(first) * END, rows(second) * END]).tocsr()
    models = [
        fitted(everything[~np.array(told)], np.array(legs)[~np.array(told)], 0.5),
        fitted(everything, np.array(orders), 0.5),
    ]
    pair, bias = table(models, PAIR)
    ends = [table(models, END, start)[0] for start in (features.BUCKETS, 2 * features.BUCKETS)]
    return {"pair": pair, "pair_bias": bias, "first": ends[0], "second": ends[1]}


def fit_trees(
    seen: np.ndarray, wanted: np.ndarray, counted: np.ndarray | None = None, leaves: int = 10
) -> linear.Trees:
    """Boost small trees over what the layer below says of a pair, or a chain, and its rivals."""
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=0.06,
        max_leaf_nodes=leaves,
        min_samples_leaf=30,
        l2_regularization=1.0,
        random_state=0,
        early_stopping=False,
    ).fit(seen, wanted, sample_weight=counted)
    nodes = [predictor[0].nodes for predictor in model._predictors]  # noqa: SLF001 -- scikit-learn has no public way to them
    most = max(map(len, nodes))
    shape = (len(nodes), most)
    arrays = {
        name: np.zeros(shape, dtype)
        for name, dtype in zip(TREE_PARTS, (np.int16, np.float32, np.int16, np.int16, np.float32), strict=True)
    }
    for t, tree in enumerate(nodes):
        n, leaf = len(tree), tree["is_leaf"].astype(bool)
        arrays["feature"][t, :n] = np.where(leaf, 0, tree["feature_idx"])
        arrays["threshold"][t, :n] = np.where(leaf, 0, tree["num_threshold"])
        for side in ("left", "right"):
            arrays[side][t] = np.arange(most)
            arrays[side][t, :n] = np.where(leaf, np.arange(n), tree[side])
        arrays["value"][t, :n] = np.where(leaf, tree["value"], 0)
    return linear.Trees(**arrays, base=float(model._baseline_prediction[0, 0]))  # noqa: SLF001


def fit_circumstances(sheet: Sheet, chosen: np.ndarray, records: Sequence[dict[str, Any]]) -> np.ndarray:
    """Return weights of how legs are travelled, how sure they are, and whether they are corridors."""
    words, modes, sure, kinds = [], [], [], []
    for c in chosen:
        case = sheet.cases[c]
        for route, stops in zip(records[c]["routes"] or [], case.stops, strict=True):
            for mode, (ones, others) in zip(route["modes"], pairwise(stops), strict=True):
                if ones and others:
                    words.append(features.hashed(features.circumstance_words(case.reading, *nearest(ones, others))))
                    modes.append(mode)
                    sure.append(route["factuality"])
                    kinds.append(route["kind"])
    seen = rows(words)
    questions = [np.array(modes) == str(m) for m in linear.MODES] + [
        np.array(sure) == str(f) for f in linear.FACTUALITIES
    ]
    return table([fitted(seen, wanted, 0.1) for wanted in [*questions, np.array(kinds) == "corridor"]])[0]
