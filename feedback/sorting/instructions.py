"""Notes that say what to do to a passage: put a word in, take one out, move it, write it large."""

import re
from collections.abc import Callable

from feedback.sorting import phrases
from feedback.sorting.exchanges import made, place_of, tidy
from feedback.sorting.notes import Note
from feedback.sorting.punctuation import MARKS, punctuated
from feedback.sorting.shapes import Correction
from feedback.sorting.wording import fold, words

DOUBLED = re.compile(r"\b(?!had|that|very|so|no|ha|really|bye|there|yes|now)(\w{2,}) \1\b", re.IGNORECASE)
"""A word that stands twice and cannot mean to."""

PAIR = 2
TWICE = re.compile(r"(?<![\w'])(?P<word>[\w']+) (?P=word)(?![\w'])", re.IGNORECASE)
POINTED_OUT = re.compile(r"^(?:~~(?P<struck>[^~\n]+)~~|\*\s?(?P<after>[\w']+)|(?P<before>[\w']+)\*)[.!]?$")

REWRITTEN: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?:a )?(?:capital|capitali[sz]ed|upper-?case)"), lambda word: word[:1].upper() + word[1:]),
    (re.compile(r"(?:un|de)capitali[sz]ed|lower-? ?case|small"), lambda word: word[:1].lower() + word[1:]),
    (re.compile(r"hyphenated"), lambda word: "-".join(word.split())),
    (re.compile(r"(?:all )?one word"), lambda word: "".join(word.split())),
)
"""What a word "should be" where that describes it, and what it is then."""


def instructed(quote: str, line: str, note: Note) -> list[Correction]:
    """The correction that ``note``, made of ``line``, orders for ``quote``."""
    fixed = _struck_out(quote, line)
    for told in (_described, punctuated, _doubled, _removed, _added):
        fixed = fixed or told(quote, note)
    correction = made(quote, fixed)
    return [correction] if correction else []


def moved(quote: str, note: Note) -> list[Correction]:
    """ "'that' should be in front of 'just'"."""
    for match in phrases.MOVE.finditer(note.skeleton) if note.fragments else ():
        word = tidy(note[match["wrong"]])
        if place := place_of(word, quote):
            rest = quote[: place.start()].rstrip(" ") + quote[place.end() :]
            correction = made(quote, _put(rest, word, match["side"], note[match["by"]]))
            return [correction] if correction else []
    return []


def without_double(quote: str, word: str = "") -> str | None:
    """``quote`` with ``word``, or the one word that stands twice, written once; None where that is unclear."""
    twice = [match for match in TWICE.finditer(quote) if not word or fold(match["word"]) == fold(word)]
    if len(twice) != 1:
        return None
    return quote[: twice[0].end("word")] + quote[twice[0].end() :]


def once_with(quote: str, wording: str) -> str | None:
    """``quote`` without its doubled word, if ``wording`` shows that word once, with a word beside it."""
    once = without_double(quote)
    if not once or len(wording.split()) < PAIR or not place_of(wording, once):
        return None
    twice = TWICE.search(quote)
    return once if twice and place_of(twice["word"], wording) else None


def _described(quote: str, note: Note) -> str | None:
    """ "'tuesday' should be capitalised"."""
    for match in phrases.DESCRIBED.finditer(note.skeleton):
        place = place_of(tidy(note[match["wrong"]]), quote)
        for form, rewritten in REWRITTEN if place else ():
            if place and form.fullmatch(match["form"].lower()):
                return quote[: place.start()] + rewritten(quote[place.start() : place.end()]) + quote[place.end() :]
    return None


def _doubled(quote: str, note: Note) -> str | None:
    """ "doubled word", "'of' twice"."""
    if not phrases.TWICE.search(note.skeleton):
        return None
    named = [tidy(part) for part in note.fragments]
    return without_double(quote, named[0]) if len(named) == 1 else None if named else without_double(quote)


def _struck_out(quote: str, line: str) -> str | None:
    """A word of the passage shown with a star or struck out: one of two; struck out also the only one."""
    if not (shown := POINTED_OUT.match(line.strip())):
        return None
    word = next(filter(None, shown.groups())).strip()
    place = place_of(word, quote) if shown["struck"] else None
    alone = _cut(quote, place) if place and not place_of(word, quote[place.end() :]) else None
    return without_double(quote, word) or alone


def _removed(quote: str, note: Note) -> str | None:
    """ "remove 'a'", "'of' is extra". A word said to be repeated must stand twice together, for one of them to go."""
    for pattern in phrases.REMOVALS:
        for match in pattern.finditer(note.skeleton):
            part = tidy(note[match["wrong"]])
            if place := place_of(part, quote):
                return without_double(quote, part) or (None if phrases.TWICE.search(match[0]) else _cut(quote, place))
    return None


def _cut(quote: str, place: re.Match[str]) -> str:
    before, after = quote[: place.start()], quote[place.end() :]
    return (before.rstrip() + after if after[:1] in MARKS else before + after.removeprefix(" ")).strip()


def _added(quote: str, note: Note) -> str | None:
    """ "missing 'the' before 'mill'", "add 'about' at the end"."""
    if not note.fragments:
        return None
    for pattern in phrases.ADDITIONS:
        for match in pattern.finditer(note.skeleton):
            groups = match.groupdict()
            by = groups.get("wrong")
            if fixed := _put(quote, note[groups["right"]], groups.get("side"), note[by] if by else ""):
                return fixed
    return None


def _put(quote: str, right: str, side: str | None, by: str) -> str | None:
    """``quote`` with ``right`` put in before or after ``by``, or at its end; None where it is unclear."""
    if not side:
        return None
    if side.startswith(("at the end", "last", "final")):
        last = words(quote)[-1]
        return f"{quote[: len(quote) - len(last.trail)]} {right}{last.trail}"
    place = place_of(by, quote)
    if not place:
        return None
    if side.startswith(("before", "in front")):
        return f"{quote[: place.start()]}{right} {quote[place.start() :]}"
    return f"{quote[: place.end()]} {right}{quote[place.end() :]}"
