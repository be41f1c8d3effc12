"""Legs as lines. What a line looks like says what is known, as on the page.

Colour is the mode, dash and label the factuality; an arrow is a stated direction, a curve says that no way is shown, a
fading end that the place is an area.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from routes.model import Factuality, Kind
from routes.pictures import markup
from routes.pictures.labels import Spot, Wish, width_of
from routes.pictures.lanes import SCHEMATIC, heading, lanes
from routes.pictures.strokes import along, headed, length
from routes.pictures.style import STYLE
from routes.pictures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routes.geojson.shown import ShownLeg
    from routes.pictures.view import View

LANE_PIXELS = 6.0
BULGE = 0.1
FADE_PART = 0.4
PALEST = 0.08
ARROW = "M7 0L-5-6L-2.5 0L-5 6Z"
CROSS = "M-4-4L4 4M-4 4L4-4"
ALONG_SIZE = 11.0
FULL_WEIGHT = 60  # so many legs are drawn as broad as on the page; more are drawn finer


@dataclass(frozen=True, slots=True)
class Line:
    """A leg as it lies in the picture: its parts in pixels, and all of it as path data."""

    leg: ShownLeg
    parts: tuple[NDArray[np.float64], ...]
    data: str

    @property
    def longest(self) -> NDArray[np.float64]:
        """The part that has room for marks and words."""
        return max(self.parts, key=length)


def ways_of(legs: Sequence[ShownLeg], view: View) -> list[list[NDArray[np.float64]]]:
    """Project the legs' lines to pixels."""
    return [[view.pixels(part) for line in leg.lines for part in view.projection.way(line)] for leg in legs]


def lines_of(legs: Sequence[ShownLeg], view: View) -> list[Line]:
    """Lay the legs in the picture: those on one track side by side, those that show no way as curves."""
    ways = ways_of(legs, view)
    return [_line(leg, way, lane) for leg, way, lane in zip(legs, ways, lanes(legs, ways), strict=True)]


