"""The model: encoder and linear part pooled into calibrated probabilities, and the words that spoke for them.

It lives in one folder, without pickle: ``encoder.onnx``, ``vocabulary.txt``, ``linear.npz`` and ``model.json``,
which names the version, the weights of the pool, and every other file with its SHA-256. The two parts are pooled
as a weighted product of their probabilities (a "logarithmic opinion pool"); the weights were fitted on stories
that neither part had seen, which is also what calibrates the result.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.encoder import Encoder
from feedback.sorting.features import MOST_TERMS, bucket, shape, shape_names, term_buckets
from feedback.sorting.kinds import KINDS, STANCES
from feedback.sorting.language import is_telling
from feedback.sorting.reading import Reading, Span
from feedback.sorting.reasons import TYPICAL_WORDS, WHISPERS, Evidence
from feedback.sorting.rules import Verdict

Floats = NDArray[np.float32]
Numbers = TypeVar("Numbers", NDArray[np.float32], NDArray[np.float64])

KEYS = tuple(KINDS)
SHAPE_NAMES = tuple(shape_names())

FOLDER = Path(__file__).with_name("model")
FILES = ("encoder.onnx", "vocabulary.txt", "linear.npz")

GROUP_WORTH = 0.5
"""What filing a remark in the right group under another of its kinds is worth, where quite right is 1: its author
finds it in the tray beside. On held-out stories it gains groups without losing kinds (``bench.heldout``)."""

_SAME_GROUP = np.array([[one.group == other.group for other in KINDS.values()] for one in KINDS.values()], np.float32)

STANCE_OF_KIND = 0.5
"""How much the likely kinds weigh in the stance; measured on held-out stories."""

MOST_WORDS = 3
"""How many of a remark's words, those that spoke most for its kind, are kept as evidence."""


