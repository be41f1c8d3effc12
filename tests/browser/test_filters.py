from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 800}
SMALLEST = {"width": 320, "height": 640}

Collection = dict[str, Any]
Show = Callable[..., Any]


def made(**told: object) -> dict[str, Any]:
    """Make one leg, each a route of its own, that tells this."""
    number = made.count = getattr(made, "count", 0) + 1  # type: ignore[attr-defined]
    line = [[10 + number % 7, 40 + number % 5], [30 + number % 3, 50 + number % 4]]
    properties = {
        "feature": "leg",
        "route": f"r{number}",
        "mode": "rail",
        "factuality": "certain",
        "kind": "shipment",
        "basis": "schematic",
        "origin": "A",
        "destination": "B",
        "report": "a",
    } | told
    return {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}, "properties": properties}


def collected(*features: dict[str, Any], **told: object) -> Collection:
    reports = [
        {"id": "a", "title": "First report", "publisher": "The Messenger", "published": "2031-01-20"},
        {"id": "b", "title": "Second report", "publisher": "Agence Écho", "published": "2031-03-05"},
    ]
    return {"type": "FeatureCollection", "features": list(features), "reports": reports, **told}


def legs(page: Page) -> Any:
    return page.locator("g.leg")


def shown(page: Page) -> Any:
    return page.locator("#filters .shown")


def sheet(page: Page, facet: str) -> Any:
    return page.locator(f"#filters details[data-facet={facet}]")


def fragment(page: Page) -> str:
    found = page.evaluate("location.hash")
    assert isinstance(found, str)
    return found


def moved(page: Page) -> None:
    """Move the map by keyboard, as a person does."""
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("at="))


def reopened(page: Page, address: str) -> None:
    """Open the page anew at this fragment."""
    page.evaluate("address => history.replaceState(null, '', address)", address)
    page.reload()


def test_how_many_legs_are_shown_is_told(show: Show, sample: Collection) -> None:
    opened = show(sample)
    page = opened.page
    expect(shown(page)).to_have_text("10 of 11 legs shown")
    expect(page.locator("#filters .reset")).to_be_disabled()
    assert opened.complaints == []


def test_a_mode_that_is_unticked_leaves_map_list_and_legend(show: Show, sample: Collection) -> None:
    page = show(sample).page
    sheet(page, "mode").locator("summary").click()
    boxes = sheet(page, "mode").locator("label")
    assert boxes.all_inner_texts() == ["rail\n4", "road\n1", "sea\n1", "air\n1", "mode not told\n3"]
    boxes.filter(has_text="rail").click()
    expect(shown(page)).to_have_text("6 of 11 legs shown")
    expect(legs(page)).to_have_count(6)
    expect(page.locator("g.leg[data-mode=rail]")).to_have_count(0)
    expect(page.locator("#legend .group").first).not_to_contain_text("rail")
    expect(page.locator("button.route", has_text="Constanta")).not_to_be_visible()
    expect(page.locator("button.route", has_text="Los Angeles")).to_be_visible()
    expect(sheet(page, "mode").locator(".mark")).to_have_text("4/5")
    page.locator("#filters .reset").click()
    expect(legs(page)).to_have_count(10)
    expect(page.locator("button.route", has_text="Constanta")).to_be_visible()
    expect(page.locator("#filters .reset")).to_be_disabled()


