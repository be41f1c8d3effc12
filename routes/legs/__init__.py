"""Draw claims: each pair of neighbouring stops becomes a leg, along a network where there is one.

A leg never looks surer than it is. What runs on rails, roads, water or through pipes follows their networks; flights
between two points are geodesics; all else is a straight link and says ``SCHEMATIC``. A leg to an area ends at its edge,
since where inside is not told; a leg through one is part of a way that touches it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from routes.legs.drawing import PASSED, Drawing, End
from routes.legs.ground import area_of
from routes.legs.networked import along
from routes.legs.rules import FREE, Rules, spoken_of
from routes.legs.straight import flight, reason, straight
from routes.legs.through import pinned
from routes.legs.ways import ways_of
from routes.model import Leg, Mode, Role, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.gazetteer import Place
    from geodata.world import World
    from routes.legs.ways import Ways
    from routes.model import Claim, Stop

__all__ = ["FREE", "Rules", "alternatives", "spoken_of", "trace"]

DECLARED = "only declared, the journey passes it by"


def trace(claim: Claim, world: World, route_id: str, rules: Rules = FREE) -> Route:
    """Draw a claim: a leg for each pair of neighbouring stops, and one to each declared destination.

    A declared destination is no stop of the journey: the way passes it by; the leg to it comes last and is straight.

    Parameters
    ----------
    claim : Claim
    world : World
        Where the networks and the shapes of areas are.
    route_id : str
        What the route will be called.
    rules : Rules
        Countries to prefer besides those of the stops, and what must not be used.

    Returns
    -------
    Route
        Networks enter countries that the claim does not name only where no way avoids them. A leg has a length only
        where both its ends are points, or pinned down by a way that touches them; it has no line where an end is not
        placed, and says so.
    """
    return Route(route_id, claim, alternatives(claim, world, rules, 1)[0])


def alternatives(claim: Claim, world: World, rules: Rules, count: int) -> tuple[tuple[Leg, ...], ...]:
    """Draw a claim in up to `count` ways, the best first; see `trace`.

    Returns
    -------
    tuple of tuple of Leg
        At least one. The further ones, by length, each go another way between two of the stops.
    """
    rules = _with_stops(claim, world, rules)
    feigned = tuple(_feigned(claim, world))
    if sum(stop.role is not Role.DECLARED_DESTINATION for stop in claim.stops) < 2:
        return (feigned,)
    claim = _journey(claim)
    ends = pinned(claim, [_end(stop.place, world) for stop in claim.stops], world, rules)
    pairs = zip(pairwise(claim.stops), pairwise(ends), claim.modes, strict=True)
    every = [_legs(stops, pair, mode, world, rules, count) for stops, pair, mode in pairs]
    best = tuple(ways[0] for ways in every)
    others = [(*best[:k], leg, *best[k + 1 :]) for k, ways in enumerate(every) for leg in ways[1:]]
    others.sort(key=lambda legs: sum(leg.length_km or 0.0 for leg in legs))
    return tuple((*legs, *feigned) for legs in (best, *others[: count - 1]))


def _journey(claim: Claim) -> Claim:
    """Leave out the declared destinations, which no journey leads to."""
    kept = [k for k, stop in enumerate(claim.stops) if stop.role is not Role.DECLARED_DESTINATION]
    stops = tuple(claim.stops[k] for k in kept)
    if len(stops) == len(claim.stops):
        return claim
    # The mode before a declared destination is that of the journey, as is the one after it.
    return replace(claim, stops=stops, modes=tuple(claim.modes[k - 1] for k in kept[1:]))


def _feigned(claim: Claim, world: World) -> Iterator[Leg]:
    """Draw a straight link from the stop before it to each declared destination: what papers say."""
    before: Stop | None = None
    for stop in claim.stops:
        if stop.role is not Role.DECLARED_DESTINATION:
            before = stop
            continue
        ends = (before and _end(before.place, world), _end(stop.place, world))
        if before and ends[0] and ends[1] and ends[0].position != ends[1].position:
            drawn = straight(ends[0], ends[1], DECLARED)
            yield Leg(before, stop, Mode.UNKNOWN, line=drawn.line, basis=drawn.basis, why="; ".join(drawn.notes))


def _with_stops(claim: Claim, world: World, rules: Rules) -> Rules:
    """Prefer the countries of the stops, and open the passages among them."""
    places = [stop.place for stop in claim.stops if stop.place]
    countries = {_country(place, world) for place in places} - {None}
    return replace(
        rules,
        countries=rules.countries | {country for country in countries if country},
        opened=rules.opened | {place.id for place in places if place.feature in PASSED},
    )


def _country(place: Place, world: World) -> str | None:
    """Give the country of a place; one of a user's own may not say it."""
    if place.country or place.area or place.feature in PASSED:
        return place.country
    return world.regions.country_at(place.position)


def _end(place: Place | None, world: World) -> End | None:
    if place is None:
        return None
    return End(place, place.position, area_of(place, world) if place.area else None)


def _legs(
    stops: tuple[Stop, Stop], ends: tuple[End | None, End | None], mode: Mode, world: World, rules: Rules, count: int
) -> list[Leg]:
    """Draw up to `count` ways between two stops, at least one."""
    origin, destination = ends
    if origin is None or destination is None:
        names = " and ".join(stop.name for stop in stops if stop.place is None)
        return [Leg(*stops, mode, why=f"not drawn: {names} could not be placed")]
    if origin.position == destination.position:
        return [Leg(*stops, mode, why=f"not drawn: both ends are at {stops[0].name}")]
    passed = tuple(f"passes {end.place.name} where the shortest way does" for end in ends if end and end.passed)
    return [
        Leg(
            *stops,
            mode,
            line=drawing.line,
            length_km=drawing.length_km,
            basis=drawing.basis,
            countries=drawing.countries,
            inferred_countries=tuple(dict.fromkeys(it for it in drawing.countries if it not in rules.countries)),
            passages=tuple(passage for passage, _ in groupby(drawing.passages)),
            snap_km=drawing.snap_km,
            why="; ".join((*drawing.notes, *passed)),
        )
        for drawing in _drawings(origin, destination, mode, _ways(mode, world, rules, origin, destination), count)
    ]


def _ways(mode: Mode, world: World, rules: Rules, origin: End, destination: End) -> Ways | None:
    return ways_of(mode, world, rules.also(origin.rules).also(destination.rules))


def _drawings(origin: End, destination: End, mode: Mode, ways: Ways | None, count: int) -> Sequence[Drawing]:
    """Draw along a network if there is a way, straight if not."""
    if ways is not None and (found := along(ways, origin, destination, count)):
        return found
    if mode is Mode.AIR and not (origin.area or destination.area):
        return [flight(origin, destination)]
    return [straight(origin, destination, reason(mode, ways, origin, destination))]
