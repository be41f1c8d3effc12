"""Findings as GeoDataFrames, and the table formats that geopandas writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CRS = "EPSG:4326"


class Frames(NamedTuple):
    """Legs and places as tables; columns are the keys of the GeoJSON properties."""

    legs: geopandas.GeoDataFrame
    places: geopandas.GeoDataFrame


def frames(collection: Mapping[str, Any]) -> Frames:
    """Give a findings FeatureCollection as two GeoDataFrames in EPSG:4326.

    Returns
    -------
    Frames
        ``legs`` (LineString, MultiLineString) and ``places`` (Point, Polygon, MultiPolygon). Routes that could not be
        placed have no geometry; they are the rows of ``legs`` without one, with the names in ``unplaced``.
    """
    features = collection["features"]
    return Frames(
        legs=_frame([f for f in features if (f.get("properties") or {}).get("feature") in {"leg", "claim"}]),
        places=_frame([f for f in features if (f.get("properties") or {}).get("feature") == "place"]),
    )


def write_table(collection: Mapping[str, Any], path: Path) -> None:
    """Write legs and places as GeoPackage, or the legs as FlatGeobuf or CSV with WKT, by the path's suffix.

    Lists and objects are written as JSON text, which every table format can hold.
    """
    legs, places = map(_flat, frames(collection))
    if path.suffix == ".gpkg":
        legs.to_file(path, layer="legs", driver="GPKG", engine="pyogrio")
        places.to_file(path, layer="places", driver="GPKG", engine="pyogrio")
    elif path.suffix == ".fgb":
        # FlatGeobuf holds one layer: the legs are what a route file is for.
        legs.to_file(path, driver="FlatGeobuf", engine="pyogrio", SPATIAL_INDEX="NO")
    else:
        legs.to_wkt().to_csv(path, index=False)


def _flat(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    flat = frame.copy()
    for column in flat.columns.drop("geometry"):
        if flat[column].map(lambda value: isinstance(value, list | dict)).any():
            flat[column] = flat[column].map(lambda value: json.dumps(value, ensure_ascii=False))
    return flat


def _frame(features: list[dict[str, Any]]) -> geopandas.GeoDataFrame:
    if not features:
        return geopandas.GeoDataFrame({"geometry": geopandas.GeoSeries([], crs=CRS)}, crs=CRS)
    return geopandas.GeoDataFrame.from_features(features, crs=CRS)
