"""Places, and the table in which a compiled gazetteer keeps them."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.position import Position
from geodata.records import Records, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from mmap import mmap
    from pathlib import Path

    from numpy.typing import NDArray

MOST_PEOPLE = 40_000_000  # no town has more
RADIUS_KM = 5.0


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


# A place of GeoNames that is no town: how important at least, how much of a town's importance its people count, km.
_KINDS = {
    Feature.TOWN: (0.0, 1.0, RADIUS_KM),
    Feature.COUNTRY: (0.5, 1.0, 300.0),
    Feature.ADMIN: (0.2, 0.7, 50.0),
    Feature.REGION: (0.2, 0.7, 25.0),
    Feature.WATER: (0.2, 0.0, 25.0),
    Feature.STRAIT: (0.3, 0.0, 25.0),
    Feature.CANAL: (0.2, 0.0, 25.0),
    Feature.RIVER: (0.2, 0.0, 50.0),
    Feature.CAPE: (0.15, 0.0, RADIUS_KM),
    Feature.ISLAND: (0.2, 0.7, 10.0),
    Feature.PORT: (0.25, 0.0, RADIUS_KM),
    Feature.STATION: (0.15, 0.0, RADIUS_KM),
    Feature.AIRPORT: (0.2, 0.0, RADIUS_KM),
    Feature.CROSSING: (0.2, 0.0, RADIUS_KM),
    Feature.SITE: (0.15, 0.0, RADIUS_KM),
}
_NO_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_AREAS = frozenset({Feature.COUNTRY, Feature.ADMIN, Feature.REGION, Feature.WATER})


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    id : "geonames:2013348", "country:KP", "region:middle-east", "strategic:tumangang", "user:depot-7"
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
    radius_km: float = RADIUS_KM
    area: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name: place, score (0 to 1, best first), why (one readable phrase)."""

    place: Place
    score: float
    why: str


class PlaceTable:
    """All places by number: first what was written out, then the rows of GeoNames; a `Place` is made when asked for.

    Parameters
    ----------
    written : Records
        See `written_place`.
    header : mapping
        ``countries``, ``admins``, ``capitals`` and, where rows are more than towns, ``features``.
    rows : structured array
        ``id``, ``longitude``, ``latitude`` (1e-5 degrees), ``population``, ``name`` (start in `names`), ``country``
        and ``admin`` (numbers in the header's lists), sorted by id; where the header has features also ``feature``
        and ``told`` (start in `told`).
    names : bytes-like
        The rows' names in UTF-8, end to end.
    told : bytes-like
        The rows' names by language, JSON objects end to end.
    """

    def __init__(
        self,
        written: Records,
        header: Mapping[str, Any],
        rows: NDArray[Any],
        names: bytes | mmap = b"",
        told: bytes | mmap = b"",
    ) -> None:
        self._written = written
        self._countries: list[str] = header["countries"]
        self._admins: list[str] = header["admins"]
        self._capitals = frozenset(header["capitals"])
        self._features = tuple(map(Feature, header.get("features", ())))
        self._rows = rows
        self._ids = rows["id"]
        self._columns = rows.dtype.names or ()
        self._names = names
        self._told = told
        self.entry = lru_cache(maxsize=65_536)(self._entry)  # a place, and its importance from 0 to 1

    @classmethod
    def load(cls, folder: Path) -> PlaceTable:
        """Open ``places.*`` of a data folder; all but the header is mapped, not read."""
        header = json.loads((folder / "places.json").read_text(encoding="utf-8"))
        rows = np.asarray(np.load(folder / "places.npy", mmap_mode="r"))
        blobs = mapped(folder / "places.txt"), mapped(folder / "places.names.txt")
        return cls(Records.load(folder), header, rows, *blobs)

    @classmethod
    def of(cls, records: Sequence[dict[str, Any]]) -> PlaceTable:
        """Make a table of written records only."""
        header: dict[str, list[str]] = {"countries": [], "admins": [], "capitals": []}
        return cls(Records.of(records), header, np.empty(0, dtype=[("id", "<u4")]))

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._written) + len(self._rows)

    def ids(self) -> Iterator[str]:
        """Ids of all places, in the order of their numbers."""
        yield from self._written.ids()
        yield from (f"geonames:{number}" for number in self._ids)

    def number(self, place_id: str) -> int | None:
        """Tell the number of a place, None where there is none of that id."""
        if (number := self._written.number(place_id)) is not None:
            return number
        kind, _, digits = place_id.partition(":")
        if kind != "geonames" or not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
            return None
        row = bisect_left(self._ids, int(digits))
        found = row < len(self._ids) and int(self._ids[row]) == int(digits)
        return len(self._written) + row if found else None

    def place(self, number: int) -> Place:
        """Get the place of a number."""
        return self.entry(number)[0]

    def _entry(self, number: int) -> tuple[Place, float]:
        if number < len(self._written):
            record = self._written[number]
            return written_place(record), float(record["importance"])
        row = number - len(self._written)
        entry = dict(zip(self._columns, self._rows[row].item(), strict=True))
        feature, people = self._features[entry["feature"]] if self._features else Feature.TOWN, entry["population"]
        reach = math.sqrt(people) / 150 if feature in {Feature.TOWN, Feature.ADMIN} else 0.0
        place = Place(
            id=f"geonames:{entry['id']}",
            name=self._stretch(self._names, "name", row, entry).decode(),
            position=Position(entry["longitude"] / 1e5, entry["latitude"] / 1e5),
            feature=feature,
            country=self._countries[entry["country"]] or None,
            admin=self._admins[entry["admin"]] or None,
            population=people,
            radius_km=max(_KINDS[feature][2], round(reach, 1)),
            area=feature in _AREAS,
            names=_by_language(json.loads(self._stretch(self._told, "told", row, entry) or "{}"))
            if self._features
            else _NO_NAMES,
        )
        return place, _importance(feature, people, is_capital=entry["id"] in self._capitals)

    def _stretch(self, blob: bytes | mmap, column: str, row: int, entry: dict[str, Any]) -> bytes:
        end = int(self._rows[column][row + 1]) if row + 1 < len(self._rows) else len(blob)
        return bytes(blob[entry[column] : end])


def _importance(feature: Feature, population: int, *, is_capital: bool) -> float:
    """How likely a place is meant by its name alone, from 0 to 1: towns by the logarithm of their population."""
    people = max(population, 100)
    as_town = 0.15 + 0.15 * is_capital + 0.55 * math.log10(people / 100) / math.log10(MOST_PEOPLE / 100)
    least, share, _ = _KINDS[feature]
    return min(1.0, max(least, share * as_town))


def written_place(record: Mapping[str, Any]) -> Place:
    """Make a place of a record: the fields of `Place`, with longitude and latitude for its position."""
    return Place(
        id=record["id"],
        name=record["name"],
        position=Position(record["longitude"], record["latitude"]),
        feature=Feature(record["feature"]),
        country=record.get("country"),
        admin=record.get("admin"),
        population=record.get("population", 0),
        radius_km=float(record["radius_km"]),
        area=record.get("area", False),
        names=_by_language(record["names"]),
    )


def _by_language(names: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({language: tuple(own) for language, own in names.items()})
