"""How much the readers of claims learn: ``python tests/benchmarks/learning.py [TRAIN.jsonl...]``.

First the learning curve of the plain reader: trained on 100, 200, 400 and all of four fifths of the annotated reports,
drawn by lot, and measured on the fifth that ``routes/training/encoder/fifths.py`` holds back. Then cross-validation
in five folds by the same hash, every report read by a reader that has not seen it, by language. The annotated toponyms
are given throughout. By default on ``tests/benchmark/train/*.jsonl``; needs the extra ``build`` (scikit-learn) and,
of one core, some 4 minutes for the curve and 8 for the rest.

``--encoder`` gives the encoder's curve instead (the extra ``train``; hours): the F1 of legs between the mentions, pair
by pair, as its training tells it.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest import mock
from zlib import crc32

import click
from figures import CLAIMS, figures_of, heading, row
from given import Given, predicted

import routes
from routes.claims import linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World

    Record = dict[str, Any]

TRAIN = Path(__file__).parents[1] / "benchmark" / "train"
FOLDS = 5
SIZES = (100, 200, 400)
SEED = 0


@click.command(help=__doc__)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--curve/--no-curve", default=True, help="The learning curve.")
@click.option("--folds/--no-folds", default=True, help="Cross-validation.")
@click.option("--encoder", is_flag=True, help="The encoder's learning curve instead; hours.")
@click.option("--epochs", default=10, show_default=True, help="Of the encoder's training.")
def main(files: tuple[Path, ...], epochs: int, *, curve: bool, folds: bool, encoder: bool) -> None:
    """Print all figures."""
    paths = files or tuple(TRAIN.glob("*.jsonl"))
    records = [json.loads(line) for path in sorted(paths) for line in path.read_text("utf-8").split("\n") if line]
    taught, held = parted(records, 0)
    if encoder:
        encoder_curve(taught, held, epochs)
        return
    world = routes.default_world()
    found: dict[str, Record] = {}
    print(heading("reports", CLAIMS))
    for count in (*SIZES, len(taught)) if curve else ():
        read = plain(drawn(taught, count), held, world)
        print(row(str(count), figures_of(held, read), CLAIMS), flush=True)
        if count == len(taught):
            found |= read
    if folds:
        for fold in range(FOLDS):
            taught, held = parted(records, fold)
            if held[0]["id"] not in found:
                found |= plain(taught, held, world)
        print(heading("language", CLAIMS))
        for language in sorted({record["lang"] for record in records}):
            own = [record for record in records if record["lang"] == language]
            print(row(language, figures_of(own, found), CLAIMS))
        print(row("all", figures_of(records, found), CLAIMS))


def parted(records: Sequence[Record], fold: int) -> tuple[list[Record], list[Record]]:
    """Part reports into those to learn from and a fifth to measure on; the fold 0 is the encoder's fifth."""
    taught, held = [], []
    for record in records:
        (held if crc32(record["id"].encode()) % FOLDS == fold else taught).append(record)
    return taught, held


def drawn(records: Sequence[Record], count: int) -> list[Record]:
    """Draw some reports by lot, the fewer among the more."""
    order = list(records)
    random.Random(SEED).shuffle(order)  # noqa: S311  # no secrets here
    return order[:count]


def plain(taught: Sequence[Record], held: Sequence[Record], world: World) -> dict[str, Record]:
    """Train the plain reader of claims, and read other reports with it."""
    from routes.training.claims import fit, save  # noqa: PLC0415  # needs scikit-learn

    print(f"learning from {len(taught)} reports", file=sys.stderr)
    with TemporaryDirectory() as folder:
        save(fit(taught), path := Path(folder) / "weights.npz")  # as they ship: in 8 bits
        model = linear.read(path)
    with mock.patch.object(linear, "weights", return_value=model):
        return {record["id"]: predicted(record, world, "plain", Given.TOPONYMS) for record in held}


def encoder_curve(taught: Sequence[Record], held: Sequence[Record], epochs: int) -> None:
    """Train the encoder on more and more reports; print what its training says of those held back."""
    import torch  # noqa: PLC0415  # these need the extra train

    from routes.training.encoder import train as training  # noqa: PLC0415
    from routes.training.encoder.examples import annotate  # noqa: PLC0415
    from routes.training.encoder.model import Encoder  # noqa: PLC0415
    from routes.training.encoder.original import read  # noqa: PLC0415

    vocabulary, words = training.load_vocabulary()
    measured = [annotate(record) for record in held]
    for count in (*SIZES, len(taught)):
        torch.manual_seed(training.SEED)
        own = [annotate(record) for record in drawn(taught, count)]
        *_, last = training.train(Encoder(read(), words), own, measured, vocabulary, epochs)
        print(f"{count} reports: {last}", flush=True)


if __name__ == "__main__":
    main()
