"""From the globe to the plane: which projection fits, and where everything comes to lie in it.

The plane is in radii of the earth, y to the north. Routes that lie on one side of the globe are drawn in Lambert's
azimuthal equal-area projection around their middle; those that go round it in Equal Earth (Šavrič, Patterson and Jenny
2018), cut along the meridian on which nothing lies. Both keep areas true, so that no country looks larger than it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Proj

from geodata.position import Position, wrap
from routes.geojson.geometry import disc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

WIDEST_CAP_DEGREES = 75.0  # beyond that an azimuthal projection pulls its edge out of shape
STEP_DEGREES = 2.0
FAR_SIDE_KM = 900.0
_GRID = 1e-6  # in radii of the earth, about six metres: seams closer than that are closed


@dataclass(frozen=True)
class Projection:
    """Where a position lies in the plane.

    Attributes
    ----------
    world : bool
        Whether it shows all of the globe, cut opposite `centre`.
    centre : Position
        The middle; of a projection of the world only the longitude counts.
    """

    world: bool
    centre: Position
    _proj: Proj = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Set up PROJ, on a sphere: at this scale the ellipsoid is thinner than a line."""
        told = "+proj=eqearth +R=1" if self.world else f"+proj=laea +lat_0={self.centre.latitude!r} +lon_0=0 +R=1"
        object.__setattr__(self, "_proj", Proj(told))

    def points(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project longitudes and latitudes, rows of two; a longitude may lie any number of turns away."""
        longitudes = positions[:, 0] - self.centre.longitude
        if not self.world:
            longitudes = np.remainder(longitudes + 180, 360) - 180
        return np.column_stack(self._proj(longitudes, np.clip(positions[:, 1], -90, 90)))

    def positions(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the longitudes and latitudes of points in the plane."""
        longitudes, latitudes = self._proj(points[:, 0], points[:, 1], inverse=True)
        return np.column_stack([longitudes + self.centre.longitude, latitudes])

    def surface(self, polygons: Sequence[shapely.Polygon]) -> NDArray[np.object_]:
        """Project polygons that are cut at the antimeridian, and close their seams there."""
        given = np.array(polygons, dtype=object)
        seams = np.array([max(abs(it.bounds[0]), abs(it.bounds[2])) > 179.99 for it in polygons], dtype=bool)
        pieces = [self._pieces(given[~seams]), self._pieces(given[seams])]
        if len(pieces[1]):
            pieces[1] = shapely.get_parts(shapely.union_all(pieces[1], grid_size=_GRID))
        return np.concatenate(pieces)

    def lines(self, lines: Sequence[shapely.LineString]) -> NDArray[np.object_]:
        """Project lines that are cut at the antimeridian."""
        given = np.array(lines, dtype=object)
        given = self._turned(given) if self.world else self._facing(given)
        return shapely.transform(shapely.segmentize(given, STEP_DEGREES), self._projected)

    def way(self, line: Sequence[Position]) -> list[NDArray[np.float64]]:
        """Project an unwrapped line; in parts where it runs over the edge of the world."""
        positions = np.array(line, dtype=float)
        if not self.world:
            return [self.points(positions)]
        # to the copy of the world in whose middle it lies
        middle = (positions[:, 0].min() + positions[:, 0].max()) / 2
        positions[:, 0] -= 360 * np.round((middle - self.centre.longitude) / 360)
        whole = shapely.segmentize(shapely.LineString(positions), STEP_DEGREES)
        return [shapely.get_coordinates(part) for part in shapely.transform(self._turned([whole]), self._projected)]

    def outline(self) -> shapely.Polygon:
        """Give the edge of the world."""
        if not self.world:
            return shapely.Point(0, 0).buffer(2, quad_segs=32)
        west, south, east, north = self.centre.longitude - 180, -90, self.centre.longitude + 180, 90
        box = shapely.segmentize(shapely.box(west, south, east, north), STEP_DEGREES)
        return shapely.transform(box, self._projected)

    def _projected(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.points(positions)

    def _pieces(self, polygons: NDArray[np.object_]) -> NDArray[np.object_]:
        if not len(polygons):
            return polygons
        dense = shapely.segmentize(self._turned(polygons) if self.world else self._facing(polygons), STEP_DEGREES)
        flat = shapely.transform(dense, self._projected)
        # also makes the outer of two rings the outer one, where a polygon held the far side
        flat[~shapely.is_valid(flat)] = shapely.make_valid(flat[~shapely.is_valid(flat)])
        parts = shapely.get_parts(flat)
        return parts[shapely.area(parts) > 0]

    def _facing(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        """Take out of geometries what lies opposite the centre: one point there becomes a circle around everything."""
        longitude, latitude = self.centre
        far = disc(Position(wrap(longitude + 180), -latitude), FAR_SIDE_KM)
        held = shapely.intersects(geometries, far)
        return np.concatenate([geometries[~held], shapely.get_parts(shapely.difference(geometries[held], far))])

    def _turned(self, geometries: Iterable[shapely.Geometry]) -> NDArray[np.object_]:
        """Bring geometries between the edges of a world that is cut opposite its centre."""
        given = np.asarray(geometries, dtype=object)
        if not self.world or not len(given):
            return given
        west = self.centre.longitude - 180
        edges = (west, -90.0, west + 360, 90.0)
        return np.concatenate([within(_shifted(given, by), edges) for by in (-360, 0, 360)])


def _shifted(geometries: NDArray[np.object_], degrees: float) -> NDArray[np.object_]:
    return shapely.transform(geometries, lambda positions: positions + np.array([degrees, 0]))


def within(geometries: NDArray[np.object_], box: tuple[float, float, float, float]) -> NDArray[np.object_]:
    """Cut valid geometries to a box, into their parts; those that lie in it whole, which are most, are not touched."""
    left, top, right, bottom = shapely.bounds(geometries).T
    whole = (left >= box[0]) & (top >= box[1]) & (right <= box[2]) & (bottom <= box[3])
    crossing = ~whole & (left < box[2]) & (right > box[0]) & (top < box[3]) & (bottom > box[1])
    cut = shapely.intersection(geometries[crossing], shapely.box(*box))
    return np.concatenate([geometries[whole], shapely.get_parts(cut)])


def fitting(ways: Sequence[Sequence[Position]]) -> Projection:
    """Choose the projection that suits lines, or places as lines of one position."""
    positions = np.array([position for way in ways for position in way])
    if not len(positions):
        return Projection(world=True, centre=Position(11.0, 0.0))
    centre, radius = _cap(positions)
    if radius <= WIDEST_CAP_DEGREES:
        return Projection(world=False, centre=centre)
    return Projection(world=True, centre=Position(_empty_meridian(ways) + 180, 0.0))


def _cap(positions: NDArray[np.float64]) -> tuple[Position, float]:
    """Give the middle and the radius in degrees of the smallest cap of the globe that holds all (Bădoiu, Clarkson)."""
    longitudes, latitudes = np.radians(positions).T
    vectors = np.column_stack(
        [np.cos(latitudes) * np.cos(longitudes), np.cos(latitudes) * np.sin(longitudes), np.sin(latitudes)]
    )
    middle = vectors[0]
    for step in range(1, 200):
        farthest = vectors[np.argmin(vectors @ middle)]
        middle = middle + (farthest - middle) / (step + 1)
        length = np.linalg.norm(middle)
        if length < 1e-6:
            break
        middle = middle / length
    radius = float(np.degrees(np.arccos(np.clip((vectors @ middle).min(), -1, 1))))
    x, y, z = middle.tolist()
    longitude, latitude = np.degrees(np.arctan2(y, x)), np.degrees(np.arcsin(np.clip(z, -1, 1)))
    return Position(round(float(longitude), 1), round(float(latitude), 1)), radius


def _empty_meridian(ways: Sequence[Sequence[Position]]) -> float:
    """Find the middle of the widest stretch of longitudes over which nothing runs; 169 W, in the Bering Strait, else.

    The Bering Strait parts the continents, so that a world cut there cuts no land.
    """
    spans = []
    for way in ways:
        longitudes = [position.longitude for position in way]
        west = min(longitudes) % 360
        spans.append((west, west + max(longitudes) - min(longitudes)))
    reach = max(east for _, east in spans) - 360
    best = (0.0, -169.0)
    for west, east in sorted(spans):
        if west - reach > best[0]:
            bering = 191.0 if reach < 191 < west else (reach + west) / 2
            best = (west - reach, bering)
        reach = max(reach, east)
    return best[1]
