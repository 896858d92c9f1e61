"""Transactions are all or nothing and take their lock at once; a moved file is noticed."""

import errno
import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from feedback.db import Database, Pool
from feedback.errors import Unavailable


def _title(db: Database) -> str:
    title: str = db.value("SELECT title FROM work WHERE id = 1")
    return title


def test_what_a_transaction_wrote_is_there_for_others_when_it_ends(db: Database, path: Path) -> None:
    other = Database(path)
    with db.transaction():
        db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
        assert _title(other) == "Salt"
    assert _title(other) == "Sea"
    other.close()


def test_what_a_transaction_wrote_is_on_disk_when_it_ends(
    db: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is synced after the commit is in it, and before anybody can be answered."""
    synced: list[tuple[int, str]] = []
    other = Database(path)
    monkeypatch.setattr(os, "fsync", lambda file: synced.append((os.fstat(file).st_ino, _title(other))))
    with db.transaction():
        db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
        assert synced == []
    assert synced == [(path.with_name(f"{path.name}-wal").stat().st_ino, "Sea")]
    other.close()


def test_a_disk_that_can_not_be_written_is_said_and_others_may_go_on(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched, pytest.raises(sqlite3.OperationalError, match="Input/output error"):
        patched.setattr(os, "fsync", broken)
        with db.transaction():
            db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
    with db.transaction():
        db.change("UPDATE work SET title = 'Sky' WHERE id = 1")
    assert _title(db) == "Sky"


def test_a_connection_that_breaks_keeps_nobody_from_writing(db: Database, path: Path) -> None:
    other = Database(path, busy_timeout_ms=200)
    with pytest.raises(sqlite3.ProgrammingError), other.transaction():
        other.close()
    with db.transaction():
        db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
    assert _title(db) == "Sea"


def test_a_write_outside_of_transactions_is_synced_by_sqlite(db: Database) -> None:
    full = 2
    with db.transaction():
        db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
    assert db.value("PRAGMA synchronous") == full


def test_an_error_takes_everything_back(db: Database) -> None:
    with pytest.raises(LookupError), db.transaction():
        db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
        raise LookupError
    assert _title(db) == "Salt"
    assert not db.conn.in_transaction


def test_an_inner_transaction_is_undone_alone(db: Database) -> None:
    with db.transaction():
        db.change("UPDATE work SET title = 'Sea' WHERE id = 1")
        with pytest.raises(LookupError), db.transaction():
            db.change("UPDATE work SET title = 'Sky' WHERE id = 1")
            raise LookupError
    assert _title(db) == "Sea"


def test_reading_then_writing_waits_for_others_instead_of_failing(db: Database, path: Path) -> None:
    """Deferred transactions would fail here with BUSY_SNAPSHOT as soon as two had read before one wrote."""
    db.change("UPDATE work SET summary = '0' WHERE id = 1")

    def count_up() -> None:
        own = Database(path)
        for _ in range(50):
            with own.transaction():
                now = int(own.value("SELECT summary FROM work WHERE id = 1"))
                own.change("UPDATE work SET summary = :n WHERE id = 1", n=str(now + 1))
        own.close()

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.value("SELECT summary FROM work WHERE id = 1") == "200"


def test_who_waits_to_write_gets_in_when_another_gives_way(db: Database, path: Path) -> None:
    tries, got_in = threading.Event(), threading.Event()

    def wait() -> None:
        own = Database(path)
        tries.set()
        with own.transaction():
            got_in.set()
        own.close()

    thread = threading.Thread(target=wait)
    with db.transaction():
        thread.start()
        tries.wait()
    db.give_way()
    with db.transaction():
        in_time = got_in.is_set()
    thread.join()
    assert in_time


def test_inside_a_transaction_nobody_is_given_way(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "sleep")
    with db.transaction():
        db.give_way()


def test_a_snapshot_sees_one_state(db: Database, path: Path) -> None:
    other = Database(path)
    with db.snapshot():
        assert _title(db) == "Salt"
        other.change("UPDATE work SET title = 'Sea' WHERE id = 1")
        assert _title(db) == "Salt"
    assert _title(db) == "Sea"
    other.close()


def test_answered_writes_are_on_disk(db: Database) -> None:
    full = 2
    assert db.value("PRAGMA synchronous") == full
    assert db.value("PRAGMA foreign_keys") == 1


def test_a_pool_gives_a_thread_one_connection(path: Path) -> None:
    pool = Pool(path)
    mine, theirs = pool.connection(), []

    def other() -> None:
        theirs.append(pool.connection())
        pool.close()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert pool.connection() is mine
    assert theirs[0] is not mine
    pool.close()


def test_a_database_that_was_moved_away_is_noticed(path: Path) -> None:
    pool = Pool(path)
    pool.connection()
    away = path.rename(path.with_name("away"))
    with pytest.raises(Unavailable):
        pool.connection()
    assert not path.exists(), "no new empty database was made"
    away.rename(path)
    assert pool.connection().value("SELECT COUNT(*) FROM work") == 0
    pool.close()
