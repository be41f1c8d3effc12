"""Fit the linear reader of ``routes/claims`` on annotated reports and write its weights.

    python -m routes.training.claims TRAIN.jsonl ... -o routes/claims/weights.npz

The files hold one report a line with its toponyms (start, end, name, lat, lon, radius_km, literal) and routes
(stops, modes, kind, factuality, evidence). Needs scikit-learn (the extra ``build``). What part a mention plays and
whether a report tells any route is fitted first and predicted out of fold; then, over pairs of mentions, whether one
is the next stop after the other and whether both are on one route in that order; then trees over those likelihoods, and
trees over whole chains of legs.
How legs are travelled and how sure they are is fitted beside. Reading the weights takes NumPy alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.model_selection import KFold

from routes.claims import features, frames, linear
from routes.training.cases import Case, case_of
from routes.training.chains import fit_routes
from routes.training.encoder.fifths import held_back
from routes.training.layers import TREE_PARTS, Sheet, fit_circumstances, fit_pairs, fit_parts, fit_report, fit_trees

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDS = 5


def fit(records: Sequence[dict[str, Any]]) -> linear.Weights:
    """Fit all layers; each layer learns from what the one below says of reports that it did not learn from."""
    cases = [case_of(record) for record in records]
    sheet, everything = Sheet.of(cases), np.arange(len(cases))
    folds = list(KFold(FOLDS, shuffle=True, random_state=0).split(everything))
    parts, tells = _below(sheet, folds)
    pairs = [
        list(features.pairs(case.reading, parts[c][:, 0] < 1 - linear.STOP_FROM)) if len(parts[c]) else []
        for c, case in enumerate(cases)
    ]
    seen: list[np.ndarray] = [np.zeros((0, 0))] * len(cases)
    for learnt, held in folds:
        layer = fit_pairs(sheet, learnt, pairs)
        for c in held:
            if pairs[c]:
                likely = _likely(sheet, c, pairs[c], layer)
                edges = frames.edges(cases[c].reading)
                seen[c] = linear.dense(cases[c].reading, float(tells[c]), parts[c], pairs[c], likely, edges)
    judgements = [linear.Judgement(0.0, parts[0], {}, {})] * len(cases)
    for learnt, held in folds:
        leg, order = _trees(cases, learnt, pairs, seen)
        for c in held:
            told = (
                dict(zip(pairs[c], trees(seen[c]).tolist(), strict=True)) if pairs[c] else {} for trees in (leg, order)
            )
            judgements[c] = linear.Judgement(float(tells[c]), parts[c], *told)
    (weights, bias), (about, prior) = fit_parts(sheet, everything), fit_report(sheet, everything)
    leg, order = _trees(cases, everything, pairs, seen)
    return linear.Weights(
        parts=weights.astype(np.float32),
        parts_bias=bias.astype(np.float32),
        report=about.astype(np.float32),
        report_bias=prior.astype(np.float32),
        **{name: array.astype(np.float32) for name, array in fit_pairs(sheet, everything, pairs).items()},
        circumstances=fit_circumstances(sheet, everything, records).astype(np.float32),
        leg=leg,
        order=order,
        route=fit_routes(cases, judgements),
    )


def _below(sheet: Sheet, folds: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[list[np.ndarray], np.ndarray]:
    """Return the likely parts of each report's mentions, and how likely it tells a route; predicted out of fold."""
    parts: list[np.ndarray] = [np.zeros((0, len(linear.PARTS)), np.float32)] * len(sheet.cases)
    tells = np.zeros(len(sheet.cases))
    for learnt, held in folds:
        (weights, bias), (about, prior) = fit_parts(sheet, learnt), fit_report(sheet, learnt)
        for c in held:
            if sheet.cases[c].parts:
                parts[c] = _parts(sheet, c, weights, bias)
            tells[c] = linear.report_likelihood(sheet.cases[c].reading, about, prior)
    return parts, tells


def _trees(
    cases: Sequence[Case],
    chosen: np.ndarray,
    pairs: Sequence[Sequence[tuple[int, int]]],
    seen: Sequence[np.ndarray],
) -> tuple[linear.Trees, linear.Trees]:
    """Fit the trees over pairs: is one the next stop after the other, are both on one route in this order.

    Of the first, a leg that other mentions tell is neither right nor wrong.
    """
    legs, orders, counted = [], [], []
    for c in chosen:
        case = cases[c]
        for pair in pairs[c]:
            names = case.reading.mentions[pair[0]].entity, case.reading.mentions[pair[1]].entity
            legs.append(pair in case.legs)
            orders.append(names in case.entity_orders)
            counted.append(names not in case.entity_legs or pair in case.legs)
    rows, use = np.vstack([seen[c] for c in chosen if pairs[c]]), np.array(counted)
    return fit_trees(rows[use], np.array(legs)[use]), fit_trees(rows, np.array(orders))


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
    for name in ("leg", "order", "route"):
        stored |= {f"{name}_{part}": getattr(getattr(weights, name), part) for part in (*TREE_PARTS, "base")}
    np.savez_compressed(path, **stored)


def main() -> None:
    """Fit on the files named, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("routes/claims/weights.npz"))
    parser.add_argument("--four-fifths", action="store_true", help="leave out the fifth that the encoder never sees")
    args = parser.parse_args()
    records = [json.loads(line) for path in args.files for line in path.read_text("utf-8").splitlines() if line.strip()]
    if args.four_fifths:
        records = [record for record in records if not held_back(record["id"])]
    save(fit(records), args.output)
    print(f"{len(records)} reports, {args.output.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
