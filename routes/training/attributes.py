"""Fit what picks a claim's goods and source, and write its weights.

    python -m routes.training.attributes TRAIN.jsonl ... [-o routes/claims/attributes/weights.npz]
    python -m routes.training.attributes TRAIN.jsonl ... --folds 5      # cross-validation, writes nothing

The files are those of ``routes/training/claims.py``; the routes' stops are given. A conditional model over all phrases
around a route and "none": L-BFGS with a quadratic penalty, so that the same input gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from routes.claims.attributes import pick, words
from routes.claims.attributes.scope import around
from routes.training.cases import case_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.claims.attributes.pick import Seen, Weights

KINDS = ("cargo", "attribution")
PENALTY = {"cargo": 2.0, "attribution": 1.0}
ROUNDS = 80
SHARES = {"written": len(pick.PARTS), "standing": len(pick.STANDINGS), "phrase": 1, "none": 1}
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A route with what is seen around it and what the annotation names."""

    report: str
    language: str
    text: str
    seen: Seen
    gold: dict[str, str | None]


def asked(records: Sequence[dict[str, Any]]) -> list[Asked]:
    """Return the routes of some reports; those of which no stop is mentioned are left out."""
    found = []
    for record in records:
        if not record["routes"]:
            continue
        case = case_of(record)
        for route, stops in zip(record["routes"], case.stops, strict=True):
            chosen = sorted({indices[0] for indices in stops if indices})
            if chosen:
                seen = pick.Seen.of(around(case.reading, [case.reading.mentions[k] for k in chosen]))
                gold = {kind: route[kind] for kind in KINDS}
                found.append(Asked(record["id"], record["lang"], record["text"], seen, gold))
    return found


def agreement(gold: str | None, got: str | None) -> float:
    """Return the F1 of two strings' words, whatever their case; 1 where both are None."""
    if not gold or not got:
        return float(gold == got)
    a, b = (_WORD.findall(s.casefold()) for s in (gold, got))
    shared = sum(min(a.count(w), b.count(w)) for w in set(a))
    return 2 * shared / max(1, len(a) + len(b))


def wanted(route: Asked, kind: str) -> np.ndarray | None:
    """Return which of a route's phrases, or none, name what the annotation does; None where no phrase does."""
    scope, gold = route.seen.scope, route.gold[kind]
    right = np.zeros(len(scope.first) + 1, bool)
    if gold is None:
        right[-1] = True
        return right
    spans = [route.text[slice(*scope.phrase(k))] for k in range(len(scope.first))]
    right[:-1] = [span.casefold() == gold.casefold() for span in spans]
    if not right.any():
        overlap = np.array([agreement(gold, span) for span in spans] or [0.0])
        if overlap.max() < 0.6:
            return None
        right[:-1] = overlap == overlap.max()
    return right


class Sheet:
    """All routes' tokens and phrases as rows of sparse matrices."""

    def __init__(self, routes: Sequence[Asked], kind: str) -> None:
        pairs = [(route, right) for route in routes if (right := wanted(route, kind)) is not None]
        self.right = np.concatenate([right for _, right in pairs])
        seens = [route.seen for route, _ in pairs]
        self.written, self.standing, self.phrase, self.none = (
            _rows([row for seen in seens for row in part(seen)])
            for part in (
                lambda s: s.written,
                lambda s: s.standing,
                lambda s: s.phrases,
                lambda s: [s.none],
            )
        )
        tokens = np.cumsum([0, *(len(seen.written) for seen in seens)])
        self.first = np.concatenate([seen.scope.first + base for seen, base in zip(seens, tokens, strict=False)])
        self.last = np.concatenate([seen.scope.last + base for seen, base in zip(seens, tokens, strict=False)])
        self.opens = np.isin(self.first, tokens)  # no token before, none behind: the edges of a scope
        self.closes = np.isin(self.last + 1, tokens)
        counts = [len(seen.scope.first) for seen in seens]
        self.starts = np.cumsum([0, *(count + 1 for count in counts[:-1])])
        self.owner = np.repeat(np.arange(len(seens)), [count + 1 for count in counts])
        self.is_none = np.zeros(len(self.owner), bool)
        self.is_none[np.cumsum([count + 1 for count in counts]) - 1] = True

    def scores(self, table: dict[str, np.ndarray]) -> np.ndarray:
        """Return the scores of all phrases and nones, route by route."""
        token, standing = self.written @ table["written"], self.standing @ table["standing"]
        inside = np.concatenate([[0], np.cumsum(token[:, 1])])
        score = np.empty(len(self.owner))
        score[~self.is_none] = (
            token[self.first, 0]
            + inside[self.last + 1]
            - inside[self.first]
            + token[self.last, 2]
            + np.where(self.opens, 0, token[self.first - 1, 3])
            + np.where(self.closes, 0, token[np.minimum(self.last + 1, len(token) - 1), 4])
            + standing[self.first, 0]
            + standing[self.last, 1]
            + (self.phrase @ table["phrase"])[:, 0]
        )
        score[self.is_none] = (self.none @ table["none"])[:, 0]
        return score

    def gradient(self, by_score: np.ndarray) -> dict[str, np.ndarray]:
        """Return what a change of scores asks of the weights."""
        g, none = by_score[~self.is_none], by_score[self.is_none]
        n = self.written.shape[0]
        token = np.zeros((n + 1, len(pick.PARTS)))
        token[:n, 0] = np.bincount(self.first, g, n)
        steps = np.bincount(self.first, g, n + 1) - np.bincount(self.last + 1, g, n + 1)
        token[:n, 1] = np.cumsum(steps)[:n]
        token[:n, 2] = np.bincount(self.last, g, n)
        token[:n, 3] = np.bincount(np.maximum(self.first - 1, 0), np.where(self.opens, 0, g), n)
        token[:, 4] = np.bincount(self.last + 1, np.where(self.closes, 0, g), n + 1)
        standing = np.stack([token[:n, 0], token[:n, 2]], axis=1)
        return {
            "written": self.written.T @ token[:n],
            "standing": self.standing.T @ standing,
            "phrase": self.phrase.T @ g[:, None],
            "none": self.none.T @ none[:, None],
        }


