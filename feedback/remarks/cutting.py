"""Cutting: an author splits a remark that was cut wrongly, or joins it with the one that follows.

The pieces are new remarks with exact offsets, filed by the author; what they were made of becomes history, and an
undo brings it back as long as nobody has touched the pieces.
"""

import re
from dataclasses import dataclass

from feedback.db import Database, Row
from feedback.errors import Conflict, Invalid, NotFound
from feedback.remarks import changes, store

ACTIONS = ("split", "join")
MOST_PLACES = 40
PREVIEW = 60

_SENTENCE = re.compile(r"(?<=[.!?…\"”’)\]*~])\s+(?=\S)|\n+(?=\S)|(?<=[,;:—–])\s+(?=\S)")
_WORD = re.compile(r"\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a remark can be cut: ``at`` code points from its beginning, with the words before and after."""

    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What was made: the ids of the new remarks, and the token that undoes it."""

    made: tuple[int, ...]
    token: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A remark that can be cut, with what stands before and after it in its review."""

    id: int
    review_id: int
    text: str
    before: str
    after: str

    @property
    def can_join(self) -> bool:
        """Whether anything follows it."""
        return bool(self.after.strip())


def find(db: Database, author_id: int, remark_id: int) -> Whole:
    """A remark on this author's desk.

    :raises NotFound: it is not there.
    :raises Conflict: its review was edited and is not sorted again yet.
    """
    row = _on_desk(db, author_id, remark_id)
    source = row["source"]
    return Whole(row["id"], row["review_id"], row["text"], source[: row["start_at"]], source[row["end_at"] :])


def places(text: str) -> list[Place]:
    """The places to offer: between sentences, lines and clauses, or between words where there are none of these."""
    ends = [found.end() for found in _SENTENCE.finditer(text)] or [found.end() for found in _WORD.finditer(text)]
    return [
        Place(at, _last_words(text[:at]), _first_words(text[at:])) for at in ends[:MOST_PLACES] if text[:at].strip()
    ]


def split(db: Database, author_id: int, remark_id: int, at: int, *, token: str, now: int) -> Cut:
    """Cut a remark in two, ``at`` code points from its beginning. White space at the cut belongs to neither piece.

    :raises NotFound: it is not on this author's desk.
    :raises Invalid: there would be nothing on one side of the cut.
    :raises Conflict: its review was edited and is not sorted again yet.
    """
    with db.transaction():
        whole = _on_desk(db, author_id, remark_id)
        text: str = whole["text"]
        left, right = text[: max(0, at)].rstrip(), text[max(0, at) :].lstrip()
        if not left.strip() or not right:
            raise Invalid("There has to be something on both sides of the cut.", "at")
        batch = changes.open_batch(db, account_id=author_id, action="split", token=token, now=now)
        made = (
            store.cut(db, whole["id"], start=whole["start_at"], text=left),
            store.cut(db, whole["id"], start=whole["end_at"] - len(right), text=right),
        )
        _share_passages(db, whole["id"], left, right, made)
        _replace(db, batch, [whole["id"]], made)
    return Cut(made, token)


def join(db: Database, author_id: int, remark_id: int, *, token: str, now: int) -> Cut:
    """Join a remark with the one that follows it in its review; the label is that of the first.

    :raises NotFound: it is not on this author's desk.
    :raises Invalid: nothing follows it.
    :raises Conflict: its review was edited and is not sorted again yet.
    """
    with db.transaction():
        first = _on_desk(db, author_id, remark_id)
        second = store.following(db, first["review_id"], first["end_at"])
        if second is None:
            raise Invalid("Nothing follows this in the review.")
        batch = changes.open_batch(db, account_id=author_id, action="join", token=token, now=now)
        text = first["source"][first["start_at"] : second["end_at"]]
        joined = store.cut(db, first["id"], start=first["start_at"], text=text)
        store.copy_passages(db, first["id"], joined)
        store.copy_passages(db, second["id"], joined)
        store.stay_private(db, joined, second["id"])
        _replace(db, batch, [first["id"], second["id"]], (joined,))
    return Cut((joined,), token)


def put_back(db: Database, batch: int) -> tuple[int, int]:
    """Undo a cut, if nobody has changed its pieces and their review is as it was.

    :return: (1, 0) or, when it can't be undone, (0, 1).
    """
    if store.touched_since(db, batch):
        return 0, 1
    store.swap_live(db, batch)
    return 1, 0


def _on_desk(db: Database, author_id: int, remark_id: int) -> Row:
    row = store.on_desk(db, author_id, remark_id)
    if row is None:
        raise NotFound
    if row["review_version"] != row["version"]:
        raise Conflict("This review was edited a moment ago and is being read again. Please try again soon.")
    return row


def _replace(db: Database, batch: int, old: list[int], made: tuple[int, ...]) -> None:
    for remark_id in made:
        store.set_place(db, remark_id)
        changes.log_live(db, batch, remark_id, live=True)
    for remark_id in old:
        changes.log_live(db, batch, remark_id, live=False)
    store.retire(db, old)


def _share_passages(db: Database, whole: int, left: str, right: str, made: tuple[int, int]) -> None:
    """Each passage goes with the piece that speaks of it; in doubt, with the first."""
    for position, passage in enumerate(store.passages_of(db, [whole]).get(whole, ())):
        words = passage.quote or passage.fixed or ""
        belongs_right = words in right and words not in left
        store.copy_passages(db, whole, made[1] if belongs_right else made[0], position=position)


def _last_words(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= PREVIEW else "… " + text[-PREVIEW:].split(" ", 1)[-1]


def _first_words(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= PREVIEW else text[:PREVIEW].rsplit(" ", 1)[0] + " …"
