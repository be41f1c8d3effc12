"""Names of places that are known beforehand: from another reader, or from a file in the benchmark's form.

Such a file is JSONL, a report a line: its ``id`` and its ``toponyms``, each with ``start``, ``end`` and, where known,
``text``, ``literal``, ``name``, ``place`` (an id), ``lat``, ``lon``. ``routes find -o findings.jsonl`` writes one.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.names import fold
from geodata.places import RADIUS_KM, Feature, Place
from geodata.position import Position, distance_km
from routes.errors import GivenError
from routes.model import AS_SAID, Quote, Resolution, Toponym
from routes.toponyms.evidence import Scene, literal_features
from routes.toponyms.lookup import Lookup
from routes.toponyms.resolve import ALTERNATIVES
from routes.toponyms.spans import Span
from routes.toponyms.tokens import tokenise
from routes.toponyms.weights import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.world import World
    from routes.model import Report

NEAR_KM = 25.0  # two gazetteers seldom agree better on where a town is
BROAD_KM = 100.0  # what reaches so far is an area
FARTHEST_KM = 20_040.0  # half round the globe


def read_records(source: str | Path) -> dict[str, list[Any]]:
    """Read what is told of the toponyms of many reports, by the report's id.

    Raises
    ------
    GivenError
        Where the file cannot be read, or a line has no id and toponyms, or the id of another.
    """
    try:
        lines = Path(source).read_text("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise GivenError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    found: dict[str, list[Any]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{source}, line {number}"
            name, records = _records(line, where)
            if name in found:
                raise GivenError(f"{where}: the report {name!r} has its toponyms on another line too")
            found[name] = records
    return found


def _records(line: str, where: str) -> tuple[str, list[Any]]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise GivenError(f"{where} is not JSON; every line tells the toponyms of one report") from None
    name = record.get("id") if isinstance(record, dict) else None
    if not isinstance(name, str | int) or not isinstance(record.get("toponyms"), list):
        raise GivenError(f"{where} needs the report's 'id', and its 'toponyms' as a list")
    return str(name), record["toponyms"]


def toponyms_of(
    report: Report, records: Sequence[Mapping[str, Any]], world: World, *, placed: bool = False
) -> tuple[Toponym | Resolution, ...]:
    """Make toponyms of what is told of them.

    Parameters
    ----------
    report : Report
    records : sequence of mapping
        With ``start`` and ``end``, offsets into the report's text, and the other keys above.
    world : World
    placed : bool
        Whether to keep the places that are told, instead of leaving it to us where the names are.

    Returns
    -------
    tuple of Toponym or Resolution
        In text order; a Resolution where the place is kept. Whether a name is literal is judged where it is not told.

    Raises
    ------
    GivenError
        Where offsets do not fit the text or each other, or a place is neither an id of ours nor a position.
    """
    spans = [_span(report, record) for record in records]
    order = sorted(range(len(spans)), key=spans.__getitem__)
    for first, second in pairwise(order):
        if spans[second][0] < spans[first][1]:
            told = report.text[slice(*spans[first])], report.text[slice(*spans[second])]
            raise GivenError(f"report {report.id!r}: the toponyms {told[0]!r} and {told[1]!r} overlap")
    judged = marked(report, [spans[k] for k in order], world.gazetteer)
    lookup = Lookup(world.gazetteer, report.language.split("-", maxsplit=1)[0])
    here: dict[Position, Place] = {}
    found: list[Toponym | Resolution] = []
    for k, toponym in zip(order, judged, strict=True):
        literal = records[k].get("literal")
        own = Toponym(toponym.quote, literal) if isinstance(literal, bool) else toponym
        place = _place(report, records[k], own, world, here) if placed else None
        found.append(said_to_be(own, place, lookup) if place else own)
    return tuple(found)


def said_to_be(toponym: Toponym, place: Place, lookup: Lookup) -> Resolution:
    """Place a name where the user says that it is; the others of that name are kept, without any share of belief."""
    others = (it for it in lookup.find(toponym.quote.exact).candidates if it.place.id != place.id)
    alternatives = tuple(replace(it, score=0.0) for it in islice(others, ALTERNATIVES))
    return Resolution(toponym, place, 1.0, alternatives, AS_SAID)


def marked(report: Report, stretches: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Take stretches of a report's text for names of places, and judge which are meant literally.

    Parameters
    ----------
    report : Report
    stretches : sequence of (int, int)
        Each with a letter at least.
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Toponym
        One for each stretch.
    """
    if not stretches:
        return ()
    language = report.language.split("-", maxsplit=1)[0]
    tokens, lookup, (_, literal) = tokenise(report.text), Lookup(gazetteer, language), load()
    spans = [
        Span(start, end, max(0, tokens.at(start)), max(0, tokens.at(end - 1)), lookup.find(report.text[start:end]))
        for start, end in stretches
    ]
    scene = Scene.of(tokens, language, spans)
    return tuple(
        Toponym(Quote.of(report.text, it.start, it.end), literal.log_odds(literal_features(scene, it)) > 0)
        for it in spans
    )


