"""The sorter: one review in, its remarks out, each with kind, stance, confidence, reasons and corrections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from feedback.sorting.abuse import find_abuse
from feedback.sorting.anchors import anchored, find_quote
from feedback.sorting.chapter_text import ChapterText
from feedback.sorting.corrections import in_review
from feedback.sorting.decisions import Decisions, Precedent
from feedback.sorting.foreign import foreign
from feedback.sorting.kinds import KINDS, STANCES
from feedback.sorting.model import FOLDER, Model, Opinion, worth
from feedback.sorting.places import Budget
from feedback.sorting.plain import PLAIN
from feedback.sorting.polarity import polarity
from feedback.sorting.reading import Reading, Span, readings
from feedback.sorting.reasons import HOW_PUT, Evidence, faint, in_company, telling
from feedback.sorting.rules import NEUTRAL_KINDS, Verdict, beside_fixes, certain, guess, set_aside, vouched
from feedback.sorting.shapes import Anchor, Correction, SortedRemark
from feedback.sorting.splitting import split

KEYS = tuple(KINDS)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKUP_SPACE = re.compile(r"&(?:#[xX]200[bB]|#8203|nbsp|#160);")
FOREIGN = ("it seems to be in another language",)
FOREIGN_CONFIDENCE = 0.3

RULES_VERSION = "rules-4"
RULES_UNSURE_BELOW = 0.5
"""Without a model, a kind less probable than this is shown as one to check. The model brings its own threshold."""

HOSTILE_FROM = 0.5
"""The model sets a remark aside only when this sure. Folding away a reader's honest words costs more than
showing the author one rude line that no rule knew."""

SURE_AS_FILED = 0.95
"""The probability of a kind under which the author has filed nearly the same words."""

OVERRULING = frozenset(
    {
        *(row.name for row in PLAIN),
        "affection",
        "asks for more",
        "correction",
        "heading of a typo list",
        "kind words",
        "old and new, among fixes",
        "outcry",
        "thanks",
    }
)
"""The rules whose verdict stands whatever the model says; the others are one more sign for the model to weigh.
Rules on abuse always stand. Only what the author has filed on nearly the same words goes before them."""


class BadSpans(ValueError):
    """The spans given are not ordered, overlap, are empty or lie outside the text."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided of a remark, whether a person should check it, the reason if there is no better one, and
    whether it goes where its author filed nearly the same words, in whatever language they are."""

    verdict: Verdict
    unsure: bool
    faint: tuple[str, ...] = HOW_PUT
    as_filed: bool = False


class Sorter:
    """Sorts reviews. Make one per process; `sort` may then be called any number of times.

    A sorter holds no state between reviews: the same text gives the same remarks.
    """

    def __init__(self, folder: Path | None = FOLDER, learned: Mapping[str, Any] | None = None) -> None:
        """``folder`` holds the model; ``None`` sorts by rules alone. The model is checked now, loaded when needed.
        ``learned`` is what `learning.learn` made of the site's own labels.

        :raises ModelDamaged: a file of the model is missing or not what it should be.
        """
        self._model = None if folder is None else Model(folder, learned)
        model = "" if self._model is None else f"+{self._model.version}"
        self.version: str = RULES_VERSION + model

    @property
    def inline(self) -> bool:
        """Whether this is quick enough to sort a review while its reader waits; otherwise it goes to the queue."""
        return self._model is None

    def load(self) -> None:
        """Read the model into memory now rather than with the first review.

        :raises ModelDamaged: it cannot be read.
        """
        if self._model is not None:
            self._model.load()

    def sort(
        self,
        text: str,
        chapter: str | None = None,
        spans: Sequence[Span] | None = None,
        decisions: Decisions | None = None,
    ) -> list[SortedRemark]:
        """The remarks of ``text`` in order. Never raises for any text.

        ``chapter`` is the plain text of the chapter reviewed; with it quotations and corrections are anchored.
        With ``spans`` (code point offsets) those are the remarks, otherwise the text is split. ``decisions`` are
        those of the work's author, which remarks alike follow; rules alone do not ask them.

        :raises BadSpans: ``spans`` are not in order, overlap, are empty or lie outside the text.
        """
        whole, text = text, _LONE_SURROGATE.sub("\ufffd", text)
        where = split(text) if spans is None else checked(spans, len(text))
        text = _without_markup_space(text, where)
        read = readings(text, where)
        known = None if chapter is None else _known(chapter)
        fixes = in_review(text, where, known)
        verdicts = self._judge(text, where, read, fixes, decisions)
        anchors: list[Anchor | None] = [None] * len(where)
        if known is not None:
            fixes, anchors = _placed(read, fixes, known)
        return [_remark(whole, *each) for each in zip(where, verdicts, map(tuple, fixes), anchors, strict=True)]

    def _judge(
        self,
        text: str,
        where: Sequence[Span],
        read: Sequence[Reading],
        fixes: Sequence[Sequence[Correction]],
        decisions: Decisions | None,
    ) -> list[Judgement]:
        verdicts, strange = judge(read, fixes), foreign(read)
        if self._model is None:
            return [
                _unread(verdict) if unread else Judgement(verdict, verdict.confidence < RULES_UNSURE_BELOW)
                for verdict, unread in zip(verdicts, strange, strict=True)
            ]
        opinions = self._model.opinions(text, where, read, verdicts)
        below = self._model.unsure_below
        weighed = [weigh(*each, below, decisions) for each in zip(read, verdicts, opinions, strict=True)]
        judged = [_with_reason(weighed, at) for at in range(len(weighed))]
        return [
            _unread(each.verdict) if unread and not each.as_filed else each
            for each, unread in zip(judged, strange, strict=True)
        ]


def _without_markup_space(text: str, where: Sequence[Span]) -> str:
    """``text``, as long as before, with spaces for the entities that editors leave in empty lines.

    They say nothing, and would count as words; a remark that holds nothing else keeps them.
    """
    blank = _MARKUP_SPACE.sub(lambda match: " " * len(match[0]), text)
    if blank == text:
        return text
    for start, end in where:
        if not blank[start:end].strip():
            blank = blank[:start] + text[start:end] + blank[end:]
    return blank


def weigh(
    reading: Reading, verdict: Verdict, opinion: Opinion, below: float, decisions: Decisions | None
) -> Judgement:
    """What the author filed nearly the same words under; without that the rule's verdict where it stands, otherwise
    the model's opinion and the author's other decisions."""
    filed = decisions.precedent(reading) if decisions else None
    if filed and (filed.same or filed.kind == "hostile" or not _is_attack(verdict, opinion)):
        return Judgement(_as_filed(filed, verdict, opinion), False, as_filed=True)
    if verdict.certain and (verdict.kind == "hostile" or verdict.rule in OVERRULING):
        return Judgement(verdict, False)
    found = _from_model(reading, verdict, opinion, decisions)
    evidence = opinion.evidence.get(found.kind, Evidence())
    return Judgement(found, found.confidence < below, faint(reading, evidence))


def _is_attack(verdict: Verdict, opinion: Opinion) -> bool:
    """Whether this would be set aside. One name more or less makes an attack another one, so that it takes the very
    words an author has let in to let it in again."""
    by_rule = verdict.certain and verdict.kind == "hostile"
    return by_rule or bool(opinion.kinds[KEYS.index("hostile")] >= HOSTILE_FROM)


def _as_filed(filed: Precedent, verdict: Verdict, opinion: Opinion) -> Verdict:
    stance = verdict.stance if verdict.certain else STANCES[int(opinion.stances.argmax())]
    why = verdict.why if verdict.certain and verdict.kind == filed.kind else ()
    return Verdict(filed.kind, stance, SURE_AS_FILED, (filed.why, *why), False)


def _unread(verdict: Verdict) -> Judgement:
    """What is made of a remark in a language that nobody here reads."""
    confidence = min(verdict.confidence, FOREIGN_CONFIDENCE)
    return Judgement(replace(verdict, confidence=confidence, why=FOREIGN, certain=False), True)


def _from_model(reading: Reading, verdict: Verdict, opinion: Opinion, decisions: Decisions | None) -> Verdict:
    chances, taught = decisions.weigh(reading, opinion.kinds) if decisions else (opinion.kinds, "")
    order = [int(at) for at in worth(chances).argsort()[::-1]]
    said = polarity(reading)
    best = next(at for at in order if _may_be(KEYS[at], float(chances[at]), said))
    kind = KEYS[best]
    stance = _stance(kind, STANCES[int(opinion.stances.argmax())], said)
    why = verdict.why if verdict.certain and verdict.kind == kind else _telling(reading, opinion, kind)
    return Verdict(kind, stance, round(float(chances[best]), 3), (taught, *why) if taught else why, False)


def _may_be(kind: str, chance: float, said: str) -> bool:
    """Whether the model may file a remark so: not as hostile by half a suspicion, nor dislike as kind words."""
    if kind == "hostile":
        return chance >= HOSTILE_FROM
    return kind != "praise" or said != "negative"


def _stance(kind: str, found: str, said: str) -> str:
    """The model's stance, unless the words of a remark on the story plainly say that it was liked or not."""
    return said if said and found != "suggestion" and kind not in NEUTRAL_KINDS else found


