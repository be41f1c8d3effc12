#!/usr/bin/env python3
"""Score extracted routes against a gold set written by GUIDELINES.md.

    python score.py GOLD.jsonl PREDICTED.jsonl [--by lang] [--errors]

Both files hold one JSON object a line, joined by "id". A predicted line needs "id", "toponyms"
(start, end, lat, lon, literal) and "routes" (stops with lat, lon, role; modes; factuality; kind), in the
gold set's own form; further keys are ignored. A toponym that was found but not placed has lat and lon null.
Needs nothing but Python.

Figures
  toponym_f1      exact-span F1 of recognition; toponym_f1_lenient: any overlap counts
  resolved_at_161 share of exactly recognised gold toponyms placed within max(161 km, radius_km)
  placed_f1       F1 of toponyms both recognised (overlap) and placed within max(161 km, radius_km)
  placed_recall   the same as a share of all gold toponyms (the end-to-end accuracy@161km of the geoparsing literature)
  leg_f1          F1 of legs: neighbouring stops, both ends within the gold stop's radius_km, direction kept
  od_f1           F1 of (first stop, last stop) pairs
  route_exact     share of gold routes whose whole stop sequence was found
  mode_acc, role_acc, factuality_acc, kind_acc, literal_acc   over what was matched
  false_per_empty predicted routes per case that has none
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Record = dict[str, Any]
    Miss = tuple[str, str, str]  # case, kind, words

EARTH_KM = 6371.0088
NEAR_KM = 161  # a hundred miles, as the geoparsing literature has it


def haversine_km(a: Record, b: Record) -> float:
    """Great-circle distance in km between two {"lat", "lon"} mappings (degrees); inf where one is unplaced."""
    if None in (a.get("lat"), a.get("lon"), b.get("lat"), b.get("lon")):
        return math.inf
    la, lo, lb, lp = (math.radians(x) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def prf(hit: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    p = hit / predicted if predicted else 0.0
    r = hit / gold if gold else 0.0
    return p, r, (2 * p * r / (p + r) if p + r else 0.0)


def match(
    gold: Sequence[Record], predicted: Sequence[Record], same: Callable[[Record, Record], bool]
) -> list[tuple[int, int]]:
    """Largest one-to-one matching (augmenting paths) between two lists under the relation `same`."""
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in range(len(predicted)):
            if j in seen or not same(gold[i], predicted[j]):
                continue
            seen.add(j)
            if j not in owner or place(owner[j], seen):
                owner[j] = i
                return True
        return False

    for i in range(len(gold)):
        place(i, set())
    return [(i, j) for j, i in owner.items()]


def overlap(gold: Record, toponym: Record) -> bool:
    """Tell whether two stretches share a character."""
    return gold["start"] < toponym["end"] and toponym["start"] < gold["end"]


def same_span(gold: Record, toponym: Record) -> bool:
    """Tell whether two stretches are one."""
    return (gold["start"], gold["end"]) == (toponym["start"], toponym["end"])


def placed(gold: Record, toponym: Record) -> bool:
    """Tell whether a toponym was put where the gold has it."""
    return haversine_km(gold, toponym) <= max(NEAR_KM, gold["radius_km"])


def near(gold_stop: Record, stop: Record) -> bool:
    """Tell whether a stop is where the gold has it."""
    return haversine_km(gold_stop, stop) <= gold_stop["radius_km"]


def same_leg(gold: Record, leg: Record) -> bool:
    """Tell whether both ends of a leg are where the gold has them."""
    return near(gold["from"], leg["from"]) and near(gold["to"], leg["to"])


def same_ends(gold: Record, route: Record) -> bool:
    """Tell whether the first and last stops are where the gold has them."""
    return near(gold["stops"][0], route["stops"][0]) and near(gold["stops"][-1], route["stops"][-1])


def same_stops(gold: Record, route: Record) -> bool:
    """Tell whether all stops are where the gold has them."""
    return len(gold["stops"]) == len(route["stops"]) and all(map(near, gold["stops"], route["stops"]))


def same_roles(gold: Record, leg: Record) -> bool:
    """Tell whether both ends of a leg have the roles that the gold has."""
    return all(gold[end]["role"] == leg[end].get("role") for end in ("from", "to"))


def legs_of(routes: Iterable[Record]) -> Iterator[Record]:
    """Give the pairs of neighbouring stops of each route, with the route's number and the mode."""
    for n, route in enumerate(routes):
        stops = route["stops"]
        modes = route.get("modes") or []
        for k in range(len(stops) - 1):
            yield {"route": n, "from": stops[k], "to": stops[k + 1], "mode": modes[k] if k < len(modes) else "unknown"}


