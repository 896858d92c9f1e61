"""The statements of the readers' side: reviews, their earlier texts, replies, and where on the site they stand."""

from feedback.db import Database, Row
from feedback.sanitize import Rendered

SPOT = """
    SELECT
        chapter.id,
        chapter.work_id,
        chapter.number,
        chapter.state,
        chapter.version,
        chapter.page_version,
        chapter.public_reviews,
        work.author_id,
        work.review_policy,
        work.page_version AS work_page_version,
        account.name AS author_name
    FROM chapter
    JOIN work ON work.id = chapter.work_id
    JOIN account ON account.id = work.author_id
"""

LETTER = """
    SELECT
        review.id,
        review.state,
        review.visibility,
        review.html,
        review.submitted_at,
        review.edited_at,
        writer.name AS reader_name,
        reply.html AS reply_html,
        reply.visibility AS reply_visibility,
        reply.created_at AS reply_at,
        reply.edited_at AS reply_edited_at
    FROM review
    JOIN account AS writer ON writer.id = review.reader_id
    LEFT JOIN reply ON reply.review_id = review.id
"""

FULL = """
    SELECT
        review.id,
        review.chapter_id,
        review.work_id,
        review.author_id,
        review.reader_id,
        review.chapter_version,
        review.state,
        review.visibility,
        review.version,
        review.source,
        review.html,
        review.text,
        review.submitted_at,
        review.edited_at,
        review.sorted,
        chapter.number AS chapter_number,
        chapter.state AS chapter_state,
        chapter.version AS chapter_now,
        chapter_version.title AS chapter_title,
        work.title AS work_title,
        author.name AS author_name,
        writer.name AS reader_name,
        EXISTS (SELECT 1 FROM report WHERE report.review_id = review.id) AS reported
    FROM review
    JOIN chapter ON chapter.id = review.chapter_id
    JOIN chapter_version ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
    JOIN work ON work.id = review.work_id
    JOIN account AS author ON author.id = review.author_id
    JOIN account AS writer ON writer.id = review.reader_id
"""


def spot(db: Database, work_id: int, number: int) -> Row | None:
    """The few facts about a chapter and its work that decide who may see or review it."""
    return db.row(f"{SPOT} WHERE chapter.work_id = :work AND chapter.number = :number", work=work_id, number=number)


def spot_by_id(db: Database, chapter_id: int) -> Row | None:
    """As ``spot``, for a chapter's id."""
    return db.row(f"{SPOT} WHERE chapter.id = :chapter", chapter=chapter_id)


def letters(db: Database, chapter_id: int, before: int | None, limit: int) -> list[Row]:
    """The public reviews of a chapter, newest first, from those older than the review ``before``."""
    older = "" if before is None else "AND review.id < :before"
    return db.rows(
        f"""{LETTER}
        WHERE review.chapter_id = :chapter AND review.state = 'published' AND review.visibility = 'public' {older}
        ORDER BY review.id DESC
        LIMIT :limit
        """,
        chapter=chapter_id,
        before=before,
        limit=limit,
    )


def own_unpublic(db: Database, chapter_id: int, reader_id: int, limit: int) -> list[Row]:
    """What a reader wrote on a chapter that its public list does not show."""
    return db.rows(
        f"""{LETTER}
        WHERE review.chapter_id = :chapter AND review.reader_id = :reader
            AND (review.state IN ('held', 'hidden') OR review.visibility = 'author')
            AND review.state IN ('published', 'held', 'hidden')
        ORDER BY review.id DESC
        LIMIT :limit
        """,
        chapter=chapter_id,
        reader=reader_id,
        limit=limit,
    )


def has_news(db: Database, chapter_id: int, reader_id: int, since: int) -> bool:
    """Whether there is anything that only this reader's page of a chapter shows: words claimed for its box after
    ``since``, reviews of theirs that are not public, replies they have not seen."""
    return bool(
        db.value(
            """
            SELECT
                EXISTS (
                    SELECT 1 FROM draft
                    WHERE claimed_by = :reader AND chapter_id = :chapter AND created_at > :since
                )
                OR EXISTS (
                    SELECT 1 FROM review
                    WHERE chapter_id = :chapter AND reader_id = :reader
                        AND (state IN ('held', 'hidden') OR visibility = 'author')
                        AND state IN ('published', 'held', 'hidden')
                )
                OR EXISTS (SELECT 1 FROM reply WHERE reader_id = :reader AND seen_at IS NULL)
            """,
            chapter=chapter_id,
            reader=reader_id,
            since=since,
        )
    )


