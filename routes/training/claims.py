"""Fit the linear reader of ``routes/claims`` on annotated reports and write its weights.

    python routes/training/claims.py TRAIN.jsonl ... -o routes/claims/weights.npz

The files hold one report a line with its toponyms (start, end, name, lat, lon, radius_km, literal) and routes
(stops, modes, kind, factuality, evidence). Needs scikit-learn (the extra ``build``). What part a mention plays and
whether a report tells any route is fitted first and predicted out of fold; then, over pairs of mentions, whether one
is the next stop after the other and whether both are on one route in that order; then trees over those likelihoods.
How legs are travelled and how sure they are is fitted beside. Reading the weights takes NumPy alone.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from geodata.gazetteer import Feature, Place
from geodata.position import Position
from routes.claims import features, frames, linear
from routes.claims.clauses import Reading, read
from routes.model import Quote, Report, Resolution, Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

WATERS = (
    "Sea",
    "Ocean",
    "Strait",
    "Canal",
    "Gulf of",
    "Persian Gulf",
    "Bay of",
    "Cape of",
    "Channel",
    "Bosphorus",
    "Dardanelles",
    "Bab el-Mandeb",
    "Lake ",
)
TOWN_KM = 30
FOLDS = 5
TREES = 120
TREE_PARTS = ("feature", "threshold", "left", "right", "value")
PAIR, END = 0.3, 0.15  # how the parts of a pair's words are weighed against each other, for the regularisation


@dataclass(frozen=True, slots=True)
class Case:
    """A report as the product sees it, with what it ought to find in it."""

    reading: Reading
    parts: tuple[int, ...]  # for each mention, a number into linear.PARTS
    legs: frozenset[tuple[int, int]]  # mention pairs that are a leg
    entity_legs: frozenset[tuple[str, str]]
    entity_orders: frozenset[tuple[str, str]]


def case_of(record: dict[str, Any]) -> Case:
    """Read an annotated report."""
    report = Report(text=record["text"], id=record["id"], language=record["lang"], sha256="")
    reading = read(report, [resolution_of(record["text"], t) for t in record["toponyms"]])
    parts = [0] * len(reading.mentions)
    legs, entity_legs, orders = set(), set(), set()
    for route in record["routes"] or []:
        stops = [_mentions_of(reading, record["text"], route, stop) for stop in route["stops"]]
        for stop, found in zip(route["stops"], stops, strict=True):
            for index in found:
                if parts[index] in {0, linear.PARTS.index("via")}:
                    parts[index] = linear.PARTS.index(stop["role"])
        entities = [reading.mentions[found[0]].entity if found else "" for found in stops]
        for k in range(len(stops) - 1):
            if stops[k] and stops[k + 1] and entities[k] != entities[k + 1]:
                legs.add(
                    min(
                        ((i, j) for i in stops[k] for j in stops[k + 1]),
                        key=lambda pair: (abs(pair[0] - pair[1]), pair),
                    )
                )
                entity_legs.add((entities[k], entities[k + 1]))
        orders |= {(a, b) for k, a in enumerate(entities) for b in entities[k + 1 :] if a and b and a != b}
    return Case(reading, tuple(parts), frozenset(legs), frozenset(entity_legs), frozenset(orders))


def resolution_of(text: str, toponym: dict[str, Any]) -> Resolution:
    """Return an annotated toponym as if it had been resolved."""
    name, radius_km = toponym["name"], float(toponym["radius_km"])
    water = any(word in name for word in WATERS)
    feature = Feature.WATER if water else Feature.REGION if radius_km > TOWN_KM else Feature.TOWN
    place = Place(
        id=f"{name}:{toponym['lat']:.1f}:{toponym['lon']:.1f}",
        name=name,
        position=Position(toponym["lon"], toponym["lat"]),
        feature=feature,
        radius_km=radius_km if radius_km > TOWN_KM else 5.0,
        area=feature is Feature.REGION,
    )
    return Resolution(Toponym(Quote.of(text, toponym["start"], toponym["end"]), toponym["literal"]), place, 1.0)


def _mentions_of(reading: Reading, text: str, route: dict[str, Any], stop: dict[str, Any]) -> list[int]:
    """Return the mentions that a stop rests on: those of its name, within the evidence where there are any."""
    named = [m for m in reading.mentions if m.resolution.name == stop["name"]]
    if not named:
        named = [m for m in reading.mentions if _near(m.resolution.place, stop)]
    start = text.find(route.get("evidence") or "\0")
    end = start + len(route.get("evidence") or "")
    return [m.index for m in named if start <= m.start and m.end <= end] or [m.index for m in named]


def _near(place: Place | None, stop: dict[str, Any]) -> bool:
    return (
        place is not None
        and abs(place.position.longitude - stop["lon"]) + abs(place.position.latitude - stop["lat"]) < 0.3
    )


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


def fit_trees(seen: np.ndarray, wanted: np.ndarray) -> linear.Trees:
    """Boost small trees over what the linear layer says of a pair and its rivals."""
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=0.06,
        max_leaf_nodes=10,
        min_samples_leaf=30,
        l2_regularization=1.0,
        random_state=0,
        early_stopping=False,
    ).fit(seen, wanted)
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
        reading = sheet.cases[c].reading
        for route in records[c]["routes"] or []:
            stops = [_mentions_of(reading, records[c]["text"], route, stop) for stop in route["stops"]]
            for k, mode in enumerate(route["modes"]):
                if stops[k] and stops[k + 1]:
                    i, j = min(
                        ((i, j) for i in stops[k] for j in stops[k + 1]),
                        key=lambda pair: (abs(pair[0] - pair[1]), pair),
                    )
                    words.append(features.hashed(features.circumstance_words(reading, i, j)))
                    modes.append(mode)
                    sure.append(route["factuality"])
                    kinds.append(route["kind"])
    seen = rows(words)
    questions = [np.array(modes) == str(m) for m in linear.MODES] + [
        np.array(sure) == str(f) for f in linear.FACTUALITIES
    ]
    return table([fitted(seen, wanted, 0.1) for wanted in [*questions, np.array(kinds) == "corridor"]])[0]


def fit(records: Sequence[dict[str, Any]]) -> linear.Weights:
    """Fit all layers; each layer learns from what the one below says of reports that it did not learn from."""
    cases = [case_of(record) for record in records]
    sheet, everything = Sheet.of(cases), np.arange(len(cases))
    folds = list(KFold(FOLDS, shuffle=True, random_state=0).split(everything))
    parts: list[np.ndarray] = [np.zeros(0)] * len(cases)
    tells = np.zeros(len(cases))
    for learnt, held in folds:
        (weights, bias), (about, prior) = fit_parts(sheet, learnt), fit_report(sheet, learnt)
        for c in held:
            if cases[c].parts:
                parts[c] = _parts(sheet, c, weights, bias)
            tells[c] = linear.report_likelihood(cases[c].reading, about, prior)
    pairs = [
        list(features.pairs(case.reading, parts[c][:, 0] < 1 - linear.STOP_FROM)) if len(parts[c]) else []
        for c, case in enumerate(cases)
    ]
    seen, legs, orders, counted = [], [], [], []
    for learnt, held in folds:
        layer = fit_pairs(sheet, learnt, pairs)
        for c in held:
            if pairs[c]:
                case, likely = cases[c], _likely(sheet, c, pairs[c], layer)
                seen.append(
                    linear.dense(case.reading, float(tells[c]), parts[c], pairs[c], likely, frames.edges(case.reading))
                )
                names = [(case.reading.mentions[i].entity, case.reading.mentions[j].entity) for i, j in pairs[c]]
                legs += [pair in case.legs for pair in pairs[c]]
                orders += [name in case.entity_orders for name in names]
                counted += [
                    name not in case.entity_legs or pair in case.legs
                    for pair, name in zip(pairs[c], names, strict=True)
                ]
    rows_, use = np.vstack(seen), np.array(counted)
    (weights, bias), (about, prior) = fit_parts(sheet, everything), fit_report(sheet, everything)
    return linear.Weights(
        parts=weights.astype(np.float32),
        parts_bias=bias.astype(np.float32),
        report=about.astype(np.float32),
        report_bias=prior.astype(np.float32),
        **{name: array.astype(np.float32) for name, array in fit_pairs(sheet, everything, pairs).items()},
        circumstances=fit_circumstances(sheet, everything, records).astype(np.float32),
        leg=fit_trees(rows_[use], np.array(legs)[use]),
        order=fit_trees(rows_, np.array(orders)),
    )


def _parts(sheet: Sheet, c: int, weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
    span = slice(sheet.offsets[c], sheet.offsets[c + 1])
    return linear.part_likelihoods(weights, bias, sheet.near[span], sheet.scene[span])


def _likely(sheet: Sheet, c: int, pairs: Sequence[tuple[int, int]], layer: dict[str, np.ndarray]) -> np.ndarray:
    span = slice(sheet.offsets[c], sheet.offsets[c + 1])
    return linear.pair_likelihoods(
        sheet.cases[c].reading,
        pairs,
        sheet.near[span],
        layer["first"],
        layer["second"],
        layer["pair"],
        layer["pair_bias"],
    )


def save(weights: linear.Weights, path: Path) -> None:
    """Write the weights, tables as 8-bit integers with a scale for each column."""
    stored: dict[str, np.ndarray] = {
        "parts_bias": weights.parts_bias,
        "pair_bias": weights.pair_bias,
        "report_bias": weights.report_bias,
    }
    for name in ("parts", "first", "second", "pair", "report", "circumstances"):
        full = getattr(weights, name)
        scale = (np.abs(full).max(axis=0) / 127).astype(np.float32)
        stored[name], stored[f"{name}_scale"] = np.round(full / scale).astype(np.int8), scale
    for name in ("leg", "order"):
        stored |= {f"{name}_{part}": getattr(getattr(weights, name), part) for part in (*TREE_PARTS, "base")}
    np.savez_compressed(path, **stored)


def main() -> None:
    """Fit on the files named, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("routes/claims/weights.npz"))
    args = parser.parse_args()
    records = [json.loads(line) for path in args.files for line in path.read_text("utf-8").splitlines() if line.strip()]
    save(fit(records), args.output)
    print(f"{len(records)} reports, {args.output.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
