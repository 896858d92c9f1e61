"""Corrections: the concrete changes a remark proposes, each as quote, wrong, right and fixed.

Readers write them in a handful of shapes: a ``>`` quotation and an answer below it (`answers`), ``old -> new``
and ``old/new`` (`pairs`), ``"old" - new``, ``old (new?)``, "'X' should be 'Y'", ``*word`` (`lines`). What a
sentence asks for is read by `notes`, a short answer is fitted into its passage by `rewording`, and whether a
change mends anything is asked of `repairs`. A shape that cannot be told from chatter is left alone: better no
correction than a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.sorting import notes, phrases
from feedback.sorting.answers import STARRED, answered
from feedback.sorting.chapter_text import ChapterText
from feedback.sorting.context import Context
from feedback.sorting.exchanges import exchanged, quoted_only
from feedback.sorting.instructions import DOUBLED
from feedback.sorting.lines import ASIDE, from_line, struck
from feedback.sorting.pairs import QUOTED_START
from feedback.sorting.shapes import Correction
from feedback.sorting.splitting import ITEM, LEADS_ON, QUOTE, RULE
from feedback.sorting.wording import fold, likeness, plain

LONGEST_REMARK = 4000
MOST_UNITS = 40
MOST_LINES = 40
"""Characters, quotations and lines of one remark that are read for corrections: more is no remark, but what
was left when a review was cut into as many as it may have."""

SHORT_ANSWER = 9
"""Words of an answer that stands alone below a passage."""

SAID_AGAIN = 0.88
"""A line at least this like the passage above it is the passage with a slip mended."""

FEWEST_FIXES, MOSTLY = 2, 0.5
"""How many of the passages a review quotes must be mended, and what share of them, for it to be a list of fixes."""

ASKED_LESS = re.compile(r"[>/→⇒➡»\"“]")
"""A remark that may read otherwise in a list of fixes holds a quotation, an arrow or a slash."""

LONGEST_SCRAP = 9
LONGEST_TAG = 40
"""Characters of narration that may follow the speech in a quoted passage ("...," she said.)."""

OWN_WORDS = re.compile(
    r"^(?!edit|ps\b|p\.s|thanks)(?!.*(?:[:;][-']?[()DPp]|\b(?:chapter|thanks|feedback|lol|story|typos?)\b))[^\w]*\w+.*\w",
    re.IGNORECASE,
)

_MISTAKES = r"typos?(?:/\w+)?|corrections?|mistakes?|errors?|errata|nitpicks?|edits?|grammar|proofreading"
_SOME = (
    r"(?:(?:and|also|some|few|a few|a handful of|minor|small|quick|tiny|possible|official|another|other|more|the|just"
    r"|only|one|a|an|100%|found|spotted|noticed|i) )*"
)
HEADING = re.compile(
    rf"^\W*{_SOME}(?:{_MISTAKES})"
    r"(?: (?:thread|list|corner|report|time|found|i found|here|below|and corrections|and such|police))?\W*$",
    re.IGNORECASE,
)
LABEL = re.compile(rf"^\W{{0,3}}{_SOME}(?:{_MISTAKES})(?: (?:thread|here|report))?\s*[:\-–—]+\s*", re.IGNORECASE)
STRIKE_TAG = re.compile(r"<(?:s|del|strike)>([^<>\n]{1,200})</(?:s|del|strike)>", re.IGNORECASE)
EMPHASIS_TAG = re.compile(r"<(?:b|i|u|em|strong|ins)>([^<>\n]{1,200})</(?:b|i|u|em|strong|ins)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotation and what is said below it; either may be empty."""

    quotes: tuple[str, ...]
    notes: tuple[str, ...]


def find(text: str, context: Context | None = None) -> list[Correction]:
    """The corrections in ``text``, the text of one remark, in the order they stand there.

    ``context`` is what the remarks of one review share; without one, nothing is known around the text.
    """
    context = context or Context()
    found: list[Correction] = []
    text = _as_markdown(text[:LONGEST_REMARK])
    for unit in _rejoined(_units(text))[:MOST_UNITS]:
        found += _from_quotation(unit, context) if unit.quotes else _from_lines(unit.notes, context)
    return _distinct(found or _labelled(text))


