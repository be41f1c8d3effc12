"""Words and punctuation of a text, for every script that we read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from geodata.names import fold_with_offsets

_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_SINGLE = "\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_JOINED = "\\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_TOKEN = re.compile(rf"[{_KATAKANA}]+|[{_SINGLE}]|(?:(?![{_KATAKANA}{_SINGLE}])[{_JOINED}])+|[^\w\s]")
_UNSPACED = re.compile(rf"[{_SINGLE}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # and Thai, Lao, Burmese, Khmer
_HALF = re.compile("[\ud800-\udfff]")  # lone surrogates, which no index can hold
_STOPS = frozenset('.!?…:;\n。！？；：؟؛«»"“”„「『')
LEFT_OF_TEXT, RIGHT_OF_TEXT = "<", ">"


def is_hangul(character: str) -> bool:
    """Tell whether a character is a Korean syllable."""
    return "\uac00" <= character <= "\ud7a3"


def is_katakana(character: str) -> bool:
    """Tell whether a character is of the Japanese script for foreign names."""
    return "\u30a1" <= character <= "\u30ff"


def is_han(character: str) -> bool:
    """Tell whether a character is Chinese."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def is_unspaced(character: str) -> bool:
    """Tell whether a character is of a script that writes words without spaces between: Chinese, Thai; no Katakana."""
    return _UNSPACED.match(character) is not None


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into words (single characters in Chinese and Japanese, runs in Katakana) and punctuation marks.

    Attributes
    ----------
    text : str
        With a replacement character for each lone surrogate.
    starts, ends : list of int
        Offsets of each token.
    words : list of str
        Each token, folded as the gazetteer folds; punctuation stands for itself.
    shapes : list of str
        ``A`` capitals, ``Aa`` a capital first, ``a`` small, ``0`` digits, ``x`` a caseless script, ``.`` punctuation.
    opens : list of bool
        Whether the token begins a sentence, a line or a quotation.
    folded, offsets
        The whole text folded, see `geodata.names.fold_with_offsets`.
    begins : list of int
        Where each token begins in `folded`; of one that folding drops, where the next does.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    shapes: list[str]
    opens: list[bool]
    folded: str
    offsets: list[int]
    begins: list[int]

    def at(self, offset: int) -> int:
        """Give the token that holds a character of the text."""
        return bisect_right(self.starts, offset) - 1

    def word(self, index: int) -> str:
        """Give a token's folded word, and a mark beyond either end of the text."""
        if 0 <= index < len(self.words):
            return self.words[index]
        return LEFT_OF_TEXT if index < 0 else RIGHT_OF_TEXT

    def shape(self, index: int) -> str:
        """Give a token's shape, empty beyond either end of the text."""
        return self.shapes[index] if 0 <= index < len(self.shapes) else ""


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Tokens
    """
    text = _HALF.sub("\ufffd", text)
    folded, offsets = fold_with_offsets(text)
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words: list[str] = []
    shapes: list[str] = []
    opens: list[bool] = []
    begins: list[int] = []
    last = reached = 0
    for start, end in spans:
        piece = text[start:end]
        shapes.append(_shape(piece))
        begin = bisect_left(offsets, start, reached)
        reached = bisect_left(offsets, end, begin)
        begins.append(begin)
        words.append(folded[begin:reached].strip() or piece)
        gap = text[last:start]
        opens.append(not opens or "\n" in gap or text[last - 1] in _STOPS)
        last = end
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return Tokens(text, starts, ends, words, shapes, opens, folded, offsets, begins)


def _shape(piece: str) -> str:
    first = piece[0]
    if first.isdigit():
        return "0"
    if not (first.isalpha() or first == "_"):
        return "."
    if first.isupper() or first.istitle():
        return "A" if len(piece) > 1 and piece.isupper() else "Aa"
    return "a" if first.islower() else "x"
