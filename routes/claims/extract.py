"""From a report with resolved toponyms to the routes that it claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.gazetteer import Feature
from routes.claims import attributes, clauses, decode, encoded, frames, linear
from routes.claims.frames import TRADES
from routes.claims.linear import Circumstances
from routes.claims.why import reasons
from routes.model import Claim, Direction, Factuality, Kind, Role, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.world import World
    from routes.claims.chains import Step
    from routes.claims.clauses import Mention, Reading
    from routes.claims.cues import Span
    from routes.claims.decode import Journey
    from routes.claims.linear import Judgement
    from routes.model import Report, Resolution

    Ask = Callable[[Reading], encoded.Opinion]

OPEN_END = 0.6  # a first or last stop that is likelier than this only passed through is "via"
DECLARED = 0.5
LOCATING_TOKENS = 5
LOCATING = frozenset({"at", "bare", "near"})
RIVERSIDE_KM = 50.0  # lines of rivers are coarse and end at the head of a delta
TOLD = frozenset({"from", "to", "via"})


def extract(
    report: Report, resolutions: Sequence[Resolution], world: World, *, ask: Ask | None = None
) -> tuple[Claim, ...]:
    """Read what a report says moves from where to where.

    Parameters
    ----------
    report : Report
    resolutions : sequence of Resolution
        The report's toponyms, in any order; those without a place can still be stops.
    world : World
        Asked which places lie within which.
    ask : callable, optional
        Who is asked beside the plain reader: ``encoded.Opinion.of``, the trained encoder.

    Returns
    -------
    tuple of Claim
        In the order in which the report tells them.
    """
    reading = clauses.read(report, resolutions)
    edges = frames.edges(reading)
    judgement = linear.judge(reading, edges, linear.weights())
    opinion = ask(reading) if ask else None
    if opinion:
        judgement = encoded.judge(judgement, opinion)
    handed = homes(reading, world)
    journeys = decode.journeys(
        reading, linear.moved(judgement, handed), frames.moved(edges, handed), linear.weights().route
    )
    told = [replace(journey, steps=steps) for journey in journeys for steps in (journey.steps, *journey.again)]
    ranked = [(_strength(journey), _claim(reading, judgement, journey, opinion, report.published)) for journey in told]
    claims = [claim for _, claim in sorted(ranked, key=lambda pair: pair[0], reverse=True)]
    return tuple(sorted(_told_once(claims), key=lambda claim: (claim.quote.start, claim.quote.end)))


def _strength(journey: Journey) -> tuple[bool, float]:
    """How well a journey is told: by a trade frame first, then by its weakest leg."""
    framed = any(step.edge is not None and step.edge.frame in TRADES for step in journey.steps)
    return framed, min(step.likely for step in journey.steps)


def _told_once(claims: Sequence[Claim]) -> list[Claim]:
    """Join claims of one route told coarsely and finely ("from North Korea", "from Pyongyang"), with all quotes."""
    kept: dict[tuple[tuple[str, Role], ...], list[Claim]] = {}
    for claim in claims:
        alike = kept.setdefault(tuple((_country(stop), stop.role) for stop in claim.stops), [])
        k = next((k for k, other in enumerate(alike) if _same_route(claim, other)), None)
        if k is None:
            alike.append(claim)
        else:
            alike[k] = replace(alike[k], quotes=tuple(dict.fromkeys((*alike[k].quotes, *claim.quotes))))
    return [claim for alike in kept.values() for claim in alike]


def _same_route(claim: Claim, other: Claim) -> bool:
    """Whether two claims are of one route, neither contradicting the other."""
    contradicts = (claim.factuality is Factuality.DENIED) != (other.factuality is Factuality.DENIED)
    return not contradicts and all(
        a.place == b.place or _is_country(a) or _is_country(b) for a, b in zip(claim.stops, other.stops, strict=True)
    )


def _is_country(stop: Stop) -> bool:
    return stop.place is not None and stop.place.feature is Feature.COUNTRY


def _country(stop: Stop) -> str:
    if stop.place is None:
        return stop.name.casefold()
    return stop.place.country or stop.place.id


def homes(reading: Reading, world: World) -> dict[int, int]:
    """Return for each mention that only says where the one before it lies ("the port of A in B") that finer one."""
    found: dict[int, int] = {}
    for inner, outer in pairwise(reading.mentions):
        if _locates(world, outer, inner):
            found[outer.index] = found.get(inner.index, inner.index)
    return found


def _locates(world: World, outer: Mention, inner: Mention) -> bool:
    """Tell whether the later of two names only says where the earlier lies: "in Iran", "on the Volga"."""
    area, place = outer.resolution.place, inner.resolution.place
    if area is None or place is None or outer.clause != inner.clause or outer.slot not in LOCATING:
        return False
    if outer.token - inner.token > LOCATING_TOKENS or inner.extent == "water":
        return False
    if outer.extent == "river":
        return inner.extent == "point" and world.regions.beside(area, place, RIVERSIDE_KM)
    return outer.extent == "area" and world.regions.contains(area, place)


def _claim(
    reading: Reading,
    judgement: Judgement,
    journey: Journey,
    opinion: encoded.Opinion | None,
    published: str | None,
) -> Claim:
    chain = journey.steps
    indices = [chain[0].origin, *(step.destination for step in chain)]
    roles = _roles(judgement, chain, indices)
    legs = [(step.origin, step.destination) for step in chain]
    if opinion:
        how = encoded.circumstances(reading, opinion, legs)
    else:
        how = linear.circumstances(reading, legs, linear.weights())
    modes, kind, factuality = list(how.modes), how.kind, how.factuality
    if journey.declared is not None:
        indices.insert(-1, journey.declared)
        roles.insert(-1, Role.DECLARED_DESTINATION)
        modes.append(modes[-1])
    mentions = [reading.mentions[index] for index in indices]
    spans = _spans(reading, chain, mentions)
    quotes = attributes.evidence(reading, spans)
    trade = chain[0].edge
    if len(chain) == 1 and trade and trade.frame in TRADES:
        kind = Kind.CORRIDOR if trade.frame == "way" else kind
        factuality = attributes.trade_factuality(reading, trade)
        modes = [attributes.trade_mode(reading, (quotes[0].start, quotes[-1].end), mode) for mode in modes]
    scope = (
        reading.sentence_span(min(m.sentence for m in mentions))[0],
        reading.sentence_span(max(m.sentence for m in mentions))[1],
    )
    if kind is Kind.CORRIDOR and not reading.any_hit(f"factuality.{factuality}", *scope):
        factuality = Factuality.CERTAIN  # a line that is there, since nobody says that it is to come, or doubts it
    carried = attributes.carried(reading, mentions, published, factuality, opinion.phrases if opinion else None)
    return Claim(
        quotes=quotes,
        stops=tuple(Stop(m.resolution, role) for m, role in zip(mentions, roles, strict=True)),
        modes=tuple(modes),
        kind=kind,
        factuality=factuality,
        direction=_direction(mentions, chain),
        cargo=carried.cargo,
        attribution=carried.attribution,
        date=carried.date,
        quantity=carried.quantity,
        why=reasons(reading, chain, mentions, Circumstances(tuple(modes), kind, factuality)),
    )


def _roles(judgement: Judgement, chain: Sequence[Step], indices: Sequence[int]) -> list[Role]:
    """Return the stops' roles by their place in the chain; its ends are "via" where the text leaves them open."""
    roles = [Role.VIA] * len(indices)
    if judgement.parts[indices[0], linear.PARTS.index("via")] < OPEN_END:
        roles[0] = Role.ORIGIN
    last = chain[-1].edge
    if not (last and last.open_end) and judgement.parts[indices[-1], linear.PARTS.index("via")] < OPEN_END:
        roles[-1] = Role.DESTINATION
    for k, index in enumerate(indices[1:], 1):
        if judgement.parts[index, linear.PARTS.index("declared_destination")] >= DECLARED:
            roles[k] = Role.DECLARED_DESTINATION
    return roles


def _spans(reading: Reading, chain: Sequence[Step], mentions: Sequence[Mention]) -> list[Span]:
    """Return what the evidence must hold: the stops, and the words that opened a frame or tell of the move."""
    spans = [(m.start, m.end) for m in mentions]
    spans += [step.edge.cue for step in chain if step.edge and step.edge.cue[0] < step.edge.cue[1]]
    last = max(mentions, key=lambda m: m.end)
    for kind in ("move", "supply", "acquire"):
        spans += reading.all_hits(f"triggers.{kind}", last.end, reading.clause_span(last.clause)[1])[:1]
    return spans


def _direction(mentions: Sequence[Mention], chain: Sequence[Step]) -> Direction:
    """Stated by a from, to or via, or by a frame; else told by the order of the words alone."""
    said = any(m.slot in TOLD for m in mentions) or any(step.edge for step in chain)
    return Direction.STATED if said else Direction.INFERRED
