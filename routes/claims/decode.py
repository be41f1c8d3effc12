"""From scored pairs of mentions to routes: which legs hold, and which of them make one journey."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from routes.claims.frames import TRADES, disguised
from routes.claims.linear import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routes.claims.clauses import Reading
    from routes.claims.frames import Edge
    from routes.claims.linear import Judgement

LEG = 0.35  # a leg at least this likely holds
REPORT = 0.55  # the mean of how likely a report tells any route, and of its likeliest leg; below this it tells none
ONWARD = 0.15  # as likely as this is enough where a path that holds runs on ("from A to B and on to C")
LINK = 0.2  # two legs make one journey where first and last stop are at least this likely on one route
WHOLE = 0.5  # a journey whose stops are this likely together stands even where others already cover its legs
TOLD_AGAIN = 3  # a journey goes on where its last stop is named again within so many sentences
FRAMED = (
    0.55  # how far a trade frame is trusted (on the training reports 122 of 179 supply and acquire hold, 4 of 7 way)
)
FALSE_NEAR = 2  # a false destination is told within so many sentences of the real one
NOT_A_STOP = 0.4  # a mention at least this likely no stop is no false destination either
_PATHS = 300


@dataclass(frozen=True, slots=True)
class Step:
    """A leg between two mentions, and how likely it is; the frame that proposed it, where one did."""

    origin: int
    destination: int
    likely: float
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """A chain of legs, and the mention of a false destination that hides the last one, or None."""

    steps: tuple[Step, ...]
    declared: int | None = None


def journeys(reading: Reading, judgement: Judgement, edges: Sequence[Edge]) -> list[Journey]:
    """Return the routes as chains of legs, in text order; a leg's end and the next one's start name the same place."""
    if judgement.report + max(judgement.leg.values(), default=0.0) < 2 * REPORT:
        return []
    told = frozenset(k for edge in edges for k in edge.declared)
    false = told | {k for k in disguised(reading) if judgement.parts[k, PARTS.index("none")] < NOT_A_STOP}
    loose = sorted(false - told)  # those that a frame tells belong to its own chain, however near another stands
    open_chains = _chained(reading, judgement, edges, _echoes(reading, false))
    taken = {chain: next((k for k in loose if _hides(reading, k, chain)), None) for chain in open_chains}
    explained = told | {k for k in taken.values() if k is not None}
    if false - explained:
        taken = {chain: taken.get(chain) for chain in _chained(reading, judgement, edges, _echoes(reading, explained))}
    return [journey for chain, k in taken.items() for journey in _hidden(reading, chain, k)]


def _echoes(reading: Reading, false: frozenset[int]) -> frozenset[int]:
    """Return false destinations with the other mentions of the same places near them; far away they may be stops."""
    return frozenset(
        m.index
        for m in reading.mentions
        for k in false
        if m.entity == reading.mentions[k].entity and abs(m.sentence - reading.mentions[k].sentence) <= FALSE_NEAR
    )


def _hides(reading: Reading, index: int, chain: Sequence[Step]) -> bool:
    """Whether a false destination is told within two sentences of a chain's last leg."""
    end = reading.mentions[chain[-1].destination]
    return abs(reading.mentions[index].sentence - end.sentence) <= FALSE_NEAR


def _hidden(reading: Reading, chain: tuple[Step, ...], index: int | None) -> list[Journey]:
    """Return a chain with its false destination; once for each alternative that a frame names."""
    told = next((step.edge.declared for step in chain if step.edge and step.edge.declared), ())
    on_route = {reading.mentions[step.destination].entity for step in chain}
    others = [k for k in told if reading.mentions[k].entity not in on_route]
    return [Journey(chain, k) for k in others] or [Journey(chain, index)]


def _chained(
    reading: Reading, judgement: Judgement, edges: Sequence[Edge], without: frozenset[int]
) -> list[tuple[Step, ...]]:
    """Return the chains of legs between mentions other than some."""
    steps = _acyclic(reading, _steps(reading, judgement, edges, without))
    order = _orders(reading, judgement, steps)
    leaving: dict[str, list[Step]] = {}
    for step in steps:
        leaving.setdefault(reading.mentions[step.origin].entity, []).append(step)
    after = _reduced(reading, steps, leaving, _continuations(reading, steps, leaving, order))
    chains = sorted(_chains(after), key=lambda chain: (-_together(reading, chain, order), [s.origin for s in chain]))
    kept: list[tuple[Step, ...]] = []
    covered: set[Step] = set()
    for chain in chains:
        if _together(reading, chain, order) >= WHOLE or not covered.issuperset(chain):
            kept.append(chain)
            covered.update(chain)
    kept = [_goal_last(reading, chain) for chain in kept]
    return sorted(dict.fromkeys(kept), key=lambda chain: [(s.origin, s.destination) for s in chain])


def _goal_last(reading: Reading, chain: tuple[Step, ...]) -> tuple[Step, ...]:
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


