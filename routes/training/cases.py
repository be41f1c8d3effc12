"""Annotated reports as the claims reader sees them, with what it ought to find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyproj import Geod

from geodata.gazetteer import Feature, Gazetteer, Place
from geodata.position import Position
from routes.claims import linear
from routes.claims.clauses import Reading, read
from routes.model import Quote, Report, Resolution, Toponym
from routes.toponyms.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOWN_KM = 30
LEAST_KM = 25  # how far off its place in the gazetteer may lie at least
BESIDE_DEGREES = 0.3
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Case:
    """A report as the product sees it, with what it ought to find in it."""

    reading: Reading
    parts: tuple[int, ...]  # for each mention, a number into linear.PARTS
    stops: tuple[tuple[tuple[int, ...], ...], ...]  # of each route the mentions that each stop rests on
    legs: frozenset[tuple[int, int]]  # mention pairs that are a leg
    entity_legs: frozenset[tuple[str, str]]
    entity_orders: frozenset[tuple[str, str]]
    entity_routes: tuple[tuple[frozenset[str], ...], ...]  # of each route what each stop is called in the report


def case_of(record: dict[str, Any]) -> Case:
    """Read an annotated report, its toponyms at the places that the gazetteer has of them."""
    report = Report(text=record["text"], id=record["id"], language=record["lang"], sha256="")
    reading = read(report, [resolution_of(t, record["text"], report.language) for t in record["toponyms"]])
    known = {t["start"]: t for t in record["toponyms"]}
    named = [known[m.start] for m in reading.mentions]
    parts = [0] * len(reading.mentions)
    routes, legs, entity_legs, orders, whole = [], set(), set(), set(), []
    for route in record["routes"] or []:
        called = [_mentions_of(named, stop) for stop in route["stops"]]
        stops = [
            _within(reading, record["text"].find(route["evidence"]), len(route["evidence"]), all_) for all_ in called
        ]
        routes.append(tuple(map(tuple, stops)))
        whole.append(tuple(frozenset(reading.mentions[k].entity for k in found) for found in called))
        for stop, found in zip(route["stops"], stops, strict=True):
            for index in found:
                if parts[index] in {0, linear.PARTS.index("via")}:
                    parts[index] = linear.PARTS.index(stop["role"])
        entities = [reading.mentions[found[0]].entity if found else "" for found in stops]
        for k, pair in enumerate(pairwise(entities)):
            if all(pair) and pair[0] != pair[1]:
                legs.add(nearest(stops[k], stops[k + 1]))
                entity_legs.add(pair)
        orders |= {(a, b) for k, a in enumerate(entities) for b in entities[k + 1 :] if a and b and a != b}
    return Case(
        reading,
        tuple(parts),
        tuple(routes),
        frozenset(legs),
        frozenset(entity_legs),
        frozenset(orders),
        tuple(whole),
    )


def nearest(ones: Sequence[int], others: Sequence[int]) -> tuple[int, int]:
    """Return the mentions of two stops that stand nearest to each other."""
    return min(((i, j) for i in ones for j in others), key=lambda pair: (abs(pair[0] - pair[1]), pair))


def _mentions_of(named: Sequence[Mapping[str, Any]], stop: Mapping[str, Any]) -> list[int]:
    """Return the mentions of a stop's name, else those of places beside it."""
    return [k for k, t in enumerate(named) if t["name"] == stop["name"]] or [
        k for k, t in enumerate(named) if abs(t["lat"] - stop["lat"]) + abs(t["lon"] - stop["lon"]) < BESIDE_DEGREES
    ]


def _within(reading: Reading, start: int, length: int, found: Sequence[int]) -> list[int]:
    """Return those mentions that stand in the evidence, or all where none does."""
    inside = [k for k in found if start <= reading.mentions[k].start and reading.mentions[k].end <= start + length]
    return inside if start >= 0 and inside else list(found)


def resolution_of(toponym: Mapping[str, Any], text: str, language: str) -> Resolution:
    """Return an annotated toponym as if it had been resolved right: to the likeliest place that it may mean."""
    said = Toponym(Quote.of(text, toponym["start"], toponym["end"]), toponym["literal"])
    lookup = _lookup(language)
    candidates = (*lookup.find(toponym["text"]).candidates, *lookup.gazetteer.candidates(toponym["name"]))
    right = [c for c in candidates if _km(c.place.position, toponym) <= max(LEAST_KM, toponym["radius_km"])]
    return Resolution(said, max(right, key=lambda c: c.score).place if right else _made_up(toponym), 1.0)


@cache
def _lookup(language: str) -> Lookup:
    return Lookup(Gazetteer.load(), language)


def _km(position: Position, toponym: Mapping[str, Any]) -> float:
    return float(_WGS84.inv(*position, toponym["lon"], toponym["lat"])[2]) / 1000


def _made_up(toponym: Mapping[str, Any]) -> Place:
    """Return a place for a toponym that the gazetteer lacks."""
    area = toponym["radius_km"] > TOWN_KM
    return Place(
        id=f"{toponym['name']}:{toponym['lat']:.1f}:{toponym['lon']:.1f}",
        name=toponym["name"],
        position=Position(toponym["lon"], toponym["lat"]),
        feature=Feature.REGION if area else Feature.TOWN,
        radius_km=float(toponym["radius_km"]) if area else 5.0,
        area=area,
    )
