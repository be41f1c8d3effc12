from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import routes
from geodata.position import Position
from routes import pictures
from routes.cli import main
from routes.errors import FindingsError, FormatError, MissingExtraError
from routes.geojson.shown import shown
from routes.pictures import ground, markup, printing
from routes.pictures.labels import Room, Spot, Wish, place, width_of
from routes.pictures.lanes import lanes
from routes.pictures.places import Standing
from routes.pictures.projection import Projection, fitting
from routes.pictures.style import STYLE

if TYPE_CHECKING:
    from routes.model import Findings

SVG = "{http://www.w3.org/2000/svg}"
SAMPLE = json.loads((Path(__file__).parents[1] / "browser" / "sample.geojson").read_text("utf-8"))
EMPTY = {"type": "FeatureCollection", "features": []}
TAGS = set("svg title defs clipPath mask pattern linearGradient stop use rect path circle g text a".split())
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<script xlink:href='data:,alert(1)'/>",
    "<img src=x onerror=alert(1)>",
    "]]></text><svg onload=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--<script>alert(1)</script>-->",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    '" onload="alert(1)',
    "' onclick='alert(1)",
    "url(#x) javascript:alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<foreignObject><body onload=alert(1)/></foreignObject>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{fill:url(http://x)}</style>",
    "${alert(1)} {{7*7}} `alert(1)` \\x3cscript\\x3e",
    '#image("/etc/passwd") #set text(red) $x$',
]
UNWRITABLE = "\x00\x08\x1b[31m\x7f\ufffe\uffff\ud83d\u202e\u2066"


def svg_of(collection: Any, **told: Any) -> str:
    return routes.picture(collection, **told).svg


def texts(svg: str) -> list[str]:
    """Give the words of a picture as they are read, without the marks that keep their direction."""
    return ["".join(one.itertext()).strip("\u2068\u2069") for one in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own


def leg(line: list[list[float]], **told: Any) -> dict[str, Any]:
    known = {"feature": "leg", "mode": "sea", "factuality": "certain", "basis": "network", "direction": "stated"}
    geometry = {"type": "LineString", "coordinates": line}
    return {"type": "Feature", "geometry": geometry, "properties": {**known, "origin": "A", "destination": "B", **told}}


def collection_of(*features: dict[str, Any], **told: Any) -> dict[str, Any]:
    return {**EMPTY, "features": list(features), **told}


def filled_with(text: str) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(json.dumps(SAMPLE))
    collection["report"] |= {"title": text, "publisher": text, "url": text, "published": text, "sha256": text}
    collection |= {"attribution": [text], "unplaced": [{"text": text}]}
    for feature in collection["features"]:
        feature["properties"] |= {"quote": text, "name": text, "cargo": text, "origin": text, "kind": text}
    return collection


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_report_is_shown_and_never_run(text: str) -> None:
    svg = svg_of(filled_with(text))
    for element in ET.fromstring(svg).iter():  # noqa: S314 - our own
        assert element.tag.removeprefix(SVG) in TAGS
        assert not any(name.lower().startswith("on") for name in element.attrib)
        address = element.get("href", "#")
        assert address.startswith(("#", "http://", "https://"))
    assert markup.plain(text) in texts(svg)[0]
    assert svg.count("<!") + svg.count("<?") == 0


def test_what_xml_cannot_hold_is_replaced() -> None:
    svg = svg_of(filled_with(f"a{UNWRITABLE}b"))
    assert texts(svg)[0].startswith("a")
    svg.encode("utf-8")
    assert not set(UNWRITABLE) & set("".join(texts(svg))) - {"[", "3", "1", "m"} - {"\x7f"}


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_makes_well_formed_markup(text: str) -> None:
    written = markup.element("svg", markup.text(markup.isolated(text), 1, 2), about=markup.plain(text))
    assert ET.fromstring(written.encode("utf-8"))[0].text == markup.isolated(text)  # noqa: S314 - our own


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x", "http:", "https://[", "file:///a"]
)
def test_only_the_web_is_linked_to(address: str) -> None:
    assert "<a" not in markup.link(address, "x")
    collection = {**EMPTY, "report": {"title": "t", "url": address}}
    assert "<a" not in svg_of(collection)
    assert '<a href="https://example.org/?a=1&amp;b=&quot;"' in markup.link(
        'https://example.org/?a=1&b="', "x"
    ).replace("'", '"') or "&amp;b=" in markup.link('https://example.org/?a=1&b="', "x")


