"""The legend of exactly what is drawn, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.model import Basis, Kind
from routes.pictures import markup, places
from routes.pictures.labels import width_of
from routes.pictures.style import QUIET, STYLE
from routes.pictures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.geojson.shown import ShownLeg
    from routes.pictures.places import Spotted

Entry = tuple[str, str]  # what is drawn in a box of 44 by 16 pixels, and its words
ROW, SIZE, SAMPLE = 19, 12.0, 52
GAP = 28


def draw(legs: Sequence[ShownLeg], spotted: Sequence[Spotted], x: float, y: float, width: float) -> tuple[str, float]:
    """Draw the legend from a corner; gives it and its height."""
    groups = [
        (WORDS["mode"], _modes(legs)),
        (WORDS["certainty"], _factualities(legs)),
        (WORDS["line"], _ways(legs)),
        (WORDS["place"], _places(spotted)),
    ]
    shown = [(title, entries) for title, entries in groups if entries]
    drawn, left, top, lowest = [], x, y, y
    for title, entries in shown:
        across = max(SAMPLE + width_of(words, SIZE) for _, words in entries)
        if left + across > x + width and left > x:
            left, top = x, lowest + 10
        drawn.append(markup.text(title, left, top + 12, font_size=SIZE, font_weight=600, fill=QUIET))
        for row, (sample, words) in enumerate(entries, start=1):
            down = top + row * ROW
            drawn.append(markup.element("g", sample, transform=f"translate({left:.0f} {down:.0f})"))
            drawn.append(markup.text(words, left + SAMPLE, down + 12.2, font_size=SIZE))
        left += round(across) + GAP
        lowest = max(lowest, top + (len(entries) + 1) * ROW)
    return "".join(drawn), lowest - y


def _line(color: str, width: float = 3.0, d: str = "M1 8H43", **look: object) -> str:
    return markup.element("path", d=d, fill="none", stroke=color, stroke_width=width, **look)


def _modes(legs: Sequence[ShownLeg]) -> list[Entry]:
    used = {leg.mode for leg in legs if not leg.declared}
    return [(_line(mode["color"], 4), mode["label"]) for name, mode in STYLE["modes"].items() if name in used]


def _factualities(legs: Sequence[ShownLeg]) -> list[Entry]:
    used = {leg.factuality for leg in legs if not leg.declared}
    entries = []
    for name, look in STYLE["factualities"].items():
        if name not in used:
            continue
        dash = " ".join(map(str, look["dash"])) or None
        cap = "round" if 0.1 in look["dash"] else None
        sample = _line(STYLE["ink"], float(look["width"]), stroke_dasharray=dash, stroke_linecap=cap)
        if name == "denied":
            sample += markup.element("path", d="M10 4l8 8m0-8l-8 8M26 4l8 8m0-8l-8 8", stroke=STYLE["cross"])
        entries.append((sample, look["label"]))
    return entries


def _ways(legs: Sequence[ShownLeg]) -> list[Entry]:
    ink = STYLE["ink"]
    fading = "".join(
        _line(ink, d=f"M{1 + i * 9} 8h8.5", opacity=pale) for i, pale in enumerate((1.0, 0.7, 0.45, 0.25, 0.1))
    )
    arrow = markup.element("path", d="M28 8L16 2L18.5 8L16 14Z", fill=ink)
    dots = {"stroke_dasharray": "0.1 7", "stroke_linecap": "round"}
    hollow = _line(STYLE["declared"], 4.6, d="M4 8H43", **dots) + _line(STYLE["casing"], 2.2, d="M4 8H43", **dots)
    on_paper = any(leg.declared for leg in legs)
    legs = [leg for leg in legs if not leg.declared]
    offered = [
        (any(leg.basis == Basis.NETWORK for leg in legs), _line(ink, d="M1 12L12 6L20 9L31 4L43 7"), "network"),
        (any(leg.basis == Basis.GEODESIC for leg in legs), _line(ink, d="M1 11Q22 3 43 11"), "geodesic"),
        (any(leg.basis == Basis.SCHEMATIC for leg in legs), _line(ink, d="M1 13Q22-1 43 13"), "shows no way"),
        (any(leg.kind == Kind.CORRIDOR for leg in legs), _line(ink, 13, opacity=0.25) + _line(ink), "corridor"),
        (any(leg.directed for leg in legs), _line(ink) + arrow, "directed"),
        (any(not leg.directed for leg in legs), _line(ink), "undirected"),
        (on_paper, hollow, "on paper"),
        (any(leg.origin_area or leg.destination_area for leg in legs), fading, "fades"),
    ]
    return [(sample, WORDS[words]) for has, sample, words in offered if has]


def _places(spotted: Sequence[Spotted]) -> list[Entry]:
    used = {places.kind_of(one) for one in spotted}
    return [(sample, WORDS[kind]) for kind, sample in places.samples().items() if kind in used]
