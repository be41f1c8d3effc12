from __future__ import annotations

import json
import runpy
from typing import TYPE_CHECKING

import routes
from routes.jsonl import to_line

if TYPE_CHECKING:
    from pathlib import Path

    from routes.model import Findings


def test_a_line_has_the_form_of_the_guidelines(made: Findings) -> None:
    record = json.loads(to_line(made))
    assert record["id"] == "made"
    assert record["toponyms"][0] == {
        "start": 5,
        "end": 16,
        "text": "Vladivostok",
        "name": "Vladivostok",
        "lat": 43.10562,
        "lon": 131.87353,
        "literal": True,
        "place": "geonames:2013348",
    }
    assert record["toponyms"][4]["lat"] is None
    assert [stop["role"] for stop in record["routes"][0]["stops"]] == ["origin", "destination"]
    assert record["routes"][0]["modes"] == ["sea"]
    assert record["routes"][0]["evidence"] == {"exact": made.report.text[:27], "start": 0, "end": 27}


def test_the_scorer_reads_it(shared: Path) -> None:
    scorer = runpy.run_path(str(shared / "benchmark" / "score.py"))
    (case,) = scorer["read"](shared / "benchmark" / "seed.jsonl")
    (report,) = routes.read_reports(shared / "benchmark" / "seed.jsonl")
    predicted = {case["id"]: json.loads(to_line(routes.find_routes(report)))}
    figures = scorer["report"](scorer["score"]([case], predicted)[0])
    assert figures["missing_cases"] == 0
    # The aims of the first issue; the README and the changelog tell what is measured.
    assert figures["toponym_f1"] >= 0.90
    assert figures["placed_f1"] >= 0.85
    assert figures["leg_f1"] >= 0.70
