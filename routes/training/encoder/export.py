"""Write a trained checkpoint as the product reads it: layers as ONNX with 8-bit weights, heads as arrays.

    python -m routes.training.encoder.export CHECKPOINT.pt TRAIN.jsonl ...

The graph is written out operator by operator, so that it is small, has no padding to mask, and is the same whatever
version of an exporter is installed. Some of the reports show how strongly each channel speaks, so that loud ones are
evened out before they are rounded to 8 bits.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from routes.encoder.network import DATA, WINDOW
from routes.training.encoder.model import END, NORM_EPSILON, START
from routes.training.encoder.train import load_vocabulary, read_reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADS = 12
EVENED = frozenset({"ask", "up", "down"})
SHIFTED = 0.65  # how much of the loudness goes from what flows in to the matrix
SHOWN = 30
FUSED = "com.microsoft"  # ONNX Runtime's own operators


class Graph:
    """A graph as it grows: nodes, and weights by name; `even` are the scales by which channels are evened out."""

    def __init__(self, state: Mapping[str, np.ndarray], even: Mapping[str, np.ndarray]) -> None:
        self.state = state
        self.even = even
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.flows: dict[str, str] = {}  # what flows into each matrix

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: float | str) -> str:
        """Add a node, and return the name of what it gives."""
        name = f"{operator}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def weight(self, name: str, values: np.ndarray) -> str:
        """Add an array, and return its name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def linear(self, x: str, name: str) -> str:
        """Multiply by a matrix of the checkpoint, and add the bias."""
        self.flows[name] = x
        matrix = self.state[f"{name}.weight"].T
        if name in self.even:
            x = self.add("Mul", x, self.weight(f"{name}.even", 1 / self.even[name]))
            matrix = matrix * self.even[name][:, None]
        bias = self.weight(f"{name}.bias", self.state[f"{name}.bias"])
        return self.add("Add", self.add("MatMul", x, self.weight(f"{name}.weight", matrix)), bias)

    def norm(self, x: str, name: str) -> str:
        """Normalise each piece."""
        scale = self.weight(f"{name}.weight", self.state[f"{name}.weight"])
        bias = self.weight(f"{name}.bias", self.state[f"{name}.bias"])
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=NORM_EPSILON)

    def thirds(self, x: str) -> list[str]:
        """Split what was asked into queries, keys and values."""
        names = [f"Split{len(self.nodes)}{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [x], names, name=names[0], axis=-1, num_outputs=3))
        return names

    def layer(self, x: str, name: str) -> str:
        """Add a layer."""
        asked = self.thirds(self.linear(x, f"{name}.ask"))
        seen = self.add("MultiHeadAttention", *asked, domain=FUSED, num_heads=HEADS)
        x = self.norm(self.add("Add", x, self.linear(seen, f"{name}.out")), f"{name}.out_norm")
        up = self.add("Gelu", self.linear(x, f"{name}.up"), domain=FUSED)
        return self.norm(self.add("Add", x, self.linear(up, f"{name}.down")), f"{name}.down_norm")


def build(
    state: Mapping[str, np.ndarray], even: Mapping[str, np.ndarray], *, show: bool = False
) -> tuple[onnx.ModelProto, dict[str, str]]:
    """Return the graph from embeddings, shape (1, pieces, width), to states of the same shape; and what flows where.

    With `show`, what flows into the matrices is given out too.
    """
    width = len(state["norm.weight"])
    graph = Graph(state, even)
    x = graph.norm("embeddings", "norm")
    for number in range(1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))):
        x = graph.layer(x, f"layers.{number}")
    graph.nodes[-1].output[0] = "states"
    shape = [1, "pieces", width]
    first, *last = (helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n in ("embeddings", "states"))
    if show:
        last += [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in dict.fromkeys(graph.flows.values())]
    whole = helper.make_graph(graph.nodes, "encoder", [first], last, graph.weights)
    sets = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(whole, opset_imports=sets, ir_version=9, producer_name="supply-routes"), graph.flows


def evened(state: Mapping[str, np.ndarray], shown: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
    """Return by how much to divide each channel that flows into a matrix, and to multiply its row (Xiao et al. 2023).

    Without it, rounding what flows in to 8 bits leaves a cosine of .985 to the floating-point states; with it .998.
    """
    model, flows = build(state, {}, show=True)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = sorted(set(flows.values()))
    loudest = dict.fromkeys(names, np.float32(1e-5))
    for embeddings in shown:
        for name, values in zip(names, session.run(names, {"embeddings": embeddings}), strict=True):
            loudest[name] = np.maximum(loudest[name], np.abs(values[0]).max(axis=0))
    found = {}
    for name, flow in flows.items():
        if name.rpartition(".")[2] in EVENED:
            matrix = np.maximum(np.abs(state[f"{name}.weight"]).max(axis=0), 1e-5)
            found[name] = loudest[flow] ** SHIFTED / matrix ** (1 - SHIFTED)
    return found


def quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a graph whose weights are 8-bit integers, with a scale for each output."""
    logging.disable(logging.INFO)
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, source)
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )
        return onnx.load(target)


def embedded(paths: Sequence[Path], places: np.ndarray) -> list[np.ndarray]:
    """Return every so many-th report of some files as the layers see it."""
    vocabulary, words = load_vocabulary()
    found = []
    for record in read_reports(paths)[::SHOWN]:
        rows = vocabulary.cut(record["text"]).rows[:WINDOW]
        marked = np.concatenate([[START], rows, [END]])
        found.append((words[marked] + places[: len(marked)])[None].astype(np.float32))
    return found


def heads(state: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return what is no layer."""
    kept = {name: array for name, array in state.items() if not name.startswith(("layers.", "norm.", "masked"))}
    return {name: array.astype(np.float16) for name, array in kept.items()}


def main() -> None:
    """Write ``layers.onnx`` and ``heads.npz``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    state = {name: tensor.float().numpy() for name, tensor in torch.load(arguments.checkpoint).items()}
    even = evened(state, embedded(arguments.files, state["places"]))
    onnx.save(quantised(build(state, even)[0]), DATA / "layers.onnx")
    np.savez_compressed(DATA / "heads.npz", **heads(state))
    for path in sorted(DATA.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
