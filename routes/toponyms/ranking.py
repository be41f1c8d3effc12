"""What speaks for each of the places that bear a name, given the other names of the report.

A name is read once for the whole report (one sense per discourse; Gale, Church and Yarowsky 1992). Each of its
candidates gets a row of features: some stand from the start (`told_alone`), others depend on how likely the candidates
of the other names are by now (`told_among`). What a feature weighs is learned (``routes/training/toponyms.py``).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geodata.gazetteer import Feature
from routes.toponyms.context import home
from routes.toponyms.hearing import hear

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer
    from routes.toponyms.field import Bools, Field, Floats, Ints

ALONE = (
    "importance",
    "importance, among lesser places",
    "the most important",
    "the name is one of several it has",
    "the name is bent",
    "the name is its town's",
    "in a country of the report's language",
    "a country",
    "an area or a water",
    "no town of its own",
    "beside the name of its country or state",
    "its country or state is named close by",
    "an adjective close by points to its country",
    "an adjective in the report points to its country",
    "the words of its state stand in the report",
    "the report tells of offices that its country has",
    "as the words around call it",
    "otherwise than the words around call it",
    "an area, and the words around call it none",
    "other names may lie near",
    "other names may lie in its state",
    "other names may lie in its country",
    "another name may lie near",
    "a county near it may be named",
)
AMONG = (
    "in a country that many names share",
    "in the country of the most names",
    "in a country that the report names",
    "in a state that many names share",
    "in the state of the most names",
    "in a state that the report names",
    "near the other places",
    "near another place",
    "close to another place",
    "near the first place of the report",
    "in the state of the first place",
    "a state among its towns",
)
FEATURES = (*ALONE, *AMONG)
SURENESS = (
    "constant",
    "odds among the candidates",
    "the only one of the name",
    "importance",
    "the name is one of several it has",
    "the name is bent",
    "near another place",
    "in a country that many names share",
)
MOST_ANCHORS = 400
_FILE = Path(__file__).with_name("ranking.json")
_EARTH_KM = 6371.0088
_NEAR_KM = 300.0
_CLOSE_KM = 60.0
_SHARPNESS = 10.0  # how much importance alone decides before the others are heard
_LEAST = 0.002  # so that the odds stay within six on either side
_DOUBT = 0.5  # a name's worth of others that share nothing
_OWNED = (Feature.COUNTRY, Feature.ADMIN)
_BROAD = (Feature.ADMIN, Feature.REGION, Feature.WATER, Feature.STRAIT, Feature.CANAL, Feature.ISLAND)
_THINGS = (Feature.PORT, Feature.STATION, Feature.AIRPORT, Feature.CROSSING, Feature.SITE, Feature.CAPE)


@lru_cache(maxsize=1)
def load() -> tuple[Floats, Floats]:
    """Read the trained weights.

    Returns
    -------
    rounds : array of shape (rounds, ``len(FEATURES)``)
    sureness : array of ``len(SURENESS)``
    """
    told = json.loads(_FILE.read_text(encoding="utf-8"))
    rounds = np.array([[weights[name] for name in FEATURES] for weights in told["rounds"]], dtype=float)
    return rounds, np.array([told["sureness"][name] for name in SURENESS], dtype=float)


def prior(field: Field) -> Floats:
    """How likely each candidate is by its importance alone; sums to 1 for each name."""
    return shares(field, field.scores * _SHARPNESS)


def shares(field: Field, values: Floats) -> Floats:
    """Turn scores into shares that sum to 1 for each name (softmax)."""
    if not values.size:
        return values
    powers: Floats = np.exp(values - field.best(values)[field.name])
    return powers / field.sums(powers)[field.name]


def told_alone(field: Field, text: str, language: str, gazetteer: Gazetteer) -> Floats:
    """Give the features of every candidate that stand from the start.

    Parameters
    ----------
    field : Field
        All candidates of a report.
    text : str
        The report's.
    language : str
        BCP 47 tag without region.
    gazetteer : Gazetteer
        Knows the names of states.

    Returns
    -------
    array of shape (candidates, ``len(ALONE)``)
        Values from 0 to 1.
    """
    tops = field.best(field.scores)
    lesser = 1 - (tops.sum() - tops) / max(len(tops) - 1, 1)
    heard = hear(field, text, language, gazetteer)
    area = field.of(*_OWNED, *_BROAD)
    columns = [
        field.scores,
        field.scores * lesser[field.name],
        field.scores >= tops[field.name],
        field.other_name,
        field.bent,
        field.of_town,
        np.isin(field.countries, field.codes(home(language))),
        field.of(Feature.COUNTRY),
        field.of(*_BROAD),
        field.of(*_THINGS),
        heard.beside,
        heard.close_by,
        heard.adjective_close,
        heard.adjective,
        heard.state_words,
        heard.offices,
        heard.called,
        heard.called_anything & field.of(*_OWNED),
        area & heard.called_town,
    ]
    told = np.column_stack([np.asarray(column, dtype=float) for column in columns])
    return np.hstack([told, _potential(field)])


def _potential(field: Field) -> Floats:
    """Tell how well the other names could fit, whatever is likely so far; a name of many places says less."""
    some = field.names_up_to(MOST_ANCHORS)
    if some < 2:
        return np.zeros((len(field.name), 5))
    weight = 1 / np.log2(1 + field.counts[:some])
    return np.concatenate([_could(field, rows, weight) for rows in field.pieces()])


def _could(field: Field, rows: slice, weight: Floats) -> Floats:
    starts = field.starts[: len(weight)]
    at = np.flatnonzero(field.name < len(weight))
    other = np.arange(len(weight)) != field.name[rows, None]
    near = np.exp(-_apart(field, rows, at) / _CLOSE_KM)
    by_name = np.maximum.reduceat(near, starts, axis=1) * other
    county = field.of(Feature.ADMIN)[at] & (field.name[at] != field.name[rows, None])
    told = weight * other
    most = told.sum(axis=1) + _DOUBT
    same = [
        np.maximum.reduceat(_same(codes, rows, at), starts, axis=1) * told for codes in (field.states, field.countries)
    ]
    return np.column_stack(
        [
            (by_name * weight).sum(axis=1) / most,
            *(one.sum(axis=1) / most for one in same),
            _most(by_name),
            _most(near * county),
        ]
    )


def told_among(field: Field, belief: Floats) -> Floats:
    """Give the features of every candidate that rest on what the other names are likely to mean.

    Parameters
    ----------
    field : Field
    belief : array
        How likely each candidate is by what is known so far.

    Returns
    -------
    array of shape (candidates, ``len(AMONG)``)
        Values from 0 to 1.
    """
    at = np.flatnonzero(field.rank(belief) < 3)[:MOST_ANCHORS]
    told = np.concatenate([_among(field, rows, at, belief[at]) for rows in field.pieces()])
    for column in _MASSES:
        told[:, column] /= told[:, column].max(initial=0.0) + _DOUBT
    return told


_MASSES = [AMONG.index(name) for name in ("in the country of the most names", "in the state of the most names")]


def _among(field: Field, rows: slice, at: Ints, belief: Floats) -> Floats:
    weight = belief * (field.name[at] != field.name[rows, None])
    heard = weight.sum(axis=1) + _DOUBT
    country = _same(field.countries, rows, at) * weight
    state = _same(field.states, rows, at) * weight
    apart = _apart(field, rows, at)
    near = np.exp(-apart / _NEAR_KM) * weight
    is_country, is_admin, is_town = map(field.of, (Feature.COUNTRY, Feature.ADMIN, Feature.TOWN))
    first = field.name[at] == 0
    in_country, in_state = country.sum(axis=1), state.sum(axis=1)
    columns = [
        in_country / heard,
        in_country,
        _most(country * is_country[at]) * ~is_country[rows],
        in_state / heard,
        in_state,
        _most(state * is_admin[at]) * ~is_admin[rows],
        near.sum(axis=1) / heard,
        _most(near),
        _most(np.exp(-apart / _CLOSE_KM) * weight),
        (near * first).sum(axis=1),
        (state * first).sum(axis=1),
        _most(state * is_town[at]) * is_admin[rows],
    ]
    return np.column_stack(columns)


def told_of_first(field: Field, features: Floats, belief: Floats) -> Floats:
    """Give what tells how likely the first candidate of each name is right at all, ``SURENESS`` by name.

    It may be wrong though no other is likelier: where the gazetteer lacks the place that is meant.
    """
    first = np.flatnonzero(field.rank(belief) == 0)
    share = belief[first]
    odds = np.log((share + _LEAST) / (1 - share + _LEAST))
    told = [features[first, FEATURES.index(name)] for name in SURENESS[3:]]
    columns: Floats = np.column_stack([np.ones(len(first)), odds, field.counts == 1, *told])
    return columns


def _most(values: Floats) -> Floats:
    most: Floats = values.max(axis=1, initial=0.0)
    return most


def _same(codes: Ints, rows: slice, at: Ints) -> Bools:
    """Tell which rows share a code with those at the given numbers (columns); code 0 is none."""
    same: Bools = (codes[rows, None] == codes[at]) & (codes[at] != 0)
    return same


def _apart(field: Field, rows: slice, at: Ints) -> Floats:
    """Give the distances of rows from those at the given numbers (columns), in km."""
    cosines = np.clip(field.vectors[rows] @ field.vectors[at].T, -1, 1)
    apart: Floats = _EARTH_KM * np.arccos(cosines)
    return apart
