"""What a way may use and what it must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.model import Claim, Resolution


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


def spoken_of(claim: Claim, resolutions: Sequence[Resolution]) -> Rules:
    """Prefer the countries of all places that a claim's quotes name, stops or not; metonyms ("Moscow denies") are none.

    Parameters
    ----------
    claim : Claim
    resolutions : sequence of Resolution
        Of the claim's report.
    """
    named = (
        it.place.country
        for it in resolutions
        if it.place and it.toponym.literal
        for quote in claim.quotes
        if quote.start <= it.toponym.quote.start and it.toponym.quote.end <= quote.end
    )
    return Rules(countries=frozenset(filter(None, named)))
