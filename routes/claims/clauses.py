"""A report cut into sentences and clauses, and where in them its places stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from routes.claims import cues as cue_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routes.claims.cues import Cues, Span
    from routes.model import Report, Resolution

from geodata.gazetteer import Feature

NAME = "§"  # stands for a place's name among the tokens
_SENTENCE_END = re.compile(r"(?:(?<!\b\w)(?<!\b\d\d)\.|[!?…؟]|\.{3})[\"'”“»’)\]]*\s+|[。！？；][」』”]*|\n+")
_CLAUSE_END = re.compile(r"[,;:\u2013\u2014\"„“”«»،؛、，：]")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_CHARACTER = re.compile(r"[A-Za-z0-9]+|\w|[^\w\s]")
_LAST_WORD = re.compile(r"\w+$")
_LONGEST_ABBREVIATION = 12
_LEFT_TOKENS = 4
_WATER = frozenset({Feature.WATER, Feature.STRAIT, Feature.CANAL, Feature.CAPE})
_AREAS = frozenset({Feature.COUNTRY, Feature.ADMIN, Feature.REGION, Feature.ISLAND})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place's name as it stands in the text.

    Attributes
    ----------
    index : int
        Its number among the report's mentions.
    start, end : int
        Offsets into the text.
    sentence, clause : int
        Numbers of the sentence and clause it stands in, counted through the text.
    token : int
        Its number among the reading's tokens.
    entity : str
        What it names; the same for all mentions of a place, and for a capital that stands for its country.
    extent : str
        ``point``, ``area``, ``water`` (a sea, strait, canal or cape) or ``river``.
    slot : str
        What stands before or after it: ``from``, ``to``, ``via``, ``at``, ``near``, or ``bare``.
    gap : int
        How many tokens part it from that word.
    link : str
        ``and`` or ``or`` where it continues a list with the mention before it, else empty.
    resolution : Resolution
    """

    index: int
    start: int
    end: int
    sentence: int
    clause: int
    token: int
    entity: str
    extent: str
    slot: str
    gap: int
    link: str
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as the claim reader sees it."""

    text: str
    cues: Cues
    mentions: tuple[Mention, ...]
    sentences: tuple[int, ...]  # where each starts, then the text's length
    clauses: tuple[int, ...]
    tokens: tuple[str, ...]  # lower case, a name as §
    offsets: tuple[int, ...]  # where each token starts
    hits: Mapping[str, Sequence[Span]] = field(repr=False)

    def any_hit(self, kind: str, start: int, end: int) -> Span | None:
        """Return the first cue of a class that starts within ``text[start:end]``, or None."""
        spans = self.hits.get(kind, ())
        k = bisect_left(spans, (start, 0))
        return spans[k] if k < len(spans) and spans[k][0] < end else None

    def all_hits(self, kind: str, start: int, end: int) -> Sequence[Span]:
        """Return the cues of a class that start within ``text[start:end]``."""
        spans = self.hits.get(kind, ())
        return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]

    def sentence_span(self, number: int) -> Span:
        """Offsets of a sentence."""
        return self.sentences[number], self.sentences[number + 1]

    def clause_span(self, number: int) -> Span:
        """Offsets of a clause."""
        return self.clauses[number], self.clauses[number + 1]

    def in_sentence(self, number: int) -> tuple[Mention, ...]:
        """Return the mentions of a sentence."""
        low = bisect_left(self.mentions, number, key=lambda mention: mention.sentence)
        high = bisect_right(self.mentions, number, key=lambda mention: mention.sentence)
        return self.mentions[low:high]


def read(report: Report, resolutions: Sequence[Resolution]) -> Reading:
    """Cut a report into sentences, clauses and tokens, and find its mentions' slots."""
    text, cues = report.text, cue_files.load(report.language)
    ordered = _apart(resolutions, len(text))
    hits = cues.find(text)
    spans = [(r.toponym.quote.start, r.toponym.quote.end) for r in ordered]
    sentences = _cut(text, _SENTENCE_END, spans, cues.abbreviations)
    clauses = sorted({*_cut(text, _CLAUSE_END, spans), *sentences})
    tokens, offsets, places = _tokens(text, spans, _CHARACTER if cues.characters else _TOKEN)
    words = _slot_words(hits)
    joints = frozenset(start for kind in ("and", "or") for start, _ in hits.get(kind, ()))
    mentions: list[Mention] = []
    for index, resolution in enumerate(ordered):
        start, end = spans[index]
        slot, gap = _slot(text, cues, words, joints, tokens, offsets, places[index], end)
        link = _link(hits, tokens, offsets, mentions[-1], places[index]) if mentions else ""
        if link and slot == "bare" and mentions[-1].slot != "bare":
            slot, gap = mentions[-1].slot, mentions[-1].gap
        mentions.append(
            Mention(
                index,
                start,
                end,
                bisect_right(sentences, start) - 1,
                bisect_right(clauses, start) - 1,
                places[index],
                _entity(resolution),
                _extent(resolution),
                slot,
                gap,
                link,
                resolution,
            )
        )
    return Reading(text, cues, tuple(mentions), tuple(sentences), tuple(clauses), tuple(tokens), tuple(offsets), hits)


