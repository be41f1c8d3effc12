"""A network, and the ways through it that keep some terms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.networks.alternatives import alternatives
from geodata.networks.path import Path, countries_passed, without_repeats
from geodata.networks.search import Graph, Way
from geodata.networks.snapping import REACH_KM, Grid, Snap, nearest_points, nearest_shared
from geodata.networks.terms import CLOSED, Terms, check_ends, costs
from geodata.networks.tracks import Tracks, read
from geodata.networks.via import by_way_of, touches
from geodata.position import Position, distance_km, unwrap

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DETOUR, GRACE_KM = 6.0, 500.0  # a way longer than DETOUR times the geodesic and GRACE_KM is no way
NEAR, NEAR_KM = 1.4, 50.0  # most ways are no longer, so that the search stops there first


@dataclass(frozen=True, eq=False)
class Network:
    """Tracks, and what finds ways along them.

    Attributes
    ----------
    tracks : Tracks
        Nodes and edges.
    """

    tracks: Tracks

    @classmethod
    def load(cls, name: str) -> Self:
        """Read the network called `name`, such as ``"rail"``.

        Raises
        ------
        FileNotFoundError
            Where there is no network of that name.
        """
        return cls(read(name))

    @property
    def country(self) -> NDArray[np.uint8]:
        """Country of each node, (n,): index into `codes`."""
        return self.tracks.country

    @property
    def codes(self) -> tuple[str, ...]:
        """ISO 3166-1 alpha-2 codes."""
        return self.tracks.codes

    @property
    def edges(self) -> NDArray[np.int32]:
        """First and last node of each edge, (m, 2)."""
        return self.tracks.edges

    @property
    def positions(self) -> NDArray[np.float64]:
        """Longitude and latitude of each node in degrees, (n, 2)."""
        return self.tracks.positions

    @property
    def passages(self) -> tuple[str, ...]:
        """Ids of everything that can be closed or opened."""
        return self.tracks.passages[1:]

    @cached_property
    def _graph(self) -> Graph:
        return Graph.of(len(self.tracks.positions), self.tracks.edges)

    @cached_property
    def _grid(self) -> Grid:
        return Grid.of(self.tracks.positions, self.tracks.edges, self.tracks.km)

    @cached_property
    def _component(self) -> NDArray[np.int32]:
        """Which connected part each node belongs to when nothing is closed but what is so by default."""
        return self._parts(costs(self.tracks, Terms()))

    def path(  # noqa: PLR0913  # each keyword is one wish that a claim may have
        self,
        origin: Position,
        destination: Position,
        *,
        countries: frozenset[str] = frozenset(),
        barred: frozenset[str] = frozenset(),
        closed: frozenset[str] = frozenset(),
        opened: frozenset[str] = frozenset(),
        via: BaseGeometry | None = None,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> Path | None:
        """Find the shortest way between two places.

        Parameters
        ----------
        origin, destination : Position
            Served by the nearest track of a part of the network that comes near both.
        countries : frozenset of str
            ISO 3166-1 alpha-2 codes of the countries that are spoken of. Others are entered only where no way avoids
            them: a kilometre there counts as 1000. If empty, all are alike.
        barred : frozenset of str
            ISO 3166-1 alpha-2 codes of the countries that are never entered.
        closed, opened : frozenset of str
            Ids of passages never used, and of those used although they are closed by default.
        via : geometry, optional
            An area or a line in longitude and latitude that the way must touch.
        reach_km : tuple of float
            How far the network may lie from the origin, and from the destination.

        Returns
        -------
        Path or None
            None where no part of the network comes near both places, or where the way is absurd: over six times the
            geodesic and 500 km.

        Raises
        ------
        ValueError
            Where an end is not finite or at a pole, both ends are the same, or there is no passage of some id.
        """
        check_ends(origin, destination)
        terms = Terms(countries, barred, closed, opened, via, reach_km)
        ways = self._ways(origin, destination, 1, terms)
        return self._path(origin, ways[0]) if ways else None

    def paths(  # noqa: PLR0913  # as above
        self,
        origin: Position,
        destination: Position,
        count: int,
        *,
        countries: frozenset[str] = frozenset(),
        barred: frozenset[str] = frozenset(),
        closed: frozenset[str] = frozenset(),
        opened: frozenset[str] = frozenset(),
        via: BaseGeometry | None = None,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> tuple[Path, ...]:
        """Find up to `count` ways that differ, the shortest first.

        Each shares at most 70 % of its length with any other, and is at most 1.6 times as long as the shortest.
        Parameters and errors are those of `path`.
        """
        check_ends(origin, destination)
        terms = Terms(countries, barred, closed, opened, via, reach_km)
        return tuple(self._path(origin, way) for way in self._ways(origin, destination, count, terms))

    def _ways(self, origin: Position, destination: Position, count: int, terms: Terms) -> list[Way]:
        """Find the ways that keep the terms."""
        cost = costs(self.tracks, terms)
        ends = self._ends(origin, destination, terms, cost)
        if ends is None:
            return []
        geodesic_km = distance_km(origin, destination)

        def find(cost: NDArray[np.float64]) -> Way | None:
            bound = DETOUR * geodesic_km + GRACE_KM
            limits = [NEAR * geodesic_km + NEAR_KM, CLOSED / 2 if terms.countries else bound]
            way = self._graph.way(*ends, cost, limits)
            if terms.via is not None and (way is None or not touches(self._line(origin, way), terms.via)):
                found = by_way_of(terms.via, self.tracks.positions, self._graph, ends, cost)
                if found is None:
                    return None
                way, at = found
                bound = DETOUR * (distance_km(origin, at) + distance_km(at, destination)) + GRACE_KM
            return way if way is not None and way.sum(self.tracks.km) <= bound else None

        return alternatives(find, self.tracks.km, cost, count)

    def _ends(
        self, origin: Position, destination: Position, terms: Terms, cost: NDArray[np.float64]
    ) -> tuple[Snap, Snap] | None:
        """Choose the points of the network that serve both places."""
        part = self._parts(cost) if (cost >= CLOSED).any() else self._component
        starts, ends = (
            self._snaps(place, reach_km, part, cost)
            for place, reach_km in zip((origin, destination), terms.reach_km, strict=True)
        )
        return nearest_shared(starts, ends)

    def _parts(self, cost: NDArray[np.float64]) -> NDArray[np.int32]:
        """Label the connected part that each node belongs to."""
        first, last = self.tracks.edges[cost < CLOSED].T
        count = len(self.tracks.positions)
        return connected_components(coo_array((np.ones(len(first), bool), (first, last)), shape=(count, count)))[1]

    def _snaps(
        self, place: Position, reach_km: float, part: NDArray[np.int32], cost: NDArray[np.float64]
    ) -> dict[int, Snap]:
        """Find the nearest edge of each part within reach; edges at home come before edges abroad."""
        edges = self._grid.near(place, reach_km)
        edges = edges[cost[edges] < CLOSED]
        first, last = self.tracks.edges[edges].T
        share, points, km = nearest_points(place, self.tracks.positions[first], self.tracks.positions[last])
        foreign = cost[edges] > self.tracks.km[edges]
        snaps: dict[int, Snap] = {}
        for i in np.lexsort((km, foreign)).tolist():
            here = int(part[first[i]])
            if km[i] <= reach_km and here not in snaps:
                position = Position(*points[i].tolist())
                snaps[here] = Snap(int(edges[i]), float(share[i]), position, distance_km(place, position))
        return snaps

    def _line(self, origin: Position, way: Way) -> tuple[Position, ...]:
        """Draw a way from its first point to its last, unwrapped from the origin on."""
        between = (Position(*self.tracks.positions[node].tolist()) for node in way.nodes)
        return unwrap([origin, way.start.position, *between, way.end.position])[1:]

    def _path(self, origin: Position, way: Way) -> Path:
        """Tell all there is to tell of a way."""
        tracks, line = self.tracks, self._line(origin, way)
        passed = [self._country_of(way.start), *tracks.country[[*way.nodes]].tolist(), self._country_of(way.end)]
        used = [tracks.passages[passage] for passage, _ in groupby(tracks.passage[way.edges].tolist()) if passage]
        return Path(
            line=without_repeats(line),
            length_km=way.sum(tracks.km),
            countries=tuple(tracks.codes[country] for country in countries_passed(line, passed)),
            snap_km=(way.start.km, way.end.km),
            passages=tuple(used),
        )

    def _country_of(self, snap: Snap) -> int:
        """Country of the node of the edge that is nearer."""
        return int(self.tracks.country[self.tracks.edges[snap.edge, round(snap.share)]])
