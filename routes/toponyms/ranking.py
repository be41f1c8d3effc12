"""What speaks for each of the places that bear a name, given the other names of the report.

A name is read once for the whole report (one sense per discourse; Gale, Church and Yarowsky 1992). Each of its
candidates gets a row of features; what a feature weighs is learned (``routes/training/toponyms.py``).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geodata.gazetteer import Candidate, Feature, Place
from routes.toponyms.context import cued, home, is_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.toponyms.lookup import Found

Floats = NDArray[np.float64]

FEATURES = (
    "importance",
    "the most important",
    "in a country of the report's language",
    "in a country that many names share",
    "in a country that the report names",
    "near the other places",
    "near another place",
    "beside the name of its country or state",
    "as the words around call it",
    "otherwise than the words around call it",
    "a country",
    "an area or a water",
    "a state among its towns",
)
MOST_CANDIDATES = 12
_MOST_ANCHORS = 400
_ANCHORS_A_NAME = 3
_NEAR_KM = 300.0
_EARTH_KM = 6371.0088
_SHARPNESS = 10.0  # how much importance alone decides before the others are heard
_MOST_SPANS = 20
_OWNED = frozenset({Feature.COUNTRY, Feature.ADMIN})
_BROAD = frozenset({Feature.ADMIN, Feature.REGION, Feature.WATER, Feature.STRAIT, Feature.CANAL, Feature.ISLAND})


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the report: what the gazetteer has of it, and where it stands."""

    found: Found
    spans: tuple[tuple[int, int], ...]

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Those that are weighed."""
        return self.found.candidates[:MOST_CANDIDATES]


@dataclass(frozen=True, slots=True)
class _Anchors:
    """The likeliest candidates of all names, as columns: whose they are, how likely, where."""

    name: NDArray[np.int64]
    share: Floats
    vectors: Floats
    countries: NDArray[np.str_]
    admins: NDArray[np.str_]
    is_country: NDArray[np.bool_]
    is_town: NDArray[np.bool_]


def prior(name: Name) -> Floats:
    """How likely each candidate is by its importance alone; sums to 1."""
    return softmax(np.array([candidate.score for candidate in name.candidates]) * _SHARPNESS)


def softmax(values: Floats) -> Floats:
    """Turn scores into shares that sum to 1; empty for none."""
    if not values.size:
        return values
    powers: Floats = np.exp(values - values.max())
    shares: Floats = powers / powers.sum()
    return shares


def rows(names: Sequence[Name], text: str, language: str, beliefs: Sequence[Floats]) -> list[Floats]:
    """Give the features of every candidate of every name.

    Parameters
    ----------
    names : sequence of Name
        All names of a report.
    text : str
        The report's.
    language : str
        BCP 47 tag without region.
    beliefs : sequence of array
        For each name, how likely each of its candidates is by what is known so far; see `prior`.

    Returns
    -------
    list of array
        For each name an array of shape (candidates, ``len(FEATURES)``), values from 0 to 1.
    """
    anchors = _anchors(names, beliefs)
    containers = _containers(names, text)
    return [
        np.array(
            [
                [
                    *_alone(candidate, rank, language),
                    *_among(candidate.place, index, anchors),
                    *_worded(candidate.place, name, [names[other] for other in containers.get(index, ())], text),
                    *_kinds(candidate.place, index, anchors),
                ]
                for rank, candidate in enumerate(name.candidates)
            ]
        ).reshape(-1, len(FEATURES))
        for index, name in enumerate(names)
    ]


def _anchors(names: Sequence[Name], beliefs: Sequence[Floats]) -> _Anchors:
    likely = [
        (index, float(belief[rank]), name.candidates[rank].place)
        for index, (name, belief) in enumerate(zip(names, beliefs, strict=True))
        for rank in np.argsort(-belief, kind="stable")[:_ANCHORS_A_NAME].tolist()
    ][:_MOST_ANCHORS]
    places = [place for _, _, place in likely]
    return _Anchors(
        name=np.array([index for index, _, _ in likely], dtype=np.int64),
        share=np.array([share for _, share, _ in likely]),
        vectors=np.array([_vector(place) for place in places]).reshape(-1, 3),
        countries=np.array([place.country or "" for place in places], dtype=np.str_),
        admins=np.array([f"{place.country}-{place.admin}" for place in places], dtype=np.str_),
        is_country=np.array([place.feature is Feature.COUNTRY for place in places], dtype=np.bool_),
        is_town=np.array([place.feature is Feature.TOWN for place in places], dtype=np.bool_),
    )


def _vector(place: Place) -> tuple[float, float, float]:
    longitude, latitude = np.radians(place.position)
    return (
        float(np.cos(latitude) * np.cos(longitude)),
        float(np.cos(latitude) * np.sin(longitude)),
        float(np.sin(latitude)),
    )


def _alone(candidate: Candidate, rank: int, language: str) -> list[float]:
    return [candidate.score, float(rank == 0), float(candidate.place.country in home(language))]


def _among(place: Place, index: int, anchors: _Anchors) -> list[float]:
    """Set the place among the other names: share of its country, country named, nearness to all and to one."""
    others = anchors.share * (anchors.name != index)
    heard = others.sum()
    if not heard:
        return [0.0, 0.0, 0.0, 0.0]
    same = others * (anchors.countries == (place.country or "-"))
    named = (same * anchors.is_country).max() if place.feature is not Feature.COUNTRY else 0.0
    chords = np.clip(np.linalg.norm(anchors.vectors - np.array(_vector(place)), axis=1) / 2, 0, 1)
    near = others * np.exp(-2 * _EARTH_KM * np.arcsin(chords) / _NEAR_KM)
    return [float(same.sum() / heard), float(named), float(near.sum() / heard), float(near.max())]


def _worded(place: Place, name: Name, containers: Sequence[Name], text: str) -> list[float]:
    """Hear what the words around say: "X, Y" with Y its country or state, "port of X"."""
    within = any(_holds(other.place, place) for container in containers for other in container.candidates)
    called = frozenset[Feature]().union(*(cued(text, start, end) for start, end in name.spans[:_MOST_SPANS]))
    return [float(within), float(place.feature in called), float(bool(called) and place.feature in _OWNED)]


def _kinds(place: Place, index: int, anchors: _Anchors) -> list[float]:
    inside = 0.0
    if place.feature is Feature.ADMIN and anchors.name.size:
        own = (anchors.admins == f"{place.country}-{place.admin}") & anchors.is_town & (anchors.name != index)
        inside = float((anchors.share * own).max())
    return [float(place.feature is Feature.COUNTRY), float(place.feature in _BROAD), inside]


def _holds(area: Place, place: Place) -> bool:
    if area.feature not in _OWNED or area.id == place.id or area.country != place.country:
        return False
    return area.feature is Feature.COUNTRY or area.admin == place.admin


def _containers(names: Sequence[Name], text: str) -> dict[int, list[int]]:
    """Find for each name the names that stand beside it as its country or state may."""
    mentions = sorted((start, end, index) for index, name in enumerate(names) for start, end in name.spans)
    found: dict[int, list[int]] = {}
    for (_, end, index), (start, _, other) in itertools.pairwise(mentions):
        if index != other and is_beside(text, end, start):
            found.setdefault(index, []).append(other)
    return found
