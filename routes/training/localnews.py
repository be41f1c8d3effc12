"""Made-up reports of local news: the towns of one neighbourhood, its state or county, and a few names from far off.

The benchmark's training reports tell of the world's supply routes, in which a Paris is the French one. These teach the
model of `routes.toponyms.ranking` what it is to read a local paper. Places are drawn from the gazetteer, their names
stand among words that say nothing; no news was read for it.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from geodata.gazetteer import Feature
from routes.toponyms.context import home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geodata.gazetteer import Gazetteer, Place

# Countries with local papers in English, by how much of them there is, roughly; other languages have theirs at home.
_ENGLISH = {"US": 45, "GB": 14, "CA": 10, "AU": 8, "IN": 6, "IE": 4, "NZ": 4, "ZA": 3, "NG": 2, "KE": 1, "PH": 2}
_LANGUAGES = ("en", "en", "en", "en", "en", "de", "es", "fr", "it", "nl", "pl", "pt", "tr")
_WORDS = """
the council said on Monday that it would wait for a second report before the road could be opened again after storm
and flood while neighbours asked for help with repairs to roofs schools were shut until further notice a meeting is
planned for next week when costs will be known police spoke with two drivers nobody was hurt in the fire which began
""".split()
_ANYWHERE = ("mayor", "police", "court", "school")
_OFFICES = {
    "US": ("sheriff", "percent", "commissioners", "downtown", "township", "deputies", "Republican", "superintendent"),
    "GB": ("borough", "MP", "pounds", "magistrates", "constabulary", "NHS", "councillors"),
    "CA": ("RCMP", "kilometres", "centre", "councillors"),
    "AU": ("shire", "kilometres", "premier"),
    "IN": ("lakh", "crore", "panchayat"),
    "IE": ("gardaí", "TD", "councillor"),
}
_NEAR_KM = 120.0
_CITY = 300_000
_REACH_DEGREES = 2
_SEED = 11
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class _Urn:
    """Places to draw from, the bigger ones more often; `power` says how much more."""

    places: list[Place]
    sums: list[float]

    @classmethod
    def of(cls, places: list[Place], power: float) -> _Urn:
        return cls(places, list(accumulate(max(place.population, 100) ** power for place in places)))

    def draw(self, draw: random.Random) -> Place:
        return draw.choices(self.places, cum_weights=self.sums)[0]


@dataclass(frozen=True, slots=True)
class _Ground:
    """All places by where they are; the keys are countries, or countries and states."""

    middles: dict[str, _Urn]
    in_state: dict[tuple[str, str], _Urn]
    cells: dict[tuple[int, int], list[Place]]
    states: dict[tuple[str, str], Place]
    counties: dict[tuple[str, str], list[Place]]
    countries: _Urn
    cities: _Urn
    own_cities: dict[str, _Urn]


def local_news(gazetteer: Gazetteer, count: int) -> list[dict[str, Any]]:
    """Make so many reports up, the same every time.

    Returns
    -------
    list of dict
        Gold reports in the benchmark's form, without routes.
    """
    draw = random.Random(_SEED)  # noqa: S311  # no secret
    ground = _survey(gazetteer)
    return [_report(draw, ground, gazetteer, number) for number in range(count)]


def _survey(gazetteer: Iterable[Place]) -> _Ground:
    places = list(gazetteer)
    owned = [place for place in places if place.country]
    towns = [place for place in owned if place.feature is Feature.TOWN]
    regions = [place for place in owned if place.feature is Feature.ADMIN and place.admin]
    counties = [place for place in regions if not place.id.startswith("admin:")]
    cities = [town for town in towns if town.population > _CITY]
    return _Ground(
        middles={country: _Urn.of(several, 0.3) for country, several in _grouped(towns, _country).items()},
        in_state={state: _Urn.of(several, 0.7) for state, several in _grouped(towns, _state).items()},
        cells=_grouped(towns, _cell),
        states={_state(place): place for place in regions if place.id.startswith("admin:")},
        counties=_grouped(counties, _state),
        countries=_Urn.of([place for place in owned if place.feature is Feature.COUNTRY], 0.3),
        cities=_Urn.of(cities, 0.8),
        own_cities={country: _Urn.of(several, 0.8) for country, several in _grouped(cities, _country).items()},
    )


def _grouped(places: Iterable[Place], key: Callable[[Place], Key]) -> dict[Key, list[Place]]:
    groups: dict[Key, list[Place]] = {}
    for place in places:
        groups.setdefault(key(place), []).append(place)
    return groups


def _country(place: Place) -> str:
    return place.country or ""


def _state(place: Place) -> tuple[str, str]:
    return place.country or "", place.admin or ""


def _cell(place: Place) -> tuple[int, int]:
    return int(place.position.longitude // 1), int(place.position.latitude // 1)


def _report(draw: random.Random, ground: _Ground, gazetteer: Gazetteer, number: int) -> dict[str, Any]:
    language = draw.choice(_LANGUAGES)
    press = _ENGLISH if language == "en" else dict.fromkeys(sorted(home(language)), 1)
    country = draw.choices(list(press), list(press.values()))[0]
    middle = _with_namesakes(draw, ground.middles[country], gazetteer, language)
    distant = [ground.middles[country].draw(draw) for _ in range(draw.choice((0, 0, 1)))]
    places = [middle, *_around(draw, ground, middle), *distant, *_afar(draw, ground, middle, gazetteer)]
    known = [place for place in dict.fromkeys(places) if _is_known(place, gazetteer, language)]
    rest = known[1:]
    draw.shuffle(rest)
    told = [*known[:1], *rest, *(draw.choice(known) for _ in range(draw.randint(0, 3)) if known)]
    text, toponyms = "", []
    for place in told:
        if draw.random() < 0.9:
            text += " ".join(draw.choices(_WORDS, k=draw.randint(1, 25))) + " "
        if draw.random() < 0.3 and language == "en":
            text += draw.choice(_OFFICES.get(country, _ANYWHERE)) + " "
        text = _write(text, place, toponyms)
        own = ground.states.get(_state(place))
        if own and (place in distant or (place is middle and own in known and draw.random() < 0.5)):
            text = _write(f"{text}, ", own, toponyms)
        text += draw.choice((". ", ", ", " and ", " "))
    return {"id": f"local-{number}", "lang": language, "text": text, "toponyms": toponyms}


def _with_namesakes(draw: random.Random, urn: _Urn, gazetteer: Gazetteer, language: str) -> Place:
    """Draw a place, every other time one that shares its name with others, but no town for the name of a country."""
    drawn = [urn.draw(draw) for _ in range(draw.choice((1, 4)))]
    shared = [gazetteer.candidates(place.name, language) for place in drawn]
    counts = [
        len(several) if place.feature is Feature.COUNTRY or several[0].place.feature is not Feature.COUNTRY else 0
        for place, several in zip(drawn, shared, strict=True)
        if several
    ]
    return drawn[counts.index(max(counts))] if len(counts) == len(drawn) else drawn[0]


def _write(text: str, place: Place, toponyms: list[dict[str, Any]]) -> str:
    """Write a place's name after a text, and put it down as gold."""
    longitude, latitude = place.position
    start, radius = len(text), place.radius_km if place.area else 25.0
    gold = {"start": start, "end": start + len(place.name), "text": place.name, "name": place.name, "literal": True}
    toponyms.append({**gold, "lat": latitude, "lon": longitude, "radius_km": radius})
    return text + place.name


