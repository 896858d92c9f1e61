"""Sorting: from one blob of text to remarks an author can act on. Pure: no Flask, no database, no network."""

from feedback.sorting.classify import RULES_VERSION, BadSpans, Sorter, shared_sorter, sort
from feedback.sorting.model import FOLDER, ModelDamaged, version_in
from feedback.sorting.shapes import Anchor, Correction, SortedRemark

__all__ = [
    "SORTER_VERSION",
    "Anchor",
    "BadSpans",
    "Correction",
    "ModelDamaged",
    "SortedRemark",
    "Sorter",
    "shared_sorter",
    "sort",
]

SORTER_VERSION: str = f"{RULES_VERSION}+{version_in(FOLDER)}"
"""What sorts: the version of the rules and of the model that came with them."""
