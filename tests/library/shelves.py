"""Works and chapters put into the database directly, and the counting of a page's queries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from feedback.db import Database
from tests.conftest import Site


@dataclass
class Shelves:
    """One author's works."""

    db: Database
    author_id: int

    def work(self, title: str, published: list[int] | None = None) -> int:
        """A work with a chapter published at each of these times (one, at second 1, unless told); its id."""
        work_id: int = self.db.value(
            """
            INSERT INTO work (author_id, title, summary, summary_html, wishes_note, wishes_note_html,
                policy_version, created_at, updated_at)
            VALUES (:author, :title, '', '', '', '', 1, 1, 1) RETURNING id
            """,
            author=self.author_id,
            title=title,
        )
        for at in [1] if published is None else published:
            self.chapter(work_id, at=at)
        return work_id

    def chapter(self, work_id: int, *, at: int, state: str = "published") -> int:
        """A last chapter of one word; its id."""
        chapter_id: int = self.db.value(
            """
            INSERT INTO chapter (work_id, number, state, version, created_at, updated_at, published_at)
            SELECT :work, COALESCE(MAX(number), 0) + 1, :state, 1, :at, :at, :at FROM chapter WHERE work_id = :work
            RETURNING id
            """,
            work=work_id,
            state=state,
            at=at,
        )
        self._text(chapter_id, 1)
        return chapter_id

    def version(self, work_id: int, number: int) -> None:
        """Another version of the work's first chapter."""
        chapter_id = self.db.value("SELECT id FROM chapter WHERE work_id = :work AND number = 1", work=work_id)
        self._text(chapter_id, number)

    def _text(self, chapter_id: int, number: int) -> None:
        self.db.change(
            """
            INSERT INTO chapter_version (chapter_id, number, title, notes_before, body, notes_after,
                notes_before_html, body_html, body_text, notes_after_html, words, policy_version, created_at)
            VALUES (:chapter, :number, 'A Chapter', '', 'Salt.', '', '', '<p>Salt.</p>', 'Salt.', '', 1, 1, 1)
            """,
            chapter=chapter_id,
            number=number,
        )


def queries(site: Site, act: Callable[[], Any]) -> int:
    """How many statements the app runs for ``act``, on this thread's connection."""
    connection = site.app.extensions["feedback"]["pool"].connection().conn
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    try:
        assert act().status_code == 200
    finally:
        connection.set_trace_callback(None)
    return len([statement for statement in statements if not statement.startswith("--")])
