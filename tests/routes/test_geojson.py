from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from geodata.position import Position
from routes.errors import FindingsError
from routes.geojson import MODE_COLOURS, dumps, loads, to_geojson
from routes.geojson.geometry import bounding_box, coordinates_of, line_geometry
from routes.model import Role, Stop

if TYPE_CHECKING:
    from geodata.world import World
    from routes.model import Findings

LEG_KEYS = (
    "route sequence origin destination mode kind factuality direction basis length_km cargo attribution date quote "
    "quote_start quote_end report countries countries_inferred passages snap_km"
).split()
PLACE_KEYS = "name as_written roles routes place country alternatives".split()


@pytest.fixture(scope="session")
def collection(made: Findings, world: World) -> dict[str, Any]:
    return to_geojson(made, world)


def of(collection: dict[str, Any], feature: str) -> list[dict[str, Any]]:
    return [f for f in collection["features"] if f["properties"]["feature"] == feature]


def check_rfc7946(collection: dict[str, Any]) -> None:
    """Hold a collection to RFC 7946: ranges, winding, two points a line, no leap over the antimeridian."""
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        if feature["geometry"] is None:
            continue
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        for longitude, latitude in coordinates_of(feature["geometry"]):
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
        for part in shapely.get_parts(geometry).tolist():
            if isinstance(part, shapely.Polygon):
                assert part.exterior.is_ccw
                assert not any(hole.is_ccw for hole in part.interiors)
            if isinstance(part, shapely.LineString):
                steps = zip(part.coords, part.coords[1:], strict=False)
                assert all(a != b and abs(a[0] - b[0]) <= 180 for a, b in steps)


def test_the_collection_is_valid(collection: dict[str, Any]) -> None:
    check_rfc7946(collection)
    assert collection["report"]["sha256"] == "0" * 64
    assert any("GeoNames" in credit for credit in collection["attribution"])


def test_found_routes_are_valid_too(found: Findings, world: World) -> None:
    check_rfc7946(to_geojson(found, world))


def test_a_leg_has_its_keys(collection: dict[str, Any]) -> None:
    pacific, denied = of(collection, "leg")
    assert set(LEG_KEYS) <= set(pacific["properties"])
    assert pacific["properties"]["cargo"] == "crabs"
    assert denied["properties"]["factuality"] == "denied"


def test_only_a_leg_on_paper_says_declared(made: Findings, world: World) -> None:
    route = made.routes[0]
    _, destination = route.claim.stops
    on_paper = Stop(destination.resolution, Role.DECLARED_DESTINATION)
    leg = replace(route.legs[0], destination=on_paper)
    found = replace(made, routes=(replace(route, legs=(*route.legs, leg)),))
    told = [leg["properties"].get("declared") for leg in of(to_geojson(found, world), "leg")]
    assert told == [None, True]


def test_a_line_is_cut_at_the_antimeridian(collection: dict[str, Any]) -> None:
    pacific = of(collection, "leg")[0]["geometry"]
    assert pacific["type"] == "MultiLineString"
    west, east = pacific["coordinates"]
    assert west[-1][0] == 180
    assert east[0][0] == -180
    assert west[-1][1] == east[0][1]


def test_places_are_areas_or_points(collection: dict[str, Any]) -> None:
    places = {f["properties"]["name"]: f for f in of(collection, "place")}
    assert set(PLACE_KEYS) <= set(places["Russia"]["properties"])
    assert places["Russia"]["geometry"]["type"] == "MultiPolygon"
    assert places["Seattle"]["geometry"]["type"] == "Point"
    assert places["Russia"]["properties"]["roles"] == ["destination"]


def test_what_is_not_placed_is_kept(collection: dict[str, Any]) -> None:
    (claim,) = of(collection, "claim")
    assert claim["geometry"] is None
    assert claim["properties"]["unplaced"] == ["Xyzzy", "Qwrtz"]
    assert [it["text"] for it in collection["unplaced"]] == ["Xyzzy", "Qwrtz"]


def test_quotes_carry_their_context_unless_the_text_comes_along(
    made: Findings, collection: dict[str, Any], world: World
) -> None:
    assert "text" not in collection["report"]
    with_text = to_geojson(made, world, text=True)
    body = with_text["report"]["text"]
    assert body == made.report.text
    for told in (f["properties"] for f in collection["features"] if "quote" in f["properties"]):
        around = told["quote_prefix"] + told["quote"] + told["quote_suffix"]
        assert around in body
        assert body[told["quote_start"] : told["quote_end"]] == told["quote"]
    assert not any("quote_prefix" in f["properties"] for f in with_text["features"])


def test_several_reports_share_a_collection(made: Findings, found: Findings, world: World) -> None:
    collection = to_geojson([made, found], world)
    check_rfc7946(collection)
    assert [report["id"] for report in collection["reports"]] == ["made", "example.de"]


def test_reading_back_keeps_what_it_does_not_know(collection: dict[str, Any]) -> None:
    edited = json.loads(dumps(collection))
    edited["note"] = "checked by hand"
    edited["features"][0]["properties"]["reliability"] = "B"
    assert loads(json.dumps(edited)) == edited
    assert dumps(loads(dumps(collection))) == dumps(collection)


def with_geometry(geometry: object) -> str:
    feature = {"type": "Feature", "properties": None, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not GeoJSON"),
        ("[" * 100_000, "not GeoJSON"),
        ("[]", "FeatureCollection"),
        ('{"type": "FeatureCollection"}', "list of features"),
        ('{"type": "FeatureCollection", "features": [1]}', "feature 1"),
        (with_geometry({"type": "Point", "coordinates": [190, 0]}), "190"),
        (with_geometry({"type": "Point", "coordinates": ["a", 0]}), "position"),
        (with_geometry({"type": "Point"}), "position"),
        ('{"type": "FeatureCollection", "features": [], "x": NaN}', "NaN"),
    ],
)
def test_what_is_no_findings_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(FindingsError, match=message):
        loads(text)


def test_a_box_over_the_antimeridian_runs_west_to_east(collection: dict[str, Any]) -> None:
    pacific = of(collection, "leg")[:1]
    assert bounding_box(pacific) == pytest.approx([131.87353, 43.10562, -122.33207, 55.0])
    assert bounding_box([]) is None


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-80, 80)), min_size=2, max_size=6),
)
def test_any_line_comes_out_valid(points: list[tuple[float, float]]) -> None:
    geometry = line_geometry([Position(*point) for point in points])
    if geometry:
        check_rfc7946(
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": geometry, "properties": {}}]}
        )


def test_viewers_that_know_simplestyle_see_the_colours_of_our_map() -> None:
    style = json.loads((resources.files("routes.maps") / "style.json").read_text("utf-8"))
    assert {mode.value: colour for mode, colour in MODE_COLOURS.items()} == {
        name: it["color"] for name, it in style["modes"].items()
    }
