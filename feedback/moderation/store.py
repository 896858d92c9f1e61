"""The SQL of reports and the decisions on them."""

from feedback.db import Database, Row


def insert_report(db: Database, *, review_id: int, reporter_id: int, reason: str, note: str, now: int) -> bool:
    """Add a report; False when the reader has an open one on this review already."""
    return (
        db.change(
            """
        INSERT INTO report (review_id, reporter_id, reason, note, created_at)
        VALUES (:review, :reporter, :reason, :note, :now)
        ON CONFLICT (review_id, reporter_id) WHERE decision_id IS NULL DO NOTHING
        """,
            review=review_id,
            reporter=reporter_id,
            reason=reason,
            note=note,
            now=now,
        )
        == 1
    )


def reports_since(db: Database, reporter_id: int, since: int) -> Row:
    """How many reports a reader made after ``since``, and when the first of them was."""
    row = db.row(
        """
        SELECT COUNT(*) AS n, MIN(created_at) AS first_at
        FROM report
        WHERE reporter_id = :reporter AND created_at > :since
        """,
        reporter=reporter_id,
        since=since,
    )
    assert row is not None, "an aggregate has a row"
    return row


def report(db: Database, report_id: int) -> Row | None:
    """One report with the review it is about."""
    return db.row(
        """
        SELECT
            report.id,
            report.review_id,
            report.decision_id,
            review.state,
            review.reader_id,
            review.author_id
        FROM report
        JOIN review ON review.id = report.review_id
        WHERE report.id = :report
        """,
        report=report_id,
    )


CASE = """
    SELECT
        review.id,
        review.work_id,
        review.state,
        review.visibility,
        review.reader_id,
        CASE WHEN review.state = 'withdrawn' THEN '' ELSE review.html END AS html,
        review.submitted_at,
        review.edited_at,
        writer.name AS reader_name,
        author.name AS author_name,
        work.title AS work_title,
        chapter.number AS chapter_number,
        chapter.state AS chapter_state,
        chapter_version.title AS chapter_title
    FROM review
    JOIN account AS writer ON writer.id = review.reader_id
    JOIN account AS author ON author.id = review.author_id
    JOIN work ON work.id = review.work_id
    JOIN chapter ON chapter.id = review.chapter_id
    JOIN chapter_version ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
"""


def reported(db: Database, moderator_id: int, after: int, limit: int) -> list[Row]:
    """Reviews with an open report, oldest report first, from the one after ``after``; ``report_id`` is the oldest
    open report on each. Those the moderator wrote, or has in a work of theirs, are for someone else."""
    return db.rows(
        f"""
        WITH waiting AS (
            SELECT review_id, MIN(id) AS report_id
            FROM report
            WHERE decision_id IS NULL
            GROUP BY review_id
        )
        SELECT found.*, waiting.report_id
        FROM waiting
        JOIN ({CASE} WHERE review.reader_id <> :moderator AND review.author_id <> :moderator) AS found
            ON found.id = waiting.review_id
        WHERE waiting.report_id > :after
        ORDER BY waiting.report_id
        LIMIT :limit
        """,
        moderator=moderator_id,
        after=after,
        limit=limit,
    )


def held(db: Database, moderator_id: int, limit: int) -> list[Row]:
    """Reviews for everyone that wait for their author and that nobody has reported, longest waiting first."""
    return db.rows(
        f"""{CASE}
        WHERE review.state = 'held' AND review.visibility = 'public'
            AND review.reader_id <> :moderator AND review.author_id <> :moderator
            AND NOT EXISTS (
                SELECT 1 FROM report WHERE report.review_id = review.id AND report.decision_id IS NULL
            )
        ORDER BY review.id
        LIMIT :limit
        """,
        moderator=moderator_id,
        limit=limit,
    )


def open_reports(db: Database, review_ids: list[int]) -> list[Row]:
    """The open reports on these reviews, with who made them, oldest first."""
    names, values = _numbered(review_ids)
    return db.rows(
        f"""
        SELECT
            report.id,
            report.review_id,
            report.reason,
            report.note,
            report.created_at,
            account.name AS reporter_name
        FROM report
        JOIN account ON account.id = report.reporter_id
        WHERE report.review_id IN ({names}) AND report.decision_id IS NULL
        ORDER BY report.id
        """,
        **values,
    )


def decisions_on_writers(db: Database, reader_ids: list[int], most: int) -> list[Row]:
    """The latest decisions on reviews by these readers, at most ``most`` of each, latest first."""
    names, values = _numbered(reader_ids)
    return db.rows(
        f"""
        SELECT reader_id, review_id, action, reason, at, moderator_name
        FROM (
            SELECT
                review.reader_id,
                decision.id,
                decision.review_id,
                decision.action,
                decision.reason,
                decision.at,
                account.name AS moderator_name,
                ROW_NUMBER() OVER (PARTITION BY review.reader_id ORDER BY decision.id DESC) AS place
            FROM review
            JOIN decision ON decision.review_id = review.id
            JOIN account ON account.id = decision.moderator_id
            WHERE review.reader_id IN ({names})
        ) AS ranked
        WHERE place <= {most:d}
        ORDER BY id DESC
        """,
        **values,
    )


def insert_decision(
    db: Database, *, review_id: int, moderator_id: int, action: str, reason: str, old_state: str, now: int
) -> int:
    """Write a decision down; its id."""
    decision_id: int = db.value(
        """
        INSERT INTO decision (review_id, moderator_id, action, reason, old_state, at)
        VALUES (:review, :moderator, :action, :reason, :old_state, :now)
        RETURNING id
        """,
        review=review_id,
        moderator=moderator_id,
        action=action,
        reason=reason,
        old_state=old_state,
        now=now,
    )
    return decision_id


def close_reports(db: Database, review_id: int, decision_id: int) -> int:
    """Close every open report on a review with this decision; how many."""
    return db.change(
        "UPDATE report SET decision_id = :decision WHERE review_id = :review AND decision_id IS NULL",
        review=review_id,
        decision=decision_id,
    )


def _numbered(ids: list[int]) -> tuple[str, dict[str, int]]:
    values = {f"id{n}": id_ for n, id_ in enumerate(ids)}
    return ", ".join(f":{name}" for name in values), values
