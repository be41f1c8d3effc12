"""Findings GeoJSON read back, also after someone edited it."""

from __future__ import annotations

import json
import math
from typing import Any

from routes.errors import FindingsError
from routes.geojson.geometry import coordinates_of


def loads(text: str, source: str = "the input") -> dict[str, Any]:
    """Read a findings FeatureCollection back, keeping every key, also those it does not know.

    Raises
    ------
    FindingsError
        Where the text is no JSON, no FeatureCollection, or has positions that are no longitude and latitude.
    """
    try:
        collection = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise FindingsError(f"{source} is not GeoJSON: {error}") from None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise FindingsError(f"{source} is not a GeoJSON FeatureCollection, as 'routes find' writes it")
    features = collection.get("features")
    if not isinstance(features, list):
        raise FindingsError(f"{source} has no list of features")
    for number, feature in enumerate(features, start=1):
        _check_feature(feature, f"{source}, feature {number}")
    return collection


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _check_feature(feature: Any, where: str) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise FindingsError(f"{where} is not a GeoJSON Feature")
    if not isinstance(feature.get("properties") or {}, dict):
        raise FindingsError(f"{where} has properties that are no object")
    try:
        positions = list(coordinates_of(feature.get("geometry")))
    except (IndexError, TypeError):
        raise FindingsError(f"{where} has a position that is not [longitude, latitude]") from None
    for longitude, latitude in positions:
        if not (math.isfinite(longitude) and -180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise FindingsError(
                f"{where} has the position [{longitude}, {latitude}], which is no longitude and latitude"
            )
