"""The whole flow: a report goes in, its findings come out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geodata.world import World
from routes.claims.encoded import Opinion
from routes.claims.extract import extract
from routes.errors import EndpointError, GivenError
from routes.legs import spoken_of, trace
from routes.llm import reading as llm
from routes.model import AS_SAID, Findings, Report, Resolution
from routes.readers import DEFAULT, Kind, Reader
from routes.reports import report_of
from routes.toponyms.corrections import corrections_of
from routes.toponyms.given import toponyms_of as _toponyms_of
from routes.toponyms.outside import with_natasha, with_spacy
from routes.toponyms.recognise import recognise, recognise_encoded
from routes.toponyms.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from routes.llm.endpoint import Endpoint
    from routes.model import Claim, Said, Toponym
    from routes.toponyms.corrections import Correction


@cache
def default_world() -> World:
    """Open the committed gazetteer, areas and networks once."""
    return World.load()


def find_routes(
    report: Report | str,
    *,
    world: World | None = None,
    reader: Reader | str = DEFAULT,
    places: Mapping[str, Said] | None = None,
    toponyms: Sequence[Toponym | Resolution] | None = None,
    endpoint: Endpoint | None = None,
) -> Findings:
    """Read the reported routes out of a report.

    Parameters
    ----------
    report : Report or str
        A report from `routes.read_report`, or a text at hand.
    world : World, optional
        The ground to place names on; the committed one by default.
    reader : str
        How to read: ``"encoder"``, with the trained encoder; ``"plain"``, with lexicons and linear models alone, which
        is faster; ``"spacy:PIPELINE"`` or ``"natasha"``, plain but with the names that a spaCy pipeline (its name or
        path) or natasha finds; ``"llm"``, through a language model, which sends the report's text to `endpoint`.
    places : mapping, optional
        What you know of names, as they stand in the text: the id of a place (``{"Tripoli": "geonames:2210247"}``), its
        longitude and latitude (``(13.19, 32.89)``), or None where it names no place. It wins over all else, over the
        report's own `places` too.
    toponyms : sequence of Toponym or Resolution, optional
        The names of the report, where they are known; then no others are looked for. A Resolution keeps its place.
        `routes.toponyms_of` makes them of records.
    endpoint : Endpoint, optional
        Whom the reader ``llm`` asks; the other readers ask nobody.

    Returns
    -------
    Findings
        All toponyms with their resolutions, in text order, and the routes claimed, in the order of their quotes.
        What could not be placed is in there too, without a place.

    Raises
    ------
    EndpointError
        Where the reader ``llm`` has no endpoint, or that gives no answer.
    GivenError
        Where there is no such reader, or a place or toponym does not fit.
    MissingExtraError
        Where the reader needs what is not installed.
    """
    world = world or default_world()
    report = report_of(report) if isinstance(report, str) else report
    how = Reader.of(reader)
    own = corrections_of(report.places, world, f"report {report.id!r}: ")
    corrections = (*own, *corrections_of(places or {}, world))
    if how.kind is Kind.LLM:
        resolutions, claims = _through_endpoint(report, world, endpoint, corrections, toponyms)
    else:
        named = _names(report, world, how) if toponyms is None else toponyms
        resolutions = settle(named, corrections, report, world)
        claims = extract(report, resolutions, world, ask=Opinion.of if how.kind is Kind.ENCODER else None)
    routes = tuple(
        trace(claim, world, f"r{number}", spoken_of(claim, resolutions)) for number, claim in enumerate(claims, start=1)
    )
    return Findings(report=report, resolutions=resolutions, routes=routes)


def toponyms_of(
    report: Report, records: Sequence[Mapping[str, Any]], *, placed: bool = False, world: World | None = None
) -> tuple[Toponym | Resolution, ...]:
    """Make toponyms for `find_routes` of records in the form of the benchmark and of findings in JSONL.

    Parameters
    ----------
    report : Report
    records : sequence of mapping
        With ``start`` and ``end``, offsets into the report's text; where known, ``text`` (held against the report's),
        ``literal``, ``name``, ``place`` (an id), ``lat`` and ``lon``.
    placed : bool
        Whether to keep the places that are told: the one of that name in the gazetteer that lies there, else one of
        your own at that position. By default they are passed over, and the names are placed by us.
    world : World, optional
        The ground to place names on; the committed one by default.

    Raises
    ------
    GivenError
        Where offsets do not fit the report or each other, or a place is neither an id nor a position.
    """
    return _toponyms_of(report, records, world or default_world(), placed=placed)


def _names(report: Report, world: World, reader: Reader) -> tuple[Toponym, ...]:
    match reader.kind:
        case Kind.ENCODER:
            return recognise_encoded(report, world.gazetteer)
        case Kind.SPACY:
            return with_spacy(report, world.gazetteer, reader.pipeline)
        case Kind.NATASHA:
            return with_natasha(report, world.gazetteer)
    return recognise(report, world.gazetteer)


def _through_endpoint(
    report: Report,
    world: World,
    endpoint: Endpoint | None,
    corrections: Sequence[Correction],
    toponyms: Sequence[Toponym | Resolution] | None,
) -> tuple[tuple[Resolution, ...], tuple[Claim, ...]]:
    if endpoint is None:
        raise EndpointError("the reader 'llm' asks a server: give an endpoint and a model")
    if toponyms is not None:
        raise GivenError("the reader 'llm' finds the names itself; give toponyms to another reader")
    reading = llm.read(report, endpoint)
    resolutions = settle(reading.toponyms, corrections, report, world)
    kept = {(it.toponym.quote.start, it.toponym.quote.end) for it in resolutions}
    no_place = [
        Resolution(toponym, None, why=AS_SAID)
        for toponym in reading.toponyms
        if (toponym.quote.start, toponym.quote.end) not in kept
    ]
    return resolutions, llm.claims(reading, (*resolutions, *no_place))
