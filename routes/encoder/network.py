"""Run the encoder over a text: a state for each piece, in windows where the text is long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from routes.encoder.pieces import Pieces, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float32]

DATA = Path(__file__).with_name("data")
WINDOW = 384  # pieces read at once; the reports that the encoder learnt from are no longer
OVERLAP = 64
_START, _END = -3, -2  # rows of the marks around a window, from the table's end
_CONTROLS = 3


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text in pieces, and what the encoder made of each: a row of states."""

    pieces: Pieces
    states: Array


@dataclass(frozen=True, slots=True)
class Network:
    """What ships with the package: the vocabulary, its embeddings (packed), the layers, the heads' weights."""

    vocabulary: Vocabulary
    words: NDArray[np.uint8]
    places: Array
    session: Any
    heads: Mapping[str, Array]

    def states(self, rows: NDArray[np.int32]) -> Array:
        """Return the states of some rows of the vocabulary, read as one stretch."""
        marked = np.concatenate([[_START], rows, [_END]])
        embeddings = unpack(np.asarray(self.words[marked])) + self.places[: len(marked)]
        states: Array = self.session.run(["states"], {"embeddings": embeddings[None]})[0][0, 1:-1]
        return states


def unpack(blocks: NDArray[np.uint8]) -> Array:
    """Return packed rows as numbers: blocks of 32, each a scale of 16 bits and 32 numbers of 4."""
    scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
    low, high = (blocks[..., 2:] & 15).astype(np.float32) - 8, (blocks[..., 2:] >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=-1) * scale).reshape(len(blocks), -1)


@cache
def load() -> Network:
    """Load the encoder that ships with the package; one thread, so that the same text gives the same states."""
    import onnxruntime  # noqa: PLC0415 -- takes a fifth of a second, and the plain reader does without

    trie = marisa_trie.Trie()
    trie.load(str(DATA / "pieces.marisa"))
    with np.load(DATA / "heads.npz") as stored:
        heads = {name: stored[name].astype(np.float32) for name in stored.files}
    scores = np.load(DATA / "scores.npy").astype(np.float64)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        DATA / "layers.onnx",
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator takes thrice the time of the two
    )
    words = np.load(DATA / "words.npy", mmap_mode="r")
    vocabulary = Vocabulary.of(trie, scores, len(trie) + _CONTROLS - 1)
    return Network(vocabulary, words, heads.pop("places"), session, heads)


@lru_cache(maxsize=2)
def encode(text: str) -> Encoding:
    """Read a text; the last ones are remembered, since names and routes are asked for one after the other.

    Parameters
    ----------
    text : str

    Returns
    -------
    Encoding
        Of a text longer than a window, each piece by the window in which it stands furthest from the edges.
    """
    network = load()
    pieces = network.vocabulary.cut(text)
    states = np.zeros((len(pieces), network.places.shape[1]), np.float32)
    for start, low, high in windows(len(pieces)):
        states[low:high] = network.states(pieces.rows[start : start + WINDOW])[low - start : high - start]
    return Encoding(pieces, states)


def windows(length: int) -> list[tuple[int, int, int]]:
    """Return where each window starts, and the stretch of pieces that it answers for."""
    starts = [0]
    while starts[-1] + WINDOW < length:
        starts.append(starts[-1] + WINDOW - OVERLAP)
    edges = [0, *(start + OVERLAP // 2 for start in starts[1:]), length]
    return [(start, edges[k], edges[k + 1]) for k, start in enumerate(starts)] if length else []
