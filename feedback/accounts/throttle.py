"""Limits on guessing and on making accounts, counted in the database so that they hold across processes.

Only failures count against a log-in, and they count per name *and* address: a stranger who guesses at someone's
password shuts out nobody but their own address.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.accounts import store
from feedback.config import Config
from feedback.db import Database
from feedback.errors import TooMany

QUARTER = 15 * 60
HOUR = 60 * 60
_FORGOTTEN_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` attempts with one ``key`` in ``window`` seconds; 0 is no limit."""

    scope: str
    key: str
    most: int
    window: int
    message: str


def place(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 customer has to themselves."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


def log_in_limits(name_key: str, address: str, config: Config) -> tuple[Limit, ...]:
    """The limits on wrong passwords for one name from one address, and on those from the address at all."""
    at = place(address)
    return (
        Limit(
            "login_name",
            f"{name_key} {at}",
            config["login_failures_per_name"],
            QUARTER,
            "That was wrong too often. Please try again {when}, or use your recovery code.",
        ),
        Limit(
            "login_address",
            at,
            config["login_failures_per_address"],
            QUARTER,
            "Too many log-ins from your network were wrong. Please try again {when}.",
        ),
    )


def recovery_limits(name_key: str, address: str, config: Config) -> tuple[Limit, ...]:
    """The limits on wrong recovery codes: as strict as those on passwords, and counted apart from them."""
    at = place(address)
    message = "That was wrong too often. Please try again {when}."
    return (
        Limit("recover", f"{name_key} {at}", config["login_failures_per_name"], QUARTER, message),
        Limit("recover", at, config["login_failures_per_address"], QUARTER, message),
    )


def registration_limits(address: str, config: Config) -> tuple[Limit, ...]:
    """The limit on accounts made from one address."""
    message = "Several accounts were made from your network just now. Please try again {when}."
    return (Limit("register", place(address), config["registrations_per_hour"], HOUR, message),)


def check(db: Database, limits: Iterable[Limit], now: int) -> None:
    """Go on only below every limit.

    :raises TooMany: a limit is reached; it says when there is room again.
    """
    for limit in limits:
        if not limit.most:
            continue
        times = store.attempts(db, scope=limit.scope, key=limit.key, since=now - limit.window, most=limit.most)
        if len(times) == limit.most:
            wait = times[-1] + limit.window - now
            raise TooMany(limit.message.format(when=_when(wait)), wait)


def count(db: Database, limits: tuple[Limit, ...], now: int) -> None:
    """Count an attempt against every limit, unless one was reached in the meantime.

    :raises TooMany: as `check`; then nothing was counted.
    """
    with db.transaction():
        check(db, limits, now)
        for limit in limits:
            if limit.most:
                store.insert_attempt(db, scope=limit.scope, key=limit.key, now=now)
        forget(db, now)


def forget(db: Database, now: int) -> None:
    """Drop attempts too old to count; a little each time, so that nobody waits for it."""
    store.delete_old_attempts(db, before=now - HOUR, most=_FORGOTTEN_AT_ONCE)


def _when(seconds: int) -> str:
    minutes = max(1, -(-seconds // 60))
    return "in a minute" if minutes == 1 else f"in {minutes} minutes"
