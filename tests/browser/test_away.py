from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from playwright.sync_api import Page, expect

from routes import __version__, geojson, maps
from routes.geojson.geometry import bounding_box

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
SMALL_FRAME = {"width": 400, "height": 300}
A4_LANDSCAPE_POINTS = (842, 595)
HELD_TO_DEGREES = 0.002

Collection = dict[str, Any]
Show = Callable[..., Any]


def open_menu(page: Page) -> None:
    page.get_by_label("Save or share").click()


def taken(page: Page, button: str, folder: Path) -> tuple[str, bytes]:
    """Press a button of the menu; give the name of the file that leaves, and its bytes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    waiting.value.save_as(folder / "taken")
    return waiting.value.suggested_filename, (folder / "taken").read_bytes()


def same(ours: list[Collection], theirs: list[Collection]) -> bool:
    """Tell whether features are the same, but for lines that the page holds to a thousandth of a degree."""
    for one, other in zip(ours, theirs, strict=True):
        if {**one, "geometry": 0} != {**other, "geometry": 0} or bool(one["geometry"]) != bool(other["geometry"]):
            return False
        shapes = [shapely.from_geojson(json.dumps(it["geometry"])) for it in (one, other) if it["geometry"]]
        if shapes and shapely.hausdorff_distance(*shapes) > HELD_TO_DEGREES:
            return False
    return True


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("size", [None, PHONE])
def test_geojson_goes_out_as_it_came_in(show: Show, sample: Collection, tmp_path: Path, size: Any) -> None:
    opened = show(sample, size) if size else show(sample)
    open_menu(opened.page)
    name, data = taken(opened.page, "GeoJSON", tmp_path)
    assert name == "routes-The-ways-of-the-press-moulds.geojson"
    out = geojson.loads(data.decode(), name)
    assert {**out, "features": 0} == {**sample, "features": 0}
    assert same(out["features"], sample["features"])
    assert data.count(b"\n") == len(sample["features"]) + 2  # one feature a line
    expect(opened.page.locator("#away [role=status]")).to_contain_text(name)
    assert opened.requests == []
    assert opened.complaints == []


def test_only_what_is_shown_goes_out_on_request(show: Show, sample: Collection, tmp_path: Path) -> None:
    page = show(sample).page
    open_menu(page)
    page.get_by_label("only what is shown").check()
    _, data = taken(page, "GeoJSON", tmp_path)
    features = json.loads(data)["features"]
    told = [feature["properties"] for feature in features]
    assert same(features, [feature for feature in sample["features"] if feature["properties"] in told])
    assert "denied" not in {it.get("factuality") for it in told}
    assert {"leg", "claim", "place"} == {it["feature"] for it in told}
    assert "Norway" not in {it.get("name") for it in told}  # an area only named is not drawn at first
    assert json.loads(data)["bbox"] == bounding_box(features)
    _, table = taken(page, "CSV", tmp_path)
    assert "denied" not in {row["factuality"] for row in rows_of(table)}


def test_the_table_has_a_row_for_each_leg_and_reads_back(show: Show, sample: Collection, tmp_path: Path) -> None:
    page = show(sample).page
    open_menu(page)
    name, data = taken(page, "CSV", tmp_path)
    assert name.endswith(".csv")
    rows = rows_of(data)
    features = [feature for feature in sample["features"] if feature["properties"]["feature"] in {"leg", "claim"}]
    assert len(rows) == len(features)
    for row, feature in zip(rows, features, strict=True):
        told = feature["properties"]
        assert (row["quote"], row["factuality"]) == (told["quote"], told["factuality"])
        assert json.loads(row["stops"]) == told["stops"]
        if feature["geometry"]:
            line = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert shapely.hausdorff_distance(shapely.from_wkt(row["geometry"]), line) <= HELD_TO_DEGREES


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\uff1d1",
    ' "=1',
    "fine;=cmd|' /C calc'!A0",
    "line\n=HYPERLINK(1)",
]


def test_no_cell_is_a_formula(show: Show, sample: Collection, tmp_path: Path) -> None:
    leg = sample["features"][0]
    told = [{**leg["properties"], "cargo": words, "attribution": words, words: "key"} for words in FORMULAS]
    page = show({**sample, "features": [{**leg, "properties": it} for it in told]}).page
    open_menu(page)
    _, data = taken(page, "CSV", tmp_path)
    rows = rows_of(data)
    for cell in [cell for row in rows for cell in [*row, *row.values()]]:
        for piece in re.split(r"[;\t\r\n]", cell):
            assert not re.match(r"[\s\"]*[=+@\uff0b\uff0d\uff1d\uff20-]", piece)
    assert [row["cargo"].replace("'", "") for row in rows] == [words.replace("'", "") for words in FORMULAS]


def test_the_citation_names_source_hash_generator_and_licences(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.evaluate("() => { navigator.clipboard.writeText = async (words) => { window.copied = words; }; }")
    open_menu(page)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator("#away [role=status]")).to_have_text("The citation is copied.")
    copied = page.evaluate("copied")
    report = sample["report"]
    told = [report["title"], report["publisher"], report["url"], report["published"], report["sha256"]]
    for words in [*told, *sample["attribution"], f"supply-routes {__version__}"]:
        assert words in copied


def test_without_a_clipboard_the_citation_can_be_selected(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    open_menu(page)
    page.get_by_role("button", name="Copy citation").click()
    area = page.locator("dialog.away textarea")
    assert sample["report"]["sha256"] in area.input_value()
    expect(area).to_be_focused()
    assert page.evaluate("getSelection().toString()") == area.input_value()
    page.keyboard.press("Escape")
    expect(area).to_have_count(0)


@pytest.mark.parametrize("size", [None, PHONE])
def test_the_picture_holds_map_legend_and_credits(show: Show, sample: Collection, tmp_path: Path, size: Any) -> None:
    opened = show(sample, size) if size else show(sample)
    page = opened.page
    open_menu(page)
    name, data = taken(page, "PNG", tmp_path)
    assert name.endswith(".png")
    assert data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
    seen = page.locator("#map").bounding_box()
    assert width == 2 * seen["width"]
    assert height > 2 * seen["height"] + 200  # legend and credits stand under the map
    # Colours, by the eye of the browser: sea, land, a rail line and a sea line on the map; ink under it.
    counts = page.evaluate(
        """async ([data, ground, wanted]) => {
            const image = new Image();
            image.src = `data:image/png;base64,${data}`;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const pixels = context.getImageData(0, 0, image.width, image.height).data, counts = {};
            for (const [name, [red, green, blue, below]] of Object.entries(wanted)) {
                counts[name] = 0;
                const start = below ? ground * image.width * 4 : 0;
                const end = below ? pixels.length : ground * image.width * 4;
                for (let i = start; i < end; i += 4)
                    counts[name] += pixels[i] === red && pixels[i + 1] === green && pixels[i + 2] === blue;
            }
            return counts;
        }""",
        [
            base64.b64encode(data).decode(),
            2 * seen["height"],
            {
                "sea": [0xDD, 0xEA, 0xF2, False],
                "land": [0xF5, 0xF2, 0xEA, False],
                "sea line": [0x00, 0x72, 0xB2, False],
                "rail in the legend": [0xD5, 0x5E, 0x00, True],
                "letters": [0x1F, 0x29, 0x33, True],
            },
        ],
    )
    assert all(count > 20 for count in counts.values()), counts
    # Afterwards the map is as sharp as the screen again.
    assert page.evaluate("(c => c.width / parseFloat(c.style.width))(document.querySelector('#map canvas'))") == 1
    assert opened.requests == []
    assert opened.complaints == []


def many(sample: Collection, count: int) -> Collection:
    leg = sample["features"][0]
    features = [{**leg, "properties": {**leg["properties"], "route": f"r{i}"}} for i in range(count)]
    return {**sample, "features": features}


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("size", [None, PHONE])
def test_it_prints_on_one_page(show: Show, sample: Collection, size: Any) -> None:
    opened = show(sample, size) if size else show(sample)
    page = opened.page
    view = "[supplyRoutes.map.getZoom(), supplyRoutes.map.getCenter(), supplyRoutes.map.getSize()]"
    before = page.evaluate(view)
    pdf = page.pdf(prefer_css_page_size=True)
    assert pages_of(pdf) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box
    assert tuple(round(float(side)) for side in box.groups()) == A4_LANDSCAPE_POINTS
    # The canvas is printed as pixels; Chromium prints the strokes of one drawn just now in the wrong place.
    assert b"/Subtype /Image" in pdf
    assert page.evaluate(view) == before
    expect(page.locator("#sheet")).to_have_count(0)
    expect(page.locator("#panel")).to_be_visible()
    assert opened.complaints == []


def test_the_printed_page_has_map_legend_routes_and_credits(show: Show, sample: Collection) -> None:
    page = show(sample).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = page.locator("#sheet")
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#panel")).not_to_be_visible()
    expect(page.locator("#away")).not_to_be_visible()
    expect(sheet.locator(".key")).to_contain_text("schematic, shows no way")
    expect(sheet.locator("tbody tr")).to_have_count(9)  # ten routes, one of them denied and so not shown
    expect(sheet).to_contain_text("From Busan the moulds are to be shipped to Los Angeles in June.")
    for words in [sample["report"]["title"], sample["report"]["sha256"], *sample["attribution"], sample["generator"]]:
        expect(sheet).to_contain_text(words)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize("count", [60, 300])
def test_what_does_not_fit_on_the_page_is_counted(show: Show, sample: Collection, count: int) -> None:
    page = show(many(sample, count)).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    told = page.locator("#sheet .told")
    rows = told.locator("tbody tr").count()
    assert 15 < rows < count
    expect(told.locator(".rest")).to_have_text(f"and {count - rows} more routes")
    assert told.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1


def test_the_menu_works_by_keyboard_alone(show: Show, sample: Collection, tmp_path: Path) -> None:
    page = show(sample).page
    summary = page.get_by_label("Save or share")
    for _ in range(20):
        page.keyboard.press("Tab")
        if summary.evaluate("e => e === document.activeElement"):
            break
    expect(summary).to_be_focused()
    assert summary.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="GeoJSON")).to_be_focused()
    zoom = page.evaluate("supplyRoutes.map.getZoom()")
    page.keyboard.press("+")
    assert page.evaluate("supplyRoutes.map.getZoom()") == zoom
    with page.expect_download():
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#away")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def framed(collection: Collection, attributes: str) -> str:
    html = maps.draw(collection).get_root().render()
    source = html.replace("&", "&amp;").replace('"', "&quot;")
    return f'<!DOCTYPE html><meta charset=utf-8><iframe {attributes} srcdoc="{source}"></iframe>'


def test_it_works_in_a_small_sandboxed_frame(visit: Show, sample: Collection, tmp_path: Path) -> None:
    page_file = tmp_path / "outside.html"
    size = 'width="400" height="300" style="border:0" sandbox="allow-scripts"'
    page_file.write_text(framed(sample, size), "utf-8")
    opened = visit(page_file)
    frame = opened.page.frame_locator("iframe")
    expect(frame.locator("g.leg").first).to_be_attached()
    assert frame.locator("#map").bounding_box()["height"] >= 180
    frame.locator("#legend > summary").click()
    expect(frame.locator("#legend li").first).to_be_visible()
    frame.locator("#legend > summary").click()
    frame.locator(".leaflet-control-zoom-in").click()
    assert opened.complaints == []
    for name in ("GeoJSON", "CSV", "PNG", "Print", "Copy citation"):
        frame.get_by_label("Save or share").click()
        frame.get_by_role("button", name=name).click()
        dialog = frame.locator("dialog.away")
        expect(dialog).to_be_visible()
        if name == "PNG":
            expect(dialog.locator("img")).to_have_attribute("src", re.compile("^data:image/png"))
            assert dialog.locator("img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 800
        elif name == "Print":
            expect(dialog).to_contain_text("Open the page by itself")
        else:
            assert sample["report"]["sha256"] in dialog.locator("textarea").input_value() or name == "CSV"
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        expect(frame.get_by_label("Save or share")).to_be_focused()
    assert opened.requests == []


def test_printing_the_page_around_leaves_the_frame_as_it_is(visit: Show, sample: Collection, tmp_path: Path) -> None:
    page_file = tmp_path / "outside.html"
    page_file.write_text(framed(sample, 'width="400" height="300"'), "utf-8")
    page = visit(page_file).page
    frame = page.frame_locator("iframe")
    expect(frame.locator("g.leg").first).to_be_attached()
    page.pdf()
    expect(frame.locator("#sheet")).to_have_count(0)
