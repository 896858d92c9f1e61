"""Reading ``old -> new`` and ``old/new`` out of a line, whatever is said before, between and after.

"Loved it! ch. 3: teh -> the, recieve -> receive (second scene)" holds two pairs of one word each. Which of
the words beside an arrow belong to the pair is told by how alike its sides then are, and by what stands in
the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from feedback.sorting.wording import likeness

ARROW = re.compile(r"\s*(?:-{1,3}>|={1,2}>|→|⇒|➡️?|»{1,2})\s*|(?<=[\s\"'”’])>{1,2}\s+|\s>{1,2}(?=[\"“])")
SLASH = re.compile(r"\s*/\s*")
LINK = re.compile(r"https?:|www\.|\w/\w+/\w|\.(?:com|net|org|html?)\b|\d/\d", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*[,;|]\s*(?:(?:and|also)\s+)?|\s+(?:and|&)\s+|\s+\(?\d{1,2}[.)]\s+")
QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]|(?<!\w)['‘][^'‘’]*['’](?!\w)")
QUOTED_END = re.compile(r"(?:(?<!\S)|(?<=\())(?:[\"“]([^\"“”]{1,300})[\"”]|['‘]([^'‘]{1,200})['’])\s*$")
QUOTED_START = re.compile(r"^(?:\"([^\"]{1,600})\"|“([^”]{1,600})”|‘([^’]{1,300})’|'([^']{1,300})')(?=\W|$)")
WRAPPED = re.compile(r"^\(([^()]*)\)\W?$")
EMOTICON = re.compile(r"\s*(?:[:;=]['-]?[()DPp]+|<3+|[xX]D|\^_?\^|[\U0001F300-\U0001FAFF\u2600-\u27BF\ufe0f])+\s*$")
LETTERS = re.compile(r"\w")
HEART = re.compile(r"<?/?3+|</3")

BEFORE = re.compile(
    r"(?:[.!?:]+|[,;]|\s-{1,2}|\s[–—])\s+|\b(?:noticed|spotted|found|saw|caught|also|think)\s+"
    r"|^(?:ch|chap|chapter|pg?|page|line|para|paragraph)[. ]{0,2}\d+\s+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"[,;.!?]\s|\s+(?:-{1,2}|–|—)\s|\s*\([^()]*\)\W*$|\s+(?:in|on|at|near|from) (?:the|this|that|ch\b|chapter"
    r"|p\.?\d|page|line|para|[\"“])"
)
PLACE = re.compile(
    r"(?:in|on|at|near|from|the|this|that|just|one|also|another|and|a|an|i|to|of|after|before|around|about|for|only|small"
    r"|tiny|ch|chap|chapters?|p|pg|pages?|lines?|para|paragraphs?|scenes?|parts?|sections?|sentences?|beginning|start|end"
    r"|middle|top|bottom|first|second|third|fourth|fifth|last|next|two|three|typos?|mistakes?|errors?|found|noticed|spotted"
    r"|saw|caught|thanks?|you|thx|ty|tense|past|present|plural|typo|spelling|grammar|word|wrong|\d+\w{0,2}|[^\w\s]+)",
    re.IGNORECASE,
)
"""Words that say where a slip stands, or only that it is one; more is said of the story."""

MOST_SIDES = 6
STANDS = 0.2
"""What it counts for, in likeness, that a side stands in the text."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An old and a new wording.

    ``is_arrow``: an arrow parts them, ``is_strong``: one that is no ">", which may say "greater";
    ``is_plain``: nothing but places stands around them.
    """

    old: str
    new: str
    is_arrow: bool
    is_strong: bool
    is_plain: bool


def read(line: str, stands: Callable[[str], bool]) -> list[Pair]:
    """The pairs of ``line`` in order; ``stands`` tells whether the text at hand holds some words."""
    wrapped = WRAPPED.match(line)
    line = EMOTICON.sub("", wrapped[1] if wrapped else line)
    segments = _segments(line, ARROW)
    if len(segments) > 1:
        strong = not any(mark.strip() == ">" for mark in ARROW.findall(line))
        return [_nearest(*sides, stands, True, strong) for sides in _parted(segments)]
    return [] if LINK.search(line) else [_nearest(*sides, stands, False, False) for sides in _slashed(line)]


def _segments(line: str, mark: re.Pattern[str]) -> list[str]:
    """``line`` cut at ``mark``; none at all where a side would be empty."""
    segments = [segment.strip() for segment in mark.split(line)]
    return segments if all(segments) else []


def _parted(segments: list[str]) -> list[tuple[str, str]]:
    """The pairs of a line cut at its arrows: what stands between two ends one pair and starts the next."""
    found: list[tuple[str, str]] = []
    old = segments[0]
    for middle in segments[1:-1]:
        cuts = list(_cuts(middle))
        if not cuts:
            return []
        new, following = max(cuts, key=lambda cut: max(likeness(tail, cut[0]) for tail in _tails(old)))
        found.append((old, new))
        old = following
    return [*found, (old, segments[-1])]


def _slashed(line: str) -> list[tuple[str, str]]:
    """The two sides of a slash, or those of each entry where every entry has one."""
    if "/" not in line or not LETTERS.search(line.partition("/")[2]):
        return []
    if len(sides := _segments(line, SLASH)) == 2:
        return [(sides[0], sides[1])]
    entries = [_segments(entry, SLASH) for entry in _entries(line)]
    return [(entry[0], entry[1]) for entry in entries] if all(len(entry) == 2 for entry in entries) else []


def _entries(line: str) -> list[str]:
    inside = [match.span() for match in QUOTED.finditer(line)]
    entries, start = [], 0
    for mark in SEPARATOR.finditer(line):
        if not any(begin < mark.start() < end for begin, end in inside):
            entries.append(line[start : mark.start()])
            start = mark.end()
    return [*entries, line[start:]]


def _cuts(middle: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a stretch in two at a separator outside of quotation marks."""
    inside = [match.span() for match in QUOTED.finditer(middle)]
    for mark in SEPARATOR.finditer(middle):
        left, right = middle[: mark.start()].strip(), middle[mark.end() :].strip()
        if left and right and not any(begin < mark.start() < end for begin, end in inside):
            yield left, right


