"""The table of routes: the keyboard's and the screen reader's way to every leg."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
MANY = 10_000

Collection = dict[str, Any]
Show = Callable[..., Any]


def open_table(page: Page) -> Any:
    page.locator("#table summary").focus()
    page.keyboard.press("Enter")
    rows = page.locator("#table tbody tr[aria-rowindex]")
    expect(rows.first).to_be_attached(timeout=20_000)  # rows are made once the table is open
    return rows


def cells(page: Page, column: str) -> list[str]:
    return page.locator(f"#table td.of-{column}").all_inner_texts()


def test_every_leg_and_every_claim_has_a_row(show: Show, sample: Collection) -> None:
    opened = show(sample)
    page = opened.page
    expect(page.locator("#table summary")).to_contain_text("11 legs")
    rows = open_table(page)
    expect(rows).to_have_count(12)
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", "13")
    first = rows.first
    for words in ("1.1", "Constanta → Budapest", "rail", "press moulds", "certain", "1,012 km", "Every night a train"):
        expect(first).to_contain_text(words)
    expect(rows.filter(has_text="a dispatcher")).to_contain_text("probable")
    expect(rows.filter(has_text="declared: Ethiopia").first).to_be_visible()
    expect(rows.filter(has_text="not placed")).to_have_count(1)
    assert opened.complaints == []


def test_it_is_sorted_by_a_column_and_says_so(show: Show, sample: Collection) -> None:
    page = show(sample).page
    open_table(page)
    before = cells(page, "number")
    head = page.get_by_role("columnheader", name="Length")
    button = head.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")

    def lengths() -> list[float]:
        return [float(text.replace(",", "").split()[0]) for text in cells(page, "length") if text[:1].isdigit()]

    assert lengths() == sorted(lengths())
    assert cells(page, "length")[-1] in {"", "not placed"}
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert lengths() == sorted(lengths(), reverse=True)
    assert cells(page, "length")[-1] in {"", "not placed"}
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "none")
    assert cells(page, "number") == before


def test_every_leg_is_reached_by_arrows_and_chosen_by_enter(show: Show, sample: Collection) -> None:
    page = show(sample).page
    rows = open_table(page)
    before = page.evaluate("supplyRoutes.map.getZoom()")
    rows.first.focus()
    assert rows.first.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows.nth(2)).to_have_attribute("aria-selected", "true")
    expect(rows.nth(2)).to_contain_text("Vienna → Budapest")
    expect(page.locator("g.leg.chosen")).to_have_count(1)
    assert page.evaluate("supplyRoutes.map.getZoom()") > before
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Home")
    expect(rows.first).to_be_focused()
    page.keyboard.press("PageDown")
    expect(rows.nth(10)).to_be_focused()


def test_a_denied_leg_is_shown_when_chosen(show: Show, sample: Collection) -> None:
    page = show(sample).page
    open_table(page).filter(has_text="Tripoli").click()
    expect(page.locator("g.leg.chosen[data-factuality=denied]")).to_have_count(1)


def test_what_is_chosen_on_the_map_is_chosen_in_the_table(show: Show, sample: Collection) -> None:
    page = show(sample).page
    rows = open_table(page)
    page.locator("button.route", has_text="Los Angeles").click()
    expect(rows.filter(has_text="Los Angeles")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#table tr.chosen")).to_have_count(1)


def test_it_follows_the_filters(show: Show, sample: Collection) -> None:
    page = show(sample).page
    rows = open_table(page)
    page.get_by_role("searchbox", name="Search").first.fill("Busan")
    expect(rows).to_have_count(1)
    expect(page.locator("#table summary")).to_contain_text("1 leg")


def test_a_quantity_has_a_column_where_one_is_told(show: Show, sample: Collection) -> None:
    collection = copy.deepcopy(sample)
    page = show(collection).page
    open_table(page)
    expect(page.get_by_role("columnheader", name="Quantity")).to_have_count(0)
    collection["features"][0]["properties"]["quantity"] = "forty wagons"
    page = show(collection).page
    open_table(page)
    expect(page.locator("#table td.of-quantity").first).to_have_text("forty wagons")


def many_legs() -> Collection:
    def leg(number: int) -> Collection:
        west, south = number % 180 - 90, number % 97 / 2
        return {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[west, south], [west + 1, south + 1]]},
            "properties": {
                "feature": "leg",
                "route": f"r{number}",
                "origin": f"Town {number}",
                "destination": "Sea",
                "mode": "road",
                "length_km": number,
                "quote": f"Lorry {number} left.",
            },
        }

    return {"type": "FeatureCollection", "features": [leg(number) for number in range(MANY)]}


def test_ten_thousand_legs_make_few_rows(show: Show) -> None:
    page = show(many_legs()).page
    assert page.locator("#table tr").count() == 0
    rows = open_table(page)
    assert 20 < rows.count() <= 150
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", str(MANY + 1))
    rows.first.focus()
    page.keyboard.press("End")
    last = page.locator("#table tr:focus")
    expect(last).to_have_attribute("aria-rowindex", str(MANY + 1))
    expect(last).to_contain_text(f"Town {MANY - 1}")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#table tr:focus")).to_contain_text(f"Town {MANY - 2}")
    page.locator("#table .scroller").evaluate("box => { box.scrollTop = box.scrollHeight / 2; }")
    expect(page.locator("#table tr", has_text=f"Town {MANY // 2}").first).to_be_visible()
    assert rows.count() <= 150
    assert page.locator("#panel li").count() <= 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_table(show: Show, sample: Collection, scheme: str) -> None:
    page = show(sample, PHONE).page
    page.emulate_media(color_scheme=scheme)
    open_table(page).first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found = Axe().run(page).response["violations"]
    assert [(it["id"], [node["html"] for node in it["nodes"]]) for it in found] == []
