"""What the words around a name tell of which place it is."""

from __future__ import annotations

import re

from geodata.gazetteer import Feature

_REACH = 24
_BESIDE = re.compile(
    r"\s*[,(（،、]\s*"
    r"|的|の|의\s*"
    r"|\s+(?:in|im|en|au|aux|em|na|no|nel|w|we|в|во|у|dans|an|am|di|del|della|de|da|do|of|فی|في|در)\s+"
    r"(?:the|der|dem|den|la|le|el|il|l['’])?\s*",
)
_PORT = r"port\w*|hafen\w*|harbou?rs?|puertos?|porto|haven|порт\w*|liman\w*|terminal\w*|терминал\w*|ميناء|بندر"
_STATION = r"station|bahnhof|grenzbahnhof|gare|estación|stazione|станци\w+|ایستگاه|محطة"
_AIRPORT = (
    r"airport|airfield|air ?base|flughafen|flugplatz|aéroport|aeropuerto|aeroporto|аэропорт\w*|аеропорт\w*|lotnisk\w*"
    r"|مطار|فرودگاه"
)
_RIVER = r"river|fluss|río|rio|fleuve|fiume|рек\w+|річ\w+|rzek\w+|نهر|رود"
_SEA = r"sea|gulf|meer|golf|mer|mar|golfe|golfo|мор\w+|залив\w*|deniz\w*|بحر|خليج|دریا\w*"


def _cue(words: str, after: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\W+(?:\w{{1,4}}\W+)?\Z|\A[\s-]?(?:(?:{words})\b|{after})", re.IGNORECASE)


_CUES = {
    Feature.PORT: _cue(_PORT, r"港|항"),
    Feature.STATION: _cue(_STATION, r"駅|역|站"),
    Feature.AIRPORT: _cue(_AIRPORT, r"空港|공항|机场|空軍基地"),
    Feature.RIVER: _cue(_RIVER, r"河|江|강|川"),
    Feature.WATER: _cue(_SEA, r"海|해|湾|만"),
}
_HOME = {
    "de": "DE AT CH",
    "en": "US GB",
    "fr": "FR BE CH",
    "es": "ES MX AR CO PE CL VE",
    "it": "IT",
    "pt": "BR PT AO MZ",
    "nl": "NL BE",
    "pl": "PL",
    "ru": "RU",
    "uk": "UA",
    "ar": "EG SA IQ SY YE LY SD DZ MA TN JO LB AE",
    "fa": "IR AF",
    "tr": "TR",
    "zh": "CN TW",
    "ja": "JP",
    "ko": "KR KP",
}
_HOMES = {language: frozenset(countries.split()) for language, countries in _HOME.items()}


def is_beside(text: str, end: int, start: int) -> bool:
    """Tell whether the name that begins at `start` says where the one that ends at `end` lies: "X, Y", "X in Y"."""
    return 0 <= start - end <= _REACH and _BESIDE.fullmatch(text, end, start) is not None


def cued(text: str, start: int, end: int) -> frozenset[Feature]:
    """Give the kinds of place that the words right before or after a name call it."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return frozenset(
        feature
        for feature, cue in _CUES.items()
        if any(match is not None for match in (cue.search(before), cue.match(after)))
    )


def home(language: str) -> frozenset[str]:
    """Give the countries whose smaller towns a report in this language is likely to name."""
    return _HOMES.get(language, frozenset())
