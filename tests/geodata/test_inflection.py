from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import Gazetteer
from geodata.inflection import forms, lemmas

SAMPLES = {
    "ar": "الخرطوم بورتسودان طرابلس السودان صنعاء دمشق بغداد",
    "de": "Moskau Wladiwostok Hamburg Rostow Odessa Brest Teheran Piräus",
    "fa": "تهران چابهار بندرعباس مشهد سرخس ترکیه",
    "ko": "하산 나진 두만강 함흥 블라디보스토크 베이징 서울",
    "pl": "Warszawa Kraków Gdańsk Bydgoszcz Suwałki Koper Kowel Piła Praga Morąg Sopot Nysa Białoruś Katowice "
    "Homel Radom Odessa Łuck Chełm Połaniec Toruń Wilno Poznań Medyka Turek",
    "ru": "Москва Хасан Грозный Доха Тула Ростов-на-Дону Владивосток Чебоксары Казань Ярославль Мирный Мытищи "
    "Сургут Маньчжурия Астрахань Находка",
    "tr": "İstanbul Mersin Rusya Bakü Kars Tahran Karadeniz Hopa Nahçıvan Musul Trablus Kerkük",
    "uk": "Київ Одеса Харків Рівне Чернівці Ірпінь Відень Єгипет Городок Хмельницький Львів Тернопіль Медика Бориспіль",
}


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
        ("나진", "ko", "나진으로"),
        ("서울", "ko", "서울로"),
        ("İstanbul", "tr", "İstanbul'dan"),
        ("Rusya", "tr", "Rusya'ya"),
        ("Kars", "tr", "Kars'tan"),
        ("İstanbul Boğazı", "tr", "İstanbul Boğazı'ndan"),
        ("السودان", "ar", "للسودان"),
        ("السودان", "ar", "وبالسودان"),
        ("دره صوف", "fa", "دره صوف\u200cی"),
    ],
)
def test_a_name_is_bent_and_unbent(name: str, language: str, form: str) -> None:
    assert form in forms(name, language)
    assert name in lemmas(form, language)


@pytest.mark.parametrize(
    ("form", "language", "name"),
    [
        ("Moskaus", "de", "Moskau"),
        ("Frankfurts am Main", "de", "Frankfurt am Main"),
        ("Ростове-на-Дону", "ru", "Ростов-на-Дону"),
        ("Грозном", "ru", "Грозный"),
        ("Орле", "ru", "Орел"),
        ("Кривого Рогу", "uk", "Кривий Ріг"),
        ("Білгороді-Дністровському", "uk", "Білгород-Дністровський"),
        ("Відня", "uk", "Відень"),
        ("Рівному", "uk", "Рівне"),
        ("Kopru", "pl", "Koper"),
        ("Pile", "pl", "Piła"),
        ("Białegostoku", "pl", "Białystok"),
        ("Suwałk", "pl", "Suwałki"),
        ("나진항에서는", "ko", "나진"),
        ("하산역까지", "ko", "하산"),
        ("Mersinden", "tr", "Mersin"),
        ("Tahran’daki", "tr", "Tahran"),
        ("وبورتسودان", "ar", "بورتسودان"),
        ("درهٔ صوف", "fa", "دره صوف"),
        ("بندر\u200cعباس", "fa", "بندر عباس"),
    ],
)
def test_a_form_leads_back_to_its_name(form: str, language: str, name: str) -> None:
    assert name in lemmas(form, language)


@given(st.sampled_from([(name, language) for language, names in SAMPLES.items() for name in names.split()]))
def test_whatever_is_bent_is_unbent(sample: tuple[str, str]) -> None:
    name, language = sample
    bent = forms(name, language)
    assert bent
    assert all(form == name or name in lemmas(form, language) for form in bent)


@given(st.text(max_size=30), st.sampled_from([*SAMPLES, "en"]))
def test_any_text_may_be_asked(text: str, language: str) -> None:
    found = lemmas(text, language)
    assert text not in found
    assert len(found) == len(set(found))
    forms(text, language)


@pytest.mark.parametrize("name", ["USA", "РФ", "Ur", "Bab el-Mandeb 2"])
def test_abbreviations_and_short_names_are_left_alone(name: str) -> None:
    assert not forms(name, "de")


def test_other_languages_have_no_rules() -> None:
    assert not forms("Damas", "fr")
    assert not lemmas("Damas", "fr")


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("form", "language", "name"),
    [
        ("Warszawie", "pl", "Warsaw"),
        ("Сургута", "ru", "Surgut"),
        ("Чернівцях", "uk", "Chernivtsi"),
        ("Hamburgs", "de", "Hamburg"),
        ("부산에서", "ko", "Busan"),
        ("Trabzon'dan", "tr", "Trabzon"),
        ("بالخرطوم", "ar", "Khartoum"),
    ],
)
def test_the_gazetteer_finds_a_form_and_says_how(form: str, language: str, name: str) -> None:
    best = _gazetteer().candidates(form, language)[0]
    assert best.place.name == name
    assert best.why.startswith("a form of ")
    assert best.place not in [guess.place for guess in _gazetteer().candidates(form)]


@pytest.mark.parametrize(("name", "language"), [("Turku", "pl"), ("Туле", "ru"), ("Барі", "uk")])
def test_a_place_of_the_very_name_comes_first(name: str, language: str) -> None:
    exact = _gazetteer().candidates(name)
    found = _gazetteer().candidates(name, language)
    assert found[0].place in [candidate.place for candidate in exact]
    assert len(found) > len(exact)
