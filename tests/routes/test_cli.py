from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import routes
from routes.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = "نقلت الشاحنات الأسلحة من بغداد إلى دمشق عبر معبر البوكمال."
HOSTILE = (
    "A train took shells from Rajin to Khasan. </script><script>alert(1)</script> <img src=x onerror=alert(2)> "
    "${alert(3)} Trucks went from `Tumangang` to Khasan\u202e.\x1b[31m"
)


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=given, catch_exceptions=False)


def test_map_writes_a_page_and_a_summary(example: Path, tmp_path: Path) -> None:
    result = run("map", example, "-o", tmp_path / "map.html")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Tumangang → Khasan" in re.sub(r"\s*│?\n│[^│]*│\s*", " ", result.stderr)
    assert "Content-Security-Policy" in (tmp_path / "map.html").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_the_pipe_carries_geojson(example: Path) -> None:
    found = run("find", example, "--text")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["type"] == "FeatureCollection"
    drawn = run("draw", "-o", "-", given=found.stdout)
    assert drawn.exit_code == 0
    assert drawn.stdout == run("map", example, "-q", "-o", "-").stdout


def test_the_installed_command_works(example: Path, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m routes'
    script = f'{command} find "{example}" | {command} draw -o "{tmp_path}/map.html"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "map.html").stat().st_size > 100_000


def test_find_writes_jsonl_for_many_reports(tmp_path: Path) -> None:
    reports = tmp_path / "reports.jsonl"
    lines = [{"id": "a", "text": "A ship sailed from Riga to Kiel."}, {"id": "b", "text": "Nothing happened."}]
    reports.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert run("find", reports, "-o", tmp_path / "out.jsonl").exit_code == 0
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["a", "b"]
    assert [len(record["routes"]) for record in records] == [1, 0]
    to_stdout = run("find", reports, "--format", "jsonl")
    assert to_stdout.stdout == (tmp_path / "out.jsonl").read_text("utf-8")


def test_explain_says_why(example: Path) -> None:
    plain, explained = run("find", example), run("find", example, "--explain")
    assert len(explained.stderr) > len(plain.stderr)
    assert explained.stdout == plain.stdout


def test_place_answers_in_three_scripts() -> None:
    result = run("place", "Tumangang", "Naher Osten", "Москва", "--json")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["query"] for record in records] == ["Tumangang", "Naher Osten", "Москва"]
    best = [record["candidates"][0] for record in records]
    assert [it["name"] for it in best] == ["Tumangang", "Middle East", "Moscow"]
    assert set(best[0]) == {"place", "name", "lat", "lon", "country", "feature", "score", "why"}
    assert best[0]["lat"] == pytest.approx(42.417, abs=0.05)


def test_place_says_what_is_not_there() -> None:
    result = run("place", "Vladivostock")
    assert result.exit_code == 0
    assert "no place of this name" in result.stdout
    assert "Vladivostok" in result.stdout
    assert json.loads(run("place", "Qzxvw", "--json").stdout) == {"query": "Qzxvw", "candidates": []}


def test_help_and_version() -> None:
    assert "routes map article.de.txt -o map.html" in run("map", "--help").stdout
    for command in ("find", "draw", "place", "trace"):
        assert "Examples:" in run(command, "--help").stdout
    assert routes.__version__ in run("--version").stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"\x7fELF\x00\x01", "binary"), ("Züge".encode("cp1252"), "--encoding")],
)
def test_a_bad_report_is_one_line_and_exit_1(tmp_path: Path, content: bytes, message: str) -> None:
    report = tmp_path / "report.txt"
    report.write_bytes(content)
    result = run("map", report, "-o", tmp_path / "map.html")
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "map.html").exists()


@pytest.mark.parametrize("source", ["none.txt", "."])
def test_a_report_that_is_not_there(tmp_path: Path, source: str) -> None:
    result = run("find", tmp_path / source)
    assert result.exit_code == 1
    assert result.stdout == ""


def test_wrong_use_is_exit_2(example: Path) -> None:
    assert run("map", example).exit_code == 2
    assert run("find").exit_code == 2
    assert run("find", example, "--format", "jsonl", "-o", "x.jsonl").exit_code == 2


@pytest.mark.parametrize("output", ["map.gif", "none/map.html"])
def test_an_output_that_cannot_be_written(example: Path, tmp_path: Path, output: str) -> None:
    assert run("map", example, "-o", tmp_path / output).exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{}", "<html>", '{"type": "FeatureCollection", "features": [{}]}'])
