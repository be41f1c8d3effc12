"""Stretches of a text that may be names of places: what the gazetteer knows, and what is merely written like a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.gazetteer import Feature
from routes.toponyms.abbreviations import abbreviated, is_postal
from routes.toponyms.endings import MOST_WORDS, inflects
from routes.toponyms.lookup import Form, Found, Lookup
from routes.toponyms.tokens import Tokens, is_han, is_hangul, is_katakana

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTICLES_LENGTH = 6
_PROCLITICS = "وفبلك"
_SHORTEST_BARE = 4
_SHORTEST_UNKNOWN = 2  # letters of each word: an initial is no place
_NAME_SHAPES = frozenset({"A", "Aa"})
_MOST_SMALL = 5  # tokens before the first capital of a name
_MOST_CASED_WORDS = 3
_LONGEST_HANGUL = 6
_LONGEST_HAN = 2  # tokens after the first


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate: ``text[start:end]``, from the token `first` to the token `last`, with what the gazetteer has.

    `rest` is what the last token holds beyond the name, folded: Korean particles.
    """

    start: int
    end: int
    first: int
    last: int
    found: Found
    rest: str = ""


def candidate_spans(tokens: Tokens, lookup: Lookup) -> list[Span]:
    """Give every stretch that may be the name of a place, in text order; they overlap.

    Parameters
    ----------
    tokens : Tokens
    lookup : Lookup

    Returns
    -------
    list of Span
        In order of start and end, each stretch once.
    """
    spans: dict[tuple[int, int], Span] = {}
    for first, shape in enumerate(tokens.shapes):
        if shape == ".":
            continue
        for span in _from(tokens, lookup, first):
            spans.setdefault((span.start, span.end), span)
    return [spans[key] for key in sorted(spans)]


