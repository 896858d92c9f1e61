"""Who may do what: pure predicates over plain facts, and the table of every endpoint. None is open by omission.

``viewer`` is the person asking, ``None`` for somebody who is not logged in. The tests read this policy as truth
tables.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Person(Protocol):
    """What the policy needs to know of whoever asks."""

    @property
    def id(self) -> int: ...

    @property
    def role(self) -> str: ...


class Who(Enum):
    """The least a person must be to reach an endpoint at all; what they may do there is decided by the room."""

    ANYONE = "anyone"
    MEMBER = "logged in"
    MODERATOR = "moderator"


ENDPOINTS: dict[str, Who] = {
    "static": Who.ANYONE,
    "healthz": Who.ANYONE,
    "accounts.register": Who.ANYONE,
    "accounts.login": Who.ANYONE,
    "accounts.recover": Who.ANYONE,
    "accounts.reset": Who.ANYONE,
    "accounts.logout": Who.MEMBER,
    "accounts.account": Who.MEMBER,
    "accounts.recovery_code": Who.MEMBER,
    "accounts.sessions": Who.MEMBER,
    "accounts.revoke_session": Who.MEMBER,
    "accounts.password": Who.MEMBER,
    "library.home": Who.ANYONE,
    "library.my_works": Who.MEMBER,
    "library.work": Who.ANYONE,
    "library.new_work": Who.MEMBER,
    "library.edit_work": Who.MEMBER,
    "library.delete_work": Who.MEMBER,
    "library.new_chapter": Who.MEMBER,
    "library.edit_chapter": Who.MEMBER,
    "library.delete_chapter": Who.MEMBER,
    "library.move_chapter": Who.MEMBER,
    "library.publish_chapter": Who.MEMBER,
    "library.chapter_versions": Who.MEMBER,
    "library.chapter_version": Who.MEMBER,
    "library.restore_version": Who.MEMBER,
    "reviews.chapter": Who.ANYONE,
    "reviews.submit": Who.ANYONE,
    "reviews.review": Who.ANYONE,
    "reviews.edit": Who.MEMBER,
    "reviews.withdraw": Who.MEMBER,
    "reviews.reply": Who.MEMBER,
    "reviews.hide": Who.MEMBER,
    "reviews.show": Who.MEMBER,
    "reviews.release": Who.MEMBER,
    "reviews.mine": Who.MEMBER,
    "reviews.kinds": Who.MEMBER,
    "reviews.discard": Who.MEMBER,
    "dashboard.desk": Who.MEMBER,
    "dashboard.triage": Who.MEMBER,
    "dashboard.undo": Who.MEMBER,
    "dashboard.split": Who.MEMBER,
    "dashboard.join": Who.MEMBER,
    "dashboard.taught": Who.MEMBER,
    "dashboard.forget": Who.MEMBER,
    "dashboard.forget_all": Who.MEMBER,
    "dashboard.export_csv": Who.MEMBER,
    "dashboard.export_jsonl": Who.MEMBER,
    "moderation.report": Who.MEMBER,
    "moderation.queue": Who.MODERATOR,
    "moderation.decide": Who.MODERATOR,
}


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What decides who may see or change a review."""

    state: str
    visibility: str
    reader_id: int
    author_id: int
    chapter_state: str = "published"
    has_case: bool = False


def is_moderator(viewer: Person | None) -> bool:
    """Moderators and admins keep the archive civil."""
    return viewer is not None and viewer.role in ("moderator", "admin")


def may_enter(viewer: Person | None, endpoint: str) -> bool:
    """Whether ``viewer`` may reach ``endpoint`` at all; an unlisted one is closed."""
    who = ENDPOINTS.get(endpoint)
    if who is Who.ANYONE:
        return True
    if who is Who.MEMBER:
        return viewer is not None
    return who is Who.MODERATOR and is_moderator(viewer)


def may_read_chapter(viewer: Person | None, *, author_id: int, state: str) -> bool:
    """A draft is its author's alone."""
    return state == "published" or (viewer is not None and viewer.id == author_id)


def may_change_work(viewer: Person | None, *, author_id: int) -> bool:
    """Only the author changes a work, its chapters and its wishes."""
    return viewer is not None and viewer.id == author_id


def may_review(viewer: Person | None, *, author_id: int, review_policy: str, chapter_state: str) -> bool:
    """Anyone logged in but the author, on a published chapter of a work that takes reviews."""
    return (
        viewer is not None and viewer.id != author_id and review_policy != "closed" and chapter_state == "published"
    )


def may_read_review(viewer: Person | None, review: ReviewFacts) -> bool:
    """Its writer; the work's author unless withdrawn or removed; a moderator with a case; anyone if it is public."""
    if viewer is not None and viewer.id == review.reader_id:
        return True
    if review.state == "withdrawn":
        return False
    if viewer is not None and viewer.id == review.author_id:
        return review.state != "removed"
    if is_moderator(viewer) and review.has_case:
        return True
    return is_public(review)


def is_public(review: ReviewFacts) -> bool:
    """Whether a stranger may read it."""
    return review.state == "published" and review.visibility == "public" and review.chapter_state == "published"


def may_read_reply(viewer: Person | None, review: ReviewFacts, reply_visibility: str) -> bool:
    """A reply is never more public than its review; one for the reader alone is for the two of them, and a case."""
    if not may_read_review(viewer, review):
        return False
    if reply_visibility == "public" and is_public(review):
        return True
    if viewer is None:
        return False
    return viewer.id in (review.reader_id, review.author_id) or (is_moderator(viewer) and review.has_case)


def may_edit_review(viewer: Person | None, review: ReviewFacts) -> bool:
    """Its writer, as long as it stands."""
    return viewer is not None and viewer.id == review.reader_id and review.state not in ("withdrawn", "removed")


def may_keep_desk(viewer: Person | None, review: ReviewFacts) -> bool:
    """Reply, hide, show, release and triage: the work's author, on a review they can read."""
    return viewer is not None and viewer.id == review.author_id and review.state not in ("withdrawn", "removed")


def may_report(viewer: Person | None, review: ReviewFacts) -> bool:
    """Anyone logged in who can read it and did not write it."""
    return viewer is not None and viewer.id != review.reader_id and may_read_review(viewer, review)


def may_see_kinds(viewer: Person | None, review: ReviewFacts) -> bool:
    """Kinds are never public: the writer, the work's author, and a moderator with a case."""
    if viewer is None or not may_read_review(viewer, review):
        return False
    return viewer.id in (review.reader_id, review.author_id) or (is_moderator(viewer) and review.has_case)
