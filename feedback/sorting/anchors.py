"""Anchors: where a quoted passage stands in a chapter, and where it went when the chapter changed.

A reader's quotation is never quite the text: marks are retyped, words mistyped or already corrected. A
passage is looked for as it is, then for one so alike that it can be no other. What stays doubtful is
``ambiguous`` or ``lost``: a note beside the wrong sentence is worse than a note without a place.

States: ``exact``, the words stand there as quoted (and where they were, if a position was known); ``moved``,
they stand elsewhere than they did, or not letter for letter; ``ambiguous``, several places fit equally well;
``lost``, no place is sure enough. The selector is W3C's TextQuoteSelector with a position.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from feedback.sorting.chapter_text import ChapterText, squeeze
from feedback.sorting.places import Budget, Place, elided_place, exact_places, fuzzy_places
from feedback.sorting.shapes import Anchor, Correction
from feedback.sorting.wording import plain

CONTEXT = 32
"""Characters of prefix and suffix in a selector."""

KNOWN_CONTEXT = 70.0
"""A prefix or suffix at least this alike vouches for a place."""

SPEAKS_FOR_ITSELF = 48
"""Words of this many characters that stand in a chapter once are the ones meant, whatever is around them."""

CONTEXT_MARGIN = 25.0
"""Of two places of the same words, prefix and suffix together must fit one better by this much (of 200)."""

ELISION = re.compile(r"\.{3,}|…|\[\.\.\.?\]")
OUTER = " \"'.,;:-()[]*"
LOST = Anchor("lost", None, None)
AMBIGUOUS = Anchor("ambiguous", None, None)


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage as W3C's TextQuoteSelector, with the offset at which it stood."""

    exact: str
    prefix: str
    suffix: str
    position: int


def select(chapter_text: str, start: int, end: int) -> Selector:
    """The selector of ``chapter_text[start:end]``, with up to `CONTEXT` characters on either side.

    :raises ValueError: the span is empty or not inside the text.
    """
    if not 0 <= start < end <= len(chapter_text):
        raise ValueError(f"no passage at {start}:{end} of {len(chapter_text)} characters")
    before = chapter_text[max(0, start - CONTEXT) : start]
    return Selector(chapter_text[start:end], before, chapter_text[end : end + CONTEXT], start)


def find_quote(quote: str, chapter: ChapterText | str, budget: Budget | None = None) -> Anchor:
    """Where a reader's ``quote`` stands in a chapter.

    ``exact`` when it stands there once, marks, white space and case aside; ``moved`` when something so alike
    stands there once that it is the passage meant. ``budget`` is shared by the quotations of a review.
    """
    chapter = _prepared(chapter)
    quote = plain(quote)
    for needle in dict.fromkeys((squeeze(quote), squeeze(quote).strip(OUTER))):
        if not any(character.isalnum() for character in needle):
            return LOST
        if places := exact_places(needle, chapter.squeezed):
            return _placed("exact", chapter, _letter_for_letter(quote, chapter, places) or places)
    parts = [squeeze(part).strip(OUTER) for part in ELISION.split(quote)]
    if len(parts) > 1 and (place := elided_place(parts[0], parts[-1], chapter.squeezed)):
        return _placed("exact", chapter, [place])
    needle = squeeze(quote).strip(' "')
    return _placed("moved", chapter, fuzzy_places(needle, chapter.squeezed, budget or Budget()))


def resolve(selector: Selector, chapter: ChapterText | str, budget: Budget | None = None) -> Anchor:
    """Where the passage of ``selector`` stands in another version of its chapter.

    It may have moved, it may be lost; it is never placed on other words. Several places of the same words
    are told apart by prefix and suffix, then by position.
    """
    chapter = _prepared(chapter)
    needle = squeeze(selector.exact)
    if not needle:
        return LOST
    if places := exact_places(needle, chapter.squeezed):
        return _resolve_exact(selector, chapter, places)
    likely = fuzzy_places(needle, chapter.squeezed, budget or Budget())
    if not likely:
        return LOST
    vouched = [place for place in likely if max(_context(selector, chapter, place)) >= KNOWN_CONTEXT]
    return _placed("moved", chapter, vouched)


def anchored(
    corrections: Iterable[Correction], chapter: ChapterText | str, budget: Budget | None = None
) -> list[Correction]:
    """The corrections of a review, each with the place of its quote; all share one ``budget``.

    A correction that shows only the corrected text is placed by that.
    """
    chapter, budget = _prepared(chapter), budget or Budget()
    return [
        replace(correction, anchor=find_quote(correction.quote or correction.fixed or "", chapter, budget))
        for correction in corrections
    ]


def _prepared(chapter: ChapterText | str) -> ChapterText:
    return chapter if isinstance(chapter, ChapterText) else ChapterText(chapter)


def _placed(state: str, chapter: ChapterText, places: list[Place] | None) -> Anchor:
    """The one place as an anchor; ``ambiguous`` if there are several, ``lost`` without any."""
    if not places:
        return LOST
    if len(places) > 1:
        return AMBIGUOUS
    return Anchor(state, *chapter.span(places[0].start, places[0].end))


