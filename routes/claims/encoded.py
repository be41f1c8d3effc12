"""The encoder's word on which mention is the next stop after which, put together with that of the plain reader.

Logistic regressions over what both say, fitted by ``routes/training/encoder/claims.py`` on reports that neither had
learnt from; what comes out is a likelihood again, so that the decoder's bounds hold for it as they stand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from routes.claims import features, linear
from routes.claims.linear import Circumstances, Judgement
from routes.encoder import heads
from routes.encoder.network import Encoding, encode
from routes.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from routes.claims.attributes.pick import Outside
    from routes.claims.clauses import Reading

    Array = NDArray[np.float64]

PAIR_FEATURES = ("constant", "plain", "encoder", "not asked", "encoder, not asked")
PHRASES = {"cargo": "cargo", "attribution": "source"}  # and what the encoder calls them
REPORT_FEATURES = ("constant", "plain", "encoder")
_MOST = 6.0  # log-odds beyond which neither reader is more certain, only louder


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder says of a report: of phrases, mentions, and pairs of these within reach (by row of `scores`)."""

    phrases: Mapping[str, Outside]
    parts: Array
    pairs: dict[tuple[int, int], int]
    scores: Array

    @classmethod
    def of(cls, reading: Reading) -> Opinion:
        """Ask the encoder."""
        encoding = encode(reading.text)
        spans = piece_spans(encoding, [(m.start, m.end) for m in reading.mentions])
        asked = heads.within_reach([m.entity for m in reading.mentions])
        places = [m.resolution.place for m in reading.mentions]
        relations = np.array([heads.relation(places[i], places[j]) for i, j in asked.tolist()], np.int32)
        scores = heads.pairs(encoding, spans, asked, relations) if len(asked) else np.zeros((0, heads.ANSWERS))
        parts = heads.parts(encoding, spans) if spans else np.zeros((0, len(heads.PARTS)))
        rows = {(i, j): row for row, (i, j) in enumerate(asked.tolist())}
        return cls(phrases(encoding), parts.astype(float), rows, np.asarray(scores, float))

    def on(self, pair: tuple[int, int]) -> Array | None:
        """Return what is said of a pair, or None where it was out of reach."""
        row = self.pairs.get(pair)
        return None if row is None else np.asarray(self.scores[row])


