"""Names in Cyrillic letters written in Latin ones, in the manner of the German, English, French and Polish press.

After Duden, BGN/PCGN without apostrophes, the French press and PWN. Made for gazetteer keys: diacritics, which folding
takes away, are left out, and where a press is of two minds both spellings are made.
"""

from __future__ import annotations

from itertools import islice, product

# Letter: German, English, French, Polish; a bar parts variants.
_RUSSIAN = {
    "а": "a a a a",
    "б": "b b b b",
    "в": "w v v w",
    "г": "g g g g",
    "д": "d d d d",
    "е": "e e e e",
    "ё": "jo|o yo|e io|e io|o",
    "ж": "sch zh j z",
    "з": "s z z z",
    "и": "i i i i",
    "й": "i|j y|i i j",
    "к": "k k k k",
    "л": "l l l l",
    "м": "m m m m",
    "н": "n n n n",
    "о": "o o o o",
    "п": "p p p p",
    "р": "r r r r",
    "с": "s s s s",
    "т": "t t t t",
    "у": "u u ou u",
    "ф": "f f f f",
    "х": "ch kh kh ch",
    "ц": "z ts ts c",
    "ч": "tsch ch tch cz",
    "ш": "sch sh ch sz",
    "щ": "schtsch shch chtch szcz",
    "ъ": "- - - -",
    "ы": "y y y y",
    "ь": "- - - -",
    "э": "e e e e",
    "ю": "ju yu iou|you ju",
    "я": "ja ya ia|ya ja",
}
_CHANGES: dict[str, dict[str, str]] = {
    "ru": {},
    "uk": {
        "г": "h h h h",
        "ґ": "g g g g",
        "и": "y y y y",
        "і": "i i i i",
        "ї": "ji|i yi|i i ji|i",
        "є": "je ye|ie ie je|ie",
        "й": "j y|i i j",
    },
    "be": {"г": "h h h h", "ў": "u|w u|w ou|w u|w", "і": "i i i i"},
    "bg": {"ъ": "a a|u a|u a|y", "щ": "scht sht cht szt", "х": "ch h|kh kh ch"},
    "mk": {"ѓ": "gj gj|g gj gj", "ѕ": "ds dz dz dz", "ј": "j j|y j j", "љ": "lj lj|ly lj lj", "њ": "nj nj|ny nj nj"}
    | {"ќ": "kj kj|k kj kj", "џ": "dsch dzh|dj dj dz", "х": "h h h h", "ц": "z ts|c ts c"},
    "kk": {"ә": "a a a a", "ғ": "g g|gh g g", "қ": "k k|q k k", "ң": "ng|n ng|n n n", "ө": "o o o o"}
    | {"ұ": "u u ou u", "ү": "u u ou u", "һ": "h h h h", "і": "i i i i"},
    "tg": {"ғ": "gh|g gh|g gh|g gh|g", "ӣ": "i i i i", "қ": "k|q q|k k|q k|q", "ӯ": "u u ou u", "ҳ": "h h h h"}
    | {"ҷ": "dsch j dj dz"},
    "uz": {"ў": "o o o o", "қ": "k|q q|k k|q k|q", "ғ": "gh|g gh|g gh|g gh|g", "ҳ": "h h h h"},
}
_CHANGES["sr"] = {"ђ": "dj dj|d dj dj", "ћ": "tsch|c ch|c tch|c c"} | _CHANGES["mk"]
_CHANGES["ky"] = _CHANGES["mn"] = _CHANGES["kk"]
MANNERS = ("de", "en", "fr", "pl")
_VOWELS = frozenset("аеёиоуыэюяіїєўәөұүӣӯ")
_SOFT = frozenset("ьъ")
_IOTATED = {"ru", "be", "kk", "ky", "mn", "tg", "uz"}  # where е is "ye" at the start of a syllable
_YE = ("je|e", "ye|e", "ie|e", "je")
_HARD_FOR_POLES = frozenset("жшщчцл")
_MOST = 8  # spellings in one manner


def alphabet(language: str) -> frozenset[str]:
    """Give the letters of a language, small, with what may stand between them."""
    missing = {"uk": "ёъыэ", "be": "ищъ", "bg": "ёыэ", "mk": "ёйщъыьэюя", "sr": "ёйщъыьэюя"}.get(language, "")
    return frozenset({*_RUSSIAN, *_CHANGES[language], *" -'’ʼ"}) - frozenset(missing)


def romanised(name: str, language: str, manner: str) -> list[str]:
    """Write a Cyrillic name in Latin letters.

    Parameters
    ----------
    name : str
        In the letters of `alphabet(language)`.
    language : str
        The name's own: ``ru``, ``uk``, ``be``, ``bg``, ``mk``, ``sr``, ``kk``, ``ky``, ``mn``, ``tg`` or ``uz``.
    manner : str
        The reader's: ``de``, ``en``, ``fr`` or ``pl``.

    Returns
    -------
    list of str
        Small letters without diacritics, the usual spelling first.
    """
    word = name.lower()
    column = MANNERS.index(manner)
    table = _RUSSIAN | _CHANGES[language]
    options = []
    for place, letter in enumerate(word):
        before = word[place - 1] if place else " "
        after = word[place + 1] if place + 1 < len(word) else " "
        if letter not in table:
            options.append([letter if letter in " -" else ""])
            continue
        ends = place + 2 >= len(word) or word[place + 2] in " -"
        if letter in "иы" and after == "й" and ends:  # Грозный, Хмельницький
            endings = table["й"].split(" ")[column].split("|")
            options.append(["y", "i", *(table[letter].split(" ")[column] + ending for ending in endings)])
            continue
        if letter == "й" and before in "иы" and after in " -":
            continue
        chosen = table[letter].split(" ")[column]
        if letter == "е" and language in _IOTATED and (before in _VOWELS or before in _SOFT or before in " -"):
            chosen = _YE[column]
        elif manner == "pl":
            chosen = _polish(letter, before, chosen, language)
        elif manner == "de" and letter == "с" and before in _VOWELS and after in _VOWELS:
            chosen = "ss|s"
        options.append(["" if variant == "-" else variant for variant in chosen.split("|")])
    return list(dict.fromkeys(islice(map("".join, product(*options)), _MOST)))


def _polish(letter: str, before: str, chosen: str, language: str) -> str:
    consonant = before.isalpha() and before not in _VOWELS and before not in _SOFT
    if letter == "е" and language == "ru" and consonant and before not in _HARD_FOR_POLES:
        return "ie|e"
    if letter in "яю" and consonant:
        vowel = chosen[-1]
        return vowel if before == "л" else f"i{vowel}"
    if letter == "и" and language == "ru" and before in "дтрсзжшц":
        return "y|i"
    return chosen


def ukrainian(name: str) -> str:
    """Write a Russian name as Ukrainian texts do: Красноярськ, Єкатеринбург, Владивосток."""
    word = name.replace("ск", "ськ").replace("цк", "цьк").replace("ъ", "'").replace("ё", "йо").replace("Ё", "Йо")
    letters = []
    for place, letter in enumerate(word):
        before = word[place - 1].lower() if place else " "
        small = letter.lower()
        turned = {"ы": "и", "э": "е"}.get(small, small)
        if small == "и" and before not in "дтзсцржшчщ" and word[place + 1 : place + 2] != "й":
            turned = "ї" if before in _VOWELS else "і"
        elif small == "е" and (before in _VOWELS or before in " -ь"):
            turned = "є"
        letters.append(turned.upper() if letter.isupper() else turned)
    return "".join(letters)
