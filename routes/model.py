"""The nouns: what a report says and what the map shows of it.

The map of the code, in the order in which a document passes through it, once, forwards::

    reports.read_report      a file                     -> Report
    toponyms.recognise       a Report                   -> Toponym ...      names in text, with offsets
    toponyms.resolve         Toponyms                   -> Resolution ...   placed, alternatives kept
    claims.extract           a Report and Resolutions   -> Claim ...        who says what moves from where to where
    llm.reading              a Report                   -> Toponym ..., Claim ...   instead, by a model, if asked for
    legs.trace               a Claim                    -> Route            legs with geometry and its basis
    find.find_routes         all of the above           -> Findings
    geojson, jsonl, files    Findings                   -> a file
    maps.draw                Findings or GeoJSON        -> a folium.Map
    pictures.picture         GeoJSON                    -> a Picture: SVG, PNG, PDF
    tracing.trace            names of places            -> Trace            legs asked for by hand, as Findings

All of them are frozen; nothing is changed in place. Offsets are Python string offsets into ``Report.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.gazetteer import Candidate, Place
    from geodata.position import Position

    Said = str | Sequence[float] | Place | None  # what a user may say that a name is; see routes.toponyms.corrections

CONTEXT_CHARACTERS = 32
AS_SAID = "as you said"  # why a place is meant, where the user said so


class Role(StrEnum):
    """What a stop is to its route."""

    ORIGIN = "origin"
    VIA = "via"
    DESTINATION = "destination"
    DECLARED_DESTINATION = "declared_destination"


class Mode(StrEnum):
    """By what a leg is travelled."""

    RAIL = "rail"
    ROAD = "road"
    SEA = "sea"
    RIVER = "river"
    AIR = "air"
    PIPELINE = "pipeline"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """Whether goods moved, or a way for them exists."""

    SHIPMENT = "shipment"
    CORRIDOR = "corridor"


class Factuality(StrEnum):
    """How sure the source is, after FactBank (Saurí and Pustejovsky 2009)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    PLANNED = "planned"
    DENIED = "denied"


class Direction(StrEnum):
    """Whether the text says which way it goes."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a leg's geometry rests on; ``SCHEMATIC`` is a straight link that shows no way."""

    NETWORK = "network"
    GEODESIC = "geodesic"
    SCHEMATIC = "schematic"