def _line(leg: ShownLeg, way: Sequence[NDArray[np.float64]], lane: int) -> Line:
    if leg.basis == SCHEMATIC and len(way) == len(leg.lines):
        start, end = way[0][0], way[-1][-1]
        bend = heading(way) * (-BULGE * lane if lane > 0 else BULGE * (1 - lane))
        # y grows downwards, so that this is to the left of the way
        middle = (start + end) / 2 + np.array([end[1] - start[1], start[0] - end[0]]) * bend * 2
        data = "M{} {}Q{} {} {} {}".format(*map(markup.number, (*start, *middle, *end)))
        t = np.linspace(0, 1, 25)[:, None]
        return Line(leg, ((1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end,), data)
    coarse = 1.5 if lane else 0.6
    parts = tuple(
        _beside(shapely.get_coordinates(shapely.simplify(shapely.LineString(part), coarse)), lane * heading(way))
        for part in way
    )
    return Line(leg, parts, "".join(map(markup.path, parts)))


def _beside(points: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """Move a way sideways by so many lanes."""
    if not by:
        return points
    ahead = np.concatenate([points[1:], points[-1:]]) - np.concatenate([points[:1], points[:-1]])
    far = np.hypot(*ahead.T)
    far[far == 0] = 1
    moved: NDArray[np.float64] = (
        points + np.column_stack([ahead[:, 1], -ahead[:, 0]]) * (by * LANE_PIXELS / far)[:, None]
    )
    return moved


def draw(lines: Sequence[Line], prefix: str) -> str:
    """Draw the legs, each as a group with its words as a title: casing, line, marks."""
    weight = min(1.0, (FULL_WEIGHT / max(1, len(lines))) ** 0.25)
    return "".join(_draw(line, f"{prefix}{number}", weight) for number, line in enumerate(lines))


def _draw(line: Line, name: str, weight: float) -> str:
    leg = line.leg
    if leg.declared:
        return _feigned(line, weight)
    color, look = STYLE["modes"][leg.mode]["color"], STYLE["factualities"][leg.factuality]
    casing, casing_paint = _paint(line, STYLE["casing"], f"{name}c")
    ink, ink_paint = _paint(line, color, f"{name}i")
    width = look["width"] * weight
    denied = leg.factuality == Factuality.DENIED
    broad = markup.element("path", d=line.data, stroke=ink, stroke_width=13 * weight, opacity=0.22)
    shape = [] if not line.data else [
        broad if leg.kind == Kind.CORRIDOR else "",
        markup.element("path", d=line.data, stroke=casing, stroke_width=width + 3 * weight),
        markup.element(
            "path",
            d=line.data,
            stroke=ink,
            stroke_width=width,
            stroke_dasharray=" ".join(f"{dash * weight:.3g}" for dash in look["dash"]) or None,
            stroke_linecap="round" if 0.1 in look["dash"] else None,
            opacity=0.75 if denied else None,
        ),
    ]  # fmt: skip
    return markup.element(
        "g",
        markup.element("title", markup.said(_told(leg))),
        casing_paint + ink_paint,
        *shape,
        _crosses(line.longest) if denied else "",
        "".join(_arrows(line, color, weight)),
        fill="none",
        stroke_linejoin="round",
    )


def _feigned(line: Line, weight: float) -> str:
    """Draw a way that is on paper only: thin, hollow, dotted, without arrows."""
    strokes = ((STYLE["casing"], 6.0), (STYLE["declared"], 4.6), (STYLE["casing"], 2.2))
    dots = {"stroke_dasharray": f"0.1 {7 * weight:.3g}", "stroke_linecap": "round"}
    paths = [
        markup.element("path", d=line.data, stroke=ink, stroke_width=width * weight, **dots) for ink, width in strokes
    ]
    title = markup.element("title", markup.said(_told(line.leg)))
    return markup.element("g", title, *(paths if line.data else ()), fill="none")


def _told(leg: ShownLeg) -> str:
    way = f"{leg.origin or '?'} → {leg.destination or '?'} ({words_of(leg)})"
    return f"{way}: “{leg.quote}”" if leg.quote else way


def _paint(line: Line, color: str, name: str) -> tuple[str, str]:
    """Give a paint that goes pale towards an end that is an area."""
    leg = line.leg
    if not leg.origin_area and not leg.destination_area:
        return color, ""
    (x1, y1), (x2, y2) = line.parts[0][0].tolist(), line.parts[-1][-1].tolist()
    stops = [
        (0.0, PALEST if leg.origin_area else None),
        (FADE_PART, None),
        (1 - FADE_PART, None),
        (1.0, PALEST if leg.destination_area else None),
    ]
    kept = [markup.element("stop", offset=f"{offset:g}", stop_color=color, stop_opacity=pale) for offset, pale in stops]
    gradient = markup.element(
        "linearGradient", *kept, id=name, gradientUnits="userSpaceOnUse", x1=x1, y1=y1, x2=x2, y2=y2
    )
    return f"url(#{name})", gradient


def _crosses(points: NDArray[np.float64]) -> str:
    reach = length(points)
    count = int(reach // 26)
    marks = [_turned(CROSS, along(points, (i + 0.5) * reach / count)) for i in range(count)]
    return markup.element("g", *marks, stroke=STYLE["cross"], stroke_width=1.6) if marks else ""


def _arrows(line: Line, color: str, weight: float) -> list[str]:
    """Only a stated direction gets an arrow, and only where the line is not pale."""
    leg, points = line.leg, line.longest
    reach = length(points)
    if not leg.directed or reach < 22:
        return []
    start = reach * FADE_PART if leg.origin_area else 0.0
    end = reach * (1 - FADE_PART) if leg.destination_area else reach
    count = max(1, round((end - start) / 320))
    places = [start + (end - start) * (i + (0.56 if count == 1 else 0.5)) / count for i in range(count)]
    look = {"fill": color, "stroke": STYLE["casing"], "stroke_width": 2.5, "paint_order": "stroke"}
    return [_turned(ARROW, headed(points, place), weight, **look) for place in places]


def _turned(data: str, spot: tuple[float, float, float], size: float = 1.0, **look: object) -> str:
    x, y, angle = spot
    turn = f"translate({markup.number(x)} {markup.number(y)}) rotate({markup.number(np.degrees(angle))})"
    if size < 1:
        turn += f" scale({size:.2f})"
    return markup.element("path", d=data, transform=turn, **look)


def words_of(leg: ShownLeg) -> str:
    """Say what a line shows: mode, that it is schematic, factuality; or that it is declared only."""
    if leg.declared:
        return WORDS["declared way"]
    mode = "" if leg.mode == "unknown" else STYLE["modes"][leg.mode]["label"]
    schematic = WORDS["schematic"] if leg.basis == SCHEMATIC else ""
    return " · ".join(filter(None, (mode, schematic, STYLE["factualities"][leg.factuality]["label"])))


def wishes(lines: Sequence[Line]) -> list[Wish]:
    """Wish for words along each line that is long enough for them: the second channel of factuality."""
    found = []
    for line in lines:
        words, points = words_of(line.leg), line.longest
        reach = length(points)
        if reach < width_of(words, ALONG_SIZE) + 36:
            continue
        spots = []
        for part in (0.5, 0.36, 0.64, 0.25, 0.75):
            x, y, angle = headed(points, min(reach * part + 20, reach))
            upright = angle - np.copysign(np.pi, angle) if abs(angle) > np.pi / 2 else angle
            across, down = float(np.sin(upright)), float(np.cos(upright))
            spots += [Spot(x + across * side, y - down * side, float(upright)) for side in (10, -10)]
        found.append(Wish(words, ALONG_SIZE, tuple(spots), kind="along", rank=4))
    return found
