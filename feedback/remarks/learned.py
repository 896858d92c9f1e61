"""What the site has learned from everybody's labels.

What `feedback learn` made of them is a row of its own, which can be looked at and undone; the newest that is not
undone, and was made for the model in use, counts.
"""

import json
from itertools import groupby
from typing import Any

from feedback.db import Database, Row
from feedback.sorting.learning import Labelled, Learned


def labelled(db: Database) -> list[Labelled]:
    """Every review with remarks that its writer or the work's author filed, and what they filed them under.

    What an author had forgotten teaches nobody.
    """
    rows = db.rows(
        """
        SELECT
            remark.review_id, remark.author_id, review.source, remark.start_at, remark.end_at, remark.kind,
            remark.sorted_by
        FROM remark
        JOIN review ON review.id = remark.review_id AND review.version = remark.review_version
        WHERE (remark.sorted_by = 'writer' OR remark.taught_in > 0) AND remark.live = 1
            AND review.state NOT IN ('withdrawn', 'removed')
        ORDER BY remark.review_id, remark.start_at
        """
    )
    return [_labelled(list(group)) for _, group in groupby(rows, lambda row: row["review_id"])]


def _labelled(rows: list[Row]) -> Labelled:
    spans = [(row["start_at"], row["end_at"]) for row in rows]
    by_author = [row["sorted_by"] == "author" for row in rows]
    return Labelled(rows[0]["source"], spans, [row["kind"] for row in rows], rows[0]["author_id"], by_author)


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


def undo(db: Database, model: str, now: int) -> bool:
    """Undo the learning the sorter goes by with ``model``; whether there was one."""
    with db.transaction():
        undone = db.change(
            """
            UPDATE learned SET undone_at = :now
            WHERE id = (SELECT MAX(id) FROM learned WHERE undone_at IS NULL AND model = :model)
            """,
            model=model,
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
