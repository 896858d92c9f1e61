"""Reviews, their earlier texts, the author's replies, and drafts of people who are not logged in."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run


@migrations(name="0003_reviews")
def reviews(db: sqlite_utils.Database) -> None:
    """Reviews, their earlier texts, the author's replies, and drafts of people who are not logged in."""
    run(
        db,
        """
        CREATE TABLE review (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chapter_id INTEGER NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
            work_id INTEGER NOT NULL REFERENCES work (id) ON DELETE CASCADE,
            author_id INTEGER NOT NULL REFERENCES account (id),
            reader_id INTEGER NOT NULL REFERENCES account (id),
            chapter_version INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('published', 'held', 'hidden', 'withdrawn', 'removed')),
            visibility TEXT NOT NULL CHECK (visibility IN ('public', 'author')),
            submission_key TEXT,
            version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
            source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 10000),
            html TEXT NOT NULL,
            text TEXT NOT NULL,
            policy_version INTEGER NOT NULL,
            words INTEGER NOT NULL,
            submitted_at INTEGER NOT NULL,
            edited_at INTEGER,
            sorted INTEGER NOT NULL DEFAULT 0 CHECK (sorted IN (0, 1)),
            UNIQUE (reader_id, submission_key),
            CHECK (author_id <> reader_id)
        ) STRICT

        CREATE INDEX review_public ON review (chapter_id, id) WHERE state = 'published' AND visibility = 'public'

        CREATE INDEX review_chapter ON review (chapter_id, id)

        CREATE INDEX review_not_public ON review (chapter_id, reader_id, id)
            WHERE state IN ('held', 'hidden') OR visibility = 'author'

        CREATE INDEX review_author ON review (author_id, submitted_at, state, chapter_id)

        CREATE INDEX review_work ON review (work_id, id)

        CREATE INDEX review_reader ON review (reader_id, id)

        CREATE INDEX review_between ON review (reader_id, author_id, id)

        CREATE INDEX review_reader_time ON review (reader_id, submitted_at)

        CREATE INDEX review_held ON review (author_id, id) WHERE state = 'held'

        CREATE INDEX review_being_read ON review (author_id, id) WHERE sorted = 0

        CREATE INDEX review_unsorted ON review (id) WHERE sorted = 0

        CREATE TABLE review_version (
            review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 1),
            source TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (review_id, number)
        ) STRICT

        CREATE TABLE reply (
            review_id INTEGER PRIMARY KEY REFERENCES review (id) ON DELETE CASCADE,
            reader_id INTEGER NOT NULL REFERENCES account (id),
            visibility TEXT NOT NULL CHECK (visibility IN ('public', 'author')),
            source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 10000),
            html TEXT NOT NULL,
            policy_version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            edited_at INTEGER,
            seen_at INTEGER
        ) STRICT

        CREATE INDEX reply_unseen ON reply (reader_id) WHERE seen_at IS NULL

        CREATE TABLE draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_hash TEXT NOT NULL UNIQUE,
            chapter_id INTEGER NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
            body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
            visibility TEXT NOT NULL CHECK (visibility IN ('public', 'author')),
            address TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            claimed_by INTEGER REFERENCES account (id)
        ) STRICT

        CREATE INDEX draft_address ON draft (address, created_at)

        CREATE INDEX draft_claimed ON draft (claimed_by, chapter_id) WHERE claimed_by IS NOT NULL

        CREATE TRIGGER review_counted AFTER INSERT ON review
        WHEN new.state = 'published' AND new.visibility = 'public'
        BEGIN
            UPDATE chapter SET public_reviews = public_reviews + 1, page_version = page_version + 1
            WHERE id = new.chapter_id;
        END

        CREATE TRIGGER review_recounted AFTER UPDATE OF state, visibility, html, edited_at ON review
        BEGIN
            UPDATE chapter SET
                public_reviews = public_reviews
                    + (new.state = 'published' AND new.visibility = 'public')
                    - (old.state = 'published' AND old.visibility = 'public'),
                page_version = page_version + 1
            WHERE id = new.chapter_id;
        END

        CREATE TRIGGER review_uncounted AFTER DELETE ON review
        WHEN old.state = 'published' AND old.visibility = 'public'
        BEGIN
            UPDATE chapter SET public_reviews = public_reviews - 1, page_version = page_version + 1
            WHERE id = old.chapter_id;
        END

        CREATE TRIGGER reply_page_new AFTER INSERT ON reply
        BEGIN
            UPDATE chapter SET page_version = page_version + 1
            WHERE id = (SELECT chapter_id FROM review WHERE id = new.review_id);
        END

        CREATE TRIGGER reply_page AFTER UPDATE OF html, visibility, edited_at ON reply
        BEGIN
            UPDATE chapter SET page_version = page_version + 1
            WHERE id = (SELECT chapter_id FROM review WHERE id = new.review_id);
        END

        CREATE TRIGGER reply_page_gone AFTER DELETE ON reply
        BEGIN
            UPDATE chapter SET page_version = page_version + 1
            WHERE id = (SELECT chapter_id FROM review WHERE id = old.review_id);
        END
        """,
    )
