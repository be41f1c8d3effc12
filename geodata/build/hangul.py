"""Korean names in Latin letters: the Revised Romanisation and McCune-Reischauer without its diacritics.

Sounds that meet across syllables are written as they are spoken, as far as names of places need it (National Institute
of the Korean Language, proclamation 2000-8; McCune and Reischauer 1939).
"""

from __future__ import annotations

_FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_LAST = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_REVISED_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_MCCUNE_VOWELS = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()
_REVISED_FIRST = dict(zip(_FIRST, "g kk n d tt r m b pp s ss - j jj ch k t p h".split(), strict=True))
_MCCUNE_FIRST = dict(zip(_FIRST, "k kk n t tt r m p pp s ss - ch tch ch k t p h".split(), strict=True))
_MCCUNE_VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
# Consonant clusters and hard consonants at the end of a syllable sound as one of seven.
_PLAIN = dict(zip("ㄲㅋㄳㄺㄵㄶㅅㅆㅈㅊㅌㅎㄻㄼㄽㄾㅀㅍㅄㄿ", "ㄱㄱㄱㄱㄴㄴㄷㄷㄷㄷㄷㄷㅁㄹㄹㄹㄹㅂㅂㅂ", strict=True))
_LATIN_LAST = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_SONORANT = frozenset("ㄴㄹㅁㅇ")


def romanised(name: str) -> set[str]:
    """Write a Hangul name in both manners, small letters.

    Parameters
    ----------
    name : str
        Hangul syllables only; of others there is nothing.

    Returns
    -------
    set of str
        For 함흥 ``{"hamheung", "hamhung"}``.
    """
    if not name or not all("가" <= syllable <= "힣" for syllable in name):
        return set()
    return {_spelled(name, revised=True), _spelled(name, revised=False)}


def northern_and_southern(name: str) -> set[str]:
    """Spell a Hangul name as the other Korea does: 라진 and 나진, 룡천 and 용천."""
    first, vowel, last = _parts(name[0])
    iotated = vowel in {2, 3, 6, 7, 12, 17, 20}
    if first == "ㄹ":
        turned = ["ㅇ" if iotated else "ㄴ"]
    elif (first == "ㅇ" and iotated) or (first == "ㄴ" and not iotated):
        turned = ["ㄹ"]
    else:
        turned = []
    return {_syllable(other, vowel, last) + name[1:] for other in turned}


def _parts(syllable: str) -> tuple[str, int, str]:
    code = ord(syllable) - ord("가")
    return _FIRST[code // 588], code % 588 // 28, _LAST[code % 28]


def _syllable(first: str, vowel: int, last: str) -> str:
    return chr(ord("가") + _FIRST.index(first) * 588 + vowel * 28 + _LAST.index(last))


def _spelled(name: str, *, revised: bool) -> str:
    vowels = _REVISED_VOWELS if revised else _MCCUNE_VOWELS
    syllables = [_parts(syllable) for syllable in name]
    spelled = ""
    carried = ""  # the sound at the end of the syllable before
    for place, (first, vowel, last) in enumerate(syllables):
        following = syllables[place + 1][0] if place + 1 < len(syllables) else ""
        spelled += _opening(first, carried, at_start=place == 0, revised=revised) + vowels[vowel]
        carried = _PLAIN.get(last, last)
        if last and following == "ㅇ" and last != "ㅇ":  # the consonant opens the next syllable
            syllables[place + 1] = (last if last in _FIRST else carried, *syllables[place + 1][1:])
            carried = ""
            continue
        if following in {"ㄴ", "ㅁ", "ㄹ"} and carried in _NASAL:
            carried = _NASAL[carried]
        elif carried == "ㄴ" and following == "ㄹ":
            carried = "ㄹ"
        spelled += _LATIN_LAST[carried]
    return spelled


def _opening(first: str, carried: str, *, at_start: bool, revised: bool) -> str:
    if first == "ㅇ":
        return ""
    if first in {"ㄴ", "ㄹ"} and carried == "ㄹ":
        return "l"
    if first == "ㄹ" and carried in {"ㅁ", "ㅇ"}:
        return "n"
    if revised:
        return _REVISED_FIRST[first]
    voiced = not at_start and (not carried or carried in _SONORANT)
    return _MCCUNE_VOICED[first] if voiced and first in _MCCUNE_VOICED else _MCCUNE_FIRST[first]
