"""Places that GeoNames' towns lack - ports, terminals, stations, crossings, bases - from strategic/*.toml.

A table's name is the place's id, unique over all files. Keys: ``at`` (longitude, latitude), ``feature`` (see
geodata.gazetteer.Feature), ``country`` (ISO 3166-1 alpha-2, where it has one), ``source`` (where a reader can check
it), where wanted ``importance`` (0 to 1) and ``radius_km``; every other key is a language with a name or a list of
names, the usual first.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from areas import by_language
from written import Entry

HERE = Path(__file__).parent
IMPORTANCE = 0.6  # as a town of a million: whoever names one of these usually means it
FACTS = {"at", "feature", "country", "source", "importance", "radius_km"}


def strategic() -> list[Entry]:
    """All entries, by file and in the order of each."""
    files = sorted((HERE / "strategic").glob("*.toml"))
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return [_entry(identifier, place) for table in tables for identifier, place in table.items()]


def _entry(identifier: str, place: dict) -> Entry:
    names = by_language({key: value for key, value in place.items() if key not in FACTS})
    longitude, latitude = place["at"]
    return Entry(
        id=f"strategic:{identifier}",
        name=names["en"][0],
        longitude=longitude,
        latitude=latitude,
        radius_km=place.get("radius_km", 5),
        feature=place["feature"],
        importance=place.get("importance", IMPORTANCE),
        names=names,
        country=place.get("country"),
    )
