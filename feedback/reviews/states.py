"""The states of a review and the one place where they change.

``published`` and ``held`` are where a review begins; its author hides, shows and releases it, its writer withdraws
it, a moderator removes it. Withdrawn and removed are for good. An edit puts it back to ``held`` where the author
lets in every review.
"""

from feedback import access
from feedback.access import Person
from feedback.db import Database
from feedback.errors import Conflict, Forbidden
from feedback.reviews import store
from feedback.reviews.reading import Review, find_review

MOVES: dict[str, tuple[frozenset[str], str]] = {
    "hide": (frozenset({"published", "held"}), "hidden"),
    "show": (frozenset({"hidden"}), "published"),
    "release": (frozenset({"held"}), "published"),
    "hold": (frozenset({"published"}), "held"),
    "withdraw": (frozenset({"published", "held", "hidden"}), "withdrawn"),
    "remove": (frozenset({"published", "held", "hidden"}), "removed"),
}
"""Per action: the states it may start from, and the state it leads to."""

NAMES = {
    "published": "published",
    "held": "waiting to be released",
    "hidden": "hidden from the chapter's page",
    "withdrawn": "withdrawn by its writer",
    "removed": "removed by a moderator",
}


def first_state(review_policy: str, *, known_reader: bool) -> str:
    """The state of a new review under the work's policy; a reader is known once a review of theirs was published."""
    held = review_policy == "hold_all" or (review_policy == "hold_new" and not known_reader)
    return "held" if held else "published"


def after_edit(review_policy: str, *, state: str, says_more: bool) -> str:
    """The action that an edit takes on a review, "" for none.

    :param says_more: its text is another, or it is for everyone and was not: what its author has not let in.
    """
    return "hold" if review_policy == "hold_all" and state == "published" and says_more else ""


def set_state(db: Database, review_id: int, old: str, action: str) -> str:
    """Take ``action`` on a review that was read in the state ``old``, inside the caller's transaction.

    :returns: the state it has now.
    :raises Conflict: the action does not start from ``old``, or someone else has moved the review meanwhile.
    """
    starts, new = MOVES[action]
    if old not in starts:
        raise Conflict(f"This review is {NAMES[old]}, so that can't be done.")
    if not store.change_state(db, review_id, old, new):
        raise Conflict("This review has just been changed by someone else. Look at it again first.")
    return new


def keep(db: Database, me: Person, review_id: int, action: str) -> Review:
    """``hide``, ``show`` or ``release`` a review, as the author of its work.

    :returns: the review as it was.
    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: it is not on ``me``'s work, or no longer stands.
    :raises Conflict: it is not in a state for that.
    """
    with db.transaction():
        review = find_review(db, me, review_id)
        if not access.may_keep_desk(me, review.facts):
            raise Forbidden("Only the author of the work can do that.")
        set_state(db, review.id, review.state, action)
    return review


def withdraw(db: Database, me: Person, review_id: int) -> Review:
    """Take a review back, as its writer: nobody else can read it from now on.

    :returns: the review as it was.
    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: ``me`` did not write it.
    :raises Conflict: it was withdrawn or removed before.
    """
    with db.transaction():
        review = find_review(db, me, review_id)
        if me.id != review.reader_id:
            raise Forbidden("Only the person who wrote a review can withdraw it.")
        set_state(db, review.id, review.state, "withdraw")
    return review
