"""What a search finds: a line with its length, its countries and its passages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from geodata.position import Position, length_km

if TYPE_CHECKING:
    from collections.abc import Sequence

# The borders are no better than that: a track that strays so far abroad and comes back has not.
NICK_KM = 10.0


@dataclass(frozen=True, slots=True)
class Path:
    """A way through a network.

    Attributes
    ----------
    line : tuple of Position
        Along the network only, unwrapped, from the point nearest to the origin; one position where both ends share it.
    length_km : float
        Of the track itself, where the network knows it: then it is longer than the line, which cuts the curves.
    countries : tuple of str
        ISO 3166-1 alpha-2 codes in the order in which they are passed.
    snap_km : tuple of float
        From the origin to the line's start, and from the line's end to the destination.
    passages : tuple of str
        Ids of the passages used, in order.
    """

    line: tuple[Position, ...]
    length_km: float
    countries: tuple[str, ...]
    snap_km: tuple[float, float]
    passages: tuple[str, ...] = ()


def countries_passed(line: Sequence[Position], countries: Sequence[int]) -> list[int]:
    """List the countries of a line's positions in order, short nicks into another country left out."""
    passed: list[tuple[int, float]] = []  # country, km
    for country, group in groupby(range(len(line)), key=countries.__getitem__):
        at = list(group)
        km = length_km(line[at[0] : at[-1] + 2])
        if len(passed) > 1 and passed[-2][0] == country and passed[-1][1] < NICK_KM:
            passed.pop()
            passed[-1] = (country, passed[-1][1] + km)
        else:
            passed.append((country, km))
    return [country for country, _ in passed]


def without_repeats(line: Sequence[Position]) -> tuple[Position, ...]:
    """Leave out positions that repeat the one before."""
    return (line[0], *(b for a, b in pairwise(line) if a != b))
