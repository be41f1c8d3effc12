"""Single values of a model's answer: read if they are what they should be, refused with a reason if not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

LONGEST_NAME = 100
_SHOWN = 60
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

Word = TypeVar("Word", bound=StrEnum)


class RefusedError(Exception):
    """Why something in an answer does not hold."""


def field(told: Any, key: str) -> Any:
    """Return a value of an object, None where it has none of that name."""
    if not isinstance(told, Mapping):
        raise RefusedError(f"{shown(told)} is no object with '{key}'")
    return told.get(key)


def name_of(value: Any) -> str:
    """Read a name."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not any(map(str.isalpha, value)):
        raise RefusedError(f"{shown(value)} is no name")
    return value


def flag_of(value: Any) -> bool:
    """Read a yes or no."""
    if not isinstance(value, bool):
        raise RefusedError(f"{shown(value)} is neither true nor false")
    return value


def date_of(value: Any) -> str:
    """Read a date, or a year, or a month of a year, as ISO 8601."""
    match = _ISO.fullmatch(value) if isinstance(value, str) else None
    try:
        year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
        date(year, month, day)
    except ValueError:
        raise RefusedError(f"{shown(value)} is no date") from None
    return str(value)


def word(value: Any, closed: type[Word], what: str) -> Word:
    """Read a word of a closed set."""
    try:
        return closed(value)
    except ValueError:
        raise RefusedError(f"{shown(value)} is no {what}") from None


def called(told: Any) -> str:
    """Name a route by its stops, as far as it has any."""
    stops = told.get("stops") if isinstance(told, Mapping) else None
    if not isinstance(stops, list) or not stops:
        return "without stops"
    names = [stop.get("name") if isinstance(stop, Mapping) else stop for stop in stops]
    return shown(" → ".join(name[:_SHOWN] if isinstance(name, str) else "?" for name in names[:_SHOWN]), 3 * _SHOWN)


def shown(value: Any, most: int = _SHOWN) -> str:
    """Show what a model wrote in a line: control characters as what they are, and not at length."""
    if not isinstance(value, str):
        return "null" if value is None else f"a value of type {type(value).__name__}"
    plain = "".join(c if c.isprintable() else repr(c)[1:-1] for c in value[: most + 1])
    return f"'{plain[:most]}…'" if len(value) > most else f"'{plain}'"
