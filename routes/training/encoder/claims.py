"""Fit how the encoder's word on routes and the plain reader's are weighed: ``routes/claims/encoded.json``.

    python -m routes.training.encoder.claims TRAIN.jsonl ... --plain WEIGHTS.npz --attributes WEIGHTS.npz

Fitted on the fifth of the reports that was held back from the encoder, with the annotated toponyms given. The weights
are those of the plain reader trained on the other four fifths.
"""

from __future__ import annotations

import argparse
import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from routes.claims import encoded, frames, linear
from routes.claims.attributes import pick
from routes.encoder import heads
from routes.encoder.network import encode
from routes.training import attributes
from routes.training.encoder.examples import annotate
from routes.training.encoder.fifths import held_back
from routes.training.encoder.train import read_reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routes.training.cases import Case

LOUDNESS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
PHRASE_LOUDNESS, LIFTS = (0.25, 0.5, 0.75, 1.0), (0.0, 2.0, 4.0, 6.0)
TARGET = Path(__file__).parents[2] / "claims" / "encoded.json"
MODES, SURE = len(linear.MODES), len(linear.FACTUALITIES)
GROUPS = {"mode": slice(0, MODES), "factuality": slice(MODES, MODES + SURE)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as both readers see it."""

    case: Case
    plain: linear.Judgement
    opinion: encoded.Opinion
    told: list[
        tuple[np.ndarray, np.ndarray, tuple[int, int, int]]
    ]  # of each leg: both readers' scores, and the answers


def sheet(record: dict[str, Any], model: linear.Weights) -> Sheet:
    """Ask both readers."""
    known = annotate(record)
    reading = known.case.reading
    opinion = encoded.Opinion.of(reading)
    told = []
    for pair, leg in known.told.items():
        said = opinion.on(pair)
        if said is not None:
            plain = encoded.circumstance_scores(reading, [pair], model)[0]
            told.append((plain, encoded.encoder_circumstances(said), (leg.mode, leg.factuality, leg.corridor)))
    return Sheet(known.case, linear.judge(reading, frames.edges(reading), model), opinion, told)


def fit_pairs(sheets: Sequence[Sheet], name: str) -> np.ndarray:
    """Fit what a pair's likelihood is, by what both readers say."""
    rows, answers = [], []
    for s in sheets:
        told = encoded.pair_rows(
            s.opinion, s.plain.leg if name == "leg" else s.plain.order, getattr(heads, name.upper())
        )
        mentions = s.case.reading.mentions
        for pair, row in zip(s.opinion.pairs, told, strict=True):
            entities = mentions[pair[0]].entity, mentions[pair[1]].entity
            if name == "order":
                rows.append(row)
                answers.append(entities in s.case.entity_orders)
            elif pair in s.case.legs or entities not in s.case.entity_legs:
                rows.append(row)
                answers.append(pair in s.case.legs)
    return fitted(np.array(rows), np.array(answers))


def fitted(rows: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Fit a logistic regression with the constant among the features, and say how sharp it and its parts are."""
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000).fit(rows, answers)
    for name, scores in (("plain", rows[:, 1]), ("encoder", rows[:, 2]), ("both", rows @ model.coef_[0])):
        print(f"  {name}: log loss {_cost(scores, answers):.4f}, best f1 {_f1(scores, answers):.3f}")
    return model.coef_[0]


def _cost(scores: np.ndarray, answers: np.ndarray) -> float:
    return float(np.logaddexp(0, np.where(answers, -scores, scores)).mean())


def _f1(scores: np.ndarray, answers: np.ndarray) -> float:
    hits = np.cumsum(answers[np.argsort(-scores, kind="stable")])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + answers.sum())).max())


def loudness(sheets: Sequence[Sheet], group: str) -> float:
    """Choose how loud the encoder is on modes or factuality: where most answers are right."""
    told = [t for s in sheets for t in s.told]
    k = list(GROUPS).index(group)
    part = GROUPS[group]
    right = [np.mean([(p[part] + loud * e[part]).argmax() == answer[k] for p, e, answer in told]) for loud in LOUDNESS]
    alone = np.mean([e[part].argmax() == answer[k] for _, e, answer in told])
    print(f"  {group}: {dict(zip(LOUDNESS, np.round(right, 3).tolist(), strict=True))} encoder alone {alone:.3f}")
    return LOUDNESS[int(np.argmax(right))]


def phrases(routes: Sequence[attributes.Asked], kind: str, path: Path) -> tuple[float, float]:
    """Choose how loud the encoder is on goods or sources, and how far it is lifted: where words agree best."""
    model = pick.weights(kind, path)
    texts = {route.text for route in routes}
    said = {text: heads.Phrases.of(encode(text), encoded.PHRASES[kind]) for text in sorted(texts)}
    plain = [pick.scores(route.seen, model) for route in routes]
    found: dict[tuple[float, float], float] = {}
    for loud, lift in [(0.0, 0.0), *itertools.product(PHRASE_LOUDNESS, LIFTS)]:
        agreed = []
        for route, scores in zip(routes, plain, strict=True):
            scope, both = route.seen.scope, scores.copy()
            starts, ends = scope.starts[scope.first], scope.ends[scope.last]
            both[:-1] += encoded.phrase_scores(said[route.text], loud, lift, starts, ends)
            span = pick.best(route.seen, both)
            agreed.append(attributes.agreement(route.gold[kind], route.text[slice(*span)] if span else None))
        found[loud, lift] = float(np.mean(agreed))
    best = max(found, key=found.__getitem__)
    print(f"  {kind}: plain {found[0.0, 0.0]:.3f}, both {found[best]:.3f} at {best}")
    return best


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--plain", type=Path, required=True)
    parser.add_argument("--attributes", type=Path, required=True)
    arguments = parser.parse_args()
    model = linear.read(arguments.plain)
    records = [record for record in read_reports(arguments.files) if held_back(record["id"])]
    sheets = [sheet(record, model) for record in records]
    stored: dict[str, Mapping[str, float | tuple[float, float]]] = {}
    for name in ("leg", "order"):
        print(name)
        stored[name] = dict(zip(encoded.PAIR_FEATURES, fit_pairs(sheets, name).round(4).tolist(), strict=True))
    print("report")
    rows = np.array([encoded.report_row(s.plain, s.opinion) for s in sheets if len(s.plain.parts)])
    answers = np.array([bool(s.case.legs) for s in sheets if len(s.plain.parts)])
    stored["report"] = dict(zip(encoded.REPORT_FEATURES, fitted(rows, answers).round(4).tolist(), strict=True))
    stored["circumstances"] = {group: loudness(sheets, group) for group in GROUPS} | {"kind": 1.0}
    routes = [route for route in attributes.asked(records) if len(route.seen.scope.first)]
    stored["phrases"] = {kind: phrases(routes, kind, arguments.attributes) for kind in encoded.PHRASES}
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
