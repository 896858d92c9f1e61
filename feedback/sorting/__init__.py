"""Sorting: from one blob of text to remarks an author can act on. Pure: no Flask, no database, no network."""

from feedback.sorting.classify import RULES_VERSION, BadSpans, Sorter, shared_sorter, sort
from feedback.sorting.shapes import Anchor, Correction, SortedRemark

SORTER_VERSION: str = RULES_VERSION

__all__ = [
    "SORTER_VERSION",
    "Anchor",
    "BadSpans",
    "Correction",
    "SortedRemark",
    "Sorter",
    "shared_sorter",
    "sort",
]
