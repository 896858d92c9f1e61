"""Making a correction of an old and a new wording: what is quoted, what it becomes, which words differ."""

import re

from feedback.sorting.context import Context
from feedback.sorting.kinship import are_reordered
from feedback.sorting.punctuation import MARKS
from feedback.sorting.rewording import Fit
from feedback.sorting.shapes import Correction
from feedback.sorting.wording import difference, fold, folded_words, likeness, plain, words

OUTER_DOTS = re.compile(r"^\W*?(?:\.{2,}|…)\s*|\s*(?:\.{3,}|…)\W*$")
ALTERNATIVE = re.compile(r"\s+OR\s+|\s+/\s+|[,?.]\s+[Oo]r\s+|\s+or (?:maybe|possibly|perhaps)\s")
FIRST_IN_PARENTHESES = re.compile(r"^\((?P<first>[^()]+)\)\s+or\b", re.IGNORECASE)
REMARK_BEHIND = re.compile(r"\s*\([^()]*\)?$")
CHOICE = re.compile(r"\((?P<first>[\w'’-]+)\??(?:[,;/ ][\w'’? ,;/-]*)?\)")
ENCLOSED = re.compile(r"^[\"“'‘*]([^\"“”]+)[\"”'’*][.,]?$")
UNFINISHED = re.compile(r"(?:\.{3}|…)[\"'”’*_)\s]*$")
ONLY_MARKS = re.compile(r"[^\w\s]{1,3}")
BOLD = re.compile(r"\*\*([^*]+)\*\*|__([^_]+)__")


def quoted_only(quote: str) -> Correction:
    """A passage with a mistake the reader did not correct; emphasis shows the words that are wrong."""
    wrong: str | None = emphasised(quote) or None
    passage = tidy(quote)
    if wrong is not None and fold(wrong) == fold(passage):
        wrong = None
    if wrong is None and len(passage.split()) == 1:
        wrong = passage
    return Correction(passage, None, wrong, None)


def emphasised(passage: str) -> str:
    """The one stretch of a passage in bold, "" where there is none or more than one."""
    shown = BOLD.findall(passage)
    return plain(next(filter(None, shown[0]))) if len(shown) == 1 else ""


def tidy(passage: str) -> str:
    """A passage without markup, outer ellipses and the quotation marks put around the whole."""
    text = plain(passage)
    text = enclosed[1] if (enclosed := ENCLOSED.match(text)) else text
    text = OUTER_DOTS.sub("", OUTER_DOTS.sub("", text)) or text
    enclosed = ENCLOSED.match(text)
    return (enclosed[1] if enclosed else text).strip()


def exchanged(old: str, new: str, context: Context, *, whole: bool = False) -> Correction | None:
    """The correction ``old -> new``.

    With ``whole`` the new wording stands for all of the old; otherwise for the part of it that it
    resembles. None when nothing changes or the two have nothing to do with each other.
    """
    quote, said = tidy(old), tidy(new)
    fixed = said if is_reordered(quote, said) else tidy(first_choice(new))
    if not quote or not fixed:
        return None
    if ONLY_MARKS.fullmatch(fixed):
        return _with_mark(quote, fixed)
    fixed = _as_ended(quote, fixed)
    fitted = None if whole or is_reordered(quote, fixed) else context.fit(quote, fixed)
    if fitted and fitted.fixed != quote and (_is_part(fitted, quote) or UNFINISHED.search(new)):
        return made(quote, fitted.fixed)
    if not whole and not _resembles(quote, fixed, context):
        return None
    return made(quote, fixed)


def made(quote: str, fixed: str | None) -> Correction | None:
    """``quote`` turned into ``fixed`` with the words that differ; None when none do."""
    if not fixed or fixed == quote:
        return None
    return Correction(quote, fixed, *difference(quote, fixed))


def replaced(quote: str, wrong: str, right: str) -> list[Correction]:
    """``quote`` with ``wrong`` replaced by ``right`` where it stands."""
    right = tidy(first_choice(right))
    match = place_of(tidy(wrong), quote)
    correction = made(quote, quote[: match.start()] + right + quote[match.end() :]) if match and right else None
    return [correction] if correction else []


def place_of(part: str, quote: str) -> re.Match[str] | None:
    """Where ``part`` first stands in ``quote`` as whole words, case and kind of mark aside."""
    part = fold(plain(part))
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", fold(quote)) if part else None


def is_reordered(quote: str, fixed: str) -> bool:
    """Whether a wording has the very words of the passage in another order; it stands for all of it."""
    return are_reordered(folded_words(quote), folded_words(fixed))


def first_choice(new: str) -> str:
    """The first of several proposals ("bonds OR bindings", "(turns? lowers?)")."""
    if first := FIRST_IN_PARENTHESES.match(new):
        return first["first"].strip()
    chosen = CHOICE.sub(lambda match: match["first"].rstrip("?"), REMARK_BEHIND.sub("", new) or new)
    return ALTERNATIVE.split(chosen, maxsplit=1)[0].strip()


def _as_ended(quote: str, fixed: str) -> str:
    """``fixed`` without a full stop or a doubtful "?" that only ends the reader's own sentence.

    Where nothing but that mark differs it is the correction and stays.
    """
    if fixed[-1:] not in ".?" or quote[-1:] in MARKS or fold(fixed[:-1]) == fold(quote):
        return fixed
    return fixed[:-1].rstrip() or fixed


def _is_part(fitted: Fit, quote: str) -> bool:
    """Whether a proposal is meant for a part of the passage: it is shorter, and does not begin like it."""
    missing = len(quote.split()) - fitted.size
    return fitted.cost <= max(0.9, 0.75 * fitted.size) and (missing >= 2 or (missing == 1 and not fitted.from_start))


def _resembles(quote: str, fixed: str, context: Context) -> bool:
    """Whether a wording can stand for all of the passage."""
    if len(fixed.split()) > 2 + 2 * len(quote.split()):
        return False
    if likeness(quote, fixed) >= 0.6:
        return True
    fitted = context.fit(quote, fixed)
    return fitted is not None and fitted.cost <= max(0.9, 0.75 * fitted.size)


def _with_mark(quote: str, mark: str) -> Correction | None:
    """``quote`` with its last (else its first) punctuation changed to ``mark``."""
    pieces = words(quote)
    if not pieces:
        return None
    if pieces[-1].trail and pieces[-1].trail != mark:
        return made(quote, quote[: len(quote) - len(pieces[-1].trail)] + mark)
    if pieces[0].trail and not pieces[0].core:
        return made(quote, mark + quote[len(pieces[0].trail) :])
    return made(quote, quote + mark)