def test_boxes_by_keyboard_alone(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("#filters .words").focus()
    page.keyboard.press("Tab")
    expect(sheet(page, "mode").locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet(page, "mode").locator("input").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(shown(page)).to_have_text("6 of 11 legs shown")
    expect(sheet(page, "mode").locator("input").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet(page, "mode")).not_to_have_attribute("open", "")
    expect(sheet(page, "mode").locator("summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sheet(page, "factuality")).to_have_attribute("open", "")
    page.mouse.click(600, 500)
    expect(sheet(page, "factuality")).not_to_have_attribute("open", "")


def test_denied_is_one_switch_in_legend_and_filter(show: Show, sample: Collection) -> None:
    page = show(sample).page
    sheet(page, "factuality").locator("summary").click()
    box = sheet(page, "factuality").locator("label", has_text="denied").locator("input")
    expect(box).not_to_be_checked()
    box.check()
    expect(page.locator("#legend input[data-layer=denied]")).to_be_checked()
    expect(legs(page)).to_have_count(11)
    switch = page.locator("#legend input[data-layer=denied]")
    switch.focus()
    page.keyboard.press("Space")
    expect(legs(page)).to_have_count(10)
    expect(switch).to_be_focused()


def test_cargo_and_sources_are_kept_when_ticked(show: Show) -> None:
    page = show(
        collected(
            made(cargo="Ore", attribution="the ministry"),
            made(cargo="ore", report="b"),
            made(cargo="grain", report="b", attribution="a witness"),
            made(),
        )
    ).page
    sheet(page, "cargo").locator("summary").click()
    assert sheet(page, "cargo").locator("label").all_inner_texts() == ["Ore\n2", "not told\n1", "grain\n1"]
    sheet(page, "cargo").locator("label", has_text="Ore").click()
    expect(legs(page)).to_have_count(2)
    sheet(page, "attribution").locator("summary").click()
    expect(sheet(page, "cargo")).not_to_have_attribute("open", "")
    groups = sheet(page, "attribution").locator("fieldset")
    assert groups.locator("legend").all_inner_texts() == ["Said by", "Publisher", "Report"]
    expect(groups.nth(0).locator("label", has_text="a witness")).to_contain_text("0")
    groups.nth(1).locator("label", has_text="Agence Écho").click()
    expect(legs(page)).to_have_count(1)
    expect(shown(page)).to_have_text("1 of 4 legs shown")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lodz", 1),
        ("ŁÓDŹ", 1),
        ("wien", 1),
        ("zug ores", 1),
        ("strasse", 1),
        ("αθηνα", 1),
        ("부", 1),
        ("القاهره", 0),
        ("القاهرة", 1),
        ("nowhere", 0),
        ("$&.*(", 0),
        ("", 5),
    ],
)
def test_search_looks_for_places_and_quotes_without_case_or_accents(show: Show, words: str, found: int) -> None:
    vienna = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [16, 48]},
        "properties": {"feature": "place", "name": "Vienna", "as_written": ["Wien"], "routes": ["r"], "report": "a"},
    }
    page = show(
        collected(
            made(origin="Łódź"),
            made(route="r", origin="Vienna", quote="Ein Zug mit Orés."),
            made(destination="Busan", quote="부산에서 온다"),
            made(origin="Αθήνα", quote="Über die Straße"),
            made(quote="من القَاهِرة"),
            vienna,
        )
    ).page
    page.locator("#filters .words").fill(words)
    expect(shown(page)).to_have_text(f"{found} of 5 legs shown")
    expect(legs(page)).to_have_count(found)


