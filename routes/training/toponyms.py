"""Train the linear models of `routes.toponyms`; write ``weights.npz`` and ``ranking.json`` in ``routes/toponyms``.

Run by hand, with scikit-learn from the ``build`` extra::

    python routes/training/toponyms.py TRAIN.jsonl ... [--folds 5]

Each line of the files is a report with its gold toponyms, by the benchmark's guidelines. With ``--folds`` nothing is
written; the models are cross-validated instead, and the figures are printed by language.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from geodata.gazetteer import Gazetteer
from routes.model import Report
from routes.toponyms.evidence import Scene, literal_features, name_features
from routes.toponyms.recognise import LEAN, agreed, best_apart, read_scene
from routes.toponyms.weights import BUCKETS, Weights, bucket
from routes.training import ranking
from routes.training.decoys import decoys
from routes.training.localnews import local_news

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES_C = 0.3
LITERAL_C = 0.3
FORGOTTEN = 10  # per cent of the gazetteer's names
SMALLEST = 0.004  # weights nearer to nought than this are dropped
SEED = 20
TARGET = Path(__file__).parents[1] / "toponyms" / "weights.npz"
RANKING = TARGET.with_name("ranking.json")


class Forgetful(Gazetteer):
    """The gazetteer without a share of its names, so that the model learns what unknown names of places look like."""

    def prefixes(self, folded: str, start: int) -> list[tuple[int, int]]:
        """Give the names that begin at `start` and are not forgotten."""
        known = super().prefixes(folded, start)
        return [pair for pair in known if not _forgotten(folded[start : pair[0]])]

    def holds(self, folded: str) -> bool:
        """Tell whether a name is known and not forgotten."""
        return super().holds(folded) and not _forgotten(folded)


def _forgotten(folded: str) -> bool:
    return crc32(folded.encode()) % 100 < FORGOTTEN


@dataclass(frozen=True, slots=True)
class Example:
    """One report: its candidates' features, which of them are gold, and which of those are literal."""

    language: str
    scene: Scene
    names: list[list[str]]
    gold: list[bool]
    literal: dict[int, tuple[list[str], bool]]
    gold_count: int


