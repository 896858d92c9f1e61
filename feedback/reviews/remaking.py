"""Making the HTML of reviews and replies anew after the cleaning has changed. Touches nothing else of them."""

import logging
from collections.abc import Callable, Iterator

from feedback import sanitize
from feedback.db import Database, Row
from feedback.errors import Invalid
from feedback.reviews import reply_store, store
from feedback.sanitize import Rendered

log = logging.getLogger("feedback")

Find = Callable[[Database, int, int, int], list[Row]]
Put = Callable[[Database, Row, Rendered, int], None]


def remake(db: Database, batch: int = 100) -> Iterator[tuple[int, int]]:
    """Remake what an earlier policy cleaned, ``batch`` rows a transaction; yields (done, total) after each.

    It can be stopped anywhere and started again. A text that was edited meanwhile is left as the edit made it. A
    source that today's limits refuse keeps its HTML and is named in the log.
    """
    total = store.count_stale(db, sanitize.POLICY_VERSION)
    done = 0
    for find, clean, put, what in (
        (store.stale_reviews, sanitize.review_html, store.reprint_review, "review"),
        (reply_store.stale_replies, sanitize.note_html, reply_store.reprint_reply, "the reply to review"),
    ):
        for rows in _batches(db, find, batch):
            _store(db, put, [(row, _cleaned(row, clean, what)) for row in rows])
            done += len(rows)
            yield done, total


def _batches(db: Database, find: Find, batch: int) -> Iterator[list[Row]]:
    """Stale rows in the order of their keys, so that one that stays stale is not met again."""
    after = 0
    while rows := find(db, sanitize.POLICY_VERSION, after, batch):
        yield rows
        after = rows[-1]["id"]


def _cleaned(row: Row, clean: Callable[[str], Rendered], what: str) -> Rendered | None:
    try:
        return clean(row["source"])
    except Invalid as error:
        log.warning("%s %d keeps the HTML it had: %s", what, row["id"], error.message)
        return None


def _store(db: Database, put: Put, printed: list[tuple[Row, Rendered | None]]) -> None:
    with db.transaction():
        for row, rendered in printed:
            if rendered is not None:
                put(db, row, rendered, sanitize.POLICY_VERSION)
