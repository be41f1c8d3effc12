"""What the gazetteer knows of a name as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from geodata.gazetteer import Candidate
from geodata.names import fold
from routes.toponyms.abbreviations import abbreviated
from routes.toponyms.endings import base_forms

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer, Place

_COMPASS = {
    "de": ("nord", "sud", "ost", "west", "nordost", "nordwest", "sudost", "sudwest", "zentral", "mittel"),
    "nl": ("noord", "zuid", "oost", "west", "noordoost", "noordwest", "zuidoost", "zuidwest", "centraal", "midden"),
}
_SHORTEST = 4
_UMLAUTS = frozenset("äöüÄÖÜ")
_DISCOUNT = 0.1
_ABBREVIATED = 0.53  # as the gazetteer believes in a state's full name


class Form(StrEnum):
    """How the words of a text stand to the name that the gazetteer holds."""

    EXACT = "exact"
    INFLECTED = "inflected"
    COMPASS = "compass"  # "Südukraine": a part of the place
    UNKNOWN = "unknown"  # not in the gazetteer


@dataclass(frozen=True, slots=True)
class Found:
    """The places that bear a name, best first, and how the name was read."""

    name: str  # folded
    form: Form
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """A gazetteer asked in one language; remembers its answers while a report is read."""

    gazetteer: Gazetteer
    language: str
    _known: dict[str, Found] = field(default_factory=dict)

    def find(self, written: str) -> Found:
        """Look a name up as it stands, then in its base forms, then without a compass point.

        Parameters
        ----------
        written : str
            The words of the text.

        Returns
        -------
        Found
            With the form ``UNKNOWN`` and no candidates where the gazetteer has nothing.
        """
        if written not in self._known:
            self._known[written] = self._read(written, fold(written))
        return self._known[written]

    def holds(self, name: str) -> bool:
        """Tell whether a folded name is in the gazetteer, without reading its places."""
        return self.gazetteer.holds(name)

    def _read(self, written: str, folded: str) -> Found:
        if place_id := abbreviated(written, self.language):
            return self._read_abbreviation(written, folded, place_id)
        best = Found(folded, Form.UNKNOWN)
        height = -1.0
        readings = [(folded, Form.EXACT), *((name, Form.INFLECTED) for name in base_forms(written, self.language))]
        for name, form in readings:
            spelling = written if form is Form.EXACT else name
            candidates = self.gazetteer.candidates(spelling, self.language) if self.holds(name) else ()
            score = candidates[0].score - (_DISCOUNT if form is Form.INFLECTED else 0.0) if candidates else -1.0
            if self.language == "de" and form is Form.EXACT and _loses_umlaut(written, candidates):
                continue
            if score > height:
                best, height = Found(name, form, candidates), score
        if best.form is Form.EXACT:
            return best
        part = self._read_part(folded)  # "Nordpolen" is rather a part of Poland than the dative plural of the pole
        return part if part.candidates and part.candidates[0].score > height + _DISCOUNT else best

    def _read_abbreviation(self, written: str, folded: str, place_id: str) -> Found:
        """Give the place that is meant first, and below it what else bears the name."""
        others = self.gazetteer.candidates(written, self.language) if self.holds(folded) else ()
        try:
            meant = Candidate(self.gazetteer.place(place_id), _ABBREVIATED, f"abbreviated so in {self.language}")
        except LookupError:  # a gazetteer that someone compiled without it
            return Found(folded, Form.EXACT if others else Form.UNKNOWN, others)
        below = tuple(one for one in others if one.place.id != place_id)
        return Found(folded, Form.EXACT, tuple(sorted((meant, *below), key=lambda one: -one.score)))

    def _read_part(self, folded: str) -> Found:
        for point in _COMPASS.get(self.language, ()):
            if folded.startswith(point) and len(folded) - len(point) >= _SHORTEST and self.holds(folded[len(point) :]):
                name = folded[len(point) :]
                return Found(name, Form.COMPASS, self.gazetteer.candidates(name, self.language))
        return Found(folded, Form.UNKNOWN)


def _loses_umlaut(written: str, candidates: tuple[Candidate, ...]) -> bool:
    """Tell whether folding alone made a German word a name: "Länder" is neither Lander nor Lander County."""
    if not _UMLAUTS & set(written):
        return False
    return all(_lacks_umlaut(candidate.place, fold(written)) for candidate in candidates)


def _lacks_umlaut(place: Place, folded: str) -> bool:
    """Tell whether none of the names that are known of a place has an umlaut; of a town only its usual one is."""
    names = [place.name, *chain.from_iterable(place.names.values())]
    known = bool(place.names) or fold(place.name) == folded
    return known and not any(_UMLAUTS & set(name) for name in names)
