from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geodata.names import fold, fold_with_offsets

SCRIPTS = "aZéßİıŁøẞ 'ʼ’-–\u00ad\u0301\u0308Ёй\u0456北하ハガ・ｶﾞᄒ\u1161اأيىكة\u0640\u064b\u200cגα\n\t"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Port-au-Prince", "port au prince"),
        ("Straße von Hormus", "Strasse von Hormus"),
        ("Małaszewicze", "Malaszewicze"),
        ("Sèmè-Kpodji", "Seme Kpodji"),
        ("İstanbul", "istanbul"),
        ("Hassi R'Mel", "Hassi R’Mel"),
        ("Чёрное море", "черное море"),
        ("ایران", "ايران"),
        ("أمريكا", "امریکا"),
        ("バブ・エル・マンデブ", "バブエルマンデブ"),
        ("دره\u0654 صوف", "دره صوف"),
        ("در\u06c0 صوف", "دره صوف"),
        ("Cafe\u0301", "Café"),
        (unicodedata.normalize("NFD", "하산"), "하산"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ハ", "バ"), ("Kiel", "Kiew"), ("Oder", "Order")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60) | st.text(alphabet=SCRIPTS, max_size=30))
@example("-a-")
@example("e\u0301\u0323 x")
def test_folding_text_and_names_agree(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


def test_offsets_lead_back_to_the_text() -> None:
    text = "Von Tumangang  nach\nWladiwostók, Straße"
    folded, offsets = fold_with_offsets(text)
    start = folded.index("wladiwostok")
    assert text[offsets[start] : offsets[start + len("wladiwostok")]] == "Wladiwostók"
    start = folded.index("strasse")
    assert text[offsets[start] : offsets[start + len("strasse")]] == "Straße"
