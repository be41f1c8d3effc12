"""What is to be avoided and what is allowed, by name: passages are closed or opened, countries barred."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from geodata.gazetteer import Feature
from geodata.position import distance_km
from routes.errors import TraceError
from routes.legs.rules import FREE, Rules
from routes.legs.ways import passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.gazetteer import Place
    from geodata.world import World
    from routes.model import Mode

MENTIONED = 5  # passages in a message


def limits(avoid: Sequence[str], allow: Sequence[str], mode: Mode, places: Sequence[Place], world: World) -> Rules:
    """Make rules of what someone wishes.

    Parameters
    ----------
    avoid, allow : sequence of str
        Names in any language, or ids.
    mode : Mode
    places : sequence of Place
        The stops.
    world : World

    Raises
    ------
    TraceError
        Where a name means nothing that can be avoided or allowed by this mode, or a stop lies in what is avoided.
    """
    if not (avoid or allow):
        return FREE
    network = world.network(mode.value)
    if network is None:
        raise TraceError(f"the mode {mode.value!r} follows no network, so nothing can be avoided or allowed on it")
    known = passages(network)
    closed: set[str] = set()
    barred: set[str] = set()
    for name in avoid:
        ids, codes = _shunned(name, known, world)
        closed |= ids
        barred |= codes
    opened = frozenset(_passage(name, known, world) for name in allow)
    _check_stops(places, closed, barred)
    if both := closed & opened:
        raise TraceError(f"{_names(sorted(both), world)} cannot be both avoided and allowed")
    return Rules(barred=frozenset(barred), closed=frozenset(closed), opened=opened)


def _shunned(name: str, known: frozenset[str], world: World) -> tuple[set[str], set[str]]:
    """Give what a name closes and what it bars."""
    found = _meant(name, world)
    for place in found:
        if place.id in known:
            return {place.id}, set()
        if place.feature is Feature.COUNTRY and place.country:
            return set(), {place.country}
        if place.feature is Feature.REGION and (codes := _countries_in(place, world)):
            return set(), codes
    if name in known:
        return {name}, set()
    raise TraceError(_no_limit(name, found, known, world, "avoided", "countries, regions of several countries and"))


def _passage(name: str, known: frozenset[str], world: World) -> str:
    if name in known:
        return name
    found = _meant(name, world)
    ids = [place.id for place in found if place.id in known]
    if not ids:
        raise TraceError(_no_limit(name, found, known, world, "allowed", "only"))
    return ids[0]


def _meant(name: str, world: World) -> list[Place]:
    """Give the places that a name or an id may mean, the best first."""
    try:
        return [world.gazetteer.place(name)]
    except LookupError:
        return [candidate.place for candidate in world.gazetteer.candidates(name)]


def _countries_in(region: Place, world: World) -> set[str]:
    """List the countries that lie in a region, by their middles."""
    every = (place_id for place_id in world.regions.ids() if place_id.startswith("country:"))
    countries = (world.gazetteer.place(place_id) for place_id in every)
    return {it.country for it in countries if it.country and world.regions.contains(region, it)}


def _check_stops(places: Sequence[Place], closed: set[str], barred: set[str]) -> None:
    for place in places:
        if place.id in closed:
            raise TraceError(f"{place.name} is a stop and cannot be avoided")
        if place.country in barred:
            raise TraceError(f"{place.name} lies in {place.country}, which is to be avoided")


def _no_limit(name: str, found: Sequence[Place], known: frozenset[str], world: World, done: str, besides: str) -> str:
    what = f"{name!r} is a {found[0].feature.value}" if found else f"no place called {name!r} is in the gazetteer"
    can = f"{what}; what can be {done} are {besides} passages"
    if not known:
        return f"{can}, of which this network has none"
    near = _near(found[0], known, world) if found else sorted(known)[:MENTIONED]
    return f"{can}, such as {_names(near, world)}"


def _near(place: Place, known: frozenset[str], world: World) -> list[str]:
    """List the passages that are nearest to a place."""
    passages: list[Place] = []
    for place_id in known:
        with suppress(LookupError):
            passages.append(world.gazetteer.place(place_id))
    passages.sort(key=lambda passage: (distance_km(place.position, passage.position), passage.id))
    return [passage.id for passage in passages[:MENTIONED]]


def _names(ids: Iterable[str], world: World) -> str:
    return ", ".join(name_of(place_id, world) for place_id in ids)


def name_of(place_id: str, world: World) -> str:
    """Name a passage; a network may have some that the gazetteer has not."""
    try:
        return world.gazetteer.place(place_id).name
    except LookupError:
        return place_id
