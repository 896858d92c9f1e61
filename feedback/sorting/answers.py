"""What a note makes of the passage it speaks of: the corrected passage and the words that change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.sorting import notes, pairs, phrases
from feedback.sorting.context import Context
from feedback.sorting.exchanges import (
    FIRST_IN_PARENTHESES,
    emphasised,
    exchanged,
    first_choice,
    is_reordered,
    made,
    place_of,
    replaced,
    tidy,
)
from feedback.sorting.instructions import instructed, moved, once_with
from feedback.sorting.kinship import is_homophone
from feedback.sorting.notes import Note
from feedback.sorting.repairs import (
    changes_little,
    has_slip,
    is_believable,
    is_kin,
    is_marked_repair,
    is_repair,
    is_shown,
    is_talk,
)
from feedback.sorting.rewording import Fit
from feedback.sorting.shapes import Correction
from feedback.sorting.wording import difference, fold, likeness, plain, words

SECOND_SENTENCE = re.compile(r"\w[.!?]+\s+\w")
CHATTER = re.compile(
    r"[,.]?\s*(?:\(.*\)|lol|haha|i think|i believe|imo|maybe|perhaps|instead|\bhere|\?)\W*$", re.IGNORECASE
)
STARRED = re.compile(r"^\W{0,2}\*\s?(?P<after>[\w'’ -]{1,40}?)[.!?]*$|^(?P<before>[\w'’ -]{1,40}?)\s?\*[.!?]*$")
STRUCK = re.compile(r"~~[^~\n]*~~\s?")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wording that a note may propose: how much must still speak for it.

    ``said``: the note says that it proposes; ``sure``: something else says so; neither: it is a bare answer.
    ``peeled``: it is only part of what the reader wrote, and must be a slip mended.
    """

    wording: str
    said: bool = False
    sure: bool = False
    peeled: bool = False


def answered(
    passage: str, lines: Sequence[str], context: Context, *, sure: bool = False, in_sentence: bool = False
) -> list[Correction]:
    """The corrections that ``lines``, a note on ``passage``, make.

    ``sure``: the note is known to be a correction. ``in_sentence``: the passage is itself part of the one
    sentence that is the note.
    """
    quote = tidy(passage)
    found: list[Correction] = []
    for line in lines:
        note = notes.read(line)
        here = [] if in_sentence else moved(quote, note)
        here = here or _named(quote, note, context, in_sentence)
        if not here and not in_sentence:
            here = _told(quote, line, note, context, sure and not found, emphasised(passage))
        found += here
    return found


def _named(quote: str, note: Note, context: Context, in_sentence: bool) -> list[Correction]:
    """Corrections of a note that names both the wrong and the right words."""
    found: list[Correction] = []
    for wrong, right in notes.changes(note):
        if not in_sentence and (here := replaced(quote, wrong, right)):
            found += here
        elif in_sentence and _plausible(wrong, right, note, context):
            correction = exchanged(wrong, right, context) or exchanged(wrong, right, context, whole=True)
            found += [correction] if correction else []
    for wrong, right in notes.bare_changes(note) if not found else ():
        if not in_sentence and place_of(wrong, quote):
            found += replaced(quote, wrong, right) if is_kin(fold(wrong), fold(right)) else []
        elif (
            " " not in wrong + right
            and notes.are_alike(wrong, right)
            and (correction := exchanged(wrong, right, context, whole=True))
        ):
            found.append(correction)
    return found


def _plausible(wrong: str, right: str, note: Note, context: Context) -> bool:
    """Whether of two quoted stretches one can replace the other in the text, not only in the story.

    "'Ben' should be 'king'" is talk of the story unless the sentence speaks of wording or the words are kin.
    """
    if len(right.split()) > 3 + 2 * len(wrong.split()):
        return False
    if context.listed or phrases.OF_WORDING.search(note.skeleton):
        return True
    is_word = len(wrong.split()) == len(right.split()) == 1
    return (
        (is_word and notes.are_alike(wrong, right))
        or is_shown(wrong, right)
        or changes_little(*difference(wrong, right))
    )


def _told(quote: str, line: str, note: Note, context: Context, sure: bool, bold: str) -> list[Correction]:
    """Corrections of a note that says what to do to the passage above it."""
    if found := _exchanges(quote, line, context):
        return found
    if line.rstrip().endswith(":"):
        return []
    return instructed(quote, line, note) or _proposed(quote, line, note, context, sure, bold)


