"""Measure the gazetteer: ``python tests/benchmarks/gazetteer.py GOLD.jsonl...``.

For each file and language of gold reports: the share of toponyms with a candidate within ``max(161 km, radius_km)`` of
the gold position (161 km where the gold has no radius, as in LGL and GeoWebNews), the share ranked first so, and the
share with a candidate that reaches so far itself (LGL and GeoWebNews put a country on one point). Toponyms marked
``optional`` (adjectives and demonyms in LGL and GeoWebNews) count neither way. Then look-ups a second,
cold load and memory in a fresh process, and the size of the data. ``--dump 1000000`` compiles a made dump of GeoNames
of that many places and says how long that takes, and how much memory.

Aims: .98 found (.95 in each language and on LGL and GeoWebNews), .85 first, 200,000 exact look-ups a second,
0.3 s cold, 150 MB resident, 40 MB of data.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
from dump import write_dump
from pyproj import Geod

from geodata.gazetteer import DATA, Gazetteer
from geodata.names import fold

WGS84 = Geod(ellps="WGS84")
NEAR_KM = 161.0
COLD = """
import time
start = time.perf_counter()
from geodata.gazetteer import Gazetteer
gazetteer = Gazetteer.load()
assert gazetteer.candidates("Moscow")
seconds = time.perf_counter() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(seconds, int(status["VmRSS"].split()[0]) / 1000)
"""
COMPILE = """
import resource, sys
from geodata.compile import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""


@click.command(help=__doc__)
@click.argument("gold", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dump", type=click.IntRange(min=1), help="Compile a made dump of so many places.")
@click.option("--missing", is_flag=True, help="List the toponyms without a candidate near enough.")
def main(gold: tuple[Path, ...], dump: int | None, *, missing: bool) -> None:
    """Print all figures."""
    gazetteer = Gazetteer.load()
    asked = [pair for path in gold for pair in cover(path, gazetteer, missing=missing)]
    if asked:
        speed(asked)
    cold()
    print(f"data: {sum(path.stat().st_size for path in DATA.iterdir()) / 1e6:.1f} MB, {len(gazetteer):,} places")
    if dump:
        compiled(dump)


def cover(path: Path, gazetteer: Gazetteer, *, missing: bool) -> list[tuple[str, str]]:
    """Print how many gold toponyms of a file have a candidate near enough; give all that were asked."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    asked: list[tuple[str, str]] = []
    for line in filter(None, path.read_text("utf-8").split("\n")):
        report = json.loads(line)
        for toponym in report["toponyms"]:
            if toponym.get("lat") is None or toponym.get("optional"):
                continue
            name, language = report["text"][toponym["start"] : toponym["end"]], report["lang"]
            reach = max(NEAR_KM, toponym.get("radius_km") or 0.0)
            places = [candidate.place for candidate in gazetteer.candidates(name, language)]
            off = [WGS84.inv(*place.position, toponym["lon"], toponym["lat"])[2] / 1000 for place in places]
            near = [km <= reach for km in off]
            within = any(km <= max(reach, place.radius_km) for km, place in zip(off, places, strict=True))
            asked.append((name, language))
            for group in (language, "all"):
                told = (1, any(near), any(near[:1]), within)
                counts[group] = [a + b for a, b in zip(counts[group], told, strict=True)]
            if missing and not any(near):
                print(f"  {language}  {name}  ({toponym.get('name')}, {toponym['lat']}, {toponym['lon']})")
    print(f"{path.name}:")
    for group, (count, found, first, within) in sorted(counts.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        shares = f"found {found / count:.3f}  first {first / count:.3f}  in reach {within / count:.3f}"
        print(f"  {group:4} {count:6,} toponyms  {shares}")
    return asked


def speed(asked: list[tuple[str, str]]) -> None:
    """Print look-ups a second: whether a name is there, and its candidates, asked for the first time and again."""
    keys = [fold(name) for name, _ in asked]
    fresh = Gazetteer.load()
    once = list(dict.fromkeys(asked))
    told = {
        "exact look-ups in the index": (keys, fresh._layers[0].names.bearers),
        "candidates, each name new": (once, lambda pair: fresh.candidates(*pair)),
        "candidates, as names recur in reports": (asked, lambda pair: fresh.candidates(*pair)),
    }
    for what, (items, ask) in told.items():
        start = time.perf_counter()
        for item in items:
            ask(item)
        print(f"{what}: {len(items) / (time.perf_counter() - start):,.0f} a second")


def cold() -> None:
    """Print how long it takes to import, load and ask once in a fresh process, and how much memory that holds."""
    runs = [subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True) for _ in range(5)]
    seconds, megabytes = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    print(f"cold: import, load and first answer {median(seconds):.2f} s, {median(megabytes):.0f} MB resident")


def compiled(count: int) -> None:
    """Print what compiling a made dump takes."""
    with TemporaryDirectory() as folder:
        sources = write_dump(Path(folder), count)
        start = time.perf_counter()
        command = [sys.executable, "-c", COMPILE, *map(str, sources), "-o", f"{folder}/made"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(folder, "made").rglob("*") if path.is_file())
    print(
        f"compiled {count:,} places: {seconds:.0f} s, at most {float(done.stdout):.0f} MB, {size / 1e6:.0f} MB on disk"
    )


if __name__ == "__main__":
    main()
