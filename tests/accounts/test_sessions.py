"""GET /account/sessions, POST /account/sessions/revoke, and how long a session lives."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from feedback.accounts import people, sessions
from feedback.accounts.account import Account
from feedback.db import Database, Pool
from tests.accounts.conftest import ELSEWHERE, HERE, NOON, hidden, is_in, log_in
from tests.conftest import PASSWORD, Site, Visitor

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
DAY = 24 * 3600


def phone(site: Site, remember: str = "1") -> Visitor:
    """Ben's phone: another browser of his, logged in from elsewhere."""
    visitor = site.visitor()
    form = {"username": "Ben", "password": PASSWORD, **({"remember": remember} if remember else {})}
    answer = visitor.post("/login", form, environ_base=ELSEWHERE, headers={"User-Agent": IPHONE})
    assert answer.status_code == 303
    visitor.name = "Ben"
    return visitor


def session_id(site: Site, name: str) -> str:
    """The id of the account's latest session."""
    found = site.db.value("SELECT max(id) FROM login_session WHERE account_id = :id", id=site.account_id(name))
    return str(found)


def test_sessions_are_listed_and_this_one_is_marked(site: Site, reader: Visitor) -> None:
    site.db.change("UPDATE login_session SET agent = :agent", agent=FIREFOX)
    phone(site)
    page = reader.get("/account/sessions").text
    cards = re.findall(r'<li class="session.*?</li>', page, re.DOTALL)
    this, other = cards
    assert "this one" in this
    assert "this one" not in other
    assert "Firefox on Windows" in this
    assert "127.0.0.1" in this
    assert "Safari on iPhone" in other
    assert ELSEWHERE["REMOTE_ADDR"] in other
    assert "remembered" in other
    assert "remembered" not in this


def test_other_peoples_sessions_are_not_listed(site: Site, reader: Visitor, stranger: Visitor) -> None:
    page = reader.get("/account/sessions").text
    assert hidden(page, "session") == [session_id(site, "Ben")]


def test_revoking_one_ends_it_and_its_remember_me(site: Site, reader: Visitor) -> None:
    lost = phone(site)
    assert is_in(lost)
    answer = reader.post("/account/sessions/revoke", {"session": session_id(site, "Ben")})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sessions")
    assert not is_in(lost)
    lost.client.delete_cookie("feedback")
    assert not is_in(lost)
    assert lost.client.get_cookie("feedback_remember") is None
    assert is_in(reader)


def test_a_revoked_remember_me_is_worth_nothing_by_itself(site: Site, reader: Visitor) -> None:
    lost = phone(site)
    lost.client.delete_cookie("feedback")
    reader.post("/account/sessions/revoke", {"others": "1"})
    assert not is_in(lost)


def test_revoking_all_others_leaves_this_one(site: Site, reader: Visitor, stranger: Visitor) -> None:
    others = [phone(site), phone(site, remember="")]
    assert reader.post("/account/sessions/revoke", {"others": "1"}).status_code == 303
    assert "Everywhere else is logged out." in reader.get("/account/sessions").text
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(reader)
    assert is_in(stranger)


def test_revoking_this_one_logs_out(site: Site, reader: Visitor) -> None:
    answer = reader.post("/account/sessions/revoke", {"session": session_id(site, "Ben")})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert not is_in(reader)


def test_somebody_elses_session_is_not_there(site: Site, reader: Visitor, stranger: Visitor) -> None:
    answer = stranger.post("/account/sessions/revoke", {"session": session_id(site, "Ben")})
    assert answer.status_code == 404
    assert is_in(reader)


@pytest.mark.parametrize("session", ["", "0", "-1", "one", "1 OR 1=1", "9" * 18, "9" * 50, "²", "٣"])
def test_a_session_that_makes_no_sense_is_not_there(reader: Visitor, session: str) -> None:
    assert reader.post("/account/sessions/revoke", {"session": session}).status_code == 404
    assert is_in(reader)


def test_it_needs_a_form(reader: Visitor) -> None:
    assert reader.get("/account/sessions/revoke").status_code == 405
    assert reader.client.post("/account/sessions/revoke", data={"others": "1"}).status_code == 400


def test_only_the_hash_of_a_token_is_stored(site: Site, ben: Account) -> None:
    stored = site.db.value("SELECT token_hash FROM login_session")
    assert stored == hashlib.sha256(ben.token.encode()).hexdigest()
    assert ben.token not in repr(ben)


@pytest.mark.parametrize("cookie", ["", "x", "eyJ4Ijox", "|", "a|b", "\x80", "x" * 4_000])
def test_cookies_that_make_no_sense_are_nobody(site: Site, cookie: str) -> None:
    visitor = site.visitor()
    for name in ("feedback", "feedback_remember"):
        visitor.client.set_cookie(name, cookie)
    assert not is_in(visitor)
    assert visitor.get("/login").status_code == 200


# How long a session lives -------------------------------------------------------------------------------------------


def begin(site: Site, *, remember: bool) -> str:
    """A session Ben begins at noon; its token."""
    account = people.log_in(
        site.db, "Ben", PASSWORD, remember=remember, address="", agent="", now=NOON, config=site.config
    )
    return account.token


def lives(site: Site, token: str, day: float) -> bool:
    return sessions.account_for_token(site.db, token, NOON + int(day * DAY)) is not None


def test_one_not_remembered_ends_after_two_weeks_without_use(site: Site, ben: Account) -> None:
    token = begin(site, remember=False)
    assert lives(site, token, 13.9)
    assert lives(site, token, 27.8)
    assert not lives(site, token, 41.9)


