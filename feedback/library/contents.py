"""The order of a work's chapters: they are numbered 1 to n without a gap, whatever is moved or deleted."""

from collections.abc import Mapping

from feedback.db import Database
from feedback.errors import Conflict, Invalid
from feedback.library import chapter_store as store
from feedback.library import store as works_store
from feedback.library.chapters import DELETED, Chapter


def target(form: Mapping[str, str], number: int) -> int:
    """Where a form wants chapter ``number`` to stand: ``direction`` = ``up`` or ``down``, or ``to`` = a number.

    :raises Invalid: it says neither.
    """
    direction = form.get("direction")
    if direction in ("up", "down"):
        return number - 1 if direction == "up" else number + 1
    to = form.get("to", "").strip()
    if direction or not to.isascii() or not to.isdigit() or len(to) > 9:
        raise Invalid("Please say where the chapter goes: up, down, or the number it should have.", "to")
    return int(to)


def move(db: Database, chapter: Chapter, to: int) -> int:
    """Give ``chapter`` (from ``own_chapter``) the number ``to``; those between make room. Its number afterwards.

    Past either end is the end.
    """
    with db.transaction():
        order = [row["id"] for row in store.numbers(db, chapter.work_id)]
        if chapter.id not in order:
            raise Conflict(DELETED)
        order.remove(chapter.id)
        to = min(max(to, 1), len(order) + 1)
        order.insert(to - 1, chapter.id)
        _number(db, chapter.work_id, order)
    return to


def delete(db: Database, chapter: Chapter) -> int:
    """Delete ``chapter`` (from ``own_chapter``) with its reviews for good; how many reviews went with it."""
    with db.transaction():
        reviews = works_store.count_reviews(db, chapter.work_id, chapter.id)
        store.delete_chapter(db, chapter.id)
        _number(db, chapter.work_id, [row["id"] for row in store.numbers(db, chapter.work_id)])
    return reviews


def count_reviews(db: Database, chapter: Chapter) -> int:
    """How many reviews would go with the chapter, those that nobody but the author sees included."""
    return works_store.count_reviews(db, chapter.work_id, chapter.id)


def _number(db: Database, work_id: int, order: list[int]) -> None:
    """Number the chapters as they stand in ``order``, touching only those whose number changes."""
    before = {row["id"]: row["number"] for row in store.numbers(db, work_id)}
    wanted = {chapter_id: number for number, chapter_id in enumerate(order, start=1)}
    store.renumber(db, [(key, number) for key, number in wanted.items() if before[key] != number])
