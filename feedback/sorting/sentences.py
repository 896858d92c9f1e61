"""Sentences: where one ends and the next begins, in the manner readers of serial fiction write.

`sentencex` finds them; the rules around it know doubled marks before a small letter, emoticons that close a
sentence, abbreviations of chapters and volumes, and a voice that falters ("he... I... can't").
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

import sentencex

READ_AT_ONCE = 2000
CLAUSE = 400
"""Characters before a break that are looked at to see whether they make a sentence."""

EMOJI = "[\u2600-\u27bf\u2b50\ufe0f\u200d\U0001f000-\U0001faff]"
EMOTICON = (
    rf"(?:{EMOJI}+|[:;=8xX]['’o^-]?[)(D\]\[PpOo3/\\|*$Ss]+(?!\w)|[D)(c][-']?[:;](?!\w)|</?3+(?!\w)"
    r"|\^[_.-]*\^;*|>[_.:]{0,2}[<(>]+|-[_.]+-;*|\\?[oO0uU][_.wW]+[oO0uU]/?(?!\w)|\\o/|[TQ;][_.-]+[TQ;](?!\w)|TT(?!\w)"
    r"|\([^\w\s()]{1,10}\)|¯\\+_\(ツ\)_/¯)"
)
"""A face or a heart, as a pattern; it opens no sentence but closes the one before it."""

GOES_ON = re.compile(r"(?:-{1,2}>?|={1,2}>|→|–|—|/|>)\s|/\w|\([^()\s]+(?:\s[^()\s]+)?\?\)|\((?:should|missing)\b")
ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'“‘/-])(?:chs?|chaps?|vols?|pgs?|pp?|nos?|pts?|eps?|bks?|vs|approx|ca|cf|esp|incl|para|ver"
    r"|e\.g|i\.e)\.$",
    re.IGNORECASE,
)
FALTERS = re.compile(r"(?:\.{2,}|…)\s+$")
I_GO_ON = re.compile(r"I\b")
CLOSERS = re.compile(rf"(?:[\"'”’»)\]}}*_~<]+(?=\s)|(?:{EMOTICON})+(?=\s|$)|{EMOJI}+)\s*")
LOUD = re.compile(r"(?<!\S)[^\s!?]+(?:!{2,}|\?{2,})\s+(?=[a-z])")
"""Doubled marks before a small letter, where `sentencex` sees no end; "?!" is a cry that may go on."""


def sentence_starts(body: str) -> Iterator[int]:
    """Where the second and later sentences of a paragraph begin, in order.

    A sentence begins with a visible character and holds a letter or a digit: emoticons and closing marks
    stay with the sentence they end, and an abbreviation does not end one.
    """
    start = 0
    for begin, end in pairwise(chain(_breaks(body), (len(body),))):
        begin = _past_closers(body, begin + len(body[begin:end]) - len(body[begin:end].lstrip()), end)
        if begin < end and _may_part(body[max(start, begin - CLAUSE) : begin], body[begin:end]):
            if begin > start:
                yield begin
            start = begin


def _past_closers(body: str, begin: int, end: int) -> int:
    """Where the sentence from ``begin`` on really begins: after what still closes the one before it."""
    while begin and (closing := CLOSERS.match(body, begin, end)):
        begin = closing.end()
    return begin


def _breaks(body: str) -> Iterator[int]:
    """Where a sentence may begin, the start of ``body`` included, in order."""
    loud = [match.end() for match in LOUD.finditer(body) if not _speaks(body[: match.end()])]
    at = 0
    for begin in _as_read(body):
        while at < len(loud) and loud[at] <= begin:
            if loud[at] < begin:
                yield loud[at]
            at += 1
        yield begin
    yield from loud[at:]


def _speaks(before: str) -> bool:
    """Whether a quotation mark stands open at the end of ``before``."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _as_read(body: str) -> Iterator[int]:
    """Where `sentencex` sees a sentence begin, the start of ``body`` included.

    It is given `READ_AT_ONCE` characters at a time, for its time grows with the square of a paragraph of
    some other writing than Latin; the last sentence of each helping is read again with the next.
    """
    yield 0
    begin = 0
    while begin < len(body):
        pieces = sentencex.segment("en", body[begin : begin + READ_AT_ONCE])
        is_last = begin + READ_AT_ONCE >= len(body)
        for piece in pieces if is_last or len(pieces) == 1 else pieces[:-1]:
            begin += len(piece)
            if begin < len(body) and len(pieces) > 1:
                yield begin


def _may_part(before: str, piece: str) -> bool:
    """Whether ``before`` is a whole sentence and ``piece`` begins another.

    ``piece`` must be no arrow or aside on what came before, nor "I" after a faltering voice: that letter is always
    a capital.
    """
    if not (_says_something(piece) and _says_something(before)) or GOES_ON.match(piece):
        return False
    if I_GO_ON.match(piece) and FALTERS.search(before[-12:]):
        return False
    return not ABBREVIATION.search(before[-12:].rstrip())


def _says_something(piece: str) -> bool:
    return any(character.isalnum() for character in piece)
