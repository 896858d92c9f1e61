"""The library's SQL."""

from collections.abc import Iterable, Mapping

from feedback.db import Database, Row

LARGEST_ID = 2**63 - 1


def work(db: Database, work_id: int) -> Row | None:
    """A work with its author's name and whether it has a published chapter (``is_public``)."""
    return db.row(
        """
        SELECT
            work.id,
            work.author_id,
            account.name AS author_name,
            work.title,
            work.summary,
            work.summary_html,
            work.wishes AS wishes_choice,
            work.wishes_note,
            work.wishes_note_html,
            work.review_policy,
            work.policy_version,
            work.created_at,
            work.updated_at,
            work.page_version,
            EXISTS (
                SELECT 1 FROM chapter WHERE chapter.work_id = work.id AND chapter.state = 'published'
            ) AS is_public
        FROM work
        JOIN account ON account.id = work.author_id
        WHERE work.id = :work_id
        """,
        work_id=work_id,
    )


def wishes(db: Database, work_id: int) -> dict[str, str]:
    """What is wished per kind; empty unless the work's wishes are custom."""
    return {
        row["kind"]: row["wish"]
        for row in db.rows("SELECT kind, wish FROM wish WHERE work_id = :work_id", work_id=work_id)
    }


def add_work(db: Database, author_id: int, facts: Mapping[str, object], now: int) -> int:
    """Insert a work; return its id."""
    added: int = db.value(
        """
        INSERT INTO work (
            author_id, title, summary, summary_html, wishes, wishes_note, wishes_note_html,
            review_policy, policy_version, created_at, updated_at
        ) VALUES (
            :author_id, :title, :summary, :summary_html, :wishes, :wishes_note, :wishes_note_html,
            :review_policy, :policy_version, :now, :now
        )
        RETURNING id
        """,
        author_id=author_id,
        now=now,
        **facts,
    )
    return added


def change_work(db: Database, work_id: int, facts: Mapping[str, object], now: int) -> int:
    """Change what an author can change of a work; how many rows that was."""
    return db.change(
        """
        UPDATE work SET
            title = :title,
            summary = :summary,
            summary_html = :summary_html,
            wishes = :wishes,
            wishes_note = :wishes_note,
            wishes_note_html = :wishes_note_html,
            review_policy = :review_policy,
            policy_version = :policy_version,
            updated_at = :now
        WHERE id = :work_id
        """,
        work_id=work_id,
        now=now,
        **facts,
    )


def set_wishes(db: Database, work_id: int, by_kind: Mapping[str, str]) -> None:
    """Replace the wishes per kind; none for a preset."""
    db.change("DELETE FROM wish WHERE work_id = :work_id", work_id=work_id)
    for kind, wish in by_kind.items():
        db.change(
            "INSERT INTO wish (work_id, kind, wish) VALUES (:work_id, :kind, :wish)",
            work_id=work_id,
            kind=kind,
            wish=wish,
        )


def delete_work(db: Database, work_id: int) -> int:
    """Delete a work with its chapters and their reviews; how many works that was."""
    return db.change("DELETE FROM work WHERE id = :work_id", work_id=work_id)


def count_reviews(db: Database, work_id: int, chapter_id: int | None = None) -> int:
    """How many reviews of any state hang on a work, or on one chapter of it."""
    if chapter_id is None:
        counted: int = db.value("SELECT COUNT(*) FROM review WHERE work_id = :work_id", work_id=work_id)
    else:
        counted = db.value("SELECT COUNT(*) FROM review WHERE chapter_id = :chapter_id", chapter_id=chapter_id)
    return counted


def recent_works(db: Database, before: tuple[int, int] | None, limit: int) -> list[Row]:
    """Works by their newest published chapter, newest first, after the keyset position ``before``.

    A work stands where its newest published chapter does, so the walk is over chapters in publishing order,
    leaving out those that have a newer one.
    """
    at, chapter_id = before or (LARGEST_ID, LARGEST_ID)
    return db.rows(
        """
        SELECT
            work.id,
            work.title,
            account.name AS author_name,
            work.summary_html,
            newest.id AS newest_id,
            newest.number AS newest_number,
            newest.published_at,
            chapter_version.title AS newest_title,
            (
                SELECT COUNT(*) FROM chapter WHERE chapter.work_id = work.id AND chapter.state = 'published'
            ) AS chapters
        FROM chapter AS newest
        JOIN work ON work.id = newest.work_id
        JOIN account ON account.id = work.author_id
        JOIN chapter_version ON chapter_version.chapter_id = newest.id AND chapter_version.number = newest.version
        WHERE newest.state = 'published'
            AND (newest.published_at, newest.id) < (:at, :chapter_id)
            AND NOT EXISTS (
                SELECT 1
                FROM chapter AS newer
                WHERE newer.work_id = newest.work_id
                    AND newer.state = 'published'
                    AND (newer.published_at, newer.id) > (newest.published_at, newest.id)
            )
        ORDER BY newest.published_at DESC, newest.id DESC
        LIMIT :limit
        """,
        at=at,
        chapter_id=chapter_id,
        limit=limit,
    )


