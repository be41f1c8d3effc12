"""Inflected words back to the forms that a gazetteer holds.

A rule takes an ending off and puts another on. The rules overshoot on purpose: what they make counts only where the
gazetteer knows it, and how far an inflected form is to be believed is learned (``evidence``).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, product
from typing import TYPE_CHECKING

from geodata.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_CYRILLIC = """
ами:ы,и,а ями:и,я ах:ы,и,а ях:и,я,е ам:ы,и,а ям:и,я,е
ою:а ею:а,я ой:а,я ей:а,я,ь,и ом:,о,ь,е,ый,ий,ой ем:,ь,й,е,ий ём:ь,й,ый єм:й ью:ь
а:,о,ь я:ь,й,е у:,а,о,е ю:я,ь,й,е ы:,а и:ь,а,я,й,е е:а,я,,о,ь,й і:а,я,,ь,о ї:я,й
ии:ия,ий,ие ию:ия,ий,ие ией:ия ием:ий,ие иях:ии ией:ия ією:ія єю:я ию:ия
зі:га ці:ка,ця сі:ха
ка:ок ку:ок ке:ок ком:ок ца:ец,ець цу:ец,ець це:ец це:ець ла:ел ле:ел лу:ел
ова:ів ові:ів,ове ову:ів овом:ів ева:ів єва:їв єві:їв евом:ів ів:и,і ієва:иїв єву:їв єву:їв євом:їв
ої:а ій:а,я ами:и,а ями:і,я
ого:ый,ий,ой,ое,ее,е ому:ый,ий,ой,ое,ее,е,ым им:ий,ое,ый ым:ый,ое ую:ая юю:яя ых:ые,ие их:ие,і ую:а
:ы,и,а,і
"""
_CYRILLIC_ADJECTIVES = """
ого:ый,ий,ой,ое,ее,е его:ий,ее ому:ый,ий,ое,ее,е ему:ий,ее ым:ый,ое,ые им:ий,ое,ие,е ом:ый,ое,ий ем:ий,ее
ой:ая,а ей:яя,я ую:ая юю:яя ых:ые их:ие,і ими:ие ыми:ые ої:а ій:а,я у:а ю:я их:і а:ая
"""
_POLISH = """
owi: em:,o iem:,ie,e u:,o,e a:,o ia: y:a,e i:a,ia,,ie,e ą:a ę:a ę:e ie:,a,ia,o ię:ia ią:ia ii:ia io:ia
zie:d,da,dy cie:t,ta,to,ty rze:r,ra le:l,la,lo ce:ka,ca dze:ga sie:s,sa nie:n,na,no wie:w,wa,wo
ach:y,e,i,a iach:ie,i,ia ami:y,i,a,e om:y,i,a ów:y,i ego:y,i,e,ie emu:y,i,e em:e,y im:i,ie ym:y,e ej:a,ia
ru:er lu:el ku:ek la:el ka:ek wia:w dzi:dz,dź nia:n nią:nia ni:nia,n cia:c ci:c :y,i,a,e
"""
_POLISH_ADJECTIVES = "ego:y,i,e,ie iego:i,ie emu:y,i,e ym:y,e im:i,ie ej:a,ia ą:a ich:ie,i ych:e imi:ie ymi:e"
_GERMAN = "s: es: n:"
_GERMAN_ADJECTIVES = "en:er,e,es er:e es:er,e e:er,es em:er,es"

_Rules = tuple[tuple[str, tuple[str, ...]], ...]


def _rules(lines: str) -> _Rules:
    pairs = (rule.split(":") for rule in lines.split())
    return tuple((fold(ending), tuple(dict.fromkeys(map(fold, stems.split(","))))) for ending, stems in pairs)


_CYRILLIC_RULES = (_rules(_CYRILLIC), _rules(_CYRILLIC_ADJECTIVES))
_RULES: dict[str, tuple[_Rules, _Rules]] = {
    "ru": _CYRILLIC_RULES,
    "uk": _CYRILLIC_RULES,
    "pl": (_rules(_POLISH), _rules(_POLISH_ADJECTIVES)),
    "de": (_rules(_GERMAN), _rules(_GERMAN_ADJECTIVES)),
}
MOST_WORDS = 3
_SHORTEST_STEM = 2


def inflects(language: str) -> bool:
    """Tell whether names change their endings in a language, and we have rules for it."""
    return language in _RULES


@lru_cache(maxsize=20_000)
def base_forms(folded: str, language: str) -> tuple[str, ...]:
    """Forms that an inflected name may come from.

    Parameters
    ----------
    folded : str
        A name as it stands in a text, folded; up to three words.
    language : str
        BCP 47 tag of the text.

    Returns
    -------
    tuple of str
        Folded, without the name itself, without duplicates; empty for a language without rules.
    """
    words = folded.split(" ")
    if language not in _RULES or len(words) > MOST_WORDS:
        return ()
    nouns, adjectives = _RULES[language]
    last = [words[-1], *_apply(nouns, words[-1])]
    if len(words) > 1:
        last += _apply(adjectives, words[-1])
    before = [[word, *_apply(adjectives, word)] for word in words[:-1]]
    forms: Iterator[tuple[str, ...]] = product(*before, last)
    if len(words) > 1:  # a noun that the rest only locates: "Ростове-на-Дону", "мыса Доброй Надежды"
        forms = chain(forms, ((stem, *words[1:]) for stem in _apply(nouns, words[0])))
    return tuple(dict.fromkeys(form for form in map(" ".join, forms) if form != folded))


def _apply(rules: _Rules, word: str) -> list[str]:
    return [
        word[: len(word) - len(ending)] + put
        for ending, stems in rules
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM
        for put in stems
        if put != ending
    ]
