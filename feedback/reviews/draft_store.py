"""The SQL of drafts."""

from feedback.db import Database, Row


def insert_draft(
    db: Database, *, token_hash: str, chapter_id: int, body: str, visibility: str, address: str, now: int
) -> None:
    """Keep a draft."""
    db.change(
        """
        INSERT INTO draft (token_hash, chapter_id, body, visibility, address, created_at)
        VALUES (:token_hash, :chapter, :body, :visibility, :address, :now)
        """,
        token_hash=token_hash,
        chapter=chapter_id,
        body=body,
        visibility=visibility,
        address=address,
        now=now,
    )


def drafts_of(db: Database, address: str, since: int) -> Row:
    """How many drafts an address left after ``since``, and when the first of them was."""
    row = db.row(
        """
        SELECT COUNT(*) AS n, MIN(created_at) AS first_at
        FROM draft
        WHERE address = :address AND created_at > :since
        """,
        address=address,
        since=since,
    )
    assert row is not None, "an aggregate has a row"
    return row


def unclaimed_drafts(db: Database, most: int) -> int:
    """How many drafts there are that nobody claimed, counted up to ``most``."""
    return int(
        db.value(
            "SELECT COUNT(*) FROM (SELECT 1 FROM draft WHERE claimed_by IS NULL LIMIT :most) AS counted", most=most
        )
    )


def claim_draft(db: Database, account_id: int, token_hash: str, chapter_id: int, since: int) -> bool:
    """Give a draft that nobody has claimed to an account; whether there was one."""
    return (
        db.change(
            """
        UPDATE draft SET claimed_by = :account
        WHERE token_hash = :token_hash AND chapter_id = :chapter AND claimed_by IS NULL AND created_at > :since
        """,
            account=account_id,
            token_hash=token_hash,
            chapter=chapter_id,
            since=since,
        )
        == 1
    )


def claimed_draft(db: Database, account_id: int, chapter_id: int, since: int) -> Row | None:
    """The latest draft an account has claimed for a chapter."""
    return db.row(
        """
        SELECT body, visibility
        FROM draft
        WHERE claimed_by = :account AND chapter_id = :chapter AND created_at > :since
        ORDER BY id DESC
        LIMIT 1
        """,
        account=account_id,
        chapter=chapter_id,
        since=since,
    )


def delete_latest_draft(db: Database, account_id: int, chapter_id: int) -> None:
    """Drop the latest draft an account has claimed for a chapter."""
    db.change(
        """
        DELETE FROM draft
        WHERE id = (SELECT MAX(id) FROM draft WHERE claimed_by = :account AND chapter_id = :chapter)
        """,
        account=account_id,
        chapter=chapter_id,
    )


def delete_drafts(db: Database, account_id: int, chapter_id: int) -> None:
    """Drop all drafts an account has claimed for a chapter."""
    db.change(
        "DELETE FROM draft WHERE claimed_by = :account AND chapter_id = :chapter",
        account=account_id,
        chapter=chapter_id,
    )


def delete_old_drafts(db: Database, before: int, most: int) -> None:
    """Drop drafts older than ``before``, looking at the ``most`` oldest only: bounded work."""
    db.change(
        """
        DELETE FROM draft
        WHERE id IN (SELECT id FROM draft ORDER BY id LIMIT :most) AND created_at < :before
        """,
        before=before,
        most=most,
    )
