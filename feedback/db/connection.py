"""Connections and transactions.

One connection a thread; it opens an existing file only, so that a moved or missing database is noticed instead
of a new empty one being written to. Statements are whole SQL text with named parameters.
"""

import logging
import os
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlite_utils

from feedback.errors import Unavailable

Row = sqlite3.Row
BUSY_TIMEOUT_MS = 5_000
# The background process copies the write-ahead log back every second, so that no reader's submit has to; this is for
# when nothing does.
BACKSTOP_PAGES = 10_000
# SQLite's own way of waiting for the write lock sleeps up to 100 ms at a time, whoever is done sooner. Threads of one
# process take turns by a lock instead, and what is left to contend, a few processes, asks again after these seconds.
FIRST_PAUSE, LONGEST_PAUSE = 0.0002, 0.005
log = logging.getLogger("feedback")
_turns: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


class Database(sqlite_utils.Database):
    """A connection to the one database: sqlite-utils' for schema and batches, short reads for everything else."""

    def __init__(self, path: Path, *, mode: str = "rw", busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        """Open ``path``. ``mode`` is SQLite's: ``rw`` (must exist), ``ro``, or ``rwc`` (migrating only).

        ``rest`` reads a file that nobody is using, without so much as making the files of a log beside it.

        :raises sqlite3.OperationalError: when it can't be opened.
        """
        self.path = path
        self._patience_ms = busy_timeout_ms
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro&immutable=1' if mode == 'rest' else mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            timeout=busy_timeout_ms / 1000,
        )
        connection.row_factory = Row
        super().__init__(connection, recursive_triggers=False, execute_plugins=False)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {BACKSTOP_PAGES}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        self.file_id = _file_id(path)

    def rows(self, sql: str, **values: Any) -> list[Row]:
        """All rows of ``sql``, whose parameters are named like the keywords."""
        return self.conn.execute(sql, values).fetchall()

    def row(self, sql: str, **values: Any) -> Row | None:
        """The first row, or ``None``."""
        row: Row | None = self.conn.execute(sql, values).fetchone()
        return row

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or ``None``."""
        row = self.row(sql, **values)
        return None if row is None else row[0]

    def change(self, sql: str, **values: Any) -> int:
        """Run a changing statement and say how many rows it changed."""
        return self.conn.execute(sql, values).rowcount

    @contextmanager
    def transaction(self, *, patience_ms: int | None = None) -> Iterator[None]:
        """All or nothing, durable when it ends. Inside another transaction it is a savepoint.

        :param patience_ms: how long to wait for others who write; ``None``: as long as this connection does.
        :raises sqlite3.OperationalError: they wrote for longer than that.

        It takes the write lock at once: sqlite-utils' own ``atomic()`` begins deferred, and a read followed by
        a write then fails with BUSY_SNAPSHOT as soon as someone else has written, without waiting.
        """
        if self.conn.in_transaction:
            with self.atomic():
                yield
            return
        with self._turn(self._patience_ms if patience_ms is None else patience_ms):
            try:
                yield
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise
        self._sync()

    def _sync(self) -> None:
        """Put what was committed on disk.

        Inside COMMIT, as `synchronous = FULL` has it, the disk would be waited for with the write lock held. Here
        others write meanwhile, and whoever waits at the same time shares one write of the disk. Nobody is answered
        before it is done, and a crash before it can lose only what nobody was told of: SQLite itself syncs the log
        before it copies from it or begins it anew. (``bench.web`` measures what is answered in a second.)

        :raises sqlite3.OperationalError: the disk could not be written, or the file was moved away meanwhile.
        """
        try:
            log_file = os.open(f"{self.path}-wal", os.O_RDONLY)
            try:
                os.fsync(log_file)
            finally:
                os.close(log_file)
        except OSError as error:
            # Without a log (a restored file, before it is served) COMMIT has written the file itself.
            if not isinstance(error, FileNotFoundError) or not self.is_current():
                raise sqlite3.OperationalError(f"can't put the log on disk: {error.strerror}") from error

    def note(self, what: str, write: Callable[[], object]) -> None:
        """Write something of no weight on the way to reading: at once, or not at all.

        Whoever reads is not to wait for others who write, nor to fail where nothing can be written; what is not
        noted now is noted the next time.

        :param what: what is noted, for the log.
        """
        try:
            with self.transaction(patience_ms=0):
                write()
        except sqlite3.OperationalError as error:
            log.debug("did not note %s: %s", what, error)

    @contextmanager
    def _turn(self, patience_ms: int) -> Iterator[None]:
        """Inside, this connection alone may write.

        :raises sqlite3.OperationalError: others wrote for longer than ``patience_ms``.
        """
        ends = time.monotonic() + patience_ms / 1000
        turn = _turns[self.path]
        if not turn.acquire(timeout=patience_ms / 1000):
            raise sqlite3.OperationalError("database is locked")
        try:
            self.conn.execute("PRAGMA busy_timeout = 0")
            self.conn.execute("PRAGMA synchronous = NORMAL")
            try:
                self._begin(ends)
            finally:
                self.conn.execute(f"PRAGMA busy_timeout = {self._patience_ms}")
            yield
        finally:
            try:
                self.conn.execute("PRAGMA synchronous = FULL")
            finally:
                turn.release()

    def _begin(self, ends: float) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                self.conn.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() + pause > ends:
                    raise
            else:
                return
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)

    def give_way(self) -> None:
        """Between the transactions of a long piece of work: whoever waits for the write lock gets it first."""
        if not self.conn.in_transaction:
            time.sleep(2 * LONGEST_PAUSE)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one state of the database."""
        self.conn.execute("BEGIN")
        try:
            yield
        finally:
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")

    def is_current(self) -> bool:
        """Whether the file at ``path`` is still the one this connection has open."""
        return self.file_id == _file_id(self.path)


class Pool:
    """One connection a thread to one database file."""

    def __init__(self, path: Path, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        self.path = path
        self._busy_timeout_ms = busy_timeout_ms
        self._local = threading.local()

    def connection(self) -> Database:
        """This thread's connection.

        :raises Unavailable: when the file is gone, was moved away, or can't be opened.
        """
        db: Database | None = getattr(self._local, "db", None)
        if db is not None:
            if db.is_current():
                return db
            self.close()
        try:
            self._local.db = Database(self.path, busy_timeout_ms=self._busy_timeout_ms)
        except sqlite3.Error as error:
            raise Unavailable("The database can't be opened just now.") from error
        opened: Database = self._local.db
        return opened

    def close(self) -> None:
        """Close this thread's connection, if it has one."""
        db: Database | None = getattr(self._local, "db", None)
        if db is not None:
            del self._local.db
            db.close()


def _file_id(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
