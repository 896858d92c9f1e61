"""GET, POST /account/password."""

import time

import pytest

from feedback.accounts import passwords, people
from feedback.accounts.account import Account
from feedback.errors import Invalid
from tests.accounts.conftest import HERE, NEW_PASSWORD, NOON, WRONG_PASSWORD, is_in, log_in
from tests.conftest import PASSWORD, Site, Visitor

FORM = {"current_password": PASSWORD, "password": NEW_PASSWORD, "password2": NEW_PASSWORD}


def test_the_new_password_counts_from_here_on(site: Site, reader: Visitor) -> None:
    answer = reader.post("/account/password", FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert "Your password is changed." in reader.get("/account").text
    assert log_in(site.visitor(), "Ben", PASSWORD) == 422
    assert log_in(site.visitor(), "Ben", NEW_PASSWORD) == 303


def test_every_other_session_ends_and_this_one_gets_a_new_token(site: Site, reader: Visitor) -> None:
    other, this = site.visitor(), site.visitor()
    log_in(other, "Ben", remember="1")
    log_in(this, "Ben", remember="1")
    before = this.client.get_cookie("feedback"), this.client.get_cookie("feedback_remember")
    assert this.post("/account/password", FORM).status_code == 303
    assert [is_in(visitor) for visitor in (reader, other, this)] == [False, False, True]
    this.client.delete_cookie("feedback")
    assert is_in(this)  # Still remembered.
    thief = site.visitor()
    for cookie in before:
        assert cookie is not None
        thief.client.set_cookie(cookie.key, cookie.value)
    assert not is_in(thief)


def test_forms_open_in_other_tabs_stay_good(reader: Visitor) -> None:
    token = reader.token()
    reader.post("/account/password", FORM)
    assert reader.post("/account/sessions/revoke", {"others": "1"}, token=token).status_code == 303


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"current_password": WRONG_PASSWORD}, "current_password"),
        ({"current_password": ""}, "current_password"),
        ({"password": "short", "password2": "short"}, "password"),
        ({"password": "x" * 1025, "password2": "x" * 1025}, "password"),
        ({"password2": WRONG_PASSWORD}, "password2"),
    ],
)
def test_what_can_not_be(site: Site, reader: Visitor, fields: dict[str, str], field: str) -> None:
    answer = reader.post("/account/password", {**FORM, **fields})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert NEW_PASSWORD not in answer.text
    assert log_in(site.visitor(), "Ben", PASSWORD) == 303


def test_an_open_reset_link_is_void_afterwards(site: Site, reader: Visitor) -> None:
    token = people.make_reset_link(site.db, "Ben", int(time.time()))
    assert site.visitor().get(f"/reset/{token}").status_code == 200
    reader.post("/account/password", FORM)
    assert site.visitor().get(f"/reset/{token}").status_code == 404


def test_the_second_of_two_changes_at_once_is_told(site: Site, ben: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(password: str) -> None:
        people.change_password(
            site.db,
            ben,
            PASSWORD,
            password,
            password,
            address=HERE["REMOTE_ADDR"],
            now=NOON,
            config=site.config,
        )

    hashed = passwords.hashed

    def change_elsewhere_meanwhile(password: str) -> str:
        monkeypatch.setattr(passwords, "hashed", hashed)
        change("the quicker of the two")
        return hashed(password)

    monkeypatch.setattr(passwords, "hashed", change_elsewhere_meanwhile)
    with pytest.raises(Invalid, match="changed elsewhere"):
        change(NEW_PASSWORD)
    assert log_in(site.visitor(), "Ben", "the quicker of the two") == 303
