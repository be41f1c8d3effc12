"""Folding of names, so that spellings which a reader takes for the same name share one key.

Folded away are case, diacritics, apostrophes, hyphens against spaces, compatibility forms, Arabic vowel marks and the
letters that Arabic and Persian keyboards write differently. Names and running text are folded by the same table.
"""

from __future__ import annotations

import re
import unicodedata

_DROPPED = frozenset("'`\u00b4\u02b9\u02bb\u02bc\u02be\u02bf\u2018\u2019\u201b\u2032\u0640\u30fb\uff65")
_SPACES = frozenset("-_\u00b7\u058a\u2010\u2011\u2012\u2013\u2212\u30a0")
_LETTERS = {
    "\u00e6": "ae",
    "\u00f0": "d",
    "\u00f8": "o",
    "\u00fe": "th",
    "\u0111": "d",
    "\u0127": "h",
    "\u0131": "i",
    "\u0142": "l",
    "\u0153": "oe",
    "\u0259": "e",
    "\u0643": "\u06a9",  # Arabic kaf as Persian kaf
    "\u0649": "\u06cc",  # alef maksura as Persian yeh
    "\u064a": "\u06cc",  # Arabic yeh as Persian yeh
    "\u06c1": "\u0647",  # Urdu heh as Arabic heh
    "\u06d5": "\u0647",  # what is left of Persian heh with yeh above, the ezafe of "dara-ye"
}


def _is_mark(character: str) -> bool:
    # Classes 10 to 36 are Hebrew and Arabic vowel marks, 200 and above the diacritics of Latin, Greek and Cyrillic.
    # Viramas, nuktas and the Japanese voicing marks are left alone: they part one name from another.
    combining = unicodedata.combining(character)
    return 10 <= combining <= 36 or combining >= 200


def _fold_character(character: str) -> str:
    if character in _DROPPED or unicodedata.category(character) == "Cf":
        return ""
    if character in _SPACES:
        return " "
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    letters = "".join(
        _LETTERS.get(letter, letter) for letter in wide if letter not in _DROPPED and not _is_mark(letter)
    )
    return unicodedata.normalize(
        "NFC", "".join(" " if letter.isspace() or letter in _SPACES else letter for letter in letters)
    )


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each character when it first meets it."""

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = _fold_character(chr(codepoint))
        return folded


_TABLE = _Table()


# The generic word for a port before its name, in the languages where it goes before; "Port Sudan" has none.
_GENERIC = re.compile(
    r"(?:port (?:of|de|du) |port d['’]|puerto del? |porto (?:di|de|do|da) |hafen (?:von )?|haven van |порт |ميناء )"
    r"(?=\S)",
    re.IGNORECASE,
)


def without_generic(name: str) -> str:
    """Leave out the generic word before a port's name, as in "Port of Izmail"; other names stay as they are."""
    return _GENERIC.sub("", name, count=1) if _GENERIC.match(name) else name


def fold(name: str) -> str:
    """Fold a name to the key under which the gazetteer keeps it.

    Parameters
    ----------
    name : str
        A name in any script, composed or decomposed.

    Returns
    -------
    str
        Empty where nothing is left, as of ``"-"``.

    Examples
    --------
    >>> fold("Port-au-Prince"), fold("Małaszewicze"), fold("Straße")
    ('port au prince', 'malaszewicze', 'strasse')
    """
    return " ".join(unicodedata.normalize("NFC", name).translate(_TABLE).split())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold running text and remember where each folded character came from.

    Parameters
    ----------
    text : str
        A report's text.

    Returns
    -------
    folded : str
        Equal to ``fold(text)``.
    offsets : list of int
        For each folded character the index of the character of `text` that it came from, and ``len(text)`` at the end.
    """
    folded: list[str] = []
    offsets: list[int] = []
    gap = -1  # where the pending space came from
    for start, composed in _composed(text):
        for letter in composed.translate(_TABLE):
            if letter == " ":
                gap = start if gap < 0 else gap
                continue
            if gap >= 0 and folded:
                folded.append(" ")
                offsets.append(gap)
            gap = -1
            folded.append(letter)
            offsets.append(start)
    return "".join(folded), [*offsets, len(text)]


def _composed(text: str) -> list[tuple[int, str]]:
    """Split text into what NFC composes to one piece, each with its start."""
    if unicodedata.is_normalized("NFC", text):
        return list(enumerate(text))
    pieces: list[tuple[int, str]] = []
    for start, character in enumerate(text):
        if pieces and _joins(pieces[-1][1], character):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + character)
        else:
            pieces.append((start, character))
    return [(start, unicodedata.normalize("NFC", piece)) for start, piece in pieces]


def _joins(piece: str, character: str) -> bool:
    if unicodedata.combining(character):
        return True
    return unicodedata.normalize("NFC", piece + character) != unicodedata.normalize("NFC", piece) + character
