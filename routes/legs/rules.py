"""What a way may use and what it must not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Wishes that hold for a whole journey.

    Attributes
    ----------
    countries : frozenset of str
        ISO 3166-1 alpha-2 codes of the countries that are spoken of; others are entered only where no way avoids them.
    barred : frozenset of str
        Codes of countries that are never entered.
    closed, opened : frozenset of str
        Ids of passages that are never used, and of those used although ships and trains do not as a rule.
    """

    countries: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def also(self, other: Rules) -> Rules:
        """Put rules together."""
        return Rules(
            self.countries | other.countries,
            self.barred | other.barred,
            self.closed | other.closed,
            self.opened | other.opened,
        )


FREE = Rules()
