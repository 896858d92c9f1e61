"""Measuring the sorter on labelled reviews. Pure: lines in, data out."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from feedback.sorting.classify import BadSpans, Sorter
from feedback.sorting.kinds import GROUPS, KINDS
from feedback.sorting.shapes import SortedRemark

BINS = 10
"""Calibration is measured in ten bins of confidence of equal width."""


class BadLine(ValueError):
    """A line of the input cannot be used. The message is one line and begins with the line's number."""

    def __init__(self, number: int, problem: str) -> None:
        """``number`` counts from 1."""
        super().__init__(f"line {number}: {problem}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled remark and what the sorter made of it."""

    kind: str
    found: str
    stance: str
    found_stance: str
    confidence: float
    unsure: bool


@dataclass(frozen=True, slots=True)
class KindScore:
    """Precision, recall and F1 of one kind, each 0..1, and how many remarks were labelled with it."""

    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of the issue; every share is 0..1. ``confusion[label][found]`` counts remarks."""

    remarks: int
    macro_f1: float
    accuracy: float
    groups: float
    grammar_f1: float
    stances: float
    calibration_error: float
    unsure: float
    accuracy_of_sure: float
    kinds: dict[str, KindScore] = field(default_factory=dict)
    group_scores: dict[str, KindScore] = field(default_factory=dict)
    confusion: dict[str, dict[str, int]] = field(default_factory=dict)


def evaluate(lines: Iterable[str], sorter: Sorter) -> Report:
    """Measure ``sorter`` on lines ``{"text", "remarks": [{"start", "end", "kind", "stance"?, "agreed"?}]}``.

    Remarks whose ``agreed`` is false are left out; macro-F1 is over the kinds that occur.

    :raises BadLine: a line is not of that form.
    """
    return report(judged(lines, sorter))


def judged(lines: Iterable[str], sorter: Sorter) -> list[Judged]:
    """What ``sorter`` makes of every labelled remark of such lines, in order.

    :raises BadLine: a line is not of that form.
    """
    return [each for number, row in _rows(lines) for each in _judged(row, number, sorter)]


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise BadLine(number, f"not JSON: {problem}") from problem
        if not isinstance(row, dict):
            raise BadLine(number, "not a JSON object")
        yield number, row


def _text(row: dict[str, Any], number: int) -> str:
    if not isinstance(row.get("text"), str):
        raise BadLine(number, '"text" is missing or not a string')
    return str(row["text"])


def _labels(row: dict[str, Any], number: int) -> list[Any]:
    if not isinstance(row.get("remarks"), list):
        raise BadLine(number, '"remarks" is missing or not a list')
    return list(row["remarks"])


def _judged(row: dict[str, Any], number: int, sorter: Sorter) -> list[Judged]:
    text, labels = _text(row, number), _labels(row, number)
    try:
        spans = [(label["start"], label["end"]) for label in labels]
        found = sorter.sort(text, spans=spans)
        return [_pair(*each) for each in zip(labels, found, strict=True) if each[0].get("agreed") is not False]
    except BadSpans as problem:
        raise BadLine(number, f"remarks: {problem}") from problem
    except (KeyError, TypeError, AttributeError) as problem:
        raise BadLine(number, '"remarks" needs objects with "start", "end" and a known "kind"') from problem


def _pair(label: dict[str, Any], found: SortedRemark) -> Judged:
    kind = KINDS[label["kind"]].key
    stance = str(label.get("stance", found.stance))
    return Judged(kind, found.kind, stance, found.stance, found.confidence, found.unsure)


def report(found: Sequence[Judged]) -> Report:
    """The measures over ``found``; all are 0 when there is nothing to measure."""
    pairs = [(each.kind, each.found) for each in found]
    groups = [(KINDS[kind].group, KINDS[other].group) for kind, other in pairs]
    kinds, group_scores = _scores(pairs, KINDS), _scores(groups, GROUPS)
    sure = [each.kind == each.found for each in found if not each.unsure]
    return Report(
        remarks=len(found),
        macro_f1=_mean(score.f1 for score in kinds.values() if score.count),
        accuracy=_mean(kind == other for kind, other in pairs),
        groups=_mean(group == other for group, other in groups),
        grammar_f1=kinds["grammar"].f1 if "grammar" in kinds else 0.0,
        stances=_mean(each.stance == each.found_stance for each in found),
        calibration_error=calibration_error([(each.confidence, each.kind == each.found) for each in found]),
        unsure=_mean(each.unsure for each in found),
        accuracy_of_sure=_mean(sure),
        kinds=kinds,
        group_scores=group_scores,
        confusion=_confusion(pairs),
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _scores(pairs: Sequence[tuple[str, str]], keys: Iterable[str]) -> dict[str, KindScore]:
    """The score of each key that was labelled or found."""
    right = Counter(label for label, found in pairs if label == found)
    labelled, found = Counter(label for label, _ in pairs), Counter(found for _, found in pairs)
    return {key: _score(right[key], labelled[key], found[key]) for key in keys if labelled[key] or found[key]}


def _score(right: int, labelled: int, found: int) -> KindScore:
    precision = right / found if found else 0.0
    recall = right / labelled if labelled else 0.0
    return KindScore(precision, recall, 2 * right / (labelled + found), labelled)


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: how far confidence and being right are apart, over `BINS` bins, weighed by size."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in pairs:
        bins.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, right))
    gaps = (abs(_mean(c for c, _ in each) - _mean(r for _, r in each)) * len(each) for each in bins.values())
    return sum(gaps) / len(pairs) if pairs else 0.0


def _confusion(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for label, found in pairs:
        row = table.setdefault(label, {})
        row[found] = row.get(found, 0) + 1
    return table