def test_same_findings_same_bytes() -> None:
    assert svg_of(SAMPLE) == svg_of(json.loads(json.dumps(SAMPLE)))


def test_two_pictures_share_no_id() -> None:
    first, second = (
        {element.get("id") for element in ET.fromstring(svg_of(SAMPLE, title=title)).iter()} - {None}  # noqa: S314
        for title in ("one", "two")
    )
    assert first
    assert not first & second


def test_the_example_is_small_and_drawn_fast(found: Findings) -> None:
    routes.picture(found)
    collection = routes.to_geojson(found)
    start = time.process_time()
    svg = svg_of(collection)
    assert time.process_time() - start < 1.0
    assert len(svg.encode()) < 150_000


def test_legend_and_notes_say_exactly_what_is_drawn() -> None:
    one = collection_of(
        leg([[0, 50], [10, 55]], mode="rail", direction="unknown"), leg([[0, 50], [9, 40]], factuality="denied")
    )
    words = texts(svg_of(one))
    assert {"rail", "certain", "traced on the network", "direction not stated"} <= set(words)
    assert not {"sea", "denied", "direction stated", "stop", "great circle", "rail · denied"} & set(words)
    assert "Not drawn: one denied leg." in words
    both = svg_of(one, denied=True)
    assert {"sea", "denied"} <= set(texts(both))
    assert STYLE["cross"] in both
    assert STYLE["cross"] not in svg_of(one)


def test_what_is_too_short_to_see_is_told_and_not_in_the_legend() -> None:
    words = texts(
        svg_of(collection_of(leg([[0, 50], [40, 55]]), leg([[0, 50], [0.1, 50]], mode="rail", origin="Here")))
    )
    assert "Too short to be seen at this scale: Here → B." in words
    assert "rail" not in words


def test_an_arrow_only_where_the_direction_is_stated() -> None:
    stated, unknown = (svg_of(collection_of(leg([[0, 50], [10, 55]], direction=it))) for it in ("stated", "unknown"))
    assert "M7 0L-5-6" in stated
    assert "M7 0L-5-6" not in unknown


def test_a_schematic_leg_is_a_curve_and_no_other() -> None:
    assert (
        "Q"
        in svg_of(collection_of(leg([[0, 50], [10, 55]], basis="schematic", direction="unknown"))).split("<title>")[2]
    )
    assert "Q" not in svg_of(collection_of(leg([[0, 50], [10, 55]], direction="unknown"))).split("<title>")[2][:400]


def test_what_could_not_be_placed_is_listed() -> None:
    assert "Could not be placed: Xyzzy, Qwrtz." in texts(svg_of({**EMPTY, "unplaced": [{"text": "Xyzzy"}, "Qwrtz"]}))


def test_nothing_found_is_said() -> None:
    assert "No route was found in the report." in texts(svg_of(EMPTY))


def test_an_area_is_drawn_soft_and_hatched_a_declared_one_as_an_outline() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 40], [20, 40], [20, 50], [0, 50], [0, 40]]]}
    area = {"type": "Feature", "geometry": square, "properties": {"name": "Z", "roles": ["origin"]}}
    drawn = svg_of(collection_of(area, leg([[-5, 45], [25, 45]])))
    assert "<mask" in drawn
    assert "<circle" not in drawn
    area["properties"] = {"name": "Z", "roles": ["declared_destination"]}
    feigned = svg_of(collection_of(area, leg([[-5, 45], [25, 45]])))
    assert "<mask" not in feigned
    assert "declared: Z" in texts(feigned)


@pytest.mark.parametrize("broken", [{}, {"type": "Feature"}, {"type": "FeatureCollection", "features": None}])
def test_what_is_no_feature_collection_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(FindingsError, match="FeatureCollection"):
        routes.picture(broken)


