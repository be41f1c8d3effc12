from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routes.maps import minify, packing, polylines

TYPES = {letter: name for name, letter in polylines.LETTERS.items()}


def line_of(text: str, decimals: int) -> list[list[float]]:
    numbers, number, shift = [], 0, 0
    for character in text:
        bits = ord(character) - 63
        number |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(number >> 1) if number & 1 else number >> 1)
            number = shift = 0
    x = y = 0
    line = []
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + east, y + north
        line.append([x / 10**decimals, y / 10**decimals])
    return line


def geometry_of(packed: Any) -> Any:
    if not isinstance(packed, str):
        return packed
    polygons = [[line_of(line, int(packed[1])) for line in lines.split(",")] for lines in packed[2:].split(" ")]
    name = TYPES[packed[0]]
    nested = {
        "Point": lambda: polygons[0][0][0],
        "LineString": lambda: polygons[0][0],
        "MultiPolygon": lambda: polygons,
    }
    return {"type": name, "coordinates": nested.get(name, lambda: polygons[0])()}


def numbers_of(digits: str, count: int) -> list[int]:
    width = len(digits) // count
    rows = (digits[i : i + width] for i in range(0, len(digits), width))
    return [sum(packing.DIGITS.index(it) * 64**place for place, it in enumerate(reversed(row))) for row in rows]


def column_of(column: Any, count: int) -> list[Any]:
    """Unpack a column as runtime/unpack.js does; the browser's tests hold that to the same."""
    if isinstance(column, list):
        return column
    if "all" in column:
        return [column["all"]] * count
    if "rows" in column:
        rows = {key: column_of(value, count) for key, value in column["rows"].items()}
        return [{key: rows[key][i] for key in rows} for i in range(count)]
    if "at" in column:
        return [column["of"][number] for number in numbers_of(column["at"], count)]
    lengths = column_of(column["lists"], count)
    inside = iter(column_of(column["of"], sum(lengths)))
    return [list(islice(inside, length)) for length in lengths]


def columns_of(columns: dict[str, Any], count: int) -> dict[str, list[Any]]:
    told = {key: column_of(column, count) for key, column in columns.items() if "joined" not in column}
    for key, column in columns.items():
        if "joined" in column:
            a, between, b = column["joined"]
            told[key] = [x + between + y for x, y in zip(told[a], told[b], strict=True)]
    return told


def features_of(table: dict[str, Any]) -> list[Any]:
    if "raw" in table:
        return list(table["raw"])
    own = columns_of(table["own"], table["count"])
    shared = columns_of(table.get("shared", {}), table.get("claim_count", 0))
    claims = numbers_of(table["claims"], table["count"]) if shared else []
    return [
        {
            "type": "Feature",
            "geometry": geometry_of(geometry),
            "properties": {key: own[key][i] if key in own else shared[key][claims[i]] for key in table["keys"]},
        }
        for i, geometry in enumerate(table["geometry"])
    ]


def unpacked(collection: dict[str, Any]) -> dict[str, Any]:
    features = collection["features"]
    tables = [iter(features_of(table)) for table in features["tables"]]
    order = column_of(features["order"], features["count"])
    return {**collection, "features": [next(tables[number]) for number in order]}


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
KEYS = st.sampled_from(["route", "stops", "quote", "title", "origin", "destination", "all", "rows", "__proto__", "x"])
NUMBER = st.integers(-180_000_000, 180_000_000).map(lambda number: number / 10**6)
POSITION = st.tuples(NUMBER, NUMBER).map(list)
GEOMETRY = (
    st.none()
    | ANY
    | st.builds(lambda p: {"type": "Point", "coordinates": p}, POSITION)
    | st.builds(lambda p: {"type": "Polygon", "coordinates": p}, st.lists(st.lists(POSITION, min_size=4), min_size=1))
    | st.builds(lambda p: {"type": "MultiPolygon", "coordinates": p}, st.lists(st.lists(st.lists(POSITION))))
)
FEATURE = ANY | st.builds(
    lambda geometry, properties: {"type": "Feature", "geometry": geometry, "properties": properties},
    GEOMETRY,
    st.none() | st.dictionaries(KEYS, ANY, max_size=5),
)


