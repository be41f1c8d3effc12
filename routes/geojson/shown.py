"""What a picture shows of a findings FeatureCollection, read with patience.

People edit these files: a missing key counts as not told, an unknown one is left alone, and geometry that is no line,
point or polygon is counted and left out. ``routes/maps/runtime/findings.js`` reads them for the page in the same way.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.position import Position, unwrap
from routes.model import Direction, Factuality, Kind, Mode, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNKNOWN = "unknown"
Ring = tuple[Position, ...]
_ON_CUT_DEGREES = 1e-6
_SAME_LATITUDE_DEGREES = 0.01


@dataclass(frozen=True, slots=True)
class ShownLeg:
    """A leg with its lines, each unwrapped; ``factuality`` and ``mode`` are "unknown" where they are not told."""

    route: str
    origin: str
    destination: str
    mode: str
    factuality: str
    kind: str
    basis: str
    directed: bool
    declared: bool  # on paper only, no part of the journey
    origin_area: bool
    destination_area: bool
    quote: str
    lines: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place with its points or its polygons, each a tuple of rings."""

    name: str
    roles: tuple[str, ...]
    routes: tuple[str, ...]
    position: Position | None
    points: Ring
    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def is_area(self) -> bool:
        """Whether it is drawn as an area."""
        return bool(self.polygons)


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What is told of a report, and nothing where it is not told."""

    title: str
    publisher: str
    published: str
    url: str
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a picture shows; ``unplaced`` are the names of what could not be placed."""

    legs: tuple[ShownLeg, ...]
    places: tuple[ShownPlace, ...]
    reports: tuple[ShownReport, ...]
    credits: tuple[str, ...]
    unplaced: tuple[str, ...]
    strange: int


def shown(collection: Mapping[str, Any]) -> Shown:
    """Read what is to be shown out of a findings FeatureCollection."""
    legs: list[ShownLeg] = []
    places: list[ShownPlace] = []
    unplaced = [_text(one.get("text") if isinstance(one, dict) else one) for one in _list(collection.get("unplaced"))]
    strange = 0
    for number, feature in enumerate(_list(collection.get("features"))):
        said = feature.get("properties") if isinstance(feature, dict) else None
        properties = said if isinstance(said, dict) else {}
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        unplaced += _texts(properties.get("unplaced"))
        if lines := _lines(geometry):
            legs.append(_leg(properties, lines, number))
        elif (polygons := _polygons(geometry)) or _points(geometry):
            places.append(_place(properties, polygons, _points(geometry)))
        elif geometry or properties.get("feature") not in {"claim", "leg"}:
            strange += 1
    told = collection.get("report")
    reports = [told] if isinstance(told, dict) else _list(collection.get("reports"))
    return Shown(
        tuple(legs),
        tuple(places),
        tuple(_report(one) for one in reports if isinstance(one, dict)),
        tuple(_texts(collection.get("attribution"))),
        tuple(dict.fromkeys(filter(None, unplaced))),
        strange,
    )


def _leg(properties: Mapping[str, Any], lines: Sequence[Ring], number: int) -> ShownLeg:
    report = _text(properties.get("report"))
    return ShownLeg(
        route=_key(report, _text(properties.get("route")) or f"feature {number}"),
        origin=_text(properties.get("origin")),
        destination=_text(properties.get("destination")),
        mode=_one_of(Mode, properties.get("mode")),
        factuality=_one_of(Factuality, properties.get("factuality")),
        kind=_one_of(Kind, properties.get("kind")),
        basis=_text(properties.get("basis")),
        directed=properties.get("direction") == Direction.STATED,
        declared=_truth(properties.get("declared")),
        origin_area=_truth(properties.get("origin_area")),
        destination_area=_truth(properties.get("destination_area")),
        quote=_text(properties.get("quote")),
        lines=_joined(lines),
    )


def _place(properties: Mapping[str, Any], polygons: Sequence[tuple[Ring, ...]], points: Ring) -> ShownPlace:
    report = _text(properties.get("report"))
    position = _positions([properties.get("position")])
    return ShownPlace(
        name=_text(properties.get("name")),
        roles=tuple(role for role in _texts(properties.get("roles")) if role in set(Role)),
        routes=tuple(_key(report, route) for route in _texts(properties.get("routes"))),
        position=position[0] if position else None,
        points=points,
        polygons=tuple(polygons),
    )


def _report(told: Mapping[str, Any]) -> ShownReport:
    keys = ("title", "publisher", "published", "url", "language", "sha256")
    return ShownReport(**{key: _text(told.get(key)) for key in keys})


def _key(report: str, route: str) -> str:
    return f"{report}\n{route}"


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def _list(value: Any) -> list[Any]:
    """Take a list as it is, or out of a string, as which QGIS writes it."""
    if isinstance(value, list | tuple):
        return list(value)
    if not isinstance(value, str) or not value:
        return []
    try:
        parsed = json.loads(value)
    except (ValueError, RecursionError):
        return [value]
    return parsed if isinstance(parsed, list) else [value]


def _texts(value: Any) -> list[str]:
    return [text for text in map(_text, _list(value)) if text]


def _truth(value: Any) -> bool:
    return value in (True, 1, "true")


def _one_of(closed: Iterable[str], value: Any) -> str:
    return value if isinstance(value, str) and value in {str(one) for one in closed} else UNKNOWN


def _parts(geometry: Any, single: str) -> list[Any]:
    """Give the coordinates of a geometry, or of each part of its Multi kind."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == single:
        return [coordinates]
    return _list(coordinates) if kind == f"Multi{single}" else []


def _positions(points: Any) -> Ring:
    return tuple(
        Position(float(point[0]), float(point[1]))
        for point in (points if isinstance(points, list | tuple) else ())
        if isinstance(point, list | tuple)
        and len(point) >= 2
        and all(isinstance(number, int | float) and math.isfinite(number) for number in point[:2])
        and abs(point[0]) <= 540
        and abs(point[1]) <= 90
    )


def _lines(geometry: Any) -> list[Ring]:
    return [line for line in map(_positions, _parts(geometry, "LineString")) if len(line) > 1]


def _polygons(geometry: Any) -> list[tuple[Ring, ...]]:
    found = []
    for part in _parts(geometry, "Polygon"):
        rings = tuple(ring for ring in map(_positions, _list(part)) if len(ring) > 3)
        if rings:
            found.append(rings)
    return found


def _points(geometry: Any) -> Ring:
    return _positions(_parts(geometry, "Point"))


def _joined(parts: Sequence[Ring]) -> tuple[Ring, ...]:
    """Join parts that meet at the antimeridian; parts that do not meet stay apart, so that no line is invented."""
    joined: list[list[Position]] = []
    for part in parts:
        end = joined[-1][-1] if joined else None
        if end and _on_cut(end) and _on_cut(part[0]) and abs(end.latitude - part[0].latitude) < _SAME_LATITUDE_DEGREES:
            joined[-1].extend(part[1:])
        else:
            joined.append(list(part))
    return tuple(unwrap(line) for line in joined)


def _on_cut(position: Position) -> bool:
    return abs(abs(position.longitude) - 180) < _ON_CUT_DEGREES
