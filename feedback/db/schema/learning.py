"""What the sorter learned from the site's own labels, and what each author has taught it."""

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


@migrations(name="0007_taught")
def taught(db: sqlite_utils.Database) -> None:
    """By which change a remark teaches: 0 for one that nobody filed by hand, or that its author had forgotten.

    What authors filed before goes on teaching. What a site learned before was of another form, and is undone.
    """
    run(
        db,
        """
        ALTER TABLE remark ADD COLUMN
            taught_in INTEGER NOT NULL DEFAULT 0 CHECK (taught_in = 0 OR sorted_by = 'author')

        CREATE TABLE remark_change_new (
            batch_id INTEGER NOT NULL REFERENCES change_batch (id) ON DELETE CASCADE,
            remark_id INTEGER NOT NULL REFERENCES remark (id) ON DELETE CASCADE,
            field TEXT NOT NULL
                CHECK (field IN ('kind', 'status', 'starred', 'sorted_by', 'unsure', 'live', 'taught_in')),
            old TEXT NOT NULL,
            new TEXT NOT NULL,
            PRIMARY KEY (batch_id, remark_id, field)
        ) STRICT, WITHOUT ROWID

        INSERT INTO remark_change_new (batch_id, remark_id, field, old, new)
        SELECT batch_id, remark_id, field, old, new FROM remark_change

        DROP TABLE remark_change

        ALTER TABLE remark_change_new RENAME TO remark_change

        CREATE INDEX remark_change_remark ON remark_change (remark_id)

        INSERT INTO remark_change (batch_id, remark_id, field, old, new)
        SELECT MAX(change_batch.id), remark.id, 'taught_in', '0', CAST(MAX(change_batch.id) AS TEXT)
        FROM remark
        JOIN remark_change ON remark_change.remark_id = remark.id AND remark_change.field IN ('kind', 'sorted_by')
        JOIN change_batch ON change_batch.id = remark_change.batch_id
        WHERE remark.sorted_by = 'author' AND remark.live = 1
            AND change_batch.account_id = remark.author_id AND change_batch.undone_at IS NULL
        GROUP BY remark.id

        UPDATE remark SET taught_in = CAST(remark_change.new AS INTEGER)
        FROM remark_change
        WHERE remark_change.remark_id = remark.id AND remark_change.field = 'taught_in'

        DROP INDEX remark_filed

        CREATE INDEX remark_taught ON remark (author_id, taught_in, id) WHERE taught_in > 0 AND on_desk = 1

        UPDATE learned SET undone_at = at WHERE undone_at IS NULL
        """,
    )
