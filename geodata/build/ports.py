"""Seaports out of the World Port Index and UN/LOCODE that the gazetteer does not place already.

The index comes with harborly, the codes with searoute. A port that a town or an entry of ours near it is named for
is left out: whoever names it names the town. None lies farther than 5 km from water, nor does a strategic port of ours
but for those named below.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.parquet
from nearby import Named
from shapely.geometry import Point
from strategic import strategic
from waterside import Waterside
from written import Entry

from geodata.names import fold

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry import MultiPolygon

HARBORLY = "harborly-1.1.4-py3-none-any.whl"
SEAROUTE = "searoute-1.6.0.tar.gz"
IMPORTANCE = 0.35
SAME_KM = 25  # a town this near that bears the name is the port's
TWIN_KM = 10  # two registries mean one port
WATER_KM = 5.0  # beyond that a position is wrong, or the port is on a creek that our lines lack
INLAND = {  # ports of ours on water that neither Natural Earth nor rivers.toml draws
    "strategic:blount-island": "St. Johns River",
    "strategic:garden-city-terminal": "Savannah River",
    "strategic:khor-al-zubair": "the creek of that name",
    "strategic:mongla": "Pasur River",
    "strategic:morebaya": "Morebaya River",
    "strategic:payra-port": "Rabnabad Channel",
    "strategic:port-beaumont": "Neches River",
    "strategic:port-qasim": "Phitti Creek",
    "strategic:punta-alvear": "Paraná, whose line smooths a bend",
    "strategic:songnim-port": "Taedong River",
}
COUNTRY_DEGREES = 0.9  # terminals at sea lie farther out
# Words beside the name; "English Harbour" is no English, so that names are cut only to look for their town ...
SORT = re.compile(
    r" (?:harbou?r|port|(?:marine |oil |lng )?terminal|roads?|roadstead|oil field|field)$|"
    r"^(?:(?:port|puerto|porto|bahia|baie|rada|playa) (?:of|de|di|do|du|da|del) |mina(?: al| az| as)? |port |puerto )",
    re.IGNORECASE,
)
# ... but for those that say harbour in a language of their own.
HARBOUR = re.compile(r"(?<=\w{4}) (?:ko|hang|havn|hamn|terminal|marine terminal|oil terminal)$", re.IGNORECASE)
CROWDED = frozenset("US CA GB AU NO SE DK FI JP NZ".split())  # here only ports with a UN/LOCODE
# Words, persons and marks that some small port is named for.
ORDINARY = frozenset(
    "chrome dupont drag loop loring orca orcas platinum "
    "prosper solomon sauce waterfall essex tuborg freeport oleum rodman "
    "mccord suarez palanca didon sabine fateh salina".split()
)
PARTICLE = re.compile(r" (?:De|Du|Di|Da|Do|Del|Des|La|Le|El)(?= )")


@dataclass(frozen=True, slots=True)
class _Port:
    id: str
    names: tuple[str, ...]
    country: str
    longitude: float
    latitude: float


def ports(folder: Path, named: Named, shapes: dict[str, MultiPolygon]) -> list[Entry]:
    """Ports to add; `folder` holds the archives, `named` tells who bears a name already."""
    waterside = Waterside(folder)
    _check(strategic(), waterside)
    dry = []
    found: list[Entry] = []
    fresh = Named([], [])
    for port in [*_world_port_index(folder / HARBORLY), *_locodes(folder / SEAROUTE)]:
        known = {SORT.sub("", HARBOUR.sub("", name)) for name in port.names} | set(port.names)
        spellings = dict.fromkeys([*port.names, *(HARBOUR.sub("", name) for name in port.names)])
        spellings = [name for name in spellings if _usable(name, named)]
        point = Point(port.longitude, port.latitude)
        if not spellings or _stray(point, shapes.get(port.country)):
            continue
        if any(
            named.near(key, port.longitude, port.latitude, SAME_KM)
            or fresh.near(key, port.longitude, port.latitude, TWIN_KM)
            for key in sorted(map(fold, known))
        ):
            continue
        if waterside.km(port.longitude, port.latitude, WATER_KM) > WATER_KM:
            dry.append(f"{port.id} {spellings[0]}")
            continue
        entry = Entry(
            id=port.id,
            name=spellings[0],
            longitude=round(port.longitude, 4),
            latitude=round(port.latitude, 4),
            radius_km=5,
            feature="port",
            importance=named.below(spellings, IMPORTANCE),
            names={"en": spellings},
            country=port.country,
        )
        fresh.add(entry)
        found.append(entry)
    print(f"{len(dry)} ports left out, over {WATER_KM} km from water: {', '.join(dry)}")
    return found


def _check(entries: list[Entry], waterside: Waterside) -> None:
    """Hold the ports among our entries to the water."""
    ports = [entry for entry in entries if entry.feature == "port"]
    dry = {port.id for port in ports if waterside.km(port.longitude, port.latitude, WATER_KM) > WATER_KM}
    if dry != INLAND.keys():
        gone = sorted(INLAND.keys() - dry)
        raise ValueError(f"ports far from water: {sorted(dry - INLAND.keys())}; no longer: {gone}")


def _usable(name: str, named: Named) -> bool:
    """Whether a name is long enough, no ordinary word, and not a country's, region's or great town's."""
    key = fold(name)
    bare = fold(SORT.sub("", HARBOUR.sub("", name)))
    taken = named.greater(key) or (bare != key and named.greater(bare))
    return len(key) > 3 and key not in ORDINARY and name[0].isalpha() and not taken


