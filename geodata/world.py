"""The whole ground in one hand, each part opened when it is first asked for."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

from geodata.gazetteer import DATA, Gazetteer
from geodata.regions import Regions

if TYPE_CHECKING:
    from geodata.networks import Network
    from geodata.rows import Source
    from geodata.sea import Sea


class World:
    """The gazetteer, the areas and the networks.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        Instead of the one that comes with the package.
    regions : Regions, optional
        Instead of the areas that come with the package.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, regions: Regions | None = None) -> None:
        self._given = gazetteer, regions

    @classmethod
    def load(cls) -> Self:
        """Open the world that comes with the package; nothing is read yet."""
        return cls()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All places that we know."""
        given = self._given[0]
        return Gazetteer.load() if given is None else given

    @cached_property
    def regions(self) -> Regions:
        """The polygons of countries, regions and waters."""
        given = self._given[1]
        return Regions.load() if given is None else given

    def extended(self, source: Source) -> Self:
        """Make a world with a user's own places over these, and their polygons; this one stays as it is.

        Parameters
        ----------
        source : path or GeoDataFrame
            See `geodata.gazetteer.Gazetteer.extend`, also for the errors.
        """
        from geodata.extend import is_compiled, read  # noqa: PLC0415  # most reports need no places but ours

        if is_compiled(source):
            return type(self)(self.gazetteer.extend(source), self.regions)
        own = read(source)
        return type(self)(self.gazetteer.extend(own), self.regions.extended(own.shapes))

    def network(self, mode: str) -> Network | Sea | None:
        """Get the network of a mode such as ``"rail"`` or ``"sea"``, or None where there is none.

        It is read when it is first asked for, and kept for all worlds.
        """
        return _network(mode)


@cache
def _network(mode: str) -> Network | Sea | None:
    # scipy takes longer to import than most reports to read
    if not (DATA / f"{mode}.npz").is_file():
        return None
    if mode == "sea":
        from geodata.sea import Sea  # noqa: PLC0415

        return Sea.load()
    from geodata.networks import Network  # noqa: PLC0415

    return Network.load(mode)
