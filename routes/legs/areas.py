"""Drawing along a network to, from and between areas.

Where inside an area a way ends is never told, so it ends at the edge, or, where it starts inside, some way on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.position import Position, length_km, wrap
from routes.legs.coast import landing, served_coast
from routes.legs.drawing import Drawing, End
from routes.legs.ground import joined, up_to, within
from routes.legs.reach import PIN_REACH_KM, gaps, is_land, middle_way, reach_km
from routes.model import Basis

if TYPE_CHECKING:
    from routes.legs.ground import Area
    from routes.legs.ways import Ways

FADING = 0.25  # a line within an area runs on for this share of its radius: how far is not told


def into(ways: Ways, point: End, end: End) -> Drawing | None:
    """Draw from a point to an area's edge, or some way towards its middle where it lies inside."""
    area = end.area
    assert area is not None  # noqa: S101 - asked for areas only
    inside = bool(area.holds([point.position])[0])
    foothold = _foothold(ways, point, end, inside=inside)
    if foothold is None:
        return None
    path = ways.best(point.position, foothold, (reach_km(ways, point), PIN_REACH_KM))
    if path is None:
        return None
    name = area.place.name
    why = f"ends at the {_edge(ways, area)} of {name}: where inside is not told"
    if inside:
        why = f"along the {ways.track} into {name}: how far is not told"
    return Drawing(
        line=joined(point.position, *path.line),
        basis=Basis.SCHEMATIC if inside else Basis.NETWORK,
        notes=(why, *gaps(ways, path, (point,))),
        countries=path.countries,
        passages=path.passages,
        snap_km=() if inside else path.snap_km,
    )


def _foothold(ways: Ways, point: End, end: End, *, inside: bool) -> Position | None:
    """Find where the way from a point comes to an area, on the network."""
    area = end.area
    assert area is not None  # noqa: S101 - asked for areas only
    if is_land(ways, area):
        return None if inside else landing(ways, area, point.position, reach_km(ways, point))
    path = middle_way(ways, point, end)
    if path is None or not area.holds(path.line).any():
        return None
    kept = within(path.line, FADING * area.place.radius_km) if inside else up_to(path.line, area)
    return _wrapped(kept[-1])


def between(ways: Ways, origin: End, destination: End) -> Drawing | None:
    """Draw from one area to another: from edge to edge, or some way inside both where they touch."""
    a, b = origin.area, destination.area
    assert a is not None  # noqa: S101 - asked for areas only
    assert b is not None  # noqa: S101 - asked for areas only
    if origin.place == destination.place or a.holds([b.place.position])[0] or b.holds([a.place.position])[0]:
        return None
    ends = _voyage(ways, a, b) if is_land(ways, a) or is_land(ways, b) else _edges(ways, origin, destination)
    path = ends and ways.best(*ends, (PIN_REACH_KM, PIN_REACH_KM))
    if not path:
        return None
    why = f"along the {ways.track} between {a.place.name} and {b.place.name}: where inside them is not told"
    return Drawing(joined(*path.line), Basis.SCHEMATIC, (why,), countries=path.countries, passages=path.passages)


def _voyage(ways: Ways, a: Area, b: Area) -> tuple[Position, Position] | None:
    """Find where a voyage leaves one area and comes to another, one of them a land at least."""
    # a land may lie on two seas: what cannot be reached from its one coast may be from the other
    shores = _shores(ways, a, b) or (_shores(ways, b, a) or ())[::-1]
    path = ways.best(*shores, (PIN_REACH_KM, PIN_REACH_KM)) if shores else None
    if path is None:
        return None
    line = path.line if is_land(ways, a) else _from_edge(path.line[::-1], a)[::-1]
    line = line if is_land(ways, b) else _from_edge(line, b)
    return (_wrapped(line[0]), _wrapped(line[-1])) if len(line) > 1 else None


def _from_edge(line: tuple[Position, ...], water: Area) -> tuple[Position, ...]:
    """Cut a line off at the edge of a water, or some way on where it starts inside."""
    return within(line, FADING * water.radius_km) if water.holds(line[:1])[0] else up_to(line, water)


def _shores(ways: Ways, a: Area, b: Area) -> tuple[Position, Position] | None:
    """Find where ships leave one area, from where they come to another, and that; a water by its middle."""
    for start in _starts(ways, a, b):
        there = landing(ways, b, start) if is_land(ways, b) else _afloat(ways, b)
        if there:
            # neighbours lie on one shore: a voyage that can be seen starts some way off
            least_km = FADING * min(a.radius_km, b.radius_km)
            better = landing(ways, a, there, least_km=least_km) if is_land(ways, a) else None
            return better or start, there
    return None


def _starts(ways: Ways, area: Area, towards: Area) -> list[Position]:
    if is_land(ways, area):
        return served_coast(ways, area, towards.place.position)
    afloat = _afloat(ways, area)
    return [afloat] if afloat else []


def _afloat(ways: Ways, area: Area) -> Position | None:
    return ways.foot(area.place.position, area.radius_km)


def _edges(ways: Ways, origin: End, destination: End) -> tuple[Position, Position] | None:
    """Find where the way between two areas leaves the one and comes to the other."""
    a, b = origin.area, destination.area
    path = middle_way(ways, origin, destination)
    if path is None or a is None or b is None:
        return None
    in_b = b.holds(path.line)
    in_a = a.holds(path.line)
    if not in_b.any() or not in_a.any():
        return None
    first = int(in_b.argmax())
    before = in_a[: first + 1].nonzero()[0]
    if not len(before):
        return None
    last = int(before[-1])
    outside = path.line[last : first + 1]
    if length_km(outside) > FADING * min(a.place.radius_km, b.place.radius_km):
        return _wrapped(outside[0]), _wrapped(outside[-1])
    back = within(path.line[last::-1], FADING * a.place.radius_km) if last else path.line[:1]
    on = within(path.line[first:], FADING * b.place.radius_km)
    return _wrapped(back[-1]), _wrapped(on[-1])


def _edge(ways: Ways, area: Area) -> str:
    return "coast" if is_land(ways, area) else "edge"


def _wrapped(position: Position) -> Position:
    return Position(wrap(position.longitude), position.latitude)
