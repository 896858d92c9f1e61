"""The filter of the desk: one object that a page's address, its list, its counts, a bulk change and the export share.

It yields the conditions, the order and the keyset, so that they cannot drift apart. Every fragment of SQL stands
beside the values it names; columns and directions come from the tables here only.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from feedback import text
from feedback.db.schema.review_order import A_REVIEW, REVIEWS
from feedback.errors import BadQuery, Invalid
from feedback.remarks.asking import LOVED_SQL, asks_sql, is_loved
from feedback.sorting.kinds import GROUPS, KINDS, STANCES, asks, kinds_of

STATUSES = ("new", "todo", "done", "declined")
SORTS = ("newest", "oldest", "chapter")
LARGEST = 2**63 - 1
QUERY_LIMIT = 200
QUERY_WORDS = 12
LONGEST = 400

PARAMETERS = (
    "work", "chapter", "kind", "group", "stance", "status", "reviewer", "q", "starred", "unsure", "answered",
    "asks", "loved", "since", "sort", "before", "after",
)  # fmt: skip
"""What an address can carry. Only ``kind`` may stand in it more than once."""

_NUMBER = re.compile(r"[0-9]{1,19}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What FTS5's unicode61 makes words of; a "word" without any of these can't be found.
_SEARCHABLE = re.compile(r"[^\W_]")

_CHAPTER = """remark.chapter_id = (
    SELECT chapter.id FROM chapter WHERE chapter.work_id = :work AND chapter.number = :chapter
)"""
_REVIEWER = """remark.review_id = review.id AND review.author_id = :author AND review.reader_id = (
    SELECT account.id FROM account WHERE account.name_key = :reviewer
)"""
# Reviews come in by the clock, or nearly: the first condition finds where to begin, the second one is exact. The
# "+ 0" has SQLite look for the least id among the reviews since then, not try all reviews from the least id on.
_SINCE = """remark.review_id >= (
    SELECT MIN(review.id + 0) FROM review WHERE review.author_id = :author AND review.submitted_at >= :since
) AND (SELECT review.submitted_at FROM review WHERE review.id = remark.review_id) >= :since"""
_UNANSWERED = "NOT EXISTS (SELECT 1 FROM reply WHERE reply.review_id = remark.review_id)"
_MATCH = f"remark_search MATCH :match AND remark.id = remark_search.rowid % {A_REVIEW}"
_IN_CHAPTER = """remark.chapter_id = chapter.id AND chapter.work_id IN (
    SELECT work.id FROM work WHERE work.author_id = :author
)"""


@dataclass(frozen=True, slots=True)
class Where:
    """A part of a statement and the values it names."""

    sql: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which remarks of one author's desk, and in which order. Made by ``parse``; ``None`` and "" filter nothing.

    ``asks``: what asks for something; ``loved``: what the letter calls so.
    ``since`` is a day, from its first second on, UTC. ``before`` and ``after`` are keys of the order: runs with a
    smaller, or a larger, key than that.
    """

    work: int | None = None
    chapter: int | None = None
    kinds: tuple[str, ...] = ()
    group: str = ""
    stance: str = ""
    status: str = ""
    reviewer: str = ""
    q: str = ""
    starred: bool = False
    unsure: bool = False
    unanswered: bool = False
    asks: bool = False
    loved: bool = False
    since: date | None = None
    sort: str = ""
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()

    @property
    def chosen_kinds(self) -> tuple[str, ...]:
        """The kinds that can match: all of them where none was chosen."""
        return tuple(kind for kind in KINDS if self._takes(kind))

    def _takes(self, kind: str) -> bool:
        return (not self.kinds or kind in self.kinds) and self.group in ("", KINDS[kind].group)

    @property
    def order(self) -> str:
        """The sort as asked for; otherwise craft goes in chapter order and the rest newest first."""
        if self.sort:
            return self.sort
        narrowed = bool(self.kinds or self.group)
        craft = narrowed and set(self.chosen_kinds) <= set(kinds_of("craft"))
        return "chapter" if craft and not self.q else "newest"

    @property
    def is_counted(self) -> bool:
        """Whether the maintained counters alone say how many remarks match."""
        return not (self.reviewer or self.q or self.starred or self.unsure or self.unanswered or self.since)

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for more than a tray, a status and words."""
        return bool(
            self.work or self.stance or self.reviewer or self.starred or self.unsure or self.unanswered or self.since
        )

    def counts(self, kind: str, stance: str, status: str) -> bool:
        """Whether remarks of this label and status match, as far as those decide."""
        return (
            self._takes(kind)
            and self.stance in ("", stance)
            and self.status in ("", status)
            and (not self.asks or asks(kind, stance))
            and (not self.loved or is_loved(kind, stance))
        )

    def without_cursor(self) -> "Filter":
        """The same, from its first page."""
        return replace(self, before=(), after=())

    def to_query(self) -> list[tuple[str, str]]:
        """The parameters that ``parse`` reads back as this filter."""
        pairs = [
            ("work", str(self.work or "")),
            ("chapter", str(self.chapter or "")),
            *(("kind", kind) for kind in self.kinds),
            ("group", self.group),
            ("stance", self.stance),
            ("status", self.status),
            ("reviewer", self.reviewer),
            ("q", self.q),
            ("starred", "1" if self.starred else ""),
            ("unsure", "1" if self.unsure else ""),
            ("answered", "no" if self.unanswered else ""),
            ("asks", "1" if self.asks else ""),
            ("loved", "1" if self.loved else ""),
            ("since", self.since.isoformat() if self.since else ""),
            ("sort", self.sort),
            ("before", cursor_text(self.before)),
            ("after", cursor_text(self.after)),
        ]
        return [(name, value) for name, value in pairs if value]

    @property
    def source(self) -> str:
        """The tables rows are found in, the deciding one first: CROSS JOIN keeps SQLite from turning them around."""
        tables = ["remark"]
        if self.order == "chapter":
            # Chapter by chapter where most rows match; but few rows are found first and then put in order.
            tables.insert(len(tables) if self.q or self.reviewer else 0, "chapter")
        if self.reviewer:
            tables.insert(1 if self.q else 0, "review")
        if self.q:
            tables.insert(0, "remark_search")
        return " CROSS JOIN ".join(tables)

    @property
    def source_around(self) -> str:
        """The same tables around a remark that is known already: no order, but each row is reached at once."""
        tables = ["remark"] + ["review"] * bool(self.reviewer) + ["remark_search"] * bool(self.q)
        return " CROSS JOIN ".join(tables)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the order, which is one of runs: what one review says, in chapter order on one passage.

        A remark keeps them for good, but for its place in the chapters, which moves when these are changed.
        """
        if self.order == "chapter":
            return ("chapter.work_id", "chapter.number", "remark.place", "remark.review_id")
        return ("remark.review_id",)

    @property
    def _is_found_in_order(self) -> bool:
        """Whether rows come from the search index in its own order, which is that of the reviews."""
        return bool(self.q) and self.order != "chapter"

    def matching(self, author_id: int) -> Where:
        """The condition on ``source`` for the rows of ``author_id`` that this filter shows, on whichever page."""
        parts = [Where("remark.author_id = :author AND remark.on_desk = 1", {"author": author_id})]
        if self.q:
            parts.append(Where(_MATCH, {"match": search(author_id, self.q)}))
        if self.order == "chapter":
            parts.append(Where(_IN_CHAPTER, {}))
        if self.work is not None:
            parts.append(Where("remark.work_id = :work", {"work": self.work}))
        if self.chapter is not None:
            parts.append(Where(_CHAPTER, {"chapter": self.chapter}))
        return _all([*parts, *self._label(), *self._review()])

    def page(self, author_id: int) -> Where:
        """As ``matching``, from the cursor on."""
        return _all([self.matching(author_id), *self._keyset("before", "<"), *self._keyset("after", ">")])

    def _keyset(self, name: str, sign: str) -> list[Where]:
        cursor = self.before if name == "before" else self.after
        if not cursor:
            return []
        if self._is_found_in_order:
            return [_from_review(name, cursor[0])]
        values = {f"{name}{n}": value for n, value in enumerate(cursor)}
        columns, names = ", ".join(self.key), ", ".join(f":{key}" for key in values)
        return [Where(f"({columns}) {sign} ({names})" if len(cursor) > 1 else f"{columns} {sign} {names}", values)]

    @property
    def is_backwards(self) -> bool:
        """Whether the cursor asks for the page before it: rows are then found in reverse."""
        return bool(self.after if self.order == "newest" else self.before)

    @property
    def order_by(self) -> str:
        """The ORDER BY in which the runs of a page are found."""
        direction = "DESC" if (self.order == "newest") != self.is_backwards else "ASC"
        columns = ("remark_search.rowid",) if self._is_found_in_order else self.key
        return ", ".join(f"{column} {direction}" for column in columns)

    def _label(self) -> list[Where]:
        parts = []
        if self.kinds or self.group:
            parts.append(Where(_kinds(self.chosen_kinds), {}))
        if self.stance:
            parts.append(Where("remark.stance = :stance", {"stance": self.stance}))
        if self.status:
            parts.append(Where("remark.status = :status", {"status": self.status}))
        if self.asks:
            parts.append(Where(asks_sql("remark.kind", "remark.stance"), {}))
        if self.loved:
            parts.append(Where(LOVED_SQL, {}))
        if self.starred:
            parts.append(Where("remark.starred = 1", {}))
        if self.unsure:
            parts.append(Where("remark.unsure = 1", {}))
        return parts

    def _review(self) -> list[Where]:
        """Conditions on the review a remark is of."""
        parts = []
        if self.reviewer:
            parts.append(Where(_REVIEWER, {"reviewer": text.username(self.reviewer)[1]}))
        if self.unanswered:
            parts.append(Where(_UNANSWERED, {}))
        if self.since:
            first = int(datetime(self.since.year, self.since.month, self.since.day, tzinfo=UTC).timestamp())
            parts.append(Where(_SINCE, {"since": first}))
        return parts


