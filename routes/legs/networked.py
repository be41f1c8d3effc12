"""Drawing along a network, between points and areas.

Where inside an area a way ends is never told, so it ends at the edge, or, where it starts inside, some way on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer import Feature
from geodata.position import Position, length_km, wrap
from routes.legs.coast import landing, served_coast
from routes.legs.drawing import PASSED, Drawing, End
from routes.legs.ground import joined, up_to, within
from routes.legs.ways import FAR_KM, REACH_KM
from routes.model import Basis, Mode

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geodata.networks import Path
    from routes.legs.ground import Area
    from routes.legs.ways import Ways

SEA_REACH_KM = 50.0  # quays lie up rivers and behind islands
PIN_REACH_KM = 5.0  # a point of the way itself
FADING = 0.25  # a line within an area runs on for this share of its radius: how far is not told
STEPS = (1, 4, 12, 40)  # times the reach: how far from the middle of an area its tracks are looked for


def along(ways: Ways, origin: End, destination: End, count: int = 1) -> tuple[Drawing, ...]:
    """Draw up to `count` ways along a network, the best first; none where it does not lead there.

    Only between two points are there several.
    """
    if origin.area and destination.area:
        drawing = _between(ways, origin, destination)
    elif destination.area:
        drawing = _into(ways, origin, destination)
    elif origin.area:
        drawing = _into(ways, destination, origin)
        drawing = drawing and drawing.turned()
    else:
        return _points(ways, origin, destination, count)
    return (drawing,) if drawing else ()


def reach_km(ways: Ways, end: End) -> float:
    """How far from a stop the network may lie."""
    if end.passed:
        return PIN_REACH_KM
    least = SEA_REACH_KM if ways.mode is Mode.SEA else REACH_KM
    return max(least, end.place.radius_km) if end.place.feature in PASSED else least


def middle_way(ways: Ways, origin: End, destination: End, via: BaseGeometry | None = None) -> Path | None:
    """Find the way to the track nearest to the middle of each end that is an area; `via` is ground to touch."""
    reach = tuple(reach_km(ways, end) for end in (origin, destination))
    for step in STEPS if origin.area or destination.area else STEPS[:1]:
        wide = tuple(
            min(max(km, end.place.radius_km), step * km) if end.area else km
            for km, end in zip(reach, (origin, destination), strict=True)
        )
        path = ways.best(origin.position, destination.position, (wide[0], wide[1]), via)
        if path is not None:
            return path
    return None


def footed(ways: Ways, end: End, towards: Position) -> End:
    """Give a land as the end of a voyage as the point of its coast that lies best for it, where there is one."""
    if end.area is None or not _is_land(ways, end.area):
        return end
    coast = served_coast(ways, end.area, towards)
    return end.at(coast) if coast else end


def _points(ways: Ways, origin: End, destination: End, count: int) -> tuple[Drawing, ...]:
    reach = reach_km(ways, origin), reach_km(ways, destination)
    paths = _paths(ways, origin, destination, count, reach)
    if not paths:
        wide = tuple(
            km if ways.serves(end.position, km) else FAR_KM
            for km, end in zip(reach, (origin, destination), strict=True)
        )
        paths = _paths(ways, origin, destination, count, (wide[0], wide[1])) if wide != reach else ()
    return tuple(_drawn(ways, path, origin, destination) for path in paths if sum(path.snap_km) <= path.length_km)


def _paths(ways: Ways, origin: End, destination: End, count: int, reach: tuple[float, float]) -> tuple[Path, ...]:
    if count > 1:
        return ways.several(origin.position, destination.position, count, reach)
    path = ways.best(origin.position, destination.position, reach)
    return (path,) if path else ()


def _drawn(ways: Ways, path: Path, origin: End, destination: End) -> Drawing:
    gaps = [
        f"{end.place.name} is {km:.0f} km from the nearest {ways.track}: the gap is drawn straight"
        for end, km in zip((origin, destination), path.snap_km, strict=True)
        if km > REACH_KM
    ]
    return Drawing(
        line=joined(origin.position, *path.line, destination.position),
        basis=Basis.NETWORK,
        notes=tuple(gaps),
        length_km=path.length_km + sum(path.snap_km),
        countries=path.countries,
        passages=path.passages,
        snap_km=path.snap_km,
    )


def _into(ways: Ways, point: End, end: End) -> Drawing | None:
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
    line = joined(point.position, *path.line)
    if inside:
        why = f"along the {ways.track} into {name}: how far is not told"
        return Drawing(line, Basis.SCHEMATIC, (why,), countries=path.countries, passages=path.passages)
    why = f"ends at the {_edge(ways, area)} of {name}: where inside is not told"
    return Drawing(line, Basis.NETWORK, (why,), countries=path.countries, passages=path.passages, snap_km=path.snap_km)


def _foothold(ways: Ways, point: End, end: End, *, inside: bool) -> Position | None:
    """Find where the way from a point comes to an area, on the network."""
    area = end.area
    assert area is not None  # noqa: S101 - asked for areas only
    if _is_land(ways, area):
        return None if inside else landing(ways, area, point.position, reach_km(ways, point))
    path = middle_way(ways, point, end)
    if path is None or not area.holds(path.line).any():
        return None
    kept = within(path.line, FADING * area.place.radius_km) if inside else up_to(path.line, area)
    return _wrapped(kept[-1])


def _between(ways: Ways, origin: End, destination: End) -> Drawing | None:
    """Draw from one area to another: from edge to edge, or some way inside both where they touch."""
    a, b = origin.area, destination.area
    assert a is not None  # noqa: S101 - asked for areas only
    assert b is not None  # noqa: S101 - asked for areas only
    if origin.place == destination.place or a.holds([b.place.position])[0] or b.holds([a.place.position])[0]:
        return None
    if _is_land(ways, a) or _is_land(ways, b):
        far = footed(ways, destination, origin.position)
        ends = _pair(ways, footed(ways, origin, far.position), far)
    else:
        ends = _edges(ways, origin, destination)
    path = ends and ways.best(*ends, (PIN_REACH_KM, PIN_REACH_KM))
    if not path:
        return None
    why = f"along the {ways.track} between {a.place.name} and {b.place.name}: where inside them is not told"
    return Drawing(joined(*path.line), Basis.SCHEMATIC, (why,), countries=path.countries, passages=path.passages)


def _pair(ways: Ways, origin: End, destination: End) -> tuple[Position, Position] | None:
    """Find where a voyage leaves one area and comes to another, either of them a land."""
    path = middle_way(ways, origin, destination)
    if path is None:
        return None
    line = path.line
    if origin.area:
        line = up_to(line[::-1], origin.area)[::-1]
    if destination.area:
        line = up_to(line, destination.area)
    return (_wrapped(line[0]), _wrapped(line[-1])) if len(line) > 1 else None


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


def _is_land(ways: Ways, area: Area) -> bool:
    """Tell whether a ship can only come to the coast of an area."""
    return ways.mode is Mode.SEA and area.place.feature is not Feature.WATER


def _edge(ways: Ways, area: Area) -> str:
    return "coast" if _is_land(ways, area) else "edge"


def _wrapped(position: Position) -> Position:
    return Position(wrap(position.longitude), position.latitude)
