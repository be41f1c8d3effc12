"""Who bears a name already, and where: so that registries add only what is new, and below what is there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geodata.names import fold

if TYPE_CHECKING:
    from towns import Town
    from written import Entry

GREAT = 100_000  # people
BELOW = 0.9  # of the score of the town of that name


class Named:
    """Towns and entries by folded name."""

    def __init__(self, towns: list[Town], entries: list[Entry]) -> None:
        self._towns: dict[str, list[Town]] = {}
        self._entries: dict[str, list[Entry]] = {}
        for town in towns:
            for key in {fold(name) for name in (town.name, *town.names)}:
                self._towns.setdefault(key, []).append(town)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take an entry in, under all its spellings."""
        for key in {fold(name) for name in entry.spellings()}:
            self._entries.setdefault(key, []).append(entry)

    def towns(self, key: str) -> list[Town]:
        """All towns that bear a folded name."""
        return self._towns.get(key, [])

    def near(self, key: str, longitude: float, latitude: float, within_km: float) -> bool:
        """Whether a town or an entry of a folded name lies near a point; an area may lie around it."""
        return any(
            distance_km(longitude, latitude, place.longitude, place.latitude) < within_km
            for place in [*self._towns.get(key, []), *self._entries.get(key, [])]
        )

    def greater(self, key: str) -> bool:
        """Whether a folded name is that of a country, region, water or great town."""
        return any(entry.importance > 0.4 for entry in self._entries.get(key, [])) or any(
            town.population >= GREAT for town in self._towns.get(key, [])
        )

    def below(self, names: list[str], importance: float) -> float:
        """Lower an importance so far that a name's best town still comes first."""
        scores = [
            max(score(town, key) for town in self._towns[key])
            for key in sorted({fold(name) for name in names})
            if key in self._towns
        ]
        return round(min([importance, *(BELOW * best for best in scores)]), 3)


def score(town: Town, key: str) -> float:
    """Give what the gazetteer gives a town for a folded name, at least; see geodata.gazetteer."""
    importance = 0.15 + 0.55 * math.log10(max(town.population, 100) / 100) / math.log10(400_000)
    return importance * (0.97 if fold(town.name) == key else 0.85)


def distance_km(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """Distance on the sphere, by the haversine formula."""
    phi, psi = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(half)))
