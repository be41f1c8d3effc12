from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.gazetteer import Feature, Place
from geodata.position import Position
from routes.claims import clauses
from routes.claims.attributes import carried, dates, pick, quantities, relative
from routes.claims.attributes.claimed import date as date_of
from routes.claims.attributes.scope import LONGEST_SCOPE, around
from routes.model import Factuality, Quote, Report, Resolution, Toponym

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from routes.claims.attributes import Carried
    from routes.claims.attributes.pick import Outside
    from routes.claims.clauses import Reading


def reading_of(text: str, language: str, *names: str) -> Reading:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    resolutions = [
        Resolution(Toponym(Quote.of(text, *span)), Place(name, name, Position(0.0, 0.0), Feature.TOWN), 1.0)
        for name, span in zip(names, spans, strict=True)
    ]
    return clauses.read(Report(text=text, id="t", language=language, sha256=""), resolutions)


def carried_by(
    text: str,
    language: str,
    *names: str,
    factuality: Factuality = Factuality.CERTAIN,
    outside: Mapping[str, Outside] | None = None,
) -> Carried:
    reading = reading_of(text, language, *names)
    return carried(reading, reading.mentions, "2024-03-14", factuality, outside)


def test_goods_source_date_and_quantity_are_verbatim() -> None:
    text = "According to a port official, 13,000 tonnes of wheat were shipped from Odesa to Beirut last week."
    got = carried_by(text, "en", "Odesa", "Beirut")
    assert got.cargo == "wheat"
    assert got.attribution == "port official"
    assert got.date == "2024-03-04/2024-03-10"
    assert got.quantity == "13,000 tonnes"


def test_nothing_is_made_up() -> None:
    got = carried_by("A line runs from Odesa to Beirut.", "en", "Odesa", "Beirut")
    assert (got.attribution, got.date, got.quantity) == (None, None, None)


@pytest.mark.parametrize(
    ("language", "words", "iso"),
    [
        ("en", "yesterday", "2024-03-13"),
        ("en", "on Monday", "2024-03-11"),
        ("en", "on Thursday", "2024-03-14"),  # the report's own day
        ("en", "on 3 February 2023", "2023-02-03"),
        ("en", "on February 3rd, 2023", "2023-02-03"),
        ("en", "in February", "2024-02"),
        ("en", "in April 2022", "2022-04"),
        ("en", "in 2021", "2021"),
        ("en", "between March and May 2022", "2022-03/2022-05"),
        ("de", "gestern", "2024-03-13"),
        ("de", "am 3. Februar", "2024-02-03"),
        ("de", "am 03.02.2023", "2023-02-03"),
        ("de", "im vergangenen Jahr", "2023"),
        ("de", "Ende Januar", "2024-01"),
        ("fr", "la semaine dernière", "2024-03-04/2024-03-10"),
        ("fr", "le 1er mars 2023", "2023-03-01"),
        ("es", "el 5 de enero de 2024", "2024-01-05"),
        ("it", "tre giorni fa", "2024-03-11"),
        ("pt", "no mês passado", "2024-02"),
        ("nl", "vorige maand", "2024-02"),
        ("pl", "w zeszłym tygodniu", "2024-03-04/2024-03-10"),
        ("tr", "geçen ay", "2024-02"),
        ("ru", "в феврале", "2024-02"),
        ("ru", "в марте 2023 года", "2023-03"),
        ("ru", "на прошлой неделе", "2024-03-04/2024-03-10"),
        ("uk", "торік", "2023"),
        ("ar", "الشهر الماضي", "2024-02"),
        ("fa", "سال گذشته", "2023"),
        ("ko", "지난달", "2024-02"),
        ("ko", "지난달 15일", "2024-02-15"),
        ("ko", "3월 5일", "2024-03-05"),
        ("zh", "去年9月", "2023-09"),
        ("zh", "2023年3月5日", "2023-03-05"),
        ("ja", "先月", "2024-02"),
    ],
)
def test_dates_keep_the_precision_of_the_text(language: str, words: str, iso: str) -> None:
    reading = reading_of(f"§A§ {words} §B§", language, "§A§", "§B§")
    assert date_of(reading, reading.mentions, (0, len(reading.text)), "2024-03-14", ahead=False) == iso


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("yesterday", None),  # no day to count from
        ("in March", None),
        ("in December", "2024-11-10"),  # last year's, or the coming one
        ("since January", "2024-03-14"),
        ("on 31 February 2024", "2024-03-14"),
        ("may", "2024-03-14"),
        ("at 2023 metres", "2024-03-14"),
        ("yesterday", "not a date"),
    ],
)
def test_what_is_not_clear_is_not_guessed(words: str, published: str | None) -> None:
    reading = reading_of(f"§A§ {words} §B§", "en", "§A§", "§B§")
    assert date_of(reading, reading.mentions, (0, len(reading.text)), published, ahead=False) is None


