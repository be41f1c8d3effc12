"""Centre lines of rivers out of Natural Earth 1:10m, as Debian's libmagics++-data carries them.

The package is ``apt-get download libmagics++-data=4.13.0-1``; of it only ne_10m_rivers_lake_centerlines 3.0.0 is read,
which is in the public domain.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
from debian import opened
from shapely.geometry import MultiLineString

if TYPE_CHECKING:
    import tarfile
    from pathlib import Path

ARCHIVE = "libmagics++-data_4.13.0-1_all.deb"
SHAPEFILE = "./usr/share/magics/10m/ne_10m_rivers_lake_centerlines"


def courses(folder: Path) -> dict[int, MultiLineString]:
    """Centre lines by Natural Earth's ``rivernum``; 0 holds all that have no number."""
    with opened(folder / ARCHIVE) as tar:
        shapes, table = (_read(tar, f"{SHAPEFILE}.{suffix}") for suffix in ("shp", "dbf"))
    found: dict[int, list[np.ndarray]] = {}
    for number, parts in zip(_column(table, "rivernum"), _polylines(shapes), strict=True):
        found.setdefault(int(float(number)), []).extend(parts)
    return {number: MultiLineString(parts) for number, parts in sorted(found.items())}


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise FileNotFoundError(f"{ARCHIVE} has no {name}")
    return file.read()


def _polylines(data: bytes) -> list[list[np.ndarray]]:
    """Decode the records of a shapefile of polylines (ESRI 1998): of each, its parts."""
    found, at = [], 100
    while at < len(data):
        (words,) = struct.unpack_from(">4xi", data, at)
        sort = struct.unpack_from("<i", data, at + 8)[0]
        parts: list[np.ndarray] = []
        if sort:  # 0 is an empty shape
            count, total = struct.unpack_from("<ii", data, at + 44)
            starts = struct.unpack_from(f"<{count}i", data, at + 52)
            points = np.frombuffer(data, "<f8", 2 * total, at + 52 + 4 * count).reshape(-1, 2)
            parts = [part for part in np.split(points, starts[1:]) if len(part) > 1]
        found.append(parts)
        at += 8 + 2 * words
    return found


def _column(data: bytes, name: str) -> list[str]:
    """Read one column of a dBASE table."""
    count, start, length = struct.unpack_from("<IHH", data, 4)
    offset = 1
    for at in range(32, start - 1, 32):
        title, size = data[at : at + 11].split(b"\0")[0].decode(), data[at + 16]
        if title == name:
            break
        offset += size
    else:
        raise KeyError(name)
    rows = (data[start + row * length :][:length] for row in range(count))
    return [row[offset : offset + size].decode("latin-1").strip() for row in rows]
