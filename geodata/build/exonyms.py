"""Names in more languages, from exonyms/*.csv: what the press calls places whose own entries lack it.

A table has a column ``id`` and one for each language; several names in a cell are parted by ``|``, the usual first. Ids
are those of the gazetteer: ``geonames:`` for towns, and those of the entries that are ours. GeoNames' names have no
language here, so a town gets the names alone.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from written import Entry

HERE = Path(__file__).parent
TOWN = "geonames:"

Names = dict[str, list[str]]


def exonyms() -> dict[str, Names]:
    """Names by id and language, of all tables together."""
    found: dict[str, Names] = {}
    for path in sorted((HERE / "exonyms").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                told = found.setdefault(row.pop("id"), {})
                for language, cell in row.items():
                    if cell:
                        told[language] = _joined(told.get(language, []), unicodedata.normalize("NFC", cell).split("|"))
    return found


def of_towns() -> dict[int, list[str]]:
    """Names by GeoNames id, of all languages."""
    return {
        int(identifier.removeprefix(TOWN)): [name for names in told.values() for name in names]
        for identifier, told in exonyms().items()
        if identifier.startswith(TOWN)
    }


def with_exonyms(entries: list[Entry]) -> list[Entry]:
    """Give entries the names that the tables have for them, after their own.

    Raises
    ------
    ValueError
        Where a table names an id that there is not.
    """
    told = {identifier: names for identifier, names in exonyms().items() if not identifier.startswith(TOWN)}
    unknown = told.keys() - {entry.id for entry in entries}
    if unknown:
        raise ValueError(f"exonyms for places that there are not: {sorted(unknown)}")
    return [_named(entry, told[entry.id]) if entry.id in told else entry for entry in entries]


def _named(entry: Entry, told: Names) -> Entry:
    more = {language: _joined(entry.names.get(language, []), names) for language, names in told.items()}
    return replace(entry, names={**entry.names, **more})


def _joined(names: list[str], more: list[str]) -> list[str]:
    return list(dict.fromkeys([*names, *more]))
