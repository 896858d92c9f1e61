"""Whether a change of words is a repair or only talk that looks like one.

A reader who writes "her own grave" below "her own name" jokes; one who writes "her own mane" has a slip to
show. What is asked here: are the words kin (see `kinship`), and do the words around them hold the change?
"""

import re
from itertools import pairwise

from feedback.sorting import kinship
from feedback.sorting.instructions import TWICE, without_double
from feedback.sorting.rewording import Edit, Fit
from feedback.sorting.wording import difference, fold, folded_words, likeness, plain

SHOWN, SAME = 3, 0.85
"""Words that two wordings share, or their likeness, when they are one passage and not two things compared."""

MOST_EDITS = 2
PLACES = 2
"""Words from the start that are compared one by one where a wording is longer than the other."""

ALIKE = 0.6
"""Two runs of several words at least this alike can be one run and its correction."""

MEANT_LOUD = re.compile(r"!\W*$")
DOUBTED = re.compile(r"\?\W*$")
TALK = re.compile(
    r"\b(?:lo+l|lmf?ao|rofl|(?:ha){2,}h?|omg|xd|pl(?:ea|)[sz]e?|pls|wow|mood|tho|honestly|indeed|btw|imo|dude|bro|yeah"
    r"|yay|nah|yes|yup|heh|oh|ah|aw+|ugh|damn|ouch|thanks?)\b|[:;=]['-]?[()DPp](?!\w)|<3",
    re.IGNORECASE,
)
"""What is cried or laughed, not proposed."""

STAGE = re.compile(r"^\*[^*]*[\w'’]+ [^*]*\*\W*$")
"""Several words between single stars: what the reader does, not what the text should say."""

FIRST_PERSON = re.compile(r"\b(?:i|i'(?:m|d|ll|ve)|me|my|im)\b", re.IGNORECASE)
BEFORE_INFINITIVE = frozenset(
    [
        "to",
        "did",
        "does",
        "do",
        "didn't",
        "not",
        "could",
        "would",
        "can",
        "will",
        "couldn't",
        "wouldn't",
        "must",
        "should",
    ]
)
ARTICLES = frozenset({("a",), ("an",), ("the",)})
LEAST_SHARED = 2
FINITE = frozenset({"is", "are", "was", "were", "am", "did", "does"})


def is_talk(quote: str, line: str) -> bool:
    """Whether an answer is a cry, a laugh, a stage direction, or speaks of its reader, where ``quote`` does not."""
    quote, line = fold(quote), fold(line)
    marks = (MEANT_LOUD, TALK, STAGE, FIRST_PERSON)
    return any(mark.search(line) and not mark.search(quote) for mark in marks)


def is_repair(fitted: Fit, quote: str, line: str) -> bool:
    """Whether ``line``, a bare answer fitted into ``quote``, mends a slip.

    The words it changes are kin to those it replaces, or one small word is put in, taken out or changed
    between words that both have; what comes out is no worse; it does not only cry a part of the passage again.
    """
    if is_talk(quote, line) or _is_worse(quote, fitted.fixed):
        return False
    if fitted.fixed == without_double(quote):
        return True
    if not fitted.edits:
        return not _is_said_again(quote, line)
    if has_slip(fitted):
        return len(fitted.edits) <= MOST_EDITS and not any(map(_retells, fitted.edits))
    if len(fitted.edits) > 1 or DOUBTED.search(line):
        return False
    return _is_held(fitted.edits[0]) or _is_leading_article(fitted)


def has_slip(fitted: Fit) -> bool:
    """Whether there are words that an answer changes, and all of them for their kin."""
    return bool(fitted.edits) and all(map(_is_slip, fitted.edits))


def is_marked_repair(fitted: Fit, emphasised: str) -> bool:
    """Whether all that an answer changes is what it shows emphasised, and that is put in or kin."""
    shown = set(folded_words(emphasised))
    return bool(fitted.edits) and all(
        shown.issuperset(edit.new) and (_is_slip(edit) or _is_held(edit) or (not edit.old and _between(edit)))
        for edit in fitted.edits
    )


