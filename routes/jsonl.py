"""Findings as JSONL, one line a report, in the form of the benchmark's guidelines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.gazetteer import Place
    from routes.model import Findings, Resolution, Route

# 1e-5 degrees is about a metre, finer than any gazetteer.
DECIMALS = 5


def to_line(findings: Findings) -> str:
    """Write findings as one line of JSON without the line's end.

    Returns
    -------
    str
        An object with ``id``, ``toponyms`` and ``routes``; a toponym that could not be placed has ``lat`` and
        ``lon`` null. The sha256 and language of the report are kept beside them.
    """
    report = findings.report
    record = {
        "id": report.id,
        "lang": report.language,
        "sha256": report.sha256,
        "toponyms": [_toponym(resolution) for resolution in findings.resolutions],
        "routes": [_route(route) for route in findings.routes],
    }
    return json.dumps(record, ensure_ascii=False)


def _point(place: Place | None) -> dict[str, float | None]:
    if place is None:
        return {"lat": None, "lon": None}
    return {"lat": round(place.position.latitude, DECIMALS), "lon": round(place.position.longitude, DECIMALS)}


def _toponym(resolution: Resolution) -> dict[str, Any]:
    quote = resolution.toponym.quote
    return {
        "start": quote.start,
        "end": quote.end,
        "text": quote.exact,
        "name": resolution.name,
        **_point(resolution.place),
        "literal": resolution.toponym.literal,
        "place": resolution.place.id if resolution.place else None,
    }


def _route(route: Route) -> dict[str, Any]:
    claim = route.claim
    return {
        "stops": [
            {"name": stop.name, "role": stop.role.value, **_point(stop.place), "inferred": stop.inferred}
            for stop in claim.stops
        ],
        "modes": [mode.value for mode in claim.modes],
        "kind": claim.kind.value,
        "factuality": claim.factuality.value,
        "direction": claim.direction.value,
        "attribution": claim.attribution,
        "cargo": claim.cargo,
        "date": claim.date,
        "quantity": claim.quantity,
        "evidence": {"exact": claim.quote.exact, "start": claim.quote.start, "end": claim.quote.end},
    }