def _from(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    if tokens.shapes[first] != "a" or _capital_follows(tokens, first):
        yield from _as_written(tokens, lookup, first)
    if tokens.shapes[first] in _NAME_SHAPES or (lookup.language == "de" and _opens_area(tokens, first)):
        yield from _abbreviated(tokens, lookup, first)
        yield from _inflected(tokens, lookup, first)
        yield from _unknown(tokens, lookup, first)
    elif tokens.shapes[first] == "x":
        yield from _after_proclitic(tokens, lookup, first)
        yield from _unknown_caseless(tokens, lookup, first)


def _capital_follows(tokens: Tokens, first: int) -> bool:
    """Tell whether a small word may open a name: "den Haag", "port of Izmail"; most need not be looked up."""
    return not _NAME_SHAPES.isdisjoint(tokens.shapes[first + 1 : first + _MOST_SMALL])


def _as_written(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    start, begin = tokens.starts[first], tokens.begins[first]
    if tokens.offsets[begin] != start:
        return
    for stop, _ in lookup.gazetteer.prefixes(tokens.folded, begin):
        if tokens.offsets[stop] == tokens.offsets[stop - 1]:  # amid a letter that folds to two: the a of æ
            continue
        end = tokens.offsets[stop]
        if tokens.folded[stop - 1] != ".":  # "U.S.", "Fla."
            end = _trimmed(tokens, start, end)
        last = tokens.at(end - 1)
        rest = tokens.text[end : tokens.ends[last]]
        if (rest and not _takes_particles(rest)) or not _like_a_name(tokens, first, last):
            continue
        written = tokens.text[start:end]
        if is_postal(written, lookup.language):
            continue
        found = lookup.find(written)
        if not _joins_two(written, found):
            yield Span(start, end, first, last, found, rest)


def _abbreviated(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    """Give an abbreviation of a state or country; one of the post only behind a name: "Springfield, IL", "R-TX"."""
    start, end = tokens.starts[first], tokens.ends[first]
    written = tokens.text[start:end]
    if not abbreviated(written, lookup.language):
        return
    behind_name = tokens.word(first - 1) in {",", "-"} and tokens.shape(first - 2) in _NAME_SHAPES
    if behind_name or not is_postal(written, lookup.language):
        yield Span(start, end, first, first, lookup.find(written))


def _joins_two(written: str, found: Found) -> bool:
    """Tell whether a border crossing's name stands for its two sides: "Terespol – Brest" is a leg, not a place."""
    return (
        any(dash in written for dash in "–—")
        and bool(found.candidates)
        and (found.candidates[0].place.feature is Feature.CROSSING)
    )


def _trimmed(tokens: Tokens, start: int, end: int) -> int:
    """Take off what folding dropped at the end of a name: an apostrophe, a space."""
    while end > start + 1 and not (tokens.text[end - 1].isalnum() or tokens.text[end - 1] in ")）"):
        end -= 1
    return end


def _takes_particles(rest: str) -> bool:
    return is_hangul(rest[0]) and len(rest) <= _PARTICLES_LENGTH


def _like_a_name(tokens: Tokens, first: int, last: int) -> bool:
    """Hold a name in a script with case to a capital somewhere."""
    shapes = tokens.shapes[first : last + 1]
    return any(shape in _NAME_SHAPES for shape in shapes) or "a" not in shapes


def _opens_area(tokens: Tokens, first: int) -> bool:
    """Tell whether a small adjective stands before a capital: "russischer Ferner Osten"."""
    return "isch" in tokens.words[first] and tokens.shape(first + 1) in _NAME_SHAPES


def _inflected(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    if not inflects(lookup.language):
        return
    for last in range(first, min(first + MOST_WORDS + 2, len(tokens.words))):
        words = _words(tokens, first, last)
        if words is None or len(words) > MOST_WORDS:
            return
        if tokens.words[last] == "-" or not _like_a_name(tokens, first, last):
            continue
        found = lookup.find(tokens.text[tokens.starts[first] : tokens.ends[last]])
        if found.form is not Form.UNKNOWN:
            yield Span(tokens.starts[first], tokens.ends[last], first, last, found)


def _words(tokens: Tokens, first: int, last: int) -> list[str] | None:
    """Give the words of a stretch held together by spaces and hyphens alone."""
    words = []
    for index in range(first, last + 1):
        gap = tokens.text[tokens.ends[index - 1] : tokens.starts[index]] if index > first else ""
        if tokens.shapes[index] != ".":
            words.append(tokens.words[index])
        elif tokens.words[index] != "-":
            return None
        if len(gap) > 1 or "\n" in gap:
            return None
    return words


def _unknown(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    """Give what is written like a name and is in no gazetteer."""
    for last in range(first, min(first + 2 * _MOST_CASED_WORDS, len(tokens.words))):
        words = _words(tokens, first, last)
        if words is None or len(words) > _MOST_CASED_WORDS:
            return
        if tokens.words[last] == "-":
            continue
        if tokens.shapes[last] not in _NAME_SHAPES or len(tokens.words[last]) < _SHORTEST_UNKNOWN:
            return
        found = lookup.find(tokens.text[tokens.starts[first] : tokens.ends[last]])
        if found.form is Form.UNKNOWN:
            yield Span(tokens.starts[first], tokens.ends[last], first, last, found)


def _unknown_caseless(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    """Give what may be a name in a script without case, and is in no gazetteer."""
    start, end = tokens.starts[first], tokens.ends[first]
    if is_hangul(tokens.text[start]):
        for stop in range(start + 2, min(end, start + _LONGEST_HANGUL) + 1):
            found = lookup.find(tokens.text[start:stop])
            if found.form is Form.UNKNOWN and end - stop <= _PARTICLES_LENGTH:
                yield Span(start, stop, first, first, found, tokens.text[stop:end])
        return
    if is_han(tokens.text[start]) or is_katakana(tokens.text[start]):
        yield from _unknown_run(tokens, lookup, first)
        return
    for last in range(first, min(first + 2, len(tokens.words))):
        words = _words(tokens, first, last)
        if words is None or tokens.shapes[last] != "x":
            return
        found = lookup.find(tokens.text[tokens.starts[first] : tokens.ends[last]])
        if found.form is Form.UNKNOWN and end - start > 1:
            yield Span(start, tokens.ends[last], first, last, found)


def _unknown_run(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    """Give a whole run of Katakana, and in Japanese a whole run of two or three Chinese characters."""
    start, last = tokens.starts[first], first
    if not is_katakana(tokens.text[start]):
        if lookup.language != "ja" or not is_han(tokens.text[start]) or is_han(tokens.text[start - 1 : start] or " "):
            return
        while is_han(tokens.text[tokens.ends[last] : tokens.ends[last] + 1] or " "):
            last += 1
            if last - first > _LONGEST_HAN:
                return
    found = lookup.find(tokens.text[start : tokens.ends[last]])
    if found.form is Form.UNKNOWN and tokens.ends[last] - start > 1:
        yield Span(start, tokens.ends[last], first, last, found)


def _after_proclitic(tokens: Tokens, lookup: Lookup, first: int) -> Iterator[Span]:
    """Give an Arabic name behind a letter that means and, in, to or like."""
    word = tokens.words[first]
    if tokens.text[tokens.starts[first]] not in _PROCLITICS:
        return
    if len(word) <= _SHORTEST_BARE or lookup.holds(word) or not lookup.holds(word[1:]):
        return
    start, end = tokens.starts[first] + 1, tokens.ends[first]
    yield Span(start, end, first, first, lookup.find(tokens.text[start:end]))
