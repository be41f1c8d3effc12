"""What a claim carries besides its stops: goods, source, date and the words that say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routes.claims.frames import clause_of, infinitive
from routes.model import Factuality, Mode, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.claims.clauses import Reading
    from routes.claims.cues import Span
    from routes.claims.frames import Edge

ONE_QUOTE = 500  # evidence longer than this is quoted leg by leg
_SOURCE_WORDS = 8
_SOURCE_CHARACTERS = 120
_WORD = re.compile(r"\w[\w'’-]*")
_NO_NAME = (
    *(f"triggers.{kind}" for kind in ("supply", "acquire", "move")),
    *(f"before.{slot}" for slot in ("from", "to", "via")),
    *(f"factuality.{hedge}" for hedge in ("denied", "possible", "planned", "probable")),
    "subjects",
    "there",
    "auxiliary",
)
_LEADING_WORDS = re.compile(
    r"^(?:(?:der|die|das|den|dem|des|ein|eine|einer|eines|einem|zwei|zweier|drei|mehrere|mehrerer|two|three|several|the|a|an|le|la|les|un|une|el|los|las|il|lo|gli|o|os|de|het)\s+)+",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})\b|\b([^\W\d]+)\s+(\d{1,2}),?\s+(\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b"
)


def evidence(reading: Reading, spans: Sequence[Span]) -> tuple[Quote, ...]:
    """Quote the words from the first to the last of some spans; piece by piece where that is long."""
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    if end - start <= ONE_QUOTE:
        return (Quote.of(reading.text, start, end),)
    pieces: list[Span] = []
    for span in sorted(set(spans)):
        if pieces and span[0] - pieces[-1][0] <= ONE_QUOTE:
            pieces[-1] = pieces[-1][0], max(pieces[-1][1], span[1])
        else:
            pieces.append(span)
    return tuple(Quote.of(reading.text, *piece) for piece in pieces)


def cargo(reading: Reading, span: Span, scope: Span) -> str | None:
    """Return the first goods named in some evidence, else in its sentences; with what an "and" joins to them."""
    for start, end in (span, scope):
        found = [hit for hit in reading.all_hits("goods", start, end) if not _within_a_name(reading, hit)]
        if found:
            return reading.text[found[0][0] : _joined(reading, found)]
    return None


def _within_a_name(reading: Reading, hit: Span) -> bool:
    return any(m.start < hit[1] and hit[0] < m.end for m in reading.mentions)


def _joined(reading: Reading, goods: Sequence[Span]) -> int:
    """Return where a list of goods ends: only commas and an "and" part its members."""
    end = goods[0][1]
    for start, last in goods[1:]:
        between = reading.text[end:start]
        if start >= end and (between.strip() in {"", ","} or (len(between) < 8 and reading.any_hit("and", end, start))):
            end = max(end, last)
    return end


def attribution(reading: Reading, scope: Span) -> str | None:
    """Return who says so, as the text names them, by "according to" or by a verb of saying, or None."""
    for cue in reading.all_hits("sources.according", *scope):
        name = _name_after(reading, cue[1])
        if name:
            return name
    for kind in ("sources.after", "sources.said"):
        for cue in reading.all_hits(kind, *scope):
            opens = reading.text[max(scope[0], cue[0] - 2) : cue[0]].strip()[-1:]
            inverted = kind == "sources.said" and opens in set(",\"”“»«'’")  # '..., said the minister'
            name = _name_after(reading, cue[1]) if inverted else _name_before(reading, cue[0])
            if name:
                return name
    return None


def _name_after(reading: Reading, start: int) -> str | None:
    """Return the noun phrase that starts at an offset: up to punctuation, a preposition of motion, or a verb."""
    words = list(_WORD.finditer(reading.text, start, min(len(reading.text), start + _SOURCE_CHARACTERS)))
    return _phrase(reading, _unbroken(reading.text, start, words))


def _name_before(reading: Reading, end: int) -> str | None:
    """Return the noun phrase that ends at an offset, within its clause."""
    start = max(reading.clause_span(clause_of(reading, end))[0], end - _SOURCE_CHARACTERS)
    words = list(_WORD.finditer(reading.text, start, end))
    k = next((k for k in range(len(words) - 1, -1, -1) if _breaks(reading, words[k])), -1)
    return _phrase(reading, words[k + 1 :])


def _unbroken(text: str, start: int, words: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    kept: list[re.Match[str]] = []
    for word in words:
        if text[kept[-1].end() if kept else start : word.start()].strip():
            break
        kept.append(word)
    return kept


def _breaks(reading: Reading, word: re.Match[str]) -> bool:
    """Whether a word cannot be part of a source's name: a cue of motion, trade, doubt or vehicles, or a pronoun."""
    return any(reading.any_hit(kind, word.start(), word.start() + 1) for kind in _NO_NAME)


def _phrase(reading: Reading, words: Sequence[re.Match[str]]) -> str | None:
    """Return the words up to the first that breaks a name; in German, up to a small one behind the head noun."""
    joining = reading.cues.joining
    kept: list[re.Match[str]] = []
    for word in words[:_SOURCE_WORDS]:
        small = word.group()[0].islower() and word.group() not in joining
        if _breaks(reading, word) or (joining and small and kept and kept[-1].group()[0].isupper()):
            break
        kept.append(word)
    while kept and kept[-1].group() in joining:
        kept.pop()
    if not kept or (joining and not any(word.group()[0].isupper() for word in kept)):
        return None
    phrase = _LEADING_WORDS.sub("", reading.text[kept[0].start() : kept[-1].end()]).strip()
    return phrase if len(phrase) > 1 else None  # a lone letter is a proclitic or what a mark left over


def date(reading: Reading, scope: Span) -> str | None:
    """Return a full date that the text tells, as ISO 8601, or None; months are named in the language's cue file."""
    for match in _DATE.finditer(reading.text, *scope):
        day, month, year, month_first, day_second, year_third, iso_year, iso_month, iso_day = match.groups()
        if iso_year:
            return _iso(iso_year, int(iso_month), iso_day)
        names = reading.cues.months
        name = (month or month_first).casefold()
        if name in names:
            return _iso(year or year_third, names.index(name) + 1, day or day_second)
    return None


def _iso(year: str, month: int, day: str) -> str | None:
    return f"{int(year):04}-{month:02}-{int(day):02}" if 1 <= month <= 12 and 1 <= int(day) <= 31 else None


def trade_factuality(reading: Reading, edge: Edge) -> Factuality:
    """Judge a trade by the strongest hedge in its verb's clause (of an infinitive, its subject's), or sentence."""
    ends = [reading.mentions[edge.origin], reading.mentions[edge.destination]]
    clauses = {clause_of(reading, edge.cue[0])} | ({m.clause for m in ends} if infinitive(reading, edge.cue) else set())
    for hedge in (Factuality.DENIED, Factuality.POSSIBLE, Factuality.PLANNED):
        if any(reading.any_hit(f"factuality.{hedge}", *reading.clause_span(clause)) for clause in sorted(clauses)):
            return hedge
    sentence = reading.sentence_span(ends[1].sentence)
    return (
        Factuality.PROBABLE if reading.any_hit(f"factuality.{Factuality.PROBABLE}", *sentence) else Factuality.CERTAIN
    )


def trade_mode(reading: Reading, span: Span, mode: Mode) -> Mode:
    """Return a mode only where the words of a trade name one; what its neighbours travel by is not its own."""
    return mode if reading.any_hit(f"modes.{mode}", *span) else Mode.UNKNOWN
