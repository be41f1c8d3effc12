"""How well a name fits a place that bears it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from geodata.names import fold, without_generic

if TYPE_CHECKING:
    from geodata.places import Place

A_FORM = "a form of its name"
OF_TOWN = "the name of its town"
TOWN_OF_PORT = 0.6  # "Izmail" alone is the town; the port of that name is asked for by more words
FOREIGN = 0.75  # what a name keeps of its score that only another language has


def match(place: Place, name: str, key: str, language: str | None) -> tuple[float, str]:
    """How well a name fits a place that bears it.

    Parameters
    ----------
    place : Place
    name : str
        As written.
    key : str
        The name, folded.
    language : str or None
        BCP 47 tag of the text.

    Returns
    -------
    (float, str)
        A weight from 0 to 1, and the reason in words.
    """
    spelling = normalize("NFC", name.strip())
    if spelling == place.name:
        return 1.0, "its name"
    if not place.names:
        return (
            (0.97, "its name, spelled a little differently")
            if key == fold(place.name)
            else (0.85, "another name of it")
        )
    tongue = language.split("-")[0] if language else ""
    written, folded, of_town = _spellings(place)
    foreign = FOREIGN if tongue in place.names else 1.0  # "Brasilia" is Brazil, but in Basque only
    if tongues := written.get(spelling):
        own = tongue if tongue in tongues else tongues[0]
        return (1.0 if own == tongue else 0.98 * foreign), f"its name in {own}"
    if key == fold(place.name):
        return 0.97, "its name, spelled a little differently"
    if tongues := folded.get(key):
        own = tongue if tongue in tongues else tongues[0]
        return (0.95 if own == tongue else 0.95 * foreign), f"its name in {own}, spelled a little differently"
    town = any(key.startswith(name[:-2]) for name in of_town) and not any(key.startswith(own[:-2]) for own in folded)
    return (TOWN_OF_PORT, OF_TOWN) if town else (0.93, A_FORM)


@lru_cache(maxsize=8_192)
def _spellings(place: Place) -> tuple[dict[str, list[str]], dict[str, list[str]], frozenset[str]]:
    """Spellings and folded spellings of a place with the languages that have them, and folded names of its town."""
    written: dict[str, list[str]] = {}
    folded: dict[str, list[str]] = {}
    for language, names in place.names.items():
        for name in names:
            written.setdefault(name, []).append(language)
            folded.setdefault(fold(name), []).append(language)
    bare = {fold(without_generic(name)) for name in written} - folded.keys()
    return written, folded, frozenset(bare)
