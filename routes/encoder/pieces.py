"""A text cut into the pieces of the encoder's vocabulary, with exact offsets into the original.

The cut is the likeliest one under a unigram model (Kudo 2018), as in SentencePiece; the vocabulary is that of
XLM-RoBERTa, less the pieces that our languages do not use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category, normalize

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import marisa_trie
    from numpy.typing import NDArray

SPACE = "▁"  # stands before the first letter of a word in the vocabulary
_WORD = re.compile(r"[^ ]+")
_BLANKS = frozenset("\t\n\f\r\u1680\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2581\ufeff\ufffd")
_WORSE = 10.0  # log-probability by which an unknown letter is less likely than the rarest piece
_LONGEST = 2000  # letters of a word cut at once; scripts without spaces have no end of words
_MOST_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """Rows of the vocabulary, and the stretch of the text that each stands for; no stretch holds a space."""

    rows: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.rows)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the first piece that touches ``text[start:end]``, and the one after the last."""
        first = int(self.ends.searchsorted(start, side="right"))
        return first, max(first, int(self.starts.searchsorted(end, side="left")))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces and how likely each is; remembers how it cut the words that it met.

    Attributes
    ----------
    trie : marisa_trie.Trie
        The pieces; the trie's number of a piece is its row.
    scores : sequence of float
        Log-probability of each row.
    unknown : int
        The row of what no piece covers.
    stray : float
        Log-probability of a letter that no piece covers.
    """

    trie: marisa_trie.Trie
    scores: Sequence[float]
    unknown: int
    stray: float
    _known: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, trie: marisa_trie.Trie, scores: NDArray[np.floating], unknown: int) -> Vocabulary:
        """Return the vocabulary with these scores, by row."""
        return cls(trie, scores.tolist(), unknown, float(scores.min()) - _WORSE)

    def cut(self, text: str) -> Pieces:
        """Cut a text.

        Parameters
        ----------
        text : str

        Returns
        -------
        Pieces
            In text order; they share a letter only where it stands for several, as ㌔ does.
        """
        letters, origins = _normal(text)
        found: list[tuple[int, int, int]] = []
        for match in _WORD.finditer(letters):
            for begin in range(match.start(), match.end(), _LONGEST):
                word = letters[begin : min(begin + _LONGEST, match.end())]
                for row, start, end in self._cut_word(SPACE + word if begin == match.start() else word):
                    shift = begin - (begin == match.start())
                    low = max(begin, start + shift)
                    high = max(low, end + shift)
                    found.append((row, origins[low], origins[high - 1] + 1 if high > low else origins[low]))
        table = np.array(found, dtype=np.int32).reshape(-1, 3)
        return Pieces(table[:, 0], table[:, 1], table[:, 2])

    def _cut_word(self, word: str) -> list[tuple[int, int, int]]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._likeliest(word)
        return known

    def _likeliest(self, word: str) -> list[tuple[int, int, int]]:
        """Return row, start and end of each piece of the likeliest cut (Viterbi)."""
        size, stray = len(word), self.stray
        best = [0.0] + [-np.inf] * size
        back: list[tuple[int, int]] = [(self.unknown, 0)] * (size + 1)
        for start in range(size):
            sofar = best[start]
            if sofar + stray > best[start + 1]:
                best[start + 1], back[start + 1] = sofar + stray, (self.unknown, start)
            for piece in self.trie.prefixes(word[start : start + 32]):
                row, end = self.trie[piece], start + len(piece)
                if sofar + self.scores[row] > best[end]:
                    best[end], back[end] = sofar + self.scores[row], (row, start)
        cut: list[tuple[int, int, int]] = []
        end = size
        while end:
            row, start = back[end]
            cut.append((row, start, end))
            end = start
        return cut[::-1]


def _normal(text: str) -> tuple[str, list[int]]:
    """Return a text in compatibility composition, letter by letter, and where each of its letters came from."""
    if text.isascii() and text.isprintable():
        return text, list(range(len(text)))
    letters: list[str] = []
    origins: list[int] = []
    for index, letter in enumerate(text):
        plain = _normal_letter(letter)
        letters.append(plain)
        origins += [index] * len(plain)
    return "".join(letters), origins


@lru_cache(maxsize=1 << 16)
def _normal_letter(letter: str) -> str:
    if letter in _BLANKS:
        return " "
    return "" if category(letter) in {"Cc", "Cs"} else normalize("NFKC", letter)
