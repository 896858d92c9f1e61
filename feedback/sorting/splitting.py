"""Splitting: from the text of a review to the spans that each do one job.

The rules here know what readers of serial fiction write: quotations with an answer, lists of fixes, one remark
per line, spoiler markup. Within a line `sentences` and `jobs` say where a new sentence or a new job begins.

Every rule only says where a remark begins. The spans are cut between those places, so whatever the rules
decide, the spans are in order, do not overlap and leave nothing out. The work is linear in the length of
the text: a fixed number of passes, and no expression that can run back over more than a few characters.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from feedback.sorting.jobs import names_a_job, second_jobs
from feedback.sorting.sentences import sentence_starts
from feedback.sorting.wording import likeness

Span = tuple[int, int]

MAX_REMARKS = 200
"""A review has at most this many remarks; what follows is joined to the last."""

WRAPPED_LINE = 60
"""A line at least this long that ends in mid-sentence was wrapped by the writer's mail program."""

LONGEST_EXCHANGE = 300
ALIKE = 0.6
"""Two sides of a slash at least this alike are a passage and its correction."""

ARROW = re.compile(r"-{1,3}>|={1,2}>|→|[\"”] ?> ?\S")
QUOTE = re.compile(r">(?!!|<|[_.:;/\\^wuoOxX-]{1,4}[<>()\[\]D3])|&gt;|\|(?=[ \t]*\w)")
ITEM = re.compile(
    r"(?:[-*+•·–—]|\(?\d{1,3}[.)]|\(?[a-hA-H]\)|\(?(?:I{1,3}|IV|VI{1,3}|IX|X)[.)]|V\)|V\.(?=[ \t]+[A-Z]))[ \t]+(?=\S)"
)
NUMBERED = re.compile(r"(?<!\S)\(?(\d{1,2}|[a-h])[.)][ \t]+(?=\S)")
LABEL = re.compile(r"^[\w ]{1,20}:\s*")
RULE = re.compile(r"(?:[-*_=~#][ \t]*)+")
UNSEEN = re.compile(r"(?:&(?:#[xX]200[bB]|#8203|nbsp|#160);|[\u200b-\u200f\u2060\ufeff\s])+")
"""A line of nothing that shows, as editors leave it for an empty paragraph."""

LEAD_IN = re.compile(r"(?:also|and|but|plus|then|next|oh)[,:;.…]*", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_~]*$")
ANSWER = re.compile(
    r"(?:i (?:think|believe|assume|guess)[, ]+)?(?:(?:this|that|it) )?(?:should|shouldn['’]?t)"
    r"(?: (?:this|that|it|there))?(?: (?:probably|presumably|maybe|rather|also|instead))?"
    r" (?:be|read|say|have been)\b|->|=>|→",
    re.IGNORECASE,
)
LEADS_ON = re.compile(r"\b(?:should (?:\w+ )?(?:be|read|say)|(?:i think )?you meant?|instead)\W*$", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """One line without its surrounding white space: where it stands and what it is."""

    start: int
    end: int
    kind: str
    after_blank: bool


@dataclass(slots=True)
class Run:
    """Lines that belong together. Sentences are told apart only between ``prose_start`` and ``prose_end``."""

    start: int
    end: int
    kind: str
    prose_start: int
    prose_end: int


def split(text: str) -> list[Span]:
    """The remarks of a review, as ``(start, end)`` offsets in code points of ``text``.

    They are in order, do not overlap, begin and end at a visible character, and together hold every
    character that is not white space. Empty text has none; there are never more than `MAX_REMARKS`.
    """
    starts: list[int] = []
    for start in _starts(text):
        starts.append(start)
        if len(starts) == MAX_REMARKS:
            break
    ends = [*starts[1:], len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=False)]


def _starts(text: str) -> Iterator[int]:
    """Where remarks begin, in order; lazy, for nobody splits what is joined to the last anyway."""
    spoilers = _spoilers(text)
    for run in _runs(text):
        for start in _starts_in(text, run):
            at = bisect_right(spoilers, (start, 0)) - 1
            if at < 0 or start >= spoilers[at][1]:
                yield start


def _spoilers(text: str) -> list[Span]:
    """Spoiler marks (``>!...!<`` and ``[..](#s "...")``): what they hide is never cut."""
    return sorted([*_enclosed(text, ">!", "!<"), *_enclosed(text, "](#s", '")')])


def _enclosed(text: str, opening: str, closing: str) -> Iterator[Span]:
    """The stretches from an ``opening`` mark to the next ``closing`` one."""
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start)
        if end < 0:
            return
        yield start, end + len(closing)
        start = text.find(opening, end)


def _lines(text: str) -> Iterator[Line]:
    """The lines of ``text`` that are not blank; one of nothing that shows is blank too, unless it is the first."""
    offset, after_blank, is_first = 0, True, True
    for whole in text.splitlines(keepends=True):
        line = whole.strip()
        if not is_first and UNSEEN.fullmatch(line):
            line = ""
        if line:
            is_first = False
            start = offset + len(whole) - len(whole.lstrip())
            yield Line(start, start + len(line), _kind_of(line), after_blank)
        after_blank = not line
        offset += len(whole)


