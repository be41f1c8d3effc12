"""Cut the vocabulary to the pieces that our languages use, and write what the tokeniser reads.

    python -m routes.training.encoder.vocabulary TRAIN.jsonl ... -o FOLDER

Kept is every piece that cuts a frequent word of one of our languages (``wordfreq``), a name of a place of the
gazetteer that is not quite obscure, or a training report; and every single letter of our scripts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import marisa_trie
import numpy as np
from wordfreq import top_n_list

from geodata.gazetteer import Gazetteer
from routes.encoder.pieces import SPACE, Vocabulary, _normal
from routes.training.encoder.original import Original, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = "de en ru uk fr es it pt nl pl tr ar fa ko zh ja".split()
FREQUENT_WORDS = 15_000  # of each language
FEWEST_PEOPLE = 20_000  # of a town whose names count
NAME_USES = 8  # a piece that only names use must cut so many of them
CONTROLS = ("<s>", "</s>", "<unk>")


def whole(original: Original) -> Vocabulary:
    """Return a tokeniser with the vocabulary as it came; its rows are the trie's."""
    start, end, unknown = original.bounds
    pieces = {
        piece: row for piece, row in original.pieces.items() if row not in {start, end, unknown} and _clean(piece)
    }
    return _vocabulary(pieces, original)


def _clean(piece: str) -> bool:
    return bool(piece) and not piece.startswith("<") and "\ufffd" not in piece


def _vocabulary(pieces: dict[str, int], original: Original) -> Vocabulary:
    trie = marisa_trie.Trie(sorted(pieces))
    scores = np.zeros(len(trie), np.float32)
    for piece, row in pieces.items():
        scores[trie[piece]] = original.scores[row]
    return Vocabulary.of(trie, scores, len(trie) + CONTROLS.index("<unk>"))


def words() -> Iterator[str]:
    """Give the frequent words of each language, as written small and with a capital."""
    for language in LANGUAGES:
        for word in top_n_list(language, FREQUENT_WORDS):
            yield word
            if word[:1].upper() != word[:1]:
                yield word[:1].upper() + word[1:]


def names() -> Iterator[str]:
    """Give the names of all places but small towns, in our languages."""
    for place in Gazetteer.load():
        if place.population >= FEWEST_PEOPLE or place.feature != "town":
            yield place.name
            for language in LANGUAGES:
                yield from place.names.get(language, ())


def used(vocabulary: Vocabulary, texts: Iterable[str]) -> Counter[int]:
    """Count the rows that cut some texts."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(vocabulary.cut(text).rows.tolist())
    return counts


def letters(texts: Iterable[str]) -> set[str]:
    """Collect the letters of some texts, as the tokeniser sees them."""
    return {letter for text in texts for letter in _normal(text)[0]}


def choose(original: Original, reports: list[str]) -> list[str]:
    """Choose the pieces to keep."""
    full = whole(original)
    every_word, every_name = list(words()), list(names())
    kept = set(used(full, every_word)) | set(used(full, reports))
    kept |= {row for row, uses in used(full, every_name).items() if uses >= NAME_USES}
    pieces = {full.trie.restore_key(row) for row in kept if row < len(full.trie)} | {SPACE}
    for letter in letters([*every_word, *every_name, *reports]):
        pieces |= {piece for piece in (letter, SPACE + letter) if piece in full.trie}
    return sorted(pieces)


def main() -> None:
    """Choose and write ``pieces.marisa`` and ``scores.npy`` and ``words.npy``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("routes/encoder/data"))
    arguments = parser.parse_args()
    reports = [json.loads(line)["text"] for path in arguments.files for line in path.read_text("utf-8").splitlines()]
    original = read()
    pieces = choose(original, reports)
    trie = marisa_trie.Trie(pieces)
    order = [original.pieces[trie.restore_key(row)] for row in range(len(trie))]
    arguments.output.mkdir(parents=True, exist_ok=True)
    trie.save(str(arguments.output / "pieces.marisa"))
    np.save(arguments.output / "scores.npy", original.scores[order].astype(np.float16))
    np.save(arguments.output / "words.npy", original.words[[*order, *original.bounds]])
    print(f"{len(trie):,} pieces")


if __name__ == "__main__":
    main()
