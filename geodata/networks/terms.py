"""What a traveller asks of a way: countries to prefer or to shun, passages that are closed, ground to touch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.networks.snapping import REACH_KM

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geodata.networks.tracks import Tracks
    from geodata.position import Position

ABROAD = 1000.0  # what a kilometre through a country that nobody named costs
CLOSED = 1e9  # what an edge costs, at least, that must not be used: no search goes so far
BARRED = 1e18  # what a kilometre costs in a country that must not be entered


@dataclass(frozen=True, slots=True)
class Terms:
    """See `Network.path` for what each means."""

    countries: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    via: BaseGeometry | None = None
    reach_km: tuple[float, float] = (REACH_KM, REACH_KM)

    def shut(self, tracks: Tracks) -> frozenset[str]:
        """List the passages that may not be used.

        Raises
        ------
        ValueError
            Where a passage that is closed or opened is none of the network's.
        """
        unknown = (self.closed | self.opened) - {*tracks.passages[1:]}
        if unknown:
            raise ValueError(f"no such passages: {_told(unknown)}; there are {_told(tracks.passages[1:]) or 'none'}")
        return (tracks.off - self.opened) | self.closed

    def factors(self, codes: tuple[str, ...]) -> NDArray[np.float64]:
        """Tell for each country what a km in it costs."""
        factors = [ABROAD if self.countries and code not in self.countries else 1.0 for code in codes]
        return np.where([code in self.barred for code in codes], BARRED, factors)


def costs(tracks: Tracks, terms: Terms) -> NDArray[np.float64]:
    """Cost of each edge, (m,), in km at home; `CLOSED` or more where it must not be used."""
    shut = terms.shut(tracks)
    cost = tracks.km
    if terms.countries or terms.barred:
        factors = terms.factors(tracks.codes)
        first, last = tracks.countries
        cost = cost * np.maximum(factors[first], factors[last])
    if shut:
        cost = np.where(np.isin(tracks.passages, [*shut])[tracks.passage], CLOSED, cost)
    return cost


def check_ends(origin: Position, destination: Position) -> None:
    """Refuse ends that no network can join.

    Raises
    ------
    ValueError
        Where a position is not finite or lies at a pole or beyond, or where both are the same.
    """
    for longitude, latitude in (origin, destination):
        if not (math.isfinite(longitude) and -90 < latitude < 90):
            raise ValueError(f"no network leads to longitude {longitude}, latitude {latitude}")
    if origin == destination:
        raise ValueError(f"origin and destination are the same place: {tuple(origin)}")


def _told(ids: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(ids))