def _exchanges(quote: str, line: str, context: Context) -> list[Correction]:
    """``old -> new`` and ``old/new`` below a passage that holds the old words, or ones alike."""
    found: list[Correction] = []
    for pair in pairs.read(line, lambda words: place_of(words, quote) is not None):
        may_be = pair.is_strong or context.listed or is_believable(pair.old, pair.new)
        here = replaced(quote, pair.old, pair.new) if may_be else []
        if not here and pair.is_arrow and may_be:
            here = [one for one in (exchanged(pair.old, pair.new, context),) if one]
        found += here
    return found


def _proposed(quote: str, line: str, note: Note, context: Context, sure: bool, bold: str) -> list[Correction]:
    """A note that gives the right words, quoted, after "should be", or as the whole of it."""
    said = tidy(line)
    if is_reordered(quote, said) and not is_talk(quote, line) and (correction := made(quote, said)):
        return [correction]
    for proposal in _proposals(quote, line, note, sure):
        if bold and _is_for(bold, proposal.wording) and (found := replaced(quote, bold, proposal.wording)):
            return found
        fitted = context.fit(quote, proposal.wording)
        if fitted and fold(fitted.fixed) == fold(quote) and (once := once_with(quote, proposal.wording)):
            return [one for one in (made(quote, once),) if one]
        if fitted and _holds(fitted, proposal, quote, line, context) and (mended := made(quote, fitted.fixed)):
            return [mended]
    return []


def _is_for(bold: str, proposal: str) -> bool:
    """Whether a proposal is meant for the few words that the quotation shows in bold."""
    sizes = len(bold.split()), len(proposal.split())
    return sizes[0] <= 4 and sizes[1] <= sizes[0] + 1 and likeness(bold, proposal) >= 0.4


def _proposals(quote: str, line: str, note: Note, sure: bool) -> Iterator[Proposal]:
    """The wordings a note may propose, the more certain first."""
    found = [*_stated(line, note)]
    whole = plain(STRUCK.sub("", line))
    if not found and (sure or FIRST_IN_PARENTHESES.match(whole) or not SECOND_SENTENCE.search(whole)):
        found = [Proposal(first_choice(whole), sure=sure)]
        if (shorter := CHATTER.sub("", whole)) != whole:
            found.append(Proposal(shorter, sure=sure))
    found += [Proposal(part, peeled=True) for part in phrases.peeled(whole)]
    for proposal in found:
        wording = tidy(proposal.wording)
        if wording and not _is_echo(quote, wording):
            yield Proposal(wording, proposal.said, proposal.sure, proposal.peeled)


def _stated(line: str, note: Note) -> Iterator[Proposal]:
    """The wordings that a note says it proposes."""
    for pattern in phrases.PROPOSALS if note.fragments else ():
        for named in pattern.finditer(note.skeleton):
            yield Proposal(first_choice(note[named["right"]]), said=True)
    if match := phrases.BARE_PROPOSAL.match(plain(line)):
        yield Proposal(first_choice(match["words"]), said=True)
    if starred := STARRED.match(line.strip()):
        yield Proposal(starred["after"] or starred["before"], said=True)


def _is_echo(quote: str, wording: str) -> bool:
    """Whether a wording only says a word of the passage again ("This.") or is a cry ("Nice")."""
    if len(wording.split()) > 1:
        return False
    word = wording.strip(".,!?")
    if any(is_homophone(other.folded, word.casefold()) for other in words(quote)):
        return False
    return word.casefold() in phrases.INTERJECTIONS or (word.istitle() and place_of(word, quote) is not None)


def _holds(fitted: Fit, proposal: Proposal, quote: str, line: str, context: Context) -> bool:
    """Whether a proposal fits its passage well enough to be one; a bare one must mend a slip or be listed."""
    if proposal.said:
        return _fits(fitted, certain=True)
    if proposal.sure and not fitted.edits and not is_talk(quote, line):
        return True
    if proposal.peeled:
        return has_slip(fitted) and is_repair(fitted, quote, proposal.wording)
    if is_repair(fitted, quote, line):
        return True
    if context.listed:
        return _fits(fitted, certain=proposal.sure) and not is_talk(quote, line)
    shown = " ".join(notes.read(line).fragments)
    return bool(shown) and _fits(fitted, certain=False) and is_marked_repair(fitted, shown)


LONE_WORD = 0.8
PAIR = 2
SLIP = 0.7
"""What a single word may differ by where the note does not say that it corrects; two words must share a word of
weight or differ no more."""


def _fits(fitted: Fit, *, certain: bool) -> bool:
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
