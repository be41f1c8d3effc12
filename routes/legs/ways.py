"""A network asked under the rules of a journey."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from geodata.position import Position, wrap
from routes.legs.drawing import TRACKS
from routes.model import Mode

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geodata.networks import Network, Path
    from geodata.sea import Sea
    from geodata.world import World
    from routes.legs.rules import Rules

REACH_KM = 25.0  # how far from a network a place may lie and count as on it
FAR_KM = 300.0  # how far from it a place may lie that only the wrong means of transport is told to serve
BESIDE_DEGREES = 0.001


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads from one place to another by one means of transport."""

    network: Network | Sea
    mode: Mode
    rules: Rules

    @property
    def track(self) -> str:
        """What the mode runs on, in a word."""
        return TRACKS[self.mode]

    def under(self, rules: Rules) -> Ways:
        """Keep to more rules."""
        return replace(self, rules=self.rules.also(rules))

    def best(
        self,
        origin: Position,
        destination: Position,
        reach_km: tuple[float, float] = (REACH_KM, REACH_KM),
        via: BaseGeometry | None = None,
    ) -> Path | None:
        """Find the best way, if there is one; `via` is ground that it must touch."""
        if not _can_be_asked(origin, destination):
            return None
        return _path(self, origin, destination, reach_km, via)

    def several(
        self, origin: Position, destination: Position, count: int, reach_km: tuple[float, float]
    ) -> tuple[Path, ...]:
        """Find up to `count` ways, the best first."""
        if not _can_be_asked(origin, destination):
            return ()
        return self.network.paths(origin, destination, count, reach_km=reach_km, **self.wishes())

    def foot(self, position: Position, reach_km: float) -> Position | None:
        """Find the point of the network that is nearest to a position, whatever the rules."""
        if self.mode is Mode.SEA:
            return cast("Sea", self.network).grid.nearest(position, reach_km)
        # a network is not asked for the way from a place to itself
        beside = Position(position.longitude, position.latitude - BESIDE_DEGREES * (1 if position.latitude > 0 else -1))
        if not _can_be_asked(position, beside):
            return None
        path = self.network.path(position, beside, reach_km=(reach_km, reach_km))
        return Position(wrap(path.line[0].longitude), path.line[0].latitude) if path else None

    def serves(self, position: Position, reach_km: float) -> bool:
        """Tell whether the network comes within reach of a position, whatever the rules."""
        return self.foot(position, reach_km) is not None

    def gate(self, place_id: str) -> BaseGeometry | None:
        """Give the line across a passage, where the network has one."""
        gates = cast("Sea", self.network).gates if self.mode is Mode.SEA else {}
        return cast("BaseGeometry | None", gates.get(place_id))

    def wishes(self) -> dict[str, Any]:
        """Give the rules as the network takes them."""
        known = passages(self.network)
        wishes = {"closed": self.rules.closed & known, "opened": (self.rules.opened - self.rules.closed) & known}
        if self.mode is Mode.SEA:  # the sea belongs to no country
            return wishes
        return {**wishes, "countries": self.rules.countries, "barred": self.rules.barred}


@lru_cache(maxsize=64)  # a way is asked for again once its ends are known
def _path(
    ways: Ways, origin: Position, destination: Position, reach_km: tuple[float, float], via: BaseGeometry | None
) -> Path | None:
    return ways.network.path(origin, destination, reach_km=reach_km, via=via, **ways.wishes())


def ways_of(mode: Mode, world: World, rules: Rules) -> Ways | None:
    """Give the ways of a mode, or None where it follows no network."""
    network = world.network(mode.value) if mode in TRACKS else None
    return None if network is None else Ways(network, mode, rules)


def passages(network: Network | Sea) -> frozenset[str]:
    """Ids of what can be closed on a network."""
    return frozenset(network.gates) if hasattr(network, "gates") else frozenset(network.passages)


def _can_be_asked(origin: Position, destination: Position) -> bool:
    """Leave out the poles, where no network leads, and the way from a place to itself."""
    return origin != destination and max(abs(origin.latitude), abs(destination.latitude)) < 90
