from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas
import pandas as pd
import pytest

import routes
from routes.errors import FindingsError, FormatError

if TYPE_CHECKING:
    from pathlib import Path

    from routes.model import Findings


def test_geodataframes_have_a_crs_and_the_keys(made: Findings) -> None:
    legs, places = routes.to_geodataframes(made)
    assert legs.crs == places.crs == "EPSG:4326"
    assert legs["route"].tolist() == ["r1", "r2", "r3"]
    assert legs.geometry.isna().tolist() == [False, False, True]
    assert set(places["name"]) == {"North Korea", "Russia", "Seattle", "Vladivostok"}


def test_no_findings_make_empty_frames() -> None:
    legs, places = routes.to_geodataframes(routes.find_routes("Nothing moves here."))
    assert legs.empty
    assert places.empty
    assert legs.crs == "EPSG:4326"


def test_geojson_comes_back(made: Findings, tmp_path: Path) -> None:
    routes.write(made, tmp_path / "routes.geojson")
    assert routes.read_findings(tmp_path / "routes.geojson") == json.loads(json.dumps(routes.to_geojson(made)))


def test_jsonl_has_a_line_a_report(made: Findings, tmp_path: Path) -> None:
    routes.write([made, made], tmp_path / "routes.jsonl")
    assert len((tmp_path / "routes.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb"])
def test_tables_open_in_a_gis(made: Findings, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"routes{suffix}"
    routes.write(made, path)
    legs = geopandas.read_file(path, layer="legs" if suffix == ".gpkg" else None)
    assert legs.crs == "EPSG:4326"
    assert legs["quote"].notna().all()
    assert json.loads(legs["stops"].iloc[0])[0]["name"] == "Vladivostok"


def test_csv_has_wkt(made: Findings, tmp_path: Path) -> None:
    routes.write(made, tmp_path / "routes.csv")
    assert pd.read_csv(tmp_path / "routes.csv")["geometry"].iloc[0].startswith("MULTILINESTRING")


def test_html_is_the_map(made: Findings, tmp_path: Path) -> None:
    routes.write(made, tmp_path / "map.html")
    assert "Vladivostok" in (tmp_path / "map.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["routes.xyz", "routes", "none/routes.geojson", "."])
def test_what_cannot_be_written_is_refused_and_nothing_is_left(made: Findings, tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError):
        routes.write(made, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(made: Findings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "routes.geojson"
    path.write_text("old", "utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", fail)
    with pytest.raises(FormatError, match="No space left"):
        routes.write(made, path)
    monkeypatch.undo()
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_findings_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match="cannot be read"):
        routes.read_findings(tmp_path / "none.geojson")
    (tmp_path / "latin.geojson").write_bytes(b"\xe4")
    with pytest.raises(FindingsError, match="UTF-8"):
        routes.read_findings(tmp_path / "latin.geojson")
