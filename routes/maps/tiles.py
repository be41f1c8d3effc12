"""Online tiles beneath the findings, where a user asks for them: then the page fetches from that provider alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from xyzservices import providers

from routes.errors import FormatError

if TYPE_CHECKING:
    from xyzservices import TileProvider

SUBDOMAINS = "abc"  # as Leaflet has it where a provider tells none


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from.

    Attributes
    ----------
    name : str
        As ``xyzservices`` has it, such as ``OpenStreetMap.Mapnik``.
    url : str
        With ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}`` for one of the `subdomains`.
    attribution : str
        Plain text.
    max_zoom : int
    subdomains : str
        One letter each.
    """

    name: str
    url: str
    attribution: str
    max_zoom: int
    subdomains: str

    @property
    def origins(self) -> tuple[str, ...]:
        """The servers that the page may fetch images from."""
        urls = {self.url.replace("{s}", letter) for letter in self.subdomains or "a"}
        return tuple(sorted(f"https://{urlsplit(url).netloc}" for url in urls))

    def island(self) -> dict[str, Any]:
        """Give what the page's script needs."""
        return {
            "name": self.name,
            "url": self.url,
            "attribution": self.attribution,
            "maxZoom": self.max_zoom,
            "subdomains": self.subdomains,
        }


def tiles_of(name: str) -> Tiles:
    """Look a provider up by its name in ``xyzservices``, such as ``OpenStreetMap.Mapnik``.

    Raises
    ------
    FormatError
        Where there is none of that name, it wants a key, or is not fetched over https.
    """
    try:
        found: TileProvider = providers.query_name(name)
    except ValueError:
        raise FormatError(
            f"no provider of tiles is called {name!r}; xyzservices lists them, such as OpenStreetMap.Mapnik"
        ) from None
    if found.requires_token() or "<insert your" in str(dict(found)):
        raise FormatError(f"{found.name} wants a key, which a page that others open would give away; choose another")
    url = found.build_url(x="{x}", y="{y}", z="{z}", fill_subdomain=False)
    if urlsplit(url).scheme != "https" or " " in url:
        raise FormatError(f"{found.name} is not fetched over https; choose another")
    letters = str(found.get("subdomains", SUBDOMAINS)) if "{s}" in url else ""
    return Tiles(found.name, url, found.attribution, int(found.get("max_zoom", 18)), letters)
