"""Splitting: from the text of a review to the spans that each do one job.

`sentencex` finds the sentences; the rules around it know what readers of serial fiction write: quotations
with an answer, lists of fixes, one remark per line, emoticons, spoiler markup and "loved it, but ...".

The work is linear in the length of the text: every character is looked at by a fixed number of passes, and
no expression backtracks over more than one line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from feedback.sorting.jobs import second_job

Span = tuple[int, int]

MAX_REMARKS = 200
"""A review has at most this many remarks; what follows is joined to the last."""

WRAPPED_LINE = 60
"""A line at least this long that ends in mid-sentence was wrapped by the writer's mail program."""

QUOTE = re.compile(r"[ \t]*(?:>(?!!)|&gt;(?!!)|\|(?=[ \t]*\S))")
ITEM = re.compile(r"[ \t]*(?:[-*+•·–—][ \t]+|\(?\d{1,3}[.)][ \t]+)(?=\S)")
RULE = re.compile(r"[ \t]*(?:[-*_=~#][ \t]*){1,80}$")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]*_~]*$")
LOWER_START = re.compile(r"[a-z]")
ANSWERS_A_LINE = re.compile(
    r"(?:i (?:think|believe|assume|guess)[, ]+)?(?:(?:this|that|it) )?should(?:n['’]t)?"
    r"(?: (?:this|that|it|there))?(?: (?:probably|presumably|maybe|rather|also|instead))?"
    r" (?:be|read|say|have been)\b|(?:->|=>|→)",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'“‘/-])(?:chs?|chaps?|vols?|pgs?|pp?|nos?|pts?|eps?|bks?|vs|approx|ca|cf|esp|incl|para|ver"
    r"|e\.g|i\.e)\.$",
    re.IGNORECASE,
)
SPOILER = re.compile(r">!.{1,5000}?!<|\[[^\[\]\n]{0,200}\]\(#s.{1,5000}?\"\)", re.DOTALL)
CLOSERS = frozenset("\"'”’»)]}*_~<")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its surrounding white space: where it stands and what it is."""

    start: int
    end: int
    kind: str
    after_blank: bool


def split(text: str) -> list[Span]:
    """The remarks of a review, as ``(start, end)`` offsets in code points of ``text``.

    They are in order, do not overlap, begin and end at a visible character, and together hold every
    character that is not white space. Empty text has none; there are never more than `MAX_REMARKS`.
    """
    spans: list[Span] = []
    for span in _remarks(text):
        spans.append(span)
        if len(spans) > MAX_REMARKS:
            spans[MAX_REMARKS - 1 :] = [(spans[MAX_REMARKS - 1][0], len(text.rstrip()))]
            break
    return spans


def _remarks(text: str) -> Iterator[Span]:
    """The spans of `split` before the limit, lazily: nobody splits what is joined anyway."""
    spoilers = [match.span() for match in SPOILER.finditer(text)] if ">!" in text or "(#s" in text else []
    for block in _blocks(text, _lines(text, spoilers)):
        yield from _sentences(text, block, spoilers)
