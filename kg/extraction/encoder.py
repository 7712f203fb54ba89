"""The encoder at run time: a small transformer over word pieces, run by onnxruntime on one thread.

A text is encoded alone and without padding, so that what is said of it depends on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kg.errors import InputError, KgError
from kg.extraction.heads import COLUMNS
from kg.extraction.pieces import PieceTable, enclosed, windows
from kg.extraction.tagger import Floats
from kg.extraction.tokens import Tokens

GRAPH: Final = "encoder.onnx"
TABLES: Final = "encoder.npz"
ROOM: Final = 510
OVERLAP: Final = 128
# Decimals that are kept: far fewer than are exact, so that no later threshold sees more.
_KEPT = 4


@dataclass(frozen=True)
class Encoder:
    """A trained encoder.

    Attributes:
        table: cuts words into pieces.
        words: of each piece, its vector in whole numbers.
        scales: what each of these is to be multiplied with.
        positions: the vector of each place in a window.
        marks: the vector of each mark.
        session: runs the layers.
    """

    table: PieceTable
    words: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]
    positions: npt.NDArray[np.float32]
    marks: npt.NDArray[np.float32]
    session: Any

    def columns(self, tokens: Tokens) -> Floats:
        """Return what the encoder says of each token (see :mod:`kg.extraction.heads`): an array (tokens, columns)."""
        pieces = self.table.pieces(tokens)
        found = np.zeros((len(tokens), COLUMNS))
        if not len(tokens):
            return found
        ends = np.append(pieces.firsts, len(pieces.numbers))
        for begin, end, kept, kept_end in windows(pieces.firsts, len(pieces.numbers), room=ROOM, overlap=OVERLAP):
            start = int(ends[begin])
            numbers, marks = enclosed(pieces, self.table, start, int(ends[end]))
            said = self._said(numbers, marks)
            found[kept:kept_end] = said[pieces.firsts[kept:kept_end] - start + 1]
        return np.round(found, _KEPT, out=found)

    def _said(self, numbers: npt.NDArray[np.int64], marks: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        embedded = self.words[numbers] * self.scales[numbers, None]
        embedded += self.positions[: len(numbers)]
        embedded += self.marks[marks]
        said: npt.NDArray[np.float32] = self.session.run(["columns"], {"embedded": embedded})[0]
        return said


@lru_cache(maxsize=2)
def load_encoder(folder: Path) -> Encoder:
    """Return the encoder of a folder; it is read once a process.

    Raises:
        InputError: the folder holds none.
        KgError: onnxruntime is not installed.
    """
    try:
        import onnxruntime
    except ImportError as error:
        problem = "the accurate setting needs onnxruntime: pip install onnxruntime, or choose --model fast"
        raise KgError(problem) from error
    graph, tables = folder / GRAPH, folder / TABLES
    for path in (graph, tables):
        if not path.is_file():
            raise InputError(str(path), "no such model; train one with `kg train GOLD PAPERS -o FOLDER`")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    with np.load(tables) as stored:
        arrays = {name: stored[name] for name in stored.files}
    vocabulary = arrays["vocabulary"].tobytes().decode("utf-8").split("\n")
    return Encoder(
        table=PieceTable({piece: row for row, piece in enumerate(vocabulary)}),
        words=arrays["words"],
        scales=arrays["scales"],
        positions=arrays["positions"].astype(np.float32),
        marks=arrays["marks"].astype(np.float32),
        session=session,
    )
