"""What sorting costs on one thread: ``python -m bench.sorting_speed [FILE.jsonl]``.

Prints the time per remark over a file of reviews (by default the labelled comments), the median time of a review of
three remarks with a chapter to anchor in, what asking an author's decisions costs, the cold start, and the memory
that the model adds.
"""

import json
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback.sorting import Sorter

REVIEW = (
    "I loved how the ferryman counted his coins twice, it says so much about him!\n\n"
    "> she had went home before the lamps was lit\n\nshould be 'had gone'\n\nWhen does the next chapter come?"
)
CHAPTER = (
    "It rained on the river. Nobody spoke, and she had went home before the lamps was lit. "
    + "The mill stood. " * 1500
)


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/remarks/dev.jsonl")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    start, before = time.perf_counter(), _memory()
    from feedback.sorting import Sorter

    sorter = Sorter()
    sorter.load()
    print(f"cold start {time.perf_counter() - start:.2f} s, memory added {_memory() - before} MB")
    for name, each in (("rules alone", Sorter(None)), ("rules and model", sorter)):
        start = time.perf_counter()
        remarks = sum(len(each.sort(text)) for text in texts)
        spent = time.perf_counter() - start
        print(f"{name}: {remarks / spent:.0f} remarks/s, {len(texts) / spent:.0f} reviews/s")
        print(f"  a review of three remarks, with a chapter: {_three(each):.1f} ms")
    _decisions(texts)


def _decisions(texts: list[str]) -> None:
    """The time that asking an author's decisions adds to a remark: as many as are kept, made of other words."""
    import numpy as np

    from feedback.sorting.decisions import KEPT, Decisions, decision
    from feedback.sorting.kinds import KINDS
    from feedback.sorting.reading import Reading

    said = [sentence for text in texts for sentence in text.split(". ") if sentence.strip()]
    made = [f"{said[at % len(said)]} {at}" for at in range(KEPT)]
    known = Decisions(decision(text, list(KINDS)[at % len(KINDS)]) for at, text in enumerate(made))
    even = np.full(len(KINDS), 1 / len(KINDS), dtype=np.float32)
    times = []
    for text in said[:1000]:
        reading = Reading(text)
        start = time.perf_counter()
        known.precedent(reading)
        known.weigh(reading, even)
        times.append(1000 * (time.perf_counter() - start))
    worst = statistics.quantiles(times, n=100)[98]
    print(
        f"asking {KEPT:,} decisions: {statistics.median(times):.2f} ms a remark, {worst:.2f} ms for one in a hundred"
    )


def _three(sorter: "Sorter") -> float:
    """The median time in milliseconds of a review of three remarks, corrections and anchors included."""
    times = []
    for _ in range(50):
        start = time.perf_counter()
        sorter.sort(REVIEW, CHAPTER)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
