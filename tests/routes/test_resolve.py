"""Each name is placed by what the rest of the report says, and nothing is thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routes.model import Quote, Report, Resolution, Toponym
from routes.toponyms.context import cued, is_beside
from routes.toponyms.resolve import ALTERNATIVES, resolve

if TYPE_CHECKING:
    from geodata.world import World


def placed(world: World, text: str, *names: str, language: str = "en") -> tuple[Resolution, ...]:
    toponyms, start = [], 0
    for name in names:
        start = text.index(name, start)
        toponyms.append(Toponym(Quote.of(text, start, start + len(name))))
        start += len(name)
    return resolve(toponyms, Report(text=text, id="test", language=language, sha256=""), world)


def countries(resolutions: tuple[Resolution, ...]) -> list[str | None]:
    return [resolution.place.country if resolution.place else None for resolution in resolutions]


def test_a_state_or_country_named_beside_a_town_decides(world: World) -> None:
    assert countries(placed(world, "a fire in Alexandria, Virginia", "Alexandria", "Virginia")) == ["US", "US"]
    assert countries(placed(world, "a fire in Alexandria, Egypt", "Alexandria", "Egypt")) == ["EG", "EG"]


def test_neighbours_decide_between_namesakes(world: World) -> None:
    lebanese = "from Beirut and Sidon up to Tripoli in a day"
    libyan = "from Benghazi and Misrata to Tripoli in a day"
    assert countries(placed(world, lebanese, "Beirut", "Sidon", "Tripoli"))[2] == "LB"
    assert countries(placed(world, libyan, "Benghazi", "Misrata", "Tripoli"))[2] == "LY"


def test_georgia_is_a_country_unless_its_neighbours_are_american(world: World) -> None:
    assert placed(world, "Gas flows through Georgia to Turkey.", "Georgia", "Turkey")[0].place.id == "country:GE"  # type: ignore[union-attr]
    american = "Peaches from Georgia, where Atlanta and Savannah wait"
    assert countries(placed(world, american, "Georgia", "Atlanta", "Savannah"))[0] == "US"


def test_mentions_of_one_name_get_one_place(world: World) -> None:
    found = placed(world, "Tripoli, said Tripoli, near Beirut", "Tripoli", "Tripoli", "Beirut")
    assert found[0].place == found[1].place


def test_an_unknown_name_stays_without_a_place(world: World) -> None:
    (found,) = placed(world, "the port of Qwerthaven", "Qwerthaven")
    assert found.place is None
    assert found.name == "Qwerthaven"
    assert found.alternatives == ()
    assert found.why


def test_alternatives_are_kept_best_first_without_the_chosen(world: World) -> None:
    (found,) = placed(world, "a town called Alexandria", "Alexandria")
    scores = [found.score, *(candidate.score for candidate in found.alternatives)]
    assert len(found.alternatives) == ALTERNATIVES
    assert found.place not in [candidate.place for candidate in found.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert found.why


@pytest.mark.parametrize(
    ("text", "name", "language", "place_id"),
    [
        ("Die Kämpfe in Nordpolen", "Nordpolen", "de", "country:PL"),
        ("поезд из Москвы", "Москвы", "ru", "geonames:524901"),
        ("zug nach Moskau", "Moskau", "de", "geonames:524901"),
        ("Russlands Häfen", "Russlands", "de", "country:RU"),
    ],
)
def test_inflected_and_compound_names_are_placed(
    world: World, text: str, name: str, language: str, place_id: str
) -> None:
    (found,) = placed(world, text, name, language=language)
    assert found.place
    assert found.place.id == place_id


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(
        st.sampled_from(["Paris", "Georgia", "Moskau", "Qwerthaven", "上海", "Alexandria", "–", "'s"]), max_size=12
    )
)
def test_every_toponym_gets_one_resolution_in_order(world: World, names: list[str]) -> None:
    text = " ".join(names)
    found = placed(world, text, *names, language="de")
    assert [resolution.toponym.quote.exact for resolution in found] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paris, Texas", True),
        ("Paris in Texas", True),
        ("Paris (Texas", True),
        ("Paris and Texas", False),
        ("Paris. Texas", False),
    ],
)
def test_what_says_where_a_place_lies(text: str, expected: bool) -> None:  # noqa: FBT001  # a table's answer, not a switch
    assert is_beside(text, len("Paris"), text.index("Texas")) is expected


def test_words_beside_a_name_tell_its_kind() -> None:
    assert {str(kind) for kind in cued("the port of Olya", 12, 16)} == {"port"}
    assert {str(kind) for kind in cued("부산항에", 0, 2)} == {"port"}
    assert cued("reported Olya", 9, 13) == frozenset()
