"""Log-in sessions: rows in the database, so that they can be listed and ended from anywhere.

A session's token is in the visitor's cookies only; the row keeps its SHA-256.
"""

import hashlib
import secrets
from dataclasses import dataclass

from feedback import text
from feedback.accounts import store
from feedback.accounts.account import Account
from feedback.db import Database, Row
from feedback.errors import NotFound

DAY = 24 * 3600
LONGEST = 180 * DAY
"""The longest a session lives, remembered or not; the "remember me" cookie has the same age."""
IDLE = 14 * DAY
"""How long one that is not remembered lives without being used."""
SEEN_EVERY = 5 * 60
"""How often, at most, its last use is written down."""
MOST = 100
"""Sessions an account can have at once; the longest unused ones give way."""


@dataclass(frozen=True, slots=True)
class Device:
    """One session as its owner sees it."""

    id: int
    name: str
    address: str
    created_at: int
    seen_at: int
    remembered: bool
    is_this: bool


def begin(
    db: Database,
    account: Row,
    *,
    remember: bool,
    address: str,
    agent: str,
    now: int,
    instead_of: Account | None = None,
) -> Account:
    """Open a session for an account, in the caller's transaction; the visitor's previous one ends."""
    if instead_of is not None:
        log_out(db, instead_of)
    token = new_token()
    session_id = store.insert_session(
        db,
        account_id=account["id"],
        token_hash=token_hash(token),
        remembered=remember,
        expires_at=_expiry(remember, now, now),
        address=address[:100],
        agent=text.normalise(agent)[:300],
        now=now,
    )
    store.delete_stale_sessions(db, account["id"], most=MOST, now=now)
    return Account(account["id"], account["name"], account["role"], token, session_id)


def account_for_token(db: Database, token: str, now: int, address: str = "") -> Account | None:
    """Whose living session ``token`` is. Its last use, and ``address`` with it, is noted every five minutes."""
    row = store.account_by_token(db, token_hash(token), now)
    if row is None:
        return None
    if now - row["seen_at"] >= SEEN_EVERY:
        _touch(db, row, address, now)
    return Account(row["id"], row["name"], row["role"], token, row["session_id"])


def devices(db: Database, me: Account, now: int) -> list[Device]:
    """My living sessions: this one, then the last used first."""
    found = [
        Device(
            id=row["id"],
            name=device_name(row["agent"]),
            address=row["address"],
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            remembered=bool(row["remembered"]),
            is_this=row["id"] == me.session_id,
        )
        for row in store.sessions_of(db, me.id, now)
    ]
    return sorted(found, key=lambda device: not device.is_this)


def log_out(db: Database, me: Account) -> None:
    """End my session."""
    store.delete_session(db, me.id, me.session_id)


def revoke(db: Database, me: Account, session_id: int) -> None:
    """End one of my sessions.

    :raises NotFound: it has ended already, or is not mine.
    """
    if not store.delete_session(db, me.id, session_id):
        raise NotFound("That session has ended already.")


def revoke_others(db: Database, me: Account) -> int:
    """End all my sessions but this one; how many."""
    return store.delete_sessions(db, me.id, but=me.session_id)


def rotate(db: Database, me: Account) -> Account:
    """Give my session a new token, in the caller's transaction."""
    token = new_token()
    store.rotate_session(db, me.session_id, token_hash(token))
    return Account(me.id, me.name, me.role, token, me.session_id)


def new_token() -> str:
    """256 random bits that fit into a cookie and a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """The stored form of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


# In the order they are looked for: most browsers also claim to be those further down.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def device_name(agent: str) -> str:
    """``Firefox on Windows``, as well as a User-Agent header tells."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "An unknown device"


def _expiry(remembered: bool, created_at: int, now: int) -> int:
    longest = created_at + LONGEST
    return longest if remembered else min(now + IDLE, longest)


def _touch(db: Database, row: Row, address: str, now: int) -> None:
    expires_at = _expiry(bool(row["remembered"]), row["created_at"], now)
    db.note(
        "a session's last use",
        lambda: store.touch_session(db, row["session_id"], address=address[:100], expires_at=expires_at, now=now),
    )
