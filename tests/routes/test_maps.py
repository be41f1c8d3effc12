from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import re
import tomllib
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import folium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routes import maps
from routes.errors import FindingsError, FormatError
from routes.maps import assets, island
from routes.model import Factuality, Mode

SAMPLE = json.loads((Path(__file__).parents[1] / "browser" / "sample.geojson").read_text("utf-8"))
EMPTY = {"type": "FeatureCollection", "features": []}
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]></style><svg onload=alert(1)>",
    "\u2028alert(1)\u2029",
]
STYLE = json.loads(assets.style_json())
COLOURS = {mode: entry["color"] for mode, entry in STYLE["modes"].items()}
THEMES = {"light": {**STYLE, "modes": COLOURS}, "dark": STYLE["dark"]}


def page_of(collection: object, **kwargs: str) -> str:
    html = maps.draw(collection, **kwargs).get_root().render()
    assert isinstance(html, str)
    return html


def test_the_map_is_a_folium_map_that_shows_itself_in_a_notebook() -> None:
    drawn = maps.draw(SAMPLE)
    assert isinstance(drawn, folium.Map)
    shown = drawn._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "&lt;!DOCTYPE html&gt;" in shown


def test_nothing_in_the_page_points_outside() -> None:
    targets = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            targets.extend((tag, *each) for each in attrs if each[0] in {"src", "href", "action", "srcset", "data"})

    Links().feed(page_of(SAMPLE))
    assert targets == []
    css = assets.leaflet_css() + assets.runtime_css()
    assert all(target.startswith("data:") for target in re.findall(r"url\(([^)]*)\)", css))
    assert "@import" not in css
    assert "sourceMappingURL" not in page_of(SAMPLE)


def test_same_findings_same_bytes() -> None:
    assert page_of(SAMPLE) == page_of(json.loads(json.dumps(SAMPLE)))
    drawn = maps.draw(SAMPLE)
    assert drawn.get_root().render() == drawn.get_root().render()


def test_same_added_layers_same_bytes() -> None:
    def with_layers() -> str:
        drawn = maps.draw(SAMPLE)
        group = folium.FeatureGroup("depots").add_to(drawn)
        folium.CircleMarker((48, 16), tooltip="depot").add_to(group)
        folium.GeoJson({"type": "Point", "coordinates": [16, 48]}).add_to(drawn)
        folium.LayerControl().add_to(drawn)
        return str(drawn.get_root().render())

    assert with_layers() == with_layers()


@pytest.mark.parametrize("added", [False, True])
def test_the_policy_allows_the_inline_scripts_and_styles_and_nothing_else(added: bool) -> None:  # noqa: FBT001 - a parameter of the test
    drawn = maps.draw(SAMPLE)
    if added:
        folium.CircleMarker((48, 16)).add_to(drawn)
    html = drawn.get_root().render()
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy
    told = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert told["default-src"] == "'none'"
    assert told["img-src"] == "data:"
    for kind in ("script", "style"):
        inline = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.DOTALL)
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline}
        assert set(told[f"{kind}-src"].split()) == hashes
        assert len(inline) == 2 + (added and kind == "script")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_the_island(text: str) -> None:
    collection = json.loads(json.dumps(SAMPLE))
    collection["report"] |= {"title": text, "publisher": text, "url": text}
    collection["attribution"] = [text]
    for feature in collection["features"]:
        feature["properties"] |= {"quote": text, "name": text, "cargo": text, text: text}
    html = page_of(collection)
    assert text not in html
    assert html.count("<script") == page_of(SAMPLE).count("<script")
    found = re.search(r'<script type="application/json" id="findings">(.*?)</script>', html, re.DOTALL)
    assert found
    assert json.loads(found[1]) == collection


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(), st.lists))
def test_an_island_reads_back_and_holds_no_markup(value: object) -> None:
    text = island.dumps({"value": value})
    assert json.loads(text) == {"value": value}
    assert not set("<>&\u2028\u2029") & set(text)


def test_half_a_character_does_not_break_the_file(tmp_path: Path) -> None:
    collection = {**EMPTY, "report": {"title": "half \ud83d"}}
    maps.draw(collection).save(str(tmp_path / "map.html"))
    assert "half" in (tmp_path / "map.html").read_text("utf-8")


def test_the_title_is_the_reports_or_the_one_given() -> None:
    assert "<title>The ways of the press moulds</title>" in page_of(SAMPLE)
    assert "<title>&lt;b&gt;</title>" in page_of(SAMPLE, title="<b>")
    assert "<title>Reported routes</title>" in page_of(EMPTY)
    assert "<title>Reported routes</title>" in page_of({**EMPTY, "report": "no object"})


@pytest.mark.parametrize("collection", [{}, {"type": "Feature"}, {"type": "FeatureCollection", "features": None}])
def test_what_is_no_feature_collection_is_refused(collection: dict[str, object]) -> None:
    with pytest.raises(FindingsError, match="FeatureCollection"):
        maps.draw(collection)


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(FindingsError, match="number"):
        maps.draw({**EMPTY, "score": float("nan")})


