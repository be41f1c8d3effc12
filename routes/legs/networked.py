"""Drawing along a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.legs.areas import between, into
from routes.legs.drawing import Drawing, End
from routes.legs.ground import joined
from routes.legs.reach import gaps, reach_km
from routes.legs.ways import FAR_KM, REACH_KM
from routes.model import Basis

if TYPE_CHECKING:
    from geodata.networks import Path
    from routes.legs.ways import Ways


def along(ways: Ways, origin: End, destination: End, count: int = 1) -> tuple[Drawing, ...]:
    """Draw up to `count` ways along a network, the best first; none where it does not lead there.

    Only between two points are there several.
    """
    if origin.area and destination.area:
        drawing = between(ways, origin, destination)
    elif destination.area:
        drawing = into(ways, origin, destination)
    elif origin.area:
        drawing = into(ways, destination, origin)
        drawing = drawing and drawing.turned()
    else:
        return _points(ways, origin, destination, count)
    return (drawing,) if drawing else ()


def _points(ways: Ways, origin: End, destination: End, count: int) -> tuple[Drawing, ...]:
    reach = reach_km(ways, origin), reach_km(ways, destination)
    paths = _paths(ways, origin, destination, count, reach)
    if not paths:
        wide = tuple(
            km if ways.serves(end.position, km) else FAR_KM
            for km, end in zip(reach, (origin, destination), strict=True)
        )
        paths = _paths(ways, origin, destination, count, (wide[0], wide[1])) if wide != reach else ()
    return tuple(_drawn(ways, path, origin, destination) for path in paths if _is_worth_it(path))


def _is_worth_it(path: Path) -> bool:
    """Tell whether a way is more than the gaps to it."""
    return max(path.snap_km) <= REACH_KM or sum(path.snap_km) <= path.length_km


def _paths(ways: Ways, origin: End, destination: End, count: int, reach: tuple[float, float]) -> tuple[Path, ...]:
    if count > 1:
        return ways.several(origin.position, destination.position, count, reach)
    path = ways.best(origin.position, destination.position, reach)
    return (path,) if path else ()


def _drawn(ways: Ways, path: Path, origin: End, destination: End) -> Drawing:
    return Drawing(
        line=joined(origin.position, *path.line, destination.position),
        basis=Basis.NETWORK,
        notes=gaps(ways, path, (origin, destination)),
        length_km=path.length_km + sum(path.snap_km),
        countries=path.countries,
        passages=path.passages,
        snap_km=path.snap_km,
    )
