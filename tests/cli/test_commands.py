"""Every command: its help and example, what it does, and one clear line for what a person can mend."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask.testing import FlaskClient

from feedback import cli, create_app
from feedback.commands import upkeep
from feedback.config import load
from feedback.db import Database, migrate
from tests.cli.conftest import INSTANCE, Ran, Run, is_one_line

README = Path(__file__).parent.parent.parent / "README.md"


def _leaves(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    found = []
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner, name
        found += _leaves(inner, (*path, name))
    return found


COMMANDS = _leaves(cli.feedback)


@pytest.fixture
def site(instance: Path) -> Path:
    """An instance with an empty database."""
    migrate(load(instance).database)
    return instance


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder in which `feedback demo` was run, once for all tests, and how it ended."""
    folder = tmp_path_factory.mktemp("filled")
    command = [sys.executable, "-m", "feedback", "demo"]
    ended = subprocess.run(
        command, env={**os.environ, INSTANCE: str(folder)}, capture_output=True, text=True, check=False, timeout=120
    )
    return folder, Ran(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture
def demo(filled: tuple[Path, Ran], instance: Path) -> Ran:
    """The instance has the demo archive in it; how `feedback demo` had ended."""
    shutil.copytree(filled[0], instance)
    return filled[1]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: tuple[str, ...], run: Run) -> None:
    shown = run(*command, "--help")
    assert shown.code == 0
    assert "Example: " in shown.out
    example = " ".join(shown.out.split("Example: ", 1)[1].split())
    assert f"feedback {' '.join(command)}" in example


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_readme_and_the_overview_list_every_command(command: tuple[str, ...], run: Run) -> None:
    assert f"| `feedback {' '.join(command)}" in README.read_text(encoding="utf-8")
    assert re.search(rf"^  {command[0]} ", run("--help").out, re.MULTILINE)


