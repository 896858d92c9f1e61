"""What may be a password, and how it is hashed."""

import threading
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedback.accounts import passwords, people
from feedback.errors import Invalid
from tests.accounts.conftest import NOON, log_in
from tests.conftest import PASSWORD, Site


def test_hashes_have_the_parameters_of_owasp() -> None:
    found = extract_parameters(passwords.hashed(PASSWORD))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19_456, 2, 1)
    assert found.salt_len == 16


def test_nobodys_hash_costs_the_same_and_is_nobodys() -> None:
    assert extract_parameters(passwords._NOBODYS) == extract_parameters(passwords.hashed(PASSWORD))
    assert not passwords.matches(None, PASSWORD)
    assert not passwords.matches(None, "")


def test_one_password_has_many_hashes() -> None:
    first, second = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert first != second
    assert passwords.matches(first, PASSWORD)
    assert passwords.matches(second, PASSWORD)
    assert not passwords.matches(first, PASSWORD + " ")
    assert not passwords.matches(first, PASSWORD.upper())


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(), min_size=8, max_size=1024))
@example("x" * 7 + "\ud800")
@example("\x00" * 8)
@example("e\u0301" * 8)
def test_any_text_can_be_one(password: str) -> None:
    try:
        chosen = passwords.chosen(password, password)
    except Invalid:
        assert len(unicodedata.normalize("NFC", password)) < 8
        return
    stored = passwords.hashed(chosen)
    assert passwords.matches(stored, password)
    assert passwords.matches(stored, unicodedata.normalize("NFD", password))
    assert not passwords.matches(stored, password + "x")


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("x" * 7, False),
        ("x" * 8, True),
        ("x" * 1024, True),
        ("x" * 1025, False),
        ("e\u0301" * 7, False),  # 14 code points, 7 after NFC.
        ("e\u0301" * 1024, True),
        ("        ", True),
        ("", False),
    ],
)
def test_lengths_count_after_nfc(password: str, fine: bool) -> None:
    if fine:
        assert passwords.chosen(password, password) == unicodedata.normalize("NFC", password)
    else:
        with pytest.raises(Invalid) as caught:
            passwords.chosen(password, password)
        assert caught.value.field == "password"


def test_the_same_password_from_two_keyboards() -> None:
    assert passwords.chosen("grüße an alle", unicodedata.normalize("NFD", "grüße an alle")) == "grüße an alle"


def test_a_huge_one_is_never_normalised(monkeypatch: pytest.MonkeyPatch) -> None:
    """NFC sorts runs of marks in quadratic time; a quarter megabyte of them would take minutes."""
    normalised: list[int] = []
    normalize = unicodedata.normalize

    def watched(form: Literal["NFC"], text: str) -> str:
        normalised.append(len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", watched)
    huge = "e" + "\u0301\u0323" * 100_000
    assert not passwords.matches(passwords.hashed(PASSWORD), huge)
    with pytest.raises(Invalid):
        passwords.chosen(huge, huge)
    with pytest.raises(Invalid):
        passwords.chosen(PASSWORD, huge)
    assert max(normalised, default=0) <= 4_096


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$", "plain text", "$argon2id$v=19$m=1,t=1,p=1$!$!"])
def test_a_hash_that_is_none_matches_nothing(stored: str) -> None:
    assert not passwords.matches(stored, PASSWORD)


def test_one_is_hashed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Watching(PasswordHasher):
        inside = 0
        most = 0
        lock = threading.Lock()

        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            return str(self.watched(lambda: super(Watching, self).hash(password, salt=salt)))

        def verify(self, hash: str | bytes, password: str | bytes) -> Any:
            return self.watched(lambda: super(Watching, self).verify(hash, password))

        def watched(self, work: Any) -> Any:
            with self.lock:
                Watching.inside += 1
                Watching.most = max(Watching.most, Watching.inside)
            time.sleep(0.005)
            try:
                return work()
            finally:
                with self.lock:
                    Watching.inside -= 1

    stored = passwords.hashed(PASSWORD)
    monkeypatch.setattr(passwords, "HASHER", Watching(time_cost=1, memory_cost=64, parallelism=1))
    jobs = [lambda: passwords.hashed(PASSWORD), lambda: passwords.matches(stored, PASSWORD)] * 8
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda job: job(), jobs))
    assert Watching.most == 1


def test_an_operator_can_add_people(site: Site) -> None:
    account_id = people.add(site.db, "Nora", PASSWORD, "moderator", NOON)
    row = site.db.row("SELECT role, created_at, recovery_hash FROM account WHERE id = :id", id=account_id)
    assert row is not None
    assert tuple(row) == ("moderator", NOON, None)
    assert log_in(site.visitor(), "nora") == 303
    for name, password, field in (("NORA", PASSWORD, "username"), ("Ben", "short", "password")):
        with pytest.raises(Invalid) as caught:
            people.add(site.db, name, password, "reader", NOON)
        assert caught.value.field == field
