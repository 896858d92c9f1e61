"""A tray: the remarks a filter shows, beside the list of trays, with everything its page needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from feedback.access import Person
from feedback.dashboard import showing, store
from feedback.dashboard.letter import LOVED, WORKS_LISTED
from feedback.dashboard.showing import Piece
from feedback.db import Database, Row
from feedback.errors import NotFound
from feedback.remarks import passages, query, trays
from feedback.remarks.aside import all_look_like
from feedback.remarks.filter import STATUSES, Filter
from feedback.remarks.passages import Excerpt
from feedback.remarks.trays import Entry, Page, Total
from feedback.sorting.kinds import GROUPS, KINDS, asks, kinds_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one review has next to each other in a tray, in the order of the tray, and its text.

    ``looks_like`` says of a review in which something was set aside what that seems to be; "" of any other.
    """

    entries: Sequence[Entry]
    text: Sequence[Piece]
    looks_like: str

    @property
    def first(self) -> Entry:
        """The entry that speaks for the review."""
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class Link:
    """A tray one can go to.

    ``n`` is how many remarks it shows, ``None`` where no counter knows; ``waiting`` is how many of them ask for
    something. ``here``: it is the tray one is in.
    """

    name: str
    tray: Filter
    n: int | None = None
    waiting: int = 0
    here: bool = False


@dataclass(frozen=True, slots=True)
class Tray:
    """A tray's page.

    ``spots`` has, for each remark, where to be once it is gone from the tray; ``cutoff`` is the newest remark there
    was: a change of all that match reaches no further.
    """

    wanted: Filter
    title: str
    page: Page
    sheets: Sequence[Sheet]
    excerpts: Mapping[int, Excerpt]
    spots: Mapping[int, int]
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
        cutoff = trays.newest_id(db)
        works = store.works(db, me.id, WORKS_LISTED)
        sheets = _sheets(db, page.entries, is_aside=_is_aside(wanted))
        found = passages.excerpts(db, [entry.remark.id for entry in page.entries])
    return Tray(
        wanted=wanted,
        title=title(wanted),
        page=page,
        sheets=sheets,
        excerpts=found,
        spots=_spots([entry.remark.id for sheet in sheets for entry in sheet.entries]),
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


def _is_aside(wanted: Filter) -> bool:
    return wanted.group == "abuse" or wanted.kinds == kinds_of("abuse")


def _sheets(db: Database, entries: Sequence[Entry], *, is_aside: bool) -> list[Sheet]:
    aside = query.set_aside(db, sorted({entry.remark.review_id for entry in entries}))
    sheets = []
    for review_id, of_review in groupby(entries, key=lambda entry: entry.remark.review_id):
        here = list(of_review)
        source, folded = here[0].source, aside.get(review_id, ())
        lit = [entry.remark for entry in here]
        text = showing.guarded(source, folded) if is_aside else showing.pieces(source, lit, folded)
        sheets.append(Sheet(here, text, all_look_like(folded)))
    return sheets


def _spots(ids: Sequence[int]) -> dict[int, int]:
    """The next remark of the page; for the last, the one before it."""
    return dict(pairwise(ids)) | ({ids[-1]: ids[-2]} if len(ids) > 1 else {})


def _scope(wanted: Filter) -> Filter:
    """The work and chapter one is looking at, which going to another tray keeps."""
    return Filter(work=wanted.work, chapter=wanted.chapter)


def _count(tray: Filter, counters: Sequence[Row], *, asking: bool = False) -> int:
    return sum(
        row["n"]
        for row in counters
        if tray.counts(row["kind"], row["stance"], row["status"])
        and (not asking or (row["status"] in ("new", "todo") and asks(row["kind"], row["stance"])))
    )


def _link(name: str, tray: Filter, counters: Sequence[Row], *, here: bool) -> Link:
    return Link(name, tray, _count(tray, counters), _count(tray, counters, asking=True), here)


def _general(wanted: Filter, counters: Sequence[Row]) -> list[Link]:
    scope, here = _scope(wanted), wanted.without_cursor()
    counted = {
        "Waiting for you": replace(scope, asks=True, status="new"),
        "On your list": replace(scope, status="todo"),
        "What they loved": replace(scope, loved=LOVED.loved, status=LOVED.status),
    }
    everything = replace(scope, sort="newest")
    return [
        *(_link(name, tray, counters, here=here == tray) for name, tray in counted.items()),
        Link("Starred", replace(scope, starred=True), here=wanted.starred),
        Link("Labels to check", replace(scope, unsure=True), here=wanted.unsure),
        Link("Everything", everything, here=here == everything),
    ]


def _group(group: str, wanted: Filter, counters: Sequence[Row]) -> tuple[Link, list[Link]]:
    scope, kinds = _scope(wanted), kinds_of(group)
    links = [
        _link(
            KINDS[kind].label,
            replace(scope, kinds=(kind,), status="new"),
            counters,
            here=wanted.kinds == (kind,),
        )
        for kind in kinds
    ]
    if len(links) == 1:
        return links[0], []
    whole = replace(scope, group=group, status="new")
    return _link(GROUPS[group], whole, counters, here=wanted.group == group), links


def _statuses(wanted: Filter, counters: Sequence[Row]) -> list[Link]:
    """The same tray by status. Numbers only where the counters know them."""
    links = []
    for status in ("", *STATUSES):
        tray = replace(wanted.without_cursor(), status=status)
        n = _count(tray, counters) if wanted.is_counted else None
        links.append(Link(status, tray, n, here=wanted.status == status))
    return links