def is_believable(wrong: str, right: str) -> bool:
    """Whether ``wrong -> right``, all that is known of a change, can be a correction rather than a comparison."""
    old, new = folded_words(wrong), folded_words(right)
    if not old or not new or old == new or kinship.are_reordered(old, new) or "".join(old) == "".join(new):
        return True
    if is_opposed(wrong, right):
        return False
    if len(old) == len(new):
        return all(one == two or is_kin(one, two) for one, two in zip(old, new, strict=True))
    return likeness(wrong, right) >= ALIKE


def changes_little(wrong: str, right: str) -> bool:
    """Whether what differs between two wordings is kin, a mark, or a small word more or less."""
    sides = [folded_words(wrong), folded_words(right)]
    if all(sides):
        return is_believable(wrong, right)
    return all(kinship.is_small(word) and not kinship.is_negation(word) for side in sides for word in side)


def is_shown(old: str, new: str) -> bool:
    """Whether so many words stand in both wordings that they are a passage of the text before and after."""
    ours, theirs = folded_words(old), folded_words(new)
    is_same = min(len(ours), len(theirs)) >= SHOWN and likeness(old, new) >= SAME
    return (is_same or len(set(ours) & set(theirs)) >= SHOWN) and not is_opposed(*difference(old, new))


def is_opposed(wrong: str, right: str) -> bool:
    """Whether a change is one of meaning: between words at the same place of both, or the first of both."""
    old, new = folded_words(wrong), folded_words(right)
    pairs = list(zip(old, new, strict=False))
    return any(kinship.are_opposed(*pair) for pair in (pairs if len(old) == len(new) else pairs[:PLACES]))


def is_kin(old: str, new: str) -> bool:
    """Whether one word may be written for another by mistake, or does the same job."""
    return kinship.is_slip(old, new) or kinship.is_small_change(old, new) or kinship.is_letter_off(old, new)


def _is_slip(edit: Edit) -> bool:
    if kinship.letters("".join(edit.old)) == kinship.letters("".join(edit.new)):
        return True
    pairs = list(zip(edit.old, edit.new, strict=False))
    return len(edit.old) == len(edit.new) and all(kinship.is_slip(*pair) for pair in pairs)


def _retells(edit: Edit) -> bool:
    """Whether a verb goes from past to present, as when readers retell; after "to" or "did" it is a repair."""
    goes_back = any(kinship.is_retold(*pair) for pair in zip(edit.old, edit.new, strict=False))
    return goes_back and edit.follows not in BEFORE_INFINITIVE


def _between(edit: Edit) -> bool:
    return edit.held_before and edit.held_after


def _is_held(edit: Edit) -> bool:
    """Whether one small word is put in, taken out or changed between words that stay."""
    if not _between(edit) or max(len(edit.old), len(edit.new)) > 1:
        return False
    if edit.old and edit.new:
        return kinship.is_small_change(edit.old[0], edit.new[0])
    (word,) = edit.old or edit.new
    return kinship.is_small(word) and not kinship.is_negation(word) and word not in kinship.PERSONS


def _is_leading_article(fitted: Fit) -> bool:
    """Whether an answer of several words of the passage only begins with an article that it lacks."""
    (edit,) = fitted.edits
    is_first = not edit.old and not edit.held_before and edit.held_after
    return is_first and edit.new in ARTICLES and fitted.same >= LEAST_SHARED


def _is_worse(quote: str, fixed: str) -> bool:
    """Whether the passage gains a word written twice, or two verbs that cannot stand together."""
    return len(TWICE.findall(fixed)) > len(TWICE.findall(quote)) or _clashes(fixed) > _clashes(quote)


def _clashes(passage: str) -> int:
    together = pairwise(folded_words(passage))
    return sum(kinship.CLASSES.get(one) == "verb" and two in FINITE for one, two in together)


def _is_said_again(quote: str, line: str) -> bool:
    """Whether an answer holds the very words of the passage, but for capital letters and its last mark."""
    return re.sub(r"^\W+|\W+$", "", fold(plain(line))) in fold(quote)
