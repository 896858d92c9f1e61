"""Learning: a site's habits of filing, from what its people filed by hand, and whether going by them helps.

The model as it ships stays as it is. Learned is how often what it reads as one kind is filed here under another: a
small table of kinds by kinds (`model.by_habit`), which begins at nothing and is held there. It can be learned from a
hundred labels without forgetting what the model knows, is looked at in a glance, and undone by deleting it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.classify import judge, weigh
from feedback.sorting.corrections import in_review
from feedback.sorting.decisions import Decisions, decision
from feedback.sorting.evaluate import Judged, report
from feedback.sorting.kinds import KINDS
from feedback.sorting.model import Model, Opinion, by_habit
from feedback.sorting.reading import Reading, Span, readings
from feedback.sorting.rules import Verdict

KEYS = tuple(KINDS)
FOLDS = 5
FEWEST = 50
"""Labels below which nothing is learned: a fold would hold less than ten."""

STRENGTH = 1.0
"""How strongly the habits are held to none, in labels: with a handful they hardly move."""

ROUNDS = 30
HALVINGS = 30
SETTLED = 1e-4
"""A step that lowers the loss by less than this, over all labels, is the last one."""

SHOWN_FROM = 0.5
MOST_SHOWN = 12
"""A habit weaker than this moves hardly a remark by itself, and is not listed; the others decide little after a
dozen."""

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A review with remarks that people filed: ``kinds[i]`` is what ``spans[i]`` was filed under.

    ``author`` is whose desk it is on; ``by_author[i]`` says that they filed it themselves, so that their later
    remarks alike follow; without it nobody's do.
    """

    text: str
    spans: Sequence[Span]
    kinds: Sequence[str]
    author: int = 0
    by_author: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How good the sorter is: share of kinds right, and macro-F1 over the kinds that occur, each 0..1."""

    accuracy: float
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning. ``before`` and ``after`` are what the product would have said of labels held back:
    rules, the author's decisions in the other folds and all.

    ``adopt`` says that ``after`` is better; ``data`` is what `Sorter` takes as ``learned``, ready for JSON.
    """

    labels: int
    before: Score
    after: Score
    adopt: bool
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Remark:
    """One labelled remark, read: all that sorting it again under other habits takes."""

    text: str
    reading: Reading
    verdict: Verdict
    opinion: Opinion
    kind: str
    fold: int
    author: int
    by_author: bool


def learn(model: Model, reviews: Sequence[Labelled]) -> Learned:
    """Learn the habits of those who filed ``reviews``, cross-validated by review; ``model`` is the one that ships.

    :raises KeyError: a kind that does not exist.
    """
    remarks = [
        remark for at, review in enumerate(reviews) if review.spans for remark in _read(model, review, at % FOLDS)
    ]
    none = np.zeros((len(KEYS) + 1, len(KEYS)))
    by_fold = [_fitted([remark for remark in remarks if remark.fold != fold]) for fold in range(FOLDS)]
    before = _score(remarks, [none] * FOLDS, model.unsure_below)
    after = _score(remarks, by_fold, model.unsure_below)
    better = len(remarks) >= FEWEST and after.accuracy > before.accuracy and after.macro_f1 >= before.macro_f1
    data = {"habits": [[round(float(number), 4) for number in row] for row in _fitted(remarks)]}
    return Learned(len(remarks), before, after, better, data)


def described(data: Mapping[str, Any]) -> list[str]:
    """The strongest habits in ``data`` (`Learned.data`), a line each: from which kind to which, and how strongly."""
    names = [*(f"what reads like {kind.label}" for kind in KINDS.values()), "everything"]
    habits = np.array(data["habits"], dtype=np.float64)
    order = np.argsort(-np.abs(habits), axis=None, kind="stable")
    found = [divmod(int(at), len(KEYS)) for at in order if abs(habits.flat[at]) >= SHOWN_FROM]
    return [_leaning(names[row], KINDS[KEYS[to]].label, habits[row, to]) for row, to in found[:MOST_SHOWN]]


def _leaning(what: str, label: str, habit: float) -> str:
    return f"{what}: {'more' if habit > 0 else 'less'} often {label} ({habit:+.1f})"


def _read(model: Model, review: Labelled, fold: int) -> Iterator[_Remark]:
    read = readings(review.text, review.spans)
    verdicts = judge(read, in_review(review.text, review.spans))
    opinions = model.opinions(review.text, review.spans, read, verdicts)
    by_author = review.by_author or [False] * len(read)
    for each in zip(read, verdicts, opinions, review.kinds, by_author, strict=True):
        reading, verdict, opinion, kind, taught = each
        yield _Remark(reading.text, reading, verdict, opinion, KINDS[kind].key, fold, review.author, taught)


