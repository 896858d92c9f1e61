"""The SQL of chapters and their versions."""

from collections.abc import Iterable, Mapping

from feedback.db import Database, Row

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


def stale_versions(db: Database, policy: int, after: tuple[int, int], limit: int) -> list[Row]:
    """Versions not cleaned by ``policy``, by chapter (``id``) and number from ``after``."""
    return db.rows(
        """
        SELECT chapter_id AS id, number, notes_before, body, notes_after, policy_version
        FROM chapter_version
        WHERE policy_version <> :policy AND (chapter_id, number) > (:chapter_id, :number)
        ORDER BY chapter_id, number
        LIMIT :limit
        """,
        policy=policy,
        chapter_id=after[0],
        number=after[1],
        limit=limit,
    )


def reprint_version(db: Database, row: Row, html: Mapping[str, str], policy: int) -> int:
    """Replace the HTML of a stale version."""
    return db.change(
        """
        UPDATE chapter_version SET
            notes_before_html = :notes_before_html,
            body_html = :body_html,
            notes_after_html = :notes_after_html,
            policy_version = :policy
        WHERE chapter_id = :id AND number = :number AND policy_version = :was
        """,
        id=row["id"],
        number=row["number"],
        was=row["policy_version"],
        policy=policy,
        **html,
    )
