"""The dates that a report tells, as ISO 8601 in the text's own precision: a day, a month, a year, or an interval.

Days, months and years written out are read by their form and by the months' names in the language's cue file; words
that need the report's own date ("last week") are marked by the cue file and worked out by ``relative``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from routes.claims import cues as cue_files
from routes.claims.attributes import relative
from routes.claims.frames import clause_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.claims.clauses import Reading
    from routes.claims.cues import Span

WEEK = timedelta(days=7)
_ISO_DAY = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")  # with dots the day comes first
_CHARACTERS = re.compile(
    r"(?:(?P<year>\d{4})\s?[年년]|(?P<last>去年|昨年|지난해|작년)|(?P<this>今年|올해))\s?"
    r"(?:(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日일号])?)?"
    r"|(?<!\d)(?P<only_month>\d{1,2})\s?[月월](?![份内])\s?(?P<only_day>\d{1,2})\s?[日일号]"
)
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d{2}(?![\d/-]|[.,]\d)")
_NARROW_GAP = 14
_WHOLE_NUMBER = r"(?P<{}>(?<!\d)\d{{1,2}}(?:\.|st|nd|rd|th|er|º|°|ª)?)"
_OF = r"\s{1,4}(?:(?:of|de|del|do|di)\s{1,4})?"
_JOINS = re.compile(
    r"\s*(?:[-–—]|to|and|bis|und|до|и|і|та|à|au|et|hasta|al?|y|e|fino a|até|tot|en|do|i|ile|ve|إلى|حتى|و|تا|から|至|到"
    r"|부터|에서)\s*",
    re.IGNORECASE,
)
_SOONEST_YEAR, _LATEST_YEAR = 1900, 2100
_FARTHEST_DAYS = 250  # "in December", read in November: last year's or this year's is not clear
_DAY_OF_IT = re.compile(r"\s?(\d{1,2})\s?[日일号]")


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of the text that tells a date, and the first and last day of it; what is said of its precision."""

    start: int
    end: int
    first: date
    last: date

    @property
    def iso(self) -> str:
        """The date in ISO 8601, as precise as it is told."""
        return interval(self.first, self.last)


def interval(first: date, last: date) -> str:
    """Return a day, month or year where two days are the ends of one, else an interval of days or months."""
    if first == last:
        return first.isoformat()
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day == 1 and ends_month:
        if (first.month, last.month) == (1, 12):
            return f"{first.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"
        months = f"{first:%Y-%m}", f"{last:%Y-%m}"
        return months[0] if months[0] == months[1] else "/".join(months)
    return f"{first.isoformat()}/{last.isoformat()}"


def told(reading: Reading, span: Span, published: str | None, *, ahead: bool) -> list[Told]:
    """Return the dates told in a stretch of a report, in text order, without overlaps; a range as one.

    Parameters
    ----------
    reading : Reading
    span : (int, int)
    published : str or None
        The report's date; without it nothing relative is told, nor a month without its year.
    ahead : bool
        Whether the text speaks of what is still to come, so that "in March" is the next one.
    """
    anchor = anchor_of(published)
    found = sorted(_found(reading, span, anchor, ahead=ahead), key=lambda t: (t.start, -t.end))
    kept: list[Told] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return _ranges(reading.text, kept)


