"""Compile a full GeoNames dump: ``python -m geodata.compile allCountries.txt alternateNamesV2.txt -o my_gazetteer/``.

Both files come from https://download.geonames.org/export/dump/ and may stay in their ``.zip``. The folder is then read
by ``Gazetteer.load(folder)`` in place of ours, or by ``Gazetteer.extend(folder)`` and ``--gazetteer folder`` over ours.

Memory stays bounded: places and names are dealt out into files by ranges of ids, each range is put in order for
itself, and its names are dealt out again by first letter, so that at any time only one range (100,000 ids, some 150
MB) or the names of one first letter (some 200 bytes each, so under 500 MB for the commonest letter of 12 million
places) are held.
Disk: about as much again as the two files, freed at the end. The same dump gives the same bytes.

Kept are places on land and water that reports name: towns (class P), countries and regions (A), waters (H), areas
(L), islands, capes, mountains (T), woods (V), and of the buildings (S) stations, ports, airports, crossings,
terminals, bases and plants; not roads, undersea features, hotels, schools and churches.
"""

from __future__ import annotations

import json
import shutil
import unicodedata
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

import click
import numpy as np
from rich.console import Console
from rich.progress import Progress

from geodata.geonames import LANGUAGES_OF_NO_NAME, NO_NAME, feature_of
from geodata.index import NameIndex, shard_of
from geodata.names import fold
from geodata.piles import Dealer, Numbers
from geodata.places import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

RANGE = 100_000  # ids
FEATURES = tuple(Feature)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
ROW = np.dtype(
    [
        ("id", "<u4"),
        ("longitude", "<i4"),
        ("latitude", "<i4"),
        ("population", "<u4"),
        ("name", "<u4"),
        ("told", "<u8"),
        ("country", "<u2"),
        ("admin", "<u2"),
        ("feature", "u1"),
    ]
)


