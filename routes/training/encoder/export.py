"""Write a trained checkpoint as the product reads it: layers as ONNX with 8-bit weights, heads as arrays.

    python -m routes.training.encoder.export CHECKPOINT.pt

The graph is written out operator by operator, so that it is small, has no padding to mask, and is the same whatever
version of an exporter is installed.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

from routes.encoder.network import DATA
from routes.training.encoder.model import NORM_EPSILON

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADS = 12
BLOCK = 128  # weights that share a scale
FUSED = "com.microsoft"  # ONNX Runtime's own operators


class Graph:
    """A graph as it grows: nodes, and weights by name."""

    def __init__(self, state: Mapping[str, np.ndarray]) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: float | str) -> str:
        """Add a node, and return the name of what it gives."""
        name = f"{operator}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def weight(self, name: str, values: np.ndarray) -> str:
        """Add an array, and return its name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def linear(self, x: str, name: str, rows: slice = slice(None)) -> str:
        """Multiply by a matrix of the checkpoint, or by some of its outputs, and add the bias."""
        key = f"{name}[{rows.start}]"
        matrix = self.weight(f"{key}.weight", self.state[f"{name}.weight"][rows].T)
        bias = self.weight(f"{key}.bias", self.state[f"{name}.bias"][rows])
        return self.add("Add", self.add("MatMul", x, matrix), bias)

    def norm(self, x: str, name: str) -> str:
        """Normalise each piece."""
        scale = self.weight(f"{name}.weight", self.state[f"{name}.weight"])
        bias = self.weight(f"{name}.bias", self.state[f"{name}.bias"])
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=NORM_EPSILON)

    def layer(self, x: str, name: str, width: int) -> str:
        """Add a layer."""
        q, k, v = (self.linear(x, f"{name}.ask", slice(n * width, (n + 1) * width)) for n in range(3))
        seen = self.add("MultiHeadAttention", q, k, v, domain=FUSED, num_heads=HEADS)
        x = self.norm(self.add("Add", x, self.linear(seen, f"{name}.out")), f"{name}.out_norm")
        up = self.add("Gelu", self.linear(x, f"{name}.up"), domain=FUSED)
        return self.norm(self.add("Add", x, self.linear(up, f"{name}.down")), f"{name}.down_norm")


def build(state: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """Return the graph from embeddings, shape (1, pieces, width), to states of the same shape."""
    width = len(state["norm.weight"])
    graph = Graph(state)
    x = graph.norm("embeddings", "norm")
    for number in range(1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))):
        x = graph.layer(x, f"layers.{number}", width)
    graph.nodes[-1].output[0] = "states"
    shape = [1, "pieces", width]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("embeddings", "states")]
    whole = helper.make_graph(graph.nodes, "encoder", ends[:1], ends[1:], graph.weights)
    sets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(whole, opset_imports=sets, ir_version=9, producer_name="supply-routes")


def quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a graph whose weights are 8-bit integers in blocks of BLOCK, each with a scale.

    States stay within a cosine of .9996 of the floating-point ones; one scale for a whole column, and one for all that
    flows in, would leave .99.
    """
    logging.disable(logging.INFO)
    packer = MatMulNBitsQuantizer(model, bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=4)
    packer.process()
    return packer.model.model


def quantised_fast(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a graph whose weights are 8-bit integers, with a scale for each output: faster, less exact."""
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


HOW = {"blocks": quantised, "columns": quantised_fast, "float": lambda model: model}


def heads(state: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return what is no layer."""
    kept = {name: array for name, array in state.items() if not name.startswith(("layers.", "norm.", "masked"))}
    return {name: array.astype(np.float16) for name, array in kept.items()}


def main() -> None:
    """Write ``layers.onnx`` and ``heads.npz``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--how", choices=HOW, default="blocks", help="how the layers' weights are packed")
    arguments = parser.parse_args()
    state = {name: tensor.float().numpy() for name, tensor in torch.load(arguments.checkpoint).items()}
    model = build(state)
    onnx.save(HOW[arguments.how](model), DATA / "layers.onnx")
    np.savez_compressed(DATA / "heads.npz", **heads(state))
    for path in sorted(DATA.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
