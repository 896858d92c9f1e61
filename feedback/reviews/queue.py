"""The queue of reviews that wait to be sorted: the rows with ``sorted = 0`` themselves.

Nothing is claimed, so nothing is lost when a worker dies; two workers at worst sort the same review twice, and the
second finds it done. An edit during sorting wins, because filing checks the version that was read.
"""

import logging
import sqlite3

from feedback.db import Database, Row
from feedback.remarks import filing
from feedback.reviews import sorters, store
from feedback.reviews.reading import Filed
from feedback.reviews.sorters import Read, Sorts

log = logging.getLogger("feedback")

_unreadable: set[tuple[int, int]] = set()
"""Reviews (id, version) that failed in this process: tried again by the next one, not four times a second."""


def is_empty(db: Database) -> bool:
    """Whether no review waits."""
    return not store.unsorted(db, 0, 1)


def sort_pending(db: Database, sorter: Sorts, limit: int) -> int:
    """Sort and file up to ``limit`` waiting reviews, oldest first; how many were filed.

    One that can't be sorted is logged, left waiting and passed over.
    """
    filed = after = 0
    while filed < limit:
        waiting = store.unsorted(db, after, limit - filed)
        if not waiting:
            break
        filed += sum(_sort(db, sorter, row) for row in waiting)
        after = waiting[-1]["id"]
    return filed


def _sort(db: Database, sorter: Sorts, row: Row) -> bool:
    if (row["id"], row["version"]) in _unreadable:
        return False
    try:
        read = sorters.sort(db, sorter, row)
    except sqlite3.Error:
        raise
    except Exception:
        _unreadable.add((row["id"], row["version"]))
        log.exception("review %d can't be sorted", row["id"])
        return False
    return _file(db, row, read)


def _file(db: Database, row: Row, read: Read) -> bool:
    with db.transaction():
        review = store.to_file(db, row["id"], row["version"], sorted_=False)
        if review is None:
            return False
        return filing.file(
            db, Filed(*review), read.remarks, chapter_version=row["chapter_version"], chapter_text=read.chapter_text
        )
