"""Stops that a way passes: an area, a water, a strait, a canal, a cape between two other stops.

One path from the stop before to the stop after touches it. Where it does so the stop is pinned down, so that the legs
before and after it are parts of one way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geodata.gazetteer import Feature
from geodata.position import Position, geodesic, wrap
from routes.legs.drawing import PASSED
from routes.legs.ground import Area, area_of, dense, km_to, up_to
from routes.legs.reach import footed, middle_way
from routes.legs.ways import ways_of
from routes.model import Mode, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World
    from routes.legs.drawing import End
    from routes.legs.rules import Rules
    from routes.legs.ways import Ways
    from routes.model import Claim, Stop

STEP_KM = 10.0
OFFING_KM = {Feature.CAPE: 300.0, Feature.ISLAND: 100.0}  # how far off a ship may pass what it sails around


def pinned(claim: Claim, ends: Sequence[End | None], world: World, rules: Rules) -> list[End | None]:
    """Pin down the stops that the way only passes, where it is travelled by one means before and after.

    Parameters
    ----------
    claim : Claim
    ends : sequence of End or None
        One for each stop; None where it has no place.
    world : World
    rules : Rules

    Returns
    -------
    list of End or None
        Stops that no way touches, and all others, stay as they are. No way need touch a declared destination.
    """
    found = list(ends)
    for k in range(1, len(ends) - 1):
        before, passed, after = found[k - 1], found[k], found[_next_call(claim, k)]
        if not (before and passed and after) or before.place == after.place:
            continue
        if claim.modes[k] is not claim.modes[k - 1] or not _is_passed(claim.stops[k]):
            continue
        touched = _touched(claim.modes[k], (before, after), area_of(passed.place, world), world, rules)
        found[k] = passed.at(touched) if touched else passed
    return found


def _is_passed(stop: Stop) -> bool:
    place = stop.place
    return stop.role is Role.VIA and place is not None and (place.area or place.feature in PASSED)


def _next_call(claim: Claim, k: int) -> int:
    """Find the next stop by the same means that is not only passed, failing that the last."""
    last = k
    while last < len(claim.modes) and claim.modes[last] is claim.modes[k]:
        last += 1
        if not _is_passed(claim.stops[last]):
            break
    return last


def _touched(mode: Mode, ends: tuple[End, End], ground: Area, world: World, rules: Rules) -> Position | None:
    """Find a point of the way between two stops that touches some ground on it, if there is one."""
    ways = ways_of(mode, world, rules)
    if ways is not None:
        return _on_network(ways, *ends, ground)
    if mode is not Mode.AIR:
        return None
    before, after = ends
    return _in_the_air(before.position, ground, after.position)


def _on_network(ways: Ways, before: End, after: End, ground: Area) -> Position | None:
    before = footed(ways, before, ground.place.position)
    after = footed(ways, after, ground.place.position)
    gate = ways.gate(ground.place.id)
    path = middle_way(ways, before, after, gate or _offing(ground).outline())
    if path is None:
        return None
    return _touching(dense(path.line, STEP_KM), ground)


def _in_the_air(before: Position, ground: Area, after: Position) -> Position:
    """Find where the shortest flight enters an area, or the point of its edge that takes it least out of its way."""
    line = geodesic(before, after, STEP_KM)
    if ground.holds(line).any():
        return _touching(line, ground)
    shores = shapely.get_coordinates(ground.outline())
    round_about = km_to(shores, before) + km_to(shores, after)
    return Position(*shores[int(round_about.argmin())].tolist())


def _touching(line: tuple[Position, ...], ground: Area) -> Position:
    """Find where a line enters an area, or leaves it, or comes nearest to its point."""
    inside = ground.holds(line)
    if ground.place.area and inside.any() and not inside[0]:
        point = up_to(line, ground)[-1]
    elif ground.place.area and inside.any() and not inside[-1]:
        point = up_to(line[::-1], ground)[-1]
    else:
        point = line[ground.nearest(line)]
    return Position(wrap(point.longitude), point.latitude)


def _offing(ground: Area) -> Area:
    """Widen the ground of a cape or an island, which ships give a wide berth."""
    least = OFFING_KM.get(ground.place.feature, 0.0)
    return Area(ground.place, None, max(least, ground.radius_km)) if least else ground
