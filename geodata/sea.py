"""Ships' ways over the sea: interface only, the search follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from geodata.networks import Path
    from geodata.position import Position

REACH_KM = 50.0


class Sea:
    """The sea as ships use it.

    Attributes
    ----------
    gates : mapping of str to LineString
        The line across each passage, by its id such as ``"canal:suez"``; may serve as `via`.
    """

    gates: Mapping[str, shapely.LineString]

    @classmethod
    def load(cls) -> Self:
        """Read the sea that comes with the package."""
        raise NotImplementedError

    def path(
        self,
        origin: Position,
        destination: Position,
        *,
        closed: frozenset[str] = frozenset(),
        opened: frozenset[str] = frozenset(),
        via: shapely.Geometry | None = None,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> Path | None:
        """Find the shortest way by ship."""
        raise NotImplementedError

    def paths(
        self,
        origin: Position,
        destination: Position,
        count: int,
        *,
        closed: frozenset[str] = frozenset(),
        opened: frozenset[str] = frozenset(),
        via: shapely.Geometry | None = None,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
    ) -> tuple[Path, ...]:
        """Find up to `count` ways that differ in the passages they use, the shortest first."""
        raise NotImplementedError
