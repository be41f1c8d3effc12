"""From scored pairs of mentions to routes: which legs hold, and which of them make one journey."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from routes.claims import ranking
from routes.claims.chains import Chain, Step, chains, graph_of, stops_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.claims.clauses import Reading
    from routes.claims.frames import Edge
    from routes.claims.linear import Judgement, Trees

REPORT = 0.5  # the mean of how likely a report tells any route, and of its likeliest leg; below this it tells none
ROUTE = 0.23  # a chain at least this likely is a route
FIRST = 0.2  # and so is a report's likeliest one, from here on
SHARED = 0.3  # so much likelier must be a chain that has two stops in common with another one
FURTHER = 0.8  # a chain with one leg more comes first where it is so likely as the shorter one at least
TIE = 1e-6
STRETCH = 40  # what a chain shares with those told further off, in sentences, does not count
FALSE_NEAR = 2  # the places of false destinations are no stops within so many sentences


@dataclass(frozen=True, slots=True)
class Journey:
    """A chain of legs, and the mention of a false destination that hides the last one, or None.

    `again` holds the chains that tell of the same stops elsewhere in the report.
    """

    steps: Chain
    declared: int | None = None
    again: tuple[Chain, ...] = ()


def journeys(reading: Reading, judgement: Judgement, edges: Sequence[Edge], trees: Trees) -> list[Journey]:
    """Return the routes as chains of legs, in text order; a leg's end and the next one's start name the same place.

    `trees` tell how likely a chain is a route, from what ``ranking`` knows of it.
    """
    if judgement.report + max(judgement.leg.values(), default=0.0) < 2 * REPORT:
        return []
    false = frozenset(k for edge in edges for k in edge.declared)
    found = _chained(reading, judgement, edges, trees, _echoes(reading, false))
    return [journey for chain, again in found for journey in _hidden(reading, chain, again)]


def _echoes(reading: Reading, false: frozenset[int]) -> frozenset[int]:
    """Return false destinations with the other mentions of the same places near them; far away they may be stops."""
    told: dict[str, list[int]] = {}
    for k in false:
        told.setdefault(reading.mentions[k].entity, []).append(reading.mentions[k].sentence)
    return frozenset(
        m.index for m in reading.mentions if any(abs(m.sentence - s) <= FALSE_NEAR for s in told.get(m.entity, ()))
    )


def _hidden(reading: Reading, chain: Chain, again: tuple[Chain, ...]) -> list[Journey]:
    """Return a chain with the false destination that a frame names; once for each alternative."""
    told = _declared(chain)
    on_route = {reading.mentions[step.destination].entity for step in chain}
    hidden = [Journey(chain, k, again) for k in told if reading.mentions[k].entity not in on_route]
    return hidden or [Journey(chain, None, again)]


def _chained(
    reading: Reading, judgement: Judgement, edges: Sequence[Edge], trees: Trees, without: frozenset[int]
) -> list[tuple[Chain, tuple[Chain, ...]]]:
    """Return the chains of legs between mentions other than some that are likely routes, in text order.

    With each come those that tell of the same stops again.
    """
    graph = graph_of(reading, judgement, edges, without)
    found = chains(graph)
    if not found:
        return []
    likely = trees(ranking.rows(graph, found)).tolist()
    kept: dict[Chain, list[Chain]] = {}
    near: dict[int, list[tuple[tuple[str, ...], Chain]]] = {}  # those kept, by stretches of text
    for k in _ranked(found, likely):
        if likely[k] < (ROUTE if kept else FIRST):
            continue
        stretch = reading.mentions[found[k][0].origin].sentence // STRETCH
        stops = stops_of(graph, found[k])
        others = [
            (other, chain)
            for number in (stretch - 1, stretch, stretch + 1)
            for other, chain in near.get(number, ())
            if _declared(chain) == _declared(found[k])
        ]
        same = next((chain for other, chain in others if other == stops), None)
        if same:
            kept[same].append(found[k])
        elif not any(_told(stops, other) for other, _ in others):
            shares = any(_shares(stops, other) for other, _ in others)
            if likely[k] >= ROUTE + SHARED or not shares:
                kept[found[k]] = []
                near.setdefault(stretch, []).append((stops, found[k]))
    ordered = [(_goal_last(reading, chain), tuple(again)) for chain, again in kept.items()]
    return sorted(ordered, key=lambda pair: [(s.origin, s.destination) for s in pair[0]])


def _ranked(found: Sequence[Chain], likely: Sequence[float]) -> list[int]:
    """Return the numbers of chains, the likeliest first, but one that goes on further before one that stops short."""
    longer: dict[Chain, float] = {}
    for chain, p in zip(found, likely, strict=True):
        for part in (chain[:-1], chain[1:]):
            longer[part] = max(p, longer.get(part, 0.0))
    worth = [
        p if longer.get(chain, 0.0) < FURTHER * p else longer[chain] - TIE
        for chain, p in zip(found, likely, strict=True)
    ]
    return sorted(range(len(found)), key=lambda k: (-worth[k], k))


def _declared(chain: Chain) -> tuple[int, ...]:
    """Return the false destinations that frames name for a chain."""
    return tuple(k for step in chain if step.edge for k in step.edge.declared)


def _told(stops: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one chain's stops are all on the other, in order."""
    few, many = sorted((stops, other), key=len)
    rest = iter(many)
    return all(stop in rest for stop in few)


def _shares(stops: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two chains have two stops in common."""
    return len(set(stops) & set(other)) > 1


def _goal_last(reading: Reading, chain: Chain) -> Chain:
    """Put the goal behind the places passed on the way to it that are told after it: "to Damascus by way of Homs"."""
    stops = [chain[0].origin, *(step.destination for step in chain)]
    mentions = [reading.mentions[k] for k in stops]
    late = len(mentions)
    while late > 1 and mentions[late - 1].slot == "via":
        late -= 1
    goal = mentions[late - 1]
    if late in {1, len(mentions)} or goal.slot != "to" or any(m.clause != goal.clause for m in mentions[late:]):
        return chain
    if reading.any_hit("and", goal.end, max(goal.end, mentions[late].start)):
        return chain  # "by ship to Poti and by rail through Tbilisi" is told in order
    ordered = [*stops[: late - 1], *stops[late:], goal.index]
    likely = min(step.likely for step in chain)
    return tuple(Step(a, b, likely) for a, b in pairwise(ordered))