def _around(draw: random.Random, ground: _Ground, middle: Place) -> list[Place]:
    """Draw places of the neighbourhood: towns, one further off in the state, the county, the state."""
    column, row = _cell(middle)
    reach = range(-_REACH_DEGREES, _REACH_DEGREES + 1)
    cells = [place for x in reach for y in reach for place in ground.cells.get((column + x, row + y), ())]
    near = [place for place in cells if place.country == middle.country and place != middle]
    weights = [max(place.population, 100) ** 0.4 * 2.0 ** (-_apart_km(place, middle) / 30) for place in near]
    drawn = draw.choices(near, weights, k=draw.choice((0, 0, 1, 1, 2, 3, 5))) if near else []
    state = _state(middle)
    if draw.random() < 0.4:
        drawn.append(ground.in_state[state].draw(draw))
    if draw.random() < 0.3:
        counties = [county for county in ground.counties.get(state, ()) if _apart_km(county, middle) < _NEAR_KM]
        drawn += draw.sample(counties, min(len(counties), 1))
    if draw.random() < 0.45 and state in ground.states:
        drawn.append(ground.states[state])
    return drawn


def _apart_km(one: Place, other: Place) -> float:
    """Give the distance of two places that are not far apart, roughly."""
    east = (one.position.longitude - other.position.longitude) * math.cos(math.radians(one.position.latitude))
    return 111.2 * math.hypot(east, one.position.latitude - other.position.latitude)


def _afar(draw: random.Random, ground: _Ground, middle: Place, gazetteer: Gazetteer) -> list[Place]:
    """Draw places that everybody knows, more of them from the same country."""
    drawn: list[Place] = []
    for _ in range(draw.choice((0, 0, 1, 1, 2, 3, 5))):
        kind = draw.random()
        if kind < 0.35:
            drawn.append(_with_namesakes(draw, ground.countries, gazetteer, "en"))
        elif kind < 0.65:
            drawn.append(ground.own_cities.get(middle.country or "", ground.cities).draw(draw))
        elif kind < 0.85:
            drawn.append(ground.cities.draw(draw))
        else:
            states = [state for state in ground.states.values() if state.country == middle.country]
            drawn += draw.sample(states, min(len(states), 1))
    return drawn


def _is_known(place: Place, gazetteer: Gazetteer, language: str) -> bool:
    return any(place.id == candidate.place.id for candidate in gazetteer.candidates(place.name, language)[:40])
