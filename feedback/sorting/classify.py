"""The sorter: one review in, its remarks out, each with kind, stance, confidence, reasons and corrections."""

from collections.abc import Sequence
from functools import cache, lru_cache

from feedback.sorting.anchors import anchored, find_quote
from feedback.sorting.chapter_text import ChapterText
from feedback.sorting.corrections import in_review
from feedback.sorting.places import Budget
from feedback.sorting.reading import Reading, Span, readings
from feedback.sorting.rules import Verdict, beside_fixes, certain, guess
from feedback.sorting.shapes import Anchor, Correction, SortedRemark
from feedback.sorting.splitting import split

RULES_VERSION = "rules-1"
UNSURE_BELOW = 0.5
"""A kind less probable than this is shown as one to check."""


class BadSpans(ValueError):
    """The spans given are not ordered, overlap, are empty or lie outside the text."""


class Sorter:
    """Sorts reviews. Loads what it needs once; `sort` may then be called any number of times.

    A sorter holds no state between reviews: the same text gives the same remarks.
    """

    version: str = RULES_VERSION
    inline: bool = True
    """Quick enough to sort a review while its reader waits; otherwise it is left to the queue."""

    def sort(self, text: str, chapter: str | None = None, spans: Sequence[Span] | None = None) -> list[SortedRemark]:
        """The remarks of ``text`` in order. Never raises for any text.

        ``chapter`` is the plain text of the chapter reviewed; with it quotations and corrections are anchored.
        With ``spans`` (code point offsets) those are the remarks, otherwise the text is split.

        :raises BadSpans: ``spans`` are not in order, overlap, are empty or lie outside the text.
        """
        where = split(text) if spans is None else checked(spans, len(text))
        read = readings(text, where)
        fixes = in_review(text, where)
        verdicts = judge(read, fixes)
        anchors: list[Anchor | None] = [None] * len(where)
        if chapter is not None:
            fixes, anchors = _placed(read, fixes, chapter)
        return [_remark(text, *each) for each in zip(where, verdicts, map(tuple, fixes), anchors, strict=True)]


def checked(spans: Sequence[Span], length: int) -> list[Span]:
    """``spans`` as a list of pairs.

    :raises BadSpans: they are not in order, overlap, are empty or reach outside ``0..length``.
    """
    last = 0
    pairs: list[Span] = []
    for span in spans:
        start, end = _pair(span)
        if not last <= start < end <= length:
            raise BadSpans(
                f"span [{start}, {end}] overlaps, is empty, out of order or outside the {length} characters"
            )
        pairs.append((start, end))
        last = end
    return pairs


def _pair(span: object) -> Span:
    match span:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return start, end
    raise BadSpans(f"{span!r} is not a pair of whole numbers")


def judge(read: Sequence[Reading], fixes: Sequence[Sequence[Correction]]) -> list[Verdict]:
    """A verdict for each remark by rules alone: certain ones, then votes, then the company a remark keeps."""
    verdicts = [certain(reading, found) or guess(reading) for reading, found in zip(read, fixes, strict=True)]
    listed = beside_fixes(read, [verdict.kind if verdict.certain else "" for verdict in verdicts])
    why = ("it stands in a list of fixes",)
    return [
        Verdict("grammar", "negative", 0.85, why, True, "among fixes") if beside and not verdict.certain else verdict
        for beside, verdict in zip(listed, verdicts, strict=True)
    ]


@lru_cache(maxsize=4)
def _known(chapter: str) -> ChapterText:
    """Reviews come in bursts on one chapter; preparing its text takes longer than sorting most of them."""
    return ChapterText(chapter)


def _placed(
    read: Sequence[Reading], fixes: list[list[Correction]], chapter: str
) -> tuple[list[list[Correction]], list[Anchor | None]]:
    """Corrections and quotations with their places in ``chapter``; one time budget for the whole review."""
    known, budget = _known(chapter), Budget()
    anchors = [find_quote(quote, known, budget) if (quote := quotation(reading)) else None for reading in read]
    return [anchored(found, known, budget) if found else [] for found in fixes], anchors


def quotation(reading: Reading) -> str:
    """The first quoted line of a remark without its mark, "" when it quotes nothing."""
    if not reading.quoted:
        return ""
    lines = (line.strip() for line in reading.text.splitlines())
    quoted = (line.removeprefix("&gt;").lstrip("> \t") for line in lines if line.startswith((">", "&gt;")))
    return next((line for line in quoted if line), "")


def _remark(
    text: str, span: Span, verdict: Verdict, corrections: tuple[Correction, ...], anchor: Anchor | None
) -> SortedRemark:
    start, end = span
    return SortedRemark(
        start=start,
        end=end,
        text=text[start:end],
        kind=verdict.kind,
        stance=verdict.stance,
        confidence=verdict.confidence,
        unsure=verdict.confidence < UNSURE_BELOW,
        why=verdict.why,
        corrections=corrections if verdict.kind == "grammar" else (),
        quote_anchor=anchor,
        source="rule" if verdict.certain else "model",
    )


@cache
def shared_sorter() -> Sorter:
    """The one sorter of this process, loaded when first asked for."""
    return Sorter()


def sort(text: str, chapter: str | None = None, spans: Sequence[Span] | None = None) -> list[SortedRemark]:
    """`Sorter.sort` by the one sorter of this process."""
    return shared_sorter().sort(text, chapter, spans)
