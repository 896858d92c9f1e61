"""The sorter of this process, made once, and reading a review with it."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from feedback.db import Database, Row
from feedback.errors import NotFound, Unusable
from feedback.library import chapters
from feedback.remarks import learned, taught
from feedback.sorting import SORTER_VERSION, ModelDamaged, Sorter
from feedback.sorting.decisions import Decisions
from feedback.sorting.shapes import SortedRemark

_TEXTS = 8
"""Chapter texts kept at hand; reviews come in bursts on the chapter that just appeared. The longest has 500,000
characters, so eight are a few megabytes at most."""


class Sorts(Protocol):
    """What sorts a review. ``inline`` says that it is quick enough to do while a reader waits."""

    @property
    def inline(self) -> bool: ...

    def sort(
        self,
        text: str,
        chapter: str | None = None,
        spans: Sequence[tuple[int, int]] | None = None,
        decisions: Decisions | None = None,
    ) -> list[SortedRemark]: ...


@dataclass(frozen=True, slots=True)
class Read:
    """A review as it was read: its remarks, and the chapter text their anchors point into."""

    remarks: list[SortedRemark]
    chapter_text: str


_lock = threading.Lock()
_made: list[Sorts] = []
_learned: dict[str, int] = {}
"""By which learning of which database the sorter goes."""
_texts: OrderedDict[tuple[str, int, int], str] = OrderedDict()


def sorter() -> Sorts:
    """The sorter of this process, made on first use.

    :raises Unusable: a file of its model is missing or damaged.
    """
    if not _made:
        with _lock:
            if not _made:
                _made.append(_make(None))
    return _made[0]


def follow(db: Database) -> Sorts:
    """The sorter of this process, made anew if what the site has learned is another than it goes by.

    :raises Unusable: a file of its model is missing or damaged.
    """
    known = sorter()
    if known.inline:
        return known
    found, numbers = learned.in_force(db, SORTER_VERSION)
    with _lock:
        if _learned.get(str(db.path), 0) != found:
            _made[:] = [_make(numbers)]
            _learned.clear()
            _learned[str(db.path)] = found
        return _made[0]


def _make(numbers: Mapping[str, Any] | None) -> Sorts:
    try:
        return Sorter(learned=numbers)
    except ModelDamaged as error:
        raise Unusable(f"Reviews can't be sorted: {error}. Install feedback again.") from error


def read(db: Database, by: Sorts, source: str, chapter_id: int, version: int) -> Read | None:
    """Sort a review's source while its reader waits, or ``None`` to leave it to the queue."""
    if not by.inline:
        return None
    chapter_text = _text(db, chapter_id, version)
    return Read(by.sort(source, chapter=chapter_text), chapter_text)


def sort(db: Database, by: Sorts, row: Row) -> Read:
    """Sort a stored review against the version of the chapter it speaks of, minding what the work's author has filed
    by hand. Never inside a transaction.

    :param row: its ``source``, ``chapter_id``, ``chapter_version`` and ``author_id``.
    """
    chapter_text = _text(db, row["chapter_id"], row["chapter_version"])
    decisions = taught.decisions(db, row["author_id"])
    return Read(by.sort(row["source"], chapter=chapter_text, decisions=decisions), chapter_text)


def _text(db: Database, chapter_id: int, version: int) -> str:
    """The plain text of one version of a chapter, "" if it is gone. A version's text never changes."""
    key = (str(db.path), chapter_id, version)
    with _lock:
        if key in _texts:
            _texts.move_to_end(key)
            return _texts[key]
    try:
        found = chapters.chapter_text(db, chapter_id, version)
    except NotFound:
        return ""
    with _lock:
        _texts[key] = found
        while len(_texts) > _TEXTS:
            _texts.popitem(last=False)
    return found
