"""Hold the sets to the form of GUIDELINES.md, and count what is doubtful: ``python tests/benchmark/check.py [SET...]``.

What breaks the form is listed and ends with exit 1. What is merely doubtful is counted, as the datasheet tells it;
``--list`` names each case. Nothing is changed. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import runpy
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Record = dict[str, Any]
    Doubt = tuple[str, str]  # a kind, and where

FOLDER = Path(__file__).parent
SETS = (FOLDER / "dev.jsonl", *sorted((FOLDER / "train").glob("*.jsonl")))
_score = runpy.run_path(str(FOLDER / "score.py"))
haversine_km, near, read = _score["haversine_km"], _score["near"], _score["read"]

LANGUAGES = set("ar de en es fa fr it ja ko nl pl pt ru tr uk zh".split())
ROLES = ("origin", "via", "destination", "declared_destination")
MODES = {"rail", "road", "sea", "river", "air", "pipeline", "unknown"}
KINDS = {"shipment", "corridor"}
FACTUALITIES = {"certain", "probable", "possible", "planned", "denied"}
REPORT_KEYS = {"id", "lang", "published", "origin", "text", "toponyms", "routes"}
TOPONYM_KEYS = {"start", "end", "text", "name", "lat", "lon", "radius_km", "literal"}
ROUTE_KEYS = {"stops", "modes", "kind", "factuality", "attribution", "cargo", "evidence"}
STOP_KEYS = {"name", "role", "lat", "lon", "radius_km"}
ARTICLES = {
    "de": "der die das den dem des ein eine einen einem einer eines",
    "en": "the a an",
    "fr": "le la les un une des",
    "es": "el la los las un una unos unas",
    "it": "il lo la i gli le un una uno",
    "pt": "o a os as um uma",
    "nl": "de het een",
}
GRAM = 4  # words
ALIKE = 0.15  # share of the shorter report's runs of words


def faults(reports: Sequence[Record]) -> Iterator[str]:
    """Give what breaks the form."""
    for name, count in Counter(report["id"] for report in reports).items():
        if count > 1:
            yield f"{name}: {count} reports of that id"
    for name in (report["id"] for report, other in alike(reports, 1.0) if report["text"] == other["text"]):
        yield f"{name}: its text is another's too"
    for report in reports:
        told = [*_report_faults(report), *_toponym_faults(report)]
        for route in report["routes"]:
            told += _route_faults(report, route)
        yield from (f"{report['id']}: {fault}" for fault in told)


def _report_faults(report: Record) -> Iterator[str]:
    if set(report) != REPORT_KEYS:
        yield f"has the keys {sorted(report)}"
    if report["lang"] not in LANGUAGES:
        yield f"is in {report['lang']}"
    if report["origin"] != "written for this set":
        yield f"comes from elsewhere: {report['origin']}"
    try:
        dt.date.fromisoformat(report["published"])
    except ValueError:
        yield f"was published on no day: {report['published']}"


def _toponym_faults(report: Record) -> Iterator[str]:
    for toponym in report["toponyms"]:
        words = toponym["text"]
        if set(toponym) != TOPONYM_KEYS or not isinstance(toponym["literal"], bool):
            yield f"toponym {words!r} has another form"
        if not words or words != words.strip() or report["text"][toponym["start"] : toponym["end"]] != words:
            yield f"toponym {words!r} does not read back"
        if not _placed(toponym):
            yield f"toponym {words!r} lies nowhere"
    for a, b in pairwise(report["toponyms"]):
        if b["start"] < a["end"]:
            yield f"toponyms {a['text']!r} and {b['text']!r} overlap or are out of order"


def _placed(place: Record) -> bool:
    at = place["lat"], place["lon"]
    return all(map(math.isfinite, at)) and abs(at[0]) <= 90 and abs(at[1]) <= 180 and place["radius_km"] > 0


def _route_faults(report: Record, route: Record) -> Iterator[str]:
    stops, shown = route["stops"], " -> ".join(stop["name"] for stop in route["stops"])
    if set(route) != ROUTE_KEYS or any(set(stop) != STOP_KEYS for stop in stops):
        yield f"route {shown} has another form"
    if len(stops) < 2 or len(route["modes"]) != len(stops) - 1:
        yield f"route {shown} has {len(stops)} stops and {len(route['modes'])} modes"
    if not MODES.issuperset(route["modes"]) or route["kind"] not in KINDS or route["factuality"] not in FACTUALITIES:
        yield f"route {shown} has a value of no closed set"
    for key in ("evidence", "cargo", "attribution"):
        if (route[key] is not None or key == "evidence") and (route[key] or "\0") not in report["text"]:
            yield f"route {shown}: its {key} does not read back"
    yield from (f"route {shown}: {fault}" for fault in _stop_faults(report, stops))


def _stop_faults(report: Record, stops: Sequence[Record]) -> Iterator[str]:
    for stop in stops:
        if stop["role"] not in ROLES or not _placed(stop):
            yield f"{stop['name']} has no role or place"
        if not any(near(stop, toponym) for toponym in _mentions(report, stop)):
            yield f"{stop['name']} is no toponym of the report"
    for a, b in pairwise(stops):
        if (a["lat"], a["lon"]) == (b["lat"], b["lon"]):
            yield f"stays at {a['name']}"


def _mentions(report: Record, stop: Record) -> list[Record]:
    return [toponym for toponym in report["toponyms"] if toponym["name"] == stop["name"]]


def doubts(reports: Sequence[Record]) -> Iterator[Doubt]:
    """Give what is doubtful, or what whoever measures should know."""
    for report in reports:
        for route in report["routes"]:
            for kind, words in _route_doubts(report, route):
                yield kind, f"{report['id']}: {words}"
    toponyms = [toponym for report in reports for toponym in report["toponyms"]]
    yield from _name_doubts(toponyms)
    for report, other in alike(reports, ALIKE):
        yield "two reports share more than 15 % of their runs of four words", f"{report['id']} and {other['id']}"


def _route_doubts(report: Record, route: Record) -> Iterator[Doubt]:
    stops, text = route["stops"], report["text"]
    start = text.index(route["evidence"])
    if text.count(route["evidence"]) > 1:
        yield "the evidence stands twice in the text", route["evidence"]
    for k, stop in enumerate(stops):
        mentions = _mentions(report, stop)
        if not any(start <= m["start"] and m["end"] <= start + len(route["evidence"]) for m in mentions):
            yield "the evidence lacks a stop's name", stop["name"]
        if stop["role"] != "via" and (stop["role"] == "origin") != (k == 0):
            yield "a role out of its place", f"{stop['name']}, {stop['role']}"
        if not any(mention["literal"] for mention in mentions):
            yield from _metonym_doubts(stop, mentions)
    for a, b in pairwise(stops):
        if near(a, b) and near(b, a):
            yield (
                "a leg's ends lie within each other's radius: its direction is not measured",
                f"{a['name']}, {b['name']}",
            )
    for key in ("cargo", "attribution"):
        first = (route[key] or "").split(maxsplit=1)[:1]
        if first and first[0].lower() in ARTICLES.get(report["lang"], "").split():
            yield f"the {key} has its article (the guidelines leave it out)", route[key]


def _metonym_doubts(stop: Record, mentions: Sequence[Record]) -> Iterator[Doubt]:
    if any(mention["radius_km"] != stop["radius_km"] for mention in mentions):
        yield "a capital as a stop, with a radius that takes its country too", stop["name"]
    elif stop["role"] == "destination":
        yield "a state that buys or gets, as a metonym (the guidelines have recipients literal)", stop["name"]


def _name_doubts(toponyms: Iterable[Record]) -> Iterator[Doubt]:
    places: dict[str, dict[tuple[float, float], float]] = defaultdict(dict)
    names: dict[tuple[float, float], set[str]] = defaultdict(set)
    radii: dict[str, set[float]] = defaultdict(set)
    for toponym in toponyms:
        at = toponym["lat"], toponym["lon"]
        places[toponym["name"]][at] = toponym["radius_km"]
        names[at].add(toponym["name"])
        radii[toponym["name"]].add(toponym["radius_km"])
    for name, points in places.items():
        spread = max(haversine_km(_at(a), _at(b)) for a in points for b in points)
        if len(points) > 1:
            apart = spread > min(points.values())
            which = "further apart than the radius" if apart else "within the radius"
            yield f"a name with several positions, {which}", f"{name}, {spread:.0f} km"
        if len(radii[name]) > 1:
            yield "a name with several radii", f"{name}, {sorted(radii[name])}"
    for alike_ in names.values():
        if len(alike_) > 1:
            yield "a position with several names", ", ".join(sorted(alike_))


def _at(point: tuple[float, float]) -> Record:
    return {"lat": point[0], "lon": point[1]}


def alike(reports: Sequence[Record], share: float) -> Iterator[tuple[Record, Record]]:
    """Give the reports of which the shorter shares so much of its runs of words with the other."""
    grams = [_grams(report) for report in reports]
    bearers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, own in enumerate(grams):
        for gram in own:
            bearers[gram].append(k)
    shared = Counter(
        pair for ks in bearers.values() for a in range(len(ks)) for pair in ((ks[a], k) for k in ks[a + 1 :])
    )
    for (i, j), count in sorted(shared.items()):
        if count >= share * min(len(grams[i]), len(grams[j])):
            yield reports[i], reports[j]


def _grams(report: Record) -> set[tuple[str, ...]]:
    words = list(report["text"]) if report["lang"] in {"ja", "zh"} else report["text"].lower().split()
    size = 2 * GRAM if report["lang"] in {"ja", "zh"} else GRAM
    return {tuple(words[k : k + size]) for k in range(len(words) - size + 1)}


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, default=SETS)
    parser.add_argument("--list", action="store_true", help="name each doubtful case")
    arguments = parser.parse_args()
    reports = [report for path in arguments.sets for report in read(path)]
    broken = [*faults(reports)]
    for fault in broken:
        print(fault)
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, where in doubts(reports):
        kinds[kind].append(where)
    for kind, cases in sorted(kinds.items()):
        print(f"{len(cases):5} {kind}")
        for where in cases if arguments.list else ():
            print(f"      {where}")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
