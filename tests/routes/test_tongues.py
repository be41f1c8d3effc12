from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import routes
from geodata.gazetteer import Gazetteer
from geodata.waterlabels import LABELS, water_labels
from routes import maps
from routes.cli import main
from routes.commands.shared import PAGE_LANGUAGES
from routes.errors import FormatError
from routes.maps import tongues
from routes.maps.names import names_in

ROOT = Path(__file__).parents[2]
SAMPLE = json.loads((ROOT / "tests" / "browser" / "sample.geojson").read_text("utf-8"))
FOREIGN = [language for language in tongues.LANGUAGES if language != tongues.ENGLISH]
EMPTY = {"type": "FeatureCollection", "features": []}


def place(name: str, place_id: str, *written: str) -> dict[str, object]:
    told = {"feature": "place", "name": name, "place": place_id, "as_written": list(written), "report": "r"}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [0, 0]}, "properties": told}


def of(language: str, *features: object) -> dict[str, object]:
    return {**EMPTY, "report": {"id": "r", "language": language}, "features": list(features)}


def holes(words: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w+\}", words)))


def test_every_message_of_the_code_has_its_words_and_they_are_compiled() -> None:
    check = subprocess.run(
        [sys.executable, ROOT / "translations" / "build.py", "--check"],
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize("language", FOREIGN)
def test_words_keep_what_is_put_into_them(language: str) -> None:
    for message, said in json.loads(tongues.words(language)).items():
        if isinstance(said, str):
            assert holes(said) == holes(message), message
            continue
        # Only Arabic has forms that mean one number each, and may leave it out.
        exact = {"zero", "one", "two"} if language == "ar" else set()
        assert all(holes(form) == holes(message) for category, form in said.items() if category not in exact), message


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("de", {"one", "other"}),
        ("ru", {"one", "few", "many", "other"}),
        ("uk", {"one", "few", "many", "other"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
        ("ko", {"other"}),
    ],
)
def test_plurals_have_the_categories_of_the_language(language: str, categories: set[str]) -> None:
    assert set(json.loads(tongues.words(language))["{n} route"]) == categories


@pytest.mark.parametrize(
    ("told", "asked", "spoken"),
    [
        ("de", None, "de"),
        ("de", "ko", "ko"),
        ("fr-CA", None, "fr"),
        ("zh", None, "en"),
        ("und", None, "en"),
        ("en", "ar-EG", "ar"),
    ],
)
def test_the_page_speaks_as_asked_else_as_the_report(told: str, asked: str | None, spoken: str) -> None:
    assert tongues.language_of_page(of(told), asked) == spoken


def test_reports_in_several_languages_make_an_english_page() -> None:
    both = {**EMPTY, "reports": [{"language": "de"}, {"language": "fr"}]}
    same = {**EMPTY, "reports": [{"language": "de"}, {"language": "de"}]}
    assert tongues.language_of_page(both) == "en"
    assert tongues.language_of_page(same) == "de"
    assert tongues.language_of_page({**EMPTY, "report": "no object", "reports": ["none"]}) == "en"


def test_the_document_says_its_language_and_direction() -> None:
    html = routes.draw(SAMPLE, language="ar").get_root().render()
    assert '<html lang="ar" dir="rtl">' in html
    assert "<title>The ways of the press moulds</title>" in html
    assert '<html lang="ko" dir="ltr">' in maps.draw(EMPTY, language="ko").get_root().render()
    assert "<title>보도된 경로</title>" in maps.draw(EMPTY, language="ko").get_root().render()


def test_a_language_that_the_page_does_not_speak_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'nl'"):
        maps.draw(EMPTY, language="nl")
    source = tmp_path / "f.geojson"
    source.write_text(json.dumps(EMPTY))
    run = CliRunner().invoke(main, ["draw", str(source), "-o", str(tmp_path / "m.html"), "--page-language", "nl"])
    assert run.exit_code == 2
    assert "nl" in run.stderr


def test_the_command_offers_what_the_page_speaks(tmp_path: Path) -> None:
    assert PAGE_LANGUAGES == tongues.LANGUAGES
    source, page = tmp_path / "f.geojson", tmp_path / "m.html"
    source.write_text(json.dumps(EMPTY))
    run = CliRunner().invoke(main, ["draw", str(source), "-o", str(page), "--page-language", "uk"])
    assert run.exit_code == 0
    assert '<html lang="uk"' in page.read_text("utf-8")


def test_places_are_called_as_the_page_speaks() -> None:
    gazetteer = Gazetteer.load()
    russia, black_sea = place("Russia", "country:RU"), place("Black Sea", "water:black-sea")
    assert names_in(of("en", russia), "ar", gazetteer) == {"Russia": "روسيا"}
    assert names_in(of("en", russia), "en", gazetteer) == {}
    assert names_in(of("en", black_sea), "fr", gazetteer) == {"Black Sea": "Mer Noire"}
    assert names_in(of("en", place("My Russia", "country:RU")), "de", gazetteer) == {}
    assert names_in(of("en", place("Nowhere", "user:none")), "de", gazetteer) == {}


def test_a_town_is_called_as_the_report_in_that_language_writes_it_but_for_its_cases() -> None:
    gazetteer = Gazetteer.load()
    moscow = place("Moscow", "geonames:524901", "Moskaus", "Moskau")
    assert names_in(of("de", moscow), "de", gazetteer) == {"Moscow": "Moskau"}
    assert names_in(of("nl", moscow), "de", gazetteer) == {}
    assert names_in(of("de", place("Moscow", "geonames:524901", "Moskaus")), "de", gazetteer) == {}


def test_passages_are_called_as_the_page_speaks() -> None:
    leg = {"type": "Feature", "geometry": None, "properties": {"feature": "leg", "passages": ["canal:suez", "x", 3]}}
    assert names_in(of("en", leg), "de", Gazetteer.load()) == {"canal:suez": "Suezkanal"}
    assert names_in(of("en", leg), "en", Gazetteer.load()) == {"canal:suez": "Suez Canal"}


def test_names_survive_strange_features() -> None:
    strange = [None, 3, {}, {"properties": None}, {"properties": {"feature": "place", "name": 3, "place": []}}]
    assert names_in({"features": strange, "report": {"id": [], "language": "de"}}, "de", Gazetteer.load()) == {}


@pytest.mark.parametrize("language", tongues.LANGUAGES)
def test_every_sea_has_a_name_in_every_language(language: str) -> None:
    gazetteer = Gazetteer.load()
    labels = water_labels(gazetteer, language)
    assert len(labels) == len(LABELS)
    assert all(name[0] == name[0].upper() for _, _, name, _ in labels)
    assert all(language in gazetteer.place(place_id).names for place_id in LABELS)
