"""Which country tracks lie in, and where they cross a border."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapes
from lines import Lines, straight_km

if TYPE_CHECKING:
    from pathlib import Path

STRAY_KM = 15.0  # tracks abroad that are no longer than this in all, and lead back where they came from, lie at home


class Labeller:
    """The country of positions, as an index into `codes`; at sea the nearest."""

    def __init__(self, atlas: Path) -> None:
        countries = shapes.countries(atlas, "countries-10m")
        self.codes = sorted(countries)
        self.shapes = np.array([countries[code] for code in self.codes])
        shapely.prepare(self.shapes)
        pieces = [(part, i) for i, code in enumerate(self.codes) for part in countries[code].geoms]
        self.owners = np.array([owner for _, owner in pieces])
        self.tree = shapely.STRtree([part for part, _ in pieces])
        shapely.prepare(self.tree.geometries)

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """Label positions (n, 2)."""
        points = shapely.points(positions)
        label = np.full(len(points), len(self.codes))
        point, piece = self.tree.query(points, predicate="intersects")
        np.minimum.at(label, point, self.owners[piece])  # of two that share a border point the first wins
        loose = np.flatnonzero(label == len(self.codes))
        label[loose] = self.owners[self.tree.nearest(points[loose])]
        return label


def labelled(lines: Lines, label: Labeller) -> Lines:
    """Name the country of each node, tracks that only stray over a border counted as not having crossed it."""
    lines = replace(lines, country=label(lines.nodes))
    for _ in range(3):
        lines = replace(lines, country=_without_strays(lines))
    return lines


def _without_strays(lines: Lines) -> np.ndarray:
    """Give short tracks in a country that join it nowhere else to the one country that they lead to."""
    country = lines.country.copy()
    domestic = (country[lines.edges] == country[lines.edges[:, :1]]).all(axis=1)
    part = lines.components(domestic)
    km = np.bincount(part[lines.edges[domestic, 0]], lines.km[domestic], minlength=part.max() + 1)
    owner = np.zeros(part.max() + 1, int)
    owner[part] = country
    largest = np.zeros(country.max() + 1)
    np.maximum.at(largest, owner, km)
    leads: dict[int, list[int]] = {}
    for a, b in part[lines.edges[~domestic]].tolist():
        leads.setdefault(a, []).append(owner[b])
        leads.setdefault(b, []).append(owner[a])
    new = owner.copy()
    for number, others in leads.items():
        if km[number] < min(STRAY_KM, largest[owner[number]]) and len(others) > 1 == len({*others}):
            new[number] = others[0]
    print(f"{int((new[part] != country).sum())} nodes moved back over a border")
    return new[part]


def split_at_borders(lines: Lines, label: Labeller) -> Lines:
    """Put one node on each side, about 100 m apart, where an edge leaves the country of its first end."""
    crossing = lines.country[lines.edges[:, 0]] != lines.country[lines.edges[:, 1]]
    first, last = lines.edges[crossing].T
    near, far = lines.nodes[first], lines.nodes[last]
    home, abroad = lines.country[first], lines.country[last]
    while (wide := np.abs(far - near).max(axis=1) > 1e-3).any():
        middle = (near[wide] + far[wide]) / 2
        here = label(middle) == home[wide]
        near[wide] = np.where(here[:, None], middle, near[wide])
        far[wide] = np.where(here[:, None], far[wide], middle)
    count, total = len(first), len(lines.nodes)
    inner, outer = np.arange(total, total + count), np.arange(total + count, total + 2 * count)
    whole = np.maximum(straight_km(lines.nodes[first], lines.nodes[last]), 1e-6)
    shares = [straight_km(a, b) / whole for a, b in ((lines.nodes[first], near), (near, far), (far, lines.nodes[last]))]
    pieces = [np.column_stack(pair) for pair in ((first, inner), (inner, outer), (outer, last))]
    print(f"{count} edges cross a border")
    rest = lines.kept(~crossing).with_nodes(np.concatenate([near, far]), np.concatenate([home, abroad]))
    km = np.concatenate([share * lines.km[crossing] for share in shares])
    return rest.joined(np.concatenate(pieces), km, np.tile(lines.passage[crossing], 3))
