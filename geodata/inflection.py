"""Inflected forms of names: made from a name, and undone again.

Regular endings only, as school grammars give them. A form that no text holds does no harm among the gazetteer's keys,
and a lemma that no place bears does none when looked up.
"""

from __future__ import annotations

import re
from itertools import islice, product

from geodata.affixes import attached, detached
from geodata.declensions import ADJECTIVES, IRREGULAR, NOUNS, STEMS, Endings

DECLINED = frozenset({"de", *NOUNS})  # languages whose names change within the word

_GERMAN_ARTICLES_AND_NOUNS = {"Straße", "Strasse", "Halbinsel", "Küste", "Meerenge"}
_GERMAN_ADJECTIVE = re.compile(r"(.*[a-zäöüß])(?:er|es|e|en|em)")
_SHORTEST = 4  # characters; shorter names collide with other words when they are bent
_SHORTEST_BENT = 3
_MOST_LEMMAS = 300
_PARTS = re.compile(r"([ \-‐‑]+)")


def forms(name: str, language: str) -> set[str]:
    """Bend a name as running text in a language does.

    Parameters
    ----------
    name : str
        In its basic form.
    language : str
        ``de``, ``ru``, ``uk`` or ``pl`` for cases; ``ar``, ``fa``, ``ko`` or ``tr`` for what is written on to a name;
        of others there is none.

    Returns
    -------
    set of str
        The cases that differ in writing; may hold the name itself.
    """
    if language not in DECLINED:
        return set(attached(name, language))
    if len(name) < _SHORTEST or name.isupper() or not name[-1].isalpha():
        return set()
    if language == "de":
        return _german(name)
    return _slavic(name, NOUNS[language], ADJECTIVES[language])


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
    if language not in DECLINED:
        return list(detached(name, language))
    if len(name) < _SHORTEST_BENT:
        return []
    found = _german_lemmas(name) if language == "de" else _slavic_lemmas(name, language)
    return [lemma for lemma in dict.fromkeys(found) if lemma != name]


def _slavic_lemmas(name: str, language: str) -> list[str]:
    """Undo each word, those before the last as adjectives first: "Северного Кавказа", "Ростове-на-Дону"."""
    if name in IRREGULAR.get(language, {}):
        return [IRREGULAR[language][name]]
    parts = _PARTS.split(name)
    adjectives, nouns = ADJECTIVES[language], NOUNS[language]
    choices = [[part] for part in parts]
    for place in range(0, len(parts), 2):
        word = parts[place]
        of_noun = [*_bases(word, nouns), *_stems(word, language)]
        last = place == len(parts) - 1
        bases = [*of_noun, *_bases(word, adjectives)] if last else [*_bases(word, adjectives), *of_noun]
        choices[place] += dict.fromkeys(bases)
    return list(islice(map("".join, product(*choices)), _MOST_LEMMAS))


def _bases(word: str, endings: Endings) -> list[str]:
    """List the basic forms that a case of one word may stand for, the longest case ending first."""
    found = [
        (len(variant), word.removesuffix(variant) + ending)
        for ending, cases in endings
        for case in cases
        for variant in case.split("/")
        if variant != ending and word.endswith(variant) and len(word) - len(variant) > 1
    ]
    return list(dict.fromkeys(base for _, base in sorted(found, key=lambda pair: -pair[0])))


def _stems(word: str, language: str) -> list[str]:
    """List the basic forms whose stem itself changes."""
    return [
        word.removesuffix(bent) + base
        for bent, base in STEMS[language]
        if word.endswith(bent) and len(word) > len(bent)
    ]


def _german_lemmas(name: str) -> list[str]:
    """Undo the genitive, the endings of adjectives before the noun, and the genitive of a first noun."""
    *adjectives, noun = name.split(" ")
    nouns = [noun.removesuffix(ending) for ending in ("s", "es", "n", "en") if noun.endswith(ending)]
    if not adjectives:
        return nouns
    first, *rest = [*adjectives, noun]
    found = [" ".join([*adjectives, one]) for one in nouns]
    found += [" ".join([first.removesuffix("s"), *rest])] if first.endswith("s") else []
    matches = [_GERMAN_ADJECTIVE.fullmatch(adjective) for adjective in adjectives]
    if all(matches):
        stems = [match.group(1) for match in matches if match]
        found += [
            " ".join([*(stem + ending for stem in stems), one])
            for ending in ("er", "e", "es")
            for one in (noun, *nouns)
        ]
    return found


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


def _slavic(name: str, nouns: Endings, adjectives: Endings) -> set[str]:
    """Five cases of a noun, with the adjectives before and after it (in Polish after: "Morza Czarnego")."""
    words = name.split(" ")
    leading = 0
    while leading < len(words) - 1 and not words[leading].endswith("ka") and _declined(words[leading], adjectives):
        leading += 1
    forms = [_declined(word, adjectives) for word in words[:leading]]
    forms.append(_declined(words[leading], nouns))
    forms += [_declined(word, adjectives) or [[word]] * 5 for word in words[leading + 1 :]]
    return {" ".join(chosen) for case in range(5) for chosen in product(*(word[case] for word in forms))}


def _declined(word: str, endings: Endings) -> list[list[str]]:
    """Decline one word through five cases, each with its variants; empty where no ending fits."""
    for ending, cases in endings:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [[stem + variant for variant in case.split("/")] for case in cases]
    return []
