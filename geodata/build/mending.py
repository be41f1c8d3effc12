"""Mend tracks: close gaps, add what the source lacks, cut what does not exist. The tables are in ``mends``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from lines import EARTH_KM, Lines, nearby_km, straight_km, unit
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
GAP_KM = 5.0  # tracks of one country that end so near to each other may be one
BORDER_KM = 0.5  # of two countries only so near, and only where both end
DETOUR = 5.0  # they are, where the way round is so many times longer
TRIED = 16  # nodes near a loose end that are looked at
SNAP_KM = 1.0  # how near to the network a link of ours must begin and end


def rows(table: str, mode: str) -> list[dict[str, str]]:
    """Read what one of our tables says of a mode."""
    with (HERE / "mends" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["mode"] == mode]


def gaps_at_ends(lines: Lines, *, alone: bool) -> Lines:
    """Link each loose end to the nearest node of its country that it can only reach by a long way round.

    If not `alone`, the other node must be a loose end too, or of another part: roads end in the middle of nowhere,
    or as the source leaves out minor ones, far more often than railways.
    """
    neighbours = lines.neighbours()
    xyz = unit(lines.nodes)
    loose = np.flatnonzero(np.bincount(lines.edges.ravel(), minlength=len(xyz)) == 1)
    part, is_loose = lines.components(), np.isin(np.arange(len(xyz)), loose)
    apart, near = cKDTree(xyz).query(xyz[loose], TRIED, distance_upper_bound=GAP_KM / EARTH_KM)
    links: dict[tuple[int, int], float] = {}
    for node, gaps, others in zip(loose.tolist(), (apart * EARTH_KM).tolist(), near.tolist(), strict=True):
        pairs = [(km, other) for km, other in zip(gaps, others, strict=True) if np.isfinite(km) and other != node]
        home = lines.country[node]
        pairs = [
            (km, other) for km, other in pairs if lines.country[other] == home or (km < BORDER_KM and is_loose[other])
        ]
        pairs = [(km, other) for km, other in pairs if alone or is_loose[other] or part[other] != part[node]]
        if not pairs:
            continue
        far = nearby_km(neighbours, node, DETOUR * pairs[-1][0])
        found = next(((km, other) for km, other in pairs if far.get(other, np.inf) > DETOUR * km), None)
        if found:
            links[min(node, found[1]), max(node, found[1])] = max(found[0], 0.001)
    print(f"{len(links)} loose ends linked over up to {GAP_KM} km, {sum(links.values()):.0f} km in all")
    return lines.joined(np.array([*links]), np.array([*links.values()]))


def gaps_between_parts(lines: Lines) -> Lines:
    """Link parts of the tracks of one country that come within `GAP_KM` where they are nearest."""
    domestic = lines.country[lines.edges[:, 0]] == lines.country[lines.edges[:, 1]]
    part = lines.components(domestic)
    sizes = np.bincount(part)
    xyz = unit(lines.nodes)
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for home in np.unique(lines.country):
        members = np.flatnonzero(lines.country == home)
        tree = cKDTree(xyz[members])
        small = members[part[members] != part[members[sizes[part[members]].argmax()]]]
        for node, near in zip(small, tree.query_ball_point(xyz[small], GAP_KM / EARTH_KM), strict=True):
            others = members[near][part[members[near]] != part[node]]
            for other, km in zip(others, np.linalg.norm(xyz[others] - xyz[node], axis=1) * EARTH_KM, strict=True):
                pair = min(part[node], part[other]), max(part[node], part[other])
                best[pair] = min(best.get(pair, (np.inf, 0, 0)), (km, min(node, other), max(node, other)))
    links = sorted(best.values())
    print(f"{len(links)} pairs of parts linked over up to {GAP_KM} km")
    edges = np.array([(a, b) for _, a, b in links]).reshape(-1, 2)
    return lines.joined(edges, np.array([max(km, 0.001) for km, _, _ in links]))


@dataclass(frozen=True, slots=True)
class Link:
    """A line that the source lacks: a row of ``links.csv``."""

    name: str
    points: np.ndarray
    km: float | None
    passage: str
    off: bool


def links(mode: str) -> list[Link]:
    """Read the links of a mode."""
    return [
        Link(
            row["name"],
            np.array([point.split() for point in row["points"].split(";")], float),
            float(row["km"]) if row["km"] else None,
            row["passage"],
            row["default"] == "off",
        )
        for row in rows("links", mode)
    ]


def passages(ours: list[Link]) -> list[str]:
    """List the ids of passages, none first."""
    return ["", *sorted({link.passage for link in ours} - {""})]


def linked(lines: Lines, label: Callable[[np.ndarray], np.ndarray], ours: list[Link]) -> Lines:
    """Add lines; a point within `SNAP_KM` of the network is the node there, any other a new one."""
    numbers = passages(ours)
    for link in ours:
        distance, nearest = cKDTree(unit(lines.nodes)).query(unit(link.points))
        new = distance * EARTH_KM > SNAP_KM
        if new[0] and not new.all():
            raise SystemExit(f"{link.name} begins {distance[0] * EARTH_KM:.1f} km from the network")
        nodes = np.where(new, len(lines.nodes) + np.cumsum(new) - 1, nearest)
        lines = lines.with_nodes(link.points[new], label(link.points[new]))
        straight = straight_km(lines.nodes[nodes[:-1]], lines.nodes[nodes[1:]])
        km = straight * ((link.km or straight.sum()) / straight.sum())
        lines = lines.joined(np.column_stack([nodes[:-1], nodes[1:]]), km, numbers.index(link.passage))
    return lines


def cut(lines: Lines, codes: list[str], mode: str) -> Lines:
    """Leave out the edges over closed borders, and those near the points of ``cuts.csv``."""
    kept = np.ones(len(lines.edges), bool)
    low, high = np.sort(lines.country[lines.edges], axis=1).T
    for row in rows("closed", mode):
        a, b = sorted(codes.index(code) for code in row["countries"].split())
        here = (low == a) & (high == b)
        print("closed border", row["countries"], int(here.sum()), "edges left out")
        kept &= ~here
    for row in rows("cuts", mode):
        at = np.array([[float(row["longitude"]), float(row["latitude"])]])
        near = straight_km(lines.nodes, at) < float(row["radius_km"])
        here = near[lines.edges].any(axis=1)
        print("cut", row["name"], int(here.sum()), "edges left out")
        kept &= ~here
    return lines.kept(kept)
