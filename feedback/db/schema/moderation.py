"""Reports by readers and the decisions on them."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run


@migrations(name="0005_moderation")
def moderation(db: sqlite_utils.Database) -> None:
    """Reports by readers and the decisions on them."""
    run(
        db,
        """
        CREATE TABLE decision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
            moderator_id INTEGER NOT NULL REFERENCES account (id),
            action TEXT NOT NULL CHECK (action IN ('keep', 'remove')),
            reason TEXT NOT NULL,
            old_state TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT

        CREATE INDEX decision_review ON decision (review_id, id)

        CREATE TABLE report (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
            reporter_id INTEGER NOT NULL REFERENCES account (id),
            reason TEXT NOT NULL CHECK (reason IN ('attack', 'spam', 'spoiler', 'other')),
            note TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            decision_id INTEGER REFERENCES decision (id)
        ) STRICT

        CREATE UNIQUE INDEX report_once ON report (review_id, reporter_id) WHERE decision_id IS NULL

        CREATE INDEX report_open ON report (id) WHERE decision_id IS NULL

        CREATE INDEX report_reporter ON report (reporter_id, created_at)
        """,
    )
