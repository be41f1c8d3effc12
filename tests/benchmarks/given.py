"""Read an annotated report with the product, from its text alone or with a part of the answer given."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from geodata.places import Feature, Place
from geodata.position import Position, distance_km
from routes.claims.extract import extract
from routes.jsonl import to_line
from routes.model import Findings, Quote, Report, Resolution, Route, Toponym
from routes.toponyms.recognise import recognise
from routes.toponyms.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World
    from routes.model import Claim

    Record = dict[str, Any]

TOWN_KM = 30  # the radius of an annotated place that is no area, at most


class Given(StrEnum):
    """What a reader is told beside the text."""

    TEXT = "text"  # nothing
    SPANS = "spans"  # which words are names
    TOPONYMS = "toponyms"  # which words are names, and where the places are


def predicted(record: Record, world: World, reader: str, given: Given) -> Record:
    """Return what is read out of a report, in the form that ``score.py`` takes; nothing is traced."""
    report = report_of(record)
    if given is Given.TOPONYMS:
        resolutions = tuple(_annotated(toponym, report, world) for toponym in record["toponyms"])
    elif given is Given.SPANS:
        resolutions = resolve([_named(toponym, report) for toponym in record["toponyms"]], report, world)
    else:
        resolutions = names_of(report, world, reader)
    claims = claims_of(report, resolutions, world, reader)
    routes = tuple(Route(f"r{number}", claim, ()) for number, claim in enumerate(claims, start=1))
    found: Record = json.loads(to_line(Findings(report, resolutions, routes)))
    return found


def report_of(record: Record) -> Report:
    """Make a report of an annotated one."""
    return Report(
        text=record["text"], id=record["id"], language=record["lang"], sha256="", published=record.get("published")
    )


def names_of(report: Report, world: World, reader: str) -> tuple[Resolution, ...]:
    """Find and place the names of a report, as `routes.find_routes` does."""
    return resolve(recognise(report, world.gazetteer, encoder=reader == "encoder"), report, world)


def claims_of(report: Report, resolutions: Sequence[Resolution], world: World, reader: str) -> tuple[Claim, ...]:
    """Read what a report claims, as `routes.find_routes` does."""
    return extract(report, resolutions, world, encoder=reader == "encoder")


def _named(toponym: Record, report: Report) -> Toponym:
    return Toponym(Quote.of(report.text, toponym["start"], toponym["end"]), literal=toponym.get("literal", True))


def _annotated(toponym: Record, report: Report, world: World) -> Resolution:
    """Return a toponym at its annotated place: the gazetteer's, where it has one there, or else one made of it."""
    named, position = _named(toponym, report), Position(toponym["lon"], toponym["lat"])
    reach = float(toponym["radius_km"])
    places = [candidate.place for candidate in world.gazetteer.candidates(named.quote.exact, report.language)]
    known = next((place for place in places if distance_km(place.position, position) <= reach), None)
    if known:
        return Resolution(named, known, 1.0)
    area = reach > TOWN_KM
    place = Place(
        id=f"annotated:{toponym['name']}",
        name=toponym["name"],
        position=position,
        feature=Feature.REGION if area else Feature.TOWN,
        radius_km=reach if area else 5.0,
        area=area,
    )
    return Resolution(named, place, 1.0)
