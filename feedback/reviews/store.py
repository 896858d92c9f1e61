"""The statements of the readers' side: reviews, their earlier texts, replies, and where on the site they stand."""

from feedback.db import Database, Row

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
            AND (review.state IN ('held', 'hidden')
                OR (review.state = 'published' AND review.visibility = 'author'))
        ORDER BY review.id DESC
        LIMIT :limit
        """,
        chapter=chapter_id,
        reader=reader_id,
        limit=limit,
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
    return 1 == db.change(
        "UPDATE review SET state = :new WHERE id = :review AND state = :old", review=review_id, old=old, new=new
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
    return 1 == db.change(
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
    return int(
        db.value("SELECT COUNT(*) FROM reply WHERE reader_id = :reader AND seen_at IS NULL", reader=reader_id)
    )


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


def unsorted(db: Database, limit: int) -> list[Row]:
    """The reviews that wait to be sorted, oldest first."""
    return db.rows(
        """
        SELECT id, version, source, chapter_id, chapter_version
        FROM review
        WHERE sorted = 0
        ORDER BY id
        LIMIT :limit
        """,
        limit=limit,
    )


def still_unsorted(db: Database, review_id: int, version: int) -> bool:
    """Whether this version of a review still waits to be sorted."""
    return bool(
        db.value(
            "SELECT 1 FROM review WHERE id = :review AND version = :version AND sorted = 0",
            review=review_id,
            version=version,
        )
    )


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
    return 1 == db.change(
        """
        UPDATE draft SET claimed_by = :account
        WHERE token_hash = :token_hash AND chapter_id = :chapter AND claimed_by IS NULL AND created_at > :since
        """,
        account=account_id,
        token_hash=token_hash,
        chapter=chapter_id,
        since=since,
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
