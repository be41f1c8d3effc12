"""The window through which the plane is seen: its frame in the picture, and pixels for points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.position import WGS84
from routes.pictures.projection import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from routes.pictures.projection import Projection

EARTH_KM = 6371.0
FLATTEST, TALLEST = 0.52, 0.78  # the frame's height by its width
MARGIN = 0.09  # of the frame's width, between what is shown and the edge
NARROWEST_KM = 500.0  # the base map is drawn for views that are no closer
BEYOND = 6.0  # pixels drawn beyond the frame, so that no outline is seen at its edge


@dataclass(frozen=True)
class View:
    """A frame of pixels on the plane.

    Attributes
    ----------
    projection : Projection
    scale : float
        Pixels for a radius of the earth.
    west, north : float
        Of the frame, in the plane.
    x, y, width, height : float
        The frame in the picture, in pixels.
    """

    projection: Projection
    scale: float
    west: float
    north: float
    x: float
    y: float
    width: float
    height: float

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn points of the plane into pixels of the picture, y downwards."""
        return (points - (self.west, self.north)) * (self.scale, -self.scale) + (self.x, self.y)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Give the pixel of one position."""
        x, y = self.pixels(self.projection.points(np.array([[longitude, latitude]])))[0].tolist()
        return x, y

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The frame as left, top, right, bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    @property
    def zoom(self) -> float:
        """What a web map would call the zoom: how many times the world of 256 pixels was doubled."""
        return math.log2(self.scale * 2 * math.pi / 256)

    def seen(self, geometries: NDArray[np.object_], coarse: float = 0.5) -> NDArray[np.object_]:
        """Bring geometries of the plane to pixels, without what lies beyond the frame or is too small to be seen."""
        if not len(geometries):
            return geometries
        at = shapely.transform(geometries, self.pixels)
        left, top, right, bottom = self.box
        at = within(at, (left - BEYOND, top - BEYOND, right + BEYOND, bottom + BEYOND))
        at = shapely.get_parts(shapely.simplify(at, coarse, preserve_topology=False))
        return at[~shapely.is_empty(at)]

    def km_a_pixel(self) -> float:
        """Measure the ground in the middle of the frame, along it."""
        middle = np.array([[self.west + self.width / self.scale / 2, self.north - self.height / self.scale / 2]])
        reach = np.array([20 / self.scale, 0])
        ends = self.projection.positions(np.concatenate([middle - reach, middle + reach]))
        return float(WGS84.inv(*ends[0], *ends[1])[2]) / 1000 / 40


def view_of(projection: Projection, points: NDArray[np.float64], x: float, y: float, width: float) -> View:
    """Lay a frame of a width around points of the plane; how high it is, they say."""
    if not len(points):
        points = shapely.get_coordinates(projection.outline())
    low, high = points.min(axis=0), points.max(axis=0)
    across, up = (high - low).tolist()
    across = max(across, NARROWEST_KM / EARTH_KM)
    shape = min(max(up / across, FLATTEST), TALLEST)
    wide = max(across, up / shape) / (1 - 2 * MARGIN)
    if projection.world:
        wide = min(wide, float(np.ptp(shapely.get_coordinates(projection.outline())[:, 0])) * 1.02)
    middle = (low + high) / 2
    return View(
        projection,
        scale=width / wide,
        west=float(middle[0]) - wide / 2,
        north=float(middle[1]) + wide * shape / 2,
        x=x,
        y=y,
        width=width,
        height=round(width * shape),
    )
