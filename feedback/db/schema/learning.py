"""What the sorter learned from the site's own labels, and the labels of one author by themselves."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run


@migrations(name="0006_learning")
def learning(db: sqlite_utils.Database) -> None:
    """What the sorter learned from the site's own labels, and the labels of one author by themselves."""
    run(
        db,
        """
        CREATE TABLE learned (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            model TEXT NOT NULL,
            labels INTEGER NOT NULL CHECK (labels > 0),
            data TEXT NOT NULL,
            at INTEGER NOT NULL,
            undone_at INTEGER
        ) STRICT

        CREATE INDEX remark_filed ON remark (author_id, id) WHERE sorted_by = 'author' AND live = 1
        """,
    )
