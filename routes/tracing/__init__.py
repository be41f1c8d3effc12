"""Ask a network for the way between places, without a report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from routes.errors import TraceError
from routes.find import default_world
from routes.legs import alternatives as drawn
from routes.legs.ways import FAR_KM, REACH_KM, ways_of
from routes.model import Basis, Claim, Factuality, Findings, Kind, Mode, Quote, Role, Route, Stop
from routes.tracing.asked import IS_POSITION, ask
from routes.tracing.limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.gazetteer import Place
    from geodata.world import World
    from routes.legs.rules import Rules
    from routes.model import Leg, Resolution
    from routes.tracing.asked import Asked

__all__ = ["Trace", "trace"]


@dataclass(frozen=True, slots=True)
class Trace:
    """The way between places that someone asked for.

    Attributes
    ----------
    findings : Findings
        For `routes.draw` and `routes.write`: a report of one sentence, which says that no report says so, and one
        route, or several where alternatives were asked for, the best first.
    warnings : tuple of str
        What of the best one follows no network, or starts or ends away from it, and why.
    """

    findings: Findings
    warnings: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Which places the names were taken to mean; `findings.resolutions` say why, and what else they may mean."""
        return tuple(it.place for it in self.findings.resolutions if it.place)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The best way, one leg for each pair of neighbouring stops."""
        return self.findings.routes[0].legs

    @property
    def length_km(self) -> float | None:
        """Of all its legs together; None where one ends in an area, so that no length can be told."""
        return total_km(self.legs)

    @property
    def alternatives(self) -> tuple[tuple[Leg, ...], ...]:
        """The other ways."""
        return tuple(route.legs for route in self.findings.routes[1:])


def total_km(legs: Sequence[Leg]) -> float | None:
    """Add up the lengths of legs; None where one has none."""
    lengths = [leg.length_km for leg in legs]
    return None if None in lengths else sum(km for km in lengths if km is not None)


def trace(  # each keyword is one wish that a traveller may have
    stops: Sequence[Asked],
    *,
    mode: Mode | str = Mode.UNKNOWN,
    avoid: Sequence[str] = (),
    allow: Sequence[str] = (),
    alternatives: int = 1,
    world: World | None = None,
) -> Trace:
    """Trace the way along a network from place to place.

    Parameters
    ----------
    stops : sequence of str, Position or Place
        At least two, in order of travel: names in any language, read together ("Moscow" beside "Khasan" is Russia's;
        "Paris, Texas"), ids such as ``"geonames:524901"``, positions, also as ``"130.61,42.42"``, longitude first.
        An area, a water, a strait, a canal or a cape between two others is passed.
    mode : Mode or str
        ``"rail"``, ``"road"``, ``"sea"``, ``"river"``, ``"air"``, ``"pipeline"``; a straight link if unknown.
    avoid : sequence of str
        Countries, regions and passages that are never entered, by name or id: ``"Belarus"``, ``"Suezkanal"``.
    allow : sequence of str
        Passages that are used only on request, such as ``"Northern Sea Route"``.
    alternatives : int
        How many ways to look for.
    world : World, optional
        The ground to place names on; the committed one by default.

    Returns
    -------
    Trace

    Raises
    ------
    TraceError
        Where a name is unknown or may mean several places, a position is none or lies far from any track, the same
        place stands twice in a row, or a wish contradicts another.
    """
    world = world or default_world()
    by = _mode(mode)
    if alternatives < 1:
        raise TraceError(f"{alternatives} ways cannot be looked for: ask for one or more")
    if len(stops) < 2:
        raise TraceError("a way needs two places at least: where it starts and where it ends")
    report, resolutions = ask(stops, by, world)
    places = [it.place for it in resolutions if it.place]
    for a, b in pairwise(places):
        if a.id == b.id or a.position == b.position:
            raise TraceError(f"{a.name} stands twice in a row: there is no way from a place to itself")
    rules = limits(avoid, allow, by, places, world)
    _check_reach(places, by, world, rules)
    claim = _claim(Quote.of(report.text, 0, len(report.text)), resolutions, by)
    every = drawn(claim, world, rules, alternatives)
    routes = tuple(Route(f"r{number}", claim, legs) for number, legs in enumerate(every, start=1))
    return Trace(Findings(report, tuple(dict.fromkeys(resolutions)), routes), tuple(_warnings(every[0])))


def _mode(mode: Mode | str) -> Mode:
    try:
        return Mode(mode)
    except ValueError:
        raise TraceError(f"there is no mode {mode!r}; there are {', '.join(Mode)}") from None


def _check_reach(places: Sequence[Place], mode: Mode, world: World, rules: Rules) -> None:
    """Refuse a bare position far from every track: most likely its numbers are the wrong way round."""
    given = [place for place in places if place.id.startswith(IS_POSITION)]
    ways = ways_of(mode, world, rules) if given else None
    for place in given:
        if ways and not ways.serves(place.position, FAR_KM):
            raise TraceError(
                f"no {ways.track} comes within {FAR_KM:.0f} km of {place.name} (longitude, latitude); "
                "are the two the wrong way round, or is it another mode?"
            )


def _claim(quote: Quote, resolutions: Sequence[Resolution], mode: Mode) -> Claim:
    inner = [Role.VIA] * (len(resolutions) - 2)
    roles = [Role.ORIGIN, *inner, Role.DESTINATION]
    return Claim(
        quotes=(quote,),
        stops=tuple(Stop(it, role) for it, role in zip(resolutions, roles, strict=True)),
        modes=(mode,) * (len(resolutions) - 1),
        kind=Kind.CORRIDOR,
        factuality=Factuality.POSSIBLE,
        why=("traced by hand",),
    )


def _warnings(legs: Sequence[Leg]) -> Iterator[str]:
    for leg in legs:
        if leg.basis is Basis.SCHEMATIC or max(leg.snap_km, default=0.0) > REACH_KM:
            yield f"{leg.origin.name} → {leg.destination.name}: {leg.why}"
