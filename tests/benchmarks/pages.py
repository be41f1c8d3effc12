"""The figures of the map page: ``python tests/benchmarks/pages.py [LEGS...]`` (100, 1,000 and 10,000 by default).

For made findings it prints how large the HTML is, how long Python takes, what the page asks for, and in Chromium how
long it takes to the first frame with the findings and to the frame after a zoom. Plain folium follows with the most
legs, one PolyLine a leg; its page would ask other servers for Leaflet, which it is given here from the disk; the rest
is refused.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import folium
from made import collection
from playwright.sync_api import Browser, Request, Route, sync_playwright

import routes
from routes import maps

if TYPE_CHECKING:
    from collections.abc import Callable

LEGS = (100, 1_000, 10_000)
AIMS = {100: (350, 0.5), 1_000: (700, 0.7), 10_000: (5_000, 1.5)}  # kB, seconds to the first frame
ZOOM_AIM, PYTHON_AIM = 0.6, 1.0  # seconds
RUNS = 3
LEAFLET = Path(maps.__file__).parent / "vendor" / "leaflet.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The frame after the next one shows what was drawn before it.
AFTER_LOAD = """addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.drawnAt = performance.now();
})))"""
DRAWN = """() => new Promise((done) => {
    const look = () => (window.drawnAt ? done(window.drawnAt) : setTimeout(look, 5));
    look();
})"""
ZOOM = """async (map) => {
    map = map ? window[map] : supplyRoutes.map;
    const start = performance.now();
    map.setZoom(map.getZoom() + 1, { animate: false });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start;
}"""


def main() -> None:
    """Print a line for each number of legs."""
    wanted = tuple(map(int, sys.argv[1:])) or LEGS
    world = routes.default_world()
    found = {legs: collection(legs, world) for legs in wanted}
    maps.draw(found[wanted[0]]).get_root().render()  # warms up
    print(f"{'':24}{'kB':>8}{'Python s':>10}{'requests':>10}{'first s':>9}{'zoom s':>8}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        executable = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for legs, made in found.items():
            path = Path(folder) / f"{legs}.html"
            kilobytes, first = AIMS.get(legs, (0, 0.0))
            row(f"ours, {legs:,} legs", path, lambda made=made: maps.draw(made), browser)
            if kilobytes:
                print(f"{'  aim':24}{kilobytes:8,}{PYTHON_AIM:10.2f}{0:10}{first:9.2f}{ZOOM_AIM:8.2f}")
        most = max(found)
        row(f"folium, {most:,} legs", Path(folder) / "plain.html", lambda: plain(found[most]), browser)
        browser.close()


def plain(made: dict[str, Any]) -> folium.Map:
    """Draw the same legs as folium does by itself."""
    drawn = folium.Map(location=(30, 0), zoom_start=2)
    for feature in made["features"]:
        geometry, told = feature["geometry"], feature["properties"]
        if told["feature"] == "leg":
            lines = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
            folium.PolyLine(
                [[(y, x) for x, y in line] for line in lines], color=told["stroke"], tooltip=told["title"]
            ).add_to(drawn)
    return drawn


def row(name: str, path: Path, draw: Callable[[], folium.Map], browser: Browser) -> None:
    """Write a page, open it some times, and print its figures."""
    start = time.perf_counter()
    drawn = draw()
    drawn.save(str(path))
    python = time.perf_counter() - start
    opened = [seen(path, browser, drawn.get_name()) for _ in range(RUNS if "ours" in name else 1)]
    asked = opened[0][0]
    first, zoom = (median(one[i] for one in opened) for i in (1, 2))
    print(f"{name:24}{path.stat().st_size / 1000:8,.0f}{python:10.2f}{asked:10}{first:9.2f}{zoom:8.2f}", flush=True)


def seen(path: Path, browser: Browser, name: str) -> tuple[int, float, float]:
    """Open a page: how many other addresses it asks for, seconds to the first frame, seconds to that after a zoom."""
    asked: set[str] = set()

    def answer(route: Route, request: Request) -> None:
        if request.url == path.as_uri():
            route.continue_()
            return
        asked.add(request.url)
        if request.url.endswith("leaflet.js"):
            route.fulfill(path=LEAFLET, content_type="text/javascript")
        else:
            route.abort()

    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.add_init_script(AFTER_LOAD)
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(path.as_uri(), timeout=120_000)
    first = page.evaluate(DRAWN) / 1000
    ours = page.evaluate("Boolean(window.supplyRoutes)")
    zoom = page.evaluate(ZOOM, None if ours else name) / 1000
    context.close()
    return len(asked), first, zoom


if __name__ == "__main__":
    main()
