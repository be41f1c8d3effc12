"""Names that the press of a language uses, and places beyond GeoNames' towns: what each must be found as."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from geodata.gazetteer import Gazetteer
from geodata.position import Position, distance_km

BUILD = Path(__file__).parents[2] / "geodata" / "build"
NEAR_KM = 60


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "language", "longitude", "latitude"),
    [
        ("Arzev", "tr", -0.31, 35.83),
        ("Калуннборг", "uk", 11.09, 55.68),
        ("Чантхабури", "ru", 102.1, 12.61),
        ("Аліага", "uk", 26.93, 38.83),
        ("أرزيو", "ar", -0.31, 35.83),
        ("اسخیپول", "fa", 4.76, 52.31),
        ("Lubiana", "it", 14.51, 46.05),
        ("Chernóbyl", "es", 30.22, 51.28),
        ("Roterdão", "pt", 4.48, 51.92),
        ("Kłajpeda", "pl", 21.14, 55.71),
        ("Roatán", "es", -86.45, 16.35),
        ("Catanduanes", "en", 124.2, 13.7),
        ("Tanna", "fr", 169.35, -19.5),
        ("Ameland", "nl", 5.75, 53.45),
        ("Halkalı", "tr", 28.77, 41.02),
        ("Alsancak", "de", 27.15, 38.44),
        ("Каховская ГЭС", "ru", 33.37, 46.78),
        ("سد النهضة", "ar", 35.09, 11.21),
        ("Гиндукуш", "ru", 70, 35.5),
        ("Kutupalong", "fr", 92.16, 21.2),
        ("Corno d'Oro", "it", 28.95, 41.03),
        ("Nusantara", "id", 116.9, -0.97),
    ],
)
def test_press_names_are_found(
    gazetteer: Gazetteer, name: str, language: str, longitude: float, latitude: float
) -> None:
    places = [candidate.place for candidate in gazetteer.candidates(name, language)]
    assert any(distance_km(place.position, Position(longitude, latitude)) < NEAR_KM for place in places)


def test_exonyms_name_known_places_once_in_order(gazetteer: Gazetteer) -> None:
    for name in ("eurasia", "romance"):
        with (BUILD / "exonyms" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            ids = [row["id"] for row in csv.DictReader(file)]
        assert ids == sorted(set(ids))
        assert [place_id for place_id in ids if gazetteer.place(place_id).id != place_id] == []


def test_more_places_have_names_in_several_languages() -> None:
    places = tomllib.loads((BUILD / "strategic" / "more.toml").read_text(encoding="utf-8"))
    facts = {"at", "feature", "country", "source", "importance", "radius_km"}
    assert len(places) > 650
    assert sum(len(place.keys() - facts) >= 3 for place in places.values()) > 600
