"""What a note makes of the passage it speaks of: the corrected passage and the words that change."""

import re
from collections.abc import Sequence

from feedback.sorting import notes, phrases
from feedback.sorting.notes import Note
from feedback.sorting.rewording import Fit, fit
from feedback.sorting.shapes import Correction
from feedback.sorting.wording import difference, fold, likeness, plain, words

OUTER_DOTS = re.compile(r"^\W*?(?:\.{2,}|…)\s*|\s*(?:\.{3,}|…)\W*$")
ALTERNATIVE = re.compile(r"\s+OR\s+|\s+/\s+|[,?.]\s+[Oo]r\s+|\s+or (?:maybe|possibly|perhaps)\s")
FIRST_IN_PARENTHESES = re.compile(r"^\((?P<first>[^()]+)\)\s+or\b", re.IGNORECASE)
REMARK_BEHIND = re.compile(r"\s*\([^()]*\)?$")
CHOICE = re.compile(r"\((?P<first>[\w'’-]+)\??(?:[,;/ ][\w'’? ,;/-]*)?\)")
CHANGE = re.compile(r"\s*(?:-{1,3}>|={1,2}>|→)\s*|(?<=[\s\"'”’])>\s+")
ENCLOSED = re.compile(r"^[\"“'‘*]([^\"“”]+)[\"”'’*][.,]?$")
UNFINISHED = re.compile(r"(?:\.{3}|…)[\"'”’*_)\s]*$")
MARKS = ".,;:!?…"
ONLY_MARKS = re.compile(r"[^\w\s]{1,3}")
SECOND_SENTENCE = re.compile(r"\w[.!?]+\s+\w")
CHATTER = re.compile(
    r"[,.]?\s*(?:\(.*\)|lol|haha|i think|i believe|imo|maybe|perhaps|instead|\bhere|\?)\W*$", re.IGNORECASE
)
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


def quoted_only(quote: str) -> Correction:
    """A passage with a mistake the reader did not correct; emphasis shows the words that are wrong."""
    shown = re.findall(r"\*\*([^*]+)\*\*|__([^_]+)__", quote)
    wrong = plain(next(filter(None, shown[0]))) if len(shown) == 1 else None
    passage = tidy(quote)
    if wrong is not None and fold(wrong) == fold(passage):
        wrong = None
    if wrong is None and len(passage.split()) == 1:
        wrong = passage
    return Correction(passage, None, wrong, None)


def tidy(passage: str) -> str:
    """A passage without markup, outer ellipses and the quotation marks put around the whole."""
    text = plain(passage)
    text = enclosed[1] if (enclosed := ENCLOSED.match(text)) else text
    text = OUTER_DOTS.sub("", OUTER_DOTS.sub("", text)) or text
    enclosed = ENCLOSED.match(text)
    return (enclosed[1] if enclosed else text).strip()


def exchanged(old: str, new: str, *, whole: bool = False) -> Correction | None:
    """The correction ``old -> new``.

    With ``whole`` the new wording stands for all of the old; otherwise for the part of it that it
    resembles. None when nothing changes or the two have nothing to do with each other.
    """
    quote, fixed = tidy(old), tidy(_first_choice(new))
    if not quote or not fixed:
        return None
    if ONLY_MARKS.fullmatch(fixed):
        return _with_mark(quote, fixed)
    fixed = _as_ended(quote, fixed)
    fitted = None if whole or _is_reordered(quote, fixed) else fit(quote, fixed)
    if fitted and fitted.fixed != quote and (_is_part(fitted, quote) or UNFINISHED.search(new)):
        return _made(quote, fitted.fixed)
    if not whole and not _resembles(quote, fixed):
        return None
    return _made(quote, fixed)


def _is_reordered(quote: str, fixed: str) -> bool:
    """Whether a wording has the very words of the passage in another order; it stands for all of it."""
    return sorted(word.folded for word in words(quote)) == sorted(word.folded for word in words(fixed))


