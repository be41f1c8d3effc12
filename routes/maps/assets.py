"""What the page carries with it: Leaflet, our runtime, the colours; read once from the package."""

from __future__ import annotations

import base64
import json
import re
import zlib
from functools import cache
from importlib.resources import files

from routes.maps import minify

# Together one script; later files use what earlier ones define.
RUNTIME = (
    "dom.js",
    "words.js",
    "unpack.js",
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
    "crowd.js",
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
INFLATE = "inflate.js"  # runs first, by itself
_IMAGE = re.compile(r"url\(images/([\w.-]+)\)")
_IMAGE_RULE = re.compile(r"background-image: url\(images/[\w.-]+\);")


@cache
def leaflet_js() -> str:
    """Leaflet, without the pointer to its source map, which a browser's tools would try to fetch."""
    return _read("vendor/leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "").rstrip()


def scripts() -> tuple[str, str]:
    """Leaflet and our runtime, in the order in which they run."""
    return leaflet_js(), runtime_js()


@cache
def packed_scripts() -> str:
    """Give the scripts as a JSON list, each as raw deflate (RFC 1951) in base 64.

    The same on every machine that has the same zlib; two builds of zlib may pack the same text differently.
    """
    return json.dumps([_deflated(script) for script in scripts()])


@cache
def inflate_js() -> str:
    """Give the script that unpacks the others and runs each as an inline script that the policy knows by its hash."""
    return minify.script(_read(f"runtime/{INFLATE}"))


@cache
def leaflet_css(*, whole: bool) -> str:
    """Leaflet's styles without the rule for browsers of 2010 (VML); whole, its images are inlined.

    Only controls and markers that a user adds through folium show them.
    """
    css = _read("vendor/leaflet.css").replace("behavior: url(#default#VML);", "")
    if whole:
        return minify.style(_IMAGE.sub(lambda match: f"url({_image(match[1])})", css))
    return minify.style(_IMAGE_RULE.sub("", css))


@cache
def runtime_js() -> str:
    """Our runtime as one script, its names kept to itself."""
    parts = "\n".join(_read(f"runtime/{name}") for name in RUNTIME)
    return f'(() => {{\n"use strict";\n{minify.script(parts)}}})();'


@cache
def runtime_css() -> str:
    """Give our styles."""
    return minify.style(_read("runtime.css"))


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


def _deflated(text: str) -> str:
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


def _read(path: str) -> str:
    return files("routes.maps").joinpath(path).read_text("utf-8").replace("\r\n", "\n")


def _image(name: str) -> str:
    data = files("routes.maps").joinpath("vendor/images", name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"
