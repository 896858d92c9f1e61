"""Reading: what the rules and the model look at in one remark, worked out once.

A remark that begins with a ``>`` quotation is two things: the words of the story and what the reader says
about them. Only the second tells what the remark is about, so the two are kept apart here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from feedback.sorting.wording import QUOTES

Span = tuple[int, int]

LONGEST_READ = 2_000
"""Code points of a remark that are read; the rest of a longer one adds nothing but time."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SQUEEZED = re.compile(r"(\w)\1{2,}")
_QUOTED_LINE = re.compile(r"^[ \t]*>(?![!_.])[^\n]*(?:\n|$)|^[ \t]*&gt;[^\n]*(?:\n|$)", re.MULTILINE)
_LIST_MARK = re.compile(r"^\s*(?:[-*+•·–—]|\(?\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class Reading:
    """One remark as the rules see it: ``text`` as written, and its place among ``count`` remarks."""

    text: str
    index: int = 0
    count: int = 1

    @cached_property
    def plain(self) -> str:
        """The text in lower case with straight quotes, cut to what is read. Same length as what it was cut to."""
        cut = self.text[:LONGEST_READ].translate(QUOTES)
        lower = cut.lower()
        return lower if len(lower) == len(cut) else cut

    @cached_property
    def cased(self) -> str:
        """What the reader says in their own words, as `said`, with its capitals: they tell a name from a word."""
        cut = self.text[:LONGEST_READ].translate(QUOTES)
        own = _QUOTED_LINE.sub("", cut) if self.quoted else cut
        return _LIST_MARK.sub("", own).strip()

    @cached_property
    def quoted(self) -> str:
        """The quoted lines of the story, "" when there is no ``>`` quotation."""
        return "\n".join(_QUOTED_LINE.findall(self.plain)) if ">" in self.plain or "&gt;" in self.plain else ""

    @cached_property
    def said(self) -> str:
        """What the reader says in their own words: the text without ``>`` quotations and list marks."""
        own = _QUOTED_LINE.sub("", self.plain) if self.quoted else self.plain
        return _LIST_MARK.sub("", own).strip()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of `said`, letters drawn out ("sooooo") squeezed to two."""
        return _words_of(self.said)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Every run of one to four words of `said`."""
        words = self.words
        runs = set(words)
        for length in (2, 3, 4):
            runs.update(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
        return frozenset(runs)

    @property
    def asks(self) -> bool:
        """Whether the reader's own words end in, or hold, a question mark."""
        return "?" in self.said

    @property
    def is_bare_quotation(self) -> bool:
        """Whether there is a ``>`` quotation and not a word about it."""
        return bool(self.quoted) and not self.words


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_SQUEEZED.sub(r"\1\1", text)))


def all_words(reading: Reading) -> tuple[str, ...]:
    """The words of the whole text that is read, those it quotes included."""
    return _words_of(reading.plain) if reading.quoted else reading.words


def readings(text: str, spans: Sequence[Span]) -> list[Reading]:
    """One `Reading` per span of ``text``, in order."""
    return [Reading(text[start:end], at, len(spans)) for at, (start, end) in enumerate(spans)]