def _as_ended(quote: str, fixed: str) -> str:
    """``fixed`` without a full stop or a doubtful "?" that only ends the reader's own sentence.

    Where nothing but that mark differs it is the correction and stays.
    """
    if fixed[-1:] not in ".?" or quote[-1:] in MARKS or fold(fixed[:-1]) == fold(quote):
        return fixed
    return fixed[:-1].rstrip() or fixed


def _first_choice(new: str) -> str:
    """The first of several proposals ("bonds OR bindings", "(turns? lowers?)")."""
    if first := FIRST_IN_PARENTHESES.match(new):
        return first["first"].strip()
    chosen = CHOICE.sub(lambda match: match["first"].rstrip("?"), REMARK_BEHIND.sub("", new) or new)
    return ALTERNATIVE.split(chosen, maxsplit=1)[0].strip()


def _is_part(fitted: Fit, quote: str) -> bool:
    """Whether a proposal is meant for a part of the passage: it is shorter, and does not begin like it."""
    missing = len(quote.split()) - fitted.size
    return fitted.cost <= max(0.9, 0.75 * fitted.size) and (missing >= 2 or (missing == 1 and not fitted.from_start))


def _resembles(quote: str, fixed: str) -> bool:
    """Whether a wording can stand for all of the passage."""
    if len(fixed.split()) > 2 + 2 * len(quote.split()):
        return False
    fitted = fit(quote, fixed)
    return likeness(quote, fixed) >= 0.6 or (fitted is not None and fitted.cost <= max(0.9, 0.75 * fitted.size))


def _made(quote: str, fixed: str) -> Correction | None:
    if fixed == quote:
        return None
    return Correction(quote, fixed, *difference(quote, fixed))


def _with_mark(quote: str, mark: str) -> Correction | None:
    """``quote`` with its last (else its first) punctuation changed to ``mark``."""
    pieces = words(quote)
    if not pieces:
        return None
    if pieces[-1].trail and pieces[-1].trail != mark:
        return _made(quote, quote[: len(quote) - len(pieces[-1].trail)] + mark)
    if pieces[0].trail and not pieces[0].core:
        return _made(quote, mark + quote[len(pieces[0].trail) :])
    return _made(quote, quote + mark)


def answered(
    passage: str, lines: Sequence[str], *, sure: bool = False, in_sentence: bool = False
) -> list[Correction]:
    """The corrections that ``lines``, a note on ``passage``, make.

    ``sure``: the note is known to be a correction. ``in_sentence``: the passage is itself part of the one
    sentence that is the note.
    """
    quote = tidy(passage)
    found: list[Correction] = []
    for line in lines:
        note = notes.read(line)
        here = [] if in_sentence else _moved(quote, note)
        here = here or _named(quote, note, in_sentence)
        if not here and not in_sentence:
            here = _told(quote, line, note, sure and not found, bold=_bold(passage))
        found += here
    return found


def _bold(passage: str) -> str:
    shown = re.findall(r"\*\*([^*]+)\*\*|__([^_]+)__", passage)
    return plain(next(filter(None, shown[0]))) if len(shown) == 1 else ""


def _named(quote: str, note: Note, in_sentence: bool) -> list[Correction]:
    """Corrections of a note that names both the wrong and the right words."""
    found: list[Correction] = []
    for wrong, right in notes.changes(note):
        if in_sentence or not _replaced(quote, wrong, right):
            correction = exchanged(wrong, right) or exchanged(wrong, right, whole=True) if in_sentence else None
            found += [correction] if correction and _plausible(wrong, right) else []
        else:
            found += _replaced(quote, wrong, right)
    for wrong, right in notes.bare_changes(note) if not found else ():
        if not in_sentence and _holds(quote, wrong):
            found += _replaced(quote, wrong, right)
        elif notes.are_alike(wrong, right) and (correction := exchanged(wrong, right, whole=True)):
            found.append(correction)
    return found


def _plausible(wrong: str, right: str) -> bool:
    """Whether two quoted stretches are of a size that one can replace the other."""
    return len(right.split()) <= 3 + 2 * len(wrong.split())


def _holds(quote: str, part: str) -> bool:
    return bool(part) and re.search(rf"(?<!\w){re.escape(fold(plain(part)))}(?!\w)", fold(quote)) is not None