@dataclass(frozen=True, slots=True)
class Report:
    """One document.

    Attributes
    ----------
    text : str
        The text that all offsets refer to.
    id : str
        What the report is called in findings; the file's stem unless its record names one.
    language : str
        BCP 47 tag, such as ``"de"``; ``"und"`` where it could not be told.
    sha256 : str
        Hex digest of the bytes that were read (Berkeley Protocol: keep the original's hash).
    title, publisher, url, published : str or None
        As told by the source; ``published`` is an ISO 8601 date.
    places : mapping
        What the source says of names in this report: the place's id, its longitude and latitude, or None for no place.
    """

    text: str
    id: str
    language: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    places: Mapping[str, Said] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a report's text, after the W3C Web Annotation selectors.

    Attributes
    ----------
    exact : str
        ``report.text[start:end]``, verbatim.
    start, end : int
        Offsets into the report's text (TextPositionSelector).
    prefix, suffix : str
        Up to 32 characters before and after (TextQuoteSelector).
    """

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Quote ``text[start:end]``.

        Raises
        ------
        ValueError
            Where the offsets do not mark a stretch of at least one character of the text.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no text between {start} and {end} in a text of {len(text)} characters")
        return cls(
            exact=text[start:end],
            start=start,
            end=end,
            prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
            suffix=text[end : end + CONTEXT_CHARACTERS],
        )


@dataclass(frozen=True, slots=True)
class Toponym:
    """A quote that names a place; ``literal`` is false for a metonym ("Moscow denies")."""

    quote: Quote
    literal: bool = True


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which place a toponym means.

    Attributes
    ----------
    toponym : Toponym
    place : Place or None
        None where the gazetteer has no place of that name; the toponym stays all the same.
    score : float
        How sure the choice is, from 0 to 1.
    alternatives : tuple of Candidate
        The other places that bear the name, best first; never thrown away.
    why : str
        What decided, in a phrase.
    """

    toponym: Toponym
    place: Place | None
    score: float = 0.0
    alternatives: tuple[Candidate, ...] = ()
    why: str = ""

    @property
    def name(self) -> str:
        """The place's name, or the words of the text where it is not placed."""
        return self.place.name if self.place else self.toponym.quote.exact


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a claimed route, by the mention that the claim rests on."""

    resolution: Resolution
    role: Role
    inferred: bool = False

    @property
    def name(self) -> str:
        """The resolution's name."""
        return self.resolution.name

    @property
    def place(self) -> Place | None:
        """The resolution's place."""
        return self.resolution.place


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what moves from where to where, by what, and how sure they are.

    Attributes
    ----------
    quotes : tuple of Quote
        The words that say so, the most telling first; at least one.
    stops : tuple of Stop
        In order of travel, at least two.
    modes : tuple of Mode
        One for each pair of neighbouring stops.
    cargo, attribution, quantity : str or None
        Goods, source and amount, verbatim, where the text tells them.
    date : str or None
        ISO 8601, as precise as the text tells it: a day, month or year, or an interval ("2024-03/2024-05").
    why : tuple of str
        The cues that led here, readable, for ``--explain``.
    """

    quotes: tuple[Quote, ...]
    stops: tuple[Stop, ...]
    modes: tuple[Mode, ...]
    kind: Kind = Kind.SHIPMENT
    factuality: Factuality = Factuality.CERTAIN
    direction: Direction = Direction.STATED
    cargo: str | None = None
    attribution: str | None = None
    date: str | None = None
    quantity: str | None = None
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold the noun to its shape."""
        if not self.quotes or len(self.stops) < 2 or len(self.modes) != len(self.stops) - 1:
            raise ValueError("a claim needs a quote, two stops, and one mode for each pair of neighbouring stops")

    @property
    def quote(self) -> Quote:
        """The most telling quote."""
        return self.quotes[0]


@dataclass(frozen=True, slots=True)
class Leg:
    """The way between two neighbouring stops.

    Attributes
    ----------
    line : tuple of Position
        Unwrapped (see ``geodata.position``), from origin to destination; empty where an end is not placed.
    length_km : float or None
        On the ellipsoid, or along the track where the network knows its bends, gaps to the places included; None where
        there is no line, or where an end is an area and no length can be told.
    basis : Basis
    countries : tuple of str
        ISO 3166-1 alpha-2 codes of the countries a network path passes, in order.
    inferred_countries : tuple of str
        Those of `countries` that the claim does not name: no way was found that avoids them.
    passages : tuple of str
        Place ids of the straits, canals and tunnels that a network path uses, in order, such as ``"canal:suez"``.
    snap_km : tuple of float
        Distance from each place to the network, origin first; empty unless ``basis`` is network.
    why : str
        Why it is drawn as it is: "the gap is drawn straight", "ends at the edge of Iran".
    """

    origin: Stop
    destination: Stop
    mode: Mode
    line: tuple[Position, ...] = ()
    length_km: float | None = None
    basis: Basis = Basis.SCHEMATIC
    countries: tuple[str, ...] = ()
    inferred_countries: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    snap_km: tuple[float, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A claim and its legs: one for each pair of neighbouring stops of the journey, then those only declared."""

    id: str
    claim: Claim
    legs: tuple[Leg, ...]

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Names of the stops that have no place."""
        return tuple(stop.name for stop in self.claim.stops if stop.place is None)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was read out of one report."""

    report: Report
    resolutions: tuple[Resolution, ...]
    routes: tuple[Route, ...]