@pytest.mark.parametrize("group", [(), ("user",)], ids=["feedback", "user"])
def test_a_group_by_itself_shows_its_help(group: tuple[str, ...], run: Run) -> None:
    shown = run(*group)
    assert shown == run(*group, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.count("\n") > 5


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("user", "nonsense"),
        ("serve", "--port", "0"),
        ("serve", "--port", "http"),
        ("serve", "--workers", "0"),
        ("serve", "--host", "nowhere.invalid"),
        ("serve", "extra"),
        ("user", "add"),
        ("user", "add", "nora"),
        ("user", "add", "nora", "--password-stdin", "--role", "king"),
        ("user", "password", "nobody"),
        ("export",),
        ("export", "--work", "one"),
        ("export", "--work", "1", "--rows", "words"),
        ("export", "--work", "1", "--kind", "nonsense"),
        ("export", "--work", "1", "kind=nonsense"),
        ("export", "--work", "1", "work=2"),
        ("export", "--work", "99"),
        ("export", "--work", "1", "-o", "/nowhere/at/all.csv"),
        ("backup",),
        ("backup", "/nowhere/at/all"),
        ("restore", "/nowhere/at/all"),
        ("sort", "/nowhere/at/all"),
        ("check", "extra"),
        ("settings", "--loud"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("site")
def test_bad_input_is_one_line_and_exit_2(arguments: tuple[str, ...], run: Run) -> None:
    tried = run(*arguments)
    assert is_one_line(tried), tried


NEED_A_DATABASE = [
    ("check",),
    ("backup", "copy"),
    ("export", "--work", "1"),
    ("resanitize",),
    ("user", "password", "nora"),
    ("user", "add", "nora", "--password-stdin"),
]


@pytest.mark.parametrize("arguments", NEED_A_DATABASE, ids=" ".join)
def test_without_a_database(arguments: tuple[str, ...], run: Run, instance: Path) -> None:
    tried = run(*arguments)
    assert is_one_line(tried), tried
    assert "no database at" in tried.err
    assert not instance.exists(), "nothing was made"


@pytest.mark.parametrize("arguments", [*NEED_A_DATABASE, ("serve",), ("demo",)], ids=" ".join)
def test_with_something_else_in_its_place(arguments: tuple[str, ...], run: Run, instance: Path) -> None:
    instance.mkdir()
    other = instance / "feedback.sqlite3"
    with contextlib.closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE diary (entry TEXT)")
    before = other.read_bytes()
    tried = run(*(("serve", "--port", "45678") if arguments == ("serve",) else arguments))
    assert is_one_line(tried), tried
    assert "not one of feedback's" in tried.err
    assert other.read_bytes() == before
    assert list(instance.iterdir()) == [other]


@pytest.mark.parametrize("arguments", [("settings",), ("check",), ("serve",)], ids=" ".join)
def test_with_a_setting_that_cant_be_read(
    arguments: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDBACK_REVIEWS_PER_HOUR", "plenty")
    tried = run(*arguments)
    assert is_one_line(tried), tried
    assert "FEEDBACK_REVIEWS_PER_HOUR" in tried.err


def test_the_version(run: Run) -> None:
    assert re.fullmatch(r"feedback, version \d+\.\d+\.\d+\n", run("--version").out)


# settings


def test_settings_shows_value_source_and_help(run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance.mkdir()
    (instance / "config.toml").write_text('trusted_proxies = ["10.0.0.1", "::1"]\n')
    monkeypatch.setenv("FEEDBACK_REVIEWS_PER_HOUR", "7")
    monkeypatch.setenv("FEEDBACK_SECRET_KEY", "very-secret-" * 4)
    shown = run("settings").out
    assert "reviews_per_hour = 7   (environment)\n    Reviews one reader may post in an hour" in shown
    assert "trusted_proxies = 10.0.0.1 ::1   (config.toml)" in shown
    assert "reports_per_day = 20   (default)" in shown
    assert "FEEDBACK_LOGIN_FAILURES_PER_NAME" in shown
    assert "very-secret" not in shown
    assert not (instance / "secret_key").exists(), "looking makes nothing"


# user


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_new_account_can_log_in_with_its_password(ending: bytes, run: Run, site: Path) -> None:
    added = run("user", "add", "nora", "--role", "moderator", "--password-stdin", stdin=b"correct horse" + ending)
    assert added == Ran(0, "added nora (moderator)\n", "")
    assert _can_log_in(site, "nora", "correct horse")
    assert not _can_log_in(site, "nora", "correct horse\n")


def test_only_one_newline_is_dropped(run: Run, site: Path) -> None:
    assert run("user", "add", "nora", "--password-stdin", stdin=b"correct horse \n\n").code == 0
    assert _can_log_in(site, "nora", "correct horse \n")


@pytest.mark.parametrize("password", [b"", b"short", b"x" * 1025, b"\xff\xfe correct horse"])
@pytest.mark.usefixtures("site")
def test_a_password_that_cant_be(password: bytes, run: Run) -> None:
    assert is_one_line(run("user", "add", "nora", "--password-stdin", stdin=password))


@pytest.mark.usefixtures("site")
def test_a_name_is_taken_once(run: Run) -> None:
    assert run("user", "add", "nora", "--password-stdin", stdin=b"correct horse").code == 0
    assert is_one_line(run("user", "add", "NORA", "--password-stdin", stdin=b"correct horse"))


def test_a_reset_link_works_once(run: Run, site: Path) -> None:
    run("user", "add", "nora", "--password-stdin", stdin=b"correct horse")
    link = run("user", "password", "nora").out.strip()
    assert link.startswith("http://127.0.0.1:8000/reset/")
    client = _client(site)
    path = link.removeprefix("http://127.0.0.1:8000")
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert token
    form = {"csrf_token": token[1], "password": "battery staple", "password2": "battery staple"}
    assert client.post(path, data=form).status_code in (200, 303)
    assert _can_log_in(site, "nora", "battery staple")
    assert _client(site).get(path).status_code == 404


def _client(instance: Path) -> FlaskClient:
    return create_app(load(instance)).test_client()


def _can_log_in(instance: Path, name: str, password: str) -> bool:
    client = _client(instance)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)
    assert token
    answer = client.post("/login", data={"csrf_token": token[1], "username": name, "password": password})
    return bool(answer.status_code == 303)


# demo


def test_the_demo_is_a_believable_archive_and_sound(demo: Ran, run: Run, instance: Path) -> None:
    assert demo.code == 0, demo.err
    db = Database(load(instance).database)
    assert db.value("SELECT COUNT(*) FROM work") >= 3
    assert db.value("SELECT COUNT(DISTINCT author_id) FROM work") >= 3
    assert db.value("SELECT MIN(words) FROM chapter_version") >= 300
    assert db.value("SELECT COUNT(*) FROM review") >= 60
    assert db.value("SELECT COUNT(DISTINCT reader_id) FROM review") >= 15
    states = {row[0] for row in db.rows("SELECT DISTINCT state || ' ' || visibility FROM review")}
    assert states >= {"published public", "published author", "held public", "hidden public"}
    assert db.value("SELECT COUNT(*) FROM review WHERE sorted = 0") == 0
    assert db.value("SELECT COUNT(*) FROM report WHERE decision_id IS NULL") == 1
    assert db.value("SELECT COUNT(*) FROM reply") >= 10
    assert db.value("SELECT COUNT(DISTINCT kind) FROM remark") >= 8
    corrected = db.value("SELECT COUNT(*) FROM passage WHERE anchor = 'exact' AND right_text IS NOT NULL")
    assert corrected >= 5, "typos were planted in the chapters, and readers quote them"
    db.close()
    assert run("check") == Ran(0, "ok\n", "")


def test_the_demos_accounts_are_printed_and_work(demo: Ran, instance: Path) -> None:
    password = re.search(r"password +(\S+)", demo.out)
    assert password
    with contextlib.closing(Database(load(instance).database)) as db:
        names = [str(row["name"]) for row in db.rows("SELECT name FROM account")]
    printed = set(re.findall(r"[\w.]*\w", demo.out))
    assert [name for name in names if name not in printed] == []
    assert max(map(len, demo.out.splitlines())) <= 100
    for name in ("marit_o", "nora_mod", "nightbus_nell"):
        assert _can_log_in(instance, name, password[1])


def test_the_demo_again_changes_nothing(demo: Ran, run: Run, instance: Path) -> None:
    path = load(instance).database
    before = "\n".join(_dump(path))
    again = run("demo")
    assert again.code == 0
    assert "there already" in again.out
    assert "nora_mod" in again.out
    assert "\n".join(_dump(path)) == before


def _dump(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as read:
        return list(read.iterdump())


@pytest.mark.usefixtures("site")
def test_the_demo_never_mixes_with_somebodys_archive(run: Run) -> None:
    run("user", "add", "mara", "--password-stdin", stdin=b"correct horse")
    tried = run("demo")
    assert is_one_line(tried)
    assert "for an empty database" in tried.err


# export


@pytest.mark.usefixtures("demo")
def test_export_writes_what_the_filters_ask_for(run: Run) -> None:
    everything = run("export", "--work", "1").out
    rows = list(csv.DictReader(io.StringIO(everything, newline="")))
    assert everything.startswith("remark_id,review_id,work,chapter,")
    assert "\r\n" in everything
    by_option = run("export", "--work", "1", "--kind", "reaction", "--kind", "theory").out
    by_query = run("export", "--work", "1", "?kind=reaction&kind=theory").out
    assert by_option == by_query
    chosen = list(csv.DictReader(io.StringIO(by_option, newline="")))
    assert sorted(row["remark_id"] for row in chosen) == sorted(
        row["remark_id"] for row in rows if row["kind"] in ("reaction", "theory")
    )
    assert 0 < len(chosen) < len(rows)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--work", "abc"), "--work"),
        (("--work", "0"), "--work"),
        (("--work", "1", "--kind", "foo"), "--kind"),
        (("--work", "1", "--since", "yesterday"), "--since"),
        (("--work", "1", "--chapter", "two"), "--chapter"),
        (("--work", "1", "sort=best"), "--sort"),
        (("--work", "1", "--chapter", "99"), "chapter 99"),
        (("--work", "99", "--chapter", "1"), "work 99"),
    ],
)
@pytest.mark.usefixtures("demo")
def test_export_says_which_option_makes_no_sense(arguments: tuple[str, ...], named: str, run: Run) -> None:
    tried = run("export", *arguments)
    assert is_one_line(tried), tried
    assert named in tried.err
    assert "address" not in tried.err


@pytest.mark.usefixtures("demo")
def test_export_sorts_what_no_server_has_got_to(run: Run, instance: Path) -> None:
    everything = run("export", "--work", "1").out
    with contextlib.closing(Database(load(instance).database)) as db:
        db.change("DELETE FROM remark")
        db.change("UPDATE review SET sorted = 0")
    again = run("export", "--work", "1").out
    assert again.count("\r\n") >= everything.count("\r\n") * 0.9 > 1
    assert run("check") == Ran(0, "ok\n", "")
    with contextlib.closing(Database(load(instance).database)) as db:
        assert db.value("SELECT COUNT(*) FROM review WHERE sorted = 0") == 0


@pytest.mark.usefixtures("demo")
def test_export_to_a_file_is_the_same_and_whole(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out" / "rows.jsonl"
    target.parent.mkdir()
    target.write_text("last week's")
    arguments = ("export", "--work", "2", "--rows", "reviews", "--format", "jsonl")
    assert run(*arguments, "-o", str(target)) == Ran(0, "", "")
    written = target.read_text(encoding="utf-8")
    assert written == run(*arguments).out
    assert all("text" in json.loads(line) for line in written.splitlines())
    assert [file.name for file in target.parent.iterdir()] == ["rows.jsonl"]


@pytest.mark.usefixtures("demo")
def test_whoever_stops_reading_is_not_told_off(instance: Path) -> None:
    code = "import sys; from feedback.cli import main; sys.argv = ['feedback', 'export', '--work', '1']; main()"
    command = f'"{sys.executable}" -c "{code}" | head -c 10; echo "${{PIPESTATUS[0]}}"'
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("remark_id,")
    assert ended.stderr == ""


# check, backup, restore, resanitize


def test_check_names_what_is_broken_and_exits_1(run: Run, site: Path) -> None:
    assert run("check") == Ran(0, "ok\n", "")
    with contextlib.closing(sqlite3.connect(load(site).database)) as db, db:
        db.execute("INSERT INTO remark_count VALUES (1, 1, 0, 'praise', 'neutral', 'new', 3)")
    assert run("check") == Ran(1, "authors whose desk counts differ from their remarks: 1\n", "")


@pytest.mark.usefixtures("demo")
def test_backup_and_restore(run: Run, instance: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.sqlite3"
    assert run("backup", str(copy)).code == 0
    assert is_one_line(run("backup", str(copy)))
    assert run("backup", str(copy), "--force").code == 0
    path = load(instance).database
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM review")
    assert is_one_line(run("restore", str(copy)))
    restored = run("restore", str(copy), "--force")
    assert restored.code == 0
    assert ".replaced" in restored.out
    restored_db = Database(path)
    assert restored_db.value("SELECT COUNT(*) FROM review") >= 60
    restored_db.close()
    assert run("check").out == "ok\n"


@pytest.mark.usefixtures("demo")
def test_resanitize_remakes_html_and_touches_nothing_else(run: Run, instance: Path) -> None:
    path = load(instance).database
    before = _dump(path)
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE review SET html = 'stale', policy_version = 0")
        db.execute("UPDATE chapter_version SET body_html = 'stale', policy_version = 0")
    remade = run("resanitize")
    assert remade.code == 0, remade.err
    assert [line for line in _dump(path) if not _moves(line)] == [line for line in before if not _moves(line)]
    assert run("resanitize").out == "made again: 0\n"
    assert run("check").out == "ok\n"


@pytest.mark.usefixtures("demo")
def test_resort_says_what_it_sorted_again_and_what_it_left(run: Run, instance: Path) -> None:
    with contextlib.closing(sqlite3.connect(load(instance).database)) as db, db:
        db.execute("UPDATE remark SET starred = 0, status = 'new', sorted_by = 'auto'")
        db.execute("UPDATE remark SET starred = 1 WHERE review_id IN (2, 3)")
        (reviews,) = db.execute("SELECT COUNT(*) FROM review WHERE sorted = 1").fetchone()
    resorted = run("resort")
    assert resorted.out == (
        f"{reviews} reviews looked at, {reviews - 2} sorted again, 2 left because a person has touched them\n"
    )


def test_a_bar_stands_on_a_terminal_from_the_first_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert upkeep._progress("reviews", iter([(0, 3), (2, 3), (3, 3)])) == (3, 3)
    shown = capsys.readouterr().err
    assert "reviews:   0%" in shown
    assert "0/3" in shown
    assert "3/3" in shown


def _moves(line: str) -> bool:
    """Whether a line of the dump has a page version in it, which rises whenever a page may look different."""
    return line.startswith(('INSERT INTO "chapter" ', 'INSERT INTO "work" '))
