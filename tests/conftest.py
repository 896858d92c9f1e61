"""The site under test and its cast: Mara writes, Ben reads, Sid is a stranger, Nora moderates.

Everything is real: a database file, the app, forms sent with their tokens. Only the limits that would stop a fast
test are off; the tests of a limit turn it on. What would come out the same a thousand times is made once and copied:
the empty database, the compiled templates, and the cast's accounts, each registered and logged in through the form.
"""

import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from feedback import config as settings
from feedback import create_app, edge
from feedback.db import Database, migrate
from feedback.reviews import sorters
from feedback.sorting import Sorter

PASSWORD = "correct horse battery"
NO_LIMITS = {
    "FEEDBACK_REVIEWS_PER_HOUR": "0",
    "FEEDBACK_REGISTRATIONS_PER_HOUR": "0",
    "FEEDBACK_REPORTS_PER_DAY": "0",
}
# One key for all sites, so that a session of the cast is one in every copy.
KEY = {"FEEDBACK_SECRET_KEY": "a key for nobody but the tests, and long enough"}
CAST = ("Mara", "Ben", "Sid", "Nora")
SHARED = Path(__file__).parent.parent.parent / "shared"


def shared(name: str) -> Path:
    """A file of the shared data, or a skip with the reason for people who have only the repository."""
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared reader comments and chapters are not beside this checkout")
    return path


@pytest.fixture(autouse=True)
def sorted_while_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reviews are sorted at once, by the rules alone; the queue and the model have their own tests."""
    monkeypatch.setattr(sorters, "_made", [Sorter(None)])


@pytest.fixture(autouse=True)
def log_of_its_own() -> Iterator[None]:
    """What a test does to the log, such as sending it to its own stderr, ends with the test."""
    yield
    edge.log.handlers = []
    edge.log.setLevel(logging.NOTSET)
    edge.log.propagate = True


class Visitor:
    """A test client that behaves like a browser: it keeps cookies and sends a page's hidden token back."""

    def __init__(self, client: FlaskClient, name: str = "") -> None:
        self.client = client
        self.name = name

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.get(path, **kwargs)

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, token: str | None = None, **kw: Any
    ) -> TestResponse:
        """Send a form with a valid token (or ``token`` instead)."""
        fields = {"csrf_token": self.token() if token is None else token, **(data or {})}
        return self.client.post(path, data=fields, **kw)

    def token(self) -> str:
        """The CSRF token of this visitor's session, from a page that has a form."""
        page = self.client.get("/account/password" if self.name else "/login").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, "the page has no form with a token"
        return found[1]


@dataclass
class Site:
    """One installation in a folder of its own."""

    config: settings.Config
    app: Flask
    db: Database

    def visitor(self) -> Visitor:
        """Somebody who is not logged in."""
        return Visitor(self.app.test_client())

    def join(self, name: str, role: str = "reader") -> Visitor:
        """A new account, logged in."""
        visitor = self.visitor()
        if name in CAST:
            self._copy(visitor, registered(name))
        else:
            register(visitor, name)
        if role != "reader":
            self.db.change("UPDATE account SET role = :role WHERE name = :name", role=role, name=name)
        visitor.name = name
        return visitor

    def _copy(self, visitor: Visitor, member: "Member") -> None:
        account = self.db.table("account").insert({**member.account, "id": None}).last_pk
        self.db.table("login_session").insert({**member.session, "id": None, "account_id": account})
        visitor.client.set_cookie("feedback", member.cookie)

    def account_id(self, name: str) -> int:
        found: int = self.db.value("SELECT id FROM account WHERE name = :name", name=name)
        return found


@dataclass(frozen=True)
class Member:
    """Somebody of the cast as registering left them: their rows, and the cookie of their session."""

    account: dict[str, Any]
    session: dict[str, Any]
    cookie: str


def register(visitor: Visitor, name: str) -> None:
    answer = visitor.post("/register", {"username": name, "password": PASSWORD, "password2": PASSWORD})
    assert answer.status_code in (200, 303), answer.text


@cache
def registered(name: str) -> Member:
    """Register ``name`` on a site of their own, once in a session of tests."""
    with tempfile.TemporaryDirectory() as folder:
        alone = make_site(Path(folder))
        visitor = alone.visitor()
        register(visitor, name)
        account, session = (alone.db.row(f"SELECT * FROM {table}") for table in ("account", "login_session"))
        cookie = visitor.client.get_cookie("feedback")
        close_site(alone)
    assert account
    assert session
    assert cookie
    return Member(dict(account), dict(session), cookie.value)


class Compiled(BytecodeCache):
    """Templates compiled for one site serve all; a changed source is compiled anew."""

    code: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


@cache
def empty_database() -> bytes:
    """The file of a database with nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feedback.sqlite3"
        migrate(path)
        return path.read_bytes()


def make_site(folder: Path, **environ: str) -> Site:
    config = settings.load(folder / "instance", {**NO_LIMITS, **KEY, **environ})
    if not config.database.exists():
        config.instance.mkdir(parents=True, exist_ok=True)
        config.database.write_bytes(empty_database())
    migrate(config.database)
    app = create_app(config)
    app.jinja_env.bytecode_cache = Compiled()
    app.testing = False
    return Site(config, app, Database(config.database))


def close_site(site: Site) -> None:
    site.app.extensions["feedback"]["pool"].close()
    site.db.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = make_site(tmp_path)
    yield made
    close_site(made)


@pytest.fixture
def author(site: Site) -> Visitor:
    return site.join("Mara")


@pytest.fixture
def reader(site: Site) -> Visitor:
    return site.join("Ben")


@pytest.fixture
def stranger(site: Site) -> Visitor:
    return site.join("Sid")


@pytest.fixture
def moderator(site: Site) -> Visitor:
    return site.join("Nora", "moderator")


@pytest.fixture
def nobody(site: Site) -> Visitor:
    return site.visitor()


@pytest.fixture
def work(author: Visitor) -> str:
    """Mara's work: its address."""
    answer = author.post(
        "/works/new", {"title": "The Salt Road", "summary": "Two sisters carry salt.", "wishes": "all"}
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


@pytest.fixture
def chapter(author: Visitor, work: str) -> str:
    """A published chapter of Mara's work: its address."""
    body = (
        "The mules would not cross.\n\n“Leave them,” said Ilse, and her sister laid down the rope."
        "\n\n* * *\n\nBy noon it rained."
    )
    answer = author.post(f"{work}/chapters/new", {"title": "The Ford", "body": body, "publish": "1"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])
