from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from geodata.gazetteer import Feature, Place
from geodata.position import Position, distance_km, length_km, wrap
from routes.legs import Rules, trace
from routes.legs.ground import area_of, km_to
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
MINSK = point("Minsk", 27.55, 53.9, "BY")
WARSAW = point("Warsaw", 21.01, 52.23, "PL")
CHICAGO = point("Chicago", -87.63, 41.88, "US")
ODESA = point("Odesa", 30.72, 46.48, "UA")
MOMBASA = point("Mombasa", 39.66, -4.05, "KE")
ROTTERDAM = point("Rotterdam", 4.05, 51.95, "NL")
YOKOHAMA = point("Yokohama", 139.66, 35.44, "JP")
TEHRAN = point("Tehran", 51.4, 35.66, "IR")
SEATTLE = point("Seattle", -122.33, 47.6, "US")
NORTH_KOREA = country("KP", 127.2, 40.1)
RUSSIA = country("RU", 97.0, 62.0, 2900)
IRAN = country("IR", 54.3, 32.6, 800)
IRAQ = country("IQ", 43.7, 33.0, 400)
GERMANY = country("DE", 10.4, 51.1, 350)
BELARUS = country("BY", 28.0, 53.5, 315)
CASPIAN = Place("water:caspian-sea", "Caspian Sea", Position(50.8, 41.8), Feature.WATER, radius_km=584, area=True)
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


