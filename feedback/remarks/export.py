"""Export: the rows a filter shows, as CSV or JSON Lines, for the web and the command line.

Rows are read a batch at a time, by key, on a connection of its own: no read lasts, nothing grows with the number
of rows, and the server goes on writing. Columns stand in one table each; SQL does the quoting that keeps
spreadsheets from running a cell.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import normalize

from feedback.db import Database
from feedback.errors import NotFound
from feedback.remarks import runs, store
from feedback.remarks.filter import Filter, Where
from feedback.sorting.kinds import KINDS

BATCH = 400
FORMATS = ("csv", "jsonl")
ROWS = ("remarks", "reviews")
DANGEROUS = "=+-@\t\r"
"""What a spreadsheet takes for a formula at the beginning of a cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and its SQL over the tables below. ``typed``: it holds words that a person chose
    freely (a name can't begin like a formula)."""

    name: str
    sql: str
    typed: bool = False
    is_time: bool = False


REMARKS = (
    Column("remark_id", "remark.id"),
    Column("review_id", "remark.review_id"),
    Column("work", "book.title", typed=True),
    Column("chapter", "part.number"),
    Column("chapter_title", "heading.title", typed=True),
    Column("reviewer", "reader.name"),
    Column("submitted_at", "letter.submitted_at", is_time=True),
    Column("kind", "remark.kind"),
    Column("stance", "remark.stance"),
    Column("confidence", "remark.confidence"),
    Column("sorted_by", "remark.sorted_by"),
    Column("status", "remark.status"),
    Column("starred", "remark.starred"),
    Column("text", "remark.text", typed=True),
    Column("quote", "passage.quote", typed=True),
    Column("wrong", "passage.wrong_text", typed=True),
    Column("right", "passage.right_text", typed=True),
    Column("anchor", "passage.anchor"),
    Column("url", ":base_url || '/reviews/' || CAST(remark.review_id AS TEXT)"),
)
REVIEWS = (
    Column("review_id", "letter.id"),
    Column("work", "book.title", typed=True),
    Column("chapter", "part.number"),
    Column("chapter_title", "heading.title", typed=True),
    Column("reviewer", "reader.name"),
    Column("submitted_at", "letter.submitted_at", is_time=True),
    Column("edited_at", "letter.edited_at", is_time=True),
    Column("state", "letter.state"),
    Column("visibility", "letter.visibility"),
    Column("kinds", "NULL"),
    Column("words", "letter.words"),
    Column("text", "letter.source", typed=True),
    Column("reply", "reply.source", typed=True),
    Column("url", ":base_url || '/reviews/' || CAST(letter.id AS TEXT)"),
)

AROUND = "CROSS JOIN account AS reader CROSS JOIN work AS book CROSS JOIN chapter_version AS heading"
"""What is looked up for each review. CROSS JOIN keeps the order in which rows were found: nothing is sorted again."""

AROUND_IS = """
    reader.id = letter.reader_id
    AND book.id = letter.work_id
    AND heading.chapter_id = part.id
    AND heading.number = part.version
"""

_OWN_WORKS = "IN (SELECT work.id FROM work WHERE work.author_id = :author)"

_HAS_CHAPTER = "SELECT EXISTS (SELECT 1 FROM chapter WHERE work_id = :work AND number = :chapter)"

Record = tuple[Any, ...]


def write(
    db: Database,
    wanted: Filter,
    *,
    rows: str,
    fmt: str,
    base_url: str,
    out: BinaryIO,
    progress: Callable[[int], object],
) -> int:
    """Write everything ``wanted`` shows of its work to ``out``; how many rows that was.

    :param wanted: a filter with a ``work``.
    :param rows: ``remarks`` or ``reviews``; ``fmt``: ``csv`` or ``jsonl``.
    :param progress: called with the number of rows written so far.
    :raises NotFound: there is no such work, or no such chapter in it.
    """
    author: int | None = db.value("SELECT author_id FROM work WHERE id = :work", work=wanted.work)
    if author is None:
        raise NotFound(f"There is no work {wanted.work}.")
    if wanted.chapter is not None and not db.value(_HAS_CHAPTER, work=wanted.work, chapter=wanted.chapter):
        raise NotFound(f"Work {wanted.work} has no chapter {wanted.chapter}.")
    written = 0
    for piece, n in pieces(db.path, author, wanted, rows=rows, fmt=fmt, base_url=base_url):
        out.write(piece)
        written += n
        progress(written)
    return written


def file_name(db: Database, wanted: Filter, *, rows: str, fmt: str, now: int) -> str:
    """What to call the file: ``feedback-the-salt-road-remarks-2026-11-23.csv``. ASCII, whatever the title."""
    title = db.value("SELECT title FROM work WHERE id = :work", work=wanted.work) if wanted.work else "all-works"
    plain = normalize("NFKD", title or "").encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-") or f"work-{wanted.work}"
    return f"feedback-{slug}-{rows}-{_date(now // 86_400)}.{fmt}"


def pieces(
    path: Path, author_id: int, wanted: Filter, *, rows: str, fmt: str, base_url: str
) -> Iterator[tuple[bytes, int]]:
    """The export, piece by piece, each with its number of rows. ``path`` is the database's."""
    columns = REMARKS if rows == "remarks" else REVIEWS
    spell = _csv if fmt == "csv" else _json_lines
    if fmt == "csv":
        yield (",".join(column.name for column in columns) + "\r\n").encode(), 0
    db = Database(path)
    try:
        db.conn.row_factory = None
        batches = _remarks if rows == "remarks" else _reviews
        for batch in batches(db, author_id, wanted.without_cursor(), base_url, fmt == "csv"):
            yield spell(columns, batch), len(batch)
    finally:
        db.close()


def _remarks(db: Database, author_id: int, wanted: Filter, base_url: str, guarded: bool) -> Iterator[list[Record]]:
    run = itemgetter(slice(len(REMARKS), len(REMARKS) + len(wanted.key)))
    cursor: Record = ()
    more = True
    while more:
        rows_from = partial(_remarks_from, db, author_id, _from(wanted, cursor), base_url, guarded)
        batch, more = runs.read(rows_from, BATCH, run=run, place=itemgetter(-1, 0))
        if batch:
            yield batch
            cursor = run(batch[-1])


def _remarks_from(
    db: Database, author_id: int, wanted: Filter, base_url: str, guarded: bool, limit: int
) -> list[Record]:
    """The columns of the next rows, the key of their run, and their start."""
    where = wanted.page(author_id)
    return db.conn.execute(
        f"""
        SELECT {_select(REMARKS, guarded)}, {", ".join(wanted.key)}, remark.start_at
        FROM {wanted.source}
        CROSS JOIN review AS letter
        CROSS JOIN chapter AS part
        {AROUND}
        LEFT JOIN passage ON passage.remark_id = remark.id AND passage.position = 0
        WHERE {where.sql}
            AND letter.id = remark.review_id
            AND part.id = remark.chapter_id
            AND {AROUND_IS}
        ORDER BY {wanted.order_by}
        LIMIT :limit
        """,
        {"base_url": base_url, "limit": limit, **where.values},
    ).fetchall()


def _from(wanted: Filter, cursor: Record) -> Filter:
    return replace(wanted, before=cursor) if wanted.order == "newest" else replace(wanted, after=cursor)


def _reviews(db: Database, author_id: int, wanted: Filter, base_url: str, guarded: bool) -> Iterator[list[Record]]:
    find = _in_chapters if wanted.order == "chapter" else _as_they_came
    cursor: Record = ()
    more = True
    while more:
        found = find(db, author_id, wanted, cursor)
        more = len(found) == BATCH
        if found:
            yield _with_kinds(db, _letters(db, dict.fromkeys(key[-1] for key in found), base_url, guarded))
            cursor = found[-1]


def _as_they_came(db: Database, author_id: int, wanted: Filter, cursor: Record) -> list[Record]:
    """The reviews of the next remarks, each as often as it has any: the cursor is beyond all of the last one's."""
    page = _from(wanted, cursor)
    where = page.page(author_id)
    return db.conn.execute(
        f"SELECT remark.review_id FROM {page.source} WHERE {where.sql} ORDER BY {page.order_by} LIMIT {BATCH}",
        where.values,
    ).fetchall()


def _in_chapters(db: Database, author_id: int, wanted: Filter, cursor: Record) -> list[Record]:
    """The next reviews chapter by chapter, and in a chapter as they came in, wherever in it their remarks belong."""
    any_order = replace(wanted, sort="newest")
    inner = any_order.matching(author_id)
    after = _after(["part.work_id", "part.number", "letter.id"], cursor)
    return db.conn.execute(
        f"""
        SELECT part.work_id, part.number, letter.id
        FROM chapter AS part
        CROSS JOIN review AS letter
        WHERE letter.author_id = :author
            AND part.id = letter.chapter_id
            AND part.work_id {"= :work" if wanted.work is not None else _OWN_WORKS}
            AND {after.sql}
            AND EXISTS (
                SELECT 1 FROM {any_order.source_around} WHERE {inner.sql} AND remark.review_id = letter.id
            )
        ORDER BY part.work_id, part.number, letter.id
        LIMIT {BATCH}
        """,
        {**inner.values, **after.values},
    ).fetchall()


def _after(keys: Sequence[str], cursor: Record) -> Where:
    if not cursor:
        return Where("1 = 1", {})
    values = {f"cursor{n}": value for n, value in enumerate(cursor)}
    return Where(f"({', '.join(keys)}) > ({', '.join(f':{name}' for name in values)})", values)


def _letters(db: Database, review_ids: Iterable[int], base_url: str, guarded: bool) -> list[Record]:
    """The columns of these reviews, in this order."""
    names, values = store.numbered("letter", review_ids)
    rows = db.conn.execute(
        f"""
        SELECT {_select(REVIEWS, guarded)}
        FROM review AS letter
        CROSS JOIN chapter AS part
        {AROUND}
        LEFT JOIN reply ON reply.review_id = letter.id
        WHERE letter.id IN ({names})
            AND letter.state IN ('published', 'hidden')
            AND part.id = letter.chapter_id
            AND {AROUND_IS}
        """,
        {"base_url": base_url, **values},
    )
    found = {row[0]: row for row in rows}
    return [found[id_] for id_ in values.values() if id_ in found]


def _with_kinds(db: Database, batch: Sequence[Record]) -> list[Record]:
    """The kinds of all remarks of each review, in the order in which they first occur."""
    values = {f"review{n}": row[0] for n, row in enumerate(batch)}
    found: dict[int, list[str]] = {}
    for review_id, kind in db.conn.execute(
        f"""
        SELECT review_id, kind
        FROM remark
        WHERE live = 1 AND review_id IN ({", ".join(f":{name}" for name in values)})
        GROUP BY review_id, kind
        ORDER BY review_id, MIN(start_at)
        """,
        values,
    ):
        found.setdefault(review_id, []).append(KINDS[kind].key)
    at = _position(REVIEWS, "kinds")
    return [(*row[:at], ";".join(found.get(row[0], ())), *row[at + 1 :]) for row in batch]


def _position(columns: Sequence[Column], name: str) -> int:
    return [column.name for column in columns].index(name)


def _select(columns: Sequence[Column], guarded: bool) -> str:
    """The columns' SQL; typed ones prefixed with ``'`` where a spreadsheet, or the reader of it, needs that."""
    return ",\n".join(_guard(column.sql) if guarded and column.typed else column.sql for column in columns)


def _guard(cell: str) -> str:
    # Most cells are done with after a look at their first character.
    formula = ", ".join(f"'{mark}'" for mark in DANGEROUS)
    return f"""CASE
        WHEN SUBSTR({cell}, 1, 1) IN ('''', {formula}) AND SUBSTR(LTRIM({cell}, ''''), 1, 1) IN ({formula})
            THEN '''' || {cell}
        ELSE {cell}
    END"""


def unguarded(cell: str) -> str:
    """What a cell of the CSV stood for before it was made safe: the other half of the rule, for readers of it."""
    bare = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and bare[:1] and bare[0] in DANGEROUS else cell


def _csv(columns: Sequence[Column], batch: Sequence[Record]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(_timed(columns, batch))
    return buffer.getvalue().encode()


def _json_lines(columns: Sequence[Column], batch: Sequence[Record]) -> bytes:
    names = [column.name for column in columns]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    return "".join([f"{encode(dict(zip(names, row, strict=True)))}\n" for row in _timed(columns, batch)]).encode()


def _timed(columns: Sequence[Column], batch: Sequence[Record]) -> Iterator[Record]:
    """The batch's columns, without the key after them, with its times spelt out. Column by column: it is quicker."""
    cells: list[Any] = list(zip(*batch, strict=True))[: len(columns)]
    for n, column in enumerate(columns):
        if column.is_time:
            cells[n] = map(_iso, cells[n])
    return zip(*cells, strict=True)


@lru_cache(maxsize=4096)
def _iso(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    days, rest = divmod(seconds, 86_400)
    return f"{_date(days)}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}Z"


@lru_cache(maxsize=4096)
def _date(days: int) -> str:
    return datetime.fromtimestamp(days * 86_400, UTC).strftime("%Y-%m-%d")