def counted(case: Record, got: Record) -> tuple[list[Record], list[Record]]:
    """Return gold and predicted toponyms without the optional ones: neither finding nor leaving these counts."""
    gold, found = case["toponyms"], got.get("toponyms") or []
    optional = [g for g in gold if g.get("optional")]
    if optional:
        gold = [g for g in gold if not g.get("optional")]
        found = [p for p in found if any(overlap(g, p) for g in gold) or not any(overlap(g, p) for g in optional)]
    return gold, found


def score_toponyms(case: Record, got: Record, n: Counter[str]) -> Iterator[Miss]:
    """Add a case's counts of names to `n`; give the misses."""
    gold, found = counted(case, got)
    n["t_gold"] += len(gold)
    n["t_pred"] += len(found)
    exact = match(gold, found, same_span)
    loose = match(gold, found, overlap)
    n["t_exact"] += len(exact)
    n["t_loose"] += len(loose)
    n["t_placed"] += sum(placed(gold[i], found[j]) for i, j in exact)
    n["t_loose_placed"] += sum(placed(gold[i], found[j]) for i, j in loose)
    said = [(i, j) for i, j in exact if "literal" in found[j]]
    n["t_literal_said"] += len(said)
    n["t_literal_right"] += sum(gold[i]["literal"] == found[j]["literal"] for i, j in said)
    text, hit_g, hit_p = case.get("text", ""), {i for i, _ in exact}, {j for _, j in exact}
    for i, g in enumerate(gold):
        if i not in hit_g:
            yield case["id"], "toponym missed", text[g["start"] : g["end"]] or g["name"]
    for j, p in enumerate(found):
        if j not in hit_p:
            yield case["id"], "toponym invented", text[p["start"] : p["end"]]
    for i, j in exact:
        if not placed(gold[i], found[j]):
            yield case["id"], "misplaced", f"{gold[i]['name']} by {haversine_km(gold[i], found[j]):.0f} km"


def same_routes(gold: Sequence[Record], found: Sequence[Record]) -> set[tuple[int, int]]:
    """Return which gold and predicted routes, by number, share a leg."""
    gold_legs, found_legs = list(legs_of(gold)), list(legs_of(found))
    return {(gold_legs[i]["route"], found_legs[j]["route"]) for i, j in match(gold_legs, found_legs, same_leg)}


def score_routes(case: Record, got: Record, n: Counter[str]) -> Iterator[Miss]:
    """Add a case's counts of routes to `n`; give the misses."""
    gold, found = case["routes"], got.get("routes") or []
    n["r_gold"] += len(gold)
    n["r_pred"] += len(found)
    if not gold:
        n["empty_cases"] += 1
        n["empty_pred"] += len(found)
    gold_legs, found_legs = list(legs_of(gold)), list(legs_of(found))
    legs = match(gold_legs, found_legs, same_leg)
    n["l_gold"] += len(gold_legs)
    n["l_pred"] += len(found_legs)
    n["l_hit"] += len(legs)
    n["l_mode"] += sum(gold_legs[i]["mode"] == found_legs[j]["mode"] for i, j in legs)
    n["l_role"] += sum(same_roles(gold_legs[i], found_legs[j]) for i, j in legs)
    n["od_hit"] += len(match(gold, found, same_ends))
    n["r_exact"] += len(match(gold, found, same_stops))
    pairs = same_routes(gold, found)
    n["attr_pairs"] += len(pairs)
    n["factuality"] += sum(gold[i]["factuality"] == found[j].get("factuality") for i, j in pairs)
    n["kind"] += sum(gold[i]["kind"] == found[j].get("kind") for i, j in pairs)
    hit_g, hit_p = {i for i, _ in legs}, {j for _, j in legs}
    for kind, all_legs, hit in (("missed", gold_legs, hit_g), ("invented", found_legs, hit_p)):
        for i, leg in enumerate(all_legs):
            if i not in hit:
                yield case["id"], kind, f"{leg['from'].get('name')} -> {leg['to'].get('name')} ({leg['mode']})"


