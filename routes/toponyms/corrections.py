"""What a user says of names: which place a name is, or that it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.gazetteer import Candidate, Place
from geodata.names import fold
from routes.errors import GivenError
from routes.toponyms.given import place_at, position_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.position import Position
    from geodata.world import World
    from routes.model import Said

NONE = "none"
_HINTS = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """What a user says of a name; without a place it names none."""

    name: str
    place: Place | None

    @property
    def key(self) -> str:
        """The folded name, under which it is looked for."""
        return fold(self.name)


def corrections_of(said: Mapping[str, Said], world: World, where: str = "") -> tuple[Correction, ...]:
    """Read what a user says of names.

    Parameters
    ----------
    said : mapping
        From a name, as it stands in the text, to a place's id (``"geonames:2210247"``), its longitude and latitude
        (``(13.19, 32.89)`` or ``"13.19,32.89"``), a Place, or None, ``""`` or ``"none"`` where it names no place.
    world : World
    where : str
        What the message of an error begins with.

    Raises
    ------
    GivenError
        Where a name is empty, or what is said of it is no place.
    """
    here: dict[Position, Place] = {}
    found = []
    for name, value in said.items():
        if not fold(name):
            raise GivenError(f"{where}{name!r} is no name; say which place a name is, as in 'Tripoli=geonames:2210247'")
        place = _place(name.strip(), value, world, where)
        found.append(Correction(name.strip(), place and here.setdefault(place.position, place)))
    return tuple(found)


def _place(name: str, value: Said, world: World, where: str) -> Place | None:
    if value is None or isinstance(value, Place):
        return value
    if isinstance(value, str) and value.strip().casefold() in {"", NONE}:
        return None
    numbers = _numbers(value)
    if isinstance(value, str) and not numbers:
        return _of_id(name, value.strip(), world.gazetteer, where)
    position = position_of(*numbers) if len(numbers) == 2 else None
    if position is None:
        raise GivenError(
            f"{where}{name!r} is to be at {value!r}, which is no position: the longitude, from -180 to 180, comes "
            "first, then the latitude, from -90 to 90"
        )
    return place_at(name, position, world)


def _numbers(value: str | Sequence[float]) -> list[float]:
    try:
        return [float(number) for number in (value.split(",") if isinstance(value, str) else value)]
    except (TypeError, ValueError):
        return []


def _of_id(name: str, place_id: str, gazetteer: Gazetteer, where: str) -> Place:
    try:
        return gazetteer.place(place_id)
    except LookupError:
        pass
    asked = next((one for one in (place_id, name) if gazetteer.candidates(one)), None)
    if asked:
        known = "; ".join(_told(one) for one in gazetteer.candidates(asked)[:_HINTS])
        hint = f"of the name {asked!r} there is {known}"
    else:
        hint = f"say where it is, as in '{name}=13.19,32.89', or that it is none, as in '{name}=none'"
    raise GivenError(f"{where}{name!r} is to be {place_id!r}, which is no id of a place; {hint}")


def _told(candidate: Candidate) -> str:
    place = candidate.place
    return f"{place.id} ({', '.join(part for part in (place.name, place.feature.value, place.country) if part)})"
