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


def waiting_for(db: Database, address: str, since: int) -> Row:
    """How many drafts that an address left after ``since`` nobody has claimed, and when the first of them was."""
    row = db.row(
        """
        SELECT COUNT(*) AS n, MIN(created_at) AS first_at
        FROM draft
        WHERE address = :address AND created_at > :since AND claimed_by IS NULL
        """,
        address=address,
        since=since,
    )
    assert row is not None, "an aggregate has a row"
    return row


def waiting(db: Database) -> int:
    """How many drafts there are that nobody has claimed."""
    return int(db.value("SELECT COUNT(*) FROM draft WHERE claimed_by IS NULL"))


def delete_oldest_waiting(db: Database, most: int) -> None:
    """Drop the ``most`` oldest drafts that nobody has claimed; none if that is not positive."""
    db.change(
        "DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE claimed_by IS NULL ORDER BY id LIMIT :most)",
        most=max(0, most),
    )


def chapter_of_waiting(db: Database, token_hash: str, since: int) -> int | None:
    """The chapter of a draft that nobody has claimed."""
    found: int | None = db.value(
        """
        SELECT chapter_id
        FROM draft
        WHERE token_hash = :token_hash AND claimed_by IS NULL AND created_at > :since
        """,
        token_hash=token_hash,
        since=since,
    )
    return found


def claim_draft(db: Database, account_id: int, token_hash: str, since: int) -> bool:
    """Give a draft that nobody has claimed to an account; whether there was one."""
    return (
        db.change(
            """
        UPDATE draft SET claimed_by = :account
        WHERE token_hash = :token_hash AND claimed_by IS NULL AND created_at > :since
        """,
            account=account_id,
            token_hash=token_hash,
            since=since,
        )
        == 1
    )


def delete_surplus_claimed(db: Database, account_id: int, most: int) -> None:
    """Drop all but the ``most`` latest drafts that an account has claimed."""
    db.change(
        """
        DELETE FROM draft
        WHERE claimed_by = :account
            AND id NOT IN (SELECT id FROM draft WHERE claimed_by = :account ORDER BY id DESC LIMIT :most)
        """,
        account=account_id,
        most=most,
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
