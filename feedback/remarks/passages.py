"""The chapter beside a remark: the words it quotes, and what stands around them in the version they were found in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.db import Database
from feedback.remarks.store import numbered

AROUND = 160
"""Characters of the chapter shown before and after a quoted passage."""

LONGEST = 600
"""Characters shown of the passage itself."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quoted passage and the text before and after it, cut between words; "…" where the chapter goes on."""

    before: str
    quoted: str
    after: str


def excerpts(db: Database, remark_ids: Sequence[int]) -> Mapping[int, Excerpt]:
    """The first passage that was placed, of each remark that has one. One query; a chapter is not read whole."""
    if not remark_ids:
        return {}
    names, values = numbered("remark", remark_ids)
    rows = db.rows(
        f"""
        SELECT
            passage.remark_id,
            SUBSTR(
                chapter_version.body_text,
                CASE WHEN passage.start_at > :around THEN passage.start_at - :around + 1 ELSE 1 END,
                CASE WHEN passage.start_at > :around THEN :around ELSE passage.start_at END
            ) AS before,
            passage.start_at > :around AS cut_before,
            SUBSTR(
                chapter_version.body_text,
                passage.start_at + 1,
                CASE WHEN passage.end_at - passage.start_at > :longest
                    THEN :longest ELSE passage.end_at - passage.start_at END
            ) AS quoted,
            passage.end_at - passage.start_at > :longest AS cut_quoted,
            SUBSTR(chapter_version.body_text, passage.end_at + 1, :around) AS after
        FROM passage
        JOIN remark ON remark.id = passage.remark_id
        JOIN chapter_version
            ON chapter_version.chapter_id = remark.chapter_id AND chapter_version.number = passage.chapter_version
        WHERE passage.remark_id IN ({names}) AND passage.position = (
            SELECT MIN(placed.position)
            FROM passage AS placed
            WHERE placed.remark_id = passage.remark_id AND placed.start_at IS NOT NULL
        )
        """,
        around=AROUND,
        longest=LONGEST,
        **values,
    )
    return {
        row["remark_id"]: Excerpt(
            _end(row["before"]) if row["cut_before"] else row["before"],
            row["quoted"] + " …" * row["cut_quoted"],
            _start(row["after"]) if len(row["after"]) == AROUND else row["after"],
        )
        for row in rows
    }


def _end(text: str) -> str:
    return "… " + text.split(None, 1)[-1] if " " in text.strip() else text


def _start(text: str) -> str:
    return text.rsplit(None, 1)[0] + " …" if " " in text.strip() else text
