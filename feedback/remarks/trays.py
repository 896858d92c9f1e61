"""Trays: the remarks a filter shows, a page at a time, and how many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from feedback.db import Database, Row
from feedback.remarks import runs, store
from feedback.remarks.filter import Filter
from feedback.remarks.shapes import Remark

PAGE = 25
COUNTED = 1000
"""Matches that are counted one by one where no counter is kept; beyond, the desk says "1,000+"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A remark with what the desk shows around it. ``source`` is the whole review."""

    remark: Remark
    source: str
    state: str
    reader_name: str
    submitted_at: int
    edited_at: int | None
    replied: bool
    work_title: str
    chapter_number: int
    chapter_title: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries in the order of the filter, and the filters of the pages around them, if there are any."""

    entries: Sequence[Entry]
    previous: Filter | None
    next: Filter | None


@dataclass(frozen=True, slots=True)
class Total:
    """How many remarks match; ``is_more``: at least that many."""

    n: int
    is_more: bool = False


def page(db: Database, author_id: int, wanted: Filter, size: int = PAGE) -> Page:
    """The page of ``wanted`` at its cursor, or its first page: ``size`` remarks, fewer where the next review would
    not fit, more where one review alone has more. Three queries, four for such a review, however many rows there are.
    """
    width = len(wanted.key)
    rows, more = runs.read(
        partial(_keys, db, author_id, wanted),
        size,
        run=lambda row: row[:width],
        place=lambda row: row[width:],
        backwards=wanted.is_backwards,
    )
    entries = _entries(db, [row["id"] for row in rows])
    ahead = _at(wanted, rows[-1][:width], onward=True) if rows else None
    back = _at(wanted, rows[0][:width], onward=False) if rows else None
    turned = wanted.before or wanted.after
    if wanted.is_backwards:
        return Page(entries, back if more else None, ahead)
    return Page(entries, back if turned else None, ahead if more else None)


def _keys(db: Database, author_id: int, wanted: Filter, limit: int) -> list[Row]:
    where = wanted.page(author_id)
    return db.rows(
        f"""
        SELECT {", ".join(wanted.key)}, remark.start_at, remark.id
        FROM {wanted.source}
        WHERE {where.sql}
        ORDER BY {wanted.order_by}
        LIMIT :limit
        """,
        limit=limit,
        **where.values,
    )


def _at(wanted: Filter, cursor: tuple[int, ...], *, onward: bool) -> Filter:
    """The filter of the page that begins after the run ``cursor`` in the order shown, or ends before it."""
    smaller = onward == (wanted.order == "newest")
    return replace(wanted, before=cursor if smaller else (), after=() if smaller else cursor)


def _entries(db: Database, ids: Sequence[int]) -> list[Entry]:
    if not ids:
        return []
    names, values = store.numbered("remark", ids)
    rows = db.rows(
        f"""
        SELECT
            {store.COLUMNS},
            review.source,
            review.state,
            review.submitted_at,
            review.edited_at,
            account.name AS reader_name,
            EXISTS (SELECT 1 FROM reply WHERE reply.review_id = review.id) AS replied,
            work.title AS work_title,
            chapter.number AS chapter_number,
            chapter_version.title AS chapter_title
        FROM remark
        JOIN review ON review.id = remark.review_id
        JOIN account ON account.id = review.reader_id
        JOIN work ON work.id = remark.work_id
        JOIN chapter ON chapter.id = remark.chapter_id
        JOIN chapter_version
            ON chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
        WHERE remark.id IN ({names})
        """,
        **values,
    )
    remarks = {remark.id: remark for remark in store.with_passages(db, rows)}
    found = {row["id"]: _entry(remarks[row["id"]], row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def _entry(remark: Remark, row: Row) -> Entry:
    return Entry(
        remark=remark,
        source=row["source"],
        state=row["state"],
        reader_name=row["reader_name"],
        submitted_at=row["submitted_at"],
        edited_at=row["edited_at"],
        replied=bool(row["replied"]),
        work_title=row["work_title"],
        chapter_number=row["chapter_number"],
        chapter_title=row["chapter_title"],
    )


def newest_id(db: Database) -> int:
    """The id of the newest remark there is, 0 for none: the cutoff of a bulk change."""
    newest: int | None = db.value("SELECT MAX(id) FROM remark")
    return newest or 0


def counters(db: Database, author_id: int, wanted: Filter) -> list[Row]:
    """The maintained counts by kind, stance and status, of the work and chapter of ``wanted`` or of all."""
    work = "AND work_id = :work" if wanted.work is not None else ""
    chapter = "chapter_id = 0"
    if wanted.chapter is not None:
        chapter = (
            "chapter_id = (SELECT chapter.id FROM chapter WHERE chapter.work_id = :work AND chapter.number = :number)"
        )
    return db.rows(
        f"""
        SELECT kind, stance, status, SUM(n) AS n
        FROM remark_count
        WHERE author_id = :author AND {chapter} {work} AND n > 0
        GROUP BY kind, stance, status
        """,
        author=author_id,
        work=wanted.work,
        number=wanted.chapter,
    )


def total(db: Database, author_id: int, wanted: Filter, counted: Iterable[Row]) -> Total:
    """How many remarks ``wanted`` shows on all its pages: from the counters where they know, else counted so far."""
    if wanted.is_counted:
        return Total(sum(row["n"] for row in counted if wanted.counts(row["kind"], row["stance"], row["status"])))
    where = wanted.without_cursor().matching(author_id)
    n: int = db.value(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM {wanted.source} WHERE {where.sql} LIMIT :most) AS matching",
        most=COUNTED + 1,
        **where.values,
    )
    return Total(min(n, COUNTED), n > COUNTED)
