"""Measure the sea: ``python tests/benchmarks/sea.py world-atlas-2.0.2.tgz [--peer]``.

Lengths against published distances; 300 pairs of the gazetteer's ports drawn by lot: how many routes lie on land for
over 5 km (Natural Earth 1:10m, ``npm pack world-atlas@2.0.2``; canals and channels, whose banks the outline closes,
left out), how near to the water the ports are, how long a query takes, and cold; 200 routes over the Pacific: lines
that wrap around, and where they cross the antimeridian. ``--peer`` measures searoute 1.6.0 on the same pairs in the
same run, if it is installed.

The published distances are those commonly tabulated (NGA Pub. 151, "Distances Between Ports", and tables that agree
with it), in nautical miles; written from general knowledge, to be checked there.

Aims: median error 4 %, under 3 % of routes on land (searoute 31 %), 95 % of ports within 5 km of the water,
3 ms a query, cold 0.7 s, 200 MB; no line wrapped, crossings within 0.01 degree.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
import time
import tomllib
from itertools import pairwise
from pathlib import Path
from statistics import median

import click
import numpy as np
import shapely

from geodata.gazetteer import Gazetteer
from geodata.places import Feature
from geodata.position import WGS84, Position, cut, distance_km, length_km
from geodata.sea import Sea

BUILD = Path(__file__).parents[2] / "geodata" / "build"
NAUTICAL_KM = 1.852
PAIRS, PACIFIC, SEED = 300, 200, 4
STEP_KM, ON_LAND_KM, CHANNEL_DEGREES = 1.0, 5.0, 0.03
PORTS = {
    "Rotterdam": (4.05, 51.97),
    "Shanghai": (121.8, 31.3),
    "Singapore": (103.83, 1.25),
    "Yokohama": (139.67, 35.44),
    "Los Angeles": (-118.25, 33.73),
    "San Francisco": (-122.42, 37.81),
    "Honolulu": (-157.87, 21.30),
    "Balboa": (-79.56, 8.94),
    "Cristobal": (-79.91, 9.35),
    "New York": (-74.03, 40.68),
    "Cape Town": (18.43, -33.90),
    "Gibraltar": (-5.37, 36.14),
    "Port Said": (32.31, 31.27),
    "Hong Kong": (114.17, 22.29),
    "Manila": (120.96, 14.58),
    "Sydney": (151.21, -33.85),
    "Auckland": (174.78, -36.84),
    "Wellington": (174.79, -41.28),
    "Rio de Janeiro": (-43.18, -22.89),
    "Colombo": (79.84, 6.95),
    "Aden": (44.98, 12.79),
    "Suez": (32.55, 29.94),
    "Valparaiso": (-71.62, -33.03),
    "Callao": (-77.15, -12.05),
    "Istanbul": (28.99, 41.02),
    "Odesa": (30.74, 46.49),
    "Piraeus": (23.62, 37.94),
    "Marseille": (5.35, 43.31),
    "Naples": (14.27, 40.84),
    "Vancouver": (-123.10, 49.29),
}
PUBLISHED = (
    ("Rotterdam", "Shanghai", 10525),
    ("Rotterdam", "Singapore", 8288),
    ("Yokohama", "Los Angeles", 4839),
    ("Yokohama", "San Francisco", 4536),
    ("Honolulu", "San Francisco", 2091),
    ("Honolulu", "Los Angeles", 2228),
    ("Honolulu", "Yokohama", 3397),
    ("San Francisco", "Balboa", 3246),
    ("Los Angeles", "Balboa", 2913),
    ("New York", "Cristobal", 1974),
    ("New York", "San Francisco", 5263),
    ("New York", "Cape Town", 6786),
    ("New York", "Gibraltar", 3209),
    ("Gibraltar", "Port Said", 1925),
    ("Singapore", "Hong Kong", 1460),
    ("Singapore", "Yokohama", 2889),
    ("Hong Kong", "Yokohama", 1585),
    ("Hong Kong", "Manila", 632),
    ("Sydney", "Auckland", 1280),
    ("Sydney", "Wellington", 1236),
    ("Sydney", "Honolulu", 4420),
    ("Auckland", "Balboa", 6516),
    ("Cape Town", "Rio de Janeiro", 3273),
    ("Colombo", "Singapore", 1567),
    ("Suez", "Aden", 1310),
    ("Valparaiso", "Balboa", 2616),
    ("Callao", "Balboa", 1346),
    ("Istanbul", "Odesa", 345),
    ("Istanbul", "Piraeus", 353),
    ("Gibraltar", "Marseille", 693),
    ("Naples", "Port Said", 1111),
    ("Yokohama", "Balboa", 7682),
    ("Yokohama", "Vancouver", 4262),
    ("Manila", "San Francisco", 6221),
)
COLD = """
import time
start = time.perf_counter()
from geodata.position import Position
from geodata.sea import Sea
assert Sea.load().path(Position(39.17, 21.49), Position(23.62, 37.94))
seconds = time.perf_counter() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(seconds, int(status["VmRSS"].split()[0]) / 1000)
"""


@click.command(help=__doc__)
@click.argument("atlas", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--peer", is_flag=True, help="Measure searoute beside it.")
def main(atlas: Path, *, peer: bool) -> None:
    """Print all figures."""
    sea = Sea.load()
    ports = [*seaports()]
    lot = random.Random(SEED)  # noqa: S311  # no secrets here
    pairs = [tuple(lot.sample(ports, 2)) for _ in range(PAIRS)]
    ways = {"ours": lambda a, b: (path := sea.path(a, b)) and path.line}
    if peer:
        ways["searoute"] = searoute()
    for name, way in ways.items():
        published(name, way)
    land = Land(atlas)
    for name, way in ways.items():
        on_land(name, way, pairs, land)
    near(sea, ports)
    pacific(sea, ports, lot)
    cold()


def seaports() -> list[Position]:
    """List the gazetteer's ports, those on inland waters too."""
    table = Gazetteer.load()._layers[0].places
    places = (table.place(number) for number in range(len(table)))
    return sorted({place.position for place in places if place.feature is Feature.PORT})


