"""Train the encoder and its heads on annotated reports.

    python -m routes.training.encoder.train TRAIN.jsonl ... -o CHECKPOINT.pt [--all] [--epochs 14]

Needs the extra ``train``. A fifth of the reports, by a hash of their names, is held back for the figures and for what
is fitted on the encoder's answers (``blend``); with ``--all`` nothing is. Fixed seed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 -- as all of torch's own examples have it

from geodata.gazetteer import Gazetteer
from routes.encoder.heads import FACTUALITIES, KINDS, LEG, MODES, ORDER
from routes.encoder.network import DATA, unpack
from routes.encoder.pieces import Vocabulary
from routes.training.decoys import decoys
from routes.training.encoder.examples import MOST_PIECES, Annotated, Example, annotate, example, parts_of
from routes.training.encoder.fifths import held_back
from routes.training.encoder.model import LAYERS, Answers, Encoder
from routes.training.encoder.original import read
from routes.training.encoder.varied import Namesakes, joins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED = 20
BATCH = 8
RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.1
DECOYS = 120  # made-up sentences shown in an epoch
JOINS = 60  # pairs of short reports shown in an epoch
LEG_WEIGHT = 1.5  # of a leg against a pair that is none
TAG, CARRY, ORDERED, PART, MODE, FACTUALITY, KIND = 0.4, 0.2, 0.5, 0.5, 0.5, 0.3, 0.2  # weights of the losses


def load_vocabulary() -> tuple[Vocabulary, np.ndarray]:
    """Read the cut vocabulary and its embeddings."""
    trie = marisa_trie.Trie()
    trie.load(str(DATA / "pieces.marisa"))
    scores = np.load(DATA / "scores.npy").astype(float)
    return Vocabulary.of(trie, scores, len(trie) + 2), unpack(np.load(DATA / "words.npy"))


def loss(answers: Answers, shown: Example) -> Tensor:
    """Return what a report's answers cost, in all."""
    source = shown.source
    total = TAG * F.cross_entropy(answers.tags, torch.from_numpy(shown.tags), reduction="sum")
    total = total + CARRY * F.cross_entropy(answers.carried, torch.from_numpy(shown.carried), reduction="sum")
    if source.case is None or not shown.spans:
        return total
    total = total + PART * F.cross_entropy(answers.parts, torch.from_numpy(parts_of(source)), reduction="sum")
    if not len(source.pairs):
        return total
    legs, orders = torch.from_numpy(source.legs).float(), torch.from_numpy(source.orders).float()
    known = legs >= 0
    weight = torch.tensor(LEG_WEIGHT)
    total = total + F.binary_cross_entropy_with_logits(
        answers.pairs[known, LEG], legs[known], reduction="sum", pos_weight=weight
    )
    total = total + ORDERED * F.binary_cross_entropy_with_logits(answers.pairs[:, ORDER], orders, reduction="sum")
    at = [k for k, (i, j) in enumerate(source.pairs.tolist()) if (i, j) in source.told]
    if at:
        told = [source.told[tuple(source.pairs[k].tolist())] for k in at]
        for part, weight_, wanted in (
            (MODES, MODE, [leg.mode for leg in told]),
            (FACTUALITIES, FACTUALITY, [leg.factuality for leg in told]),
            (KINDS, KIND, [leg.corridor for leg in told]),
        ):
            total = total + weight_ * F.cross_entropy(answers.pairs[at, part], torch.tensor(wanted), reduction="sum")
    return total


def batches(examples: Sequence[Example], draw: random.Random) -> Iterator[list[Example]]:
    """Give batches of reports of like length, in random order."""
    order = list(examples)
    draw.shuffle(order)
    found = []
    for start in range(0, len(order), 6 * BATCH):
        chunk = sorted(order[start : start + 6 * BATCH], key=lambda e: len(e.rows))
        found += [chunk[k : k + BATCH] for k in range(0, len(chunk), BATCH)]
    draw.shuffle(found)
    yield from found


