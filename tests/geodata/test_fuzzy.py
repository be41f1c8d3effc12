from __future__ import annotations

import random
import time
from itertools import islice

import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geodata.fuzzy import LONG, _letters_of, near
from geodata.gazetteer import Gazetteer
from geodata.index import NameIndex


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def names(gazetteer: Gazetteer) -> NameIndex:
    index = gazetteer._layers[0].names
    assert isinstance(index, NameIndex)
    return index


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Vladivostock", "geonames:2013348"),
        ("Ladivostok", "geonames:2013348"),  # the first letter left out
        ("Bladivostok", "geonames:2013348"),
        ("Valdivostok", "geonames:2013348"),  # exchanged
        ("Wladiwostokk", "geonames:2013348"),
        ("Wldiwostokk", "geonames:2013348"),  # two in a long name
        ("Владивастак", "geonames:2013348"),
        ("Tumangng", "strategic:tumangang"),
        ("Bandr Abas", "geonames:141681"),
        ("Saint Petersbrug", "geonames:498817"),
        ("평얀", "geonames:1871859"),
        ("Mosccow", "geonames:524901"),
    ],
)
def test_typing_errors_are_found_when_asked_for(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert place_id not in {candidate.place.id for candidate in gazetteer.candidates(name)}
    best = gazetteer.candidates(name, fuzzy=True)[0]
    assert best.place.id == place_id
    assert "off “" in best.why


def test_what_is_spelled_right_stays_first(gazetteer: Gazetteer) -> None:
    exact = gazetteer.candidates("Rajin")
    fuzzy = gazetteer.candidates("Rajin", fuzzy=True)
    assert exact
    assert fuzzy[: len(exact)] == exact
    assert len(fuzzy) > len(exact)
    assert len({candidate.place.id for candidate in fuzzy}) == len(fuzzy)
    scores = [candidate.score for candidate in fuzzy]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", ["", "x", "Xqztvw", "-", "\x00", "a" * 10_000])
def test_nonsense_stays_nonsense(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name, fuzzy=True) == ()
    assert gazetteer.spellings(name) == ()


def test_all_names_within_reach_are_found(names: NameIndex) -> None:
    every = list(names.trie.iterkeys(""))
    latin = [key for key in every if key.isascii() and key.replace(" ", "").isalpha() and 3 <= len(key) <= 20]
    asked = [*random.Random(3).sample(latin, 12), "vladivostock", "владивастак", "평얀", "北平京"]  # noqa: S311  # no secret
    for key in asked:
        reach = 2 if len(key) > LONG else 1
        found = process.extract(key, every, scorer=OSA.distance, score_cutoff=reach, limit=None)
        truth = {other for other, _, _ in found if not set(other) - set(_letters_of(key))}
        assert {other for _, other in near(names, key)} == truth - {key}, key


def test_it_is_fast(gazetteer: Gazetteer) -> None:
    asked = ["Vladivostock", "Bandr Abas", "Saint Petersbrug", "Mombassa", "Rotterdm"]
    start = time.perf_counter()
    for name in asked:
        gazetteer.spellings(name)
    assert (time.perf_counter() - start) / len(asked) < 0.5  # 15 ms on an idle machine


def test_spellings_know_errors_in_the_first_letter(gazetteer: Gazetteer) -> None:
    assert "Vladivostok" in gazetteer.spellings("Fladivostok")
    assert len(list(islice(gazetteer.spellings("Bor", limit=5), 9))) == 5
