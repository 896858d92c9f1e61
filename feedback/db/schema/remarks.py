"""Remarks, the passages they speak of, counters, full-text search, and changes that can be undone."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run, words
from feedback.sorting.kinds import KINDS, STANCES


@migrations(name="0004_remarks")
def remarks(db: sqlite_utils.Database) -> None:
    """Remarks, the passages they speak of, counters, full-text search, and changes that can be undone."""
    craft = words(k.key for k in KINDS.values() if k.group == "craft" and k.key != "grammar")
    run(
        db,
        f"""
        CREATE TABLE remark (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
            author_id INTEGER NOT NULL REFERENCES account (id),
            work_id INTEGER NOT NULL,
            chapter_id INTEGER NOT NULL,
            review_version INTEGER NOT NULL,
            start_at INTEGER NOT NULL CHECK (start_at >= 0),
            end_at INTEGER NOT NULL CHECK (end_at > start_at),
            text TEXT NOT NULL CHECK (length(text) = end_at - start_at),
            kind TEXT NOT NULL CHECK (kind IN ({words(KINDS)})),
            stance TEXT NOT NULL CHECK (stance IN ({words(STANCES)})),
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
            why TEXT NOT NULL,
            sorted_by TEXT NOT NULL CHECK (sorted_by IN ('auto', 'writer', 'author')),
            visibility TEXT NOT NULL CHECK (visibility IN ('public', 'author')),
            status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'todo', 'done', 'declined')),
            starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
            place INTEGER NOT NULL DEFAULT 0,
            live INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
            on_desk INTEGER NOT NULL CHECK (on_desk IN (0, 1) AND on_desk <= live),
            asks INTEGER NOT NULL GENERATED ALWAYS AS (
                CASE
                    WHEN kind IN ('grammar', 'question') THEN 1
                    WHEN kind IN ({craft}) AND stance IN ('negative', 'suggestion') THEN 1
                    ELSE 0
                END
            ) VIRTUAL,
            owner TEXT NOT NULL GENERATED ALWAYS AS ('a' || author_id) VIRTUAL,
            CHECK (asks = 1 OR status IN ('new', 'done'))
        ) STRICT

        CREATE INDEX remark_review ON remark (review_id, start_at)

        CREATE INDEX remark_desk ON remark (author_id, id, kind, stance, work_id, unsure) WHERE on_desk = 1

        CREATE INDEX remark_status ON remark (author_id, status, id, kind, stance, work_id, unsure) WHERE on_desk = 1

        CREATE INDEX remark_starred ON remark (author_id, id) WHERE on_desk = 1 AND starred = 1

        CREATE INDEX remark_hostile ON remark (author_id, status, id) WHERE on_desk = 1 AND kind = 'hostile'

        CREATE INDEX remark_chapter ON remark (chapter_id, place, id, kind, stance, unsure) WHERE on_desk = 1

        CREATE INDEX remark_chapter_status ON remark (chapter_id, status, place, id, kind, stance, unsure)
            WHERE on_desk = 1

        CREATE TABLE passage (
            remark_id INTEGER NOT NULL REFERENCES remark (id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            quote TEXT NOT NULL,
            fixed TEXT,
            wrong_text TEXT,
            right_text TEXT,
            prefix TEXT NOT NULL DEFAULT '',
            suffix TEXT NOT NULL DEFAULT '',
            anchor TEXT CHECK (anchor IN ('exact', 'moved', 'ambiguous', 'lost')),
            start_at INTEGER,
            end_at INTEGER,
            chapter_version INTEGER NOT NULL,
            looks_fixed_in INTEGER,
            PRIMARY KEY (remark_id, position),
            CHECK ((start_at IS NULL) = (end_at IS NULL)),
            CHECK (anchor IN ('exact', 'moved') OR start_at IS NULL)
        ) STRICT

        CREATE TRIGGER chapter_to_anchor AFTER UPDATE OF version ON chapter WHEN old.version <> new.version
        BEGIN
            UPDATE chapter SET anchored = 0 WHERE id = new.id;
        END

        CREATE TRIGGER passage_to_anchor AFTER INSERT ON passage
        BEGIN
            UPDATE chapter SET anchored = 0
            WHERE id = (SELECT chapter_id FROM remark WHERE id = new.remark_id)
                AND version > new.chapter_version AND anchored = 1;
        END

        CREATE TABLE remark_count (
            author_id INTEGER NOT NULL,
            work_id INTEGER NOT NULL,
            chapter_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            stance TEXT NOT NULL,
            status TEXT NOT NULL,
            n INTEGER NOT NULL CHECK (n >= 0),
            PRIMARY KEY (author_id, chapter_id, work_id, kind, stance, status)
        ) STRICT, WITHOUT ROWID

        CREATE TRIGGER remark_counted AFTER INSERT ON remark WHEN new.on_desk = 1
        BEGIN
            INSERT INTO remark_count (author_id, work_id, chapter_id, kind, stance, status, n)
            VALUES
                (new.author_id, new.work_id, new.chapter_id, new.kind, new.stance, new.status, 1),
                (new.author_id, new.work_id, 0, new.kind, new.stance, new.status, 1)
            ON CONFLICT (author_id, chapter_id, work_id, kind, stance, status) DO UPDATE SET n = n + 1;
        END

        CREATE TRIGGER remark_uncounted AFTER DELETE ON remark WHEN old.on_desk = 1
        BEGIN
            UPDATE remark_count SET n = n - 1
            WHERE author_id = old.author_id AND work_id = old.work_id AND chapter_id IN (0, old.chapter_id)
                AND kind = old.kind AND stance = old.stance AND status = old.status;
        END

        CREATE TRIGGER remark_recounted_from AFTER UPDATE OF kind, stance, status, on_desk ON remark
        WHEN old.on_desk = 1
        BEGIN
            UPDATE remark_count SET n = n - 1
            WHERE author_id = old.author_id AND work_id = old.work_id AND chapter_id IN (0, old.chapter_id)
                AND kind = old.kind AND stance = old.stance AND status = old.status;
        END

        CREATE TRIGGER remark_recounted_to AFTER UPDATE OF kind, stance, status, on_desk ON remark
        WHEN new.on_desk = 1
        BEGIN
            INSERT INTO remark_count (author_id, work_id, chapter_id, kind, stance, status, n)
            VALUES
                (new.author_id, new.work_id, new.chapter_id, new.kind, new.stance, new.status, 1),
                (new.author_id, new.work_id, 0, new.kind, new.stance, new.status, 1)
            ON CONFLICT (author_id, chapter_id, work_id, kind, stance, status) DO UPDATE SET n = n + 1;
        END

        CREATE TRIGGER review_shelved AFTER UPDATE OF state ON review WHEN old.state <> new.state
        BEGIN
            UPDATE remark SET on_desk = (new.state IN ('published', 'hidden'))
            WHERE review_id = new.id AND live = 1;
        END

        CREATE TRIGGER review_visibility AFTER UPDATE OF visibility ON review WHEN old.visibility <> new.visibility
        BEGIN
            UPDATE remark SET visibility = new.visibility WHERE review_id = new.id;
        END

        CREATE VIRTUAL TABLE remark_search USING fts5 (
            owner, text, content = 'remark', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
        )

        INSERT INTO remark_search (remark_search, rank) VALUES ('automerge', 0)

        INSERT INTO remark_search (remark_search, rank) VALUES ('crisismerge', 256)

        CREATE TRIGGER remark_indexed AFTER INSERT ON remark
        BEGIN
            INSERT INTO remark_search (rowid, owner, text) VALUES (new.id, 'a' || new.author_id, new.text);
        END

        CREATE TRIGGER remark_unindexed AFTER DELETE ON remark
        BEGIN
            INSERT INTO remark_search (remark_search, rowid, owner, text)
            VALUES ('delete', old.id, 'a' || old.author_id, old.text);
        END

        CREATE TABLE change_batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token TEXT NOT NULL UNIQUE,
            account_id INTEGER NOT NULL REFERENCES account (id),
            action TEXT NOT NULL,
            at INTEGER NOT NULL,
            undone_at INTEGER
        ) STRICT

        CREATE INDEX change_batch_account ON change_batch (account_id, id)

        CREATE TABLE remark_change (
            batch_id INTEGER NOT NULL REFERENCES change_batch (id) ON DELETE CASCADE,
            remark_id INTEGER NOT NULL REFERENCES remark (id) ON DELETE CASCADE,
            field TEXT NOT NULL CHECK (field IN ('kind', 'status', 'starred', 'sorted_by', 'unsure', 'live')),
            old TEXT NOT NULL,
            new TEXT NOT NULL,
            PRIMARY KEY (batch_id, remark_id, field)
        ) STRICT, WITHOUT ROWID

        CREATE INDEX remark_change_remark ON remark_change (remark_id)
        """,
    )
