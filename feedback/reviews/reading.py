"""Finding what a person may read: a chapter's place, its letters, one review, and what they wrote themselves."""

from dataclasses import dataclass

from feedback import access
from feedback.access import Person, ReviewFacts
from feedback.db import Database, Row
from feedback.errors import BadQuery, Forbidden, NotFound
from feedback.reviews import drafts, reply_store, store

PAGE = 25
"""Reviews on a page."""

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A chapter as the readers' side needs it, without its text. ``page_version`` and ``work_page_version`` grow
    with every change a stranger could see on its page."""

    id: int
    work_id: int
    number: int
    state: str
    version: int
    page_version: int
    public_reviews: int
    author_id: int
    review_policy: str
    work_page_version: int
    author_name: str


@dataclass(frozen=True, slots=True)
class Review:
    """One review as its permalink shows it."""

    id: int
    chapter_id: int
    work_id: int
    author_id: int
    reader_id: int
    chapter_version: int
    state: str
    visibility: str
    version: int
    source: str
    html: str
    text: str
    submitted_at: int
    edited_at: int | None
    sorted: int
    chapter_number: int
    chapter_state: str
    chapter_now: int
    chapter_title: str
    work_title: str
    author_name: str
    reader_name: str
    reported: int

    @property
    def facts(self) -> ReviewFacts:
        """What the policy asks about. A review is a moderator's case once it was reported, and while it is held
        on its way to everyone; one meant for the author alone only by a report."""
        held = self.state == "held" and self.visibility == "public"
        return ReviewFacts(
            state=self.state,
            visibility=self.visibility,
            reader_id=self.reader_id,
            author_id=self.author_id,
            chapter_state=self.chapter_state,
            has_case=bool(self.reported) or held,
        )


@dataclass(frozen=True, slots=True)
class Filed:
    """A review as filing its remarks needs it."""

    id: int
    author_id: int
    work_id: int
    chapter_id: int
    version: int
    state: str
    visibility: str
    source: str


def find_spot(db: Database, viewer: Person | None, work_id: int, number: int) -> Spot:
    """The chapter ``number`` of a work, if ``viewer`` may read it.

    :raises NotFound: otherwise.
    """
    row = store.spot(db, work_id, number) if max(work_id, number) <= _LARGEST_ID else None
    if row is None or not access.may_read_chapter(viewer, author_id=row["author_id"], state=row["state"]):
        raise NotFound
    return Spot(*row)


def may_review(viewer: Person | None, spot: Spot) -> bool:
    """Whether ``viewer`` may leave a review there."""
    return access.may_review(
        viewer, author_id=spot.author_id, review_policy=spot.review_policy, chapter_state=spot.state
    )


def require_may_review(viewer: Person | None, spot: Spot) -> None:
    """:raises Forbidden: ``viewer`` may not review this chapter, with the reason."""
    if may_review(viewer, spot):
        return
    if viewer is not None and viewer.id == spot.author_id:
        raise Forbidden("This chapter is your own; its reviews are on your desk.")
    if spot.review_policy == "closed":
        raise Forbidden(f"{spot.author_name} is not taking reviews of this work.")
    raise Forbidden("This chapter is not published, so it can't be reviewed yet.")


def letters(db: Database, chapter_id: int, before: int | None) -> tuple[list[Row], int | None]:
    """A page of a chapter's public reviews, newest first, and the cursor of the next page, if there is one."""
    return _page(store.letters(db, chapter_id, before, PAGE + 1))


def own_unpublic(db: Database, spot: Spot, reader_id: int) -> list[Row]:
    """The reader's reviews of this chapter that its public list does not show, newest first, at most a page."""
    return store.own_unpublic(db, spot.id, reader_id, PAGE)


def has_news(db: Database, spot: Spot, reader_id: int, now: int) -> bool:
    """Whether a reader's page of a chapter has anything that other readers' have not."""
    return store.has_news(db, spot.id, reader_id, now - drafts.KEPT)


def find_review(db: Database, viewer: Person | None, review_id: int) -> Review:
    """A review, if ``viewer`` may read it.

    :raises NotFound: otherwise.
    """
    row = store.review(db, review_id) if review_id <= _LARGEST_ID else None
    if row is None:
        raise NotFound
    review = Review(*row)
    if not access.may_read_review(viewer, review.facts):
        raise NotFound
    return review


def find_reply(db: Database, viewer: Person | None, review: Review) -> Row | None:
    """The author's reply, if there is one and ``viewer`` may read it."""
    reply = reply_store.reply(db, review.id)
    if reply is None or not access.may_read_reply(viewer, review.facts, reply["visibility"]):
        return None
    return reply


def earlier_texts(db: Database, viewer: Person | None, review: Review) -> list[Row]:
    """The texts a review had before, latest first: for its writer, and a moderator with a case."""
    if viewer is None or review.version == 1:
        return []
    moderates = access.is_moderator(viewer) and review.facts.has_case
    return store.versions(db, review.id) if viewer.id == review.reader_id or moderates else []


def removal_reason(db: Database, review: Review) -> str | None:
    """Why a moderator removed this review, if one did."""
    return store.removal_reason(db, review.id) if review.state == "removed" else None


def written_by(db: Database, reader_id: int, before: int | None) -> tuple[list[Row], int | None]:
    """A page of what a reader wrote, newest first, and the cursor of the next page, if there is one."""
    return _page(store.of_reader(db, reader_id, before, PAGE + 1))


def cursor(given: list[str]) -> int | None:
    """The ``before`` of an address: the number of the review a page ends before.

    :raises BadQuery: it is repeated, no number, or larger than any review's.
    """
    if not given:
        return None
    # ASCII only: int() would take other scripts' digits, and a thousand of them, too.
    if len(given) > 1 or not given[0].isascii() or not given[0].isdigit() or len(given[0]) > 19:
        raise BadQuery("before")
    number = int(given[0])
    if number > _LARGEST_ID:
        raise BadQuery("before")
    return number


def _page(rows: list[Row]) -> tuple[list[Row], int | None]:
    if len(rows) <= PAGE:
        return rows, None
    return rows[:PAGE], int(rows[PAGE - 1]["id"])
