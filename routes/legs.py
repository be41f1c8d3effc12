"""Draw claims: each pair of neighbouring stops becomes a leg, along a network where there is one.

A leg never looks surer than it is. Rail follows the railway network; flights between two points are geodesics; all
else is a straight link and says ``SCHEMATIC``. A link to an area ends at its edge, since where inside is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.position import WGS84, Position, geodesic, length_km, unwrap, wrap
from routes.model import Basis, Leg, Mode, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry import MultiPolygon, Polygon

    from geodata.gazetteer import Place
    from geodata.networks import Network
    from geodata.world import World
    from routes.model import Claim, Stop

REACH_KM = 25.0  # how far from a network a place may lie, as in geodata.networks, which is only imported when needed
STRAIGHT = "drawn as a straight link: "
NOT_TRACED = {
    Mode.UNKNOWN: "the means of transport is not told",
    Mode.RAIL: "no railway was found between them",
    Mode.ROAD: "roads are not traced",
    Mode.SEA: "sea lanes are not traced",
    Mode.RIVER: "rivers are not traced",
    Mode.AIR: "flight paths are not traced",
    Mode.PIPELINE: "pipelines are not traced",
}
FLIGHT = "the shortest way over the ground; the flight path is not told"
FADING = 0.25  # a line within an area runs on for this share of its radius: how far is not told
CLIP_STEP_KM = 10.0
WORTH_CLIPPING = 0.1  # where less than this share of a link lies between two areas, it is drawn into them
HALVINGS = 16  # of a step of 10 km: to a metre


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A line and what can be said of it."""

    line: tuple[Position, ...]
    basis: Basis
    why: str
    countries: tuple[str, ...] = ()
    snap_km: tuple[float, ...] = ()

    def turned(self) -> _Drawing:
        """Turn round, from the destination to the origin."""
        return _Drawing(self.line[::-1], self.basis, self.why, self.countries[::-1], self.snap_km[::-1])


@dataclass(frozen=True, slots=True)
class _Area:
    """The ground that an area covers: its shape, or a disc where it has none."""

    place: Place
    shape: Polygon | MultiPolygon | None

    def holds(self, positions: Sequence[Position]) -> NDArray[np.bool_]:
        """Tell which positions, wrapped or not, lie within."""
        longitudes = np.array([wrap(position.longitude) for position in positions])
        latitudes = np.array([position.latitude for position in positions])
        if self.shape is not None:
            return np.asarray(shapely.contains_xy(self.shape, longitudes, latitudes), dtype=bool)
        middle = np.broadcast_to(self.place.position, (len(positions), 2)).T
        metres = np.asarray(WGS84.inv(longitudes, latitudes, *middle)[2])
        return metres <= self.place.radius_km * 1000


def trace(claim: Claim, world: World, route_id: str) -> Route:
    """Draw a claim, one leg for each pair of neighbouring stops.

    Parameters
    ----------
    claim : Claim
    world : World
        Where the networks and the shapes of areas are.
    route_id : str
        What the route will be called.

    Returns
    -------
    Route
        Networks enter countries that the claim does not name only where no way avoids them. A leg has a length only
        where both its ends are points; it has no line where an end is not placed, and says so.
    """
    places = [stop.place for stop in claim.stops if stop.place]
    countries = frozenset(place.country for place in places if place.country)
    ends = zip(pairwise(claim.stops), claim.modes, strict=True)
    return Route(route_id, claim, tuple(_leg(a, b, mode, countries, world) for (a, b), mode in ends))


def _leg(origin: Stop, destination: Stop, mode: Mode, countries: frozenset[str], world: World) -> Leg:
    """Draw the way between two stops."""
    if origin.place is None or destination.place is None:
        names = " and ".join(stop.name for stop in (origin, destination) if stop.place is None)
        return Leg(origin, destination, mode, why=f"not drawn: {names} could not be placed")
    if origin.place.position == destination.place.position:
        return Leg(origin, destination, mode, why=f"not drawn: both ends are at {origin.name}")
    drawing = _draw(origin.place, destination.place, mode, countries, world)
    points = not (origin.place.area or destination.place.area)
    return Leg(
        origin,
        destination,
        mode,
        line=drawing.line,
        length_km=length_km(drawing.line) if points else None,
        basis=drawing.basis,
        countries=drawing.countries,
        snap_km=drawing.snap_km,
        why=drawing.why,
    )


