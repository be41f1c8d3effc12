"""Counties, parishes and boroughs of the United States, from us-atlas (US Census Bureau).

The archive is ``npm pack us-atlas@3.0.1``. "Laurel County" is a county's name; "Laurel" alone is a town's first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from geometry import representative
from nearby import Named
from ordinary import ordinary
from shapes import multi, polygons, read_topology
from written import Entry

from geodata.names import fold

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry import MultiPolygon
    from towns import Town

ARCHIVE = "us-atlas-3.0.1.tgz"
IMPORTANCE = 0.3
CORNERS = 4  # of a ring at least, the last being the first
# GeoNames admin1 codes by FIPS.
STATES = dict(
    pair.split(":")
    for pair in (
        "01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN 19:IA "
        "20:KS 21:KY 22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH 34:NJ 35:NM "
        "36:NY 37:NC 38:ND 39:OH 40:OK 41:OR 42:PA 44:RI 45:SC 46:SD 47:TN 48:TX 49:UT 50:VT 51:VA 53:WA "
        "54:WV 55:WI 56:WY"
    ).split()
)
INDEPENDENT = 500  # from this number on Virginia's counties are cities, which are towns of the gazetteer already
CITIES = frozenset({"24510", "29510", "32510", "11001"})  # Baltimore, St. Louis, Carson City, Washington


def counties(folder: Path, towns: list[Town]) -> list[Entry]:
    """All counties of the fifty states, by FIPS code; `folder` holds the archive."""
    topology = read_topology(folder / ARCHIVE, "counties-10m")
    named = Named([town for town in towns if town.country == "US"], [])
    found = []
    for geometry in sorted(topology["objects"]["counties"]["geometries"], key=lambda county: county["id"]):
        code, state = geometry["id"], STATES.get(geometry["id"][:2])
        city = code in CITIES or (state == "VA" and int(code[2:]) >= INDEPENDENT)
        if state and geometry.get("type") and not city:
            found.append(_county(code, state, geometry["properties"]["name"], _shape(topology, geometry), named))
    return found


def _shape(topology: dict, geometry: dict) -> MultiPolygon:
    """Decode a county without the rings that fell together when the table was thinned out."""

    def whole(ring: list[int]) -> bool:
        points = sum(len(topology["arcs"][arc if arc >= 0 else ~arc]) for arc in ring) - len(ring) + 1
        return points >= CORNERS

    arcs = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    kept = [[ring for ring in polygon if whole(ring)] for polygon in arcs if whole(polygon[0])]
    parts = polygons(topology, {"type": "MultiPolygon", "arcs": kept})
    return multi(shapely.union_all(shapely.make_valid(parts)))


def _county(code: str, state: str, name: str, shape: MultiPolygon, named: Named) -> Entry:
    longitude, latitude, radius_km = representative(shape)
    names = [f"{name} {sort}" for sort in _sorts(state)]
    short = [f"{name} Co."] if "County" in names[0] else []
    return Entry(
        id=f"county:US-{code}",
        name=names[0],
        longitude=longitude,
        latitude=latitude,
        radius_km=radius_km,
        feature="admin",
        importance=named.below([name], IMPORTANCE),
        names={"en": [*names, *short]},
        country="US",
        admin=state,
        area=True,
        also={"en": [name]} if named.towns(fold(name)) or not ordinary(name) else {},
    )


def _sorts(state: str) -> list[str]:
    return {"LA": ["Parish"], "AK": ["Borough", "Census Area"]}.get(state, ["County"])
