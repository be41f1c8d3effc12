from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from routes import maps
from routes.maps import tongues

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}
Collection = dict[str, Any]


@pytest.fixture
def speak(visit: Callable[..., Any], tmp_path: Path, sample: Collection) -> Callable[..., Any]:
    """Open the sample, or another collection, in a language."""

    def draw_and_open(language: str, size: dict[str, int] = DESKTOP, collection: Collection | None = None) -> Any:
        path = tmp_path / "map.html"
        maps.draw(collection or sample, language=language).save(path)
        return visit(path, size)

    return draw_and_open


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{it['id']}: {node['html']} {node['failureSummary']}" for it in found for node in it["nodes"]]


@pytest.mark.parametrize("language", tongues.LANGUAGES)
def test_axe_finds_nothing(speak: Callable[..., Any], language: str) -> None:
    page = speak(language).page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-theme", scheme)
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone_with_all_open(speak: Callable[..., Any], scheme: str) -> None:
    page = speak("ar", PHONE).page
    page.emulate_media(color_scheme=scheme)
    page.locator("#legend summary").first.click()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    page.locator("button.route").first.click()
    assert violations(page) == []


def box(page: Page, selector: str) -> Any:
    found = page.locator(selector).first.bounding_box()
    assert found
    return found


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_a_page_from_right_to_left_is_mirrored(speak: Callable[..., Any], language: str, mirrored: bool) -> None:  # noqa: FBT001 - a parameter of the test
    opened = speak(language)
    page = opened.page
    ground = box(page, "#map")
    assert (box(page, "#panel")["x"] < ground["x"]) == mirrored
    middle = ground["x"] + ground["width"] / 2
    for at_start in (".leaflet-control-zoom", "#legend", ".theme"):
        assert (box(page, at_start)["x"] > middle) == mirrored, at_start
    assert (box(page, ".leaflet-control-scale")["x"] < middle) == mirrored
    # What is shown lies beside the legend, not beneath it.
    legend, stop = box(page, "#legend"), box(page, "g.point.stop circle")
    assert stop["x"] < legend["x"] or stop["x"] > legend["x"] + legend["width"]
    assert opened.complaints == []


def test_an_arabic_page_speaks_arabic_and_leaves_the_report_its_words(speak: Callable[..., Any]) -> None:
    page = speak("ar").page
    expect(page.locator("section.routes h2")).to_have_text("9 مسارات")
    expect(page.locator("#legend summary").first).to_have_text("مفتاح الخريطة")
    expect(page.locator(".leaflet-control-zoom-in")).to_have_attribute("title", "تكبير")
    expect(page.locator(".leaflet-control-scale")).to_contain_text("كم")
    expect(page.locator("button.route .stops").first).to_have_text("Constanta ← Budapest ← Vienna")
    expect(page.locator("g.labels")).to_contain_text("روسيا")
    quote = page.locator("blockquote").first
    expect(quote).to_have_attribute("lang", "en")
    assert quote.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


def test_countries_and_seas_are_named_in_the_language(speak: Callable[..., Any]) -> None:
    page = speak("ru").page
    page.evaluate("supplyRoutes.map.setView([43, 34], 5, {animate: false})")
    expect(page.locator("text.ground.water", has_text="Чёрное море")).to_have_count(1)
    expect(page.locator("text.ground", has_text="Украина")).to_have_count(1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["1 маршрут", "2 маршрута", "5 маршрутов", "21 маршрут"]),
        ("uk", ["1 маршрут", "2 маршрути", "5 маршрутів", "21 маршрут"]),
        ("ar", ["مسار واحد", "مساران", "5 مسارات", "21 مسارًا"]),
        ("ko", ["경로 1개", "경로 2개", "경로 5개", "경로 21개"]),
        ("fr", ["1 itinéraire", "2 itinéraires", "5 itinéraires", "21 itinéraires"]),
    ],
)
def test_numbers_inflect(speak: Callable[..., Any], sample: Collection, language: str, said: list[str]) -> None:
    leg = next(it for it in sample["features"] if it["properties"]["feature"] == "leg")
    for number, words in zip((1, 2, 5, 21), said, strict=True):
        legs = [{**leg, "properties": {**leg["properties"], "route": f"r{i}"}} for i in range(number)]
        page = speak(language, DESKTOP, {**sample, "features": legs}).page
        expect(page.locator("section.routes h2")).to_have_text(words)


def test_dates_and_lengths_are_written_as_the_language_does(speak: Callable[..., Any]) -> None:
    page = speak("de").page
    expect(page.locator(".byline")).to_contain_text("4. Mai 2031")
    route = page.locator("li", has_text="Los Angeles").first
    expect(route.locator(".more")).to_contain_text("Juni 2031")
    page.locator("g.leg[data-mode=sea][data-factuality=planned] .hit").dispatch_event("click")
    expect(page.locator(".details")).to_contain_text("9.640 km")
    expect(page.locator(".leaflet-popup-close-button")).to_have_attribute("aria-label", "Schließen")


def test_why_is_said_in_the_language_and_strange_words_stay(speak: Callable[..., Any], sample: Collection) -> None:
    odd = "{place} <b>|x{why}"
    known = "ends at the edge of Russia: where inside is not told"
    whys = {known: "endet am Rand von Russland: wo darin, ist nicht gesagt", odd: odd}
    features = json.loads(json.dumps(sample["features"]))
    legs = [it["properties"] for it in features if it["properties"]["feature"] == "leg"]
    legs[0]["why"] = "; ".join(whys)
    opened = speak("de", DESKTOP, {**sample, "features": features})
    opened.page.locator("g.leg[data-index='0'] .hit").dispatch_event("click")
    for words in whys.values():
        expect(opened.page.locator(".details")).to_contain_text(words)
    assert opened.complaints == []


def colours(page: Page) -> Any:
    return page.evaluate(
        """() => ({
            page: getComputedStyle(document.body).backgroundColor,
            sea: getComputedStyle(document.getElementById("map")).backgroundColor,
            line: document.querySelector("g.leg .line").getAttribute("stroke"),
            sample: getComputedStyle(document.querySelector("#panel .sample path")).stroke,
        })"""
    )


def test_the_page_is_dark_where_the_device_is_and_the_switch_wins(speak: Callable[..., Any]) -> None:
    opened = speak("en")
    page, switch = opened.page, opened.page.locator("button.theme")
    light = colours(page)
    page.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = colours(page)
    assert all(light[part] != dark[part] for part in light)
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert colours(page) == light
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    switch.click()
    assert colours(page) == dark
    assert opened.complaints == []


def test_paper_is_light(speak: Callable[..., Any]) -> None:
    page = speak("en").page
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = colours(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert colours(page) != dark
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert colours(page) == dark


@pytest.mark.parametrize("language", ["de", "ar", "ko"])
@pytest.mark.parametrize("size", [PHONE, {"width": 3840, "height": 2160}])
def test_nothing_sticks_out_from_320_pixels_to_4k(
    speak: Callable[..., Any], language: str, size: dict[str, int]
) -> None:
    page = speak(language, size).page
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    for control in (".leaflet-control-zoom", ".theme", "#legend"):
        found = box(page, control)
        assert found["x"] >= 0
        assert found["x"] + found["width"] <= size["width"]
