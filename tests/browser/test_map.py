from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import folium
import pytest
from playwright.sync_api import Page, expect

from routes import maps

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
ROUTES = 9
LEGS_SHOWN = 10  # eleven, one of them denied

Collection = dict[str, Any]
Show = Callable[..., Any]


def layer(page: Page, name: str) -> Any:
    return page.locator(f"input[data-layer={name}]")


def leg(page: Page, collection: Collection, **told: str) -> Any:
    """Find the one drawn leg of which the sample tells this."""
    features = [feature["properties"] for feature in collection["features"]]
    wanted = [i for i, it in enumerate(features) if it["feature"] == "leg" and told.items() <= it.items()]
    assert len(wanted) == 1
    return page.locator(f"g.leg[data-index='{wanted[0]}']")


def test_the_page_shows_legs_legend_quotes_and_credits_without_a_request(show: Show, sample: Collection) -> None:
    opened = show(sample)
    page = opened.page
    expect(page.locator("g.leg")).to_have_count(LEGS_SHOWN)
    expect(page.locator("button.route")).to_have_count(ROUTES)
    for feature in sample["features"]:
        if quote := feature["properties"].get("quote"):
            expect(page.locator("#panel blockquote").filter(has_text=quote).first).to_be_visible()
    for credit in sample["attribution"]:
        expect(page.locator(".leaflet-control-attribution")).to_contain_text(credit)
    expect(page.locator("#legend")).to_contain_text("rail")
    expect(page.locator(".leaflet-control-scale")).to_contain_text("km")
    expect(page.locator("section.source")).to_contain_text(sample["report"]["sha256"])
    assert page.title() == sample["report"]["title"]
    assert opened.requests == []
    assert opened.complaints == []


def test_the_legend_names_exactly_what_is_shown(show: Show, sample: Collection) -> None:
    page = show(sample).page
    legend = page.locator("#legend .group")
    assert legend.nth(0).locator("li").all_inner_texts() == ["rail", "road", "sea", "air", "mode not told"]
    assert legend.nth(1).locator("li").all_inner_texts() == ["certain", "probable", "possible", "planned"]
    layer(page, "denied").check()
    assert legend.nth(1).locator("li").all_inner_texts()[-1] == "denied"


def test_denied_routes_are_off_until_switched_on_and_look_denied(show: Show, sample: Collection) -> None:
    page = show(sample).page
    denied = page.locator("g.leg[data-factuality=denied]")
    expect(denied).to_have_count(0)
    expect(layer(page, "denied")).not_to_be_checked()
    layer(page, "denied").check()
    expect(denied).to_have_count(1)
    assert denied.locator(".cross").count() > 0
    layer(page, "denied").uncheck()
    expect(denied).to_have_count(0)


def test_choosing_a_route_by_keyboard_highlights_and_zooms_to_it(show: Show, sample: Collection) -> None:
    page = show(sample).page
    before = page.evaluate("supplyRoutes.map.getZoom()")
    button = page.locator("button.route").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("g.leg.chosen")).to_have_count(2)
    expect(page.locator("g.leg.dimmed")).to_have_count(LEGS_SHOWN - 2)
    assert page.evaluate("supplyRoutes.map.getZoom()") > before
    page.keyboard.press("Enter")
    expect(page.locator("g.leg.chosen")).to_have_count(0)


