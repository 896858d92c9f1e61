"""Notes on punctuation by its name ("missing comma after X", "extra space"), and what they make of a passage."""

import re

from feedback.sorting.notes import Note
from feedback.sorting.wording import fold

MARKS = ".,;:!?…"
MARK_NAMES = {
    "comma": ",",
    "period": ".",
    "full stop": ".",
    "question mark": "?",
    "exclamation mark": "!",
    "exclamation point": "!",
    "colon": ":",
    "semicolon": ";",
    "quotation mark": '"',
    "quote mark": '"',
    "quote": '"',
    "closing quote": '"',
    "end quote": '"',
    "apostrophe": "'",
    "hyphen": "-",
}

MISSING_MARK = re.compile(
    rf"(?:missing|needs?|lacks?|lacking|no|forgot|add|should have|should be)(?: an?| the)?"
    rf"(?: (?:closing|ending|end|final|opening))? (?P<mark>{'|'.join(MARK_NAMES)})s?\b"
    r"(?: (?P<side>after|before|at the end)(?: (?P<by>«\d+»|[\w'-]+))?)?",
    re.IGNORECASE,
)
MISSING_SPACE = re.compile(r"\b(?:missing|needs?|lacks?|no|add|forgot)(?: an?| the)? space\b", re.IGNORECASE)
EXTRA_SPACE = re.compile(
    r"\b(?:extra|unneeded|unnecessary|stray|superfluous|remove(?: the)?) spaces?\b", re.IGNORECASE
)
EXTRA_MARK = re.compile(
    rf"\b(?:extra|no need for(?: an?| the)?|doubled?|unneeded|unnecessary|stray|superfluous|remove(?: the)?|two)"
    rf" (?P<mark>{'|'.join(MARK_NAMES)})s?\b",
    re.IGNORECASE,
)
WORD_TO_MARK = re.compile(
    rf"(?P<old>{'|'.join(MARK_NAMES)}) after (?P<by>«\d+»|[\w'-]+) should be an? (?P<new>{'|'.join(MARK_NAMES)})\b"
    rf"|(?P<by2>«\d+»|[\w'-]+) (?:needs|should have|wants) an? (?P<new2>{'|'.join(MARK_NAMES)})\b",
    re.IGNORECASE,
)


def punctuated(quote: str, note: Note) -> str | None:
    """``quote`` with its punctuation changed as ``note`` says; None when it names no mark, or no place for it."""
    if MISSING_SPACE.search(note.skeleton):
        return re.sub(r"(?<=\w)([,.;:!?]['\"”’]?)(?=[A-Za-z])", r"\1 ", quote, count=1)
    if EXTRA_SPACE.search(note.skeleton):
        return re.sub(r" ?\s+([,.;:!?])", r"\1", re.sub(r"([.,!?]) ([\"”])", r"\1\2", quote), count=1)
    if match := WORD_TO_MARK.search(note.skeleton):
        by, new = match["by"] or match["by2"], match["new"] or match["new2"]
        return _marked_after(quote, note[by], MARK_NAMES[new.lower()])
    if match := EXTRA_MARK.search(note.skeleton):
        return _without(quote, MARK_NAMES[match["mark"].lower()])
    match = MISSING_MARK.search(note.skeleton)
    return _with_missing(quote, note, match) if match else None


def _with_missing(quote: str, note: Note, match: re.Match[str]) -> str | None:
    """``quote`` with the mark it lacks: after the word that is named, else at its end where such a mark may stand."""
    mark = MARK_NAMES[match["mark"].lower()]
    if match["by"]:
        return _marked_after(quote, note[match["by"]], mark) if match["side"].lower() == "after" else None
    if mark not in '.?!"' or quote.endswith(mark):
        return None
    replaces = "should be" in match[0].lower() and quote[-1:] in MARKS
    return quote.rstrip(MARKS) + mark if replaces else quote + mark


def _marked_after(quote: str, word: str, mark: str) -> str | None:
    """``quote`` with ``mark`` in place of the punctuation after ``word``."""
    place = re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)[.,;:!?]?", fold(quote))
    return f"{quote[: place.start() + len(word)]}{mark}{quote[place.end() :]}" if place else None


def _without(quote: str, mark: str) -> str | None:
    """``quote`` with one superfluous ``mark`` taken out: of a doubled one, else the last."""
    if mark * 2 in quote:
        return quote.replace(mark * 2, mark, 1)
    at = quote.rfind(mark)
    return quote[:at] + quote[at + 1 :] if at >= 0 else None
