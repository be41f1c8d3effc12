"""Chinese names as Japanese and Korean texts write them: characters as Japan prints them, sounds in Hangul.

Japan's are the joyo forms of characters that occur in names of places (Cabinet notice 2 of 2010); Hangul follows the
National Institute of the Korean Language's table for Mandarin (ordinance 85-11).
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_JAPANESE = str.maketrans(
    "廣縣豐澤濱關龍黑齊臺寶鹽濟榮樂灣國圖應莊會雙懷壽德鐵嶽峽邊肅綠淺將萬餘靜溫晉巖狹區惠溪佛鄉來滿橫潛榆內吳歷"
    "燈爐獨獻禮絲經隨靈麥黃增巢步祿緣藝藥讓賴學團圓號對專從戰據擇斷櫻淨瀧當發盡縱總聲舊號處變賣輕辭遲鄰釀陷險隱雜"
    "顯驗齡龜彌涉穩樓脫亞條氣單屬彈檢續轉醫錢陰兒與",
    "広県豊沢浜関竜黒斉台宝塩済栄楽湾国図応荘会双懐寿徳鉄岳峡辺粛緑浅将万余静温晋巌狭区恵渓仏郷来満横潜楡内呉歴"
    "灯炉独献礼糸経随霊麦黄増巣歩禄縁芸薬譲頼学団円号対専従戦拠択断桜浄滝当発尽縦総声旧号処変売軽辞遅隣醸陥険隠雑"
    "顕験齢亀弥渉穏楼脱亜条気単属弾検続転医銭陰児与",
)
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([aeiouv]+(?:ng|n|r)?)")
_FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_INITIALS = dict(
    zip(
        [*"b p m f d t n l g k h j q x zh ch sh r z c s y w".split(), ""],
        "ㅂㅍㅁㅍㄷㅌㄴㄹㄱㅋㅎㅈㅊㅅㅈㅊㅅㄹㅉㅊㅆㅇㅇㅇ",
        strict=True,
    )
)
_HISSING = {"zhi": "즈", "chi": "츠", "shi": "스", "ri": "르", "zi": "쯔", "ci": "츠", "si": "쓰"}
# Finals as a vowel, or two, and what closes the syllable; after j, q, x, y the letter u is the rounded vowel.
_FINALS = {
    "a": "ㅏ", "o": "ㅗ", "e": "ㅓ", "i": "ㅣ", "u": "ㅜ", "v": "ㅟ", "ai": "ㅏㅣ", "ei": "ㅔㅣ", "ao": "ㅏㅗ",
    "ou": "ㅓㅜ", "an": "ㅏn", "en": "ㅓn", "ang": "ㅏg", "eng": "ㅓg", "er": "ㅓr", "ia": "ㅑ", "ie": "ㅖ",
    "iao": "ㅑㅗ", "iu": "ㅠ", "ian": "ㅖn", "in": "ㅣn", "iang": "ㅑg", "ing": "ㅣg", "ua": "ㅘ", "uo": "ㅝ",
    "uai": "ㅘㅣ", "ui": "ㅜㅣ", "uan": "ㅘn", "un": "ㅜn", "uang": "ㅘg", "ong": "ㅜg", "ve": "ㅞ", "ue": "ㅞ",
    "van": "ㅟㅏn", "vn": "ㅟn", "iong": "ㅠg",
}  # fmt: skip
_WHOLE = {
    "yi": "이", "yin": "인", "ying": "잉", "ya": "야", "ye": "예", "yao": "야오", "you": "유", "yan": "옌",
    "yang": "양", "yu": "위", "yue": "웨", "yuan": "위안", "yun": "윈", "yong": "융", "wu": "우", "wa": "와",
    "wo": "워", "wai": "와이", "wei": "웨이", "wan": "완", "wen": "원", "wang": "왕", "weng": "웡",
}  # fmt: skip
_PLAINED = str.maketrans("ㅑㅖㅛㅠ", "ㅏㅔㅗㅜ")  # after ㅈ and ㅊ Korean writes no glide
_CLOSING = {"n": 4, "g": 21, "r": 8}


@cache
def _converter(how: str) -> OpenCC:
    return OpenCC(how)


def traditional(name: str) -> str:
    """Write a name in simplified characters as Taiwan and Hong Kong print it."""
    return _converter("s2t").convert(name)


def japanese(name: str) -> str:
    """Write a name in simplified characters as Japan prints it: 广东 as 広東."""
    return traditional(name).translate(_JAPANESE)


def hangul(syllables: list[str]) -> str | None:
    """Write pinyin without tones in Hangul, None where a syllable is none.

    Parameters
    ----------
    syllables : list of str
        As ``["man", "zhou", "li"]``.

    Returns
    -------
    str or None
        As ``"만저우리"``.
    """
    spelled = [_spelled(syllable) for syllable in syllables]
    return "".join(filter(None, spelled)) if spelled and all(spelled) else None


def _spelled(syllable: str) -> str | None:
    if syllable in _HISSING or syllable in _WHOLE:
        return _HISSING.get(syllable) or _WHOLE[syllable]
    match = _SYLLABLE.fullmatch(syllable)
    if not match:
        return None
    initial, final = match.groups()
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = f"v{final[1:]}"
    sounds = _FINALS.get(final)
    if not sounds or initial in {"y", "w"}:
        return None
    closing = _CLOSING.get(sounds[-1], 0)
    vowels = sounds.rstrip("ngr")
    first = _INITIALS[initial]
    if first in "ㅈㅊㅉ":
        vowels = vowels.translate(_PLAINED)
    opening = _block(first, vowels[0], closing if len(vowels) == 1 else 0)
    return opening + (_block("ㅇ", vowels[1], closing) if len(vowels) > 1 else "")


def _block(first: str, vowel: str, closing: int) -> str:
    return chr(ord("가") + (_FIRST.index(first) * 21 + _VOWELS.index(vowel)) * 28 + closing)
