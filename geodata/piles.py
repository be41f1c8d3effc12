"""Lines dealt out to files on disk, so that much can be put in order in little memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HELD = 32_000_000  # characters that wait in memory to be dealt out


@dataclass(slots=True)
class Dealer:
    """Deals lines out into files of a folder and keeps none of them open."""

    folder: Path
    waiting: dict[str, list[str]] = field(default_factory=dict)
    held: int = 0

    def deal(self, pile: str, line: str) -> None:
        """Put a line, with its end, on a pile."""
        self.waiting.setdefault(pile, []).append(line)
        self.held += len(line) + 60
        if self.held > HELD:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for pile, lines in self.waiting.items():
            with (self.folder / pile).open("a", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        self.waiting, self.held = {}, 0

    def piles(self) -> list[str]:
        """Names of all piles, sorted."""
        return sorted(path.name for path in self.folder.iterdir())

    def lines(self, pile: str) -> list[str]:
        """All lines of a pile, without their ends."""
        path = self.folder / pile
        return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


@dataclass(slots=True)
class Numbers:
    """Numbers texts in the order in which they are first met."""

    known: dict[str, int] = field(default_factory=lambda: {"": 0})

    def of(self, text: str) -> int:
        """Give the number of a text; that of the empty one when there are too many."""
        if text not in self.known and len(self.known) >= 1 << 16:
            return 0
        return self.known.setdefault(text, len(self.known))
