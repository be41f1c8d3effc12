"""Airports and air bases out of airportsdata: their own name, and their city's with the word for an airport.

Kept are air bases, international airports, and those with an IATA code near a town of some size. A city's bare name
never becomes theirs, nor do codes: folded, they would be words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import airportsdata
from nearby import distance_km
from scipy.spatial import cKDTree
from shapely.geometry import Point
from written import Entry

from geodata.names import fold

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon
    from towns import Town

IMPORTANCE = 0.3
SAME_KM = 5
TOWN = 20_000  # people
TOWN_DEGREES = 0.25
COUNTRY_DEGREES = 0.9
BASE = re.compile(
    r"\b(?:air ?base|afb|(?:air|space) force (?:base|station)|naval air (?:station|facility)|air station|"
    r"army airfield|military)\b",
    re.IGNORECASE,
)
SORT = re.compile(
    r"\b(?:international|intl|airport|airfield|aerodrome|air ?base|afb|(?:air|space) force (?:base|station)|"
    r"aeropuerto|aeroporto|aéroport|flughafen|airpark|regional|municipal|county|military)\b",
    re.IGNORECASE,
)
AIRPORT = re.compile(r"\b(?:air|aero|aéro|flug|heliport|afb)", re.IGNORECASE)
FORMS = {
    "en": ["{} Airport", "airport of {}"],
    "de": ["Flughafen {}"],
    "fr": ["aéroport de {}"],
    "es": ["aeropuerto de {}"],
    "it": ["aeroporto di {}"],
    "pt": ["aeroporto de {}"],
    "pl": ["lotnisko {}"],
    "nl": ["luchthaven {}"],
    "tr": ["{} Havalimanı"],
}
INTERNATIONAL = {
    "en": ["{} International Airport"],
    "fr": ["aéroport international de {}"],
    "es": ["aeropuerto internacional de {}"],
}
BASES = {
    "en": ["{} Air Base", "{} airbase", "{} Air Force Base", "{} airfield"],
    "de": ["Luftwaffenstützpunkt {}", "Militärflugplatz {}"],
    "fr": ["base aérienne de {}"],
    "es": ["base aérea de {}"],
    "pl": ["baza lotnicza {}"],
}
CROWDED = frozenset({"US", "CA", "AU"})  # where every county has a field, the towns count that are five times as large


def airports(towns: list[Town], entries: list[Entry], shapes: dict[str, MultiPolygon]) -> list[Entry]:
    """Airports to add to the entries that are there already."""
    great = [town for town in towns if town.population >= TOWN * (5 if town.country in CROWDED else 1)]
    tree = cKDTree([(town.longitude, town.latitude) for town in great])
    there = [entry for entry in entries if entry.id.startswith("strategic:")]
    names = {fold(name) for entry in entries for told in entry.names.values() for name in told}
    rows = [row for _, row in sorted(airportsdata.load().items()) if _kept(row, tree, shapes)]
    rows = [row for row in rows if not any(_same(row, entry) for entry in there)]
    cities = Counter((row["country"], _city(row)) for row in rows)
    found = []
    for row in rows:
        own = _own(row)
        lone = cities[row["country"], _city(row)] == 1 or "nternational" in own
        stems = dict.fromkeys([_bare(own), *([_city(row)] if lone and not BASE.search(own) else [])])
        also = {
            language: [name for stem in stems if stem for form in told if fold(name := form.format(stem)) not in names]
            for language, told in _forms(own).items()
        }
        if len(fold(own)) < 5 or fold(own) in names:
            continue
        found.append(
            Entry(
                id=f"airport:{row['icao']}",
                name=own,
                longitude=round(row["lon"], 4),
                latitude=round(row["lat"], 4),
                radius_km=5,
                feature="airport",
                importance=IMPORTANCE,
                names={"en": [own]},
                country=row["country"],
                also=also,
            )
        )
    return found


def _forms(name: str) -> dict[str, list[str]]:
    """How languages say "the airport of"."""
    if BASE.search(name):
        return BASES
    more = INTERNATIONAL if "nternational" in name else {}
    return {language: [*told, *more.get(language, [])] for language, told in FORMS.items()}


def _kept(row: dict, tree: cKDTree, shapes: dict[str, MultiPolygon]) -> bool:
    shape = shapes.get(row["country"])
    if not row["name"] or shape is None or shape.distance(Point(row["lon"], row["lat"])) > COUNTRY_DEGREES:
        return False
    if BASE.search(row["name"]) or "nternational" in row["name"]:
        return True
    return bool(row["iata"]) and tree.query((row["lon"], row["lat"]))[0] < TOWN_DEGREES


def _same(row: dict, entry: Entry) -> bool:
    near = abs(row["lat"] - entry.latitude) < 0.1
    return (
        near
        and distance_km(row["lon"], row["lat"], entry.longitude, entry.latitude) < SAME_KM
        and entry.feature in {"airport", "site"}
    )


def _own(row: dict) -> str:
    name = re.sub(r"\s*\(.*?\)", "", unicodedata.normalize("NFC", row["name"])).strip()
    name = re.sub(r"\bIntl\b", "International", " ".join(name.split()))
    return name if AIRPORT.search(name) else f"{name} Airport"


def _bare(name: str) -> str:
    return " ".join(SORT.sub("", name).split()).strip(" -/,")


def _city(row: dict) -> str:
    return re.split(r"[,/(]", unicodedata.normalize("NFC", row["city"]))[0].strip()