def version_in(folder: Path) -> str:
    """The version that the manifest of ``folder`` names, "" when there is none to read."""
    try:
        return str(json.loads((folder / "model.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


class ModelDamaged(Exception):
    """A file of the model is missing, unreadable, or not the one its manifest names. The message is one line."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks of one remark: probabilities in the order of the tables, and what spoke for the likeliest
    kind."""

    kinds: Floats
    stances: Floats
    evidence: dict[str, Evidence]


def worth(kinds: Floats) -> Floats:
    """What filing a remark under each kind can be expected to be worth to its author, from the kinds' chances."""
    found: Floats = kinds + GROUP_WORTH * (kinds @ _SAME_GROUP)
    return found


class Linear:
    """The linear part: weights of hashed terms and of the shape, in ``linear.npz``.

    ``terms`` (buckets x kinds) are bytes, to be multiplied by ``scale`` per kind; ``shape`` and ``bias`` are floats.
    """

    def __init__(self, path: Path) -> None:
        """Read the arrays; nothing in the file is executed."""
        with np.load(path, allow_pickle=False) as stored:
            self.terms: NDArray[np.int8] = stored["terms"]
            self.scale: Floats = stored["scale"]
            self.shape: Floats = stored["shape"]
            self.bias: Floats = stored["bias"]

    def scores(self, readings: Sequence[Reading], verdicts: Sequence[Verdict | None]) -> Floats:
        """One row of log-probabilities per remark."""
        rows = [self._row(readings, at, verdict) for at, verdict in enumerate(verdicts)]
        return _log_softmax(np.array(rows, dtype=np.float32).reshape(len(rows), len(KINDS)))

    def _row(self, readings: Sequence[Reading], at: int, verdict: Verdict | None) -> Floats:
        buckets = term_buckets(readings, at)
        terms = self.terms[buckets].sum(axis=0, dtype=np.int32) * self.scale / np.sqrt(max(1, len(buckets)))
        row: Floats = terms + shape(readings[at], verdict) @ self.shape + self.bias
        return row

    def evidence(self, reading: Reading, verdict: Verdict | None, kind: int) -> Evidence:
        """What of a remark speaks for ``kind``, against the other kinds, strongest first.

        Single words only: a pair is mostly new to the model, and its bucket is then that of other words.
        """
        terms = [word for word in dict.fromkeys(reading.words[:MOST_TERMS]) if is_telling(word)]
        numbers = shape(reading, verdict)
        numbers[0] -= np.log1p(TYPICAL_WORDS) / 4
        words = _speaking(terms, self.terms[[bucket(term) for term in terms]] * self.scale, kind) if terms else ()
        return Evidence(words[:MOST_WORDS], _speaking(SHAPE_NAMES, numbers[:, None] * self.shape, kind))


def _speaking(names: Sequence[str], weights: Floats, kind: int) -> tuple[tuple[str, float], ...]:
    """The names whose weights lean to ``kind``, with how much they do, strongest first."""
    lean = weights[:, kind] - weights.mean(axis=1)
    order = [int(at) for at in np.argsort(-lean, kind="stable") if lean[at] >= WHISPERS]
    return tuple((names[at], float(lean[at])) for at in order)


class Model:
    """The model of one folder. It keeps no state between reviews.

    Making one only checks the files, so that a damaged model is known at start (15 ms); they are read into memory
    with the first review, so that a process which never sorts never pays for them.
    """

    def __init__(self, folder: Path = FOLDER, learned: Mapping[str, Any] | None = None) -> None:
        """Check every file of ``folder``. ``learned`` (`learning.Learned.data`) is what a site files otherwise.

        :raises ModelDamaged: a file is missing, unreadable or has another checksum than the manifest says.
        """
        self._folder = folder
        manifest = _manifest(folder)
        self.version: str = manifest["version"] + ("+site" if learned else "")
        self.unsure_below: float = manifest["unsure_below"]
        self._pool = manifest["pool"]
        self._bias = np.array(self._pool["bias"], dtype=np.float32)
        self._habits = np.array(learned["habits"], dtype=np.float32) if learned else None
        self._stance_of_kind = np.array(manifest["stance_of_kind"], dtype=np.float32)

    @cached_property
    def linear(self) -> Linear:
        """The linear part, read when first asked for."""
        return Linear(self._folder / "linear.npz")

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, read when first asked for."""
        return Encoder(self._folder / "encoder.onnx", self._folder / "vocabulary.txt")

    def load(self) -> None:
        """Read everything into memory now.

        :raises ModelDamaged: a file passed its checksum and still cannot be read.
        """
        try:
            _ = self.linear, self.encoder
        except Exception as problem:
            raise ModelDamaged(
                f"the sorting model in {self._folder} cannot be read: {_one_line(problem)}"
            ) from problem

    def opinions(
        self, text: str, spans: Sequence[Span], readings: Sequence[Reading], verdicts: Sequence[Verdict | None]
    ) -> list[Opinion]:
        """An opinion of each remark of a review, in order."""
        if not spans:
            return []
        encoder, linear, own = self.parts(text, spans, readings, verdicts)
        pooled = _log_softmax(self._pool["encoder"] * encoder + self._pool["linear"] * linear + self._bias)
        if self._habits is not None:
            pooled = _log_softmax(by_habit(pooled, self._habits))
        kinds = np.exp(pooled)
        stances = _log_softmax(own)
        return [
            Opinion(
                kinds[at],
                self._stances(stances[at], kinds[at]),
                self._evidence(readings[at], verdicts[at], kinds[at], linear[at]),
            )
            for at in range(len(spans))
        ]

    def parts(
        self, text: str, spans: Sequence[Span], readings: Sequence[Reading], verdicts: Sequence[Verdict | None]
    ) -> tuple[Floats, Floats, Floats]:
        """What is pooled: log-probabilities of kinds by the encoder and by the linear part; and stance logits."""
        self.load()
        logits, count = self.encoder.opinions(text, spans), len(KINDS)
        linear = self.linear.scores(readings, verdicts)
        return _log_softmax(logits[:, :count]), linear, logits[:, count : count + len(STANCES)]

    def _stances(self, own: Floats, kinds: Floats) -> Floats:
        """The encoder's stance weighed with how often each stance goes with the likely kinds."""
        likely: Floats = kinds @ self._stance_of_kind
        pooled: Floats = np.exp(_log_softmax((own + STANCE_OF_KIND * np.log(likely).astype(np.float32))[None, :]))
        return pooled.reshape(len(STANCES))

    def _evidence(
        self, reading: Reading, verdict: Verdict | None, kinds: Floats, linear: Floats
    ) -> dict[str, Evidence]:
        """What speaks for the likeliest kind, and whether the linear part leans to it too."""
        best = int(worth(kinds).argmax())
        found = self.linear.evidence(reading, verdict, best)
        return {KEYS[best]: replace(found, agrees=bool(linear[best] >= np.sort(linear)[-3]))}


def by_habit(pooled: Numbers, habits: Numbers) -> Numbers:
    """The scores of kinds where people file by ``habits``: a row for each kind the model reads, and one for all.

    A row says how much what reads like that kind speaks for each kind it may be filed under.
    """
    scores: Numbers = pooled + np.exp(pooled) @ habits[:-1] + habits[-1]
    return scores


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest of ``folder``, every file in it checked."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        for name in FILES:
            _check(folder / name, manifest["files"][name]["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ModelDamaged(f"the sorting model in {folder} cannot be read: {_one_line(problem)}") from problem
    return manifest


def _check(path: Path, expected: str) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise ModelDamaged(f"the sorting model is damaged: {path.name} is not the file that model.json names")


def _one_line(problem: Exception) -> str:
    if isinstance(problem, OSError):
        return f"{Path(problem.filename).name}: {problem.strerror}" if problem.filename else str(problem)
    return f"{type(problem).__name__}: {problem}".splitlines()[0]