def test_enter_in_the_search_brings_what_is_found_into_view(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.evaluate("supplyRoutes.map.setView([0, 0], 6)")
    page.locator("#filters .words").fill("kashgar")
    page.keyboard.press("Enter")
    expect(legs(page)).to_have_count(1)
    assert page.evaluate("supplyRoutes.map.getBounds().contains([39.5, 76])")


def dated() -> Collection:
    return collected(
        made(date="2031-01-10"),
        made(date="2031-02"),
        made(date="2031-02-11"),
        made(date="2031-04-02/2031-04-09"),
        made(date="some day"),
        made(report="b"),
    )


def test_the_span_of_time_by_keyboard(show: Show) -> None:
    page = show(dated()).page
    line = page.locator("#timeline")
    expect(line).to_contain_text("only the report's date")
    since, until = line.get_by_role("slider", name="From"), line.get_by_role("slider", name="To")
    expect(line.locator("label")).not_to_be_visible()
    since.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(shown(page)).not_to_have_text("6 of 6 legs shown")
    page.keyboard.press("End")
    expect(shown(page)).to_have_text("1 of 6 legs shown")
    assert int(since.input_value()) == int(until.input_value()) == int(since.get_attribute("max") or 0)
    line.locator("label", has_text="also 1 without a date").locator("input").check()
    expect(shown(page)).to_have_text("2 of 6 legs shown")
    since.focus()
    page.keyboard.press("Home")
    expect(shown(page)).to_have_text("6 of 6 legs shown")
    until.focus()
    page.keyboard.press("Home")
    expect(shown(page)).to_have_text("2 of 6 legs shown")  # that of January, and the one without a date
    assert "2031" in (until.get_attribute("aria-valuetext") or "")


def test_a_handle_follows_the_mouse(show: Show) -> None:
    page = show(dated()).page
    until = page.get_by_role("slider", name="To")
    box = until.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 9, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.up()
    assert 0 < int(until.input_value()) < int(until.get_attribute("max") or 0)
    expect(shown(page)).not_to_have_text("6 of 6 legs shown")


@pytest.mark.parametrize(
    "dates",
    [
        ("0001-01-01", "9999-12-31"),
        ("2031", "2032"),
        ("2031-02-31", "2031-05-01"),
        ("2031-13", "2031-05-01T12:00:00Z"),
        ("2031-05-02/2031-05-01", "2031-04"),
    ],
)
def test_strange_dates_do_not_break_the_page(show: Show, dates: tuple[str, str]) -> None:
    opened = show(collected(*(made(date=date) for date in dates), made(report="b")))
    expect(legs(opened.page)).to_have_count(3)
    assert opened.complaints == []


def test_no_time_is_offered_where_all_have_the_same(show: Show) -> None:
    page = show(collected(made(), made())).page
    expect(page.locator("#timeline")).not_to_be_visible()


def test_what_is_left_out_takes_its_stops_along(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("#filters .words").fill("los angeles")
    expect(legs(page)).to_have_count(1)
    expect(page.locator(".findings g.point")).to_have_count(3)  # the two ends, and Geneva, which is no one's stop


def test_one_leg_needs_no_filters(show: Show) -> None:
    page = show(collected(made())).page
    expect(page.locator("#filters")).not_to_be_visible()


def test_a_view_can_be_linked(show: Show, sample: Collection) -> None:
    opened = show(sample)
    page = opened.page
    assert fragment(page) == ""
    sheet(page, "mode").locator("summary").click()
    sheet(page, "mode").locator("label", has_text="rail").click()
    page.locator("#legend input[data-layer=mentioned]").uncheck()
    page.locator("#filters .words").fill("ovens & <b>")
    page.locator("#filters .words").fill("ovens")
    page.locator("button.route", has_text="Turkey → Russia").click()
    moved(page)
    page.evaluate("supplyRoutes.map.setView([48, 40], 4.5, {animate: false})")
    expect(page).to_have_url(re.compile(r"#.*at=48\.000,40\.000,4\.5"))
    link = fragment(page)
    assert "mode=-rail" in link
    assert "words=ovens" in link
    reopened(page, "#")
    expect(shown(page)).to_have_text("10 of 11 legs shown")
    reopened(page, link)
    expect(shown(page)).to_have_text("3 of 11 legs shown")
    expect(page.locator("#filters .words")).to_have_value("ovens")
    expect(page.locator("button.route", has_text="Turkey → Russia")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#legend input[data-layer=mentioned]")).not_to_be_checked()
    centre = page.evaluate("[supplyRoutes.map.getCenter().lat, supplyRoutes.map.getCenter().lng]")
    assert centre == pytest.approx([48, 40], abs=0.2)
    assert page.evaluate("supplyRoutes.map.getZoom()") == 4.5
    assert opened.requests == []
    assert opened.complaints == []


def test_going_back_leads_to_the_choice_before(show: Show, sample: Collection) -> None:
    page = show(sample).page
    entries = page.evaluate("history.length")
    first, second = page.locator("button.route").nth(0), page.locator("button.route").nth(3)
    first.click()
    expect(page).to_have_url(re.compile(r"#.*route="))
    one = fragment(page)
    assert "at=" not in one  # whoever follows the link sees it whole, whatever the size of the screen
    moved(page)
    second.click()
    expect(page).to_have_url(re.compile(r"#.*r4"))
    assert page.evaluate("history.length") == entries + 2
    page.go_back()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(second).to_have_attribute("aria-pressed", "false")
    page.go_back()
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(page.locator("g.leg.dimmed")).to_have_count(0)
    page.go_forward()
    expect(first).to_have_attribute("aria-pressed", "true")


def test_moving_and_filtering_fill_no_history(show: Show, sample: Collection) -> None:
    page = show(sample).page
    entries = page.evaluate("history.length")
    for _ in range(3):
        before = fragment(page) or "html"
        moved(page)
        expect(page).not_to_have_url(re.compile(re.escape(before) + "$"))
    page.locator("#legend input[data-layer=denied]").check()
    expect(page).to_have_url(re.compile(r"#.*factuality="))
    assert page.evaluate("history.length") == entries


@pytest.mark.parametrize(
    "address",
    [
        "#",
        "#panel",
        "#%",
        "#%E0%A4%A",
        "#at=NaN,1,2&route=__proto__",
        "#at=1e9,0,3",
        "#at=,,&at=1,2,3",
        "#leg=-1&place=1e99&quote=x",
        "#quote=sample%0A0-999999999999",
        "#mode=constructor,-__proto__,-toString&factuality=-nothing&factuality=",
        "#cargo=<img src=x onerror=alert(1)>&report=__proto__",
        "#words=%3Cscript%3Ealert(1)%3C/script%3E",
        "#words=" + "x" * 5000,
        "#from=2031-99-99&to=0000-00-00",
        "#from=-271821-04-20&to=9999-12-31",
        "#from=2031-06-30&to=2031-05-01",
        "#undated=1&mentioned=2&hidden=1&__proto__=1&hasOwnProperty=1",
        "#javascript:alert(1)",
        "#:~:text=Vienna",
        "#" + "&".join(f"cargo={i}" for i in range(3000)),
        "#route=sample%0Ar5&factuality=-denied",
    ],
)
def test_hostile_addresses_are_harmless(show: Show, sample: Collection, address: str) -> None:
    opened = show(sample)
    page = opened.page
    reopened(page, address)
    expect(shown(page)).to_have_text(re.compile(r"^\d+ of 11 legs shown$"))
    page.evaluate("address => { location.hash = address.slice(1); }", address)
    page.locator("#legend input[data-layer=denied]").click()
    if not page.locator("#filters .reset").is_disabled():
        page.locator("#filters .reset").click()
    expect(legs(page)).to_have_count(10)
    assert page.locator("#filters img, #filters script").count() == 0
    assert opened.requests == []
    assert opened.complaints == []


def test_what_is_clicked_on_the_map_is_chosen_and_let_go(show: Show, sample: Collection) -> None:
    page = show(sample).page
    before = page.evaluate("[supplyRoutes.map.getCenter(), supplyRoutes.map.getZoom()]")
    page.locator("g.leg[data-mode=road] .hit").dispatch_event("click", {"clientX": 500, "clientY": 400})
    expect(page.locator("g.leg.chosen")).to_have_count(1)
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Kashgar")
    assert page.evaluate("supplyRoutes.map.getZoom()") == before[1]
    expect(page).to_have_url(re.compile(r"#.*leg="))
    page.mouse.click(700, 620)
    expect(page.locator("g.leg.chosen")).to_have_count(0)
    expect(page.locator("g.leg.dimmed")).to_have_count(0)


def test_a_choice_that_is_filtered_away_is_let_go(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("button.route", has_text="Los Angeles").click()
    expect(page.locator("g.leg.dimmed")).not_to_have_count(0)
    page.locator("#filters .words").fill("ovens")
    expect(legs(page)).to_have_count(3)
    expect(page.locator("g.leg.dimmed")).to_have_count(0)


def test_how_to_read_is_told_in_three_sentences(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.locator("#legend .how summary").click()
    words = page.locator("#legend .how p").inner_text()
    assert len(re.findall(r"\.(?:\s|$)", words)) == 3


@pytest.mark.parametrize("size", [PHONE, SMALLEST])
def test_filters_fit_a_phone(show: Show, sample: Collection, size: dict[str, int]) -> None:
    page = show(sample, size).page
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    sheet(page, "mode").locator("summary").click()
    opened = sheet(page, "mode").locator(".sheet")
    expect(opened).to_be_in_viewport(ratio=1)
    opened.locator("label", has_text="rail").click()
    expect(legs(page)).to_have_count(6)
    page.keyboard.press("Escape")
    expect(opened).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_long_list_can_be_searched(show: Show) -> None:
    page = show(collected(*(made(cargo=f"cargo {i}") for i in range(260)))).page
    cargo = sheet(page, "cargo")
    cargo.locator("summary").click()
    expect(cargo.locator("label")).to_have_count(200)
    expect(cargo).to_contain_text("60 more")
    cargo.locator("input[type=search]").fill("CARGO 25")
    expect(cargo.locator("label")).to_have_count(11)
    cargo.locator("label", has_text="cargo 259").click()
    expect(shown(page)).to_have_text("1 of 260 legs shown")


def test_the_legend_of_a_crowd_names_only_what_a_crowd_shows(show: Show) -> None:
    page = show(collected(*(made(direction="stated", cargo=f"{i % 2}") for i in range(450)))).page
    expect(page.locator("#legend")).to_contain_text("drawn in colour and dash only")
    expect(page.locator("#legend")).not_to_contain_text("direction stated")
    page.evaluate("supplyRoutes.map.setView([-60, -100], 9, {animate: false})")
    expect(page.locator("#legend")).to_contain_text("direction stated")
    expect(page.locator("#legend")).not_to_contain_text("drawn in colour and dash only")
