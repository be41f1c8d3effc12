"""Measure the reading: ``python tests/benchmarks/reading.py [GOLD.jsonl...]``; by default ``benchmark/dev.jsonl``.

For each set and reader the figures of ``tests/benchmark/score.py``, from the text alone and with the annotated toponyms
given (``--given spans``: which words are names, so that the placing alone is measured), and the mean overlap of the
words of cargo and attribution (F1, of routes that share a leg with the gold's). Sets that know no routes, such as LGL
and GeoWebNews, give the figures of toponyms alone. ``train`` is what the readers learnt from: figures on it flatter.

``--speed``: reports a second on one core, from text to claims, of reports of 400 words joined from the sets' own (by
default those of ``train``), and memory over the gazetteer's. ``--errors 20``: the most frequent kinds of miss, how many
of which language, with an example of each.

Aims on ``dev.jsonl``: from text toponym .90, placed .87, literal .88, leg .66, od .64, mode .80, factuality .85,
false/empty .15; given toponyms leg .78, od .75, false/empty .10; cargo and attribution .75. By the default reader and
the plain one 15 and 100 reports a second for names, 12 and 50 for claims; 300 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from figures import BENCHMARK, COLUMNS, PLACES, figures_of, heading, row, score
from given import Given, predicted
from misses import kinds_of_miss
from rich.console import Console
from rich.progress import track

import routes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.world import World

    Record = dict[str, Any]

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
READERS = ("plain", "encoder")


@click.command(help=__doc__)
@click.argument("gold", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reader", "readers", multiple=True, type=click.Choice(READERS), help="One of the readers alone.")
@click.option(
    "--given", "givens", multiple=True, type=click.Choice([*map(str, Given)]), help="What is told beside the text."
)
@click.option("--by-language", is_flag=True, help="A row for each language.")
@click.option("--speed", is_flag=True, help="Reports a second, and memory.")
@click.option("--errors", type=click.IntRange(min=1), help="So many of the most frequent kinds of miss.")
def main(
    gold: tuple[Path, ...],
    readers: tuple[str, ...],
    givens: tuple[str, ...],
    errors: int | None,
    *,
    by_language: bool,
    speed: bool,
) -> None:
    """Print all figures."""
    world = routes.default_world()
    for path in gold or (BENCHMARK / "dev.jsonl",):
        cases = score.read(path)
        for reader in readers or READERS:
            for given in map(Given, givens or (Given.TEXT, Given.TOPONYMS)):
                print(f"\n{path.name}, {reader} reader, given: {given}")
                found = read(cases, world, reader, given)
                table(cases, found, by_language=by_language)
                if errors:
                    print_misses(cases, found, world, errors)
    for reader in (readers or READERS) if speed else ():
        pace(gold or tuple(sorted((BENCHMARK / "train").glob("*.jsonl"))), reader)


def read(cases: Sequence[Record], world: World, reader: str, given: Given) -> dict[str, Record]:
    """Read all reports."""
    return {
        case["id"]: predicted(case, world, reader, given)
        for case in track(cases, f"{reader}, given {given}", console=Console(stderr=True), transient=True)
    }


def table(cases: Sequence[Record], found: Mapping[str, Record], *, by_language: bool) -> None:
    """Print the figures."""
    columns = COLUMNS if cases[0].get("routes") is not None else PLACES
    print(heading("", columns))
    for language in sorted({case["lang"] for case in cases}) if by_language else ():
        own = [case for case in cases if case["lang"] == language]
        print(row(f"{language} {len(own):4}", figures_of(own, found), columns))
    print(row(f"all {len(cases)}", figures_of(cases, found), columns))


def print_misses(cases: Sequence[Record], found: Mapping[str, Record], world: World, most: int) -> None:
    """Print the most frequent kinds of miss: how many, of which languages, and one of them."""
    kinds = kinds_of_miss(cases, found, world)
    for kind, misses in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:most]:
        languages = Counter(miss.language for miss in misses)
        told = " ".join(f"{language} {count}" for language, count in sorted(languages.items()))
        print(f"  {len(misses):4} {kind}: {told}; {misses[0].report}: {misses[0].words}")


def pace(paths: Sequence[Path], reader: str) -> None:
    """Print how fast and how large a reader is, in a fresh process."""
    command = [sys.executable, Path(__file__).with_name("pace.py"), reader, *paths]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | ONE_THREAD)
    print(f"\n{reader} reader: {done.stdout}", end="")


if __name__ == "__main__":
    main()
