"""What a model answered, held against the report: what reads back is kept, the rest is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from routes.llm.names import Names, found_in, within
from routes.llm.told import RefusedError, called, date_of, field, flag_of, name_of, shown, word
from routes.model import Direction, Factuality, Kind, Mode, Quote, Role, Toponym

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from routes.llm.windows import Window

LONGEST_QUOTE = 1_000  # the whole report reads back too, and shows nothing
# No window of a report holds more; an answer that does is a runaway.
MOST_NAMES = 2_000
MOST_ROUTES = 100
MOST_STOPS = 50
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim whose stops are not placed yet: toponyms with their roles; the rest as in `routes.model.Claim`."""

    quotes: tuple[Quote, ...]
    stops: tuple[tuple[Toponym, Role], ...]
    modes: tuple[Mode, ...]
    kind: Kind
    factuality: Factuality
    direction: Direction
    cargo: str | None = None
    attribution: str | None = None
    date: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What of an answer holds: toponyms that do not overlap, in text order, and drafts, whose stops are among them.

    `dropped` counts the routes that were refused as a whole; `refused` names them, and whatever else was left out.
    """

    toponyms: tuple[Toponym, ...] = ()
    drafts: tuple[Draft, ...] = ()
    refused: tuple[str, ...] = ()
    dropped: int = 0


def check(answer: Mapping[str, Any], window: Window) -> Checked:
    """Hold an answer against the window of the report that it is about.

    Parameters
    ----------
    answer : mapping
        Any JSON object; what is missing or of another type is refused like what is wrong.
    window : Window

    Returns
    -------
    Checked
    """
    refused: list[str] = []
    names = Names(window)
    _take_in(names, _listed(answer, "toponyms", MOST_NAMES, refused), refused)
    drafts: list[Draft] = []
    dropped = 0
    for told in _listed(answer, "routes", MOST_ROUTES, refused):
        try:
            draft = _draft(told, names)
        except RefusedError as reason:
            dropped += 1
            refused.append(f"route {called(told)} left out: {reason}")
            continue
        drafts.append(_with_words(draft, told, window, refused))
    return Checked(names.kept(), tuple(drafts), tuple(refused), dropped)


def _listed(answer: Mapping[str, Any], key: str, most: int, refused: list[str]) -> Sequence[Any]:
    """Return a list of the answer, up to a bound."""
    found = answer.get(key)
    if not isinstance(found, list):
        refused.append(f"the answer has no list of {key}")
        return []
    if len(found) > most:
        refused.append(f"{len(found) - most} of {len(found)} {key} left out: no report has as many")
    return found[:most]


def _take_in(names: Names, told: Sequence[Any], refused: list[str]) -> None:
    for item in told:
        try:
            names.take(name_of(field(item, "text")), literal=flag_of(field(item, "literal")))
        except RefusedError as reason:
            refused.append(f"toponym left out: {reason}")


def _draft(told: Any, names: Names) -> Draft:
    quotes = _quotes(field(told, "evidence"), names.window)
    stops = field(told, "stops")
    if not isinstance(stops, list) or not 2 <= len(stops) <= MOST_STOPS:
        raise RefusedError("it has no list of two stops and more")
    modes = [Mode.UNKNOWN if field(stop, "mode") is None else word(stop["mode"], Mode, "mode") for stop in stops[1:]]
    roles = [word(field(stop, "role"), Role, "role") for stop in stops]
    if Role.ORIGIN in roles[1:] or Role.DESTINATION in roles[:-1]:
        raise RefusedError("an origin comes first, and a destination last")
    kind, sure = word(field(told, "kind"), Kind, "kind"), word(field(told, "factuality"), Factuality, "factuality")
    direction = word(field(told, "direction"), Direction, "direction")
    at = names.mentions([name_of(field(stop, "name")) for stop in stops], quotes)
    outside = [it.quote.exact for it in at if not within(it.quote, quotes)]
    return Draft(
        quotes=quotes,
        stops=tuple(zip(at, roles, strict=True)),
        modes=tuple(modes),
        kind=kind,
        factuality=sure,
        direction=direction,
        why=tuple(f"{shown(name)} stands outside the quotes" for name in outside),
    )


def _quotes(told: Any, window: Window) -> tuple[Quote, ...]:
    if not isinstance(told, list) or not told:
        raise RefusedError("it has no quote")
    quotes: dict[Quote, None] = {}
    for words in told[:MOST_STOPS]:
        if not isinstance(words, str) or not words.strip():
            raise RefusedError("it has a quote without words")
        if len(words) > LONGEST_QUOTE:
            raise RefusedError(f"its quote {shown(words)} is no excerpt, with {len(words)} characters")
        quotes[Quote.of(window.text, *found_in(window, words)[0])] = None
    return tuple(quotes)


def _with_words(draft: Draft, told: Mapping[str, Any], window: Window, refused: list[str]) -> Draft:
    """Add what a route can do without, where it reads back: goods, source, date."""
    kept: dict[str, str] = {}
    for key, read in (("cargo", _verbatim), ("attribution", _verbatim), ("date", _date)):
        value = told.get(key)
        if value is None:
            continue
        try:
            kept[key] = read(value, window)
        except RefusedError as reason:
            refused.append(f"{key} of route {called(told)} left out: {reason}")
    return replace(draft, cargo=kept.get("cargo"), attribution=kept.get("attribution"), date=kept.get("date"))


def _verbatim(value: Any, window: Window) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_QUOTE:
        raise RefusedError(f"{shown(value)} is no excerpt")
    return window.text[slice(*found_in(window, value)[0])]


def _date(value: Any, window: Window) -> str:
    """Return a date whose words are in the report, and whose year is theirs if they tell one."""
    words, iso = _verbatim(field(value, "words"), window), date_of(field(value, "iso"))
    years = _YEAR.findall(words)
    if years and iso[:4] not in years:
        raise RefusedError(f"{shown(words)} is not {iso}")
    return iso
