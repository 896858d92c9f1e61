"""The SQL of re-anchoring: which chapters and passages are behind, and their new places."""

from collections.abc import Iterable, Mapping
from typing import Any

from feedback.db import Database, Row


def to_anchor(db: Database) -> Row | None:
    """One chapter with passages that are placed in an earlier version, and its newest version."""
    return db.row("SELECT id, version FROM chapter WHERE anchored = 0 ORDER BY id LIMIT 1")


def passages_behind(db: Database, chapter_id: int, version: int, limit: int) -> list[Row]:
    """The passages placed before ``version`` of up to ``limit`` reviews of a chapter, review by review."""
    return db.rows(
        """
        WITH behind AS (
            SELECT DISTINCT remark.review_id
            FROM review
            JOIN remark ON remark.review_id = review.id AND remark.live = 1
            JOIN passage ON passage.remark_id = remark.id AND passage.chapter_version < :version
            WHERE review.chapter_id = :chapter
            LIMIT :limit
        )
        SELECT
            remark.review_id,
            passage.remark_id,
            passage.position,
            passage.quote,
            passage.fixed,
            passage.wrong_text,
            passage.right_text,
            passage.prefix,
            passage.suffix,
            passage.anchor,
            passage.start_at,
            passage.end_at,
            passage.chapter_version,
            passage.looks_fixed_in
        FROM behind
        JOIN remark ON remark.review_id = behind.review_id AND remark.live = 1
        JOIN passage ON passage.remark_id = remark.id AND passage.chapter_version < :version
        ORDER BY remark.review_id, passage.remark_id, passage.position
        """,
        chapter=chapter_id,
        version=version,
        limit=limit,
    )


def replace_passages(db: Database, placed: Iterable[Mapping[str, Any]]) -> None:
    """Write new places; one that a newer version or an edit of the review has overtaken stays as it is."""
    db.conn.executemany(
        """
        UPDATE passage SET
            anchor = :anchor,
            start_at = :start,
            end_at = :end,
            prefix = :prefix,
            suffix = :suffix,
            chapter_version = :version,
            looks_fixed_in = :fixed_in
        WHERE remark_id = :remark AND position = :position AND quote = :quote AND chapter_version < :version
        """,
        placed,
    )


def mark_anchored(db: Database, chapter_id: int, version: int) -> None:
    """Nothing of this chapter is behind, unless it has changed again by now."""
    db.change(
        """
        UPDATE chapter SET anchored = 1
        WHERE id = :chapter AND version = :version AND NOT EXISTS (
            SELECT 1
            FROM review
            JOIN remark ON remark.review_id = review.id AND remark.live = 1
            JOIN passage ON passage.remark_id = remark.id AND passage.chapter_version < :version
            WHERE review.chapter_id = :chapter
        )
        """,
        chapter=chapter_id,
        version=version,
    )
