"""The name index: from folded names to the numbers of the places that bear them, memory-mapped."""

from __future__ import annotations

from dataclasses import dataclass
from errno import ENOENT
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Protocol

import marisa_trie
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

LONGEST = 80  # characters; a name in running text is never longer


class Names(Protocol):
    """What an index of names answers."""

    def __contains__(self, key: str) -> bool:
        """Whether a folded name is in it."""

    def holding(self, letter: str) -> Container[str]:
        """All folded names that begin with a letter, and perhaps others."""

    def bearers(self, key: str) -> list[int]:
        """Numbers of the places that bear a folded name; empty where none does."""

    def prefixes(self, folded: str, start: int) -> list[tuple[int, int]]:
        """End offset and number of bearers of every name that begins at `start`, shortest first."""

    def beginning(self, prefix: str, limit: int) -> Iterator[str]:
        """Up to `limit` folded names that begin with a prefix."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """A trie of folded names; key number `k` belongs to the places ``places[starts[k]:starts[k + 1]]``."""

    trie: marisa_trie.Trie
    starts: NDArray[np.uint32]
    places: NDArray[np.uint32]

    @classmethod
    def load(cls, folder: Path, stem: str = "names") -> NameIndex:
        """Map ``names.*`` of a data folder into memory."""
        trie = marisa_trie.Trie()
        trie.mmap(str(folder / f"{stem}.marisa"))
        starts, places = (
            np.asarray(np.load(folder / f"{stem}.{name}.npy", mmap_mode="r")) for name in ("starts", "places")
        )
        return cls(trie, starts, places)

    @classmethod
    def of(cls, bearers: Mapping[str, Iterable[int]]) -> NameIndex:
        """Index folded names that are at hand with the numbers of their places."""
        pairs = sorted((key, number) for key, numbers in bearers.items() if key for number in set(numbers))
        return cls.of_pairs([key for key, _ in pairs], np.array([number for _, number in pairs], dtype="<u4"))

    @classmethod
    def of_pairs(cls, keys: list[str], numbers: NDArray[np.uint32]) -> NameIndex:
        """Index sorted keys, each beside the number of a place; a key with several places stands there for each."""
        trie = marisa_trie.Trie(key for key, _ in groupby(keys))
        of_key = np.fromiter((trie[key] for key in keys), dtype="<u4", count=len(keys))
        order = np.lexsort((numbers, of_key))
        counts = np.bincount(of_key, minlength=len(trie))
        starts = np.concatenate(([0], np.cumsum(counts))).astype("<u4")
        return cls(trie, starts, numbers[order].astype("<u4"))

    def save(self, folder: Path, stem: str = "names") -> None:
        """Write ``names.*`` into a data folder."""
        self.trie.save(str(folder / f"{stem}.marisa"))
        np.save(folder / f"{stem}.starts.npy", self.starts)
        np.save(folder / f"{stem}.places.npy", self.places)

    def __contains__(self, key: str) -> bool:
        """Whether a folded name is in it."""
        return key in self.trie

    def holding(self, letter: str) -> Container[str]:  # noqa: ARG002  # shards ask for it
        """All folded names."""
        tried: Container[str] = self.trie
        return tried

    def bearers(self, key: str) -> list[int]:
        """Numbers of the places that bear a folded name; empty where none does."""
        number = self.trie.get(key)
        if number is None:
            return []
        found: list[int] = self.places[self.starts[number] : self.starts[number + 1]].tolist()
        return found

    def prefixes(self, folded: str, start: int) -> list[tuple[int, int]]:
        """End offset and number of bearers of every name that begins at `start`, shortest first."""
        window = folded[start : start + LONGEST]
        return [
            (start + len(name), int(self.starts[number + 1]) - int(self.starts[number]))
            for name, number in self.trie.iter_prefixes_with_ids(window)
        ]

    def beginning(self, prefix: str, limit: int) -> Iterator[str]:
        """Up to `limit` folded names that begin with a prefix."""
        return islice(self.trie.iterkeys(prefix), limit)


class ShardedIndex:
    """Many name indexes, one for each group of first letters, so that none is too large to compile in little memory.

    Parameters
    ----------
    folder : Path
        Holds ``<shard>.marisa`` and so on; a shard is opened when it is first asked for.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._there = frozenset(path.stem for path in folder.glob("*.marisa"))
        self._shard = lru_cache(maxsize=None)(self._open)

    def _open(self, letter: str) -> NameIndex | None:
        shard = shard_of(letter) if letter else ""
        return NameIndex.load(self._folder, shard) if shard in self._there else None

    def __contains__(self, key: str) -> bool:
        """Whether a folded name is in it."""
        shard = self._shard(key[:1])
        return shard is not None and key in shard.trie

    def holding(self, letter: str) -> Container[str]:
        """All folded names of the shard that has a first letter."""
        shard = self._shard(letter)
        return shard.trie if shard else ()

    def bearers(self, key: str) -> list[int]:
        """Numbers of the places that bear a folded name; empty where none does."""
        shard = self._shard(key[:1])
        return shard.bearers(key) if shard else []

    def prefixes(self, folded: str, start: int) -> list[tuple[int, int]]:
        """End offset and number of bearers of every name that begins at `start`, shortest first."""
        shard = self._shard(folded[start : start + 1])
        return shard.prefixes(folded, start) if shard else []

    def beginning(self, prefix: str, limit: int) -> Iterator[str]:
        """Up to `limit` folded names that begin with a prefix of at least one letter."""
        shard = self._shard(prefix[:1])
        return shard.beginning(prefix, limit) if shard else iter(())


def shard_of(letter: str) -> str:
    """Name the shard of names that begin with a letter: one for each of an alphabet, beyond for 256 code points."""
    point = ord(letter)
    return f"{point:04x}" if point < 0x800 else f"{point >> 8:02x}xx"


def load_names(folder: Path) -> Names:
    """Open the name index of a data folder, in one piece or in shards."""
    shards = folder / "names"
    if shards.is_dir():
        return ShardedIndex(shards)
    if not (folder / "names.marisa").is_file():
        raise FileNotFoundError(ENOENT, "holds no compiled gazetteer", str(folder))
    return NameIndex.load(folder)
