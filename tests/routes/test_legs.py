from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geodata.gazetteer import Feature, Place
from geodata.position import Position, distance_km, length_km, wrap
from routes.legs import trace
from routes.model import Basis, Claim, Leg, Mode, Quote, Resolution, Role, Stop, Toponym

if TYPE_CHECKING:
    from geodata.world import World

TEXT = "From here to there."


def point(name: str, longitude: float, latitude: float, country: str | None = None) -> Place:
    return Place(f"test:{name}", name, Position(longitude, latitude), Feature.STATION, country)


def country(code: str, longitude: float, latitude: float, radius_km: float = 500) -> Place:
    position = Position(longitude, latitude)
    return Place(f"country:{code}", code, position, Feature.COUNTRY, code, radius_km=radius_km, area=True)


def disc(name: str, longitude: float, latitude: float, radius_km: float, owner: str | None = None) -> Place:
    position = Position(longitude, latitude)
    return Place(f"test:{name}", name, position, Feature.REGION, owner, radius_km=radius_km, area=True)


TUMANGANG = point("Tumangang", 130.609, 42.417, "KP")
KHASAN = point("Khasan", 130.645, 42.428, "RU")
VLADIVOSTOK = point("Vladivostok", 131.883, 43.111, "RU")
MOSCOW = point("Moscow", 37.6175, 55.7508, "RU")
TEHRAN = point("Tehran", 51.4, 35.66, "IR")
SEATTLE = point("Seattle", -122.33, 47.6, "US")
NORTH_KOREA = country("KP", 127.2, 40.1)
RUSSIA = country("RU", 97.0, 62.0, 2900)
IRAN = country("IR", 54.3, 32.6, 800)
IRAQ = country("IQ", 43.7, 33.0, 400)
GERMANY = country("DE", 10.4, 51.1, 350)
FAR_EAST = disc("Far East", 140, 55, 1700, "RU")
PRIMORYE = disc("Primorye", 133.5, 44.5, 200, "RU")
GULF = disc("Gulf", 52, 27, 300)


def stop(place: Place | None) -> Stop:
    return Stop(Resolution(Toponym(Quote.of(TEXT, 5, 9)), place), Role.VIA)


def legs(mode: Mode, *places: Place | None, world: World) -> tuple[Leg, ...]:
    stops = tuple(stop(place) for place in places)
    claim = Claim((Quote.of(TEXT, 0, 19),), stops, (mode,) * (len(stops) - 1))
    route = trace(claim, world, "r1")
    assert route.id == "r1"
    assert route.claim is claim
    assert [(leg.origin, leg.destination) for leg in route.legs] == list(pairwise(stops))
    return route.legs


def test_rail_over_the_border_and_on(world: World) -> None:
    over, on = legs(Mode.RAIL, TUMANGANG, KHASAN, VLADIVOSTOK, world=world)
    assert over.basis is on.basis is Basis.NETWORK
    assert over.line[0] == TUMANGANG.position
    assert over.line[-1] == on.line[0] == KHASAN.position
    assert over.countries == ("KP", "RU")
    assert on.countries == ("RU",)
    assert over.length_km == pytest.approx(length_km(over.line))
    assert over.length_km == pytest.approx(4.4, abs=1)
    assert on.length_km == pytest.approx(276, abs=20)
    assert len(over.snap_km) == 2
    assert max(over.snap_km) < 0.5
    assert over.why == ""


def test_rail_to_moscow_stays_in_russia(world: World) -> None:
    (leg,) = legs(Mode.RAIL, KHASAN, MOSCOW, world=world)
    assert leg.basis is Basis.NETWORK
    assert leg.countries == ("RU",)


