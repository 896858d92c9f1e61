"""Limits on guessing: what counts, where, for how long, and whom it never stops."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from feedback.accounts import people, throttle
from feedback.accounts.account import Account
from feedback.db import Database
from feedback.errors import Invalid, TooMany
from tests.accounts.conftest import ELSEWHERE, HERE, NOON, WRONG_PASSWORD
from tests.conftest import PASSWORD, Site


def attempt(site: Site, name: str, password: str, where: dict[str, str] = HERE, **kwargs: Any) -> int:
    answer = site.visitor().post("/login", {"username": name, "password": password}, environ_base=where, **kwargs)
    if answer.status_code == 429:
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        assert f'value="{name}"' in answer.text
    return answer.status_code


@pytest.fixture
def strict(site_with: Callable[..., Site]) -> Site:
    """Three failures for a name from an address, five from an address; Ben and Sid live there."""
    site = site_with(FEEDBACK_LOGIN_FAILURES_PER_NAME="3", FEEDBACK_LOGIN_FAILURES_PER_ADDRESS="5")
    site.join("Ben")
    site.join("Sid")
    return site


def test_after_so_many_failures_the_right_password_waits_too(strict: Site) -> None:
    statuses = [attempt(strict, "Ben", WRONG_PASSWORD) for _ in range(5)]
    assert statuses == [422, 422, 422, 429, 429]
    assert attempt(strict, "Ben", PASSWORD) == 429


def test_nobody_is_shut_out_by_a_stranger(strict: Site) -> None:
    for _ in range(5):
        attempt(strict, "Ben", WRONG_PASSWORD, ELSEWHERE)
    assert attempt(strict, "Ben", WRONG_PASSWORD, ELSEWHERE) == 429
    assert attempt(strict, "Ben", PASSWORD, HERE) == 303


def test_another_name_from_the_same_address_goes_on(strict: Site) -> None:
    for _ in range(3):
        attempt(strict, "Ben", WRONG_PASSWORD)
    assert attempt(strict, "Ben", WRONG_PASSWORD) == 429
    assert attempt(strict, "Sid", PASSWORD) == 303


def test_a_name_counts_in_any_writing(strict: Site) -> None:
    statuses = [attempt(strict, name, WRONG_PASSWORD) for name in ("Ben", "BEN", "ｂｅｎ", " ben ")]
    assert statuses == [422, 422, 422, 429]


def test_an_address_has_so_many_failures_over_all_names(strict: Site) -> None:
    names = [f"guess{n}" for n in range(6)]
    assert [attempt(strict, name, WRONG_PASSWORD) for name in names] == [422] * 5 + [429]
    assert attempt(strict, "Sid", PASSWORD) == 429
    assert attempt(strict, "Sid", PASSWORD, ELSEWHERE) == 303


def test_success_does_not_count(strict: Site) -> None:
    assert [attempt(strict, "Ben", PASSWORD) for _ in range(8)] == [303] * 8
    assert strict.db.value("SELECT count(*) FROM attempt") == 0


def test_success_does_not_wipe_failures_off(strict: Site) -> None:
    passwords = [WRONG_PASSWORD, PASSWORD, WRONG_PASSWORD, PASSWORD, WRONG_PASSWORD, PASSWORD]
    assert [attempt(strict, "Ben", password) for password in passwords] == [422, 303, 422, 303, 422, 429]


def test_a_refused_attempt_does_not_make_the_wait_longer(strict: Site) -> None:
    for _ in range(10):
        attempt(strict, "Ben", WRONG_PASSWORD)
    assert strict.db.value("SELECT count(*) FROM attempt WHERE scope = 'login_name'") == 3


def test_a_wrong_current_password_counts_like_a_log_in(strict: Site) -> None:
    visitor = strict.visitor()
    visitor.post("/login", {"username": "Ben", "password": PASSWORD}, environ_base=HERE)
    visitor.name = "Ben"
    form = {"current_password": WRONG_PASSWORD, "password": "n" * 8, "password2": "n" * 8}
    statuses = [visitor.post("/account/password", form, environ_base=HERE).status_code for _ in range(3)]
    code = visitor.post("/account/recovery-code", {"current_password": WRONG_PASSWORD}, environ_base=HERE)
    assert [*statuses, code.status_code] == [422, 422, 422, 429]


def test_zero_is_no_limit(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_LOGIN_FAILURES_PER_NAME="0", FEEDBACK_LOGIN_FAILURES_PER_ADDRESS="0")
    assert [attempt(site, "Ben", WRONG_PASSWORD) for _ in range(15)] == [422] * 15
    assert site.db.value("SELECT count(*) FROM attempt") == 0


def test_the_default_is_ten_for_a_name(site: Site) -> None:
    statuses = [attempt(site, "Ben", WRONG_PASSWORD) for _ in range(11)]
    assert statuses == [422] * 10 + [429]


class TestBehindAProxy:
    """The address is the proxy's word only if the proxy is trusted."""

    @staticmethod
    def statuses(site: Site, forwarded: list[str]) -> list[int]:
        return [attempt(site, "Ben", WRONG_PASSWORD, HERE, headers={"X-Forwarded-For": value}) for value in forwarded]

    def test_one_that_is_trusted(self, site_with: Callable[..., Site]) -> None:
        site = site_with(
            FEEDBACK_LOGIN_FAILURES_PER_NAME="2", FEEDBACK_TRUSTED_PROXIES=f"{HERE['REMOTE_ADDR']} 10.0.0.0/8"
        )
        same = ["1.1.1.1, 203.0.113.5", "2.2.2.2, 203.0.113.5", "203.0.113.5, 10.1.2.3"]
        assert self.statuses(site, same) == [422, 422, 429]
        assert self.statuses(site, ["203.0.113.5, 203.0.113.6"]) == [422]

    def test_one_that_is_not(self, site_with: Callable[..., Site]) -> None:
        site = site_with(FEEDBACK_LOGIN_FAILURES_PER_NAME="2")
        assert self.statuses(site, ["203.0.113.5", "203.0.113.6", "203.0.113.7"]) == [422, 422, 429]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_what_counts_as_one_address(address: str, place: str) -> None:
    assert throttle.place(address) == place


