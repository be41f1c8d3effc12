"""The encoder's word on what is a name of a place, put together with that of the plain reader.

The encoder knows how languages speak of places, the plain reader what the gazetteer holds. A logistic regression over
both, fitted by ``routes/training/encoder/blend.py`` on reports that neither had learnt from, weighs them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from routes.encoder import heads
from routes.toponyms.lookup import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from routes.encoder.network import Encoding
    from routes.toponyms.spans import Span

    Array = NDArray[np.float64]

NAME_FEATURES = (
    "constant",
    "plain",
    "begins",
    "goes on",
    "weakest",
    "ends",
    "loose start",
    "loose end",
    "unknown",
    "inflected",
    "plain, unknown",
    "weakest, unknown",
    "agreed",
)
LITERAL_FEATURES = ("constant", "plain", "encoder")
_PROPOSED = -1.0  # log-odds from which a piece may begin a name that the plain reader does not see
_LEAST = 1e-9
_MOST = 8.0  # log-odds beyond which the encoder is not more certain, only louder


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder says of each piece, as log-odds: does it begin a name, go on with one, is the name literal."""

    encoding: Encoding
    begins: list[float]
    inside: list[float]
    literal: list[float]

    @classmethod
    def of(cls, encoding: Encoding) -> Opinion:
        """Ask the encoder."""
        likely = np.exp(heads.tags(encoding).astype(np.float64)) + _LEAST
        begins, inside = likely[:, 1:3].sum(axis=1), likely[:, 3:].sum(axis=1)
        literal, metonym = likely[:, 1::2].sum(axis=1), likely[:, 2::2].sum(axis=1)
        return cls(encoding, _log_odds(begins), _log_odds(inside), _log_odds(literal / (literal + metonym)))


def _log_odds(likely: Array) -> list[float]:
    odds: list[float] = np.clip(np.log(likely) - np.log(np.maximum(1 - likely, _LEAST)), -_MOST, _MOST).tolist()
    return odds


def proposals(opinion: Opinion) -> Iterator[tuple[int, int]]:
    """Give the stretches of text that the encoder takes for names, as offsets."""
    pieces = opinion.encoding.pieces
    for first, begins in enumerate(opinion.begins):
        if begins < _PROPOSED:
            continue
        end = first + 1
        while end < len(pieces) and opinion.inside[end] > 0:
            end += 1
        start, stop = int(pieces.starts[first]), int(pieces.ends[end - 1])
        if start < stop:
            yield start, stop


def name_rows(opinion: Opinion, spans: Sequence[Span], plain: Sequence[float]) -> Array:
    """Return a row of NAME_FEATURES for each candidate; `plain` is the plain reader's log-odds."""
    rows = [_name_row(opinion, span, score) for span, score in zip(spans, plain, strict=True)]
    return np.array(rows, np.float64).reshape(-1, len(NAME_FEATURES))


def _name_row(opinion: Opinion, span: Span, plain: float) -> tuple[float, ...]:
    pieces = opinion.encoding.pieces
    first, end = pieces.within(span.start, span.end)
    plain = max(-_MOST, min(_MOST, plain))
    unknown = float(span.found.form is Form.UNKNOWN)
    if first >= end:
        return (1.0, plain, *[0.0] * 6, unknown, 0.0, plain * unknown, 0.0, 0.0)
    begins, rest = opinion.begins[first], opinion.inside[first + 1 : end]
    weakest = min([begins, *rest])
    return (
        1.0,
        plain,
        begins,
        sum(rest) / len(rest) if rest else 0.0,
        weakest,
        -opinion.inside[end] if end < len(pieces) else _MOST,
        float(pieces.starts[first] != span.start),
        float(pieces.ends[end - 1] != span.end),
        unknown,
        float(span.found.form is Form.INFLECTED),
        plain * unknown,
        weakest * unknown,
        plain * weakest / _MOST if plain > 0 and weakest > 0 else 0.0,
    )


def literal_row(opinion: Opinion, span: Span, plain: float) -> tuple[float, ...]:
    """Return LITERAL_FEATURES of a name."""
    first, end = opinion.encoding.pieces.within(span.start, span.end)
    said = sum(opinion.literal[first:end]) / (end - first) if first < end else 0.0
    return 1.0, max(-_MOST, min(_MOST, plain)), said


@cache
def weights() -> tuple[Array, Array]:
    """Load the weights of NAME_FEATURES and of LITERAL_FEATURES."""
    stored = json.loads((files(__package__) / "blend.json").read_text(encoding="utf-8"))
    names = np.array([stored["names"][feature] for feature in NAME_FEATURES])
    return names, np.array([stored["literal"][feature] for feature in LITERAL_FEATURES])
