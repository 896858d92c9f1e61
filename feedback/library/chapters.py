"""Chapters: finding one with the right to it, and saving its texts. Every saved text is a version."""

from dataclasses import dataclass

from feedback import access
from feedback.access import Person
from feedback.db import Database, Row
from feedback.errors import Conflict, Forbidden, NotFound
from feedback.library import chapter_store as store
from feedback.library import manuscript as manuscripts
from feedback.library import store as works_store
from feedback.library.manuscript import Manuscript, Printed
from feedback.library.store import LARGEST_ID
from feedback.library.works import Work, find_work, is_author

DELETED = "This chapter was deleted meanwhile."


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its present text. Times are seconds since 1970; ``version`` is the one being read."""

    id: int
    work_id: int
    author_id: int
    author_name: str
    work_title: str
    number: int
    title: str
    state: str
    version: int
    notes_before: str
    body: str
    notes_after: str
    notes_before_html: str
    body_html: str
    body_text: str
    notes_after_html: str
    words: int
    created_at: int
    updated_at: int
    published_at: int | None
    public_reviews: int
    page_version: int

    @property
    def manuscript(self) -> Manuscript:
        """Its source, as a form shows it."""
        return Manuscript(self.title, self.notes_before, self.body, self.notes_after)


@dataclass(frozen=True, slots=True)
class Place:
    """What tells whether a chapter's page is still the same: cheap to look up, without any text."""

    id: int
    author_id: int
    state: str
    page_version: int
    work_page_version: int


class Stale(Conflict):
    """The chapter was saved elsewhere since the form was opened. ``chapter`` is as it is stored now."""

    def __init__(self, chapter: Chapter) -> None:
        super().__init__(
            "This chapter was saved somewhere else while you were writing here. Nothing is lost: "
            "the saved text stands above yours. Save again to replace it."
        )
        self.chapter = chapter


def find_chapter(db: Database, viewer: Person | None, work_id: int, number: int) -> Chapter:
    """Chapter ``number`` of a work, if ``viewer`` may read it.

    :raises NotFound: it does not exist, or is someone else's draft.
    """
    return _readable(viewer, store.chapter(db, work_id, number) if _possible(work_id, number) else None)


def find_place(db: Database, viewer: Person | None, work_id: int, number: int) -> Place:
    """As ``find_chapter``, without the text: for a page that is already made.

    :raises NotFound: it does not exist, or is someone else's draft.
    """
    row = store.place(db, work_id, number) if _possible(work_id, number) else None
    if row is None or not access.may_read_chapter(viewer, author_id=row["author_id"], state=row["state"]):
        raise NotFound
    return Place(**dict(row))


def own_chapter(
    db: Database, viewer: Person | None, work_id: int, number: int, *, chapter_id: int | None = None
) -> Chapter:
    """A chapter, if ``viewer`` may change it.

    :param chapter_id: the chapter a form was opened for. It is the one meant, even if the chapters were put in
        another order since and ``number`` is now another's.
    :raises NotFound: as ``find_chapter``.
    :raises Forbidden: it is someone else's.
    :raises Conflict: the form's chapter was deleted.
    """
    if chapter_id is not None and is_author(viewer, find_work(db, viewer, work_id)):
        return _meant(db, work_id, chapter_id)
    chapter = find_chapter(db, viewer, work_id, number)
    if not access.may_change_work(viewer, author_id=chapter.author_id):
        raise Forbidden("Only its author can change this chapter.")
    return chapter


def _meant(db: Database, work_id: int, chapter_id: int) -> Chapter:
    row = store.chapter_by_id(db, chapter_id) if _possible(chapter_id) else None
    if row is None or row["work_id"] != work_id:
        raise Conflict(DELETED)
    return Chapter(**dict(row))


def _possible(*ids: int) -> bool:
    return all(0 < number <= LARGEST_ID for number in ids)


def _readable(viewer: Person | None, row: Row | None) -> Chapter:
    if row is None or not access.may_read_chapter(viewer, author_id=row["author_id"], state=row["state"]):
        raise NotFound
    return Chapter(**dict(row))


def chapter_text(db: Database, chapter_id: int, version: int) -> str:
    """The plain text of one version: what positions of quotes count in.

    :raises NotFound: there is no such version.
    """
    found = store.body_text(db, chapter_id, version)
    if found is None:
        raise NotFound
    return found


def contents(db: Database, viewer: Person | None, work: Work) -> list[Row]:
    """The chapters of ``work`` in order, without texts; drafts only for the author."""
    return store.contents(db, work.id, drafts=is_author(viewer, work))


def last_number(db: Database, work: Work) -> int:
    """How many chapters ``work`` has, drafts included."""
    return store.last_number(db, work.id)


