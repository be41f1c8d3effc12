"""The encoder and its heads as they are trained, in torch; ``routes/encoder`` runs the same sums without it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 -- as all of torch's own examples have it

from routes.encoder.heads import ANSWERS, CARRIED, PAIR_WIDTH, PARTS, REACH, RELATIONS, TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from routes.training.encoder.examples import Example
    from routes.training.encoder.original import Original

LAYERS = 6  # of the twelve; the last ones serve the comparison of whole sentences
NORM_EPSILON = 1e-12
DROPOUT = 0.1
HEAD_DROPOUT = 0.2
START, END, UNKNOWN = -3, -2, -1  # rows counted from the table's end


class Layer(nn.Module):
    """One layer of a BERT (Devlin et al. 2019), norms after the sums."""

    def __init__(self, original: Original, number: int) -> None:
        super().__init__()
        get = {
            name.partition(".")[2]: torch.from_numpy(t)
            for name, t in original.tensors.items()
            if name.startswith(f"l{number}.")
        }
        self.heads = original.heads
        self.ask = _linear(
            torch.cat([get["q.w"], get["k.w"], get["v.w"]]), torch.cat([get["q.b"], get["k.b"], get["v.b"]])
        )
        self.out = _linear(get["ao.w"], get["ao.b"])
        self.out_norm = _norm(get["aln.w"], get["aln.b"])
        self.up = _linear(get["fi.w"], get["fi.b"])
        self.down = _linear(get["fo.w"], get["fo.b"])
        self.down_norm = _norm(get["oln.w"], get["oln.b"])
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, sizes: Sequence[int]) -> Tensor:
        """Let each piece look at the others of its text; `x` holds the texts one after the other."""
        whole, width = x.shape
        asked = self.ask(x).view(whole, 3, self.heads, width // self.heads)
        seen = [_attended(*part.permute(1, 2, 0, 3)) for part in asked.split(list(sizes))]
        x = self.out_norm(x + self.dropout(self.out(torch.cat(seen).reshape(whole, width))))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


def _attended(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Mix what each piece sees; written out, since torch's own is half as fast on a processor in 16 bits."""
    shares = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(q.shape[2]), -1)
    return (shares @ v).transpose(0, 1)


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight.data.copy_(weight)
    layer.bias.data.copy_(bias)
    return layer


def _norm(weight: Tensor, bias: Tensor) -> nn.LayerNorm:
    layer = nn.LayerNorm(len(weight), NORM_EPSILON)
    layer.weight.data.copy_(weight)
    layer.bias.data.copy_(bias)
    return layer


@dataclass(frozen=True, slots=True)
class Answers:
    """What the heads say of one report: of its pieces, its mentions, and the pairs asked for."""

    tags: Tensor
    carried: Tensor
    parts: Tensor
    pairs: Tensor


class Encoder(nn.Module):
    """Embeddings (fixed), layers, and the heads for pieces, mentions and pairs of mentions."""

    def __init__(self, original: Original, words: np.ndarray, layers: int = LAYERS) -> None:
        super().__init__()
        width = words.shape[1]
        get = {name: torch.from_numpy(tensor) for name, tensor in original.tensors.items() if name.startswith("emb.")}
        self.register_buffer("words", torch.from_numpy(words), persistent=False)
        self.register_buffer("places", (get["emb.pos"].view(-1, width) + get["emb.type"].view(-1, width)[0]).clone())
        self.masked = nn.Parameter(torch.zeros(width))
        self.norm = _norm(get["emb.ln.w"], get["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(original, number) for number in range(layers))
        self.dropout = nn.Dropout(DROPOUT)
        self.head_dropout = nn.Dropout(HEAD_DROPOUT)
        self.tags = nn.Linear(width, len(TAGS))
        self.carried = nn.Linear(width, len(CARRIED))
        self.parts = nn.Linear(3 * width, len(PARTS))
        self.first = nn.Linear(3 * width, PAIR_WIDTH)
        self.second = nn.Linear(3 * width, PAIR_WIDTH)
        self.between = nn.Linear(width, PAIR_WIDTH, bias=False)
        self.apart = nn.Embedding(2 * REACH + 1, PAIR_WIDTH)
        self.ground = nn.Embedding(len(RELATIONS), PAIR_WIDTH)
        self.inner = nn.Linear(PAIR_WIDTH, PAIR_WIDTH)
        self.answers = nn.Linear(PAIR_WIDTH, ANSWERS)
        self.match = nn.Parameter(torch.randn(2, PAIR_WIDTH, PAIR_WIDTH) / PAIR_WIDTH)

    def states(self, examples: Sequence[Example]) -> list[Tensor]:
        """Return the states of each report's pieces."""
        size = len(self.words)
        sizes = [len(example.rows) + 2 for example in examples]
        rows, masked = [], []
        for example in examples:
            hidden = torch.from_numpy(example.masked)
            own = torch.where(hidden > 0, size + UNKNOWN, torch.from_numpy(example.rows).long())
            rows += [torch.tensor([size + START]), own, torch.tensor([size + END])]
            masked += [hidden.new_zeros(1), hidden, hidden.new_zeros(1)]
        places = torch.cat([self.places[:length] for length in sizes])
        x = self.words[torch.cat(rows)] + places + torch.cat(masked)[:, None] * self.masked
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.dropout(self.norm(x))
            for layer in self.layers:
                x = layer(x, sizes)
        return [part[1:-1].float() for part in x.split(sizes)]

    def forward(self, examples: Sequence[Example]) -> list[Answers]:
        """Answer for each report of a batch."""
        return [self._answer(states, e) for states, e in zip(self.states(examples), examples, strict=True)]

    def _answer(self, states: Tensor, example: Example) -> Answers:
        tags, carried = self.tags(self.head_dropout(states)), self.carried(self.head_dropout(states))
        if not example.spans:
            return Answers(tags, carried, states.new_zeros(0, len(PARTS)), states.new_zeros(0, ANSWERS))
        last = len(states) - 1
        sums = torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)])
        first, end = torch.tensor(example.spans).T
        mean = (sums[end] - sums[first]) / (end - first)[:, None]
        mentions = self.head_dropout(torch.cat([mean, states[(first - 1).clamp(0)], states[end.clamp(max=last)]], 1))
        parts = self.parts(mentions)
        if not len(example.pairs):
            return Answers(tags, carried, parts, states.new_zeros(0, ANSWERS))
        i, j = torch.from_numpy(example.pairs).long().T
        low, high = end[torch.minimum(i, j)], first[torch.maximum(i, j)].maximum(end[torch.minimum(i, j)])
        between = (sums[high] - sums[low]) / (high - low).clamp(1)[:, None]
        starts, ends = self.first(mentions), self.second(mentions)
        z = starts[i] + ends[j] + self.between(between) + self.apart(j - i + REACH)
        z = z + self.ground(torch.from_numpy(example.relations).long())
        answers = self.answers(self.head_dropout(F.gelu(self.inner(F.gelu(z)))))
        match = torch.einsum("pd,kde,pe->pk", starts[i], self.match, ends[j])
        return Answers(tags, carried, parts, torch.cat([answers[:, :2] + match, answers[:, 2:]], 1))
