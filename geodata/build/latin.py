"""Other spellings of names in Latin letters: Arabic articles, Persian joiners, foreign manners, pinyin.

Names go in folded (`geodata.names.fold`) and come out so.
"""

from __future__ import annotations

import re

ARAB = frozenset("AE BH DJ DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
PERSIAN = frozenset("AF IR PK TJ".split())
_ARTICLE = re.compile(r"(?:[ae](?:l|d|dh|n|r|s|sh|t|th|z|c?h)) (?=\S{3})")
_INNER = re.compile(r" (?:al|el|ul|ad|ed|an|en|ar|er|as|es|ash|esh|az|ez|at|et) ")
_JOINER = re.compile(r"(?<=\w{2}) (?:e|ye|i|yi) (?=\w{3})")
# English digraphs and what German, French and Polish write for them; the order counts, so each is read once.
_SOUNDS = re.compile("kh|sh|ch|zh|dh|th|gh|[jzvwyuq]")
_MANNERS = {
    "de": {"kh": "ch", "sh": "sch", "ch": "tsch", "zh": "sch", "j": "dsch", "z": "s", "v": "w", "y": "j", "q": "k"},
    "fr": {"sh": "ch", "ch": "tch", "zh": "j", "j": "dj", "w": "ou", "u": "ou", "q": "k"},
    "pl": {"kh": "ch", "sh": "sz", "ch": "cz", "zh": "z", "j": "dz", "v": "w", "y": "j", "q": "k"},
}
_PINYIN = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|[aeiouv])"
    r"(?![aeiouv])"
)


def articles(name: str) -> set[str]:
    """Spell an Arabic name with al, with el and without: "al hudaydah", "el hudaydah", "hudaydah"."""
    found = set()
    if match := _ARTICLE.match(name):
        stem = name[match.end() :]
        other = {"a": "e", "e": "a"}[name[0]] + name[1:]
        found |= {stem, f"al {stem}", f"el {stem}", other, other.replace(" ", "", 1), f"al{stem}", f"el{stem}"}
    if _INNER.search(name):
        found |= {_INNER.sub(f" {article} ", name) for article in ("al", "el")}
    return found - {name}


def joiners(name: str) -> set[str]:
    """Spell a Persian name with each ezafe and without: "bandar e abbas", "bandar i abbas", "bandar abbas"."""
    if not _JOINER.search(name):
        return set()
    return {_JOINER.sub(joiner, name) for joiner in (" ", " e ", " i ", " ye ")} - {name}


def manners(name: str) -> set[str]:
    """Write a name that was romanised in the English way as German, French and Polish texts do: "buschehr"."""
    if not name.isascii():
        return set()
    return {
        _SOUNDS.sub(lambda match, sounds=sounds: sounds.get(match[0], match[0]), name) for sounds in _MANNERS.values()
    } - {name}


def syllables(name: str) -> str | None:
    """Part joined pinyin into its syllables ("man zhou li"), None where it is not pinyin or one syllable."""
    parts = []
    start = 0
    while start < len(name):
        match = _PINYIN.match(name, start)
        if not match:
            return None
        parts.append(match[0])
        start = match.end()
    return " ".join(parts) if len(parts) > 1 else None
