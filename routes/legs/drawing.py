"""A line and what can be said of it, on its way to become a leg."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geodata.gazetteer import Feature
from routes.legs.rules import FREE, Rules
from routes.model import Basis, Mode

if TYPE_CHECKING:
    from geodata.gazetteer import Place
    from geodata.position import Position
    from routes.legs.ground import Area

# Not drawn as areas, but passed over a stretch of ground rather than called at.
PASSED = frozenset({Feature.STRAIT, Feature.CANAL, Feature.CAPE, Feature.RIVER, Feature.ISLAND})
TRACKS = {
    Mode.RAIL: "railway",
    Mode.ROAD: "road",
    Mode.SEA: "shipping lane",
    Mode.RIVER: "waterway",
    Mode.PIPELINE: "pipeline",
}


@dataclass(frozen=True, slots=True)
class End:
    """Where a leg starts or ends.

    Attributes
    ----------
    place : Place
    position : Position
        The place's own, or where the way touches a place that it passes.
    area : Area or None
        The ground, where the place is an area of which the way touches no known point.
    passed : bool
        Whether the position is a point of the way through the place.
    rules : Rules
        What the legs to and from the place must keep to besides, to be parts of one way.
    """

    place: Place
    position: Position
    area: Area | None = None
    passed: bool = False
    rules: Rules = FREE

    def at(self, position: Position) -> End:
        """Pin down where the way touches the place."""
        return replace(self, position=position, area=None, passed=True)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A line, from origin to destination, and what it rests on; the fields are those of `routes.model.Leg`."""

    line: tuple[Position, ...]
    basis: Basis
    notes: tuple[str, ...] = ()
    length_km: float | None = None
    countries: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    snap_km: tuple[float, ...] = field(default=())

    def turned(self) -> Drawing:
        """Turn round, from the destination to the origin."""
        return replace(
            self,
            line=self.line[::-1],
            countries=self.countries[::-1],
            passages=self.passages[::-1],
            snap_km=self.snap_km[::-1],
        )
