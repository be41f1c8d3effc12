"""Lay the trunk pipelines: ``python geodata/build/pipelines.py world-atlas-2.0.2.tgz``.

Reads pipelines.toml (which tells its form) and the towns; writes geodata/data/pipeline.npz. Pipelines that
are planned or being built are left out. Oil and gas are two networks that never meet.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import numpy as np
import shapely
from frontiers import Labeller
from points import Points
from record import record
from shapely.geometry import LineString
from towns import towns
from weave import graph, store, straight

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
LAID = {"laid", "idle", "damaged"}
ABROAD_DEGREES = 0.1  # a straight line strays so far over a border that the pipeline keeps to


def main(archive: Path) -> None:
    """Write the network of the pipelines that lie in the ground."""
    told = tomllib.loads((HERE / "pipelines.toml").read_text(encoding="utf-8"))
    laid = {name: pipeline for name, pipeline in told.items() if pipeline["status"] in LAID}
    at, label = Points(towns()), Labeller(archive)
    lines = [
        (number, LineString([at(point) for point in points]))
        for number, pipeline in enumerate(laid.values(), start=1)
        for points in pipeline["points"]
    ]
    cargoes = sorted({pipeline["carries"] for pipeline in laid.values()})
    layers = [cargoes.index(pipeline["carries"]) for pipeline in laid.values()]
    whose = np.array([number for number, _ in lines])
    nodes, edges, line = graph(np.array([drawn for _, drawn in lines]), whose, np.array(layers)[whose - 1])
    country = _countries(nodes, edges, line, [pipeline["countries"] for pipeline in laid.values()], label)
    store(DATA / "pipeline.npz", straight(nodes, country, edges, line), label.codes, list(laid))
    record(["pipeline.npz"], "pipelines.py")


def _countries(
    nodes: np.ndarray, edges: np.ndarray, line: np.ndarray, through: list[list[str]], label: Labeller
) -> np.ndarray:
    """Give each node its country; at sea, or barely over a border, the nearest of those that its pipeline lies in."""
    country = label(nodes)
    owner = np.zeros(len(nodes), int)
    owner[edges.ravel()] = np.repeat(line, 2)
    for number, codes in enumerate(through, start=1):
        own = np.array([label.codes.index(code) for code in codes])
        astray = np.flatnonzero((owner == number) & ~np.isin(country, own))
        points = shapely.points(nodes[astray])
        abroad = shapely.distance(points, label.shapes[country[astray]]) == 0
        km = np.array([shapely.distance(points, label.shapes[index]) for index in own])
        moved = ~abroad | (km.min(axis=0) < ABROAD_DEGREES)
        country[astray[moved]] = own[km.argmin(axis=0)[moved]]
    return country


if __name__ == "__main__":
    main(Path(sys.argv[1]))
