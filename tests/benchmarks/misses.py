"""What kinds of miss a reader makes, by language: of names, and of legs."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from figures import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geodata.world import World

    Record = dict[str, Any]
    Leg = dict[str, Any]
    Told = tuple[str, str]  # a kind of miss, and the words

_SENTENCE_END = re.compile(r"[.!?…؟]\s|[。！？\n]")


@dataclass(frozen=True, slots=True)
class Miss:
    """Where something was missed, invented or put wrong."""

    language: str
    report: str
    words: str


def kinds_of_miss(cases: Sequence[Record], found: Mapping[str, Record], world: World) -> dict[str, list[Miss]]:
    """Return the misses of each kind."""
    kinds: dict[str, list[Miss]] = defaultdict(list)
    for case in cases:
        read = found[case["id"]]
        told = [*_names(case, read, world)]
        if case.get("routes") is not None:
            scene = Scene(case, read)
            told += [*_missed_legs(scene), *_invented_legs(scene)]
        for kind, words in told:
            kinds[kind].append(Miss(case["lang"], case["id"], words))
    return kinds


def _names(case: Record, read: Record, world: World) -> Iterator[Told]:
    text, language = case["text"], case["lang"]
    gold, named = score.counted(case, read)
    exact = dict(score.match(gold, named, score.same_span))
    for i, wanted in enumerate(gold):
        words = text[wanted["start"] : wanted["end"]]
        others = [toponym for toponym in named if score.overlap(wanted, toponym)]
        if i in exact:
            yield from _exact(wanted, named[exact[i]], words, _near(wanted, words, language, world))
        elif others:
            yield "name: its bounds", f"{words}, read as {others[0]['text']}"
        elif not world.gazetteer.candidates(words, language):
            yield "name: missed, unknown to the gazetteer", words
        else:
            yield "name: missed, though known", words
    for toponym in named:
        if not any(score.overlap(wanted, toponym) for wanted in gold):
            known = world.gazetteer.candidates(toponym["text"], language)
            kind = "a known name that is none here" if known else "an unknown word taken for a name"
            yield f"name invented: {kind}", toponym["text"]


def _near(wanted: Record, words: str, language: str, world: World) -> bool:
    """Tell whether the gazetteer has a place of the name where the gold has it."""
    places = [candidate.place.position for candidate in world.gazetteer.candidates(words, language)]
    return any(score.placed(wanted, {"lat": at.latitude, "lon": at.longitude}) for at in places)


def _exact(wanted: Record, toponym: Record, words: str, known: bool) -> Iterator[Told]:  # noqa: FBT001  # one caller
    if not score.placed(wanted, toponym):
        if not known:
            yield "place: not in the gazetteer", words
        elif toponym["place"] is None:
            yield "place: none, though known", words
        else:
            yield "place: another of that name", f"{words}, put at {toponym['place']}"
    if wanted["literal"] != toponym["literal"]:
        yield ("literal: taken for a metonym" if wanted["literal"] else "literal: metonym not seen"), words


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's routes as they are annotated and as they were read."""

    case: Record
    read: Record

    def legs(self) -> tuple[list[Leg], list[Leg], dict[int, int]]:
        """Return gold legs, those read, and which of the first was which of the others."""
        gold, told = list(score.legs_of(self.case["routes"])), list(score.legs_of(self.read["routes"]))
        return gold, told, dict(score.match(gold, told, score.same_leg))

    def mentions(self, stop: Record) -> list[Record]:
        """Return the annotated mentions of a stop."""
        toponyms = self.case["toponyms"]
        return [t for t in toponyms if t["name"] == stop["name"]] or [t for t in toponyms if score.near(stop, t)]

    def closest(self, leg: Leg) -> tuple[Record, Record] | None:
        """Return the two mentions of a leg's ends that stand closest together."""
        pairs = [(a, b) for a in self.mentions(leg["from"]) for b in self.mentions(leg["to"])]
        return min(pairs, key=lambda pair: abs(pair[0]["start"] - pair[1]["start"]), default=None)

    def unread(self, stop: Record) -> bool:
        """Tell whether a stop was not found among the names, or put elsewhere."""
        return not any(score.near(stop, toponym) for toponym in self.read["toponyms"])


def _missed_legs(scene: Scene) -> Iterator[Told]:
    gold, told, matched = scene.legs()
    for i, leg in enumerate(gold):
        if i not in matched:
            yield f"leg missed: {_why_missed(scene, leg, gold, told)}", _shown(leg)


def _why_missed(scene: Scene, leg: Leg, gold: Sequence[Leg], told: Sequence[Leg]) -> str:
    """Return the first that fits: what was read instead, then what makes the leg hard."""
    pair = scene.closest(leg)
    if scene.unread(leg["from"]) or scene.unread(leg["to"]):
        return "an end's name or place was not"
    if not told:
        return "no route seen"
    if any(score.near(leg["from"], t["to"]) and score.near(leg["to"], t["from"]) for t in told):
        return "reversed"
    if any(score.near(leg["from"], t["from"]) or score.near(leg["to"], t["to"]) for t in told):
        return f"another end{_hard(scene, leg, gold, pair)}"
    return f"neither end's{_hard(scene, leg, gold, pair)}"


def _hard(scene: Scene, leg: Leg, gold: Sequence[Leg], pair: tuple[Record, Record] | None) -> str:
    if pair is None:
        return ""
    first, last = sorted(pair, key=lambda mention: mention["start"])
    between = scene.case["text"][first["end"] : last["start"]]
    alike = [other for other in gold if other["from"]["name"] == leg["from"]["name"]]
    alike_to = [other for other in gold if other["to"]["name"] == leg["to"]["name"]]
    if _SENTENCE_END.search(between):
        return ", over sentences"
    if len(alike) > 1 or len(alike_to) > 1:
        return ", in a list"
    if any(first["end"] <= t["start"] and t["end"] <= last["start"] for t in scene.case["toponyms"]):
        return ", other names between"
    return ", destination first" if first is pair[1] else ", next to each other"


def _invented_legs(scene: Scene) -> Iterator[Told]:
    gold, told, matched = scene.legs()
    right = set(matched.values())
    for j, leg in enumerate(told):
        if j not in right:
            yield f"leg invented: {_why_invented(scene, leg, gold)}", _shown(leg)


def _why_invented(scene: Scene, leg: Leg, gold: Sequence[Leg]) -> str:
    routes = scene.case["routes"]
    if not routes:
        return "the report tells no route"
    if any(score.near(g["from"], leg["to"]) and score.near(g["to"], leg["from"]) for g in gold):
        return "reversed"
    if any(score.near(g["from"], leg["from"]) and score.near(g["to"], leg["to"]) for g in gold):
        return "told twice"
    starts, ends = ([_stops_at(route, leg[end]) for route in routes] for end in ("from", "to"))
    if not any(starts) or not any(ends):
        return "an end is no stop" if any([*starts, *ends]) else "neither end is a stop"
    shared = [(a, b) for a, b in zip(starts, ends, strict=True) if a and b]
    if any(min(a) < max(b) for a, b in shared):
        return "leaves out a stop"
    return "against the route's order" if shared else "joins two routes"


def _stops_at(route: Record, stop: Record) -> list[int]:
    return [k for k, wanted in enumerate(route["stops"]) if score.near(wanted, stop)]


def _shown(leg: Leg) -> str:
    return f"{leg['from']['name']} -> {leg['to']['name']}"
