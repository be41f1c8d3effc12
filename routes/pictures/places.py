"""Places: areas with a soft edge and a hatch, never a point; points as small circles.

Who is a stop stands out, who is only named stays quiet, and a declared destination looks feigned.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely

from routes.model import Role
from routes.pictures import markup
from routes.pictures.ground import path_of
from routes.pictures.labels import Spot, Wish
from routes.pictures.style import PAPER, STYLE
from routes.pictures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from routes.geojson.shown import ShownPlace
    from routes.pictures.view import View


class Standing(StrEnum):
    """What a place is to the routes that are drawn."""

    STOP = "stop"
    DECLARED = "declared"
    MENTIONED = "mentioned"


RADII = {Standing.STOP: 5, Standing.DECLARED: 6, Standing.MENTIONED: 3}
SOFT_WIDTHS = (14, 11, 8, 5, 2)  # pixels; strokes of the mask, one over the other, so that an edge ends step by step
SMALLEST_SOFT = 900.0  # square pixels; a smaller area would be nothing but edge
_SIDES = ((9, 0, 1), (-9, 0, -1), (0, -14, 0), (0, 15, 0), (8, -11, 1), (8, 11, 1), (-8, -11, -1), (-8, 11, -1))


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place as it lies in the picture: its points, or the parts of its area, in pixels."""

    place: ShownPlace
    standing: Standing
    points: NDArray[np.float64]
    parts: NDArray[np.object_]
    middle: tuple[float, float]


def standing_of(place: ShownPlace, drawn: set[str]) -> Standing:
    """Say what a place is to the routes that are drawn."""
    stop = any(route in drawn for route in place.routes) if place.routes else bool(place.roles)
    if not stop or not place.roles:
        return Standing.MENTIONED
    return Standing.DECLARED if set(place.roles) == {Role.DECLARED_DESTINATION} else Standing.STOP


def spotted(places: Iterable[ShownPlace], drawn: set[str], view: View) -> list[Spotted]:
    """Lay the places in the frame; an area that is only named is left out, as is what lies beyond the frame."""
    found = []
    for place in places:
        standing = standing_of(place, drawn)
        if place.is_area and standing is Standing.MENTIONED:
            continue
        one = _spotted(place, standing, view)
        if len(one.points) or len(one.parts):
            found.append(one)
    return found


def _spotted(place: ShownPlace, standing: Standing, view: View) -> Spotted:
    left, top, right, bottom = view.box
    points = view.pixels(view.projection.points(np.array(place.points))) if place.points else np.empty((0, 2))
    inside = (points > (left, top)).all(axis=1) & (points < (right, bottom)).all(axis=1)
    polygons = [shapely.Polygon(rings[0], rings[1:]) for rings in place.polygons]
    valid = [part for it in polygons for part in shapely.get_parts(shapely.make_valid(it)) if part.area > 0]
    facing = [shapely.geometry.polygon.orient(it) for it in valid if isinstance(it, shapely.Polygon)]
    parts = view.seen(view.projection.surface(facing)) if facing else np.empty(0, dtype=object)
    middle = view.at(*place.position) if place.position else (np.nan, np.nan)
    if len(parts) and not (left < middle[0] < right and top < middle[1] < bottom):
        largest = shapely.clip_by_rect(max(parts, key=shapely.area), *view.box)
        at = shapely.get_coordinates(shapely.point_on_surface(largest))
        middle = (float(at[0, 0]), float(at[0, 1])) if len(at) else middle
    return Spotted(place, standing, points[inside], parts, middle)


def draw_areas(places: Sequence[Spotted], view: View, prefix: str) -> str:
    """Draw the areas, which lie under the lines."""
    areas = [place for place in places if len(place.parts)]
    if not areas:
        return ""
    hatch = markup.element(
        "pattern",
        markup.element("path", d="M0 0V7", stroke=STYLE["area"], stroke_width=2),
        id=f"{prefix}h",
        patternUnits="userSpaceOnUse",
        width=7,
        height=7,
        patternTransform="rotate(45)",
    )
    return hatch + "".join(_draw_area(one, view, f"{prefix}{number}", f"{prefix}h") for number, one in enumerate(areas))


