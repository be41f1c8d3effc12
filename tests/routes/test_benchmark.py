"""The benchmark that is published with the product: its form, its scorer, and the plain reader's figures on it."""

from __future__ import annotations

import importlib
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from geodata.world import World

TESTS = Path(__file__).parents[1]
BENCHMARK = TESTS / "benchmark"
DEV = BENCHMARK / "dev.jsonl"
FLOORS = {"toponym_f1": 0.93, "placed_f1": 0.92, "leg_f1": 0.60, "literal_acc": 0.88}

if not BENCHMARK.exists():
    pytest.skip("no tests/benchmark: a source distribution comes without it", allow_module_level=True)


@pytest.fixture(scope="module")
def check() -> dict[str, Any]:
    return runpy.run_path(str(BENCHMARK / "check.py"))


@pytest.fixture(scope="module")
def reports(check: dict[str, Any]) -> list[dict[str, Any]]:
    return [report for path in check["SETS"] for report in check["read"](path)]


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    """The scripts of tests/benchmarks, which find each other as they do when run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TESTS / "benchmarks"))
        yield {name: importlib.import_module(name) for name in ("figures", "given", "misses", "pace")}


@pytest.fixture(scope="module")
def cases(check: dict[str, Any]) -> list[dict[str, Any]]:
    return list(check["read"](DEV))


@pytest.fixture(scope="module")
def found(cases: list[dict[str, Any]], modules: dict[str, ModuleType], world: World) -> dict[str, dict[str, Any]]:
    read = modules["given"]
    return {case["id"]: read.predicted(case, world, "plain", read.Given.TEXT) for case in cases}


def test_the_sets_hold_to_the_guidelines(check: dict[str, Any], reports: list[dict[str, Any]]) -> None:
    assert not [*check["faults"](reports)]


def test_a_broken_set_is_found_out(check: dict[str, Any], reports: list[dict[str, Any]]) -> None:
    report = json.loads(json.dumps(reports[0]))
    report["toponyms"][0]["end"] += 1
    report["routes"][0]["modes"] = ["camel"]
    report["routes"][0]["cargo"] = "what the text does not name"
    report["origin"] = "an agency"
    assert len([*check["faults"]([report])]) >= 4


def test_the_datasheet_tells_what_is_there() -> None:
    tables = [*runpy.run_path(str(BENCHMARK / "describe.py"))["tables"]()]
    told = (BENCHMARK / "DATASHEET.md").read_text("utf-8")
    assert "\n".join(tables[:5]) in told
    assert not [line for line in tables if line not in told]


def test_the_plain_reader_keeps_its_figures(
    cases: list[dict[str, Any]], found: dict[str, dict[str, Any]], modules: dict[str, ModuleType]
) -> None:
    figures = modules["figures"].figures_of(cases, found)
    assert not {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor}


def test_the_scorer_says_what_the_first_one_said(
    found: dict[str, dict[str, Any]], shared: Path, tmp_path: Path
) -> None:
    predicted = tmp_path / "found.jsonl"
    predicted.write_text("".join(json.dumps(one) + "\n" for one in found.values()), "utf-8")
    said = [
        subprocess.run(
            [sys.executable, script, DEV, predicted, "--by", "lang", "--errors"], capture_output=True, check=True
        ).stdout
        for script in (BENCHMARK / "score.py", shared / "benchmark" / "score.py")
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize("given", ["spans", "toponyms"])
def test_given_names_are_all_there(
    given: str, cases: list[dict[str, Any]], modules: dict[str, ModuleType], world: World
) -> None:
    read = modules["given"]
    some = cases[::8]
    told = {case["id"]: read.predicted(case, world, "plain", read.Given(given)) for case in some}
    figures = modules["figures"].figures_of(some, told)
    assert figures["toponym_f1"] == 1
    assert figures["literal_acc"] == 1
    assert given == "spans" or figures["placed_f1"] == 1


def test_words_are_compared_without_case_and_letter_by_letter_where_no_spaces_part_them(
    modules: dict[str, ModuleType],
) -> None:
    words = modules["figures"].words
    assert words("Crude oil, 2-inch shells") == {"crude", "oil", "2", "inch", "shells"}
    assert words("原油") == {"原", "油"}
    assert words("석유 제품") == {"석유", "제품"}
    assert words(None) == set()


def test_every_miss_has_a_kind(
    cases: list[dict[str, Any]], found: dict[str, dict[str, Any]], modules: dict[str, ModuleType], world: World
) -> None:
    kinds = modules["misses"].kinds_of_miss(cases, found, world)
    told, missed = modules["figures"].score.score(cases, found)
    legs = [len(kinds[kind]) for kind in kinds if kind.startswith("leg missed")]
    assert sum(legs) == told["l_gold"] - told["l_hit"]
    assert sum(len(kinds[kind]) for kind in kinds if kind.startswith("leg invented")) == told["l_pred"] - told["l_hit"]
    assert sum(map(len, kinds.values())) > len(missed) / 2


def test_reports_are_joined_to_some_four_hundred_words(
    reports: list[dict[str, Any]], modules: dict[str, ModuleType]
) -> None:
    pace = modules["pace"]
    joined = [*pace.joined(reports)]
    assert {report.language for report in joined} == {report["lang"] for report in reports}
    lengths = [pace.length(report.text, report.language) for report in joined]
    assert min(lengths) >= pace.WORDS
    assert max(lengths) < 2 * pace.WORDS


def test_a_set_of_names_alone_is_measured(
    cases: list[dict[str, Any]], found: dict[str, dict[str, Any]], modules: dict[str, ModuleType], world: World
) -> None:
    names = [{key: value for key, value in case.items() if key != "routes"} for case in cases]
    assert modules["figures"].figures_of(names, found)["gold_routes"] == 0
    assert not [kind for kind in modules["misses"].kinds_of_miss(names, found, world) if kind.startswith("leg")]
