"""Inflected forms of names: made from a name, and undone again.

Regular endings only, as school grammars give them. A form that no text holds does no harm among the gazetteer's keys,
and a lemma that no place bears does none when looked up.
"""

from __future__ import annotations

import re
from itertools import islice, product

_GERMAN_ARTICLES_AND_NOUNS = {"Straße", "Strasse", "Halbinsel", "Küste", "Meerenge"}
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
    ("їв", ("єва", "єву", "їв", "євом", "єві")),
    ("ів", ("ова/єва/ева", "ову/єву", "ів", "овом/євом", "ові/єві/еві")),
    ("хід", ("ходу", "ходу", "хід", "ходом", "ході")),
    ("ець", ("ця", "цю", "ець", "цем", "ці")),
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
    ("ów", ("owa", "owowi", "ów", "owem", "owie")),
    ("ód", ("odu", "odowi", "ód", "odem", "odzie")),
    ("ń", ("nia", "niowi", "ń", "niem", "niu")),
    ("ść", ("ścia", "ściowi", "ść", "ściem", "ściu")),
    ("aw", ("awia", "awiowi", "aw", "awiem", "awiu")),
    ("st", ("stu", "stowi", "st", "stem", "ście/szcie")),
    ("ce", ("c", "com", "ce", "cami", "cach")),
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


_SLAVIC: dict[str, tuple[_Endings, _Endings]] = {
    "ru": (_RUSSIAN_NOUNS, _RUSSIAN_ADJECTIVES),
    "uk": (_UKRAINIAN_NOUNS, _UKRAINIAN_ADJECTIVES),
    "pl": (_POLISH_NOUNS, _POLISH_ADJECTIVES),
}
_SHORTEST = 4  # characters; shorter names collide with other words when they are bent
_MOST_LEMMAS = 200


def forms(name: str, language: str) -> set[str]:
    """Bend a name as running text in a language does.

    Parameters
    ----------
    name : str
        In its basic form.
    language : str
        ``de``, ``ru``, ``uk`` or ``pl``; of others there is none.

    Returns
    -------
    set of str
        The cases that differ in writing; may hold the name itself.
    """
    if len(name) < _SHORTEST or name.isupper() or not name[-1].isalpha():
        return set()
    if language == "de":
        return _german(name)
    return _slavic(name, *_SLAVIC[language]) if language in _SLAVIC else set()


def lemmas(name: str, language: str) -> list[str]:
    """Undo the endings of a name in running text.

    Parameters
    ----------
    name : str
        As it stands in the text.
    language : str
        As for `forms`.

    Returns
    -------
    list of str
        What its basic form may be, likelier first; most of them are no words.
    """
    if len(name) < _SHORTEST:
        return []
    if language == "de":
        return [name.removesuffix(ending) for ending in ("s", "es", "n", "en") if name.endswith(ending)]
    if language not in _SLAVIC:
        return []
    nouns, adjectives = _SLAVIC[language]
    *leading, last = name.split(" ")
    choices = [
        *([word, *_bases(word, adjectives), *_bases(word, nouns)] for word in leading),
        [last, *_bases(last, nouns)],
    ]
    if leading:
        choices[-1] += _bases(last, adjectives)
    found = (" ".join(words) for words in islice(product(*choices), _MOST_LEMMAS))
    return [lemma for lemma in dict.fromkeys(found) if lemma != name]


def _bases(word: str, endings: _Endings) -> list[str]:
    """List the basic forms that a case of one word may stand for, the longest case ending first."""
    found = [
        (len(variant), word.removesuffix(variant) + ending)
        for ending, cases in endings
        for case in cases
        for variant in case.split("/")
        if variant != ending and word.endswith(variant) and len(word) - len(variant) > 1
    ]
    return list(dict.fromkeys(base for _, base in sorted(found, key=lambda pair: -pair[0])))


def _german(name: str) -> set[str]:
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


def _slavic(name: str, nouns: _Endings, adjectives: _Endings) -> set[str]:
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
    """Decline one word through five cases, each with its variants; empty where no ending fits."""
    for ending, cases in endings:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [[stem + variant for variant in case.split("/")] for case in cases]
    return []
