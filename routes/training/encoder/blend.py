"""Fit how the encoder's word and the plain reader's are weighed: ``routes/toponyms/blend.json``.

    python -m routes.training.encoder.blend TRAIN.jsonl ... --plain WEIGHTS.npz

Fitted on the fifth of the reports that was held back from the encoder. `WEIGHTS` are those of the plain reader trained
on the other four fifths, so that both speak of what they have not seen. Prints what each reader gives, the blend by
cross-validation.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from geodata.gazetteer import Gazetteer
from routes.encoder.network import encode
from routes.model import Report
from routes.toponyms import blend
from routes.toponyms.evidence import Scene, literal_features, name_features
from routes.toponyms.recognise import agreed, best_apart, read_scene
from routes.toponyms.weights import Weights, _unpack
from routes.training.encoder.fifths import held_back
from routes.training.encoder.train import read_reports

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDS = 5
TARGET = Path(__file__).parents[2] / "toponyms" / "blend.json"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report: candidates as rows, which are gold, and of these which are literal."""

    language: str
    scene: Scene
    plain: list[float]
    rows: np.ndarray
    gold: np.ndarray
    literal_rows: np.ndarray
    literal: np.ndarray
    gold_count: int


def sheet(record: dict[str, Any], gazetteer: Gazetteer, names: Weights, literal: Weights) -> Sheet:
    """Lay a report out as both readers see it."""
    opinion = blend.Opinion.of(encode(record["text"]))
    report = Report(text=record["text"], id=record["id"], language=record["lang"], sha256="")
    scene = read_scene(report, gazetteer, tuple(blend.proposals(opinion)))
    plain = [names.log_odds(name_features(scene, span)) for span in scene.spans]
    answers = {(t["start"], t["end"]): t["literal"] for t in record["toponyms"]}
    right = [span for span in scene.spans if (span.start, span.end) in answers]
    said = [blend.literal_row(opinion, s, literal.log_odds(literal_features(scene, s))) for s in right]
    return Sheet(
        record["lang"],
        scene,
        plain,
        blend.name_rows(opinion, scene.spans, plain),
        np.array([(span.start, span.end) in answers for span in scene.spans], bool),
        np.array(said).reshape(-1, len(blend.LITERAL_FEATURES)),
        np.array([answers[s.start, s.end] for s in right], bool),
        len(answers),
    )


def fit(sheets: Sequence[Sheet], strength: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Fit both regressions, the constant among the features."""
    found = []
    for rows, answers in (
        (np.concatenate([s.rows for s in sheets]), np.concatenate([s.gold for s in sheets])),
        (np.concatenate([s.literal_rows for s in sheets]), np.concatenate([s.literal for s in sheets])),
    ):
        model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000).fit(rows, answers)
        found.append(model.coef_[0])
    return found[0], found[1]


def judge(held: Sheet, scores: Sequence[float], literal: np.ndarray) -> np.ndarray:
    """Count hits, names found, gold names; right answers of literal, and how many were asked for."""
    found = {(span.start, span.end) for span in best_apart(held.scene.spans, agreed(held.scene, scores))}
    gold = {(s.start, s.end) for s, is_gold in zip(held.scene.spans, held.gold, strict=True) if is_gold}
    right = (held.literal_rows @ literal > 0) == held.literal
    return np.array([len(found & gold), len(found), held.gold_count, right.sum(), len(right)])


def told(name: str, count: np.ndarray) -> str:
    """Put counts in words."""
    hits, found, gold, right, asked = count
    f1, p, r = 2 * hits / (found + gold), hits / found, hits / gold
    return f"{name}: f1 {f1:.4f} p {p:.4f} r {r:.4f} literal {right / asked:.4f}"


def main() -> None:
    """Measure, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--plain", type=Path, required=True)
    arguments = parser.parse_args()
    with np.load(arguments.plain) as stored:
        names, literal = (_unpack(stored[key], stored[f"{key}_at"]) for key in ("names", "literal"))
    gazetteer = Gazetteer.load()
    records = [record for record in read_reports(arguments.files) if held_back(record["id"])]
    sheets = [sheet(record, gazetteer, names, literal) for record in records]
    alone = [np.eye(len(blend.LITERAL_FEATURES))[k] for k in (1, 2)]
    print(told("plain alone", sum(judge(s, s.plain, alone[0]) for s in sheets)))
    print(told("encoder alone", sum(judge(s, s.rows[:, 4].tolist(), alone[1]) for s in sheets)))
    both: dict[str, np.ndarray] = {}
    for turn in range(FOLDS):
        name_weights, literal_weights = fit([s for k, s in enumerate(sheets) if k % FOLDS != turn])
        for held in sheets[turn::FOLDS]:
            for key in (held.language, "both"):
                count = judge(held, (held.rows @ name_weights).tolist(), literal_weights)
                both[key] = both.get(key, np.zeros(5)) + count
    for key, count in sorted(both.items()):
        print(told(key, count))
    name_weights, literal_weights = fit(sheets)
    stored = {
        "names": dict(zip(blend.NAME_FEATURES, name_weights.round(4).tolist(), strict=True)),
        "literal": dict(zip(blend.LITERAL_FEATURES, literal_weights.round(4).tolist(), strict=True)),
    }
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
