"""Train the weights of `routes.toponyms.ranking`; see ``toponyms.py``, which calls this.

A conditional logit over the candidates of each name, round by round: the first round hears the others by their
importance, each later one by what the round before believes of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from geodata.names import fold
from routes.model import Quote, Toponym
from routes.toponyms.field import Field
from routes.toponyms.ranking import FEATURES, SURENESS, prior, shares, told_alone, told_among, told_of_first
from routes.toponyms.resolve import gather

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geodata.gazetteer import Gazetteer

ROUNDS = 3
RIDGE = 0.05
MADE_UP = 0.3  # what a made-up report counts for
NEAR_ENOUGH_KM = 161.0  # as the benchmark scores
EARTH_KM = 6371.0088
SEED = 20
FOLDS = 5
SURENESS_RIDGE = 0.5
ODDS = "odds among the candidates"
FORGOTTEN = 0.03  # of the made-up reports' places, when sureness is learned
REPORTS = 1_200  # made up
# What agrees with the rest of the report never speaks against a place, whatever a few reports seem to teach.
AGAINST = {"the name is one of several it has", "the name is bent", "the name is its town's"} | {
    "otherwise than the words around call it",
    "an area, and the words around call it none",
}
EITHER = {"a country": (0.0, 4.0), "an area or a water": (-2.0, 4.0), "no town of its own": (-2.0, 1.0)}
# What is rare in the reports to learn from, though any reader would heed it, weighs this much at least.
AT_LEAST = {
    "beside the name of its country or state": 4.0,
    "an adjective close by points to its country": 3.0,
    "an adjective in the report points to its country": 1.0,
    "the words of its state stand in the report": 2.0,
}
BOUNDS = np.array(
    [EITHER.get(name, (-10.0, 0.0) if name in AGAINST else (AT_LEAST.get(name, 0.0), 30.0)) for name in FEATURES]
)


@dataclass(frozen=True, slots=True)
class Laid:
    """A gold report as its candidates: what stands of them from the start, and which are right."""

    language: str
    field: Field
    alone: np.ndarray
    right: np.ndarray
    mentions: np.ndarray
    unknown: int
    weight: float


def lay(case: dict[str, Any], gazetteer: Gazetteer, weight: float = 1.0) -> Laid:
    """Lay a gold report out."""
    gold: dict[str, dict[str, Any]] = {}
    for toponym in case["toponyms"]:
        gold.setdefault(fold(case["text"][toponym["start"] : toponym["end"]]), toponym)
    toponyms = [Toponym(Quote.of(case["text"], t["start"], t["end"])) for t in case["toponyms"]]
    names = gather(toponyms, gazetteer, case["lang"], {})
    keys = [key for key, name in names.items() if name.candidates]
    field = Field.of_names([names[key] for key in keys])
    return Laid(
        language=case["lang"],
        field=field,
        alone=told_alone(field, case["text"], case["lang"], gazetteer),
        right=near_enough(field, [gold[key] for key in keys]) if keys else np.zeros(0, dtype=bool),
        mentions=np.array([len(name.spans) for name in field.names]),
        unknown=sum(len(name.spans) for name in names.values() if not name.candidates),
        weight=weight,
    )


def near_enough(field: Field, golds: Sequence[dict[str, Any]]) -> np.ndarray:
    """Tell which candidates lie where the gold of their names says."""
    angles = np.radians([[gold["lon"], gold["lat"]] for gold in golds]).reshape(-1, 2)[field.name]
    level = np.cos(angles[:, 1])
    there = np.column_stack([level * np.cos(angles[:, 0]), level * np.sin(angles[:, 0]), np.sin(angles[:, 1])])
    apart = EARTH_KM * np.arccos(np.clip((there * field.vectors).sum(axis=1), -1, 1))
    reach = np.array([max(NEAR_ENOUGH_KM, gold["radius_km"]) for gold in golds])[field.name]
    return np.asarray(apart <= reach)


def train(cases: Sequence[Laid]) -> np.ndarray:
    """Fit the rounds one after another; gives an array of shape (ROUNDS, features)."""
    cases = [case for case in cases if case.right.size]
    beliefs = [prior(case.field) for case in cases]
    rounds: list[np.ndarray] = []
    for _ in range(ROUNDS):
        features = [
            np.hstack([case.alone, told_among(case.field, belief)]) for case, belief in zip(cases, beliefs, strict=True)
        ]
        rounds.append(fit(cases, features, rounds[-1] if rounds else None))
        beliefs = [shares(case.field, one @ rounds[-1]) for case, one in zip(cases, features, strict=True)]
    return np.array(rounds)


def fit(cases: Sequence[Laid], features: Sequence[np.ndarray], start: np.ndarray | None) -> np.ndarray:
    """Fit a conditional logit: the right candidates' share of belief is to be great, with a mild pull to nought."""
    rows, right, counts, weight = [], [], [], []
    for case, told in zip(cases, features, strict=True):
        for number, count in enumerate(case.field.counts.tolist()):
            own = slice(int(case.field.starts[number]), int(case.field.starts[number]) + count)
            if case.right[own].any() and not case.right[own].all():
                rows.append(told[own])
                right.append(case.right[own])
                counts.append(count)
                weight.append(case.weight)
    table, answers, importance = np.vstack(rows), np.concatenate(right), np.array(weight)
    starts = np.cumsum(counts) - counts
    name = np.repeat(np.arange(len(counts)), counts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        values = table @ weights
        powers = np.exp(values - np.maximum.reduceat(values, starts)[name])
        belief = powers / np.add.reduceat(powers, starts)[name]
        share = np.maximum(np.add.reduceat(belief * answers, starts), 1e-12)
        target = belief * answers / share[name]
        value = RIDGE * float(weights @ weights) - float(importance @ np.log(share))
        return value, 2 * RIDGE * weights - ((target - belief) * importance[name]) @ table

    if start is None:
        start = np.zeros(len(FEATURES))
        start[0] = 10.0
    start = np.clip(start, *BOUNDS.T)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=BOUNDS, options={"maxiter": 250}).x)


