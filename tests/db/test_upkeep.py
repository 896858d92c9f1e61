"""The check finds what is broken, a backup is whole whatever happens around it, and a restore loses nothing."""

import contextlib
import multiprocessing
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from feedback.db import Database, migrate, upkeep
from feedback.errors import Unusable


def test_a_sound_database_passes(db: Database) -> None:
    assert upkeep.check(db) == []


BROKEN = {
    "public reviews": "UPDATE chapter SET public_reviews = 4 WHERE id = 2",
    "a count too high": "UPDATE remark_count SET n = n + 1 WHERE kind = 'praise' AND chapter_id = 0",
    "a count missing": "DELETE FROM remark_count WHERE kind = 'question'",
    "a span": "UPDATE review SET source = 'x' || source WHERE id = 1",
    "an overlap": "UPDATE remark SET start_at = 10, text = '.' || ' ' || text WHERE id = 2",
    "the desk": "UPDATE remark SET on_desk = 0 WHERE id = 3",
    "a copied chapter": "UPDATE remark SET chapter_id = 2, on_desk = 0, live = 0 WHERE id = 3",
    "a copied author": "UPDATE review SET author_id = 3 WHERE id = 1",
    "a lesson nobody gave": "UPDATE remark SET sorted_by = 'author', taught_in = 99 WHERE id = 3",
    "chapter numbers": "UPDATE chapter SET number = 7 WHERE id = 2",
    "a missing text": "DELETE FROM chapter_version WHERE chapter_id = 3",
    "the search index": "INSERT INTO remark_search (rowid, owner, text) VALUES (3, 'a1', 'Because')",
    "an orphan": "UPDATE review SET reader_id = 99 WHERE id = 2",
}
SAID = {
    "public reviews": "chapters whose number of public reviews is wrong: 2",
    "a count too high": "authors whose desk counts differ from their remarks: 1",
    "a count missing": "authors whose desk counts differ from their remarks: 1",
    "a span": "remarks whose text is not the span of their review that they name: 1, 2",
    "an overlap": "remarks that overlap the one before them in their review: 2",
    "the desk": "remarks that are on the desk and should not be, or the other way round: 3",
    "a copied chapter": "remarks filed under another author, work or chapter than their review: 3",
    "a copied author": "reviews filed under another author or work than their chapter: 1",
    "a lesson nobody gave": "remarks that teach by a change their author did not make: 3",
    "chapter numbers": "works whose chapters are not numbered 1, 2, 3 and so on: 1",
    "a missing text": "chapters whose current text is missing: 3",
    "the search index": "the search index does not match the remarks",
    "an orphan": "rows that point to nothing: review -> account",
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_named(db: Database, what: str) -> None:
    db.change("PRAGMA foreign_keys = OFF")
    db.change(BROKEN[what])
    assert SAID[what] in upkeep.check(db)


def test_a_long_list_is_cut_short(db: Database) -> None:
    db.change(
        """
        WITH RECURSIVE counter (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM counter WHERE n < 40)
        INSERT INTO chapter (id, work_id, number, state, version, created_at, updated_at)
        SELECT n, 1, n, 'draft', 1, 1, 1 FROM counter
        """
    )
    assert "chapters whose current text is missing: 10, 11, 12, 13, 14 and 26 more" in upkeep.check(db)


def test_a_damaged_page_is_said_first(db: Database, path: Path) -> None:
    db.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(8192))
    damaged = Database(path)
    said = upkeep.check(damaged)
    damaged.close()
    assert said
    assert all("damaged" in line or "point to nothing" in line for line in said)


