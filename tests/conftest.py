"""What every test may ask for: the real ground, our own reports, findings made once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import routes
from geodata.position import Position
from routes.model import (
    Basis,
    Claim,
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
    from geodata.world import World

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def world() -> World:
    return routes.default_world()


@pytest.fixture(scope="session")
def example() -> Path:
    return ROOT / "notebooks" / "example.de.txt"


@pytest.fixture(scope="session")
def found(example: Path) -> Findings:
    return routes.find_routes(routes.read_report(example))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared folder, which a clone elsewhere does not have."""
    if not (SHARED / "benchmark" / "score.py").exists():
        pytest.skip("no ../shared beside this checkout: the benchmark is not measured")
    return SHARED


def resolution_of(world: World, text: str, name: str, place_id: str | None, after: int = 0) -> Resolution:
    start = text.index(name, after)
    place = world.gazetteer.place(place_id) if place_id else None
    return Resolution(Toponym(Quote.of(text, start, start + len(name))), place, score=0.9, why="made for a test")


@pytest.fixture(scope="session")
def made(world: World) -> Findings:
    """Findings made by hand: over the antimeridian, a denied area, a place that is not known."""
    text = "From Vladivostok to Seattle. North Korea denies arming Russia. A barge left Xyzzy for Qwrtz."
    report = Report(text=text, id="made", language="en", sha256="0" * 64)
    vladivostok = resolution_of(world, text, "Vladivostok", "geonames:2013348")
    seattle = resolution_of(world, text, "Seattle", "geonames:5809844")
    korea = resolution_of(world, text, "North Korea", "country:KP")
    russia = resolution_of(world, text, "Russia", "country:RU")
    xyzzy = resolution_of(world, text, "Xyzzy", None)
    qwrtz = resolution_of(world, text, "Qwrtz", None)

    def route(number: int, stops: tuple[Stop, Stop], line: tuple[tuple[float, float], ...], **told: object) -> Route:
        claim = Claim((Quote.of(text, 0, 27),), stops, (told.pop("mode", Mode.UNKNOWN),), **told)  # type: ignore[arg-type]
        leg = Leg(
            *stops, claim.modes[0], line=tuple(Position(*pair) for pair in line), basis=Basis.SCHEMATIC, why="made"
        )
        return Route(f"r{number}", claim, (leg,))

    return Findings(
        report,
        (vladivostok, seattle, korea, russia, xyzzy, qwrtz),
        (
            route(
                1,
                (Stop(vladivostok, Role.ORIGIN), Stop(seattle, Role.DESTINATION)),
                ((131.87353, 43.10562), (180.0, 55.0), (237.66793, 47.60621)),
                mode=Mode.SEA,
                cargo="crabs",
            ),
            route(
                2,
                (Stop(korea, Role.ORIGIN), Stop(russia, Role.DESTINATION)),
                ((127.0, 40.0), (100.0, 60.0)),
                factuality=Factuality.DENIED,
            ),
            route(
                3,
                (Stop(xyzzy, Role.ORIGIN), Stop(qwrtz, Role.DESTINATION)),
                (),
                mode=Mode.RIVER,
                kind=Kind.SHIPMENT,
            ),
        ),
    )
