from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

import routes
from geodata.extend import Own, read
from geodata.gazetteer import Feature, Gazetteer
from geodata.position import Position
from geodata.world import World

if TYPE_CHECKING:
    from pathlib import Path

CSV = """name,longitude,latitude,id,country,feature,names,name_ru,importance,population
Depot Zwölf,38.5,47.2,d12,UA,site,en=Depot Twelve|Depot 12;de=Depot Zwölf,Склад Двенадцать,,
Moscow,-117.0,46.73,,US,town,,,,25000
Georgia,10,50,,,,,,0.1,
"""
SQUARE = Polygon([(30, 40), (30, 42), (32, 42), (32, 40)])  # wound left-handed


@pytest.fixture(scope="module")
def ours() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "my.csv"
    path.write_text(CSV, "utf-8")
    return path


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def geojson(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def square(**properties: Any) -> dict[str, Any]:
    return feature({"type": "Polygon", "coordinates": [[*SQUARE.exterior.coords]]}, **properties)


def test_a_table_adds_places_and_leaves_the_old_gazetteer_alone(ours: Gazetteer, table: Path) -> None:
    before = len(ours)
    mine = ours.extend(table)
    assert len(mine) == before + 3
    assert len(ours) == before
    assert ours.candidates("Depot Twelve") == ()
    depot = mine.place("user:d12")
    assert (depot.name, depot.position, depot.feature) == ("Depot Zwölf", Position(38.5, 47.2), Feature.SITE)
    assert depot.names["en"] == ("Depot Twelve", "Depot 12")
    assert next(iter(mine)).id == "user:d12"
    assert mine.place("geonames:524901") == ours.place("geonames:524901")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Depot Zwölf", "de"),
        ("depot 12", "en"),
        ("Склад Двенадцать", "ru"),
        ("Depots Zwölf", "ru"),
        ("Depot Zwölfs", "de"),
    ],
)
def test_they_are_found_by_all_their_names(ours: Gazetteer, table: Path, name: str, language: str) -> None:
    mine = ours.extend(table)
    found = mine.candidates(name, language) or mine.candidates(name, language, fuzzy=True)
    assert found[0].place.id == "user:d12"
    assert found[0].why


def test_they_win_unless_they_say_they_matter_less(ours: Gazetteer, table: Path) -> None:
    mine = ours.extend(table)
    assert [it.place.id for it in mine.candidates("Moscow", "en")][:2] == ["user:moscow", "geonames:524901"]
    ids = [it.place.id for it in mine.candidates("Georgia", "en")]
    assert ids[0] == "country:GE"
    assert "user:georgia" in ids


