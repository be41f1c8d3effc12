"""Fit the linear reader of ``routes/claims`` on annotated reports and write its weights.

    python routes/training/claims.py TRAIN.jsonl ... -o routes/claims/weights.npz

The files hold one report a line with its toponyms (start, end, name, lat, lon, radius_km, literal) and routes (stops, evidence).
Needs scikit-learn (the extra ``build``). Two layers: what part a mention plays (five classes), fitted first and predicted out of
fold; then, over pairs of mentions, whether one is the next stop after the other and whether both are on one route in that order.
Both are logistic regressions over hashed words, so that reading them takes NumPy alone.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from geodata.gazetteer import Feature, Place
from geodata.position import Position
from routes.claims import features, linear
from routes.claims.clauses import Reading, read
from routes.model import Quote, Report, Resolution, Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

WATERS = ("Sea", "Ocean", "Strait", "Canal", "Gulf of", "Persian Gulf", "Bay of", "Cape of", "Channel", "Bosphorus", "Dardanelles", "Bab el-Mandeb", "Lake ")
TOWN_KM = 30
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A report as the product sees it, with what it ought to find in it."""

    reading: Reading
    parts: tuple[int, ...]  # for each mention, a number into linear.PARTS
    legs: frozenset[tuple[int, int]]  # mention pairs that are a leg
    entity_legs: frozenset[tuple[str, str]]
    entity_orders: frozenset[tuple[str, str]]


def case_of(record: dict[str, Any]) -> Case:
    """Read an annotated report."""
    report = Report(text=record["text"], id=record["id"], language=record["lang"], sha256="")
    reading = read(report, [resolution_of(record["text"], t) for t in record["toponyms"]])
    parts = [0] * len(reading.mentions)
    legs, entity_legs, orders = set(), set(), set()
    for route in record["routes"] or []:
        stops = [_mentions_of(reading, record["text"], route, stop) for stop in route["stops"]]
        for stop, found in zip(route["stops"], stops, strict=True):
            for index in found:
                if parts[index] in {0, linear.PARTS.index("via")}:
                    parts[index] = linear.PARTS.index(stop["role"])
        entities = [reading.mentions[found[0]].entity if found else "" for found in stops]
        for k in range(len(stops) - 1):
            if stops[k] and stops[k + 1] and entities[k] != entities[k + 1]:
                legs.add(min(((i, j) for i in stops[k] for j in stops[k + 1]), key=lambda pair: (abs(pair[0] - pair[1]), pair)))
                entity_legs.add((entities[k], entities[k + 1]))
        orders |= {(a, b) for k, a in enumerate(entities) for b in entities[k + 1 :] if a and b and a != b}
    return Case(reading, tuple(parts), frozenset(legs), frozenset(entity_legs), frozenset(orders))


def resolution_of(text: str, toponym: dict[str, Any]) -> Resolution:
    """Return an annotated toponym as if it had been resolved."""
    name, radius_km = toponym["name"], float(toponym["radius_km"])
    water = any(word in name for word in WATERS)
    feature = Feature.WATER if water else Feature.REGION if radius_km > TOWN_KM else Feature.TOWN
    place = Place(
        id=f"{name}:{toponym['lat']:.1f}:{toponym['lon']:.1f}", name=name, position=Position(toponym["lon"], toponym["lat"]),
        feature=feature, radius_km=radius_km if radius_km > TOWN_KM else 5.0, area=feature is Feature.REGION,
    )  # fmt: skip
    return Resolution(Toponym(Quote.of(text, toponym["start"], toponym["end"]), toponym["literal"]), place, 1.0)


def _mentions_of(reading: Reading, text: str, route: dict[str, Any], stop: dict[str, Any]) -> list[int]:
    """Return the mentions that a stop rests on: those of its name, within the evidence where there are any."""
    named = [m for m in reading.mentions if m.resolution.name == stop["name"]]
    if not named:
        named = [m for m in reading.mentions if _near(m.resolution.place, stop)]
    start = text.find(route.get("evidence") or "\0")
    end = start + len(route.get("evidence") or "")
    return [m.index for m in named if start <= m.start and m.end <= end] or [m.index for m in named]


def _near(place: Place | None, stop: dict[str, Any]) -> bool:
    return place is not None and abs(place.position.longitude - stop["lon"]) + abs(place.position.latitude - stop["lat"]) < 0.3


def rows(buckets: Sequence[Sequence[int]]) -> csr_matrix:
    """One row of ones for each list of bucket numbers."""
    starts = np.cumsum([0, *map(len, buckets)])
    columns = np.fromiter((b for row in buckets for b in row), dtype=np.int32, count=starts[-1])
    return csr_matrix((np.ones(starts[-1], dtype=np.float32), columns, starts), shape=(len(buckets), features.BUCKETS))


def fit_parts(buckets: csr_matrix, parts: np.ndarray) -> LogisticRegression:
    """What part a mention plays."""
    return LogisticRegression(C=0.05, max_iter=200, solver="lbfgs").fit(buckets, parts)
