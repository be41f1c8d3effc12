"""The ground that an area covers, and the cutting and joining of lines over it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import antimeridian
import numpy as np
import shapely

from geodata.position import WGS84, Position, geodesic, length_km, unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geodata.gazetteer import Place
    from geodata.world import World

HALVINGS = 16  # of a step of 10 km: to a metre
STEP_KM = 100.0  # no two vertices of a drawn line lie farther apart
SAME = 1e-6  # degrees, a tenth of a metre: two vertices so near are one


@dataclass(frozen=True, slots=True)
class Area:
    """The ground that a place covers: its shape, or a disc where it has none."""

    place: Place
    shape: shapely.Polygon | shapely.MultiPolygon | None
    radius_km: float

    def holds(self, positions: Sequence[Position]) -> NDArray[np.bool_]:
        """Tell which positions, wrapped or not, lie within."""
        points = np.array([(wrap(longitude), latitude) for longitude, latitude in positions])
        if self.shape is not None:
            return np.asarray(shapely.contains_xy(self.shape, *points.T), dtype=bool)
        return km_to(points, self.place.position) <= self.radius_km

    def outline(self) -> BaseGeometry:
        """Give the shape, or the disc that stands in for it, cut at the antimeridian."""
        if self.shape is not None:
            return self.shape
        azimuths = np.arange(0, -360, -10)
        east, north = (np.full(len(azimuths), degrees) for degrees in self.place.position)
        far = np.full(len(azimuths), self.radius_km * 1000)
        longitudes, latitudes, _ = WGS84.fwd(east, north, azimuths, far)
        return antimeridian.fix_polygon(shapely.Polygon(np.column_stack([longitudes, latitudes])))


def area_of(place: Place, world: World) -> Area:
    """Look up the ground that a place covers."""
    shape = world.regions.shape(place.id)
    if shape is not None:
        shapely.prepare(shape)
    return Area(place, shape, place.radius_km)


def km_to(points: NDArray[np.float64], place: Position) -> NDArray[np.float64]:
    """Measure how far points, (k, 2), lie from a place."""
    longitudes, latitudes = (np.full(len(points), degrees) for degrees in place)
    return np.asarray(WGS84.inv(points[:, 0], points[:, 1], longitudes, latitudes)[2]) / 1000


def up_to(line: tuple[Position, ...], area: Area) -> tuple[Position, ...]:
    """Cut a line off where it first enters an area; leave it whole where it does not."""
    inside = area.holds(line)
    if not inside.any() or inside[0]:
        return line[:1] if inside[0] else line
    first = int(inside.argmax())
    before, after = line[first - 1], line[first]
    for _ in range(HALVINGS):
        middle = Position((before.longitude + after.longitude) / 2, (before.latitude + after.latitude) / 2)
        before, after = (before, middle) if area.holds([middle])[0] else (middle, after)
    return (*line[:first], before)


def within(line: tuple[Position, ...], limit_km: float) -> tuple[Position, ...]:
    """Keep as much of a line as is no longer than a limit; its first segment at least."""
    so_far = 0.0
    for count, segment in enumerate(pairwise(line), start=1):
        so_far += length_km(segment)
        if so_far > limit_km:
            return line[: max(count, 2)]
    return line


def joined(*positions: Position) -> tuple[Position, ...]:
    """Make one unwrapped line of positions: none twice in a row, none over 100 km from the next, the ends as given."""
    line = unwrap(positions)
    kept = [line[0]]
    for position in line[1:]:
        if not _same(kept[-1], position):
            kept.append(position)
    if len(kept) > 1:
        kept[-1] = line[-1]
    return dense(kept)


def dense(line: Sequence[Position], step_km: float = STEP_KM) -> tuple[Position, ...]:
    """Put vertices on the geodesics between those that lie farther apart than `step_km`."""
    if len(line) < 2:
        return tuple(line)
    longitudes, latitudes = np.array(line).T
    metres = WGS84.inv(longitudes[:-1], latitudes[:-1], longitudes[1:], latitudes[1:])[2]
    pieces = (
        geodesic(a, b, step_km) if far > 1000 * step_km else (a, b)
        for (a, b), far in zip(pairwise(line), metres, strict=True)
    )
    return (line[0], *(position for piece in pieces for position in piece[1:]))


def _same(a: Position, b: Position) -> bool:
    return abs(a.longitude - b.longitude) < SAME and abs(a.latitude - b.latitude) < SAME
