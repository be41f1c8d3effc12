"""What the page carries with it: Leaflet, our runtime, the colours; read once from the package."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files

# Together one script; later files use what earlier ones define.
RUNTIME = (
    "dom.js",
    "words.js",
    "findings.js",
    "dates.js",
    "sieve.js",
    "state.js",
    "theme.js",
    "controls.js",
    "globe.js",
    "lanes.js",
    "basemap.js",
    "labels.js",
    "lines.js",
    "places.js",
    "overlay.js",
    "details.js",
    "reasons.js",
    "articles.js",
    "text.js",
    "list.js",
    "panel.js",
    "table.js",
    "legend.js",
    "about.js",
    "filters.js",
    "timeline.js",
    "address.js",
    "picture.js",
    "paper.js",
    "away.js",
    "main.js",
)
_IMAGE = re.compile(r"url\(images/([\w.-]+)\)")


@cache
def leaflet_js() -> str:
    """Leaflet, without the pointer to its source map, which a browser's tools would try to fetch."""
    return _read("vendor/leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "").rstrip()


@cache
def leaflet_css() -> str:
    """Leaflet's styles, with its images inlined and without the rule for browsers of 2010 (VML)."""
    css = _IMAGE.sub(lambda match: f"url({_image(match[1])})", _read("vendor/leaflet.css"))
    return css.replace("behavior: url(#default#VML);", "")


@cache
def runtime_js() -> str:
    """Our runtime as one script, its names kept to itself."""
    parts = "\n".join(_read(f"runtime/{name}") for name in RUNTIME)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


@cache
def runtime_css() -> str:
    """Give our styles."""
    return _read("runtime.css")


@cache
def style_json() -> str:
    """Colours, dashes and labels, which the runtime and the tests both read."""
    return _read("style.json")


@cache
def marker_icon_js() -> str:
    """Set Leaflet's marker to inlined images; only pages with folium markers of the user's own need it."""
    icon, double, shadow = (_image(f"marker-{name}.png") for name in ("icon", "icon-2x", "shadow"))
    return (
        "delete L.Icon.Default.prototype._getIconUrl;"
        f'L.Icon.Default.mergeOptions({{iconUrl:"{icon}",iconRetinaUrl:"{double}",shadowUrl:"{shadow}"}});'
    )


def _read(path: str) -> str:
    return files("routes.maps").joinpath(path).read_text("utf-8").replace("\r\n", "\n")


def _image(name: str) -> str:
    data = files("routes.maps").joinpath("vendor/images", name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"