def test_the_later_of_two_tables_counts(ours: Gazetteer, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,name,lon,lat\nd12,Depot Zwölf (neu),39,48\n", "utf-8")
    mine = ours.extend(table).extend(other)
    assert mine.place("user:d12").position == Position(39, 48)
    assert [it.place.position for it in mine.candidates("Depot Zwölf")] == [Position(39, 48)]
    assert len(mine) == len(ours) + 3


def test_polygons_become_areas_of_the_world(tmp_path: Path) -> None:
    source = geojson(tmp_path / "my.geojson", square(name="Zone Sieben", names={"en": ["Zone Seven"]}))
    world = World.load()
    mine = world.extended(source)
    zone = mine.gazetteer.candidates("Zone Seven")[0].place
    assert (zone.id, zone.area, zone.feature) == ("user:zone-sieben", True, Feature.REGION)
    assert 100 < zone.radius_km < 160
    shape = mine.regions.shape(zone.id)
    assert isinstance(shape, Polygon)
    assert shape.equals(SQUARE)
    assert shape.exterior.is_ccw
    assert mine.regions.country_at(Position(13.4, 52.5)) == "DE"
    assert world.regions.shape(zone.id) is None


def test_the_flow_finds_and_draws_them(tmp_path: Path) -> None:
    source = geojson(
        tmp_path / "my.geojson",
        square(name="Zone Sieben"),
        feature({"type": "Point", "coordinates": [38.5, 47.2]}, name="Depotburg", country="UA"),
    )
    world = routes.default_world().extended(source)
    report = routes.report_of("Ein Güterzug brachte am Montag Granaten aus Depotburg nach Zone Sieben.")
    findings = routes.find_routes(report, world=world)
    assert [stop.place.id for stop in findings.routes[0].claim.stops if stop.place] == [
        "user:depotburg",
        "user:zone-sieben",
    ]
    features = routes.to_geojson(findings, world=world)["features"]
    (zone,) = [it for it in features if it["properties"].get("place") == "user:zone-sieben"]
    assert {(30, 40), (32, 42)} <= {tuple(pair) for pair in zone["geometry"]["coordinates"][0]}


def test_a_frame_in_any_crs(ours: Gazetteer) -> None:
    frame = gpd.GeoDataFrame(
        {"name": ["Punkt", "Fläche"], "country": ["DE", None], "population": [7, None]},
        geometry=[Point(10, 50), SQUARE],
        crs=4326,
    ).to_crs(3857)
    mine = ours.extend(frame)
    assert mine.place("user:punkt").position == pytest.approx((10, 50))
    assert mine.place("user:punkt").population == 7
    assert (mine.place("user:flache").country, mine.place("user:flache").area) == (None, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,longitude,latitude\nX,200,1", "line 2: longitude '200' is no number from -180 to 180"),
        ("name,longitude,latitude\nX,1,north", "line 2: latitude 'north'"),
        ("name,longitude,latitude\nX,nan,1", "line 2: longitude 'nan'"),
        ("name,longitude,latitude\n,1,1", "line 2: the name '' is empty"),
        ("name,longitude,latitude\nX,1,", "line 2: latitude is missing"),
        ("name\nX", "line 2: no longitude and latitude, and no geometry"),
        ("name,lon,lat,feature\nX,1,1,castle", "feature 'castle' is none of town, country"),
        ("name,lon,lat,country\nX,1,1,Germany", "country 'GERMANY'"),
        ("name,lon,lat,names\nX,1,1,Ypsilon", "names 'Ypsilon' has no language"),
        ("name,lon,lat,names\nX,1,1,German=Y", "'German' is no language code"),
        ("name,lon,lat,importance\nX,1,1,2", "importance '2' is no number from 0 to 1"),
        ("name,lon,lat\nX,1,1\nx,2,2", "line 3: a second place with the id 'user:x'"),
        ("name,geometry\nX,POINT(1", "is no WKT"),
        ('name,geometry\nX,"POLYGON((0 0,1 1,1 0,0 1,0 0))"', "not valid"),
        ('name,geometry\nX,"POLYGON((0 0,500 0,1 1,0 0))"', "500 in its geometry is no degree"),
        ("name,lon,lat\nX,1,1,1", "more cells than columns"),
        ('name,lon,lat\n"X,1,1', "no CSV"),
        ("title,lon,lat\nX,1,1", "no column 'name'"),
        ("name,lon,lat", "there is no place in it"),
        ("", "no column 'name'"),
    ],
)
def test_a_bad_row_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"my\.csv") as told:
        read(path)
    assert message in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"features": 1}', '{"features": [1]}', '{"features": [{"geometry": null}]}',
             '{"features": [{"properties": {"name": "X"}, "geometry": {"type": "Dot"}}]}',
             '{"features": [{"properties": {"name": "X"}, "geometry": {"type": "Point", "coordinates": "x"}}]}']
)  # fmt: skip
def test_what_is_no_geojson_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "my.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"my\.geojson"):
        read(path)


def test_other_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv, \.geojson"):
        read(tmp_path / "my.xlsx")
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes("name,lon,lat\nKöln,7,51".encode("latin-1"))
    with pytest.raises(ValueError, match="not UTF-8"):
        read(tmp_path / "latin.csv")


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5))
def test_any_text_in_a_frame_is_read_or_told(names: list[str]) -> None:
    frame = gpd.GeoDataFrame({"name": names}, geometry=[Point(1, 1)] * len(names), crs=4326)
    try:
        own = read(frame)
    except ValueError as error:
        assert "row" in str(error)  # noqa: PT017  # either outcome is right
    else:
        assert isinstance(own, Own)
        assert all(record["id"].startswith("user:") for record in own.records)
