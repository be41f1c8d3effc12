"""Train the weights of `routes.toponyms.ranking`; see ``toponyms.py``, which calls this.

A conditional logit over the candidates of each name, round by round: the first round hears the others by their
importance, each later one by what the round before believes of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from geodata.names import fold
from routes.model import Quote, Toponym
from routes.toponyms.field import Field
from routes.toponyms.ranking import FEATURES, prior, shares, told_alone, told_among
from routes.toponyms.resolve import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer

ROUNDS = 3
RIDGE = 0.05
MADE_UP = 0.3  # what a made-up report counts for
NEAR_ENOUGH_KM = 161.0  # as the benchmark scores
EARTH_KM = 6371.0088
SEED = 20
# What agrees with the rest of the report never speaks against a place, whatever a few reports seem to teach.
AGAINST = {"the name is one of several it has", "the name is bent", "the name is its town's"} | {
    "otherwise than the words around call it",
    "an area, and the words around call it none",
}
EITHER = {"a country": (-2.0, 4.0), "an area or a water": (-2.0, 4.0), "no town of its own": (-2.0, 1.0)}
BOUNDS = np.array(
    [EITHER.get(name, (-10.0, 0.0) if name in AGAINST else (0.0, 30.0)) for name in FEATURES]
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
    names = gather(toponyms, gazetteer, case["lang"])
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
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=BOUNDS, options={"maxiter": 500}).x)


def believe(case: Laid, weights: np.ndarray) -> np.ndarray:
    """Give each candidate's share of belief after all rounds."""
    belief = prior(case.field)
    for row in weights:
        belief = shares(case.field, np.hstack([case.alone, told_among(case.field, belief)]) @ row)
    return belief


def cross_validate(cases: Sequence[Laid], made_up: Sequence[Laid], folds: int) -> None:
    """Print the share of gold mentions that are placed right, of those that the gazetteer could place, and of all."""
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(4))
    order = np.random.default_rng(SEED).permutation(len(cases))
    for turn in range(folds):
        held = set(order[turn::folds].tolist())
        weights = train([*(case for index, case in enumerate(cases) if index not in held), *made_up])
        for index in sorted(held):
            case = cases[index]
            for key in (case.language, "all"):
                counts[key] += judge(case, believe(case, weights))
    for language, (right, first, possible, total) in sorted(counts.items()):
        told = f"placed {right / possible:.3f} of placeable, {right / total:.3f} of all"
        print(f"{language}: {told}; by importance alone {first / possible:.3f}")


def judge(case: Laid, belief: np.ndarray) -> np.ndarray:
    """Count mentions placed right, right by importance alone, placeable, and all."""
    told = np.array([0, 0, 0, case.unknown], dtype=float)
    for number, (start, count) in enumerate(zip(case.field.starts, case.field.counts, strict=True)):
        own = slice(int(start), int(start + count))
        right = case.right[own]
        told += np.array([right[int(belief[own].argmax())], right[0], right.any(), 1]) * case.mentions[number]
    return told
