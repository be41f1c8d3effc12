"""Annotated reports as the encoder sees them: pieces, tags, mentions and the pairs of them; and how they are varied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from routes.claims import linear
from routes.encoder.heads import CARRIED, PARTS, TAGS, relation, within_reach
from routes.training.cases import Case, case_of, nearest
from routes.training.encoder.varied import carried_spans, swapped

if TYPE_CHECKING:
    import random

    from routes.encoder.pieces import Pieces, Vocabulary
    from routes.training.encoder.varied import Namesakes

MASKED = 0.25  # share of the names that are hidden, so that the words around them are learnt
MOST_PIECES = 500
SKIP = -100  # what torch leaves out of a loss


@dataclass(frozen=True, slots=True)
class Leg:
    """What is told of a leg: numbers into linear.MODES and linear.FACTUALITIES, and whether it is a corridor."""

    mode: int
    factuality: int
    corridor: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report with all that is asked of the heads; `case` is None where nothing is known of its routes."""

    record: dict[str, Any]
    case: Case | None
    pairs: np.ndarray
    relations: np.ndarray
    legs: np.ndarray  # of each pair: 1, 0, or SKIP where the leg is told by other mentions
    orders: np.ndarray
    told: dict[tuple[int, int], Leg]


@dataclass(frozen=True, slots=True)
class Example:
    """A report cut into pieces, as it is shown once."""

    rows: np.ndarray
    masked: np.ndarray
    tags: np.ndarray
    carried: np.ndarray
    spans: list[tuple[int, int]]
    pairs: np.ndarray
    relations: np.ndarray
    source: Annotated


def annotate(record: dict[str, Any]) -> Annotated:
    """Lay out what a record's mentions and pairs ought to be answered."""
    record = {
        **record,
        "toponyms": sorted(record["toponyms"], key=lambda t: t["start"]),
        "carried": carried_spans(record),
    }
    none = np.zeros((0, 2), np.int32)
    if record.get("routes") is None:
        return Annotated(record, None, none, none[:, 0], none[:, 0], none[:, 0], {})
    case = case_of(record)
    mentions = case.reading.mentions
    pairs = within_reach([m.entity for m in mentions])
    names = [(mentions[i].entity, mentions[j].entity) for i, j in pairs]
    legs = [
        1 if (i, j) in case.legs else SKIP if name in case.entity_legs else 0
        for (i, j), name in zip(pairs.tolist(), names, strict=True)
    ]
    orders = [name in case.entity_orders for name in names]
    relations = [relation(mentions[i].resolution.place, mentions[j].resolution.place) for i, j in pairs]
    return Annotated(
        record, case, pairs, np.array(relations, np.int32), np.array(legs), np.array(orders, int), _told(case, record)
    )


def _told(case: Case, record: dict[str, Any]) -> dict[tuple[int, int], Leg]:
    told = {}
    for route, stops in zip(record["routes"], case.stops, strict=True):
        for k, mode in enumerate(route["modes"]):
            if stops[k] and stops[k + 1]:
                pair = nearest(stops[k], stops[k + 1])
                told[pair] = Leg(
                    [str(m) for m in linear.MODES].index(mode),
                    [str(f) for f in linear.FACTUALITIES].index(route["factuality"]),
                    int(route["kind"] == "corridor"),
                )
    return told


def example(
    source: Annotated, vocabulary: Vocabulary, draw: random.Random | None, namesakes: Namesakes | None
) -> Example:
    """Cut a report into pieces; varied by `draw`, or as it is."""
    record = swapped(source.record, namesakes, draw) if draw and namesakes else source.record
    pieces = vocabulary.cut(record["text"])
    if draw and len(pieces) > MOST_PIECES:  # capitals fall apart into letters
        return example(source, vocabulary, None, None)
    tags, masked = np.zeros(len(pieces), np.int64), np.zeros(len(pieces), np.float32)
    spans = []
    names = [t.get("name", "") for t in record["toponyms"]]
    hidden = {name for name in sorted(set(names)) if draw and draw.random() < MASKED}
    for toponym, name in zip(record["toponyms"], names, strict=True):
        first, end = pieces.within(toponym["start"], toponym["end"])
        end = max(end, first + 1)
        first, end = min(first, len(pieces) - 1), min(end, len(pieces))
        kind = "literal" if toponym["literal"] else "metonym"
        tags[first:end] = TAGS.index(f"in {kind}")
        tags[first] = TAGS.index(f"begin {kind}")
        if name in hidden:
            masked[first:end], tags[first:end] = 1, SKIP
        spans.append((first, end))
    return Example(pieces.rows, masked, tags, _carried(record, pieces), spans, source.pairs, source.relations, source)


def parts_of(source: Annotated) -> np.ndarray:
    """Return the part of each mention, as numbers into PARTS."""
    return np.array(source.case.parts if source.case else [], dtype=np.int64)


def _carried(record: dict[str, Any], pieces: Pieces) -> np.ndarray:
    """Return for each piece a number into CARRIED, or SKIP where nothing is known."""
    if record.get("routes") is None:
        return np.full(len(pieces), SKIP, np.int64)
    found = np.zeros(len(pieces), np.int64)
    for start, end, kind in sorted(record["carried"], key=lambda span: span[2] is not None):
        first, last = pieces.within(start, end)
        found[first:last] = CARRIED.index(f"in {kind}") if kind else SKIP
        if kind and first < last:
            found[first] = CARRIED.index(f"begin {kind}")
    return found


assert PARTS == linear.PARTS  # noqa: S101 -- the heads know no claims, yet answer for them
