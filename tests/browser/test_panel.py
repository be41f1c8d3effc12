"""The report beside the map: what is chosen in the text is shown on the map, and the other way round."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
TITLE = "The ways 🚂 of the moulds"  # a character that takes two units in a browser, before all that is marked

Collection = dict[str, Any]
Show = Callable[..., Any]


def with_text(sample: Collection, filler: str = "Nothing more was said that day.") -> Collection:
    """Write a report around the sample's quotes: each in a paragraph of its own, its offsets right."""
    collection = copy.deepcopy(sample)
    text, starts = TITLE, {}
    for feature in collection["features"]:
        told = feature["properties"]
        if quote := told.get("quote"):
            if quote not in starts:
                text += f"\n\n{filler} "
                starts[quote] = len(text)
                text += f"{quote} {filler}"
            told["quote_start"], told["quote_end"] = starts[quote], starts[quote] + len(quote)
    for feature in collection["features"]:
        told = feature["properties"]
        if told["feature"] == "place":
            named = [(word, text.find(word)) for word in told.get("as_written") or [told["name"]]]
            told["mentions"] = [{"start": at, "end": at + len(word)} for word, at in named if at >= 0]
    for lost in collection["unplaced"]:
        lost["start"] = text.find(lost["text"])
        lost["end"] = lost["start"] + len(lost["text"])
    collection["report"]["text"] = text
    return collection


def quote(page: Page, words: str) -> Any:
    return page.locator("mark").filter(has_text=words)


def in_view(page: Page, locator: Any) -> bool:
    return bool(
        locator.evaluate(
            """one => {
                const { top, bottom } = one.getBoundingClientRect();
                const frame = one.closest(".body").getBoundingClientRect();
                return top >= Math.max(0, frame.top) && bottom <= Math.min(innerHeight, frame.bottom);
            }"""
        )
    )


def test_the_text_is_shown_with_quotes_and_names_marked(show: Show, sample: Collection) -> None:
    collection = with_text(sample)
    opened = show(collection)
    page = opened.page
    shown = page.locator(".text").evaluate(
        "box => [...box.querySelectorAll('p')].map(p => p.cloneNode(true))"
        ".map(p => { p.querySelectorAll('.cite').forEach(c => c.remove()); return p.textContent; }).join('\\n\\n')"
    )
    assert shown == collection["report"]["text"]
    told = [f["properties"]["quote"] for f in collection["features"] if f["properties"].get("quote")]
    marked = page.locator("mark").all_text_contents()
    assert "".join(dict.fromkeys(told)) == "".join(marked)
    expect(page.locator(".toponym", has_text="Vienna").first).to_be_visible()
    expect(page.locator(".toponym.nowhere").first).to_have_attribute("title", "not placed")
    assert opened.complaints == []


def test_choosing_a_quote_shows_its_legs(show: Show, sample: Collection) -> None:
    page = show(with_text(sample)).page
    before = page.evaluate("supplyRoutes.map.getZoom()")
    quote(page, "Empty wagons").first.click()
    expect(page.locator("g.leg.chosen")).to_have_count(1)
    assert page.evaluate("supplyRoutes.map.getZoom()") > before
    expect(page.locator("mark.chosen").first).to_contain_text("Empty wagons")
    quote(page, "Empty wagons").first.click()
    expect(page.locator("g.leg.chosen")).to_have_count(0)


def test_the_number_after_a_quote_chooses_its_route_by_keyboard(show: Show, sample: Collection) -> None:
    page = show(with_text(sample)).page
    cite = page.get_by_role("button", name="Route 1: Constanta")
    cite.focus()
    outline = cite.evaluate("one => getComputedStyle(one).outlineStyle")
    page.keyboard.press("Enter")
    expect(page.locator("g.leg.chosen")).to_have_count(2)
    expect(cite).to_have_attribute("aria-pressed", "true")
    assert outline != "none"


def test_a_leg_chosen_on_the_map_scrolls_to_its_quote(show: Show, sample: Collection) -> None:
    page = show(with_text(sample, "Nothing more was said that day. " * 30)).page
    last = page.locator("g.leg").last
    index = int(last.get_attribute("data-index") or "")
    words = sample["features"][index]["properties"]["quote"][:20]
    last.locator(".hit").dispatch_event("click", {"clientX": 500, "clientY": 400})
    expect(page.locator(".leaflet-popup-content")).to_be_visible()
    chosen = page.locator("mark.chosen").first
    expect(chosen).to_contain_text(words)
    page.wait_for_function("() => document.querySelector('#panel .body').scrollTop > 0")
    assert in_view(page, chosen)