# Fitting ------------------------------------------------------------------------------------------------------------


def _fitted(remarks: Sequence[_Remark]) -> Array:
    """The habits of those who filed ``remarks``."""
    pooled = np.array([remark.opinion.kinds for remark in remarks], dtype=np.float64).reshape(len(remarks), len(KEYS))
    return fit(np.log(np.maximum(pooled, 1e-9)), np.array([KEYS.index(remark.kind) for remark in remarks], dtype=int))


def fit(pooled: Array, kinds: Labels) -> Array:
    """The habits that make ``kinds`` likeliest where the model says ``pooled`` (log-probabilities), held to none.

    The loss is convex, and never rises: a step of Newton's method that would overshoot is halved until it does not.
    """
    habits = np.zeros((len(KEYS) + 1, len(KEYS)))
    features = np.concatenate([np.exp(pooled), np.ones((len(pooled), 1))], axis=1)
    now = loss(habits, pooled, kinds)
    for _ in range(ROUNDS):
        last, step = now, _newton(habits, features, by_habit(pooled, habits), kinds)
        habits, now = _damped(habits, step, now, pooled, kinds)
        if last - now < SETTLED:
            break
    return habits


def loss(habits: Array, pooled: Array, kinds: Labels) -> float:
    """How unlikely ``habits`` make the labels, and how far they are from none."""
    scores = by_habit(pooled, habits)
    highest = scores.max(axis=1)
    total = highest + np.log(np.exp(scores - highest[:, None]).sum(axis=1))
    unlikely = total - scores[np.arange(len(kinds)), kinds]
    return float(unlikely.sum() + STRENGTH / 2 * (habits**2).sum())


def _newton(habits: Array, features: Array, scores: Array, kinds: Labels) -> Array:
    """The full step of Newton's method from ``habits``."""
    chances, size = _softmax(scores), habits.size
    slope = features.T @ (chances - np.eye(len(KEYS))[kinds]) + STRENGTH * habits
    bend = np.zeros((*habits.shape, *habits.shape))
    for one in range(len(KEYS)):
        for other in range(len(KEYS)):
            weight = chances[:, one] * ((one == other) - chances[:, other])
            bend[:, one, :, other] = features.T @ (features * weight[:, None])
    held = bend.reshape(size, size) + STRENGTH * np.eye(size)
    return np.asarray(np.linalg.solve(held, slope.ravel()), dtype=np.float64).reshape(habits.shape)


def _damped(habits: Array, step: Array, now: float, pooled: Array, kinds: Labels) -> tuple[Array, float]:
    """``habits`` after the longest part of ``step`` that lowers the loss, and the loss there."""
    for halved in range(HALVINGS):
        nearer = habits - step / 2**halved
        then = loss(nearer, pooled, kinds)
        if then < now:
            return nearer, then
    return habits, now


def _softmax(scores: Array) -> Array:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), dtype=np.float64)


# Measuring ----------------------------------------------------------------------------------------------------------


def _score(remarks: Sequence[_Remark], by_fold: Sequence[Array], below: float) -> Score:
    """How good the product is on labels that the habits of their fold, and the decisions, do not know."""
    decisions = _decisions(remarks)
    judged = []
    for remark in remarks:
        opinion = _by_habit(remark.opinion, by_fold[remark.fold])
        said = weigh(remark.reading, remark.verdict, opinion, below, decisions.get((remark.author, remark.fold)))
        judged.append(Judged(remark.kind, said.verdict.kind, "", "", 0.0, False))
    measured = report(judged)
    return Score(measured.accuracy, measured.macro_f1)


def _by_habit(opinion: Opinion, habits: Array) -> Opinion:
    pooled: Array = np.log(np.maximum(opinion.kinds.astype(np.float64), 1e-9))[None, :]
    return Opinion(_softmax(by_habit(pooled, habits))[0].astype(np.float32), opinion.stances, opinion.evidence)


def _decisions(remarks: Sequence[_Remark]) -> dict[tuple[int, int], Decisions]:
    """For each author and fold, what the author has filed in the others."""
    made = defaultdict(list)
    for remark in remarks:
        if remark.by_author:
            made[remark.author].append((remark.fold, decision(remark.text, remark.kind)))
    return {
        (author, fold): Decisions(each for elsewhere, each in filed if elsewhere != fold)
        for author, filed in made.items()
        for fold in range(FOLDS)
    }
