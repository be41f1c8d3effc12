"""Names of places are found where they stand, in every script that we read."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.names import fold
from routes.model import Report
from routes.toponyms.endings import base_forms
from routes.toponyms.lookup import Form, Lookup
from routes.toponyms.recognise import best_apart, read_scene, recognise
from routes.toponyms.tokens import tokenise
from routes.toponyms.weights import bucket, load
from routes.training.decoys import decoys

if TYPE_CHECKING:
    from geodata.world import World


def report(text: str, language: str = "en") -> Report:
    return Report(text=text, id="test", language=language, sha256="")


def names(world: World, text: str, language: str) -> list[str]:
    return [toponym.quote.exact for toponym in recognise(report(text, language), world.gazetteer)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The tanker sailed from Rotterdam to Houston by way of Lisbon.", ["Rotterdam", "Houston", "Lisbon"]),
        ("en", "Grain goes by rail from Kazakhstan's north to Baku.", ["Kazakhstan", "Baku"]),
        ("de", "Der Zug fuhr von Hamburg über Warschau nach Moskau.", ["Hamburg", "Warschau", "Moskau"]),
        ("de", "Die Waffen wurden in den Nahen Osten verschifft.", ["Nahen Osten"]),
        ("fr", "Le navire a quitté Marseille pour Alger.", ["Marseille", "Alger"]),
        ("es", "El barco zarpó de Valencia hacia Argel.", ["Valencia", "Argel"]),
        ("ru", "Судно вышло из Новороссийска и прибыло в Стамбул.", ["Новороссийска", "Стамбул"]),
        ("uk", "Потяг вирушив з Києва до Варшави.", ["Києва", "Варшави"]),
        ("pl", "Pociąg wyruszył z Warszawy do Berlina.", ["Warszawy", "Berlina"]),
        ("tr", "Gemi Mersin'den İskenderiye'ye gitti.", ["Mersin", "İskenderiye"]),
        ("ko", "화물선이 부산에서 블라디보스토크로 떠났다.", ["부산", "블라디보스토크"]),
        ("zh", "货轮从上海驶往新加坡。", ["上海", "新加坡"]),
        ("ja", "貨物船は横浜から上海へ向かった。", ["横浜", "上海"]),
        ("ar", "أبحرت السفينة من بيروت إلى القاهرة.", ["بيروت", "القاهرة"]),
        ("fa", "کشتی از بندرعباس به دبی رفت.", ["بندرعباس", "دبی"]),
    ],
)
def test_names_are_found_as_they_stand(world: World, language: str, text: str, expected: list[str]) -> None:
    assert names(world, text, language) == expected


def test_common_words_that_are_also_towns_are_left_alone(world: World) -> None:
    assert names(world, "Das Essen war gut, und die Halle war voll.", "de") == []
    assert names(world, "She was reading a book on the bus, and he was mobile again.", "en") == []


def test_people_are_no_places(world: World) -> None:
    assert names(world, "Yesterday Denzel Washington and Jack London met Paris Hilton.", "en") == []


def test_a_name_that_the_gazetteer_lacks_is_found_by_the_words_around_it(world: World) -> None:
    text = "The cargo was shipped from Rotterdam to the port of Velmora, and from Velmora on to Baku."
    assert "Velmora" in names(world, text, "en")


def test_a_government_is_no_literal_place(world: World) -> None:
    text = "Moscow denied the report. The train left Moscow for Omsk on Monday."
    assert [toponym.literal for toponym in recognise(report(text), world.gazetteer)] == [False, True, True]


def test_nothing_is_found_in_nothing(world: World) -> None:
    assert recognise(report(""), world.gazetteer) == ()
    assert recognise(report(" \n\t"), world.gazetteer) == ()


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(["de", "ru", "ar", "ja", "zh", "ko", "pl", "und", ""]))
def test_any_text_survives_and_offsets_read_back(world: World, text: str, language: str) -> None:
    found = recognise(report(text, language), world.gazetteer)
    assert all(text[toponym.quote.start : toponym.quote.end] == toponym.quote.exact for toponym in found)
    assert all(a.quote.end <= b.quote.start for a, b in itertools.pairwise(found))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_names_amid_noise_read_back(world: World, data: st.DataObject) -> None:
    pieces = st.sampled_from(
        ["Moskau", " ", "\u0301", "'s", "-", "\u200c", "北京", "Straße", "ﬁ", "İzmir", "\n", "São", "부산항"]
    )
    text = "".join(data.draw(st.lists(pieces, max_size=20)))
    found = recognise(report(text, "de"), world.gazetteer)
    assert all(text[toponym.quote.start : toponym.quote.end] == toponym.quote.exact for toponym in found)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=60), language=st.sampled_from(["en", "ru", "ko"]))
def test_surrogates_and_what_else_a_broken_file_holds_survive(world: World, text: str, language: str) -> None:
    broken = f"Paris{text}Berlin \x00\u202e\ud800{text}"
    found = recognise(report(broken, language), world.gazetteer)
    assert all(broken[toponym.quote.start : toponym.quote.end] == toponym.quote.exact for toponym in found)


@settings(max_examples=60, deadline=None)
@given(sentence=st.text(max_size=80))
def test_a_sentence_put_at_the_end_leaves_quotes_that_read_back(world: World, sentence: str) -> None:
    text = "Der Zug fuhr von Hamburg über Warschau nach Moskau. "
    found = recognise(report(text + sentence, "de"), world.gazetteer)
    assert all((text + sentence)[toponym.quote.start : toponym.quote.end] == toponym.quote.exact for toponym in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. exports grain to Egypt.", ["U.S.", "Egypt"]),
        ("Trucks left Springfield, Ill., for Dayton, OH, on Monday.", ["Springfield", "Ill.", "Dayton", "OH"]),
        ("The sheriff of Wayne County spoke to reporters.", ["Wayne County"]),
    ],
)
def test_abbreviations_of_states_are_names(world: World, text: str, expected: list[str]) -> None:
    assert names(world, text, "en") == expected


def test_a_postal_abbreviation_is_a_word_elsewhere(world: World) -> None:
    assert names(world, "OR SO THE MAYOR SAID TO ME", "en") == []


@pytest.mark.parametrize("piece", ["a", "Ab", "-", "\u0301", "\ud800", "부산", "ア", "وب", "\u200b", "1"])
def test_text_without_a_space_takes_no_longer(world: World, piece: str) -> None:
    started = time.process_time()
    recognise(report(piece * 200_000), world.gazetteer)
    assert time.process_time() - started < 5


def test_the_same_text_gives_the_same_names(world: World) -> None:
    text = report("Ein Schiff fuhr von Odessa durch den Bosporus nach Port Said und weiter nach Mombasa.", "de")
    assert recognise(text, world.gazetteer) == recognise(text, world.gazetteer)


def test_time_grows_with_the_text_and_no_faster(world: World) -> None:
    line = "The ministry said on Monday that trucks with grain from Odesa reached Constanta and Warsaw without delay.\n"
    recognise(report(line), world.gazetteer)
    started = time.process_time()
    found = recognise(report(line * 2_000), world.gazetteer)
    assert time.process_time() - started < 10
    assert len(found) == 3 * 2_000


@pytest.mark.parametrize(
    ("language", "written", "base"),
    [
        ("ru", "Москвы", "Москва"),
        ("ru", "Владивостоке", "Владивосток"),
        ("ru", "Чёрного моря", "Чёрное море"),
        ("uk", "Києва", "Київ"),
        ("pl", "Gdyni", "Gdynia"),
        ("pl", "Lwowa", "Lwów"),
        ("de", "Russlands", "Russland"),
        ("de", "Schwarzen Meeres", "Schwarzes Meer"),
        ("de", "RUSSLANDS", "Russland"),
        ("ru", "Ростове-на-Дону", "Ростов-на-Дону"),
    ],
)
def test_inflected_forms_lead_back_to_their_base(language: str, written: str, base: str) -> None:
    assert fold(base) in base_forms(written, language)


def test_a_word_of_its_own_is_no_ending() -> None:
    assert fold("Hamburg") not in base_forms("Hamburg es", "de")


def test_a_language_without_rules_has_no_base_forms() -> None:
    assert base_forms("Paris", "fr") == ()


def test_a_compass_point_before_a_name_is_a_part_of_the_place(world: World) -> None:
    found = Lookup(world.gazetteer, "de").find("Westpolen")
    assert (found.form, found.candidates[0].place.id) == (Form.COMPASS, "country:PL")


def test_a_german_umlaut_is_not_folded_away(world: World) -> None:
    assert Lookup(world.gazetteer, "de").find("Länder").form is Form.UNKNOWN
    assert Lookup(world.gazetteer, "de").find("München").form is Form.EXACT


def test_tokens_cover_every_letter_in_every_script() -> None:
    text = "Über 3 Züge, ab 横浜のポートへ; عمّان كي‌یف 부산에서"
    tokens = tokenise(text)
    held = {index for start, end in zip(tokens.starts, tokens.ends, strict=True) for index in range(start, end)}
    assert all(character.isspace() for index, character in enumerate(text) if index not in held)
    assert "ポート" in tokens.words
    assert "横" in tokens.words


def test_overlapping_candidates_give_way_to_the_best_set(world: World) -> None:
    scene = read_scene(report("New York City Hall"), world.gazetteer)
    spans = [span for span in scene.spans if span.start in (0, 4, 9)][:3]
    assert best_apart(spans, [-1.0] * len(spans)) == []
    chosen = best_apart(scene.spans, [float(span.end - span.start) for span in scene.spans])
    assert sum(span.end - span.start for span in chosen) <= len("New York City Hall")
    assert all(a.end <= b.start for a, b in itertools.pairwise(chosen))


def test_weights_are_remembered_by_feature() -> None:
    weights, _ = load()
    assert weights["*"] == weights.values_by_bucket[bucket("*")]
    assert weights.log_odds(["*", "l1=from"]) == pytest.approx(weights["*"] + weights["l1=from"])


def test_made_up_news_is_the_same_every_time_and_its_names_read_back() -> None:
    pieces = decoys()
    assert pieces == decoys()
    assert {piece["lang"] for piece in pieces} >= {"en", "de", "ru", "ko", "ar"}
    for piece in pieces:
        assert not set("[]{}") & set(piece["text"])
        ends = [0]
        for toponym in piece["toponyms"]:
            assert ends[-1] <= toponym["start"] < toponym["end"] <= len(piece["text"])
            assert (
                piece["text"][toponym["start"] : toponym["end"]].strip()
                == (piece["text"][toponym["start"] : toponym["end"]])
            )
            ends.append(toponym["end"])
