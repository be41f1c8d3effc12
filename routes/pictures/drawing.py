"""Findings drawn as one SVG."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geodata.waterlabels import water_labels
from routes.model import Factuality
from routes.pictures import frame, ground, legend, lines, markup, places
from routes.pictures.labels import Room, Spot, Wish, place
from routes.pictures.projection import fitting
from routes.pictures.strokes import length
from routes.pictures.style import FONTS, PAPER, STYLE
from routes.pictures.view import view_of
from routes.pictures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.position import Position
    from geodata.world import World
    from routes.geojson.shown import Shown, ShownLeg
    from routes.pictures.lines import Line
    from routes.pictures.places import Spotted
    from routes.pictures.projection import Projection
    from routes.pictures.view import View

WIDTH, MARGIN = 1200.0, 24.0
INNER = WIDTH - 2 * MARGIN
SHORTEST = 8.0  # pixels; a line below that lies under the marks of its ends


class Drawn(NamedTuple):
    """A drawing: the SVG, its title, its width and height in pixels."""

    svg: str
    title: str
    size: tuple[float, float]


def svg_of(told: Shown, world: World, *, title: str | None = None, denied: bool = False) -> Drawn:
    """Draw what is told of findings.

    Parameters
    ----------
    told : Shown
    world : World
        For the names of countries.
    title : str, optional
        Of the picture; the report's by default.
    denied : bool
        Whether denied routes are drawn, struck out; else the picture says how many there are.
    """
    legs = [leg for leg in told.legs if denied or leg.factuality != Factuality.DENIED]
    left_out = len(told.legs) - len(legs)
    words = markup.plain(title or _title(told)) or WORDS["untitled"]
    head, height = frame.title(words, told, MARGIN, MARGIN, INNER)
    ways = _ways(told, legs)
    projection = fitting(ways)
    view = view_of(projection, _points(ways, projection), MARGIN, MARGIN + height, INNER)
    prefix = _prefix(told, words)
    laid = lines.lines_of(legs, view)
    seen = [line.leg for line in laid if length(line.longest) >= SHORTEST]
    drawn, spotted = _map(told, laid, view, world, prefix)
    down = view.y + view.height + 12
    key, key_height = legend.draw(seen, spotted, MARGIN, down, INNER)
    down += key_height + (8 if key else -6)
    notes = frame.notes(told, left_out, [line.leg for line in laid if length(line.longest) < SHORTEST])
    foot, foot_height = frame.foot(told, notes, view, MARGIN, down, INNER)
    size = (WIDTH, float(round(down + foot_height + MARGIN)))
    return Drawn(_document(words, prefix, view, head + drawn + key + foot, size), words, size)


def _map(told: Shown, laid: Sequence[Line], view: View, world: World, prefix: str) -> tuple[str, list[Spotted]]:
    spotted = places.spotted(told.places, {line.leg.route for line in laid}, view)
    bar, bar_box = frame.scale(view)
    room = Room(view.box)
    room.take(np.array([bar_box]))
    for one in spotted:
        room.take(np.column_stack([one.points - 4, one.points + 4]))
    for line in laid:
        for part in line.parts:
            room.ink(part)
    wishes = [*places.wishes(spotted), *lines.wishes(laid), *_ground_names(view, world, spotted)]
    inside = "".join(
        [
            ground.draw(view),
            places.draw_areas(spotted, view, f"{prefix}a"),
            lines.draw(laid, f"{prefix}l"),
            places.draw_points(spotted),
            place(wishes, room),
        ]
    )
    edge = markup.element(
        "rect", x=view.x, y=view.y, width=view.width, height=view.height, fill="none", stroke=STYLE["coast"]
    )
    return markup.element("g", inside, clip_path=f"url(#{prefix}f)") + bar + edge, spotted


def _ground_names(view: View, world: World, spotted: Sequence[Spotted]) -> list[Wish]:
    """Wish for the names of countries and waters that this zoom has room for; they give way to all others."""
    named = {one.place.name for one in spotted if one.place.is_area}
    wishes = []
    for longitude, latitude, code, zoom in ground.load()["labels"]:
        if zoom > view.zoom + 0.5:
            continue
        spot = Spot(*view.at(longitude, latitude))
        name = world.gazetteer.place(f"country:{code}").name
        if name not in named:
            wishes.append(Wish(name, 11.0, (spot,), kind="ground", rank=10 + zoom))
    for longitude, latitude, name, zoom in water_labels(world.gazetteer, "en"):
        if zoom <= view.zoom + 0.5 and name not in named:
            spot = Spot(*view.at(longitude, latitude))
            wishes.append(Wish(name, 11.0, (spot,), kind="water", rank=10 + round(zoom)))
    return wishes


def _points(ways: Sequence[Sequence[Position]], projection: Projection) -> NDArray[np.float64]:
    flat = [
        part for way in ways for part in (projection.way(way) if len(way) > 1 else [projection.points(np.array(way))])
    ]
    return np.concatenate(flat) if flat else np.empty((0, 2))


def _ways(told: Shown, legs: Sequence[ShownLeg]) -> list[Sequence[Position]]:
    """Give what the frame is laid around: the lines, else the stops, else whatever places there are."""
    lines_ = [line for leg in legs for line in leg.lines]
    stops = [place for place in told.places if place.roles]
    for some in ([], stops, told.places) if not lines_ else ():
        spots = [(point,) for one in some for point in (*one.points, *filter(None, (one.position,)))]
        if spots:
            return list(spots)
    return list(lines_)


def _title(told: Shown) -> str:
    return told.reports[0].title if len(told.reports) == 1 else ""


def _prefix(told: Shown, words: str) -> str:
    """Give the ids of this picture a beginning of its own, since several may stand in one page or notebook."""
    return f"p{hashlib.sha256(repr((told, words)).encode('utf-8', 'replace')).hexdigest()[:8]}"


def _document(words: str, prefix: str, view: View, inside: str, size: tuple[float, float]) -> str:
    clip = markup.element(
        "clipPath",
        markup.element("rect", x=view.x, y=view.y, width=view.width, height=view.height),
        id=f"{prefix}f",
    )
    wide, high = (f"{edge:.0f}" for edge in size)
    return (
        markup.element(
            "svg",
            markup.element("title", markup.said(words)),
            clip,
            markup.element("rect", width=wide, height=high, fill=PAPER),
            inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {wide} {high}",
            width=wide,
            height=high,
            font_family=FONTS,
            fill=STYLE["ink"],
            role="img",
        )
        + "\n"
    )
