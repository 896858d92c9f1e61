"""An archive without the web: Mara's two works, Ada's one, readers, and reviews filed with whatever labels a test
wants."""

import atexit
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from feedback.db import Database, migrate
from feedback.remarks import filing, query, trays
from feedback.remarks.filter import Filter
from feedback.remarks.trays import Entry
from feedback.sorting.kinds import KINDS
from feedback.sorting.shapes import Anchor, Correction, SortedRemark

MARA, ADA, BEN, CLEO = 1, 2, 3, 4
CHAPTER_TEXT = (
    "The mules would not cross. “Leave them,” said Ilse, and her sister layed down the rope. By noon it rained."
)


@dataclass(frozen=True)
class ReviewRow:
    id: int
    author_id: int
    work_id: int
    chapter_id: int
    version: int
    state: str
    visibility: str
    source: str


def remark_at(source: str, text: str, kind: str = "praise", stance: str = "positive", **more: Any) -> SortedRemark:
    """A sorted remark on ``text`` where it stands in ``source``."""
    start = source.index(text)
    made = SortedRemark(start, start + len(text), text, kind, stance, 0.8, False, ("because",))
    return replace(made, **more)


@dataclass
class Archive:
    db: Database
    now: int = 1_700_000_000
    made: int = field(default=0)

    def review(
        self,
        labels: Sequence[tuple[str, str]] = (("praise", "positive"),),
        *,
        chapter: int = 1,
        reader: int = BEN,
        state: str = "published",
        visibility: str = "public",
        texts: Sequence[str] | None = None,
        at: int | None = None,
    ) -> ReviewRow:
        """A review with one remark a label, filed."""
        texts = texts or [f"sentence {self.made + n} here." for n in range(len(labels))]
        self.made += len(labels)
        source = " ".join(texts)
        row = self.bare_review(source, chapter=chapter, reader=reader, state=state, visibility=visibility, at=at)
        start, remarks = 0, []
        for text, (kind, stance) in zip(texts, labels, strict=True):
            remarks.append(SortedRemark(start, start + len(text), text, kind, stance, 0.8, False, ("because",)))
            start += len(text) + 1
        self.file(row, remarks)
        return row

    def bare_review(
        self,
        source: str,
        *,
        chapter: int = 1,
        reader: int = BEN,
        state: str = "published",
        visibility: str = "public",
        at: int | None = None,
    ) -> ReviewRow:
        """A review that nobody has sorted."""
        place = self.db.row(
            "SELECT work_id, author_id FROM chapter JOIN work ON work.id = work_id WHERE chapter.id = :chapter",
            chapter=chapter,
        )
        assert place
        review: int = self.db.value(
            """
            INSERT INTO review (chapter_id, work_id, author_id, reader_id, chapter_version, state, visibility, source,
                html, text, policy_version, words, submitted_at)
            VALUES (:chapter, :work, :author, :reader, 1, :state, :visibility, :source, '', '', 1, 3, :at)
            RETURNING id
            """,
            chapter=chapter,
            work=place["work_id"],
            author=place["author_id"],
            reader=reader,
            state=state,
            visibility=visibility,
            source=source,
            at=self.now if at is None else at,
        )
        return ReviewRow(review, place["author_id"], place["work_id"], chapter, 1, state, visibility, source)

    def file(self, row: ReviewRow, remarks: Sequence[SortedRemark], **more: bool) -> bool:
        with self.db.transaction():
            return filing.file(self.db, row, remarks, chapter_version=1, chapter_text=CHAPTER_TEXT, **more)

    def edit(self, row: ReviewRow, source: str) -> ReviewRow:
        """The next version of a review, not sorted yet."""
        self.db.change(
            "UPDATE review SET source = :source, version = version + 1, sorted = 0 WHERE id = :id",
            source=source,
            id=row.id,
        )
        return replace(row, version=row.version + 1, source=source)

    def turn_around(self, row: ReviewRow) -> ReviewRow:
        """Edit a review: all it says stands in the other order, behind a new sentence; its remarks are kept."""
        old = query.of_review(self.db, row.id)[::-1]
        source = " ".join(["A word before.", *(remark.text for remark in old)])
        later, remarks, start = self.edit(row, source), [remark_at(source, "A word before.")], len("A word before. ")
        for remark in old:
            fixes = tuple(_fix(passage.quote, passage.start) for passage in remark.passages)
            made = remark_at(source, remark.text, remark.kind, remark.stance, corrections=fixes)
            remarks.append(replace(made, start=start, end=start + len(remark.text)))
            start += len(remark.text) + 1
        self.file(later, remarks)
        return later

    def set_state(self, row: ReviewRow, state: str) -> None:
        self.db.change("UPDATE review SET state = :state WHERE id = :id", state=state, id=row.id)

    def one(self, remark_id: int) -> dict[str, object]:
        row = self.db.row("SELECT * FROM remark WHERE id = :id", id=remark_id)
        assert row
        return dict(row)

    def counted(self) -> dict[tuple[object, ...], int]:
        """What the counters say, without zeros."""
        return {
            tuple(row)[:-1]: row["n"]
            for row in self.db.rows(
                "SELECT author_id, work_id, chapter_id, kind, stance, status, n FROM remark_count WHERE n > 0"
            )
        }

    def recounted(self) -> dict[tuple[object, ...], int]:
        """What they should say."""
        return {
            tuple(row)[:-1]: row["n"]
            for row in self.db.rows(
                """
                SELECT author_id, work_id, chapter_id, kind, stance, status, COUNT(*) AS n
                FROM remark WHERE on_desk = 1 GROUP BY 1, 2, 3, 4, 5, 6
                UNION ALL
                SELECT author_id, work_id, 0, kind, stance, status, COUNT(*)
                FROM remark WHERE on_desk = 1 GROUP BY 1, 2, 4, 5, 6
                """
            )
        }


