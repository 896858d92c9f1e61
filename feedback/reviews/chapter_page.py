"""The chapter page's parts that are the same for everybody, made once and kept for as long as they are true.

A kept part is found by where it is and is only used while its stamp - the chapter's id, the page versions of chapter
and work, the database file - is the one just read. The schema's triggers raise a page version in the transaction of
anything a stranger could see, so no answer after a change is older than the change. Nothing personal, no token and
no relative time goes into it.
"""

import sys
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from feedback.access import Person
from feedback.db import Database
from feedback.library import chapters, works
from feedback.pages import cleaned
from feedback.reviews import reading
from feedback.reviews.kept import Kept
from feedback.reviews.reading import Spot

BYTES = 8 * 1024 * 1024
"""What the kept parts of a process may weigh."""

Stamp = tuple[object, ...]
Pages = Kept[tuple[int, int, int | None], tuple[Stamp, "Page"]]


@dataclass(frozen=True, slots=True)
class Page:
    """The public parts of one page of one chapter: text, invitation and letters."""

    title: str
    work_title: str
    article: Markup
    invitation: Markup
    letters: Markup

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, about."""
        return sum(map(sys.getsizeof, (self.article, self.invitation, self.letters)))


def stamp(db: Database, spot: Spot) -> Stamp:
    """What changes with everything that a stranger could see on the page at ``spot``."""
    return spot.id, spot.page_version, spot.work_page_version, db.file_id


def find(db: Database, pages: Pages, viewer: Person | None, spot: Spot, before: int | None) -> Page:
    """The public parts of the chapter at ``spot``, which ``viewer`` may read, with the reviews before ``before``."""
    key = spot.work_id, spot.number, before
    now = stamp(db, spot)
    kept = pages.get(key)
    if kept is not None and kept[0] == now:
        return kept[1]
    page = _make(db, viewer, spot, before)
    pages.put(key, (now, page), page.weight)
    return page


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
