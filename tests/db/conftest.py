"""A migrated database file, and one with a little of everything in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.db import Database, migrate

ROWS = """
INSERT INTO account (id, name, name_key, password_hash, created_at) VALUES
    (1, 'Mara', 'mara', 'x', 1), (2, 'Ben', 'ben', 'x', 1), (3, 'Ute', 'ute', 'x', 1);
INSERT INTO work (
    id, author_id, title, summary, summary_html, wishes_note, wishes_note_html, policy_version, created_at, updated_at
) VALUES (1, 1, 'Salt', '', '', '', '', 1, 1, 1), (2, 3, 'Rope', '', '', '', '', 1, 1, 1);
INSERT INTO chapter (id, work_id, number, state, version, created_at, updated_at, published_at) VALUES
    (1, 1, 1, 'published', 1, 1, 1, 1), (2, 1, 2, 'published', 1, 1, 1, 1), (3, 2, 1, 'published', 1, 1, 1, 1);
INSERT INTO chapter_version (
    chapter_id, number, title, notes_before, body, notes_after, notes_before_html, body_html, body_text,
    notes_after_html, words, policy_version, created_at
)
SELECT id, 1, 'One', '', 'The mules.', '', '', '<p>The mules.</p>', 'The mules.', '', 2, 1, 1 FROM chapter;
INSERT INTO review (
    id, chapter_id, work_id, author_id, reader_id, chapter_version, state, visibility, source, html, text,
    policy_version, words, submitted_at, sorted
) VALUES
    (1, 1, 1, 1, 2, 1, 'published', 'public', '😀 Loved it. "teh" is the', '', '', 1, 5, 1, 1),
    (2, 1, 1, 1, 2, 1, 'hidden', 'public', 'Why mules?', '', '', 1, 2, 1, 1);
INSERT INTO remark (
    id, review_id, author_id, work_id, chapter_id, review_version, start_at, end_at, text, kind, stance, confidence,
    unsure, why, sorted_by, visibility, on_desk
) VALUES
    (1, 1, 1, 1, 1, 1, 0, 11, '😀 Loved it.', 'praise', 'positive', 1, 0, '[]', 'auto', 'public', 1),
    (2, 1, 1, 1, 1, 1, 12, 24, '"teh" is the', 'grammar', 'negative', 1, 0, '[]', 'auto', 'public', 1),
    (3, 2, 1, 1, 1, 1, 0, 10, 'Why mules?', 'question', 'neutral', 1, 0, '[]', 'auto', 'public', 1);
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with the schema and nothing else."""
    made = tmp_path / "feedback.sqlite3"
    migrate(made)
    return made


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """A connection to a database with two works, three chapters, two reviews and three remarks."""
    opened = Database(path)
    for statement in ROWS.split(";\n"):
        opened.change(statement)
    yield opened
    opened.close()