def _telling(reading: Reading, opinion: Opinion, kind: str) -> tuple[str, ...]:
    return telling(reading, kind, opinion.evidence.get(kind, Evidence()))


def _with_reason(judgements: Sequence[Judgement], at: int) -> Judgement:
    """The same judgement; where nothing telling spoke for it, a neighbour of its kind, or else something fainter.

    The neighbour must have a reason of its own: two remarks that each point at the other tell an author nothing.
    """
    judgement = judgements[at]
    if judgement.verdict.why != HOW_PUT:
        return judgement
    before, after = (_kind_with_reason(judgements, beside) for beside in (at - 1, at + 1))
    why = in_company(judgement.verdict.kind, before, after)
    return replace(judgement, verdict=replace(judgement.verdict, why=judgement.faint if why == HOW_PUT else why))


def _kind_with_reason(judgements: Sequence[Judgement], at: int) -> str:
    """The kind of a remark that has a reason of its own, "" when there is none there."""
    there = at in range(len(judgements)) and judgements[at].verdict.why != HOW_PUT
    return judgements[at].verdict.kind if there else ""


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
    """A verdict for each remark by rules alone: abuse, certain ones, then votes, then the company a remark keeps."""
    verdicts = [
        set_aside(abuse) if abuse else certain(reading, found) or guess(reading)
        for abuse, reading, found in zip(find_abuse(read), read, fixes, strict=True)
    ]
    verdicts = vouched(verdicts)
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
    read: Sequence[Reading], fixes: list[list[Correction]], known: ChapterText
) -> tuple[list[list[Correction]], list[Anchor | None]]:
    """Corrections and quotations with their places in a chapter; one time budget for the whole review."""
    budget = Budget()
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
    text: str, span: Span, judgement: Judgement, corrections: tuple[Correction, ...], anchor: Anchor | None
) -> SortedRemark:
    (start, end), verdict = span, judgement.verdict
    return SortedRemark(
        start=start,
        end=end,
        text=text[start:end],
        kind=verdict.kind,
        stance=verdict.stance,
        confidence=verdict.confidence,
        unsure=judgement.unsure,
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
