from __future__ import annotations

import pytest

from geodata.inflection import forms, lemmas


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        ("Naher Osten", "de", "Nahen Osten"),
        ("Schwarzes Meer", "de", "Schwarzen Meeres"),
        ("Kap der Guten Hoffnung", "de", "Kaps der Guten Hoffnung"),
        ("Северный Кавказ", "ru", "Северном Кавказе"),
        ("Каспийское море", "ru", "Каспийского моря"),
        ("Чорне море", "uk", "Чорного моря"),
        ("Київ", "uk", "Києва"),
        ("Morze Czarne", "pl", "Morza Czarnego"),
        ("Kraków", "pl", "Krakowie"),
    ],
)
def test_a_name_is_bent_and_unbent(name: str, language: str, form: str) -> None:
    assert form in forms(name, language)
    if language != "de":
        assert name in lemmas(form, language)


def test_german_genitive_of_a_town() -> None:
    assert "Moskau" in lemmas("Moskaus", "de")


@pytest.mark.parametrize("name", ["USA", "РФ", "Ur", "Bab el-Mandeb 2"])
def test_abbreviations_and_short_names_are_left_alone(name: str) -> None:
    assert not forms(name, "de")


def test_other_languages_have_no_rules() -> None:
    assert not forms("Damas", "fr")
    assert not lemmas("Damas", "fr")