def _replaced(quote: str, wrong: str, right: str) -> list[Correction]:
    """``quote`` with ``wrong`` replaced by ``right`` where it stands."""
    wrong, right = tidy(wrong), tidy(_first_choice(right))
    match = re.search(rf"(?<!\w){re.escape(fold(wrong))}(?!\w)", fold(quote)) if wrong else None
    if not match or not right:
        return []
    correction = _made(quote, quote[: match.start()] + right + quote[match.end() :])
    return [correction] if correction else []


def _told(quote: str, line: str, note: Note, sure: bool, bold: str) -> list[Correction]:
    """Corrections of a note that says what to do to the passage above it."""
    parts = [part for part in CHANGE.split(line, maxsplit=1) if part.strip()]
    if len(parts) == 2:
        found = _replaced(quote, parts[0], parts[1])
        return found or [one for one in (exchanged(parts[0], parts[1]),) if one]
    if line.rstrip().endswith(":"):
        return []
    for told in (_marks, _removed, _added):
        if found := told(quote, note):
            return found
    return _proposed(quote, line, note, sure, bold)


def _moved(quote: str, note: Note) -> list[Correction]:
    """ "'that' should be in front of 'just'"."""
    for match in phrases.MOVE.finditer(note.skeleton) if note.fragments else ():
        word = tidy(note[match["wrong"]])
        place = re.search(rf" ?(?<!\w){re.escape(fold(word))}(?!\w)", fold(quote)) if word else None
        if place:
            rest = quote[: place.start()] + quote[place.end() :]
            fixed = _put(rest, word, match["side"], note[match["by"]])
            correction = _made(quote, fixed) if fixed else None
            return [correction] if correction else []
    return []


def _removed(quote: str, note: Note) -> list[Correction]:
    """ "remove 'a'", "'of' is repeated"."""
    for pattern in phrases.REMOVALS:
        for match in pattern.finditer(note.skeleton):
            part = tidy(note[match["wrong"]])
            place = re.search(rf"(?<!\w){re.escape(fold(part))}(?!\w) ?", fold(quote)) if part else None
            if place:
                correction = _made(quote, (quote[: place.start()] + quote[place.end() :]).strip())
                return [correction] if correction else []
    return []


def _added(quote: str, note: Note) -> list[Correction]:
    """ "missing 'the' before 'hydra'", "add 'about' at the end"."""
    if not note.fragments:
        return []
    for pattern in phrases.ADDITIONS:
        for match in pattern.finditer(note.skeleton):
            groups = match.groupdict()
            by = groups.get("wrong")
            if fixed := _put(quote, note[groups["right"]], groups.get("side"), note[by] if by else ""):
                correction = _made(quote, fixed)
                return [correction] if correction else []
    return []


def _put(quote: str, right: str, side: str | None, by: str) -> str | None:
    """``quote`` with ``right`` put in before or after ``by``, or at its end; None where it is unclear."""
    if not side:
        return None
    if side.startswith(("at the end", "last", "final")):
        last = words(quote)[-1]
        return f"{quote[: len(quote) - len(last.trail)]} {right}{last.trail}"
    place = re.search(rf"(?<!\w){re.escape(fold(by))}(?!\w)", fold(quote)) if by else None
    if not place:
        return None
    if side.startswith(("before", "in front")):
        return f"{quote[: place.start()]}{right} {quote[place.start() :]}"
    return f"{quote[: place.end()]} {right}{quote[place.end() :]}"


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


