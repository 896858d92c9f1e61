"""The SQL of single remarks: reading those of a review, adding, keeping and retiring them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from feedback.db import Database, Row
from feedback.remarks.shapes import Passage, Remark, passage, remark

COLUMNS = """
    remark.id, remark.review_id, remark.work_id, remark.chapter_id, remark.start_at, remark.end_at, remark.text,
    remark.kind, remark.stance, remark.unsure, remark.why, remark.sorted_by, remark.visibility, remark.status,
    remark.starred, remark.asks
"""


def numbered(name: str, ids: Iterable[int]) -> tuple[str, dict[str, int]]:
    """``IN``'s list of named parameters for ``ids``, and their values."""
    values = {f"{name}{n}": id_ for n, id_ in enumerate(ids)}
    return ", ".join(f":{key}" for key in values), values


def live_remarks(db: Database, review_id: int) -> list[Remark]:
    """The remarks a review has now, in the order of its text, with their passages."""
    rows = db.rows(
        f"""
        SELECT {COLUMNS}
        FROM remark
        WHERE review_id = :review AND live = 1
        ORDER BY start_at, id
        """,
        review=review_id,
    )
    return with_passages(db, rows)


def ids_ever(db: Database, review_id: int) -> set[int]:
    """The ids of all remarks a review has, or had before it was edited, cut or sorted again."""
    return {row["id"] for row in db.rows("SELECT id FROM remark WHERE review_id = :review", review=review_id)}


def live_of_kind(db: Database, review_ids: Sequence[int], kind: str) -> Mapping[int, Sequence[Remark]]:
    """The remarks of one kind that these reviews have now, by review, without passages."""
    if not review_ids:
        return {}
    names, values = numbered("review", review_ids)
    found: dict[int, list[Remark]] = {}
    for row in db.rows(
        f"SELECT {COLUMNS} FROM remark WHERE review_id IN ({names}) AND live = 1 AND kind = :kind ORDER BY start_at",
        kind=kind,
        **values,
    ):
        found.setdefault(row["review_id"], []).append(remark(row))
    return found


def with_passages(db: Database, rows: Sequence[Row]) -> list[Remark]:
    """Remark rows as remarks, their passages fetched in one query."""
    found = passages_of(db, [row["id"] for row in rows])
    return [remark(row, found.get(row["id"], ())) for row in rows]


def passages_of(db: Database, remark_ids: Sequence[int]) -> Mapping[int, Sequence[Passage]]:
    """The passages of some remarks, by remark, in their order."""
    if not remark_ids:
        return {}
    names, values = numbered("remark", remark_ids)
    found: dict[int, list[Passage]] = {}
    for row in db.rows(
        f"""
        SELECT
            remark_id, quote, fixed, wrong_text, right_text, anchor, start_at, end_at, chapter_version, looks_fixed_in
        FROM passage
        WHERE remark_id IN ({names})
        ORDER BY remark_id, position
        """,
        **values,
    ):
        found.setdefault(row["remark_id"], []).append(passage(row))
    return found


def add(db: Database, **facts: Any) -> int:
    """A new live remark; its id. ``facts`` are its columns but for status and star."""
    added: int = db.value(
        """
        INSERT INTO remark (
            review_id, author_id, work_id, chapter_id, review_version, start_at, end_at, text, kind, stance,
            confidence, unsure, why, sorted_by, visibility, place, on_desk
        )
        VALUES (
            :review_id, :author_id, :work_id, :chapter_id, :review_version, :start, :end, :text, :kind, :stance,
            :confidence, :unsure, :why, :sorted_by, :visibility, :place, :on_desk
        )
        RETURNING id
        """,
        **facts,
    )
    return added


def move(db: Database, remark_id: int, *, review_version: int, start: int, place: int) -> None:
    """The same words at another place of a newer version of their review."""
    db.change(
        """
        UPDATE remark SET
            review_version = :review_version,
            start_at = :start,
            end_at = :start + length(text),
            place = :place
        WHERE id = :id
        """,
        id=remark_id,
        review_version=review_version,
        start=start,
        place=place,
    )


def relabel_untouched(
    db: Database, remark_id: int, *, kind: str, stance: str, confidence: float, unsure: int, why: str
) -> None:
    """A new automatic label for a remark that no person has labelled, starred or handled."""
    db.change(
        """
        UPDATE remark SET
            kind = :kind,
            stance = :stance,
            confidence = :confidence,
            unsure = :unsure,
            why = :why
        WHERE id = :id AND sorted_by = 'auto' AND status = 'new' AND starred = 0
        """,
        id=remark_id,
        kind=kind,
        stance=stance,
        confidence=confidence,
        unsure=unsure,
        why=why,
    )


def retire(db: Database, remark_ids: Iterable[int]) -> None:
    """These remarks become history."""
    names, values = numbered("remark", remark_ids)
    if values:
        db.change(f"UPDATE remark SET live = 0, on_desk = 0 WHERE id IN ({names})", **values)


def set_passages(db: Database, remark_id: int, passages: Iterable[Mapping[str, Any]]) -> None:
    """Give a remark these passages instead of those it had."""
    db.change("DELETE FROM passage WHERE remark_id = :id", id=remark_id)
    db.conn.executemany(
        """
        INSERT INTO passage (
            remark_id, position, quote, fixed, wrong_text, right_text, prefix, suffix, anchor, start_at, end_at,
            chapter_version
        )
        VALUES (
            :remark_id, :position, :quote, :fixed, :wrong, :right, :prefix, :suffix, :anchor, :start, :end,
            :chapter_version
        )
        """,
        [{**fields, "remark_id": remark_id, "position": position} for position, fields in enumerate(passages)],
    )