def neighbours(db: Database, viewer: Person | None, chapter: Chapter) -> tuple[Row | None, Row | None]:
    """Number and title of the chapters before and after that ``viewer`` may read."""
    drafts = access.may_change_work(viewer, author_id=chapter.author_id)
    before = store.neighbour(db, chapter.work_id, chapter.number, after=False, drafts=drafts)
    after = store.neighbour(db, chapter.work_id, chapter.number, after=True, drafts=drafts)
    return before, after


def create(
    db: Database, work: Work, text: Manuscript, *, publish: bool, now: int, last: int | None = None
) -> Chapter:
    """A new last chapter of ``work``, which came from ``own_work``.

    :param last: how many chapters the work had when the form was opened. The same text sent again from the same
        form, by a double click, is then the chapter already made.
    :raises Invalid: when the text can't be turned into pages.
    :raises NotFound: the work was deleted meanwhile.
    """
    pages = manuscripts.printed(text)
    with db.transaction():
        if works_store.work(db, work.id) is None:
            raise NotFound
        number = store.last_number(db, work.id) + 1
        if last is not None and last + 1 == number - 1 and _text_at(db, work.id, number - 1) == text:
            number -= 1
        else:
            _add(db, work.id, number, text, pages, publish=publish, now=now)
        return _stored(store.chapter(db, work.id, number))


def _text_at(db: Database, work_id: int, number: int) -> Manuscript | None:
    row = store.chapter(db, work_id, number)
    return Chapter(**dict(row)).manuscript if row else None


def _add(
    db: Database, work_id: int, number: int, text: Manuscript, pages: Printed, *, publish: bool, now: int
) -> None:
    state = "published" if publish else "draft"
    chapter_id = store.add_chapter(db, work_id, number, state, now)
    store.add_version(db, chapter_id, 1, manuscripts.columns(text, pages), now)


def edit(
    db: Database,
    chapter: Chapter,
    text: Manuscript,
    *,
    now: int,
    publish: bool | None = None,
    base_version: int | None = None,
) -> Chapter:
    """Save ``text`` as the next version of ``chapter`` (from ``own_chapter``). An unchanged text makes none.

    :param publish: also publish it, or make it a draft; ``None`` leaves that as it is.
    :param base_version: the version the writer started from; ``None``: the last save wins.
    :raises Invalid: when the text can't be turned into pages.
    :raises Stale: another version was saved since ``base_version``.
    :raises Conflict: the chapter was deleted meanwhile.
    """
    pages = manuscripts.printed(text) if text != chapter.manuscript else None
    with db.transaction():
        current = _current(db, chapter.id)
        if current.manuscript != text:
            # Without pages the text was the stored one a moment ago: it was saved elsewhere just now.
            if pages is None or base_version not in (None, current.version):
                raise Stale(current)
            _save(db, current, text, pages, now)
        if publish is not None:
            store.set_state(db, chapter.id, "published" if publish else "draft", now)
        # Inside: a moment later somebody else's save might be the one to be read.
        return _stored(store.chapter_by_id(db, chapter.id))


def publish(db: Database, chapter: Chapter, *, published: bool, now: int) -> None:
    """Publish ``chapter`` (from ``own_chapter``), or make it a draft again."""
    with db.transaction():
        store.set_state(db, chapter.id, "published" if published else "draft", now)


def _current(db: Database, chapter_id: int) -> Chapter:
    row = store.chapter_by_id(db, chapter_id)
    if row is None:
        raise Conflict(DELETED)
    return Chapter(**dict(row))


def _stored(row: Row | None) -> Chapter:
    if row is None:
        raise NotFound
    return Chapter(**dict(row))


def _save(db: Database, current: Chapter, text: Manuscript, pages: Printed, now: int) -> None:
    store.add_version(db, current.id, current.version + 1, manuscripts.columns(text, pages), now)
    store.set_version(db, current.id, current.version + 1, now)


def versions(db: Database, chapter: Chapter) -> list[Row]:
    """Every saved text of ``chapter``, newest first: number, title, words and date."""
    return store.versions(db, chapter.id)


def find_version(db: Database, chapter: Chapter, number: int) -> Row:
    """One saved text of ``chapter`` whole.

    :raises NotFound: there is no such version.
    """
    row = store.version(db, chapter.id, number) if _possible(number) else None
    if row is None:
        raise NotFound
    return row


def restore(db: Database, chapter: Chapter, number: int, *, now: int) -> Chapter:
    """Save an earlier text of ``chapter`` (from ``own_chapter``) again, as a new version; the later ones stay.

    :raises NotFound: there is no such version.
    :raises Invalid: when its text is refused by today's rules for pages.
    """
    row = find_version(db, chapter, number)
    text = Manuscript(row["title"], row["notes_before"], row["body"], row["notes_after"])
    return edit(db, chapter, text, now=now)