def train(
    encoder: Encoder, reports: Sequence[Annotated], held: Sequence[Annotated], vocabulary: Vocabulary, epochs: int
) -> Iterator[str]:
    """Train, and say after each epoch how it goes."""
    draw = random.Random(SEED)  # noqa: S311 -- no secret
    namesakes = Namesakes(Gazetteer.load(), [r.record for r in reports])
    made_up = [annotate(record) for record in decoys()]
    pairs = [annotate(record) for record in joins([r.record for r in reports], draw)]
    pairs = [pair for pair in pairs if len(vocabulary.cut(pair.record["text"])) < MOST_PIECES]
    heads = [p for name, p in encoder.named_parameters() if not name.startswith(("layers.", "norm."))]
    body = [p for name, p in encoder.named_parameters() if name.startswith(("layers.", "norm."))]
    optimiser = torch.optim.AdamW([{"params": heads, "lr": HEAD_RATE}, {"params": body, "lr": RATE}], weight_decay=0.01)
    steps = epochs * math.ceil((len(reports) + DECOYS + JOINS) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    begun = time.perf_counter()
    for epoch in range(1, epochs + 1):
        encoder.train()
        told = [*reports, *draw.sample(made_up, DECOYS), *draw.sample(pairs, JOINS)]
        shown = [example(r, vocabulary, draw, namesakes) for r in told]
        costs = []
        for batch in batches(shown, draw):
            cost = sum((loss(a, e) for a, e in zip(encoder(batch), batch, strict=True)), torch.zeros(())) / len(batch)
            optimiser.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_([*heads, *body], 1.0)
            optimiser.step()
            schedule.step()
            costs.append(float(cost.detach()))
        measured = figures(encoder, [example(r, vocabulary, None, None) for r in held]) if epoch % 2 == 0 else ""
        yield f"epoch {epoch}: loss {np.mean(costs):.2f} {time.perf_counter() - begun:.0f} s {measured}"


@torch.no_grad()
def figures(encoder: Encoder, shown: Sequence[Example]) -> str:
    """Measure tags of pieces, and legs between gold mentions; nothing without reports to measure on."""
    if not shown:
        return ""
    encoder.eval()
    tag = np.zeros(3)
    leg = np.zeros(3)
    carried = np.zeros(3)
    for start in range(0, len(shown), BATCH):
        batch = shown[start : start + BATCH]
        for answers, e in zip(encoder(batch), batch, strict=True):
            said = spans(answers.tags.argmax(1).numpy())
            gold = spans(e.tags)
            goods, known = spans(answers.carried.argmax(1).numpy(), (1, 3)), spans(np.maximum(e.carried, 0), (1, 3))
            carried += [len(goods & known), len(goods), len(known)]
            tag += [len(said & gold), len(said), len(gold)]
            if len(e.source.pairs):
                yes = (answers.pairs[:, LEG] > 0).numpy() & (e.source.legs >= 0)
                leg += [(yes & (e.source.legs == 1)).sum(), yes.sum(), (e.source.legs == 1).sum()]
    names = ("tag", tag), ("leg", leg), ("carried", carried)
    return "held back: " + " ".join(f"{name} f1 {2 * n[0] / max(1, n[1] + n[2]):.3f}" for name, n in names)


def spans(tags: np.ndarray, begins: tuple[int, int] = (1, 2)) -> set[tuple[int, int, int]]:
    """Return the stretches that tags mark, with the tag that each begins with."""
    found, start = set(), None
    for k, tag in enumerate([*tags.tolist(), 0]):
        if start is not None and (tag == 0 or tag in begins):
            found.add((start, k, int(tags[start])))
            start = None
        if tag in begins:
            start = k
    return found


def read_reports(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Read files of annotated reports."""
    return [json.loads(line) for path in sorted(paths) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """Train and write a checkpoint after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--all", action="store_true", help="hold nothing back")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--layers", type=int, default=LAYERS, help="of the original's twelve, from the first")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    vocabulary, words = load_vocabulary()
    reports = [annotate(record) for record in read_reports(arguments.files)]
    held = [] if arguments.all else [r for r in reports if held_back(r.record["id"])]
    taught = reports if arguments.all else [r for r in reports if not held_back(r.record["id"])]
    encoder = Encoder(read(), words, arguments.layers)
    for line in train(encoder, taught, held, vocabulary, arguments.epochs):
        print(line, flush=True)
        torch.save(encoder.state_dict(), arguments.output)


if __name__ == "__main__":
    main()
