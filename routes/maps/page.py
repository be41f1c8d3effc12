"""The page around the map: one HTML document, the same bytes for the same findings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure, Link

from routes.errors import FormatError
from routes.maps import assets, island, tongues
from routes.maps.policy import policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from branca.element import Element

    from routes.maps.tiles import Tiles

NOTEBOOK_HEIGHT_PX = 680
WITHOUT_SCRIPTS = "This map is drawn by a script in this file; allow scripts to see it."
# Folium asks other servers, or jQuery, Bootstrap and web fonts, for these; the page has none of them.
_NEEDS_MORE = {
    folium.Popup: "use a tooltip",
    folium.TileLayer: "the page has its own base map",
    folium.Icon: "use folium.DivIcon or folium.CircleMarker",
}


class Page(Figure):
    """The document that holds one findings map, and what a user adds to it.

    Parameters
    ----------
    data : str
        The findings as JSON for an island.
    basemap : str
        The base map as JSON for an island.
    title : str
        Of the document; plain text.
    language : str
        What the page speaks; one of `tongues.LANGUAGES`.
    tiles : Tiles, optional
        What the page may fetch.
    """

    def __init__(self, data: str, basemap: str, title: str, language: str, tiles: Tiles | None) -> None:
        super().__init__(title=title)
        self.language = language
        self.tiles = tiles
        self.heading = title
        self.data = data
        self.basemap = basemap

    def render(self, **kwargs: Any) -> str:
        """Give the page as HTML.

        Raises
        ------
        FormatError
            Where a layer was added that cannot work without a network.
        """
        for child in self._children.values():
            child.render(**kwargs)
        _refuse_what_is_not_here(self)
        head, body, script = (part.render(**kwargs) for part in (self.header, self.html, self.script))
        added = bool(next(iter(self._children.values()))._children)  # noqa: SLF001 - branca has no other way to ask
        head, body, script = (_steady(self, part) for part in (head, body, script))
        document = self._document(head, body, f"{assets.marker_icon_js()}\n{script}" if added else "")
        return document.replace(
            "{policy}", policy(document, *assets.scripts(), images=self.tiles.origins if self.tiles else ()), 1
        )

    def _document(self, head: str, body: str, script: str) -> str:
        # A title is one line; half a character (a lone surrogate) cannot be written.
        title = escape(" ".join(self.heading.split()).encode("utf-8", "replace").decode())
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{self.language}" dir="{tongues.direction(self.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{title}</title>",
            f"<style>{assets.leaflet_css(whole=bool(script))}</style>",
            f"<style>{assets.runtime_css()}</style>",
            head.strip(),
            "</head>",
            "<body>",
            '<div id="page">',
            '<div id="stage">',
            '<div id="filters" role="search" hidden></div>',
            '<div id="map"></div>',
            '<div id="timeline" role="region" hidden></div>',
            "</div>",
            '<details id="table"></details>',
            f'<main id="panel"><noscript><p>{tongues.said(WITHOUT_SCRIPTS, self.language)}</p></noscript></main>',
            "</div>",
            body.strip(),
            f'<script type="application/json" id="style">{island.escaped(assets.style_json())}</script>',
            f'<script type="application/json" id="words">{island.escaped(tongues.words(self.language))}</script>',
            f'<script type="application/json" id="basemap">{self.basemap}</script>',
            f'<script type="application/json" id="findings">{self.data}</script>',
            f'<script type="application/json" id="tiles">{island.dumps(self.tiles.island())}</script>'
            if self.tiles
            else "",
            f'<script type="application/json" id="packed">{assets.packed_scripts()}</script>',
            f"<script>{assets.inflate_js()}</script>",
            f"<script>{script}</script>" if script else "",
            "</body>",
            "</html>",
        ]
        # A browser turns carriage returns to line feeds before it hashes; so do we.
        text = "\n".join(line for line in lines if line) + "\n"
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the page in a notebook: an iframe that holds it whole and may do nothing but run its scripts."""
        return (
            f'<iframe srcdoc="{escape(self.render(**kwargs))}" title="{escape(self.heading)}" '
            'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'style="width:100%;height:{NOTEBOOK_HEIGHT_PX}px;border:0" allowfullscreen></iframe>'
        )


def _elements(element: Element) -> Iterator[Element]:
    for child in element._children.values():  # noqa: SLF001 - branca has no other way to walk its tree
        yield child
        yield from _elements(child)


def _steady(page: Page, text: str) -> str:
    """Count the elements instead of using branca's random ids, so that the same map gives the same bytes."""
    for number, element in enumerate(_elements(page)):
        text = text.replace(element._id, str(number))  # noqa: SLF001 - 32 random hex digits, so it hits nothing else
    return text


def _refuse_what_is_not_here(page: Page) -> None:
    for element in _elements(page):
        for kind, instead in _NEEDS_MORE.items():
            if isinstance(element, kind):
                raise FormatError(f"a folium.{kind.__name__} needs what this page does not carry; {instead}")
    for link in _elements(page.header):
        if isinstance(link, Link):
            raise FormatError(
                f"the added layer fetches {link.url}; this page works without a network and fetches nothing"
            )
