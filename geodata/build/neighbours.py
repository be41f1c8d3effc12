"""Who borders whom on land: ``python geodata/build/neighbours.py world-atlas-2.0.2.tgz`` writes neighbours.json.

Countries whose polygons touch or come within 0.05 degree of each other at 1:50 million, before they are simplified.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import shapely
from record import record
from shapes import countries

DATA = Path(__file__).parents[1] / "data"
NEAR_DEGREES = 0.05
# Near each other but with water or another's land between: the Virgin Islands; Morocco and Mauritania, which Western
# Sahara parts; Namibia and Zimbabwe, whose river corners fail to meet by 150 m (Botswana and Zambia's do meet).
APART = {("VG", "VI"), ("MA", "MR"), ("NA", "ZW")}
# Too small for the scale: Gibraltar; the Spanish towns Ceuta and Melilla on Morocco's coast.
TOGETHER = {("ES", "GI"), ("ES", "MA")}


def neighbours(archive: Path) -> dict[str, list[str]]:
    """List by ISO 3166-1 alpha-2 code the countries that share a land border with each; islands are left out."""
    shapes = countries(archive)
    codes, polygons = list(shapes), list(shapes.values())
    pairs = shapely.STRtree(polygons).query(polygons, predicate="dwithin", distance=NEAR_DEGREES).T.tolist()
    borders = {(codes[one], codes[other]) for one, other in pairs if codes[one] < codes[other]}
    borders = (borders - APART) | TOGETHER
    found: dict[str, list[str]] = {}
    for one, other in sorted(borders | {(other, one) for one, other in borders}):
        found.setdefault(one, []).append(other)
    return found


def main(archive: Path) -> None:
    """Write who borders whom and say how many borders there are."""
    found = neighbours(archive)
    (DATA / "neighbours.json").write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
    record(["neighbours.json"], "neighbours.py")
    print(f"{len(found)} countries with {sum(map(len, found.values())) // 2} land borders")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
