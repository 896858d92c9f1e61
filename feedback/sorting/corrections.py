"""Corrections: the concrete changes a remark proposes, each as quote, wrong, right and fixed.

Readers write them in a handful of shapes: a ``>`` quotation and an answer below it, ``old -> new``,
``old/new``, ``"old" - new``, ``old (new?)``, "'X' should be 'Y'", ``*word``. Each shape is a function here;
what a sentence asks for is read by `notes`, and a short answer is fitted into its passage by `rewording`.
A shape that cannot be told from chatter is left alone: better no correction than a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.sorting import notes, phrases
from feedback.sorting.answers import answered, exchanged, quoted_only
from feedback.sorting.shapes import Correction
from feedback.sorting.splitting import ITEM, LEADS_ON, QUOTE, RULE
from feedback.sorting.wording import fold, likeness, plain, words

LONGEST_REMARK = 4000
MOST_UNITS = 40
MOST_LINES = 40
"""Characters, quotations and lines of one remark that are read for corrections: more is no remark, but what
was left when a review was cut into as many as it may have."""

SHORT_ANSWER = 9
"""Words of an answer that stands alone below a passage."""

ALIKE, SURELY_ALIKE = 0.6, 0.75
"""How like each other the two sides of a slash must be, with and without a word in common."""

SAID_AGAIN = 0.88
"""A line at least this like the passage above it is the passage with a slip mended."""

LONGEST_SLIP = 4
"""Words struck out in a sentence of the reader's own: more of them are a joke."""

LONGEST_SCRAP = 9
LONGEST_TAG = 40
"""Characters of narration that may follow the speech in a quoted passage ("...," she said.)."""

OWN_WORDS = re.compile(
    r"^(?!edit|ps\b|p\.s|thanks)(?!.*(?:[:;][-']?[()DPp]|\b(?:chapter|thanks|feedback|lol|story|typos?)\b))[^\w]*\w+.*\w",
    re.IGNORECASE,
)
DOUBLED = re.compile(r"\b(?!had|that|very|so|no|ha|really|bye|there|yes|now)(\w{2,}) \1\b", re.IGNORECASE)

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
ARROW = re.compile(r"\s*(?:-{1,3}>|={1,2}>|→|⇒|➡️?|»{1,2})\s*|(?<=[\s\"'”’])>{1,2}\s+|\s>{1,2}(?=[\"“])")
DASH = re.compile(r"\s+(?:-{1,2}|–|—|:)\s+|(?<=[\"”'’])\s*(?:-{1,2}|–|—|:)\s+")
SLASH = re.compile(r"\s*/\s*")
ASIDE = re.compile(r"^(?P<quote>.{2,200}?)\s*\((?P<note>[^()]{1,80})\)\W{0,2}$")
STRUCK = re.compile(r"~~\s*(?P<old>[^~\n]{1,200}?)\s*~~\s{0,3}(?P<new>[^~\n]{1,200})")
EMPHASISED = re.compile(r"\*{1,2}([^*]{1,100})\*")
STARRED = re.compile(r"^(?:\*\s?(?P<after>[\w'’ -]{1,40}?)|(?P<before>[\w'’ -]{1,40}?)\s?\*)[.!?]*$")
LINK = re.compile(r"https?:|www\.|\w/\w+/\w|\.(?:com|net|org|html?)\b|\d/\d", re.IGNORECASE)
QUOTED_START = re.compile(r"^(?:\"([^\"]{2,600})\"|“([^”]{2,600})”|‘([^’]{2,300})’|'([^']{2,300})')(?=\W|$)")
QUOTED_END = re.compile(r"(?<!\S)[\"“]([^\"“”]{2,300})[\"”]\s*$")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'“*])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotation and what is said below it; either may be empty."""

    quotes: tuple[str, ...]
    notes: tuple[str, ...]


def find(text: str) -> list[Correction]:
    """The corrections in ``text``, the text of one remark, in the order they stand there."""
    found: list[Correction] = []
    units = _rejoined(_units(text[:LONGEST_REMARK]))[:MOST_UNITS]
    for unit in units:
        found += _from_quotation(unit) if unit.quotes else _from_lines(unit.notes)
    return _distinct(found or _labelled(text[:LONGEST_REMARK]))


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


def in_review(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Correction]]:
    """The corrections of each remark of a review, read in the light of the remarks around it.

    ``text`` is the review, ``spans`` its remarks as `splitting.split` gives them; the answer has one list
    per span. Beyond what `find` sees, an answer is read together with the passage of the remark before it
    ("should be 'Y'"), and in a list of typos a bare quotation is a correction whose repair is not stated.
    """
    remarks = [text[start:end] for start, end in spans]
    found = [find(remark) for remark in remarks]
    is_list = _is_typo_list(remarks, found)
    for index, remark in enumerate(remarks):
        if not found[index] and index:
            found[index] = _answer_to_remark(remarks[index - 1], found[index - 1], remark)
            if found[index]:
                found[index - 1] = []
        if not found[index] and is_list:
            found[index] = _distinct(_bare_entry(remark))
    return found


