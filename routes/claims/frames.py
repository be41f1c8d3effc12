"""Frames: what supply, acquisition, disguise and way words say about the places around them.

A frame names its edges (from whom to whom) and the cue that opened it; the decoder and the linear reader weigh them.
The roles follow FrameNet's Supply, Getting and Path_shape; the reading goes by slots and order alone, without a parser.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routes.claims.clauses import Mention, Reading
    from routes.claims.cues import Span

ACTORS = frozenset({"area", "point"})
FALSE_SLOTS = frozenset({"to", "at", "bare"})
TRADES = frozenset({"supply", "acquire", "way"})


@dataclass(frozen=True, slots=True)
class Edge:
    """Goods said to go from one mention's place to another's.

    Attributes
    ----------
    origin, destination : int
        Numbers of mentions.
    frame : str
        ``supply``, ``acquire``, ``path``, ``way``.
    cue : Span
        The words that opened the frame.
    declared : tuple of int
        Mentions of false destinations, each an alternative.
    open_end : bool
        Whether the second place is only on the way.
    """

    origin: int
    destination: int
    frame: str
    cue: Span
    declared: tuple[int, ...] = ()
    open_end: bool = False


def edges(reading: Reading) -> tuple[Edge, ...]:
    """Return every edge that a frame proposes, in text order."""
    found: dict[tuple[int, int], Edge] = {}
    for sentence in sorted({m.sentence for m in reading.mentions}):
        mentions = reading.in_sentence(sentence)
        for edge in (*_trades(reading, sentence, mentions), *_ways(reading, sentence, mentions), *_paths(mentions)):
            if reading.mentions[edge.origin].entity != reading.mentions[edge.destination].entity:
                found.setdefault((edge.origin, edge.destination), edge)
    return tuple(_with_disguise(reading, edge) if edge.frame in TRADES else edge for edge in found.values())


def moved(found: Sequence[Edge], homes: Mapping[int, int]) -> tuple[Edge, ...]:
    """Return edges with some of their ends handed to other mentions; those that shrink to one place are left out."""
    handed = [
        replace(e, origin=homes.get(e.origin, e.origin), destination=homes.get(e.destination, e.destination))
        for e in found
    ]
    return tuple(edge for edge in handed if edge.origin != edge.destination)


def _trades(reading: Reading, sentence: int, mentions: Sequence[Mention]) -> Iterator[Edge]:
    """Who supplies whom, and who gets from whom."""
    for frame in ("supply", "acquire"):
        for cue in reading.all_hits(f"triggers.{frame}", *reading.sentence_span(sentence)):
            near = _around(reading, cue, mentions)
            sources, goals = _slotted(near, "from"), _slotted(near, "to")
            subject, objects = _actors(reading, cue, near)
            inherited = [] if subject else _inherited(reading, cue, sentence)
            if frame == "supply":
                if subject and goals and any(subject[-1].end < m.start < goals[-1].start for m in sources):
                    continue  # "A ships them from its port B to C": the path from B is finer
                givers, takers = _slotted(near, "agent") or subject or sources or inherited, goals or objects
            else:
                givers, takers = sources, subject or goals or inherited
            for a in givers:
                for b in takers:
                    if a.index != b.index:
                        yield Edge(a.index, b.index, frame, cue)


def _around(reading: Reading, cue: Span, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of the cue's clause, and those that continue its last list.

    An "and" within the clause parts it where the words between it and the cue have a subject of their own.
    """
    clause = clause_of(reading, cue[0])
    near = [m for m in mentions if m.clause == clause]
    for joint in reversed(reading.all_hits("and", reading.clause_span(clause)[0], cue[0])):
        if any(_acts(m) for m in near if joint[1] <= m.start and m.end <= cue[0]):
            near = [m for m in near if m.start >= joint[1]]
            break
    for m in mentions:
        if m.clause > clause and m.link and near and m.index == near[-1].index + 1:
            near.append(m)
    return near


def clause_of(reading: Reading, offset: int) -> int:
    """Return the number of the clause that holds an offset."""
    return bisect_right(reading.clauses, offset) - 1


def _slotted(mentions: Sequence[Mention], *slots: str) -> list[Mention]:
    return [m for m in mentions if m.slot in slots]


