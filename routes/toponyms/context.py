"""What the words around a name tell of which place it is."""

from __future__ import annotations

import re
from functools import lru_cache

from geodata.demonyms import country_of
from geodata.gazetteer import Feature

_REACH = 24
_BESIDE = re.compile(
    r"\s*[,(（،、]\s*"
    r"|的|の|의\s*"
    r"|\s+(?:in|im|en|au|aux|em|na|no|nel|w|we|в|во|у|dans|an|am|di|del|della|de|da|do|of|فی|في|در)\s+"
    r"(?:the|der|dem|den|la|le|el|il|l['’])?\s*",
)
_WORD = re.compile(r"\w+")
_CAPITALS = re.compile(r"(?=\b([^\W\d_a-z]\w+[ \u00a0-][^\W\d_a-z]\w+))")
_CUES = {
    Feature.PORT: r"port\w*|hafen\w*|seehafen|harbou?rs?|puertos?|porto|haven|порт\w*|liman\w*|terminal\w*|терминал\w*"
    r"|ميناء|بندر",
    Feature.STATION: r"station|bahnhof|grenzbahnhof|gare|estación|stazione|станци\w+|ایستگاه|محطة",
    Feature.AIRPORT: r"airport|airfield|air ?base|flughafen|flugplatz|aéroport|aeropuerto|aeroporto|аэропорт\w*"
    r"|аеропорт\w*|lotnisk\w*|مطار|فرودگاه",
    Feature.RIVER: r"river|fluss|río|rio|fleuve|fiume|рек\w+|річ\w+|rzek\w+|نهر|رود",
    Feature.WATER: r"sea|gulf|meer|golf|mer|mar|golfe|golfo|мор\w+|залив\w*|deniz\w*|بحر|خليج|دریا\w*",
    Feature.ISLAND: r"islands?|isle|inseln?|îles?|islas?|isol[ae]|ilhas?|wysp\w+|остров\w*|острів|остров\w*|adası"
    r"|جزيرة|جزیره",
    Feature.ADMIN: r"provinces?|state|provinz\w*|bundesland|département|região|región|regione|provinci\w*|wojewód\w+"
    r"|област\w+|провинци\w+|провінці\w+|штат\w*|محافظة|ولاية|استان",
    Feature.TOWN: r"city|town|village|stadt|dorf|kleinstadt|hafenstadt|hauptstadt|ville|village|ciudad|città|cidade"
    r"|vila|stad|miast\w+|город\w*|міст\w+|посёлок|посёлк\w+|деревн\w+|село|кент\w*|مدينة|شهر|قرية",
}
_PATTERNS = {feature: re.compile(words, re.IGNORECASE) for feature, words in _CUES.items()}
_ENDS = {
    Feature.PORT: ("港", "항"),
    Feature.STATION: ("駅", "역", "站"),
    Feature.AIRPORT: ("空港", "공항", "机场", "空軍基地"),
    Feature.RIVER: ("河", "江", "강", "川"),
    Feature.WATER: ("海", "해", "湾", "만"),
    Feature.ISLAND: ("島", "岛", "섬"),
    Feature.ADMIN: ("省", "州", "県", "주"),
    Feature.TOWN: ("市", "시", "镇", "村"),
}
_SHORT = 4
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
# Words of offices, institutions and measures that give an English report away: it may be of many countries.
_OFFICE = {
    "US": "sheriff sheriffs trooper troopers township interstate percent freshman sophomore republican republicans"
    " democrat democrats downtown deputies councilman councilwoman commissioners superintendent kindergarten dollars"
    " elementary statewide caucus",
    "GB": "councillor councillors borough constabulary magistrates nhs mp mps labour tory tories pounds lib dem",
    "CA": "rcmp mpp ndp kilometres liberals premier councillors centre",
    "AU": "shire nsw labor premier kilometres aussie",
    "IE": "gardaí garda taoiseach td dáil councillor",
    "IN": "crore lakh panchayat rs tehsil bjp sarpanch",
    "NZ": "iwi kiwi māori maori",
    "ZA": "anc saps rand eskom",
    "NG": "naira lga governorship",
}
_OFFICES = {country: frozenset(words.split()) for country, words in _OFFICE.items()}
_HOMES = {language: frozenset(countries.split()) for language, countries in _HOME.items()}


def is_beside(text: str, end: int, start: int) -> bool:
    """Tell whether the name that begins at `start` says where the one that ends at `end` lies: "X, Y", "X in Y"."""
    return 0 <= start - end <= _REACH and _BESIDE.fullmatch(text, end, start) is not None


def cued(text: str, start: int, end: int) -> frozenset[Feature]:
    """Give the kinds of place that the words right before or after a name call it."""
    before = _WORD.findall(text, max(0, start - _REACH), start)
    after = _WORD.match(text, end + text.startswith((" ", "-"), end), end + _REACH)
    words = [*before[-1:], " ".join(before[-2:]), after.group() if after else ""]
    if before and len(before[-1]) <= _SHORT:  # "port of", "gare de"
        words += [*before[-2:-1], " ".join(before[-3:-1])]
    called = frozenset[Feature]().union(*map(_called, words))
    ends = [feature for feature, marks in _ENDS.items() if text.startswith(marks, end)] if after else []
    return called.union(ends) if ends else called


@lru_cache(maxsize=16_384)
def _called(word: str) -> frozenset[Feature]:
    return frozenset(feature for feature, pattern in _PATTERNS.items() if pattern.fullmatch(word))


def adjectives(text: str, language: str) -> list[tuple[int, str]]:
    """Find the adjectives and demonyms of a text: where each begins, and the country that it points to."""
    pairs = {pair: country for pair in set(_CAPITALS.findall(text)) if (country := _country_of(pair, language))}
    words = {word: country for word in set(_WORD.findall(text)) if (country := _country_of(word, language))}
    found = [(at, country) for word, country in words.items() for at in _places_of(word, text)]
    found += [(at, country) for pair, country in pairs.items() for at in _places_of(pair, text)]
    return sorted(found)


def _places_of(words: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(rf"\b{re.escape(words)}\b", text)]


_country_of = lru_cache(maxsize=65_536)(country_of)


def offices(text: str, language: str) -> list[str]:
    """Give the countries whose offices, institutions and measures an English report tells of most, if it does."""
    if language != "en":
        return []
    words = set(_WORD.findall(text.lower()))
    counts = {country: len(words & own) for country, own in _OFFICES.items()}
    most = max(counts.values())
    return [country for country, count in counts.items() if count == most] if most > 1 else []


def home(language: str) -> frozenset[str]:
    """Give the countries whose smaller towns a report in this language is likely to name."""
    return _HOMES.get(language, frozenset())
