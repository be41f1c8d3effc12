"""Each name is placed by what the rest of the report says, and nothing is thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routes.model import Quote, Report, Resolution, Toponym
from routes.toponyms.context import adjectives, cued, is_beside, offices
from routes.toponyms.field import Field
from routes.toponyms.ranking import ALONE, AMONG, prior, shares, told_alone, told_among
from routes.toponyms.resolve import ALTERNATIVES, gather, resolve

if TYPE_CHECKING:
    from geodata.world import World


def named(text: str, *names: str) -> list[Toponym]:
    toponyms, start = [], 0
    for name in names:
        start = text.index(name, start)
        toponyms.append(Toponym(Quote.of(text, start, start + len(name))))
        start += len(name)
    return toponyms


def placed(
    world: World, text: str, *names: str, language: str = "en", bar: float | None = None
) -> tuple[Resolution, ...]:
    report = Report(text=text, id="test", language=language, sha256="")
    return resolve(named(text, *names), report, world, **({} if bar is None else {"bar": bar}))


def field_of(world: World, text: str, *names: str) -> Field:
    known = gather(named(text, *names), world.gazetteer, "en", {}).values()
    return Field.of_names([name for name in known if name.candidates])


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


def test_a_local_paper_means_the_towns_around(world: World) -> None:
    text = "Deputies of Walker County came to Huntsville from Conroe and Trinity, Texas."
    found = placed(world, text, "Walker County", "Huntsville", "Conroe", "Trinity", "Texas")
    assert [one.place.admin for one in found if one.place] == ["TX"] * 5


@pytest.mark.parametrize(
    ("told", "bare", "name", "language", "country"),
    [
        ("Der libanesische Zoll in Tripoli schwieg.", "Der Zoll in Tripoli schwieg.", "Tripoli", "de", "LB"),
        ("The University of Texas opens in Paris.", "The university opens in Paris.", "Paris", "en", "US"),
        ("The sheriff said that 9 percent left London.", "They said that some left London.", "London", "en", "US"),
    ],
)
def test_words_that_are_no_names_of_places_are_heard(
    world: World, told: str, bare: str, name: str, language: str, country: str
) -> None:
    def share(text: str) -> float:
        (found,) = placed(world, text, name, language=language, bar=1.01)
        return max(one.score for one in found.alternatives if one.place.country == country)

    assert share(told) > share(bare)


def test_below_the_bar_a_name_has_no_place_but_all_its_candidates(world: World) -> None:
    text = "a town called Springfield"
    (bold,) = placed(world, text, "Springfield", bar=0.0)
    (shy,) = placed(world, text, "Springfield", bar=1.01)
    assert bold.place
    assert shy.place is None
    assert shy.score == 0.0
    assert shy.alternatives[0].place == bold.place
    assert len(shy.alternatives) == ALTERNATIVES
    assert "not" in shy.why or "no place" in shy.why


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


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("North Korean shells and Iranian drones", "en", ["KP", "IR"]),
        ("libysche Häfen", "de", ["LY"]),
        ("полировать", "ru", []),
        ("🙂 ' -", "en", []),
    ],
)
def test_adjectives_point_to_countries(text: str, language: str, expected: list[str]) -> None:
    found = adjectives(text, language)
    assert [country for _, country in found if country != "KR"] == expected
    assert [start for start, _ in found] == sorted(start for start, _ in found)


def test_offices_tell_the_country_of_an_english_paper() -> None:
    assert offices("The sheriff and the commissioners met in the township.", "en") == ["US"]
    assert offices("The sheriff and the commissioners met.", "fr") == []
    assert offices("The mayor spoke.", "en") == []


def test_features_are_shares_and_beliefs_sum_to_one(world: World) -> None:
    text = "Paris, Texas and Georgia; Moscow, Alexandria and Springfield"
    field = field_of(world, text, "Paris", "Texas", "Georgia", "Moscow", "Alexandria", "Springfield")
    belief = prior(field)
    alone, among = told_alone(field, text, "en", world.gazetteer), told_among(field, belief)
    assert alone.shape == (len(field.places), len(ALONE))
    assert among.shape == (len(field.places), len(AMONG))
    for features in (alone, among):
        assert features.min() >= 0
        assert features.max() <= 1
    for values in (belief, shares(field, among.sum(axis=1))):
        assert field.sums(values) == pytest.approx([1.0] * len(field.names))


def test_what_one_name_may_mean_does_not_speak_for_itself(world: World) -> None:
    field = field_of(world, "Alexandria", "Alexandria")
    assert not told_among(field, prior(field)).any()
