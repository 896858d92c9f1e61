"""Words and how two wordings differ: the small measures that corrections are made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import Indel

QUOTES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a", " "),
    }
)
"""Typographic marks to the plain ones; every character to one, so that lengths stay."""

MARKUP = re.compile(r"\*{1,3}|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\\(?=[*_~>#\\-])|&#x200B;|\u200b")
PIECE = re.compile(r"\S+?(?:\.\.\.|…)(?=\w)|\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word between spaces: what opens it, the word itself, and the punctuation it ends with."""

    lead: str
    core: str
    trail: str

    @property
    def text(self) -> str:
        """The word as it was written."""
        return self.lead + self.core + self.trail

    @property
    def folded(self) -> str:
        """The word itself in lower case with plain apostrophes."""
        return fold(self.core)


def fold(text: str) -> str:
    """``text`` in lower case with plain quotation marks and dashes."""
    return text.translate(QUOTES).casefold()


def plain(text: str) -> str:
    """``text`` without its bold, italic and strike-through marks, with single spaces."""
    return " ".join(MARKUP.sub("", text).split())


def words(text: str) -> list[Word]:
    """The words of ``text``, each with its punctuation apart; a lone mark is all ``lead``."""
    return [_word(piece) for piece in text.split()]


def folded_words(text: str) -> list[str]:
    """The words of ``text`` in lower case without the punctuation around them."""
    return [word.folded for word in words(text) if word.core]


def _word(piece: str) -> Word:
    start, end = 0, len(piece)
    while start < end and not _belongs(piece[start]):
        start += 1
    if start == end:
        return Word("", "", piece)
    while not _belongs(piece[end - 1]):
        end -= 1
    return Word(piece[:start], piece[start:end], piece[end:])


def _belongs(character: str) -> bool:
    """Whether a character is part of a word rather than punctuation around it."""
    return character.isalnum() or character in "_&$€£#@+%"


def likeness(one: str, other: str) -> float:
    """How alike two words look, 0..1, case and kind of apostrophe aside."""
    return Indel.normalized_similarity(fold(one), fold(other))


def difference(quote: str, fixed: str) -> tuple[str, str]:
    """The words that differ between a passage and its correction, as ``(wrong, right)``.

    They are what is left when the words both begin with and both end with are taken away. Punctuation that
    is only added stands alone ("" and ","); punctuation that is changed or taken out is shown with its word.
    """
    old, new = PIECE.findall(quote), PIECE.findall(fixed)
    if new and len(old) > len(new) and old[len(old) - len(new) :] == new:
        return _bare(old[: len(old) - len(new)]), ""
    form = fold if fold(quote) != fold(fixed) else _with_case
    head = _common(old, new, form)
    old, new = old[head:], new[head:]
    tail = _common(old[::-1], new[::-1], form)
    return _trim(old[: len(old) - tail], new[: len(new) - tail])


def _with_case(text: str) -> str:
    return text.translate(QUOTES)


def _common(old: list[str], new: list[str], form: Callable[[str], str]) -> int:
    """How many words two wordings begin with in common; case counts only where nothing else differs."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if form(one) != form(other):
            break
        count += 1
    return count


def _trim(old: list[str], new: list[str]) -> tuple[str, str]:
    """Take away the punctuation that the differing words have in common at either side."""
    if not old or not new:
        return _bare(old), _bare(new)
    wrong, right = " ".join(old), " ".join(new)
    if [_word(piece).core for piece in old] == [_word(piece).core for piece in new]:
        return _punctuation(wrong, right)
    first, new_first = _word(old[0]), _word(new[0])
    if first.lead and fold(first.lead) == fold(new_first.lead):
        wrong, right = wrong[len(first.lead) :], right[len(first.lead) :]
    last, new_last = _word(old[-1]), _word(new[-1])
    closes = ")" in last.trail and "(" in wrong
    if last.core and new_last.core and last.core != new_last.core and not closes:
        wrong, right = wrong.removesuffix(last.trail), right.removesuffix(new_last.trail)
        return _added_at_end(wrong, right)
    return wrong, right


def _added_at_end(wrong: str, right: str) -> tuple[str, str]:
    """Words added before the last mark of a sentence: what was there already is not part of the change."""
    if right.startswith(wrong + " "):
        return "", right[len(wrong) :].strip()
    if wrong.startswith(right + " "):
        return wrong[len(right) :].strip(), ""
    return wrong, right


def _bare(pieces: list[str]) -> str:
    """Words put in or taken out whole, without the punctuation around them."""
    text = " ".join(pieces)
    if not pieces:
        return ""
    first, last = _word(pieces[0]), _word(pieces[-1])
    if not first.core or not last.core:
        return text
    return text.removeprefix(first.lead).removesuffix(last.trail)


def _punctuation(wrong: str, right: str) -> tuple[str, str]:
    """The difference of two wordings with the same words: an added mark alone, else word and mark."""
    head = next((at for at, pair in enumerate(zip(wrong, right, strict=False)) if len(set(pair)) > 1), len(wrong))
    added = right[head : head + len(right) - len(wrong)]
    if wrong == right[:head] + right[head + len(added) :] and not any(mark.isspace() for mark in added.strip()):
        return ("", added.strip()) if added.strip() else (wrong, right)
    while wrong and right and wrong[-1] == right[-1] and wrong[-1] in "\"'”’“‘":
        wrong, right = wrong[:-1], right[:-1]
    return wrong, right
