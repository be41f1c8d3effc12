"""Inflected forms under which a name of ours stands in running text; they become keys, never names.

Regular endings only, as school grammars give them; a form that no text holds does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

_GERMAN_ADJECTIVE = re.compile(r"(.*[a-zäöüß])(?:er|es|e|en|em)")

# Endings of nouns and adjectives, the longest first, with what takes their place: genitive, dative, accusative,
# instrumental, locative; a slash parts variants.
_RUSSIAN_NOUNS = (
    ("ия", ("ии", "ии", "ию", "ией", "ии")),
    ("ье", ("ья", "ью", "ье", "ьем", "ье")),
    ("ка", ("ки", "ке", "ку", "кой", "ке")),
    ("га", ("ги", "ге", "гу", "гой", "ге")),
    ("ша", ("ши", "ше", "шу", "шей", "ше")),
    ("а", ("ы", "е", "у", "ой", "е")),
    ("я", ("и", "е", "ю", "ей", "е")),
    ("е", ("я", "ю", "е", "ем", "е")),
    ("о", ("а", "у", "о", "ом", "е")),
    ("й", ("я", "ю", "й", "ем", "е")),
    ("ь", ("и/я", "и/ю", "ь", "ью/ем", "и/е")),
    ("ы", ("/ов", "ам", "ы", "ами", "ах")),
    ("и", ("/ов", "ам", "и", "ами", "ах")),
    ("", ("а", "у", "", "ом", "е/у")),
)
_RUSSIAN_ADJECTIVES = (
    ("ний", ("него", "нему", "ний", "ним", "нем")),
    ("нее", ("него", "нему", "нее", "ним", "нем")),
    ("няя", ("ней", "ней", "нюю", "ней", "ней")),
    ("ый", ("ого", "ому", "ый", "ым", "ом")),
    ("ий", ("ого", "ому", "ий", "им", "ом")),
    ("ое", ("ого", "ому", "ое", "ым/им", "ом")),
    ("ая", ("ой", "ой", "ую", "ой", "ой")),
    ("ые", ("ых", "ым", "ые", "ыми", "ых")),
    ("ие", ("их", "им", "ие", "ими", "их")),
)
_UKRAINIAN_NOUNS = (
    ("ія", ("ії", "ії", "ію", "ією", "ії")),
    ("ка", ("ки", "ці", "ку", "кою", "ці")),
    ("га", ("ги", "зі", "гу", "гою", "зі")),
    ("а", ("и", "і", "у", "ою", "і")),
    ("я", ("і/я", "і/ю", "ю/я", "ею/ям", "і")),
    ("е", ("я", "ю", "е", "ем", "і")),
    ("о", ("а", "у", "о", "ом", "і")),
    ("й", ("я/ю", "ю/єві", "й", "єм", "ї/ю")),
    ("ь", ("і/я", "і/ю", "ь", "ю/ем", "і")),
    ("и", ("/ів", "ам", "и", "ами", "ах")),
    ("", ("а/у", "у", "", "ом", "і/у")),
)
_UKRAINIAN_ADJECTIVES = (
    ("ній", ("нього", "ньому", "ній", "нім", "ньому")),
    ("нє", ("нього", "ньому", "нє", "нім", "ньому")),
    ("ня", ("ньої", "ній", "ню", "ньою", "ній")),
    ("ий", ("ого", "ому", "ий", "им", "ому")),
    ("е", ("ого", "ому", "е", "им", "ому")),
    ("а", ("ої", "ій", "у", "ою", "ій")),
    ("і", ("их", "им", "і", "ими", "их")),
)
_POLISH_NOUNS = (
    ("ja", ("ji", "ji", "ję", "ją", "ji")),
    ("ia", ("ii/i", "ii/i", "ię", "ią", "ii/i")),
    ("ska", ("ski", "sce", "skę", "ską", "sce")),
    ("ka", ("ki", "ce", "kę", "ką", "ce")),
    ("a", ("y", "ie/ze", "ę", "ą", "ie/ze")),
    ("e", ("a", "u", "e", "em", "u")),
    ("o", ("a", "u", "o", "em", "ie")),
    ("y", ("/ów", "om", "y", "ami", "ach")),
    ("k", ("ku", "kowi", "k", "kiem", "ku")),
    ("g", ("gu", "gowi", "g", "giem", "gu")),
    ("", ("u/a", "owi", "", "em", "ie/u")),
)
_POLISH_ADJECTIVES = (
    ("ki", ("kiego", "kiemu", "ki", "kim", "kim")),
    ("ny", ("nego", "nemu", "ny", "nym", "nym")),
    ("wy", ("wego", "wemu", "wy", "wym", "wym")),
    ("kie", ("kiego", "kiemu", "kie", "kim", "kim")),
    ("ne", ("nego", "nemu", "ne", "nym", "nym")),
    ("na", ("nej", "nej", "ną", "ną", "nej")),
    ("ka", ("kiej", "kiej", "ką", "ką", "kiej")),
    ("wa", ("wej", "wej", "wą", "wą", "wej")),
)
_Endings = tuple[tuple[str, tuple[str, ...]], ...]


def inflected(names: dict[str, list[str]]) -> set[str]:
    """Forms of all names of an entry, as far as there are rules for the language."""
    rules: dict[str, Callable[[str], set[str]]] = {
        "de": german,
        "ru": lambda name: slavic(name, _RUSSIAN_NOUNS, _RUSSIAN_ADJECTIVES),
        "uk": lambda name: slavic(name, _UKRAINIAN_NOUNS, _UKRAINIAN_ADJECTIVES),
        "pl": lambda name: slavic(name, _POLISH_NOUNS, _POLISH_ADJECTIVES),
    }
    return {
        form
        for language, rule in rules.items()
        for name in names.get(language, [])
        if not name.isupper() and len(name) > 3 and name[-1].isalpha()
        for form in rule(name)
    }


def german(name: str) -> set[str]:
    """Genitive -s, and the endings of adjectives before a noun: "Nahen Osten", "Schwarzen Meeres", "Kaps"."""
    *adjectives, noun = name.split(" ")
    endings = {"", "s"} if not noun.endswith(("s", "z", "x", "ß")) else {"", "es"}
    nouns = {noun + ending for ending in endings} | ({f"{noun}es"} if noun.endswith(("eer", "and")) else set())
    matches = [_GERMAN_ADJECTIVE.fullmatch(adjective) for adjective in adjectives]
    if not adjectives:
        return nouns
    if not all(matches) or not adjectives[0][0].isupper() or adjectives[0] in _GERMAN_ARTICLES_AND_NOUNS:
        return {f"{adjectives[0]}s {' '.join([*adjectives[1:], noun])}"} if adjectives[0][-1] not in "esz" else set()
    stems = [match.group(1) for match in matches if match]
    return {
        " ".join([*(stem + ending for stem in stems), form])
        for ending in ("e", "en", "em", "er", "es")
        for form in nouns
    }


_GERMAN_ARTICLES_AND_NOUNS = {"Straße", "Strasse", "Halbinsel", "Küste", "Meerenge"}


def slavic(name: str, nouns: _Endings, adjectives: _Endings) -> set[str]:
    """Five cases of a noun, with the adjectives before and after it (in Polish after: "Morza Czarnego")."""
    words = name.split(" ")
    leading = 0
    while leading < len(words) - 1 and not words[leading].endswith("ka") and _declined(words[leading], adjectives):
        leading += 1
    forms = [_declined(word, adjectives) for word in words[:leading]]
    forms.append(_declined(words[leading], nouns))
    forms += [_declined(word, adjectives) or [[word]] * 5 for word in words[leading + 1 :]]
    return {" ".join(chosen) for case in range(5) for chosen in product(*(word[case] for word in forms))}


def _declined(word: str, endings: _Endings) -> list[list[str]]:
    """The five cases of one word, each with its variants; empty where no ending fits."""
    for ending, cases in endings:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [[stem + variant for variant in case.split("/")] for case in cases]
    return []
