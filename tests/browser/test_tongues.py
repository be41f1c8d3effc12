from __future__ import annotations

import copy
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", tongues.LANGUAGES)
def test_axe_finds_nothing(speak: Callable[..., Any], language: str, scheme: str) -> None:
    page = speak(language).page
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone_with_all_open(speak: Callable[..., Any], scheme: str) -> None:
    page = speak("ar", PHONE).page
    page.emulate_media(color_scheme=scheme)
    page.locator("#legend summary").click()
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    page.locator("button.route").first.click()
    assert violations(page) == []