def _steps(reading: Reading, judgement: Judgement, edges: Sequence[Edge], without: frozenset[int]) -> list[Step]:
    """Return the legs that hold, one for each pair of places, by the mentions that tell it best; likeliest first.

    Legs from or to the mentions `without` are none.
    """
    framed = {(edge.origin, edge.destination): edge for edge in edges}
    trades = {pair for pair, edge in framed.items() if edge.frame in TRADES}
    likely = {(i, j): p for (i, j), p in judgement.leg.items() if (j, i) not in trades}
    likely |= {pair: max(FRAMED, likely.get(pair, 0.0)) for pair in trades}
    reached = {
        edge.destination for pair, edge in framed.items() if edge.frame == "path" and likely.get(pair, 0.0) >= LEG
    }
    likely |= {(i, j): LEG for (i, j) in framed if i in reached and ONWARD <= likely.get((i, j), 0.0) < LEG}
    best: dict[tuple[str, str, tuple[int, ...]], Step] = {}
    for (i, j), p in sorted(likely.items()):
        edge = framed.get((i, j))
        key = reading.mentions[i].entity, reading.mentions[j].entity, edge.declared if edge else ()
        if p >= LEG and without.isdisjoint((i, j)) and (key not in best or p > best[key].likely):
            best[key] = Step(i, j, p, edge)
    return sorted(best.values(), key=lambda step: (-step.likely, step.origin, step.destination))


def _acyclic(reading: Reading, steps: Sequence[Step]) -> list[Step]:
    """Leave out the legs that would lead back to where likelier ones came from; trades may go both ways."""
    succ: dict[str, set[str]] = {}
    kept = []
    for step in steps:
        a, b = (reading.mentions[k].entity for k in (step.origin, step.destination))
        trade = step.edge is not None and step.edge.frame in TRADES
        if trade or not _reaches(succ, b, a):
            kept.append(step)
            succ.setdefault(a, set()).add(b)
    return kept


def _reaches(succ: Mapping[str, set[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], set()
    while waiting:
        place = waiting.pop()
        if place == goal:
            return True
        if place not in seen:
            seen.add(place)
            waiting += succ.get(place, ())
    return False


def _orders(reading: Reading, judgement: Judgement, steps: Sequence[Step]) -> dict[tuple[str, str], float]:
    """How likely two places are stops of one route in this order."""
    places = {reading.mentions[k].entity for step in steps for k in (step.origin, step.destination)}
    order: dict[tuple[str, str], float] = {}
    for (i, j), p in judgement.order.items():
        pair = reading.mentions[i].entity, reading.mentions[j].entity
        if pair[0] in places and pair[1] in places:
            order[pair] = max(p, order.get(pair, 0.0))
    return order


def _continuations(
    reading: Reading,
    steps: Sequence[Step],
    leaving: Mapping[str, Sequence[Step]],
    order: Mapping[tuple[str, str], float],
) -> dict[Step, list[Step]]:
    """Return for each leg those that continue it."""
    return {
        step: [
            other
            for other in leaving.get(reading.mentions[step.destination].entity, ())
            if _goes_on(reading, step, other, order)
        ]
        for step in steps
    }


def _goes_on(reading: Reading, step: Step, other: Step, order: Mapping[tuple[str, str], float]) -> bool:
    """Whether one leg continues the other: from the same place, told nearby, and likely on one route."""
    here, again = reading.mentions[step.destination], reading.mentions[other.origin]
    if here.entity != again.entity or abs(here.sentence - again.sentence) > TOLD_AGAIN:
        return False
    if step.edge and other.edge and {step.edge.frame, other.edge.frame} <= TRADES:
        return False  # "A arms B" and "B arms C" are two deals
    ends = reading.mentions[step.origin].entity, reading.mentions[other.destination].entity
    return ends[0] != ends[1] and order.get(ends, 0.0) >= LINK


def _reduced(
    reading: Reading, steps: Sequence[Step], leaving: Mapping[str, Sequence[Step]], after: Mapping[Step, Sequence[Step]]
) -> dict[Step, list[Step]]:
    """Leave out a leg that a chain of finer ones already tells ("from A to C" beside "A, B, C")."""
    gone: set[Step] = set()
    for step in reversed(steps):
        a, b = reading.mentions[step.origin].entity, reading.mentions[step.destination].entity
        gone.add(step)  # a leg does not stand for itself
        starts = [s for s in leaving[a] if s not in gone]
        if not any(_leads(reading, start, b, after, gone) for start in starts):
            gone.remove(step)
    return {step: [s for s in follow if s not in gone] for step, follow in after.items() if step not in gone}


def _leads(reading: Reading, start: Step, goal: str, after: Mapping[Step, Sequence[Step]], gone: set[Step]) -> bool:
    """Whether a chain of two legs or more that starts with one comes to a place."""
    waiting, seen = list(after[start]), set()
    while waiting:
        step = waiting.pop()
        if step in gone or step in seen:
            continue
        if reading.mentions[step.destination].entity == goal:
            return True
        seen.add(step)
        waiting += after[step]
    return False


def _chains(after: Mapping[Step, Sequence[Step]]) -> Iterator[tuple[Step, ...]]:
    """Return every longest chain (a few hundred at most)."""
    continued = {step for follow in after.values() for step in follow}
    waiting: list[tuple[Step, ...]] = [(step,) for step in after if step not in continued]
    for _ in range(_PATHS):
        if not waiting:
            return
        chain = waiting.pop()
        follow = [step for step in after[chain[-1]] if step not in chain]
        if follow:
            waiting += [(*chain, step) for step in follow]
        else:
            yield chain


def _together(reading: Reading, chain: Sequence[Step], order: Mapping[tuple[str, str], float]) -> float:
    """How likely a chain's stops are together: the mean over its pairs that are no legs; 1 for a single leg."""
    places = [reading.mentions[s.origin].entity for s in chain] + [reading.mentions[chain[-1].destination].entity]
    pairs = [order.get((places[i], places[j]), 0.0) for i in range(len(places)) for j in range(i + 2, len(places))]
    return sum(pairs) / len(pairs) if pairs else 1.0
