"""Sending and editing a review: from typed text to one row and its remarks, once, whatever is sent twice.

What costs time - cleaning, sorting - happens before the transaction; inside it the rights are checked again, so that
a work closed or deleted meanwhile is noticed.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from feedback import access, sanitize, text
from feedback.access import Person
from feedback.config import Config
from feedback.db import Database
from feedback.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from feedback.remarks import filing
from feedback.reviews import drafts, sorters, states, store
from feedback.reviews.reading import Filed, Review, Spot, find_review, require_may_review
from feedback.reviews.sorters import Read, Sorts
from feedback.sanitize import Rendered

LIMIT = 10_000
"""Code points a review or a reply may have."""
KEY_LIMIT = 200
VISIBILITIES = ("public", "author")
_HOUR = 3600
_CHANGED = "This review was changed somewhere else in this moment. Your words are here; save them again."


class Place(Protocol):
    """The chapter a review is for, in the version its reader had before them."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Submitted:
    """The review that was made, or the one this form had made before."""

    review_id: int
    repeated: bool


def read_body(raw: str | None, what: str = "A review") -> str:
    """The text of a form's ``body``.

    :raises Invalid: there is nothing to see in it, or it is over the limit.
    """
    return text.block(raw, limit=LIMIT, field="body", what=what, required=True)


def read_visibility(raw: str | None, default: str = "public") -> str:
    """A form's ``visibility``: ``public`` or ``author``.

    :raises Invalid: it is anything else.
    """
    visibility = raw or default
    if visibility not in VISIBILITIES:
        raise Invalid("Please say who may read it: everyone, or only the author.", "visibility")
    return visibility


def submit(
    db: Database,
    me: Person,
    chapter: Place,
    *,
    body: str | None,
    visibility: str | None,
    submission_key: str | None,
    now: int,
    config: Config,
    sorter: Sorts | None = None,
) -> Submitted:
    """Store a review of ``chapter`` by ``me``, sorted if that is quick, else left to the queue.

    :param submission_key: what makes two sendings of one form the same; "" or ``None`` for no such check.
    :raises Invalid: the body, the visibility or the key can't be taken.
    :raises NotFound: the chapter is gone, or not to be known.
    :raises Forbidden: ``me`` may not review it.
    :raises Conflict: the key has been used for something else.
    :raises TooMany: the reader's limit for an hour is reached.
    """
    source = read_body(body)
    chosen = read_visibility(visibility)
    key = _key(submission_key)
    cleaned = sanitize.review_html(source)
    read = sorters.read(db, sorter or sorters.sorter(), source, chapter.id, chapter.version)
    with db.transaction():
        spot = _spot(db, me, chapter.id)
        state = _state(db, me, spot)
        review_id = store.insert(
            db, _new(me, spot, chapter.version, state, chosen, key, source, cleaned) | {"submitted_at": now}
        )
        if review_id is None:
            return _sent_before(db, me, spot, key or "", source)
        _count(db, me, now, config)
        if read is not None:
            stored = Filed(review_id, spot.author_id, spot.work_id, spot.id, 1, state, chosen, source)
            _file(db, stored, read, chapter.version)
        drafts.posted(db, me, spot.id)
    return Submitted(review_id, repeated=False)


def keep_for_later(
    db: Database, spot: Spot, *, body: str | None, visibility: str | None, address: str, now: int
) -> str:
    """Keep the words of someone who is not logged in as a draft; the token that finds it after the log-in.

    :raises Invalid: the body or the visibility can't be taken.
    :raises Forbidden: the work takes no reviews, whoever they might be.
    :raises TooMany: too many drafts wait for the address.
    """
    if spot.review_policy == "closed":
        require_may_review(None, spot)
    source, chosen = read_body(body), read_visibility(visibility)
    return drafts.keep(db, spot.id, body=source, visibility=chosen, address=address, now=now)


def take_up(db: Database, me: Person, token: str, now: int) -> None:
    """Put the draft with this token into ``me``'s box on its chapter, if there is one and ``me`` may post it there.

    Otherwise it is left to whoever else may come with the token.
    """
    chapter_id = drafts.chapter_of(db, token, now)
    if chapter_id is None:
        return
    with suppress(NotFound, Forbidden), db.transaction():
        _spot(db, me, chapter_id)
        drafts.claim(db, me, token, now)


def _key(raw: str | None) -> str | None:
    return text.line(raw, limit=KEY_LIMIT, field="submission_key", what="The form's own number") or None


def _spot(db: Database, me: Person, chapter_id: int) -> Spot:
    row = store.spot_by_id(db, chapter_id)
    if row is None or not access.may_read_chapter(me, author_id=row["author_id"], state=row["state"]):
        raise NotFound
    spot = Spot(*row)
    require_may_review(me, spot)
    return spot


def _state(db: Database, me: Person, spot: Spot) -> str:
    known = spot.review_policy == "hold_new" and store.has_published(db, me.id, spot.author_id)
    return states.first_state(spot.review_policy, known_reader=known)


