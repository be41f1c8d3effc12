"""How fast and how large a reader is: ``python tests/benchmarks/pace.py plain GOLD.jsonl...``, run by reading.py.

Joins the sets' reports of one language to reports of 400 words or a few more, four a language at most, and reads them
on one core, first for their names and places, then for what they claim too. The first of each language only warms up.
Counts processor time, so that other work on the machine matters little. Memory is the most that was held, over what the
gazetteer holds once it has been asked.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figures import score
from given import claims_of, names_of

import routes
from routes.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Record = dict[str, Any]

WORDS = 400
LETTERS_A_WORD = 2  # in Chinese and Japanese, which set no spaces
UNSPACED = {"ja", "zh"}
MOST = 4  # reports of a language


def main() -> None:
    """Print both."""
    reader, *paths = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])
    reports = list(joined([record for path in paths for record in score.read(path)]))
    world = routes.default_world()
    world.gazetteer.candidates("Moscow")
    before = memory("VmRSS")
    first = {report.language: report for report in reversed(reports)}
    for report in first.values():  # loads what is loaded once
        claims_of(report, names_of(report, world, reader), world, reader)
    named = claimed = 0.0
    measured = [report for report in reports if report is not first[report.language]]
    for report in measured:
        start = time.process_time()
        resolutions = names_of(report, world, reader)
        middle = time.process_time()
        claims_of(report, resolutions, world, reader)
        named += middle - start
        claimed += time.process_time() - start
    names, claims = len(measured) / named, len(measured) / claimed
    print(
        f"{len(measured)} reports of {WORDS} words, one core: names placed {names:.1f} a second, from text to claims "
        f"{claims:.1f} a second; at most {memory('VmHWM') - before:.0f} MB over the gazetteer's {before:.0f}"
    )


def joined(records: Sequence[Record]) -> Iterator[Report]:
    """Join reports of a language until there are words enough."""
    for language in sorted({record["lang"] for record in records}):
        texts: list[str] = []
        made = 0
        for record in records:
            if record["lang"] == language and made < MOST:
                texts.append(record["text"])
                if sum(length(text, language) for text in texts) >= WORDS:
                    made += 1
                    yield Report("\n\n".join(texts), f"{language}-{made}", language, "")
                    texts = []


def length(text: str, language: str) -> float:
    """Return how many words a text has."""
    return sum(map(str.isalnum, text)) / LETTERS_A_WORD if language in UNSPACED else len(text.split())


def memory(name: str) -> float:
    """Return what the process holds (VmRSS), or has held at most (VmHWM), in MB."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    return int(status[name].split()[0]) / 1000


if __name__ == "__main__":
    main()