def parse(args: Mapping[str, Sequence[str]]) -> Filter:
    """The filter an address, a form or a command line asks for. An empty value is as none; other names are ignored.

    :raises BadQuery: naming the parameter that is repeated, too long, or makes no sense.
    """
    given = {name: _given(name, args.get(name, ())) for name in PARAMETERS}
    one = {name: values[0] if values else "" for name, values in given.items()}
    found = Filter(
        work=_number("work", one["work"]),
        chapter=_number("chapter", one["chapter"]),
        kinds=tuple(dict.fromkeys(_of("kind", kind, KINDS) for kind in given["kind"])),
        group=_of("group", one["group"], GROUPS),
        stance=_of("stance", one["stance"], STANCES),
        status=_of("status", one["status"], STATUSES),
        reviewer=_reviewer(one["reviewer"]),
        q=_words(one["q"]),
        starred=bool(_of("starred", one["starred"], ("1",))),
        unsure=bool(_of("unsure", one["unsure"], ("1",))),
        asks=bool(_of("asks", one["asks"], ("1",))),
        loved=bool(_of("loved", one["loved"], ("1",))),
        unanswered=bool(_of("answered", one["answered"], ("no",))),
        since=_day(one["since"]),
        sort=_of("sort", one["sort"], SORTS),
    )
    if found.chapter is not None and found.work is None:
        raise BadQuery("chapter", "A “chapter” needs the “work” it is of.")
    return _at_cursor(found, one["before"], one["after"])


