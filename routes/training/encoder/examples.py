"""Annotated reports as the encoder sees them: pieces, tags, mentions and the pairs of them; and how they are varied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from routes.claims import linear
from routes.encoder.heads import PARTS, TAGS, relation, within_reach
from routes.training.cases import Case, case_of, nearest

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer
    from routes.encoder.pieces import Vocabulary

MASKED = 0.25  # share of the names that are hidden, so that the words around them are learnt
SWAPPED = 0.15  # share of the names that are replaced by another place's
SHOUTED = 0.03  # share of the reports written in capitals throughout
SWAP_PEOPLE = 50_000  # of a town whose name is put in
TOWN_KM = 30
MOST_PIECES = 500
LATIN = frozenset("de en fr es it pt nl pl tr".split())
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
    spans: list[tuple[int, int]]
    pairs: np.ndarray
    relations: np.ndarray
    source: Annotated


def annotate(record: dict[str, Any]) -> Annotated:
    """Lay out what a record's mentions and pairs ought to be answered."""
    record = {**record, "toponyms": sorted(record["toponyms"], key=lambda t: t["start"])}
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


class Namesakes:
    """Names of other places to put in, by language and by whether they are of an area.

    Towns come from the other reports of the language, as they stand there, and for languages in Latin letters from the
    gazetteer too; areas come from the gazetteer.
    """

    def __init__(self, gazetteer: Gazetteer, records: Sequence[dict[str, Any]]) -> None:
        self.pools: dict[tuple[str, bool], list[str]] = {}
        for record in records:
            for toponym in record["toponyms"]:
                pool = self.pools.setdefault((record["lang"], toponym["radius_km"] > TOWN_KM), [])
                pool.append(record["text"][toponym["start"] : toponym["end"]])
        languages = sorted({record["lang"] for record in records})
        for place in gazetteer:
            if place.area:
                for language in languages:
                    self.pools.setdefault((language, True), []).extend(place.names.get(language, ())[:1])
            elif place.population >= SWAP_PEOPLE:
                for language in LATIN.intersection(languages):
                    self.pools.setdefault((language, False), []).append(place.name)

    def another(self, language: str, radius_km: float, draw: random.Random) -> str | None:
        """Draw a name, or nothing where there is none."""
        pool = self.pools.get((language, radius_km > TOWN_KM))
        return draw.choice(pool) if pool else None


def swapped(record: dict[str, Any], namesakes: Namesakes, draw: random.Random) -> dict[str, Any]:
    """Return a record in which some names are replaced, all mentions of a wording alike."""
    text, toponyms = record["text"], record["toponyms"]
    wordings = sorted({text[t["start"] : t["end"]] for t in toponyms})
    radius = {text[t["start"] : t["end"]]: t.get("radius_km", 5) for t in toponyms}
    put_in = {w: namesakes.another(record["lang"], radius[w], draw) for w in wordings if draw.random() < SWAPPED}
    parts, moved, at = [], [], 0
    length = 0
    for toponym in toponyms:
        written = text[toponym["start"] : toponym["end"]]
        name = put_in.get(written) or written
        parts += [text[at : toponym["start"]], name]
        length += toponym["start"] - at
        moved.append({**toponym, "start": length, "end": length + len(name)})
        length += len(name)
        at = toponym["end"]
    whole = "".join([*parts, text[at:]])
    if draw.random() < SHOUTED and len(whole.upper()) == len(whole):
        whole = whole.upper()
    return {**record, "text": whole, "toponyms": moved}


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
    if draw is not None and not source.record["toponyms"]:
        masked[:] = 0
    return Example(pieces.rows, masked, tags, spans, source.pairs, source.relations, source)


def parts_of(source: Annotated) -> np.ndarray:
    """Return the part of each mention, as numbers into PARTS."""
    return np.array(source.case.parts if source.case else [], dtype=np.int64)


def unswapped(example_: Example) -> Example:
    """Return an example with nothing hidden."""
    return replace(example_, masked=np.zeros_like(example_.masked))


assert PARTS == linear.PARTS  # noqa: S101 -- the heads know no claims, yet answer for them
