"""The schema, as CREATE TABLE text in numbered steps.

Times are whole seconds since 1970, UTC. What must be true is a CHECK, a UNIQUE or a trigger here, so that no code
path can store or count it wrong. Triggers maintain three derived facts: the counters of the desk, the public
review count and page version of a chapter, and which remarks stand on the desk.
"""

from collections.abc import Iterable

import sqlite_utils
from sqlite_utils import Migrations

from feedback.sorting.kinds import KINDS, STANCES

migrations = Migrations("feedback")


def _run(db: sqlite_utils.Database, script: str) -> None:
    # executescript() would commit the migration's transaction, so statements run one at a time.
    for statement in script.split("\n\n"):
        if statement.strip():
            db.conn.execute(statement)


def _words(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


@migrations(name="0001_accounts")
def accounts(db: sqlite_utils.Database) -> None:
    """Accounts, their log-in sessions, reset links, and failures and registrations to throttle."""
    _run(
        db,
        """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (length(name) BETWEEN 3 AND 30),
            name_key TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'moderator', 'admin')),
            password_hash TEXT NOT NULL,
            recovery_hash TEXT,
            created_at INTEGER NOT NULL,
            desk_since INTEGER,
            desk_seen_at INTEGER
        ) STRICT

        CREATE TABLE login_session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            token_hash TEXT NOT NULL UNIQUE,
            remembered INTEGER NOT NULL CHECK (remembered IN (0, 1)),
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            address TEXT NOT NULL,
            agent TEXT NOT NULL
        ) STRICT

        CREATE INDEX login_session_account ON login_session (account_id)

        CREATE TABLE reset_link (
            token_hash TEXT PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            expires_at INTEGER NOT NULL,
            used_at INTEGER
        ) STRICT

        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            scope TEXT NOT NULL CHECK (scope IN ('login_name', 'login_address', 'register', 'recover')),
            key TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT

        CREATE INDEX attempt_key ON attempt (scope, key, at)

        CREATE TABLE health (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            probed_at INTEGER NOT NULL
        ) STRICT

        INSERT INTO health (id, probed_at) VALUES (1, 0)
        """,
    )


@migrations(name="0002_library")
def library(db: sqlite_utils.Database) -> None:
    """Works, wishes, chapters and every saved text of a chapter."""
    _run(
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
            kind TEXT NOT NULL CHECK (kind IN ({_words(k for k in KINDS if k != "hostile")})),
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


@migrations(name="0003_reviews")
def reviews(db: sqlite_utils.Database) -> None:
    """Reviews, their earlier texts, the author's replies, and drafts of people who are not logged in."""
    _run(
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

        CREATE INDEX review_chapter ON review (chapter_id, reader_id, id)

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


@migrations(name="0004_remarks")
def remarks(db: sqlite_utils.Database) -> None:
    """Remarks, the passages they speak of, counters, full-text search, and changes that can be undone."""
    craft = _words(k.key for k in KINDS.values() if k.group == "craft" and k.key != "grammar")
    _run(
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
            kind TEXT NOT NULL CHECK (kind IN ({_words(KINDS)})),
            stance TEXT NOT NULL CHECK (stance IN ({_words(STANCES)})),
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


@migrations(name="0005_moderation")
def moderation(db: sqlite_utils.Database) -> None:
    """Reports by readers and the decisions on them."""
    _run(
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


@migrations(name="0006_learning")
def learning(db: sqlite_utils.Database) -> None:
    """What the sorter learned from the site's own labels, and the labels of one author by themselves."""
    _run(
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
