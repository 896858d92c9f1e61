"""GET /account, and what every page of this room has in common."""

import pytest

from tests.accounts.conftest import links
from tests.conftest import Site, Visitor

OWN = ["/account", "/account/sessions", "/account/password", "/account/recovery-code"]
OPEN = ["/login", "/register", "/recover"]


def test_the_account_page_leads_to_everything(reader: Visitor) -> None:
    page = reader.get("/account")
    assert {*OWN[1:], "/account/reviews"} <= set(links(page.text))
    assert "<h1>Ben</h1>" in page.text


def test_a_moderator_sees_their_role(reader: Visitor, moderator: Visitor) -> None:
    assert ", moderator" in moderator.get("/account").text
    assert ", reader" not in reader.get("/account").text


@pytest.mark.parametrize("path", OWN)
def test_nobody_is_asked_to_log_in(nobody: Visitor, path: str) -> None:
    answer = nobody.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?next={path}")
    assert nobody.post(path).status_code == (405 if path in ("/account", "/account/sessions") else 303)


@pytest.mark.parametrize("path", [*OWN, "/nothing"])
def test_nothing_of_it_is_stored_by_browsers(reader: Visitor, path: str) -> None:
    assert reader.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*OPEN, "/reset/token"])
def test_nor_of_the_forms_before_it(nobody: Visitor, path: str) -> None:
    assert nobody.get(path).headers["Cache-Control"] == "no-store"
    assert nobody.post(path).headers["Cache-Control"] == "no-store"
    assert nobody.post(path, token="expired").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*OPEN, *OWN])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_does_anything(reader: Visitor, path: str, method: str) -> None:
    assert reader.client.open(path, method=method).status_code in (400, 405)


@pytest.mark.parametrize("path", [*OPEN, *OWN])
def test_a_form_with_nothing_in_it(site: Site, reader: Visitor, path: str) -> None:
    visitor = reader if path in OWN else site.visitor()
    assert visitor.post(path).status_code in (405, 422)


@pytest.mark.parametrize("path", [*OPEN, "/account/password", "/account/recovery-code"])
def test_bytes_that_are_no_text(site: Site, reader: Visitor, path: str) -> None:
    visitor = reader if path.startswith("/account") else site.visitor()
    fields = ("username", "password", "password2", "current_password", "code", "next", "draft")
    for raw in (b"\xff\xfe\x00", b"\xed\xa0\x80", b"\x00" * 20, b"\xe2\x80\xae" * 20):
        body = b"&".join(b"%s=%s" % (name.encode(), b"".join(b"%%%02x" % byte for byte in raw)) for name in fields)
        token = visitor.token().encode()
        answer = visitor.client.post(
            path, data=body + b"&csrf_token=" + token, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (303, 422, 429)


@pytest.mark.parametrize(
    ("path", "field", "autocomplete"),
    [
        ("/login", "username", "username"),
        ("/login", "password", "current-password"),
        ("/register", "username", "username"),
        ("/register", "password", "new-password"),
        ("/register", "password2", "new-password"),
        ("/recover", "code", "one-time-code"),
        ("/recover", "password", "new-password"),
        ("/account/password", "current_password", "current-password"),
        ("/account/password", "password", "new-password"),
    ],
)
def test_password_managers_know_the_fields(
    site: Site, reader: Visitor, path: str, field: str, autocomplete: str
) -> None:
    page = (reader if path.startswith("/account") else site.visitor()).get(path).text
    (line,) = [
        line for line in page.splitlines() if f'name="{field}"' in line and "<input" in line and "hidden" not in line
    ]
    assert f'autocomplete="{autocomplete}"' in line
    assert "required" in line
