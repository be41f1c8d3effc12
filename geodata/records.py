"""Records of places that were written out: lines of id, tab and JSON object, each decoded when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any, Self, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

LINES, STARTS = "places.written.txt", "places.written.npy"


class Records(Sequence[dict[str, Any]]):
    """Records in their order, and the number of each by its id.

    Parameters
    ----------
    lines : bytes-like
        UTF-8, end to end.
    starts : (n + 1,) array of int
        Where each line starts, and the end of the last.
    order : (n,) array of int
        The numbers of the records, sorted by id.
    """

    def __init__(self, lines: bytes | mmap, starts: NDArray[Any], order: Sequence[int] | NDArray[Any]) -> None:
        self._lines, self._starts, self._order = lines, starts, order

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open the records of a data folder, none where it has no such files; they are mapped, not read."""
        if not (folder / STARTS).is_file():
            return cls.of([])
        starts = np.load(folder / STARTS, mmap_mode="r")
        return cls(mapped(folder / LINES), starts, range(len(starts) - 1))

    @classmethod
    def of(cls, records: Iterable[Mapping[str, Any]]) -> Self:
        """Write records out."""
        lines = [_line(record) for record in records]
        order = sorted(range(len(lines)), key=lambda number: lines[number].partition(b"\t")[0])
        return cls(b"".join(lines), np.cumsum([0, *map(len, lines)]).astype("<u4"), order)

    def save(self, folder: Path) -> None:
        """Write the files that `load` opens.

        Raises
        ------
        ValueError
            Where the records are not sorted by id, each once.
        """
        ids = list(self.ids())
        if any(a >= b for a, b in pairwise(ids)):
            raise ValueError("records are kept sorted by id, each once")
        (folder / LINES).write_bytes(self._lines)
        np.save(folder / STARTS, self._starts)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, number: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, number: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        """Decode a record."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        record: dict[str, Any] = json.loads(self._line(number).partition(b"\t")[2])
        return record

    def ids(self) -> Iterator[str]:
        """Ids of all records, in their order."""
        return (self._id(number).decode() for number in range(len(self)))

    def number(self, place_id: str) -> int | None:
        """Tell the number of a record, None where there is none of that id."""
        # Ids come from files too: half a character (a lone surrogate) is in no id, and no error.
        wanted, low, high = place_id.encode("utf-8", "surrogatepass"), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._id(int(self._order[middle])) < wanted:
                low = middle + 1
            else:
                high = middle
        found = int(self._order[low]) if low < len(self) else -1
        return found if found >= 0 and self._id(found) == wanted else None

    def _id(self, number: int) -> bytes:
        return self._line(number).partition(b"\t")[0]

    def _line(self, number: int) -> bytes:
        return bytes(self._lines[int(self._starts[number]) : int(self._starts[number + 1])])


def _line(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{record['id']}\t{text}\n".encode()


def mapped(path: Path) -> bytes | mmap:
    """Map a file, or give nothing where there is none."""
    if not path.is_file() or not path.stat().st_size:  # nothing cannot be mapped
        return b""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