def score(cases: Iterable[Record], predictions: Mapping[str, Record]) -> tuple[Counter[str], list[Miss]]:
    """Sums of counts over all cases, and the misses; see `report` for the figures made of them."""
    n: Counter[str] = Counter()
    misses: list[Miss] = []
    for case in cases:
        got = predictions.get(case["id"])
        if got is None:
            n["missing_cases"] += 1
            got = {"toponyms": [], "routes": []}
        misses += score_toponyms(case, got, n)
        if case.get("routes") is not None:  # else a toponym corpus
            misses += score_routes(case, got, n)
    return n, misses


def share(part: int, whole: int) -> float:
    """Return a share, nan of nothing."""
    return part / whole if whole else float("nan")


def report(n: Counter[str]) -> dict[str, float]:
    """Make the figures of the counts."""
    tp, tr, tf = prf(n["t_exact"], n["t_pred"], n["t_gold"])
    lp, lr, lf = prf(n["l_hit"], n["l_pred"], n["l_gold"])
    return {
        "toponym_p": tp,
        "toponym_r": tr,
        "toponym_f1": tf,
        "toponym_f1_lenient": prf(n["t_loose"], n["t_pred"], n["t_gold"])[2],
        "resolved_at_161": share(n["t_placed"], n["t_exact"]),
        "placed_f1": prf(n["t_loose_placed"], n["t_pred"], n["t_gold"])[2],
        "placed_recall": share(n["t_loose_placed"], n["t_gold"]),
        "literal_acc": share(n["t_literal_right"], n["t_literal_said"]),
        "leg_p": lp,
        "leg_r": lr,
        "leg_f1": lf,
        "od_f1": prf(n["od_hit"], n["r_pred"], n["r_gold"])[2],
        "route_exact": share(n["r_exact"], n["r_gold"]),
        "mode_acc": share(n["l_mode"], n["l_hit"]),
        "role_acc": share(n["l_role"], n["l_hit"]),
        "factuality_acc": share(n["factuality"], n["attr_pairs"]),
        "kind_acc": share(n["kind"], n["attr_pairs"]),
        "false_per_empty": share(n["empty_pred"], n["empty_cases"]),
        "gold_toponyms": n["t_gold"],
        "gold_routes": n["r_gold"],
        "gold_legs": n["l_gold"],
        "missing_cases": n["missing_cases"],
    }


def read(path: str | Path) -> list[Record]:
    """Read a file of one JSON object a line."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main() -> None:
    """Print the figures as JSON; before them, where asked for, the misses and the figures of groups."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("predicted")
    parser.add_argument("--by", help="also give the figures for each value of this key of the gold cases (lang)")
    parser.add_argument("--errors", action="store_true", help="list what was missed, invented and misplaced")
    args = parser.parse_args()
    gold = read(args.gold)
    predicted = {p["id"]: p for p in read(args.predicted)}
    counts, misses = score(gold, predicted)
    if args.errors:
        for row in misses:
            print(*row, sep="\t")
    if args.by:
        groups: dict[Any, list[Record]] = defaultdict(list)
        for case in gold:
            groups[case.get(args.by)].append(case)
        for value, cases in sorted(groups.items(), key=str):
            r = report(score(cases, predicted)[0])
            told = " ".join(f"{name} {r[name]:.3f}" for name in ("toponym_f1", "placed_f1", "leg_f1"))
            print(f"{value}: {told} ({len(cases)} cases)")
    json.dump({k: round(v, 4) if isinstance(v, float) else v for k, v in report(counts).items()}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