def _draw(origin: Place, destination: Place, mode: Mode, countries: frozenset[str], world: World) -> _Drawing:
    """Draw along a network if there is a way, straight if not."""
    network = world.network(mode.value)
    if network is not None:
        drawing = _along(network, origin, destination, countries, world)
        if drawing is not None:
            return drawing
    if mode is Mode.AIR and not (origin.area or destination.area):
        return _Drawing(geodesic(origin.position, destination.position), Basis.GEODESIC, FLIGHT)
    return _straight(origin, destination, mode, world)


def _along(
    network: Network, origin: Place, destination: Place, countries: frozenset[str], world: World
) -> _Drawing | None:
    """Draw along a network; None where it does not lead there, and between two areas."""
    if origin.area and destination.area:
        return None
    if destination.area:
        return _into(network, origin, _area(destination, world), countries)
    if origin.area:
        drawing = _into(network, destination, _area(origin, world), countries)
        return drawing and drawing.turned()
    path = network.path(origin.position, destination.position, countries=countries)
    if path is None:
        return None
    line = _joined(origin.position, *path.line, destination.position)
    return _Drawing(line, Basis.NETWORK, "", path.countries, path.snap_km)


def _into(network: Network, point: Place, area: _Area, countries: frozenset[str]) -> _Drawing | None:
    """Draw along a network from a point to an area's edge, or some way towards its middle where it lies inside."""
    name, radius_km = area.place.name, area.place.radius_km
    reach_km = (REACH_KM, max(REACH_KM, radius_km))
    path = network.path(point.position, area.place.position, countries=countries, reach_km=reach_km)
    if path is None or not area.holds(path.line).any():
        return None
    inside = bool(area.holds([point.position])[0])
    end = (_within(path.line, FADING * radius_km) if inside else _up_to(path.line, area))[-1]
    path = network.path(point.position, Position(wrap(end.longitude), end.latitude), countries=countries)
    if path is None:
        return None
    line = _joined(point.position, *path.line)
    if inside:
        why = f"along the network into {name}: how far is not told"
        return _Drawing(line, Basis.SCHEMATIC, why, path.countries)
    why = f"ends at the edge of {name}: where inside is not told"
    return _Drawing(line, Basis.NETWORK, why, path.countries, path.snap_km)


def _straight(origin: Place, destination: Place, mode: Mode, world: World) -> _Drawing:
    """Draw a straight link that ends at the edges of areas, or in the middle of one that holds the other end."""
    reason = NOT_TRACED[mode]
    if mode is Mode.RAIL and origin.area and destination.area:
        reason = "which railway joins the areas is not told"
    notes = [STRAIGHT + reason]
    whole = clipped = geodesic(origin.position, destination.position, CLIP_STEP_KM)
    for place, other, way in ((destination, origin, 1), (origin, destination, -1)):
        if place.area and _area(place, world).holds([other.position])[0]:
            notes.append(f"runs into {place.name}: where inside is not told")
        elif place.area:
            clipped = _up_to(clipped[::way], _area(place, world))[::way]
            notes.append(f"ends at the edge of {place.name}: where inside is not told")
    if length_km(clipped) < WORTH_CLIPPING * length_km(whole):
        clipped, notes = whole, [notes[0], "runs into the areas, since too little lies between them"]
    return _Drawing(geodesic(clipped[0], clipped[-1]), Basis.SCHEMATIC, "; ".join(notes))


def _area(place: Place, world: World) -> _Area:
    """Look up the ground that an area covers."""
    shape = world.regions.shape(place.id)
    if shape is not None:
        shapely.prepare(shape)
    return _Area(place, shape)


def _up_to(line: tuple[Position, ...], area: _Area) -> tuple[Position, ...]:
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


def _within(line: tuple[Position, ...], limit_km: float) -> tuple[Position, ...]:
    """Keep as much of a line as is no longer than a limit; its first segment at least."""
    so_far = 0.0
    for count, segment in enumerate(pairwise(line), start=1):
        so_far += length_km(segment)
        if so_far > limit_km:
            return line[: max(count, 2)]
    return line


def _joined(*positions: Position) -> tuple[Position, ...]:
    """Make one line of positions, none twice in a row."""
    line = unwrap(positions)
    return (line[0], *(b for a, b in pairwise(line) if a != b))
