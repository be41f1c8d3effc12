"""What is known of a chain of legs as a whole, for the trees that tell how likely it is a route of the report."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from routes.claims.chains import stops_of
from routes.claims.frames import TRADES
from routes.claims.linear import PARTS, SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from routes.claims.chains import Chain, Graph, Step

NONE, ORIGIN, VIA, DESTINATION, DECLARED = range(len(PARTS))


def rows(graph: Graph, chains: Sequence[Chain]) -> NDArray[np.float32]:
    """Return a row of numbers for each chain."""
    return np.array([_row(graph, chain) for chain in chains], dtype=np.float32)


def _row(graph: Graph, chain: Chain) -> list[float]:
    stops = [chain[0].origin, *(step.destination for step in chain)]
    return [
        *_legs(graph, chain),
        *_ends(graph, stops),
        *_middle(graph, stops),
        *_rivals(graph, chain),
        *_told(graph, chain),
    ]


def _legs(graph: Graph, chain: Chain) -> list[float]:
    """How likely its legs are, and how likely its stops are together."""
    legs = [step.likely for step in chain]
    logs = sum(log(p) for p in legs)
    near = [graph.order(step.origin, step.destination) for step in chain]
    far = [_order(graph, chain, a, b) for a, b in combinations(range(len(chain) + 1), 2) if b > a + 1]
    return [
        len(chain),
        min(legs),
        logs / len(legs),
        logs,
        legs[0],
        legs[-1],
        min(near),
        min(far, default=1.0),
        sum(far) / len(far) if far else 1.0,
        _order(graph, chain, 0, len(chain)),
        max(graph.judgement.leg.get((step.destination, step.origin), 0.0) for step in chain),
    ]


def _order(graph: Graph, chain: Chain, a: int, b: int) -> float:
    """How likely the a-th and b-th stop are on one route, by the likelier of the mentions that tell them."""
    ones = {step.origin for step in chain[a : a + 1]} | {step.destination for step in chain[a - 1 : a] if a}
    others = {step.origin for step in chain[b : b + 1]} | {chain[b - 1].destination}
    return max(graph.order(i, j) for i in ones for j in others)


def _ends(graph: Graph, stops: Sequence[int]) -> list[float]:
    """Return what parts its ends are likely to play."""
    first, last = (graph.judgement.parts[k].tolist() for k in (stops[0], stops[-1]))
    return [first[ORIGIN], first[VIA], first[DESTINATION], last[DESTINATION], last[VIA], last[ORIGIN]]


def _middle(graph: Graph, stops: Sequence[int]) -> list[float]:
    """Return what parts the stops between are likely to play, and which likely stops are passed over."""
    parts, mentions = graph.judgement.parts, graph.reading.mentions
    on = {mentions[k].entity for k in stops}
    between = range(min(stops), max(stops) + 1)
    passed_over = [float(1 - parts[k, NONE]) for k in between if mentions[k].entity not in on]
    inner = stops[1:-1]
    return [
        float(max(parts[k, DECLARED] for k in stops)),
        float(min((parts[k, VIA] for k in inner), default=1.0)),
        float(max((parts[k, ORIGIN] for k in inner), default=0.0)),
        float(max((parts[k, DESTINATION] for k in inner), default=0.0)),
        float(max(parts[k, NONE] for k in stops)),
        sum(passed_over),
        max(passed_over, default=0.0),
    ]


def _rivals(graph: Graph, chain: Chain) -> list[float]:
    """How likely it goes on before its first stop, after its last, over another place, or from or to another."""
    names = stops_of(graph, chain)
    on, start, end = set(names), chain[0].origin, chain[-1].destination
    before = [step for step in graph.into(start) if graph.entity(step.origin) not in on]
    after = [step for step in graph.out_of(end) if graph.entity(step.destination) not in on]
    return [
        max((min(step.likely, graph.order(step.origin, end)) for step in before), default=0.0),
        _likeliest(before),
        max((min(step.likely, graph.order(start, step.destination)) for step in after), default=0.0),
        _likeliest(after),
        _likeliest(step for step in graph.out_of(start) if graph.entity(step.destination) != names[1]),
        _likeliest(step for step in graph.into(end) if graph.entity(step.origin) != names[-2]),
        max(_detour(graph, step, on) for step in chain),
    ]


def _likeliest(steps: Iterable[Step]) -> float:
    return max((step.likely for step in steps), default=0.0)


def _detour(graph: Graph, leg: Step, on: set[str]) -> float:
    """How likely a leg leads over a place that the chain leaves out."""
    out = {s.destination: s.likely for s in graph.starting.get(leg.origin, ()) if graph.entity(s.destination) not in on}
    ways = [min(out[s.origin], s.likely) for s in graph.ending.get(leg.destination, ()) if s.origin in out]
    return max(ways, default=0.0)


def _told(graph: Graph, chain: Chain) -> list[float]:
    """How it is told: in which order, how far apart, as a list, by which frames; and in what report."""
    stops = [chain[0].origin, *(step.destination for step in chain)]
    mentions = [graph.reading.mentions[k] for k in stops]
    listed = [b for a, b in pairwise(mentions) if b.link and b.index == a.index + 1]
    frames = [step.edge.frame for step in chain if step.edge]
    sentences = [m.sentence for m in mentions]
    return [
        graph.judgement.report,
        len(graph.reading.mentions),
        max(sentences) - min(sentences),
        sum(b < a for a, b in pairwise(stops)),
        len(listed),
        sum(m.link == "or" for m in listed),
        sum(frame in TRADES for frame in frames),
        frames.count("path") / len(chain),
        sum(a.destination != b.origin for a, b in pairwise(chain)),
        SLOTS.index(mentions[0].slot),
        SLOTS.index(mentions[-1].slot),
        mentions[0].index,
        mentions[0].extent == "area",
        mentions[-1].extent == "area",
    ]
