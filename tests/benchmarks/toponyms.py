"""Measure resolution alone: ``python tests/benchmarks/toponyms.py GOLD.jsonl...``, with the gold names given.

For each file and language: the share of all gold toponyms that are placed within ``max(161 km, radius_km)`` of the gold
position, and the share that have any candidate so near (no resolution can do better). Toponyms marked ``optional`` or
without a position count neither way, nor do the few of GeoWebNews whose offsets lie outside of its texts. Then the
commonest kinds of miss, how far the score is to be trusted (expected calibration error over ten bins: how far, on
average, the score lies from the share that is right), what abstaining below a score would leave and how much of that is
right, and how long a report takes. ``--missing`` lists the misses.

Aims: .72 of LGL, .80 of GeoWebNews placed. From text alone, see ``score.py`` of the benchmark.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from geodata.position import Position, distance_km
from geodata.world import World
from routes.model import Quote, Report, Resolution, Toponym
from routes.toponyms.field import MOST_CANDIDATES
from routes.toponyms.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Candidate, Place

NEAR_KM = 161.0
BINS = 10
KINDS = 12
BARS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one gold toponym."""

    language: str
    gold: dict[str, Any]
    resolution: Resolution
    candidates: tuple[Candidate, ...]

    @property
    def right(self) -> bool:
        """Whether it was placed near enough."""
        return self.resolution.place is not None and is_near(self.resolution.place, self.gold)

    @property
    def possible(self) -> bool:
        """Whether any candidate is near enough."""
        return any(is_near(candidate.place, self.gold) for candidate in self.candidates)

    @property
    def kind(self) -> str:
        """The kind of miss."""
        chosen = self.resolution.place
        near = [rank for rank, candidate in enumerate(self.candidates) if is_near(candidate.place, self.gold)]
        if not self.candidates:
            return "not in the gazetteer"
        if not near:
            return f"no candidate near enough; chosen a {chosen.feature if chosen else 'none'}"
        if chosen is None:
            return "abstained"
        if near[0] >= MOST_CANDIDATES:
            return "a near one was not weighed"
        place = self.candidates[near[0]].place
        where = "of one country" if chosen.country == place.country else "abroad"
        return f"chosen a {chosen.feature} {where} for a {place.feature}"


@click.command(help=__doc__)
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--missing", is_flag=True, help="List the toponyms that are not placed near enough.")
def main(gold: tuple[Path, ...], *, missing: bool) -> None:
    """Print all figures, file by file."""
    world = World.load()
    for path in gold:
        reports = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        start = time.perf_counter()
        answered = [answers(report, world) for report in reports]
        first = time.perf_counter() - start
        spent = sum(timed(report, world) for report in reports)
        told = [answer for several in answered for answer in several]
        print(f"{path.name}: {len(reports)} reports")
        shares(told)
        kinds(told)
        calibration(told)
        words = sum(len(report["text"].split()) for report in reports) / len(reports)
        print(f"  {spent / len(reports) * 1000:.2f} ms a report of {words:.0f} words, warm; all cold {first:.1f} s")
        for answer in filter(lambda one: missing and not one.right, told):
            show(answer)


def toponyms_of(report: dict[str, Any]) -> list[Toponym]:
    """Give the gold toponyms that count."""
    return [Toponym(Quote.of(report["text"], one["start"], one["end"])) for one in counted(report)]


def counted(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the gold's toponyms that are neither optional nor without a position, nor outside of the text."""
    length = len(report["text"])
    return [
        one
        for one in report["toponyms"]
        if one.get("lat") is not None and not one.get("optional") and 0 <= one["start"] < one["end"] <= length
    ]


def report_of(report: dict[str, Any]) -> Report:
    """Give the report without its gold."""
    return Report(text=report["text"], id=report["id"], language=report["lang"], sha256="")


def answers(report: dict[str, Any], world: World) -> list[Answer]:
    """Resolve a gold report's toponyms."""
    resolutions = resolve(toponyms_of(report), report_of(report), world)
    return [
        Answer(
            report["lang"], gold, resolution, world.gazetteer.candidates(resolution.toponym.quote.exact, report["lang"])
        )
        for gold, resolution in zip(counted(report), resolutions, strict=True)
    ]


def timed(report: dict[str, Any], world: World) -> float:
    """Give the seconds that resolving a report takes."""
    toponyms, bare = toponyms_of(report), report_of(report)
    start = time.perf_counter()
    resolve(toponyms, bare, world)
    return time.perf_counter() - start


def is_near(place: Place, gold: dict[str, Any]) -> bool:
    """Tell whether a place lies where the gold says."""
    reach = max(NEAR_KM, gold.get("radius_km") or 0.0)
    return distance_km(place.position, Position(gold["lon"], gold["lat"])) <= reach


def shares(told: Sequence[Answer]) -> None:
    """Print by language what was placed right, and what could have been."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for answer in told:
        for group in (answer.language, "all"):
            adds = (1, answer.right, answer.possible or answer.right)
            counts[group] = [a + b for a, b in zip(counts[group], adds, strict=True)]
    for group, (count, right, possible) in sorted(counts.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        print(f"  {group:4} {count:6,} toponyms  placed {right / count:.3f}  possible {possible / count:.3f}")


def kinds(told: Sequence[Answer]) -> None:
    """Print the commonest kinds of miss."""
    counts = Counter(answer.kind for answer in told if not answer.right)
    for kind, count in counts.most_common(KINDS):
        print(f"  {count / len(told):6.1%} {kind}")


def calibration(told: Sequence[Answer]) -> None:
    """Print how far scores are from what they promise, and what abstaining would do."""
    known = [answer for answer in told if answer.resolution.place]
    scores = np.array([answer.resolution.score for answer in known])
    right = np.array([answer.right for answer in known], dtype=float)
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    gaps = [abs(float((scores - right)[bins == one].sum())) for one in range(BINS)]
    print(f"  expected calibration error {sum(gaps) / len(known):.3f}; mean score {scores.mean():.3f}")
    for bar in BARS:
        kept = scores >= bar
        if kept.any():
            print(f"  placed from a score of {bar:.1f}: {kept.sum() / len(told):.3f}, right {right[kept].mean():.3f}")


def show(answer: Answer) -> None:
    """Print a miss."""
    place, gold = answer.resolution.place, answer.gold
    chosen = f"{place.id} {place.name} {place.country}-{place.admin} {answer.resolution.score:.2f}" if place else "none"
    print(f"  {answer.language}\t{gold['text']}\t{gold['lat']} {gold['lon']}\t{chosen}\t{answer.kind}")


if __name__ == "__main__":
    main()
