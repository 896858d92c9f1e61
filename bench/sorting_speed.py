"""What sorting costs on one thread: ``python -m bench.sorting_speed [FILE.jsonl]``.

Prints the time per remark over a file of reviews (by default the labelled comments), the median time of a review of
three remarks with a chapter to anchor in, the cold start, and the memory that the model adds.
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