def make_archive(folder: Path) -> Archive:
    """Works 1 and 2 are Mara's (chapters 1-3 and 4-5), work 3 is Ada's (chapter 6)."""
    path = folder / "feedback.sqlite3"
    shutil.copy(_empty_database(), path)
    db = Database(path)
    # Nothing here is about surviving a power cut.
    db.conn.execute("PRAGMA synchronous = OFF")
    with db.transaction():
        for name in ("Mara", "Ada", "Ben", "Cleo"):
            db.change(
                "INSERT INTO account (name, name_key, password_hash, created_at) VALUES (:name, :key, 'x', 0)",
                name=name,
                key=name.lower(),
            )
        for author in (MARA, MARA, ADA):
            db.change(
                """
                INSERT INTO work (author_id, title, summary, summary_html, wishes_note, wishes_note_html,
                    policy_version, created_at, updated_at)
                VALUES (:author, 'The Salt Road', '', '', '', '', 1, 0, 0)
                """,
                author=author,
            )
        for work, number in ((1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1)):
            _chapter(db, work, number)
    return Archive(db)


@cache
def _empty_database() -> Path:
    path = Path(mkdtemp()) / "empty.sqlite3"
    atexit.register(shutil.rmtree, path.parent)
    migrate(path)
    return path


def _chapter(db: Database, work: int, number: int) -> None:
    chapter: int = db.value(
        """
        INSERT INTO chapter (work_id, number, state, version, created_at, updated_at, published_at)
        VALUES (:work, :number, 'published', 1, 0, 0, 0)
        RETURNING id
        """,
        work=work,
        number=number,
    )
    db.change(
        """
        INSERT INTO chapter_version (chapter_id, number, title, notes_before, body, notes_after, notes_before_html,
            body_html, body_text, notes_after_html, words, policy_version, created_at)
        VALUES (:chapter, 1, 'The Ford', '', :text, '', '', '', :text, '', 3, 1, 0)
        """,
        chapter=chapter,
        text=CHAPTER_TEXT,
    )


def walk(archive: Archive, wanted: Filter, size: int, meanwhile: Callable[[], object] = int) -> list[list[Entry]]:
    """Every page of a tray of Mara's, from the first on, with something happening after each."""
    pages = []
    here: Filter | None = wanted
    while here is not None:
        page = trays.page(archive.db, MARA, here, size)
        pages.append(list(page.entries))
        here = page.next
        assert len(pages) < 1000, "the pages go round in circles"
        meanwhile()
    return pages


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = make_archive(tmp_path)
    yield made
    made.db.close()


def typo(source: str, text: str, quote: str = "layed") -> SortedRemark:
    """A grammar remark with a correction placed on ``quote``."""
    fix = _fix(quote, CHAPTER_TEXT.index(quote))
    return remark_at(source, text, "grammar", "negative", corrections=(fix,))


def _fix(quote: str, start: int | None) -> Correction:
    assert start is not None
    return Correction(quote, "laid", quote, "laid", Anchor("exact", start, start + len(quote)))


ALL_KINDS = tuple(KINDS)
