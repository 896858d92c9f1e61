"""Where the lines of a typed or pasted text end: paragraphs, verse, wrapped lines, lists and scene breaks.

Markdown has its own ideas about newlines, and authors who paste from a word processor do not know them. So what a
line is gets decided here, before Markdown sees it.
"""

import itertools
import re
from collections.abc import Iterator
from statistics import fmean

_STRONG = "*#~⁂⁎⁑∗•●○◦★☆✦✧✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋♦◆◇♥♡❤❖§☙❦❧♪♫♠♣⸻☾☽☼☀✝✠"
_WEAK = "-–—―_=+^\ufe0f"
_SCENE_BREAK = re.compile(rf"[{re.escape(_STRONG + _WEAK)}\s\u2060]+")
_STRONG_MARK = re.compile(f"[{re.escape(_STRONG)}]")

PIECE = 200
"""Lines after which a piece of Markdown ends where it can: what is made of a small one is gone before the next is
read. Of a whole long chapter it would cost as much to keep as to make."""

LONG = 100
"""A line of more characters was not broken by hand: its newline ends a paragraph."""

_QUOTE = re.compile(r"[ \t]*+(?:>[ \t]?)++")
_ITEM = re.compile(r"[ \t]*+(?:[-+*]|\d{1,9}[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_PREFIX = re.compile(r"^(?:[ \t]*+(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))++", re.MULTILINE)
_MARKER = re.compile(r"[-+*>]|\d[.)]")
_ONLY_MARKERS = re.compile(r"[ \t]*+(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]++|$))++$")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_INDENT = re.compile(r"[ \t]{9,}")
_FACE = re.compile(r"([ \t]*+)>(?=[._:;=^/-](?:(?![^\W\d_]{2})\S){0,5}+(?:\s|$))")
_SHRUG = "¯\\_("
_SENTENCE_END = re.compile(r"[.!?…。！？؟।\"”»」』](?:[\"”’'»」』)*_]|</\w{1,10}>)*$")
_LAST = 30
"""Characters at the end of a line in which the end of a sentence is looked for."""


def is_scene_break(line: str) -> bool:
    """Whether a line is nothing but an ornament: ``* * *``, ``---``, ``~~~``, ``#``, asterisks alone, ``⁂``."""
    if not line.strip() or not _SCENE_BREAK.fullmatch(line):
        return False
    marks = "".join(line.split())
    return bool(_STRONG_MARK.search(marks)) or (len(marks) >= 3 and len(set(marks)) == 1) or len(marks) >= 5


def depth(markdown: str) -> int:
    """The most list and quotation markers before the text of one line."""
    return max((len(_MARKER.findall(prefix)) for prefix in _PREFIX.findall(markdown)), default=0)


def laid_out(source: str, *, chapter: bool) -> list[str | None]:
    """The source as pieces of Markdown in which every newline means what its author meant; None is a scene break.

    In a chapter, lines of prose become paragraphs, lines wrapped by an old editor are joined, and short lines
    stay lines. In any other text lines stay lines, and an ornament is text.
    """
    lines = [_tamed(line) for line in source.replace(_SHRUG, "¯\\\\\\_(").split("\n")]
    if not chapter:
        return ["\n".join(_apart([_literal(line) if is_scene_break(line) else line for line in lines]))]
    pieces: list[str | None] = []
    style = _newlines_are_paragraphs(lines)
    start = 0
    for place, line in enumerate(lines):
        if is_scene_break(line):
            pieces += [*_cut(_chapter_lines(lines[start:place], style)), None]
            start = place + 1
    return [*pieces, *_cut(_chapter_lines(lines[start:], style))]


def _cut(lines: list[str]) -> Iterator[str]:
    """The lines as pieces of Markdown that mean together what they mean as one.

    After a blank line nothing that begins at the margin goes on with what came before it, but for the next item of
    a list.
    """
    start = 0
    for place in range(PIECE, len(lines)):
        if place - start < PIECE or lines[place - 1]:
            continue
        if lines[place][:1].strip() and _shape(lines[place]) != "item":
            yield "\n".join(lines[start:place])
            start = place
    yield "\n".join(lines[start:])


def _tamed(line: str) -> str:
    """A line without what Markdown would swallow or choke on: faces, bare markers, deep indents (they nest lists)."""
    line = _FACE.sub(r"\1\>", line, count=1) if _FACE.match(line) else line
    line = _INDENT.sub(lambda match: " " * 8 if match.start() == 0 else match[0], line)
    quote = _QUOTE.match(line)
    start = quote.end() if quote else 0
    if (quote and is_scene_break(line[start:])) or (
        _ONLY_MARKERS.match(line, start) and not is_scene_break(line[start:])
    ):
        return line[:start] + _literal(line[start:])
    return line


def _literal(line: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", line)


def _apart(lines: list[str]) -> list[str]:
    """The lines, with a quotation or list ended where the marker ends: an answer is not part of what it answers."""
    kept: list[str] = []
    for line in lines:
        if kept and line.strip() and _shape(line) == "" and _shape(kept[-1]):
            if not (_shape(kept[-1]) == "item" and line[:1] in " \t"):
                kept.append("")
        elif kept and _shape(line) == "item" and _shape(kept[-1]) == "quote":
            kept.append("")
        kept.append(line)
    return kept


def _shape(line: str) -> str:
    if _QUOTE.match(line):
        return "quote"
    return "item" if _ITEM.match(line) else ""


def _chapter_lines(lines: list[str], newlines_are_paragraphs: bool) -> list[str]:
    kept: list[str] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            kept += [*_chunk(chunk, newlines_are_paragraphs), ""]
            chunk = []
    return kept


def _chunk(lines: list[str], newlines_are_paragraphs: bool) -> list[str]:
    """Lines without a blank one between, with the blank lines and line breaks that they mean."""
    if len(lines) == 1:
        return [_dialogue(lines[0])]
    shapes = {_shape(line) for line in lines}
    if shapes == {"item"} and not newlines_are_paragraphs:
        return lines
    if shapes == {"quote"}:
        return _as_verse(lines) if not _is_wrapped([_QUOTE.sub("", line) for line in lines]) else lines
    if shapes != {""}:
        return _mixed(lines, newlines_are_paragraphs)
    if newlines_are_paragraphs or any(len(line) > LONG for line in lines):
        return _as_paragraphs(lines)
    return lines if _is_wrapped(lines) else _as_verse(lines)


def _mixed(lines: list[str], newlines_are_paragraphs: bool) -> list[str]:
    """Runs of one shape, each by itself."""
    kept: list[str] = []
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or _shape(lines[place]) != _shape(lines[start]):
            run = lines[start:place]
            alike = (
                _as_paragraphs(run)
                if newlines_are_paragraphs and _shape(run[0]) == "item"
                else _chunk(run, newlines_are_paragraphs)
            )
            kept += [*alike, ""]
            start = place
    return kept


def _as_paragraphs(lines: list[str]) -> list[str]:
    """A paragraph a line, except where two spaces at its end ask for a mere line break."""
    return [part for line in lines for part in ((line,) if line.endswith("  ") else (_dialogue(line), ""))]


def _as_verse(lines: list[str]) -> list[str]:
    return [line if _HEADING.match(line) else line.rstrip() + "  " for line in lines]


def _dialogue(line: str) -> str:
    """A line that stands alone is no list: "- Hello" is speech in half of Europe, "1986. A good year" a sentence."""
    match = _ITEM.match(line)
    if not match or match[0].lstrip()[0] == "*":
        return line
    return _literal(match[0]) + line[match.end() :]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether an editor broke the lines: none could have taken the first word of the next."""
    width = max(map(len, lines))
    if width < 50:
        return False
    pairs = [
        (line, after.split(maxsplit=1)[0])
        for line, after in itertools.pairwise(lines)
        if line.strip() and after.strip()
    ]
    return bool(pairs) and fmean(len(line) + 1 + len(word) > width for line, word in pairs) >= 0.9


def _newlines_are_paragraphs(lines: list[str]) -> bool:
    """Whether the whole text ends its paragraphs with single newlines, as what is pasted from Word does."""
    runs = list(_runs(lines))
    pairs = [pair for run in runs for pair in itertools.pairwise(run)]
    single = [(line, after) for line, after in pairs if line and after and not line.endswith("  ")]
    blank = sum(not line for run in runs for line in run)
    if any(max(map(len, pair)) > LONG for pair in single):
        return len(single) >= blank
    return bool(single) and not blank and _reads_as_prose([line for run in runs for line in run])


def _runs(lines: list[str]) -> Iterator[list[str]]:
    """What stands between scene breaks and headings, without the blank lines around it: those are there for them."""
    run: list[str] = []
    for line in [*lines, "* * *"]:
        if is_scene_break(line) or _HEADING.match(line):
            while run and not run[-1]:
                run.pop()
            yield run
            run = []
        elif line.strip() or run:
            run.append(line if line.strip() else "")


def _reads_as_prose(lines: list[str]) -> bool:
    """Short lines that mostly end as sentences do are a dialogue, not a poem."""
    ends = fmean(bool(_SENTENCE_END.search(line.rstrip()[-_LAST:])) for line in lines)
    return ends >= 0.7 and not _is_wrapped(lines)
