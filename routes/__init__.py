"""Reads news reports about supply routes and puts on a map what they report.

The whole public interface::

    report = routes.read_report("article.de.txt")    # Report: text, language, sha256
    findings = routes.find_routes(report)            # Findings: toponyms, claims, routes, what could not be placed
    routes.draw(findings).save("map.html")           # a folium.Map; shows itself in Jupyter
    routes.picture(findings).save("map.svg")         # also .png .pdf
    routes.write(findings, "routes.geojson")         # also .jsonl .gpkg .fgb .csv
    world = routes.default_world().extended("my.csv")  # your own places; give it to the functions as world=world
    legs, places = routes.to_geodataframes(findings) # GeoDataFrames in EPSG:4326
    way = routes.trace(["Tumangang", "Khasan", "Moscow"], mode="rail")  # Trace: legs, length_km, findings to draw
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from routes import files
from routes.__about__ import __version__
from routes.errors import (
    EndpointError,
    FindingsError,
    FormatError,
    GivenError,
    ReportError,
    RoutesError,
    TraceError,
)
from routes.find import default_world, find_routes, toponyms_of
from routes.geojson import loads as _loads
from routes.geojson import to_geojson as _to_geojson
from routes.llm.endpoint import Endpoint
from routes.model import (
    Basis,
    Claim,
    Direction,
    Factuality,
    Findings,
    Kind,
    Leg,
    Mode,
    Quote,
    Report,
    Resolution,
    Role,
    Route,
    Stop,
    Toponym,
)
from routes.reports import read_report, read_reports, report_of
from routes.tracing import Trace, trace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import folium

    from geodata.world import World
    from routes.frames import Frames
    from routes.pictures import Picture

__all__ = [
    "Basis",
    "Claim",
    "Direction",
    "Endpoint",
    "EndpointError",
    "Factuality",
    "Findings",
    "FindingsError",
    "FormatError",
    "GivenError",
    "Kind",
    "Leg",
    "Mode",
    "Quote",
    "Report",
    "ReportError",
    "Resolution",
    "Role",
    "Route",
    "RoutesError",
    "Stop",
    "Toponym",
    "Trace",
    "TraceError",
    "__version__",
    "default_world",
    "draw",
    "find_routes",
    "picture",
    "read_findings",
    "read_report",
    "read_reports",
    "report_of",
    "to_geodataframes",
    "to_geojson",
    "toponyms_of",
    "trace",
    "write",
]


def to_geojson(
    findings: Findings | Sequence[Findings], *, world: World | None = None, text: bool = False
) -> dict[str, Any]:
    """Turn findings into a GeoJSON FeatureCollection (RFC 7946) as a dict.

    See the README for the keys; ``properties.feature`` is ``leg``, ``place`` or ``claim``. Areas are those of
    `world`, by default the committed one. With `text` the reports' texts come along, for a map that shows them.
    """
    return _to_geojson(findings, world or default_world(), text=text)


def read_findings(path: str | Path) -> dict[str, Any]:
    """Read a findings GeoJSON file, also one that was edited, as a dict that `draw` takes.

    Raises
    ------
    FindingsError
        Where the file is missing or is no findings GeoJSON.
    """
    return _loads(files.read_text(path), str(path))


def draw(
    findings: Findings | Sequence[Findings] | Mapping[str, Any],
    *,
    title: str | None = None,
    language: str | None = None,
    tiles: str | None = None,
    world: World | None = None,
) -> folium.Map:
    """Draw findings as a map.

    Parameters
    ----------
    findings : Findings, sequence of Findings, or mapping
        What `find_routes` gives: then the reports' texts are on the page; or a findings GeoJSON as `read_findings`
        gives it: then they are where the file holds them, and else the quotes with the words around them.
    title : str, optional
        Of the page; the report's by default.
    language : str, optional
        Of the page: ``ar``, ``de``, ``en``, ``es``, ``fr``, ``ko``, ``ru`` or ``uk``; the reports' by default, else
        English.
    tiles : str, optional
        A provider of online tiles, as ``xyzservices`` calls it, such as ``OpenStreetMap.Mapnik``; none by default.
    world : World, optional
        The ground that the places were found on; the committed one by default.

    Returns
    -------
    folium.Map
        Shows itself in Jupyter; ``save`` writes one HTML file that needs no network, and asks for nothing but the tiles
        that were asked for.
    """
    from routes import maps  # noqa: PLC0415 - folium takes half a second to import

    collection = findings if isinstance(findings, Mapping) else to_geojson(findings, world=world, text=True)
    return maps.draw(collection, title=title, language=language, tiles=tiles)


def picture(
    findings: Findings | Sequence[Findings] | Mapping[str, Any],
    *,
    title: str | None = None,
    denied: bool = False,
    world: World | None = None,
) -> Picture:
    """Draw findings as a picture that stands still, for print or an article.

    Parameters
    ----------
    findings : Findings, sequence of Findings, or mapping
        What `find_routes` gives, or a findings GeoJSON as `read_findings` gives it.
    title : str, optional
        Of the picture; the report's by default.
    denied : bool
        Whether denied routes are drawn, struck out; else the picture says how many there are.
    world : World, optional
        The ground that the places were found on; the committed one by default.

    Returns
    -------
    Picture
        Shows itself in Jupyter; ``save`` writes ``.svg``, and with the extra ``pictures`` also ``.png`` and ``.pdf``.
        Same input, same bytes.
    """
    from routes import pictures  # noqa: PLC0415 - scipy and shapely take their time to import

    collection = findings if isinstance(findings, Mapping) else to_geojson(findings, world=world)
    return pictures.picture(collection, world or default_world(), title=title, denied=denied)


def to_geodataframes(
    findings: Findings | Sequence[Findings] | Mapping[str, Any], *, world: World | None = None
) -> Frames:
    """Give findings as two GeoDataFrames, ``legs`` and ``places``, in EPSG:4326.

    Returns
    -------
    Frames
        A named tuple; its columns are the keys of the GeoJSON properties.
    """
    from routes.frames import frames  # noqa: PLC0415 - geopandas takes a second to import

    collection = findings if isinstance(findings, Mapping) else to_geojson(findings, world=world)
    return frames(collection)


def write(
    findings: Findings | Sequence[Findings], path: str | Path, *, world: World | None = None, text: bool = False
) -> None:
    """Write findings to a file; its suffix says the format.

    Parameters
    ----------
    findings : Findings or sequence of Findings
    path : str or Path
        ``.geojson``, ``.jsonl`` (one line a report), ``.gpkg``, ``.fgb``, ``.csv`` (WKT), ``.html`` (the map), or
        ``.svg``, ``.png``, ``.pdf`` (a picture of it). An existing file is replaced as a whole.
    world : World, optional
        The ground that the places were found on; the committed one by default.
    text : bool
        Whether a ``.geojson`` holds the reports' texts too, so that a map drawn from it shows them; ``.html`` does.

    Raises
    ------
    FormatError
        Where the suffix names no format, or the folder does not exist.
    """
    if str(path).lower().endswith((".html", ".htm")):
        files.write_text(path, draw(findings, world=world).get_root().render())
        return
    if str(path).lower().endswith((".svg", ".png", ".pdf")):
        picture(findings, world=world).save(path)
        return
    every = [findings] if isinstance(findings, Findings) else list(findings)
    files.write(every, path, world or default_world(), text=text)
