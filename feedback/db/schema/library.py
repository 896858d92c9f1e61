"""Works, wishes, chapters and every saved text of a chapter."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run, words
from feedback.sorting.kinds import KINDS


@migrations(name="0002_library")
def library(db: sqlite_utils.Database) -> None:
    """Works, wishes, chapters and every saved text of a chapter."""
    run(
        db,
        f"""
        CREATE TABLE work (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            author_id INTEGER NOT NULL REFERENCES account (id),
            title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
            summary TEXT NOT NULL,
            summary_html TEXT NOT NULL,
            wishes TEXT NOT NULL DEFAULT 'all'
                CHECK (wishes IN ('all', 'corrections_private', 'story_only', 'custom')),
            wishes_note TEXT NOT NULL,
            wishes_note_html TEXT NOT NULL,
            review_policy TEXT NOT NULL DEFAULT 'open'
                CHECK (review_policy IN ('open', 'hold_new', 'hold_all', 'closed')),
            policy_version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            page_version INTEGER NOT NULL DEFAULT 1
        ) STRICT

        CREATE INDEX work_author ON work (author_id, id)

        CREATE TABLE wish (
            work_id INTEGER NOT NULL REFERENCES work (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ({words(k for k in KINDS if k != "hostile")})),
            wish TEXT NOT NULL CHECK (wish IN ('welcome', 'private', 'unwelcome')),
            PRIMARY KEY (work_id, kind)
        ) STRICT

        CREATE TABLE chapter (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            work_id INTEGER NOT NULL REFERENCES work (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number <> 0),
            state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
            version INTEGER NOT NULL CHECK (version >= 1),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            published_at INTEGER,
            public_reviews INTEGER NOT NULL DEFAULT 0 CHECK (public_reviews >= 0),
            anchored INTEGER NOT NULL DEFAULT 1 CHECK (anchored IN (0, 1)),
            page_version INTEGER NOT NULL DEFAULT 1,
            UNIQUE (work_id, number),
            CHECK (state = 'draft' OR published_at IS NOT NULL)
        ) STRICT

        CREATE INDEX chapter_recent ON chapter (published_at) WHERE state = 'published'

        CREATE INDEX chapter_unanchored ON chapter (id) WHERE anchored = 0

        CREATE INDEX chapter_newest ON chapter (work_id, published_at) WHERE state = 'published'

        CREATE TABLE chapter_version (
            chapter_id INTEGER NOT NULL REFERENCES chapter (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 1),
            title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
            notes_before TEXT NOT NULL,
            body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 500000),
            notes_after TEXT NOT NULL,
            notes_before_html TEXT NOT NULL,
            body_html TEXT NOT NULL,
            body_text TEXT NOT NULL,
            notes_after_html TEXT NOT NULL,
            words INTEGER NOT NULL,
            policy_version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (chapter_id, number)
        ) STRICT

        CREATE TRIGGER work_page AFTER UPDATE OF title, summary_html, wishes, wishes_note_html, review_policy ON work
        BEGIN
            UPDATE work SET page_version = page_version + 1 WHERE id = new.id;
        END

        CREATE TRIGGER chapter_page AFTER UPDATE OF number, state, version, published_at ON chapter
        BEGIN
            UPDATE work SET page_version = page_version + 1 WHERE id = new.work_id;
        END

        CREATE TRIGGER chapter_page_new AFTER INSERT ON chapter
        BEGIN
            UPDATE work SET page_version = page_version + 1 WHERE id = new.work_id;
        END

        CREATE TRIGGER chapter_page_gone AFTER DELETE ON chapter
        BEGIN
            UPDATE work SET page_version = page_version + 1 WHERE id = old.work_id;
        END

        CREATE TRIGGER chapter_version_page AFTER UPDATE ON chapter_version
        BEGIN
            UPDATE chapter SET page_version = page_version + 1 WHERE id = new.chapter_id;
        END
        """,
    )