def test_a_place_scrolls_to_where_it_is_named_and_steps_on(show: Show, sample: Collection) -> None:
    collection = with_text(sample, "Nothing more was said that day. " * 30)
    vienna = next(f["properties"] for f in collection["features"] if f["properties"].get("name") == "Vienna")
    text = collection["report"]["text"]
    spots = [at for at in range(len(text)) if text.startswith("Vienna", at)]
    vienna["mentions"] = [{"start": at, "end": at + 6} for at in spots]
    page = show(collection).page
    first = page.locator(".toponym", has_text="Vienna").first
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".found [role=status]")).to_have_text(f"1 of {len(spots)} in the text")
    page.get_by_role("button", name="Next one").click()
    expect(page.locator(".found [role=status]")).to_have_text(f"2 of {len(spots)} in the text")
    second = page.locator(".toponym.chosen").nth(1)
    page.wait_for_timeout(100)
    assert in_view(page, second)


def test_text_and_routes_are_tabs_for_the_arrow_keys(show: Show, sample: Collection) -> None:
    page = show(with_text(sample)).page
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(2)
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.last).to_be_focused()
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(page.locator("button.route").first).to_be_visible()
    expect(page.locator(".text")).not_to_be_visible()
    page.locator("button.route", has_text="Los Angeles").click()
    page.keyboard.press("Shift+Tab")
    tabs.first.click()
    expect(page.locator("mark.chosen").first).to_have_text("From ")
    assert in_view(page, page.locator("mark.chosen").first)


def test_without_the_text_quotes_carry_the_words_around_them(show: Show, sample: Collection) -> None:
    collection = copy.deepcopy(sample)
    for feature in collection["features"]:
        feature["properties"] |= {"quote_prefix": "It was said: ", "quote_suffix": " Then it rained."}
    page = show(collection).page
    expect(page.get_by_role("tab")).to_have_count(0)
    first = page.locator("#panel blockquote").first
    expect(first).to_contain_text("…It was said: “Every night a train")
    expect(first).to_contain_text("” Then it rained.…")


def test_a_quote_that_is_not_where_the_file_says_is_looked_for(show: Show, sample: Collection) -> None:
    collection = with_text(sample)
    for feature in collection["features"]:
        if "quote_start" in feature["properties"]:
            feature["properties"]["quote_start"] += 3
            feature["properties"]["quote_end"] += 3
    collection["features"][0]["properties"]["further_quotes"] = [{"exact": "not in the text", "start": 1, "end": 9}]
    opened = show(collection)
    assert "Empty wagons probably go back" in "".join(opened.page.locator("mark").all_text_contents())
    quote(opened.page, "Empty wagons").first.click()
    expect(opened.page.locator("g.leg.chosen")).to_have_count(1)
    assert opened.complaints == []


def test_the_panel_folds_away_and_comes_back(show: Show, sample: Collection) -> None:
    page = show(with_text(sample)).page
    width = page.evaluate("supplyRoutes.map.getSize().x")
    page.get_by_role("button", name="Fold the report away").focus()
    page.keyboard.press("Enter")
    fold = page.get_by_role("button", name="Show the report")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".text")).not_to_be_visible()
    page.wait_for_function("width => supplyRoutes.map.getSize().x > width + 200", arg=width)
    fold.click()
    expect(page.locator(".text")).to_be_visible()


def several(sample: Collection) -> Collection:
    collection = {key: value for key, value in with_text(sample).items() if key != "report"}
    report = with_text(sample)["report"]
    collection["reports"] = [report, {"id": "other", "title": "Another", "url": "https://example.org/2"}]
    collection["features"][-1] = copy.deepcopy(collection["features"][0])
    collection["features"][-1]["properties"] |= {"report": "other", "route": "other/r1"}
    return collection


