"""Lists of works: the recent ones for everybody, and an author's own. Paged by key, never by offset."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from feedback.access import Person
from feedback.db import Database, Row
from feedback.errors import BadQuery
from feedback.library import store

PAGE = 20
_CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Page:
    """Some works, and the cursor of the next page: "" on the last one."""

    works: list[Row]
    older: str


def recent(db: Database, cursor: str | None) -> Page:
    """Works with something published, by their newest chapter, newest first.

    :param cursor: the ``older`` of the page before.
    :raises BadQuery: the cursor is none.
    """
    rows = store.recent_works(db, _position(cursor), PAGE + 1)
    return _page(rows, lambda row: f"{row['published_at']}-{row['newest_id']}")


def own(db: Database, me: Person, cursor: str | None) -> Page:
    """All works of ``me``, the last made first.

    :raises BadQuery: the cursor is none.
    """
    if cursor and not _NUMBER.fullmatch(cursor):
        raise BadQuery("before")
    rows = store.works_of(db, me.id, int(cursor) if cursor else None, PAGE + 1)
    return _page(rows, lambda row: str(row["id"]))


def unfinished(db: Database, me: Person, limit: int = 5) -> list[Row]:
    """The last works of ``me`` that have drafts or nothing published."""
    return store.works_of(db, me.id, None, limit, unfinished=True)


def _position(cursor: str | None) -> tuple[int, int] | None:
    if not cursor:
        return None
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise BadQuery("before")
    return int(match[1]), int(match[2])


def _page(rows: list[Row], cursor: Callable[[Row], str]) -> Page:
    """One row more than a page was asked for: it only says whether there is more."""
    works = rows[:PAGE]
    return Page(works, cursor(works[-1]) if len(rows) > PAGE else "")
