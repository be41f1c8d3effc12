"""Findings as GeoJSON features: legs, places, and claims that could not be placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routes.geojson.geometry import area_geometry, disc, line_geometry, rounded
from routes.model import AS_SAID, Basis, Factuality, Mode, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geodata.gazetteer import Candidate, Place
    from geodata.world import World
    from routes.model import Findings, Leg, Quote, Resolution, Route

# As in routes/maps/style.json, where contrast and colour-blind safety are checked; a test holds them equal.
MODE_COLOURS: Mapping[Mode, str] = {
    Mode.RAIL: "#D55E00",
    Mode.ROAD: "#5A3F00",
    Mode.SEA: "#0072B2",
    Mode.RIVER: "#00573F",
    Mode.AIR: "#8F1F80",
    Mode.PIPELINE: "#000000",
    Mode.UNKNOWN: "#7A7C7E",
}


def leg_features(findings: Findings, *, in_context: bool) -> Iterator[dict[str, Any]]:
    """Give every leg that has a line, in the order of the text; its quotes may carry the words around them."""
    for route in findings.routes:
        for sequence, leg in enumerate(route.legs, start=1):
            geometry = line_geometry(leg.line)
            if geometry:
                claim = _claim_properties(findings, route, in_context=in_context)
                yield _feature(geometry, {**_leg_properties(route, leg, sequence), **claim, **_simplestyle(leg, route)})


def claim_features(findings: Findings, *, in_context: bool) -> Iterator[dict[str, Any]]:
    """Give the routes of which nothing could be drawn; one that is placed in part has its legs, which name the rest."""
    for route in findings.routes:
        if not any(line_geometry(leg.line) for leg in route.legs):
            claim = _claim_properties(findings, route, in_context=in_context)
            yield _feature(None, {"feature": "claim", "route": route.id, **claim})


def _leg_properties(route: Route, leg: Leg, sequence: int) -> dict[str, Any]:
    return {
        "feature": "leg",
        "route": route.id,
        "sequence": sequence,
        "origin": leg.origin.name,
        "destination": leg.destination.name,
        "mode": leg.mode.value,
        "basis": leg.basis.value,
        "length_km": None if leg.length_km is None else round(leg.length_km, 1),
        "countries": list(leg.countries),
        "countries_inferred": list(leg.inferred_countries),
        "passages": list(leg.passages),
        "snap_km": [round(km, 2) for km in leg.snap_km],
        "why": leg.why,
        "origin_area": bool(leg.origin.place and leg.origin.place.area),
        "destination_area": bool(leg.destination.place and leg.destination.place.area),
        # Only where it is so: a leg on paper, which is no part of the journey.
        **({"declared": True} if leg.destination.role is Role.DECLARED_DESTINATION else {}),
    }


def _claim_properties(findings: Findings, route: Route, *, in_context: bool) -> dict[str, Any]:
    claim = route.claim
    return {
        "stops": [
            {"name": stop.name, "role": stop.role.value, "placed": stop.place is not None, "inferred": stop.inferred}
            for stop in claim.stops
        ],
        "modes": [mode.value for mode in claim.modes],
        "kind": claim.kind.value,
        "factuality": claim.factuality.value,
        "direction": claim.direction.value,
        "cargo": claim.cargo,
        "attribution": claim.attribution,
        "date": claim.date,
        "quantity": claim.quantity,
        "quote": claim.quote.exact,
        "quote_start": claim.quote.start,
        "quote_end": claim.quote.end,
        **({"quote_prefix": claim.quote.prefix, "quote_suffix": claim.quote.suffix} if in_context else {}),
        "further_quotes": [_quote(quote, in_context=in_context) for quote in claim.quotes[1:]],
        "report": findings.report.id,
        "unplaced": list(route.unplaced),
    }


def _simplestyle(leg: Leg, route: Route) -> dict[str, Any]:
    """Give the keys of the simplestyle spec 1.1 for viewers that know them, such as geojson.io."""
    denied = route.claim.factuality is Factuality.DENIED
    return {
        "title": f"{leg.origin.name} → {leg.destination.name}",
        "stroke": MODE_COLOURS[leg.mode],
        "stroke-width": 2 if leg.basis is Basis.SCHEMATIC else 3,
        "stroke-opacity": 0.4 if denied else 0.8,
    }


def place_features(findings: Findings, world: World) -> Iterator[dict[str, Any]]:
    """Give every place that the report names, by name; those that are no stop have no roles."""
    mentions: dict[str, list[Resolution]] = {}
    for resolution in findings.resolutions:
        if resolution.place:
            mentions.setdefault(resolution.place.id, []).append(resolution)
    for place_id in sorted(mentions, key=lambda key: (mentions[key][0].name, key)):
        yield _place_feature(mentions[place_id], findings, world)


def _place_feature(mentions: Sequence[Resolution], findings: Findings, world: World) -> dict[str, Any]:
    place = mentions[0].place
    assert place is not None  # noqa: S101 - place_features keeps only placed mentions
    surest = next((it for it in mentions if it.why == AS_SAID), mentions[0])
    stops = [(route, stop) for route in findings.routes for stop in route.claim.stops if stop.place == place]
    properties = {
        "feature": "place",
        "name": place.name,
        "as_written": list(dict.fromkeys(it.toponym.quote.exact for it in mentions)),
        "roles": list(dict.fromkeys(stop.role.value for _, stop in stops)),
        "routes": list(dict.fromkeys(route.id for route, _ in stops)),
        "place": place.id,
        "kind": place.feature.value,
        "country": place.country,
        "area": place.area,
        "position": rounded(place.position),
        "score": round(surest.score, 3),
        "why": surest.why,
        "alternatives": [_alternative(it) for it in surest.alternatives],
        "mentions": [{"start": it.toponym.quote.start, "end": it.toponym.quote.end} for it in mentions],
        "report": findings.report.id,
    }
    return _feature(_place_geometry(place, world), properties)


def _place_geometry(place: Place, world: World) -> dict[str, Any]:
    if not place.area:
        return {"type": "Point", "coordinates": rounded(place.position)}
    return area_geometry(world.regions.shape(place.id) or disc(place.position, place.radius_km))


def _alternative(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "place": place.id,
        "name": place.name,
        "country": place.country,
        "position": rounded(place.position),
        "score": round(candidate.score, 3),
    }


def _quote(quote: Quote, *, in_context: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"exact": quote.exact, "start": quote.start, "end": quote.end}
    return {**told, "prefix": quote.prefix, "suffix": quote.suffix} if in_context else told


def _feature(geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