def review(db: Database, review_id: int) -> Row | None:
    """One review with everything that decides who may see it and what its page shows."""
    return db.row(f"{FULL} WHERE review.id = :review", review=review_id)


def of_reader(db: Database, reader_id: int, before: int | None, limit: int) -> list[Row]:
    """What a reader wrote, newest first, with the author's reply and the reason of a removal."""
    older = "" if before is None else "AND review.id < :before"
    return db.rows(
        f"""
        SELECT
            review.id,
            review.work_id,
            review.state,
            review.visibility,
            review.html,
            review.submitted_at,
            review.edited_at,
            chapter.number AS chapter_number,
            chapter.state AS chapter_state,
            chapter_version.title AS chapter_title,
            work.title AS work_title,
            author.name AS author_name,
            reply.html AS reply_html,
            reply.visibility AS reply_visibility,
            reply.created_at AS reply_at,
            reply.edited_at AS reply_edited_at,
            reply.review_id IS NOT NULL AND reply.seen_at IS NULL AS reply_new,
            (
                SELECT decision.reason FROM decision
                WHERE decision.review_id = review.id AND decision.action = 'remove' AND review.state = 'removed'
                ORDER BY decision.id DESC
                LIMIT 1
            ) AS removal_reason
        FROM review
        JOIN chapter ON chapter.id = review.chapter_id
        JOIN chapter_version
            ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
        JOIN work ON work.id = review.work_id
        JOIN account AS author ON author.id = review.author_id
        LEFT JOIN reply ON reply.review_id = review.id
        WHERE review.reader_id = :reader {older}
        ORDER BY review.id DESC
        LIMIT :limit
        """,
        reader=reader_id,
        before=before,
        limit=limit,
    )


def removal_reason(db: Database, review_id: int) -> str | None:
    """Why a moderator removed a review."""
    reason: str | None = db.value(
        "SELECT reason FROM decision WHERE review_id = :review AND action = 'remove' ORDER BY id DESC LIMIT 1",
        review=review_id,
    )
    return reason


def insert(db: Database, values: dict[str, object]) -> int | None:
    """Add a review; ``None`` when its reader has used the submission key before."""
    row = db.row(
        """
        INSERT INTO review (
            chapter_id, work_id, author_id, reader_id, chapter_version, state, visibility, submission_key,
            source, html, text, policy_version, words, submitted_at
        )
        VALUES (
            :chapter_id, :work_id, :author_id, :reader_id, :chapter_version, :state, :visibility, :submission_key,
            :source, :html, :text, :policy_version, :words, :submitted_at
        )
        ON CONFLICT (reader_id, submission_key) DO NOTHING
        RETURNING id
        """,
        **values,
    )
    return None if row is None else int(row["id"])


def by_key(db: Database, reader_id: int, submission_key: str) -> Row | None:
    """The review a reader sent with this key, with the text it had then."""
    return db.row(
        """
        SELECT
            review.id,
            review.chapter_id,
            COALESCE(review_version.source, review.source) AS submitted
        FROM review
        LEFT JOIN review_version ON review_version.review_id = review.id AND review_version.number = 1
        WHERE review.reader_id = :reader AND review.submission_key = :key
        """,
        reader=reader_id,
        key=submission_key,
    )


def sent_since(db: Database, reader_id: int, since: int) -> Row:
    """How many reviews a reader sent after ``since``, and when the first of them was."""
    row = db.row(
        """
        SELECT COUNT(*) AS n, MIN(submitted_at) AS first_at
        FROM review
        WHERE reader_id = :reader AND submitted_at > :since
        """,
        reader=reader_id,
        since=since,
    )
    assert row is not None, "an aggregate has a row"
    return row


def has_published(db: Database, reader_id: int, author_id: int) -> bool:
    """Whether any review of this reader on this author's works is published."""
    return bool(
        db.value(
            """
            SELECT 1 FROM review
            WHERE reader_id = :reader AND author_id = :author AND state = 'published'
            LIMIT 1
            """,
            reader=reader_id,
            author=author_id,
        )
    )


def change_state(db: Database, review_id: int, old: str, new: str) -> bool:
    """Move a review from ``old`` to ``new``; False when it is no longer in ``old``."""
    return (
        db.change(
            "UPDATE review SET state = :new WHERE id = :review AND state = :old", review=review_id, old=old, new=new
        )
        == 1
    )