def searoute():  # noqa: ANN201
    """Make what asks searoute for a line."""
    import searoute as peer  # noqa: PLC0415  # only where it is asked for

    def way(a: Position, b: Position) -> list[Position]:
        line = peer.searoute([*a], [*b], append_orig_dest=True)["geometry"]["coordinates"]
        return [Position(*at) for at in line]

    return way


def published(name: str, way) -> None:  # noqa: ANN001
    """Print how far lengths are from the published ones."""
    errors = []
    for a, b, miles in PUBLISHED:
        line = way(Position(*PORTS[a]), Position(*PORTS[b]))
        ours = length_km(line) / NAUTICAL_KM
        errors.append(ours / miles - 1)
        if name == "ours":
            print(f"  {a} - {b}: {ours:,.0f} for {miles:,} nm, {errors[-1]:+.1%}")
    size = sorted(map(abs, errors))
    within = sum(error <= 0.08 for error in size) / len(size)
    print(f"{name}: {len(size)} published distances, median error {median(size):.1%}, {within:.0%} within 8 %")


class Land:
    """Natural Earth's land without the banks of channels."""

    def __init__(self, atlas: Path) -> None:
        sys.path.insert(0, str(BUILD))
        import raster  # noqa: PLC0415  # a script of the build

        whole = [piece for part in raster.land(atlas) for piece in _pieces(shapely.make_valid(part))]
        self.tree = shapely.STRtree(whole)
        shapely.prepare(self.tree.geometries)
        written = tomllib.loads((BUILD / "passages.toml").read_text("utf-8"))
        lines = shapely.MultiLineString([channel["points"] for channel in written["channel"]])
        self.channels = shapely.buffer(lines, CHANNEL_DEGREES)
        shapely.prepare(self.channels)

    def km(self, line) -> float:  # noqa: ANN001
        """Measure how much of a line lies on land."""
        points: list[tuple[float, float]] = []
        for a, b in pairwise(line):
            count = max(1, math.ceil(distance_km(a, b) / STEP_KM))
            share = (np.arange(count) + 0.5) / count
            points += zip(
                (a.longitude + share * (b.longitude - a.longitude) + 180) % 360 - 180,
                a.latitude + share * (b.latitude - a.latitude),
                np.full(count, distance_km(a, b) / count),
                strict=True,
            )
        at = np.array(points)
        geometries = shapely.points(at[:, :2])
        hit = np.unique(self.tree.query(geometries, predicate="within")[0])
        hit = hit[~shapely.contains_xy(self.channels, *at[hit, :2].T)]
        return float(at[hit, 2].sum())


