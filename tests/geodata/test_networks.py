from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geodata.networks import Network, Path
from geodata.networks.via import touches
from geodata.position import Position, distance_km, length_km

TUMANGANG = Position(130.609, 42.417)
KHASAN = Position(130.645, 42.428)
VLADIVOSTOK = Position(131.883, 43.111)
MOSCOW = Position(37.6175, 55.7508)
PYONGYANG = Position(125.75, 39.02)
RAJIN = Position(130.30, 42.25)
SEOUL = Position(126.97, 37.55)
BAKU = Position(49.867, 40.377)
BEIJING = Position(116.43, 39.90)
KYIV = Position(30.49, 50.44)
YEREVAN = Position(44.508, 40.155)
TBILISI = Position(44.80, 41.722)
LISBON = Position(-9.123, 38.714)
PORTO = Position(-8.586, 41.149)
MADRID = Position(-3.689, 40.406)
COPENHAGEN = Position(12.565, 55.673)
STOCKHOLM = Position(18.058, 59.33)
DELHI = Position(77.220, 28.643)
MUMBAI = Position(72.819, 18.970)
OLYA = Position(47.56, 45.79)
ASTRAKHAN = Position(48.05, 46.37)
RASHT = Position(49.60, 37.24)
ASTARA = Position(48.87, 38.42)
ANKARA = Position(32.84, 39.93)
TEHRAN = Position(51.4, 35.66)
KRASNODAR = Position(38.98, 45.04)
SIMFEROPOL = Position(34.10, 44.95)
RIGA = shapely.Point(24.12, 56.95).buffer(0.3)


@pytest.fixture(scope="module")
def rail() -> Network:
    return Network.load("rail")


@pytest.fixture(scope="module")
def road() -> Network:
    return Network.load("road")


def found(path: Path | None) -> Path:
    assert path is not None
    return path


