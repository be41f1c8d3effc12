"""The candidates of all names of a report, side by side in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geodata.gazetteer import Feature
from geodata.matching import A_FORM, OF_TOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geodata.gazetteer import Candidate, Place

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_CANDIDATES = 40
_PIECE = 4_096
_KINDS = {feature: number for number, feature in enumerate(Feature)}
_BENT = "a form of"  # how `geodata.gazetteer` begins to tell of a name that it unbent
_OTHER_NAME = "another name"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the report: the places that bear it, best first, and where it stands."""

    candidates: tuple[Candidate, ...]
    spans: tuple[tuple[int, int], ...]
    part: bool = False  # whether the name is of a part of the place: "Südukraine"


@dataclass(frozen=True, slots=True)
class Field:
    """All candidates of all names as columns, those of a name together, the names in the order of the report.

    Attributes
    ----------
    names : sequence of Name
        Those that have candidates.
    places : list of Place
        One for each row, as all that follows unless it says otherwise.
    name : array of int
        The number of the name.
    starts, counts : array of int
        For each name its first row, and how many there are.
    scores : array of float
        The gazetteer's.
    vectors : array of shape (rows, 3)
        From the earth's centre, of length 1.
    countries, states : array of int
        Codes that are equal where country or state are; 0 for none.
    other_name, bent, of_town : array of bool
        Whether the name is not the place's first, a form of it, or the name of the town that a port belongs to.
    """

    names: Sequence[Name]
    places: list[Place]
    name: Ints
    starts: Ints
    counts: Ints
    scores: Floats
    vectors: Floats
    countries: Ints
    states: Ints
    kinds: Ints
    other_name: Bools
    bent: Bools
    of_town: Bools
    country_codes: dict[str, int]

    @classmethod
    def of_names(cls, names: Sequence[Name]) -> Field:
        """Lay out the candidates of names that have some."""
        rows = [candidate for name in names for candidate in name.candidates]
        counts = np.array([len(name.candidates) for name in names], dtype=np.int64)
        places = [candidate.place for candidate in rows]
        codes: dict[str, int] = {"": 0}
        state_codes: dict[str, int] = {"": 0}
        countries = [codes.setdefault(place.country or "", len(codes)) for place in places]
        states = [
            state_codes.setdefault(f"{place.country}-{place.admin}" if place.admin else "", len(state_codes))
            for place in places
        ]
        angles = np.radians(np.array([place.position for place in places], dtype=float).reshape(-1, 2))
        longitude, latitude = angles[:, 0], angles[:, 1]
        level = np.cos(latitude)
        return cls(
            names=names,
            places=places,
            name=np.repeat(np.arange(len(names)), counts),
            starts=np.cumsum(counts) - counts,
            counts=counts,
            scores=np.array([candidate.score for candidate in rows], dtype=float),
            vectors=np.column_stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)]),
            countries=np.array(countries, dtype=np.int64),
            states=np.array(states, dtype=np.int64),
            kinds=np.array([_KINDS[place.feature] for place in places], dtype=np.int64),
            other_name=np.array([candidate.why.startswith(_OTHER_NAME) for candidate in rows], dtype=np.bool_),
            bent=np.array([_is_bent(candidate.why) for candidate in rows], dtype=np.bool_),
            of_town=np.array([OF_TOWN in candidate.why for candidate in rows], dtype=np.bool_),
            country_codes=codes,
        )

    def of(self, *features: Feature) -> Bools:
        """Tell which candidates are of one of these kinds."""
        asked = np.zeros(len(_KINDS), dtype=np.bool_)
        asked[[_KINDS[feature] for feature in features]] = True
        told: Bools = asked[self.kinds]
        return told

    def pieces(self) -> Iterator[slice]:
        """Give the rows in stretches, so that a table of rows by anchors stays small."""
        return (slice(start, start + _PIECE) for start in range(0, max(len(self.places), 1), _PIECE))

    def codes(self, countries: Iterable[str]) -> list[int]:
        """Give the codes of those countries in which there is a candidate."""
        return [self.country_codes[country] for country in countries if country in self.country_codes]

    def best(self, values: Floats) -> Floats:
        """Give the greatest value of each name."""
        best: Floats = np.maximum.reduceat(values, self.starts) if values.size else values
        return best

    def sums(self, values: Floats) -> Floats:
        """Give the sum of each name's values."""
        sums: Floats = np.add.reduceat(values, self.starts) if values.size else values
        return sums

    def rank(self, values: Floats) -> Ints:
        """Tell each candidate's rank within its name, 0 for the greatest value; earlier ones first among equals."""
        order = np.lexsort((-values, self.name))
        ranks = np.empty(len(values), dtype=np.int64)
        ranks[order] = np.arange(len(values)) - self.starts[self.name]
        return ranks

    def names_up_to(self, rows: int) -> int:
        """Count the first names that have, together, no more than so many candidates, one name at least."""
        return max(int(np.searchsorted(np.cumsum(self.counts), rows, side="right")), min(1, len(self.counts)))


def _is_bent(why: str) -> bool:
    """Tell whether an ending was undone to find the name; the forms that the gazetteer has itself are sure."""
    return why.startswith(_BENT) and not why.startswith(A_FORM)
