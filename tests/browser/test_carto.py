from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

import routes
from routes import maps

if TYPE_CHECKING:
    from geodata.world import World

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from made import collection as made

pytestmark = pytest.mark.browser

Collection = dict[str, Any]
Show = Callable[..., Any]
MANY = 600
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def world() -> World:
    return routes.default_world()


def with_kind(sample: Collection, *kinds: str) -> Collection:
    """Make of the stops of the sample's first towns these kinds of places."""
    changed: Collection = json.loads(json.dumps(sample))
    towns = [
        feature["properties"]
        for feature in changed["features"]
        if feature["properties"]["feature"] == "place"
        and feature["properties"]["roles"]
        and not feature["properties"]["area"]
    ]
    for told, kind in zip(towns, kinds, strict=False):
        told["kind"] = kind
    return changed


def test_the_page_holds_the_collection_but_for_points_that_no_screen_shows(show: Show, world: World) -> None:
    collection = made(60, world)
    page = show(collection).page
    held = page.evaluate("supplyRoutes.collection")
    assert {**held, "features": []} == {**json.loads(json.dumps(collection)), "features": []}
    assert len(held["features"]) == len(collection["features"])
    for told, kept in zip(collection["features"], held["features"], strict=True):
        assert kept["properties"] == json.loads(json.dumps(told["properties"]))
        assert list(kept["properties"]) == list(told["properties"])
        if "Line" not in told["geometry"]["type"]:
            assert kept["geometry"] == json.loads(json.dumps(told["geometry"]))


def test_a_journey_passes_a_declared_destination_by(show: Show, sample: Collection) -> None:
    page = show(sample).page
    on_paper = page.locator("g.leg.on-paper")
    expect(on_paper).to_have_count(1)
    expect(on_paper.locator(".hollow")).to_have_count(1)
    expect(on_paper.locator(".arrow")).to_have_count(0)
    expect(page.locator("#legend")).to_contain_text("declared, not travelled")


def test_kinds_of_points_have_shapes_of_their_own_and_the_legend_names_them(show: Show, sample: Collection) -> None:
    page = show(with_kind(sample, "port", "station", "airport", "crossing")).page
    drawn = page.locator(".findings g.point.stop path.symbol").evaluate_all(
        "all => all.map((one) => one.getAttribute('d'))"
    )
    assert len(set(drawn)) == len(drawn) == 4
    for kind in ("port", "station", "airport", "crossing"):
        expect(page.locator("#legend .group").last).to_contain_text(kind)


def test_an_inferred_stop_says_so(show: Show, sample: Collection) -> None:
    changed = json.loads(json.dumps(sample))
    for feature in changed["features"]:
        for stop in feature["properties"].get("stops") or ():
            stop["inferred"] = stop["name"] == "Turkey"
    page = show(changed).page
    page.evaluate("supplyRoutes.map.setView([39, 35], 5, { animate: false })")
    expect(page.locator("g.area.inferred")).to_have_count(1)
    expect(page.locator("text.label", has_text="Turkey")).to_have_text("Turkey (inferred)")
    expect(page.locator("#legend")).to_contain_text("inferred, not told as a stop")


def test_lakes_are_water(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.evaluate("supplyRoutes.map.setView([-1.6, 33.2], 5, { animate: false })")
    colours = page.evaluate(
        """() => [[-1.6, 33.2], [-1.6, 38]].map(([lat, lon]) => {
            const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
            const map = supplyRoutes.map, at = map.latLngToContainerPoint([lat, lon]);
            const ground = map.getContainer().getBoundingClientRect();
            const [x, y] = [at.x + ground.left - box.left, at.y + ground.top - box.top];
            return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3);
        })"""
    )
    assert colours == [[0xDD, 0xEA, 0xF2], [0xF5, 0xF2, 0xEA]]


def crowd(page: Page) -> Any:
    return page.locator("canvas.crowd")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE])
def test_very_many_legs_are_a_crowd_until_few_are_in_view(show: Show, world: World, size: dict[str, int]) -> None:
    opened = show(made(MANY, world), size)
    page = opened.page
    expect(crowd(page)).to_be_visible()
    expect(page.locator("g.leg")).to_have_count(0)
    names = page.locator("text.label.stop").count()
    assert 0 < names <= 120
    page.evaluate("supplyRoutes.map.setView([-80, 0], 7, { animate: false })")
    expect(crowd(page)).not_to_be_visible()
    assert opened.requests == []
    assert opened.complaints == []


def test_a_leg_of_a_crowd_can_be_pointed_at_and_is_drawn_whole(show: Show, world: World) -> None:
    page = show(made(MANY, world)).page
    box = page.locator("#map").bounding_box()
    assert box
    for x in range(300, 700, 4):
        page.mouse.move(box["x"] + x, box["y"] + 260)
        if page.locator("#map.pointing").count():
            break
    expect(page.locator(".leaflet-tooltip.tip")).to_be_visible()
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(".leaflet-popup-content")).to_be_visible()
    assert page.locator("g.leg.chosen").count() >= 1


def test_tiles_are_asked_for_only_where_the_user_said_so(visit: Show, sample: Collection, tmp_path: Path) -> None:
    maps.draw(sample, tiles="OpenStreetMap.Mapnik").save(tmp_path / "map.html")
    opened = visit(tmp_path / "map.html")
    expect(opened.page.locator(".leaflet-control-attribution")).to_contain_text(
        "Tiles from OpenStreetMap.Mapnik: (C) OpenStreetMap contributors"
    )
    opened.page.wait_for_timeout(300)
    assert opened.requests
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in opened.requests)
    expect(opened.page.locator("text.label.ground")).to_have_count(0)
    expect(opened.page.locator("g.leg").first).to_be_attached()
