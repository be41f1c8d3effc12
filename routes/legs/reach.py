"""How far from a network a stop may lie, and where an area's middle meets one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer import Feature
from routes.legs.coast import served_coast
from routes.legs.drawing import PASSED, End
from routes.legs.ways import REACH_KM
from routes.model import Mode

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geodata.networks import Path
    from geodata.position import Position
    from routes.legs.ground import Area
    from routes.legs.ways import Ways

SEA_REACH_KM = 50.0  # quays lie up rivers and behind islands
PIN_REACH_KM = 5.0  # a point of the way itself
AFLOAT = frozenset({Feature.WATER, Feature.STRAIT, Feature.CANAL})
STEPS = (1, 4, 12, 400)  # times the reach: how far from the middle of an area its tracks are looked for


def reach_km(ways: Ways, end: End) -> float:
    """How far from a stop the network may lie."""
    if end.passed:
        return PIN_REACH_KM
    least = SEA_REACH_KM if ways.mode is Mode.SEA else REACH_KM
    place = end.place
    if place.feature is Feature.RIVER and ways.mode is not Mode.RIVER:
        return least  # a river is long: the nearest track to its middle tells nothing
    return max(least, place.radius_km) if place.feature in PASSED else least


def middle_way(ways: Ways, origin: End, destination: End, via: BaseGeometry | None = None) -> Path | None:
    """Find the way to the track nearest to the middle of each end that is an area; `via` is ground to touch."""
    reach = _nearest(ways, origin), _nearest(ways, destination)
    if None in reach:
        return None
    widest = _widest(ways, origin), _widest(ways, destination)
    # the nearest track may be one that leads nowhere
    for start, end in dict.fromkeys((reach, widest)):
        path = ways.best(origin.position, destination.position, (start or 0.0, end or 0.0), via)
        if path is not None:
            return path
    return None


def _nearest(ways: Ways, end: End) -> float | None:
    """How far from the middle of an area its tracks are looked for; None where it has none."""
    if end.area is None:
        return reach_km(ways, end)
    wide = (min(_widest(ways, end), step * reach_km(ways, end)) for step in STEPS)
    return next((km for km in wide if ways.serves(end.position, km)), None)


def _widest(ways: Ways, end: End) -> float:
    return max(reach_km(ways, end), end.place.radius_km) if end.area else reach_km(ways, end)


def footed(ways: Ways, end: End, towards: Position) -> End:
    """Give a land as the end of a voyage as the point of its coast that lies best for it, where there is one."""
    if end.area is None or not is_land(ways, end.area):
        return end
    coast = served_coast(ways, end.area, towards)
    return end.at(coast[0]) if coast else end


def is_land(ways: Ways, area: Area) -> bool:
    """Tell whether a ship can only come to the coast of an area."""
    return ways.mode is Mode.SEA and area.place.area and area.place.feature not in AFLOAT


def gaps(ways: Ways, path: Path, ends: tuple[End, ...]) -> tuple[str, ...]:
    """Tell which ends lie so far from a way that the gap must be told; a way may have more ends than are told of."""
    return tuple(
        f"{end.place.name} is {km:.0f} km from the nearest {ways.track}: the gap is drawn straight"
        for end, km in zip(ends, path.snap_km, strict=False)
        if km > REACH_KM
    )
