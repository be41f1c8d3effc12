from __future__ import annotations

import unicodedata

import pytest

from geodata.gazetteer import Feature, Gazetteer, Place
from geodata.names import fold, fold_with_offsets


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def written(gazetteer: Gazetteer) -> list[Place]:
    return [place for place in gazetteer if not place.id.startswith("geonames:")]


@pytest.mark.parametrize(
    ("name", "language", "place_id"),
    [
        ("Nordkorea", "de", "country:KP"),
        ("DVRK", "de", "country:KP"),
        ("КНДР", "ru", "country:KP"),
        ("北朝鮮", "ja", "country:KP"),
        ("북한", "ko", "country:KP"),
        ("U.S.", "en", "country:US"),
        ("Vereinigten Staaten", "de", "country:US"),
        ("Irans", "de", "country:IR"),
        ("Weißrussland", "de", "country:BY"),
        ("DR Kongo", "de", "country:CD"),
        ("Nahen Osten", "de", "region:middle-east"),
        ("Ближнем Востоке", "ru", "region:middle-east"),
        ("russischen Fernen Osten", "de", "region:russian-far-east"),
        ("Schwarzen Meeres", "de", "water:black-sea"),
        ("Suezkanal", "de", "canal:suez"),
        ("Tumangang", "de", "strategic:tumangang"),
        ("Chassan", "de", "strategic:khasan"),
        ("Khasan", "en", "strategic:khasan"),
        ("Olya", "en", "strategic:olya"),
        ("Moskaus", "de", "geonames:524901"),
        ("Києва", "uk", "geonames:703448"),
        ("Wladiwostok", "de", "geonames:2013348"),
        ("Washington", "en", "geonames:4140963"),
        ("New York", "en", "geonames:5128581"),
        ("Georgia", "en", "country:GE"),
        ("Hodeidah", "en", "geonames:79415"),
    ],
)
def test_a_name_finds_its_place_first(gazetteer: Gazetteer, name: str, language: str, place_id: str) -> None:
    assert gazetteer.candidates(name, language)[0].place.id == place_id


def test_other_bearers_of_a_name_are_kept(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("Georgia", "en")
    assert {"country:GE", "admin:US-GA"} <= {candidate.place.id for candidate in found}
    assert [candidate.score for candidate in found] == sorted((candidate.score for candidate in found), reverse=True)
    assert all(0 < candidate.score <= 1 and candidate.why for candidate in found)


@pytest.mark.parametrize("name", ["", " ", "-", "Qwrtzpl", "\x00", "a" * 10_000])
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name, "ru") == ()


def test_a_place_by_its_id(gazetteer: Gazetteer) -> None:
    place = gazetteer.place("geonames:2013348")
    assert (place.name, place.country, place.feature) == ("Vladivostok", "RU", Feature.TOWN)
    assert place.position == pytest.approx((131.87, 43.11), abs=0.01)


@pytest.mark.parametrize(
    "place_id", ["", "geonames:1", "geonames:x", "geonames:²", "geonames:99999999999", "country:XX"]
)
def test_an_unknown_id_is_told(gazetteer: Gazetteer, place_id: str) -> None:
    with pytest.raises(LookupError, match="has no place"):
        gazetteer.place(place_id)


def test_names_are_found_in_running_text(gazetteer: Gazetteer) -> None:
    text = "Güter rollen von Tumangang über den Nahen\nOsten."
    folded, offsets = fold_with_offsets(text)
    found = {
        text[offsets[start] : offsets[end]]
        for start in range(len(folded))
        for end, count in gazetteer.prefixes(folded, start)
        if count
    }
    assert {"Tumangang", "Nahen\nOsten"} <= found


def test_prefixes_count_the_bearers(gazetteer: Gazetteer) -> None:
    folded = fold("Georgia on my mind")
    ends = dict(gazetteer.prefixes(folded, 0))
    assert ends[len("georgia")] == len(gazetteer.candidates("Georgia"))


@pytest.mark.parametrize(("name", "near"), [("Vladivostock", "Vladivostok"), ("Sanct Petersburg", "Saint Petersburg")])
def test_near_spellings(gazetteer: Gazetteer, name: str, near: str) -> None:
    assert near in gazetteer.spellings(name)


def test_no_near_spellings_of_nonsense(gazetteer: Gazetteer) -> None:
    assert gazetteer.spellings("Xqztvw") == ()
    assert gazetteer.spellings("") == ()


def test_ids_are_unique(gazetteer: Gazetteer) -> None:
    ids = [place.id for place in gazetteer]
    assert len(ids) == len(set(ids)) == len(gazetteer)


def test_names_are_names(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        for name in (place.name, *(name for names in place.names.values() for name in names)):
            assert name == name.strip()
            assert unicodedata.is_normalized("NFC", name)
            assert len(name) > 1 or not name.isascii()


def test_positions_are_on_the_globe(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        assert -180 <= place.position.longitude <= 180
        assert -90 <= place.position.latitude <= 90
        assert place.radius_km > 0


def test_every_entry_of_ours_is_found_by_its_names(gazetteer: Gazetteer, written: list[Place]) -> None:
    for place in written:
        for names in place.names.values():
            assert place.id in {candidate.place.id for candidate in gazetteer.candidates(names[0])}
