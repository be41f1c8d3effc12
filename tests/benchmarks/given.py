"""Read an annotated report with the product, from its text alone or with a part of the answer given."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import routes
from routes.claims.encoded import Opinion
from routes.claims.extract import extract
from routes.jsonl import to_line
from routes.model import Findings, Report, Route
from routes.toponyms.recognise import recognise, recognise_encoded
from routes.toponyms.resolve import resolve
from routes.toponyms.settle import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World
    from routes.model import Claim, Resolution

    Record = dict[str, Any]


class Given(StrEnum):
    """What a reader is told beside the text."""

    TEXT = "text"  # nothing
    SPANS = "spans"  # which words are names
    TOPONYMS = "toponyms"  # which words are names, and where the places are


def predicted(record: Record, world: World, reader: str, given: Given) -> Record:
    """Return what is read out of a report, in the form that ``score.py`` takes; nothing is traced."""
    report = report_of(record)
    if given is Given.TEXT:
        resolutions = names_of(report, world, reader)
    else:
        told = routes.toponyms_of(report, record["toponyms"], placed=given is Given.TOPONYMS, world=world)
        resolutions = settle(told, (), report, world)
    claims = claims_of(report, resolutions, world, reader)
    read = tuple(Route(f"r{number}", claim, ()) for number, claim in enumerate(claims, start=1))
    found: Record = json.loads(to_line(Findings(report, resolutions, read)))
    return found


def report_of(record: Record) -> Report:
    """Make a report of an annotated one."""
    return Report(
        text=record["text"], id=record["id"], language=record["lang"], sha256="", published=record.get("published")
    )


def names_of(report: Report, world: World, reader: str) -> tuple[Resolution, ...]:
    """Find and place the names of a report, as `routes.find_routes` does."""
    find = recognise_encoded if reader == "encoder" else recognise
    return resolve(find(report, world.gazetteer), report, world)


def claims_of(report: Report, resolutions: Sequence[Resolution], world: World, reader: str) -> tuple[Claim, ...]:
    """Read what a report claims, as `routes.find_routes` does."""
    return extract(report, resolutions, world, ask=Opinion.of if reader == "encoder" else None)
