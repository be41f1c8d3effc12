"""The encoder and its heads as they are trained, in torch; ``routes/encoder`` runs the same sums without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 -- as all of torch's own examples have it

from routes.encoder.heads import ANSWERS, PAIR_WIDTH, PARTS, REACH, RELATIONS, TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from routes.training.encoder.examples import Example
    from routes.training.encoder.original import Original

LAYERS = 9  # of the twelve; the last ones serve the comparison of whole sentences
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

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Let each piece look at the others."""
        batch, length, width = x.shape
        q, k, v = self.ask(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=DROPOUT if self.training else 0.0)
        x = self.out_norm(x + self.dropout(self.out(seen.transpose(1, 2).reshape(batch, length, width))))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


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
    parts: Tensor
    pairs: Tensor


class Encoder(nn.Module):
    """Embeddings (fixed), layers, and the heads for pieces, mentions and pairs of mentions."""

    def __init__(self, original: Original, words: np.ndarray) -> None:
        super().__init__()
        width = words.shape[1]
        get = {name: torch.from_numpy(tensor) for name, tensor in original.tensors.items() if name.startswith("emb.")}
        self.register_buffer("words", torch.from_numpy(words), persistent=False)
        self.register_buffer("places", (get["emb.pos"].view(-1, width) + get["emb.type"].view(-1, width)[0]).clone())
        self.masked = nn.Parameter(torch.zeros(width))
        self.norm = _norm(get["emb.ln.w"], get["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(original, number) for number in range(LAYERS))
        self.dropout = nn.Dropout(DROPOUT)
        self.head_dropout = nn.Dropout(HEAD_DROPOUT)
        self.tags = nn.Linear(width, len(TAGS))
        self.parts = nn.Linear(3 * width, len(PARTS))
        self.first = nn.Linear(3 * width, PAIR_WIDTH)
        self.second = nn.Linear(3 * width, PAIR_WIDTH)
        self.between = nn.Linear(width, PAIR_WIDTH, bias=False)
        self.apart = nn.Embedding(2 * REACH + 1, PAIR_WIDTH)
        self.ground = nn.Embedding(len(RELATIONS), PAIR_WIDTH)
        self.inner = nn.Linear(PAIR_WIDTH, PAIR_WIDTH)
        self.answers = nn.Linear(PAIR_WIDTH, ANSWERS)
        self.match = nn.Parameter(torch.randn(2, PAIR_WIDTH, PAIR_WIDTH) / PAIR_WIDTH)

    def states(self, rows: Tensor, mask: Tensor, masked: Tensor) -> Tensor:
        """Run the layers over a batch of rows."""
        x = self.words[rows] + self.places[: rows.shape[1]] + masked[..., None] * self.masked
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x

    def forward(self, examples: Sequence[Example]) -> list[Answers]:
        """Answer for each report of a batch."""
        longest = max(len(example.rows) for example in examples) + 2
        rows = torch.full((len(examples), longest), len(self.words) + END)
        mask = torch.zeros(len(examples), longest, dtype=torch.bool)
        masked = torch.zeros(len(examples), longest)
        for k, example in enumerate(examples):
            size = len(example.rows)
            rows[k, 0], mask[k, : size + 2] = len(self.words) + START, True
            rows[k, 1 : size + 1] = torch.from_numpy(example.rows).long()
            masked[k, 1 : size + 1] = torch.from_numpy(example.masked)
        rows = torch.where(masked > 0, len(self.words) + UNKNOWN, rows)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.states(rows, mask, masked)
        return [self._answer(states[k, 1 : len(e.rows) + 1].float(), e) for k, e in enumerate(examples)]

    def _answer(self, states: Tensor, example: Example) -> Answers:
        tags = self.tags(self.head_dropout(states))
        if not example.spans:
            return Answers(tags, states.new_zeros(0, len(PARTS)), states.new_zeros(0, ANSWERS))
        last = len(states) - 1
        sums = torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)])
        first, end = torch.tensor(example.spans).T
        mean = (sums[end] - sums[first]) / (end - first)[:, None]
        mentions = self.head_dropout(torch.cat([mean, states[(first - 1).clamp(0)], states[end.clamp(max=last)]], 1))
        parts = self.parts(mentions)
        if not len(example.pairs):
            return Answers(tags, parts, states.new_zeros(0, ANSWERS))
        i, j = torch.from_numpy(example.pairs).long().T
        low, high = end[torch.minimum(i, j)], first[torch.maximum(i, j)].maximum(end[torch.minimum(i, j)])
        between = (sums[high] - sums[low]) / (high - low).clamp(1)[:, None]
        starts, ends = self.first(mentions), self.second(mentions)
        z = starts[i] + ends[j] + self.between(between) + self.apart(j - i + REACH)
        z = z + self.ground(torch.from_numpy(example.relations).long())
        answers = self.answers(self.head_dropout(F.gelu(self.inner(F.gelu(z)))))
        match = torch.einsum("pd,kde,pe->pk", starts[i], self.match, ends[j])
        return Answers(tags, parts, torch.cat([answers[:, :2] + match, answers[:, 2:]], 1))
