"""Cue words of each language, read from the TOML files beside this module; a new language is a new file.

An entry matches whole words, whatever their case; ``*`` stands for any letters, a blank for white space. Where a
language sets ``whole_words = false`` entries match anywhere, and ``characters = true`` makes every character a token.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Span = tuple[int, int]
SLOTS = ("from", "to", "via", "at", "near", "agent")
FOLDER = files(__name__)
_WORD = re.compile(r"\w[\w'’-]*")
_NEVER = re.compile(r"(?!)")
_LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's cues, compiled.

    Attributes
    ----------
    language : str
        Two-letter code; ``"und"`` where the language has no file and nothing is known.
    characters : bool
        Whether a token is one character.
    subject_first : bool
        Whether a subject stands before its verb and an object after it.
    words : mapping of str to pattern
        For each class of cues, what a single word of it looks like (full match).
    phrases : mapping of str to pattern
        For each class, what is found by searching: entries of several words, or parts of words.
    after : mapping of str to pattern
        Slots that stand behind a name (particles, case endings).
    months : mapping of str to int
        The months' names in all their cases, lower case, with their numbers; empty where months are numbers.
    known_dates : mapping of str to str
        Relative dates as the language says them, with what the library of dates knows for the same.
    joining : tuple of str
        Small words within a name, where the language writes its nouns large; else none.
    abbreviations : frozenset of str
        Lower case, without the point; it ends no sentence behind them.
    """

    language: str
    characters: bool
    subject_first: bool
    words: Mapping[str, re.Pattern[str]]
    phrases: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]
    months: Mapping[str, int]
    known_dates: Mapping[str, str]
    joining: tuple[str, ...]
    abbreviations: frozenset[str] = frozenset()

    def find(self, text: str) -> dict[str, list[Span]]:
        """Where each class of cues stands in a text: spans in text order, by class."""
        found: dict[str, list[Span]] = {}
        for word in _WORD.finditer(text):
            for kind in _classes(self.language, word.group().lower()[:_LONGEST_WORD]):
                found.setdefault(kind, []).append(word.span())
        for kind, pattern in self.phrases.items():
            found.setdefault(kind, []).extend(match.span() for match in pattern.finditer(text))
        for spans in found.values():
            spans.sort()
        return found


@lru_cache(maxsize=200_000)
def _classes(language: str, word: str) -> tuple[str, ...]:
    """Return the classes of cues that a word belongs to; remembered, since a language's words come back."""
    return tuple(kind for kind, pattern in load(language).words.items() if pattern.fullmatch(word))


@cache
def load(language: str) -> Cues:
    """Return the cues of a language (BCP 47; only its first part counts), without any where there is no file for it."""
    code = language.lower().partition("-")[0]
    source = FOLDER / f"{code}.toml"
    if not (code.isascii() and code.isalpha() and len(code) <= 3 and source.is_file()):
        return Cues("und", False, True, {}, {}, {}, {}, {}, ())  # noqa: FBT003 -- nothing is known
    data = tomllib.loads(source.read_text("utf-8"))
    whole = data.get("whole_words", True)
    dates = data.get("dates", {})
    months = {name.lower(): number for number, names in enumerate(dates.pop("months", ()), start=1) for name in names}
    joining = tuple(data.pop("joining", ()))
    abbreviations = frozenset(data.pop("abbreviations", ()))
    classes = dict(_lists(data))
    return Cues(
        language=code,
        characters=data.get("characters", False),
        subject_first=data.get("subject_first", True),
        words={kind: _any(single) for kind, entries in classes.items() if whole and (single := _single(entries))},
        phrases={
            kind: _any(rest, whole=whole) for kind, entries in classes.items() if (rest := _rest(entries, whole=whole))
        },
        after={slot: re.compile(pattern, re.IGNORECASE) for slot, pattern in data.get("after", {}).items()},
        months=months,
        known_dates=dates.get("known", {}),
        joining=joining,
        abbreviations=abbreviations,
    )


def _lists(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Walk a cue file's lists as (class, entries); a table's name comes before its keys, as in ``modes.sea``."""
    for key, value in data.items():
        if isinstance(value, list):
            yield prefix + key, value
        elif isinstance(value, dict) and key != "after":
            yield from _lists(value, f"{key}.")


def _single(entries: list[str]) -> list[str]:
    return [entry for entry in entries if " " not in entry]


def _rest(entries: list[str], *, whole: bool) -> list[str]:
    return [entry for entry in entries if " " in entry] if whole else entries


def _any(entries: list[str], *, whole: bool = True) -> re.Pattern[str]:
    """Compile one pattern for a list of entries, the longest first."""
    if not entries:
        return _NEVER
    parts = sorted(entries, key=lambda entry: (-len(entry), entry))
    body = "|".join(
        re.escape(part).replace(r"\*", rf"\w{{0,{_LONGEST_WORD}}}").replace(r"\ ", r"\s+") for part in parts
    )
    return re.compile(rf"\b(?:{body})\b" if whole else f"(?:{body})", re.IGNORECASE)
