"""Works: finding one with the right to it, making, changing and deleting it."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback import access, sanitize, text
from feedback.access import Person
from feedback.db import Database, Row
from feedback.errors import Forbidden, Invalid, NotFound
from feedback.library import store
from feedback.library import wishes as wishing
from feedback.library.wishes import Invitation, Wishes

TITLE_LIMIT = 200
SUMMARY_LIMIT = 5_000
WISHES_NOTE_LIMIT = 500

REVIEW_POLICIES: dict[str, tuple[str, str]] = {
    "open": ("Open", "Reviews appear as soon as they are posted."),
    "hold_new": (
        "Hold newcomers",
        "The first review of anyone you have not let in before waits on your desk until you release it.",
    ),
    "hold_all": ("Hold everything", "Every review waits on your desk until you release it."),
    "closed": ("Closed", "No new reviews. Those already here stay."),
}
"""How reviews of a work come in: what the form calls it, and one plain sentence."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as it is now. Times are seconds since 1970."""

    id: int
    author_id: int
    author_name: str
    title: str
    summary: str
    summary_html: str
    wishes: Wishes
    wishes_note: str
    wishes_note_html: str
    review_policy: str
    created_at: int
    updated_at: int
    page_version: int
    is_public: bool

    @property
    def invitation(self) -> Invitation:
        """The wishes as readers meet them."""
        return wishing.invitation(self.author_name, self.wishes, self.wishes_note_html)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an author says about a work, checked and normalised."""

    title: str
    summary: str
    wishes: Wishes
    wishes_note: str
    review_policy: str


def find_work(db: Database, viewer: Person | None, work_id: int) -> Work:
    """The work, if ``viewer`` may know of it: it has a published chapter, or it is theirs.

    :raises NotFound: it does not exist or is not to be known.
    """
    row = store.work(db, work_id) if 0 < work_id <= store.LARGEST_ID else None
    if row is None:
        raise NotFound
    if not row["is_public"] and not access.may_change_work(viewer, author_id=row["author_id"]):
        raise NotFound
    return _work(row, store.wishes(db, work_id))


def own_work(db: Database, viewer: Person | None, work_id: int) -> Work:
    """The work, if ``viewer`` may change it.

    :raises NotFound: as ``find_work``.
    :raises Forbidden: it is someone else's.
    """
    work = find_work(db, viewer, work_id)
    if not is_author(viewer, work):
        raise Forbidden("Only its author can change this work.")
    return work


def is_author(viewer: Person | None, work: Work) -> bool:
    """Whether ``work`` is ``viewer``'s to change."""
    return access.may_change_work(viewer, author_id=work.author_id)


def _work(row: Row, by_kind: Mapping[str, str]) -> Work:
    return Work(
        id=row["id"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        title=row["title"],
        summary=row["summary"],
        summary_html=row["summary_html"],
        wishes=wishing.made(row["wishes_choice"], by_kind),
        wishes_note=row["wishes_note"],
        wishes_note_html=row["wishes_note_html"],
        review_policy=row["review_policy"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        page_version=row["page_version"],
        is_public=bool(row["is_public"]),
    )


def read(form: Mapping[str, str], before: Work | None = None) -> Plan:
    """What a form says about a work. Wishes and review policy it does not mention stay as ``before``.

    :raises Invalid: naming the field.
    """
    policy = form.get("review_policy") or (before.review_policy if before else "open")
    if policy not in REVIEW_POLICIES:
        raise Invalid("Please choose one of the ways offered.", "review_policy")
    return Plan(
        title=text.line(form.get("title"), limit=TITLE_LIMIT, field="title", what="A title", required=True),
        summary=text.block(form.get("summary"), limit=SUMMARY_LIMIT, field="summary", what="A summary"),
        wishes=wishing.read(form, before.wishes if before else None),
        wishes_note=text.block(
            form.get("wishes_note"), limit=WISHES_NOTE_LIMIT, field="wishes_note", what="A note on your wishes"
        ),
        review_policy=policy,
    )


def create(db: Database, me: Person, plan: Plan, *, now: int, last: int | None = None) -> int:
    """A new work of ``me``; its id.

    :param last: the ``newest`` of ``me`` when the form was opened. The same work sent again from the same form, by
        a double click, is then the work already made.
    :raises Invalid: when its texts can't be turned into pages.
    """
    facts = _facts(plan)
    with db.transaction():
        made = store.newest_work(db, me.id)
        if made and last not in (None, made["id"]) and (made["title"], made["summary"]) == (plan.title, plan.summary):
            return int(made["id"])
        work_id = store.add_work(db, me.id, facts, now)
        store.set_wishes(db, work_id, _custom(plan))
    return work_id


def newest(db: Database, me: Person) -> int:
    """The id of the last work ``me`` made, 0 before the first."""
    made = store.newest_work(db, me.id)
    return made["id"] if made else 0


def edit(db: Database, work: Work, plan: Plan, *, now: int) -> None:
    """Change ``work``, which came from ``own_work``.

    :raises Invalid: when its texts can't be turned into pages.
    :raises NotFound: it was deleted meanwhile.
    """
    facts = _facts(plan)
    with db.transaction():
        if not store.change_work(db, work.id, facts, now):
            raise NotFound
        store.set_wishes(db, work.id, _custom(plan))


def delete(db: Database, work: Work) -> int:
    """Delete ``work`` (from ``own_work``) with chapters and reviews for good; how many reviews went with it."""
    with db.transaction():
        reviews = store.count_reviews(db, work.id)
        store.delete_work(db, work.id)
    return reviews


def count_reviews(db: Database, work: Work) -> int:
    """How many reviews would go with the work, those that nobody but the author sees included."""
    return store.count_reviews(db, work.id)


def _custom(plan: Plan) -> Mapping[str, str]:
    return plan.wishes.by_kind if plan.wishes.choice == "custom" else {}


def _facts(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "summary": plan.summary,
        "summary_html": note(plan.summary, "summary"),
        "wishes": plan.wishes.choice,
        "wishes_note": plan.wishes_note,
        "wishes_note_html": note(plan.wishes_note, "wishes_note"),
        "review_policy": plan.review_policy,
        "policy_version": sanitize.POLICY_VERSION,
    }


def note(source: str, field: str) -> str:
    """A summary or note as cleaned HTML; "" of nothing.

    :raises Invalid: (for ``field``) when there is too much markup in it.
    """
    return sanitize.note_html(source, field).html if source else ""
