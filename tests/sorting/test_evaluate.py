"""Measuring and sorting files: the figures by hand, the contract's JSON, and a clear word about bad lines."""

import json
from typing import Any

import pytest

from feedback.sorting import Sorter
from feedback.sorting.evaluate import BadLine, Judged, calibration_error, evaluate, report

RULES = Sorter(None)


def line(**row: Any) -> str:
    """A line of JSON."""
    return json.dumps(row)


def judged(kind: str, found: str, confidence: float = 0.8, unsure: bool = False) -> Judged:
    """A remark labelled ``kind`` and sorted as ``found``."""
    return Judged(kind, found, "neutral", "neutral", confidence, unsure)


def test_the_measures_are_what_a_hand_would_count() -> None:
    found = report(
        [
            judged("grammar", "grammar"),
            judged("grammar", "praise"),
            judged("theory", "theory"),
            judged("reaction", "theory", unsure=True),
        ]
    )
    assert found.kinds["grammar"].precision == 1.0
    assert found.kinds["grammar"].recall == 0.5
    assert found.grammar_f1 == pytest.approx(2 / 3)
    assert found.kinds["theory"].f1 == pytest.approx(2 / 3)
    assert found.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert (found.accuracy, found.groups) == (0.5, 0.75)
    assert (found.unsure, found.accuracy_of_sure) == (0.25, pytest.approx(2 / 3))
    assert found.confusion == {
        "grammar": {"grammar": 1, "praise": 1},
        "theory": {"theory": 1},
        "reaction": {"theory": 1},
    }


def test_a_kind_that_was_only_found_counts_for_nothing_in_the_mean() -> None:
    found = report([judged("theory", "theory"), judged("theory", "praise")])
    assert found.kinds["praise"].count == 0
    assert found.macro_f1 == pytest.approx(2 / 3)


def test_nothing_to_measure_is_all_zero() -> None:
    assert report([]).macro_f1 == 0.0


def test_calibration_is_the_gap_between_saying_and_being_right() -> None:
    assert calibration_error([(0.95, True), (0.95, True)]) == pytest.approx(0.05)
    assert calibration_error([(0.75, True), (0.75, False), (0.25, False), (0.25, False)]) == pytest.approx(0.25)
    assert calibration_error([(1.0, True)]) == 0.0


def test_disputed_labels_are_left_out() -> None:
    labels = [
        {"start": 0, "end": 14, "kind": "praise", "stance": "positive", "agreed": True},
        {"start": 15, "end": 21, "kind": "theory", "stance": "neutral", "agreed": False},
    ]
    found = evaluate([line(text="Great chapter! Typos:", remarks=labels)], RULES)
    assert (found.remarks, found.accuracy) == (1, 1.0)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": 1}', '"text"'),
        ('{"text": 5}', '"text"'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named_by_its_number(bad: str, says: str) -> None:
    with pytest.raises(BadLine) as caught:
        evaluate([line(text="fine", remarks=[]), "", bad], RULES)
    assert str(caught.value).startswith("line 3: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "remarks",
    [[{"start": 0, "end": 2}], [{"start": 0, "end": 2, "kind": "nonsense"}], [5], [{"start": 0, "end": 99}], 5],
)
def test_bad_labels_are_named_too(remarks: object) -> None:
    with pytest.raises(BadLine, match="line 1: "):
        evaluate([line(text="abc", remarks=remarks)], RULES)
