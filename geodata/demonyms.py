"""Adjectives and demonyms: words that point to a country without being its name, as "nordkoreanische" does.

The words were written by us (``build/demonyms.toml``). They are cues for a reader, and never names of places: a word
that also is the name of a country, as Spanish "argentina", points to none here.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from geodata.gazetteer import DATA
from geodata.names import fold

if TYPE_CHECKING:
    from pathlib import Path

_CASES_TURKISH = " ı i u ü ın in un ün yı yi yu yü nın nin nun nün a e ya ye da de ta te dan den tan ten".split(" ")
# What a word with a star may end in.
ENDINGS: dict[str, frozenset[str]] = {
    language: frozenset(map(fold, endings))
    for language, endings in {
        "de": ["", *"e em en er es s n r in innen ern ers".split()],
        "en": ["", "s"],
        "es": ["", *"o a e os as es s".split()],
        "fr": ["", *"e s es ne nes te tes".split()],
        "it": ["", *"o a e i he hi".split()],
        "nl": ["", *"e er ers en".split()],
        "pl": ["", *"i y a e o ą ie iego iej iemu im ich imi ego ej emu ym ych ymi".split()],
        "pt": ["", *"o a e os as es s".split()],
        "ru": "ий ый ой ая ое ие ые его ого ому ему ую ым им ом ем ых их ыми ими ей".split(),
        "tr": ["".join(parts) for parts in product(("", "lar", "ler"), _CASES_TURKISH)],
        "uk": "ий а е і ого ої ому ій у им ою их ими".split(),
    }.items()
}
_LONGEST = max(len(ending) for endings in ENDINGS.values() for ending in endings)
_CAPITAL = frozenset({"en", "nl", "tr"})  # where such words have a capital: to polish is no cue


@lru_cache(maxsize=1)
def _words(folder: Path = DATA) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((folder / "demonyms.json").read_text(encoding="utf-8"))
    return table


def languages() -> tuple[str, ...]:
    """Tell for which languages there are words, sorted."""
    return tuple(sorted(ENDINGS))


def country_of(word: str, language: str) -> str | None:
    """Tell which country an adjective or demonym points to.

    Parameters
    ----------
    word : str
        As it stands in a text, inflected or not; of two words where the language writes two ("North Korean").
    language : str
        BCP 47 tag of the text.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-2 code, or XK; None for other words, names of countries, and languages without words.

    Examples
    --------
    >>> country_of("nordkoreanische", "de"), country_of("иранских", "ru"), country_of("Argentina", "es")
    ('KP', 'IR', None)
    """
    tongue = language.split("-", maxsplit=1)[0]
    if tongue not in ENDINGS or (tongue in _CAPITAL and not word[:1].isupper()):
        return None
    table = _words()[tongue]
    key = fold(word)
    return None if key in table["names"] else look_up(key, table, tongue)


def look_up(key: str, table: dict[str, dict[str, str]], language: str) -> str | None:
    """Look a folded word up, whole and then as a stem with an ending, the longest stem first."""
    code = table["words"].get(key)
    for cut in range(min(_LONGEST, len(key)) + 1):
        if code:
            break
        start = len(key) - cut
        if key[start:] in ENDINGS[language]:
            code = table["stems"].get(key[:start])
    return code