def _answer_to_remark(passage: str, found: list[Correction], remark: str) -> list[Correction]:
    """An answer to the remark before it, if that is a passage whose repair is not known yet."""
    if any(correction.right is not None for correction in found) or HEADING.match(passage):
        return []
    return _answer_to(found[0].quote if found else passage, remark)


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
        line = line.strip()
        if item := ITEM.match(line):
            line = line[item.end() :]
        if line and not HEADING.match(line) and not RULE.fullmatch(line):
            yield LABEL.sub("", line) or line


def _from_quotation(unit: Unit) -> list[Correction]:
    """Corrections of quoted passages by the notes below them."""
    passages = [quote for quote in unit.quotes if quote]
    if not passages:
        return []
    if not unit.notes:
        return [correction for passage in passages for correction in _from_marked(passage)]
    whole = passages if len(passages) == 1 else [*passages[::-1], " ".join(passages)]
    for passage in whole:
        if found := answered(passage, unit.notes):
            return found
    if any(phrases.FAULT.search(note) for note in unit.notes):
        return [quoted_only(passages[0])]
    return []


def _from_marked(passage: str) -> list[Correction]:
    """A passage shown without a word: words struck out, or one that stands twice and cannot mean to."""
    return _struck(passage, sure=True) or ([quoted_only(passage)] if DOUBLED.search(passage) else [])


def _from_lines(lines: Sequence[str]) -> list[Correction]:
    """Corrections in lines that quote nothing above them; an answer may be on the line below its passage."""
    found: list[Correction] = []
    passage = ""
    for line in lines[:MOST_LINES]:
        here = _from_line(line) or (_answer_to(passage, line) if passage else [])
        found += here
        passage = "" if here else line
    return found


def _from_line(line: str) -> list[Correction]:
    for shape in (_struck, _arrow, _slash, _sentences, _dash, _aside, _twin, _faulted):
        if found := shape(line):
            return found
    return []


def _struck(line: str, *, sure: bool = False) -> list[Correction]:
    """``~~old~~ new``; of what follows as many words as were struck out, or those that are emphasised."""
    found: list[Correction] = []
    for match in STRUCK.finditer(line) if "~~" in line else ():
        old, after = match["old"], match["new"]
        emphasised = EMPHASISED.match(after)
        new = emphasised[1] if emphasised else " ".join(after.split()[: len(old.split())])
        is_slip = len(old.split()) <= LONGEST_SLIP and _one_corrects(old, new)
        if (sure or is_slip) and (correction := exchanged(old, new, whole=True)):
            found.append(correction)
    return found


def _arrow(line: str) -> list[Correction]:
    """``old -> new``, also ``"old" > new``."""
    parts = [part for part in ARROW.split(line) if part]
    if len(parts) != 2:
        return []
    old, new = parts
    if (quoted := QUOTED_END.search(old)) and quoted.start() > 0:
        old = quoted[1]
    if phrases.FAULT.search(new) and likeness(old, new) < 0.5:
        return answered(old, (new,)) or [quoted_only(old)]
    if found := answered(old, (new,)) if notes.read(new).fragments else []:
        return found
    correction = exchanged(old, new)
    return [correction] if correction else []


def _slash(line: str) -> list[Correction]:
    """``old/new`` where both are so alike that one corrects the other."""
    if "/" not in line or LINK.search(line):
        return []
    sides = SLASH.split(line.strip())
    if len(sides) != 2 or not all(sides) or not _one_corrects(*sides):
        return []
    correction = exchanged(*sides, whole=True)
    return [correction] if correction else []


def _one_corrects(old: str, new: str) -> bool:
    """Whether two sides of a slash are a passage and its correction, not "and/or" or "he/she"."""
    new = re.split(r"\s+OR\s+", new)[0]
    ours, theirs = ([word.folded for word in words(side)] for side in (old, new))
    if min(len(ours), len(theirs)) == 1 and len(ours) == len(theirs):
        return notes.are_alike(ours[0], theirs[0])
    alike = likeness(old, new)
    return alike >= SURELY_ALIKE or (alike >= ALIKE and bool(set(ours) & set(theirs)))


