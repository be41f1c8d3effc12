from __future__ import annotations

import pytest

from geodata.demonyms import country_of, languages
from geodata.gazetteer import Feature, Gazetteer

REPORTED = "CN DE FR GB IL IN IQ IR JP KP KR PL RU SY TR UA US SA YE EG LY PK AF KZ BY".split()
SAMPLES = {
    "de": "chinesisch deutsch französisch britisch israelisch indisch irakisch iranisch japanisch nordkoreanisch "
    "südkoreanisch polnisch russisch syrisch türkisch ukrainisch amerikanisch saudisch jemenitisch ägyptisch "
    "libysch pakistanisch afghanisch kasachisch belarussisch",
    "ru": "китайский немецкий французский британский израильский индийский иракский иранский японский "
    "северокорейский южнокорейский польский российский сирийский турецкий украинский американский саудовский "
    "йеменский египетский ливийский пакистанский афганский казахстанский белорусский",
    "uk": "китайський німецький французький британський ізраїльський індійський іракський іранський японський "
    "північнокорейський південнокорейський польський російський сирійський турецький український американський "
    "саудівський єменський єгипетський лівійський пакистанський афганський казахстанський білоруський",
    "pl": "chiński niemiecki francuski brytyjski izraelski indyjski iracki irański japoński północnokoreański "
    "południowokoreański polski rosyjski syryjski turecki ukraiński amerykański saudyjski jemeński egipski "
    "libijski pakistański afgański kazachski białoruski",
    "en": "Chinese German French British Israeli Indian Iraqi Iranian Japanese North_Korean South_Korean Polish "
    "Russian Syrian Turkish Ukrainian American Saudi Yemeni Egyptian Libyan Pakistani Afghan Kazakh Belarusian",
}


@pytest.mark.parametrize(
    ("word", "language", "country"),
    [
        ("nordkoreanische", "de", "KP"),
        ("Nordkoreanern", "de", "KP"),
        ("iranischer", "de-AT", "IR"),
        ("saudi-arabischen", "de", "SA"),
        ("North Korean", "en", "KP"),
        ("Ukrainians", "en", "UA"),
        ("северокорейской", "ru", "KP"),
        ("российский", "ru", "RU"),
        ("українського", "uk", "UA"),
        ("irańskich", "pl", "IR"),
        ("saoudienne", "fr", "SA"),
        ("iraní", "es", "IR"),
        ("norcoreanos", "es", "KP"),
        ("russi", "it", "RU"),
        ("chinesas", "pt", "CN"),
        ("Oekraïense", "nl", "UA"),
        ("Kuzey Koreli", "tr", "KP"),
        ("İranlıların", "tr", "IR"),
    ],
)
def test_a_word_points_to_its_country(word: str, language: str, country: str) -> None:
    assert country_of(word, language) == country


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Argentina", "es"),
        ("Polen", "de"),
        ("Rusya", "tr"),
        ("polish", "en"),
        ("rústico", "es"),
        ("Russisch", "fr"),
        ("русло", "ru"),
        ("", "de"),
        ("iranian", "xx"),
    ],
)
def test_other_words_point_to_none(word: str, language: str) -> None:
    assert country_of(word, language) is None


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_no_demonym_is_the_name_of_a_country(gazetteer: Gazetteer) -> None:
    countries = [place for place in gazetteer if place.feature is Feature.COUNTRY]
    cues = {
        (name, language): code
        for place in countries
        for language in languages()
        for name in place.names.get(language, ())
        if (code := country_of(name, language))
    }
    assert not cues


@pytest.mark.parametrize("language", SAMPLES)
def test_the_most_reported_countries_have_words(language: str) -> None:
    words = [word.replace("_", " ") for word in SAMPLES[language].split()]
    assert [country_of(word, language) for word in words] == REPORTED
