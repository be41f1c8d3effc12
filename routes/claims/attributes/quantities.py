"""How much of the goods is told: a number by the goods' name, with its unit and what hedges it, verbatim."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.claims.clauses import Reading
    from routes.claims.cues import Span

_REACH = 90  # characters from the goods' name within which its number stands
_BEFORE = 3  # words that may stand between a number and the goods: "20 tonnes of crude oil"
_TOKEN = re.compile(r"\d+(?:[.,\u202f\u00a0' ]\d{3})*(?:[.,]\d+)?|[^\W\d]+(?:['’\u200c-][^\W\d]+)*|[^\w\s]")
_JOINED = re.compile(r"\d+(?:[.,]\d{3})*(?:[.,]\d+)?|[A-Za-z]+|[^\W\dA-Za-z]|[^\w\s]")
_BEHIND = 3  # characters between goods and an amount behind them
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOSE = frozenset("-–()（）")
_UNPARTED = frozenset({"zh", "ja", "ko"})  # a unit may stand behind its number without a blank, the goods before both


def quantity(reading: Reading, goods: Span | None, scope: Span) -> str | None:
    """Return how much is told of the goods named in a stretch; without goods, the one amount with a unit in a scope.

    Parameters
    ----------
    reading : Reading
    goods : (int, int) or None
        The goods' name.
    scope : (int, int)
        Where to look without goods.

    Returns
    -------
    str or None
        As it stands in the text, "more than 20 tonnes"; None where none is told or it is not clear which.
    """
    if goods is None:
        spans = [span for span, unit in _amounts(reading, (scope[0], min(scope[1], scope[0] + 2000))) if unit]
    else:
        near = max(scope[0], goods[0] - _REACH), min(scope[1], goods[1] + _REACH)
        spans = [
            _with_goods(span, unit, goods)
            for span, unit in _amounts(reading, near)
            if _of(reading, span, goods, counted=unit is not None)
        ]
    found = dict.fromkeys(reading.text[a:b] for a, b in spans)
    return next(iter(found)) if len(found) == 1 else None


def _with_goods(amount: Span, unit: Span | None, goods: Span) -> Span:
    """Let an amount without a unit run on to the goods that it counts: "two million shells"."""
    return amount if unit else (min(amount[0], goods[0]), max(amount[1], goods[1]))


def _of(reading: Reading, amount: Span, goods: Span, *, counted: bool) -> bool:
    """Whether an amount is one of the goods: it ends before them, or, where words are unparted, stands right behind.

    An amount without a unit counts the goods themselves, so that nothing stands between.
    """
    text, unparted = reading.text, reading.cues.language in _UNPARTED
    if amount[0] <= goods[0] < amount[1] <= goods[1] + 1:
        return True  # "20 containers", the goods being the containers
    if unparted and not counted:
        return False
    if amount[1] <= goods[0]:
        between = text[amount[1] : goods[0]]
        return len(_TOKEN.findall(between)) <= (_BEFORE if counted else 0) and not _parted(between)
    between = text[goods[1] : amount[0]]
    if amount[0] < goods[1] or _parted(between):
        return False
    return len(between) <= _BEHIND if unparted else between.strip() in _LOOSE and bool(between.strip())


def _parted(between: str) -> bool:
    return any(not c.isalnum() and not c.isspace() and c not in _LOOSE and c not in "'’\u200c" for c in between)


def _amounts(reading: Reading, scope: Span) -> list[tuple[Span, Span | None]]:
    """Return the amounts told in a stretch, each with its unit if it has one: number words in a row, and a unit."""
    unparted = reading.cues.language in _UNPARTED
    tokens = [m.span() for m in (_JOINED if unparted else _TOKEN).finditer(reading.text, *scope)]
    numbers, units, about = (reading.all_hits(f"quantities.{kind}", *scope) for kind in ("number", "unit", "about"))
    found: list[tuple[Span, Span | None]] = []
    k = 0
    while k < len(tokens):
        stop = _run(reading.text, tokens, k, numbers)
        if stop == k:
            k += 1
            continue
        start, end = tokens[k][0], tokens[stop - 1][1]
        unit = _starting(units, end, reading.text)
        hedge = next((a for a, b in reversed(_ending(about, start)) if not reading.text[b:start].strip()), start)
        if unit or not _YEAR.fullmatch(reading.text[start:end]):
            found.append(((max(hedge, scope[0]), unit[1] if unit else end), unit))
        k = stop
    return found


def _run(text: str, tokens: Sequence[Span], start: int, numbers: Sequence[Span]) -> int:
    """Return where a row of numbers that starts with a token ends, as a token's number; `start` where there is none."""
    k = start
    while k < len(tokens):
        a, b = tokens[k]
        inside = any(x <= a and b <= y for x, y in numbers[max(0, bisect_right(numbers, (a, len(text))) - 3) :][:4])
        glued = a > 0 and text[a - 1].isalpha() and text[a - 1].isascii()  # "K2", "S-300" name a thing
        if not ((text[a].isdigit() and not glued) or inside) or (text[a].isdigit() and text[max(0, a - 1) : a] == "-"):
            break
        k += 1
    return k


def _starting(spans: Sequence[Span], at: int, text: str) -> Span | None:
    """Return the longest of some spans that starts where only a blank parts it from an offset."""
    low = bisect_right(spans, (at, -1))
    near = [
        span for span in spans[low : low + 4] if span[0] - at <= 2 and not text[at : span[0]].strip(" -\u00a0\u202f")
    ]
    return max(near, key=lambda span: span[1]) if near else None


def _ending(spans: Sequence[Span], at: int) -> Sequence[Span]:
    high = bisect_right(spans, (at, -1))
    return spans[max(0, high - 4) : high]