def _rows(buckets: Sequence[Sequence[int]]) -> csr_matrix:
    starts = np.cumsum([0, *map(len, buckets)])
    columns = np.fromiter((b for row in buckets for b in row), np.int32, int(starts[-1]))
    return csr_matrix((np.ones(starts[-1]), columns, starts), shape=(len(buckets), words.BUCKETS))


def fit(routes: Sequence[Asked], kind: str) -> Weights:
    """Fit the phrases that name a kind of thing."""
    sheet = Sheet(routes, kind)
    sizes = {name: words.BUCKETS * share for name, share in SHARES.items()}
    cuts = np.cumsum([0, *sizes.values()])

    def tables(flat: np.ndarray) -> dict[str, np.ndarray]:
        return {
            name: flat[cuts[k] : cuts[k + 1]].reshape(words.BUCKETS, share)
            for k, (name, share) in enumerate(SHARES.items())
        }

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        score = sheet.scores(tables(flat))
        top = np.maximum.reduceat(score, sheet.starts)[sheet.owner]
        mass = np.exp(score - top)
        every = np.add.reduceat(mass, sheet.starts)
        good = np.add.reduceat(mass * sheet.right, sheet.starts)
        by_score = mass / every[sheet.owner] - mass * sheet.right / np.maximum(good, 1e-30)[sheet.owner]
        slope = np.concatenate([sheet.gradient(by_score)[name].ravel() for name in SHARES])
        value = float((np.log(every) - np.log(np.maximum(good, 1e-30))).sum() + PENALTY[kind] / 2 * (flat @ flat))
        return value, slope + PENALTY[kind] * flat

    flat = minimize(loss, np.zeros(cuts[-1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    found = tables(flat.astype(np.float32))
    return pick.Weights(found["written"], found["standing"], found["phrase"][:, 0], found["none"][:, 0])


def picked(route: Asked, model: Weights) -> str | None:
    """Return what a model picks for a route."""
    span = pick.best(route.seen, pick.scores(route.seen, model))
    return None if span is None else route.text[slice(*span)]


def folds(routes: Sequence[Asked], count: int) -> None:
    """Print the agreement with the annotation of reports that were not learnt from, by language."""
    for kind in KINDS:
        told: dict[str, list[float]] = defaultdict(list)
        for fold in range(count):
            held = [crc32(route.report.encode()) % count == fold for route in routes]
            model = fit([r for r, h in zip(routes, held, strict=True) if not h], kind)
            for route in (r for r, h in zip(routes, held, strict=True) if h):
                got = picked(route, model)
                told[route.language].append(agreement(route.gold[kind], got))
                told["all"].append(told[route.language][-1])
                told["where named" if route.gold[kind] else "where none"].append(told["all"][-1])
        print(kind, *(f"{name} {np.mean(values):.3f} ({len(values)})" for name, values in sorted(told.items())))


def save(models: dict[str, Weights], path: Path) -> None:
    """Write the weights rounded to bytes."""
    stored = {}
    for kind, model in models.items():
        for name in SHARES:
            full = getattr(model, name)
            scale = np.float32(max(np.abs(full).max() / 127, 1e-9))
            stored[f"{kind}_{name}"], stored[f"{kind}_{name}_scale"] = np.round(full / scale).astype(np.int8), scale
    np.savez_compressed(path, **stored)


def main() -> None:
    """Fit on the files named, and write; or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("routes/claims/attributes/weights.npz"))
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    records = [json.loads(line) for path in sorted(args.files) for line in path.read_text("utf-8").splitlines() if line]
    routes = asked(records)
    if args.folds:
        folds(routes, args.folds)
        return
    save({kind: fit(routes, kind) for kind in KINDS}, args.output)
    print(f"{len(routes)} routes, {args.output.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
