"""Lines with no more points than a screen can show."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from routes.maps.polylines import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOLERANCE = 0.0006  # degrees, some 60 m: less than a pixel at the map's closest zoom, 11
DECIMALS = 4
LINES = ("LineString", "MultiLineString")


def thinned(collection: Mapping[str, Any]) -> dict[str, Any]:
    """Simplify the lines of a FeatureCollection for drawing (Douglas and Peucker 1973), their ends kept.

    Lines with heights, or that are no lines, are left alone.
    """
    features = list(collection["features"])
    lines = {i: lines for i, feature in enumerate(features) if (lines := _lines(feature))}
    if not lines:
        return {**collection, "features": features}
    simple = iter(_simplified(list(chain.from_iterable(lines.values()))))
    for i, parts in lines.items():
        kept = [next(simple) for _ in parts]
        geometry = features[i]["geometry"]
        coordinates = kept if geometry["type"] == "MultiLineString" else kept[0]
        features[i] = {**features[i], "geometry": {**geometry, "coordinates": coordinates}}
    return {**collection, "features": features}


def _lines(feature: Any) -> list[Any]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in LINES:
        return []
    coordinates = geometry.get("coordinates")
    lines = coordinates if geometry["type"] == "MultiLineString" else [coordinates]
    return lines if plain([lines]) and all(len(line) > 1 for line in lines) else []


def _simplified(lines: Sequence[Sequence[Any]]) -> list[list[list[float]]]:
    lengths = [len(line) for line in lines]
    points = np.fromiter(chain.from_iterable(chain.from_iterable(lines)), float, 2 * sum(lengths)).reshape(-1, 2)
    drawn = shapely.linestrings(points, indices=np.arange(len(lines)).repeat(lengths))
    kept, of = shapely.get_coordinates(shapely.simplify(drawn, TOLERANCE), return_index=True)
    rounded = kept.round(DECIMALS).tolist()
    ends = np.searchsorted(of, np.arange(len(lines) + 1)).tolist()
    return [rounded[a:b] for a, b in zip(ends, ends[1:], strict=False)]