def test_choosing_a_denied_route_shows_it(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("button.route", has_text="Tripoli").click()
    expect(page.locator("g.leg.chosen[data-factuality=denied]")).to_have_count(1)
    expect(layer(page, "denied")).to_be_checked()


def test_a_click_on_a_line_tells_all_of_the_leg(show: Show, sample: Collection) -> None:
    opened = show(sample)
    page = opened.page
    page.locator("button.route", has_text="Los Angeles").click()
    leg(page, sample, route="r4").locator(".hit").evaluate(
        """line => {
            const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
            line.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: at.x, clientY: at.y}));
        }"""
    )
    told = page.locator(".leaflet-popup-content")
    for words in (
        "Busan → Los Angeles",
        "sea",
        "planned",
        "traced along the network",
        "9,640 km",
        "June 2031",
        "From Busan",
    ):
        expect(told).to_contain_text(words)
    assert opened.complaints == []


def test_a_line_over_the_pacific_is_whole_and_has_land_on_both_sides(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("button.route", has_text="Los Angeles").click()
    path = leg(page, sample, route="r4").locator(".line").get_attribute("d")
    assert path.count("M") == 1
    xs = [float(pair.split()[0]) for pair in re.split("[ML]", path)[1:]]
    assert xs == sorted(xs)
    land = page.evaluate(
        """() => [[36, 138], [40, 250]].map(([lat, lon]) => {
            const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
            const map = supplyRoutes.map, at = map.latLngToContainerPoint([lat, lon]);
            const ground = map.getContainer().getBoundingClientRect();
            const [x, y] = [at.x + ground.left - box.left, at.y + ground.top - box.top];
            return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3);
        })"""
    )
    assert land == [[0xF5, 0xF2, 0xEA]] * 2


def test_arrows_only_where_the_direction_is_stated(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("button.route", has_text="Kashgar").click()
    expect(leg(page, sample, route="r6").locator(".arrow")).to_have_count(0)
    expect(leg(page, sample, route="r7").locator(".arrow")).to_have_count(0)
    assert leg(page, sample, route="r4").locator(".arrow").count() > 0


def test_an_area_is_an_area_and_lines_fade_into_it(show: Show, sample: Collection) -> None:
    page = show(sample).page
    expect(page.locator(".findings g.area.stop .hatch")).to_have_count(2)
    expect(page.locator("g.area circle")).to_have_count(0)
    faded = leg(page, sample, route="r8")
    assert faded.locator("linearGradient").count() == 2
    assert faded.locator(".line").get_attribute("stroke").startswith("url(#")
    assert leg(page, sample, route="r4").locator("linearGradient").count() == 0


def test_a_declared_destination_looks_feigned(show: Show, sample: Collection) -> None:
    page = show(sample).page
    expect(page.locator("g.area.declared .feigned")).to_have_count(1)
    expect(page.locator("text.label.declared")).to_have_text("declared: Ethiopia")


def test_lines_between_the_same_places_lie_side_by_side(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("button.route", has_text="Vienna → Budapest").click()
    there = leg(page, sample, route="r1", origin="Budapest").locator(".line")
    back = leg(page, sample, route="r2").locator(".line")
    middle = "line => { const p = line.getPointAtLength(line.getTotalLength() / 2); return [p.x, p.y]; }"
    (x0, y0), (x1, y1) = there.evaluate(middle), back.evaluate(middle)
    assert 4 <= ((x0 - x1) ** 2 + (y0 - y1) ** 2) ** 0.5 <= 20


def test_what_could_not_be_placed_is_listed(show: Show, sample: Collection) -> None:
    listed = show(sample).page.locator("section.unplaced")
    for words in ("Port Merrow", "Old Quarry", "More is said to come from Port Merrow"):
        expect(listed).to_contain_text(words)


def test_places_that_are_no_stop_stay_quiet(show: Show, sample: Collection) -> None:
    page = show(sample).page
    expect(page.locator("g.area.mentioned")).to_have_count(0)
    quiet = page.locator(".findings g.point.mentioned")
    expect(quiet).to_have_count(3)  # Geneva, and the two ends of the denied route
    layer(page, "mentioned").uncheck()
    expect(quiet).to_have_count(0)
    layer(page, "mentionedAreas").check()
    expect(page.locator("g.area.mentioned")).to_have_count(1)


def test_an_empty_report_says_so_and_names_its_places(show: Show, sample: Collection) -> None:
    places = [
        it
        for it in sample["features"]
        if it["properties"]["name" if "name" in it["properties"] else "feature"] in {"Geneva", "Norway"}
    ]
    opened = show({**sample, "features": places})
    expect(opened.page.locator("#panel")).to_contain_text("No route was found in this report")
    expect(opened.page.locator("details.named p")).to_have_text("Geneva, Norway")
    assert opened.complaints == []


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "${alert(1)}`${alert(2)}`",
    "{{alert(1)}}{% raw %}",
    "\\u003cscript\\u003ealert(1)",
    "javascript:alert(1)",
    "\u202egnissel eht daer\u2028",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_run(show: Show, sample: Collection, text: str) -> None:
    collection = json.loads(json.dumps(sample))
    collection["report"] |= {"title": text, "publisher": text, "url": text, "language": text, "sha256": text}
    collection["attribution"] = [text]
    collection["unplaced"] = [{"text": text}]
    keys = ("quote", "name", "origin", "destination", "cargo", "attribution", "date", "why", "country", "place", "kind")
    for feature in collection["features"]:
        feature["properties"] |= dict.fromkeys(keys, text)
        feature["properties"] |= {
            "countries": [text],
            "as_written": [text],
            "stops": [{"name": text, "role": text}] * 2,
        }
    opened = show(collection)
    page = opened.page
    shown = text.replace("\u2028", " ").strip()
    expect(page.locator("#panel blockquote").first).to_contain_text(shown)
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(shown)
    for mark in ("leg", "point", "area"):
        page.locator(f".findings g.{mark} .hit").first.dispatch_event("click", {"clientX": 600, "clientY": 400})
        expect(page.locator(".leaflet-popup-content")).to_contain_text(shown)
    assert page.locator("#panel img, #panel svg[onload], a[href^=javascript]").count() == 0
    assert opened.requests == []
    assert opened.complaints == []


def test_a_file_with_none_of_our_keys_is_drawn(show: Show) -> None:
    line = {"type": "LineString", "coordinates": [[10, 50], [20, 52]]}
    odd: list[Any] = [
        {"type": "Feature", "geometry": line, "properties": None},
        {"type": "Feature", "geometry": line, "properties": {"route": 7, "mode": "constructor", "stops": "[1, null]"}},
        {"type": "Feature", "geometry": {"type": "MultiPoint", "coordinates": [[10, 50], [11, 50]]}, "properties": {}},
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}, "properties": {}},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1], "x"]}, "properties": {}},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[]]}, "properties": {"roles": "origin"}},
        {"type": "Feature", "geometry": None, "properties": {"feature": "leg", "quote": "no line here"}},
        {"type": "Feature"},
        None,
    ]
    opened = show({"type": "FeatureCollection", "features": odd})
    page = opened.page
    expect(page.locator("g.leg")).to_have_count(2)
    expect(page.locator(".findings g.point")).to_have_count(2)
    expect(page.locator("section.unplaced")).to_contain_text("no line here")
    expect(page.locator("section.unplaced")).to_contain_text("5 features of the file could not be drawn")
    expect(page.locator("#legend")).to_contain_text("certainty not told")
    assert opened.complaints == []


