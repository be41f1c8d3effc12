"""Places and the names they bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from geodata.position import Position


class Feature(StrEnum):
    """What kind of thing a place is; a closed set."""

    TOWN = "town"
    COUNTRY = "country"
    ADMIN = "admin"  # a state, province, oblast, county
    REGION = "region"  # an area without an owner: Middle East, Donbas
    WATER = "water"  # an ocean, sea, gulf, bay, lake
    STRAIT = "strait"
    CANAL = "canal"
    RIVER = "river"
    CAPE = "cape"
    ISLAND = "island"
    PORT = "port"
    STATION = "station"
    AIRPORT = "airport"
    CROSSING = "crossing"
    SITE = "site"  # a terminal, depot, base, plant


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    id : "geonames:2013348", "country:KP", "region:middle-east", "strategic:tumangang"
    name : the name in English, or the commonest
    position : a representative point
    feature, country (ISO 3166-1 alpha-2 or None), admin (GeoNames admin1 code or None), population,
    radius_km : how far from `position` the place reaches (an area's half extent; 5 for a town, more for a big one)
    names : by language (BCP 47), "und" where the source does not say; the first of a language is its usual one
    area : whether it is drawn as an area (then Regions.shape(id) has a polygon, or a disc of radius_km stands in)
    """
    id: str
    name: str
    position: Position
    feature: Feature
    country: str | None = None
    admin: str | None = None
    population: int = 0
    radius_km: float = 5.0
    area: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name: place, score (0 to 1, best first), why (one readable phrase)."""
    place: Place
    score: float
    why: str
