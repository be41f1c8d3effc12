"""Made findings for the pages' figures: as many legs as asked for, all over the world, the same every time.

Names, quotes and ways are made up. A leg has 33 positions; a fifth of the legs share a stretch with the one before, a
fifth are schematic; some cross the antimeridian or are denied.
"""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geodata.places import Feature, Place
from geodata.position import WGS84, Position, length_km, unwrap
from routes.geojson import to_geojson
from routes.model import (
    Basis,
    Claim,
    Direction,
    Factuality,
    Findings,
    Kind,
    Leg,
    Mode,
    Quote,
    Report,
    Resolution,
    Role,
    Route,
    Stop,
    Toponym,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.world import World

VERTICES = 33
TOWNS = 400
LEGS_A_REPORT = 25
SYLLABLES = "ka ra to mi sel von dar lu pe gor an tis vel mo rin bas to ne".split()
FEATURES = (Feature.TOWN, Feature.PORT, Feature.STATION, Feature.AIRPORT, Feature.CROSSING)
CARGO = ("timber", "grain", "machine tools", "bearings", "press moulds", "fertiliser", None, None)


def collection(legs: int, world: World) -> dict[str, Any]:
    """Make findings of so many legs, as GeoJSON."""
    dice = random.Random(legs)  # noqa: S311 - nothing secret
    towns = [_town(dice, number) for number in range(TOWNS)]
    every = [
        _findings(dice, towns, number, min(LEGS_A_REPORT, legs - start))
        for number, start in enumerate(range(0, legs, LEGS_A_REPORT))
    ]
    return to_geojson(every, world)


def _town(dice: random.Random, number: int) -> Place:
    name = "".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))).capitalize()
    latitude = math.degrees(math.asin(dice.uniform(-0.55, 0.92)))
    position = Position(round(dice.uniform(-180, 180), 4), round(latitude, 4))
    return Place(f"made:{number}", name, position, dice.choice(FEATURES))


def _findings(dice: random.Random, towns: list[Place], number: int, legs: int) -> Findings:
    sentences: list[str] = []
    routes: list[Route] = []
    resolutions: list[Resolution] = []
    start, before = 0, None
    while legs:
        count = min(legs, dice.choice((1, 1, 1, 2, 2, 3)))
        stops = dice.sample(towns, count + 1)
        cargo = dice.choice(CARGO)
        names = ", then ".join(stop.name for stop in stops)
        sentence = (
            f"According to the harbour master {cargo or 'goods'} went from {names} in lot {number}-{len(routes)}."
        )
        quote = Quote(sentence, start, start + len(sentence))
        placed = [_resolution(stop, sentence, start) for stop in stops]
        route = _route(dice, f"r{len(routes) + 1}", quote, placed, cargo, before)
        before = route.legs[-1].line
        sentences.append(sentence)
        routes.append(route)
        resolutions += placed
        start += len(sentence) + 1
        legs -= count
    text = " ".join(sentences)
    report = Report(
        text,
        f"report-{number}",
        "en",
        f"{number:064x}",
        f"Report {number}",
        "The Made-up Messenger",
        None,
        "2031-05-04",
    )
    return Findings(report, tuple(resolutions), tuple(routes))


def _resolution(place: Place, sentence: str, start: int) -> Resolution:
    at = start + sentence.index(place.name)
    return Resolution(Toponym(Quote(place.name, at, at + len(place.name))), place, 0.9, (), "the only one")


def _route(
    dice: random.Random,
    name: str,
    quote: Quote,
    placed: list[Resolution],
    cargo: str | None,
    before: tuple[Position, ...] | None,
) -> Route:
    mode = dice.choice(list(Mode))
    last = len(placed) - 1
    roles = [Role.ORIGIN, *[Role.VIA] * (last - 1), Role.DESTINATION]
    stops = tuple(Stop(it, role) for it, role in zip(placed, roles, strict=True))
    claim = Claim(
        (quote,),
        stops,
        (mode,) * last,
        dice.choice(list(Kind)),
        dice.choices(list(Factuality), (6, 3, 3, 2, 1))[0],
        dice.choice(list(Direction)),
        cargo,
        "the harbour master",
        f"2031-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
    )
    return Route(name, claim, tuple(_legs(dice, stops, mode, before)))


def _legs(
    dice: random.Random, stops: tuple[Stop, ...], mode: Mode, before: tuple[Position, ...] | None
) -> Iterator[Leg]:
    for a, b in pairwise(stops):
        assert a.place is not None
        assert b.place is not None
        basis = Basis.SCHEMATIC if dice.random() < 0.2 else Basis.NETWORK
        line = _line(dice, a.place.position, b.place.position)
        if before and dice.random() < 0.2:
            middle = VERTICES // 3
            line = unwrap((*line[:middle], *before[middle:-middle], *line[-middle:]))
        yield Leg(
            a,
            b,
            mode,
            line=line,
            length_km=length_km(line),
            basis=basis,
            countries=tuple(dice.sample(("RU", "CN", "KZ", "DE", "PL", "US", "BR", "ZA", "IN", "IR"), 3)),
            snap_km=(dice.random() * 3, dice.random() * 3),
            why="" if basis is Basis.NETWORK else "no network leads there",
        )


def _line(dice: random.Random, a: Position, b: Position) -> tuple[Position, ...]:
    """Walk the great circle, strayed from by up to a degree between the ends."""
    inner = WGS84.npts(a.longitude, a.latitude, b.longitude, b.latitude, VERTICES - 2)
    strayed = [
        Position(round(x + dice.uniform(-1, 1), 5), round(max(-84, min(84, y + dice.uniform(-1, 1))), 5))
        for x, y in inner
    ]
    return unwrap((a, *strayed, b))
