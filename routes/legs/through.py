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
from routes.legs.networked import footed, middle_way
from routes.legs.ways import ways_of
from routes.model import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Place
    from geodata.world import World
    from routes.legs.drawing import End
    from routes.legs.rules import Rules
    from routes.legs.ways import Ways

STEP_KM = 10.0
OFFING_KM = {Feature.CAPE: 300.0, Feature.ISLAND: 100.0}  # how far off a ship may pass what it sails around


def pinned(ends: Sequence[End | None], modes: Sequence[Mode], world: World, rules: Rules) -> list[End | None]:
    """Pin down the stops that the way only passes, where it is travelled by one means before and after.

    Parameters
    ----------
    ends : sequence of End or None
        One for each stop; None where it has no place.
    modes : sequence of Mode
        One for each pair of neighbours.
    world : World
    rules : Rules

    Returns
    -------
    list of End or None
        Stops that no way touches, and all others, stay as they are.
    """
    found = list(ends)
    for k in range(1, len(ends) - 1):
        before, passed, mode = found[k - 1], found[k], modes[k]
        if before is None or passed is None or mode is not modes[k - 1] or not _is_passed(passed.place):
            continue
        after = _next_call(found, modes, k)
        if after is None or before.place == after.place:
            continue
        ways = ways_of(mode, world, rules)
        if ways is not None:
            touched = _on_network(ways, before, area_of(passed.place, world), after)
        elif mode is Mode.AIR:
            touched = _in_the_air(before.position, area_of(passed.place, world), after.position)
        else:
            touched = None
        found[k] = passed.at(touched) if touched else passed
    return found


def _is_passed(place: Place) -> bool:
    return place.area or place.feature in PASSED


def _next_call(ends: Sequence[End | None], modes: Sequence[Mode], k: int) -> End | None:
    """Find the next stop by the same means that is not only passed, failing that the last."""
    last = k
    while last < len(modes) and modes[last] is modes[k]:
        last += 1
        end = ends[last]
        if end is None or not _is_passed(end.place):
            return end
    return ends[last]


def _on_network(ways: Ways, before: End, ground: Area, after: End) -> Position | None:
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
