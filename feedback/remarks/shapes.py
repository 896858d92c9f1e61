"""What the remarks room hands out: a remark as it stands on the desk, and the passages it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.db import Row


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the chapter that a remark quotes, and the change it proposes there.

    ``fixed``, ``wrong`` and ``right`` are ``None`` where the reader only quoted. ``anchor`` is ``None`` when the
    quote was never looked for, else ``exact``, ``moved``, ``ambiguous`` or ``lost``; ``start`` and ``end`` are code
    points of the text of ``chapter_version`` and ``None`` unless it was placed.
    """

    quote: str
    fixed: str | None
    wrong: str | None
    right: str | None
    anchor: str | None
    start: int | None
    end: int | None
    chapter_version: int
    looks_fixed_in: int | None

    @property
    def corrects(self) -> bool:
        """Whether it proposes a change, rather than only quoting."""
        return self.wrong is not None or self.right is not None or self.fixed is not None


@dataclass(frozen=True, slots=True)
class Remark:
    """One span of a review that does one job. ``start`` and ``end`` are code points of the review's source."""

    id: int
    review_id: int
    work_id: int
    chapter_id: int
    start: int
    end: int
    text: str
    kind: str
    stance: str
    unsure: bool
    why: tuple[str, ...]
    sorted_by: str
    visibility: str
    status: str
    starred: bool
    asks: bool
    passages: tuple[Passage, ...] = ()


def passage(row: Row) -> Passage:
    """A row of the passage table."""
    return Passage(
        quote=row["quote"],
        fixed=row["fixed"],
        wrong=row["wrong_text"],
        right=row["right_text"],
        anchor=row["anchor"],
        start=row["start_at"],
        end=row["end_at"],
        chapter_version=row["chapter_version"],
        looks_fixed_in=row["looks_fixed_in"],
    )


def remark(row: Row, passages: Iterable[Passage] = ()) -> Remark:
    """A row of the remark table with the passages that belong to it."""
    return Remark(
        id=row["id"],
        review_id=row["review_id"],
        work_id=row["work_id"],
        chapter_id=row["chapter_id"],
        start=row["start_at"],
        end=row["end_at"],
        text=row["text"],
        kind=row["kind"],
        stance=row["stance"],
        unsure=bool(row["unsure"]),
        why=reasons(row["why"]),
        sorted_by=row["sorted_by"],
        visibility=row["visibility"],
        status=row["status"],
        starred=bool(row["starred"]),
        asks=bool(row["asks"]),
        passages=tuple(passages),
    )


def kept_reasons(why: Iterable[str]) -> str:
    """Reasons as they are stored: one a line."""
    return "\n".join(" ".join(reason.split()) for reason in why)


def reasons(kept: str) -> tuple[str, ...]:
    """Stored reasons, apart again."""
    return tuple(kept.split("\n")) if kept else ()
