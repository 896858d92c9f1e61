"""The SQL of works."""

from collections.abc import Mapping

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


def newest_work(db: Database, author_id: int) -> Row | None:
    """The last work an author made: id, title and summary."""
    return db.row(
        "SELECT id, title, summary FROM work WHERE author_id = :author_id ORDER BY id DESC LIMIT 1",
        author_id=author_id,
    )


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


def count_stale(db: Database, policy: int) -> int:
    """How many works and versions were not cleaned by ``policy``."""
    counted: int = db.value(
        """
        SELECT
            (SELECT COUNT(*) FROM work WHERE policy_version <> :policy)
            + (SELECT COUNT(*) FROM chapter_version WHERE policy_version <> :policy)
        """,
        policy=policy,
    )
    return counted


def stale_works(db: Database, policy: int, after: tuple[int, int], limit: int) -> list[Row]:
    """Works not cleaned by ``policy``, by id from ``after``; ``number`` is 0, to be keyed as versions are."""
    return db.rows(
        """
        SELECT id, 0 AS number, summary, wishes_note, policy_version
        FROM work
        WHERE policy_version <> :policy AND id > :after
        ORDER BY id
        LIMIT :limit
        """,
        policy=policy,
        after=after[0],
        limit=limit,
    )


def reprint_work(db: Database, row: Row, html: Mapping[str, str], policy: int) -> int:
    """Replace the HTML of a stale work, unless it was saved meanwhile."""
    return db.change(
        """
        UPDATE work SET
            summary_html = :summary_html,
            wishes_note_html = :wishes_note_html,
            policy_version = :policy
        WHERE id = :id AND policy_version = :was AND summary = :summary AND wishes_note = :wishes_note
        """,
        id=row["id"],
        was=row["policy_version"],
        summary=row["summary"],
        wishes_note=row["wishes_note"],
        policy=policy,
        **html,
    )