def _labelled(text: str) -> list[Correction]:
    """A passage the reader calls a typo without mending it: ``Typo: "..."``."""
    label = LABEL.match(text)
    if not label:
        return []
    rest = text[label.end() :].strip()
    quoted = QUOTED_START.match(rest)
    if not quoted:
        return []
    is_whole = len(rest) - quoted.end() <= LONGEST_TAG and "\n" not in rest
    return [quoted_only(rest if is_whole else next(filter(None, quoted.groups())))]


def in_review(
    text: str, spans: Sequence[tuple[int, int]], chapter: ChapterText | None = None
) -> list[list[Correction]]:
    """The corrections of each remark of a review, read in the light of the remarks around it.

    ``text`` is the review, ``spans`` its remarks as `splitting.split` gives them, ``chapter`` what it is about,
    where that is known; the answer has one list per span. Beyond what `find` sees, an answer is read together
    with the passage of the remark before it ("should be 'Y'"), among fixes less is asked of an answer, and in
    a list of typos a bare quotation is a correction whose repair is not stated.
    """
    remarks = [text[start:end] for start, end in spans]
    context = Context(chapter, listed=_has_heading(remarks))
    found = [find(remark, context) for remark in remarks]
    both = list(zip(remarks, found, strict=True))
    if not context.listed and _are_mostly_fixes(both):
        context.listed = True
        again = [not _is_stated(here) and bool(ASKED_LESS.search(remark)) for remark, here in both]
        found = [find(remark, context) if anew else here for anew, (remark, here) in zip(again, both, strict=True)]
    is_list = _is_typo_list(remarks, found)
    for index, remark in enumerate(remarks):
        if not found[index] and index:
            found[index] = _answer_to_remark(remarks[index - 1], found[index - 1], remark, context)
            if found[index]:
                found[index - 1] = []
        if not found[index] and is_list:
            found[index] = _distinct(_bare_entry(remark, context))
    return found


def _is_stated(found: list[Correction]) -> bool:
    """Whether corrections hold a repair."""
    return any(correction.right is not None for correction in found)


def _are_mostly_fixes(both: list[tuple[str, list[Correction]]]) -> bool:
    """Whether of the passages a review quotes or mends most are mended."""
    fixes = sum(_is_stated(here) for _, here in both)
    quoting = sum(_is_stated(here) or bool(QUOTE.match(remark)) for remark, here in both)
    return fixes >= FEWEST_FIXES and fixes >= MOSTLY * quoting


def _as_markdown(text: str) -> str:
    """``text`` with the few HTML tags that show a change written as Markdown."""
    if "<" not in text:
        return text
    return EMPHASIS_TAG.sub(r"**\1**", STRIKE_TAG.sub(r"~~\1~~", text))


def _answer_to_remark(passage: str, found: list[Correction], remark: str, context: Context) -> list[Correction]:
    """An answer to the remark before it, if that is a passage whose repair is not known yet."""
    if _is_stated(found) or HEADING.match(passage):
        return []
    return _answer_to(found[0].quote if found else passage, remark, context)


def _distinct(found: list[Correction]) -> list[Correction]:
    """Each correction once; one without a passage has nothing to be placed by."""
    return [correction for correction in dict.fromkeys(found) if correction.quote]


def _units(text: str) -> Iterator[Unit]:
    """A remark cut into quotations with their notes; notes above the first quotation stand alone."""
    quotes: list[str] = []
    below: list[str] = []
    for line in _lines(text):
        if QUOTE.match(line):
            if below:
                yield Unit(tuple(quotes), tuple(below))
                quotes, below = [], []
            quotes.append(line.lstrip("> |\t").removeprefix("&gt;").strip())
        else:
            below.append(line)
    if quotes or below:
        yield Unit(tuple(quotes), tuple(below))


def _rejoined(units: Iterable[Unit]) -> list[Unit]:
    """A quotation, "should be", and the quotation of how it should be, as one unit."""
    joined: list[Unit] = []
    for unit in units:
        if joined and unit.quotes and joined[-1].notes and LEADS_ON.search(joined[-1].notes[-1]):
            before = joined.pop()
            note = f'{before.notes[-1].rstrip(" :")} "{unit.quotes[0]}"'
            unit = Unit(before.quotes, (*before.notes[:-1], note, *unit.notes))
        joined.append(unit)
    return joined


