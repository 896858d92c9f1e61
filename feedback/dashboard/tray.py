"""A tray: the remarks a filter shows, beside the list of trays, with everything its page needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from feedback.access import Person
from feedback.dashboard import showing, store
from feedback.dashboard.letter import LOVED, WORKS_LISTED
from feedback.dashboard.showing import Piece
from feedback.db import Database, Row
from feedback.errors import NotFound
from feedback.remarks import passages, trays
from feedback.remarks.filter import STATUSES, Filter
from feedback.remarks.passages import Excerpt
from feedback.remarks.trays import Entry, Page, Total
from feedback.sorting.kinds import GROUPS, KINDS, asks, kinds_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one review has in a tray: its entries next to each other, and its whole text with them lit."""

    entries: Sequence[Entry]
    text: Sequence[Piece]

    @property
    def first(self) -> Entry:
        """The entry that speaks for the review."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class Link:
    """A tray one can go to: what it is called, how many wait (or are unread) in it, and whether one is there."""

    name: str
    tray: Filter
    n: int | None = None
    waits: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Tray:
    """A tray's page. ``cutoff`` is the newest remark that was there: a change of all that match reaches no further."""

    wanted: Filter
    title: str
    page: Page
    sheets: Sequence[Sheet]
    excerpts: Mapping[int, Excerpt]
    total: Total
    cutoff: int
    general: Sequence[Link]
    groups: Sequence[tuple[Link, Sequence[Link]]]
    statuses: Sequence[Link]
    works: Sequence[Row]
    chapters: Sequence[Row]
    is_craft: bool


def open_tray(db: Database, me: Person, wanted: Filter) -> Tray:
    """The tray that ``wanted`` describes, of what is on the desk of ``me``.

    :raises NotFound: its work, or its chapter, is not one of theirs.
    """
    chapters = check_scope(db, me, wanted)
    with db.snapshot():
        counters = trays.counters(db, me.id, wanted)
        page = trays.page(db, me.id, wanted)
        total = trays.total(db, me.id, wanted, counters)
        cutoff = trays.newest_id(db, me.id)
        works = store.works(db, me.id, WORKS_LISTED)
        sheets = _sheets(db, page.entries)
        found = passages.excerpts(db, [entry.remark.id for entry in page.entries])
    return Tray(
        wanted=wanted,
        title=title(wanted),
        page=page,
        sheets=sheets,
        excerpts=found,
        total=total,
        cutoff=cutoff,
        general=_general(wanted, counters),
        groups=[_group(group, wanted, counters) for group in GROUPS],
        statuses=_statuses(wanted, counters),
        works=works,
        chapters=chapters,
        is_craft=wanted.order == "chapter",
    )


def check_scope(db: Database, me: Person, wanted: Filter) -> Sequence[Row]:
    """The chapters of the work that ``wanted`` is about, none if it is about all works.

    :raises NotFound: the work, or the chapter, is not one of theirs.
    """
    if wanted.work is None:
        return ()
    if store.work_title(db, me.id, wanted.work) is None:
        raise NotFound
    chapters = store.chapters(db, wanted.work)
    if wanted.chapter is not None and wanted.chapter not in [row["number"] for row in chapters]:
        raise NotFound
    return chapters


def title(wanted: Filter) -> str:
    """What a tray is called."""
    if wanted.loved:
        return "What they loved"
    if len(wanted.kinds) == 1:
        return KINDS[wanted.kinds[0]].label
    if wanted.group:
        return "What to mend, by chapter" if wanted.group == "craft" and wanted.asks else GROUPS[wanted.group]
    if wanted.q:
        return f"Search for “{wanted.q}”"
    if wanted.asks and wanted.status == "new":
        return "Waiting for you"
    if wanted.status == "todo":
        return "On your list"
    if wanted.starred:
        return "Starred"
    return "Labels to check" if wanted.unsure else "Everything"


def _sheets(db: Database, entries: Sequence[Entry]) -> list[Sheet]:
    aside: dict[int, list[tuple[int, int, str]]] = {}
    for row in store.spans_set_aside(db, sorted({entry.remark.review_id for entry in entries})):
        aside.setdefault(row["review_id"], []).append((row["start_at"], row["end_at"], row["why"]))
    sheets = []
    for review_id, of_review in groupby(entries, key=lambda entry: entry.remark.review_id):
        here = list(of_review)
        lit = [entry.remark for entry in here]
        sheets.append(Sheet(here, showing.pieces(here[0].source, lit, aside.get(review_id, ()))))
    return sheets


def _scope(wanted: Filter) -> Filter:
    """The work and chapter one is looking at, which going to another tray keeps."""
    return Filter(work=wanted.work, chapter=wanted.chapter)


def _count(tray: Filter, counters: Sequence[Row]) -> int:
    return sum(row["n"] for row in counters if tray.counts(row["kind"], row["stance"], row["status"]))


def _general(wanted: Filter, counters: Sequence[Row]) -> list[Link]:
    scope = _scope(wanted)
    waiting = replace(scope, asks=True, status="new")
    listed = replace(scope, status="todo")
    loved = replace(scope, loved=LOVED.loved, status=LOVED.status)
    here = wanted.without_cursor()
    return [
        Link("Waiting for you", waiting, _count(waiting, counters), waits=True, here=here == waiting),
        Link("On your list", listed, _count(listed, counters), waits=True, here=here == listed),
        Link("What they loved", loved, _count(loved, counters), here=here == loved),
        Link("Starred", replace(scope, starred=True), here=wanted.starred),
        Link("Labels to check", replace(scope, unsure=True), here=wanted.unsure),
        Link("Everything", replace(scope, sort="newest"), here=here == replace(scope, sort="newest")),
    ]


def _group(group: str, wanted: Filter, counters: Sequence[Row]) -> tuple[Link, list[Link]]:
    scope = _scope(wanted)
    whole = replace(scope, group=group, status="new")
    kinds = kinds_of(group)
    links = [
        Link(
            KINDS[kind].label,
            replace(scope, kinds=(kind,), status="new"),
            _new_in(kind, counters),
            waits=asks(kind, "negative"),
            here=wanted.kinds == (kind,),
        )
        for kind in kinds
    ]
    head = Link(GROUPS[group], whole, sum(link.n or 0 for link in links), here=wanted.group == group)
    # A group of one kind is that kind's tray.
    return (replace_link(head, links[0]), []) if len(kinds) == 1 else (head, links)


def replace_link(head: Link, only: Link) -> Link:
    """The link of a group that has only one kind."""
    return replace(only, name=head.name, here=head.here or only.here)


def _new_in(kind: str, counters: Sequence[Row]) -> int:
    """What waits of a kind that asks for something; what is unread of the others."""
    waits = asks(kind, "negative")
    return sum(
        row["n"]
        for row in counters
        if row["kind"] == kind and row["status"] == "new" and asks(kind, row["stance"]) == waits
    )


def _statuses(wanted: Filter, counters: Sequence[Row]) -> list[Link]:
    """The same tray by status. Numbers only where the counters know them."""
    links = []
    for status in ("", *STATUSES):
        tray = replace(wanted.without_cursor(), status=status)
        n = _count(tray, counters) if wanted.is_counted else None
        links.append(Link(status, tray, n, here=wanted.status == status))
    return links
