"""What someone asks for becomes places: names, ids and positions, read together as the sentence of a report."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, TypeAlias

from geodata.gazetteer import Feature, Place
from geodata.position import Position, distance_km
from routes.errors import TraceError
from routes.model import Mode, Quote, Report, Resolution, Toponym
from routes.toponyms.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World

Asked: TypeAlias = "str | Place | Position | tuple[float, float]"

IS_POSITION = "position:"
SURE = 0.6  # a place that has a smaller share of the belief might as well be another
ELSEWHERE_KM = 50.0  # a town and its port are not two readings of a name
GIVEN = "given as it is"
NO_REPORT = "Traced by hand; no report says so."
BY = {Mode.AIR: "by air", Mode.SEA: "by sea", Mode.PIPELINE: "by pipeline", Mode.UNKNOWN: "by means not given"}


def ask(stops: Sequence[Asked], mode: Mode, world: World) -> tuple[Report, tuple[Resolution, ...]]:
    """Place each stop, and put them into words as a report that no one wrote.

    Raises
    ------
    TraceError
        Where a name is unknown or may mean several places, or a position is none.
    """
    fixed = [_fixed(stop, world) for stop in stops]
    names = [_words(stop, place) for stop, place in zip(stops, fixed, strict=True)]
    report = _report(names, mode)
    spans: list[tuple[int, int]] = []
    for name in names:
        start = report.text.index(name, spans[-1][1] if spans else 0)
        spans.append((start, start + len(name)))
    toponyms = [_toponym(report, start, end, world) for start, end in spans]
    owners = [owner for start, end in spans for owner in _owners(report, start, end, world)]
    resolved = resolve([*toponyms, *owners], report, world)
    return report, tuple(
        Resolution(toponym, place, score=1.0, why=GIVEN) if place else _sure(resolution, name, world)
        for toponym, place, resolution, name in zip(toponyms, fixed, resolved, names, strict=False)
    )


def _words(stop: Asked, place: Place | None) -> str:
    return place.name if place else " ".join(str(stop).split())


def _report(names: Sequence[str], mode: Mode) -> Report:
    way = " – ".join(names)
    text = f"{way}, {BY.get(mode, f'by {mode}')}. {NO_REPORT}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(text=text, id="trace", language="und", sha256=sha256, title=f"Traced by hand: {way}")


def _fixed(stop: Asked, world: World) -> Place | None:
    """Give the place of what is no name: a place, a position, an id."""
    if isinstance(stop, Place):
        _check(*stop.position)
        return stop
    if not isinstance(stop, str):
        return _at(*stop, world)
    if not stop.strip():
        raise TraceError("an empty name is no place")
    numbers = _numbers(stop)
    if numbers:
        return _at(*numbers, world)
    return _of_id(stop.strip(), world)


def _numbers(text: str) -> tuple[float, float] | None:
    try:
        longitude, latitude = map(float, text.split(","))
    except ValueError:
        return None
    return longitude, latitude


def _of_id(text: str, world: World) -> Place | None:
    kind, colon, _ = text.partition(":")
    if not colon or not kind.isalpha():
        return None
    try:
        return world.gazetteer.place(text)
    except LookupError as error:
        raise TraceError(str(error)) from None


def _check(longitude: float, latitude: float) -> None:
    if not (math.isfinite(longitude) and -180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise TraceError(
            f"{longitude:g},{latitude:g} is no position: the longitude, from -180 to 180, comes first, then the "
            "latitude, from -90 to 90"
        )


def _at(longitude: float, latitude: float, world: World) -> Place:
    _check(longitude, latitude)
    position = Position(float(longitude), float(latitude))
    told = f"{longitude:.6g}, {latitude:.6g}"
    country = world.regions.country_at(position)
    return Place(f"{IS_POSITION}{told.replace(' ', '')}", told, position, Feature.SITE, country)


def _toponym(report: Report, start: int, end: int, world: World) -> Toponym:
    """Mark the name itself: of "Paris, Texas" the first part."""
    name = report.text[start:end]
    if "," in name and not world.gazetteer.candidates(name):
        end = start + len(name.split(",", maxsplit=1)[0])
    return Toponym(Quote.of(report.text, start, end))


def _owners(report: Report, start: int, end: int, world: World) -> list[Toponym]:
    """Mark what a name says that its place lies in: of "Paris, Texas" the last part."""
    name = report.text[start:end]
    owner = name.rpartition(",")[2].strip()
    if owner in {"", name} or world.gazetteer.candidates(name):
        return []
    return [Toponym(Quote.of(report.text, end - len(owner), end))]


def _sure(resolution: Resolution, name: str, world: World) -> Resolution:
    """Hold a name to one place.

    Raises
    ------
    TraceError
        Where it has none, or another may as well be meant.
    """
    place = resolution.place
    if place is None:
        near = world.gazetteer.spellings(name)
        hint = f"; spelled nearly so: {', '.join(near)}" if near else ""
        raise TraceError(f"no place called {name!r} is in the gazetteer{hint}")
    others = [
        it.place for it in resolution.alternatives if distance_km(it.place.position, place.position) > ELSEWHERE_KM
    ]
    if resolution.score < SURE and others:
        choices = "; ".join(_told(one, world) for one in [place, *others[:2]])
        raise TraceError(
            f"{name!r} may mean several places: {choices}; give the id, or what it lies in, as in 'Paris, Texas'"
        )
    return resolution


def _told(place: Place, world: World) -> str:
    try:
        state = world.gazetteer.place(f"admin:{place.country}-{place.admin}").name
    except LookupError:
        state = ""
    where = ", ".join(part for part in (place.feature.value, state, place.country) if part)
    return f"{place.name} ({where}) {place.id}"
