"""The SQL of the author's replies."""

from feedback.db import Database, Row
from feedback.sanitize import Rendered


def reply(db: Database, review_id: int) -> Row | None:
    """The author's reply to a review."""
    return db.row(
        """
        SELECT review_id, visibility, source, html, created_at, edited_at, seen_at
        FROM reply
        WHERE review_id = :review
        """,
        review=review_id,
    )


def put_reply(db: Database, values: dict[str, object]) -> None:
    """Add the reply to a review, or give it another text; a changed text is new to the reader again."""
    db.change(
        """
        INSERT INTO reply (review_id, reader_id, visibility, source, html, policy_version, created_at)
        VALUES (:review, :reader, :visibility, :source, :html, :policy_version, :now)
        ON CONFLICT (review_id) DO UPDATE SET
            visibility = excluded.visibility,
            source = excluded.source,
            html = excluded.html,
            policy_version = excluded.policy_version,
            edited_at = CASE WHEN reply.source = excluded.source THEN reply.edited_at ELSE :now END,
            seen_at = CASE WHEN reply.source = excluded.source THEN reply.seen_at END
        """,
        **values,
    )


def unseen_replies(db: Database, reader_id: int) -> int:
    """How many replies wait for a reader."""
    return int(db.value("SELECT COUNT(*) FROM reply WHERE reader_id = :reader AND seen_at IS NULL", reader=reader_id))


def has_unseen(db: Database, reader_id: int, first_review: int, last_review: int) -> bool:
    """Whether a reader has not seen a reply to one of their reviews from ``first_review`` to ``last_review``."""
    return bool(
        db.value(
            """
            SELECT 1 FROM reply
            WHERE reader_id = :reader AND seen_at IS NULL AND review_id BETWEEN :first AND :last
            LIMIT 1
            """,
            reader=reader_id,
            first=first_review,
            last=last_review,
        )
    )


def mark_seen(db: Database, reader_id: int, first_review: int, last_review: int, now: int) -> None:
    """Note that a reader has seen the replies to their reviews from ``first_review`` to ``last_review``."""
    db.change(
        """
        UPDATE reply SET seen_at = :now
        WHERE reader_id = :reader AND seen_at IS NULL AND review_id BETWEEN :first AND :last
        """,
        reader=reader_id,
        first=first_review,
        last=last_review,
        now=now,
    )


def stale_replies(db: Database, policy_version: int, after: int, limit: int) -> list[Row]:
    """Replies that were cleaned by another policy, in order, from the one to the review after ``after``."""
    return db.rows(
        """
        SELECT review_id AS id, source
        FROM reply
        WHERE policy_version <> :policy AND review_id > :after
        ORDER BY review_id
        LIMIT :limit
        """,
        policy=policy_version,
        after=after,
        limit=limit,
    )


def reprint_reply(db: Database, row: Row, rendered: Rendered, policy_version: int) -> None:
    """Give a reply the HTML of the present policy, unless its source is another by now."""
    db.change(
        """
        UPDATE reply SET html = :html, policy_version = :policy
        WHERE review_id = :review AND source = :source
        """,
        html=rendered.html,
        policy=policy_version,
        review=row["id"],
        source=row["source"],
    )