def _draw_area(one: Spotted, view: View, name: str, hatch: str) -> str:
    data = "".join(map(path_of, one.parts.tolist()))
    if one.standing is Standing.DECLARED:
        return markup.element("path", d=data, **_feigned(STYLE["declared"]))
    x, y, right, bottom = view.box
    frame = {"x": x, "y": y, "width": right - x, "height": bottom - y}
    soft = float(shapely.area(one.parts).sum()) > SMALLEST_SOFT
    strokes = [markup.element("use", href=f"#{name}a", stroke_width=width) for width in SOFT_WIDTHS * soft]
    return "".join(
        [
            markup.element(
                "defs", markup.element("path", d=data, id=f"{name}a", fill_rule="evenodd", stroke_linejoin="round")
            ),
            markup.element(
                "mask",
                markup.element("use", href=f"#{name}a", fill="#FFF"),
                markup.element("g", *strokes, fill="none", stroke="#000", stroke_opacity="0.3") if strokes else "",
                id=f"{name}m",
                maskUnits="userSpaceOnUse",
                **frame,
            ),
            markup.element(
                "g",
                markup.element("rect", **frame, fill=STYLE["area"], fill_opacity="0.16"),
                markup.element("rect", **frame, fill=f"url(#{hatch})", fill_opacity="0.3"),
                mask=f"url(#{name}m)",
            ),
        ]
    )


def _feigned(color: str) -> dict[str, object]:
    dotted = {"stroke_dasharray": "1.5 4.5", "stroke_linecap": "round"}
    return {"fill": "none", "stroke": color, "stroke_width": 1.8, **dotted}


def draw_points(places: Sequence[Spotted]) -> str:
    """Draw the points, which lie over the lines."""
    return "".join(dot(x, y, one.standing) for one in places for x, y in one.points.tolist())


def dot(x: float, y: float, standing: Standing) -> str:
    """Draw one point."""
    look: dict[Standing, dict[str, object]] = {
        Standing.STOP: {"stroke": STYLE["ink"], "stroke_width": 2.4},
        Standing.DECLARED: {
            "stroke": STYLE["declared"], "stroke_width": 1.8, "stroke_dasharray": "2 2.6", "fill_opacity": "0.4"
        },
        Standing.MENTIONED: {"stroke": STYLE["mentioned"], "stroke_width": 1.4},
    }  # fmt: skip
    return markup.element("circle", cx=x, cy=y, r=RADII[standing], fill=PAPER, **look[standing])


def wishes(places: Sequence[Spotted]) -> list[Wish]:
    """Wish for the names of places: stops before what is only named, points before areas, which have more room."""
    found = []
    for one in places:
        name = markup.plain(one.place.name)
        if not name:
            continue
        declared = one.standing is Standing.DECLARED
        words = WORDS["declared"].format(name=name) if declared else name
        for x, y in one.points.tolist():
            spots = tuple(Spot(x + dx, y + dy, side=side) for dx, dy, side in _SIDES)
            size = 11.0 if one.standing is Standing.MENTIONED else 12.5
            found.append(Wish(words, size, spots, kind=one.standing.value, rank=5 if size == 11 else declared))
        if len(one.parts) and np.isfinite(one.middle).all():
            x, y = one.middle
            spots = tuple(Spot(x + dx, y + dy) for dx, dy in ((0, 0), (0, 16), (0, -16), (-40, 0), (40, 0), (0, 32)))
            found.append(Wish(words, 13.0, spots, kind="declared" if declared else "area", rank=2 + declared))
    return found


def samples() -> dict[str, str]:
    """Give what stands in the legend for each kind of place, in a box of 44 by 16 pixels."""
    box = {"x": 6, "y": 1, "width": 32, "height": 14, "rx": 4}
    hatches = " ".join(f"M{9 + i * 6} 14l6-12" for i in range(5))
    return {
        "stop": dot(22, 8, Standing.STOP),
        "stop area": markup.element("rect", **box, fill=STYLE["area"], fill_opacity="0.25")
        + markup.element("path", d=hatches, stroke=STYLE["area"], stroke_width=1.5, opacity=0.5),
        "declared point": dot(22, 8, Standing.DECLARED),
        "declared area": markup.element("rect", **box, **_feigned(STYLE["declared"])),
        "mentioned": dot(22, 8, Standing.MENTIONED),
    }


def kind_of(one: Spotted) -> str:
    """Say under which of `samples` a place falls."""
    area = len(one.parts) > 0
    return {
        Standing.STOP: "stop area" if area else "stop",
        Standing.DECLARED: "declared area" if area else "declared point",
        Standing.MENTIONED: "mentioned",
    }[one.standing]
