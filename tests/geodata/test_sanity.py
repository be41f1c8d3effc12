"""Every entry of ours against the ground: countries, coasts, railways, shapes, names.

Coasts and borders are Natural Earth's at 1:50m, simplified: they stray by kilometres, draw no harbour basin and leave
small islands out. What is farther off than a check allows is named below, with the reason; each list must stay true,
so an exemption that is no longer needed fails as well.
"""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import numpy as np
import pytest
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import Point

from geodata.chords import chord_km, geocentric_km, sample
from geodata.gazetteer import Feature, Gazetteer, Place
from geodata.names import fold
from geodata.networks import Network
from geodata.position import Position, distance_km
from geodata.regions import Regions

BUILD = Path(__file__).parents[2] / "geodata" / "build"
LANGUAGES = ("en", "de", "ru", "uk", "fr", "es", "it", "pt", "nl", "pl", "tr", "ar", "fa", "zh", "ja", "ko")
NEAR_COUNTRY_KM = 10
NEAR_WATER_KM = 5
NEAR_RAILS_KM = 6

# At sea, by intent: platforms, moorings, oil and gas fields, anchorages, breakwaters, bridges and straits.
AT_SEA = {
    *("aphrodite-gas-field", "azeri-chirag-gunashli", "greater-tortue-ahmeyim", "leviathan-gas-field", "shah-deniz"),
    *("shtokman", "south-pars", "stabroek-block", "tupi-oil-field"),
    *("adriatic-lng", "basra-oil-terminal", "khor-al-amaya", "hurd-bank", "kashagan", "zohr", "loop"),
    *("jose-ignacio-terminal", "ras-isa", "king-fahd-causeway"),
}
# Land won from the sea since, or on islets that the polygons lack.
RECLAIMED = {
    *("caofeidian", "hazira", "incheon-airport", "khalifa-bin-salman-port", "kollsnes", "nansha", "sture-terminal"),
    *("yangshan",),
}
# Islands that the 1:50m polygons lack.
ISLETS = {
    *("addu-atoll", "aldabra", "bikini-atoll", "corn-islands", "failaka-island", "fernando-de-noronha", "gavdos"),
    *("gogland", "hawar-islands", "iwo-jima", "kastellorizo", "matsu-islands", "minamitorishima", "moruroa"),
    *("okinotorishima", "penghu", "pratas-island", "providencia-island", "rodrigues-island", "saint-martins-island"),
    *("sanafir-island", "tiran-island", "tristan-da-cunha", "tuzla-island"),
    *("abd-al-kuri", "agalega", "baengnyeong-island", "coco-island", "das-island", "farsi-island", "greater-tunb"),
    *("kwajalein", "larak-island", "lesser-tunb", "mageshima", "marambio", "peleliu", "yeonpyeong-island"),
    *("yonaguni", "zirku-island"),
}
# China's last strip of land along the Tumen is narrower than the simplified border is true.
STRIPS = {"fangchuan"}

# On rivers that rivers.toml does not draw, or cuts short at a bend.
RIVER_PORTS = {
    *("blount-island", "garden-city-terminal", "mongla", "morebaya", "pajaritos", "payra-port", "port-beaumont"),
    *("punta-alvear", "songnim-port"),
}
# On bays, creeks and fjords narrower than the polygons show.
INLET_PORTS = {
    *("avlita", "beiliang", "de-kastri", "henecan", "kandla", "khor-al-zubair", "kilindini", "masan", "murmansk-lavna"),
    *("nanisivik", "port-qasim", "santo-tomas-castilla", "tomakomai-port"),
}
LAKE_PORTS = {"port-bell"}  # Lake Victoria

# Bridges and passes within one country, and the Channel Tunnel's English end.
WITHIN_A_COUNTRY = {"chonhar-bridge", "great-belt-bridge", "key-bridge-baltimore", "eurotunnel"}