@settings(max_examples=30, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(-200, 200) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=12,
    )
)
def test_edited_files_never_break_it(value: Any) -> None:
    features = [leg([[0, 50], [10, 55]], origin=value, mode=value, route=value, quote=value), value]
    features.append({"geometry": {"type": "MultiPolygon", "coordinates": value}, "properties": {"roles": value}})
    features.append({"geometry": {"type": "LineString", "coordinates": value}, "properties": value})
    ET.fromstring(svg_of({**EMPTY, "features": features, "report": {"title": value}, "unplaced": value}).encode())  # noqa: S314


# --- projections


def test_a_pacific_route_is_whole_in_the_middle() -> None:
    line = [(150.0, 40.0), (170.0, 50.0), (190.0, 50.0), (235.0, 45.0)]
    projection = fitting([[Position(*one) for one in line]])
    assert not projection.world
    (way,) = projection.way([Position(*one) for one in line])
    assert np.hypot(*np.diff(way, axis=0).T).max() < 1
    cut = [[[150, 40], [170, 50], [180, 51]], [[-180, 51], [-170, 50], [-125, 45]]]
    feature = leg([])
    feature["geometry"] = {"type": "MultiLineString", "coordinates": cut}
    (one,) = shown(collection_of(feature)).legs
    assert len(one.lines) == 1


def test_routes_around_the_world_are_cut_where_none_runs() -> None:
    ways = [
        [Position(121, 31), Position(255, 20)],
        [Position(255, 20), Position(285, -33)],
        [Position(50, 25), Position(121, 31)],
    ]
    projection = fitting(ways)
    assert projection.world
    assert all(len(projection.way(way)) == 1 for way in ways)


@settings(max_examples=25, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.booleans())
def test_land_keeps_its_area_wherever_the_middle_lies(longitude: float, latitude: float, world: bool) -> None:  # noqa: FBT001 - a parameter of the test
    projection = Projection(world=world, centre=Position(round(longitude, 1), 0.0 if world else round(latitude, 1)))
    area = shapely.area(projection.surface(ground.load()["land"])).sum()
    # 29 % of the sphere are land; what lies on the far side is left out, at most half a percent of all
    assert 0.28 < area / (4 * np.pi) < 0.30


@given(st.floats(-180, 180), st.floats(-89, 89))
def test_the_plane_reads_back(longitude: float, latitude: float) -> None:
    projection = Projection(world=False, centre=Position(100.0, 50.0))
    if np.hypot(*projection.points(np.array([[longitude, latitude]]))[0]) > 1.99:
        return
    back = projection.positions(projection.points(np.array([[longitude, latitude]])))[0]
    assert abs((back[0] - longitude + 180) % 360 - 180) * np.cos(np.radians(latitude)) < 1e-6
    assert back[1] == pytest.approx(latitude, abs=1e-6)


# --- labels, lanes


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(-1.5, 1.5)), max_size=30))
def test_labels_stay_in_the_picture_and_apart(spots: list[tuple[float, float, float]]) -> None:
    room = Room((0, 0, 300, 200))
    place([Wish("a name", 12, (Spot(*spot),), "stop", rank=0) for spot in spots], room)
    boxes = room._taken[: room._count]
    assert (boxes >= 0).all()
    assert (boxes <= (300, 200, 300, 200)).all()


def test_the_more_telling_label_is_placed() -> None:
    wishes = [Wish(words, 12, (Spot(50, 50),), "stop", rank) for words, rank in (("later", 5), ("first", 1))]
    drawn = place(wishes, Room((0, 0, 100, 100)))
    assert "first" in drawn
    assert "later" not in drawn


def test_widths_know_scripts() -> None:
    assert width_of("평양", 10) == 20
    assert width_of("ll", 10) < width_of("mm", 10)
    assert width_of("e\u0301", 10) == width_of("e", 10)


