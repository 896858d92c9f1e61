"""Sites with settings of a test's own, the cast as the use cases know it, and reviews in every state."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from feedback.accounts.account import Account
from feedback.db import Database
from tests.conftest import Site, Visitor, make_site

WORDS = "The mules made me laugh, and then I cried."


@pytest.fixture
def site_with(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """A function that makes a site with some settings: ``site_with(FEEDBACK_...="...")``."""
    made = []

    def make(**environ: str) -> Site:
        made.append(make_site(tmp_path / str(len(made)), **environ))
        return made[-1]

    yield make
    for site in made:
        site.app.extensions["feedback"]["pool"].close()
        site.db.close()


def account(db: Database, name: str) -> Account:
    """Somebody of the cast, as the use cases are given them."""
    row = db.row("SELECT id, name, role FROM account WHERE name = :name", name=name)
    assert row
    return Account(row["id"], row["name"], row["role"], token="", session_id=0)


def published(author: Visitor, *, policy: str = "open", title: str = "The Ford") -> str:
    """A new work of the author's with one published chapter: the chapter's address."""
    work = author.post("/works/new", {"title": "The Salt Road", "summary": "", "review_policy": policy})
    body = "The mules would not cross.\n\n“Leave them,” said Ilse."
    answer = author.post(f"{work.headers['Location']}/chapters/new", {"title": title, "body": body, "publish": "1"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def send(reader: Visitor, chapter: str, body: str = WORDS, **fields: str) -> str:
    """Post a review and return its address."""
    answer = reader.post(f"{chapter}/reviews", {"body": body, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def number(address: str) -> int:
    """The id at the end of an address."""
    return int(address.rsplit("/", 1)[1])


def box(page: str) -> str:
    """What stands in the box of a chapter page, its lines as a browser reads them."""
    found = re.search(r'<textarea id="body"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found, "the page has no box"
    return unescape(found[1]).replace("\r\n", "\n")


def hidden(page: str, name: str) -> str:
    """The value of a page's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no {name}"
    return unescape(found[1])


def state(site: Site, review: str) -> str:
    """The state of the review at an address."""
    found: str = site.db.value("SELECT state FROM review WHERE id = :id", id=number(review))
    return found


def put_into(
    kind: str, site: Site, author: Visitor, reader: Visitor, moderator: Visitor, *, body: str = WORDS
) -> tuple[str, str]:
    """A review that got into a state by the ways of the site: the chapter's address and its own.

    ``kind`` is a state, or ``private`` for a published one that is the author's alone.
    """
    chapter = published(author, policy="hold_all" if kind == "held" else "open")
    review = send(reader, chapter, body, visibility="author" if kind == "private" else "public")
    if kind == "hidden":
        assert author.post(f"{review}/hide").status_code == 303
    if kind == "withdrawn":
        assert reader.post(f"{review}/withdraw").status_code == 303
    if kind == "removed":
        assert author.post(f"{review}/report", {"reason": "attack"}).status_code == 303
        report = site.db.value("SELECT MAX(id) FROM report")
        decided = moderator.post(f"/moderation/{report}", {"action": "remove", "reason": "Kindly be kind."})
        assert decided.status_code == 303, decided.text
    return chapter, review
