"""Sorting again, after the sorter has learned something new: only reviews that no person has touched.

A review is touched when anyone has re-filed, cut, joined, starred or handled a remark of it. The label a person gave,
and the place in the desk they left it in, are theirs.
"""

from collections.abc import Iterator
from typing import NamedTuple

from feedback.db import Database, Row
from feedback.remarks import filing, labels
from feedback.reviews import sorters, store
from feedback.reviews.reading import Filed
from feedback.reviews.sorters import Read, Sorts


class Resorted(NamedTuple):
    """How far sorting again has come: reviews looked at, how many there are, and those that were sorted again."""

    done: int
    total: int
    again: int

    @property
    def left(self) -> int:
        """The reviews left as they were, because a person has touched or edited them."""
        return self.done - self.again


def resort(db: Database, sorter: Sorts, batch: int = 10) -> Iterator[Resorted]:
    """Sort every untouched review again, ``batch`` reviews at a time; yields before the first and after each batch.

    It can be stopped anywhere and started again. A review that is touched or edited meanwhile stays as it is.
    """
    reached, after = Resorted(0, store.count_sorted(db), 0), 0
    yield reached
    while rows := store.sorted_reviews(db, after, batch):
        touched = labels.touched(db, [row["id"] for row in rows])
        again = sum(_again(db, row, _read(db, sorter, row)) for row in rows if row["id"] not in touched)
        done, after = reached.done + len(rows), rows[-1]["id"]
        reached = Resorted(done, max(reached.total, done), reached.again + again)
        yield reached


def _read(db: Database, sorter: Sorts, row: Row) -> Read:
    return sorters.sort(db, sorter, row)


def _again(db: Database, row: Row, read: Read) -> bool:
    """File ``read`` as what the review says, unless a person was quicker; whether it was."""
    with db.transaction():
        review = store.to_file(db, row["id"], row["version"], sorted_=True)
        if review is None or labels.touched(db, [row["id"]]):
            return False
        return filing.file(
            db,
            Filed(*review),
            read.remarks,
            chapter_version=row["chapter_version"],
            chapter_text=read.chapter_text,
            relabel=True,
        )
