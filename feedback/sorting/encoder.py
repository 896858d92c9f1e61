"""The encoder: reads a whole review once and gives its opinion of every remark in it.

A review's remarks are laid one after another, each behind a separator, and read together; so a remark is seen
with all that stands before and after it, and a review of ten remarks costs one reading, not ten. Reviews
longer than `WINDOW` pieces are read in windows that overlap.

The network is a six-layer MiniLM fine-tuned by ``bench/train.py`` (MODEL_CARD.md), run by ``onnxruntime`` on
one thread. Input: ``ids`` and ``mask`` (1 x pieces), ``pool`` (1 x remarks x pieces: each row averages one
remark's pieces), ``first`` (1 x remarks: where its separator stands). Output: ``logits`` (1 x remarks x 30):
13 kinds, 4 stances, 13 "also serves".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.kinds import KINDS, STANCES
from feedback.sorting.reading import Span
from feedback.sorting.wordpiece import WordPiece

WINDOW = 320
"""Pieces read at once; attention is quadratic in them."""

CONTEXT = 60
"""Pieces before a window's first remark that are read again, so that no remark is without what led to it."""

LONGEST_REMARK = 120
LONGEST_GAP = 60
"""Pieces of one remark, and of the text between remarks, that are read: the beginning and the last quarter."""

OUTPUTS = 2 * len(KINDS) + len(STANCES)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces read together. ``remarks`` tells which remark stands where: (number, start, end) in ``ids``."""

    ids: list[int]
    remarks: list[tuple[int, int, int]]


Piece = tuple[int | None, list[int]]


def windows(text: str, spans: Sequence[Span], wordpiece: WordPiece) -> list[Window]:
    """The windows in which a review is read; every remark is in exactly one of them."""
    pieces = _pieces(text, spans, wordpiece)
    found = [_window(pieces, *cut, wordpiece) for cut in _cuts([len(ids) + 1 for _, ids in pieces])]
    return [window for window in found if window.remarks]


def _pieces(text: str, spans: Sequence[Span], wordpiece: WordPiece) -> list[Piece]:
    """The remarks, and what stands between them when spans were given, as numbers."""
    pieces: list[Piece] = []
    done = 0
    for number, (start, end) in enumerate(spans):
        pieces += _gap(text[done:start], wordpiece)
        pieces.append((number, _shorten(wordpiece.encode(_readable(text[start:end])), LONGEST_REMARK)))
        done = end
    return pieces + _gap(text[done:], wordpiece)


def _readable(text: str) -> str:
    """The part of a remark that is read, so that a huge one costs no more than a long one."""
    limit = LONGEST_REMARK * 12
    return text if len(text) <= 2 * limit else f"{text[:limit]} {text[-limit:]}"


def _gap(text: str, wordpiece: WordPiece) -> list[Piece]:
    return [(None, _shorten(wordpiece.encode(_readable(text)), LONGEST_GAP))] if text.strip() else []


def _shorten(ids: list[int], longest: int) -> list[int]:
    return ids if len(ids) <= longest else ids[: longest - longest // 4] + ids[-(longest // 4) :]


def _cuts(lengths: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """Where to cut: (first, end) of what is read and (from, to) of the remarks that are judged in it."""
    if sum(lengths) + 1 <= WINDOW:
        return [(0, len(lengths), 0, len(lengths))]
    cuts: list[tuple[int, int, int, int]] = []
    at = 0
    while at < len(lengths):
        first, used = _back(lengths, at)
        end = at
        while end < len(lengths) and (used + lengths[end] <= WINDOW or end == at):
            used += lengths[end]
            end += 1
        judged = end - 1 if end < len(lengths) and end - at > 2 else end
        cuts.append((first, end, at, judged))
        at = judged
    return cuts


def _back(lengths: Sequence[int], at: int) -> tuple[int, int]:
    """From where to read so that up to `CONTEXT` pieces lead to ``at``, and how many that makes."""
    first, used = at, 1
    while first > 0 and used - 1 + lengths[first - 1] <= CONTEXT:
        first -= 1
        used += lengths[first]
    return first, used


def _window(
    pieces: Sequence[Piece], first: int, end: int, judged_from: int, judged_to: int, wordpiece: WordPiece
) -> Window:
    ids = [wordpiece.cls]
    remarks: list[tuple[int, int, int]] = []
    for at in range(first, end):
        number, numbers = pieces[at]
        start = len(ids)
        ids += [wordpiece.sep, *numbers]
        if number is not None and judged_from <= at < judged_to:
            remarks.append((number, start, len(ids)))
    return Window([*ids, wordpiece.sep], remarks)


class Encoder:
    """The network in memory. ``opinions`` may be called from one thread at a time."""

    def __init__(self, network: Path, vocabulary: Path) -> None:
        """Load the ONNX file and the vocabulary (one piece a line)."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self.wordpiece = WordPiece(vocabulary.read_text(encoding="utf-8").splitlines())

    def opinions(self, text: str, spans: Sequence[Span]) -> Floats:
        """One row of `OUTPUTS` logits per span."""
        rows = np.zeros((len(spans), OUTPUTS), dtype=np.float32)
        for window in windows(text, spans, self.wordpiece):
            numbers = [number for number, _, _ in window.remarks]
            rows[numbers] = self._session.run(["logits"], feed(window))[0][0]
        return rows


def feed(window: Window) -> dict[str, NDArray[np.int64] | Floats]:
    """The network's input for one window."""
    length = len(window.ids)
    pool = np.zeros((1, len(window.remarks), length), dtype=np.float32)
    for row, (_, start, end) in enumerate(window.remarks):
        pool[0, row, start:end] = 1 / (end - start)
    return {
        "ids": np.array([window.ids], dtype=np.int64),
        "mask": np.ones((1, length), dtype=np.int64),
        "pool": pool,
        "first": np.array([[start for _, start, _ in window.remarks]], dtype=np.int64),
    }
