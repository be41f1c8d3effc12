"""A report in windows that a model can read at once, and where words stand in one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LENGTH = 8_000  # characters: some 2,000 tokens of English, 8,000 of Chinese
MOST_SPOTS = 200
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s|[。！？]")
# Models straighten quotation marks and spaces; one character for one, so that offsets stay.
_ALIKE = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʼ`´′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑–—−", "-")}
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text, ``text[start:end]``; all offsets are those of the whole text."""

    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The stretch itself."""
        return self.text[self.start : self.end]

    def spots(self, words: str) -> list[Span]:
        """Find where some words stand, up to the first 200 places.

        Any white space stands for any other, and any quotation mark or hyphen for its kind; letters are as they are.
        A stretch does not begin or end within a word of a script with case: "Oman" is not in "Romania".
        """
        pieces = words.translate(_ALIKE).split()
        if not pieces:
            return []
        pattern = re.compile(r"\s+".join(map(re.escape, pieces)))
        found = []
        for match in pattern.finditer(self.shown.translate(_ALIKE)):
            start, end = self.start + match.start(), self.start + match.end()
            if not _cuts(self.text, start) and not _cuts(self.text, end):
                found.append((start, end))
                if len(found) == MOST_SPOTS:
                    break
        return found


def cut(text: str, length: int = LENGTH) -> list[Window]:
    """Cut a text into windows of whole paragraphs; one that is too long at a sentence's end, or anywhere.

    Returns
    -------
    list of Window
        In order, without gaps or overlaps; those of nothing but white space are left out.
    """
    windows, start = [], 0
    while start < len(text):
        end = len(text) if len(text) - start <= length else _last_end(text, start, start + length)
        windows.append(Window(text, start, end))
        start = end
    return [window for window in windows if window.shown.strip()]


def _last_end(text: str, start: int, limit: int) -> int:
    """Return where the last paragraph ends, or the last sentence, in the latter half before a limit; or the limit."""
    for boundary in (_PARAGRAPH, _SENTENCE):
        ends = [match.end() for match in boundary.finditer(text, start + (limit - start) // 2, limit)]
        if ends:
            return ends[-1]
    return limit


def _cuts(text: str, at: int) -> bool:
    """Tell whether an offset lies within a word with case (before an accent too), or within a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isdigit():
        return after.isdigit()
    return _cased(before) and (_cased(after) or unicodedata.combining(after) > 0)


def _cased(letter: str) -> bool:
    return letter.lower() != letter.upper()