def anchor_of(published: str | None) -> date | None:
    """Return the day that a report was published on, or None where none is told in full."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _ranges(text: str, dates: list[Told]) -> list[Told]:
    """Join dates that only "to" or a dash parts."""
    joined: list[Told] = []
    for one in dates:
        last = joined[-1] if joined else None
        between = text[last.end : one.start] if last else ""
        if last and _joined(between) and last.first < one.first:
            joined[-1] = Told(last.start, one.end, last.first, one.last)
        else:
            joined.append(one)
    return joined


def _joined(between: str) -> bool:
    return len(between) <= _NARROW_GAP and _JOINS.fullmatch(between) is not None


def _found(reading: Reading, span: Span, anchor: date | None, *, ahead: bool) -> Iterator[Told]:
    text, cues = reading.text, reading.cues
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        for match in pattern.finditer(text, *span):
            yield from _days(match.span(), *(int(match[k]) for k in order))
    if cues.language in {"zh", "ja", "ko"}:
        yield from _in_characters(text, span, anchor, ahead=ahead)
    elif cues.months:
        yield from _with_months(reading, span, anchor, ahead=ahead)
    yield from _years(reading, span)
    if anchor:
        yield from _relative(reading, span, anchor, ahead=ahead)


def _days(span: Span, year: int, month: int | None = None, day: int | None = None) -> Iterator[Told]:
    """Yield a date with its first and last day, if there is such a one."""
    if not _SOONEST_YEAR <= year <= _LATEST_YEAR or not 1 <= (month or 1) <= 12:
        return
    last_month = month or 12
    most = calendar.monthrange(year, last_month)[1]
    if day is not None and not 1 <= day <= most:
        return
    yield Told(*span, date(year, month or 1, day or 1), date(year, last_month, day or most))


def _in_characters(text: str, span: Span, anchor: date | None, *, ahead: bool) -> Iterator[Told]:
    """Read 2024年3月5日, 지난해 9월, 3月5日."""
    for match in _CHARACTERS.finditer(text, *span):
        month, day = (int(match[k]) if match[k] else None for k in ("month", "day"))
        if match["year"]:
            yield from _days(match.span(), int(match["year"]), month, day)
        elif anchor and match["only_month"]:
            month, day = int(match["only_month"]), int(match["only_day"])
            yield from _near(match.span(), month, day, anchor, ahead=ahead)
        elif anchor and month:
            yield from _days(match.span(), anchor.year - bool(match["last"]), month, day)


def _with_months(reading: Reading, span: Span, anchor: date | None, *, ahead: bool) -> Iterator[Told]:
    """Read a month by its name, with the day and the year beside it where they are told."""
    text, months = reading.text, reading.cues.months
    found = list(_months(reading.cues.language).finditer(text, *span))
    for match, following in zip_longest(found, found[1:]):
        if _since(reading, match.start()):
            continue
        month = months[match["month"].lower()]
        day = match["day"] or match["day_after"]
        number = int(re.sub(r"\D", "", day)) if day else None
        year = match["year"] or match["year_after"]
        if not year and following and _joined(text[match.end() : following.start()]):
            year = following["year"] or following["year_after"]  # "between March and May 2022"
        if year:
            yield from _days(match.span(), int(year), month, number)
        elif anchor and (day or _announced(reading, match.start())):
            yield from _near(match.span(), month, number, anchor, ahead=ahead or _looks_ahead(reading, match.start()))


@cache
def _months(language: str) -> re.Pattern[str]:
    names = sorted(cue_files.load(language).months, key=lambda name: (-len(name), name))
    body = "|".join(re.escape(name) for name in names)
    day_after = (
        rf"(?:\s+{_WHOLE_NUMBER.format('day_after')}(?!\s?\d|[.,:]\d|\w))?"
        if language == "en"
        else "(?P<day_after>(?!))?"
    )
    year = r"(?:,?\s{{1,4}}(?:(?:of|de|del|do|di|dell'anno)\s{{1,4}})?(?P<{}>(?:19|20|[١۱][٩۹]|[٢۲][٠۰])\d\d)(?!\d))?"
    return re.compile(
        rf"(?:{_WHOLE_NUMBER.format('day')}{_OF})?\b(?P<month>{body})\b\.?{year.format('year')}{day_after}{year.format('year_after')}",
        re.IGNORECASE,
    )


def _announced(reading: Reading, at: int) -> bool:
    """Whether the words before a month say that it is one ("in", "Anfang"): "May" and "mars" are words of their own."""
    spans = reading.all_hits("dates.when", max(0, at - 40), at)
    return any(not reading.text[end:at].strip() for _, end in spans)


def _since(reading: Reading, at: int) -> bool:
    """Whether a date only says since when: that is no date of a journey."""
    spans = reading.all_hits("dates.since", max(0, at - 40), at)
    return any(not reading.text[end:at].strip() for _, end in spans)


def _looks_ahead(reading: Reading, at: int) -> bool:
    """Whether the clause around a date speaks of what is to come."""
    return reading.any_hit("factuality.planned", *reading.clause_span(clause_of(reading, at))) is not None


def _near(span: Span, month: int, day: int | None, anchor: date, *, ahead: bool) -> Iterator[Told]:
    """Yield a month told without its year, or a day in it: the last one or the next, unless that is far off."""
    for told in _days(span, anchor.year, month, day):
        late, soon = told.first > anchor, told.last < anchor
        year = anchor.year + (1 if ahead and soon else -1 if late and not ahead else 0)
        for moved in _days(span, year, month, day):
            if abs((moved.first - anchor).days) <= _FARTHEST_DAYS:
                yield moved


def _years(reading: Reading, span: Span) -> Iterator[Told]:
    """Read a year alone, where the words around it say that it is one."""
    for match in _YEAR.finditer(reading.text, *span):
        if _since(reading, match.start()):
            continue
        behind = reading.any_hit("dates.year", match.end(), match.end() + 3)
        if _announced(reading, match.start()) or behind:
            yield from _days(match.span(), int(match[0]))


def _relative(reading: Reading, span: Span, anchor: date, *, ahead: bool) -> Iterator[Told]:
    text = reading.text
    for kind in ("dates.relative", "dates.weekdays"):
        for start, end in reading.all_hits(kind, *span):
            if _since(reading, start):
                continue
            words = " ".join(text[start:end].lower().split())
            words = reading.cues.known_dates.get(words, words)
            weekday = kind == "dates.weekdays"
            days = relative.days(words, reading.cues.language, anchor, ahead=weekday and ahead)
            if days and weekday and abs(days[0] - anchor) == WEEK:
                days = None if ahead else (anchor, anchor)  # "on Monday" in Monday's report: that day
            elif weekday and not ahead and _looks_ahead(reading, start):
                days = None
            month = _DAY_OF_IT.match(text, end) if days and days[0].day == 1 < days[1].day else None
            if month and days:  # 지난달 15일
                yield from _days((start, month.end()), days[0].year, days[0].month, int(month[1]))
            elif days:
                yield Told(start, end, *days)
