"""What the gazetteer knows of a name as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from geodata.gazetteer import Candidate, Gazetteer
from routes.toponyms.endings import base_forms

_COMPASS = {
    "de": ("nord", "sud", "ost", "west", "nordost", "nordwest", "sudost", "sudwest", "zentral", "mittel"),
    "nl": ("noord", "zuid", "oost", "west", "noordoost", "noordwest", "zuidoost", "zuidwest", "centraal", "midden"),
}
_SHORTEST = 4
_DISCOUNT = 0.1


class Form(StrEnum):
    """How the words of a text stand to the name that the gazetteer holds."""

    EXACT = "exact"
    INFLECTED = "inflected"
    COMPASS = "compass"  # "Südukraine": a part of the place
    UNKNOWN = "unknown"  # not in the gazetteer


@dataclass(frozen=True, slots=True)
class Found:
    """The places that bear a name, best first, and how the name was read."""

    name: str
    form: Form
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """A gazetteer asked in one language; remembers its answers while a report is read."""

    gazetteer: Gazetteer
    language: str
    _known: dict[str, Found] = field(default_factory=dict)

    def find(self, folded: str) -> Found:
        """Look a name up as it stands, then in its base forms, then without a compass point.

        Parameters
        ----------
        folded : str
            The words of the text, folded.

        Returns
        -------
        Found
            With the form ``UNKNOWN`` and no candidates where the gazetteer has nothing.
        """
        if folded not in self._known:
            self._known[folded] = self._read(folded)
        return self._known[folded]

    def holds(self, name: str) -> bool:
        """Tell whether a folded name is in the gazetteer, without reading its places."""
        return any(end == len(name) for end, _ in self.gazetteer.prefixes(name, 0))

    def _read(self, folded: str) -> Found:
        best = Found(folded, Form.UNKNOWN)
        height = -1.0
        readings = [(folded, Form.EXACT), *((name, Form.INFLECTED) for name in base_forms(folded, self.language))]
        for name, form in readings:
            candidates = self.gazetteer.candidates(name, self.language) if self.holds(name) else ()
            score = candidates[0].score - (_DISCOUNT if form is Form.INFLECTED else 0.0) if candidates else -1.0
            if score > height:
                best, height = Found(name, form, candidates), score
        return best if best.candidates else self._read_part(folded)

    def _read_part(self, folded: str) -> Found:
        for point in _COMPASS.get(self.language, ()):
            if folded.startswith(point) and len(folded) - len(point) >= _SHORTEST and self.holds(folded[len(point) :]):
                name = folded[len(point) :]
                return Found(name, Form.COMPASS, self.gazetteer.candidates(name, self.language))
        return Found(folded, Form.UNKNOWN)
