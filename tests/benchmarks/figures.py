"""The figures of a set of reports, and rows of a table of them."""

from __future__ import annotations

import math
import re
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Record = dict[str, Any]

BENCHMARK = Path(__file__).parents[1] / "benchmark"
HEADINGS = {
    "toponym_f1": "toponym",
    "toponym_f1_lenient": "lenient",
    "placed_f1": "placed",
    "placed_recall": "placed_r",
    "resolved_at_161": "resolved",
    "literal_acc": "literal",
    "leg_f1": "leg",
    "od_f1": "od",
    "mode_acc": "mode",
    "role_acc": "role",
    "factuality_acc": "factual",
    "false_per_empty": "false/empty",
    "cargo": "cargo",
    "attribution": "attrib",
}
PLACES = tuple(HEADINGS)[:6]
COLUMNS = tuple(name for name in HEADINGS if name not in {"toponym_f1_lenient", "placed_recall", "resolved_at_161"})
CLAIMS = COLUMNS[3:]
score = SimpleNamespace(**runpy.run_path(str(BENCHMARK / "score.py")))
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")  # kana and Han one by one


def figures_of(cases: Sequence[Record], found: Mapping[str, Record]) -> dict[str, float]:
    """Return what ``score.py`` says of some reports, and how far cargo and attribution overlap."""
    figures: dict[str, float] = score.report(score.score(cases, found)[0])
    return figures | {key: overlap_of(cases, found, key) for key in ("cargo", "attribution")}


def overlap_of(cases: Iterable[Record], found: Mapping[str, Record], key: str) -> float:
    """Return the mean F1 of the words of cargo or attribution, over routes that share a leg with the gold's.

    Routes for which neither names any are left out; where one alone does the overlap is nought.
    """
    overlaps = []
    for case in cases:
        read = found[case["id"]]["routes"]
        for i, j in sorted(score.same_routes(case.get("routes") or [], read)):
            wanted, told = words(case["routes"][i][key]), words(read[j][key])
            if wanted or told:
                shared = len(wanted & told)
                overlaps.append(score.prf(shared, len(told), len(wanted))[2])
    return score.share(sum(overlaps), len(overlaps))


def words(text: str | None) -> set[str]:
    """Return the words of a text, of Chinese and Japanese the letters."""
    return {word.casefold() for word in _WORD.findall(text or "")}


def heading(first: str, columns: Iterable[str] = COLUMNS) -> str:
    """Return the table's first line."""
    return f"{first:9}" + "".join(f"{HEADINGS[name]:>{_width(name)}}" for name in columns)


def row(first: str, figures: Mapping[str, float], columns: Sequence[str] = COLUMNS) -> str:
    """Return a line of the table; a dash where nothing was asked."""
    cells = ("-" if math.isnan(figures[name]) else f"{figures[name]:.3f}" for name in columns)
    return f"{first:9}" + "".join(f"{cell:>{_width(name)}}" for name, cell in zip(columns, cells, strict=True))


def _width(name: str) -> int:
    return max(8, len(HEADINGS[name]) + 1)
