"""Inflected names back to the forms that the gazetteer holds, by `geodata.inflection`.

What is given counts only where the gazetteer knows it, and how far an inflected form is to be believed is learned
(``evidence``).
"""

from __future__ import annotations

from functools import lru_cache

from geodata.inflection import DECLINED, lemmas
from geodata.names import fold

MOST_WORDS = 3


def inflects(language: str) -> bool:
    """Tell whether names change within the word in a language; particles and suffixes are for ``spans``."""
    return language in DECLINED


@lru_cache(maxsize=20_000)
def base_forms(written: str, language: str) -> tuple[str, ...]:
    """Forms that an inflected name may come from.

    Parameters
    ----------
    written : str
        A name as it stands in a text; up to three words.
    language : str
        ISO 639-1.

    Returns
    -------
    tuple of str
        Folded, without the name itself, without duplicates; empty for a language whose names do not change.
    """
    folded = fold(written)
    if not inflects(language) or len(folded.split(" ")) > MOST_WORDS:
        return ()
    name = written.title() if written.isupper() else written  # endings are undone in small letters
    forms = dict.fromkeys(map(fold, lemmas(name, language)))
    # A word that is taken for an ending whole is none: "Hamburg es".
    return tuple(form for form in forms if form != folded and form.count(" ") == folded.count(" "))