# The network's source thins railways, and has none south of the Korean Demilitarised Zone at Jejin.
OFF_THE_RAILS = {"naibabad", "jejin"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture(scope="module")
def written(gazetteer: Gazetteer) -> list[Place]:
    return [place for place in gazetteer if not place.id.startswith("geonames:")]


@pytest.fixture(scope="module")
def strategic(written: list[Place]) -> dict[str, Place]:
    return {slug: place for place in written for kind, slug in [place.id.split(":")] if kind == "strategic"}


def _km(place: Place, other: np.ndarray) -> float:
    return distance_km(place.position, Position(*map(float, other)))


def test_every_strategic_place_lies_in_or_near_its_country(strategic: dict[str, Place], regions: Regions) -> None:
    strays = set()
    for slug, place in strategic.items():
        shape = regions.shape(f"country:{place.country}") if place.country else None
        if shape is None or shape.covers(Point(place.position)):
            continue
        nearest = shapely.get_coordinates(shapely.shortest_line(shape, Point(place.position)))[0]
        if _km(place, nearest) > NEAR_COUNTRY_KM:
            strays.add(slug)
    assert strays == AT_SEA | RECLAIMED | ISLETS | STRIPS


def test_every_town_lies_in_or_near_its_country(gazetteer: Gazetteer, regions: Regions) -> None:
    towns = [place for place in gazetteer if place.population > 100_000 and place.feature is Feature.TOWN]
    strays = []
    for place in towns:
        shape = regions.shape(f"country:{place.country}")
        if shape is not None and shape.distance(Point(place.position)) > 0.3:
            strays.append((place.id, place.name, place.country))
    assert len(towns) > 4000
    assert not strays


def test_every_port_lies_near_water(strategic: dict[str, Place], regions: Regions) -> None:
    land = shapely.union_all([regions.shape(place_id) for place_id in regions.ids() if place_id.startswith("country:")])
    coasts = shapely.get_coordinates(shapely.segmentize(land.boundary, 0.02))
    rivers = Network.load("river")
    banks, _ = sample(rivers.positions, rivers.edges, chord_km(*rivers.positions[rivers.edges.T]), 1.0)
    coast = cKDTree(geocentric_km(np.concatenate([coasts, banks])))
    ports = {slug: place for slug, place in strategic.items() if place.feature is Feature.PORT}
    km, _ = coast.query(geocentric_km(np.array([place.position for place in ports.values()])))
    inland = shapely.contains(land, shapely.points([place.position for place in ports.values()]))
    dry = {slug for slug, far, within in zip(ports, km, inland, strict=True) if far > NEAR_WATER_KM and within}
    assert dry == RIVER_PORTS | INLET_PORTS | LAKE_PORTS


def test_every_station_lies_near_a_railway(strategic: dict[str, Place]) -> None:
    stations = {slug: place for slug, place in strategic.items() if place.feature is Feature.STATION}
    nodes = cKDTree(geocentric_km(Network.load("rail").positions))
    km, _ = nodes.query(geocentric_km(np.array([place.position for place in stations.values()])))
    assert {slug for slug, far in zip(stations, km, strict=True) if far > NEAR_RAILS_KM} == OFF_THE_RAILS


def test_every_crossing_lies_near_a_border(strategic: dict[str, Place], regions: Regions) -> None:
    """A second country lies within some 30 km."""
    codes = [place_id for place_id in regions.ids() if place_id.startswith("country:")]
    tree = shapely.STRtree([regions.shape(code) for code in codes])
    far = {
        slug
        for slug, place in strategic.items()
        if place.feature is Feature.CROSSING
        and len(tree.query(Point(place.position), predicate="dwithin", distance=0.3)) < 2
    }
    assert far == WITHIN_A_COUNTRY


def test_no_two_strategic_places_of_a_kind_share_a_position_and_a_name(strategic: dict[str, Place]) -> None:
    seen: dict[tuple[object, ...], str] = {}
    for slug, place in strategic.items():
        key = (place.feature, *(round(degree, 2) for degree in place.position), fold(place.name))
        assert key not in seen, (slug, seen[key])
        seen[key] = slug


def test_every_area_has_a_shape_and_every_area_and_water_a_name_in_every_language(
    written: list[Place], regions: Regions
) -> None:
    for place in written:
        kind, _, _ = place.id.partition(":")
        if kind == "region":
            assert regions.shape(place.id) is not None, place.id
        if kind in {"region", "water", "strait", "canal", "river", "cape", "island"}:
            assert set(LANGUAGES) <= place.names.keys(), (place.id, set(LANGUAGES) - place.names.keys())


def test_names_of_ours_are_whole_words(written: list[Place]) -> None:
    for place in written:
        for names in place.names.values():
            assert names
            for name in names:
                assert unicodedata.is_normalized("NFC", name), (place.id, name)
                assert fold(name), (place.id, name)
                assert len(name) > 1 or not name.isascii(), (place.id, name)
                assert not any(unicodedata.category(letter) in {"Cc", "Co", "Cn"} for letter in name), (place.id, name)


@pytest.mark.parametrize(
    "name",
    ["José", "Lars", "Hasan", "Moin", "Tuas", "Песен", "Дуба", "Суда", "Горе", "Eres", "Sikim", "Sind", "Об", "Tage"],
)
def test_ordinary_words_are_no_names_of_strategic_places(gazetteer: Gazetteer, name: str) -> None:
    ours = [candidate.place.id for candidate in gazetteer.candidates(name)]
    assert not [place_id for place_id in ours if place_id.startswith(("strategic:", "river:", "region:"))]


def test_every_strategic_place_names_a_source() -> None:
    for file in sorted((BUILD / "strategic").glob("*.toml")):
        for slug, place in tomllib.loads(file.read_text(encoding="utf-8")).items():
            assert place["source"], slug
            assert {"en", "de"} & place.keys(), slug