@pytest.mark.parametrize(
    "layer",
    [
        folium.Marker((1, 1), popup="needs jQuery"),
        folium.Marker((1, 1), icon=folium.Icon()),
        folium.TileLayer("OpenStreetMap"),
    ],
)
def test_layers_that_would_fetch_something_are_refused(layer: folium.Element) -> None:
    drawn = maps.draw(SAMPLE)
    layer.add_to(drawn)
    with pytest.raises(FormatError, match=r"use|own base map"):
        drawn.get_root().render()


def test_plugins_that_would_fetch_something_are_refused() -> None:
    from folium import plugins  # noqa: PLC0415 - only here

    drawn = maps.draw(SAMPLE)
    plugins.MiniMap().add_to(drawn)
    with pytest.raises(FormatError):
        drawn.get_root().render()


def test_saving_leaves_the_old_file_where_the_page_cannot_be_made(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old")
    drawn = maps.draw(SAMPLE)
    folium.TileLayer("OpenStreetMap").add_to(drawn)
    with pytest.raises(FormatError):
        drawn.save(target)
    assert target.read_text() == "old"
    maps.draw(SAMPLE).save(target)
    assert target.read_text("utf-8") == page_of(SAMPLE)
    assert list(tmp_path.iterdir()) == [target]


def test_saving_to_an_open_file() -> None:
    file = io.BytesIO()
    maps.draw(EMPTY).save(file, close_file=False)
    assert file.getvalue().decode() == page_of(EMPTY)


def test_the_vendored_files_are_the_published_ones() -> None:
    folder = files("routes.maps") / "vendor"
    listed = tomllib.loads((folder / "vendored.toml").read_text("utf-8"))["vendored"]
    for entry in listed:
        assert {"name", "version", "licence", "url", "sha256", "files"} <= set(entry)
        for name, digest in entry["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    present = {path.relative_to(str(folder)).as_posix() for path in Path(str(folder)).rglob("*") if path.is_file()}
    assert present - {"vendored.toml"} == {name for entry in listed for name in entry["files"]}


def test_every_runtime_file_is_on_the_page() -> None:
    present = {path.name for path in Path(str(files("routes.maps") / "runtime")).iterdir()}
    assert present == set(assets.RUNTIME)


def test_every_mode_and_factuality_has_a_look() -> None:
    assert set(STYLE["modes"]) == {mode.value for mode in Mode}
    assert set(STYLE["factualities"]) == {it.value for it in Factuality} | {"unknown"}
    dashes = [(tuple(it["dash"]), it["width"]) for it in STYLE["factualities"].values()]
    assert len(set(dashes)) == len(dashes)


def linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    """Give the ratio of WCAG 2.2, section 1.4.11."""
    dark, light = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (a, b))
    return (light + 0.05) / (dark + 0.05)


def test_what_has_a_colour_has_one_in_the_dark() -> None:
    dark = STYLE["dark"]
    assert set(dark["modes"]) == set(STYLE["modes"])
    assert set(dark) - {"modes"} == {key for key, value in STYLE.items() if isinstance(value, str)}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", COLOURS)
@pytest.mark.parametrize("ground", ["land", "sea", "casing"])
def test_every_mode_stands_out_from_the_base_map(theme: str, mode: str, ground: str) -> None:
    assert contrast(THEMES[theme]["modes"][mode], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("other", ["area", "declared", "mentioned", "cross", "ink"])
@pytest.mark.parametrize("ground", ["land", "sea"])
def test_every_symbol_stands_out_from_the_base_map(theme: str, other: str, ground: str) -> None:
    assert contrast(THEMES[theme][other], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_names_on_the_map_can_be_read(theme: str) -> None:
    start = {"light": ":root {", "dark": ':root[data-theme="dark"] {'}[theme]
    css = (files("routes.maps") / "runtime.css").read_text("utf-8")
    block = css.split(start, 1)[1].split("}", 1)[0]
    ink = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    land, sea = THEMES[theme]["land"], THEMES[theme]["sea"]
    for name, ground in (("ground-ink", land), ("water-ink", sea)):
        assert contrast(ink[name], ground) >= 4.5, name
    for ground in (land, sea):
        assert contrast(ink["ink"], ground) >= 4.5
        assert contrast(ink["quiet"], ground) >= 4.5
        assert contrast(THEMES[theme]["declared"], ground) >= 4.5


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "typical": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", EYES)
def test_modes_differ_to_every_eye(eye: str, theme: str) -> None:
    seen = {mode: lab(EYES[eye] @ linear(colour)) for mode, colour in THEMES[theme]["modes"].items()}
    nearest = min(float(np.linalg.norm(seen[a] - seen[b])) for a, b in itertools.combinations(seen, 2))
    assert nearest > 15  # CIE76; 2.3 is just noticeable
