"""Words typed by someone who is not logged in: kept on the server until they are, then put back into their box.

A draft is found by a token that only its address bar has, claimed once by whoever logs in with it, and never
published by itself. Until it is claimed it waits.
"""

import hashlib
import secrets

from feedback.access import Person
from feedback.accounts import throttle
from feedback.db import Database, Row
from feedback.errors import TooMany
from feedback.reviews import draft_store as store

DAY = 24 * 3600
KEPT = 7 * DAY
"""How long a draft is kept."""
PER_ADDRESS = 100
"""Drafts of a day that may wait for one address: enough for a school, and in a week no seventh of ``IN_ALL``."""
IN_ALL = 5_000
"""Drafts that wait at once, 50 MB if all are of the longest: strangers can't fill the disk."""
PER_ACCOUNT = 100
"""Claimed drafts kept for one account."""
_CLEARED = 50

_FULL = (
    "Many reviews from your network are waiting for someone to log in. "
    "Your words are kept in this page: log in, then post them."
)


def keep(db: Database, chapter_id: int, *, body: str, visibility: str, address: str, now: int) -> str:
    """Store words for after the log-in; the token that finds them again.

    Where too many wait in all, the oldest give way: words just typed are worth more than those left days ago.

    :raises TooMany: too many wait for this address; it says when the first of them stops counting.
    """
    token = secrets.token_urlsafe(32)
    place = throttle.place(address)
    with db.transaction():
        store.delete_old_drafts(db, now - KEPT, _CLEARED)
        left = store.waiting_for(db, place, now - DAY)
        if left["n"] >= PER_ADDRESS:
            raise TooMany(_FULL, left["first_at"] + DAY - now)
        store.delete_oldest_waiting(db, store.waiting(db) + 1 - IN_ALL)
        store.insert_draft(
            db,
            token_hash=_hash(token),
            chapter_id=chapter_id,
            body=body,
            visibility=visibility,
            address=place,
            now=now,
        )
    return token


def chapter_of(db: Database, token: str, now: int) -> int | None:
    """The chapter that the draft with this token is for, ``None`` if there is none or it is claimed already."""
    return store.chapter_of_waiting(db, _hash(token), since=now - KEPT)


def claim(db: Database, me: Person, token: str, now: int) -> bool:
    """Make the draft with this token ``me``'s, if nobody has claimed it yet.

    The caller has checked that ``me`` may post it. Of too many that an account has claimed, the oldest give way.
    """
    with db.transaction():
        claimed = store.claim_draft(db, me.id, _hash(token), since=now - KEPT)
        store.delete_surplus_claimed(db, me.id, PER_ACCOUNT)
    return claimed


def waiting(db: Database, me: Person, chapter_id: int, now: int) -> Row | None:
    """The latest draft ``me`` has claimed for a chapter and not posted: ``body`` and ``visibility``."""
    return store.claimed_draft(db, me.id, chapter_id, since=now - KEPT)


def posted(db: Database, me: Person, chapter_id: int) -> None:
    """Drop the draft that filled ``me``'s box on a chapter: its words are a review now, or were replaced by one."""
    store.delete_latest_draft(db, me.id, chapter_id)


def discard(db: Database, me: Person, chapter_id: int) -> None:
    """Empty ``me``'s box on a chapter: drop every draft they claimed for it."""
    with db.transaction():
        store.delete_drafts(db, me.id, chapter_id)


def clear(db: Database, now: int) -> None:
    """Drop what is older than it is kept, claimed or not."""
    with db.transaction():
        store.delete_old_drafts(db, now - KEPT, IN_ALL)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