def middle(line: tuple[Position, ...]) -> Position:
    """Give the vertex at a quarter of a line, where it must still be inside what it has entered."""
    return line[len(line) // 4]


def test_rail_over_the_border_and_on(world: World) -> None:
    over, on = legs(Mode.RAIL, TUMANGANG, KHASAN, VLADIVOSTOK, world=world)
    assert over.basis is on.basis is Basis.NETWORK
    assert over.line[0] == TUMANGANG.position
    assert over.line[-1] == on.line[0] == KHASAN.position
    assert over.countries == ("KP", "RU")
    assert on.countries == ("RU",)
    assert over.length_km is not None
    assert over.length_km >= length_km(over.line) - 1e-3, "the track has bends that the line has not"
    assert over.length_km == pytest.approx(4.4, abs=1)
    assert on.length_km == pytest.approx(300, abs=30)
    assert over.inferred_countries == on.inferred_countries == ()
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
    assert leg.why == "drawn as a straight link: no railway comes within 300 km of Atoll"
    (leg,) = legs(Mode.RAIL, MOSCOW, CHICAGO, world=world)
    assert leg.why == "drawn as a straight link: no railway was found between them"


def test_an_unknown_means_of_transport_is_straight_and_says_so(world: World) -> None:
    (leg,) = legs(Mode.UNKNOWN, TEHRAN, MOSCOW, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.why == "drawn as a straight link: the means of transport is not told"
    assert leg.line[0] == TEHRAN.position
    assert leg.line[-1] == MOSCOW.position
    assert leg.length_km == pytest.approx(distance_km(TEHRAN.position, MOSCOW.position))


def test_a_place_far_from_the_tracks_is_joined_to_them_by_a_gap_that_is_told(world: World) -> None:
    (leg,) = legs(Mode.RAIL, MOSCOW, point("Tundra", 67, 66, "RU"), world=world)
    assert leg.basis is Basis.NETWORK
    assert leg.snap_km[1] > 25
    assert leg.why == f"Tundra is {leg.snap_km[1]:.0f} km from the nearest railway: the gap is drawn straight"
    assert leg.line[-1] == Position(67, 66)


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
    (leg,) = legs(Mode.UNKNOWN, SEATTLE, country("RU", 175, 67.5), world=world)
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
    (leg,) = legs(Mode.UNKNOWN, TEHRAN, IRAN, world=world)
    assert leg.line[0] == TEHRAN.position
    assert leg.line[-1] == IRAN.position
    assert "runs into IR" in leg.why
    (leg,) = legs(Mode.ROAD, TEHRAN, IRAN, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.why == "along the road into IR: how far is not told"


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
    assert leg.why == "along the railway into Far East: how far is not told"
    assert len(leg.line) > 50, "along the tracks, not straight"
    assert length_km(leg.line) < 0.3 * FAR_EAST.radius_km


def test_rail_between_areas_runs_from_edge_to_edge_and_is_schematic(world: World) -> None:
    (leg,) = legs(Mode.RAIL, IRAN, GERMANY, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.length_km is None
    assert leg.snap_km == ()
    assert leg.countries[0] == "IR"
    assert leg.countries[-1] == "DE"
    assert set(leg.inferred_countries) == set(leg.countries) - {"IR", "DE"}
    assert leg.why == "along the railway between IR and DE: where inside them is not told"
    for end, code in ((leg.line[0], "IR"), (leg.line[-1], "DE")):
        shape = world.regions.shape(f"country:{code}")
        assert shape is not None
        assert shape.boundary.distance(Point(end)) < 0.5


def test_rail_between_neighbours_runs_some_way_inside_both(world: World) -> None:
    (leg,) = legs(Mode.RAIL, NORTH_KOREA, RUSSIA, world=world)
    assert leg.basis is Basis.SCHEMATIC
    assert leg.countries == ("KP", "RU")
    assert len(leg.line) > 50
    assert leg.inferred_countries == ()


def test_third_countries_that_no_way_avoids_are_inferred(world: World) -> None:
    (leg,) = legs(Mode.RAIL, MOSCOW, WARSAW, world=world)
    assert set(leg.inferred_countries) == set(leg.countries) - {"RU", "PL"}
    assert leg.inferred_countries


def test_a_country_between_is_passed_by_one_way(world: World) -> None:
    to, on = legs(Mode.RAIL, MOSCOW, BELARUS, WARSAW, world=world)
    assert to.basis is on.basis is Basis.NETWORK
    assert to.line[-1] == on.line[0]
    assert world.regions.contains(BELARUS, point("Middle", *middle(on.line)))
    assert "BY" in (*to.countries, *on.countries)
    assert to.inferred_countries == on.inferred_countries == ()
    assert to.length_km is not None
    assert on.length_km is not None
    claim = Claim((Quote.of(TEXT, 0, 19),), (stop(MOSCOW), stop(WARSAW)), (Mode.RAIL,))
    (whole,) = trace(claim, world, "r1", Rules(countries=frozenset({"BY"}))).legs
    assert to.length_km + on.length_km == pytest.approx(whole.length_km, rel=1e-3)
    assert "passes BY where the shortest way does" in to.why


def test_a_town_between_splits_the_way(world: World) -> None:
    to, on = legs(Mode.RAIL, MOSCOW, MINSK, WARSAW, world=world)
    assert to.line[-1] == on.line[0] == MINSK.position
    assert to.basis is on.basis is Basis.NETWORK


def test_no_way_needs_to_touch_a_declared_destination(world: World) -> None:
    stops = (stop(MOSCOW), Stop(stop(BELARUS).resolution, Role.DECLARED_DESTINATION), stop(WARSAW))
    claim = Claim((Quote.of(TEXT, 0, 19),), stops, (Mode.RAIL, Mode.RAIL))
    journey, on_paper = trace(claim, world, "r1").legs
    assert journey.mode is Mode.RAIL
    assert journey.basis is Basis.NETWORK
    assert (journey.line[0], journey.line[-1]) == (MOSCOW.position, WARSAW.position)
    assert (on_paper.origin.place, on_paper.destination.place) == (MOSCOW, BELARUS)
    assert on_paper.mode is Mode.UNKNOWN
    assert on_paper.basis is Basis.SCHEMATIC
    assert "only declared" in on_paper.why


def test_what_is_only_declared_is_no_journey(world: World) -> None:
    stops = (stop(MOSCOW), Stop(stop(WARSAW).resolution, Role.DECLARED_DESTINATION))
    (leg,) = trace(Claim((Quote.of(TEXT, 0, 19),), stops, (Mode.RAIL,)), world, "r1").legs
    assert leg.basis is Basis.SCHEMATIC
    assert leg.mode is Mode.UNKNOWN


def test_a_flight_over_a_water_is_one_line(world: World) -> None:
    to, on = legs(Mode.AIR, TEHRAN, CASPIAN, MOSCOW, world=world)
    assert to.basis is on.basis is Basis.GEODESIC
    assert to.line[-1] == on.line[0]
    assert to.length_km is not None
    assert on.length_km is not None
    assert to.length_km + on.length_km == pytest.approx(distance_km(TEHRAN.position, MOSCOW.position), rel=0.001)


def test_a_ship_goes_from_port_to_port(world: World) -> None:
    (leg,) = legs(Mode.SEA, ODESA, MOMBASA, world=world)
    assert leg.basis is Basis.NETWORK
    assert leg.passages == ("strait:bosporus", "strait:dardanelles", "canal:suez", "strait:bab-el-mandeb")
    assert leg.countries == ()
    assert leg.line[0] == ODESA.position
    assert leg.line[-1] == MOMBASA.position
    assert leg.length_km == pytest.approx(7700, rel=0.05)


def test_a_closed_canal_is_closed(world: World) -> None:
    claim = Claim((Quote.of(TEXT, 0, 19),), (stop(ODESA), stop(MOMBASA)), (Mode.SEA,))
    (leg,) = trace(claim, world, "r1", Rules(closed=frozenset({"canal:suez"}))).legs
    assert {"strait:gibraltar", "cape:good-hope"} <= {*leg.passages}
    (leg,) = trace(claim, world, "r1", Rules(closed=frozenset({"strait:bosporus"}))).legs
    assert leg.basis is Basis.SCHEMATIC
    assert "that avoids what is to be avoided" in leg.why


@pytest.mark.parametrize(
    ("place_id", "used", "not_used"),
    [
        ("canal:suez", {"canal:suez"}, {"strait:gibraltar"}),
        ("cape:good-hope", {"strait:gibraltar", "cape:good-hope"}, {"canal:suez"}),
        ("strait:gibraltar", {"strait:gibraltar", "cape:good-hope"}, {"canal:suez"}),
        ("water:red-sea", {"canal:suez", "strait:bab-el-mandeb"}, {"strait:gibraltar"}),
    ],
)
def test_a_passage_between_is_passed_once(world: World, place_id: str, used: set[str], not_used: set[str]) -> None:
    to, on = legs(Mode.SEA, ODESA, world.gazetteer.place(place_id), MOMBASA, world=world)
    passages = {*to.passages, *on.passages}
    assert used <= passages
    assert not not_used & passages
    assert distance_km(to.line[-1], on.line[0]) < 1e-3


def test_a_passage_that_ships_do_not_use_is_used_where_it_is_named(world: World) -> None:
    (leg,) = legs(Mode.SEA, ROTTERDAM, YOKOHAMA, world=world)
    assert "strait:northern-sea-route" not in leg.passages
    to, on = legs(Mode.SEA, ROTTERDAM, world.gazetteer.place("strait:northern-sea-route"), YOKOHAMA, world=world)
    assert "strait:northern-sea-route" in (*to.passages, *on.passages)


def test_a_ship_to_a_town_inland_is_told(world: World) -> None:
    (leg,) = legs(Mode.SEA, point("Milan", 9.19, 45.46, "IT"), MOMBASA, world=world)
    assert leg.basis is Basis.NETWORK
    assert 50 < leg.snap_km[0] < 300
    assert "Milan is" in leg.why
    (leg,) = legs(Mode.SEA, MOSCOW, MOMBASA, world=world)
    assert leg.why == "drawn as a straight link: no shipping lane comes within 300 km of Moscow"


def test_a_ship_to_a_river_ends_at_its_mouth(world: World) -> None:
    (leg,) = legs(Mode.SEA, ODESA, world.gazetteer.place("river:danube"), world=world)
    assert leg.basis is Basis.NETWORK
    assert leg.length_km is None
    assert distance_km(leg.line[-1], Position(29.0, 45.2)) < 100
    assert "where inside is not told" in leg.why


def test_a_ship_to_a_land_ends_at_its_coast(world: World) -> None:
    (leg,) = legs(Mode.SEA, MOMBASA, IRAN, world=world)
    assert leg.basis is Basis.NETWORK
    assert leg.length_km is None
    iran = world.regions.shape("country:IR")
    assert iran is not None
    assert iran.distance(Point(leg.line[-1])) < 0.2
    assert leg.line[-1].latitude < 31, "not the Caspian"
    assert leg.why == "ends at the coast of IR: where inside is not told"


def test_ships_between_lands_and_waters(world: World) -> None:
    for a, b in ((NORTH_KOREA, RUSSIA), (NORTH_KOREA, IRAN), (IRAN, RUSSIA), (RUSSIA, CASPIAN), (CASPIAN, IRAN)):
        (leg,) = legs(Mode.SEA, a, b, world=world)
        assert leg.basis is Basis.SCHEMATIC
        assert leg.why.startswith("along the shipping lane between"), (a.name, b.name)
        assert leg.length_km is None
    to, on = legs(Mode.SEA, IRAN, CASPIAN, RUSSIA, world=world)
    assert to.basis is on.basis is Basis.NETWORK
    assert area_of(CASPIAN, world).holds([to.line[-1]])[0]
    assert distance_km(to.line[-1], on.line[0]) < 1e-3


def test_a_ship_calls_at_a_land_between(world: World) -> None:
    to, on = legs(Mode.SEA, ODESA, IRAN, YOKOHAMA, world=world)
    assert to.basis is on.basis is Basis.NETWORK
    assert distance_km(to.line[-1], on.line[0]) < 1e-3


def test_what_is_barred_is_not_entered(world: World) -> None:
    claim = Claim((Quote.of(TEXT, 0, 19),), (stop(MOSCOW), stop(WARSAW)), (Mode.RAIL,))
    (leg,) = trace(claim, world, "r1", Rules(barred=frozenset({"BY", "LV"}))).legs
    assert not {"BY", "LV"} & {*leg.countries}
    (leg,) = trace(claim, world, "r1", Rules(barred=frozenset({"PL"}))).legs
    assert leg.why == "drawn as a straight link: no railway joins them that avoids what is to be avoided"


def test_a_place_whose_country_is_not_told_counts_as_where_it_lies(world: World) -> None:
    (leg,) = legs(Mode.RAIL, KHASAN, point("Station", 37.6, 55.75), world=world)
    assert leg.countries == ("RU",)
    assert leg.inferred_countries == ()


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


POINTS = [TUMANGANG, KHASAN, MOSCOW, MINSK, WARSAW, TEHRAN, SEATTLE, VLADIVOSTOK, YOKOHAMA]
AREAS = [NORTH_KOREA, RUSSIA, IRAN, IRAQ, BELARUS, CASPIAN, GULF, PRIMORYE]
points, places = st.sampled_from(POINTS), st.sampled_from(POINTS + AREAS)


@settings(max_examples=40, deadline=None)
@given(places, places, st.sampled_from(Mode))
def test_whatever_is_claimed_the_leg_is_whole(world: World, a: Place, b: Place, mode: Mode) -> None:
    (leg,) = legs(mode, a, b, world=world)
    assert len(leg.line) != 1
    assert (leg.length_km is None) == (a.area or b.area or a == b)
    assert (leg.snap_km != ()) == (leg.basis is Basis.NETWORK)
    assert leg.why or leg.basis is Basis.NETWORK
    assert set(leg.inferred_countries) <= set(leg.countries) - {a.country, b.country}
    assert all(-90 <= p.latitude <= 90 for p in leg.line)
    assert all(p != q and abs(p.longitude - q.longitude) <= 180 for p, q in pairwise(leg.line))
    assert all(distance_km(p, q) <= 100.001 for p, q in pairwise(leg.line))
    if leg.line:
        assert leg.line[0] == a.position or a.area
        assert distance_km(leg.line[-1], b.position) < 1e-3 or b.area


@settings(max_examples=30, deadline=None)
@given(points, points, st.sampled_from(Mode))
def test_the_way_back_is_as_long(world: World, a: Place, b: Place, mode: Mode) -> None:
    assume(a != b)
    (there,), (back,) = legs(mode, a, b, world=world), legs(mode, b, a, world=world)
    assert there.length_km == pytest.approx(back.length_km, rel=1e-3)
    assert there.basis is back.basis


@settings(max_examples=30, deadline=None)
@given(points, points, points, st.sampled_from([Mode.RAIL, Mode.AIR, Mode.SEA, Mode.UNKNOWN]))
def test_a_stop_between_makes_no_way_shorter(world: World, a: Place, b: Place, c: Place, mode: Mode) -> None:
    assume(len({a, b, c}) == 3)
    # the countries of the stop between are to be preferred both times
    rules = Rules(countries=frozenset({c.country}) if c.country else frozenset())
    claim = Claim((Quote.of(TEXT, 0, 19),), (stop(a), stop(b)), (mode,))
    (whole,) = trace(claim, world, "r1", rules).legs
    to, on = legs(mode, a, c, b, world=world)
    assume(whole.basis is to.basis is on.basis)
    assert whole.length_km is not None
    assert to.length_km is not None
    assert on.length_km is not None
    assume(Basis.NETWORK is not whole.basis or set(whole.countries) <= {a.country, b.country, c.country})
    # ships keep off the land where they can, so their ways are not always the shortest
    slack = 0.05 if mode is Mode.SEA else 0.0
    assert to.length_km + on.length_km >= whole.length_km * (1 - slack) - 0.01


@settings(max_examples=20, deadline=None)
@given(points, places, points, st.sampled_from([Mode.RAIL, Mode.AIR, Mode.SEA]))
def test_legs_hang_together_where_a_way_passes(world: World, a: Place, b: Place, c: Place, mode: Mode) -> None:
    assume(len({a, b, c}) == 3)
    to, on = legs(mode, a, b, c, world=world)
    if to.length_km is not None and b.area:
        assert distance_km(to.line[-1], on.line[0]) < 1e-3
        ground = area_of(b, world)
        assert ground.holds(on.line).any() or min(km_to(np.array(on.line), b.position)) < 2 * b.radius_km
