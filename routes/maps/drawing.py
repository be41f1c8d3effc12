"""Findings drawn as a folium map."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from folium.template import Template

from geodata import basemap
from geodata.gazetteer import Gazetteer
from geodata.waterlabels import water_labels
from routes.errors import FindingsError
from routes.maps import island, packing, tongues
from routes.maps.names import names_in
from routes.maps.page import Page
from routes.maps.tiles import Tiles, tiles_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

UNTITLED = "Reported routes"


class FindingsMap(folium.Map):
    """A `folium.Map` that draws findings with our own runtime, in a page that needs no network.

    Folium layers can be added to it as to any map: ``folium.CircleMarker``, ``Marker``, ``PolyLine``, ``GeoJson``,
    ``FeatureGroup``, ``LayerControl``, tooltips. ``folium.Popup`` (jQuery), ``folium.Icon`` (web fonts), tile layers
    and plugins that load scripts are refused when the page is rendered, since the page fetches nothing.

    Parameters
    ----------
    collection : mapping
        A findings FeatureCollection.
    title : str
        Of the page.
    language : str
        What the page speaks.
    tiles : Tiles, optional
        What the page may fetch.
    """

    # The runtime makes the Leaflet map; folium's children only need it under the name they know.
    _template = Template("{% macro script(this, kwargs) %}var {{ this.get_name() }} = supplyRoutes.map;{% endmacro %}")
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's attribute, of folium's type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - folium's attribute, of folium's type

    def __init__(self, collection: Mapping[str, Any], title: str, language: str, tiles: Tiles | None) -> None:
        super().__init__(tiles=None)
        gazetteer = Gazetteer.load()
        ground = {"waters": water_labels(gazetteer, language), "names": names_in(collection, language, gazetteer)}
        page = Page(
            island.dumps(packing.packed(collection)),
            island.dumps({**json.loads(basemap.load()), **ground}),
            title,
            language,
            tiles,
        )
        page.add_child(self)

    def save(self, outfile: str | bytes | os.PathLike[str] | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 - folium's signature
        """Write the page; a file is written beside and renamed, so that no half file is ever left."""
        html = self.get_root().render(**kwargs).encode()
        if isinstance(outfile, str | bytes | os.PathLike):
            _replace(Path(os.fsdecode(outfile)), html)
            return
        outfile.write(html)
        if close_file:
            outfile.close()


def draw(
    collection: Mapping[str, Any],
    *,
    title: str | None = None,
    language: str | None = None,
    tiles: str | None = None,
) -> folium.Map:
    """Draw a findings FeatureCollection.

    Parameters
    ----------
    collection : mapping
        GeoJSON as `routes.geojson.to_geojson` gives it, also edited by hand: unknown keys stay in the page's data,
        missing ones count as not told, geometry that is no line, point or polygon is counted and left out.
        WGS 84, longitude first.
    title : str, optional
        Of the page; the report's title by default.
    language : str, optional
        Of the page: ``ar``, ``de``, ``en``, ``es``, ``fr``, ``ko``, ``ru`` or ``uk``; the reports' by default, else
        English.
    tiles : str, optional
        A provider of online tiles, as ``xyzservices`` calls it, such as ``OpenStreetMap.Mapnik``; none by default.

    Returns
    -------
    folium.Map
        Shows itself in Jupyter; ``save`` writes one HTML file that makes no request, but for tiles where they were
        asked for. Same input, same bytes.

    Raises
    ------
    FindingsError
        Where it is no FeatureCollection, or holds NaN or an infinite number.
    FormatError
        Where the page does not speak the language, or there is no such provider of tiles.
    """
    if collection.get("type") != "FeatureCollection" or not isinstance(collection.get("features"), list | tuple):
        raise FindingsError("a map is drawn from a GeoJSON FeatureCollection with a list of features; this is none")
    spoken = tongues.language_of_page(collection, language)
    online = tiles_of(tiles) if tiles else None
    return FindingsMap(collection, title or _title(collection) or tongues.said(UNTITLED, spoken), spoken, online)


def _title(collection: Mapping[str, Any]) -> str:
    report = collection.get("report")
    told = report.get("title") if isinstance(report, dict) else None
    return told if isinstance(told, str) and told.strip() else ""


def _replace(path: Path, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
