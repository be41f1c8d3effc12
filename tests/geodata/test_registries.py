from __future__ import annotations

import pytest
from shapely import STRtree, get_parts, union_all
from shapely.geometry import MultiLineString, Point

from geodata.gazetteer import Feature, Gazetteer, Place
from geodata.networks import Network
from geodata.regions import Regions

FIVE_KM = 0.06  # degrees; countries' outlines are simplified to 0.015


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def regions(gazetteer: Gazetteer) -> list[Place]:
    return [place for place in gazetteer if place.id.startswith("admin:")]


@pytest.mark.parametrize(
    ("name", "language", "place_id"),
    [
        ("Primorsky Krai", "en", "admin:RU-59"),
        ("Region Primorje", "de", "admin:RU-59"),
        ("Primorye", "en", "admin:RU-59"),
        ("Oblast Charkiw", "de", "admin:UA-07"),
        ("Харьковская область", "ru", "admin:UA-07"),
        ("Харківщини", "uk", "admin:UA-07"),
        ("obwód lwowski", "pl", "admin:UA-15"),
        ("Тверской области", "ru", "admin:RU-77"),
        ("Sakhalin Oblast", "en", "island:sakhalin"),
        ("Anbar province", "en", "admin:IQ-01"),
        ("محافظة حلب", "ar", "admin:SY-09"),
        ("استان هرمزگان", "fa", "admin:IR-11"),
        ("广东省", "zh", "admin:CN-30"),
        ("山东", "zh", "admin:CN-25"),
        ("경상남도", "ko", "admin:KR-20"),
        ("千葉県", "ja", "admin:JP-04"),
        ("Mexico State", "en", "admin:MX-15"),
        ("Andhra Pradesh", "de", "admin:IN-02"),
        ("Calif.", "en", "admin:US-CA"),
        ("Lagos State", "en", "admin:NG-05"),
        ("Nord-Kordofan", "de", "admin:SD-56"),
    ],
)
def test_a_region_is_found(gazetteer: Gazetteer, name: str, language: str, place_id: str) -> None:
    assert gazetteer.candidates(name, language)[0].place.id == place_id


@pytest.mark.parametrize(
    ("name", "language"),
    [("Kharkiv", "en"), ("Lagos", "en"), ("Durango", "es"), ("Aleppo", "en"), ("Москвы", "ru"), ("Stockholms", "de")],
)
def test_a_town_comes_before_the_region_that_is_named_for_it(gazetteer: Gazetteer, name: str, language: str) -> None:
    assert gazetteer.candidates(name, language)[0].place.feature is Feature.TOWN


def test_regions_of_all_the_world_are_there(regions: list[Place]) -> None:
    count = {country: sum(place.country == country for place in regions) for country in ("US", "RU", "UA", "IR", "IQ")}
    assert count == {"US": 51, "RU": 81, "UA": 24, "IR": 31, "IQ": 19}
    assert len(regions) > 3_000
    assert len({place.country for place in regions}) > 200


def test_a_region_has_one_entry(regions: list[Place]) -> None:
    codes = [(place.country, place.admin) for place in regions]
    assert len(codes) == len(set(codes))


def test_a_compass_point_is_no_region(gazetteer: Gazetteer) -> None:
    for name in ("Central", "Eastern", "North", "Nord", "Centre", "Capital"):
        assert not [found for found in gazetteer.candidates(name, "en") if found.place.id.startswith("admin:")]


@pytest.mark.parametrize(
    ("name", "language", "feature"),
    [
        ("Ningbo Lishe International Airport", "en", Feature.AIRPORT),
        ("aéroport de Windhoek", "fr", Feature.AIRPORT),
        ("Flughafen Krasnoyarsk", "de", Feature.AIRPORT),
        ("Kirkuk Air Base", "en", Feature.AIRPORT),
        ("Etame Terminal", "en", Feature.PORT),
        ("Malongo", "en", Feature.PORT),
    ],
)
def test_registries_know_ports_and_airports(gazetteer: Gazetteer, name: str, language: str, feature: Feature) -> None:
    assert gazetteer.candidates(name, language)[0].place.feature is feature


def test_a_city_is_not_its_airport(gazetteer: Gazetteer) -> None:
    for name in ("Windhoek", "Ningbo", "Krasnoyarsk"):
        found = gazetteer.candidates(name, "en")
        assert not [candidate for candidate in found if candidate.place.id.startswith("airport:")]


def test_ports_of_registries_lie_at_the_water(gazetteer: Gazetteer) -> None:
    """The build holds them to 5 km from the coast at 1:10m; at 1:50m, simplified, creeks and fjords are closed."""
    shapes, rivers = Regions.load(), Network.load("river")
    countries = [place for place in gazetteer if place.feature is Feature.COUNTRY]
    land = union_all([shape for place in countries if (shape := shapes.shape(place.id)) is not None])
    banks = MultiLineString([rivers.positions[edge].tolist() for edge in rivers.edges])
    lakes = [shape for place in gazetteer if place.feature is Feature.WATER and (shape := shapes.shape(place.id))]
    water = STRtree([*get_parts(land.boundary), *banks.geoms, *lakes])
    ports = [place for place in gazetteer if place.id.startswith(("wpi:", "locode:"))]
    inland = [Point(port.position) for port in ports if land.contains(Point(port.position))]
    far = [point for point in inland if not len(water.query(point, predicate="dwithin", distance=FIVE_KM))]
    farther = [point for point in far if not len(water.query(point, predicate="dwithin", distance=10 * FIVE_KM))]
    assert len(ports) > 500
    assert len(far) < len(ports) / 10
    assert not farther
