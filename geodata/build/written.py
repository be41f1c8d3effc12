"""Entries that are written or composed by us, in the form in which the gazetteer keeps them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from geodata.inflection import DECLINED, forms
from geodata.names import without_generic


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with names by language; `importance` from 0 to 1 ranks it among places of the same name.

    `also` are further spellings by language under which it is found; they are kept as keys only.
    """

    id: str
    name: str
    longitude: float
    latitude: float
    feature: str
    importance: float
    radius_km: float
    names: dict[str, list[str]]
    country: str | None = None
    admin: str | None = None
    population: int = 0
    area: bool = False
    also: dict[str, list[str]] = field(default_factory=dict)

    def record(self) -> dict:
        """Make the record for places.written.txt; default values are left out."""
        optional = {"country": None, "admin": None, "population": 0, "area": False}
        kept = {key: value for key, value in asdict(self).items() if key != "also"}
        return {key: value for key, value in kept.items() if key not in optional or value != optional[key]}

    def spellings(self) -> set[str]:
        """Spell it in every way under which it is found, bent forms included.

        "Port of Izmail" is found as "Izmail": a report's "port of" is a word before the name and no part of it.
        """
        by_language = [*self.names.items(), *self.also.items()]
        told = {(without_generic(name), language) for language, names in by_language for name in names}
        bent = {form for name, language in told if language in DECLINED for form in forms(name, language)}
        return {without_generic(self.name), *(name for name, _ in told)} | bent
