"""A user's own places, read from a CSV file, a GeoJSON file or a GeoDataFrame.

Columns of the CSV, properties of the GeoJSON
---------------------------------------------
name : required; the usual name
longitude, latitude (also lon, lat) : degrees WGS 84; not needed where there is a geometry
geometry : in a CSV as WKT; a polygon makes an area, of which the point is a representative one unless it is given
id : the place becomes ``user:<id>``; without it ``user:<the folded name>``
country : ISO 3166-1 alpha-2
admin : GeoNames admin1 code
feature : one of `geodata.places.Feature`; ``site``, or ``region`` for a polygon, where nothing is said
names : by language, as in ``en=First|Second;de=...``; also one column a language: ``name_de`` or ``name:de``
importance : 0 to 1, by default 1: then it comes before all of ours of that name
radius_km, population
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import shapely
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from geodata.inflection import forms
from geodata.names import fold, without_generic
from geodata.places import RADIUS_KM, Feature
from geodata.rows import Source, rows, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

_WGS84 = Geod(ellps="WGS84")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COLUMN = re.compile(r"name[_:](.+)")
_MOST_PEOPLE = 2_000_000_000
_FARTHEST_KM = 20_040.0


@dataclass(frozen=True, slots=True)
class Own:
    """A user's places: their records, as `geodata.places.written_place` reads them, and their polygons by id.

    For each record `spellings` are all names under which the place is found, inflected forms included.
    """

    records: tuple[dict[str, Any], ...]
    spellings: tuple[frozenset[str], ...]
    shapes: Mapping[str, Polygon | MultiPolygon]


def is_compiled(source: Source) -> TypeGuard[str | Path]:
    """Whether a source is a folder, as `geodata.compile` makes one."""
    return isinstance(source, str | Path) and Path(source).is_dir()


def read(source: Source) -> Own:
    """Read a user's places.

    Parameters
    ----------
    source : path or GeoDataFrame
        A ``.csv`` file in UTF-8, a ``.geojson`` file, or a GeoDataFrame in any CRS.

    Returns
    -------
    Own

    Raises
    ------
    ValueError
        Where a row cannot be read or says what cannot be; the message is one line with the row and the value.
    OSError
        Where the file cannot be opened.
    """
    records: dict[str, dict[str, Any]] = {}
    shapes: dict[str, Polygon | MultiPolygon] = {}
    for where, row, geometry in rows(source):
        record, polygon = _place(where, row, geometry)
        if record["id"] in records:
            raise ValueError(f"{where}: a second place with the id {record['id']!r}; give one of them an id of its own")
        records[record["id"]] = record
        if polygon is not None:
            shapes[record["id"]] = polygon
    if not records:
        raise ValueError(f"{title(source)}: there is no place in it")
    return Own(tuple(records.values()), tuple(map(_spellings, records.values())), shapes)


def _place(
    where: str, row: Mapping[str, Any], geometry: BaseGeometry | None
) -> tuple[dict[str, Any], Polygon | MultiPolygon | None]:
    name = _text(row, "name")
    key = fold(name)
    if not key:
        raise ValueError(f"{where}: the name {name!r} is empty")
    polygon = _polygon(where, geometry)
    longitude, latitude, reach = _point(where, row, geometry, polygon)
    said = _text(row, "feature") or (Feature.REGION if polygon is not None else Feature.SITE)
    if said not in set(Feature):
        raise ValueError(f"{where}: feature {said!r} is none of {', '.join(Feature)}")
    country = _text(row, "country").upper()
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        raise ValueError(f"{where}: country {country!r} is no ISO 3166-1 code of two letters, such as KP")
    record = {
        "id": f"user:{_text(row, 'id').removeprefix('user:') or key.replace(' ', '-')}",
        "name": name,
        "longitude": longitude,
        "latitude": latitude,
        "feature": said,
        "country": country or None,
        "admin": _text(row, "admin") or None,
        "importance": _number(where, row, "importance", 1.0, 0.0, 1.0),
        "radius_km": _number(where, row, "radius_km", reach, 0.001, _FARTHEST_KM),
        "population": int(_number(where, row, "population", 0, 0, _MOST_PEOPLE)),
        "area": polygon is not None,
        "names": _names(where, row),
    }
    return record, polygon


def _text(row: Mapping[str, Any], column: str) -> str:
    cell = row.get(column)
    return "" if cell is None else unicodedata.normalize("NFC", str(cell).strip())


def _number(where: str, row: Mapping[str, Any], column: str, otherwise: float, least: float, most: float) -> float:
    text = _text(row, column)
    if not text:
        return otherwise
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise ValueError(f"{where}: {column} {text!r} is no number from {least:g} to {most:g}")
    return number


def _names(where: str, row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Collect names by language, the first of each its usual one."""
    names: dict[str, list[str]] = {}
    told = row.get("names")
    if isinstance(told, dict):
        pairs = [(language, own if isinstance(own, list) else [own]) for language, own in told.items()]
    else:
        parts = [part.partition("=") for part in _text(row, "names").split(";") if part.strip()]
        for language, sign, _ in parts:
            if not sign:
                raise ValueError(f"{where}: names {language!r} has no language; write en=First|Second;de=Third")
        pairs = [(language, own.split("|")) for language, _, own in parts]
    pairs += [(found[1], _text(row, column).split("|")) for column in row if (found := _COLUMN.fullmatch(column))]
    for language, own in pairs:
        if not _LANGUAGE.fullmatch(language.strip()):
            raise ValueError(f"{where}: {language!r} is no language code such as de or zh-Hant")
        spelled = [unicodedata.normalize("NFC", str(name).strip()) for name in own]
        known = names.setdefault(language.strip(), [])
        known += [name for name in dict.fromkeys(spelled) if fold(name) and name not in known]
    return {language: own for language, own in names.items() if own}


