"""Places and the names they bear."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import numpy as np

from geodata.declensions import NOUNS
from geodata.index import NameIndex
from geodata.inflection import lemmas
from geodata.names import fold, without_generic
from geodata.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).parent / "data"
MOST_PEOPLE = 40_000_000  # no town has more
TOWN_OF_PORT = 0.6  # "Izmail" alone is the town; the port of that name is asked for by more words
FOREIGN = 0.75  # what a name keeps of its score that only another language has
BENT = 0.9  # what a case ending undone takes from the score
A_FORM = "a form of its name"
OF_TOWN = "the name of its town"
NEIGHBOURS = 3_000  # names looked at for a spelling


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


class PlaceTable:
    """All places by number: first what we wrote, then the towns; a `Place` is made when it is asked for."""

    def __init__(self, folder: Path) -> None:
        header = json.loads((folder / "places.json").read_text(encoding="utf-8"))
        self._written: list[dict[str, Any]] = header["written"]
        self._countries: list[str] = header["countries"]
        self._admins: list[str] = header["admins"]
        self._capitals = frozenset(header["capitals"])
        self._towns = np.asarray(np.load(folder / "places.npy", mmap_mode="r"))
        self._names = (folder / "places.txt").read_bytes()
        self._numbers = {record["id"]: number for number, record in enumerate(self._written)}
        self.place = lru_cache(maxsize=65_536)(self._place)

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._written) + len(self._towns)

    def number(self, place_id: str) -> int | None:
        """Tell the number of a place, None where there is none of that id."""
        if place_id in self._numbers:
            return self._numbers[place_id]
        kind, _, digits = place_id.partition(":")
        if kind != "geonames" or not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
            return None
        row = int(np.searchsorted(self._towns["id"], int(digits)))
        found = row < len(self._towns) and int(self._towns["id"][row]) == int(digits)
        return len(self._written) + row if found else None

    def importance(self, number: int) -> float:
        """How likely the place is meant by its name alone, from 0 to 1: towns by the logarithm of their population."""
        if number < len(self._written):
            return float(self._written[number]["importance"])
        town = self._towns[number - len(self._written)]
        people = max(int(town["population"]), 100)
        capital = 0.15 if int(town["id"]) in self._capitals else 0.0
        return 0.15 + capital + 0.55 * math.log10(people / 100) / math.log10(MOST_PEOPLE / 100)

    def _place(self, number: int) -> Place:
        if number < len(self._written):
            return _written_place(self._written[number])
        row = number - len(self._written)
        town = self._towns[row]
        end = self._towns["name"][row + 1] if row + 1 < len(self._towns) else len(self._names)
        people = int(town["population"])
        return Place(
            id=f"geonames:{town['id']}",
            name=self._names[town["name"] : end].decode(),
            position=Position(int(town["longitude"]) / 1e5, int(town["latitude"]) / 1e5),
            feature=Feature.TOWN,
            country=self._countries[town["country"]],
            admin=self._admins[town["admin"]] or None,
            population=people,
            radius_km=max(5.0, round(math.sqrt(people) / 150, 1)),
        )


def _written_place(record: dict[str, Any]) -> Place:
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
        names=MappingProxyType({language: tuple(names) for language, names in record["names"].items()}),
    )


class Gazetteer:
    """All places that we know, by name and by id.

    Parameters
    ----------
    names : NameIndex
        Folded names to place numbers.
    places : PlaceTable
        Place numbers to places.
    """

    def __init__(self, names: NameIndex, places: PlaceTable) -> None:
        self._names = names
        self._places = places

    @classmethod
    def load(cls, folder: Path = DATA) -> Gazetteer:
        """Open the compiled gazetteer; its large parts are mapped, not read.

        Raises
        ------
        FileNotFoundError
            Where the folder does not hold ``names.*`` and ``places.*``.
        """
        return cls(NameIndex.load(folder), PlaceTable(folder))

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        """All places, what we wrote first."""
        return map(self._places.place, range(len(self._places)))

    def candidates(self, name: str, language: str | None = None) -> tuple[Candidate, ...]:
        """All places that bear a name, best first.

        Parameters
        ----------
        name : str
            As written; case, diacritics, hyphens and apostrophes do not matter.
        language : str, optional
            BCP 47 tag of the text; a name in that language counts a little more. What the language writes on to names
            is undone where no place bears the name: Korean particles, Turkish suffixes, Arabic proclitics, Persian
            ezafe; German cases; and those of Russian, Ukrainian and Polish, there also below the places that bear it
            ("Орле" is a town in Poland, and Орёл). Without a language nothing is guessed. "Port of Izmail" is Izmail.

        Returns
        -------
        tuple of Candidate
            Empty where no place bears the name. Ties are ordered by place id.
        """
        key = fold(name)
        found = {number: self._candidate(number, name, key, language) for number in self._names.bearers(key)}
        if language and (not found or name[:1].isupper()):
            self._add_bent(found, name, language)
        if (bare := without_generic(name)) != name:
            found = {
                number: self._candidate(number, name, key, language) for number in self._names.bearers(fold(bare))
            } | found
        return tuple(sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.place.id)))

    def _add_bent(self, found: dict[int, Candidate], name: str, language: str) -> None:
        """Add the places whose name this may be a form of, below those that bear it as it stands."""
        tongue = language.split("-", maxsplit=1)[0]
        borne = [one.score for one in found.values() if not one.why.startswith((A_FORM, OF_TOWN))]
        if borne and tongue not in NOUNS:
            return
        best = max(borne, default=1.0)
        for lemma in lemmas(name, tongue):
            for number in self._names.bearers(fold(lemma)):
                if number not in found:
                    found[number] = self._bent(number, lemma, language, best)

    def _bent(self, number: int, lemma: str, language: str, best: float) -> Candidate:
        candidate = self._candidate(number, lemma, fold(lemma), language)
        score = round(min(candidate.score, best) * BENT, 4)
        return Candidate(candidate.place, score, f"a form of {lemma}, {candidate.why}")

    def _candidate(self, number: int, name: str, key: str, language: str | None) -> Candidate:
        place = self._places.place(number)
        weight, how = _match(place, name, key, language)
        what = f"{place.feature} of {place.population:,}" if place.population else f"{place.feature}"
        return Candidate(place, round(self._places.importance(number) * weight, 4), f"{how}; {what}")

    def prefixes(self, folded: str, start: int) -> list[tuple[int, int]]:
        """All names that begin at an offset of a folded text.

        Parameters
        ----------
        folded : str
            A text folded by `geodata.names.fold_with_offsets`.
        start : int
            Offset into it.

        Returns
        -------
        list of (int, int)
            End offset in `folded` and number of places of that name, shortest first. A name may end amid a word.
        """
        return self._names.prefixes(folded, start)

    def place(self, place_id: str) -> Place:
        """Get the place of an id.

        Raises
        ------
        LookupError
            Where there is no such place.
        """
        number = self._places.number(place_id)
        if number is None:
            raise LookupError(
                f"the gazetteer has no place {place_id!r}; ids look like 'geonames:2013348' or 'country:KP'"
            )
        return self._places.place(number)

    def spellings(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Names of places that are spelled nearly like one that is not there, nearest first.

        Only names that share its beginning are looked at, and no more than a few thousand of them.
        """
        key = fold(name)
        for length in range(len(key) - 1, 0, -1):
            near = get_close_matches(
                key, list(self._names.beginning(key[:length], NEIGHBOURS)), n=4 * limit, cutoff=0.75
            )
            if near:
                best = (max(self._names.bearers(other), key=self._places.importance) for other in near)
                return tuple(dict.fromkeys(self._places.place(number).name for number in best))[:limit]
        return ()


