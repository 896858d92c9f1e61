"""GET, POST /recover and /account/recovery-code."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.accounts import people, recovery
from feedback.db import Database
from feedback.errors import Invalid
from tests.accounts.conftest import (
    ELSEWHERE,
    HERE,
    NEW_PASSWORD,
    NOON,
    WRONG_PASSWORD,
    hidden,
    is_in,
    links,
    log_in,
    recovery_code,
    shown_code,
)
from tests.conftest import PASSWORD, Site, Visitor

NEW = {"password": NEW_PASSWORD, "password2": NEW_PASSWORD}


def test_a_code_sets_a_new_password_and_logs_in(site: Site, reader: Visitor) -> None:
    visitor = site.visitor()
    answer = visitor.post("/recover", {"username": "Ben", "code": recovery_code(reader), **NEW})
    assert answer.status_code == 303
    assert is_in(visitor)
    assert not is_in(reader)
    assert log_in(site.visitor(), "Ben", PASSWORD) == 422
    assert log_in(site.visitor(), "Ben", NEW_PASSWORD) == 303


def test_it_works_once_and_gives_a_new_one(site: Site, reader: Visitor) -> None:
    first = recovery_code(reader)
    visitor = site.visitor()
    answer = visitor.post("/recover", {"username": "Ben", "code": first, **NEW})
    second = shown_code(visitor.get(answer.headers["Location"]).text)
    assert second
    assert second != first
    assert site.visitor().post("/recover", {"username": "Ben", "code": first, **NEW}).status_code == 422
    assert site.visitor().post("/recover", {"username": "Ben", "code": second, **NEW}).status_code == 303


def test_the_code_as_people_type_it(site: Site, reader: Visitor) -> None:
    typed = f" {recovery_code(reader).lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert site.visitor().post("/recover", {"username": "ben", "code": typed, **NEW}).status_code == 303


def test_it_leads_on_with_the_draft(site: Site, reader: Visitor, chapter: str) -> None:
    code = recovery_code(reader)
    visitor = site.visitor()
    page = visitor.get("/recover", query_string={"next": f"{chapter}#review", "draft": "token"})
    fields = {name: hidden(page.text, name)[0] for name in ("next", "draft")}
    answer = visitor.post("/recover", {"username": "Ben", "code": code, **NEW, **fields})
    assert f"{chapter}?draft=token#review" in links(visitor.get(answer.headers["Location"]).text)


@pytest.mark.parametrize("name", ["Ben", "Sid", "", "no name <b>"])
def test_a_wrong_code_and_an_unknown_name_say_the_same(site: Site, reader: Visitor, name: str) -> None:
    answer = site.visitor().post("/recover", {"username": name, "code": recovery.new_code(), **NEW})
    assert answer.status_code == 422
    assert "That name and recovery code do not go together." in answer.text
    assert NEW_PASSWORD not in answer.text
    assert is_in(reader)


@pytest.mark.parametrize("code", ["", "-", "0" * 20, "\ud800", "x" * 100_000])
def test_codes_that_make_no_sense(site: Site, reader: Visitor, code: str) -> None:
    typed = code.encode("utf-8", "surrogatepass")
    answer = site.visitor().post("/recover", {"username": "Ben", "code": typed, **NEW})
    assert answer.status_code == 422


def test_an_account_without_a_code_has_none_to_guess(site: Site) -> None:
    people.add(site.db, "Ben", PASSWORD, "reader", NOON)
    for code in ("", "-" * 64, "None"):
        assert site.visitor().post("/recover", {"username": "Ben", "code": code, **NEW}).status_code == 422


def test_a_password_that_can_not_be_does_not_use_the_code_up(site: Site, reader: Visitor) -> None:
    form = {"username": "Ben", "code": recovery_code(reader)}
    visitor = site.visitor()
    short = visitor.post("/recover", {**form, "password": "short", "password2": "short"})
    assert short.status_code == 422
    assert f'value="{form["code"]}"' in short.text
    assert visitor.post("/recover", {**form, **NEW}).status_code == 303


def test_wrong_codes_are_limited_like_passwords_and_apart_from_them(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_LOGIN_FAILURES_PER_NAME="2", FEEDBACK_LOGIN_FAILURES_PER_ADDRESS="3")
    code = recovery_code(site.join("Ben"))
    site.join("Sid")

    def status(name: str, typed: str, where: dict[str, str]) -> int:
        form = {"username": name, "code": typed, **NEW}
        answer = site.visitor().post("/recover", form, environ_base=where)
        assert (answer.status_code == 429) == ("Retry-After" in answer.headers)
        return answer.status_code

    assert [status("Ben", "wrong", HERE) for _ in range(3)] == [422, 422, 429]
    assert status("Ben", code, HERE) == 429
    assert [status(name, "wrong", HERE) for name in ("Sid", "Sid")] == [422, 429]
    assert log_in(site.visitor(), "Ben", PASSWORD) == 303
    assert status("Ben", code, ELSEWHERE) == 303


def test_of_many_at_once_one_code_lets_in_one(site: Site, reader: Visitor) -> None:
    code = recovery_code(reader)

    def one(_: int) -> str:
        db = Database(site.config.database)
        try:
            people.recover(
                db, "Ben", code, NEW_PASSWORD, NEW_PASSWORD, address="", agent="", now=NOON, config=site.config
            )
        except Invalid:
            return "refused"
        finally:
            db.close()
        return "in"

    with ThreadPoolExecutor(6) as threads:
        outcomes = sorted(threads.map(one, range(6)))
    assert outcomes == ["in", *["refused"] * 5]


def test_an_open_reset_link_is_void_afterwards(site: Site, reader: Visitor) -> None:
    token = people.make_reset_link(site.db, "Ben", int(time.time()))
    assert site.visitor().get(f"/reset/{token}").status_code == 200
    site.visitor().post("/recover", {"username": "Ben", "code": recovery_code(reader), **NEW})
    assert site.visitor().get(f"/reset/{token}").status_code == 404


# Making a new one ---------------------------------------------------------------------------------------------------


def test_a_new_code_needs_the_password_and_replaces_the_old_one(site: Site, reader: Visitor) -> None:
    old = recovery_code(reader)
    wrong = reader.post("/account/recovery-code", {"current_password": WRONG_PASSWORD})
    assert wrong.status_code == 422
    assert 'id="current_password-error"' in wrong.text
    assert shown_code(wrong.text) == ""
    answer = reader.post("/account/recovery-code", {"current_password": PASSWORD})
    assert answer.status_code == 303
    page = reader.get(answer.headers["Location"]).text
    assert "/account" in links(page)
    new = shown_code(page)
    assert site.visitor().post("/recover", {"username": "Ben", "code": old, **NEW}).status_code == 422
    assert site.visitor().post("/recover", {"username": "Ben", "code": new, **NEW}).status_code == 303


def test_the_account_page_says_whether_there_is_one(site: Site, reader: Visitor) -> None:
    assert "you have none yet" not in reader.get("/account").text
    site.db.change("UPDATE account SET recovery_hash = NULL")
    assert "you have none yet" in reader.get("/account").text
    assert reader.post("/account/recovery-code", {"current_password": PASSWORD}).status_code == 303
    assert "you have none yet" not in reader.get("/account").text


@given(
    st.integers(0, 10), st.sampled_from([str.lower, str.upper, str.title]), st.sampled_from(["", " ", "-", "–", "\n"])
)
def test_a_code_is_read_back_however_it_is_written(spaces: int, case: Callable[[str], str], between: str) -> None:
    code = recovery.new_code()
    assert set(code) <= {*recovery.ALPHABET, "-"}
    typed = " " * spaces + case(code).replace("-", between) + "\n" * spaces
    assert recovery.matches(recovery.hashed(code), typed)
    assert not recovery.matches(recovery.hashed(code), typed + "X")


@given(st.text(st.characters()))
def test_anything_else_is_not_the_code(typed: str) -> None:
    assert not recovery.matches(recovery.hashed("0" * 20), typed)
    assert not recovery.matches(None, typed)
