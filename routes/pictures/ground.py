"""The ground under the routes: sea, graticule, land, lakes, borders."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata import basemap
from routes.pictures import markup
from routes.pictures.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routes.pictures.view import View

SMALLEST = 1.5  # square pixels; an islet below that is a speck
SMALLEST_LAKE = 12.0  # the same for lakes, of which there are many
_GRATICULES = (10, 15, 30)  # degrees between two lines


@cache
def load() -> dict[str, Any]:
    """Read the base map, decoded: ``land`` and ``lakes`` as polygons, ``borders`` as lines, ``labels`` as they are."""
    told = json.loads(basemap.load())
    return {
        "land": [shapely.Polygon(rings[0], rings[1:]) for rings in map(decode, told["land"])],
        "lakes": [shapely.Polygon(ring) for ring in decode(told["lakes"])],
        "borders": [shapely.LineString(line) for line in decode(told["borders"])],
        "labels": told["labels"],
    }


def decode(lines: Sequence[str]) -> list[NDArray[np.float64]]:
    """Read lines in Google's encoded polyline format, two decimals, longitude first; see `geodata.basemap`."""
    codes = np.frombuffer("".join(lines).encode("ascii"), dtype=np.uint8).astype(np.int64) - 63
    ends = np.flatnonzero(codes < 32)
    starts = np.concatenate([[0], ends[:-1] + 1])
    shifts = 5 * (np.arange(len(codes)) - np.repeat(starts, ends - starts + 1))
    numbers = np.add.reduceat((codes & 31) << shifts, starts)
    steps = np.where(numbers & 1, ~(numbers >> 1), numbers >> 1).reshape(-1, 2)
    # how many positions end with each line
    counts = np.searchsorted(ends, np.cumsum([len(line) for line in lines])) // 2
    return [part.cumsum(axis=0) / 100 for part in np.split(steps, counts[:-1])]


def draw(view: View) -> str:
    """Draw the ground in a frame."""
    told = load()
    globe = _paths(view.seen(np.array([view.projection.outline()])))
    land, lakes = (view.seen(view.projection.surface(told[one])) for one in ("land", "lakes"))
    shore = {"fill_rule": "evenodd", "stroke": STYLE["coast"], "stroke_width": 0.7, "stroke_linejoin": "round"}
    return "".join(
        [
            markup.element("path", d=globe, fill=STYLE["sea"]),
            _graticule(view),
            markup.element("path", d=_paths(land[shapely.area(land) > SMALLEST]), fill=STYLE["land"], **shore),
            markup.element("path", d=_paths(lakes[shapely.area(lakes) > SMALLEST_LAKE]), fill=STYLE["sea"], **shore),
            markup.element(
                "path",
                d=_paths(view.seen(view.projection.lines(told["borders"]))),
                fill="none",
                stroke=STYLE["border"],
                stroke_width=0.9,
                stroke_linejoin="round",
            ),
            markup.element("path", d=globe, fill="none", stroke=STYLE["coast"]),
        ]
    )


def _graticule(view: View) -> str:
    """Draw meridians and parallels, faint: a picture without them does not say which way north is."""
    step = next((it for it in _GRATICULES if it * view.scale * np.pi / 180 > 110), _GRATICULES[-1])
    around = np.arange(-180, 181, 2.0)
    upwards = np.arange(-80, 81, 2.0)
    lines = [np.column_stack([np.full(len(upwards), it), upwards]) for it in range(-180, 180, step)]
    lines += [np.column_stack([around, np.full(len(around), it)]) for it in range(-90 + step, 90, step)]
    drawn = view.seen(view.projection.lines([shapely.LineString(line) for line in lines]), coarse=0.3)
    return markup.element("path", d=_paths(drawn), fill="none", stroke=STYLE["coast"], stroke_width=0.5, opacity=0.6)


def _paths(geometries: NDArray[np.object_]) -> str:
    return "".join(map(path_of, geometries.tolist()))


def path_of(geometry: shapely.Geometry) -> str:
    """Write a polygon or a line, in pixels, as path data."""
    if isinstance(geometry, shapely.Polygon):
        rings = (geometry.exterior, *geometry.interiors)
        return "".join(markup.path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    if isinstance(geometry, shapely.LineString):
        return markup.path(shapely.get_coordinates(geometry))
    return ""