def _match(place: Place, name: str, key: str, language: str | None) -> tuple[float, str]:
    """How well a name fits a place that bears it: a weight, and the reason in words."""
    spelling = normalize("NFC", name.strip())
    if spelling == place.name:
        return 1.0, "its name"
    tongue = language.split("-")[0] if language else ""
    foreign = FOREIGN if tongue in place.names else 1.0  # "Brasilia" is Brazil, but in Basque only
    for own in (tongue, *place.names):
        if spelling in place.names.get(own, ()):
            return (1.0 if own == tongue else 0.98 * foreign), f"its name in {own}"
    if key == fold(place.name):
        return 0.97, "its name, spelled a little differently"
    if not place.names:
        return 0.85, "another name of it"
    for own in (tongue, *place.names):
        if key in map(fold, place.names.get(own, ())):
            return (0.95 if own == tongue else 0.95 * foreign), f"its name in {own}, spelled a little differently"
    full = {fold(own) for names in place.names.values() for own in names}
    towns = {fold(without_generic(own)) for names in place.names.values() for own in names} - full
    of_town = any(key.startswith(town[:-2]) for town in towns) and not any(key.startswith(own[:-2]) for own in full)
    return (TOWN_OF_PORT, OF_TOWN) if of_town else (0.93, A_FORM)