def _lines(text: str) -> Iterator[str]:
    """The lines that say something, without list marks and headings."""
    for line in text.splitlines():
        line = " ".join(line.split())
        if item := ITEM.match(line):
            line = line[item.end() :]
        if line and not HEADING.match(line) and not RULE.fullmatch(line):
            yield LABEL.sub("", line) or line


def _from_quotation(unit: Unit, context: Context) -> list[Correction]:
    """Corrections of quoted passages by the notes below them."""
    passages = [quote for quote in unit.quotes if quote]
    if not passages:
        return []
    if not unit.notes:
        return [correction for passage in passages for correction in _from_marked(passage, context)]
    whole = passages if len(passages) == 1 else [*passages[::-1], " ".join(passages)]
    for passage in whole:
        if found := answered(passage, unit.notes, context):
            return found
    if any(phrases.FAULT.search(note) for note in unit.notes):
        return [quoted_only(passages[0])]
    return []


def _from_marked(passage: str, context: Context) -> list[Correction]:
    """A passage shown without a word: words struck out, or one that stands twice and cannot mean to."""
    return struck(passage, context, sure=True) or ([quoted_only(passage)] if DOUBLED.search(passage) else [])


def _from_lines(lines: Sequence[str], context: Context) -> list[Correction]:
    """Corrections in lines that quote nothing above them; an answer may be on the line below its passage."""
    found: list[Correction] = []
    passage = ""
    for line in lines[:MOST_LINES]:
        here = from_line(line, context) or (_answer_to(passage, line, context) if passage else [])
        found += here
        passage = "" if here else line
    return found


def _answer_to(passage: str, remark: str, context: Context) -> list[Correction]:
    """An answer that stands apart from the passage it corrects."""
    lines = list(_lines(remark))
    if not lines or len(passage) > 600:
        return []
    if _says_again(passage, lines[0]):
        correction = exchanged(passage, lines[0], context, whole=True)
        return [correction] if correction else []
    short = len(lines[0].split()) <= SHORT_ANSWER
    if STARRED.match(lines[0]) or (phrases.BARE_PROPOSAL.match(lines[0]) and (short or notes.proposes(lines[0]))):
        return answered(passage, tuple(lines[:1]), context, sure=True)
    if short and notes.proposes(lines[0]):
        return answered(passage, tuple(lines[:1]), context)
    return []


def _says_again(passage: str, line: str) -> bool:
    """Whether ``line`` is the passage once more with a slip mended."""
    if not 3 <= len(passage.split()) <= 60 or fold(plain(passage)) == fold(plain(line)):
        return False
    return likeness(plain(passage), plain(line)) >= SAID_AGAIN and passage.split()[-1] == line.split()[-1]


def _has_heading(remarks: list[str]) -> bool:
    return any(HEADING.match(remark.splitlines()[0]) for remark in remarks[:2] if remark)


def _is_typo_list(remarks: list[str], found: list[list[Correction]]) -> bool:
    """Whether a review is a list of typos: it says so, or most of its lines are corrections or scraps."""
    lines = [remark for remark in remarks if not QUOTE.match(remark)]
    if _has_heading(remarks):
        return True
    scraps = sum(bool(here) or _is_scrap(remark) for remark, here in zip(remarks, found, strict=True))
    return len(lines) >= 3 and scraps >= 0.75 * len(remarks) and sum(map(bool, found)) >= 1


def _is_scrap(remark: str) -> bool:
    """A few words that are no sentence of the reader's own."""
    line = remark.strip()
    if "\n" in line or len(line.split()) > LONGEST_SCRAP or not OWN_WORDS.search(line):
        return False
    return line[:1].islower() or not re.search(r"[.!?:)]$", line)


def _bare_entry(remark: str, context: Context) -> list[Correction]:
    """A quotation or scrap in a list of typos whose repair is not stated."""
    lines = list(_lines(remark))
    passages = [line.lstrip("> |\t") for line in lines if QUOTE.match(line)]
    if passages:
        return [quoted_only(passages[0])] if len(passages) == len(lines) else []
    if len(lines) != 1:
        return []
    aside = ASIDE.match(lines[0])
    if aside and (found := answered(aside["quote"], (aside["note"],), context, sure=True)):
        return found
    if QUOTED_START.fullmatch(lines[0].strip()) or _is_scrap(lines[0]):
        return [quoted_only(aside["quote"] if aside else lines[0])]
    return []
