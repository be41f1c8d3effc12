"""Rail and road measured: ``python tests/benchmarks/networks.py [lengths] [countries] [times] [start] [peers]``.

- lengths: against the published distances of distances.csv. The stretch of the build was fitted on its even rows;
  the odd ones are told apart.
- countries: ways through a country that is neither end's although another way exists, of 200 random pairs a mode.
- times: median and 95th percentile of a query, on the wall and on the processor, which other work does not lengthen.
- start: seconds and megabytes of a fresh process that opens one network and finds one way.
- peers: the same lengths and times by scgraph, where it is installed; its data take a minute and gigabytes to import.
"""

from __future__ import annotations

import csv
import importlib
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from geodata.networks import Network
from geodata.position import Position, distance_km

MODES = ("rail", "road")
TABLE = Path(__file__).with_name("distances.csv")
PAIRS, NEAR_KM, FAR_KM = 200, 100, 4000
START = """
import time; start = time.perf_counter()
from geodata.networks import Network
from geodata.position import Position
Network.load("{mode}").path(Position(37.62, 55.75), Position(30.32, 59.93))
import resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{mode}: first way {{time.perf_counter() - start:.2f}} s after the start of Python, peak {{peak:.0f}} MB")
"""


def rows(mode: str) -> list[tuple[str, Position, Position, frozenset[str], float]]:
    """Read the published distances of a mode."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (
                f"{row['from']} - {row['to']}",
                Position(float(row["from_lon"]), float(row["from_lat"])),
                Position(float(row["to_lon"]), float(row["to_lat"])),
                frozenset(row["via"].split()),
                float(row["published_km"]),
            )
            for row in csv.DictReader(file)
            if row["mode"] == mode
        ]


def lengths(mode: str, network: Network) -> None:
    """Compare with the published."""
    errors = []
    for name, origin, destination, countries, published_km in rows(mode):
        path = network.path(origin, destination, countries=countries)
        errors.append(path.length_km / published_km - 1 if path else np.inf)
        told = f"{path.length_km:.0f} km, {errors[-1]:+.1%}" if path else "no way"
        print(f"  {name}: {published_km:g} km published, {told}")
    off = np.abs(errors)
    fit = float(np.median(1 / (1 + np.array(errors[::2]))))
    print(f"{mode} lengths: times {fit:.4f} would fit the even rows")
    for share, part in (("all", off), ("even rows, fitted", off[::2]), ("odd rows, held out", off[1::2])):
        print(f"{mode} lengths, {share}: {len(part)}, median {np.median(part):.1%}, 90 % within {quantile(part):.1%}")


def quantile(values: np.ndarray, share: float = 0.9) -> float:
    """Tell below what a share of the values lies."""
    return float(np.sort(values)[int(np.ceil(share * len(values))) - 1])


def pairs(network: Network, seed: int = 1) -> list[tuple[Position, Position, frozenset[str]]]:
    """Draw pairs of nodes of the largest part, and the countries that they lie in."""
    chance, found = np.random.default_rng(seed), []
    while len(found) < PAIRS:
        a, b = chance.integers(len(network.positions), size=2).tolist()
        origin, destination = (Position(*network.positions[node].tolist()) for node in (a, b))
        if NEAR_KM < distance_km(origin, destination) < FAR_KM:
            found.append((origin, destination, frozenset(network.codes[network.country[node]] for node in (a, b))))
    return found


def countries(mode: str, network: Network) -> None:
    """Count ways abroad that could be avoided: with all other countries barred there is a way."""
    abroad, avoidable, none = 0, 0, 0
    for origin, destination, homes in pairs(network):
        path = network.path(origin, destination, countries=homes)
        none += path is None
        if path is None or {*path.countries} <= homes:
            continue
        abroad += 1
        others = frozenset(network.codes) - homes
        avoidable += network.path(origin, destination, countries=homes, barred=others) is not None
    print(f"{mode}: {PAIRS} pairs, {none} without a way, {abroad} through a third country, {avoidable} avoidable")


def times(mode: str, network: Network) -> None:
    """Time queries, warm."""
    drawn = pairs(network, seed=2)
    network.path(*drawn[0][:2])
    for told, named in (("any country", False), ("countries named", True)):
        wall, busy = [], []
        for origin, destination, homes in drawn:
            starts = time.perf_counter(), time.process_time()
            network.path(origin, destination, countries=homes if named else frozenset())
            wall.append(time.perf_counter() - starts[0])
            busy.append(time.process_time() - starts[1])
        figures = [f"{1000 * quantile(np.array(x), share):.1f}" for x in (wall, busy) for share in (0.5, 0.95)]
        print(f"{mode} query, {told}: wall {figures[0]} / {figures[1]} ms, processor {figures[2]} / {figures[3]} ms")


def start(mode: str, _: Network) -> None:
    """Open the network in a fresh process."""
    subprocess.run([sys.executable, "-c", START.format(mode=mode)], check=True)


def peers(mode: str, network: Network) -> None:
    """Let scgraph find the same ways."""
    name = {"rail": "world_railways", "road": "world_highways"}[mode]
    try:
        began = time.perf_counter()
        graph = getattr(importlib.import_module(f"scgraph_data.{name}"), f"{name}_geograph")
    except ImportError as error:
        print(f"{mode}, scgraph: not measured, {error}")
        return
    print(f"{mode}, scgraph: import {time.perf_counter() - began:.1f} s")
    off, took = [], []
    for _, origin, destination, _, published_km in rows(mode)[:20]:
        ends = ({"latitude": place.latitude, "longitude": place.longitude} for place in (origin, destination))
        began = time.perf_counter()
        try:
            km = graph.get_shortest_path(*ends, output_units="km")["length"]
        except Exception:  # noqa: BLE001  # it raises a bare one where there is no way
            km = np.inf
        took.append(time.perf_counter() - began)
        off.append(abs(km / published_km - 1))
    print(f"{mode}, scgraph: median error {np.median(off):.1%}, query {1000 * np.median(took):.0f} ms")


def main() -> None:
    """Measure what is asked for, or all but the peers."""
    wanted = sys.argv[1:] or ["lengths", "countries", "times", "start"]
    steps = {"lengths": lengths, "countries": countries, "times": times, "start": start, "peers": peers}
    for mode in MODES:
        network = Network.load(mode)
        for step in wanted:
            steps[step](mode, network)


if __name__ == "__main__":
    main()
