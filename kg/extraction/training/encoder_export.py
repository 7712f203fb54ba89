"""Writing a trained encoder as it ships: its layers as an ONNX graph in whole numbers, its tables beside them.

Each matrix is rounded to seven bits, column by column (seven, so that no processor's sums of products saturate); what
it is multiplied with is rounded anew for each text, so a text is encoded alone. The table of words is rounded row by
row and stays out of the graph: only the rows that a text needs are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.extraction.encoder import GRAPH, TABLES
from kg.extraction.model_files import write_arrays
from kg.extraction.training.encoder_base import HEADS, LAYERS, WIDTH
from kg.extraction.training.encoder_network import EPSILON

Floats = npt.NDArray[np.float32]
_OPSET, _IR_VERSION = 17, 8
_STEPS = 63
_WORD_STEPS = 127


def export_encoder(weights: Mapping[str, Floats], vocabulary: Sequence[str], folder: Path) -> None:
    """Write the two files of an encoder; equal weights give equal bytes.

    Args:
        weights: as :func:`kg.extraction.training.encoder_fitting.fit_encoder` gives them.
        vocabulary: the word pieces, in the order of their rows.
        folder: made where it does not exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{GRAPH}.part"
    part.write_bytes(graph_of(weights))
    part.replace(folder / GRAPH)
    words, scales = rounded(weights["words"].T, steps=_WORD_STEPS)
    tables: dict[str, npt.NDArray[Any]] = {
        "words": np.ascontiguousarray(words.T),
        "scales": scales,
        "positions": weights["positions"].astype(np.float16),
        "marks": weights["marks"].astype(np.float16),
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode("utf-8"), np.uint8),
    }
    write_arrays(folder / TABLES, tables)


def rounded(matrix: Floats, *, steps: int) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return a matrix as whole numbers up to a bound, and what each column is to be multiplied with.

    >>> rounded(np.array([[1.0, 0.0], [-0.5, 0.0]], np.float32), steps=10)[0].tolist()
    [[10, 0], [-5, 0]]
    """
    greatest = np.abs(matrix).max(axis=0)
    scales = np.where(greatest > 0, greatest / steps, 1).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales


def graph_of(weights: Mapping[str, Floats]) -> bytes:
    """Return the layers of an encoder as a serialised ONNX graph, from embedded pieces to columns."""
    import onnx
    from onnx import TensorProto, helper

    maker = _Maker()
    state = maker.norm("embedded", weights["input_norm"])
    for number in range(LAYERS):
        at = f"layer{number}."
        joined = maker.attention(maker.dense(state, weights[at + "attend"], weights[at + "attend_bias"]))
        told = maker.dense(joined, weights[at + "join"], weights[at + "join_bias"])
        state = maker.norm(maker.node("Add", state, told), weights[at + "join_norm"])
        inner = maker.gelu(maker.dense(state, weights[at + "widen"], weights[at + "widen_bias"]))
        told = maker.dense(inner, weights[at + "narrow"], weights[at + "narrow_bias"])
        state = maker.norm(maker.node("Add", state, told), weights[at + "narrow_norm"])
    product = maker.node("MatMul", state, maker.constant(weights["head"].T))
    maker.node("Add", product, maker.constant(weights["head_bias"]), output="columns")
    graph = helper.make_graph(
        maker.nodes,
        "encoder",
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["pieces", WIDTH])],
        [helper.make_tensor_value_info("columns", TensorProto.FLOAT, ["pieces", len(weights["head"])])],
        maker.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


class _Maker:
    """Collects the nodes and constants of a graph; each method returns the name of what it adds."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def node(self, kind: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        """Add an operation with one output."""
        from onnx import helper

        name = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, array: npt.NDArray[Any]) -> str:
        """Add a constant."""
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def scalar(self, number: float) -> str:
        """Add one number."""
        return self.constant(np.array(number, np.float32))

    def norm(self, values: str, weights: Floats) -> str:
        """Add a normalisation over the width."""
        scale, bias = self.constant(weights[0]), self.constant(weights[1])
        return self.node("LayerNormalization", values, scale, bias, axis=-1, epsilon=EPSILON)

    def dense(self, values: str, weights: Floats, bias: Floats) -> str:
        """Add a linear map in whole numbers."""
        from onnx import TensorProto, helper

        matrix, scales = rounded(weights.T, steps=_STEPS)
        name = f"q{len(self.nodes)}"
        outputs = [f"{name}.values", f"{name}.scale", f"{name}.zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [values], outputs))
        zero = self.constant(np.zeros(matrix.shape[1], np.int8))
        product = self.node("MatMulInteger", outputs[0], self.constant(matrix), outputs[2], zero)
        scale = self.node("Mul", outputs[1], self.constant(scales))
        scaled = self.node("Mul", self.node("Cast", product, to=TensorProto.FLOAT), scale)
        return self.node("Add", scaled, self.constant(bias))

    def attention(self, three: str) -> str:
        """Add attention of all pieces to all: from queries, keys and values side by side to what they give."""
        size = WIDTH // HEADS
        shape = self.constant(np.array([-1, 3, HEADS, size], np.int64))
        # To queries (heads, pieces, size), keys and values alike, with keys turned.
        parted = self.node("Transpose", self.node("Reshape", three, shape), perm=[1, 2, 0, 3])
        query, key, value = (
            self.node("Gather", parted, self.constant(np.array(number, np.int64)), axis=0) for number in range(3)
        )
        scores = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 2, 1]))
        shares = self.node("Softmax", self.node("Mul", scores, self.scalar(size**-0.5)), axis=-1)
        joined = self.node("Transpose", self.node("MatMul", shares, value), perm=[1, 0, 2])
        return self.node("Reshape", joined, self.constant(np.array([-1, WIDTH], np.int64)))

    def gelu(self, values: str) -> str:
        """Add the Gaussian error linear unit."""
        inner = self.node("Erf", self.node("Div", values, self.scalar(2**0.5)))
        return self.node("Mul", self.node("Mul", values, self.node("Add", inner, self.scalar(1.0))), self.scalar(0.5))
