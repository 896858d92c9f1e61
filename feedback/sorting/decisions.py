"""Decisions: an author's own re-filing, as something the sorter can follow.

What an author files by hand teaches, in two ways. A remark that says nearly the same goes the same way, whatever a
rule would say of it (`Decisions.precedent`). One that is only like it is pulled there, the more alike the more
(`Decisions.weigh`). Likeness is the cosine of hashed words and pairs of words, so that what is kept of a remark is
numbers, never its text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.features import MOST_TERMS, TERMS, bucket, own_terms
from feedback.sorting.kinds import KINDS
from feedback.sorting.language import says_something
from feedback.sorting.reading import Reading, all_words

NEAREST = 5
"""How many of the decisions most alike are asked."""

NEARLY_THE_SAME = 0.8
"""From here on (0 to 1, of every word and pair of words) a decision is a precedent: in ten words one may differ."""

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
    """One remark that a person filed: its ``kind``, what it is about as ``terms`` (bucket numbers), and all its
    ``words`` and pairs of words, quotations included, as hashes wide enough for no two to meet."""

    kind: str
    terms: tuple[int, ...]
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decision on nearly the same words: its ``kind``, and whether they are the ``same`` but for case and marks."""

    kind: str
    same: bool

    @property
    def why(self) -> str:
        """The reason, in an author's words."""
        return f"{'the same words as' if self.same else 'nearly what'} you filed under {KINDS[self.kind].label}"


def decision(text: str, kind: str) -> Decision:
    """What is kept of a person's filing ``text`` under ``kind``.

    :raises KeyError: there is no such kind.
    """
    reading = Reading(text)
    return Decision(KINDS[kind].key, _terms(reading), _words(reading))


def _words(reading: Reading) -> tuple[int, ...]:
    """Hashes of all that is written: words and pairs of words; of a remark without words, its other characters."""
    words = all_words(reading)[:MOST_TERMS]
    said = [*words, *(" ".join(pair) for pair in pairwise(words))] or reading.plain.split()
    return tuple({crc32(each.encode("utf-8", "surrogatepass")) for each in said})


def _terms(reading: Reading) -> tuple[int, ...]:
    """The buckets of the terms that say something; of all terms, when none does."""
    terms = [term for term in own_terms(reading) if term[0] not in "^$"]
    telling = [term for term in terms if says_something(term)]
    return tuple(sorted({bucket(term) for term in telling or terms}))


def _postings(made: Sequence[Decision]) -> dict[int, NDArray[np.int64]]:
    """Which decisions hold a word or pair, by its hash."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, each in enumerate(made):
        for word in each.words:
            found[word].append(at)
    return {word: np.array(places, dtype=np.int64) for word, places in found.items()}


class Decisions:
    """The decisions of one author, ready to be asked. Made once; asking changes nothing."""

    def __init__(self, made: Iterable[Decision]) -> None:
        """Keep the last `KEPT` of ``made``, oldest first; those that say nothing are passed over."""
        kept = [each for each in made if each.words][-KEPT:]
        self._words, self._sizes = _postings(kept), np.array([len(each.words) for each in kept])
        self._all_kinds = [each.kind for each in kept]
        kept = [each for each in kept if each.terms]
        self._kinds = np.array([KEYS.index(each.kind) for each in kept], dtype=np.int64)
        self._terms = np.array([term for each in kept for term in each.terms], dtype=np.int64)
        sizes = np.array([len(each.terms) for each in kept], dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        self._norms = np.sqrt(sizes)

    def __len__(self) -> int:
        return len(self._all_kinds)

    def precedent(self, reading: Reading) -> Precedent | None:
        """The decision on nearly the same words as this remark's; of several as near, the latest."""
        words = _words(reading)
        held = [self._words[word] for word in words if word in self._words]
        if not held:
            return None
        shared = np.bincount(np.concatenate(held), minlength=len(self))
        alike = shared / np.sqrt(self._sizes * len(words))
        latest = len(self) - 1 - int(alike[::-1].argmax())
        if alike[latest] < NEARLY_THE_SAME:
            return None
        return Precedent(self._all_kinds[latest], bool(shared[latest] == len(words) == self._sizes[latest]))

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
        if not len(self._kinds) or not terms:
            return np.zeros(len(self._kinds), dtype=np.float32)
        asked = np.zeros(TERMS, dtype=np.float32)
        asked[list(terms)] = 1
        shared = np.add.reduceat(asked[self._terms], self._starts)
        alike: Floats = (shared / (self._norms * np.sqrt(len(terms)))).astype(np.float32)
        return alike