def piece_spans(encoding: Encoding, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pieces of stretches of the text, one at least of each."""
    last = len(encoding.pieces) - 1
    found = []
    for start, end in spans:
        first, stop = encoding.pieces.within(start, end)
        first = min(first, last)
        found.append((first, max(stop, first + 1)))
    return found


def judge(plain: Judgement, opinion: Opinion) -> Judgement:
    """Join what the plain reader thinks of a report with what the encoder does."""
    if not len(plain.parts):
        return plain
    table = weights()
    legs, orders = (
        _likely(pair_rows(opinion, told, column) @ table[name])
        for name, told, column in (("leg", plain.leg, heads.LEG), ("order", plain.order, heads.ORDER))
    )
    return Judgement(
        report=float(_likely(report_row(plain, opinion) @ table["report"])),
        parts=((plain.parts + opinion.parts) / 2).astype(np.float32),
        leg=dict(zip(opinion.pairs, legs.tolist(), strict=True)),
        order=dict(zip(opinion.pairs, orders.tolist(), strict=True)),
    )


def pair_rows(opinion: Opinion, plain: Mapping[tuple[int, int], float], column: int) -> Array:
    """Return a row of PAIR_FEATURES for each of the encoder's pairs."""
    said = np.clip(opinion.scores[:, column], -_MOST, _MOST)
    asked = np.array([pair in plain for pair in opinion.pairs], bool)
    told = log_odds(np.array([plain.get(pair, 0.5) for pair in opinion.pairs]).reshape(-1))
    return np.stack([np.ones(len(said)), told, said, ~asked, said * ~asked], axis=1)


def report_row(plain: Judgement, opinion: Opinion) -> Array:
    """Return REPORT_FEATURES: the plain reader's word on whether any route is told, and the encoder's likeliest leg."""
    return np.array(
        [
            1.0,
            float(log_odds(np.array(plain.report))),
            float(np.clip(opinion.scores[:, heads.LEG].max(initial=-_MOST), -_MOST, _MOST)),
        ]
    )


def circumstances(reading: Reading, opinion: Opinion, legs: Sequence[tuple[int, int]]) -> Circumstances:
    """Judge how a route is travelled, how sure it is and of what kind, by both readers."""
    scores = circumstance_scores(reading, legs, linear.weights())
    table = weights()
    for k, leg in enumerate(legs):
        said = opinion.on(leg)
        if said is not None:
            scores[k] += table["circumstances"] @ encoder_circumstances(said)
    whole = scores.mean(axis=0)
    modes, sure = len(linear.MODES), len(linear.FACTUALITIES)
    return Circumstances(
        modes=tuple(linear.MODES[k] for k in scores[:, :modes].argmax(axis=1)),
        kind=Kind.CORRIDOR if whole[-1] > 0 else Kind.SHIPMENT,
        factuality=linear.FACTUALITIES[int(whole[modes : modes + sure].argmax())],
    )


def phrases(encoding: Encoding) -> dict[str, Outside]:
    """Return what the encoder says of the stretches of text that may name goods or a source; see `carried`."""
    table = weights()["phrases"]
    return {
        kind: partial(phrase_scores, heads.Phrases.of(encoding, PHRASES[kind]), loud, lift)
        for kind, (loud, lift) in zip(PHRASES, table.tolist(), strict=True)
    }


def phrase_scores(
    said: heads.Phrases, loud: float, lift: float, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return what to add to the scores of stretches of text; `lift` sets off that most are no phrase."""
    return np.asarray(loud * (said.log_odds(starts, ends) + lift), np.float32)


def circumstance_scores(reading: Reading, legs: Sequence[tuple[int, int]], model: linear.Weights) -> Array:
    """Return the plain reader's log-odds of modes, factualities and corridor, a row for each leg."""
    words = [features.hashed(features.circumstance_words(reading, i, j)) for i, j in legs]
    return np.stack([model.circumstances[row].sum(axis=0) for row in words]).astype(float)


def encoder_circumstances(said: Array) -> Array:
    """Return the encoder's scores of a pair in the order of the plain reader's."""
    corridor = said[heads.KINDS][1] - said[heads.KINDS][0]
    return np.concatenate(
        [
            said[heads.MODES] - said[heads.MODES].mean(),
            said[heads.FACTUALITIES] - said[heads.FACTUALITIES].mean(),
            [corridor],
        ]
    )


def log_odds(p: Array) -> Array:
    """Return the log-odds of likelihoods, within bounds."""
    return np.asarray(np.clip(np.log(p + 1e-9) - np.log(1 - p + 1e-9), -_MOST, _MOST))


def _likely(scores: Any) -> Any:
    return 1 / (1 + np.exp(-scores))


@cache
def weights() -> dict[str, Array]:
    """Load the weights of PAIR_FEATURES and REPORT_FEATURES, and how loud the encoder is on circumstances."""
    stored = json.loads((files(__package__) / "encoded.json").read_text(encoding="utf-8"))
    table = {name: np.array([stored[name][feature] for feature in PAIR_FEATURES]) for name in ("leg", "order")}
    table["report"] = np.array([stored["report"][feature] for feature in REPORT_FEATURES])
    groups = (("mode", len(linear.MODES)), ("factuality", len(linear.FACTUALITIES)), ("kind", 1))
    table["phrases"] = np.array([stored["phrases"][kind] for kind in PHRASES])
    table["circumstances"] = np.diag(np.repeat([stored["circumstances"][g] for g, _ in groups], [n for _, n in groups]))
    return table
