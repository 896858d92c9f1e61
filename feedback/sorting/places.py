"""Looking for a passage in a prepared chapter: word for word, with an elision, and by likeness.

Everything here works on the squeezed form (see `chapter_text`), and answers with `Place`s in it.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

REVIEW_BUDGET = 0.1
"""Seconds that fuzzy matching may take for one review; afterwards quotations are lost."""

FLOORS = ((20, 101.0), (25, 95.0), (32, 91.0), (48, 88.0), (80, 84.0))
FLOOR_OF_LONG = 80.0
"""A passage of up to so many characters needs at least this likeness, a longer one `FLOOR_OF_LONG`; 101 means
only word for word. `bench/sorting_text.py` prints what passes them in real chapters, rightly and wrongly."""

MARGIN = 6.0
"""The second best place must be less alike than the best by this much, or the two cannot be told apart."""

LONG = 320
PROBE = 160
"""A passage longer than `LONG` is looked for by its first and last `PROBE` characters."""

CHUNK = 16_384
"""Characters of a chapter that one fuzzy search reads (about 1 ms), so that the budget can end it."""

CANDIDATES = 64
"""Places of one passage that are compared; words that stand more often are never told apart."""

TRIES = 4096
"""Occurrences looked at, inside of other words too, before giving up on finding `CANDIDATES`."""

ELIDED_WITHIN = 400
"""Characters within which the end of a passage with "..." in it must follow its beginning."""


SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the squeezed chapter and how alike the passage is, 0..100."""

    start: int
    end: int
    score: float


@dataclass(slots=True)
class Budget:
    """Time that fuzzy matching may take, shared by all quotations of a review.

    ``clock`` is a monotonic clock in seconds; tests bring their own.
    """

    seconds: float = REVIEW_BUDGET
    clock: Callable[[], float] = time.perf_counter
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        """Start counting."""
        self._until = self.clock() + self.seconds

    def is_spent(self) -> bool:
        """Whether no time is left."""
        return self.clock() >= self._until


def floor(length: int) -> float:
    """The least likeness at which a passage of ``length`` characters is taken for the one meant."""
    return next((score for limit, score in FLOORS if length <= limit), FLOOR_OF_LONG)


def exact_places(needle: str, hay: str) -> list[Place]:
    """Where ``needle`` stands as whole words, at most `CANDIDATES` times."""
    return list(_whole_words(needle, hay))


def _whole_words(needle: str, hay: str) -> Iterator[Place]:
    found, start = 0, hay.find(needle)
    for _ in range(TRIES):
        if start < 0 or found == CANDIDATES:
            return
        end = start + len(needle)
        if not (_within_word(hay, start) or _within_word(hay, end)):
            found += 1
            yield Place(start, end, 100.0)
        start = hay.find(needle, start + 1)


def _within_word(hay: str, offset: int) -> bool:
    """Whether ``offset`` has a letter or digit on both sides."""
    return 0 < offset < len(hay) and hay[offset - 1].isalnum() and hay[offset].isalnum()


def elided_place(head: str, tail: str, hay: str) -> Place | None:
    """Where a passage with words left out ("the first ... the last") stands, if it begins in only one place."""
    if min(len(head), len(tail)) < SHORTEST_PART:
        return None
    starts = exact_places(head, hay)
    if len(starts) != 1:
        return None
    start = starts[0]
    ends = exact_places(tail, hay[start.end : start.end + ELIDED_WITHIN])
    return Place(start.start, start.end + ends[0].end, 100.0) if ends else None


def fuzzy_places(needle: str, hay: str, budget: Budget) -> list[Place] | None:
    """The best place of a damaged passage, followed by its rival if there is one too close to call.

    None without a place above the floor; also when the budget is spent before the whole chapter was read,
    for a better or an equally good place may stand in the rest.
    """
    least = floor(len(needle))
    if least > 100 or len(needle) > 2 * len(hay):
        return None
    if len(needle) > LONG:
        return _long_place(needle, hay, budget)
    found = _chunk_places(needle, hay, least - MARGIN, budget)
    if not found or found[0].score < least:
        return None
    best = found[0]
    rivals = [place for place in found[1:] if place.end <= best.start or place.start >= best.end]
    return [best, *(rival for rival in rivals if rival.score > best.score - MARGIN)]


def _chunk_places(needle: str, hay: str, least: float, budget: Budget) -> list[Place]:
    """Places at least ``least`` alike, best first; none when the budget ran out before the end."""
    found: list[Place] = []
    step, size = CHUNK, CHUNK + 2 * len(needle)
    for offset in range(0, max(1, len(hay) - 2 * len(needle)), step):
        if budget.is_spent():
            return []
        found += _two_best(needle, hay, offset, min(offset + size, len(hay)), least)
        if found:
            least = max(least, max(place.score for place in found) - MARGIN)
    return sorted(found, key=lambda place: -place.score)


def _two_best(needle: str, hay: str, start: int, end: int, least: float) -> Iterator[Place]:
    """The most alike stretch of ``hay[start:end]``, and the most alike on either side of it."""
    best = _aligned(needle, hay, start, end, least)
    if best is None:
        return
    yield best
    for left, right in ((start, best.start), (best.end, end)):
        if right - left >= len(needle) // 2:
            rival = _aligned(needle, hay, left, right, max(least, best.score - MARGIN))
            if rival:
                yield rival


def _aligned(needle: str, hay: str, start: int, end: int, least: float) -> Place | None:
    stretch = hay[start:end]
    if len(stretch) < len(needle):
        score = fuzz.ratio(needle, stretch, score_cutoff=least)
        return Place(start, end, score) if score else None
    found = fuzz.partial_ratio_alignment(needle, stretch, score_cutoff=least)
    if found is None or found.dest_end <= found.dest_start:
        return None
    return _sharpened(needle, hay, Place(start + found.dest_start, start + found.dest_end, found.score))


def _sharpened(needle: str, hay: str, place: Place) -> Place:
    """The place with its edges moved to where the likeness is greatest.

    `rapidfuzz` only compares stretches as long as the passage; one that gained or lost characters is
    therefore cut a few characters off.
    """
    reach = 2 + len(needle) // 12
    start = _best_edge(needle, hay, range(max(0, place.start - reach), place.start + reach), place.end, True)
    end = _best_edge(needle, hay, range(place.end - reach, min(len(hay), place.end + reach) + 1), start, False)
    score = fuzz.ratio(needle, hay[start:end])
    return Place(start, end, max(score, place.score)) if end > start else place


def _best_edge(needle: str, hay: str, edges: range, other: int, is_start: bool) -> int:
    """The edge that makes the stretch to the ``other`` edge most alike; among equals the one at a word's edge."""

    def worth(edge: int) -> tuple[float, bool]:
        low, high = (edge, other) if is_start else (other, edge)
        return (fuzz.ratio(needle, hay[low:high]) if low < high else -1.0, not _within_word(hay, edge))

    return max(edges, key=worth)


def _long_place(needle: str, hay: str, budget: Budget) -> list[Place] | None:
    """A long passage by its two ends: both must be found, in order, about as far apart as in the passage."""
    head = fuzzy_places(needle[:PROBE], hay, budget)
    tail = fuzzy_places(needle[-PROBE:], hay, budget)
    if not head or not tail:
        return None
    pairs = [
        Place(first.start, last.end, min(first.score, last.score))
        for first in head
        for last in tail
        if 0.8 * len(needle) <= last.end - first.start <= 1.25 * len(needle)
    ]
    return pairs or None
