"""Where a ship comes to a land of which no port is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.position import Position, distance_km, wrap
from routes.legs.ground import km_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.legs.ground import Area
    from routes.legs.ways import Ways

QUAY_KM = 30.0  # how far from the coast of a land the shipping lanes may lie
SPACING_KM = 100.0
LOOKED_AT = 60  # points of the outline: most of a land's border is no coast
COMPARED = 4  # of those that ships come to


def landing(ways: Ways, area: Area, origin: Position, reach_km: float = QUAY_KM) -> Position | None:
    """Find the point of a land's coast that lies best for a ship from somewhere.

    Of the nearest ones it is that from which the voyage and the rest of the way to the middle of the land are shortest.
    """
    if not ways.serves(origin, reach_km):
        return None
    middle = area.place.position
    found: list[tuple[float, Position]] = []
    for shore in _outline(area, origin):
        path = ways.best(origin, shore, (reach_km, QUAY_KM))
        if path is not None:
            end = Position(wrap(path.line[-1].longitude), path.line[-1].latitude)
            found.append((path.length_km + path.snap_km[1] + distance_km(shore, middle), end))
        if len(found) == COMPARED:
            break
    return min(found)[1] if found else None


def served_coast(ways: Ways, area: Area, towards: Position) -> Position | None:
    """Find a point off a land's coast that ships come to and that does not lie far out of the way."""
    feet = (ways.foot(shore, QUAY_KM) for shore in _outline(area, towards))
    return next((foot for foot in feet if foot), None)


def _outline(area: Area, towards: Position) -> Iterator[Position]:
    """Walk points of an area's outline, some way apart, those first that lie best between its middle and a place."""
    points = shapely.get_coordinates(shapely.boundary(area.outline()))
    far = km_to(points, towards) + km_to(points, area.place.position)
    points = points[np.argsort(far, kind="stable")]
    for _ in range(LOOKED_AT):
        if not len(points):
            return
        shore = Position(*points[0].tolist())
        yield shore
        points = points[km_to(points, shore) > SPACING_KM]
