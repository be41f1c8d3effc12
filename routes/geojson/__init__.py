"""Findings as GeoJSON (RFC 7946), and back from a file that someone may have edited.

One FeatureCollection. ``properties.feature`` says which of three a feature is: a ``leg``, a ``place``, or a ``claim``
that could not be placed (geometry null). This room is the only one in Python that knows the keys.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from routes.__about__ import __version__
from routes.geojson.features import MODE_COLOURS, claim_features, leg_features, place_features
from routes.geojson.geometry import bounding_box
from routes.geojson.read import loads
from routes.model import Findings, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.world import World
    from routes.model import Resolution

__all__ = ["MODE_COLOURS", "dumps", "loads", "to_geojson"]

GEONAMES = "GeoNames (CC BY 4.0)"
NATURAL_EARTH = "Natural Earth (public domain)"
CLDR = "Unicode CLDR (Unicode License v3)"
OPENSTREETMAP = "© OpenStreetMap contributors (ODbL 1.0)"
SEAROUTE = "searoute (Apache-2.0)"


def to_geojson(findings: Findings | Sequence[Findings], world: World, *, text: bool = False) -> dict[str, Any]:
    """Turn findings into one FeatureCollection.

    Parameters
    ----------
    findings : Findings or sequence of Findings
        Of one report, or of several; then route ids are prefixed with the report's id.
    world : World
        For the outlines of areas.
    text : bool
        Whether the reports' texts come along, as ``report.text``, for a map that shows them. Without it each quote
        carries the words around it.

    Returns
    -------
    dict
        Valid RFC 7946: WGS 84, longitude first, rings wound right-handed, lines cut at the antimeridian, a bbox.
        Legs come in the order of the text, then places by name, then claims that could not be placed.
    """
    every = (findings,) if isinstance(findings, Findings) else tuple(findings)
    features = [
        *(feature for one in every for feature in leg_features(one, in_context=not text)),
        *(feature for one in every for feature in place_features(one, world)),
        *(feature for one in every for feature in claim_features(one, in_context=not text)),
    ]
    reports = [_report(one, text=text) for one in every]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if box := bounding_box(features):
        collection["bbox"] = box
    collection |= {"report": reports[0]} if isinstance(findings, Findings) else {"reports": reports}
    collection["generator"] = f"supply-routes {__version__}"
    collection["attribution"] = _credits(every)
    collection["unplaced"] = [_unplaced(one.report.id, it) for one in every for it in one.resolutions if not it.place]
    collection["features"] = features
    return collection


def dumps(collection: Mapping[str, Any]) -> str:
    """Write a FeatureCollection as text: one feature a line, which diffs and streams well."""
    head = {key: value for key, value in collection.items() if key != "features"}
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in collection.get("features", ())
    )
    return json.dumps(head, ensure_ascii=False, allow_nan=False)[:-1] + ', "features": [\n' + lines + "\n]}\n"


def _unplaced(report_id: str, resolution: Resolution) -> dict[str, Any]:
    quote = resolution.toponym.quote
    return {"text": quote.exact, "start": quote.start, "end": quote.end, "report": report_id}


def _report(findings: Findings, *, text: bool) -> dict[str, Any]:
    report = findings.report
    told: dict[str, Any] = {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "published": report.published,
        "language": report.language,
        "sha256": report.sha256,
    }
    return {**told, "text": report.text} if text else told


def _credits(every: Sequence[Findings]) -> list[str]:
    places = [it.place for one in every for it in one.resolutions if it.place]
    legs = [leg for one in every for route in one.routes for leg in route.legs]
    traced = {leg.mode for leg in legs if leg.countries or leg.passages or leg.snap_km}
    named = [
        (GEONAMES, any(place.id.startswith("geonames:") for place in places)),
        (CLDR, any(place.id.startswith("country:") for place in places)),
        (NATURAL_EARTH, True),
        (OPENSTREETMAP, bool(traced & {Mode.RAIL, Mode.ROAD})),
        (SEAROUTE, Mode.SEA in traced),
    ]
    return [text for text, used in named if used]