def _pieces(part) -> list:  # noqa: ANN001
    """Cut a polygon in squares of ten degrees, so that it is searched fast."""
    west, south, east, north = part.bounds
    boxes = [
        shapely.box(x, y, x + 10, y + 10)
        for x in np.arange(math.floor(west / 10) * 10, east, 10)
        for y in np.arange(math.floor(south / 10) * 10, north, 10)
    ]
    return [piece for box in boxes if not (piece := shapely.intersection(part, box)).is_empty]


def on_land(name: str, way, pairs, land: Land) -> None:  # noqa: ANN001
    """Print how many routes lie on land, and how long each took."""
    way(*pairs[0])
    crossing, times, lines = [], [], []
    for a, b in pairs:
        start = time.perf_counter()
        line = way(a, b)
        times.append(time.perf_counter() - start)
        if line:
            lines.append((a, b, line))
    for a, b, line in lines:
        # the peer's line may leap from the antimeridian's one side to the other
        km = sum(map(land.km, cut(line)))
        if km > ON_LAND_KM:
            crossing.append((round(km, 1), a, b))
    for km, a, b in sorted(crossing, reverse=True)[:12] if name == "ours" else []:
        print(f"  {km} km on land: {a.longitude:.3f} {a.latitude:.3f} - {b.longitude:.3f} {b.latitude:.3f}")
    low, high = np.percentile(times, [50, 95]) * 1000
    share = len(crossing) / len(lines)
    print(
        f"{name}: {len(lines)} of {len(pairs)} pairs have a route, {share:.1%} of them over {ON_LAND_KM:.0f} km on land"
    )
    print(f"{name}: query median {low:.1f} ms, 95th percentile {high:.1f} ms, each pair asked for the first time")


def near(sea: Sea, ports: list[Position]) -> None:
    """Print how many ports lie at the water."""
    off = [sea.grid.nearest(port, 50.0) for port in ports]
    km = [distance_km(port, water) if water else math.inf for port, water in zip(ports, off, strict=True)]
    print(
        f"{len(ports)} ports: {sum(d <= 5 for d in km) / len(km):.1%} within 5 km of the water, "
        f"{sum(d <= 25 for d in km) / len(km):.1%} within 25"
    )


def pacific(sea: Sea, ports: list[Position], lot: random.Random) -> None:
    """Print how many lines over the Pacific wrap around, and how far their crossings are off."""
    west = [port for port in ports if 120 < port.longitude < 180 and -45 < port.latitude < 60]
    east = [port for port in ports if -180 < port.longitude < -105 and -45 < port.latitude < 60]
    wrapped, off, crossed = 0, 0.0, 0
    for _ in range(PACIFIC):
        path = sea.path(lot.choice(west), lot.choice(east))
        if path is None:
            continue
        wrapped += any(abs(a.longitude - b.longitude) > 180 for a, b in pairwise(path.line))
        parts = cut(path.line)
        wrapped += any(abs(a.longitude - b.longitude) > 180 for part in parts for a, b in pairwise(part))
        for before, after in pairwise(parts):
            latitude = before[-1].latitude
            start = next(at for at in reversed(before[:-1]))
            off = max(off, abs(latitude - crossing(start, after[1])))
            crossed += 1
    print(f"{PACIFIC} routes over the Pacific: {wrapped} wrapped; {crossed} crossings at most {off:.4f} degrees off")


def crossing(a: Position, b: Position) -> float:
    """Find the latitude at which the geodesic crosses the antimeridian, by halving (GeographicLib, within PROJ)."""
    azimuth, _, metres = WGS84.inv(*a, *b)
    low, high = 0.0, metres
    for _ in range(60):
        middle = (low + high) / 2
        east = WGS84.fwd(*a, azimuth, middle)[0] > 0
        low, high = (middle, high) if east == (a.longitude > 0) else (low, middle)
    return WGS84.fwd(*a, azimuth, low)[1]


def cold() -> None:
    """Print how long it takes to import, load and ask once in a fresh process, and how much memory that holds."""
    runs = [subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True) for _ in range(5)]
    seconds, megabytes = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    print(f"cold: import, load and first answer {median(seconds):.2f} s, {median(megabytes):.0f} MB resident")


if __name__ == "__main__":
    main()