def compile_dump(places: Path, names: Path | None, target: Path, progress: Progress) -> int:
    """Compile a dump into a folder that `Gazetteer.load` opens.

    Parameters
    ----------
    places : Path
        ``allCountries.txt``, or another file of that form, or a ``.zip`` with it.
    names : Path or None
        ``alternateNamesV2.txt``, likewise; without it the alternate names have no language.
    target : Path
        A folder, made if it is not there; a gazetteer in it is replaced.
    progress : Progress
        Gets a bar for each of the four steps.

    Returns
    -------
    int
        How many places it has.

    Raises
    ------
    ValueError
        Where a line has not the columns of the dump, or the folder holds something else.
    OSError
        Where a file cannot be read or written.
    """
    if target.is_dir() and any(target.iterdir()) and not (target / "places.json").is_file():
        raise ValueError(f"{target}: holds something else than a gazetteer; name a new folder")
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target, prefix=".compiling-") as scratch:
        by_id, told, by_letter = (Dealer(_new(Path(scratch) / name)) for name in ("places", "told", "letters"))
        _deal_places(places, by_id, progress, with_names=names is None)
        if names:
            _deal_names(names, told, progress)
        made = _new(Path(scratch) / "made")
        count = _write_places(by_id, told, by_letter, made, progress)
        _write_names(by_letter, _new(made / "names"), progress)
        _replace(made, target)
    return count


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _replace(made: Path, target: Path) -> None:
    shutil.rmtree(target / "names", ignore_errors=True)
    for path in sorted(made.iterdir()):
        path.replace(target / path.name)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open a file, or the only text in a zip, with its size."""
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            yield file, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        member = next((it for it in archive.infolist() if it.filename == f"{path.stem}.txt"), None)
        if member is None:
            raise ValueError(f"{path}: there is no {path.stem}.txt in it")
        with archive.open(member) as file:
            yield file, member.file_size


def _rows(path: Path, columns: int, progress: Progress, step: str) -> Iterator[list[str]]:
    with _opened(path) as (file, size):
        task = progress.add_task(step, total=size)
        done = 0
        for number, line in enumerate(file, start=1):
            done += len(line)
            if not number % 20_000:
                progress.update(task, completed=done)
            cells = line.decode("utf-8", errors="replace").rstrip("\r\n").split("\t")
            if len(cells) < columns or not _is_id(cells[1 if columns == 4 else 0]):
                raise ValueError(f"{path}, line {number}: not {columns} columns with a GeoNames id: {line[:60]!r}")
            yield cells
        progress.update(task, completed=size)


def _is_id(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 9


def _pile(identifier: str) -> str:
    return f"{int(identifier) // RANGE:05}"


def _deal_places(path: Path, by_id: Dealer, progress: Progress, *, with_names: bool) -> None:
    for cells in _rows(path, 15, progress, "places"):
        identifier, name, ascii_name, others, latitude, longitude, kind, code = cells[:8]
        feature = feature_of(kind, code)
        if feature is None or not name.strip():
            continue
        facts = (longitude, latitude, cells[8], cells[10], cells[14] or "0", str(FEATURES.index(feature)))
        row = [identifier, str(int(code == "PPLC")), *facts, name, ascii_name, others if with_names else ""]
        by_id.deal(_pile(identifier), "\t".join(row) + "\n")
    by_id.flush()


def _deal_names(path: Path, told: Dealer, progress: Progress) -> None:
    for cells in _rows(path, 4, progress, "names"):
        _, identifier, language, name = cells[:4]
        if language not in LANGUAGES_OF_NO_NAME and not NO_NAME.fullmatch(name):
            first = "0" if cells[4:5] == ["1"] else "1"
            told.deal(_pile(identifier), f"{identifier}\t{first}\t{language.partition('_')[0] or 'und'}\t{name}\n")
    told.flush()


def _write_places(by_id: Dealer, told: Dealer, by_letter: Dealer, made: Path, progress: Progress) -> int:
    """Write places.*, and deal out each name with the number of its place."""
    countries, admins = Numbers(), Numbers()
    capitals: list[int] = []
    count = names_end = told_end = 0
    piles = by_id.piles()
    rows_path = made / "rows"
    with (
        rows_path.open("wb") as rows_file,
        (made / "places.txt").open("wb") as names_file,
        (made / "places.names.txt").open("wb") as told_file,
    ):
        for pile in progress.track(piles, description="sorting"):
            names = _names_of(told.lines(pile))
            entries = {int(line.partition("\t")[0]): line for line in by_id.lines(pile)}
            rows = []
            for number, (identifier, line) in enumerate(sorted(entries.items()), start=count):
                place = _entry(line, names.get(identifier, {}))
                x, y, country, admin, people, feature = place.facts
                capitals += [identifier] if line.split("\t", 2)[1] == "1" else []
                rows.append(
                    (identifier, x, y, people, names_end, told_end, countries.of(country), admins.of(admin), feature)
                )
                told_end += told_file.write(place.told)
                names_end += names_file.write(place.name.encode())
                for key in place.keys:
                    by_letter.deal(shard_of(key[0]), f"{key}\t{number}\n")
            rows_file.write(np.array(rows, dtype=ROW).tobytes())
            count += len(rows)
            (by_id.folder / pile).unlink()
            (told.folder / pile).unlink(missing_ok=True)
    by_letter.flush()
    _with_header(rows_path, made / "places.npy", count)
    header = {
        "capitals": capitals,
        "features": FEATURES,
        "countries": [*countries.known],
        "admins": [*admins.known],
    }
    (made / "places.json").write_text(_JSON(header) + "\n", encoding="utf-8")
    return count


def _names_of(lines: list[str]) -> dict[int, dict[str, list[str]]]:
    """Names by place and language, the preferred ones first."""
    found: dict[int, dict[str, list[str]]] = {}
    cells = (line.split("\t", 3) for line in lines)
    for identifier, _, language, name in sorted(cells, key=lambda cell: (int(cell[0]), cell[2], cell[1])):
        own = found.setdefault(int(identifier), {}).setdefault(language, [])
        spelled = unicodedata.normalize("NFC", name.strip())
        if spelled not in own:
            own.append(spelled)
    return found


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    told: bytes
    keys: list[str]
    facts: tuple[int, int, str, str, int, int]


def _entry(line: str, names: dict[str, list[str]]) -> _Entry:
    _, _, longitude, latitude, country, admin, people, feature, name, ascii_name, others = line.split("\t")
    name = unicodedata.normalize("NFC", name.strip())
    und = {unicodedata.normalize("NFC", other.strip()) for other in others.split(",") if not NO_NAME.fullmatch(other)}
    if und - {name}:
        names = names | {"und": sorted(und - {name})}
    spellings = {name, ascii_name, *(other for own in names.values() for other in own)}
    keys = sorted({key for spelling in spellings if (key := fold(spelling)) and "\t" not in key})
    told = _JSON(names).encode() if names else b""
    try:
        x, y, number = round(float(longitude) * 1e5), round(float(latitude) * 1e5), int(people)
    except ValueError as error:
        raise ValueError(f"place {line[:60]!r} has no position") from error
    facts = (x, y, country, admin, min(max(number, 0), 2**32 - 1), int(feature))
    return _Entry(name, told, keys, facts)


def _with_header(rows: Path, target: Path, count: int) -> None:
    """Make an .npy file of bare rows."""
    with target.open("wb") as file, rows.open("rb") as bare:
        header = {"descr": np.lib.format.dtype_to_descr(ROW), "fortran_order": False, "shape": (count,)}
        np.lib.format.write_array_header_1_0(file, header)
        shutil.copyfileobj(bare, file)
    rows.unlink()


def _write_names(by_letter: Dealer, folder: Path, progress: Progress) -> None:
    """Write the name index, one shard after the other."""
    for shard in progress.track(by_letter.piles(), description="indexing"):
        lines = sorted(by_letter.lines(shard))
        numbers = np.fromiter((int(line.rpartition("\t")[2]) for line in lines), dtype="<u4", count=len(lines))
        keys = [line.rpartition("\t")[0] for line in lines]
        del lines
        NameIndex.of_pairs(keys, numbers).save(folder, shard)
        (by_letter.folder / shard).unlink()


@click.command(epilog="Both files come from https://download.geonames.org/export/dump/ (CC BY 4.0).")
@click.argument("places", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ALL_COUNTRIES")
@click.argument(
    "names", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False, metavar="[ALTERNATE_NAMES]"
)
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER")
def main(places: Path, names: Path | None, output: Path) -> None:
    """Compile a GeoNames dump into a folder for --gazetteer."""
    try:
        with Progress(console=Console(stderr=True)) as progress:
            count = compile_dump(places, names, output, progress)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count:,} places written to {output}", err=True)


if __name__ == "__main__":
    main()