def test_one_remembered_lives_half_a_year(site: Site, ben: Account) -> None:
    token = begin(site, remember=True)
    assert lives(site, token, 179.9)
    assert not lives(site, token, 180)


def test_none_lives_longer_however_often_it_is_used(site: Site, ben: Account) -> None:
    token = begin(site, remember=False)
    assert all(lives(site, token, day) for day in range(0, 180, 10))
    assert not lives(site, token, 180)


def test_the_last_use_is_noted_every_five_minutes(site: Site, ben: Account) -> None:
    def used(seconds: int, address: str) -> tuple[int, str]:
        assert sessions.account_for_token(site.db, ben.token, NOON + seconds, address) is not None
        row = site.db.row("SELECT seen_at, address FROM login_session")
        assert row is not None
        return row["seen_at"] - NOON, row["address"]

    first = HERE["REMOTE_ADDR"]
    assert used(299, "203.0.113.9") == (0, first)
    assert used(300, "203.0.113.9") == (300, "203.0.113.9")
    assert used(599, "203.0.113.10") == (300, "203.0.113.9")
    assert used(600, "") == (600, "203.0.113.9")


def test_the_list_shows_where_a_session_was_last_used(site: Site, reader: Visitor) -> None:
    site.db.change("UPDATE login_session SET seen_at = seen_at - 300, address = 'somewhere'")
    assert reader.get("/account", environ_base=ELSEWHERE).status_code == 200
    page = reader.get("/account/sessions").text
    assert ELSEWHERE["REMOTE_ADDR"] in page
    assert "somewhere" not in page


def test_reading_goes_on_while_the_database_takes_no_write(site: Site, ben: Account) -> None:
    impatient = Database(site.config.database, busy_timeout_ms=1)
    with site.db.transaction():
        found = sessions.account_for_token(impatient, ben.token, NOON + 1_000)
    impatient.close()
    assert found is not None
    assert found.name == "Ben"


def test_an_account_keeps_its_hundred_last_used_sessions(site: Site, ben: Account) -> None:
    for second in range(1, 101):
        with site.db.transaction():
            sessions.begin(
                site.db, people.profile(site.db, ben), remember=True, address="", agent="", now=NOON + second
            )
    assert site.db.value("SELECT count(*) FROM login_session") == 100
    assert sessions.account_for_token(site.db, ben.token, NOON + 101) is None


def test_expired_ones_are_cleared_away(site: Site, ben: Account) -> None:
    begin(site, remember=True)
    people.clear(site.db, NOON + 15 * DAY)
    assert [row["remembered"] for row in site.db.rows("SELECT remembered FROM login_session")] == [1]


# What it costs ------------------------------------------------------------------------------------------------------


@contextmanager
def statements(site: Site) -> Iterator[list[str]]:
    """The statements this thread's requests run inside the block."""
    pool: Pool = site.app.extensions["feedback"]["pool"]
    connection: sqlite3.Connection = pool.connection().conn
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        connection.set_trace_callback(None)


@pytest.mark.parametrize("with_session_cookie", [True, False])
def test_an_account_is_found_with_one_indexed_query(site: Site, reader: Visitor, with_session_cookie: bool) -> None:
    visitor = phone(site)
    if not with_session_cookie:
        visitor.client.delete_cookie("feedback")
    with statements(site) as seen:
        assert is_in(visitor)
    lookups = [sql for sql in seen if "login_session" in sql]
    assert len(lookups) == 1
    plan = site.db.rows(f"EXPLAIN QUERY PLAN {lookups[0]}")
    assert all("SEARCH" in row["detail"] for row in plan)
    assert len(plan) == 2


def test_a_revoked_one_is_asked_for_once(site: Site, reader: Visitor) -> None:
    lost = phone(site)
    reader.post("/account/sessions/revoke", {"others": "1"})
    with statements(site) as seen:
        assert not is_in(lost)
    assert len([sql for sql in seen if "login_session" in sql]) == 1
    with statements(site) as seen:
        lost.get("/login")
    assert [sql for sql in seen if "login_session" in sql] == []


def test_nobody_costs_no_query(site: Site, nobody: Visitor) -> None:
    nobody.get("/login")
    with statements(site) as seen:
        assert nobody.get("/login").status_code == 200
    assert seen == []


def test_a_database_that_is_gone_logs_nobody_out(site: Site, reader: Visitor) -> None:
    database = site.config.database
    away = database.with_name("away.sqlite3")
    database.rename(away)
    answer = reader.get("/account")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    away.rename(database)
    assert is_in(reader)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPHONE, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.5 Safari/605.1.15",
            "Safari on a Mac",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/137.0 Safari/537.36 Edg/137.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0", "Firefox on Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", "ChromeOS"),
        ("curl/8.5", "An unknown device"),
        ("<script>alert(1)</script>", "An unknown device"),
        ("", "An unknown device"),
    ],
)
def test_devices_have_names(agent: str, name: str) -> None:
    assert sessions.device_name(agent) == name


def test_a_strange_user_agent_is_kept_short_and_clean(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    form = {"username": "Ben", "password": PASSWORD}
    visitor.post("/login", form, headers={"User-Agent": "\x07" + "A" * 5_000})
    assert site.db.value("SELECT agent FROM login_session ORDER BY id DESC LIMIT 1") == "A" * 300


def test_log_in_elsewhere_leaves_this_session(site: Site, reader: Visitor) -> None:
    assert log_in(site.visitor(), "Ben") == 303
    assert is_in(reader)
