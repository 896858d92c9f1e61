"""The letter: what an author finds on the desk before opening any tray."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feedback.access import Person
from feedback.dashboard import showing, store
from feedback.db import Database, Row
from feedback.remarks import query, taught, trays
from feedback.remarks.aside import all_look_like, looks_like
from feedback.remarks.filter import Filter
from feedback.remarks.shapes import Remark, reasons

A_VISIT = 30 * 60
"""Seconds: coming back sooner is the same visit, and the letter still tells since the last one."""

SEEN_EVERY = 60
"""Seconds between two notes that the desk was seen, so that reading it hardly ever writes."""

LISTED = 10
WORKS_LISTED = 200

LOVED = Filter(loved=True, status="new")
QUESTIONS = Filter(kinds=("question",), status="new")
FIXES = Filter(group="craft", asks=True, status="new")
ON_THE_LIST = Filter(status="todo")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the letter: how many, and the tray they are in."""

    n: int
    tray: Filter


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside: the review it is in, and what it looks like. Not its text."""

    review_id: int
    submitted_at: int
    looks_like: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A review shown on the letter itself, folded if anything in it was set aside: ``looks_like`` says for what.

    ``text`` is ``None`` while it is not sorted: nobody knows yet whether it is one to meet unprepared.
    """

    review: Row
    text: Sequence[showing.Piece] | None
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything on the desk's first page. ``since`` is ``None`` on the first visit.

    ``reviews`` may be one more than ``store.COUNTED``, and ``taught`` than ``taught.COUNTED``: then there are more.
    """

    since: int | None
    reviews: int
    chapters: int
    loved: Line
    questions: Line
    fixes: Line
    on_the_list: Line
    filed: int
    aside: Sequence[Aside]
    held: Sequence[Arrival]
    being_read: Sequence[Row]
    works: Sequence[Row]
    taught: int

    @property
    def recent(self) -> Filter:
        """The tray with everything that came in since."""
        since = datetime.fromtimestamp(self.since, UTC).date() if self.since else None
        return Filter(since=since, sort="newest")

    @property
    def is_empty(self) -> bool:
        """Whether nothing has come in yet at all."""
        return not (self.filed or self.reviews or self.held or self.being_read or self.aside)


def write(db: Database, me: Person, now: int) -> Letter:
    """The letter for ``me``, which notes the visit. The number of queries does not depend on what is on the desk."""
    since = note_visit(db, me.id, now)
    recent = store.reviews_since(db, me.id, since or 0)
    counters = trays.counters(db, me.id, Filter())
    return Letter(
        since=since,
        reviews=recent["n"] if recent else 0,
        chapters=recent["chapters"] if recent else 0,
        loved=_line(LOVED, counters),
        questions=_line(QUESTIONS, counters),
        fixes=_line(FIXES, counters),
        on_the_list=_line(ON_THE_LIST, counters),
        filed=sum(row["n"] for row in counters),
        aside=_aside(db, me.id),
        held=_held(db, me.id),
        being_read=store.being_read(db, me.id, LISTED + 1),
        works=store.works(db, me.id, WORKS_LISTED),
        taught=taught.count(db, me.id),
    )


def note_visit(db: Database, author_id: int, now: int) -> int | None:
    """Note that the desk is seen now; since when it tells: the visit before this one, ``None`` if there was none."""
    visits = store.visits(db, author_id)
    since, seen = (visits["desk_since"], visits["desk_seen_at"]) if visits else (None, None)
    if seen is not None and now - seen <= SEEN_EVERY:
        return since if since is None else int(since)
    if seen is not None and now - seen > A_VISIT:
        since = seen
    db.note("a visit to the desk", lambda: store.set_visits(db, author_id, since, now))
    return since if since is None else int(since)


def _line(tray: Filter, counters: Sequence[Row]) -> Line:
    return Line(sum(row["n"] for row in counters if tray.counts(row["kind"], row["stance"], row["status"])), tray)


def _held(db: Database, author_id: int) -> list[Arrival]:
    rows = store.held(db, author_id, LISTED + 1)
    aside = query.set_aside(db, [row["id"] for row in rows])
    return [_arrival(row, aside.get(row["id"], ())) for row in rows]


def _arrival(row: Row, aside: Sequence[Remark]) -> Arrival:
    if not row["sorted"]:
        return Arrival(row, None)
    return Arrival(row, showing.guarded(row["source"], aside), all_look_like(aside))


def _aside(db: Database, author_id: int) -> list[Aside]:
    """One line a review, however much of it was set aside."""
    found: dict[int, Aside] = {}
    for row in store.set_aside(db, author_id, 5 * LISTED):
        seems = looks_like(reasons(row["why"]), row["sorted_by"])
        found.setdefault(row["review_id"], Aside(row["review_id"], row["submitted_at"], seems))
    return list(found.values())[: LISTED + 1]
