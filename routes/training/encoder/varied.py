"""How annotated reports are varied before the encoder sees them: other names, capitals, two reports in one."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer

SWAPPED = 0.15  # share of the names that are replaced by another place's
SHOUTED = 0.03  # share of the reports written in capitals throughout
SWAP_PEOPLE = 50_000  # of a town whose name is put in
TOWN_KM = 30
LATIN = frozenset("de en fr es it pt nl pl tr".split())
SHORT = 900  # letters of a report that is joined to another
WIDTH = {"zh": 3.0, "ja": 2.5, "ko": 2.0}  # letters of ours that one of theirs is worth


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
    parts, moved, at, length = [], [], 0, 0
    shifts = [(0, 0)]  # from this offset on, by so much
    for toponym in toponyms:
        written = text[toponym["start"] : toponym["end"]]
        name = put_in.get(written) or written
        parts += [text[at : toponym["start"]], name]
        length += toponym["start"] - at
        moved.append({**toponym, "start": length, "end": length + len(name)})
        length += len(name)
        at = toponym["end"]
        shifts.append((at, length - at))
    whole = "".join([*parts, text[at:]])
    if draw.random() < SHOUTED and len(whole.upper()) == len(whole):
        whole = whole.upper()
    starts = [start for start, _ in shifts]
    carried = [
        (*(offset + shifts[bisect_right(starts, offset) - 1][1] for offset in span[:2]), span[2])
        for span in record.get("carried", ())
    ]
    return {**record, "text": whole, "toponyms": moved, "carried": carried}


def joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return two reports as one, the second in a paragraph of its own."""
    shift = len(first["text"]) + 2
    return {
        "id": f"{first['id']}+{second['id']}",
        "lang": first["lang"],
        "text": f"{first['text']}\n\n{second['text']}",
        "toponyms": first["toponyms"]
        + [{**t, "start": t["start"] + shift, "end": t["end"] + shift} for t in second["toponyms"]],
        "routes": (first["routes"] or []) + (second["routes"] or []),
    }


def joins(records: Sequence[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    """Join short reports of a language two by two, so that what stands in one paragraph is not read into another."""
    by_language: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        if len(record["text"]) * WIDTH.get(record["lang"], 1) < SHORT:
            by_language.setdefault(record["lang"], []).append(record)
    found = []
    for short in by_language.values():
        draw.shuffle(short)
        found += [joined(a, b) for a, b in zip(short[::2], short[1::2], strict=False)]
    return found


def carried_spans(record: dict[str, Any]) -> list[tuple[int, int, str | None]]:
    """Return where the goods and sources of the routes stand; the same words elsewhere have no kind."""
    text = record["text"]
    found: list[tuple[int, int, str | None]] = []
    for route in record.get("routes") or []:
        at = max(0, text.find(route.get("evidence") or "\0"))
        for kind, words in (("cargo", route.get("cargo")), ("source", route.get("attribution"))):
            places = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
            own = min(places, key=lambda start: (start < at, abs(start - at)), default=0)
            found += [(start, start + len(words), kind if start == own else None) for start in places]
    return found
