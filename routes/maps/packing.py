"""A FeatureCollection in fewer characters, still JSON: one column for each key, what comes again told once.

``runtime/unpack.js`` makes the collection out of it again, and nothing is lost: keys, their order, unknown ones,
features that are none. (But for the positions of lines, where there are very many.) A column is one of::

    [value, ...]                      as they are
    {"all": value}                    the same in every row
    {"of": [value, ...], "at": digits}      which of the values it is, row by row
    {"lists": column, "of": column}   lists: how long each is, and what stands in them, end to end
    {"rows": {key: column, ...}}      objects with the same keys
    {"joined": [key, between, key]}   the texts of two other columns with a text between

Digits are base 64, as many a row as the number of values needs. Coordinates are Google's encoded polylines, longitude
first, behind a letter for the sort of geometry and the number of decimals; a comma parts lines, a space polygons.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from routes.maps import polylines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FEATURE = ["type", "geometry", "properties"]
# What all legs of a route share; told once.
CLAIM = frozenset(
    (
        "stops modes kind factuality direction cargo attribution date quote quote_start quote_end further_quotes report"
        " unplaced route quantity quote_prefix quote_suffix"
    ).split()
)
ARROW = " → "
LINES = ("LineString", "MultiLineString")
MANY_POSITIONS = 5_000
SIMPLIFIED = f"simplified for drawing, to {polylines.TOLERANCE} degrees"
PLAIN = frozenset({str, int, float, bool})


def packed(collection: Mapping[str, Any]) -> dict[str, Any]:
    """Pack a FeatureCollection; its other members stay as they are.

    Where there are very many positions, lines lose what a screen cannot show, and ``lines`` says so.
    """
    thin = _positions(collection["features"]) > MANY_POSITIONS
    shapes: dict[tuple[str, ...], list[Any]] = {}
    numbers: dict[tuple[str, ...], int] = {}
    order = []
    for feature in collection["features"]:
        shape = _shape(feature)
        shapes.setdefault(shape, []).append(feature)
        order.append(numbers.setdefault(shape, len(numbers)))
    tables = [_features(shape, features, thin=thin) for shape, features in shapes.items()]
    told = {"lines": SIMPLIFIED} if thin else {}
    return {**collection, **told, "features": {"order": _column(order), "count": len(order), "tables": tables}}


def _positions(features: Iterable[Any]) -> int:
    """Count the positions of lines, roughly: of strange ones it does not matter how many they are."""
    count = 0
    for feature in features:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if isinstance(geometry, dict) and geometry.get("type") in LINES:
            coordinates = geometry.get("coordinates")
            lines = coordinates if geometry["type"] == "MultiLineString" else [coordinates]
            count += (
                sum(len(line) for line in lines if isinstance(line, list | tuple)) if isinstance(lines, list) else 0
            )
    return count


def _shape(feature: Any) -> tuple[str, ...]:
    """Tell which keys a feature has; none if it is no ordinary feature."""
    if not isinstance(feature, dict) or list(feature) != FEATURE or feature["type"] != "Feature":
        return ()
    properties = feature["properties"]
    return _shape_of(properties)


def _features(shape: tuple[str, ...], features: Sequence[Any], *, thin: bool) -> dict[str, Any]:
    if not shape:
        return {"raw": list(features)}
    table: dict[str, Any] = {
        "count": len(features),
        "keys": list(shape),
        "geometry": polylines.packed([feature["geometry"] for feature in features], thin=thin),
    }
    rows = [feature["properties"] for feature in features]
    shared = [key for key in shape if key in CLAIM]
    if len(shared) > 1:
        claims, at = _told_once([[row[key] for key in shared] for row in rows])
        table["claims"] = _digits(at, len(claims))
        table["shared"] = _columns(shared, [dict(zip(shared, claim, strict=True)) for claim in claims])
        table["claim_count"] = len(claims)
    table["own"] = _columns([key for key in shape if len(shared) < 2 or key not in CLAIM], rows)
    return table


def _columns(keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    columns = {key: _column([row[key] for row in rows]) for key in keys}
    if {"title", "origin", "destination"} <= columns.keys() and all(
        isinstance(row["origin"], str)
        and isinstance(row["destination"], str)
        and row["title"] == row["origin"] + ARROW + row["destination"]
        for row in rows
    ):
        columns["title"] = {"joined": ["origin", ARROW, "destination"]}
    return columns


def _column(values: Sequence[Any]) -> Any:
    """Choose the shortest way to write a column."""
    if not values:
        return []
    kinds = set(map(type, values))
    if kinds == {list} and any(values):
        inside = list(chain.from_iterable(values))
        return {"lists": _column([len(value) for value in values]), "of": _column(inside)}
    if kinds == {dict} and all(_shape_of(value) and _shape_of(value) == _shape_of(values[0]) for value in values):
        return {"rows": {key: _column([value[key] for value in values]) for key in values[0]}}
    told, at = _told_once(values)
    if len(told) == 1:
        return {"all": told[0]}
    raw, once = _length(values), _length(told) + len(at) * _width(len(told)) + len('{"of":,"at":""}')
    return {"of": told, "at": _digits(at, len(told))} if once < raw else list(values)


def _shape_of(value: Any) -> tuple[str, ...]:
    """Tell an object's keys, in order; none if it is none, or a script could not set them (``__proto__``)."""
    return tuple(value) if isinstance(value, dict) and "__proto__" not in value else ()


def _told_once(values: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """Give the values without repetition, and which of them each is; 1, 1.0 and true are three."""
    kinds = set(map(type, values))
    keys = values if len(kinds) == 1 and kinds <= PLAIN else [_key(value) for value in values]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    told = dict(zip(reversed(keys), reversed(values), strict=True))
    return [told[key] for key in numbers], [numbers[key] for key in keys]


def _key(value: Any) -> Any:
    return (type(value), value) if type(value) in PLAIN else repr(value)


def _length(values: Sequence[Any]) -> int:
    return len(json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def _width(count: int) -> int:
    return next(width for width in range(1, 12) if 64**width >= count)


def _digits(at: Sequence[int], count: int) -> str:
    width = _width(count)
    written = ["".join(DIGITS[number >> 6 * place & 63] for place in reversed(range(width))) for number in range(count)]
    return "".join([written[number] for number in at])
