"""Points of drawn lines: "Riesa|DE" is where GeoNames puts the town, [13.3, 51.3] is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from towns import Town


class Points:
    """Look up towns by name, country and, where told, GeoNames' admin1 code."""

    def __init__(self, towns: list[Town]) -> None:
        self._towns: dict[tuple[str, str], list[Town]] = {}
        for town in towns:
            for name in (town.name, *town.names):
                self._towns.setdefault((name, town.country), []).append(town)

    def __call__(self, point: str | list[float]) -> tuple[float, float]:
        """Longitude and latitude; of towns of one name the largest, one that GeoNames calls so first.

        Raises
        ------
        KeyError
            Where there is no town of that name.
        """
        if not isinstance(point, str):
            longitude, latitude = point
            return longitude, latitude
        name, country, *admin = point.split("|")
        found = [town for town in self._towns.get((name, country), []) if not admin or town.admin == admin[0]]
        if not found:
            raise KeyError(f"no town {point!r}")
        town = max(found, key=lambda town: (town.name == name, town.population, -town.id))
        return town.longitude, town.latitude
