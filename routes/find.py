"""The whole flow: a report goes in, its findings come out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from geodata.world import World
from routes.claims.extract import extract
from routes.errors import EndpointError
from routes.legs import spoken_of, trace
from routes.llm import reading as llm
from routes.model import Findings, Report
from routes.reports import report_of
from routes.toponyms.recognise import recognise
from routes.toponyms.resolve import resolve

if TYPE_CHECKING:
    from routes.llm.endpoint import Endpoint
    from routes.model import Claim, Resolution

Reader = Literal["encoder", "plain", "llm"]
READER: Reader = "plain"


@cache
def default_world() -> World:
    """Open the committed gazetteer, areas and networks once."""
    return World.load()


def find_routes(
    report: Report | str, *, world: World | None = None, reader: Reader = READER, endpoint: Endpoint | None = None
) -> Findings:
    """Read the reported routes out of a report.

    Parameters
    ----------
    report : Report or str
        A report from `routes.read_report`, or a text at hand.
    world : World, optional
        The ground to place names on; the committed one by default.
    reader : {"encoder", "plain", "llm"}
        How to read: with the trained encoder, or with lexicons and linear models alone, which is faster; or through a
        language model, which sends the report's text to `endpoint`.
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
    """
    world = world or default_world()
    report = report_of(report) if isinstance(report, str) else report
    if reader == "llm":
        resolutions, claims = _through_endpoint(report, world, endpoint)
    else:
        encoder = reader == "encoder"
        resolutions = resolve(recognise(report, world.gazetteer, encoder=encoder), report, world)
        claims = extract(report, resolutions, world, encoder=encoder)
    routes = tuple(
        trace(claim, world, f"r{number}", spoken_of(claim, resolutions)) for number, claim in enumerate(claims, start=1)
    )
    return Findings(report=report, resolutions=resolutions, routes=routes)


def _through_endpoint(
    report: Report, world: World, endpoint: Endpoint | None
) -> tuple[tuple[Resolution, ...], tuple[Claim, ...]]:
    if endpoint is None:
        raise EndpointError("the reader 'llm' asks a server: give an endpoint and a model")
    reading = llm.read(report, endpoint)
    resolutions = resolve(reading.toponyms, report, world)
    return resolutions, llm.claims(reading, resolutions)
