"""GET, POST /login and POST /logout."""

from collections.abc import Callable
from typing import Literal

import pytest
from argon2 import PasswordHasher

from feedback.accounts import passwords
from tests.accounts.conftest import WRONG_PASSWORD, hidden, is_in, links, log_in
from tests.conftest import PASSWORD, Site, Visitor


def cookie(visitor: Visitor, name: str) -> str:
    found = visitor.client.get_cookie(name)
    return found.value if found else ""


def test_log_in_leads_to_next(site: Site, reader: Visitor, chapter: str) -> None:
    visitor = site.visitor()
    answer = visitor.post("/login", {"username": "Ben", "password": PASSWORD, "next": f"{chapter}#review"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{chapter}#review")
    assert is_in(visitor)


@pytest.mark.parametrize("name", ["Ben", "ben", " BEN ", "Ｂｅｎ"])
def test_a_name_in_any_writing(site: Site, reader: Visitor, name: str) -> None:
    assert log_in(site.visitor(), name) == 303


def test_a_page_that_needs_a_log_in_comes_back_afterwards(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    asked = visitor.get("/account/sessions?x=1")
    assert asked.status_code == 303
    page = visitor.get(asked.headers["Location"])
    (place,) = hidden(page.text, "next")
    answer = visitor.post("/login", {"username": "Ben", "password": PASSWORD, "next": place})
    assert answer.headers["Location"] == "/account/sessions?x=1"


def test_a_draft_is_carried_on(site: Site, reader: Visitor, chapter: str) -> None:
    visitor = site.visitor()
    page = visitor.get("/login", query_string={"next": f"{chapter}#review", "draft": "tok-en_1"})
    assert "Your words are safe" in page.text
    fields = {name: hidden(page.text, name)[0] for name in ("next", "draft")}
    failed = visitor.post("/login", {"username": "Ben", "password": WRONG_PASSWORD, **fields})
    assert {name: hidden(failed.text, name)[0] for name in ("next", "draft")} == fields
    answer = visitor.post("/login", {"username": "Ben", "password": PASSWORD, **fields})
    assert answer.headers["Location"] == f"{chapter}?draft=tok-en_1#review"


def test_links_to_register_and_recovery_carry_next_and_draft(nobody: Visitor, chapter: str) -> None:
    page = nobody.get("/login", query_string={"next": f"{chapter}#review", "draft": "token"})
    for path in ("/register", "/recover"):
        (link,) = {link for link in links(page.text) if link.startswith(f"{path}?")}
        onward = nobody.get(link)
        assert hidden(onward.text, "next") == [f"{chapter}#review"]
        assert hidden(onward.text, "draft") == ["token"]


def test_someone_logged_in_is_sent_on(reader: Visitor, chapter: str) -> None:
    answer = reader.get("/login", query_string={"next": chapter, "draft": "token"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{chapter}?draft=token")
    assert reader.get("/login").headers["Location"] == "/"


def error_of(site: Site, name: str, password: str) -> tuple[int, str]:
    visitor = site.visitor()
    answer = visitor.post("/login", {"username": name, "password": password})
    token = hidden(answer.text, "csrf_token")[0]
    return answer.status_code, answer.text.replace(token, "").replace(f'value="{name}"', "")


def test_a_wrong_password_and_an_unknown_name_say_the_same(site: Site, reader: Visitor) -> None:
    wrong = error_of(site, "Ben", WRONG_PASSWORD)
    assert wrong[0] == 422
    assert "do not go together" in wrong[1]
    for name in ("Sid", "", "x", "no name <b>", "N" * 5_000):
        other = error_of(site, name, WRONG_PASSWORD)
        assert other[0] == 422
        assert "do not go together" in other[1]
    assert error_of(site, "Sid", WRONG_PASSWORD) == wrong


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parameters of every hash a password is held against, in the real hasher."""
    seen: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            seen.append(str(hash).rsplit("$", 2)[0])
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "HASHER", Watched(memory_cost=19_456, time_cost=2, parallelism=1))
    return seen


@pytest.mark.parametrize("name", ["Ben", "Sid", "not a name"])
def test_one_password_is_hashed_whoever_it_is(site: Site, reader: Visitor, verified: list[str], name: str) -> None:
    assert log_in(site.visitor(), name, WRONG_PASSWORD) == 422
    assert verified == ["$argon2id$v=19$m=19456,t=2,p=1"]


def test_none_is_hashed_once_the_limit_is_reached(site_with: Callable[..., Site], verified: list[str]) -> None:
    site = site_with(FEEDBACK_LOGIN_FAILURES_PER_NAME="2")
    statuses = [log_in(site.visitor(), "Ben", WRONG_PASSWORD) for _ in range(5)]
    assert statuses == [422, 422, 429, 429, 429]
    assert len(verified) == 2


def test_an_error_leaves_the_name_but_no_password_in_the_form(nobody: Visitor) -> None:
    answer = nobody.post("/login", {"username": "Ben", "password": WRONG_PASSWORD, "remember": "1"})
    assert 'value="Ben"' in answer.text
    assert 'value="1" checked' in answer.text
    assert WRONG_PASSWORD not in answer.text


def test_a_head_request_tries_nothing(site: Site, nobody: Visitor) -> None:
    for path in ("/login", "/register", "/recover"):
        assert nobody.client.head(path).status_code == 200
    assert site.db.value("SELECT count(*) FROM attempt") == 0


def test_without_a_token_nobody_gets_in(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    answer = visitor.client.post("/login", data={"username": "Ben", "password": PASSWORD})
    assert answer.status_code == 400
    assert not is_in(visitor)


def test_each_log_in_has_a_token_of_its_own(site: Site, reader: Visitor) -> None:
    before = {row["token_hash"] for row in site.db.rows("SELECT token_hash FROM login_session")}
    assert log_in(reader, "Ben") == 303
    after = {row["token_hash"] for row in site.db.rows("SELECT token_hash FROM login_session")}
    assert len(after) == 1  # The one this browser had has ended.
    assert not before & after


def test_nothing_of_the_session_before_survives_the_log_in(site: Site, reader: Visitor) -> None:
    """A visitor whose cookie somebody else planted shares nothing with them afterwards."""
    planted = site.visitor()
    planted_token = planted.token()
    planted_cookie = cookie(planted, "feedback")
    victim = site.visitor()
    victim.client.set_cookie("feedback", planted_cookie)
    assert log_in(victim, "Ben") == 303
    assert not is_in(planted)
    assert victim.post("/account/sessions/revoke", {"others": "1"}, token=planted_token).status_code == 400


def test_logging_in_as_someone_else_ends_the_first_session(site: Site, reader: Visitor, stranger: Visitor) -> None:
    assert log_in(reader, "Sid") == 303
    assert "<h1>Sid</h1>" in reader.get("/account").text
    ben = site.account_id("Ben")
    assert site.db.value("SELECT count(*) FROM login_session WHERE account_id = :ben", ben=ben) == 0


def test_remember_me_outlives_the_browser(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    assert log_in(visitor, "Ben", remember="1") == 303
    remembered = visitor.client.get_cookie("feedback_remember")
    assert remembered is not None
    assert remembered.http_only
    assert remembered.same_site == "Lax"
    visitor.client.delete_cookie("feedback")
    assert is_in(visitor)


def test_without_it_the_log_in_ends_with_the_browser(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    assert log_in(visitor, "Ben") == 303
    assert cookie(visitor, "feedback_remember") == ""
    visitor.client.delete_cookie("feedback")
    assert not is_in(visitor)


def test_a_log_in_not_remembered_forgets_an_earlier_one(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    log_in(visitor, "Ben", remember="1")
    log_in(visitor, "Ben")
    assert cookie(visitor, "feedback_remember") == ""


def test_log_out_ends_the_session_and_both_cookies(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    log_in(visitor, "Ben", remember="1")
    kept = cookie(visitor, "feedback"), cookie(visitor, "feedback_remember")
    answer = visitor.post("/logout")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not is_in(visitor)
    assert cookie(visitor, "feedback_remember") == ""
    thief = site.visitor()
    thief.client.set_cookie("feedback", kept[0])
    thief.client.set_cookie("feedback_remember", kept[1])
    assert not is_in(thief)
    assert is_in(reader)  # The session in another browser goes on.


def test_log_out_needs_a_form(reader: Visitor) -> None:
    assert reader.get("/logout").status_code == 405
    assert reader.client.post("/logout").status_code == 400
    assert is_in(reader)


def test_an_old_hash_is_renewed_at_log_in(site: Site, reader: Visitor) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    site.db.change("UPDATE account SET password_hash = :weak", weak=weak)
    assert log_in(site.visitor(), "Ben", WRONG_PASSWORD) == 422
    assert site.db.value("SELECT password_hash FROM account") == weak
    assert log_in(site.visitor(), "Ben") == 303
    assert "$m=19456,t=2,p=1$" in site.db.value("SELECT password_hash FROM account")
    assert log_in(site.visitor(), "Ben") == 303


def test_https_makes_both_cookies_secure(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_BASE_URL="https://reviews.example")
    answer = site.visitor().client.get("/login")
    assert "Secure" in answer.headers["Set-Cookie"]
