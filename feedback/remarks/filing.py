"""Filing: what sorting made of a review becomes its remarks.

The first time every remark is new. After an edit, remarks whose text is unchanged keep id, label, status and star
(design rule 9), pieces a person cut by hand stay cut where their words still stand, and the rest becomes history.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from feedback.db import Database, Row
from feedback.remarks import store
from feedback.remarks.shapes import Remark, kept_reasons
from feedback.sorting.shapes import Anchor, Correction, SortedRemark

CONTEXT = 32
"""Characters kept before and after an anchored quote, as the W3C TextQuoteSelector has them."""

ON_DESK = ("published", "hidden")
"""States of a review whose remarks stand on its author's desk."""


class Reviewed(Protocol):
    """What filing needs to know of a review. ``source`` is the text that was sorted, that of ``version``.

    Its state and visibility are read when it is filed: a review may be withdrawn while it is being sorted.
    """

    @property
    def id(self) -> int: ...
    @property
    def author_id(self) -> int: ...
    @property
    def work_id(self) -> int: ...
    @property
    def chapter_id(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Placed:
    """A remark to file: new, or one the review had already, at its place in the text."""

    sorted: SortedRemark
    kept: Remark | None = None
    by_hand: bool = False


def file(
    db: Database,
    review: Reviewed,
    sorted_: Sequence[SortedRemark],
    *,
    chapter_version: int,
    chapter_text: str = "",
    relabel: bool = False,
) -> bool:
    """Make ``sorted_`` the remarks of ``review``, inside the caller's transaction, and mark it as sorted.

    :param chapter_version: the version of the chapter that the anchors in ``sorted_`` point into.
    :param chapter_text: that version's plain text, from which the words around an anchored quote are kept.
    :param relabel: give labels that no person touched anew (for re-sorting), instead of keeping them.
    :return: ``False``, with nothing changed, when the review is of another version by now: whoever made that
        version has it sorted again.
    """
    stands = store.mark_sorted(db, review.id, review.version)
    if stands is None:
        return False
    had = store.live_remarks(db, review.id)
    placed = list(place(review.source, sorted_, had))
    kept = {each.kept.id for each in placed if each.kept}
    store.retire(db, (old.id for old in had if old.id not in kept))
    for each in placed:
        _write(db, review, stands, each, _passages(each.sorted, chapter_version, chapter_text), relabel)
    return True


def place(source: str, sorted_: Sequence[SortedRemark], had: Sequence[Remark]) -> Iterator[Placed]:
    """Match new remarks with those the review had, in the order of the text."""
    waiting: dict[str, deque[Remark]] = defaultdict(deque)
    for old in had:
        waiting[old.text].append(old)
    matched = [Placed(new, waiting[new.text].popleft() if waiting[new.text] else None) for new in sorted_]
    cut = [old for old in had if old in waiting[old.text] and old.sorted_by == "author"]
    return _around(matched, _standing(source, cut, matched))


def _standing(source: str, cut: Iterable[Remark], matched: Sequence[Placed]) -> list[Placed]:
    """Those pieces a person cut whose words still stand, outside of the remarks that were matched whole."""
    taken = [(each.sorted.start, each.sorted.end) for each in matched if each.kept]
    standing = []
    for old in cut:
        for found in re.finditer(rf"(?<!\w){re.escape(old.text)}(?!\w)", source):
            start, end = found.span()
            if all(end <= other_start or other_end <= start for other_start, other_end in taken):
                taken.append((start, end))
                standing.append(Placed(_same_again(old, start, end), old, by_hand=True))
                break
    return standing


def _same_again(old: Remark, start: int, end: int) -> SortedRemark:
    return SortedRemark(start, end, old.text, old.kind, old.stance, 1.0, old.unsure)


def _around(matched: Sequence[Placed], standing: Sequence[Placed]) -> Iterator[Placed]:
    """What was sorted, with the pieces that stay as a person cut them in their places."""
    pieces = sorted(standing, key=lambda each: each.sorted.start)
    filed = list(pieces)
    for each in matched:
        filed.extend([each] if each.kept else _left_over(each.sorted, pieces))
    return iter(sorted(filed, key=lambda each: each.sorted.start))


def _left_over(new: SortedRemark, pieces: Iterable[Placed]) -> Iterator[Placed]:
    """What the hand-cut pieces leave of a new remark: itself, parts of it, or nothing."""
    at = new.start
    for piece in pieces:
        if piece.sorted.end > at and piece.sorted.start < new.end:
            yield from _part(new, at, piece.sorted.start)
            at = max(at, piece.sorted.end)
    yield from _part(new, at, new.end)


def _part(new: SortedRemark, start: int, end: int) -> Iterator[Placed]:
    if start == new.start and end == new.end:
        yield Placed(new)
        return
    text = new.text[start - new.start : max(0, end - new.start)]
    stripped = text.strip()
    if stripped:
        start += len(text) - len(text.lstrip())
        corrections = tuple(fix for fix in new.corrections if (fix.quote or fix.fixed or "") in stripped)
        yield Placed(replace(new, start=start, end=start + len(stripped), text=stripped, corrections=corrections))


def _write(
    db: Database, review: Reviewed, stands: Row, each: Placed, passages: list[dict[str, Any]], relabel: bool
) -> None:
    new = each.sorted
    if each.kept is None:
        remark_id = store.add(db, **_facts(review, stands, new, place_of(passages)))
        store.set_passages(db, remark_id, passages)
        return
    if each.by_hand:
        # Its passages were found by the sorting of the whole remark it was cut from; they still stand.
        starts = [{"start": known.start} for known in each.kept.passages]
        store.move(db, each.kept.id, review_version=review.version, start=new.start, place=place_of(starts))
        return
    store.move(db, each.kept.id, review_version=review.version, start=new.start, place=place_of(passages))
    store.set_passages(db, each.kept.id, passages)
    if relabel:
        store.relabel_untouched(db, each.kept.id, **_label(new))


def _facts(review: Reviewed, stands: Row, new: SortedRemark, place_: int) -> dict[str, Any]:
    return {
        "review_id": review.id,
        "author_id": review.author_id,
        "work_id": review.work_id,
        "chapter_id": review.chapter_id,
        "review_version": review.version,
        "start": new.start,
        "end": new.end,
        "text": new.text,
        "sorted_by": "auto",
        "visibility": stands["visibility"],
        "place": place_,
        "on_desk": int(stands["state"] in ON_DESK),
        **_label(new),
    }


def _label(new: SortedRemark) -> dict[str, Any]:
    return {
        "kind": new.kind,
        "stance": new.stance,
        "confidence": new.confidence,
        "unsure": int(new.unsure),
        "why": kept_reasons(new.why),
    }


def _passages(new: SortedRemark, chapter_version: int, chapter_text: str) -> list[dict[str, Any]]:
    found = [_passage(fix, fix.anchor, chapter_version, chapter_text) for fix in new.corrections]
    quote = _quotation(new.text)
    if not found and quote:
        quoted = Correction(quote, None, None, None)
        found = [_passage(quoted, new.quote_anchor, chapter_version, chapter_text)]
    return found


def _passage(fix: Correction, anchor: Anchor | None, chapter_version: int, chapter_text: str) -> dict[str, Any]:
    start, end = (anchor.start, anchor.end) if anchor else (None, None)
    placed = start is not None and end is not None
    return {
        "quote": fix.quote,
        "fixed": fix.fixed,
        "wrong": fix.wrong,
        "right": fix.right,
        "anchor": anchor.state if anchor else None,
        "start": start,
        "end": end,
        "prefix": chapter_text[max(0, (start or 0) - CONTEXT) : start] if placed else "",
        "suffix": chapter_text[end : (end or 0) + CONTEXT] if placed else "",
        "chapter_version": chapter_version,
    }


def _quotation(text: str) -> str:
    """The chapter's words that a remark begins with as a ``>`` quotation, or ""."""
    lines = []
    for line in text.split("\n"):
        if not line.startswith(">"):
            break
        lines.append(line.lstrip("> ").rstrip())
    return " ".join(line for line in lines if line)


def place_of(passages: Iterable[dict[str, Any]]) -> int:
    """Where a remark stands in the order of its chapter: 0 for one on the chapter as a whole, which comes first,
    else one more than the offset of the first passage that was placed."""
    starts = [fields["start"] for fields in passages if fields["start"] is not None]
    return min(starts) + 1 if starts else 0
