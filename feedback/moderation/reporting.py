"""Readers report a review; a moderator is shown it."""

from feedback import access, text
from feedback.access import Person
from feedback.config import Config
from feedback.db import Database
from feedback.errors import Forbidden, Invalid, TooMany
from feedback.moderation import store
from feedback.reviews.reading import Review, find_review

REASONS: dict[str, str] = {
    "attack": "It attacks a person",
    "spam": "It is advertising or spam",
    "spoiler": "It gives away what comes later",
    "other": "Something else",
}
"""Why a review is reported, as the form says it."""

NOTE_LIMIT = 1_000
"""Code points of a note, and of a reason in the reader's own words."""
_DAY = 24 * 3600


def find_to_report(db: Database, me: Person, review_id: int) -> Review:
    """A review that ``me`` may report.

    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: ``me`` wrote it, or it was taken down already.
    """
    review = find_review(db, me, review_id)
    if not access.may_report(me, review.facts):
        raise Forbidden("This review is your own. You can edit or withdraw it.")
    if review.state == "removed":
        raise Forbidden("A moderator has removed this review already.")
    return review


def report(
    db: Database, me: Person, review_id: int, *, reason: str | None, note: str | None, now: int, config: Config
) -> bool:
    """Report a review; False when ``me`` has reported it already and no moderator has decided yet.

    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: it is not ``me``'s to report.
    :param reason: one of ``REASONS``; any other words are kept, before the note, as something else that is wrong.
    :raises Invalid: there is no reason, or it or the note can't be taken.
    :raises TooMany: the reader's limit for a day is reached.
    """
    chosen, said = _read(reason, note)
    with db.transaction():
        review = find_to_report(db, me, review_id)
        if not store.insert_report(db, review_id=review.id, reporter_id=me.id, reason=chosen, note=said, now=now):
            return False
        _count(db, me, now, config)
    return True


def _read(reason: str | None, note: str | None) -> tuple[str, str]:
    """The reason a report is filed under, and all that its reader said in their own words."""
    words = text.block(reason, limit=NOTE_LIMIT, field="reason", what="A reason").strip()
    said = text.block(note, limit=NOTE_LIMIT, field="note", what="A note")
    if not words:
        raise Invalid("Please say what is wrong with it.", "reason")
    if words in REASONS:
        return words, said
    return "other", f"{words}\n\n{said}".rstrip()


def _count(db: Database, me: Person, now: int, config: Config) -> None:
    """After the insertion, so that reporting twice is answered as such even at the limit."""
    limit = config["reports_per_day"]
    if not limit:
        return
    made = store.reports_since(db, me.id, now - _DAY)
    if made["n"] > limit:
        raise TooMany(
            f"That makes more than {limit} reports in a day. Please report the rest a little later.",
            made["first_at"] + _DAY - now,
        )
