"""Positions on the globe, and the lines between them.

Longitude comes before latitude everywhere. All positions are WGS 84 (EPSG:4326), in degrees.
A line is *unwrapped* when neighbouring longitudes never differ by more than 180 degrees, so that a line over
the antimeridian runs on to 190 or -190; it is *cut* when it is split there for RFC 7946, section 3.1.9.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WGS84 = Geod(ellps="WGS84")


class Position(NamedTuple):
    """A point on the ground, in degrees WGS 84, longitude first."""

    longitude: float
    latitude: float


def distance_km(a: Position, b: Position) -> float:
    """Length of the geodesic from `a` to `b` on the WGS 84 ellipsoid (Karney 2013), in km.

    Raises
    ------
    ValueError
        Where a longitude is not finite, or a latitude not within -90 and 90.
    """
    _check((a, b))
    return float(WGS84.inv(a.longitude, a.latitude, b.longitude, b.latitude)[2]) / 1000


def length_km(line: Sequence[Position]) -> float:
    """Length of `line`, its segments taken as geodesics, in km; 0 for fewer than two positions.

    Raises
    ------
    ValueError
        Where a longitude is not finite, or a latitude not within -90 and 90.
    """
    _check(line)
    if len(line) < 2:
        return 0.0
    longitudes, latitudes = zip(*line, strict=True)
    return float(WGS84.line_length(longitudes, latitudes)) / 1000


def geodesic(a: Position, b: Position, step_km: float = 100.0) -> tuple[Position, ...]:
    """Draw the geodesic from `a` to `b` with a position at least every `step_km`.

    Returns
    -------
    tuple of Position
        Unwrapped; the first is `a`, the last lies at `b`, perhaps a full turn away in longitude.
        The poles have no longitude of their own: an end there takes its neighbour's, and one on the way is left out.

    Raises
    ------
    ValueError
        Where `step_km` is not above 0, a longitude not finite, or a latitude not within -90 and 90.
    """
    if not step_km > 0:
        raise ValueError(f"a step of {step_km} km leads nowhere: it must be above 0")
    _check((a, b))
    if abs(a.latitude) == 90:
        a = Position(b.longitude, a.latitude)
    if abs(b.latitude) == 90:
        b = Position(a.longitude, b.latitude)
    between = math.ceil(distance_km(a, b) / step_km) - 1
    inner = WGS84.npts(*a, *b, between) if between > 0 else []
    return unwrap([a, *(Position(*p) for p in inner if abs(p[1]) < 90), b])


def unwrap(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Shift longitudes by full turns until neighbours differ by at most 180 degrees; the first stays."""
    line: list[Position] = []
    for position in positions:
        if not line:
            line.append(position)
            continue
        turns = round((line[-1].longitude - position.longitude) / 360)
        line.append(Position(position.longitude + 360 * turns, position.latitude))
    return tuple(line)


def wrap(longitude: float) -> float:
    """Shift `longitude` by full turns into [-180, 180]; what lies within stays as it is."""
    return longitude if -180 <= longitude <= 180 else math.remainder(longitude, 360)


def cut(line: Sequence[Position]) -> tuple[tuple[Position, ...], ...]:
    """Split `line` at the antimeridian, as RFC 7946, section 3.1.9, asks.

    Parameters
    ----------
    line : sequence of Position
        Wrapped or unwrapped; of two ways around the globe a segment takes the shorter one.

    Returns
    -------
    tuple of tuple of Position
        Parts of at least two positions, in order, longitudes in [-180, 180], no position twice in a row; empty
        where the line does not leave its first position. Where a segment crosses, its great circle is followed.

    Raises
    ------
    ValueError
        Where a longitude is not finite, or a latitude not within -90 and 90.

    Notes
    -----
    ``antimeridian.fix_line_string`` is not used for lines: it joins the end of a round trip to its start, and
    leaves a segment from -180 to 180 as a band over the map.
    """
    _check(line)
    positions = unwrap(line)
    parts: list[list[Position]] = []
    turn: int | None = None
    for a, b in pairwise(positions):
        for start, end in _halves(a, b):
            if start == end:
                continue
            here = math.floor(((start.longitude + end.longitude) / 2 + 180) / 360)
            if here != turn:
                parts.append([])
                turn = here
            for position in (start, end):
                # a coordinate may miss the edge by one bit after the shift
                longitude = min(180.0, max(-180.0, position.longitude - 360 * here))
                inside = Position(longitude, position.latitude)
                if not parts[-1] or parts[-1][-1] != inside:
                    parts[-1].append(inside)
    return tuple(tuple(part) for part in parts if len(part) > 1)


def _halves(a: Position, b: Position) -> list[tuple[Position, Position]]:
    """Split the segment from `a` to `b` where it crosses the antimeridian; it crosses once at most."""
    west, east = sorted((a, b))
    edge = 360.0 * math.floor((east.longitude + 180) / 360) - 180
    if not west.longitude < edge < east.longitude:
        return [(a, b)]
    middle = Position(edge, _latitude_at(edge, west, east))
    return [(a, middle), (middle, b)]


def _latitude_at(longitude: float, west: Position, east: Position) -> float:
    """Latitude of the great circle through `west` and `east` at a longitude between theirs."""
    before, after = math.radians(longitude - west.longitude), math.radians(east.longitude - longitude)
    slope_west, slope_east = math.tan(math.radians(west.latitude)), math.tan(math.radians(east.latitude))
    rise = slope_west * math.sin(after) + slope_east * math.sin(before)
    return math.degrees(math.atan2(rise, math.sin(before + after)))


def _check(positions: Iterable[Position]) -> None:
    for position in positions:
        longitude, latitude = position
        if not (math.isfinite(longitude) and -90 <= latitude <= 90):
            raise ValueError(f"no such position: longitude {longitude}, latitude {latitude}")
