from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

from geodata import basemap


def decode(text: str) -> list[tuple[float, float]]:
    """Read a line as the docstring of geodata.basemap says, in its own words of Python."""
    numbers, number, shift = [], 0, 0
    for character in text:
        bits = ord(character) - 63
        number |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(number >> 1) if number & 1 else number >> 1)
            number = shift = 0
    longitude = latitude = 0
    line = []
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        longitude, latitude = longitude + east, latitude + north
        line.append((longitude / 100, latitude / 100))
    return line


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return dict(json.loads(basemap.load()))


@pytest.fixture(scope="module")
def land(content: dict[str, Any]) -> MultiPolygon:
    return MultiPolygon([Polygon(*(f(decode(r) for r in p) for f in (next, list))) for p in map(iter, content["land"])])


@pytest.fixture(scope="module")
def borders(content: dict[str, Any]) -> list[LineString]:
    return [LineString(decode(line)) for line in content["borders"]]


def test_it_is_small_and_safe_to_embed() -> None:
    text = basemap.load()
    assert len(text) < 140_000
    assert "<" not in text
    assert text.isascii()
    assert text.isprintable()


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "dry"),
    [
        ("Berlin", 13.4, 52.5, True),
        ("Vladivostok's hinterland", 132.3, 43.6, True),
        ("Pyongyang", 125.75, 39.02, True),
        ("Chukotka, beyond the antimeridian", -175, 67, True),
        ("Chukotka, before it", 178, 67, True),
        ("the South Pole", 0, -89.9, True),
        ("the Caspian", 51, 41, False),
        ("the Sea of Japan", 134, 40, False),
        ("the Arctic", 0, 88, False),
        ("the Pacific at the antimeridian", 179.9, 10, False),
        ("the Atlantic at Russia's latitude", -30, 60, False),
    ],
)
def test_land_and_water(land: MultiPolygon, place: str, longitude: float, latitude: float, *, dry: bool) -> None:
    assert shapely.contains(land, Point(longitude, latitude)) == dry, place


def test_lakes_lie_in_the_land(content: dict[str, Any], land: MultiPolygon) -> None:
    lakes = [Polygon(decode(ring)) for ring in content["lakes"]]
    for longitude, latitude in ((108, 53.4), (33, -1), (-87, 44)):  # Baikal, Victoria, Michigan
        point = Point(longitude, latitude)
        assert shapely.contains(land, point)
        assert any(lake.contains(point) for lake in lakes)


def test_nothing_is_drawn_over_the_antimeridian(land: MultiPolygon, borders: list[LineString]) -> None:
    rings = [ring for part in land.geoms for ring in (part.exterior, *part.interiors)]
    for line in [*rings, *borders]:
        west, south, east, north = line.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        steps = [abs(a[0] - b[0]) for a, b in pairwise(line.coords) if abs(a[1]) < 89]
        assert max(steps, default=0) < 90


def test_land_is_wound_right_handed_and_of_the_right_size(land: MultiPolygon) -> None:
    assert all(part.exterior.is_ccw for part in land.geoms)
    # on an equal-area cylinder: x the longitude, y the sine of the latitude
    flat = shapely.transform(land, lambda xy: [(x, math.degrees(math.sin(math.radians(y)))) for x, y in xy])
    globe = 360 * math.degrees(2)
    assert shapely.area(flat) / globe == pytest.approx(0.29, abs=0.01)


def test_borders_lie_between_countries(borders: list[LineString]) -> None:
    def nearest(longitude: float, latitude: float) -> float:
        return min(line.distance(Point(longitude, latitude)) for line in borders)

    assert nearest(130.64, 42.4) < 0.1  # the Tumen
    assert nearest(126.68, 37.95) < 0.15  # the Demarcation Line
    assert nearest(33.6, 46.1) > 0.5  # none at Perekop
    assert nearest(-9.5, 38.7) > 1  # no coasts


def test_labels_stand_in_their_countries(content: dict[str, Any], land: MultiPolygon) -> None:
    labels = {code: (longitude, latitude, zoom) for longitude, latitude, code, zoom in content["labels"]}
    assert {"KP", "RU", "IR", "DE"} < labels.keys()
    assert labels["RU"][2] < labels["KP"][2]
    assert all(shapely.contains(land, Point(x, y)) for x, y, _ in labels.values())
