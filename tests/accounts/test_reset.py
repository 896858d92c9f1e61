"""GET, POST /reset/<token>: the link that `feedback user password` prints."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedback.accounts import people
from feedback.accounts.account import Account
from feedback.db import Database
from feedback.errors import NotFound
from tests.accounts.conftest import NEW_PASSWORD, NOON, is_in, log_in
from tests.conftest import PASSWORD, Site, Visitor

NEW = {"password": NEW_PASSWORD, "password2": NEW_PASSWORD}


@pytest.fixture
def link(site: Site, reader: Visitor) -> str:
    """The address of a fresh link for Ben."""
    return f"/reset/{people.make_reset_link(site.db, 'ben', int(time.time()))}"


def test_it_sets_a_new_password_and_logs_in(site: Site, reader: Visitor, nobody: Visitor, link: str) -> None:
    page = nobody.get(link)
    assert page.status_code == 200
    assert "Ben" in page.text
    answer = nobody.post(link, NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert is_in(nobody)
    assert not is_in(reader)
    assert log_in(site.visitor(), "Ben", PASSWORD) == 422
    assert log_in(site.visitor(), "Ben", NEW_PASSWORD) == 303


def test_it_works_once(site: Site, nobody: Visitor, link: str) -> None:
    assert nobody.post(link, NEW).status_code == 303
    late = site.visitor()
    assert late.get(link).status_code == 404
    assert late.post(link, NEW).status_code == 404


def test_looking_at_it_does_not_use_it_up(nobody: Visitor, link: str) -> None:
    assert [nobody.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert nobody.client.head(link).status_code == 200
    assert nobody.post(link, {"password": "short", "password2": "short"}).status_code == 422
    assert nobody.post(link, NEW).status_code == 303


def test_it_lives_an_hour(site: Site, ben: Account) -> None:
    token = people.make_reset_link(site.db, "Ben", NOON)
    assert people.find_reset(site.db, token, NOON + 3599)["name"] == "Ben"
    with pytest.raises(NotFound):
        people.find_reset(site.db, token, NOON + 3600)
    with pytest.raises(NotFound):
        people.reset(site.db, token, NEW_PASSWORD, NEW_PASSWORD, address="", agent="", now=NOON + 3600)


def test_a_second_link_voids_the_first(site: Site, nobody: Visitor, link: str) -> None:
    people.make_reset_link(site.db, "Ben", NOON)
    assert nobody.get(link).status_code == 404


def test_only_its_hash_is_stored(site: Site, link: str) -> None:
    row = site.db.row("SELECT * FROM reset_link")
    assert row is not None
    assert link.removeprefix("/reset/") not in map(str, row)


def test_there_is_none_for_an_unknown_name(site: Site) -> None:
    for name in ("Ben", "no name <b>", ""):
        with pytest.raises(NotFound):
            people.make_reset_link(site.db, name, NOON)
    assert site.db.value("SELECT count(*) FROM reset_link") == 0


@pytest.mark.parametrize("token", ["x", "%00", "..", "ä", "' OR 1=1 --", "x" * 3_000])
def test_a_link_that_never_was_one(nobody: Visitor, token: str) -> None:
    assert nobody.get(f"/reset/{token}").status_code == 404


def test_of_many_at_once_one_gets_in(site: Site, ben: Account) -> None:
    token = people.make_reset_link(site.db, "Ben", NOON)

    def one(_: int) -> str:
        db = Database(site.config.database)
        try:
            people.reset(db, token, NEW_PASSWORD, NEW_PASSWORD, address="", agent="", now=NOON)
        except NotFound:
            return "refused"
        finally:
            db.close()
        return "in"

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(one, range(6))) == ["in", *["refused"] * 5]


def test_used_and_old_links_are_cleared_away(site: Site, ben: Account) -> None:
    people.make_reset_link(site.db, "Ben", NOON)
    people.clear(site.db, NOON + 3599)
    assert site.db.value("SELECT count(*) FROM reset_link") == 1
    people.clear(site.db, NOON + 3600)
    assert site.db.value("SELECT count(*) FROM reset_link") == 0
