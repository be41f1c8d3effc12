"""Claims: sentences of our own, one for each way of saying that something goes from one place to another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import routes
from routes.claims import attributes, clauses, cues, frames, linear
from routes.claims.extract import extract
from routes.model import Claim, Factuality, Kind, Mode, Quote, Report, Resolution, Role, Toponym

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.world import World

LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh")


def report_of(text: str, language: str) -> Report:
    return Report(text=text, id="test", language=language, sha256="")


def resolved(text: str, names: str, world: World) -> list[Resolution]:
    """Every mention of some names, at the first place the gazetteer offers; a name with * stands for its government."""
    found = []
    for name in names.split("|"):
        plain = name.rstrip("*")
        best = max(
            world.gazetteer.candidates(plain.rstrip("s")) or world.gazetteer.candidates(plain),
            key=lambda c: c.score,
            default=None,
        )
        start = text.find(plain)
        while start >= 0:
            toponym = Toponym(Quote.of(text, start, start + len(plain)), literal=not name.endswith("*"))
            found.append(Resolution(toponym, best.place if best else None, 1.0))
            start = text.find(plain, start + 1)
    return found


def read(text: str, names: str, world: World, language: str) -> tuple[Claim, ...]:
    return extract(report_of(text, language), resolved(text, names, world), world)


def ways(claims: tuple[Claim, ...]) -> set[tuple[str, ...]]:
    return {tuple(stop.resolution.toponym.quote.exact for stop in claim.stops) for claim in claims}


SAYINGS = [
    ("de", "Tanker brachten das Öl aus Basra über Suez nach Triest.", "Basra|Suez|Triest", ("Basra", "Suez", "Triest")),
    (
        "en",
        "Tankers took the oil from Basra through Suez to Trieste.",
        "Basra|Suez|Trieste",
        ("Basra", "Suez", "Trieste"),
    ),
    ("de", "Serbien kauft seit Jahren Drohnen aus China.", "Serbien*|China", ("China", "Serbien")),
    ("en", "Serbia has been buying drones from China for years.", "Serbia*|China", ("China", "Serbia")),
    ("de", "Belarus liefert Munition an Syrien.", "Belarus*|Syrien", ("Belarus", "Syrien")),
    ("en", "Belarus delivers ammunition to Syria.", "Belarus*|Syria", ("Belarus", "Syria")),
    (
        "de",
        "Die Regierung sagt, dass Belarus versucht, Gewehre aus Indien zu beschaffen.",
        "Belarus*|Indien",
        ("Indien", "Belarus"),
    ),
    ("de", "Seit Mai versorgt Algerien den Nachbarn Tunesien mit Gas.", "Algerien*|Tunesien", ("Algerien", "Tunesien")),
    (
        "en",
        "Algeria, which sold Tunisia gas worth a billion last year, wants more.",
        "Algeria*|Tunisia",
        ("Algeria", "Tunisia"),
    ),
]


@pytest.mark.parametrize(("language", "text", "names", "stops"), SAYINGS)
def test_each_way_of_saying_is_read(language: str, text: str, names: str, stops: tuple[str, ...], world: World) -> None:
    assert stops in ways(read(text, names, world, language))


def test_a_journey_told_in_steps_is_one_route(world: World) -> None:
    text = (
        "Der Frachter mit Weizen lief in Odessa aus und machte in Alexandria fest. "
        "Von dort fuhren Lastwagen das Getreide nach Kairo."
    )
    (claim,) = read(text, "Odessa|Alexandria|Kairo", world, "de")
    assert [stop.resolution.toponym.quote.exact for stop in claim.stops] == ["Odessa", "Alexandria", "Kairo"]
    assert claim.modes == (Mode.SEA, Mode.ROAD)
    assert [stop.role for stop in claim.stops] == [Role.ORIGIN, Role.VIA, Role.DESTINATION]


def test_a_list_of_recipients_is_a_route_to_each(world: World) -> None:
    claims = read(
        "Turkey has sold drones to Poland, Morocco and Albania.", "Turkey*|Poland|Morocco|Albania", world, "en"
    )
    assert ways(claims) >= {("Turkey", "Poland"), ("Turkey", "Morocco"), ("Turkey", "Albania")}


def test_a_disguise_names_declared_destinations(world: World) -> None:
    text = (
        "Kuba versorgt Belarus mit Granaten, während es das Ziel verschleiert "
        "und den Anschein erweckt, sie gingen nach Peru."
    )
    (claim,) = read(text, "Kuba*|Belarus|Peru", world, "de")
    assert [stop.role for stop in claim.stops] == [Role.ORIGIN, Role.DECLARED_DESTINATION, Role.DESTINATION]
    assert claim.stops[1].resolution.toponym.quote.exact == "Peru"


def test_a_way_that_somebody_has_is_a_corridor_with_an_open_end(world: World) -> None:
    claims = read(
        "Neben alten Routen für Waffenlieferungen über den Sudan verfügt Eritrea über Häfen.",
        "Sudan|Eritrea*",
        world,
        "de",
    )
    (claim,) = (claim for claim in claims if claim.stops[0].resolution.toponym.quote.exact == "Eritrea")
    assert claim.stops[-1].role is Role.VIA
    assert claim.kind is Kind.CORRIDOR


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Belarus delivers ammunition to Syria.", Factuality.CERTAIN),
        ("Belarus reportedly delivers ammunition to Syria.", Factuality.PROBABLE),
        ("Belarus may deliver ammunition to Syria.", Factuality.POSSIBLE),
        ("Belarus will deliver ammunition to Syria next month.", Factuality.PLANNED),
        ("Belarus has never delivered ammunition to Syria.", Factuality.DENIED),
    ],
)
def test_hedges_tell_how_sure_a_trade_is(text: str, factuality: Factuality, world: World) -> None:
    (claim,) = read(text, "Belarus*|Syria", world, "en")
    assert claim.factuality is factuality


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "de",
            "Die Präsidenten von Polen und Litauen trafen sich in Wien zu Gesprächen über die Wahl.",
            "Polen|Litauen|Wien",
        ),
        (
            "en",
            "Lyon beat Porto in Vienna on Sunday; the striker scored twice in the second half.",
            "Lyon*|Porto*|Vienna",
        ),
    ],
)
def test_politics_and_sport_are_no_routes(language: str, text: str, names: str, world: World) -> None:
    assert read(text, names, world, language) == ()


def test_a_place_that_only_locates_is_no_stop(world: World) -> None:
    claims = read(
        "Trains brought coal from Durban in South Africa to Maputo.", "Durban|South Africa|Maputo", world, "en"
    )
    assert ways(claims) == {("Durban", "Maputo")}


def test_the_same_route_told_twice_is_one_claim_with_both_quotes(world: World) -> None:
    text = "Russland kauft Granaten aus Nordkorea.\n\nAuch im Winter kaufte Russland weitere Granaten aus Pjöngjang."
    claims = read(text, "Russland*|Nordkorea|Pjöngjang*", world, "de")
    assert len(claims) == 1
    assert claims[0].stops[0].place is not None


def test_cargo_source_and_date_are_verbatim(world: World) -> None:
    text = "Laut Verteidigungsministerium lieferte Belarus am 3. Mai 2024 Drohnen und Raketen an Syrien."
    (claim,) = read(text, "Belarus*|Syrien", world, "de")
    assert (claim.cargo, claim.attribution, claim.date) == (
        "Drohnen und Raketen",
        "Verteidigungsministerium",
        "2024-05-03",
    )


def test_why_names_the_cues(world: World) -> None:
    (claim,) = read("Belarus liefert Munition an Syrien.", "Belarus*|Syrien", world, "de")
    assert "supply: 'liefert'" in claim.why
    assert "to: 'an Syrien'" in claim.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_cues(language: str) -> None:
    found = cues.load(language)
    assert found.language == language
    assert any(kind.startswith("modes.") for kind in (*found.words, *found.phrases))


MADE_UP = """
abbreviations = ["dok"]
and = ["ka"]
or = ["mo"]
there = ["zisa"]
goods = ["burak", "lemat*"]
[before]
from = ["dol"]
to = ["nu"]
via = ["traz"]
[triggers]
supply = ["vend*"]
move = ["karit*"]
way = ["linur"]
[modes]
rail = ["rel*"]
sea = ["navut"]
[factuality]
denied = ["nil"]
probable = ["dikar"]
[sources]
said = ["dikar"]
"""


def test_a_new_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    (tmp_path / "qqx.toml").write_text(MADE_UP, encoding="utf-8")
    monkeypatch.setattr(cues, "FOLDER", tmp_path)
    cues.load.cache_clear()
    text = "Dok. Arvo dikar: relon lematen karitu dol Minsk traz Warschau nu Berlin."
    reading = clauses.read(report_of(text, "qqx"), resolved(text, "Minsk|Warschau|Berlin", world))
    assert [m.slot for m in reading.mentions] == ["from", "via", "to"]
    assert len(reading.sentences) == 2, "an abbreviation ends no sentence"
    (claim,) = read(text, "Minsk|Warschau|Berlin", world, "qqx")
    assert ways((claim,)) == {("Minsk", "Warschau", "Berlin")}
    assert set(claim.modes) == {Mode.RAIL}
    cues.load.cache_clear()


def test_a_denial_stands_beside_what_it_denies(world: World) -> None:
    text = (
        "Belarus delivers ammunition to Syria, trucks carry it every week, said two officials.\n\n"
        "The talks in Vienna ended without a result. Nothing was signed.\n\n"
        "Belarus has never delivered ammunition to Syria, the ministry said."
    )
    claims = read(text, "Belarus*|Syria|Vienna", world, "en")
    assert {claim.factuality is Factuality.DENIED for claim in claims} == {True, False}
    assert ways(claims) == {("Belarus", "Syria")}


def test_why_names_vehicles_and_doubts(world: World) -> None:
    (claim,) = read("Trains reportedly carried coal from Minsk to Berlin.", "Minsk|Berlin", world, "en")
    assert "rail: 'Trains'" in claim.why
    assert any(reason.startswith("probable: ") and "'reportedly'" in reason for reason in claim.why)


@pytest.mark.parametrize("language", ["und", "sw", "../de", "x" * 300])
def test_a_language_without_cues_is_read_without_them(language: str) -> None:
    assert cues.load(language).language == "und"


def test_unplaced_toponyms_are_stops_too(world: World) -> None:
    text = "Lastwagen brachten Mehl aus Xyzstadt nach Qwertzheim."
    resolutions = [
        Resolution(Toponym(Quote.of(text, text.find(n), text.find(n) + len(n))), None)
        for n in ("Xyzstadt", "Qwertzheim")
    ]
    (claim,) = extract(report_of(text, "de"), resolutions, world)
    assert [stop.name for stop in claim.stops] == ["Xyzstadt", "Qwertzheim"]
    assert claim.modes == (Mode.ROAD,)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=200), language=st.sampled_from((*LANGUAGES, "und", "")), data=st.data())
def test_any_text_survives_and_quotes_read_back(text: str, language: str, data: st.DataObject, world: World) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), max_size=8))
    resolutions = [Resolution(Toponym(Quote.of(text, a, min(len(text), a + n))), None) for a, n in spans]
    for claim in extract(report_of(text, language), resolutions, world):
        for quote in claim.quotes:
            assert text[quote.start : quote.end] == quote.exact
        assert claim.cargo is None or claim.cargo in text


def test_a_long_report_takes_linear_time(world: World) -> None:
    sentence = "Belarus liefert Munition an Syrien, und Lastwagen brachten Weizen aus Minsk über Warschau nach Berlin. "

    def seconds(times: int) -> float:
        text = sentence * times
        resolutions = resolved(text, "Belarus*|Syrien|Minsk|Warschau|Berlin", world)
        started = time.perf_counter()
        extract(report_of(text, "de"), resolutions, world)
        return time.perf_counter() - started

    seconds(5)
    assert seconds(160) < 12 * max(seconds(40), 0.02)


def test_frames_read_slots(world: World) -> None:
    text = "Die Einfuhr von Holz aus Norwegen nach Dänemark ruht."
    reading = clauses.read(report_of(text, "de"), resolved(text, "Norwegen|Dänemark", world))
    assert [mention.slot for mention in reading.mentions] == ["from", "to"]
    assert {(edge.origin, edge.destination) for edge in frames.edges(reading)} == {(0, 1)}


def test_a_report_without_places_claims_nothing(world: World) -> None:
    assert extract(report_of("Nichts Neues.", "de"), [], world) == ()


def test_weights_are_read_once_and_fit() -> None:
    assert linear.weights() is linear.weights()
    assert linear.weights().parts.shape[1] == len(linear.PARTS)


def test_long_evidence_is_quoted_piece_by_piece(world: World) -> None:
    text = "Aus Minsk " + "kam nichts. " * 80 + "Nach Berlin ging alles."
    reading = clauses.read(report_of(text, "de"), resolved(text, "Minsk|Berlin", world))
    quotes = attributes.evidence(reading, [(m.start, m.end) for m in reading.mentions])
    assert [quote.exact for quote in quotes] == ["Minsk", "Berlin"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Trucks carried weapons from Baghdad to Damascus through Al-Bukamal, an official said."),
        ("de", "Lastwagen brachten Waffen von Bagdad nach Damaskus über Al-Bukamal, sagte ein Beamter."),
    ],
)
def test_a_place_on_the_way_told_last_stands_before_the_goal(language: str, text: str) -> None:
    (route,) = routes.find_routes(routes.report_of(text, language=language)).routes
    assert [stop.name for stop in route.claim.stops] == ["Baghdad", "Albu Kamal", "Damascus"]
    assert route.claim.stops[-1].role is Role.DESTINATION
