"""Strategic places that GeoNames' towns lack: read from strategic.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

from areas import by_language
from written import Entry

HERE = Path(__file__).parent


def strategic() -> list[Entry]:
    """All entries of strategic.toml, in its order."""
    table = tomllib.loads((HERE / "strategic.toml").read_text(encoding="utf-8"))
    return [_entry(identifier, place) for identifier, place in table.items()]


def _entry(identifier: str, place: dict) -> Entry:
    names = by_language(place["names"])
    longitude, latitude = place["at"]
    return Entry(
        id=f"strategic:{identifier}",
        name=names["en"][0],
        longitude=longitude,
        latitude=latitude,
        radius_km=place.get("radius_km", 5),
        feature=place["feature"],
        importance=place.get("importance", 0.6),
        names=names,
        country=place.get("country"),
    )
