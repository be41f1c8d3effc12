from __future__ import annotations

import pytest
from shapely.geometry import MultiPolygon, Point, Polygon

from geodata.gazetteer import Feature, Gazetteer, Place
from geodata.position import Position
from geodata.regions import Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("position", "country"),
    [
        ((37.6, 55.7), "RU"),
        ((179.5, 68.0), "RU"),
        ((-179.0, 66.0), "RU"),
        ((130.645, 42.428), "RU"),
        ((125.75, 39.0), "KP"),
        ((34.1, 45.0), "UA"),
        ((21.2, 42.7), "XK"),
        ((-52.3, 4.9), "GF"),
        ((179.0, -16.6), "FJ"),
        ((0.0, -85.0), "AQ"),
        ((-30.0, 40.0), None),
        ((34.3, 43.3), None),
    ],
)
def test_the_country_at_a_position(regions: Regions, position: tuple[float, float], country: str | None) -> None:
    assert regions.country_at(Position(*position)) == country


def test_a_quay_off_the_simplified_coast_has_a_country(regions: Regions) -> None:
    assert regions.country_at(Position(3.97, 51.97)) == "NL"  # Maasvlakte


def test_all_shapes_are_valid_and_wound_right(regions: Regions) -> None:
    for place_id in regions.ids():
        shape = regions.shape(place_id)
        assert isinstance(shape, Polygon | MultiPolygon)
        assert shape.is_valid, place_id
        assert not shape.is_empty, place_id
        west, south, east, north = shape.bounds
        assert -180 <= west <= east <= 180, place_id
        assert -90 <= south <= north <= 90, place_id
        for part in getattr(shape, "geoms", [shape]):
            assert part.exterior.is_ccw, place_id
            assert not any(hole.is_ccw for hole in part.interiors), place_id


def test_every_shape_has_a_place_and_holds_or_nears_its_point(regions: Regions, gazetteer: Gazetteer) -> None:
    for place_id in regions.ids():
        place = gazetteer.place(place_id)
        shape = regions.shape(place_id)
        assert place.area
        assert shape is not None
        assert shape.distance(Point(place.position)) < 4, place_id


def test_there_is_no_shape_of_a_town(regions: Regions) -> None:
    assert regions.shape("geonames:2013348") is None


@pytest.mark.parametrize(
    ("outer", "inner", "held"),
    [
        ("country:RU", "strategic:khasan", True),
        ("country:KP", "strategic:khasan", False),
        ("region:russian-far-east", "strategic:khasan", True),
        ("region:middle-east", "country:IR", True),
        ("region:donbas", "geonames:709717", True),
        ("region:donbas", "geonames:524901", False),
        ("admin:RU-59", "geonames:2013348", True),
        ("geonames:2013348", "strategic:khasan", False),
    ],
)
def test_what_an_area_contains(regions: Regions, gazetteer: Gazetteer, outer: str, inner: str, *, held: bool) -> None:
    assert regions.contains(gazetteer.place(outer), gazetteer.place(inner)) is held


def test_a_disc_stands_in_for_an_area_without_a_shape(regions: Regions) -> None:
    area = Place("user:area", "Area", Position(10, 50), Feature.REGION, radius_km=100, area=True)
    near, far = (Place("user:p", "P", Position(*at), Feature.SITE) for at in [(10.5, 50), (13, 50)])
    assert regions.contains(area, near)
    assert not regions.contains(area, far)