def _dash(line: str) -> list[Correction]:
    """``"old" - new`` and ``old - Missing space``."""
    parts = DASH.split(line, maxsplit=1)
    if len(parts) != 2 or not all(parts):
        return []
    old, note = parts
    quoted = QUOTED_START.match(old)
    if quoted or len(old.split()) <= 14:
        asks = quoted or phrases.FAULT.search(note) or notes.proposes(note)
        if found := answered(old, (note,), sure=bool(quoted)) if asks else []:
            return found
        if phrases.FAULT.search(note) and (quoted or len(note.split()) <= 8):
            return [quoted_only(old)]
    return []


def _aside(line: str) -> list[Correction]:
    """``old (new?)``."""
    match = ASIDE.match(line)
    if not match or not match["note"].rstrip().endswith("?"):
        return []
    return [
        correction
        for correction in answered(match["quote"], (match["note"],))
        if correction.right is not None and notes.are_alike(correction.wrong or "", correction.right)
    ]


def _twin(line: str) -> list[Correction]:
    """``old; new``, where the two are the same but for a mark."""
    old, mark, new = line.partition("; ")
    if not mark or len(old.split()) < 2 or likeness(old, new) < 0.85:
        return []
    correction = exchanged(old + mark.strip(), new, whole=True)
    return [correction] if correction else []


def _sentences(line: str) -> list[Correction]:
    """Sentences that name the wrong and the right words, or a passage and what is wrong with it."""
    found: list[Correction] = []
    passage = ""
    for sentence in SENTENCE.split(line):
        quoted = QUOTED_START.match(sentence)
        here = answered(passage or sentence, (sentence,), in_sentence=not passage)
        found += here
        if quoted and not here:
            passage = next(filter(None, quoted.groups()))
    return found


def _faulted(line: str) -> list[Correction]:
    """A quoted passage said to be wrong, or shown doubled, without its repair."""
    quoted = notes.read(line).fragments
    if len(quoted) != 1 or len(quoted[0].split()) < 2:
        return []
    is_bare = QUOTED_START.fullmatch(line.strip()) and DOUBLED.search(quoted[0])
    return [quoted_only(quoted[0])] if is_bare or phrases.WRONG.search(line) else []


def _answer_to(passage: str, remark: str) -> list[Correction]:
    """An answer that stands apart from the passage it corrects."""
    lines = list(_lines(remark))
    if not lines or len(passage) > 600:
        return []
    if _says_again(passage, lines[0]):
        correction = exchanged(passage, lines[0], whole=True)
        return [correction] if correction else []
    short = len(lines[0].split()) <= SHORT_ANSWER
    if STARRED.match(lines[0]) or (phrases.BARE_PROPOSAL.match(lines[0]) and (short or notes.proposes(lines[0]))):
        return answered(passage, tuple(lines[:1]), sure=True)
    if short and notes.proposes(lines[0]):
        return answered(passage, tuple(lines[:1]))
    return []


def _says_again(passage: str, line: str) -> bool:
    """Whether ``line`` is the passage once more with a slip mended."""
    if not 3 <= len(passage.split()) <= 60 or fold(plain(passage)) == fold(plain(line)):
        return False
    return likeness(plain(passage), plain(line)) >= SAID_AGAIN and passage.split()[-1] == line.split()[-1]


def _is_typo_list(remarks: list[str], found: list[list[Correction]]) -> bool:
    """Whether a review is a list of typos: it says so, or most of its lines are corrections or scraps."""
    lines = [remark for remark in remarks if not QUOTE.match(remark)]
    if any(HEADING.match(remark.splitlines()[0]) for remark in remarks[:2] if remark):
        return True
    scraps = sum(bool(here) or _is_scrap(remark) for remark, here in zip(remarks, found, strict=True))
    return len(lines) >= 3 and scraps >= 0.75 * len(remarks) and sum(map(bool, found)) >= 1


def _is_scrap(remark: str) -> bool:
    """A few words that are no sentence of the reader's own."""
    line = remark.strip()
    if "\n" in line or len(line.split()) > LONGEST_SCRAP or not OWN_WORDS.search(line):
        return False
    return line[:1].islower() or not re.search(r"[.!?:)]$", line)


def _bare_entry(remark: str) -> list[Correction]:
    """A quotation or scrap in a list of typos whose repair is not stated."""
    lines = list(_lines(remark))
    passages = [line.lstrip("> |\t") for line in lines if QUOTE.match(line)]
    if passages:
        return [quoted_only(passages[0])] if len(passages) == len(lines) else []
    if len(lines) != 1:
        return []
    aside = ASIDE.match(lines[0])
    if aside and (found := answered(aside["quote"], (aside["note"],), sure=True)):
        return found
    if QUOTED_START.fullmatch(lines[0].strip()) or _is_scrap(lines[0]):
        return [quoted_only(aside["quote"] if aside else lines[0])]
    return []
