"""From a report to what a model says of it, checked; and, once its names are placed, to claims."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from routes.llm.asking import ask
from routes.llm.checking import Checked, check
from routes.llm.windows import cut
from routes.llm.wire import client_of
from routes.model import Claim, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routes.llm.checking import Draft
    from routes.llm.endpoint import Endpoint
    from routes.llm.windows import Span
    from routes.model import Report, Resolution, Toponym

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds of a model's answers about a report: its toponyms in text order, and drafts of claims."""

    toponyms: tuple[Toponym, ...]
    drafts: tuple[Draft, ...]
    refused: tuple[str, ...]
    reader: str


def read(report: Report, endpoint: Endpoint) -> Reading:
    """Have a model read a report. This sends the report's text to the endpoint.

    Parameters
    ----------
    report : Report
    endpoint : Endpoint

    Returns
    -------
    Reading
        What was refused is logged as a warning as well, each by name, and how much it was.

    Raises
    ------
    EndpointError
        Where the server cannot be reached, refuses, or does not answer with JSON.
    MissingExtraError
        Where the extra ``llm`` is not installed.
    """
    checked: list[Checked] = []
    rung = 0
    with client_of(endpoint) as client:
        for window in cut(report.text):
            answer, rung = ask(client, endpoint, report, window, rung)
            checked.append(check(answer, window))
    _tell(report, checked)
    return Reading(
        toponyms=tuple(it for part in checked for it in part.toponyms),
        drafts=tuple(it for part in checked for it in part.drafts),
        refused=tuple(it for part in checked for it in part.refused),
        reader=f"read by {endpoint.model} at {endpoint.host}",
    )


def _tell(report: Report, checked: Sequence[Checked]) -> None:
    for refusal in (it for part in checked for it in part.refused):
        logger.warning("%s: %s", _printable(report.id), refusal)
    dropped, kept = sum(part.dropped for part in checked), sum(len(part.drafts) for part in checked)
    if dropped:
        logger.warning(
            "%s: %d of the model's %d routes left out: they do not hold against the report",
            _printable(report.id), dropped, dropped + kept,
        )  # fmt: skip


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in words)


def claims(reading: Reading, resolutions: Iterable[Resolution]) -> tuple[Claim, ...]:
    """Make claims of a reading, once its toponyms are resolved.

    Parameters
    ----------
    reading : Reading
    resolutions : iterable of Resolution
        One for each of the reading's toponyms.

    Returns
    -------
    tuple of Claim
        In the order of their quotes; a route that was told twice is there once, with all quotes.
    """
    placed = {_span(it.toponym): it for it in resolutions}
    told: dict[tuple[object, ...], Claim] = {}
    for draft in reading.drafts:
        claim = _claim(draft, placed, reading.reader)
        key = (
            tuple((stop.place.id if stop.place else stop.name.casefold(), stop.role) for stop in claim.stops),
            claim.modes, claim.kind, claim.factuality, claim.cargo, claim.date,
        )  # fmt: skip
        before = told.get(key)
        quotes = tuple(dict.fromkeys((*before.quotes, *claim.quotes))) if before else claim.quotes
        told[key] = replace(before or claim, quotes=quotes)
    return tuple(sorted(told.values(), key=lambda claim: (claim.quote.start, claim.quote.end)))


def _span(toponym: Toponym) -> Span:
    return toponym.quote.start, toponym.quote.end


def _claim(draft: Draft, placed: dict[Span, Resolution], reader: str) -> Claim:
    return Claim(
        quotes=draft.quotes,
        stops=tuple(Stop(placed[_span(toponym)], role) for toponym, role in draft.stops),
        modes=draft.modes,
        kind=draft.kind,
        factuality=draft.factuality,
        direction=draft.direction,
        cargo=draft.cargo,
        attribution=draft.attribution,
        date=draft.date,
        why=(reader, *draft.why),
    )
