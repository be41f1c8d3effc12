"""Rivers and canals: their lines, the bands round them, and the network that ships use."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import Point

from geodata.gazetteer import DATA, Feature, Gazetteer
from geodata.networks import Network
from geodata.position import Position, distance_km, length_km
from geodata.regions import Regions

BUILD = Path(__file__).parents[2] / "geodata" / "build"
RIVERS = tomllib.loads((BUILD / "rivers.toml").read_text(encoding="utf-8"))
NAMED = [name for name in RIVERS if not name.startswith("link:")]
NOT_DRAWN = {"canal:pinglu", "canal:istanbul", "canal:nicaragua", "river:litani"}  # planned, new, or a brook
ASTRAKHAN = Position(48.035, 46.35)
VOLGOGRAD, ROSTOV = Position(44.52, 48.71), Position(39.71, 47.22)
ROTTERDAM, CONSTANTA = Position(4.48, 51.92), Position(28.65, 44.17)
# km along the water as gauges and timetables count it: English Wikipedia on each river
PUBLISHED = {"river:rhine": 1230, "river:danube": 2850, "river:volga": 3530, "river:elbe": 1094, "river:ohio": 1579}


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def river() -> Network:
    return Network.load("river")


def _passages() -> tuple[np.ndarray, list[str]]:
    with np.load(DATA / "river.npz") as file:
        return file["passage"], file["passages"].tolist()


def _km(regions: Regions, name: str) -> float:
    line = regions.line(name)
    assert line is not None
    return sum(length_km([Position(*at) for at in part.coords]) for part in line.geoms)


def test_every_entry_has_a_course_and_a_source() -> None:
    for name, told in RIVERS.items():
        assert told["source"] in {"NE", "WP", "NE, WP"}, name
        assert ("WP" in told["source"]) == ("drawn" in told), name
        assert ("NE" in told["source"]) == ("courses" in told), name


def test_every_river_and_canal_of_the_gazetteer_has_a_line(gazetteer: Gazetteer, regions: Regions) -> None:
    ours = {place.id for place in gazetteer if place.id.startswith(("river:", "canal:"))}
    assert ours == set(NAMED) | NOT_DRAWN
    for name in NAMED:
        assert gazetteer.place(name).area, name
        assert regions.line(name) is not None, name
    assert regions.line("country:DE") is None
    assert regions.line("link:svir") is None


@pytest.mark.parametrize("name", NAMED)
def test_a_band_lies_round_the_line_and_holds_its_point(regions: Regions, gazetteer: Gazetteer, name: str) -> None:
    line, band = regions.line(name), regions.shape(name)
    assert line is not None
    assert band is not None
    assert line.is_valid
    assert band.is_valid
    assert band.covers(line)
    assert band.covers(Point(gazetteer.place(name).position))
    edge = shapely.get_coordinates(band.boundary)
    for at in edge[:: max(1, len(edge) // 20)]:
        onto = shapely.get_coordinates(shapely.shortest_line(line, Point(at)))[0]
        assert 1.5 < distance_km(Position(*at.tolist()), Position(*onto.tolist())) < 5.5


@pytest.mark.parametrize(
    "name", [name for name in NAMED if RIVERS[name].get("navigable", True) and name.startswith("canal:")]
)
def test_a_canal_lies_in_its_country(regions: Regions, gazetteer: Gazetteer, name: str) -> None:
    place, line = gazetteer.place(name), regions.line(name)
    country = regions.shape(f"country:{place.country}") if place.country else None
    if country is not None and line is not None:
        assert shapely.intersection(line, country.buffer(0.15)).length > 0.95 * line.length


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_lines_are_somewhat_shorter_than_the_rivers(regions: Regions, name: str) -> None:
    assert 0.75 < _km(regions, name) / PUBLISHED[name] < 1.15


def test_the_volga_touches_astrakhan(regions: Regions) -> None:
    volga = regions.shape("river:volga")
    assert volga is not None
    assert volga.covers(Point(ASTRAKHAN))


def test_by_the_volga_don_canal(river: Network) -> None:
    path = river.path(VOLGOGRAD, ROSTOV)
    assert path is not None
    assert path.countries == ("RU",)
    assert 450 < path.length_km < 600
    assert max(path.snap_km) < 5


def test_from_the_north_sea_to_the_black_sea(river: Network) -> None:
    path = river.path(ROTTERDAM, CONSTANTA)
    assert path is not None
    assert {"NL", "DE", "AT", "SK", "HU", "HR", "RS", "RO", "BG"} == set(path.countries)
    assert 2800 < path.length_km < 3500  # 3,500 km are published


@pytest.mark.parametrize(
    ("origin", "destination", "least", "most"),
    [
        ((30.3, 59.93), (48.03, 46.35), 3100, 3900),  # Saint Petersburg - Astrakhan
        ((34.8, 64.5), (39.7, 47.2), 3200, 4200),  # Belomorsk - Rostov
        ((37.6, 55.75), (48.03, 46.35), 2600, 3100),  # Moscow - Astrakhan
        ((121.5, 31.3), (106.55, 29.56), 2000, 2500),  # Shanghai - Chongqing
        ((-90.05, 29.95), (-87.65, 41.85), 1900, 2500),  # New Orleans - Chicago
        ((-92.1, 46.78), (-71.2, 46.8), 2200, 2800),  # Duluth - Quebec
        ((-58.4, -34.6), (-57.65, -25.28), 1250, 1700),  # Buenos Aires - Asuncion
        ((-48.5, -1.45), (-73.25, -3.75), 3200, 4200),  # Belem - Iquitos
        ((127.5, 50.25), (126.6, 45.77), 1150, 1900),  # Blagoveshchensk - Harbin
        ((73.4, 54.98), (68.9, 66.6), 2300, 3200),  # Omsk - Salekhard
        ((32.6, 46.63), (26.1, 52.12), 1150, 1600),  # Kherson - Pinsk
        ((18.55, 4.36), (15.3, -4.3), 1000, 1350),  # Bangui - Kinshasa
        ((4.48, 51.92), (13.4, 52.52), 700, 950),  # Rotterdam - Berlin
        ((10.0, 53.55), (14.4, 50.1), 620, 850),  # Hamburg - Prague
        ((120.16, 30.25), (116.58, 35.4), 700, 1000),  # Hangzhou - Jining
    ],
)
def test_a_way_by_water(
    river: Network, origin: tuple[float, float], destination: tuple[float, float], least: int, most: int
) -> None:
    path = river.path(Position(*origin), Position(*destination))
    assert path is not None
    assert least < path.length_km < most


@pytest.mark.parametrize(
    ("origin", "destination"),
    [
        ((15.3, -4.32), (13.45, -5.82)),  # Kinshasa - Matadi: Livingstone Falls
        ((31.23, 30.05), (32.5, 15.6)),  # Cairo - Khartoum: Aswan, the cataracts
        ((105.85, 14.9), (104.9, 11.57)),  # Pakse - Phnom Penh: Khone Falls
        ((69.0, 41.0), (61.0, 46.0)),  # Syr Darya
    ],
)
def test_no_way_over_falls_and_dams(
    river: Network, origin: tuple[float, float], destination: tuple[float, float]
) -> None:
    assert river.path(Position(*origin), Position(*destination)) is None


def test_edges_are_short_and_know_their_waterway(river: Network) -> None:
    passage, passages = _passages()
    assert passages[0] == ""
    assert passages[1:] == sorted(name for name in NAMED if RIVERS[name].get("navigable", True))
    assert len(passage) == len(river.edges)
    assert set(passage.tolist()) == set(range(len(passages)))
    ends = river.positions[river.edges]
    kms = [distance_km(Position(*first), Position(*last)) for first, last in ends[::20].tolist()]
    assert max(kms) < 20


def test_tributaries_join(river: Network) -> None:
    """The waters of one basin, and what canals join to it, are one component."""
    passage, passages = _passages()
    main = {name: river._component[river.edges[passage == i, 0]] for i, name in enumerate(passages) if name}
    for basin in (
        (
            "river:rhine",
            "river:main",
            "river:moselle",
            "river:neckar",
            "canal:main-danube",
            "river:danube",
            "river:sava",
        ),
        ("river:rhine", "canal:dortmund-ems", "canal:mittelland", "river:weser", "river:elbe", "river:oder"),
        ("river:rhine", "river:meuse", "river:scheldt", "canal:albert", "canal:rhone-rhine", "river:rhone"),
        ("river:volga", "river:kama", "river:oka", "canal:moscow", "canal:volga-don", "river:don"),
        ("river:volga", "canal:volga-baltic", "canal:white-sea-baltic"),
        (
            "river:mississippi",
            "river:ohio",
            "river:missouri",
            "river:illinois",
            "canal:chicago-sanitary",
            "river:hudson",
        ),
        ("river:ob", "river:irtysh"),
        ("river:amur", "river:songhua", "river:ussuri"),
        ("river:parana", "river:paraguay"),
    ):
        common = set.intersection(*(set(main[name].tolist()) for name in basin))
        assert common, basin


def test_rivers_have_the_right_sort(gazetteer: Gazetteer) -> None:
    for name in NAMED:
        assert gazetteer.place(name).feature is Feature(name.split(":")[0]), name
