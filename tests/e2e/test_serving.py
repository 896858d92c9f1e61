"""`feedback serve` as an operator meets it: starting, stopping, dying, a busy port, a second folder."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

from feedback.background import NICENESS
from feedback.db import Database
from tests.e2e.conftest import Server
from tests.e2e.test_kill import Reader


def _wait(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return ""


def _answers(server: Server) -> bool:
    try:
        with urlopen(f"{server.url}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _niceness(pid: int) -> int | None:
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return None


def _children(server: Server) -> tuple[set[int], set[int]]:
    """Both workers and the one background process, which is nicer, once all of them are there."""
    found: list[set[int]] = []

    def are_there() -> bool:
        parent, *children = server.family()
        nicer = (_niceness(parent) or 0) + NICENESS
        background = {pid for pid in children if _niceness(pid) == nicer}
        found[:] = [set(children) - background, background]
        return [len(pids) for pids in found] == [server.workers, 1]

    _wait(are_there)
    return found[0], found[1]


def _kill(server: Server, pid: int) -> None:
    """End one of the server's processes the hard way, and wait until it has been cleared away."""
    server.is_harmed = True
    os.kill(pid, signal.SIGKILL)
    _wait(lambda: pid not in server.family())


def test_sigterm_stops_it_with_exit_0_and_frees_port_and_database(server: Server) -> None:
    _children(server)
    family = server.family()
    assert len(family) == 4, "the parent, two workers, one in the background"
    assert server.stop() == 0
    assert not [pid for pid in family if _command(pid)]
    server.start()


def test_an_interrupt_of_the_whole_group_is_no_failure(server: Server) -> None:
    """What Ctrl-C and some service managers do: everybody gets the signal."""
    assert server.process
    _children(server)
    for pid in server.family():
        # Whom the parent has stopped meanwhile needs no signal of its own.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    assert server.process.wait(30) == 0


def test_a_child_obeys_what_comes_before_it_has_begun() -> None:
    """A SIGTERM right at the start: it must neither be lost nor be taken by the handler of the parent."""
    script = """
import multiprocessing, os, signal, time
from feedback import serving
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGTERM))
serving.share_memory()
signal.signal(signal.SIGTERM, lambda *_: None)
child = multiprocessing.Process(target=time.sleep, args=(20,))
child.start()
child.join()
print(child.exitcode)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(ran.stdout) == -signal.SIGTERM


def test_every_request_is_one_line_on_stderr(server: Server) -> None:
    with urlopen(f"{server.url}/login?next=/account", timeout=10) as answer:
        assert answer.status == 200
    _wait(lambda: " GET /login 200 " in server.log)
    assert "next=" not in server.log, "what an address carries is nobody's business"


def test_a_busy_port_is_said_in_one_line(server: Server) -> None:
    second = server.command("serve", "--port", str(server.port))
    assert (second.returncode, second.stderr.count("\n")) == (2, 1)
    assert f"Can't listen on 127.0.0.1 port {server.port}" in second.stderr


def test_restoring_under_a_running_server_is_refused(server: Server, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert server.command("backup", str(copy)).returncode == 0
    refused = server.command("restore", str(copy), "--force")
    assert refused.returncode == 2
    assert "A server is using the database" in refused.stderr
    with urlopen(f"{server.url}/healthz", timeout=10) as answer:
        assert answer.read() == b"ok\n"


def test_the_background_process_is_started_again(server: Server) -> None:
    _, before = _children(server)
    _kill(server, *before)
    workers, after = _children(server)
    assert after != before
    assert len(workers) == 2


def test_a_worker_that_dies_is_replaced(server: Server) -> None:
    before, _ = _children(server)
    _kill(server, min(before))
    after, _ = _children(server)
    assert len(before & after) == 1
    # What waited at the dead worker's socket went with it; nothing is given to that one any more.
    assert all(_answers(server) for _ in range(20))


def test_reviews_left_unsorted_are_sorted_in_the_background(demo_server: Server) -> None:
    db = Database(demo_server.folder / "feedback.sqlite3")
    reader = Reader(demo_server, "Ben", "/works/1/chapters/1")
    reader.register()
    key = {"csrf_token": reader.token, "body": "I loved the kitten. teh -> the", "visibility": "public"}
    assert reader.request("POST", "/works/1/chapters/1/reviews", key)[0] == 303
    with db.transaction():
        review = db.value("SELECT MAX(id) FROM review")
        db.change("DELETE FROM remark WHERE review_id = :review", review=review)
        db.change("UPDATE review SET sorted = 0 WHERE id = :review", review=review)
    _wait(lambda: db.value("SELECT sorted FROM review WHERE id = :review", review=review))
    assert db.value("SELECT COUNT(*) FROM remark WHERE review_id = :review AND live = 1", review=review) >= 1
    db.close()
    assert demo_server.command("check").stdout == "ok\n"


def test_links_speak_of_the_address_that_is_served(server: Server) -> None:
    assert f"feedback is at http://127.0.0.1:{server.port}, workers: 2" in server.log


def test_it_works_from_any_folder_with_the_instance_beside(server: Server, tmp_path: Path) -> None:
    server.stop()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environ = {name: value for name, value in server.environ.items() if name != "FEEDBACK_INSTANCE"}
    command = [sys.executable, "-m", "feedback", "serve", "--port", str(server.port), "--workers", "1"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=elsewhere, env=environ, stdin=subprocess.DEVNULL, stderr=log)
    try:
        _wait(lambda: b"feedback is at" in (tmp_path / "log").read_bytes())
        made = sorted(path.name for path in (elsewhere / "instance").iterdir())
        assert {"feedback.sqlite3", "secret_key"} <= set(made)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