def test_legs_on_one_track_get_lanes() -> None:
    legs = shown(collection_of(*[leg([[0, 50], [10, 55]])] * 3, leg([[0, 0], [10, 5]]))).legs
    ways = [[np.array([[0.0, 0.0], [500.0, 0.0]])]] * 3 + [[np.array([[0.0, 300.0], [500.0, 300.0]])]]
    assert lanes(legs, ways) == [0, 1, -1, 0]


def test_every_standing_has_a_sample() -> None:
    from routes.pictures.places import samples  # noqa: PLC0415

    assert len(samples()) >= len(Standing)


# --- PNG, PDF, files, commands


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_pictures_are_printed_with_their_own_fonts(suffix: str, tmp_path: Path) -> None:
    picture = routes.picture(
        collection_of(leg([[0, 50], [10, 55]]), report={"title": "기차 وقطار поезд 列車 🚂", "language": "ja"})
    )
    for name in ("a", "b"):
        picture.save(tmp_path / f"{name}{suffix}")
    data = (tmp_path / f"a{suffix}").read_bytes()
    assert data == (tmp_path / f"b{suffix}").read_bytes()
    assert data.startswith({".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix])
    if suffix == ".png":
        assert int.from_bytes(data[16:20]) == 2 * picture.size[0]
    else:
        assert all(font in data for font in (b"NotoSans-", b"NotoSansKR", b"NotoSansArabic", b"NotoSansJPThin"))


def test_letters_that_no_font_has_become_boxes_and_fonts_follow_the_letters() -> None:
    names, svg = printing._fonts("<text x='1'>поезд 🚂 ქ</text>", "ru")
    assert names == ["sans", "sans-bold"]
    assert svg == "<text x='1'>поезд □ □</text>"
    _, mixed = printing._fonts("<text>a &amp; 평양 → Київ</text>", "uk")
    assert mixed == '<text>a &amp; <tspan font-family="Noto Sans KR">평양</tspan> → Київ</text>'
    _, arabic = printing._fonts("<text>الإمارات: &lt;a&gt;</text>", "ar")
    assert arabic == '<text><tspan font-family="Noto Sans Arabic">الإمارات: &lt;a&gt;</tspan></text>'
    assert printing._fonts("<text>北京</text>", "zh-Hans")[0][-1] == "sc"
    assert printing._fonts("<text>北京</text>", "ja")[0][-1] == "jp"


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(printing, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"supply-routes\[pictures\]"):
        pictures.check("map.pdf")
    routes.picture(EMPTY).save(tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text("utf-8").startswith("<svg ")


def test_only_pictures_are_saved(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"\.svg, \.png, \.pdf"):
        routes.picture(EMPTY).save(tmp_path / "map.gif")
    with pytest.raises(FormatError, match="cannot be written"):
        routes.picture(EMPTY).save(tmp_path / "nowhere" / "map.svg")


def test_findings_are_written_as_a_picture(found: Findings, tmp_path: Path) -> None:
    routes.write(found, tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text("utf-8") == routes.picture(found)._repr_svg_()


def test_the_commands_draw_pictures(tmp_path: Path) -> None:
    (tmp_path / "in.geojson").write_text(json.dumps(SAMPLE), "utf-8")
    (tmp_path / "in.txt").write_text("A ship sailed from Riga to Kiel.", "utf-8")
    for arguments in (
        ["draw", f"{tmp_path}/in.geojson", "-o", f"{tmp_path}/a.svg", "--title", "Mine"],
        ["map", f"{tmp_path}/in.txt", "--reader", "plain", "-q", "-o", f"{tmp_path}/b.svg"],
        ["trace", "Riga", "Kiel", "--mode", "sea", "-o", f"{tmp_path}/c.svg"],
    ):
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 0
        assert "Picture written to" in result.stderr
        assert texts(Path(f"{tmp_path}/{arguments[arguments.index('-o') + 1][-5:]}").read_text("utf-8"))
    assert texts((tmp_path / "a.svg").read_text("utf-8"))[0] == "Mine"
    refused = CliRunner().invoke(main, ["draw", f"{tmp_path}/in.geojson", "-o", f"{tmp_path}/a.gif"])
    assert refused.exit_code == 1
    assert ".svg" in refused.stderr
