"""Dates that need the report's own ("last week", "gestern", "지난달"), worked out by dateparser.

The library is imported only when such words stand by a claim; it is asked about those words alone, in the report's
language alone, and never guesses a language, a time zone or a year by the clock.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from functools import lru_cache

WEEK = timedelta(days=6)


@lru_cache(maxsize=4096)
def days(words: str, language: str, anchor: date, *, ahead: bool) -> tuple[date, date] | None:
    """Return the first and last day that some words mean in a report of a day, or None where they are not understood.

    Parameters
    ----------
    words : str
        Such as ``"last week"``, in lower case.
    language : str
    anchor : date
        The report's day.
    ahead : bool
        Whether a weekday is the next one rather than the last.
    """
    from dateparser.date import DateDataParser  # noqa: PLC0415 -- 0.2 s that most reports need not spend

    settings = {
        "RELATIVE_BASE": datetime(anchor.year, anchor.month, anchor.day),  # noqa: DTZ001 -- a day, no hour
        "PREFER_DATES_FROM": "future" if ahead else "past",
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
    }
    try:
        understood = DateDataParser(languages=[language], settings=settings).get_date_data(words)
    except (ValueError, OverflowError):  # a language that it does not have
        return None
    if understood.date_obj is None:
        return None
    day = understood.date_obj.date()
    if understood.period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + WEEK
    if understood.period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if understood.period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day