def test_draw_refuses_what_is_no_findings_file(tmp_path: Path, content: str) -> None:
    result = run("draw", "-o", tmp_path / "map.html", given=content)
    assert result.exit_code == 1
    assert not (tmp_path / "map.html").exists()


@pytest.mark.parametrize("text", ["Nothing moves here.", "London and Paris are cities.", ARABIC, HOSTILE, "1\n2"])
def test_any_text_gives_an_honest_page(tmp_path: Path, text: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text(text, "utf-8")
    result = run("map", report, "-o", tmp_path / "map.html")
    assert result.exit_code == 0
    assert "\x1b[31m" not in result.stderr
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_text_without_routes_says_so(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("London and Paris are cities.", "utf-8")
    assert "No route was found" in run("find", report).stderr


def test_five_megabytes_are_read(tmp_path: Path) -> None:
    report = tmp_path / "long.txt"
    sentence = "Nothing of note was said about the weather by anyone at all on that day, or on the next. "
    report.write_text(sentence * (5_000_000 // len(sentence)) + "A train took coal from Khasan to Moscow.", "utf-8")
    result = run("find", report, "--reader", "plain", "-o", tmp_path / "long.geojson")
    assert result.exit_code == 0
    assert routes.read_findings(tmp_path / "long.geojson")["features"]


def test_the_same_report_gives_the_same_bytes(example: Path) -> None:
    assert run("find", example, "-q").stdout_bytes == run("find", example, "-q").stdout_bytes
    assert run("map", example, "-q", "-o", "-").stdout_bytes == run("map", example, "-q", "-o", "-").stdout_bytes


def test_the_users_own_gazetteer(tmp_path: Path) -> None:
    table, report = tmp_path / "my.csv", tmp_path / "report.de.txt"
    table.write_text("name,longitude,latitude,country\nDepotburg,38.5,47.2,UA\n", "utf-8")
    zone = {"type": "Polygon", "coordinates": [[[30, 40], [32, 40], [32, 42], [30, 42], [30, 40]]]}
    area = {"type": "Feature", "properties": {"name": "Zone Sieben"}, "geometry": zone}
    drawn = tmp_path / "my.geojson"
    drawn.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), "utf-8")
    report.write_text("Ein Güterzug brachte am Montag Granaten aus Depotburg nach Zone Sieben.", "utf-8")
    own = ("--gazetteer", table, "--gazetteer", drawn)
    found = json.loads(run("find", report, "-q", *own).stdout)
    places = {it["properties"]["place"]: it["geometry"] for it in found["features"] if "place" in it["properties"]}
    assert places["user:depotburg"]["coordinates"] == [38.5, 47.2]
    assert [30, 40] in places["user:zone-sieben"]["coordinates"][0]
    assert run("map", report, "-q", *own, "-o", tmp_path / "map.html").exit_code == 0
    answer = json.loads(run("place", "Depotburg", "--json", *own).stdout)
    assert answer["candidates"][0]["place"] == "user:depotburg"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("my.csv", "name,longitude,latitude\nX,200,1\n", "line 2: longitude '200'"),
        ("my.geojson", "{", "no GeoJSON"),
        ("my.txt", "X", ".csv, .geojson"),
        ("none.csv", None, "No such file"),
    ],
)
def test_a_bad_gazetteer_is_one_line_and_exit_1(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    result = run("place", "Moscow", "--gazetteer", tmp_path / name)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_that_is_no_gazetteer_is_told(tmp_path: Path) -> None:
    result = run("place", "Moscow", "--gazetteer", tmp_path)
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr


def test_place_forgives_typing_errors_when_asked() -> None:
    assert json.loads(run("place", "Vladivostock", "--json").stdout)["candidates"] == []
    best = json.loads(run("place", "Vladivostock", "--json", "--fuzzy").stdout)["candidates"][0]
    assert best["name"] == "Vladivostok"
    assert "one letter off" in best["why"]


LEG_KEYS = ["origin", "destination", "mode", "basis", "length_km", "countries", "passages", "snap_km"]


def test_trace_prints_a_table() -> None:
    result = run("trace", "Tumangang", "Khasan", "Moscow", "--mode", "rail")
    assert result.exit_code == 0
    assert result.stderr == ""
    words = result.stdout.split()
    assert "strategic:khasan" in result.stdout
    assert {"km", "network", "KP", "RU"} <= {*words}
    assert "in all" in result.stdout


def test_trace_marks_what_is_inferred_and_says_why() -> None:
    result = run("trace", "Moscow", "Berlin", "--mode", "rail", "--alternatives", "2")
    assert "PL*" in result.stdout
    assert "way 2" in result.stdout
    assert "inferred" in result.stdout
    assert "the means of transport is not told" in run("trace", "Moscow", "Berlin").stdout


def test_trace_prints_json() -> None:
    result = run("trace", "Moscow", "Warsaw", "--via", "Belarus", "--mode", "rail", "--json")
    told = json.loads(result.stdout)
    assert list(told)[:2] == ["length_km", "legs"]
    assert [list(leg)[: len(LEG_KEYS)] for leg in told["legs"]] == [LEG_KEYS] * 2
    assert [(leg["origin"], leg["destination"]) for leg in told["legs"]] == [
        ("Moscow", "Belarus"),
        ("Belarus", "Warsaw"),
    ]
    assert told["length_km"] == pytest.approx(sum(leg["length_km"] for leg in told["legs"]), abs=0.2)
    assert "BY" in told["legs"][1]["countries"]


def test_trace_keeps_the_way(tmp_path: Path) -> None:
    for name in ("way.html", "way.geojson", "way.gpkg", "way.jsonl"):
        assert run("trace", "Tumangang", "Khasan", "--mode", "rail", "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).stat().st_size > 500
    assert "no report says so" in (tmp_path / "way.html").read_text("utf-8")
    piped = run("trace", "Tumangang", "Khasan", "--mode", "rail", "-o", "-")
    assert json.loads(piped.stdout) == json.loads((tmp_path / "way.geojson").read_text("utf-8"))
    assert run("draw", "-o", "-", given=piped.stdout).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("Moscow",),
        ("Moscow", "Berlin", "--mode", "train"),
        ("Moscow", "Berlin", "--fast"),
        ("Moscow", "Berlin", "Paris", "--via", "Warsaw"),
        ("Moscow", "Berlin", "--json", "-o", "-"),
        ("Moscow", "Berlin", "--alternatives", "0"),
    ],
)
def test_wrong_use_of_trace_is_exit_2(arguments: tuple[str, ...]) -> None:
    assert run("trace", *arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("Moscow", "Moscow"),
        ("Moscow", "Vladivostock"),
        ("-30,0", "Moscow", "--mode", "rail"),
        ("0,90", "Moscow", "--mode", "rail"),
        ("nan,nan", "Moscow"),
        ("Moscow", "Berlin", "--mode", "rail", "--avoid", "Suez"),
        ("Moscow", "Berlin", "-o", "way.gif"),
        ("Moscow", "Berlin", "--gazetteer", "none.csv"),
    ],
)
def test_what_trace_cannot_do_is_one_line_and_exit_1(arguments: tuple[str, ...]) -> None:
    result = run("trace", *arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_trace_knows_the_users_own_places(tmp_path: Path) -> None:
    table = tmp_path / "my.csv"
    table.write_text("name,longitude,latitude,country\nDepotburg,37.5,55.6,RU\n", "utf-8")
    result = run("trace", "Depotburg", "Khasan", "--mode", "rail", "--json", "--gazetteer", table)
    told = json.loads(result.stdout)
    assert told["stops"][0]["place"] == "user:depotburg"
    assert told["legs"][0]["countries"] == ["RU"]


SAILED = "A ship sailed from Beirut to Tripoli with arms for Foo."


@pytest.fixture
def sailed(tmp_path: Path) -> Path:
    path = tmp_path / "sailed.txt"
    path.write_text(SAILED, "utf-8")
    return path


def placed(result: Result) -> dict[str, tuple[str | None, str | None]]:
    """Return the names of a findings line, each with its place and position."""
    (line,) = result.stdout.splitlines()
    return {it["text"]: (it["place"], it["lat"]) for it in json.loads(line)["toponyms"]}


def test_a_place_can_be_said(sailed: Path, tmp_path: Path) -> None:
    said = ("--place", "Tripoli=geonames:2210247", "--place", "Foo=13.5,32.5", "--place", "Beirut=none")
    found = placed(run("find", sailed, "-q", "--format", "jsonl", *said))
    assert found == {"Tripoli": ("geonames:2210247", 32.88743), "Foo": ("position:13.5,32.5", 32.5)}
    assert run("map", sailed, "-q", *said, "-o", tmp_path / "map.html").exit_code == 0
    assert "as you said" in (tmp_path / "map.html").read_text("utf-8")


def test_places_of_a_line_and_of_the_command(tmp_path: Path) -> None:
    reports = tmp_path / "reports.jsonl"
    line = {"text": SAILED, "places": {"Tripoli": "geonames:2210247", "Beirut": None}}
    reports.write_text(json.dumps(line), "utf-8")
    over = ("--place", "Tripoli=geonames:266826")
    assert placed(run("find", reports, "-q", "--format", "jsonl"))["Tripoli"][0] == "geonames:2210247"
    assert placed(run("find", reports, "-q", "--format", "jsonl", *over))["Tripoli"][0] == "geonames:266826"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--place", "Tripoli"), 2, "NAME=ID"),
        (("--place", "=geonames:1"), 2, "NAME=ID"),
        (("--place", "Tripoli=geonames:1"), 1, "geonames:2210247 (Tripoli, town, LY)"),
        (("--place", "Tripoli=200,1"), 1, "longitude"),
        (("--reader", "gpt"), 2, "encoder, plain, spacy:PIPELINE, natasha"),
        (("--reader", "spacy"), 2, "spacy:NAME"),
        (("--toponyms", "none.jsonl"), 1, "none.jsonl cannot be read: No such file"),
        (("--toponyms", "a", "--placed-toponyms", "b"), 2, "one of them"),
    ],
)
def test_what_the_reader_cannot_be_told(sailed: Path, options: tuple[str, ...], code: int, message: str) -> None:
    result = run("find", sailed, *options)
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""
    assert code == 2 or result.stderr.count("\n") == 1


