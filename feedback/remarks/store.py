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


def mark_sorted(db: Database, review_id: int, version: int) -> bool:
    """The review needs no more sorting; ``False`` when it is of another version by now."""
    return (
        db.change("UPDATE review SET sorted = 1 WHERE id = :id AND version = :version", id=review_id, version=version)
        == 1
    )