def fail(site: Site, now: int, db: Database | None = None) -> str:
    """One wrong log-in as Ben; what came of it."""
    try:
        people.log_in(
            db or site.db,
            "Ben",
            WRONG_PASSWORD,
            remember=False,
            address="198.51.100.1",
            agent="",
            now=now,
            config=site.config,
        )
    except TooMany as error:
        return f"wait {error.retry_after}"
    except Invalid:
        return "wrong"
    return "in"


def test_the_wait_lasts_until_the_oldest_failure_is_a_quarter_of_an_hour_old(site: Site, ben: Account) -> None:
    for second in range(10):
        assert fail(site, NOON + second) == "wrong"
    assert fail(site, NOON + 10) == "wait 890"
    assert fail(site, NOON + 899) == "wait 1"
    assert fail(site, NOON + 900) == "wrong"
    assert fail(site, NOON + 900) == "wait 1"


def test_a_lower_limit_counts_what_was_before(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_LOGIN_FAILURES_PER_NAME="2")
    for second in range(5):
        site.db.change(
            "INSERT INTO attempt (scope, key, at) VALUES ('login_name', 'ben 198.51.100.1', :at)", at=NOON + second
        )
    # Room for one more appears when only one of the five is left in the window.
    assert fail(site, NOON + 5) == f"wait {3 + 900 - 5}"


def test_many_at_once_get_no_further_than_one_after_another(site: Site, ben: Account) -> None:
    def one(_: int) -> str:
        db = Database(site.config.database)
        try:
            return fail(site, NOON, db)
        finally:
            db.close()

    with ThreadPoolExecutor(16) as threads:
        outcomes = Counter(threads.map(one, range(40)))
    assert outcomes == {"wrong": 10, "wait 900": 30}


def test_a_failure_that_comes_too_late_is_told_to_wait_and_not_counted(site: Site) -> None:
    """Of two processes that checked the limit before either had counted, only one gets the last try."""
    limits = throttle.log_in_limits("ben", "198.51.100.1", site.config)
    for _ in range(10):
        throttle.count(site.db, limits, NOON)
    with pytest.raises(TooMany):
        throttle.count(site.db, limits, NOON)
    assert site.db.value("SELECT count(*) FROM attempt WHERE scope = 'login_name'") == 10


def test_old_attempts_are_cleared_away(site: Site, ben: Account) -> None:
    for hour in range(5):
        site.db.change(
            "INSERT INTO attempt (scope, key, at) VALUES ('recover', :key, :at)", key=f"x {hour}", at=NOON - 9000
        )
    assert fail(site, NOON) == "wrong"
    left = site.db.rows("SELECT scope FROM attempt ORDER BY scope")
    assert [row["scope"] for row in left] == ["login_address", "login_name"]
    people.clear(site.db, NOON + 3601)
    assert site.db.value("SELECT count(*) FROM attempt") == 0