def test_several_reports_are_a_list_of_which_one_is_open(show: Show, sample: Collection) -> None:
    opened = show(several(sample))
    page = opened.page
    heads = page.locator(".reports h2 button")
    expect(heads).to_have_count(2)
    expect(heads.first).to_contain_text("9 routes")
    expect(heads.first).to_contain_text("not placed")
    expect(page.locator(".article")).to_have_count(0)
    heads.first.click()
    expect(page.locator(".text")).to_be_visible()
    heads.last.click()
    expect(page.locator(".article")).to_have_count(1)
    expect(heads.first).to_have_attribute("aria-expanded", "false")
    expect(heads.last).to_have_attribute("aria-expanded", "true")
    link = page.locator("section.source a")
    expect(link).to_have_attribute("href", "https://example.org/2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.locator("g.leg .hit").first.dispatch_event("click", {"clientX": 500, "clientY": 400})
    expect(heads.first).to_have_attribute("aria-expanded", "true")
    assert opened.complaints == []


def test_a_report_from_right_to_left(show: Show, sample: Collection) -> None:
    collection = with_text(sample)
    arabic = "غادر قطار كونستانتسا إلى فيينا ليلا."
    told = [f["properties"] for f in collection["features"] if f["properties"].get("route") == "r1"]
    body = f"عنوان الخبر\n\nقال المتحدث: {arabic} ثم هطل المطر."
    collection["report"] |= {"text": body, "language": "ar"}
    for one in told:
        one |= {"quote": arabic, "quote_start": body.index(arabic), "quote_end": body.index(arabic) + len(arabic)}
    page = show(collection).page
    paragraph = page.locator(".text p").nth(1)
    assert paragraph.evaluate("p => getComputedStyle(p).direction") == "rtl"
    expect(page.locator("mark").first).to_have_text(arabic)
    page.locator("mark").first.click(position={"x": 5, "y": 5})
    expect(page.locator("g.leg.chosen")).to_have_count(2)


def test_below_the_map_on_a_phone(show: Show, sample: Collection) -> None:
    page = show(with_text(sample, "Nothing more was said that day. " * 30), PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    below = "() => document.querySelector('#panel').getBoundingClientRect().top"
    assert page.evaluate(below) >= page.evaluate("document.querySelector('#map').getBoundingClientRect().bottom") - 1
    page.locator("g.leg .hit").last.dispatch_event("click", {"clientX": 100, "clientY": 200})
    chosen = page.locator("mark.chosen").first
    page.wait_for_function("() => scrollY > 0")
    page.wait_for_timeout(100)
    top = chosen.evaluate("one => one.getBoundingClientRect().top")
    assert page.evaluate("document.querySelector('#map').getBoundingClientRect().bottom") <= top < PHONE["height"]


def test_a_long_report_is_marked_where_it_is_read(show: Show, sample: Collection) -> None:
    collection = with_text(sample)
    words = random.Random(7).choices(["rain", "harbour", "grain\n", "train", "night.\n\n"], k=170_000)  # noqa: S311 - words, not secrets
    collection["report"]["text"] += "\n\n" + " ".join(words) + "\n\nIn the end a lorry left Varna for Sofia."
    body = collection["report"]["text"]
    assert len(body) > 1_000_000
    last = "In the end a lorry left Varna for Sofia."
    told = next(f["properties"] for f in collection["features"] if f["properties"].get("route") == "r4")
    told |= {"quote": last, "quote_start": body.index(last), "quote_end": len(body)}
    page = show(collection).page
    expect(quote(page, "Every night").first).to_be_visible()
    expect(quote(page, "In the end")).to_have_count(0)
    page.get_by_role("tab", name="Routes").click()
    page.locator("button.route", has_text="Los Angeles").click()
    page.get_by_role("tab", name="Report").click()
    expect(quote(page, "In the end").first).to_be_visible()
    page.wait_for_timeout(100)
    assert in_view(page, quote(page, "In the end").first)


def test_hostile_text_stays_text(show: Show, sample: Collection) -> None:
    collection = with_text(sample, "</script><img src=x onerror=alert(1)> ${alert(1)} \u202e {{7*7}}")
    opened = show(collection)
    expect(opened.page.locator(".text p").nth(1)).to_contain_text("<img src=x onerror=alert(1)> ${alert(1)}")
    assert opened.page.locator(".text img, .text script").count() == 0
    assert opened.requests == []
    assert opened.complaints == []
