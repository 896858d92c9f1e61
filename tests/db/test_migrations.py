"""A database is made, brought up to date, or refused without a byte of it being touched."""

import contextlib
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback.db import Database, migrate, upkeep
from feedback.db.migrations import APPLICATION_ID, verify
from feedback.db.schema import migrations
from feedback.errors import Conflict, Unusable
from feedback.remarks import trays, triage
from feedback.remarks.filter import Filter
from tests.db.conftest import ROWS

STEPS = [step.name for step in migrations._migrations]


def test_a_new_database_has_every_step_once(tmp_path: Path) -> None:
    path = tmp_path / "instance" / "feedback.sqlite3"
    assert migrate(path) == STEPS
    assert migrate(path) == []
    verify(path)
    assert path.stat().st_mode & 0o077 == 0, "password hashes are for the owner's eyes"
    db = Database(path)
    assert db.value("PRAGMA journal_mode") == "wal"
    assert [step.name for step in migrations.applied(db)] == STEPS
    db.close()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite3"
    path.touch()
    assert migrate(path) == STEPS


def _migrate(path: Path) -> None:
    migrate(path)


@pytest.mark.slow
def test_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite3"
    context = multiprocessing.get_context("spawn")
    starters = [context.Process(target=_migrate, args=(path,)) for _ in range(4)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert [starter.exitcode for starter in starters] == [0, 0, 0, 0]
    db = Database(path)
    assert [step.name for step in migrations.applied(db)] == STEPS
    db.close()


def test_what_authors_filed_before_goes_on_teaching_and_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite3"
    db = Database(path, mode="rwc")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db, stop_before="0007_taught")
    for statement in ROWS.split(";\n"):
        db.change(statement)
    for batch, undone in ((1, "NULL"), (2, "NULL"), (3, "9")):
        db.change(
            f"""INSERT INTO change_batch (id, token, account_id, action, at, undone_at)
            VALUES ({batch}, 't{batch}', 1, 'kind:plot', 1, {undone})"""
        )
    for batch, remark, field, old, new in (
        (1, 1, "kind", "praise", "theory"), (1, 1, "sorted_by", "auto", "author"),
        (2, 1, "kind", "theory", "plot"), (3, 2, "kind", "grammar", "plot"), (3, 2, "sorted_by", "auto", "author"),
    ):  # fmt: skip
        db.change(f"INSERT INTO remark_change VALUES ({batch}, {remark}, '{field}', '{old}', '{new}')")
    db.change("UPDATE remark SET kind = 'plot', sorted_by = 'author' WHERE id = 1")
    db.change("UPDATE remark SET sorted_by = 'author' WHERE id = 3")
    db.change("INSERT INTO learned (model, labels, data, at) VALUES ('m', 50, '{}', 7)")
    db.close()
    assert migrate(path)[0] == "0007_taught"
    db = Database(path)
    assert [row["taught_in"] for row in db.rows("SELECT taught_in FROM remark ORDER BY id")] == [2, 0, 0]
    assert db.value("SELECT undone_at FROM learned") == 7
    assert upkeep.check(db) == []
    assert triage.undo(db, 1, "t2", 5).restored == 1
    assert tuple(db.row("SELECT kind, taught_in FROM remark WHERE id = 1") or ()) == ("theory", 0)
    db.close()


def _text(path: Path) -> None:
    path.write_text("chapter one\n" * 1000)


def _foreign(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE diary (entry TEXT)")


def _newer(path: Path) -> None:
    migrate(path)
    with contextlib.closing(sqlite3.connect(path)) as made, made:
        made.execute("UPDATE _sqlite_migrations SET name = '9999_future' WHERE name = :last", {"last": STEPS[-1]})


def _folder(path: Path) -> None:
    path.mkdir()


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no database": (_text, "is no database"),
    "a foreign database": (_foreign, "not one of feedback's"),
    "a newer version": (_newer, "newer version of feedback .it has “9999_future”"),
    "a folder": (_folder, "Is a directory"),
}


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() if file.is_file() else b"" for file in folder.rglob("*")}


@pytest.mark.parametrize("what", UNUSABLE)
@pytest.mark.parametrize("use", [migrate, verify])
def test_what_is_not_ours_is_refused_untouched(what: str, use: Callable[[Path], object], tmp_path: Path) -> None:
    make, said = UNUSABLE[what]
    path = tmp_path / "feedback.sqlite3"
    make(path)
    before = _contents(tmp_path)
    with pytest.raises(Unusable, match=said):
        use(path)
    assert _contents(tmp_path) == before


def test_a_missing_database_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no database at"):
        verify(tmp_path / "feedback.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_an_older_database_is_for_serve_to_bring_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite3"
    db = Database(path, mode="rwc")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(db, stop_before=STEPS[-1])
    db.change("PRAGMA application_id = 0x6664626B")
    db.close()
    with pytest.raises(Unusable, match="older version"):
        verify(path)
    assert migrate(path) == STEPS[-1:]
    verify(path)


def test_what_was_filed_before_is_found_and_stays_undone(path_before: Path) -> None:
    """Step 7 gives remarks other numbers in the search index, and undos a place up to which they came."""
    migrate(path_before)
    db = Database(path_before)
    assert upkeep.check(db) == []
    found = trays.page(db, 1, Filter(q="mules"))
    assert [entry.remark.id for entry in found.entries] == [3]
    with pytest.raises(Conflict):
        triage.undo(db, 1, "undone", 9)
    assert triage.undo(db, 1, "not undone", 9).restored == 1
    db.close()


@pytest.fixture
def path_before(tmp_path: Path) -> Path:
    """A database of before step 8, with a change that was undone and one that was not."""
    path = tmp_path / "feedback.sqlite3"
    db = Database(path, mode="rwc")
    migrations.apply(db, stop_before="0008_review_order")
    db.change("PRAGMA application_id = 0x6664626B")
    changes = """
        INSERT INTO change_batch (id, token, account_id, action, at, undone_at)
        VALUES (1, 'undone', 1, 'star', 5, 6), (2, 'not undone', 1, 'star', 7, NULL);
        INSERT INTO remark_change (batch_id, remark_id, field, old, new)
        VALUES (1, 1, 'starred', '0', '1'), (2, 1, 'starred', '0', '1');
        UPDATE remark SET starred = 1 WHERE id = 1
    """
    for statement in (ROWS + changes).split(";\n"):
        db.change(statement)
    db.close()
    return path


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("in the way")
    with pytest.raises(Unusable, match="Can't create or open"):
        migrate(tmp_path / "instance" / "feedback.sqlite3")
    assert (tmp_path / "instance").read_text() == "in the way"


@pytest.mark.slow
def test_an_unwritable_folder_is_said_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    folder.chmod(0o555)
    tried = _as_somebody(["serve", "--port", "45679"], folder)
    assert (tried.returncode, tried.stderr.count("\n"), tried.stdout) == (2, 1, ""), tried.stderr
    assert f"Can't write in {folder}: Permission denied." in tried.stderr
    assert list(folder.iterdir()) == []


def _as_somebody(arguments: list[str], instance: Path) -> subprocess.CompletedProcess[str]:
    """Run `feedback` as a user who may not write everywhere; root may."""
    command = [sys.executable, "-c", "from feedback.cli import main; main()", *arguments]
    if os.getuid() == 0:
        setpriv = shutil.which("setpriv")
        assert setpriv, "as root this test needs setpriv (util-linux)"
        # Only the right to pass over file modes goes; another user might not even read this checkout.
        command = [setpriv, "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", *command]
    environ = {**os.environ, "FEEDBACK_INSTANCE": str(instance)}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)