def works_of(db: Database, author_id: int, before: int | None, limit: int, *, unfinished: bool = False) -> list[Row]:
    """An author's works, last made first, with their chapters and drafts counted.

    :param unfinished: only works with nothing published, or with a draft.
    """
    return db.rows(
        """
        SELECT *
        FROM (
            SELECT
                work.id,
                work.title,
                work.updated_at,
                (SELECT COUNT(*) FROM chapter WHERE chapter.work_id = work.id) AS chapters,
                (
                    SELECT COUNT(*) FROM chapter WHERE chapter.work_id = work.id AND chapter.state = 'draft'
                ) AS drafts
            FROM work
            WHERE work.author_id = :author_id AND work.id < :before
        ) AS own
        WHERE :unfinished = 0 OR own.drafts > 0 OR own.chapters = 0
        ORDER BY own.id DESC
        LIMIT :limit
        """,
        author_id=author_id,
        before=LARGEST_ID if before is None else before,
        unfinished=int(unfinished),
        limit=limit,
    )


_CHAPTER = """
    SELECT
        chapter.id,
        chapter.work_id,
        work.author_id,
        account.name AS author_name,
        work.title AS work_title,
        chapter.number,
        chapter_version.title,
        chapter.state,
        chapter.version,
        chapter_version.notes_before,
        chapter_version.body,
        chapter_version.notes_after,
        chapter_version.notes_before_html,
        chapter_version.body_html,
        chapter_version.body_text,
        chapter_version.notes_after_html,
        chapter_version.words,
        chapter.created_at,
        chapter.updated_at,
        chapter.published_at,
        chapter.public_reviews,
        chapter.page_version
    FROM chapter
    JOIN work ON work.id = chapter.work_id
    JOIN account ON account.id = work.author_id
    JOIN chapter_version ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
"""


def chapter(db: Database, work_id: int, number: int) -> Row | None:
    """A chapter with its present text."""
    return db.row(
        f"{_CHAPTER} WHERE chapter.work_id = :work_id AND chapter.number = :number",
        work_id=work_id,
        number=number,
    )


def chapter_by_id(db: Database, chapter_id: int) -> Row | None:
    """A chapter with its present text, wherever it now stands."""
    return db.row(f"{_CHAPTER} WHERE chapter.id = :chapter_id", chapter_id=chapter_id)


def place(db: Database, work_id: int, number: int) -> Row | None:
    """What decides whether a chapter's page is still the same, without its text."""
    return db.row(
        """
        SELECT
            chapter.id,
            work.author_id,
            chapter.state,
            chapter.page_version,
            work.page_version AS work_page_version
        FROM chapter
        JOIN work ON work.id = chapter.work_id
        WHERE chapter.work_id = :work_id AND chapter.number = :number
        """,
        work_id=work_id,
        number=number,
    )


def contents(db: Database, work_id: int, *, drafts: bool) -> list[Row]:
    """A work's chapters in order, without their texts."""
    return db.rows(
        """
        SELECT
            chapter.id,
            chapter.number,
            chapter_version.title,
            chapter.state,
            chapter.version,
            chapter_version.words,
            chapter.published_at,
            chapter.updated_at,
            chapter.public_reviews
        FROM chapter
        JOIN chapter_version ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
        WHERE chapter.work_id = :work_id AND (chapter.state = 'published' OR :drafts = 1)
        ORDER BY chapter.number
        """,
        work_id=work_id,
        drafts=int(drafts),
    )


def neighbour(db: Database, work_id: int, number: int, *, after: bool, drafts: bool) -> Row | None:
    """The nearest chapter before or after ``number``: its number and title."""
    compare, order = (">", "ASC") if after else ("<", "DESC")
    return db.row(
        f"""
        SELECT chapter.number, chapter_version.title
        FROM chapter
        JOIN chapter_version ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
        WHERE chapter.work_id = :work_id
            AND chapter.number {compare} :number
            AND (chapter.state = 'published' OR :drafts = 1)
        ORDER BY chapter.number {order}
        LIMIT 1
        """,
        work_id=work_id,
        number=number,
        drafts=int(drafts),
    )