def test_rail_where_no_railway_leads_is_straight_and_says_so(world: World) -> None:
    (leg,) = legs(Mode.RAIL, point("Atoll", -150, 0), MOSCOW, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.countries == leg.snap_km == ()
    assert "no railway was found" in leg.why


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (Mode.UNKNOWN, "the means of transport is not told"),
        (Mode.ROAD, "roads are not traced"),
        (Mode.SEA, "sea lanes are not traced"),
        (Mode.RIVER, "rivers are not traced"),
        (Mode.PIPELINE, "pipelines are not traced"),
    ],
)
def test_what_is_not_traced_is_straight_and_says_why(world: World, mode: Mode, why: str) -> None:
    (leg,) = legs(mode, TEHRAN, MOSCOW, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.mode is mode
    assert leg.why == f"drawn as a straight link: {why}"
    assert leg.line[0] == TEHRAN.position
    assert leg.line[-1] == MOSCOW.position
    assert leg.length_km == pytest.approx(distance_km(TEHRAN.position, MOSCOW.position))


def test_a_flight_is_a_geodesic(world: World) -> None:
    (leg,) = legs(Mode.AIR, VLADIVOSTOK, SEATTLE, world=world)
    assert leg.basis is Basis.GEODESIC
    assert leg.length_km == pytest.approx(distance_km(VLADIVOSTOK.position, SEATTLE.position))
    assert leg.line[-1].longitude == pytest.approx(360 + SEATTLE.position.longitude), "over the Pacific"


def test_a_flight_to_an_area_is_a_straight_link(world: World) -> None:
    (leg,) = legs(Mode.AIR, TEHRAN, GERMANY, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.length_km is None
    assert "flight paths are not traced" in leg.why


def test_a_link_between_areas_runs_from_edge_to_edge(world: World) -> None:
    (leg,) = legs(Mode.UNKNOWN, IRAN, RUSSIA, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.length_km is None
    iran, russia = world.regions.shape("country:IR"), world.regions.shape("country:RU")
    assert iran is not None
    assert russia is not None
    assert iran.boundary.distance(Point(leg.line[0])) < 0.01
    assert russia.boundary.distance(Point(leg.line[-1])) < 0.01
    assert not any(iran.buffer(-0.01).covers(Point(p)) or russia.buffer(-0.01).covers(Point(p)) for p in leg.line)
    assert "ends at the edge of IR" in leg.why
    assert "ends at the edge of RU" in leg.why


def test_a_link_over_the_antimeridian_ends_at_the_edge(world: World) -> None:
    (leg,) = legs(Mode.SEA, SEATTLE, country("RU", 175, 67.5), world=world)
    russia = world.regions.shape("country:RU")
    assert russia is not None
    end = leg.line[-1]
    assert leg.line[0] == SEATTLE.position
    assert russia.boundary.distance(Point(wrap(end.longitude), end.latitude)) < 0.01
    assert wrap(end.longitude) < -165, "on Chukotka's shore, not at the antimeridian"


def test_an_area_without_a_shape_is_a_disc(world: World) -> None:
    (leg,) = legs(Mode.SEA, MOSCOW, GULF, world=world)
    assert distance_km(leg.line[-1], GULF.position) == pytest.approx(GULF.radius_km, abs=0.1)


def test_an_area_that_holds_the_other_end(world: World) -> None:
    (leg,) = legs(Mode.ROAD, TEHRAN, IRAN, world=world)
    assert leg.line[0] == TEHRAN.position
    assert leg.line[-1] == IRAN.position
    assert "runs into IR" in leg.why


def test_neighbours_get_a_link_that_can_be_seen(world: World) -> None:
    (leg,) = legs(Mode.UNKNOWN, IRAN, IRAQ, world=world)
    assert leg.line[0] == IRAN.position
    assert leg.line[-1] == IRAQ.position
    assert "too little lies between them" in leg.why


def test_rail_to_an_area_ends_at_its_edge(world: World) -> None:
    (leg,) = legs(Mode.RAIL, TUMANGANG, PRIMORYE, world=world)
    assert leg.basis is Basis.NETWORK
    assert leg.length_km is None
    assert leg.line[0] == TUMANGANG.position
    assert distance_km(leg.line[-1], PRIMORYE.position) == pytest.approx(PRIMORYE.radius_km, abs=0.1)
    assert leg.why == "ends at the edge of Primorye: where inside is not told"
    assert leg.countries == ("KP", "RU")
    assert leg.snap_km[1] == pytest.approx(0, abs=0.05)


def test_rail_from_an_area_is_the_same_way_back(world: World) -> None:
    (there,) = legs(Mode.RAIL, TUMANGANG, PRIMORYE, world=world)
    (back,) = legs(Mode.RAIL, PRIMORYE, TUMANGANG, world=world)
    assert back.line == there.line[::-1]
    assert back.countries == there.countries[::-1]
    assert back.snap_km == there.snap_km[::-1]


def test_rail_within_an_area_is_schematic(world: World) -> None:
    (leg,) = legs(Mode.RAIL, KHASAN, FAR_EAST, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.length_km is None
    assert leg.snap_km == ()
    assert leg.countries == ("RU",)
    assert leg.why == "along the network into Far East: how far is not told"
    assert len(leg.line) > 50, "along the tracks, not straight"
    assert length_km(leg.line) < 0.3 * FAR_EAST.radius_km


def test_rail_between_areas_is_a_straight_link(world: World) -> None:
    (leg,) = legs(Mode.RAIL, NORTH_KOREA, RUSSIA, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert "which railway joins the areas is not told" in leg.why


def test_a_stop_without_a_place_leaves_its_legs_empty(world: World) -> None:
    before, after = legs(Mode.RAIL, KHASAN, None, MOSCOW, world=world)
    for leg in (before, after):
        assert leg.line == ()
        assert leg.length_km is None
        assert leg.why == "not drawn: here could not be placed"


def test_the_same_place_twice_has_no_line(world: World) -> None:
    (leg,) = legs(Mode.RAIL, KHASAN, KHASAN, world=world)
    assert leg.line == ()
    assert leg.length_km is None
    assert leg.why == "not drawn: both ends are at Khasan"


places = st.sampled_from([TUMANGANG, KHASAN, MOSCOW, TEHRAN, SEATTLE, NORTH_KOREA, RUSSIA, IRAN, IRAQ, GULF, PRIMORYE])


@settings(max_examples=40, deadline=None)
@given(places, places, st.sampled_from(Mode))
def test_whatever_is_claimed_the_leg_is_whole(world: World, a: Place, b: Place, mode: Mode) -> None:
    (leg,) = legs(mode, a, b, world=world)
    assert len(leg.line) != 1
    assert (leg.length_km is None) == (a.area or b.area or a == b)
    assert (leg.snap_km != ()) == (leg.basis is Basis.NETWORK)
    assert leg.why or leg.basis is Basis.NETWORK
    assert all(-90 <= p.latitude <= 90 for p in leg.line)
    if leg.line:
        assert leg.line[0] == a.position or a.area
        assert distance_km(leg.line[-1], b.position) < 1e-3 or b.area
