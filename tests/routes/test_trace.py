from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

import routes
from geodata.gazetteer import Feature, Place
from geodata.position import Position, cut, length_km, wrap
from routes import TraceError
from routes.geojson import to_geojson
from routes.model import Basis, Factuality, Kind

if TYPE_CHECKING:
    from routes.tracing.asked import Asked


def test_a_train_from_korea_to_moscow() -> None:
    way = routes.trace(["Tumangang", "Khasan", "Moscow"], mode="rail")
    assert [place.id for place in way.places] == ["strategic:tumangang", "strategic:khasan", "geonames:524901"]
    assert [leg.countries for leg in way.legs] == [("KP", "RU"), ("RU",)]
    assert [leg.basis for leg in way.legs] == [Basis.NETWORK] * 2
    assert way.length_km == pytest.approx(9420, rel=0.11)
    assert way.warnings == way.alternatives == ()


def test_the_mode_is_not_guessed() -> None:
    way = routes.trace(["Tumangang", "Moscow"])
    assert way.legs[0].basis is Basis.SCHEMATIC
    assert "the means of transport is not told" in way.warnings[0]


@pytest.mark.parametrize(
    ("stops", "ids"),
    [
        (["Tripoli", "Beirut"], ["geonames:266826", "geonames:276781"]),
        (["Tripoli", "Benghazi"], ["geonames:2210247", "geonames:88319"]),
        (["Paris, Texas", "Dallas"], ["geonames:4717560", "geonames:4684888"]),
        (["Москва", "하산"], ["geonames:524901", "strategic:khasan"]),
        (["geonames:524901", "country:KP"], ["geonames:524901", "country:KP"]),
        (["130.61,42.42", "Moscow"], ["position:130.61,42.42", "geonames:524901"]),
        ([(130.61, 42.42), Position(37.6, 55.75)], ["position:130.61,42.42", "position:37.6,55.75"]),
    ],
)
def test_stops_are_read_together(stops: list[Asked], ids: list[str]) -> None:
    way = routes.trace(stops)
    assert [place.id for place in way.places] == ids
    assert all(it.why for it in way.findings.resolutions)


def test_a_place_of_the_gazetteer_is_a_stop() -> None:
    khasan = routes.default_world().gazetteer.place("strategic:khasan")
    assert routes.trace([khasan, "Moscow"], mode="air").places[0] is khasan


def test_a_position_knows_its_country() -> None:
    way = routes.trace(["130.645,42.428", "Moscow"], mode="rail")
    assert way.legs[0].countries == ("RU",)
    assert way.legs[0].inferred_countries == ()


@pytest.mark.parametrize(
    ("stops", "wishes", "message"),
    [
        (["Moscow"], {}, "two places"),
        (["Moscow", "Moscow"], {}, "Moscow stands twice in a row"),
        (["Moscow", "Vladivostock"], {}, "spelled nearly so: Vladivostok"),
        (["Moscow", "Qzxvwq"], {}, "no place called 'Qzxvwq'"),
        (["Springfield", "Moscow"], {}, "may mean several places: .*geonames:.*; .*geonames:"),
        (["Moscow", " "], {}, "empty"),
        (["Moscow", "geonames:1"], {}, "no place 'geonames:1'"),
        (["Moscow", "nan,0"], {}, "the longitude, from -180 to 180, comes first"),
        (["Moscow", (float("inf"), 0.0)], {}, "no position"),
        (["Moscow", Place("x", "X", Position(float("nan"), 0.0), Feature.SITE)], {}, "nan,0 is no position"),
        (["Moscow", "55.7,137.6"], {}, "no position"),
        (["Moscow", "-30,0"], {"mode": "rail"}, "no railway comes within 300 km of -30, 0"),
        (["Moscow", "0,90"], {"mode": "rail"}, "no railway comes within 300 km of 0, 90"),
        (["Moscow", "Berlin"], {"mode": "train"}, "no mode 'train'; there are rail, road"),
        (["Moscow", "Berlin"], {"alternatives": 0}, "one or more"),
        (["Moscow", "Berlin"], {"avoid": ["Poland"]}, "'unknown' follows no network"),
        (["Moscow", "Berlin"], {"mode": "rail", "avoid": ["Suez"]}, "'Suez' is a town; what can be avoided are"),
        (["Moscow", "Berlin"], {"mode": "rail", "avoid": ["Qzxvwq"]}, "no place called 'Qzxvwq'"),
        (["Moscow", "Berlin"], {"mode": "rail", "avoid": ["Germany"]}, "Berlin lies in DE"),
        (["Moscow", "Berlin"], {"mode": "rail", "allow": ["Poland"]}, "what can be allowed"),
    ],
)
def test_what_cannot_be_traced_is_told(stops: list[Asked], wishes: dict[str, object], message: str) -> None:
    with pytest.raises(TraceError, match=message):
        routes.trace(stops, **wishes)  # type: ignore[arg-type]


def test_a_place_without_a_railway_is_drawn_straight_and_told() -> None:
    way = routes.trace(["Reykjavik", "Minsk"], mode="rail")
    assert way.legs[0].basis is Basis.SCHEMATIC
    assert "no railway comes within 300 km of Reykjav" in way.warnings[0]


