"""Bringing a database file to this version's schema, or refusing it untouched."""

import os
import sqlite3
from pathlib import Path

from feedback.db.connection import Database
from feedback.db.schema import migrations
from feedback.errors import Unusable

# "fdbk": tells our files from other SQLite databases.
APPLICATION_ID = 0x6664626B


def migrate(path: Path) -> list[str]:
    """Create the database at ``path`` or bring it up to date; return the names of the steps taken.

    :raises Unusable: when the file is no database, not ours, of a newer version, or can't be written; then
        nothing was touched.
    """
    refuse_foreign(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Password hashes and private reviews are for the owner's eyes; SQLite gives the log beside it the same mode.
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
        db = Database(path, mode="rwc")
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"Can't create or open the database {path}: {_reason(error)}.") from error
    try:
        return _apply(db)
    except sqlite3.Error as error:
        raise Unusable(f"Can't bring the database {path} up to date: {error}.") from error
    finally:
        db.close()


def verify(path: Path) -> None:
    """Make sure that ``path`` is a database of ours and of exactly this version.

    :raises Unusable: saying what it is instead.
    """
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        raise Unusable(f"There is no database at {path}. `feedback serve` or `feedback demo` makes one.")
    refuse_foreign(path)
    db = Database(path, mode="ro" if has_log(path) else "rest")
    try:
        if migrations.pending(db):
            raise Unusable(f"The database {path} is of an older version; `feedback serve` brings it up to date.")
    finally:
        db.close()


def _apply(db: Database) -> list[str]:
    db.conn.execute("PRAGMA journal_mode = WAL")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if not migrations.pending(db):
        return []
    # The write lock first: of two processes that start at once, the second then finds nothing left to do.
    with db.transaction():
        steps = [step.name for step in migrations.pending(db)]
        migrations.apply(db)
    return steps


def refuse_foreign(path: Path) -> None:
    """Make sure that ``path`` is a database of ours, not newer than this program; a missing or empty file passes.

    :raises Unusable: saying what it is instead.
    """
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return
    _refuse_no_database(path)
    try:
        db = Database(path, mode="ro" if has_log(path) else "rest")
    except sqlite3.Error as error:
        raise Unusable(f"Can't open the database {path}: {error}.") from error
    try:
        _refuse_contents(db, path)
    except sqlite3.DatabaseError as error:
        raise Unusable(f"{path} can't be read as a database: {error}.") from error
    finally:
        db.close()


def has_log(path: Path) -> bool:
    """Whether changes to the database at ``path`` may lie in a log beside it: it is in use, or was not closed."""
    return any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-journal"))


def _refuse_no_database(path: Path) -> None:
    try:
        with open(path, "rb") as file:
            header = file.read(16)
    except OSError as error:
        raise Unusable(f"Can't read the database {path}: {_reason(error)}.") from error
    if header != b"SQLite format 3\0":
        raise Unusable(f"{path} is no database.")


def _refuse_contents(db: Database, path: Path) -> None:
    # One without any table is being made this moment by another process, or by hand for us.
    if db.value("PRAGMA application_id") != APPLICATION_ID and db.value("SELECT COUNT(*) FROM sqlite_schema"):
        raise Unusable(f"{path} is a database, but not one of feedback's.")
    known = {step.name for step in migrations._migrations}
    newer = [step.name for step in migrations.applied(db) if step.name not in known]
    if newer:
        raise Unusable(f"{path} was made by a newer version of feedback (it has “{newer[0]}”). Upgrade feedback.")


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
