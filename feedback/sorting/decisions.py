"""Decisions: an author's own re-filing, as something the sorter can follow.

What an author files by hand teaches: a later remark that is much like it goes the same way, the more alike the
surer. Likeness is the cosine of hashed words and pairs of words (`features`), so that what is kept of a remark is
numbers, never its text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.features import TERMS, bucket, own_terms
from feedback.sorting.kinds import KINDS
from feedback.sorting.language import says_something
from feedback.sorting.reading import Reading

NEAREST = 5
"""How many of the decisions most alike are asked."""

ALIKE_FROM = 0.3
"""Decisions less alike than this (0 to 1) say nothing about a remark."""

TRUST = 0.85
"""How far the decisions may outweigh the model: this share of the probability, when they are the same words."""

KEPT = 5_000
"""The newest decisions that are followed; asking them all takes less than a millisecond."""

KEYS = tuple(KINDS)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Decision:
    """One remark that a person filed: its ``kind``, and its ``terms`` as bucket numbers."""

    kind: str
    terms: tuple[int, ...]


def decision(text: str, kind: str) -> Decision:
    """What is kept of a person's filing ``text`` under ``kind``.

    :raises KeyError: there is no such kind.
    """
    return Decision(KINDS[kind].key, _terms(Reading(text)))


def _terms(reading: Reading) -> tuple[int, ...]:
    """The buckets of the terms that say something; of all terms, when none does."""
    terms = [term for term in own_terms(reading) if term[0] not in "^$"]
    telling = [term for term in terms if says_something(term)]
    return tuple(sorted({bucket(term) for term in telling or terms}))


class Decisions:
    """The decisions of one author, ready to be asked. Made once; asking changes nothing."""

    def __init__(self, made: Iterable[Decision]) -> None:
        """Keep the last `KEPT` of ``made``, oldest first; those without words are passed over."""
        kept = [each for each in made if each.terms][-KEPT:]
        self._kinds = np.array([KEYS.index(each.kind) for each in kept], dtype=np.int64)
        self._terms = np.array([term for each in kept for term in each.terms], dtype=np.int64)
        sizes = np.array([len(each.terms) for each in kept], dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        self._norms = np.sqrt(sizes)

    def __len__(self) -> int:
        return len(self._kinds)

    def weigh(self, reading: Reading, kinds: Floats) -> tuple[Floats, str]:
        """The probabilities of ``kinds`` after the nearest decisions were heard, and the reason, "" if none spoke."""
        alike = self._alike(_terms(reading))
        nearest = np.argsort(-alike, kind="stable")[:NEAREST]
        nearest = nearest[alike[nearest] >= ALIKE_FROM]
        if not len(nearest):
            return kinds, ""
        votes = np.zeros(len(KEYS), dtype=np.float32)
        np.add.at(votes, self._kinds[nearest], alike[nearest] ** 2)
        trust = TRUST * float(alike[nearest[0]])
        heard: Floats = ((1 - trust) * kinds + trust * votes / votes.sum()).astype(np.float32)
        best = int(heard.argmax())
        return heard, f"like others filed under {KINDS[KEYS[best]].label}" if votes[best] else ""

    def _alike(self, terms: Sequence[int]) -> Floats:
        """How alike each decision is to a remark of these terms, 0 to 1."""
        if not len(self) or not terms:
            return np.zeros(len(self), dtype=np.float32)
        asked = np.zeros(TERMS, dtype=np.float32)
        asked[list(terms)] = 1
        shared = np.add.reduceat(asked[self._terms], self._starts)
        alike: Floats = (shared / (self._norms * np.sqrt(len(terms)))).astype(np.float32)
        return alike