def keep_version(db: Database, review_id: int, version: int) -> None:
    """Put the text that is ``version`` of a review, and still its present one, among its earlier ones."""
    db.change(
        """
        INSERT INTO review_version (review_id, number, source, created_at)
        SELECT id, version, source, COALESCE(edited_at, submitted_at)
        FROM review
        WHERE id = :review AND version = :version
        """,
        review=review_id,
        version=version,
    )


def change_text(db: Database, values: dict[str, object]) -> bool:
    """Give a review its next text; False when it is no longer the version that was edited, or no longer stands."""
    return (
        db.change(
            """
        UPDATE review SET
            source = :source,
            html = :html,
            text = :text,
            policy_version = :policy_version,
            words = :words,
            chapter_version = :chapter_version,
            edited_at = :now,
            version = version + 1,
            sorted = 0
        WHERE id = :review AND version = :version AND state NOT IN ('withdrawn', 'removed')
        """,
            **values,
        )
        == 1
    )


def change_visibility(db: Database, review_id: int, visibility: str) -> None:
    """Change who may read a review; its reply is never more public than it."""
    db.change(
        "UPDATE review SET visibility = :visibility WHERE id = :review", review=review_id, visibility=visibility
    )
    if visibility == "author":
        db.change("UPDATE reply SET visibility = 'author' WHERE review_id = :review", review=review_id)


def versions(db: Database, review_id: int) -> list[Row]:
    """A review's earlier texts, latest first."""
    return db.rows(
        "SELECT number, source, created_at FROM review_version WHERE review_id = :review ORDER BY number DESC",
        review=review_id,
    )


def unsorted(db: Database, after: int, limit: int) -> list[Row]:
    """The reviews that wait to be sorted, oldest first, from the one after ``after``."""
    return db.rows(
        """
        SELECT id, version, source, author_id, chapter_id, chapter_version
        FROM review
        WHERE sorted = 0 AND id > :after
        ORDER BY id
        LIMIT :limit
        """,
        after=after,
        limit=limit,
    )


def to_file(db: Database, review_id: int, version: int, *, sorted_: bool) -> Row | None:
    """What filing needs to know of a review, if it is still of this version and ``sorted_`` or waiting as before."""
    return db.row(
        """
        SELECT id, author_id, work_id, chapter_id, version, state, visibility, source
        FROM review
        WHERE id = :review AND version = :version AND sorted = :sorted
        """,
        review=review_id,
        version=version,
        sorted=int(sorted_),
    )


def count_stale(db: Database, policy_version: int) -> int:
    """How many reviews and replies were cleaned by another policy."""
    return int(
        db.value(
            """
            SELECT
                (SELECT COUNT(*) FROM review WHERE policy_version <> :policy)
                + (SELECT COUNT(*) FROM reply WHERE policy_version <> :policy)
            """,
            policy=policy_version,
        )
    )


def stale_reviews(db: Database, policy_version: int, after: int, limit: int) -> list[Row]:
    """Reviews that were cleaned by another policy, in order, from the one after ``after``."""
    return db.rows(
        """
        SELECT id, source
        FROM review
        WHERE policy_version <> :policy AND id > :after
        ORDER BY id
        LIMIT :limit
        """,
        policy=policy_version,
        after=after,
        limit=limit,
    )


def reprint_review(db: Database, row: Row, rendered: Rendered, policy_version: int) -> None:
    """Give a review the HTML and plain text of the present policy, unless its source is another by now."""
    db.change(
        """
        UPDATE review SET html = :html, text = :text, policy_version = :policy
        WHERE id = :review AND source = :source
        """,
        html=rendered.html,
        text=rendered.text,
        policy=policy_version,
        review=row["id"],
        source=row["source"],
    )


def count_sorted(db: Database) -> int:
    """How many reviews have been sorted."""
    return int(db.value("SELECT COUNT(*) FROM review WHERE sorted = 1"))


def sorted_reviews(db: Database, after: int, limit: int) -> list[Row]:
    """Reviews that have been sorted, oldest first, from the one after ``after``."""
    return db.rows(
        """
        SELECT id, version, source, author_id, chapter_id, chapter_version
        FROM review
        WHERE sorted = 1 AND id > :after
        ORDER BY id
        LIMIT :limit
        """,
        after=after,
        limit=limit,
    )
