from __future__ import annotations

import pytest
from shapely.geometry import Point

from geodata.gazetteer import Feature, Gazetteer
from geodata.position import Position, distance_km
from geodata.regions import Regions


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.mark.parametrize(
    ("name", "language", "place_id"),
    [
        ("Laurel County", "en", "county:US-21125"),
        ("Laurel Co.", "en", "county:US-21125"),
        ("Rapides Parish", "en", "county:US-22079"),
        ("Miami-Dade County", "en", "county:US-12086"),
        ("Gwinnett", "en", "county:US-13135"),
        ("Essex", "en", "district:GB-2649889"),
        ("Oxfordshire", "en", "district:GB-2640726"),
        ("Dordogne", "fr", "district:FR-3021042"),
        ("Yorkshire", "en", "district:GB-yorkshire"),
        ("La Mancha", "es", "district:ES-la-mancha"),
        ("South Florida", "en", "district:south-florida"),
        ("Soviet Union", "en", "region:soviet-union"),
        ("Republic of Armenia", "en", "country:AM"),
    ],
)
def test_a_district_is_found(gazetteer: Gazetteer, name: str, language: str, place_id: str) -> None:
    assert gazetteer.candidates(name, language)[0].place.id == place_id


@pytest.mark.parametrize(
    ("name", "place_id"),
    [("Ill.", "US-IL"), ("Kan.", "US-KS"), ("Wash.", "US-WA"), ("Md.", "US-MD"), ("N.S.", "CA-07"), ("NSW", "AU-02")],
)
def test_a_state_is_found_by_its_abbreviation(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert f"admin:{place_id}" in {found.place.id for found in gazetteer.candidates(name, "en")}


@pytest.mark.parametrize(
    "word", ["ill", "wash", "mass", "ore", "ind", "miss", "pa", "la", "man", "act", "down", "eure"]
)
def test_a_word_is_no_state_and_no_county(gazetteer: Gazetteer, word: str) -> None:
    regions = {Feature.ADMIN, Feature.REGION}
    named = [found for found in gazetteer.candidates(word, "en") if found.place.feature in regions]
    assert not [found for found in named if found.place.country in {"US", "CA", "AU", "GB", "FR"}]


def test_a_town_comes_before_the_county_that_is_named_like_it(gazetteer: Gazetteer) -> None:
    for name in ("Jackson", "Montgomery", "Laurel", "Orleans", "Milan", "Valladolid"):
        assert gazetteer.candidates(name, "en")[0].place.feature is Feature.TOWN, name


def test_all_counties_are_there(gazetteer: Gazetteer) -> None:
    counties = [place for place in gazetteer if place.id.startswith("county:US-")]
    assert 3_090 <= len(counties) <= 3_110
    assert {place.country for place in counties} == {"US"}
    assert len({place.admin for place in counties}) == 50


@pytest.mark.parametrize(
    ("name", "longitude", "latitude"),
    [("United States", -98.5, 39.76), ("Russia", 100, 60), ("China", 105, 35), ("Brazil", -55, -10)],
)
def test_a_country_stands_where_other_gazetteers_put_it(
    gazetteer: Gazetteer, name: str, longitude: float, latitude: float
) -> None:
    assert gazetteer.candidates(name, "en")[0].place.position == pytest.approx((longitude, latitude))


def test_a_country_reaches_all_its_parts(gazetteer: Gazetteer, regions: Regions) -> None:
    for code in ("RU", "CA", "CN", "BR", "DE", "ML"):
        place, shape = gazetteer.place(f"country:{code}"), regions.shape(f"country:{code}")
        assert shape is not None
        main = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
        farthest = max(distance_km(place.position, Position(*corner)) for corner in main.exterior.coords)
        assert farthest <= place.radius_km + 10, code


def test_regions_have_outlines_that_hold_their_point(gazetteer: Gazetteer, regions: Regions) -> None:
    drawn = [place_id for place_id in regions.ids() if place_id.startswith("admin:")]
    assert len(drawn) > 1_500
    outside = [
        place_id
        for place_id in drawn
        if regions.shape(place_id).distance(Point(gazetteer.place(place_id).position)) > 0.1
    ]
    assert not outside
    assert regions.contains(gazetteer.place("admin:UA-07"), gazetteer.place("geonames:706483"))  # Kharkiv