def _new(
    me: Person, spot: Spot, version: int, state: str, visibility: str, key: str | None, source: str, cleaned: Rendered
) -> dict[str, object]:
    return {
        "chapter_id": spot.id,
        "work_id": spot.work_id,
        "author_id": spot.author_id,
        "reader_id": me.id,
        "chapter_version": version,
        "state": state,
        "visibility": visibility,
        "submission_key": key,
        **_texts(source, cleaned),
    }


def _texts(source: str, cleaned: Rendered) -> dict[str, object]:
    return {
        "source": source,
        "html": cleaned.html,
        "text": cleaned.text,
        "policy_version": sanitize.POLICY_VERSION,
        "words": text.words(cleaned.text),
    }


def _sent_before(db: Database, me: Person, spot: Spot, key: str, source: str) -> Submitted:
    earlier = store.by_key(db, me.id, key)
    if earlier is not None and earlier["chapter_id"] == spot.id and earlier["submitted"] == source:
        return Submitted(int(earlier["id"]), repeated=True)
    raise Conflict(
        "This form has sent a review already, and these are other words. "
        "They have not been posted yet: press Post once more to send them as a review of their own."
    )


def _count(db: Database, me: Person, now: int, config: Config) -> None:
    """After the insertion, so that a form sent twice finds its review before it finds the limit."""
    limit = config["reviews_per_hour"]
    if not limit:
        return
    sent = store.sent_since(db, me.id, now - _HOUR)
    if sent["n"] > limit:
        raise TooMany(
            f"That makes more than {limit} reviews in an hour. Your words are here; please post them a little later.",
            sent["first_at"] + _HOUR - now,
        )


def _file(db: Database, stored: filing.Reviewed, read: Read, chapter_version: int) -> None:
    filing.file(db, stored, read.remarks, chapter_version=chapter_version, chapter_text=read.chapter_text)


def find_own(db: Database, me: Person, review_id: int) -> Review:
    """A review that ``me`` may edit.

    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: it is someone else's, or no longer stands.
    """
    review = find_review(db, me, review_id)
    if not access.may_edit_review(me, review.facts):
        raise Forbidden(
            "A review that was withdrawn or removed can't be edited."
            if me.id == review.reader_id
            else "Only the person who wrote a review can edit it."
        )
    return review


def edit(
    db: Database,
    me: Person,
    review_id: int,
    *,
    body: str | None,
    visibility: str | None,
    now: int,
    sorter: Sorts | None = None,
) -> bool:
    """Give a review another text or visibility. The text it had is kept; an unchanged one makes no version.

    :returns: whether the text changed.
    :raises NotFound: ``me`` may not know of it.
    :raises Forbidden: it is not ``me``'s to edit.
    :raises Invalid: the body or the visibility can't be taken.
    :raises Conflict: it was edited elsewhere in this very moment.
    """
    seen = find_own(db, me, review_id)
    source = read_body(body)
    read_visibility(visibility, default=seen.visibility)
    changed = source != seen.source
    cleaned = sanitize.review_html(source) if changed else None
    read = (
        sorters.read(db, sorter or sorters.sorter(), source, seen.chapter_id, seen.chapter_now) if changed else None
    )
    with db.transaction():
        review = _unchanged(db, me, seen)
        chosen = read_visibility(visibility, default=review.visibility)
        state = _hold_again(db, review, says_more=changed or (review.visibility, chosen) == ("author", "public"))
        if chosen != review.visibility:
            store.change_visibility(db, review.id, chosen)
        if cleaned is not None:
            stored = Filed(
                review.id,
                review.author_id,
                review.work_id,
                review.chapter_id,
                review.version + 1,
                state,
                chosen,
                source,
            )
            _change(db, stored, seen, cleaned, now)
            if read is not None:
                _file(db, stored, read, seen.chapter_now)
    return changed


def _unchanged(db: Database, me: Person, seen: Review) -> Review:
    """The review as it is now, still ``me``'s to edit, and still with the text its writer has before them."""
    review = find_own(db, me, seen.id)
    if review.version != seen.version:
        raise Conflict(_CHANGED)
    return review


def _hold_again(db: Database, review: Review, *, says_more: bool) -> str:
    """What was let in is held again when an edit makes it say more; the state it has then."""
    row = store.spot_by_id(db, review.chapter_id)
    action = states.after_edit(row["review_policy"], state=review.state, says_more=says_more) if row else ""
    return states.set_state(db, review.id, review.state, action) if action else review.state


def _change(db: Database, stored: Filed, review: Review, cleaned: Rendered, now: int) -> None:
    store.keep_version(db, review.id, review.version)
    facts = {"review": review.id, "version": review.version, "chapter_version": review.chapter_now, "now": now}
    if not store.change_text(db, {**facts, **_texts(stored.source, cleaned)}):
        raise Conflict(_CHANGED)
