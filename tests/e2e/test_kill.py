"""Kill -9 of the server under concurrent submissions, again and again: what was answered is there, once."""

import http.client
import os
import re
import signal
import threading
import time
from collections import Counter
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from feedback.db import Database
from tests.e2e.conftest import Server

PASSWORD = "correct horse battery"
KILLS = 20
READERS = 4
UNDER_WAY = (0.15, 0.5)
QUEUE_MOVES_WITHIN = 20
"""Seconds in which the background process must have sorted something, however busy the machine is."""


class Reader(threading.Thread):
    """Somebody who submits one review after the other; what was answered 303 is noted, nothing else counts."""

    def __init__(self, server: Server, name: str, chapter: str) -> None:
        super().__init__(name=name)
        self.server, self.chapter = server, chapter
        self.cookies: dict[str, str] = {}
        self.answered: list[str] = []
        self.sent: list[str] = []
        self.stopping = threading.Event()
        self.token = ""

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and Location of one request over a connection of its own."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)) as connection:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            body = None
            if form is not None:
                body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            for cookie in answer.msg.get_all("Set-Cookie") or []:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
            return answer.status, text, answer.headers.get("Location", "")

    def register(self) -> None:
        """Make an account and take its token."""
        self.token = self._token("/register")
        form = {"csrf_token": self.token, "username": self.name, "password": PASSWORD, "password2": PASSWORD}
        status, text, _ = self.request("POST", "/register", form)
        assert status in (200, 303), text
        self.token = self._token("/account/password")

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.request("GET", path)[1])
        assert found
        return found[1]

    def run(self) -> None:
        while not self.stopping.is_set():
            key = f"{self.name}-{len(self.sent)}"
            self.sent.append(key)
            body = f"Number {key}: I loved the ford. teh -> the. Will Ilse go back?"
            form = {"csrf_token": self.token, "body": body, "visibility": "public", "submission_key": key}
            try:
                status, text, _ = self.request("POST", f"{self.chapter}/reviews", form)
            except (OSError, http.client.HTTPException):
                # The server died under it; this review may be there or not.
                time.sleep(0.02)
                continue
            assert status == 303, text
            self.answered.append(key)


def _wait_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(_alive(pid) for pid in pids):
        assert time.monotonic() < deadline, "a child of the killed server lives on"
        time.sleep(0.01)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _kill(server: Server, everyone: bool) -> None:
    """Kill the parent, whose children must follow by themselves, or all of them at the same moment."""
    assert server.process
    family = server.family()
    for pid in family if everyone else family[:1]:
        os.kill(pid, signal.SIGKILL)
    server.process.wait()
    _wait_gone(family[1:])


def _publish(server: Server) -> str:
    author = Reader(server, "Mara", "")
    author.register()
    work = author.request("POST", "/works/new", {"csrf_token": author.token, "title": "Salt", "wishes": "all"})[2]
    body = "The mules would not cross teh ford. “Leave them,” said Ilse."
    form = {"csrf_token": author.token, "title": "The Ford", "body": body, "publish": "1"}
    return author.request("POST", f"{work}/chapters/new", form)[2]


def test_every_answered_review_survives_the_servers_death(server: Server) -> None:
    server.is_harmed = True
    chapter = _publish(server)
    everyone: list[Reader] = []
    for n in range(KILLS):
        readers = [Reader(server, f"reader_{n}_{m}", chapter) for m in range(READERS)]
        for reader in readers:
            reader.register()
        for reader in readers:
            reader.start()
        shortest, longest = UNDER_WAY
        time.sleep(shortest + (longest - shortest) * n / KILLS)
        _kill(server, everyone=n % 2 == 0)
        for reader in readers:
            reader.stopping.set()
        for reader in readers:
            reader.join()
        everyone += readers
        server.start()
    _check(server, everyone)


def _waiting(db: Database) -> int:
    return int(db.value("SELECT COUNT(*) FROM review WHERE sorted = 0"))


def _check(server: Server, readers: list[Reader]) -> None:
    answered = [key for reader in readers for key in reader.answered]
    sent = {key for reader in readers for key in reader.sent}
    assert len(answered) > KILLS, "hardly anything was submitted; the test proved nothing"
    db = Database(server.folder / "feedback.sqlite3")
    before, moved = _waiting(db), time.monotonic()
    while waiting := _waiting(db):
        if waiting < before:
            before, moved = waiting, time.monotonic()
        assert time.monotonic() - moved < QUEUE_MOVES_WITHIN, "the queue is not worked off"
        time.sleep(0.1)
    stored = Counter(row[0] for row in db.rows("SELECT submission_key FROM review"))
    db.close()
    assert set(answered) <= stored.keys()
    assert set(stored.values()) == {1}
    assert stored.keys() <= sent
    checked = server.command("check")
    assert (checked.returncode, checked.stdout) == (0, "ok\n")
