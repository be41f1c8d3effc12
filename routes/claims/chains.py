"""Journeys that a report may tell: chains of likely legs, each the next one's start."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from math import log
from typing import TYPE_CHECKING, Any

from routes.claims.frames import TRADES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routes.claims.clauses import Mention, Reading
    from routes.claims.frames import Edge
    from routes.claims.linear import Judgement

LEAST = 0.08  # a leg less likely than this is on no journey
FRAMED = 0.55  # how far a trade frame is trusted (on the training reports 126 of 186 hold)
TOGETHER = 0.04  # nor are two places on one that are less likely on one route, in this order
TOLD_AGAIN = 3  # a journey goes on where its last stop is named again within so many sentences
PER_START = 40  # journeys looked at from one first leg
LONGEST = 9  # legs


@dataclass(frozen=True, slots=True)
class Step:
    """A leg between two mentions, and how likely it is; the frame that proposed it, where one did."""

    origin: int
    destination: int
    likely: float
    edge: Edge | None = None


Chain = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The likely legs of a report, by the mentions at their ends and, in stretches of text, by what those name."""

    reading: Reading
    judgement: Judgement
    steps: tuple[Step, ...]
    starting: Mapping[int, Sequence[Step]]
    ending: Mapping[int, Sequence[Step]]
    leaving: Mapping[tuple[str, int], Sequence[Step]]
    reaching: Mapping[tuple[str, int], Sequence[Step]]

    def entity(self, index: int) -> str:
        """Return what a mention names."""
        return self.reading.mentions[index].entity

    def order(self, i: int, j: int) -> float:
        """How likely two mentions' places are on one route in this order."""
        return self.judgement.order.get((i, j), 0.0)

    def out_of(self, index: int) -> list[Step]:
        """Return the legs that start at a mention's place, where it is named near that mention."""
        here = self.reading.mentions[index]
        return [s for s in _around(self.leaving, here) if _close(self.reading.mentions[s.origin], here)]

    def into(self, index: int) -> list[Step]:
        """Return the legs that end at a mention's place, where it is named near that mention."""
        here = self.reading.mentions[index]
        return [s for s in _around(self.reaching, here) if _close(self.reading.mentions[s.destination], here)]


def _around(groups: Mapping[tuple[str, int], Sequence[Step]], here: Mention) -> Iterator[Step]:
    stretch = here.sentence // TOLD_AGAIN
    for number in (stretch - 1, stretch, stretch + 1):
        yield from groups.get((here.entity, number), ())


def _close(one: Mention, other: Mention) -> bool:
    return abs(one.sentence - other.sentence) <= TOLD_AGAIN


def graph_of(reading: Reading, judgement: Judgement, edges: Sequence[Edge], without: frozenset[int]) -> Graph:
    """Return the legs that may hold between mentions other than some."""
    framed = {(edge.origin, edge.destination): edge for edge in edges}
    trades = {pair for pair, edge in framed.items() if edge.frame in TRADES}
    likely = {(i, j): p for (i, j), p in judgement.leg.items() if (j, i) not in trades or (i, j) in trades}
    likely |= {pair: max(FRAMED, likely.get(pair, 0.0)) for pair in trades}
    steps = [
        Step(i, j, p, framed.get((i, j)))
        for (i, j), p in sorted(likely.items())
        if p >= LEAST and without.isdisjoint((i, j))
    ]
    return Graph(reading, judgement, *_indexed(reading, steps))


def _indexed(reading: Reading, steps: Sequence[Step]) -> tuple[Any, ...]:
    starting: dict[int, list[Step]] = {}
    ending: dict[int, list[Step]] = {}
    leaving: dict[tuple[str, int], list[Step]] = {}
    reaching: dict[tuple[str, int], list[Step]] = {}
    for step in steps:
        for index, by_mention, by_place in ((step.origin, starting, leaving), (step.destination, ending, reaching)):
            mention = reading.mentions[index]
            by_mention.setdefault(index, []).append(step)
            by_place.setdefault((mention.entity, mention.sentence // TOLD_AGAIN), []).append(step)
    return tuple(steps), starting, ending, leaving, reaching


def chains(graph: Graph) -> list[Chain]:
    """Return the journeys worth a look, one for each sequence of places that a sentence ends; in text order."""
    best: dict[tuple[tuple[str, ...], int], tuple[float, Chain]] = {}
    for first in graph.steps:
        for chain in _from(graph, first):
            key = stops_of(graph, chain), graph.reading.mentions[chain[-1].destination].sentence
            weight = sum(log(step.likely) for step in chain)
            if key not in best or weight > best[key][0]:
                best[key] = weight, chain
    return [chain for _, chain in best.values()]


def stops_of(graph: Graph, chain: Chain) -> tuple[str, ...]:
    """Return what a chain's stops name."""
    return (graph.entity(chain[0].origin), *(graph.entity(step.destination) for step in chain))


def _from(graph: Graph, first: Step) -> Iterator[Chain]:
    """Return the likeliest chains that begin with a leg."""
    waiting: list[tuple[float, int, Chain]] = [(0.0, 0, (first,))]
    pushed = 0
    for _ in range(PER_START):
        if not waiting:
            return
        cost, _, chain = heappop(waiting)
        yield chain
        if len(chain) == LONGEST:
            continue
        passed = set(stops_of(graph, chain))
        for step in graph.out_of(chain[-1].destination):
            if graph.entity(step.destination) not in passed and _goes_on(graph, chain, step):
                pushed += 1
                heappush(waiting, (cost - log(step.likely), pushed, (*chain, step)))


def _goes_on(graph: Graph, chain: Chain, step: Step) -> bool:
    """Whether a leg may continue a chain: its end is likely on one route with one of the chain's stops."""
    last = chain[-1]
    if last.edge and step.edge and {last.edge.frame, step.edge.frame} <= TRADES:
        return False  # "A arms B" and "B arms C" are two deals
    return max(graph.order(s.origin, step.destination) for s in chain) >= TOGETHER