def homes(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def test_over_the_friendship_bridge(rail: Network) -> None:
    path = found(rail.path(TUMANGANG, KHASAN, countries=homes("KP", "RU")))
    assert path.countries == ("KP", "RU")
    assert 3 < path.length_km < 6
    assert max(path.snap_km) < 0.5
    onward = found(rail.path(TUMANGANG, VLADIVOSTOK, countries=homes("KP", "RU")))
    assert onward.countries == ("KP", "RU")
    assert 250 < onward.length_km < 340


def test_khasan_to_moscow_stays_in_russia(rail: Network) -> None:
    path = found(rail.path(KHASAN, MOSCOW, countries=homes("RU")))
    assert path.countries == ("RU",)
    assert path.length_km == pytest.approx(9415, rel=0.06)
    assert max(position.latitude for position in path.line if 126 < position.longitude < 135) > 50, "round the Amur"


def test_pyongyang_to_khasan_is_not_through_china(rail: Network) -> None:
    assert found(rail.path(PYONGYANG, KHASAN, countries=homes("KP", "RU"))).countries == ("KP", "RU")


def test_no_country_named_means_the_shortest_way(rail: Network) -> None:
    free = found(rail.path(KHASAN, MOSCOW))
    kept = found(rail.path(KHASAN, MOSCOW, countries=homes("RU")))
    assert "CN" in free.countries
    assert free.length_km < kept.length_km


def test_a_third_country_only_where_no_way_avoids_it(rail: Network) -> None:
    path = found(rail.path(BEIJING, Position(13.37, 52.525), countries=homes("CN", "DE")))
    assert path.countries[0] == "CN"
    assert path.countries[-1] == "DE"
    assert "PL" in path.countries


def test_a_barred_country_is_never_entered(rail: Network) -> None:
    assert "CN" not in found(rail.path(KHASAN, MOSCOW, barred=homes("CN"))).countries
    assert rail.path(KHASAN, BEIJING, barred=homes("CN")) is None
    assert "BY" not in found(rail.path(MOSCOW, Position(21.0, 52.23), barred=homes("BY"))).countries


@pytest.mark.parametrize(
    ("origin", "destination", "countries", "published_km"),
    [
        (PYONGYANG, RAJIN, ("KP",), 811),
        (BAKU, MOSCOW, ("AZ", "RU"), 2475),
        (YEREVAN, TBILISI, ("AM", "GE"), 374),
        (KYIV, MOSCOW, ("UA", "RU"), 872),
        (LISBON, PORTO, ("PT",), 336),
        (DELHI, MUMBAI, ("IN",), 1384),
    ],
)
def test_mended_railways_come_near_the_published(
    rail: Network, origin: Position, destination: Position, countries: tuple[str, ...], published_km: float
) -> None:
    path = found(rail.path(origin, destination, countries=frozenset(countries)))
    assert path.countries == countries
    assert path.length_km == pytest.approx(published_km, rel=0.05)


@pytest.mark.parametrize(
    ("origin", "destination"), [(LISBON, MADRID), (COPENHAGEN, STOCKHOLM), (ASTRAKHAN, OLYA), (ANKARA, TEHRAN)]
)
def test_no_gap_makes_a_train_go_a_long_way_round(rail: Network, origin: Position, destination: Position) -> None:
    path = found(rail.path(origin, destination))
    assert path.length_km < 1.7 * distance_km(origin, destination)


def test_a_railway_that_is_being_built_is_off_until_asked_for(rail: Network) -> None:
    assert "rasht-astara-railway" in rail.passages
    round_about = rail.path(RASHT, ASTARA)
    assert round_about is None or round_about.length_km > 1000
    planned = found(rail.path(RASHT, ASTARA, opened=frozenset({"rasht-astara-railway"})))
    assert planned.passages == ("rasht-astara-railway",)
    assert planned.length_km == pytest.approx(162, abs=15)


def test_closed_means_closed(road: Network) -> None:
    over = found(road.path(KRASNODAR, SIMFEROPOL))
    assert over.passages == ("crimean-bridge",)
    round_about = found(road.path(KRASNODAR, SIMFEROPOL, closed=frozenset({"crimean-bridge"})))
    assert round_about.passages == ()
    assert round_about.length_km > over.length_km


@pytest.mark.parametrize("mode", ["rail", "road"])
@pytest.mark.parametrize("pair", [("KP", "KR"), ("AM", "AZ"), ("AM", "TR"), ("DZ", "MA"), ("IN", "PK")])
def test_nothing_crosses_a_closed_border(mode: str, pair: tuple[str, str], request: pytest.FixtureRequest) -> None:
    network: Network = request.getfixturevalue(mode)
    a, b = (network.codes.index(code) for code in pair)
    first, last = network.country[network.edges].T
    assert not np.any(((first == a) & (last == b)) | ((first == b) & (last == a)))


def test_no_train_crosses_the_demarcation_line(rail: Network) -> None:
    assert rail.path(PYONGYANG, SEOUL) is None


def test_roads_lead_where_railways_do_not(rail: Network, road: Network) -> None:
    kabul, islamabad = Position(69.17, 34.53), Position(73.05, 33.7)
    assert rail.path(kabul, islamabad) is None
    path = found(road.path(kabul, islamabad, countries=homes("AF", "PK")))
    assert path.countries == ("AF", "PK")
    assert 300 < path.length_km < 480


def test_a_via_is_touched(rail: Network) -> None:
    saint_petersburg = Position(30.32, 59.93)
    direct = found(rail.path(MOSCOW, saint_petersburg))
    path = found(rail.path(MOSCOW, saint_petersburg, via=RIGA))
    assert not touches(direct.line, RIGA)
    assert touches(path.line, RIGA)
    assert "LV" in path.countries
    to, on = (
        found(rail.path(*ends))
        for ends in ((MOSCOW, Position(24.12, 56.95)), (Position(24.12, 56.95), saint_petersburg))
    )
    assert direct.length_km < path.length_km <= to.length_km + on.length_km + 1


def test_a_via_without_nodes_is_crossed_by_an_edge(rail: Network) -> None:
    nullarbor = shapely.LineString([(128.0, -32.5), (128.0, -29.5)])
    assert touches(
        found(rail.path(Position(137.77, -32.47), Position(121.466, -30.746), via=nullarbor)).line, nullarbor
    )


def test_a_via_off_the_network_leads_nowhere(rail: Network) -> None:
    assert rail.path(MOSCOW, BAKU, via=shapely.box(-40, 20, -30, 30)) is None


def test_alternatives_differ(rail: Network) -> None:
    paths = rail.paths(MOSCOW, Position(21.0, 52.23), 3)
    assert len(paths) == 3
    assert paths[0] == rail.path(MOSCOW, Position(21.0, 52.23))
    assert max(path.length_km for path in paths) <= 1.6 * paths[0].length_km
    for a, b in combinations(paths, 2):
        shared = {frozenset(pair) for pair in pairwise(a.line)} & {frozenset(pair) for pair in pairwise(b.line)}
        straight_km = sum(length_km(tuple(pair)) for pair in shared)
        assert straight_km <= 0.75 * min(a.length_km, b.length_km)


def test_far_from_any_railway_there_is_none(rail: Network) -> None:
    assert rail.path(Position(-30, 0), MOSCOW) is None
    assert rail.path(MOSCOW, Position(0, -80)) is None
    assert rail.path(MOSCOW, Position(-87.63, 41.88)) is None, "no railway over the ocean"


def test_the_reach_can_be_widened(rail: Network) -> None:
    tundra = Position(67.0, 66.0)
    assert rail.path(MOSCOW, tundra) is None
    path = found(rail.path(MOSCOW, tundra, reach_km=(25, 300)))
    assert 25 < path.snap_km[1] < 300


def test_over_the_antimeridian(road: Network) -> None:
    """Anadyr's roads are an island of the network; Egvekinot's cross 180 degrees."""
    near = np.flatnonzero(np.abs(road.positions[:, 0]) > 179.5)
    if not len(near):
        pytest.skip("no road comes near the antimeridian")
    place = Position(*road.positions[near[0]].tolist())
    over = Position(place.longitude - 360 * math.copysign(1, place.longitude), place.latitude)
    other = Position(*road.positions[near[-1]].tolist())
    assume_path, same = road.path(place, other), road.path(over, other)
    assert (assume_path is None) == (same is None)


@pytest.mark.parametrize(
    ("origin", "destination", "message"),
    [
        (Position(math.nan, 55), MOSCOW, "no network leads to longitude nan"),
        (MOSCOW, Position(math.inf, 55), "longitude inf"),
        (MOSCOW, Position(0, 90), "latitude 90"),
        (Position(0, -90), MOSCOW, "latitude -90"),
        (MOSCOW, MOSCOW, "the same place"),
    ],
)
def test_ends_that_no_network_joins(rail: Network, origin: Position, destination: Position, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rail.path(origin, destination)
    with pytest.raises(ValueError, match=message):
        rail.paths(origin, destination, 2)


def test_a_passage_that_there_is_not(rail: Network) -> None:
    with pytest.raises(ValueError, match="no such passages: Suez Canal"):
        rail.path(MOSCOW, BAKU, closed=frozenset({"Suez Canal"}))
    with pytest.raises(ValueError, match="no such passages: Suez Canal"):
        rail.path(MOSCOW, BAKU, opened=frozenset({"Suez Canal"}))


def test_a_network_that_there_is_not() -> None:
    with pytest.raises(FileNotFoundError, match="canal"):
        Network.load("canal")


cities = st.sampled_from([TUMANGANG, KHASAN, VLADIVOSTOK, MOSCOW, PYONGYANG, RAJIN, BAKU, BEIJING, KYIV, YEREVAN])
wishes = st.frozensets(st.sampled_from(["RU", "KP", "CN", "AZ", "UA", "GE"]), max_size=3)


@settings(max_examples=15, deadline=None)
@given(cities, cities, wishes)
def test_a_path_hangs_together(rail: Network, a: Position, b: Position, countries: frozenset[str]) -> None:
    assume(a != b)
    path = found(rail.path(a, b, countries=countries))
    back = found(rail.path(b, a, countries=countries))
    assert path.length_km == pytest.approx(back.length_km, rel=1e-6)
    assert path.length_km >= length_km(path.line) * (1 - 1e-6)
    assert distance_km(a, path.line[0]) == pytest.approx(path.snap_km[0], abs=1e-6)
    assert distance_km(b, path.line[-1]) == pytest.approx(path.snap_km[1], abs=1e-6)
    assert path.length_km >= distance_km(path.line[0], path.line[-1]) - 1e-6
    assert all(p != q for p, q in pairwise(path.line))
    assert all(p != q for p, q in pairwise(path.countries))
    assert path.countries == back.countries[::-1]


@settings(max_examples=10, deadline=None)
@given(st.permutations([MOSCOW, BAKU, KYIV, YEREVAN, TBILISI]))
def test_by_way_of_a_place_is_never_shorter(rail: Network, places: list[Position]) -> None:
    a, b, middle = places[:3]
    direct = found(rail.path(a, b))
    to, on = found(rail.path(a, middle)), found(rail.path(middle, b))
    assert direct.length_km <= to.length_km + on.length_km + 1e-6
    ground = shapely.Point(middle).buffer(0.2)
    by_way = found(rail.path(a, b, via=ground))
    assert touches(by_way.line, ground)
    assert direct.length_km - 1e-6 <= by_way.length_km <= to.length_km + on.length_km + 1e-6
