"""Print the tables of DATASHEET.md from the sets themselves: ``python tests/benchmark/describe.py``."""

from __future__ import annotations

import runpy
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Record = dict[str, Any]

FOLDER = Path(__file__).parent
_check = runpy.run_path(str(FOLDER / "check.py"))
SETS, read = _check["SETS"], _check["read"]
COLUMNS = ("reports", "without a route", "routes", "legs", "toponyms", "metonyms", "characters, median", "most")


def tables() -> Iterator[str]:
    """Give the tables, line by line."""
    files = {path.relative_to(FOLDER).as_posix(): read(path) for path in SETS}
    dev = files["dev.jsonl"]
    train = [report for name, reports in files.items() if name != "dev.jsonl" for report in reports]
    everything = [*dev, *train]
    yield from _table("file", [*files.items(), ("train", train), ("all", everything)])
    yield ""
    yield from _table("language", [*_by_language("dev", dev), *_by_language("train", train)])
    yield ""
    yield from _closed_sets(dev, train)
    yield ""
    yield from _doubts(everything)


def _by_language(name: str, reports: Iterable[Record]) -> list[tuple[str, list[Record]]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for report in reports:
        groups[report["lang"]].append(report)
    return [(f"{language}, {name}", groups[language]) for language in sorted(groups)]


def _table(first: str, groups: Iterable[tuple[str, Sequence[Record]]]) -> Iterator[str]:
    yield f"| {first} | {' | '.join(COLUMNS)} |"
    yield "|---|" + "---:|" * len(COLUMNS)
    for name, reports in groups:
        routes = [route for report in reports for route in report["routes"]]
        toponyms = [toponym for report in reports for toponym in report["toponyms"]]
        lengths = [len(report["text"]) for report in reports]
        cells = (
            len(reports),
            sum(not report["routes"] for report in reports),
            len(routes),
            sum(len(route["modes"]) for route in routes),
            len(toponyms),
            sum(not toponym["literal"] for toponym in toponyms),
            round(median(lengths)),
            max(lengths),
        )
        yield f"| {name} | {' | '.join(map(str, cells))} |"


def _closed_sets(dev: Sequence[Record], train: Sequence[Record]) -> Iterator[str]:
    yield "| | dev | train |"
    yield "|---|---|---|"
    counts = [_counts(reports) for reports in (dev, train)]
    for what in counts[0]:
        told = [", ".join(f"{value} {n}" for value, n in sorted(c[what].items(), key=_rank)) for c in counts]
        yield f"| {what} | {told[0]} | {told[1]} |"


def _rank(item: tuple[Any, int]) -> tuple[int, str]:
    return -item[1], str(item[0])


def _counts(reports: Iterable[Record]) -> dict[str, Counter[Any]]:
    routes = [route for report in reports for route in report["routes"]]
    return {
        "modes of legs": Counter(mode for route in routes for mode in route["modes"]),
        "factuality": Counter(route["factuality"] for route in routes),
        "kind": Counter(route["kind"] for route in routes),
        "roles of stops": Counter(stop["role"] for route in routes for stop in route["stops"]),
        "routes of so many stops": Counter(f"{len(route['stops'])}:" for route in routes),
        "routes that name": Counter(key for route in routes for key in ("cargo", "attribution") if route[key]),
    }


def _doubts(reports: Sequence[Record]) -> Iterator[str]:
    yield "| count | what is doubtful, or to be known when measuring |"
    yield "|---:|---|"
    doubts = Counter(kind for kind, _ in _check["doubts"](reports))
    for kind, count in sorted(doubts.items(), key=_rank):
        yield f"| {count} | {kind} |"


if __name__ == "__main__":
    print("\n".join(tables()))
