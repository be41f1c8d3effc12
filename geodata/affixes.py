"""What running text writes on to a name: Korean particles, Turkish suffixes, Arabic proclitics, Persian ezafe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ZWNJ = "\u200c"
_SYLLABLES = re.compile("[가-힣]")
# Particles after a final consonant and after a vowel; and words that follow a name without a space: from, bound for,
# made in; port, airport, station, city.
_KOREAN_PAIRS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"))
_KOREAN_AFTER_ANY = ("에", "에서", "의", "도", "까지", "부터", "만", "발", "행", "산", "항")
_KOREAN = re.compile(
    r"(.{2,}?)(?:공항|항|역|시)?(?:발|행|산)?"
    r"(?:에서부터|으로부터|로부터|에서|에게|까지|부터|으로|로|에|만|과|와|보다|처럼)?(?:의|은|는|이|가|을|를|도)?"
)
_TURKISH_VOWELS = {  # the last vowel of a name: the wide and the narrow vowel of its suffixes
    "a": ("a", "ı"),
    "ı": ("a", "ı"),
    "e": ("e", "i"),
    "i": ("e", "i"),
    "o": ("a", "u"),
    "u": ("a", "u"),
    "ö": ("e", "ü"),
    "ü": ("e", "ü"),
}
_TURKISH_HARD = "fstkçşhp"
_TURKISH = re.compile(
    r"(?:(?:n?[dt][ae](?:n|ki(?:ler)?)?)|(?:[yn]?[ae])|(?:[yn]?[ıiuü])|(?:n?[ıiuü]n)|(?:y?l[ae])|(?:l[ıiuü])"
    r"|(?:[dt][ıiuü]r)|(?:[cç][ae]))"
)
_ARABIC_PREFIXES = "وفبلك"
_PERSIAN_ENDINGS = (f"{_ZWNJ}ی", f"{_ZWNJ}ای", f"{_ZWNJ}های", f"{_ZWNJ}ها", "ی")
_SHORTEST_STEM = 3


def attached(name: str, language: str) -> Iterator[str]:
    """Write on to a name what a text in a language may; nothing for a language without rules."""
    return _ATTACHED[language](name) if language in _ATTACHED and name else iter(())


def detached(name: str, language: str) -> Iterator[str]:
    """Take off a name what a text in a language may have written on to it, likelier first, without doubles."""
    found = _DETACHED[language](name) if language in _DETACHED and name else iter(())
    return iter(dict.fromkeys(lemma for lemma in found if lemma and lemma != name))


def _korean_forms(name: str) -> Iterator[str]:
    if not _SYLLABLES.fullmatch(name[-1]):
        return
    final = (ord(name[-1]) - ord("가")) % 28  # 0: the syllable ends in a vowel; 8: in l, after which it is 로
    for closed, opened in _KOREAN_PAIRS:
        yield name + (opened if not final or (closed == "으로" and final == 8) else closed)
    for particle in _KOREAN_AFTER_ANY:
        yield name + particle


def _korean_lemmas(name: str) -> Iterator[str]:
    """Cut wherever the rest is particles, the shortest rest first."""
    if not _SYLLABLES.fullmatch(name[-1:]):
        return
    for cut in range(len(name) - 1, 1, -1):
        if _KOREAN.fullmatch("가가" + name[cut:]):
            yield name[:cut]


def _turkish_forms(name: str) -> Iterator[str]:
    lower = name.replace("İ", "i").replace("I", "ı").lower()
    vowel = next((letter for letter in reversed(lower) if letter in _TURKISH_VOWELS), "")
    if not vowel or not lower[-1].isalpha():
        return
    wide, narrow = _TURKISH_VOWELS[vowel]
    dental = "t" if lower[-1] in _TURKISH_HARD else "d"
    glide, nasal = ("y", "n") if lower[-1] in _TURKISH_VOWELS else ("", "")
    endings = (
        f"{dental}{wide}", f"{dental}{wide}n", f"{dental}{wide}ki", f"{glide}{wide}", f"{glide}{narrow}",
        f"{nasal}{narrow}n", f"{glide}l{wide}",
    )  # fmt: skip
    for ending in endings:
        yield f"{name}'{ending}"
        yield f"{name}{ending}"
    if lower[-1] in "ıiuü":  # a compound: "İstanbul Boğazı'ndan"
        for ending in (f"nd{wide}", f"nd{wide}n", f"n{wide}", f"n{narrow}"):
            yield f"{name}'{ending}"
            yield f"{name}{ending}"


def _turkish_lemmas(name: str) -> Iterator[str]:
    """Cut at an apostrophe, or before what looks like a suffix."""
    stem, mark, _ = name.replace("’", "'").rpartition("'")
    if mark:
        yield stem
        return
    lower = name.replace("İ", "i").replace("I", "ı").lower()
    for cut in range(len(name) - 1, _SHORTEST_STEM - 1, -1):
        if _TURKISH.fullmatch(lower[cut:]):
            yield name[:cut]


def _arabic_forms(name: str) -> Iterator[str]:
    for prefix in _ARABIC_PREFIXES:
        joined = f"لل{name[2:]}" if prefix == "ل" and name.startswith("ال") else prefix + name
        yield joined
        if prefix not in "وف":
            yield f"و{joined}"


def _arabic_lemmas(name: str) -> Iterator[str]:
    """Take off up to two of "and, so, in, to, like"; then try with and without the article."""
    bare = [name]
    for _ in range(2):
        bare += [word[1:] for word in bare if word[0] in _ARABIC_PREFIXES and len(word) > _SHORTEST_STEM]
    bare = list(dict.fromkeys(bare))
    for word in bare:
        yield word
        if word.startswith("لل"):
            yield f"ال{word[2:]}"
    for word in bare:
        if word.startswith(("ال", "لل")) and len(word) - 2 >= _SHORTEST_STEM:
            yield word[2:]
        elif len(word) >= _SHORTEST_STEM:
            yield f"ال{word}"


def _persian_forms(name: str) -> Iterator[str]:
    if not name[-1].isalpha():
        return
    yield f"{name}{_ZWNJ}ی"
    if name[-1] in "اویۀه":
        yield f"{name}ی"
    if name[-1] == "ه":
        yield f"{name}\u0654"
    yield name.replace(" ", _ZWNJ)
    yield f"{name}{_ZWNJ}های"


def _persian_lemmas(name: str) -> Iterator[str]:
    """Take off ezafe and plural, word by word, and write joiners as spaces or not at all."""
    words = name.split(" ")
    bare = " ".join(_persian_bare(word) for word in words)
    for spelling in (bare, name.replace("\u0654", "").replace("ۀ", "ه")):
        yield spelling
        yield spelling.replace(_ZWNJ, " ")
        yield spelling.replace(_ZWNJ, "")
        yield spelling.replace(" ", "")


def _persian_bare(word: str) -> str:
    word = word.replace("\u0654", "").replace("ۀ", "ه")
    for ending in _PERSIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


_ATTACHED: dict[str, Callable[[str], Iterator[str]]] = {
    "ar": _arabic_forms,
    "fa": _persian_forms,
    "ko": _korean_forms,
    "tr": _turkish_forms,
}
_DETACHED: dict[str, Callable[[str], Iterator[str]]] = {
    "ar": _arabic_lemmas,
    "fa": _persian_lemmas,
    "ko": _korean_lemmas,
    "tr": _turkish_lemmas,
}
