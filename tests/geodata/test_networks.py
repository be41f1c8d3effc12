from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geodata.networks import Network, Path
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


@pytest.fixture(scope="module")
def rail() -> Network:
    return Network.load("rail")


def found(path: Path | None) -> Path:
    assert path is not None
    return path


def test_over_the_friendship_bridge(rail: Network) -> None:
    path = found(rail.path(TUMANGANG, KHASAN, countries=frozenset({"KP", "RU"})))
    assert path.countries == ("KP", "RU")
    assert 3 < path.length_km < 6
    assert max(path.snap_km) < 0.5
    onward = found(rail.path(TUMANGANG, VLADIVOSTOK, countries=frozenset({"KP", "RU"})))
    assert onward.countries == ("KP", "RU")
    assert 250 < onward.length_km < 340


def test_khasan_to_moscow_stays_in_russia(rail: Network) -> None:
    path = found(rail.path(KHASAN, MOSCOW, countries=frozenset({"RU"})))
    assert path.countries == ("RU",)
    # 9,415 km by the timetable: the source's straight edges leave out a tenth
    assert 8300 < path.length_km < 9600
    assert max(position.latitude for position in path.line if 126 < position.longitude < 135) > 50, "round the Amur"


def test_no_country_named_means_the_shortest_way(rail: Network) -> None:
    free = found(rail.path(KHASAN, MOSCOW))
    kept = found(rail.path(KHASAN, MOSCOW, countries=frozenset({"RU"})))
    assert "CN" in free.countries
    assert free.length_km < kept.length_km


def test_a_third_country_only_where_no_way_avoids_it(rail: Network) -> None:
    path = found(rail.path(BEIJING, Position(13.37, 52.525), countries=frozenset({"CN", "DE"})))
    assert path.countries[0] == "CN"
    assert path.countries[-1] == "DE"
    assert "PL" in path.countries


@pytest.mark.parametrize(
    ("origin", "destination", "countries", "published_km"),
    # Russian Railways' kilometre posts
    [(VLADIVOSTOK, MOSCOW, {"RU"}, 9288), (KHASAN, MOSCOW, {"RU"}, 9415)],
)
def test_lengths_come_near_the_published(
    rail: Network, origin: Position, destination: Position, countries: set[str], published_km: float
) -> None:
    path = found(rail.path(origin, destination, countries=frozenset(countries)))
    assert set(path.countries) == countries
    # straight edges leave the curves out; Khasan - Rajin, 54 km of hills, even comes out at 45
    assert path.length_km == pytest.approx(published_km, rel=0.11)


@pytest.mark.parametrize(
    ("origin", "destination", "countries"), [(PYONGYANG, RAJIN, ("KP",)), (BAKU, MOSCOW, ("AZ", "RU"))]
)
def test_gaps_at_home_are_closed(
    rail: Network, origin: Position, destination: Position, countries: tuple[str, ...]
) -> None:
    path = found(rail.path(origin, destination))
    assert path.countries == countries
    assert path.length_km < 1.5 * distance_km(origin, destination)


def test_no_train_crosses_the_demarcation_line(rail: Network) -> None:
    assert rail.path(PYONGYANG, SEOUL) is None
    labels = np.array(rail.codes)[rail.country[rail.edges]]
    assert not any({*pair} == {"KP", "KR"} for pair in labels.tolist())


def test_far_from_any_railway_there_is_none(rail: Network) -> None:
    assert rail.path(Position(-30, 0), MOSCOW) is None
    assert rail.path(MOSCOW, Position(0, -80)) is None
    assert rail.path(MOSCOW, Position(-87.63, 41.88)) is None, "no railway over the ocean"


def test_the_reach_can_be_widened(rail: Network) -> None:
    tundra = Position(67.0, 66.0)
    assert rail.path(MOSCOW, tundra) is None
    path = found(rail.path(MOSCOW, tundra, reach_km=(25, 300)))
    assert 25 < path.snap_km[1] < 300


def test_a_network_that_there_is_not() -> None:
    with pytest.raises(FileNotFoundError, match="canal"):
        Network.load("canal")


cities = st.sampled_from([TUMANGANG, KHASAN, VLADIVOSTOK, MOSCOW, PYONGYANG, RAJIN, BAKU, BEIJING])


@settings(max_examples=15, deadline=None)
@given(cities, cities)
def test_a_path_hangs_together(rail: Network, a: Position, b: Position) -> None:
    assume(a != b)
    path = found(rail.path(a, b))
    back = found(rail.path(b, a))
    assert path.length_km == pytest.approx(back.length_km, rel=1e-6)
    assert path.length_km >= length_km(path.line) * (1 - 1e-6)
    assert distance_km(a, path.line[0]) == pytest.approx(path.snap_km[0], abs=1e-6)
    assert distance_km(b, path.line[-1]) == pytest.approx(path.snap_km[1], abs=1e-6)
    assert path.length_km >= distance_km(path.line[0], path.line[-1]) - 1e-6
    assert all(p != q for p, q in pairwise(path.line))
    assert all(p != q for p, q in pairwise(path.countries))
    assert path.countries == back.countries[::-1]