def place_at(name: str, position: Position, world: World, radius_km: float = RADIUS_KM) -> Place:
    """Make a place of a name and a position."""
    broad = radius_km >= BROAD_KM
    return Place(
        id=f"position:{round(position.longitude, 5)},{round(position.latitude, 5)}",
        name=name,
        position=position,
        feature=Feature.REGION if broad else Feature.SITE,
        country=world.regions.country_at(position),
        radius_km=radius_km,
        area=broad,
    )


def position_of(longitude: object, latitude: object) -> Position | None:
    """Make a position of two numbers, None where they are none on the globe."""
    numbers = isinstance(longitude, int | float) and isinstance(latitude, int | float)
    if numbers and -180 <= longitude <= 180 and -90 <= latitude <= 90:  # type: ignore[operator]
        return Position(float(longitude), float(latitude))  # type: ignore[arg-type]
    return None


def _span(report: Report, record: object) -> tuple[int, int]:
    told = record if isinstance(record, dict) else {}
    start, end = told.get("start"), told.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        raise GivenError(f"report {report.id!r}: a toponym needs 'start' and 'end', offsets into the report's text")
    if not 0 <= start < end <= len(report.text):
        raise GivenError(
            f"report {report.id!r}: a toponym from {start} to {end} is not in its text of {len(report.text)} characters"
        )
    stands, said = report.text[start:end], told.get("text", report.text[start:end])
    if stands != said:
        raise GivenError(
            f"report {report.id!r}: from {start} to {end} stands {stands!r}, not {said!r}; the offsets do not fit"
        )
    if not fold(stands):
        raise GivenError(f"report {report.id!r}: from {start} to {end} stands {stands!r}, which is no name")
    return start, end


def _place(
    report: Report, record: Mapping[str, Any], toponym: Toponym, world: World, here: dict[Position, Place]
) -> Place | None:
    """Give the place that is told: of the gazetteer where one of that name or id lies there, else one of its own.

    None where nothing is told. `here` holds those of their own, so that two names of a position are one place.
    """
    name = str(record.get("name") or toponym.quote.exact)
    own = _of_id(record.get("place"), world.gazetteer)
    longitude, latitude = record.get("lon"), record.get("lat")
    position = position_of(longitude, latitude)
    if position is None:
        if longitude is not None or latitude is not None:
            raise GivenError(
                f"report {report.id!r}: {name!r} has lon {longitude!r} and lat {latitude!r}, which is no position"
            )
        if own is None and record.get("place") is not None:
            raise GivenError(
                f"report {report.id!r}: {name!r} is placed at {record['place']!r}, which is no id of a place"
            )
        return own
    language = report.language.split("-", maxsplit=1)[0]
    spelt = dict.fromkeys([toponym.quote.exact, name])
    bearers = [it.place for one in spelt for it in world.gazetteer.candidates(one, language)]
    near = [(_apart(place, position), place) for place in ([own] if own else []) + bearers]
    apart, place = min(near, key=lambda pair: pair[0], default=(2.0, None))
    if place is not None and apart <= 1:
        return place
    if position not in here:
        here[position] = place_at(name, position, world, _reach(record.get("radius_km")))
    return here[position]


def _reach(told: object) -> float:
    return float(told) if isinstance(told, int | float) and 0 < told <= FARTHEST_KM else RADIUS_KM


def _apart(place: Place, position: Position) -> float:
    """How far a position lies from a place, as a share of how far it may."""
    return distance_km(place.position, position) / max(NEAR_KM, place.radius_km)


def _of_id(place_id: object, gazetteer: Gazetteer) -> Place | None:
    try:
        return gazetteer.place(place_id) if isinstance(place_id, str) else None
    except LookupError:
        return None