def _marks(quote: str, note: Note) -> list[Correction]:
    """Notes on punctuation by its name."""
    fixed = None
    if MISSING_SPACE.search(note.skeleton):
        fixed = re.sub(r"(?<=\w)([,.;:!?]['\"”’]?)(?=[A-Za-z])", r"\1 ", quote, count=1)
    elif EXTRA_SPACE.search(note.skeleton):
        fixed = re.sub(r" ?\s+([,.;:!?])", r"\1", re.sub(r"([.,!?]) ([\"”])", r"\1\2", quote), count=1)
    elif match := WORD_TO_MARK.search(note.skeleton):
        by, new = match["by"] or match["by2"], match["new"] or match["new2"]
        fixed = _marked_after(quote, note[by], MARK_NAMES[new.lower()])
    elif match := EXTRA_MARK.search(note.skeleton):
        fixed = _without(quote, MARK_NAMES[match["mark"].lower()])
    elif match := MISSING_MARK.search(note.skeleton):
        mark = MARK_NAMES[match["mark"].lower()]
        if match["by"]:
            fixed = _marked_after(quote, note[match["by"]], mark) if match["side"].lower() == "after" else None
        elif mark in '.?!"' and not quote.endswith(mark):
            replaces = "should be" in match[0].lower() and quote[-1:] in MARKS
            fixed = quote.rstrip(MARKS) + mark if replaces else quote + mark
    correction = _made(quote, fixed) if fixed else None
    return [correction] if correction else []


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


def _proposed(quote: str, line: str, note: Note, sure: bool, bold: str) -> list[Correction]:
    """A note that gives the right words, quoted, after "should be", or as the whole of it."""
    if _is_reordered(quote, said := tidy(line)) and (correction := _made(quote, said)):
        return [correction]
    for proposal, certain in _proposals(quote, line, note, sure):
        if bold and _is_for(bold, proposal) and (found := _replaced(quote, bold, proposal)):
            return found
        fitted = fit(quote, proposal)
        if fitted and _fits(fitted, certain) and (correction := _made(quote, fitted.fixed)):
            return [correction]
    return []


def _is_for(bold: str, proposal: str) -> bool:
    """Whether a proposal is meant for the few words that the quotation shows in bold."""
    sizes = len(bold.split()), len(proposal.split())
    return sizes[0] <= 4 and sizes[1] <= sizes[0] + 1 and likeness(bold, proposal) >= 0.4


def _proposals(quote: str, line: str, note: Note, sure: bool) -> list[tuple[str, bool]]:
    """The wordings a note may propose, with whether it says that it proposes one."""
    found: list[tuple[str, bool]] = []
    for pattern in phrases.PROPOSALS if note.fragments else ():
        found += [(tidy(_first_choice(note[match["right"]])), True) for match in pattern.finditer(note.skeleton)]
    if match := phrases.BARE_PROPOSAL.match(plain(line)):
        found.append((tidy(_first_choice(match["words"])), True))
    starred = re.match(r"^\W{0,2}\*\s?([\w'’ -]{1,40}?)[.!?]*$|^([\w'’ -]{1,40}?)\s?\*[.!?]*$", line.strip())
    if starred:
        found.append((next(filter(None, starred.groups())), True))
    whole = plain(line)
    if not found and (sure or FIRST_IN_PARENTHESES.match(whole) or not SECOND_SENTENCE.search(whole)):
        found.append((tidy(_first_choice(whole)), sure))
        shorter = CHATTER.sub("", whole)
        if shorter != whole:
            found.append((tidy(shorter), sure))
    return [(wording, certain) for wording, certain in found if wording and not _is_echo(quote, wording)]


def _is_echo(quote: str, wording: str) -> bool:
    """Whether a wording only says a word of the passage again ("This.") or is a cry ("Nice")."""
    if len(wording.split()) > 1:
        return False
    word = wording.strip(".,!?")
    return word.casefold() in phrases.INTERJECTIONS or (word.istitle() and _holds(quote, word))


LONE_WORD = 0.8
PAIR = 2
SLIP = 0.7
"""What a single word may differ by where the note does not say that it corrects; two words must share a word of
weight or differ no more."""


def _fits(fitted: Fit, certain: bool) -> bool:
    """Whether a proposal resembles the passage enough to be one; less is asked of a note that says so."""
    if fitted.size == 1:
        return fitted.cost <= (LONE_WORD if certain else 0.76)
    if fitted.same == 0:
        return fitted.cost <= (0.6 if certain else 0.45) * fitted.size
    if certain:
        return fitted.cost <= 0.55 * fitted.size
    if fitted.opens_with_new or (fitted.size == PAIR and not fitted.content and fitted.cost > SLIP):
        return False
    return fitted.cost <= 1.5 and fitted.cost <= 0.5 * fitted.size