def search(author_id: int, q: str) -> str:
    """An FTS5 expression for rows of ``author_id`` with every word of ``q``, literally; "" finds nothing.

    The author stands in the index as a word of its own, so that nobody else's text is even looked at.
    """
    words = [word.replace('"', " ") for word in q.split() if _SEARCHABLE.search(word)]
    if not words:
        return '""'
    return " AND ".join([f'owner : "a{author_id}"', *(f'text : "{word}"' for word in words)])


def _kinds(kinds: Sequence[str]) -> str:
    """Written out, not named: only so does SQLite see that the small index of what is set aside will do."""
    words = [f"'{kind}'" for kind in kinds]
    return f"remark.kind = {words[0]}" if len(words) == 1 else f"remark.kind IN ({', '.join(words) or 'NULL'})"


def _all(parts: Sequence[Where]) -> Where:
    values: dict[str, Any] = {}
    for part in parts:
        values |= part.values
    return Where("\n    AND ".join(part.sql for part in parts), values)


def _from_review(name: str, review_id: int) -> Where:
    """The cursor as the search index understands it: every remark of a review has a number from here to there."""
    first = min(review_id + (name == "after"), REVIEWS - 1) * A_REVIEW
    return Where(f"remark_search.rowid {'>=' if name == 'after' else '<'} :{name}", {name: first})


def _given(name: str, values: Sequence[str]) -> list[str]:
    present = [value for value in values if value]
    if len(present) > (len(KINDS) if name == "kind" else 1) or any(len(value) > LONGEST for value in present):
        raise BadQuery(name)
    return present


def _number(name: str, value: str) -> int | None:
    if not value:
        return None
    if not _NUMBER.fullmatch(value) or not 0 < int(value) <= LARGEST:
        raise BadQuery(name)
    return int(value)


def _of(name: str, value: str, allowed: Collection[str]) -> str:
    if value and value not in allowed:
        raise BadQuery(name)
    return value


def _reviewer(value: str) -> str:
    if not value.strip():
        return ""
    try:
        return text.username(value)[0]
    except Invalid as error:
        raise BadQuery("reviewer") from error


def _words(value: str) -> str:
    try:
        q = text.line(value, limit=QUERY_LIMIT, field="q", what="A search")
    except Invalid as error:
        raise BadQuery("q", error.message) from error
    if len(q.split()) > QUERY_WORDS:
        raise BadQuery("q", f"A search can have {QUERY_WORDS} words.")
    return q


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadQuery("since", "“since” is a day, as in 2026-03-01.") from error


def _at_cursor(found: Filter, before: str, after: str) -> Filter:
    if before and after:
        raise BadQuery("after", "A page starts before a place or after it, not both.")
    return replace(found, before=_cursor("before", before, found), after=_cursor("after", after, found))


def _cursor(name: str, value: str, found: Filter) -> tuple[int, ...]:
    parts = value.split(".") if value else []
    if parts and len(parts) != len(found.key):
        raise BadQuery(name)
    if any(not _NUMBER.fullmatch(part) or int(part) > LARGEST for part in parts):
        raise BadQuery(name)
    return tuple(int(part) for part in parts)


def cursor_text(cursor: Sequence[int]) -> str:
    """A cursor as it stands in an address."""
    return ".".join(map(str, cursor))
