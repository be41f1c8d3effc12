"""Names in more languages: the tables, and what the shipped gazetteer finds by them."""

from __future__ import annotations

import csv
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from geodata.gazetteer import Gazetteer
from geodata.names import fold

TABLES = sorted((Path(__file__).parents[2] / "geodata" / "build" / "exonyms").glob("*.csv"))
LANGUAGES = frozenset("en de fr es it pt nl pl tr ru uk ar fa zh ja ko".split())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_well_formed(path: Path) -> None:
    rows = _rows(path)
    assert rows
    assert next(iter(rows[0])) == "id"
    assert set(rows[0]) - {"id"} <= LANGUAGES
    for row in rows:
        cells = {language: cell for language, cell in row.items() if language != "id" and cell}
        assert cells, row["id"]
        for language, cell in cells.items():
            names = cell.split("|")
            assert len(set(names)) == len(names), (row["id"], language)
            for name in names:
                assert name == name.strip() == unicodedata.normalize("NFC", name), (row["id"], name)
                assert len(fold(name)) > 1, (row["id"], name)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_id_comes_twice_and_each_is_a_place(path: Path, gazetteer: Gazetteer) -> None:
    ids = sorted(row["id"] for row in _rows(path))
    assert not [one for one, other in pairwise(ids) if one == other]
    assert set(ids) <= {place.id for place in gazetteer}


def test_scripts_are_those_of_the_languages() -> None:
    scripts = {"ko": "HANGUL", "zh": "CJK", "ja": ("KATAKANA", "CJK", "HIRAGANA")}
    for path in TABLES:
        for row in _rows(path):
            for language in scripts.keys() & row.keys():
                for name in filter(None, row[language].split("|")):
                    starts = [unicodedata.name(letter).startswith(scripts[language]) for letter in name]
                    assert any(starts), (row["id"], name)


@pytest.mark.parametrize(
    ("name", "language", "place_id"),
    [
        ("敖德萨港", "zh", "strategic:odesa-port"),
        ("オデーサ港", "ja", "strategic:odesa-port"),
        ("오데사항", "ko", "strategic:odesa-port"),
        ("バグラム空軍基地", "ja", "strategic:bagram"),
        ("因吉尔利克空军基地", "zh", "strategic:incirlik"),
        ("라파 검문소", "ko", "strategic:rafah-crossing"),
        ("エンゲリス空軍基地", "ja", "strategic:engels"),
        ("扎波罗热核电站", "zh", "strategic:zaporizhzhia-npp"),
        ("사이먼스타운", "ko", "geonames:3361618"),
        ("康斯坦丁诺夫卡", "zh", "geonames:705104"),
        ("卡姆萨尔", "zh", "geonames:2416402"),
        ("광화문", "ko", "strategic:gwanghwamun"),
        ("三陸", "ja", "strategic:sanriku"),
        ("中国地方", "ja", "strategic:chugoku-jp"),
    ],
)
def test_a_place_is_found_first_by_its_name(gazetteer: Gazetteer, name: str, language: str, place_id: str) -> None:
    assert gazetteer.candidates(name, language)[0].place.id == place_id


@pytest.mark.parametrize(
    ("name", "language", "longitude", "latitude"),
    [
        ("莒南县", "zh", 118.83, 35.17),
        ("瑞昌市", "zh", 115.68, 29.68),
        ("塔什库尔干", "zh", 75.23, 37.77),
        ("甘南州", "zh", 102.91, 34.98),
        ("広州", "ja", 113.26, 23.13),
        ("綏芬河", "ja", 131.15, 44.40),
        ("롄윈강", "ko", 119.22, 34.60),
        ("친황다오", "ko", 119.59, 39.93),
        ("ジッダ空港", "ja", 39.16, 21.68),
    ],
)
def test_a_name_finds_a_place_there(
    gazetteer: Gazetteer, name: str, language: str, longitude: float, latitude: float
) -> None:
    positions = [candidate.place.position for candidate in gazetteer.candidates(name, language)]
    assert any(abs(position.longitude - longitude) < 1 > abs(position.latitude - latitude) for position in positions)


@pytest.mark.parametrize("name", ["平和", "文化", "和平", "友谊", "기자", "코치", "하마", "ホスト", "カレンダー"])
def test_ordinary_words_are_no_counties_and_no_strategic_places(gazetteer: Gazetteer, name: str) -> None:
    ours = [candidate.place.id for candidate in gazetteer.candidates(name)]
    assert not [place_id for place_id in ours if place_id.startswith(("county:", "strategic:"))]
