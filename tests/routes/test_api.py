from __future__ import annotations

from typing import TYPE_CHECKING

import folium

import routes

if TYPE_CHECKING:
    from routes.model import Findings

PUBLIC = {
    "Basis", "Claim", "Direction", "Endpoint", "EndpointError", "Factuality", "Findings", "FindingsError",
    "FormatError", "GivenError", "Kind", "Leg", "Mode", "Quote", "Report", "ReportError", "Resolution", "Role", "Route",
    "RoutesError", "Stop", "Toponym", "Trace", "TraceError", "__version__", "default_world", "draw", "find_routes",
    "picture", "read_findings", "read_report", "read_reports", "report_of", "to_geodataframes", "to_geojson",
    "toponyms_of", "trace", "write",
}  # fmt: skip


def test_the_public_interface_is_pinned() -> None:
    assert set(routes.__all__) == PUBLIC
    assert all(hasattr(routes, name) for name in PUBLIC)


def test_findings_are_drawn_as_a_folium_map(found: Findings) -> None:
    drawn = routes.draw(found)
    assert isinstance(drawn, folium.Map)
    assert "srcdoc" in drawn._repr_html_()


def test_every_quote_reads_back(found: Findings) -> None:
    text = found.report.text
    quotes = [it.toponym.quote for it in found.resolutions] + [q for r in found.routes for q in r.claim.quotes]
    assert quotes
    assert all(text[quote.start : quote.end] == quote.exact for quote in quotes)


def legs(found: Findings) -> set[tuple[str, ...]]:
    return {tuple(stop.name for stop in route.claim.stops) for route in found.routes}


def test_the_example_shows_what_it_tells(found: Findings) -> None:
    assert {
        ("Iran", "Russia"),
        ("North Korea", "Russia"),
        ("North Korea", "Middle East", "Russia"),
        ("North Korea", "North Africa", "Russia"),
        ("North Korea", "Iran"),
        ("North Korea", "Middle East"),
        ("Tumangang", "Khasan", "Russian Far East"),
    } <= legs(found)
    stops = {name for route in legs(found) for name in route}
    named = {it.name for it in found.resolutions}
    assert {"Donbas", "Southern Ukraine"} <= named - stops
    assert any(name.startswith("Washington") for name in named - stops)


def test_the_railway_is_drawn_along_the_line(found: Findings) -> None:
    (rail,) = [r for r in found.routes if r.claim.stops[0].name == "Tumangang"]
    first, onward = rail.legs
    assert first.basis is routes.Basis.NETWORK
    assert first.length_km is not None
    assert 3 < first.length_km < 15
    assert len(onward.line) > 20
    assert onward.length_km is None
    assert set(onward.countries) == {"RU"}
