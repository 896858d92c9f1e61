"""GET, POST /register."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedback.accounts import people
from feedback.db import Database
from feedback.errors import Invalid
from tests.accounts.conftest import ELSEWHERE, HERE, NOON, hidden, is_in, links, log_in, shown_code
from tests.conftest import PASSWORD, Site, Visitor

FORM = {"username": "Ben", "password": PASSWORD, "password2": PASSWORD}


def accounts(site: Site) -> int:
    found: int = site.db.value("SELECT count(*) FROM account")
    return found


def test_registering_logs_in(site: Site, nobody: Visitor) -> None:
    assert nobody.post("/register", FORM).status_code == 303
    assert is_in(nobody)
    assert site.db.value("SELECT name FROM account") == "Ben"
    assert site.db.value("SELECT role FROM account") == "reader"


def test_the_password_and_the_code_are_stored_as_hashes_only(site: Site, nobody: Visitor) -> None:
    answer = nobody.post("/register", FORM)
    code = shown_code(nobody.get(answer.headers["Location"]).text)
    (row,) = site.db.rows("SELECT * FROM account")
    stored = " ".join(map(str, row))
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in stored
    assert PASSWORD not in stored
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_the_recovery_code_is_shown_once_with_a_way_on(nobody: Visitor, chapter: str) -> None:
    answer = nobody.post("/register", {**FORM, "next": f"{chapter}#review"})
    first = nobody.get(answer.headers["Location"])
    second = nobody.get(answer.headers["Location"])
    assert len(shown_code(first.text).replace("-", "")) == 20
    assert f"{chapter}#review" in links(first.text)
    assert shown_code(second.text) == ""
    assert "only now" not in second.text
    assert f"{chapter}#review" in links(second.text)


def test_a_draft_is_carried_to_the_way_on(nobody: Visitor, chapter: str) -> None:
    page = nobody.get("/register", query_string={"next": f"{chapter}#review", "draft": "tok-en_1"})
    assert "Your words are safe" in page.text
    fields = {name: hidden(page.text, name)[0] for name in ("next", "draft")}
    answer = nobody.post("/register", {**FORM, **fields})
    code_page = nobody.get(answer.headers["Location"])
    assert f"{chapter}?draft=tok-en_1#review" in links(code_page.text)


def test_the_link_to_log_in_carries_next_and_draft(nobody: Visitor, chapter: str) -> None:
    page = nobody.get("/register", query_string={"next": f"{chapter}#review", "draft": "token"})
    (log_in_link,) = {link for link in links(page.text) if link.startswith("/login?")}
    page = nobody.get(log_in_link)
    assert hidden(page.text, "next") == [f"{chapter}#review"]
    assert hidden(page.text, "draft") == ["token"]


def test_someone_logged_in_is_sent_on(reader: Visitor) -> None:
    answer = reader.get("/register?next=/account/sessions")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/sessions")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "Be"}, "username"),
        ({"username": "B" * 31}, "username"),
        ({"username": "Be\u200bn"}, "username"),
        ({"username": "Веn"}, "username"),
        ({"username": "<script>"}, "username"),
        ({"password": "short12", "password2": "short12"}, "password"),
        ({"password": "x" * 1025, "password2": "x" * 1025}, "password"),
        ({"password": "x" * 50_000, "password2": "x" * 50_000}, "password"),
        ({"password2": "correct horse batterz"}, "password2"),
        ({"password2": ""}, "password2"),
    ],
)
def test_what_can_not_be(site: Site, nobody: Visitor, fields: dict[str, str], field: str) -> None:
    answer = nobody.post("/register", {**FORM, **fields})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert PASSWORD not in answer.text
    assert accounts(site) == 0


def test_an_error_leaves_the_name_in_the_form(nobody: Visitor) -> None:
    answer = nobody.post("/register", {**FORM, "password2": "", "remember": "1"})
    assert 'value="Ben"' in answer.text
    assert 'value="1" checked' in answer.text


@pytest.mark.parametrize("length", [8, 1024])
def test_passwords_of_8_to_1024_characters(site: Site, nobody: Visitor, length: int) -> None:
    password = "ö" * length
    form = {"username": "Ben", "password": password, "password2": password}
    assert nobody.post("/register", form).status_code == 303
    assert log_in(site.visitor(), "Ben", password) == 303
    assert log_in(site.visitor(), "Ben", password[:-1] + "o") == 422


@pytest.mark.parametrize("name", ["Ben", "bEN", "Ｂｅｎ", "Веп".translate({0x412: "B", 0x43F: "n", 0x435: "e"})])
def test_a_name_is_taken_in_any_writing(site: Site, reader: Visitor, nobody: Visitor, name: str) -> None:
    answer = nobody.post("/register", {**FORM, "username": name})
    assert answer.status_code == 422
    assert 'id="username-error"' in answer.text
    assert accounts(site) == 1


@pytest.mark.parametrize(
    "name",
    [
        *("admin", "Administrator", "MODERATOR", "mod", "Mods", "system", "feedback", "root", "staff", "support"),
        *(
            "Ａｄｍｉｎ",
            "ádmin",
            "4dm1n",
            "adm_in",
            "a.d.m.i.n",
            "m-o-d",
            "_mod_",
            "r00t",
            "5upport",
            "admln",
            "Staﬀ",
        ),
    ],
)
def test_a_name_that_speaks_for_the_site_is_kept_for_its_operator(site: Site, nobody: Visitor, name: str) -> None:
    answer = nobody.post("/register", {**FORM, "username": name})
    assert answer.status_code == 422
    assert 'id="username-error"' in answer.text
    assert accounts(site) == 0
    people.add(site.db, name, PASSWORD, "admin", NOON)
    assert log_in(nobody, name) == 303


@pytest.mark.parametrize(
    "name", ["admiral", "modesty", "root_beer", "Supporter", "feedback_fan", "maud", "Rooter", "staffan", "model"]
)
def test_a_name_that_only_begins_like_one_is_free(site: Site, nobody: Visitor, name: str) -> None:
    assert nobody.post("/register", {**FORM, "username": name}).status_code == 303


def test_two_at_once_with_one_name_make_one_account(site: Site) -> None:
    def register(_: int) -> str:
        db = Database(site.config.database)
        try:
            people.register(db, "Ben", PASSWORD, PASSWORD, address="", agent="", now=1, config=site.config)
        except Invalid as error:
            return error.field
        finally:
            db.close()
        return "made"

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(register, range(8)))
    assert sorted(outcomes) == ["made", *["username"] * 7]
    assert accounts(site) == 1
    assert site.db.value("SELECT count(*) FROM login_session") == 1


def test_an_address_makes_so_many_accounts_an_hour(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_REGISTRATIONS_PER_HOUR="2")

    def register(name: str, where: dict[str, str]) -> int:
        answer = site.visitor().post("/register", {**FORM, "username": name}, environ_base=where)
        if answer.status_code == 429:
            assert 0 < int(answer.headers["Retry-After"]) <= 3600
            assert f'value="{name}"' in answer.text
        return answer.status_code

    statuses = [
        register("Ada", HERE),
        register("Ada", HERE),  # A refused one is none.
        register("Bea", HERE),
        register("Cleo", HERE),
        register("Dora", ELSEWHERE),
    ]
    assert statuses == [303, 422, 303, 429, 303]
    site.db.change("UPDATE attempt SET at = at - 3600")
    assert register("Cleo", HERE) == 303


def test_many_at_once_from_one_address_make_no_more_than_its_share(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_REGISTRATIONS_PER_HOUR="3")

    def register(n: int) -> int:
        return site.visitor().post("/register", {**FORM, "username": f"reader{n}"}).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(register, range(12)))
    assert sorted(statuses) == [303] * 3 + [429] * 9
    assert accounts(site) == 3


def test_registering_while_logged_in_leaves_the_old_session(site: Site, reader: Visitor) -> None:
    assert reader.post("/register", {**FORM, "username": "Bella"}).status_code == 303
    assert "<h1>Bella</h1>" in reader.get("/account").text
    assert site.db.value("SELECT count(*) FROM login_session") == 1
