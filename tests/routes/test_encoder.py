"""The encoder cuts texts with exact offsets, and gives the same states for the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import routes
from routes.claims import encoded
from routes.encoder import heads
from routes.encoder.network import DATA, OVERLAP, WINDOW, encode, load, unpack, windows
from routes.model import Report
from routes.toponyms import blend
from routes.toponyms.recognise import recognise_encoded

if TYPE_CHECKING:
    from geodata.world import World

TEXTS = {
    "en": "The tanker sailed from Rotterdam to Houston by way of Lisbon.",
    "de": "Die Waffen wurden über Südukraine in den Nahen Osten verschifft.",
    "ru": "Судно вышло из Новороссийска и прибыло в Стамбул.",
    "ar": "أبحرت السفينة من بيروت إلى القاهرة.",
    "fa": "کشتی از بندرعباس به دبی رفت و می‌رود.",
    "ko": "화물선이 부산에서 블라디보스토크로 떠났다.",
    "zh": "货轮从上海驶往新加坡。",
    "ja": "貨物船は横浜から上海へ向かった。",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_pieces_read_back_from_the_text(text: str) -> None:
    vocabulary = load().vocabulary
    pieces = vocabulary.cut(text)
    for row, start, end in zip(pieces.rows.tolist(), pieces.starts, pieces.ends, strict=True):
        if row != vocabulary.unknown:
            assert text[start:end] == vocabulary.trie.restore_key(row).lstrip("▁") or not text[start:end].isascii()
    assert "".join(text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)) == "".join(
        text.replace("\u200c", " ").split()
    )


@given(st.text(max_size=200))
def test_any_text_is_cut_in_order(text: str) -> None:
    pieces = load().vocabulary.cut(text)
    assert (pieces.starts <= pieces.ends).all()
    assert (pieces.starts[:-1] <= pieces.starts[1:]).all()
    assert (pieces.ends[:-1] <= pieces.ends[1:]).all()
    assert pieces.ends.max(initial=0) <= len(text)


@given(st.integers(0, 5000))
def test_windows_answer_for_each_piece_once(length: int) -> None:
    found = windows(length)
    assert [k for _, low, high in found for k in range(low, high)] == list(range(length))
    for start, low, high in found:
        assert start <= low <= high <= start + WINDOW
        assert not start or low - start >= OVERLAP // 2


def test_embeddings_unpack_to_numbers_of_their_scale() -> None:
    block = np.zeros((1, 1, 18), np.uint8)
    block[0, 0, :2] = np.frombuffer(np.float16(0.5).tobytes(), np.uint8)
    block[0, 0, 2:] = 0x97
    numbers = unpack(block)[0]
    assert numbers[:16].tolist() == [-0.5] * 16
    assert numbers[16:].tolist() == [0.5] * 16


def test_the_same_text_gives_the_same_states() -> None:
    first = encode(TEXTS["de"]).states
    encode.cache_clear()
    assert np.array_equal(first, encode(TEXTS["de"]).states)


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    encoding = encode(text)
    assert len(encoding.states) == len(encoding.pieces)
    opinion = blend.Opinion.of(encoding)
    assert all(0 <= start < end <= len(text) for start, end in blend.proposals(opinion))


def test_heads_answer_for_every_pair_within_reach() -> None:
    encoding = encode(TEXTS["en"])
    spans = [
        encoding.pieces.within(TEXTS["en"].index(n), TEXTS["en"].index(n) + len(n))
        for n in ("Rotterdam", "Houston", "Lisbon")
    ]
    asked = heads.within_reach(["a", "b", "c"])
    scores = heads.pairs(encoding, spans, asked, np.zeros(len(asked), np.int32))
    assert scores.shape == (6, heads.ANSWERS)
    assert heads.parts(encoding, spans).sum(axis=1) == pytest.approx(1)
    legs = dict(zip(map(tuple, asked.tolist()), scores[:, heads.LEG], strict=True))
    assert legs[0, 2] > legs[2, 0]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Rotterdam", "Houston", "Lisbon"]),
        ("ru", ["Новороссийска", "Стамбул"]),
        ("ko", ["부산", "블라디보스토크"]),
    ],
)
def test_names_are_found_with_the_encoder_too(world: World, language: str, expected: list[str]) -> None:
    report = Report(text=TEXTS[language], id="test", language=language, sha256="")
    assert [t.quote.exact for t in recognise_encoded(report, world.gazetteer)] == expected


def test_what_ships_is_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 45_000_000


def test_weights_of_the_blend_are_complete() -> None:
    names, literal = blend.weights()
    assert len(names) == len(blend.NAME_FEATURES)
    assert len(literal) == len(blend.LITERAL_FEATURES)


@pytest.mark.parametrize(
    ("language", "text", "stops"),
    [
        ("en", "Shells were shipped by rail from Tumangang to Khasan.", ["Tumangang", "Khasan"]),
        ("de", "Das Schiff brachte Weizen von Odessa nach Alexandria.", ["Odessa", "Alexandria"]),
        ("ru", "Судно доставило зерно из Новороссийска в Стамбул.", ["Новороссийска", "Стамбул"]),
    ],
)
def test_routes_are_read_with_the_encoder(world: World, language: str, text: str, stops: list[str]) -> None:
    findings = routes.find_routes(routes.report_of(text, language=language), world=world, reader="encoder")
    (route,) = findings.routes
    assert [stop.resolution.toponym.quote.exact for stop in route.claim.stops] == stops
    assert all(text[q.start : q.end] == q.exact for q in route.claim.quotes)


def test_weights_of_claims_are_complete() -> None:
    table = encoded.weights()
    assert len(table["leg"]) == len(table["order"]) == len(encoded.PAIR_FEATURES)
    assert len(table["report"]) == len(encoded.REPORT_FEATURES)
