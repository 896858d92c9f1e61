"""What people taught the sorter: an author's own decisions, and what the site has learned from everybody's labels.

Decisions are followed at once, for that author's later reviews. What `feedback learn` made of all labels is a row of
its own, which can be looked at and undone; the newest that is not undone, and was made for the model in use, counts.
"""

import json
import threading
from collections import OrderedDict
from itertools import groupby
from typing import Any

from feedback.db import Database, Row
from feedback.sorting.decisions import KEPT, Decisions, decision
from feedback.sorting.learning import Labelled, Learned

AUTHORS = 64
"""Authors whose decisions a process keeps prepared; reviews come in bursts on the chapter that just appeared."""

_lock = threading.Lock()
_prepared: OrderedDict[tuple[str, int], tuple[tuple[int, int], Decisions]] = OrderedDict()


def decisions(db: Database, author_id: int) -> Decisions:
    """What ``author_id`` has filed by hand, ready for `Sorter.sort`; prepared again when it has changed."""
    key, stamp = (str(db.path), author_id), _stamp(db, author_id)
    with _lock:
        known = _prepared.get(key)
    if known is None or known[0] != stamp:
        known = stamp, Decisions(decision(row["text"], row["kind"]) for row in _filed(db, author_id))
    with _lock:
        _prepared[key] = known
        _prepared.move_to_end(key)
        while len(_prepared) > AUTHORS:
            _prepared.popitem(last=False)
    return known[1]


def _stamp(db: Database, author_id: int) -> tuple[int, int]:
    """Grows with everything the author does on the desk, and with every undo."""
    row = db.row(
        "SELECT COALESCE(MAX(id), 0), COALESCE(MAX(undone_at), 0) FROM change_batch WHERE account_id = :author",
        author=author_id,
    )
    return (row[0], row[1]) if row else (0, 0)


def _filed(db: Database, author_id: int) -> list[Row]:
    newest = db.rows(
        """
        SELECT text, kind
        FROM remark
        WHERE author_id = :author AND sorted_by = 'author' AND live = 1
        ORDER BY id DESC
        LIMIT :kept
        """,
        author=author_id,
        kept=KEPT,
    )
    return newest[::-1]


def labelled(db: Database) -> list[Labelled]:
    """Every review with remarks that its writer or the work's author filed, and what they filed them under."""
    rows = db.rows(
        """
        SELECT remark.review_id, review.source, remark.start_at, remark.end_at, remark.kind
        FROM remark
        JOIN review ON review.id = remark.review_id AND review.version = remark.review_version
        WHERE remark.sorted_by <> 'auto' AND remark.live = 1 AND review.state NOT IN ('withdrawn', 'removed')
        ORDER BY remark.review_id, remark.start_at
        """
    )
    return [_labelled(list(group)) for _, group in groupby(rows, lambda row: row["review_id"])]


def _labelled(rows: list[Row]) -> Labelled:
    spans = [(row["start_at"], row["end_at"]) for row in rows]
    return Labelled(rows[0]["source"], spans, [row["kind"] for row in rows])


def adopt(db: Database, learned: Learned, model: str, now: int) -> None:
    """Let the sorter go by ``learned``, made for the model called ``model``, from now on."""
    with db.transaction():
        db.change(
            "INSERT INTO learned (model, labels, data, at) VALUES (:model, :labels, :data, :now)",
            model=model,
            labels=learned.labels,
            data=json.dumps(learned.data),
            now=now,
        )


def forget(db: Database, now: int) -> bool:
    """Undo the newest learning that counts; whether there was one."""
    with db.transaction():
        undone = db.change(
            """
            UPDATE learned SET undone_at = :now
            WHERE id = (SELECT MAX(id) FROM learned WHERE undone_at IS NULL)
            """,
            now=now,
        )
    return undone > 0


def history(db: Database) -> list[Row]:
    """Every learning, oldest first."""
    return db.rows("SELECT id, model, labels, data, at, undone_at FROM learned ORDER BY id")


def in_force(db: Database, model: str) -> tuple[int, dict[str, Any] | None]:
    """The learning the sorter goes by with ``model``: its id and numbers; ``(0, None)`` for none."""
    row = db.row(
        "SELECT id, data FROM learned WHERE undone_at IS NULL AND model = :model ORDER BY id DESC LIMIT 1",
        model=model,
    )
    return (row["id"], json.loads(row["data"])) if row else (0, None)