def test_the_date_of_a_statement_is_not_that_of_the_journey() -> None:
    got = carried_by("Kirby said on Tuesday that shells went from Odesa to Beirut.", "en", "Odesa", "Beirut")
    assert got.date is None


def test_of_a_plan_the_months_lie_ahead() -> None:
    text = "Grain will go from Odesa to Beirut in April."
    assert carried_by(text, "en", "Odesa", "Beirut", factuality=Factuality.PLANNED).date == "2024-04"


def test_relative_dates_do_not_hang_on_the_clock() -> None:
    assert relative.days("last month", "en", date(1999, 3, 31), ahead=False) == (date(1999, 2, 1), date(1999, 2, 28))
    assert relative.days("words of no date", "en", date(1999, 3, 31), ahead=False) is None
    assert relative.days("gestern", "xx", date(1999, 3, 31), ahead=False) is None


@pytest.mark.parametrize(
    ("first", "last", "iso"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2023, 1, 1), date(2024, 12, 31), "2023/2024"),
        (date(2024, 2, 3), date(2024, 2, 5), "2024-02-03/2024-02-05"),
    ],
)
def test_interval(first: date, last: date, iso: str) -> None:
    assert dates.interval(first, last) == iso


@pytest.mark.parametrize(
    ("language", "text", "goods", "quantity"),
    [
        ("en", "more than 20 tonnes of crude oil", "crude oil", "more than 20 tonnes"),
        ("en", "13,000 containers left", "containers", "13,000 containers"),
        ("en", "three ships with oil", "oil", None),
        ("en", "in 2023 oil", "oil", None),
        ("de", "über eine Million Granaten", "Granaten", "über eine Million Granaten"),
        ("ru", "около двух тысяч тонн зерна", "зерна", "около двух тысяч тонн"),
        ("fr", "Cent trente groupes électrogènes", "groupes électrogènes", "Cent trente groupes électrogènes"),
        ("ko", "밀 3만 톤이", "밀", "3만 톤"),
        ("ko", "자주포 3차분", "자주포", None),
        ("zh", "约300吨大豆", "大豆", "约300吨"),
        ("ja", "覚醒剤約300キロ", "覚醒剤", "約300キロ"),
        ("fa", "بیست هزار تن گندم", "گندم", "بیست هزار تن"),
    ],
)
def test_quantities_are_those_of_the_goods(language: str, text: str, goods: str, quantity: str | None) -> None:
    reading = reading_of(text, language)
    start = text.rindex(goods)
    assert quantities.quantity(reading, (start, start + len(goods)), (0, len(text))) == quantity


def test_without_goods_only_a_single_amount_with_a_unit_counts() -> None:
    reading = reading_of("200 tonnes went, 300 tonnes stayed", "en")
    assert quantities.quantity(reading, None, (0, 15)) == "200 tonnes"
    assert quantities.quantity(reading, None, (0, len(reading.text))) is None


def test_an_encoder_can_be_heard() -> None:
    text = "Odesa sent wheat and things to Beirut."

    def prefers_things(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.array([100.0 * (text[a:b] == "things") for a, b in zip(starts, ends, strict=True)])

    assert carried_by(text, "en", "Odesa", "Beirut", outside={"cargo": prefers_things}).cargo == "things"


def test_weights_are_small_and_whole() -> None:
    for kind in ("cargo", "attribution"):
        model = pick.weights(kind)
        assert model.written.shape[1] == len(pick.PARTS)
        assert np.isfinite(model.written).all()


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ru", "ar", "fa", "ko", "zh", "ja", "tr", "und"]))
@settings(deadline=None, max_examples=150)
def test_any_text_is_survived_and_what_is_named_reads_back(text: str, language: str) -> None:
    text = f"§A§ {text} §B§"
    reading = reading_of(text, language, "§A§", "§B§")
    got = carried(reading, reading.mentions, "2024-03-14", Factuality.CERTAIN)
    for words in (got.cargo, got.attribution, got.quantity):
        assert words is None or words in text


@pytest.mark.parametrize("filler", ["wheat ", "12 ", "3 March ", "yesterday ", "1,", "1 000 ", "万", "A", "§"])
def test_long_texts_cost_no_more_than_a_bounded_scope(filler: str) -> None:
    text = "§A§ " + filler * (200_000 // len(filler)) + " §B§"
    reading = reading_of(text, "en", "§A§", "§B§")
    scope = around(reading, reading.mentions)
    assert int(scope.ends[-1] - scope.starts[0]) <= LONGEST_SCOPE
    started = time.process_time()
    carried(reading, reading.mentions, "2024-03-14", Factuality.CERTAIN)
    assert time.process_time() - started < 2