def _polygon(where: str, geometry: BaseGeometry | None) -> Polygon | MultiPolygon | None:
    """Take a polygon as an area, wound right-handed (RFC 7946)."""
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        return None
    _on_the_globe(where, geometry.bounds)
    if not geometry.is_valid:
        raise ValueError(f"{where}: its polygon is not valid: {shapely.is_valid_reason(geometry)}")
    flat = shapely.force_2d(geometry)
    if isinstance(flat, Polygon):
        return orient(flat)
    return MultiPolygon([orient(part) for part in flat.geoms])


def _point(
    where: str, row: Mapping[str, Any], geometry: BaseGeometry | None, polygon: Polygon | MultiPolygon | None
) -> tuple[float, float, float]:
    """Give longitude, latitude, and how far the place reaches by default."""
    said = [_text(row, long) or _text(row, short) for long, short in (("longitude", "lon"), ("latitude", "lat"))]
    if any(said):
        cells = {"longitude": said[0], "latitude": said[1]}
        missing = [column for column, cell in cells.items() if not cell]
        if missing:
            raise ValueError(f"{where}: {missing[0]} is missing")
        point = (_number(where, cells, "longitude", 0, -180, 180), _number(where, cells, "latitude", 0, -90, 90))
    elif geometry is None or geometry.is_empty:
        raise ValueError(f"{where}: no longitude and latitude, and no geometry")
    else:
        inner = geometry.representative_point()
        _on_the_globe(where, (inner.x, inner.y))
        point = (round(inner.x, 5), round(inner.y, 5))
    return *point, RADIUS_KM if polygon is None else _reach_km(polygon, point)


def _on_the_globe(where: str, numbers: Iterable[float]) -> None:
    for limit, number in zip((180, 90, 180, 90), numbers, strict=False):
        if not abs(number) <= limit:
            raise ValueError(f"{where}: {number:g} in its geometry is no degree; longitude comes first, in WGS 84")


def _reach_km(polygon: Polygon | MultiPolygon, point: tuple[float, float]) -> float:
    longitudes, latitudes = shapely.get_coordinates(polygon).T
    here = [point[0]] * len(longitudes), [point[1]] * len(longitudes)
    return max(0.1, round(float(max(_WGS84.inv(*here, longitudes, latitudes)[2])) / 1000, 1))


def _spellings(record: Mapping[str, Any]) -> frozenset[str]:
    told = {(name, language) for language, names in record["names"].items() for name in names} | {(record["name"], "")}
    bare = {(without_generic(name), language) for name, language in told}
    return frozenset({name for name, _ in told | bare} | {form for pair in bare for form in forms(*pair)})