def _apart(resolutions: Sequence[Resolution], length: int) -> list[Resolution]:
    """In text order, without overlaps (the longer of two that overlap stays)."""
    kept: list[Resolution] = []
    for resolution in sorted(resolutions, key=lambda r: (r.toponym.quote.start, -r.toponym.quote.end)):
        quote = resolution.toponym.quote
        if quote.end <= length and (not kept or kept[-1].toponym.quote.end <= quote.start):
            kept.append(resolution)
    return kept


def _cut(
    text: str, boundary: re.Pattern[str], names: Sequence[Span], abbreviations: frozenset[str] = frozenset()
) -> list[int]:
    """Return where the pieces of a text start, and its length; no cut falls inside a name or behind an abbreviation."""
    starts = [0]
    k = 0
    for match in boundary.finditer(text):
        at = match.end()
        while k < len(names) and names[k][1] <= match.start():
            k += 1
        inside = k < len(names) and names[k][0] < at and match.start() < names[k][1]
        if not inside and starts[-1] < at < len(text) and not _abbreviates(text, match.start(), abbreviations):
            starts.append(at)
    return [*starts, len(text)]


def _abbreviates(text: str, end: int, abbreviations: frozenset[str]) -> bool:
    """Whether a point at an offset only shortens the word before it."""
    if text[end] != ".":
        return False
    word = _LAST_WORD.search(text, max(0, end - _LONGEST_ABBREVIATION), end)
    return word is not None and word.group().lower() in abbreviations


def _tokens(text: str, names: Sequence[Span], pattern: re.Pattern[str]) -> tuple[list[str], list[int], list[int]]:
    """Tokens with each name as one; their offsets; and the token number of each name."""
    tokens: list[str] = []
    offsets: list[int] = []
    places: list[int] = []
    at = 0
    for start, end in [*names, (len(text), len(text))]:
        for match in pattern.finditer(text, at, start):
            tokens.append(match.group().lower())
            offsets.append(match.start())
        if start < len(text):
            places.append(len(tokens))
            tokens.append(NAME)
            offsets.append(start)
        at = end
    return tokens, offsets, places


def _slot_words(hits: Mapping[str, Sequence[Span]]) -> dict[int, tuple[int, str]]:
    """Slot words by where they end, as (start, slot); of two that end together the longer counts."""
    words: dict[int, tuple[int, str]] = {}
    for slot in cue_files.SLOTS:
        for start, end in hits.get(f"before.{slot}", ()):
            if end not in words or start < words[end][0]:
                words[end] = (start, slot)
    return words


def _slot(  # noqa: PLR0913, PLR0917 -- reading a slot needs the text in all its cuts
    text: str,
    cues: Cues,
    words: Mapping[int, tuple[int, str]],
    joints: frozenset[int],
    tokens: Sequence[str],
    offsets: Sequence[int],
    place: int,
    end: int,
) -> tuple[str, int]:
    """Return what stands before a name, a few words off at most, or right after it; and how far off."""
    for slot in ("via", "from", "to", "near", "at"):
        if slot in cues.after and cues.after[slot].match(text, end, end + 24):
            return slot, 0
    for gap in range(_LEFT_TOKENS + 1):
        k = place - 1 - gap
        if k < 0 or tokens[k] == NAME:
            break
        found = words.get(offsets[k] + len(tokens[k]))
        if found:
            return found[1], gap
        if offsets[k] in joints or (not tokens[k][0].isalnum() and tokens[k] not in "’'-"):
            break
    return "bare", 0


def _link(
    hits: Mapping[str, Sequence[Span]], tokens: Sequence[str], offsets: Sequence[int], last: Mention, place: int
) -> str:
    """Whether only a comma or conjunction (and little words) part a name from the one before."""
    between = tokens[last.token + 1 : place]
    if not between or len(between) > _LEFT_TOKENS or (between[0].isalnum() and len(between) > 3):
        return ""
    start, end = offsets[last.token], offsets[place]
    either, both = (bool(_within(hits.get(kind, ()), last.end, end)) for kind in ("or", "and"))
    words = [word for word in between if word not in ",،、，"]
    if start < end and len(words) <= 2 and (either or both or not words):
        return "or" if either else "and"
    return ""


def _within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]


def _entity(resolution: Resolution) -> str:
    """Return what a mention names: its place; for a town that stands for its government, the country."""
    place = resolution.place
    if place is None:
        return f"name:{resolution.toponym.quote.exact.casefold()}"
    if place.country and (place.feature is Feature.COUNTRY or not resolution.toponym.literal):
        return f"state:{place.country}"
    return place.id


def _extent(resolution: Resolution) -> str:
    place = resolution.place
    if place is None:
        return "point"
    if place.feature in _WATER:
        return "water"
    if place.feature is Feature.RIVER:
        return "river"
    return "area" if place.area or place.feature in _AREAS else "point"
