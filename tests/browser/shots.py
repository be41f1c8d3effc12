"""Take the pictures of the README and the docs: ``python tests/browser/shots.py``, in Debian's chromium.

Writes ``notebooks/example.png`` and, beside it, the same page in the dark and on a phone.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import routes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SHOTS = (("example", 1280, 800, "light"), ("example.dark", 1280, 800, "dark"), ("example.phone", 390, 844, "light"))


def main() -> None:
    """Draw the example and take all pictures."""
    findings = routes.find_routes(routes.read_report(NOTEBOOKS / "example.de.txt"))
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "map.html"
        routes.draw(findings).save(page)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, width, height, scheme in SHOTS:
            take(browser, page, NOTEBOOKS / f"{name}.png", (width, height), scheme)
        browser.close()


def take(browser: Browser, page: Path, target: Path, size: tuple[int, int], scheme: str) -> None:
    """Take one picture, once the page is drawn."""
    width, height = size
    tab = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    tab.goto(page.as_uri())
    tab.wait_for_selector(".findings .leg", state="attached")
    tab.wait_for_timeout(500)
    tab.screenshot(path=target)
    tab.close()


if __name__ == "__main__":
    main()
