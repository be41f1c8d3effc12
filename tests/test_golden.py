from __future__ import annotations

import runpy
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
golden = runpy.run_path(str(GOLDEN / "update.py"))["golden"]


@pytest.mark.parametrize("report", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_report_gives_its_golden_geojson(report: Path) -> None:
    assert golden(report) == report.with_suffix(".geojson").read_text("utf-8")
