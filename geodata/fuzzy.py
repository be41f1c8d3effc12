"""Names that are a typing error away from one that is asked for.

One edit is a letter left out, put in, replaced, or two neighbours exchanged (optimal string alignment; Damerau 1964).
All names within reach are found: each edit is made on the name asked for, with every letter of its scripts (of Latin a
to z), and looked up in the trie; a second edit is only made where the trie has names that begin as far as the first one
reaches.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from geodata.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.index import Names

SHORTEST = 3  # letters; two letters are one edit from everything
LONG = 8  # letters; beyond, two edits are allowed
LONGEST = 40  # letters; nobody mistypes a longer name without it being another
_LARGE = 300  # letters; a script with more writes a syllable or word in one
_LIVING = {
    "LATIN": range(0x61, 0x7B),
    "CYRILLIC": (*range(0x430, 0x460), *range(0x490, 0x500)),
    "ARABIC": range(0x620, 0x6D6),
}
_ALIKE = 75  # per cent of likeness that still makes a hint


def near(names: Names, key: str) -> list[tuple[int, str]]:
    """Find all names within one edit of a folded name, within two if it has more than eight letters.

    Parameters
    ----------
    names : Names
        Where to look.
    key : str
        A folded name.

    Returns
    -------
    list of (int, str)
        Edits and folded name, the likest first; without the name itself. Where a letter is a syllable or a word
        (Hangul, Chinese characters), one edit at most.
    """
    if not SHORTEST - _is_dense(key) <= len(key) <= LONGEST:
        return []
    found = _near_dense(names, key) if _is_dense(key) else _near(names, key, 2 if len(key) > LONG else 1)
    found.discard(key)
    told = ((OSA.distance(key, other), other) for other in found)
    return sorted(told, key=lambda pair: (pair[0], -JaroWinkler.similarity(key, pair[1]), pair[1]))


def alike(names: Names, key: str, limit: int, most: int) -> list[str]:
    """Give names like a folded one that share its beginning, the likest first, of at most so many looked at."""
    for length in range(len(key) - 1, 0, -1):
        others = list(names.beginning(key[:length], most))
        found = process.extract(key, others, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=limit)
        if found:
            return [other for other, _, _ in found]
    return []


def _near(names: Names, key: str, edits: int) -> set[str]:
    letters = _letters_of(key)
    found: set[str] = set()
    for begun, rest in _edited(key, 0, letters):
        if begun + rest in names:
            found.add(begun + rest)
        if edits > 1:
            found |= _again(names, begun, rest, letters)
    return found


def _again(names: Names, begun: str, rest: str, letters: str) -> set[str]:
    """Make a second edit in what follows the first, as far as the trie has names that begin so."""
    found: set[str] = set()
    for done in range(len(rest) + 1):
        head = begun + rest[:done]
        if head and next(names.beginning(head, 1), None) is None:
            break
        tries = _whole(head, rest[done:], letters)
        there = names.holding(head[0]) if head else names
        found.update([other for other in tries if other in there])
    return found


def _edited(key: str, start: int, letters: str) -> Iterator[tuple[str, str]]:
    for place in range(start, len(key) + 1):
        yield from _at(key[:place], key[place:], letters)


def _at(head: str, rest: str, letters: str) -> Iterator[tuple[str, str]]:
    """All single edits right after a head: what stands fast then, and what is still to come."""
    for letter in letters:
        yield head + letter, rest
    if rest:
        tail = rest[1:]
        yield head, tail
        for letter in letters:
            yield head + letter, tail
        if tail:
            yield head + tail[0] + rest[0], tail[1:]


def _whole(head: str, rest: str, letters: str) -> list[str]:
    """All names that single edits right after a head make."""
    tail = rest[1:]
    made = [head + letter + rest for letter in letters]
    if rest:
        made += [head + letter + tail for letter in letters]
        made += (head + tail, head + tail[:1] + rest[0] + tail[1:])
    return made


def _near_dense(names: Names, key: str) -> set[str]:
    """Edit the first letter by trying all of its script, the later ones by reading all names that begin alike."""
    first = {other for other in _whole("", key, _letters_of(key)) if other in names}
    rest = names.beginning(key[0], sys.maxsize)
    return first | {other for other in rest if abs(len(other) - len(key)) <= 1 and OSA.distance(key, other) <= 1}


def _is_dense(key: str) -> bool:
    return any(len(_letters(_script(letter))) > _LARGE for letter in key)


def _letters_of(key: str) -> str:
    """All letters of the scripts of a name, and the space."""
    return "".join(sorted({" ", *key, *(letter for own in set(map(_script, key)) for letter in _letters(own))}))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


@cache
def _letters(script: str) -> str:
    """All letters of a script that folding leaves as they are, without those of dead languages where they are many."""
    if not script:
        return ""
    points = map(chr, _LIVING.get(script, range(0x250, 0x10000)))
    own = (letter for letter in points if letter.isalpha() and _script(letter) == script)
    return "".join(letter for letter in own if fold(letter) == letter)
