"""The labelled comments and our own examples, as the training and the comparisons read them.

The comments are real and stay where they are (``--data``, by default ``../shared/remarks``): nothing of them is
copied into the repository. Folds keep a story together, so that every figure is about stories never seen.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback.sorting.classify import judge
from feedback.sorting.corrections import in_review
from feedback.sorting.kinds import KINDS, STANCES
from feedback.sorting.reading import Reading, Span, readings
from feedback.sorting.rules import Verdict

KEYS = list(KINDS)
DATA = Path("../shared/remarks")
EXAMPLES = Path("feedback/sorting/examples.jsonl")
FOLDS = 3
OWN = -1
"""The fold of our own examples: always trained on, never counted."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One labelled comment. ``labels`` are rows of the file: kind, stance, also, agreed."""

    text: str
    spans: list[Span]
    labels: list[dict[str, Any]]
    fold: int
    source: str

    def read(self) -> tuple[list[Reading], list[Verdict]]:
        """The comment as the rules see it."""
        seen = readings(self.text, self.spans)
        return seen, judge(seen, in_review(self.text, self.spans))

    def labels_with_spans(self) -> list[dict[str, Any]]:
        """The labels with the offsets that hold in `text`."""
        return [
            {**label, "start": start, "end": end} for label, (start, end) in zip(self.labels, self.spans, strict=True)
        ]


def comments(data: Path = DATA, folds: int = FOLDS) -> list[Comment]:
    """Every real comment, with its fold."""
    rows = [(name, row) for name in ("dev", "train") for row in _rows(data / f"{name}.jsonl")]
    fold_of = _folds([(story(row), len(row["remarks"])) for _, row in rows], folds)
    return [_comment(row, fold_of[story(row)], name) for name, row in rows]


def own_comments(path: Path = EXAMPLES) -> list[Comment]:
    """Our examples, those of one review put together again."""
    reviews: dict[int, list[dict[str, Any]]] = {}
    for row in _rows(path):
        reviews.setdefault(row["review"], []).append(row)
    return [_joined(rows) for rows in reviews.values()]


def story(row: dict[str, Any]) -> str:
    """A story's name without case and marks."""
    return re.sub(r"\W+", " ", row["story"].lower()).strip()


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _comment(row: dict[str, Any], fold: int, source: str) -> Comment:
    spans = [(remark["start"], remark["end"]) for remark in row["remarks"]]
    return Comment(row["text"], spans, row["remarks"], fold, source)


def _folds(sizes: Iterable[tuple[str, int]], folds: int) -> dict[str, int]:
    """Stories dealt out, the largest first, each to the fold that has least."""
    total: Counter[str] = Counter()
    for name, size in sizes:
        total[name] += size
    loads, fold_of = [0] * folds, {}
    for name, size in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        fold_of[name] = loads.index(min(loads))
        loads[fold_of[name]] += size
    return fold_of


def _joined(rows: Sequence[dict[str, Any]]) -> Comment:
    text, spans, labels = "", [], []
    for row in rows:
        text += _between(text, row)
        spans.append((len(text), len(text) + len(row["text"])))
        labels.append({"also": [], **row})
        text += row["text"]
    return Comment(text, spans, labels, OWN, "own")


def _between(text: str, row: dict[str, Any]) -> str:
    """What a reader puts before a remark: a list goes on a new line, a quotation after an empty one."""
    if not text:
        return ""
    if row["text"].startswith(">") or "->" in row["text"] or text.endswith(":"):
        return "\n\n"
    return "\n" if row["kind"] == "grammar" else " "


def kind_number(label: dict[str, Any]) -> int:
    """The place of a label's kind in the table."""
    return KEYS.index(label["kind"])


def stance_number(label: dict[str, Any]) -> int:
    """The place of a label's stance in the table."""
    return STANCES.index(label["stance"])
