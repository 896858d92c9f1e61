"""Re-anchoring: when a chapter has a new version, every passage its reviews speak of is looked for again.

A passage may have moved or may be lost; it is never put on other words. A correction whose error is gone is marked
as looking fixed in that version, for the author to confirm. It runs in batches in the background, never inside the
save, and can stop anywhere: the rows themselves say which version they were placed in, and ``chapter.anchored`` says
whether any of a chapter's are behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from feedback.db import Database, Row
from feedback.library import chapters
from feedback.remarks import anchor_store, store
from feedback.remarks.filing import CONTEXT
from feedback.sorting.anchors import LOST, Selector, find_quote, fixed_in, resolve, select
from feedback.sorting.chapter_text import ChapterText
from feedback.sorting.places import Budget
from feedback.sorting.shapes import Anchor, Correction

REVIEWS_AT_A_TIME = 50


@dataclass(slots=True)
class Texts:
    """The versions of one chapter, each read and prepared once. ``newest`` is what passages are looked for in."""

    db: Database
    chapter_id: int
    version: int
    _prepared: dict[int, ChapterText]

    def of(self, version: int) -> ChapterText:
        """One version's text, prepared for finding quotations."""
        if version not in self._prepared:
            self._prepared[version] = ChapterText(chapters.chapter_text(self.db, self.chapter_id, version))
        return self._prepared[version]

    @property
    def newest(self) -> ChapterText:
        return self.of(self.version)


def reanchor_pending(db: Database, limit: int = REVIEWS_AT_A_TIME) -> int:
    """Place the passages of up to ``limit`` reviews anew, of one chapter that has changed.

    :return: how many reviews were looked at; 0 when no chapter waits.
    """
    chapter = anchor_store.to_anchor(db)
    if chapter is None:
        return 0
    texts = Texts(db, chapter["id"], chapter["version"], {})
    behind = anchor_store.passages_behind(db, chapter["id"], chapter["version"], limit)
    placed = [row for _, rows in groupby(behind, lambda row: row["review_id"]) for row in _place(list(rows), texts)]
    with db.transaction():
        anchor_store.replace_passages(db, placed)
        for remark_id in {row["remark"] for row in placed}:
            store.set_place(db, remark_id)
        if not behind:
            anchor_store.mark_anchored(db, chapter["id"], chapter["version"])
    return len({row["review_id"] for row in behind})


def _place(rows: Sequence[Row], texts: Texts) -> list[Mapping[str, Any]]:
    """The passages of one review in the newest version; all share one budget of fuzzy matching."""
    budget = Budget()
    return [_placed(row, texts, _find(row, texts, budget)) for row in rows]


def _find(row: Row, texts: Texts, budget: Budget) -> Anchor | None:
    if row["start_at"] is not None:
        old = texts.of(row["chapter_version"]).text
        return resolve(select(old, row["start_at"], row["end_at"]), texts.newest, budget)
    words = row["quote"] or row["fixed"]
    return find_quote(words, texts.newest, budget) if words else None


def _placed(row: Row, texts: Texts, anchor: Anchor | None) -> Mapping[str, Any]:
    text = texts.newest.text
    start, end = (anchor.start, anchor.end) if anchor else (None, None)
    placed = start is not None and end is not None
    return {
        "remark": row["remark_id"],
        "position": row["position"],
        "quote": row["quote"],
        "anchor": anchor.state if anchor else None,
        "start": start,
        "end": end,
        "prefix": text[max(0, (start or 0) - CONTEXT) : start] if placed else row["prefix"],
        "suffix": text[end : (end or 0) + CONTEXT] if placed else row["suffix"],
        "version": texts.version,
        "fixed_in": int(row["looks_fixed_in"] or texts.version) if _is_gone(row, texts, anchor) else None,
    }


def _is_gone(row: Row, texts: Texts, anchor: Anchor | None) -> bool:
    """Whether the words criticised are gone from the newest version. Once gone they stay so until they stand there
    again, however the chapter goes on changing around where they were."""
    if row["wrong_text"] is None and row["right_text"] is None:
        return anchor == LOST and _stood(row) and (bool(row["looks_fixed_in"]) or _quote_gone(row, texts))
    correction = Correction(row["quote"], row["fixed"], row["wrong_text"], row["right_text"])
    return fixed_in(correction, texts.newest.text, stood=_stood(row))


def _stood(row: Row) -> bool:
    """Whether the words were found in any version: what stood around them is kept when they are lost."""
    known = row["anchor"] not in (None, "lost") or row["looks_fixed_in"]
    return bool(known or row["prefix"] or row["suffix"])


def _quote_gone(row: Row, texts: Texts) -> bool:
    """Whether what a reader only quoted is gone, and not just hard to tell from the same words elsewhere."""
    return fixed_in(Selector(row["quote"], row["prefix"], row["suffix"], 0), texts.newest.text)
