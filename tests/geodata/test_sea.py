from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.position import Position, distance_km, length_km
from geodata.sea import Sea

if TYPE_CHECKING:
    from geodata.networks import Path

JEDDAH = Position(39.17, 21.49)
PIRAEUS = Position(23.62, 37.94)
TOKYO = Position(139.80, 35.60)
LOS_ANGELES = Position(-118.25, 33.73)
HAMBURG = Position(9.97, 53.54)
SAINT_PETERSBURG = Position(30.22, 59.90)
VLADIVOSTOK = Position(131.88, 43.11)
MURMANSK = Position(33.06, 68.98)
ANZALI = Position(49.46, 37.47)
ASTRAKHAN = Position(48.03, 46.35)
SHANGHAI = Position(121.50, 31.24)
ROTTERDAM = Position(4.48, 51.90)
NEW_YORK = Position(-74.03, 40.68)
CAPE_TOWN = Position(18.43, -33.90)
SYDNEY = Position(151.21, -33.85)
ROSARIO = Position(-60.63, -32.94)
NORTHERN = "strait:northern-sea-route"


@pytest.fixture(scope="module")
def sea() -> Sea:
    return Sea.load()


def found(path: Path | None) -> Path:
    assert path is not None
    return path


def miles(path: Path) -> float:
    return path.length_km / 1.852


def test_through_suez_and_around_where_it_is_closed(sea: Sea) -> None:
    open_ = found(sea.path(JEDDAH, PIRAEUS))
    assert open_.passages == ("canal:suez",)
    assert 1250 < miles(open_) < 1400
    closed = found(sea.path(JEDDAH, PIRAEUS, closed=frozenset({"canal:suez"})))
    assert closed.passages[0] == "strait:bab-el-mandeb"
    assert {"cape:good-hope", "strait:gibraltar"} < set(closed.passages)
    assert miles(closed) > 10_500


def test_over_the_pacific_unwrapped(sea: Sea) -> None:
    path = found(sea.path(TOKYO, LOS_ANGELES))
    assert miles(path) == pytest.approx(4870, rel=0.03)
    assert path.line[0] == TOKYO
    assert path.line[-1].longitude == pytest.approx(360 - 118.25, abs=0.1)
    assert all(abs(a.longitude - b.longitude) < 180 for a, b in pairwise(path.line))


def test_into_the_baltic_by_kiel_or_by_skagerrak(sea: Sea) -> None:
    assert found(sea.path(HAMBURG, SAINT_PETERSBURG)).passages == ("canal:kiel",)
    around = found(sea.path(HAMBURG, SAINT_PETERSBURG, closed=frozenset({"canal:kiel"})))
    assert around.passages[:2] == ("strait:skagerrak", "strait:kattegat")


def test_a_group_closes_all_its_members(sea: Sea) -> None:
    assert sea.path(HAMBURG, SAINT_PETERSBURG, closed=frozenset({"canal:kiel", "strait:danish-straits"})) is None


def test_the_north_east_passage_only_where_it_is_opened(sea: Sea) -> None:
    south = found(sea.path(VLADIVOSTOK, MURMANSK))
    assert NORTHERN not in south.passages
    north = found(sea.path(VLADIVOSTOK, MURMANSK, opened=frozenset({NORTHERN})))
    assert NORTHERN in north.passages
    assert north.length_km < 11_500
    assert south.length_km > 20_000


def test_a_port_on_the_passage_is_served(sea: Sea) -> None:
    assert NORTHERN in found(sea.path(MURMANSK, Position(128.87, 71.64))).passages


def test_the_caspian_is_a_sea_of_its_own(sea: Sea) -> None:
    path = found(sea.path(ANZALI, ASTRAKHAN))
    assert path.passages == ()
    assert 1000 < path.length_km < 1200
    assert sea.path(ANZALI, ROTTERDAM) is None
    assert "canal:volga-don" in found(sea.path(ANZALI, ROTTERDAM, opened=frozenset({"canal:volga-don"}))).passages


def test_from_china_to_europe(sea: Sea) -> None:
    path = found(sea.path(SHANGHAI, ROTTERDAM))
    assert miles(path) == pytest.approx(10_525, rel=0.03)
    order = "strait:taiwan strait:malacca strait:bab-el-mandeb canal:suez strait:gibraltar strait:dover".split()
    assert [name for name in path.passages if name in order] == order


def test_up_a_river_to_a_sea_port(sea: Sea) -> None:
    path = found(sea.path(ROSARIO, ROTTERDAM))
    assert max(path.snap_km) < 5


@pytest.mark.parametrize(
    ("origin", "destination", "gate"),
    [(SHANGHAI, ROTTERDAM, "cape:good-hope"), (LOS_ANGELES, NEW_YORK, "cape:horn"), (TOKYO, SYDNEY, "strait:sunda")],
)
def test_by_way_of_a_passage(sea: Sea, origin: Position, destination: Position, gate: str) -> None:
    path = found(sea.path(origin, destination, via=sea.gates[gate]))
    assert gate in path.passages
    assert len(set(path.passages)) == len(path.passages), "it goes on and does not turn round"


