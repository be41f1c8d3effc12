"""The name index: from folded names to the numbers of the places that bear them, memory-mapped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import marisa_trie
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

LONGEST = 80  # characters; a name in running text is never longer


@dataclass(frozen=True, slots=True)
class NameIndex:
    """A trie of folded names; key number `k` belongs to the places ``places[starts[k]:starts[k + 1]]``."""

    trie: marisa_trie.Trie
    starts: NDArray[np.uint32]
    places: NDArray[np.uint32]

    @classmethod
    def load(cls, folder: Path) -> NameIndex:
        """Map ``names.*`` of a data folder into memory."""
        trie = marisa_trie.Trie()
        trie.mmap(str(folder / "names.marisa"))
        starts, places = (
            np.asarray(np.load(folder / f"names.{name}.npy", mmap_mode="r")) for name in ("starts", "places")
        )
        return cls(trie, starts, places)

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
