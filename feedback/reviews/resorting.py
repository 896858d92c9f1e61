"""Sorting again, after the sorter has learned something new: only reviews that no person has touched.

A review is touched when anyone has re-filed, cut, joined, starred or handled a remark of it. The label a person gave,
and the place in the desk they left it in, are theirs.
"""

from collections.abc import Iterator

from feedback.db import Database, Row
from feedback.remarks import filing, labels
from feedback.reviews import sorters, store
from feedback.reviews.reading import Filed
from feedback.reviews.sorters import Read, Sorts


def resort(db: Database, sorter: Sorts, batch: int = 50) -> Iterator[tuple[int, int]]:
    """Sort every untouched review again, ``batch`` reviews at a time; yields (done, total) after each batch.

    It can be stopped anywhere and started again. A review that is touched or edited meanwhile stays as it is.
    """
    total, done, after = store.count_sorted(db), 0, 0
    while rows := store.sorted_reviews(db, after, batch):
        touched = labels.touched(db, [row["id"] for row in rows])
        for row in rows:
            if row["id"] not in touched:
                _again(db, row, _read(db, sorter, row))
        done, after = done + len(rows), rows[-1]["id"]
        yield done, max(total, done)


def _read(db: Database, sorter: Sorts, row: Row) -> Read:
    return sorters.sort(db, sorter, row)


def _again(db: Database, row: Row, read: Read) -> None:
    with db.transaction():
        review = store.to_file(db, row["id"], row["version"], sorted_=True)
        if review is None or labels.touched(db, [row["id"]]):
            return
        filing.file(
            db,
            Filed(*review),
            read.remarks,
            chapter_version=row["chapter_version"],
            chapter_text=read.chapter_text,
            relabel=True,
        )
