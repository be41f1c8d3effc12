"""The words around a route among which its goods and its source are looked for, and the phrases they could make."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routes.claims.clauses import Mention, Reading

SENTENCES_BEFORE, SENTENCES_AFTER = 1, 2
FARTHEST = 700  # characters from the nearest stop
LONGEST_SCOPE = 2800
LONGEST_PHRASE, LONGEST_PHRASE_OF_CHARACTERS = 9, 14
_WORDS = re.compile(r"\w[\w'’\u200c-]*|[^\w\s]")
_CHARACTERS = re.compile(r"[A-Za-z0-9]+|[\u30a0-\u30ff]+|\w|[^\w\s]")
_STEMS = re.compile(r"[A-Za-z0-9]+|\w|[^\w\s]")  # Korean: particles stand unparted behind a stem


@dataclass(frozen=True, slots=True)
class Scope:
    """The tokens around a route, and the runs of them that could be a phrase.

    Attributes
    ----------
    reading : Reading
    stops : tuple of Mention
        The route's stops, in text order.
    starts, ends : array of int
        Offsets of each token.
    first, last : array of int
        For each phrase, the numbers of its first and its last token.
    """

    reading: Reading
    stops: tuple[Mention, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @property
    def tokens(self) -> list[str]:
        """The tokens as they are written."""
        return [self.reading.text[a:b] for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def phrase(self, number: int) -> tuple[int, int]:
        """Return the offsets of a phrase."""
        return int(self.starts[self.first[number]]), int(self.ends[self.last[number]])


def around(reading: Reading, stops: Sequence[Mention]) -> Scope:
    """Return what stands around a route's stops: their sentences, one before and two after, within bounds."""
    ordered = tuple(sorted(stops, key=lambda m: m.start))
    start, end = bounds(reading, ordered)
    language, text = reading.cues.language, reading.text
    pattern = _CHARACTERS if reading.cues.characters else _STEMS if language == "ko" else _WORDS
    spans = [match.span() for match in pattern.finditer(text, start, end)]
    # Chinese and Japanese words may begin anywhere; else a phrase starts and, but for Korean, ends with a word.
    opens = [reading.cues.characters or a == 0 or not _letter(text[a - 1]) for a, _ in spans]
    closes = [reading.cues.characters or language == "ko" or b == len(text) or not _letter(text[b]) for _, b in spans]
    words = [_letter(text[a]) for a, _ in spans]
    most = LONGEST_PHRASE if pattern is _WORDS else LONGEST_PHRASE_OF_CHARACTERS
    first, last = _phrases(words, opens, closes, most)
    return Scope(
        reading,
        ordered,
        np.array([a for a, _ in spans], np.int64),
        np.array([b for _, b in spans], np.int64),
        np.array(first, np.int64),
        np.array(last, np.int64),
    )


def bounds(reading: Reading, stops: Sequence[Mention]) -> tuple[int, int]:
    """Return where a scope starts and ends: whole sentences, as long as they are not too far off or too long."""
    low = max(0, min(m.sentence for m in stops) - SENTENCES_BEFORE)
    high = min(len(reading.sentences) - 2, max(m.sentence for m in stops) + SENTENCES_AFTER)
    start = max(reading.sentences[low], stops[0].start - FARTHEST)
    end = min(reading.sentences[high + 1], stops[-1].end + FARTHEST, start + LONGEST_SCOPE)
    return start, end


def _letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _phrases(
    words: Sequence[bool], opens: Sequence[bool], closes: Sequence[bool], most: int
) -> tuple[list[int], list[int]]:
    """Return all runs of words without punctuation between them, up to a length, as first and last tokens."""
    broken = [k for k, word in enumerate(words) if not word]
    first: list[int] = []
    last: list[int] = []
    for i, word in enumerate(words):
        if not word or not opens[i]:
            continue
        k = bisect_left(broken, i)
        stop = min(broken[k] if k < len(broken) else len(words), i + most)
        found = [j for j in range(i, stop) if closes[j]]
        first += [i] * len(found)
        last += found
    return first, last


def sentence_of(reading: Reading, offset: int) -> int:
    """Return the number of the sentence that holds an offset."""
    return bisect_right(reading.sentences, offset) - 1
