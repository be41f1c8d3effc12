"""Rows of a user's own places in a CSV file, GeoJSON file or GeoDataFrame; `geodata.extend` makes places of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

Source: TypeAlias = "str | Path | gpd.GeoDataFrame"
GEOJSON = (".geojson", ".json")
Row: TypeAlias = "tuple[str, Mapping[str, Any], BaseGeometry | None]"  # where it stands, its cells, its geometry


def title(source: Source) -> str:
    """Name a source in a message."""
    return str(source) if isinstance(source, str | Path) else "GeoDataFrame"


def rows(source: Source) -> Iterator[Row]:
    """Read the rows of a source.

    Raises
    ------
    ValueError
        Where a row cannot be read; the message is one line with the row and the value.
    OSError
        Where the file cannot be opened.
    """
    if not isinstance(source, str | Path):
        return _frame_rows(source)
    path = Path(source)
    suffix = path.suffix.lower()
    if suffix not in {".csv", *GEOJSON}:
        raise ValueError(f"{path}: places are read from .csv, .geojson or a folder that geodata.compile made")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return _csv_rows(path, text) if suffix == ".csv" else _geojson_rows(path, text)


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from _csv_records(path, reader)
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num}: no CSV: {error}") from error


def _csv_records(path: Path, reader: csv.DictReader[str]) -> Iterator[Row]:
    columns = [(column or "").strip() for column in reader.fieldnames or ()]
    if "name" not in columns:
        raise ValueError(f"{path}: no column 'name'; it has {', '.join(columns) or 'none'}")
    reader.fieldnames = columns
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row:
            raise ValueError(f"{where}: more cells than columns; put names with commas in quotes")
        yield where, row, _wkt(where, row.get("geometry"))


def _wkt(where: str, text: str | None) -> BaseGeometry | None:
    if not text or not text.strip():
        return None
    try:
        return shapely.from_wkt(text)
    except ShapelyError as error:
        raise ValueError(f"{where}: geometry {text[:40]!r} is no WKT") from error


def _geojson_rows(path: Path, text: str) -> Iterator[Row]:
    try:
        features = json.loads(text)["features"]
        pairs = [(feature["properties"] or {}, feature.get("geometry"), feature.get("id")) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path}: no GeoJSON FeatureCollection") from error
    for number, (properties, geometry, identifier) in enumerate(pairs, start=1):
        where = f"{path}, feature {number}"
        try:
            drawn = shape(geometry) if geometry else None
        except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            raise ValueError(f"{where}: its geometry is none of GeoJSON") from error
        yield where, {"id": identifier, **properties}, drawn


def _frame_rows(frame: gpd.GeoDataFrame) -> Iterator[Row]:
    if "name" not in frame.columns:
        raise ValueError(f"GeoDataFrame: no column 'name'; it has {', '.join(map(str, frame.columns))}")
    ground = frame if frame.crs is None else frame.to_crs(4326)
    others = [column for column in frame.columns if column != frame.geometry.name]
    for label, cells, geometry in zip(frame.index, ground[others].to_dict("records"), ground.geometry, strict=True):
        told = {str(column): cell for column, cell in cells.items() if not _is_missing(cell)}
        yield f"GeoDataFrame, row {label}", told, geometry


def _is_missing(cell: Any) -> bool:
    return cell is None or cell != cell  # noqa: PLR0124  # NaN and NaT are what does not equal itself
