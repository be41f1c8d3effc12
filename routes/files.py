"""Writing findings to files, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routes import geojson, jsonl
from routes.beside import write_beside
from routes.errors import FindingsError, FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World
    from routes.model import Findings

STDIO = "-"
TEXT_FORMATS = (".geojson", ".json", ".jsonl")
TABLE_FORMATS = (".gpkg", ".fgb", ".csv")
SUFFIXES = TEXT_FORMATS + TABLE_FORMATS


def write(every: Sequence[Findings], path: str | Path, world: World, *, text: bool = False) -> None:
    """Write findings in the format that the path's suffix names; ``"-"`` is GeoJSON on standard output.

    With `text`, GeoJSON holds the reports' texts too.

    Raises
    ------
    FormatError
        Where the suffix names no format that can be written, or the folder does not exist.
    """
    check_target(path, SUFFIXES)
    suffix = ".geojson" if str(path) == STDIO else Path(path).suffix.lower()
    if suffix in TEXT_FORMATS:
        write_text(path, text_of(every, suffix, world, text=text))
    else:
        from routes.frames import write_table  # noqa: PLC0415 - geopandas takes a second to import

        write_beside(Path(path), lambda beside: write_table(_collection(every, world), beside))


def check_target(path: str | Path, suffixes: Sequence[str]) -> None:
    """Refuse, before the work is done, a file that could not be written after it; ``"-"`` always can.

    Raises
    ------
    FormatError
        Where the suffix is none of those given, the path is a directory, or its folder does not exist.
    """
    if str(path) == STDIO:
        return
    target = Path(path)
    if target.is_dir():
        raise FormatError(f"{path} is a directory; name a file in it, such as {target / ('routes' + suffixes[0])}")
    if target.suffix.lower() not in suffixes:
        raise FormatError(f"{path} cannot be written: its name must end in {', '.join(suffixes)}")
    if not target.parent.is_dir():
        raise FormatError(f"{path} cannot be written: the folder {target.parent} does not exist")


def text_of(every: Sequence[Findings], suffix: str, world: World, *, text: bool = False) -> str:
    """Give findings as the text of a ``.jsonl`` or ``.geojson`` file, the latter with the reports' `text` if wanted."""
    if suffix == ".jsonl":
        return "".join(jsonl.to_line(findings) + "\n" for findings in every)
    return geojson.dumps(_collection(every, world, text=text))


def read_text(path: str | Path) -> str:
    """Read a findings file, or standard input for ``"-"``.

    Raises
    ------
    FindingsError
        Where it is missing, a directory, or not UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == STDIO else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FindingsError(f"{path} is not UTF-8, so it is no GeoJSON") from None
    except (OSError, ValueError) as error:
        raise FindingsError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def write_text(path: str | Path, text: str) -> None:
    """Write a text as UTF-8: beside the target and renamed, so that no half file is ever left; ``"-"`` prints it.

    Raises
    ------
    FormatError
        Where the folder does not exist or cannot be written.
    """
    # A lone surrogate in a report has no UTF-8; it is shown as a question mark rather than lost with the file.
    data = text.encode("utf-8", "replace")
    if str(path) == STDIO:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_beside(Path(path), lambda beside: beside.write_bytes(data))


def _collection(every: Sequence[Findings], world: World, *, text: bool = False) -> dict[str, Any]:
    return geojson.to_geojson(every[0] if len(every) == 1 else every, world, text=text)