def mark_sorted(db: Database, review_id: int, version: int) -> Row | None:
    """The review needs no more sorting; its state and visibility now, ``None`` when it is of another version."""
    return db.row(
        """
        UPDATE review SET sorted = 1
        WHERE id = :id AND version = :version
        RETURNING state, visibility
        """,
        id=review_id,
        version=version,
    )


def on_desk(db: Database, author_id: int, remark_id: int) -> Row | None:
    """A remark on an author's desk, with its review's source and the version that is."""
    return db.row(
        """
        SELECT
            remark.id, remark.review_id, remark.review_version, remark.start_at, remark.end_at, remark.text,
            review.source, review.version
        FROM remark
        JOIN review ON review.id = remark.review_id
        WHERE remark.id = :id AND remark.author_id = :author AND remark.on_desk = 1
        """,
        id=remark_id,
        author=author_id,
    )


def following(db: Database, review_id: int, end: int) -> Row | None:
    """The live remark that comes after ``end`` in its review."""
    return db.row(
        """
        SELECT id, end_at FROM remark
        WHERE review_id = :review AND live = 1 AND start_at >= :end
        ORDER BY start_at
        LIMIT 1
        """,
        review=review_id,
        end=end,
    )


def cut(db: Database, remark_id: int, *, start: int, text: str) -> int:
    """A new live remark, like another one but for its span, and labelled by the author; its id. It teaches if the
    other one did."""
    made: int = db.value(
        """
        INSERT INTO remark (
            review_id, author_id, work_id, chapter_id, review_version, start_at, end_at, text, kind, stance,
            confidence, unsure, why, sorted_by, visibility, status, starred, on_desk, taught_in
        )
        SELECT
            review_id, author_id, work_id, chapter_id, review_version, :start, :start + LENGTH(:text), :text, kind,
            stance, confidence, 0, '', 'author', visibility, status, starred, on_desk, taught_in
        FROM remark
        WHERE id = :id
        RETURNING id
        """,
        id=remark_id,
        start=start,
        text=text,
    )
    return made


def copy_passages(db: Database, source: int, target: int, *, position: int | None = None) -> None:
    """Give ``target`` the passages of ``source``, or the one at ``position``, after those it has."""
    one = "" if position is None else "AND position = :position"
    db.change(
        f"""
        INSERT INTO passage (
            remark_id, position, quote, fixed, wrong_text, right_text, prefix, suffix, anchor, start_at, end_at,
            chapter_version, looks_fixed_in
        )
        SELECT
            :target,
            ROW_NUMBER() OVER (ORDER BY position) - 1
                + (SELECT COUNT(*) FROM passage AS had WHERE had.remark_id = :target),
            quote, fixed, wrong_text, right_text, prefix, suffix, anchor, start_at, end_at, chapter_version,
            looks_fixed_in
        FROM passage
        WHERE remark_id = :source {one}
        """,
        source=source,
        target=target,
        position=position,
    )


def set_place(db: Database, remark_id: int) -> None:
    """Put a remark where its first passage stands in the chapter: see ``filing.place_of``."""
    db.change(
        """
        UPDATE remark SET
            place = COALESCE((SELECT MIN(start_at) + 1 FROM passage WHERE passage.remark_id = remark.id), 0)
        WHERE id = :id
        """,
        id=remark_id,
    )


def stay_private(db: Database, remark_id: int, other: int) -> None:
    """A remark is for the author only if ``other``, which became part of it, was; a star stays, too."""
    db.change(
        """
        UPDATE remark SET
            visibility = CASE WHEN other.visibility = 'author' THEN 'author' ELSE remark.visibility END,
            starred = CASE WHEN other.starred = 1 THEN 1 ELSE remark.starred END
        FROM remark AS other
        WHERE remark.id = :id AND other.id = :other
        """,
        id=remark_id,
        other=other,
    )


def touched_since(db: Database, batch: int) -> bool:
    """Whether the remarks a cut made are no longer as it left them: changed, cut again, or their review edited."""
    return bool(
        db.value(
            """
            SELECT 1
            FROM remark_change AS mine
            JOIN remark ON remark.id = mine.remark_id
            JOIN review ON review.id = remark.review_id
            WHERE mine.batch_id = :batch AND mine.field = 'live' AND (
                CAST(remark.live AS TEXT) <> mine.new
                OR remark.review_version <> review.version
                OR EXISTS (
                    SELECT 1
                    FROM remark_change AS later
                    JOIN change_batch ON change_batch.id = later.batch_id
                    WHERE later.remark_id = mine.remark_id AND later.batch_id > :batch
                        AND later.remark_id > change_batch.undone_to
                )
            )
            LIMIT 1
            """,
            batch=batch,
        )
    )


def swap_live(db: Database, batch: int) -> None:
    """What a cut made becomes history, and what it was made of stands again; on the desk if its review is."""
    db.change(
        """
        UPDATE remark SET
            live = 1 - live,
            on_desk = CASE
                WHEN live = 0 AND (SELECT review.state FROM review WHERE review.id = remark.review_id)
                    IN ('published', 'hidden') THEN 1
                ELSE 0
            END
        WHERE id IN (SELECT remark_id FROM remark_change WHERE batch_id = :batch AND field = 'live')
        """,
        batch=batch,
    )
