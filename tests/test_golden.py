from __future__ import annotations

import runpy
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
UPDATE = runpy.run_path(str(GOLDEN / "update.py"))
golden, golden_picture = UPDATE["golden"], UPDATE["golden_picture"]


@pytest.mark.parametrize("report", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_report_gives_its_golden_geojson(report: Path) -> None:
    assert golden(report) == report.with_suffix(".geojson").read_text("utf-8")


@pytest.mark.parametrize("picture", sorted(GOLDEN.glob("*.svg")), ids=lambda path: path.stem)
def test_a_report_gives_its_golden_picture(picture: Path) -> None:
    assert golden_picture(picture) == picture.read_text("utf-8")
