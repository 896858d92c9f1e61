"""The sorter of this process, made once, and reading a review with it."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from feedback.db import Database
from feedback.errors import NotFound, Unusable
from feedback.library import chapters
from feedback.sorting import ModelDamaged, Sorter
from feedback.sorting.shapes import SortedRemark

_TEXTS = 8
"""Chapter texts kept at hand; reviews come in bursts on the chapter that just appeared. The longest has 500,000
characters, so eight are a few megabytes at most."""


class Sorts(Protocol):
    """What sorts a review. ``inline`` says that it is quick enough to do while a reader waits."""

    @property
    def inline(self) -> bool: ...

    def sort(
        self, text: str, chapter: str | None = None, spans: Sequence[tuple[int, int]] | None = None
    ) -> list[SortedRemark]: ...


@dataclass(frozen=True, slots=True)
class Read:
    """A review as it was read: its remarks, and the chapter text their anchors point into."""

    remarks: list[SortedRemark]
    chapter_text: str


_lock = threading.Lock()
_made: list[Sorts] = []
_texts: OrderedDict[tuple[str, int, int], str] = OrderedDict()


def sorter() -> Sorts:
    """The sorter of this process, made on first use.

    :raises Unusable: a file of its model is missing or damaged.
    """
    if not _made:
        with _lock:
            if not _made:
                _made.append(_make())
    return _made[0]


def _make() -> Sorts:
    try:
        return Sorter()
    except ModelDamaged as error:
        raise Unusable(f"Reviews can't be sorted: {error}. Install feedback again.") from error


def read(db: Database, by: Sorts, source: str, chapter_id: int, version: int) -> Read | None:
    """Sort a review's source while its reader waits, or ``None`` to leave it to the queue."""
    return sort(db, by, source, chapter_id, version) if by.inline else None


def sort(db: Database, by: Sorts, source: str, chapter_id: int, version: int) -> Read:
    """Sort a review's source against the version of the chapter it speaks of. Never inside a transaction."""
    chapter_text = _text(db, chapter_id, version)
    return Read(by.sort(source, chapter=chapter_text), chapter_text)


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