def last_number(db: Database, work_id: int) -> int:
    """The number of a work's last chapter, 0 without one."""
    found: int = db.value("SELECT COALESCE(MAX(number), 0) FROM chapter WHERE work_id = :work_id", work_id=work_id)
    return found


def add_chapter(db: Database, work_id: int, number: int, state: str, now: int) -> int:
    """Insert a chapter whose first version comes next; return its id."""
    added: int = db.value(
        """
        INSERT INTO chapter (work_id, number, state, version, created_at, updated_at, published_at)
        VALUES (:work_id, :number, :state, 1, :now, :now, CASE WHEN :state = 'published' THEN :now END)
        RETURNING id
        """,
        work_id=work_id,
        number=number,
        state=state,
        now=now,
    )
    return added


def add_version(db: Database, chapter_id: int, number: int, facts: Mapping[str, object], now: int) -> None:
    """Insert a version; one that is stored is never altered."""
    db.change(
        """
        INSERT INTO chapter_version (
            chapter_id, number, title, notes_before, body, notes_after,
            notes_before_html, body_html, body_text, notes_after_html, words, policy_version, created_at
        ) VALUES (
            :chapter_id, :number, :title, :notes_before, :body, :notes_after,
            :notes_before_html, :body_html, :body_text, :notes_after_html, :words, :policy_version, :now
        )
        """,
        chapter_id=chapter_id,
        number=number,
        now=now,
        **facts,
    )


def set_version(db: Database, chapter_id: int, number: int, now: int) -> None:
    """Make version ``number`` the one that is read."""
    db.change(
        "UPDATE chapter SET version = :number, updated_at = :now WHERE id = :chapter_id",
        chapter_id=chapter_id,
        number=number,
        now=now,
    )


def set_state(db: Database, chapter_id: int, state: str, now: int) -> int:
    """Publish or withdraw a chapter; how many rows changed.

    The first publishing date stays, or a writer would climb the list of recent works by hiding and showing.
    """
    return db.change(
        """
        UPDATE chapter SET
            state = :state,
            published_at = CASE WHEN :state = 'published' THEN COALESCE(published_at, :now) ELSE published_at END,
            updated_at = :now
        WHERE id = :chapter_id AND state <> :state
        """,
        chapter_id=chapter_id,
        state=state,
        now=now,
    )


def numbers(db: Database, work_id: int) -> list[Row]:
    """The ids and numbers of a work's chapters, in order."""
    return db.rows("SELECT id, number FROM chapter WHERE work_id = :work_id ORDER BY number", work_id=work_id)


def renumber(db: Database, moved: Iterable[tuple[int, int]]) -> None:
    """Give chapters (id, number) their new numbers.

    Through negative numbers, because a number is unique in its work at every moment.
    """
    places = list(moved)
    for sign in (-1, 1):
        for chapter_id, number in places:
            db.change(
                "UPDATE chapter SET number = :number WHERE id = :chapter_id",
                chapter_id=chapter_id,
                number=sign * number,
            )


def delete_chapter(db: Database, chapter_id: int) -> int:
    """Delete a chapter with its reviews; how many that was."""
    return db.change("DELETE FROM chapter WHERE id = :chapter_id", chapter_id=chapter_id)


def body_text(db: Database, chapter_id: int, version: int) -> str | None:
    """The plain text of one version."""
    found: str | None = db.value(
        "SELECT body_text FROM chapter_version WHERE chapter_id = :chapter_id AND number = :version",
        chapter_id=chapter_id,
        version=version,
    )
    return found


def versions(db: Database, chapter_id: int) -> list[Row]:
    """The versions of a chapter, newest first, without their texts."""
    return db.rows(
        """
        SELECT number, title, words, created_at
        FROM chapter_version
        WHERE chapter_id = :chapter_id
        ORDER BY number DESC
        """,
        chapter_id=chapter_id,
    )


def version(db: Database, chapter_id: int, number: int) -> Row | None:
    """One version whole."""
    return db.row(
        """
        SELECT
            number,
            title,
            notes_before,
            body,
            notes_after,
            notes_before_html,
            body_html,
            body_text,
            notes_after_html,
            words,
            policy_version,
            created_at
        FROM chapter_version
        WHERE chapter_id = :chapter_id AND number = :number
        """,
        chapter_id=chapter_id,
        number=number,
    )
