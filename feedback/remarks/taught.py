"""What an author has taught the sorter: what they filed by hand, to be looked at and forgotten.

It is followed at once, for that author's later reviews. A remark teaches from the change by which its author filed
it (``taught_in``) until that is undone or forgotten, while it stands on the desk. Forgetting is a change like any
other, logged and to be undone once: the remark stays where it was filed, and only teaches no more.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.db import Database, Row
from feedback.errors import NotFound
from feedback.remarks import changes
from feedback.remarks.changes import Selection
from feedback.remarks.shapes import reasons
from feedback.sorting.decisions import KEPT, Decisions, decision

AUTHORS = 64
"""Authors whose decisions a process keeps prepared; reviews come in bursts on the chapter that just appeared."""

PAGE = 25
COUNTED = 1000
FORGET = "forget"

_TEACHES = "remark.author_id = :author AND remark.taught_in > 0 AND remark.on_desk = 1"

_lock = threading.Lock()
_prepared: OrderedDict[tuple[str, int], tuple[tuple[int, int], Decisions]] = OrderedDict()

Cursor = tuple[int, int]
"""The change and the remark after which a page begins."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A remark that teaches: its words, the kind it had (``None`` if it was kept where it was), the kind it was
    given, when, and whose review it is in."""

    id: int
    review_id: int
    reader_name: str
    text: str
    why: tuple[str, ...]
    was: str | None
    kind: str
    at: int

    @property
    def is_aside(self) -> bool:
        """Whether it is set aside, or was: then it is shown folded."""
        return "hostile" in (self.was, self.kind)


def decisions(db: Database, author_id: int) -> Decisions:
    """What ``author_id`` has filed by hand, ready for `Sorter.sort`; prepared again when it has changed."""
    key, stamp = (str(db.path), author_id), _stamp(db, author_id)
    with _lock:
        known = _prepared.get(key)
    if known is None or known[0] != stamp:
        known = stamp, Decisions(decision(row["text"], row["kind"]) for row in _filed(db, author_id))
    with _lock:
        _prepared[key] = known
        _prepared.move_to_end(key)
        while len(_prepared) > AUTHORS:
            _prepared.popitem(last=False)
    return known[1]


def _stamp(db: Database, author_id: int) -> tuple[int, int]:
    """Grows with everything the author does on the desk, and with every undo, also in parts."""
    row = db.row(
        "SELECT COALESCE(MAX(id), 0), COALESCE(SUM(parts), 0) FROM change_batch WHERE account_id = :author",
        author=author_id,
    )
    return (row[0], row[1]) if row else (0, 0)


def _filed(db: Database, author_id: int) -> list[Row]:
    """The newest decisions, oldest first."""
    newest = db.rows(
        f"""
        SELECT text, kind
        FROM remark
        WHERE {_TEACHES}
        ORDER BY taught_in DESC, id DESC
        LIMIT :kept
        """,
        author=author_id,
        kept=KEPT,
    )
    return newest[::-1]


def count(db: Database, author_id: int) -> int:
    """How many remarks teach, counted up to one more than `COUNTED`."""
    n: int = db.value(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM remark WHERE {_TEACHES} LIMIT :most) AS taught",
        author=author_id,
        most=COUNTED + 1,
    )
    return n


def page(db: Database, author_id: int, before: Cursor | None = None) -> tuple[Sequence[Lesson], Cursor | None]:
    """What ``author_id`` has taught, newest first, after ``before``; and where the next page begins, if one does."""
    rows = db.rows(
        f"""
        SELECT
            remark.id, remark.review_id, remark.text, remark.why, remark.kind, remark.taught_in,
            filed.old AS was, change_batch.at, account.name AS reader_name
        FROM remark
        JOIN change_batch ON change_batch.id = remark.taught_in
        JOIN review ON review.id = remark.review_id
        JOIN account ON account.id = review.reader_id
        LEFT JOIN remark_change AS filed
            ON filed.batch_id = remark.taught_in AND filed.remark_id = remark.id AND filed.field = 'kind'
        WHERE {_TEACHES} {"AND (remark.taught_in, remark.id) < (:change, :remark)" if before else ""}
        ORDER BY remark.taught_in DESC, remark.id DESC
        LIMIT :most
        """,
        author=author_id,
        most=PAGE + 1,
        **(dict(zip(("change", "remark"), before, strict=True)) if before else {}),
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return [_lesson(row) for row in rows[:PAGE]], (last["taught_in"], last["id"]) if last else None


def _lesson(row: Row) -> Lesson:
    return Lesson(
        id=row["id"],
        review_id=row["review_id"],
        reader_name=row["reader_name"],
        text=row["text"],
        why=reasons(row["why"]),
        was=row["was"],
        kind=row["kind"],
        at=row["at"],
    )


def forget(db: Database, author_id: int, remark_id: int, *, token: str, now: int) -> None:
    """Let one remark teach no more. ``token`` is a fresh secret under which that can be undone.

    :raises NotFound: it is not on this author's desk, or teaches nothing.
    """
    one = Selection(f"{_TEACHES} AND remark.id = :remark", {"author": author_id, "remark": remark_id})
    if not _forget(db, author_id, one, token, now):
        raise NotFound


def forget_all(db: Database, author_id: int, *, token: str, now: int) -> int:
    """Let nothing that ``author_id`` has filed teach any more; how many remarks did. ``token`` undoes it."""
    return _forget(db, author_id, Selection(_TEACHES, {"author": author_id}), token, now)


def _forget(db: Database, author_id: int, selection: Selection, token: str, now: int) -> int:
    with db.transaction():
        batch = changes.open_batch(db, account_id=author_id, action=FORGET, token=token, now=now)
        forgotten = changes.apply(db, batch, selection, {"taught_in": "0"})
        changes.close_batch(db, batch, forgotten)
    return forgotten
