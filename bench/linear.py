"""Fitting the linear part, the pool and the table of stances. scikit-learn and SciPy, at training time only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression

from bench.labelled import KEYS, Comment, kind_number, stance_number
from feedback.sorting.features import TERMS, shape, term_buckets
from feedback.sorting.kinds import STANCES

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Every remark of some comments as a row: terms and shape side by side, kind, stance, fold, agreement."""

    features: sparse.csr_matrix
    kinds: NDArray[np.int64]
    stances: NDArray[np.int64]
    folds: NDArray[np.int64]
    agreed: NDArray[np.bool_]
    comment: NDArray[np.int64]

    def rows(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> "Table":
        """The rows where ``keep`` is true, or that it numbers."""
        return Table(
            self.features[keep],
            self.kinds[keep],
            self.stances[keep],
            self.folds[keep],
            self.agreed[keep],
            self.comment[keep],
        )


def tabulate(comments: Sequence[Comment]) -> Table:
    """The features and labels of every remark of ``comments``."""
    columns: list[NDArray[np.int64]] = []
    shapes, labels = [], []
    for number, comment in enumerate(comments):
        seen, verdicts = comment.read()
        columns += [term_buckets(seen, at) for at in range(len(seen))]
        shapes += [shape(*pair) for pair in zip(seen, verdicts, strict=True)]
        labels += [
            (kind_number(x), stance_number(x), comment.fold, _agreed(comment, x), number) for x in comment.labels
        ]
    terms = _terms(columns)
    found = np.array(labels, dtype=np.int64)
    features = sparse.hstack([terms, sparse.csr_matrix(np.array(shapes))]).tocsr()
    return Table(features, found[:, 0], found[:, 1], found[:, 2], found[:, 3].astype(bool), found[:, 4])


def _agreed(comment: Comment, label: dict[str, object]) -> bool:
    return comment.source == "dev" and bool(label.get("agreed"))


def _terms(columns: Sequence[NDArray[np.int64]]) -> sparse.csr_matrix:
    """One row per remark; each of its n terms weighs 1/sqrt(n)."""
    sizes = np.array([len(column) for column in columns])
    weights = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return sparse.csr_matrix((weights, np.concatenate(columns), starts), shape=(len(columns), TERMS))


def fit_linear(table: Table) -> LogisticRegression:
    """Multinomial logistic regression (L-BFGS, C=1) on terms and shape; every kind must occur in ``table``."""
    return LogisticRegression(C=1.0, max_iter=300).fit(table.features, table.kinds)


def log_probabilities(model: LogisticRegression, table: Table) -> Array:
    """The linear part's opinion of every row; a kind it never saw gets next to nothing."""
    result = np.full((len(table.kinds), len(KEYS)), 1e-4)
    result[:, model.classes_] += model.predict_proba(table.features)
    return np.log(result / result.sum(axis=1, keepdims=True))


def fit_pool(
    encoder: Array, linear: Array, kinds: NDArray[np.int64], strength: float = 0.01
) -> tuple[float, float, Array]:
    """The weights of the two parts and a bias per kind that make held-out kinds likeliest (``strength``: L2)."""
    truth = np.eye(len(KEYS))[kinds]

    def loss(weights: Array) -> tuple[float, Array]:
        scores = weights[0] * encoder + weights[1] * linear + weights[2:]
        error, bias = softmax(scores, axis=1) - truth, weights[2:]
        slope = [(error * encoder).sum() / len(kinds), (error * linear).sum() / len(kinds)]
        value = -(log_softmax(scores, axis=1) * truth).sum() / len(kinds) + strength * (bias @ bias) / 2
        return value, np.concatenate([slope, error.mean(axis=0) + strength * bias])

    found = minimize(loss, np.r_[1.0, 0.5, np.zeros(len(KEYS))], jac=True, method="L-BFGS-B").x
    return float(found[0]), float(found[1]), found[2:]


def pooled(weights: tuple[float, float, Array], encoder: Array, linear: Array) -> Array:
    """The probabilities that the pool makes of both opinions."""
    return softmax(weights[0] * encoder + weights[1] * linear + weights[2], axis=1)


def stance_of_kind(table: Table) -> Array:
    """How much likelier each stance is with each kind than in general: P(stance | kind) / P(stance)."""
    counts = np.ones((len(KEYS), len(STANCES)))
    np.add.at(counts, (table.kinds, table.stances), 1)
    return (counts / counts.sum(axis=1, keepdims=True)) / (counts.sum(axis=0) / counts.sum())


def save_linear(model: LogisticRegression, path: Path) -> None:
    """Store the linear part, its term weights as bytes with one scale per kind."""
    weights = np.zeros((len(KEYS), model.coef_.shape[1]))
    bias = np.full(len(KEYS), -9.0)
    weights[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    scale = np.abs(weights[:, :TERMS]).max(axis=1) / 127 + 1e-9
    np.savez_compressed(
        path,
        terms=np.rint(weights[:, :TERMS] / scale[:, None]).astype(np.int8).T,
        scale=scale.astype(np.float32),
        shape=weights[:, TERMS:].T.astype(np.float32),
        bias=bias.astype(np.float32),
    )