def _kind_of(line: str) -> str:
    if QUOTE.match(line):
        return "quote"
    if ITEM.match(line):
        return "item"
    return "rule" if RULE.fullmatch(line) or UNSEEN.fullmatch(line) else "prose"


def _runs(text: str) -> Iterator[Run]:
    """Lines joined into runs: a quotation with its answer, a wrapped paragraph, else a line by itself.

    A quotation is answered by the paragraph or the list item below it; a ruled line closes it unanswered.
    """
    run: Run | None = None
    for line in _lines(text):
        if run and _joins(text, run, line):
            _join(text, run, line)
            continue
        if run:
            yield run
        end = line.end if line.kind == "prose" else line.start
        run = Run(line.start, line.end, line.kind, line.start, end)
    if run:
        yield run


def _joins(text: str, run: Run, line: Line) -> bool:
    """Whether ``line`` goes on with ``run`` rather than beginning something new."""
    if run.kind == "rule":
        return True
    if run.kind == "closed":
        return False
    if line.kind == "quote":
        leads_on = run.kind == "answer" and LEADS_ON.search(text[max(run.start, run.end - 40) : run.end])
        return run.kind == "quote" or bool(leads_on) or _introduces(text, run, line)
    if line.kind != "prose":
        return run.kind == "quote"
    if run.kind == "quote" or (run.kind == "answer" and not line.after_blank):
        return True
    return _answers(text, run, line) or _is_wrapped(text, run, line)


def _introduces(text: str, run: Run, line: Line) -> bool:
    """Whether the prose just above a quotation leads into it ("this line gave me chills:", "Also,")."""
    if run.kind != "prose":
        return False
    if LEAD_IN.fullmatch(text, run.start, run.end):
        return True
    return not line.after_blank and not SENTENCE_END.search(text[max(run.start, run.end - 8) : run.end])


def _answers(text: str, run: Run, line: Line) -> bool:
    """Whether ``line`` ("should be 'Y'") says what is wrong with the line above it."""
    return run.kind in ("prose", "item") and ANSWER.match(text, line.start, line.end) is not None


def _is_wrapped(text: str, run: Run, line: Line) -> bool:
    """Whether a paragraph was broken into lines by a mail program and ``line`` continues its sentence."""
    if line.after_blank or run.kind not in ("prose", "item") or not text[line.start].islower():
        return False
    above = text[max(run.start, run.end - WRAPPED_LINE) : run.end]
    whole = len(above) >= WRAPPED_LINE and "\n" not in above
    return whole and not SENTENCE_END.search(above[-8:]) and "->" not in text[line.start : line.end]


def _join(text: str, run: Run, line: Line) -> None:
    """Put ``line`` at the end of ``run``; what it makes of the run depends on both."""
    if run.kind == "rule":
        run.kind, run.prose_start = line.kind, line.start
        run.prose_end = line.end if line.kind == "prose" else line.start
    elif line.kind == "quote":
        run.kind = "quote"
    elif line.kind == "rule":
        run.kind = "closed"
    elif run.kind in ("quote", "answer") or _answers(text, run, line):
        run.kind = "answer"
    elif run.kind == "prose":
        run.prose_end = line.end
    run.end = line.end


def _starts_in(text: str, run: Run) -> Iterator[int]:
    """Where remarks begin within one run: at its start, and at its further sentences, items and jobs."""
    yield run.start
    if run.kind == "item":
        yield from (run.start + at for at in _further_items(text[run.start : run.end]))
        return
    body = text[run.prose_start : run.prose_end]
    starts = iter(_before_pair(body)) if _is_exchange(body) else _starts_of_prose(body)
    yield from (run.prose_start + at for at in starts)


def _starts_of_prose(body: str) -> Iterator[int]:
    start = 0
    for end in chain(sentence_starts(body), (len(body),)):
        if start:
            yield start
        for job in second_jobs(body[start:end]):
            yield start + job
        start = end


def _further_items(item: str) -> Iterator[int]:
    """Where the second and later entries of a list in one line begin: "1) great pace 2) weak ending"."""
    wanted = ""
    for mark in NUMBERED.finditer(item):
        if mark[1] == wanted:
            yield mark.start()
        elif mark.start():
            continue
        wanted = str(int(mark[1]) + 1) if mark[1].isdigit() else chr(ord(mark[1]) + 1)


def _is_exchange(line: str) -> bool:
    """Whether a line is ``old -> new`` or ``old/new``, which no full stop in it parts."""
    if len(line) > LONGEST_EXCHANGE:
        return False
    if len(ARROW.findall(line)) == 1:
        return True
    old, mark, new = line.partition("/")
    return bool(mark) and "/" not in new and likeness(old, new) >= ALIKE


def _before_pair(line: str) -> list[int]:
    """Where ``old -> new`` begins when whole sentences about something else stand before it on the line.

    They do when the last piece before the arrow is like what comes after it and all of it together is not, or when
    they do a job that no passage of a story does.
    """
    arrow = ARROW.search(line)
    old, new = (line[: arrow.start()], line[arrow.end() :]) if arrow else ("", "")
    last = max(sentence_starts(old), default=0)
    if not last or likeness(old, new) >= ALIKE:
        return []
    alike = likeness(LABEL.sub("", old[last:]).strip(), new.strip()) >= ALIKE
    return [last] if alike or names_a_job(old[:last]) else []
