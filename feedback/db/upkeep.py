"""Looking after the database file: is all that must be true in it true, a copy of it, and a copy put back."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feedback.db.connection import Database
from feedback.db.migrations import has_log, refuse_foreign
from feedback.errors import Unusable

SHOWN = 5

# What must hold between rows, beyond what a CHECK or a UNIQUE can say: a sentence about rows for which it does
# not, and a query that yields an id for each of them.
INVARIANTS: tuple[tuple[str, str], ...] = (
    (
        "chapters whose number of public reviews is wrong",
        """
        SELECT chapter.id FROM chapter
        WHERE public_reviews <> (
            SELECT COUNT(*) FROM review
            WHERE chapter_id = chapter.id AND state = 'published' AND visibility = 'public'
        )
        """,
    ),
    (
        "authors whose desk counts differ from their remarks",
        """
        WITH counted AS (
            SELECT author_id, work_id, chapter_id, kind, stance, status, COUNT(*) AS n
            FROM remark WHERE on_desk = 1
            GROUP BY author_id, work_id, chapter_id, kind, stance, status
            UNION ALL
            SELECT author_id, work_id, 0, kind, stance, status, COUNT(*) AS n
            FROM remark WHERE on_desk = 1
            GROUP BY author_id, work_id, kind, stance, status
        ),
        kept AS (
            SELECT author_id, work_id, chapter_id, kind, stance, status, n FROM remark_count WHERE n > 0
        )
        SELECT author_id FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
        UNION
        SELECT author_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
        """,
    ),
    (
        "remarks whose text is not the span of their review that they name",
        """
        SELECT remark.id FROM remark JOIN review ON review.id = remark.review_id
        WHERE remark.live = 1 AND remark.review_version = review.version
            AND remark.text <> substr(review.source, remark.start_at + 1, remark.end_at - remark.start_at)
        """,
    ),
    (
        "remarks that overlap the one before them in their review",
        """
        SELECT id FROM (
            SELECT
                id,
                start_at,
                LAG(end_at) OVER (PARTITION BY review_id, review_version ORDER BY start_at) AS free_from
            FROM remark WHERE live = 1
        ) AS placed
        WHERE start_at < free_from
        """,
    ),
    (
        "remarks that are on the desk and should not be, or the other way round",
        """
        SELECT remark.id FROM remark JOIN review ON review.id = remark.review_id
        WHERE on_desk <> CASE WHEN live = 1 AND state IN ('published', 'hidden') THEN 1 ELSE 0 END
        """,
    ),
    (
        "remarks filed under another author, work or chapter than their review",
        """
        SELECT remark.id FROM remark JOIN review ON review.id = remark.review_id
        WHERE remark.author_id <> review.author_id OR remark.work_id <> review.work_id
            OR remark.chapter_id <> review.chapter_id
        """,
    ),
    (
        "remarks that teach by a change their author did not make",
        """
        SELECT remark.id FROM remark
        WHERE remark.taught_in > 0 AND NOT EXISTS (
            SELECT 1 FROM change_batch
            WHERE change_batch.id = remark.taught_in AND change_batch.account_id = remark.author_id
        )
        """,
    ),
    (
        "reviews filed under another author or work than their chapter",
        """
        SELECT review.id FROM review
        JOIN chapter ON chapter.id = review.chapter_id
        JOIN work ON work.id = chapter.work_id
        WHERE review.work_id <> work.id OR review.author_id <> work.author_id
        """,
    ),
    (
        "works whose chapters are not numbered 1, 2, 3 and so on",
        "SELECT work_id FROM chapter GROUP BY work_id HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)",
    ),
    (
        "chapters whose current text is missing",
        """
        SELECT chapter.id FROM chapter
        WHERE NOT EXISTS (
            SELECT 1 FROM chapter_version
            WHERE chapter_version.chapter_id = chapter.id AND chapter_version.number = chapter.version
        )
        """,
    ),
)


def check(db: Database) -> list[str]:
    """Everything in the database that must be true and is not, a sentence each; empty when all is well."""
    damage = _damage(db)
    if damage:
        # Queries over damaged pages would only repeat it, or fail.
        return damage
    return check_invariants(db) + _search_index(db)


def check_invariants(db: Database) -> list[str]:
    """What does not hold between rows, a sentence each. Only reads."""
    with db.snapshot():
        broken = [_named(what, [row[0] for row in db.rows(sql)]) for what, sql in INVARIANTS]
    return [sentence for sentence in broken if sentence]


def _damage(db: Database) -> list[str]:
    try:
        pages = [str(row[0]) for row in db.rows("PRAGMA integrity_check(20)")]
        orphans = db.rows("PRAGMA foreign_key_check")
    except sqlite3.DatabaseError as error:
        return [f"the file is damaged: {error}"]
    damage = [f"the file is damaged: {line}" for line in pages if line != "ok"]
    tables = sorted({f"{row['table']} -> {row['parent']}" for row in orphans})
    return damage + [f"rows that point to nothing: {table}" for table in tables]


def _named(what: str, ids: list[int]) -> str:
    if not ids:
        return ""
    shown = ", ".join(str(identifier) for identifier in ids[:SHOWN])
    more = f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else ""
    return f"{what}: {shown}{more}"


def _search_index(db: Database) -> list[str]:
    """FTS5's own check against the remarks. It is spelled as a write, which is why it is not in the snapshot."""
    try:
        with db.transaction():
            db.change("INSERT INTO remark_search (remark_search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return ["the search index does not match the remarks"]
    return []


@contextmanager
def in_use(path: Path, *, alone: bool = False) -> Iterator[None]:
    """Say that the database at ``path`` is being served, or, ``alone``, make sure that nobody serves it.

    The lock is the operating system's on a file beside the database: it ends with the last process that holds it,
    however that ends.

    :raises Unusable: when the lock can't be had, or its file not be made.
    """
    beside = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(f"Can't write in {path.parent}: {error.strerror}.") from error
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        busy = "A server is using" if alone else "Somebody is restoring"
        raise Unusable(f"{busy} the database {path}. Stop it first.") from error
    finally:
        os.close(descriptor)


def backup(source: Path, destination: Path, *, force: bool = False) -> None:
    """Write a consistent copy of the database ``source`` to the file ``destination``, also while it is served.

    The copy is checked and on disk before it gets its name, so a file of that name is always whole.

    :raises Unusable: ``destination`` exists (without ``force``) or is the database itself, or can't be written.
    """
    if destination.exists():
        if destination.is_dir() or destination.samefile(source):
            raise Unusable(f"{destination} is not a place for a copy: name a new file.")
        if not force:
            raise Unusable(f"{destination} exists already. Use --force to replace it.")
    # Opened like a writer, though nothing is written: only so does SQLite tidy up behind itself.
    with _copied(source, destination, mode="rw") as copy:
        _give_name(copy, destination)


def restore(source: Path, destination: Path, *, force: bool = False) -> Path | None:
    """Make the backup ``source`` the database at ``destination``.

    The database that was there is kept beside it, with ``.replaced`` added to its name; its path is returned.

    :raises Unusable: ``source`` is no whole database of ours or of a newer version; ``destination`` exists (without
        ``force``) or is being served.
    """
    if not source.exists():
        raise Unusable(f"There is no file {source}.")
    refuse_foreign(source)
    if destination.exists() and not force:
        raise Unusable(f"There is a database at {destination}. Use --force to replace it; it will be kept beside.")
    if destination.exists() and destination.samefile(source):
        raise Unusable(f"{source} is the database itself.")
    mode = "ro" if has_log(source) else "rest"
    with in_use(destination, alone=True), _copied(source, destination, mode=mode) as copy:
        replaced = _set_aside(destination)
        _give_name(copy, destination)
    return replaced


@contextmanager
def _copied(source: Path, destination: Path, *, mode: str) -> Iterator[Path]:
    """A checked copy of ``source`` under a passing name beside ``destination``; gone at the end unless renamed."""
    copy = destination.with_name(f".{destination.name}.{os.getpid()}.part")
    try:
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise Unusable(f"Can't write {destination}: {error.strerror}.") from error
    try:
        _copy_pages(source, copy, mode)
        yield copy
    except sqlite3.Error as error:
        raise Unusable(f"Can't copy {source} to {destination}: {error}.") from error
    finally:
        for left in (copy, *_beside(copy)):
            left.unlink(missing_ok=True)


def _copy_pages(source: Path, copy: Path, mode: str) -> None:
    original, target = Database(source, mode=mode), sqlite3.connect(copy, isolation_level=None)
    try:
        # All pages in one step: one read transaction, which in WAL mode holds up no writer.
        original.conn.backup(target, pages=-1)
        # A copy in WAL mode would need two more files beside it to be read.
        target.execute("PRAGMA journal_mode = DELETE")
        found = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    finally:
        target.close()
        original.close()
    if found != "ok":
        raise Unusable(f"{source} is damaged: {found}.")


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]


def _set_aside(path: Path) -> Path | None:
    """Move a database away with its log, which must never meet another database: SQLite would replay it into that."""
    aside = path.with_name(path.name + ".replaced")
    for old in _beside(aside):
        old.unlink(missing_ok=True)
    moved = None
    for name, new in zip((path, *_beside(path)), (aside, *_beside(aside)), strict=True):
        with suppress(FileNotFoundError):
            os.replace(name, new)
            moved = aside
    _sync_folder(path.parent)
    return moved


def _give_name(copy: Path, destination: Path) -> None:
    with open(copy, "rb") as file:
        os.fsync(file.fileno())
    os.replace(copy, destination)
    _sync_folder(destination.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