def test_a_backup_is_one_whole_file(db: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "monday"
    copy.parent.mkdir()
    upkeep.backup(path, copy)
    assert [file.name for file in copy.parent.iterdir()] == ["monday"]
    assert copy.stat().st_mode & 0o077 == 0, "password hashes are for the owner's eyes"
    read = Database(copy, mode="ro")
    assert read.value("SELECT COUNT(*) FROM remark") == 3
    assert read.value("PRAGMA integrity_check") == "ok"
    read.close()


def test_a_backup_replaces_nothing_unasked(db: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_text("precious")
    with pytest.raises(Unusable, match="exists already"):
        upkeep.backup(path, copy)
    assert copy.read_text() == "precious"
    upkeep.backup(path, copy, force=True)
    assert copy.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("force", [False, True])
def test_a_backup_onto_itself_is_refused(db: Database, path: Path, force: bool) -> None:
    before = path.read_bytes()
    with pytest.raises(Unusable, match="not a place for a copy"):
        upkeep.backup(path, path, force=force)
    assert path.read_bytes() == before


def test_a_failed_backup_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="No such file"):
        upkeep.backup(path, tmp_path / "nowhere" / "copy")
    folder = tmp_path / "copies"
    folder.mkdir()
    damaged = tmp_path / "damaged"
    damaged.write_bytes(path.read_bytes()[:-8192])
    with pytest.raises(Unusable):
        upkeep.backup(damaged, folder / "copy")
    assert list(folder.iterdir()) == []


def test_a_backup_while_others_write_is_one_state(db: Database, path: Path, tmp_path: Path) -> None:
    """Each transaction changes two places; no copy may ever show one without the other."""
    stop = threading.Event()

    def write() -> None:
        own = Database(path)
        n = 0
        while not stop.is_set():
            n += 1
            with own.transaction():
                own.change("UPDATE work SET summary = :n WHERE id = 1", n=str(n))
                own.change("UPDATE work SET summary = :n WHERE id = 2", n=str(n))
        own.close()

    db.change("UPDATE work SET summary = '0'")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for copy in (tmp_path / f"copy{n}" for n in range(20)):
            upkeep.backup(path, copy)
            read = Database(copy, mode="rest")
            assert read.value("SELECT COUNT(DISTINCT summary) FROM work") == 1
            assert upkeep.check_invariants(read) == []
            read.close()
    finally:
        stop.set()
        writer.join()


def test_restore_brings_back_what_was_copied(db: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    upkeep.backup(path, copy)
    db.change("DELETE FROM review")
    db.close()
    replaced = upkeep.restore(copy, path, force=True)
    assert replaced == path.with_name("feedback.sqlite3.replaced")
    restored = Database(path)
    assert restored.value("SELECT COUNT(*) FROM review") == 2
    assert upkeep.check(restored) == []
    restored.close()
    kept = Database(replaced)
    assert kept.value("SELECT COUNT(*) FROM review") == 0
    kept.close()


def test_restore_overwrites_nothing_unasked(db: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    upkeep.backup(path, copy)
    with pytest.raises(Unusable, match="Use --force"):
        upkeep.restore(copy, path)
    assert not path.with_name("feedback.sqlite3.replaced").exists()
    assert upkeep.restore(copy, tmp_path / "elsewhere" / "feedback.sqlite3") is None
    assert (tmp_path / "elsewhere" / "feedback.sqlite3").exists()


def _crash_after_write(path: Path) -> None:
    own = Database(path)
    own.change("PRAGMA wal_autocheckpoint = 0")
    own.change("UPDATE work SET title = 'Unsaved'")
    os._exit(0)


@pytest.mark.slow
def test_a_crashed_servers_log_never_meets_the_restored_database(db: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    upkeep.backup(path, copy)
    db.close()
    crashed = multiprocessing.get_context("spawn").Process(target=_crash_after_write, args=(path,))
    crashed.start()
    crashed.join()
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    replaced = upkeep.restore(copy, path, force=True)
    restored = Database(path)
    assert restored.value("SELECT title FROM work WHERE id = 1") == "Salt"
    restored.close()
    assert replaced
    kept = Database(replaced)
    assert kept.value("SELECT title FROM work WHERE id = 1") == "Unsaved", "its log went with it"
    kept.close()


def _bad_sources(folder: Path) -> dict[str, Path]:
    text = folder / "text"
    text.write_text("no database " * 500)
    foreign = folder / "foreign"
    with contextlib.closing(sqlite3.connect(foreign)) as made:
        made.execute("CREATE TABLE other (x)")
    newer = folder / "newer"
    migrate(newer)
    with contextlib.closing(sqlite3.connect(newer)) as made, made:
        made.execute("UPDATE _sqlite_migrations SET name = '9999_future' WHERE name = '0001_accounts'")
    cut = folder / "cut"
    migrate(cut)
    cut.write_bytes(cut.read_bytes()[:-20_000])
    return {"text": text, "foreign": foreign, "newer": newer, "cut": cut, "missing": folder / "missing"}


@pytest.mark.parametrize("which", ["text", "foreign", "newer", "cut", "missing"])
def test_only_a_whole_database_of_ours_is_restored(db: Database, path: Path, tmp_path: Path, which: str) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    source = _bad_sources(folder)[which]
    with pytest.raises(Unusable):
        upkeep.restore(source, path, force=True)
    assert upkeep.check(db) == []
    assert db.is_current()
    assert not [file for file in path.parent.iterdir() if file.name.endswith(".part")]


def test_nothing_is_restored_under_a_running_server(db: Database, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    upkeep.backup(path, copy)
    with upkeep.in_use(path), upkeep.in_use(path), pytest.raises(Unusable, match="A server is using"):
        upkeep.restore(copy, path, force=True)
    assert db.is_current()
    with upkeep.in_use(path, alone=True), pytest.raises(Unusable, match="Somebody is restoring"), upkeep.in_use(path):
        pass
