"""The SQL of the desk's own questions: when it was last seen, and what waits on it besides remarks."""

from feedback.db import Database, Row

COUNTED = 1000


def visits(db: Database, author_id: int) -> Row | None:
    """When the desk was last seen, and since when it tells."""
    return db.row("SELECT desk_since, desk_seen_at FROM account WHERE id = :author", author=author_id)


def set_visits(db: Database, author_id: int, since: int | None, seen_at: int) -> None:
    """Note a visit to the desk."""
    db.change(
        "UPDATE account SET desk_since = :since, desk_seen_at = :seen WHERE id = :author",
        author=author_id,
        since=since,
        seen=seen_at,
    )


def reviews_since(db: Database, author_id: int, since: int) -> Row | None:
    """How many reviews came in since then (``n``, counted up to one more than ``COUNTED``), on how many chapters."""
    return db.row(
        """
        SELECT COUNT(*) AS n, COUNT(DISTINCT chapter_id) AS chapters
        FROM (
            SELECT chapter_id
            FROM review
            WHERE author_id = :author AND submitted_at >= :since AND state IN ('published', 'hidden')
            LIMIT :most
        ) AS recent
        """,
        author=author_id,
        since=since,
        most=COUNTED + 1,
    )


_LETTER = """
    SELECT
        review.id, review.work_id, review.source, review.submitted_at, review.visibility, review.sorted,
        account.name AS reader_name, work.title AS work_title,
        chapter.number AS chapter_number, chapter_version.title AS chapter_title
    FROM review
    JOIN account ON account.id = review.reader_id
    JOIN work ON work.id = review.work_id
    JOIN chapter ON chapter.id = review.chapter_id
    JOIN chapter_version ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
"""


def held(db: Database, author_id: int, limit: int) -> list[Row]:
    """The reviews that wait to be let in, oldest first."""
    return db.rows(
        f"{_LETTER} WHERE review.author_id = :author AND review.state = 'held' ORDER BY review.id LIMIT :limit",
        author=author_id,
        limit=limit,
    )


def being_read(db: Database, author_id: int, limit: int) -> list[Row]:
    """The reviews on the desk that are not sorted yet, newest first."""
    return db.rows(
        f"""{_LETTER}
        WHERE review.author_id = :author AND review.sorted = 0 AND review.state IN ('published', 'hidden')
        ORDER BY review.id DESC
        LIMIT :limit
        """,
        author=author_id,
        limit=limit,
    )


def set_aside(db: Database, author_id: int, limit: int) -> list[Row]:
    """What was set aside, is unread, and stands on a public page or came in privately: newest first, without text."""
    return db.rows(
        """
        SELECT remark.id, remark.review_id, remark.why, remark.sorted_by, review.submitted_at
        FROM remark
        JOIN review ON review.id = remark.review_id
        WHERE remark.author_id = :author AND remark.on_desk = 1 AND remark.kind = 'hostile'
            AND remark.status = 'new' AND review.state = 'published'
        ORDER BY remark.review_id DESC
        LIMIT :limit
        """,
        author=author_id,
        limit=limit,
    )


def works(db: Database, author_id: int, limit: int) -> list[Row]:
    """An author's works by title, with how much is new in each: what waits and what is unread."""
    return db.rows(
        """
        SELECT
            work.id,
            work.title,
            COALESCE(SUM(CASE WHEN remark_count.status = 'new' THEN remark_count.n END), 0) AS new
        FROM work
        LEFT JOIN remark_count
            ON remark_count.author_id = work.author_id AND remark_count.chapter_id = 0
            AND remark_count.work_id = work.id AND remark_count.kind <> 'hostile'
        WHERE work.author_id = :author
        GROUP BY work.id, work.title
        ORDER BY work.title, work.id
        LIMIT :limit
        """,
        author=author_id,
        limit=limit,
    )


def chapters(db: Database, work_id: int) -> list[Row]:
    """The chapters of a work in order: number and present title."""
    return db.rows(
        """
        SELECT chapter.number, chapter_version.title
        FROM chapter
        JOIN chapter_version
            ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
        WHERE chapter.work_id = :work
        ORDER BY chapter.number
        """,
        work=work_id,
    )


def work_title(db: Database, author_id: int, work_id: int) -> str | None:
    """The title of a work, if it is this author's."""
    title: str | None = db.value(
        "SELECT title FROM work WHERE id = :work AND author_id = :author", work=work_id, author=author_id
    )
    return title