def _actors(reading: Reading, cue: Span, near: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the subject and the bare object of a cue's clause, as the language orders them."""
    bare = [m for m in near if m.slot == "bare" and m.extent in ACTORS]
    if reading.cues.subject_first:
        before, after = [m for m in bare if m.end <= cue[0]], [m for m in bare if m.start >= cue[1]]
        return _list_from(before), after
    if infinitive(reading, cue):
        return [], bare
    subject = _list_from(bare)
    return subject, [m for m in bare if m not in subject]


def _list_from(bare: Sequence[Mention]) -> list[Mention]:
    """Return the first of some bare names, with those that continue its list."""
    subject: list[Mention] = list(bare[:1])
    for m in bare[1:]:
        if not m.link or m.index != subject[-1].index + 1:
            break
        subject.append(m)
    return subject


def infinitive(reading: Reading, cue: Span) -> bool:
    """Whether a verb is an infinitive, so that its clause has no subject of its own ("B Waffen zu verkaufen")."""
    return reading.any_hit("infinitive", max(0, cue[0] - 6), min(len(reading.text), cue[1] + 6)) is not None


def _inherited(reading: Reading, cue: Span, sentence: int) -> list[Mention]:
    """Return the subject that a clause without one takes over: the last actor before it, or a pronoun's."""
    start = reading.clause_span(clause_of(reading, cue[0]))[0]
    own = [m for m in reading.in_sentence(sentence) if m.end <= start and _acts(m)]
    if own:
        return [m for m in own if m.extent == "area" or not m.resolution.toponym.literal][-1:] or own[-1:]
    if sentence and reading.any_hit("subjects", *reading.clause_span(clause_of(reading, cue[0]))):
        return [m for m in reading.in_sentence(sentence - 1) if _acts(m)][:1]
    return []


def _acts(mention: Mention) -> bool:
    return mention.slot == "bare" and not mention.link and mention.extent in ACTORS


def _paths(mentions: Sequence[Mention]) -> Iterator[Edge]:
    """From here, by way of there, to there: slots that follow each other within a sentence."""
    last: Mention | None = None
    for m in mentions:
        if m.slot == "from" and not m.link:
            last = m
        elif last is not None and m.slot in {"via", "to"} and (m.slot == "via" or not m.link):
            yield Edge(last.index, m.index, "path", (m.start, m.start))
            last = m
        elif m.slot == "via":
            last = m


def _ways(reading: Reading, sentence: int, mentions: Sequence[Mention]) -> Iterator[Edge]:
    """Read a way that somebody has: its owner, and the place it leads over."""
    span = reading.sentence_span(sentence)
    for cue in reading.all_hits("triggers.way", *span):
        clause = clause_of(reading, cue[0])
        over = next((m for m in mentions if m.clause == clause and m.slot == "via" and m.start > cue[0]), None)
        owner = next((m for m in mentions if m.clause == clause and m.slot == "bare" and not m.link), None)
        if over and owner and not any(m.slot in {"from", "to"} and cue[0] < m.start < over.start for m in mentions):
            yield Edge(owner.index, over.index, "way", cue, open_end=True)


def _with_disguise(reading: Reading, edge: Edge) -> Edge:
    """Add the false destinations that a disguise in the same sentence, or the next, names."""
    ends = {edge.origin, edge.destination}
    sentence = max(reading.mentions[index].sentence for index in ends)
    for number in range(sentence, min(sentence + 2, len(reading.sentences) - 1)):
        cue = reading.any_hit("triggers.disguise", *reading.sentence_span(number))
        if cue is None:
            continue
        taken = {reading.mentions[index].entity for index in ends}
        false = [
            m
            for m in reading.in_sentence(number)
            if m.start > cue[0] and m.slot in {"to", "at"} and m.entity not in taken
        ]
        if false:
            return replace(edge, declared=tuple(m.index for m in _list_from(false)))
    return edge


def disguised(reading: Reading) -> tuple[int, ...]:
    """Return the mentions that papers or a disguise name as destinations, by a cue in or right before their clause."""
    return tuple(m.index for m in reading.mentions if m.slot in FALSE_SLOTS and _cue_of_disguise(reading, m))


def _cue_of_disguise(reading: Reading, mention: Mention) -> bool:
    own = reading.clause_span(mention.clause)
    if reading.any_hit("triggers.disguise", *own):
        return True
    if mention.clause == 0 or mention.clause == clause_of(reading, reading.sentence_span(mention.sentence)[0]):
        return False
    lead = reading.clause_span(mention.clause - 1)
    empty = not any(lead[0] <= m.start < lead[1] for m in reading.in_sentence(mention.sentence))
    return empty and reading.any_hit("triggers.disguise", *lead) is not None
