"""The names of a window, where they stand in it, none upon another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routes.llm.told import RefusedError, shown
from routes.model import Quote, Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.llm.windows import Span, Window


def found_in(window: Window, words: str) -> list[Span]:
    """Find where some words stand, at one place at least."""
    spots = window.spots(words)
    if not spots:
        raise RefusedError(f"{shown(words)} is not in the report")
    return spots


def within(quote: Quote, quotes: Sequence[Quote]) -> bool:
    """Tell whether a quote lies within another."""
    return _lies_in((quote.start, quote.end), quotes)


def _lies_in(span: Span, quotes: Sequence[Quote]) -> bool:
    return any(it.start <= span[0] and span[1] <= it.end for it in quotes)


class Names:
    """A table that is filled as an answer is read: which name each character of a window belongs to."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._owners: list[Toponym | None] = [None] * (window.end - window.start)
        self._known: dict[str, list[Span]] = {}
        self._after = window.start

    def take(self, name: str, *, literal: bool) -> None:
        """Put in a name of the list of toponyms: behind the one before where it can be, else where it is free.

        A name that is told more often than it stands there is simply told twice.
        """
        free = [span for span in self._spots(name) if not self._upon(span)]
        if free:
            start, end = next((span for span in free if span[0] >= self._after), free[0])
            self._put(Toponym(Quote.of(self.window.text, start, end), literal=literal))
            self._after = max(self._after, end)

    def mentions(self, names: Sequence[str], quotes: Sequence[Quote]) -> list[Toponym]:
        """Find the mentions that the stops of a route rest on, and put in those that were not listed.

        Raises
        ------
        RefusedError
            Where a name is not in the text on its own, no name is in the quotes, or a stop is its own neighbour; then
            nothing is put in.
        """
        at: list[Toponym] = []
        new: list[Toponym] = []
        try:
            for name in names:
                at.append(self._mention(name, quotes))
                if not self._upon(_span(at[-1])):
                    self._put(at[-1])
                    new.append(at[-1])
            _hold(at, quotes)
        except RefusedError:
            for it in new:
                self._fill(_span(it), None)
            raise
        return at

    def kept(self) -> tuple[Toponym, ...]:
        """Return all names, in text order."""
        return tuple(dict.fromkeys(it for it in self._owners if it))

    def _mention(self, name: str, quotes: Sequence[Quote]) -> Toponym:
        """Find a mention: in the quotes where it can be, else the nearest to them."""
        start = quotes[0].start
        spots = sorted(self._spots(name), key=lambda span: (not _lies_in(span, quotes), abs(span[0] - start), span[0]))
        mention = next((it for it in map(self._at, spots) if it), None)
        if mention is None:
            raise RefusedError(f"{shown(name)} stands in the report only as a part of other names")
        return mention

    def _spots(self, name: str) -> list[Span]:
        if name not in self._known:
            self._known[name] = found_in(self.window, name)
        return self._known[name]

    def _at(self, span: Span) -> Toponym | None:
        """Return the name that stands there or within ("port of X"), a new one, or None within another ("Port X")."""
        upon = self._upon(span)
        if not upon:
            return Toponym(Quote.of(self.window.text, *span))
        start, end = _span(upon[0])
        return upon[0] if len(upon) == 1 and span[0] <= start and end <= span[1] else None

    def _upon(self, span: Span) -> list[Toponym]:
        return list(dict.fromkeys(it for it in self._owners[self._rows(span)] if it))

    def _put(self, toponym: Toponym) -> None:
        self._fill(_span(toponym), toponym)

    def _fill(self, span: Span, owner: Toponym | None) -> None:
        self._owners[self._rows(span)] = [owner] * (span[1] - span[0])

    def _rows(self, span: Span) -> slice:
        return slice(span[0] - self.window.start, span[1] - self.window.start)


def _hold(stops: Sequence[Toponym], quotes: Sequence[Quote]) -> None:
    """Refuse a route that its quotes do not show, or that does not move."""
    if not any(within(it.quote, quotes) for it in stops):
        raise RefusedError("its quotes name none of its stops")
    if any(a.quote.exact == b.quote.exact for a, b in pairwise(stops)):
        raise RefusedError("it stays where it is")


def _span(toponym: Toponym) -> Span:
    return toponym.quote.start, toponym.quote.end