@given(st.lists(FEATURE, max_size=6))
def test_nothing_is_lost(features: list[Any]) -> None:
    collection = {"type": "FeatureCollection", "features": features, "strange": {"features": 1}}
    told = json.loads(json.dumps(packing.packed(collection)))
    assert json.dumps(unpacked(told)) == json.dumps(
        {**collection, "features": [with_floats(feature) for feature in json.loads(json.dumps(features))]}
    )


def with_floats(feature: Any) -> Any:
    """Write the numbers of a geometry that is packed as the unpacking does, which changes none."""
    if not isinstance(feature, dict) or packing._shape(feature) == ():
        return feature
    (packed,) = polylines.packed([feature["geometry"]])
    return feature if not isinstance(packed, str) else {**feature, "geometry": geometry_of(packed)}


@given(GEOMETRY.filter(lambda it: isinstance(it, dict)))
def test_coordinates_read_back(geometry: dict[str, Any]) -> None:
    (packed,) = polylines.packed([geometry])
    assert geometry_of(packed) == geometry


def test_lines_lose_no_more_than_a_screen_shows() -> None:
    bend = [[0.0, 0.0], [5.00004, 0.00002], [10.0, 0.0], [10.12345, 3.98765]]
    flat = {"type": "LineString", "coordinates": bend}
    high = {"type": "LineString", "coordinates": [[0.0, 0.0, 1.0], [1.0, 1.0, 2.0]]}
    thin, raised = polylines.packed([flat, high], thin=True)
    assert geometry_of(thin)["coordinates"] == [[0.0, 0.0], [10.0, 0.0], [10.123, 3.988]]
    assert raised == high


def test_only_very_many_positions_are_thinned() -> None:
    def collection(count: int) -> dict[str, Any]:
        line = [[i / 1e5, 0.0] for i in range(count)]
        geometry = {"type": "LineString", "coordinates": line}
        return {"features": [{"type": "Feature", "geometry": geometry, "properties": {"x": 1}}]}

    few, many = collection(packing.MANY_POSITIONS), collection(packing.MANY_POSITIONS + 1)
    assert unpacked(packing.packed(few)) == few
    thin = unpacked(packing.packed(many))
    assert thin["lines"] == packing.SIMPLIFIED
    assert thin["features"][0]["geometry"]["coordinates"] == [[0.0, 0.0], [0.05, 0.0]]


@pytest.mark.parametrize("strange", [[], [[]], "x", [[1, True]], [["1", 2]], [[1, 2], [3]], [[1e9, 2]], None])
def test_what_is_no_line_stays_as_it_is(strange: Any) -> None:
    geometry = {"type": "LineString", "coordinates": strange}
    assert polylines.packed([geometry]) == [geometry]


def test_what_comes_again_is_told_once() -> None:
    def leg(number: int) -> dict[str, Any]:
        told = {"route": f"r{number // 50}", "quote": "a quote as long as quotes are", "sequence": number}
        return {"type": "Feature", "geometry": None, "properties": told}

    text = json.dumps(packing.packed({"features": [leg(number) for number in range(100)]}))
    assert text.count("a quote as long") == 1


def test_scripts_lose_comments_and_spaces_only() -> None:
    script = """
        // A comment.
        const a = [ "x // y", 'z  =  z' ], // another
          b = a.map((x) => `${x} = ${a}`);
        const c = /a , b/.test(b) ? 1 : 2;
        call(`M${b.map((p) => `${p} ${p}`).join("L")}`);
    """
    assert minify.script(script) == (
        "const a=[\"x // y\",'z  =  z'],b=a.map((x)=>`${x} = ${a}`);const c = /a , b/.test(b) ? 1 : 2;"
        'call(`M${b.map((p) => `${p} ${p}`).join("L")}`);'
    )


def test_styles_lose_comments_and_spaces_only() -> None:
    css = "/* one */\n.a > .b, .c {\n  color: red;\n  width: calc(1px + 2px);\n}\n"
    css += "@media (min-width: 1px) { a:hover { top: 0; } }"
    assert minify.style(css) == (".a>.b,.c{color:red;width:calc(1px + 2px)}@media (min-width:1px){a:hover{top:0}}")


def test_no_text_between_backticks_runs_over_a_line() -> None:
    for path in (Path(minify.__file__).parent / "runtime").glob("*.js"):
        for line in path.read_text("utf-8").split("\n"):
            assert line.count("`") % 2 == 0 or line.strip().startswith("//"), (path.name, line)
            assert "/*" not in line, (path.name, line)
