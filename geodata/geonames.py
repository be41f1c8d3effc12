"""What the columns of a GeoNames dump mean to us."""

from __future__ import annotations

import re
from functools import cache

from geodata.places import Feature

# Links, post and airport codes in the language column of alternateNamesV2.
LANGUAGES_OF_NO_NAME = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon"})
# Codes, links, and names of one Latin letter are no names of places.
NO_NAME = re.compile(r"[A-Z]{3}|\s*[A-Za-z]?\s*|[\d\W]+|.*https?:.*", re.DOTALL)

# By feature code (http://www.geonames.org/export/codes.html): whole codes first, then beginnings, then the class.
_CODES = {
    "STRT": Feature.STRAIT,
    "PSTB": Feature.CROSSING,
    "PASS": Feature.CROSSING,
    "CUST": Feature.CROSSING,
    "CSTM": Feature.CROSSING,
    "MILB": Feature.SITE,
    "INSM": Feature.SITE,
    "OILR": Feature.SITE,
    "OILT": Feature.SITE,
    "OILJ": Feature.SITE,
    "GOSP": Feature.SITE,
    "PS": Feature.SITE,
    "PSH": Feature.SITE,
    "PSN": Feature.SITE,
    "DPOF": Feature.SITE,
    "NVB": Feature.SITE,
    "FCL": Feature.SITE,
    "MFG": Feature.SITE,
    "MN": Feature.SITE,
    "CTRS": Feature.SITE,
    "SPLY": Feature.SITE,
    "STPS": Feature.SITE,
    "PRT": Feature.PORT,
    "HBR": Feature.PORT,
    "ANCH": Feature.PORT,
    "RDST": Feature.PORT,
    "DCK": Feature.PORT,
    "DCKB": Feature.PORT,
    "DCKY": Feature.PORT,
    "FY": Feature.PORT,
    "FYT": Feature.PORT,
    "LDNG": Feature.PORT,
    "MAR": Feature.PORT,
    "RSTN": Feature.STATION,
    "RSTP": Feature.STATION,
    "RSD": Feature.STATION,
    "RYD": Feature.STATION,
    "BUSTN": Feature.STATION,
    "MTRO": Feature.STATION,
    "CAPE": Feature.CAPE,
    "PT": Feature.CAPE,
    "HDLD": Feature.CAPE,
    "ZN": Feature.REGION,
}
_BEGINNINGS = (
    ("PCL", Feature.COUNTRY),
    ("TERR", Feature.COUNTRY),
    ("AIR", Feature.AIRPORT),
    ("CNL", Feature.CANAL),
    ("STM", Feature.RIVER),
    ("ISL", Feature.ISLAND),
    ("ATOL", Feature.ISLAND),
)
_CLASSES = {
    "P": Feature.TOWN,
    "A": Feature.ADMIN,
    "H": Feature.WATER,
    "L": Feature.REGION,
    "T": Feature.REGION,
    "V": Feature.REGION,
}


@cache
def feature_of(kind: str, code: str) -> Feature | None:
    """Tell what a feature class and code are to us.

    Parameters
    ----------
    kind : str
        Class, one letter: P, A, H, S, T, L, V, R, U.
    code : str
        Such as ``PPLC``.

    Returns
    -------
    Feature or None
        None for what no report of a route names: roads, undersea features, most buildings.
    """
    if kind not in {*_CLASSES, "S"}:
        return None
    found = _CODES.get(code) or next((it for beginning, it in _BEGINNINGS if code.startswith(beginning)), None)
    return found or _CLASSES.get(kind)