def test_names_can_be_given_in_a_file(sailed: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.jsonl"
    start = SAILED.index("Tripoli")
    told = {"start": start, "end": start + 7, "text": "Tripoli", "lat": 34.4, "lon": 35.8}
    other = {"id": "other", "toponyms": []}
    names.write_text("\n".join(map(json.dumps, ({"id": "sailed", "toponyms": [told]}, other))), "utf-8")
    options = (sailed, "-q", "--format", "jsonl")
    ours = placed(run("find", *options, "--toponyms", names))
    assert list(ours) == ["Tripoli"]
    assert ours["Tripoli"][0] == "geonames:2210247"
    assert placed(run("find", *options, "--placed-toponyms", names))["Tripoli"][0] == "geonames:266826"


def test_findings_can_be_mended_and_given_back(example: Path, tmp_path: Path) -> None:
    assert run("find", example, "-q", "-o", tmp_path / "first.jsonl").exit_code == 0
    again = run("find", example, "-q", "--format", "jsonl", "--placed-toponyms", tmp_path / "first.jsonl")
    first = json.loads((tmp_path / "first.jsonl").read_text("utf-8"))
    assert json.loads(again.stdout)["toponyms"] == first["toponyms"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1 is not JSON"),
        ("[]", "line 1 needs the report's 'id'"),
        ('{"id": "sailed"}', "'toponyms' as a list"),
        ('{"id": "x", "toponyms": []}', "no line with the id 'sailed'"),
        ('{"id": "sailed", "toponyms": []}\n{"id": "sailed", "toponyms": []}', "line 2"),
        ('{"id": "sailed", "toponyms": [{"start": 0, "end": 600}]}', "is not in its text"),
    ],
)
def test_names_that_do_not_fit_are_told(sailed: Path, tmp_path: Path, content: str, message: str) -> None:
    names = tmp_path / "names.jsonl"
    names.write_text(content, "utf-8")
    result = run("find", sailed, "--toponyms", names)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_language_can_be_said(tmp_path: Path) -> None:
    reports = tmp_path / "reports.jsonl"
    lines = [{"text": "Der Zug fuhr von Kiel nach Ulm.", "lang": "nl"}, {"text": "Der Zug fuhr von Kiel nach Ulm."}]
    reports.write_text("\n".join(map(json.dumps, lines)), "utf-8")

    def languages(*options: str) -> list[str]:
        return [
            json.loads(line)["lang"]
            for line in run("find", reports, "-q", "--format", "jsonl", *options).stdout.splitlines()
        ]

    assert languages() == ["nl", "de"]
    assert languages("--language", "pl") == ["pl", "pl"]
