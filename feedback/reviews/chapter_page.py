"""The chapter page: the parts that are the same for everybody, made once and kept for as long as they are true.

A kept page is found by where it is and is only used while its stamp - the chapter's id, the page versions of chapter
and work, the database file - is the one just read. The schema's triggers raise a page version in the transaction of
anything a stranger could see, so no answer after a change is older than the change. Nothing personal, no token and
no relative time goes into it.
"""

import hashlib
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import current_app
from markupsafe import Markup

from feedback.access import Person
from feedback.db import Database
from feedback.library import chapters, works
from feedback.pages import cleaned
from feedback.reviews import reading
from feedback.reviews.reading import Spot

BYTES = 16 * 1024 * 1024
"""What all kept pages of a process may weigh."""

Key = tuple[int, int, int | None]
Stamp = tuple[object, ...]


@dataclass(slots=True)
class Page:
    """The public parts of one page of one chapter: text, invitation and letters.

    ``whole`` is the complete page as somebody without cookies gets it, made when one first asks; ``etag`` is its
    content's.
    """

    title: str
    work_title: str
    article: Markup
    invitation: Markup
    letters: Markup
    whole: bytes = b""
    etag: str = ""

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, about."""
        parts = (self.article, self.invitation, self.letters)
        return sum(map(sys.getsizeof, parts)) + len(self.whole)

    def finish(self, html: str) -> None:
        """Keep the complete page for people without cookies."""
        self.whole = html.encode()
        self.etag = f'"{hashlib.sha256(self.whole).hexdigest()[:32]}"'


@dataclass(slots=True)
class Pages:
    """Kept pages of one process; those longest unused give way when they weigh too much."""

    most: int = BYTES
    weight: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: OrderedDict[Key, tuple[Stamp, Page, int]] = field(default_factory=OrderedDict)

    def find(self, key: Key, stamp: Stamp, make: Callable[[], Page]) -> Page:
        """The page kept under ``key`` if it still has this ``stamp``, else a new one from ``make``."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == stamp:
                self._kept.move_to_end(key)
                return kept[1]
        page = make()
        self.keep(key, stamp, page)
        return page

    def keep(self, key: Key, stamp: Stamp, page: Page) -> None:
        """Keep ``page``, or weigh it again after it grew."""
        weight = page.weight
        with self._lock:
            self._drop(key)
            if weight > self.most // 4:
                return
            self._kept[key] = (stamp, page, weight)
            self.weight += weight
            while self.weight > self.most:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.weight -= kept[2]


def find(db: Database, pages: Pages, viewer: Person | None, spot: Spot, before: int | None) -> Page:
    """The public parts of the chapter at ``spot``, which ``viewer`` may read, with the reviews before ``before``."""
    return pages.find(_key(spot, before), _stamp(db, spot), lambda: _make(db, viewer, spot, before))


def finish(db: Database, pages: Pages, spot: Spot, before: int | None, page: Page, html: str) -> None:
    """Keep the complete page that was made of ``page`` for people without cookies."""
    page.finish(html)
    pages.keep(_key(spot, before), _stamp(db, spot), page)


def _key(spot: Spot, before: int | None) -> Key:
    return spot.work_id, spot.number, before


def _stamp(db: Database, spot: Spot) -> Stamp:
    return spot.id, spot.page_version, spot.work_page_version, db.file_id


def _make(db: Database, viewer: Person | None, spot: Spot, before: int | None) -> Page:
    chapter = chapters.find_chapter(db, viewer, spot.work_id, spot.number)
    work = works.find_work(db, viewer, spot.work_id)
    # Neighbours as a stranger sees them: another draft of the author has no place on a page that is kept.
    previous, following = chapters.neighbours(db, None, chapter)
    letters, older = reading.letters(db, chapter.id, before)
    # Rendered without the request's context, so that nothing of whoever asks first can get in.
    return Page(
        title=chapter.title,
        work_title=work.title,
        article=_part("article", chapter=chapter, work=work, previous=previous),
        invitation=_part("invitation", invitation=work.invitation),
        letters=_part(
            "letters", chapter=chapter, following=following, letters=letters, older=older, before=before, work=work
        ),
    )


def _part(name: str, **values: object) -> Markup:
    return cleaned(current_app.jinja_env.get_template(f"reviews/{name}.html").render(**values))
