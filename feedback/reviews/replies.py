"""The author's reply to a review: one, which can be changed, and which its reader finds again."""

from feedback import access, sanitize
from feedback.access import Person
from feedback.db import Database
from feedback.errors import Forbidden
from feedback.reviews import reply_store as store
from feedback.reviews.reading import Review, find_review
from feedback.reviews.submitting import read_body, read_visibility


def find_to_reply(db: Database, me: Person, review_id: int) -> Review:
    """A review that ``me`` may reply to.

    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: it is not on ``me``'s work, or no longer stands.
    """
    review = find_review(db, me, review_id)
    if not access.may_keep_desk(me, review.facts):
        raise Forbidden("Only the author of the work can reply.")
    return review


def put(db: Database, me: Person, review_id: int, *, body: str | None, visibility: str | None, now: int) -> None:
    """Reply to a review, or change the reply there is.

    Who may read it defaults to what it was, or else to the review's; it is never more public than its review.

    :raises NotFound: ``me`` may not know of the review.
    :raises Forbidden: it is not on ``me``'s work, or no longer stands.
    :raises Invalid: the body or the visibility can't be taken.
    """
    source = read_body(body, "A reply")
    chosen = read_visibility(visibility) if visibility else None
    cleaned = sanitize.note_html(source)
    with db.transaction():
        review = find_to_reply(db, me, review_id)
        before = store.reply(db, review.id)
        default = before["visibility"] if before else review.visibility
        store.put_reply(
            db,
            {
                "review": review.id,
                "reader": review.reader_id,
                "visibility": "author" if review.visibility == "author" else chosen or default,
                "source": source,
                "html": cleaned.html,
                "policy_version": sanitize.POLICY_VERSION,
                "now": now,
            },
        )


def unseen(db: Database, me: Person) -> int:
    """How many replies ``me`` has not seen."""
    return store.unseen_replies(db, me.id)


def seen(db: Database, me: Person, first_review: int, last_review: int, now: int) -> None:
    """Note that ``me`` is looking at the replies to their reviews from ``first_review`` to ``last_review``.

    Writes only if there is something new among them: most looks are reads, and stay reads.
    """
    if not store.has_unseen(db, me.id, first_review, last_review):
        return
    db.note("that replies were seen", lambda: store.mark_seen(db, me.id, first_review, last_review, now))
