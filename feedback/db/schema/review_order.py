"""Remarks in the order of their reviews, in every index; and changes that are done, and undone, a part at a time."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run

A_REVIEW, REVIEWS = 2**32, 2**31
"""``remark.spot`` has room for this many remarks in each of this many reviews. The search index yields what it finds
in the order of its numbers only: by these, review by review."""


@migrations(name="0008_review_order")
def review_order(db: sqlite_utils.Database) -> None:
    """Remarks in the order of their reviews, in every index; and changes done, and undone, a part at a time."""
    run(
        db,
        f"""
        ALTER TABLE remark ADD COLUMN spot INTEGER NOT NULL
            CHECK (id < {A_REVIEW} AND review_id < {REVIEWS})
            GENERATED ALWAYS AS (review_id * {A_REVIEW} + id) VIRTUAL

        DROP INDEX remark_desk

        DROP INDEX remark_status

        DROP INDEX remark_starred

        DROP INDEX remark_hostile

        DROP INDEX remark_chapter

        DROP INDEX remark_chapter_status

        CREATE INDEX remark_desk ON remark (author_id, review_id, kind, stance, work_id, unsure) WHERE on_desk = 1

        CREATE INDEX remark_status ON remark (author_id, status, review_id, kind, stance, work_id, unsure)
            WHERE on_desk = 1

        CREATE INDEX remark_starred ON remark (author_id, review_id) WHERE on_desk = 1 AND starred = 1

        CREATE INDEX remark_hostile ON remark (author_id, status, review_id) WHERE on_desk = 1 AND kind = 'hostile'

        CREATE INDEX remark_chapter ON remark (chapter_id, place, review_id, kind, stance, unsure) WHERE on_desk = 1

        CREATE INDEX remark_chapter_status ON remark (chapter_id, status, place, review_id, kind, stance, unsure)
            WHERE on_desk = 1

        DROP TRIGGER remark_indexed

        DROP TRIGGER remark_unindexed

        DROP TABLE remark_search

        CREATE VIRTUAL TABLE remark_search USING fts5 (
            owner, text, content = 'remark', content_rowid = 'spot', tokenize = 'unicode61 remove_diacritics 2'
        )

        INSERT INTO remark_search (remark_search, rank) VALUES ('automerge', 0)

        INSERT INTO remark_search (remark_search, rank) VALUES ('crisismerge', 256)

        INSERT INTO remark_search (remark_search) VALUES ('rebuild')

        CREATE TRIGGER remark_indexed AFTER INSERT ON remark
        BEGIN
            INSERT INTO remark_search (rowid, owner, text) VALUES (new.spot, new.owner, new.text);
        END

        CREATE TRIGGER remark_unindexed AFTER DELETE ON remark
        BEGIN
            INSERT INTO remark_search (remark_search, rowid, owner, text)
            VALUES ('delete', old.spot, old.owner, old.text);
        END

        ALTER TABLE change_batch ADD COLUMN parts INTEGER NOT NULL DEFAULT 0

        ALTER TABLE change_batch ADD COLUMN undone_to INTEGER NOT NULL DEFAULT 0

        UPDATE change_batch SET
            undone_to = (SELECT COALESCE(MAX(remark_id), 0) FROM remark_change WHERE batch_id = change_batch.id)
        WHERE undone_at IS NOT NULL
        """,
    )
