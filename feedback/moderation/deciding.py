"""The moderators' queue, and decisions: a review is kept or removed, with a reason its writer sees."""

from dataclasses import dataclass

from feedback import access, text
from feedback.access import Person
from feedback.db import Database, Row
from feedback.errors import Conflict, Forbidden, Invalid, NotFound
from feedback.moderation import store
from feedback.reviews import states

PAGE = 25
"""Cases on a page of the queue."""
REASON_LIMIT = 2_000
ACTIONS = ("keep", "remove")
_EARLIER = 5
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Case:
    """A review that waits for a decision: the review, the open reports on it, earlier decisions on its writer."""

    review: Row
    reports: tuple[Row, ...]
    earlier: tuple[Row, ...]

    @property
    def report_id(self) -> int:
        """The report its form is sent to; the decision closes all of them."""
        return int(self.reports[0]["id"])


@dataclass(frozen=True, slots=True)
class Queue:
    """What a moderator finds: reported reviews, oldest first, with the next page's cursor; and held ones."""

    cases: tuple[Case, ...]
    after: int | None
    held: tuple[Row, ...]


def queue(db: Database, me: Person, after: int = 0) -> Queue:
    """The moderator's queue from the report ``after`` on.

    Reviews that ``me`` wrote, or that are about a work of ``me``'s, wait for another moderator.
    """
    with db.snapshot():
        found = store.reported(db, me.id, after, PAGE + 1)
        page = found[:PAGE]
        reports = store.open_reports(db, [row["id"] for row in page]) if page else []
        earlier = store.decisions_on_writers(db, sorted({row["reader_id"] for row in page}), _EARLIER) if page else []
        held = store.held(db, me.id, PAGE) if after == 0 else []
    cases = tuple(
        Case(
            row,
            tuple(report for report in reports if report["review_id"] == row["id"]),
            tuple(old for old in earlier if old["reader_id"] == row["reader_id"]),
        )
        for row in page
    )
    return Queue(cases, page[-1]["report_id"] if len(found) > PAGE else None, tuple(held))


def find_report(db: Database, me: Person, report_id: int) -> Row:
    """A report that ``me`` may decide on.

    :raises NotFound: there is none, or ``me`` is no moderator.
    :raises Forbidden: ``me`` wrote the review, or it is on a work of ``me``'s.
    """
    row = store.report(db, report_id) if report_id <= _LARGEST_ID else None
    if row is None or not access.is_moderator(me):
        raise NotFound
    if me.id in (row["reader_id"], row["author_id"]):
        raise Forbidden("This one is about something of yours, so another moderator decides.")
    return row


def decide(db: Database, me: Person, report_id: int, *, action: str | None, reason: str | None, now: int) -> int:
    """Keep or remove the reported review, and close every open report on it; the review's id.

    :raises NotFound: there is no such report, or ``me`` is no moderator.
    :raises Forbidden: it is about something of ``me``'s.
    :raises Invalid: no such action, or a removal without a reason.
    :raises Conflict: it was decided before, or the review can't be removed any more.
    """
    if action not in ACTIONS:
        raise Invalid("Please choose: keep it or remove it.", "action")
    said = text.block(reason, limit=REASON_LIMIT, field="reason", what="A reason", required=action == "remove")
    with db.transaction():
        report = find_report(db, me, report_id)
        if report["decision_id"] is not None:
            raise Conflict("Someone has decided on this report already.")
        decision = store.insert_decision(
            db,
            review_id=report["review_id"],
            moderator_id=me.id,
            action=action,
            reason=said,
            old_state=report["state"],
            now=now,
        )
        store.close_reports(db, report["review_id"], decision)
        if action == "remove":
            states.set_state(db, report["review_id"], report["state"], "remove")
    return int(report["review_id"])