def believe(case: Laid, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the features of the last round, and each candidate's share of belief after it."""
    features, belief = case.alone, prior(case.field)
    for row in weights:
        features = np.hstack([case.alone, told_among(case.field, belief)])
        belief = shares(case.field, features @ row)
    return features, belief


def held_out(cases: Sequence[Laid], made_up: Sequence[Laid], folds: int) -> Iterator[tuple[Laid, np.ndarray]]:
    """Give every case with weights that were fitted without it."""
    order = np.random.default_rng(SEED).permutation(len(cases) + len(made_up))
    every = [*cases, *made_up]
    for turn in range(folds):
        held = set(order[turn::folds].tolist())
        weights = train([case for index, case in enumerate(every) if index not in held])
        yield from ((every[index], weights) for index in sorted(held))


def fit_sureness(told: Sequence[tuple[Laid, np.ndarray]]) -> np.ndarray:
    """Fit how likely the first candidate of a name is right, on cases held out from the weights that they come with.

    Doubt between the candidates is never made light of, though in the training reports the first is right even then:
    names that stand alone are better known there than elsewhere.
    """
    draw = np.random.default_rng(SEED)
    asked = [firsts(case, weights, draw) for case, weights in told if case.right.size]
    rows, right, mentions, _ = (np.concatenate(column) for column in zip(*asked, strict=True))
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (rows @ weights)
        value = float(mentions @ np.logaddexp(0, -margin)) + SURENESS_RIDGE * float(weights @ weights)
        slope = -(mentions * sign / (1 + np.exp(margin))) @ rows + 2 * SURENESS_RIDGE * weights
        return value, slope

    start = np.array([1.0 if name == ODDS else 0.0 for name in SURENESS])
    bounds = [(1.0, 2.0) if name == ODDS else (-10.0, 10.0) for name in SURENESS]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def firsts(
    case: Laid, weights: np.ndarray, draw: np.random.Generator | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give, for the first candidate of each name, what tells whether it is right, whether so, mentions, and its share.

    The gazetteer has all places of the made-up reports, so some of them are forgotten here, as `draw` has it: no name
    in a real report is sure to be there.
    """
    features, belief = believe(case, weights)
    right = case.right
    if draw is not None and case.weight != 1:
        lost = (draw.random(len(case.field.counts)) < FORGOTTEN)[case.field.name] & right
        right, belief = right & ~lost, np.where(lost, 0.0, belief)
    left = case.field.sums(belief)
    some = left > 1e-9
    belief = belief / np.where(some, left, 1.0)[case.field.name]
    first = np.flatnonzero(case.field.rank(belief) == 0)
    told = told_of_first(case.field, features, belief)
    return told[some], right[first][some], case.mentions[some], belief[first][some]


def cross_validate(cases: Sequence[Laid], made_up: Sequence[Laid], folds: int) -> None:
    """Print the share of gold mentions that are placed right, of those that the gazetteer could place, and of all."""
    told = list(held_out(cases, made_up, folds))
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(4))
    for case, weights in told:
        for key in (case.language, "all") if case.weight == 1 else ("made up",):
            counts[key] += judge(case, believe(case, weights)[1])
    for language, (right, first, possible, total) in sorted(counts.items()):
        shown = f"placed {right / possible:.3f} of placeable, {right / total:.3f} of all"
        print(f"{language}: {shown}; by importance alone {first / possible:.3f}")
    for name, before, after in calibration(told):
        print(f"expected calibration error {name}: {before:.4f} of the shares of belief, {after:.4f} of the score")


def calibration(told: Sequence[tuple[Laid, np.ndarray]]) -> list[tuple[str, float, float]]:
    """Fit the sureness on every other report, judge it on the rest of the real ones, and the other way round."""
    found = []
    for name, mine, others in (("of one half", told[::2], told[1::2]), ("of the other", told[1::2], told[::2])):
        sureness = fit_sureness(others)
        asked = [firsts(case, weights) for case, weights in mine if case.right.size and case.weight == 1]
        rows, right, mentions, belief = (np.concatenate(column) for column in zip(*asked, strict=True))
        sure = 1 / (1 + np.exp(-rows @ sureness))
        found.append((name, error(belief, right, mentions), error(sure, right, mentions)))
    return found


def error(scores: np.ndarray, right: np.ndarray, mentions: np.ndarray) -> float:
    """Give the expected calibration error over ten bins."""
    bins = np.minimum((scores * 10).astype(int), 9)
    gaps = np.bincount(bins, (scores - right) * mentions, 10)
    return float(np.abs(gaps).sum() / mentions.sum())


def save(rounds: np.ndarray, sureness: np.ndarray, path: Path) -> None:
    """Write the weights by the names of what they weigh."""
    told = {
        "rounds": [dict(zip(FEATURES, row.round(4).tolist(), strict=True)) for row in rounds],
        "sureness": dict(zip(SURENESS, sureness.round(4).tolist(), strict=True)),
    }
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def judge(case: Laid, belief: np.ndarray) -> np.ndarray:
    """Count mentions placed right, right by importance alone, placeable, and all."""
    told = np.array([0, 0, 0, case.unknown], dtype=float)
    for number, (start, count) in enumerate(zip(case.field.starts, case.field.counts, strict=True)):
        own = slice(int(start), int(start + count))
        right = case.right[own]
        told += np.array([right[int(belief[own].argmax())], right[0], right.any(), 1]) * case.mentions[number]
    return told