def _letter_for_letter(quote: str, chapter: ChapterText, places: list[Place]) -> list[Place]:
    """Those of several places where case and marks are the reader's own, too.

    Small letters throughout tell nothing: that is how people type on a telephone.
    """
    if len(places) == 1 or quote == quote.lower():
        return places
    wanted = quote.strip(OUTER)
    spans = [(place, chapter.span(place.start, place.end)) for place in places]
    return [place for place, (start, end) in spans if chapter.text[start:end].strip(OUTER) == wanted]


def _resolve_exact(selector: Selector, chapter: ChapterText, places: list[Place]) -> Anchor:
    """The place of words that stand in the new version, if they are the same words in the same context."""
    if len(places) == 1 and places[0].end - places[0].start >= SPEAKS_FOR_ITSELF:
        return _known(selector, chapter, places[0])
    contexts = [(_context(selector, chapter, place), place) for place in places]
    vouched = [(sum(context), place) for context, place in contexts if max(context) >= KNOWN_CONTEXT]
    if not vouched:
        return LOST
    best = max(fit for fit, _ in vouched)
    near = [place for fit, place in vouched if fit > best - CONTEXT_MARGIN]
    if len(near) > 1:
        near = [place for place in near if chapter.place(place.start) == selector.position] or near
    return _known(selector, chapter, near[0]) if len(near) == 1 else AMBIGUOUS


def _known(selector: Selector, chapter: ChapterText, place: Place) -> Anchor:
    start, end = chapter.span(place.start, place.end)
    return Anchor("exact" if start == selector.position else "moved", start, end)


def _context(
    selector: Selector, chapter: ChapterText, place: Place, *, keep_case: bool = False
) -> tuple[float, float]:
    """How alike what stands before and after a place is to the selector's prefix and suffix, each 0..100."""
    prefix, suffix = squeeze(selector.prefix, keep_case=keep_case), squeeze(selector.suffix, keep_case=keep_case)
    before = chapter.squeezed[max(0, place.start - CONTEXT - 8) : place.start].strip()
    after = chapter.squeezed[place.end : place.end + CONTEXT + 8].strip()
    return (
        fuzz.ratio(prefix, before[max(0, len(before) - len(prefix)) :] if prefix else before),
        fuzz.ratio(suffix, after[: len(suffix)] if suffix else after),
    )


def fixed_in(item: Selector | Correction, new_text: str, *, stood: bool = False) -> bool:
    """Whether an error of an earlier version is gone from ``new_text``, so that its remark may be done.

    A `Selector` is the chapter's own words: they are gone when they no longer stand in their context. A
    `Correction` is a reader's: its wrong words, with the word on either side, are gone from the passage, or
    the passage is gone that once ``stood`` in the chapter. Case and punctuation count here.
    """
    if isinstance(item, Selector):
        return _words_gone(item, ChapterText(new_text, keep_case=True))
    error, repair = _in_company(item)
    place = find_quote(item.fixed or item.quote, new_text)
    if error and place.start is not None and place.end is not None:
        passage = new_text[max(0, place.start - CONTEXT) : place.end + CONTEXT]
        return not _holds(error, squeeze(passage, keep_case=True))
    whole = squeeze(new_text, keep_case=True)
    if repair and _holds(repair, whole):
        return not error or not _holds(error, whole)
    return stood and place.start is None and not (error and _holds(error, whole))


def _holds(words: str, squeezed: str) -> bool:
    return bool(exact_places(words, squeezed))


def _words_gone(selector: Selector, chapter: ChapterText) -> bool:
    """Whether a selector's words are gone: from the whole text, or from between their prefix and suffix."""
    places = exact_places(squeeze(selector.exact, keep_case=True), chapter.squeezed)
    if not places:
        return True
    if any(max(_context(selector, chapter, place, keep_case=True)) >= KNOWN_CONTEXT for place in places):
        return False
    sides = (squeeze(side, keep_case=True) for side in (selector.prefix, selector.suffix))
    return any(len(side) >= CONTEXT // 2 and side in chapter.squeezed for side in sides)


def _in_common(old: list[str], new: list[str]) -> int:
    """How many words two wordings begin with in common."""
    pairs = zip(old, new, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _in_company(correction: Correction) -> tuple[str, str]:
    """The wrong and the right words, each with the word before and the word after it, squeezed.

    Alone, "a" or "the" would be found anywhere, and what is missing nowhere.
    """
    quote, fixed = plain(correction.quote), plain(correction.fixed or "")
    if not fixed or not quote:
        return squeeze(quote, keep_case=True), squeeze(fixed, keep_case=True)
    old, new = quote.split(), fixed.split()
    head = _in_common(old, new)
    tail = _in_common(old[head:][::-1], new[head:][::-1])
    start = max(0, head - 1)
    error, repair = old[start : len(old) - tail + 1], new[start : len(new) - tail + 1]
    return squeeze(" ".join(error), keep_case=True), squeeze(" ".join(repair), keep_case=True)