def _nearest(old: str, new: str, stands: Callable[[str], bool], is_arrow: bool, is_strong: bool) -> Pair:
    """The words on either side that make the most alike pair."""
    quoted = QUOTED_END.search(old), QUOTED_START.match(new)
    if quoted[0] and quoted[1]:
        tails, heads = [_inner(quoted[0])], [_inner(quoted[1])]
    else:
        tails, heads = [*_tails(old)], [*_heads(new)]
    known = {tail: STANDS * stands(tail) for tail in tails} if len(tails) > 1 else dict.fromkeys(tails, 0.0)
    wrong, right = max(product(tails, heads), key=lambda pair: likeness(*pair) + known[pair[0]])
    around = old[: old.rfind(wrong)], new[new.find(right) + len(right) :]
    return Pair(wrong, right, is_arrow, is_strong, all(map(_is_place, around)))


def _inner(match: re.Match[str]) -> str:
    return str(next(filter(None, match.groups())))


def _tails(old: str) -> Iterator[str]:
    """What may be the old wording: all that stands before the arrow, or less."""
    yield old
    if quoted := QUOTED_END.search(old):
        yield _inner(quoted)
    marks = list(BEFORE.finditer(old))[-MOST_SIDES:]
    yield from (tail for mark in marks if (tail := old[mark.end() :].strip()))


def _heads(new: str) -> Iterator[str]:
    """What may be the new wording: all that stands after the arrow, or less."""
    yield new
    if quoted := QUOTED_START.match(new):
        yield _inner(quoted)
    marks = list(AFTER.finditer(new))[:MOST_SIDES]
    heads = (new[: mark.start()].strip() for mark in marks)
    yield from (head for head in heads if head and head.count("(") == head.count(")"))


def _is_place(around: str) -> bool:
    """Whether words around a pair only say where it stands or that it is one; a sentence before it does not count."""
    own = re.split(r"[.!?]\s+", around)[-1]
    return all(PLACE.fullmatch(word.strip(".,:;()\"'")) or not word.strip(".,:;()\"'") for word in own.split())