def test_folium_layers_can_be_added(visit: Show, sample: Collection, tmp_path: Path) -> None:
    drawn = maps.draw(sample)
    group = folium.FeatureGroup("depots").add_to(drawn)
    folium.CircleMarker((48, 30), tooltip="a depot").add_to(group)
    folium.Marker((50, 40)).add_to(drawn)
    folium.GeoJson(
        {"type": "LineString", "coordinates": [[30, 40], [40, 50]]}, style_function=lambda _: {"color": "#ff0000"}
    ).add_to(drawn)
    folium.LayerControl().add_to(drawn)
    drawn.save(tmp_path / "map.html")
    opened = visit(tmp_path / "map.html")
    expect(opened.page.locator(".leaflet-marker-icon")).to_be_visible()
    expect(opened.page.locator(".leaflet-overlay-pane path")).to_have_count(2)
    expect(opened.page.locator(".leaflet-control-layers")).to_be_visible()
    assert opened.requests == []
    assert opened.complaints == []


def test_it_fits_a_phone(show: Show, sample: Collection) -> None:
    opened = show(sample, PHONE)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.locator("#legend > summary")).to_be_visible()
    expect(page.locator("#legend li").first).not_to_be_visible()
    page.locator("#legend > summary").click()
    expect(page.locator("#legend li").first).to_be_visible()
    expect(page.locator("g.leg")).to_have_count(LEGS_SHOWN)


def test_it_shows_itself_in_a_notebook(visit: Show, sample: Collection, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!DOCTYPE html><meta charset=utf-8>{maps.draw(sample)._repr_html_()}", "utf-8")
    opened = visit(notebook)
    expect(opened.page.frame_locator("iframe").locator("g.leg")).to_have_count(LEGS_SHOWN)
    assert opened.requests == []
    assert opened.complaints == []
