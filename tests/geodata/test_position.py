from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.position import Position, cut, distance_km, geodesic, length_km, unwrap, wrap

longitudes = st.floats(-180, 180)
latitudes = st.floats(-89, 89)
positions = st.builds(Position, longitudes, latitudes)
# so that a full turn more or less costs no bit that matters
thousandths = st.builds(
    lambda x, y: Position(x / 1000, y / 1000), st.integers(-180_000, 180_000), st.integers(-89_000, 89_000)
)
BERLIN = Position(13.405, 52.52)
MOSCOW = Position(37.6175, 55.7508)
TOKYO = Position(139.69, 35.69)
LOS_ANGELES = Position(-118.24, 34.05)


def test_distance_on_the_ellipsoid() -> None:
    assert distance_km(Position(0, 0), Position(1, 0)) == pytest.approx(111.3195, abs=1e-4)
    assert distance_km(Position(0, 0), Position(0, 1)) == pytest.approx(110.5744, abs=1e-4)
    assert distance_km(BERLIN, MOSCOW) == pytest.approx(1613, abs=2)


def test_over_the_pacific_the_longitude_runs_on() -> None:
    line = geodesic(TOKYO, LOS_ANGELES)
    assert line[0] == TOKYO
    assert line[-1].longitude == pytest.approx(360 - 118.24)
    west, east = cut(line)
    assert west[-1].longitude == 180
    assert east[0] == Position(-180, west[-1].latitude)
    assert east[-1] == pytest.approx(LOS_ANGELES)


def test_a_line_that_merely_runs_beyond_is_wrapped() -> None:
    assert cut([Position(190, 1), Position(195, 2)]) == ((Position(-170, 1), Position(-165, 2)),)
    assert cut([Position(-190, 1), Position(-195, 2)]) == ((Position(170, 1), Position(165, 2)),)


def test_a_line_that_ends_at_or_runs_along_the_antimeridian() -> None:
    assert cut([Position(170, 0), Position(180, 0)]) == ((Position(170, 0), Position(180, 0)),)
    assert cut([Position(-180, 0), Position(-170, 0)]) == ((Position(-180, 0), Position(-170, 0)),)
    assert cut([Position(-180, 0), Position(-180, 5)]) == ((Position(-180, 0), Position(-180, 5)),)
    touch = cut([Position(170, 0), Position(180, 1), Position(-170, 2)])
    assert touch == ((Position(170, 0), Position(180, 1)), (Position(-180, 1), Position(-170, 2)))


def test_a_round_trip_over_the_antimeridian_keeps_its_ends() -> None:
    there, away, back = cut([Position(170, 0), Position(-170, 0), Position(170, 0)])
    assert there[0] == back[-1] == Position(170, 0)
    assert away == (Position(-180, 0), Position(-170, 0), Position(-180, 0))


def test_lines_that_go_nowhere() -> None:
    assert cut([]) == ()
    assert cut([BERLIN]) == ()
    assert cut([BERLIN, BERLIN]) == ()
    assert length_km([]) == length_km([BERLIN]) == 0
    assert geodesic(BERLIN, BERLIN) == (BERLIN, BERLIN)


def test_to_the_pole_and_over_it() -> None:
    assert geodesic(MOSCOW, Position(0, 90))[-1] == Position(MOSCOW.longitude, 90)
    over = geodesic(Position(10, 85), Position(-170, 85))
    assert length_km(over) == pytest.approx(distance_km(Position(10, 85), Position(-170, 85)))


@pytest.mark.parametrize("wrong", [Position(0, 90.1), Position(0, -91), Position(math.nan, 0), Position(0, math.nan)])
def test_what_is_no_position_is_named(wrong: Position) -> None:
    with pytest.raises(ValueError, match=str(wrong.latitude)):
        distance_km(BERLIN, wrong)
    with pytest.raises(ValueError, match="no such position"):
        cut([BERLIN, wrong])
    with pytest.raises(ValueError, match="no such position"):
        geodesic(wrong, BERLIN)


@pytest.mark.parametrize("step", [0.0, -1.0, math.nan])
def test_a_step_must_lead_on(step: float) -> None:
    with pytest.raises(ValueError, match="step"):
        geodesic(BERLIN, MOSCOW, step)


@given(positions, positions, st.floats(50, 2000))
def test_a_geodesic_is_as_long_as_the_distance(a: Position, b: Position, step: float) -> None:
    line = geodesic(a, b, step)
    assert length_km(line) == pytest.approx(distance_km(a, b), rel=1e-6, abs=1e-3)
    assert all(abs(p.longitude - q.longitude) <= 180 for p, q in pairwise(line))
    # a pole on the way is left out, so the two steps beside it are one
    assert all(
        distance_km(p, q) <= step * (1.001 if abs(p.longitude - q.longitude) < 90 else 2.002) for p, q in pairwise(line)
    )


@given(st.lists(positions, min_size=2, max_size=6))
def test_cutting_keeps_length_ends_and_range(corners: list[Position]) -> None:
    line = [p for a, b in pairwise(corners) for p in geodesic(a, b)]
    parts = cut(line)
    assert sum(map(length_km, parts)) == pytest.approx(length_km(line), rel=1e-3, abs=1e-3)
    assert all(-180 <= p.longitude <= 180 and -90 <= p.latitude <= 90 for part in parts for p in part)
    assert all(a != b for part in parts for a, b in pairwise(part))
    assert all(abs(a.longitude - b.longitude) <= 180 for part in parts for a, b in pairwise(part))
    assert all(len(part) > 1 for part in parts)
    if parts:
        assert distance_km(parts[0][0], line[0]) < 1e-6
        assert distance_km(parts[-1][-1], line[-1]) < 1e-6


@given(st.lists(positions, min_size=2, max_size=6))
def test_cutting_what_is_cut_changes_nothing(corners: list[Position]) -> None:
    for part in cut(corners):
        assert [p for again in cut(part) for p in again] == list(part)


@given(st.lists(thousandths, max_size=6), st.integers(-2, 2))
def test_full_turns_do_not_matter(line: list[Position], turns: int) -> None:
    moved = [Position(p.longitude + 360 * turns, p.latitude) for p in unwrap(line)]
    for part, other in zip(cut(line), cut(moved), strict=True):
        assert [p.longitude for p in part] == pytest.approx([p.longitude for p in other], abs=1e-9)


@given(st.floats(-1000, 1000))
def test_wrapping(longitude: float) -> None:
    assert -180 <= wrap(longitude) <= 180
    assert math.remainder(wrap(longitude) - longitude, 360) == pytest.approx(0, abs=1e-9)
