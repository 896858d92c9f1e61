"""Learning: fitting the pool again to what people of this site filed by hand, and saying whether that helps.

Only the pool is fitted: two weights and a bias per kind. Fifteen numbers can be learned from a few hundred labels
without forgetting what the shipped model knows, are looked at in a glance, and are undone by deleting them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.classify import judge
from feedback.sorting.corrections import in_review
from feedback.sorting.evaluate import Judged, report
from feedback.sorting.kinds import KINDS
from feedback.sorting.model import Model
from feedback.sorting.reading import Span, readings

KEYS = tuple(KINDS)
FOLDS = 5
FEWEST = 50
"""Labels below which nothing is learned: a fold would hold less than ten."""

STRENGTH = 2.0
"""How strongly the numbers are held to the shipped ones, in labels: with a handful they hardly move."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A review with remarks that people filed: ``kinds[i]`` is what ``spans[i]`` was filed under."""

    text: str
    spans: Sequence[Span]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How good a pool is: share of kinds right, and macro-F1 over the kinds that occur, each 0..1."""

    accuracy: float
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning. ``before`` and ``after`` are measured on labels that the pool was not fitted to.

    ``adopt`` says that ``after`` is better in both; ``data`` is what `Sorter` takes as ``learned``, ready for JSON.
    """

    labels: int
    before: Score
    after: Score
    adopt: bool
    data: dict[str, Any]


def learn(model: Model, reviews: Sequence[Labelled]) -> Learned:
    """Fit the pool of ``model`` to ``reviews``, cross-validated by review.

    :raises KeyError: a kind that does not exist.
    """
    design, kinds, folds = _table(model, reviews)
    shipped = model.pool_numbers()
    fitted = fit(design, kinds, shipped)
    before = _score(_best(design, shipped), kinds)
    after = _score(_cross_validated(design, kinds, folds, shipped), kinds)
    better = len(kinds) >= FEWEST and after.accuracy > before.accuracy and after.macro_f1 >= before.macro_f1
    data = {"encoder": float(fitted[0]), "linear": float(fitted[1]), "bias": [float(number) for number in fitted[2:]]}
    return Learned(len(kinds), before, after, better, data)


def _table(model: Model, reviews: Sequence[Labelled]) -> tuple[Array, NDArray[np.int64], NDArray[np.int64]]:
    """The design (remarks x kinds x numbers of the pool), the labels, and the fold of each remark's review."""
    parts = [_parts(model, review) for review in reviews if review.spans]
    scores = np.concatenate([np.zeros((0, len(KEYS), 2)), *parts])
    kinds = np.array([KEYS.index(KINDS[kind].key) for review in reviews for kind in review.kinds], dtype=np.int64)
    folds = [at % FOLDS for at, review in enumerate(reviews) for _ in review.kinds]
    ones = np.broadcast_to(np.eye(len(KEYS)), (len(scores), len(KEYS), len(KEYS)))
    return np.concatenate([scores, ones], axis=2), kinds, np.array(folds, dtype=np.int64)


def _parts(model: Model, review: Labelled) -> Array:
    read = readings(review.text, review.spans)
    verdicts = judge(read, in_review(review.text, review.spans))
    encoder, linear, _ = model.parts(review.text, review.spans, read, verdicts)
    return np.stack([encoder, linear], axis=2).astype(np.float64)


def fit(design: Array, kinds: NDArray[np.int64], start: Array, rounds: int = 12) -> Array:
    """The numbers that make ``kinds`` likeliest, held to ``start``: Newton's method on a convex loss."""
    numbers = start.copy()
    truth = np.eye(len(KEYS))[kinds]
    for _ in range(rounds):
        chance = _softmax(design @ numbers)
        slope = np.einsum("nk,nkj->j", chance - truth, design) + STRENGTH * (numbers - start)
        mean = np.einsum("nk,nkj->nj", chance, design)
        bend = np.einsum("nk,nki,nkj->ij", chance, design, design, optimize=True) - mean.T @ mean
        step = np.linalg.solve(bend + STRENGTH * np.eye(len(start)), slope)
        numbers -= step
        if np.abs(step).max() < 1e-6:
            break
    return numbers


def _cross_validated(
    design: Array, kinds: NDArray[np.int64], folds: NDArray[np.int64], start: Array
) -> NDArray[np.int64]:
    found = np.zeros(len(kinds), dtype=np.int64)
    for fold in range(FOLDS):
        held = folds == fold
        found[held] = _best(design[held], fit(design[~held], kinds[~held], start))
    return found


def _best(design: Array, numbers: Array) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.argmax(design @ numbers, axis=1)
    return found


def _softmax(scores: Array) -> Array:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Array = grown / grown.sum(axis=1, keepdims=True)
    return result


def _score(found: NDArray[np.int64], kinds: NDArray[np.int64]) -> Score:
    measured = report([Judged(KEYS[k], KEYS[f], "", "", 0.0, False) for k, f in zip(kinds, found, strict=True)])
    return Score(measured.accuracy, measured.macro_f1)