def read(path: Path) -> list[dict[str, Any]]:
    """Read a file of gold reports."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def example(case: dict[str, Any], gazetteer: Gazetteer) -> Example:
    """Lay a gold report out as features and answers."""
    report = Report(text=case["text"], id=case["id"], language=case["lang"], sha256="")
    scene = read_scene(report, gazetteer)
    gold = {(toponym["start"], toponym["end"]): toponym["literal"] for toponym in case["toponyms"]}
    return Example(
        language=case["lang"],
        scene=scene,
        names=[name_features(scene, span) for span in scene.spans],
        gold=[(span.start, span.end) in gold for span in scene.spans],
        literal={
            index: (literal_features(scene, span), gold[span.start, span.end])
            for index, span in enumerate(scene.spans)
            if (span.start, span.end) in gold
        },
        gold_count=len(gold),
    )


def matrix(rows: Sequence[list[str]]) -> csr_matrix:
    """Give a row for each list of features, with a one for each feature in its bucket."""
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((bucket(feature) for row in rows for feature in row), dtype=np.int32, count=int(starts[-1]))
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), BUCKETS))


def fit(rows: Sequence[list[str]], answers: Sequence[bool], c: float) -> Weights:
    """Fit a logistic regression, with the constant among the features ("*")."""
    model = LogisticRegression(C=c, solver="liblinear", random_state=SEED, fit_intercept=False, max_iter=300)
    model.fit(matrix(rows), np.array(answers))
    values = np.where(np.abs(model.coef_[0]) < SMALLEST, 0.0, model.coef_[0]).astype(np.float16)
    return Weights(values.astype(float))


def fit_both(examples: Sequence[Example], aside: Sequence[Example]) -> tuple[Weights, Weights]:
    """Fit the model of names, on what is told aside too, and the model of what is meant literally."""
    taught = [*examples, *aside]
    names = fit([row for e in taught for row in e.names], [gold for e in taught for gold in e.gold], NAMES_C)
    pairs = [pair for e in examples for pair in e.literal.values()]
    return names, fit([row for row, _ in pairs], [literal for _, literal in pairs], LITERAL_C)


def save(names: Weights, literal: Weights, path: Path) -> None:
    """Write the weights that are not zero, each with its distance from the one before."""
    arrays = {}
    for key, weights in (("names", names), ("literal", literal)):
        values = np.array(weights.values_by_bucket)
        at = np.flatnonzero(values)
        arrays[key] = values[at].astype(np.float16)
        arrays[f"{key}_at"] = np.diff(at, prepend=0).astype(np.int32)
    np.savez_compressed(path, **arrays)


def cross_validate(
    examples: Sequence[Example], aside: Sequence[Example], made_up: Sequence[Example], folds: int
) -> None:
    """Print recognition's F1 and the share of right `literal`, by language; no model has seen what it is judged on."""
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(5))
    order = np.random.default_rng(SEED).permutation(len(examples))
    for turn in range(folds):
        held = set(order[turn::folds].tolist())
        kept = [index for index in range(len(examples)) if index not in held]
        names, literal = fit_both([examples[index] for index in kept], [*(aside[index] for index in kept), *made_up])
        for index in sorted(held):
            for key in (examples[index].language, "all"):
                counts[key] += judge(examples[index], names, literal)
            counts["with a forgetful gazetteer"] += judge(aside[index], names, literal)
    for language, (hits, found, gold, right, judged) in sorted(counts.items()):
        f1, precision, recall = 2 * hits / (found + gold), hits / found, hits / gold
        print(f"{language}: f1 {f1:.3f} p {precision:.3f} r {recall:.3f} literal {right / judged:.3f}")


def judge(held: Example, names: Weights, literal: Weights) -> np.ndarray:
    """Count hits, names found, gold names, right answers of `literal`, and how many of these were asked for."""
    scores = agreed(held.scene, [names.log_odds(row) for row in held.names], LEAN)
    found = best_apart(held.scene.spans, scores)
    gold = {(s.start, s.end) for s, is_gold in zip(held.scene.spans, held.gold, strict=True) if is_gold}
    hits = sum((span.start, span.end) in gold for span in found)
    right = sum((literal.log_odds(row) > 0) == answer for row, answer in held.literal.values())
    return np.array([hits, len(found), held.gold_count, right, len(held.literal)])


def main() -> None:
    """Train and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("--ranking", type=Path, default=RANKING)
    arguments = parser.parse_args()
    gazetteer = Gazetteer.load()
    cases = [case for path in sorted(arguments.files) for case in read(path)]
    examples = [example(case, gazetteer) for case in cases]
    forgetful = Forgetful.load()
    aside = [example(case, forgetful) for case in cases]
    made_up = [example(case, (gazetteer, forgetful)[number % 2]) for number, case in enumerate(decoys())]
    laid = [ranking.lay(case, gazetteer) for case in cases]
    local = [ranking.lay(case, gazetteer, ranking.MADE_UP) for case in local_news(gazetteer, ranking.REPORTS)]
    if arguments.folds:
        cross_validate(examples, aside, made_up, arguments.folds)
        ranking.cross_validate(laid, local, arguments.folds)
        return
    names, literal = fit_both(examples, [*aside, *made_up])
    save(names, literal, arguments.output)
    sureness = ranking.fit_sureness(list(ranking.held_out(laid, local, ranking.FOLDS)))
    ranking.save(ranking.train([*laid, *local]), sureness, arguments.ranking)
    print(f"{arguments.output}: {arguments.output.stat().st_size:,} bytes; {arguments.ranking}")


if __name__ == "__main__":
    main()