def test_by_way_of_a_sea(sea: Sea) -> None:
    black = shapely.box(30, 43, 37, 44)
    path = found(sea.path(PIRAEUS, SHANGHAI, via=black))
    assert shapely.LineString(path.line).intersects(black)
    assert path.passages[:4] == ("strait:dardanelles", "strait:bosporus", "strait:bosporus", "strait:dardanelles") or (
        path.passages[:3] == ("strait:dardanelles", "strait:bosporus", "strait:dardanelles")
    )


def test_other_ways(sea: Sea) -> None:
    ways = sea.paths(SHANGHAI, ROTTERDAM, 3)
    assert len(ways) == 3
    assert len({way.passages for way in ways}) == 3
    assert [way.length_km for way in ways] == sorted(way.length_km for way in ways)
    assert ways[0] == sea.path(SHANGHAI, ROTTERDAM)


def test_no_water_within_reach(sea: Sea) -> None:
    assert sea.path(Position(37.62, 55.75), ROTTERDAM) is None
    assert sea.path(ROTTERDAM, Position(100, 45)) is None
    assert sea.path(Position(0, 90), ROTTERDAM) is None
    assert sea.path(Position(0, -90), ROTTERDAM) is None
    berlin = Position(13.4, 52.52)
    assert sea.path(berlin, ROTTERDAM) is None
    assert 100 < found(sea.path(berlin, ROTTERDAM, reach_km=(200, 50))).snap_km[0] < 200


@pytest.mark.parametrize("bad", [Position(float("nan"), 0), Position(0, float("nan")), Position(0, 91)])
def test_no_such_position(sea: Sea, bad: Position) -> None:
    with pytest.raises(ValueError, match="no such position"):
        sea.path(bad, ROTTERDAM)


def test_the_same_place_twice(sea: Sea) -> None:
    path = found(sea.path(ROTTERDAM, ROTTERDAM))
    assert path.length_km == 0
    assert len(path.line) == 1


def test_passages_are_named_as_waters_are(sea: Sea) -> None:
    ours = {"strait:northwest-passage", "strait:makassar", "strait:torres", "strait:bass", "strait:cook"}
    ours |= {"strait:little-belt", "strait:yucatan"}
    from geodata.gazetteer import Gazetteer  # noqa: PLC0415

    gazetteer = Gazetteer.load()
    missing = {name for name in sea.gates if name not in ours and gazetteer.place(name) is None}
    assert not missing


harbours = st.sampled_from(
    [JEDDAH, PIRAEUS, TOKYO, LOS_ANGELES, HAMBURG, SAINT_PETERSBURG, VLADIVOSTOK, SHANGHAI, NEW_YORK, CAPE_TOWN, SYDNEY]
)
offshore = st.builds(Position, st.floats(-180, 180), st.floats(-60, 70))


@settings(max_examples=25, deadline=None)
@given(harbours, harbours)
def test_a_path_hangs_together(sea: Sea, a: Position, b: Position) -> None:
    path = found(sea.path(a, b))
    back = found(sea.path(b, a))
    assert path.length_km == pytest.approx(back.length_km, rel=1e-9)
    assert path.passages == back.passages[::-1]
    assert path.length_km == pytest.approx(length_km(path.line))
    assert distance_km(a, path.line[0]) == pytest.approx(path.snap_km[0], abs=1e-6)
    assert distance_km(b, path.line[-1]) == pytest.approx(path.snap_km[1], abs=1e-6)
    assert path.length_km >= distance_km(path.line[0], path.line[-1]) - 1e-6
    assert all(p != q for p, q in pairwise(path.line))
    assert all(distance_km(p, q) <= 101 for p, q in pairwise(path.line))


@settings(max_examples=25, deadline=None)
@given(harbours, offshore)
def test_a_path_runs_on_water(sea: Sea, a: Position, b: Position) -> None:
    path = sea.path(a, b)
    if path is None:
        return
    middles = [Position((p.longitude + q.longitude) / 2, (p.latitude + q.latitude) / 2) for p, q in pairwise(path.line)]
    dry = [at for at in middles if sea.grid.nearest(at, 5) is None]
    assert not dry


@settings(max_examples=15, deadline=None)
@given(harbours, harbours, st.sampled_from(["canal:suez", "canal:panama", "strait:malacca", "strait:dover"]))
def test_closed_means_closed(sea: Sea, a: Position, b: Position, name: str) -> None:
    path = sea.path(a, b, closed=frozenset({name}))
    free = found(sea.path(a, b))
    assert path is None or name not in path.passages
    assert path is None or path.length_km >= 0.99 * free.length_km
    if name not in free.passages:
        assert found(path).length_km == pytest.approx(free.length_km)


@settings(max_examples=15, deadline=None)
@given(harbours, harbours, offshore)
def test_a_via_is_touched_and_no_way_gets_shorter(sea: Sea, a: Position, b: Position, at: Position) -> None:
    around = shapely.Point(at).buffer(1.0)
    path = sea.path(a, b, via=around)
    if path is None:
        return
    line = np.array(path.line)
    turned = (
        shapely.MultiLineString([shapely.LineString(line - (turn, 0)) for turn in (-360, 0, 360)])
        if (len(line) > 1)
        else shapely.Point(line[0])
    )
    assert turned.distance(around) < 0.05
    assert path.length_km >= 0.97 * found(sea.path(a, b)).length_km
