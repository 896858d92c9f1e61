"""Making the HTML of works and chapters anew after the cleaning has changed. Touches nothing but that HTML."""

import logging
from collections.abc import Callable, Iterator, Mapping

from feedback import sanitize
from feedback.db import Database, Row
from feedback.errors import Invalid
from feedback.library import chapter_store, store
from feedback.library.works import note

log = logging.getLogger("feedback")


def remake(db: Database, batch: int = 100) -> Iterator[tuple[int, int]]:
    """Remake what an earlier policy cleaned, ``batch`` rows a transaction; yields (done, total) after each.

    It can be stopped anywhere and started again: what is done is of the present policy and is not looked at. Words
    and plain text stay, because the positions of quotes count in them. A source that today's limits refuse keeps
    its HTML and is named in the log.
    """
    total = stale(db)
    done = 0
    for rows in _batches(store.stale_works, db, batch):
        _store(db, store.reprint_work, [(row, _work_html(row)) for row in rows])
        done += len(rows)
        yield done, total
    for rows in _batches(chapter_store.stale_versions, db, batch):
        _store(db, chapter_store.reprint_version, [(row, _version_html(row)) for row in rows])
        done += len(rows)
        yield done, total


def stale(db: Database) -> int:
    """How many works and versions are of an earlier policy."""
    return store.count_stale(db, sanitize.POLICY_VERSION)


Find = Callable[[Database, int, tuple[int, int], int], list[Row]]
Put = Callable[[Database, Row, Mapping[str, str], int], int]


def _batches(find: Find, db: Database, batch: int) -> Iterator[list[Row]]:
    """Stale rows in the order of their keys, so that one that stays stale is not met again."""
    after = (0, 0)
    while rows := find(db, sanitize.POLICY_VERSION, after, batch):
        yield rows
        after = (rows[-1]["id"], rows[-1]["number"])


def _store(db: Database, put: Put, printed: list[tuple[Row, Mapping[str, str] | None]]) -> None:
    with db.transaction():
        for row, html in printed:
            if html is not None:
                put(db, row, html, sanitize.POLICY_VERSION)


def _work_html(row: Row) -> Mapping[str, str] | None:
    try:
        return {
            "summary_html": note(row["summary"], "summary"),
            "wishes_note_html": note(row["wishes_note"], "wishes_note"),
        }
    except Invalid as error:
        log.warning("work %d keeps the HTML it had: %s", row["id"], error.message)
        return None


def _version_html(row: Row) -> Mapping[str, str] | None:
    try:
        return {
            "notes_before_html": note(row["notes_before"], "notes_before"),
            "body_html": sanitize.chapter_html(row["body"], "body").html,
            "notes_after_html": note(row["notes_after"], "notes_after"),
        }
    except Invalid as error:
        log.warning("version %d of chapter %d keeps the HTML it had: %s", row["number"], row["id"], error.message)
        return None