@pytest.mark.parametrize("name", ["Belarus", "Weißrussland", "Белоруссия", "country:BY"])
def test_a_country_is_avoided_in_any_language(name: str) -> None:
    way = routes.trace(["Vilnius", "Kyiv"], mode="rail", avoid=[name])
    assert way.legs[0].basis is Basis.NETWORK
    assert "BY" not in way.legs[0].countries
    free = routes.trace(["Vilnius", "Minsk", "Kyiv"], mode="rail")
    assert "BY" in free.legs[1].countries


def test_a_region_is_avoided_by_its_countries() -> None:
    way = routes.trace(["Tehran", "Beijing"], mode="rail", avoid=["Central Asia"])
    assert not {"KZ", "UZ", "TM", "KG", "TJ"} & {*way.legs[0].countries}


def test_there_are_other_ways() -> None:
    way = routes.trace(["Berlin", "Warsaw", "Kyiv"], mode="rail", alternatives=3)
    assert len(way.alternatives) == 2
    lengths = [way.length_km, *(sum(leg.length_km or 0 for leg in legs) for legs in way.alternatives)]
    assert lengths[1:] == sorted(lengths[1:])
    assert len({tuple(leg.line for leg in route.legs) for route in way.findings.routes}) == 3


def test_its_findings_say_that_no_report_says_so() -> None:
    world = routes.default_world()
    way = routes.trace(["Tumangang", "Khasan"], mode="rail")
    (route,) = way.findings.routes
    assert route.claim.quote.exact == "Tumangang – Khasan, by rail. Traced by hand; no report says so."
    assert route.claim.kind is Kind.CORRIDOR
    assert route.claim.factuality is Factuality.POSSIBLE
    text = way.findings.report.text
    assert all(text[q.start : q.end] == q.exact for q in (it.toponym.quote for it in way.findings.resolutions))
    collection = to_geojson(way.findings, world)
    assert collection["report"]["title"] == "Traced by hand: Tumangang – Khasan"
    (leg,) = (it["properties"] for it in collection["features"] if it["properties"]["feature"] == "leg")
    assert leg["countries"] == ["KP", "RU"]
    assert leg["countries_inferred"] == leg["passages"] == []
    assert "no report says so" in leg["quote"]
    assert "OpenStreetMap" in " ".join(collection["attribution"])


@pytest.mark.parametrize("name", ["Suez Canal", "Suezkanal", "قناة السويس", "canal:suez"])
def test_a_canal_is_avoided_in_any_language(name: str) -> None:
    way = routes.trace(["Odesa", "Mombasa"], mode="sea", avoid=[name])
    assert "canal:suez" not in way.legs[0].passages
    assert "strait:gibraltar" in way.legs[0].passages


def test_a_passage_is_allowed() -> None:
    way = routes.trace(["Rotterdam", "Yokohama"], mode="sea", allow=["Northern Sea Route"])
    assert "strait:northern-sea-route" in way.legs[0].passages


def test_what_cannot_be_closed_names_what_can_nearby() -> None:
    with pytest.raises(TraceError, match=r"'Red Sea' is a water; what can be avoided are .*Bab el-Mandeb"):
        routes.trace(["Odesa", "Mombasa"], mode="sea", avoid=["Red Sea"])
    with pytest.raises(TraceError, match="Suez Canal is a stop"):
        routes.trace(["Odesa", "Suez Canal", "Mombasa"], mode="sea", avoid=["canal:suez"])
    with pytest.raises(TraceError, match="both avoided and allowed"):
        routes.trace(["Odesa", "Mombasa"], mode="sea", avoid=["Suez Canal"], allow=["Suez Canal"])


ASIA = [(121.5, 31.2), (103.9, 1.2), (139.7, 35.4), (151.2, -33.9), (131.9, 43.1)]
AMERICA = [(-118.3, 33.7), (-122.3, 47.6), (-77.1, -12.1), (-71.6, -33.0)]


@pytest.mark.parametrize("mode", ["sea", "air", "unknown"])
def test_no_line_over_the_pacific_is_wrapped(mode: str) -> None:
    for a, b in itertools.chain(itertools.product(ASIA, AMERICA), itertools.product(AMERICA, ASIA)):
        (leg,) = routes.trace([a, b], mode=mode).legs
        assert all(abs(p.longitude - q.longitude) < 180 for p, q in itertools.pairwise(leg.line))
        assert length_km(leg.line) < 25_000
        assert sum(map(length_km, cut(leg.line))) == pytest.approx(length_km(leg.line), rel=1e-6)
        assert leg.line[0] == a
        assert (wrap(leg.line[-1].longitude), leg.line[-1].latitude) == pytest.approx(b)


def test_200_flights_over_the_pacific_are_not_wrapped() -> None:
    world = routes.default_world()
    asia = [(lon, lat) for lon in (115, 125, 135, 145, 155) for lat in (-35, -10, 10, 45)]
    america = [(lon, lat) for lon in (-125, -110, -95, -80, -72) for lat in (-30, 50)]
    for a in asia:
        for b in america:
            (leg,) = routes.trace([a, b], mode="air", world=world).legs
            assert all(abs(p.longitude - q.longitude) < 180 for p, q in itertools.pairwise(leg.line))
            assert leg.length_km == pytest.approx(length_km(leg.line))
            assert length_km(leg.line) < 20_020
