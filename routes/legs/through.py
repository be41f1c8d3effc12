"""Stops that a way passes: an area, a water, a strait, a canal, a cape between two other stops.

One path from the stop before to the stop after touches it. Where it does so the stop is pinned down, so that the legs
before and after it are parts of one way.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.gazetteer import Feature
from geodata.position import Position, distance_km, geodesic, wrap
from routes.legs.coast import calling
from routes.legs.drawing import PASSED
from routes.legs.ground import Area, area_of, dense, km_to
from routes.legs.reach import footed, is_land, middle_way, reach_km
from routes.legs.rules import FREE, Rules
from routes.legs.ways import passages, ways_of
from routes.model import Mode, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.networks import Path
    from geodata.world import World
    from routes.legs.drawing import End
    from routes.legs.ways import Ways
    from routes.model import Claim

STEP_KM = 10.0
APART_KM = 0.01
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
        by_one_means = claim.modes[k] is claim.modes[k - 1]
        if by_one_means and _is_passed(claim, k) and before and passed and after and before.place != after.place:
            down = _pinned(passed, claim.modes[k], (before, after), world, rules)
            # where the way touches it only at an end, there would be no leg between them
            at_an_end = any(distance_km(down.position, end.position) < APART_KM for end in (before, after))
            found[k] = passed if at_an_end else down
    return found


def _is_passed(claim: Claim, k: int) -> bool:
    """Tell whether a stop is ground that the way on from it leads over, rather than a point that is called at."""
    stop, place = claim.stops[k], claim.stops[k].place
    if stop.role is not Role.VIA or place is None or k >= len(claim.modes):
        return False
    if place.feature is Feature.RIVER and claim.modes[k] is not Mode.RIVER:
        return False  # a river is long: to touch it anywhere tells nothing
    return place.area or place.feature in PASSED


def _next_call(claim: Claim, k: int) -> int:
    """Find the next stop by the same means that is not only passed, failing that the last."""
    last = k
    while last < len(claim.modes) and claim.modes[last] is claim.modes[k]:
        last += 1
        if not _is_passed(claim, last):
            break
    return last


def _pinned(passed: End, mode: Mode, around: tuple[End, End], world: World, rules: Rules) -> End:
    """Pin down a stop to the way between those around it; one that no way touches stays as it is."""
    before, after = around
    ground = area_of(passed.place, world)
    ways = ways_of(mode, world, rules)
    if ways is not None:
        return _on_network(ways, around, passed, ground)
    return passed.at(_in_the_air(before.position, ground, after.position)) if mode is Mode.AIR else passed


def _on_network(ways: Ways, around: tuple[End, End], passed: End, ground: Area) -> End:
    before, after = (footed(ways, end, ground.place.position) for end in around)
    if is_land(ways, ground):
        reach = reach_km(ways, before), reach_km(ways, after)
        port = calling(ways, ground, (before.position, after.position), reach)
        return passed.at(port) if port else passed
    gate = ways.gate(ground.place.id)
    if gate and gate.geom_type == "LineString":  # a gate of several straits is passed by any of them
        path, rules = _through_gate(ways, (before, after), ground.place.id)
    else:
        path, rules = middle_way(ways, before, after, gate or _offing(ground).outline()), FREE
    if path is None:
        return passed
    end = passed.at(_touching(dense(path.line, STEP_KM), ground))
    return replace(end, rules=rules.also(_kept_to(path, ways.under(rules), before, end, after)))


def _through_gate(ways: Ways, ends: tuple[End, End], gate: str) -> tuple[Path | None, Rules]:
    """Find a way that goes through a gate, not to it and back, if there is one, and the rules that make it so.

    Who sails through the Bering Strait to Asia takes the Northern Sea Route, though ships do not as a rule.
    """
    path = middle_way(ways, *ends, ways.gate(gate))
    if path and not _doubles_back(path, gate):
        return path, FREE
    rules = Rules(opened=frozenset(one for one in passages(ways.network) if one.startswith("strait:")))
    other = middle_way(ways.under(rules), *ends, ways.gate(gate))
    return (other, rules) if other and not _doubles_back(other, gate) else (path, FREE)


def _kept_to(path: Path, ways: Ways, before: End, passed: End, after: End) -> Rules:
    """Close what the legs to and from a stop would use, each for itself, but the way as a whole does not.

    Who sails from Odesa around the Cape of Good Hope to Mombasa does not come to it through the Red Sea.
    """
    astray = {passage for half in _halves(ways, before, passed, after) for passage in half.passages}
    rules = Rules(closed=frozenset(astray - {*path.passages}))
    return rules if len(_halves(ways.under(rules), before, passed, after)) == 2 else FREE


def _halves(ways: Ways, before: End, passed: End, after: End) -> list[Path]:
    return [path for path in (middle_way(ways, before, passed), middle_way(ways, passed, after)) if path]


def _doubles_back(path: Path, gate: str) -> bool:
    """Tell whether a way turns round at a gate, and does not pass it, or uses a passage twice."""
    return gate not in path.passages or len({*path.passages}) < len(path.passages)


def _in_the_air(before: Position, ground: Area, after: Position) -> Position:
    """Find where the shortest flight enters an area, or the point of its edge that takes it least out of its way."""
    line = geodesic(before, after, STEP_KM)
    if ground.holds(line).any():
        return _touching(line, ground)
    shores = shapely.get_coordinates(ground.outline())
    round_about = km_to(shores, before) + km_to(shores, after)
    return Position(*shores[int(round_about.argmin())].tolist())


def _touching(line: tuple[Position, ...], ground: Area) -> Position:
    """Find where a line comes nearest to the middle of an area, within it if it enters it."""
    inside = tuple(itertools.compress(line, ground.holds(line))) or line
    point = inside[int(km_to(np.array(inside), ground.place.position).argmin())]
    return Position(wrap(point.longitude), point.latitude)


def _offing(ground: Area) -> Area:
    """Widen the ground of a cape or an island, which ships give a wide berth."""
    least = OFFING_KM.get(ground.place.feature, 0.0)
    return Area(ground.place, None, max(least, ground.radius_km)) if least else ground
