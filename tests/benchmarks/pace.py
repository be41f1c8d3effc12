"""How fast and how large a reader is: ``python tests/benchmarks/pace.py GOLD.jsonl plain|encoder``, run by reading.py.

Joins a set's own reports of one language to reports of some 400 words and reads them on one core, first for their
names and places, then for what they claim too. Counts processor time, so that other work on the machine matters little.
Memory is the most that was held, over what the gazetteer holds once it has been asked.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}  # before NumPy is read

import routes
from routes.claims.extract import extract
from routes.model import Report
from routes.toponyms.recognise import recognise
from routes.toponyms.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Record = dict[str, Any]

WORDS = 400
LETTERS_A_WORD = 2  # in Chinese and Japanese, which set no spaces
UNSPACED = {"ja", "zh"}
MOST = 60


def main() -> None:
    """Print both."""
    path, reader = Path(sys.argv[1]), sys.argv[2]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-1:])
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    reports = list(joined(records))
    reports = reports[:: -(-len(reports) // MOST)]
    world = routes.default_world()
    world.gazetteer.candidates("Moscow")
    before, encoder = memory("VmRSS"), reader == "encoder"
    extract(reports[0], resolve(recognise(reports[0], world.gazetteer, encoder=encoder), reports[0], world), world)
    named = claimed = 0.0
    for report in reports:
        start = time.process_time()
        resolutions = resolve(recognise(report, world.gazetteer, encoder=encoder), report, world)
        middle = time.process_time()
        extract(report, resolutions, world, encoder=encoder)
        named += middle - start
        claimed += time.process_time() - start
    print(
        f"{len(reports)} reports of {WORDS} words, one core: names placed {len(reports) / named:.1f} a second, "
        f"claims read {len(reports) / claimed:.1f} a second; at most {memory('VmHWM') - before:.0f} MB over the "
        f"gazetteer's {before:.0f}"
    )


def joined(records: Sequence[Record]) -> Iterator[Report]:
    """Join reports of a language until there are words enough; what is left over at the end is left out."""
    for language in sorted({record["lang"] for record in records}):
        texts: list[str] = []
        for record in records:
            if record["lang"] == language:
                texts.append(record["text"])
                if sum(length(text, language) for text in texts) >= WORDS:
                    yield Report("\n\n".join(texts), f"{language}-{record['id']}", language, "")
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
