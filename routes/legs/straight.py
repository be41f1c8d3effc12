"""Links that follow no network: flights, and what nothing better is known of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.position import geodesic, length_km
from routes.legs.drawing import TRACKS, Drawing
from routes.legs.ground import joined, up_to
from routes.legs.reach import reach_km
from routes.legs.ways import FAR_KM
from routes.model import Basis, Mode

if TYPE_CHECKING:
    from routes.legs.drawing import End
    from routes.legs.ways import Ways

STRAIGHT = "drawn as a straight link: "
FLIGHT = "the shortest way over the ground; the flight path is not told"
CLIP_STEP_KM = 10.0
WORTH_CLIPPING = 0.1  # where less than this share of a link lies between two areas, it is drawn into them


def flight(origin: End, destination: End) -> Drawing:
    """Draw the shortest way through the air between two points."""
    line = joined(*geodesic(origin.position, destination.position))
    return Drawing(line, Basis.GEODESIC, (FLIGHT,), length_km=length_km(line))


def straight(origin: End, destination: End, reason: str) -> Drawing:
    """Draw a straight link that ends at the edges of areas, or in the middle of one that holds the other end."""
    notes = [STRAIGHT + reason]
    whole = clipped = geodesic(origin.position, destination.position, CLIP_STEP_KM)
    for end, other, way in ((destination, origin, 1), (origin, destination, -1)):
        if end.area and end.area.holds([other.position])[0]:
            notes.append(f"runs into {end.place.name}: where inside is not told")
        elif end.area:
            clipped = up_to(clipped[::way], end.area)[::way]
            notes.append(f"ends at the edge of {end.place.name}: where inside is not told")
    if length_km(clipped) < WORTH_CLIPPING * length_km(whole):
        clipped, notes = whole, [notes[0], "runs into the areas, since too little lies between them"]
    line = joined(*geodesic(clipped[0], clipped[-1]))
    measured = not (origin.area or destination.area)
    return Drawing(line, Basis.SCHEMATIC, tuple(notes), length_km=length_km(line) if measured else None)


def reason(mode: Mode, ways: Ways | None, origin: End, destination: End) -> str:
    """Say why a leg follows no network."""
    if mode is Mode.UNKNOWN:
        return "the means of transport is not told"
    if mode is Mode.AIR:
        return "flight paths are not traced"
    track = TRACKS[mode]
    if ways is None:
        return f"no network of {track}s is known"
    for end in (origin, destination):
        if not end.area and not ways.serves(end.position, reach_km(ways, end)):
            return _too_far(ways, end)
    if ways.rules.closed or ways.rules.barred:
        return f"no {track} joins them that avoids what is to be avoided"
    return f"no {track} was found between them"


def _too_far(ways: Ways, end: End) -> str:
    if ways.serves(end.position, FAR_KM):
        return f"{end.place.name} lies too far from any {ways.track}"
    return f"no {ways.track} comes within {FAR_KM:.0f} km of {end.place.name}"
