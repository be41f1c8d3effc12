from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from routes import maps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Opened:
    """A page in the browser, what it asked for, and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def sample() -> dict[str, Any]:
    text = (Path(__file__).parent / "sample.geojson").read_text("utf-8")
    collection: dict[str, Any] = json.loads(text)
    return collection


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing = f"no browser: none of {', '.join(BROWSERS)} is on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """Open a file with the network refused; whatever else is asked for is noted and refused."""
    contexts = []

    def open_file(path: Path, size: Mapping[str, int] = DESKTOP) -> Opened:
        context = chromium.new_context(
            viewport={"width": size["width"], "height": size["height"]}, reduced_motion="reduce"
        )
        contexts.append(context)
        opened = Opened(context.new_page())

        def answer(route: Route, request: Request) -> None:
            if request.url == path.as_uri():
                route.continue_()
                return
            opened.requests.append(request.url)
            route.abort()

        def note(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                opened.complaints.append(message.text)

        context.route("**/*", answer)
        opened.page.on("console", note)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("dialog", lambda dialog: (opened.complaints.append(dialog.message), dialog.dismiss()))
        opened.page.goto(path.as_uri())
        return opened

    yield open_file
    for context in contexts:
        context.close()


@pytest.fixture
def show(visit: Callable[..., Opened], tmp_path: Path) -> Callable[..., Opened]:
    """Draw a collection, save it, and open the file."""

    def draw_and_open(collection: Mapping[str, Any], size: Mapping[str, int] = DESKTOP) -> Opened:
        path = tmp_path / "map.html"
        maps.draw(collection).save(path)
        return visit(path, size)

    return draw_and_open
