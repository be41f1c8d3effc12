"""What a user says of names wins: corrections, and toponyms that are known beforehand."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import routes
from routes.errors import GivenError, ReportError
from routes.model import AS_SAID, Quote, Resolution, Toponym
from routes.toponyms.given import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.world import World
    from routes.model import Findings

LIBYAN, LEBANESE = "geonames:2210247", "geonames:266826"
SAILED = "A ship sailed from Beirut to Tripoli with arms for Foo."


def said(findings: Findings) -> list[tuple[str, str | None]]:
    """Which names were placed as the user said."""
    return [(it.toponym.quote.exact, it.place.id) for it in findings.resolutions if it.place and it.why == AS_SAID]


def marks(text: str, places: dict[str, Any], language: str = "en") -> list[str]:
    report = routes.report_of(text, language=language)
    return [exact for exact, _ in said(routes.find_routes(report, places=places))]


def record(text: str, name: str, /, **told: Any) -> dict[str, Any]:
    start = text.index(name)
    return {"start": start, "end": start + len(name), "text": name, **told}


def test_a_correction_decides_and_the_claim_uses_it() -> None:
    assert routes.find_routes(SAILED).resolutions[1].place.id == LEBANESE  # type: ignore[union-attr]
    found = routes.find_routes(SAILED, places={"Tripoli": LIBYAN})
    assert said(found) == [("Tripoli", LIBYAN)]
    assert found.resolutions[1].score == 1
    assert LEBANESE in [it.place.id for it in found.resolutions[1].alternatives]
    ends = [stop.place.id for stop in found.routes[0].claim.stops if stop.place]
    assert ends[-1] == LIBYAN
    (told,) = [
        it["properties"] for it in routes.to_geojson(found)["features"] if it["properties"].get("place") == LIBYAN
    ]
    assert told["why"] == AS_SAID
    assert AS_SAID in routes.draw(found).get_root().render()


def test_a_corrected_name_helps_to_place_the_others() -> None:
    text = "Trucks were seen in Tripoli, and one of them in Tarhuna and in Alexandria."
    near = routes.find_routes(text, places={"Tripoli": LIBYAN}).resolutions
    assert [it.place.country for it in near if it.place][:2] == ["LY", "LY"]


def test_a_correction_by_position_is_a_place_of_the_users() -> None:
    found = routes.find_routes(SAILED, places={"Foo": (13.19, 32.89), "Tripoli": "35.84,34.43"})
    tripoli, foo = found.resolutions[1:]
    assert foo.place
    assert (foo.place.name, foo.place.position, foo.place.country) == ("Foo", (13.19, 32.89), "LY")
    assert tripoli.place
    assert (tripoli.place.position, tripoli.place.country) == ((35.84, 34.43), "LB")


@pytest.mark.parametrize("none", [None, "", "none", " None "])
def test_a_name_can_be_said_to_name_no_place(none: str | None) -> None:
    found = routes.find_routes(SAILED, places={"Beirut": none})
    assert "Beirut" not in [it.toponym.quote.exact for it in found.resolutions]
    assert not found.routes


def test_two_names_of_one_position_are_one_place() -> None:
    found = routes.find_routes(SAILED, places={"Foo": (13.19, 32.89), "Tripoli": (13.19, 32.89)})
    assert found.resolutions[1].place == found.resolutions[2].place


def test_what_the_report_says_counts_and_the_caller_more() -> None:
    report = routes.Report(SAILED, "a", "en", "", places={"Tripoli": LIBYAN, "Foo": None})
    assert said(routes.find_routes(report)) == [("Tripoli", LIBYAN)]
    assert said(routes.find_routes(report, places={"tripoli": LEBANESE})) == [("Tripoli", LEBANESE)]


@pytest.mark.parametrize(
    ("text", "name", "language", "marked"),
    [
        ("To Foo, foo and Foobar.", "Foo", "en", ["Foo"]),
        ("FOO: by way of foo-bar.", "foo", "en", ["FOO", "foo"]),
        ("From Żyrdów to ZYRDOW.", "Zyrdow", "pl", ["Żyrdów", "ZYRDOW"]),
        ("Zwischen New\nFoo und dem New-Foo-Kanal.", "New Foo", "de", ["New\nFoo", "New-Foo"]),
        ("Qyzyltau'dan Qyzyltau’ya gitti.", "Qyzyltau", "tr", ["Qyzyltau", "Qyzyltau"]),
        ("L'avion vola d'Abcheq.", "Abcheq", "fr", ["Abcheq"]),
        ("무기는 가나마에서 왔다. 가나마처럼 마가나마에서.", "가나마", "ko", ["가나마", "가나마"]),
        ("وصلت من قنفودشة وقنفودشة ولقنفودشة.", "قنفودشة", "ar", ["قنفودشة"] * 3),
        ("货轮从甲乙驶往甲乙港。", "甲乙", "zh", ["甲乙", "甲乙"]),
        ("ノバレクとノバレクス。", "ノバレク", "ja", ["ノバレク"]),
        ("从Foo到Bar", "Foo", "zh", ["Foo"]),
        ("Поезд из Хасана и Хасанский район", "Хасан", "ru", ["Хасана"]),
    ],
)
def test_a_name_counts_where_it_is_a_word_of_its_own(text: str, name: str, language: str, marked: list[str]) -> None:
    assert marks(text, {name: "country:KP"}, language) == marked


def test_a_longer_name_outdoes_one_within_it() -> None:
    text = "From New York to York."
    assert marks(text, {"York": LIBYAN}) == ["York"]
    assert marks(text, {"York": LIBYAN, "New York": LEBANESE}) == ["New York", "York"]
    assert marks(text, {"York": LIBYAN, "New York": None}) == ["York"]


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({"Tripoli": "geonames:22102470"}, r"no id of a place.*geonames:2210247 \(Tripoli, town, LY\)"),
        ({"Tripoli": "Libya"}, r"country:LY \(Libya"),
        ({"Qzxvw": "Qzxvw"}, "Qzxvw=none"),
        ({"Tripoli": "200,3"}, "longitude, from -180 to 180"),
        ({"Tripoli": (32.89, 113.19)}, "longitude, from -180 to 180"),
        ({"Tripoli": "nan,nan"}, "no position"),
        ({"Tripoli": (1, 2, 3)}, "no position"),
        ({"Tripoli": ()}, "no position"),
        ({"-": LIBYAN}, "no name"),
    ],
)
def test_what_is_no_place_is_told(places: dict[str, Any], message: str) -> None:
    with pytest.raises(GivenError, match=message):
        routes.find_routes(SAILED, places=places)


def test_the_users_own_places_can_be_said(tmp_path: Path, world: World) -> None:
    table = tmp_path / "my.csv"
    table.write_text("name,longitude,latitude,id\nDepotburg,38.5,47.2,d1\n", "utf-8")
    found = routes.find_routes(SAILED, world=world.extended(table), places={"Foo": "user:d1"})
    assert said(found) == [("Foo", "user:d1")]


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("Foo fo \n-'’e\u0301ßæﬁアア上가에و."), max_size=30),
    st.text("Foé上가ア ", min_size=1, max_size=4),
)
def test_offsets_read_back_and_do_not_overlap(text: str, name: str) -> None:
    if not name.strip():
        return
    found = routes.find_routes(routes.report_of(text, language="ko"), places={name: LIBYAN})
    quotes = [it.toponym.quote for it in found.resolutions]
    assert all(text[quote.start : quote.end] == quote.exact for quote in quotes)
    assert all(one.end <= two.start for one, two in pairwise(quotes))


def test_toponyms_that_are_known_are_the_only_ones() -> None:
    report = routes.report_of(SAILED, language="en")
    records = [record(SAILED, "Tripoli", lat=32.89, lon=13.19, literal=False), record(SAILED, "Foo")]
    found = routes.find_routes(report, toponyms=routes.toponyms_of(report, records))
    assert [it.toponym.quote.exact for it in found.resolutions] == ["Tripoli", "Foo"]
    assert [it.toponym.literal for it in found.resolutions] == [False, True]
    assert found.resolutions[0].place
    assert said(found) == []


def test_known_toponyms_can_keep_their_places(world: World) -> None:
    report = routes.report_of(SAILED, language="en")
    records = [
        record(SAILED, "Foo", lat=33.0, lon=13.0, name="Fort Foo", radius_km=25),
        record(SAILED, "Beirut", place="geonames:276781"),
        record(SAILED, "Tripoli", lat=32.89, lon=13.19, place=None),
    ]
    toponyms = routes.toponyms_of(report, records, placed=True)
    beirut, tripoli, foo = routes.find_routes(report, toponyms=toponyms).resolutions
    assert beirut.place == world.gazetteer.place("geonames:276781")
    assert tripoli.place == world.gazetteer.place(LIBYAN)
    assert tripoli.alternatives
    assert foo.place
    assert (foo.place.name, foo.place.position) == ("Fort Foo", (13.0, 33.0))
    assert not foo.place.area
    over = routes.find_routes(report, toponyms=toponyms, places={"Tripoli": LEBANESE, "Beirut": None})
    assert over.resolutions[0].place == world.gazetteer.place(LEBANESE)


def test_a_broad_place_of_ones_own_is_an_area() -> None:
    report = routes.report_of(SAILED, language="en")
    (foo,) = routes.toponyms_of(report, [record(SAILED, "Foo", lat=33.0, lon=13.0, radius_km=300)], placed=True)
    assert isinstance(foo, Resolution)
    assert foo.place
    assert foo.place.area


def test_a_position_takes_the_nearest_bearer_of_the_name() -> None:
    text = "New York and Luxembourg"
    report = routes.report_of(text, language="en")
    records = [record(text, "New York", lat=40.71, lon=-74.0), record(text, "Luxembourg", lat=49.75, lon=6.1)]
    found = routes.toponyms_of(report, records, placed=True)
    assert [it.place.feature for it in found if isinstance(it, Resolution) and it.place] == ["town", "country"]


def test_findings_given_back_are_the_same(example: Path, tmp_path: Path) -> None:
    report = routes.read_report(example)
    found = routes.find_routes(report)
    routes.write(found, tmp_path / "found.jsonl")
    records = read_records(tmp_path / "found.jsonl")[report.id]
    again = routes.find_routes(report, toponyms=routes.toponyms_of(report, records, placed=True))
    assert [(it.toponym, it.place) for it in again.resolutions] == [(it.toponym, it.place) for it in found.resolutions]
    assert [route.claim.stops[0].name for route in again.routes] == [
        route.claim.stops[0].name for route in found.routes
    ]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([{"start": 0}], "needs 'start' and 'end'"),
        (["Tripoli"], "needs 'start' and 'end'"),
        ([{"start": 50, "end": 500}], "is not in its text"),
        ([{"start": 5, "end": 5}], "is not in its text"),
        ([{"start": 0, "end": 6, "text": "Beirut"}], "stands 'A ship', not 'Beirut'"),
        ([{"start": 1, "end": 2}], "no name"),
        ([record(SAILED, "Beirut"), record(SAILED, "Beirut to Tripoli")], "overlap"),
        ([record(SAILED, "Beirut", lat=91, lon=0)], "no position"),
        ([record(SAILED, "Beirut", lat="33", lon=35)], "no position"),
        ([record(SAILED, "Beirut", lat=33.9)], "no position"),
        ([record(SAILED, "Beirut", place="geonames:0")], "no id of a place"),
    ],
)
def test_records_that_do_not_fit_are_told(records: list[Any], message: str) -> None:
    report = routes.report_of(SAILED, language="en")
    with pytest.raises(GivenError, match=message):
        routes.toponyms_of(report, records, placed=True)


def test_a_toponym_of_another_text_is_refused() -> None:
    other = Toponym(Quote.of("Tripoli", 0, 7))
    with pytest.raises(GivenError, match="does not stand at 0"):
        routes.find_routes(SAILED, toponyms=[other])


def test_no_toponyms_are_no_toponyms() -> None:
    assert routes.find_routes(SAILED, toponyms=[]).resolutions == ()


def test_places_of_a_line_are_read(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps({"text": SAILED, "places": {"Tripoli": LIBYAN, "Foo": [13.2, 32.9], "Beirut": None}}))
    found = routes.find_routes(routes.read_report(path))
    assert [exact for exact, _ in said(found)] == ["Tripoli", "Foo"]
    assert len(found.resolutions) == 2
    for places in ("[]", '{"Tripoli": 3}'):
        path.write_text(f'{{"text": "From Riga.", "places": {places}}}')
        with pytest.raises(ReportError, match="line 1"):
            routes.read_report(path)
