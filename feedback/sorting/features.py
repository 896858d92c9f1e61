"""Features: what the linear models see in a remark besides the encoder's opinion.

Two parts. *Terms* are the words and pairs of words of a remark and of its neighbours, as hashes (CRC-32 modulo
a fixed size): no list of words is kept, so no reader's words are. *Shape* is a short dense vector: length, place,
marks, quotation, the votes of the cues and the rule that fired.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from feedback.sorting.cues import kind_votes, stance_votes
from feedback.sorting.kinds import KINDS, STANCES
from feedback.sorting.reading import Reading
from feedback.sorting.rules import CERTAIN, Verdict

TERM_BITS = 15
TERMS = 1 << TERM_BITS
"""Number of hash buckets: at 32,768 two of a remark's terms rarely share one."""

MOST_TERMS = 400
"""Terms of one remark that are counted; a longer remark has said what it is about by then."""

Floats = NDArray[np.float32]

_RULES = (*(rule.name for rule in CERTAIN), "affection", "among fixes", "hostile", "correction")
_MARKS = ("?", "!", "...", '"', "*", ">", "/", "->", "http", "(", ":", ";")


def bucket(term: str) -> int:
    """The bucket of a term, the same on every machine."""
    return crc32(term.encode("utf-8", "surrogatepass")) & (TERMS - 1)


def own_terms(reading: Reading) -> list[str]:
    """The words and pairs of words of a remark, its first words and its ending marked as such."""
    words = reading.words[:MOST_TERMS]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    edges = [f"^{' '.join(words[:length])}" for length in (1, 2) if len(words) >= length]
    return [*words, *pairs, *edges, f"${reading.said[-1:]}"]


def term_buckets(readings: Sequence[Reading], at: int) -> NDArray[np.int64]:
    """The buckets of remark ``at``: its own terms, and the single words of its neighbours as context."""
    terms = own_terms(readings[at])
    for mark, beside in (("<", at - 1), (">", at + 1)):
        if 0 <= beside < len(readings):
            terms.extend(mark + word for word in readings[beside].words[:40])
    return np.unique(np.fromiter((bucket(term) for term in terms), dtype=np.int64, count=len(terms)))


def shape_names() -> list[str]:
    """What each number of `shape` is, in order."""
    names = [
        "words",
        "characters",
        "place",
        "from end",
        "alone",
        "first",
        "last",
        "remarks",
        "quotation",
        "bare quotation",
    ]
    names += ["capitals", "list mark", *(f"mark {mark}" for mark in _MARKS)]
    names += [f"cues {kind}" for kind in KINDS] + [f"cues {stance}" for stance in STANCES]
    return names + [f"rule {rule}" for rule in _RULES]


def shape(reading: Reading, verdict: Verdict | None) -> Floats:
    """The dense features of one remark; ``verdict`` is that of a certain rule, if one fired."""
    said, count = reading.said, reading.count
    kinds, stances = kind_votes(reading.phrases).score, stance_votes(reading.phrases).score
    letters = sum(map(str.isalpha, reading.text[:400])) or 1
    numbers = [
        math.log1p(len(reading.words)) / 4,
        math.log1p(len(reading.text)) / 6,
        reading.index / count,
        (count - 1 - reading.index) / count,
        float(count == 1),
        float(reading.index == 0),
        float(reading.index == count - 1),
        math.log1p(count) / 3,
        float(bool(reading.quoted)),
        float(reading.is_bare_quotation),
        sum(map(str.isupper, reading.text[:400])) / letters,
        float(reading.text.lstrip()[:1] in "-*•+"),
    ]
    numbers += [float(mark in said) for mark in _MARKS]
    numbers += [min(kinds.get(kind, 0.0), 6.0) / 3 for kind in KINDS]
    numbers += [min(stances.get(stance, 0.0), 6.0) / 3 for stance in STANCES]
    fired = _rule_of(verdict)
    numbers += [float(rule == fired) for rule in _RULES]
    return np.array(numbers, dtype=np.float32)


def _rule_of(verdict: Verdict | None) -> str:
    if verdict is None or not verdict.certain:
        return ""
    return "hostile" if verdict.kind == "hostile" else verdict.rule
