"""Where a ship comes to a land of which no port is told."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.position import Position, distance_km, wrap
from routes.legs.ground import km_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from routes.legs.ground import Area
    from routes.legs.ways import Ways

QUAY_KM = 10.0  # how far from the outline of a land its water may lie
SPACING_KM = 100.0
COMPARED = 3  # points of a coast that ships come to
LOOKED_AT = 40  # of those that lie well, on whatever sea
COARSEST, FINEST = 1.0, 0.1  # degrees: how finely an outline is looked at
KM_A_DEGREE = 1000.0  # the radius of an area that is looked at by the degree


def landing(
    ways: Ways, area: Area, origin: Position, reach_km: float = QUAY_KM, *, least_km: float = 0.0
) -> Position | None:
    """Find the point of a land's coast that lies best for a ship from somewhere, `least_km` away at least.

    Of the nearest ones it is that from which the voyage and the rest of the way to the middle of the land are shortest.
    """
    if not ways.serves(origin, reach_km):
        return None
    middle = area.place.position
    found: list[tuple[float, Position]] = []
    for shore in _by_the_way(ways, area, origin, least_km):
        path = ways.best(origin, shore, (reach_km, QUAY_KM))
        if path is not None:
            end = Position(wrap(path.line[-1].longitude), path.line[-1].latitude)
            found.append((path.length_km + path.snap_km[1] + distance_km(shore, middle), end))
        if len(found) == COMPARED:
            break
    return min(found)[1] if found else None


def served_coast(ways: Ways, area: Area, towards: Position) -> list[Position]:
    """Find points off a land's coast that ships come to and that do not lie far out of the way, the best first.

    There are several, for the nearest water may be the mouth of a river that leads nowhere.
    """
    feet = (ways.foot(shore, QUAY_KM) for shore in _by_the_way(ways, area, towards))
    return [foot for foot in islice(feet, COMPARED) if foot]


def calling(
    ways: Ways, area: Area, around: tuple[Position, Position], reach_km: tuple[float, float]
) -> Position | None:
    """Find the point off a land's coast at which a ship between two places calls with the shortest way round."""
    before, after = around
    found: list[tuple[float, Position]] = []
    for shore in _by_the_way(ways, area, before, after=after):
        foot = ways.foot(shore, QUAY_KM)
        halves = foot and (
            ways.best(before, foot, (reach_km[0], QUAY_KM)),
            ways.best(foot, after, (QUAY_KM, reach_km[1])),
        )
        if foot and halves and halves[0] and halves[1]:
            found.append((halves[0].length_km + halves[1].length_km, foot))
        if len(found) == COMPARED:
            break
    return min(found)[1] if found else None


def _by_the_way(
    ways: Ways, area: Area, towards: Position, least_km: float = 0.0, after: Position | None = None
) -> Iterator[Position]:
    """Walk points of a land's coast, some way apart: those first that lie best between a place and another.

    The other is the middle of the land if it is not told.
    """
    points = _coast(ways, area)
    far = km_to(points, towards) + km_to(points, after or area.place.position)
    points = points[np.argsort(far, kind="stable")]
    points = points[km_to(points, towards) >= least_km]
    for _ in range(LOOKED_AT):
        if not len(points):
            return
        shore = Position(*points[0].tolist())
        yield shore
        points = points[km_to(points, shore) > SPACING_KM]


@lru_cache(maxsize=256)
def _coast(ways: Ways, area: Area) -> NDArray[np.float64]:
    """List points of an area's outline that ships come to, (k, 2)."""
    points = shapely.get_coordinates(shapely.boundary(area.outline()))
    cell = min(COARSEST, max(FINEST, area.radius_km / KM_A_DEGREE))
    _, first = np.unique(np.floor(points / cell), axis=0, return_index=True)
    points = points[np.sort(first)]
    return points[[ways.serves(Position(*point), QUAY_KM) for point in points.tolist()]]
