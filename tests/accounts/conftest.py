"""Sites with settings of a test's own, and the pages of accounts."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from feedback.accounts import people
from feedback.accounts.account import Account
from tests.conftest import PASSWORD, Site, Visitor, make_site

HERE = {"REMOTE_ADDR": "198.51.100.1"}
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
NEW_PASSWORD = "a lantern in the reeds"
WRONG_PASSWORD = "wrong horse battery"
NOON = 1_700_000_000


@pytest.fixture
def site_with(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """A function that makes a site with some settings: ``site_with(FEEDBACK_...="...")``."""
    made: list[Site] = []

    def make(**environ: str) -> Site:
        made.append(make_site(tmp_path / str(len(made)), **environ))
        return made[-1]

    yield make
    for site in made:
        site.app.extensions["feedback"]["pool"].close()
        site.db.close()


@pytest.fixture
def ben(site: Site) -> Account:
    """Ben's account, registered at noon from 198.51.100.1, without a browser around it."""
    account, _ = people.register(
        site.db, "Ben", PASSWORD, PASSWORD, address=HERE["REMOTE_ADDR"], agent="", now=NOON, config=site.config
    )
    return account


def log_in(visitor: Visitor, name: str, password: str = PASSWORD, **fields: str) -> int:
    """Send the log-in form; the answer's status."""
    answer = visitor.post("/login", {"username": name, "password": password, **fields})
    if answer.status_code == 303:
        visitor.name = name
    return answer.status_code


def is_in(visitor: Visitor) -> bool:
    """Whether the visitor is logged in, as the account page sees it."""
    answer = visitor.get("/account")
    assert answer.status_code == 200 or answer.headers["Location"].startswith("/login?")
    return answer.status_code == 200


def shown_code(page: str) -> str:
    """The recovery code a page shows, "" for none."""
    found = re.search(r"<code>([0-9A-Z-]+)</code>", page)
    return found[1] if found else ""


def recovery_code(visitor: Visitor) -> str:
    """The code waiting for someone who has just registered."""
    code = shown_code(visitor.get("/account/recovery-code").text)
    assert code
    return code


def links(page: str) -> list[str]:
    """The addresses a page links to."""
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', page)]


def hidden(page: str, name: str) -> list[str]:
    """The values of a page's hidden fields of that name."""
    return [unescape(value) for value in re.findall(rf'type="hidden" name="{name}" value="([^"]*)"', page)]