def _stray(point: Point, country: MultiPolygon | None) -> bool:
    return country is None or country.distance(point) > COUNTRY_DEGREES


def _world_port_index(archive: Path) -> list[_Port]:
    with zipfile.ZipFile(archive) as wheel:
        tables = [
            pyarrow.parquet.read_table(io.BytesIO(wheel.read(f"harborly/data/port_{name}.parquet"))).to_pylist()
            for name in ("registry", "aliases")
        ]
    others: dict[str, list[str]] = {}
    for row in tables[1]:
        others.setdefault(row["registry_id"], []).append(row["alias"])
    return sorted(
        (
            _Port(
                row["registry_id"].lower(),
                _names([row["canonical_name"], *sorted(others.get(row["registry_id"], []))]),
                row["country_code"],
                row["longitude"],
                row["latitude"],
            )
            for row in tables[0]
            if row["provider"] == "NGA_WPI" and (row["unlocode"] or row["country_code"] not in CROWDED)
        ),
        key=lambda port: port.id,
    )


def _locodes(archive: Path) -> list[_Port]:
    """Ports to which searoute gives a sort; the rest of its list has towns without a quay."""
    with tarfile.open(archive) as tar:
        member = next(name for name in tar.getnames() if name.endswith("/data/ports.geojson"))
        file = tar.extractfile(member)
        if file is None:
            raise FileNotFoundError(f"{archive} has no ports.geojson")
        features = json.load(file)["features"]
    found = {
        told["port"]: _Port(
            f"locode:{told['port']}",
            _names([told["name"].split(",")[0]]),
            told["port"][:2],
            *feature["geometry"]["coordinates"],
        )
        for feature in features
        if (told := feature["properties"])["t"] is not None and told["port"]
    }
    return [found[code] for code in sorted(found)]


def _names(told: list[str]) -> tuple[str, ...]:
    """Names as a map prints them; "Jabal Az Zannah/Ruways" are two."""
    parts = [part for name in told for part in re.sub(r"\s*\(.*?\)", "", name).split("/")]
    cleaned = [" ".join(unicodedata.normalize("NFC", part).split()) for part in parts]
    printed = [part.title() if part.isupper() or part.islower() else part for part in cleaned]
    lower = [PARTICLE.sub(lambda match: match.group().lower(), part) for part in printed]
    return tuple(dict.fromkeys(part for part in lower if part))
