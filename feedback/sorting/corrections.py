"""Corrections: the concrete changes a remark proposes."""

import re
from collections.abc import Sequence

from feedback.sorting.shapes import Correction
from feedback.sorting.wording import difference, plain

ARROW = re.compile(r"^(.{1,300}?)[ \t]*(?:-+>|=>|→)[ \t]*(.{1,300})$", re.MULTILINE)


def find(text: str) -> list[Correction]:
    """The corrections in ``text``, the text of one remark, in the order they stand there."""
    return [_changed(plain(m[1]).strip("\"'“”> "), plain(m[2]).strip("\"'“” ")) for m in ARROW.finditer(text)]


def in_review(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Correction]]:
    """The corrections of each remark of a review, read in the light of the remarks around it.

    ``text`` is the review, ``spans`` its remarks as `splitting.split` gives them; the answer has one list
    per span.
    """
    return [find(text[start:end]) for start, end in spans]


def _changed(quote: str, fixed: str) -> Correction:
    wrong, right = difference(quote, fixed)
    return Correction(quote, fixed, wrong, right)
