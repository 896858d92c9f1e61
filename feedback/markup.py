"""How a person's text is read: Markdown with HTML tags among it, as one flat stream of events.

Nothing here makes HTML. A tag that no browser knows is text, and so is everything that only looks like one; what
the events may become is decided by whoever writes them (``sanitize`` as HTML, ``library.documents`` as Markdown).
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from feedback import paragraphs, tags, text
from feedback.errors import Invalid


class Event(NamedTuple):
    """One step of a document.

    ``what`` is ``open`` or ``close`` (a block, named), ``on`` or ``off`` (a way of writing, named), ``text``,
    ``break`` (a new line), ``edge`` (the paragraph ends here) or ``rule`` (a scene break). ``value`` is the
    text, an address, or the number of a list item.
    """

    what: str
    name: str = ""
    value: str = ""


EDGE = Event("edge")
BREAK = Event("break")
RULE = Event("rule")
_BARS = Event("bars")


@dataclass(frozen=True)
class Dialect:
    """How a kind of text is read, and how much of it.

    ``chapter`` adds headings, scene breaks, sup and sub, and makes paragraphs of Word's lines; otherwise a newline
    is a new line. The limits bound the work before it starts: ``length`` in code points, ``marks`` in characters
    that may mean something, ``lines`` in newlines, ``marked`` in lines of lists, quotations and headings,
    ``tags`` in typed tags and Markdown's inline marks together, ``nesting`` in elements within elements.
    """

    what: str
    chapter: bool
    length: int
    marks: int
    lines: int
    marked: int
    tags: int
    links: int
    nesting: int


_LINK = re.compile(
    r"\[(?P<label>(?:[^\[\]\\\n]|\\.){1,300}+)\]\([ ]*+<?(?P<target>(?:https?://|mailto:)"
    r"[^\s<>()]*+(?:\([^\s<>()]*+\)[^\s<>()]*+){0,4}+)>?[ ]*+\)",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"“”‘’|*\[\]]{4,2000}+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'\")…_~"
_SPOILER = re.compile(r"(?<![|\\])\|\|(?!\|)")
_STARS = re.compile(r"\*++(?=[^\W_]{1,30}+(?![\w*]))")
_WORD_BEFORE = re.compile(r"(?<![\w*])[^\W_]++$")
_SIGNIFICANT = re.compile(r"[*_~`\[\]<&\\|]|^[ \t]*+(?:[-+>]|\d{1,9}[.)])|://", re.MULTILINE)
_MARKED = re.compile(r"^[ \t]*+(?:>|(?:[-+*]|#{1,6}|\d{1,9}[.)])[ \t])", re.MULTILINE)
_BREAK_AND_NEWLINE = re.compile(r"(<br[\s/]*+>)[ \t]*+\n(?![ \t]*\n)", re.IGNORECASE)
_BREAKS = re.compile(r"(?:<br[\s/]*+>\s*+){2,}", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t]*+\n\s*+")


def read(source: str, dialect: Dialect, field: str) -> list[Event]:
    """The events of a text that ``text.normalise`` has been through.

    :raises Invalid: (with ``field``) it has more length, lines, marks, tags, links or nesting than the dialect bears.
    """
    if len(source) > dialect.length:
        raise Invalid(f"{dialect.what} can have {dialect.length:,} characters; this has {len(source):,}.", field)
    if source.count("\n") > dialect.lines:
        raise Invalid(f"{dialect.what} can have {dialect.lines:,} lines; this has more.", field)
    if _has_more(_MARKED, source, dialect.marked):
        what, most = dialect.what, dialect.marked
        raise Invalid(f"{what} can have {most:,} lines of lists, quotations and headings; this has more.", field)
    if _has_more(_SIGNIFICANT, source, dialect.marks):
        raise Invalid(f"{dialect.what} can't have that many formatting marks. Please take some out.", field)
    try:
        return _spoilers(list(_Reader(dialect, field).events(source)))
    except RecursionError:
        raise too_deep(dialect, field) from None


def _has_more(pattern: re.Pattern[str], source: str, most: int) -> bool:
    return any(count > most for count, _ in enumerate(pattern.finditer(source), 1))


def too_deep(dialect: Dialect, field: str) -> Invalid:
    """The error for elements that stand too deep in each other."""
    return Invalid(
        f"Quotations, lists or tags stand more than {dialect.nesting} deep in each other. Please flatten them.", field
    )


def _spoilers(events: list[Event]) -> list[Event]:
    """Pairs of ``||`` hide what stands between them, over paragraphs too; one that is left over is text."""
    bars = [place for place, event in enumerate(events) if event is _BARS]
    for number, place in enumerate(bars):
        events[place] = Event("off" if number % 2 else "on", "spoiler")
    if len(bars) % 2:
        events[bars[-1]] = Event("text", "", "||")
    return events


def _tag_rule(state: StateInline, silent: bool) -> bool:
    """Markdown's inline rule for a tag that browsers know; any other "<" stays text."""
    if state.src[state.pos] != "<":
        return False
    match = tags.TAG.match(state.src, state.pos, state.posMax)
    if not match or match["name"].lower() not in tags.KNOWN:
        return False
    if not silent:
        state.push("tag", "", 0).meta = {"match": match}
    state.pos = match.end()
    return True


def _link_rule(state: StateInline, silent: bool) -> bool:
    """``[words](address)``. The library's own rule looks for the end of every "[" anew; this reads each once."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    target = tags.safe_target(html.unescape(match["target"])) if match else ""
    if not match or not target:
        return False
    if not silent:
        state.push("link_open", "a", 1).meta = {"target": target}
        end, state.pos, state.posMax = state.posMax, match.start("label"), match.end("label")
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = end
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _censored_rule(state: StateInline, silent: bool) -> bool:
    """One run of asterisks inside a word is a censored word; Markdown would look for its mate in the next one."""
    match = _STARS.match(state.src, state.pos, state.posMax)
    if not match or not _WORD_BEFORE.search(state.src, max(0, state.pos - 30), state.pos):
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _bars_rule(state: StateInline, silent: bool) -> bool:
    """``||``, but neither one bar nor three."""
    match = _SPOILER.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("bars", "", 0)
    state.pos = match.end()
    return True


def _parser(*block_rules: str) -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 200}).enable(["blockquote", "list", *block_rules])
    parser.enable(["newline", "escape", "backticks", "strikethrough", "emphasis", "entity"])
    parser.inline.ruler.before("emphasis", "censored", _censored_rule)
    parser.inline.ruler.after("emphasis", "words_link", _link_rule)
    parser.inline.ruler.after("words_link", "known_tag", _tag_rule)
    parser.inline.ruler.after("known_tag", "bars", _bars_rule)
    parser.inline.add_terminator_char("|")
    return parser


_REVIEW_PARSER = _parser()
_CHAPTER_PARSER = _parser("heading")


class _Reader:
    """Turns one source into events, counting as it goes."""

    def __init__(self, dialect: Dialect, field: str) -> None:
        self.dialect = dialect
        self.field = field
        self.tags = 0
        self.links = 0
        self.in_link = False
        self.decodes = False
        self.parser = _CHAPTER_PARSER if dialect.chapter else _REVIEW_PARSER

    def events(self, source: str) -> Iterator[Event]:
        """Block tags cut the source into runs: inside ``<p>`` and its like HTML is meant, elsewhere Markdown."""
        if "<" in source:
            source = _BREAKS.sub("\n\n", _BREAK_AND_NEWLINE.sub(r"\1", tags.without_dropped(source)))
        self.decodes = "&" in source
        start = place = 0
        leaf = ""
        while match := (tags.TAG if leaf else tags.TAG_OR_CODE).search(source, place):
            place = match.end()
            name = (match["name"] or "").lower()
            if name not in tags.BLOCK_NAMES:
                continue
            yield from self._run(source[start : match.start()], leaf)
            yield self._block_tag(name, bool(match["end"]))
            leaf = name if name in tags.LEAVES and not match["end"] else ""
            start = place
        yield from self._run(source[start:], leaf)

    def _run(self, run: str, leaf: str) -> Iterator[Event]:
        if not run.strip():
            return iter(())
        return self._html(run, leaf) if leaf else self._markdown(run)

    def _block_tag(self, name: str, end: bool) -> Event:
        self._count(not end)
        if name == "hr":
            return RULE if self.dialect.chapter else EDGE
        if name not in tags.BLOCKS or (name[0] == "h" and not self.dialect.chapter):
            return EDGE
        return Event("close" if end else "open", tags.BLOCKS[name])

    # HTML ---------------------------------------------------------------------------------------------------

    def _html(self, run: str, leaf: str) -> Iterator[Event]:
        """The inside of a paragraph typed as HTML: entities and tags mean something, Markdown's marks do not."""
        if self.dialect.chapter and paragraphs.is_scene_break(html.unescape(tags.TAG.sub("", run))):
            yield RULE
            return
        start = 0
        for match in tags.TAG.finditer(run):
            if match["name"].lower() in tags.KNOWN:
                yield from self._html_text(run[start : match.start()], leaf)
                yield from self._tag(match)
                start = match.end()
        yield from self._html_text(run[start:], leaf)

    def _html_text(self, run: str, leaf: str) -> Iterator[Event]:
        keeps_lines = leaf == "pre" or not self.dialect.chapter
        for number, part in enumerate(_BLANK_LINES.split(run)):
            if number:
                yield EDGE
            for row, content in enumerate(part.split("\n") if keeps_lines else [part]):
                if row:
                    yield BREAK
                for bars, words in enumerate(_SPOILER.split(html.unescape(content))):
                    yield from self._bars() if bars else ()
                    yield from self._words(words)

    def _tag(self, match: re.Match[str]) -> Iterator[Event]:
        name, end = match["name"].lower(), bool(match["end"])
        self._count(not end)
        if name in tags.WAYS and (self.dialect.chapter or not name.startswith("su")):
            yield Event("off" if end else "on", tags.WAYS[name])
        elif name == "a":
            target = tags.link_target(match["attributes"])
            yield from self._link_ends() if end else self._link(target) if target else ()
        elif name == "br":
            yield BREAK
        elif name == "q":
            yield Event("text", "", "”" if end else "“")

    # Markdown -----------------------------------------------------------------------------------------------

    def _markdown(self, run: str) -> Iterator[Event]:
        for piece in paragraphs.laid_out(run, chapter=self.dialect.chapter):
            if piece is None:
                yield RULE
                continue
            if paragraphs.depth(piece) > self.dialect.nesting:
                raise too_deep(self.dialect, self.field)
            for token in self.parser.parse(piece):
                yield from self._block(token)

    def _block(self, token: Token) -> Iterator[Event]:
        if token.type == "inline":
            for child in token.children or ():
                yield from _INLINE[child.type](self, child)
        elif not token.hidden:
            number = token.info if token.tag == "li" else ""
            yield Event("open" if token.nesting > 0 else "close", tags.BLOCKS[token.tag], number)
        elif token.nesting < 0:
            yield EDGE

    def _way(self, token: Token) -> Iterator[Event]:
        self._count(token.nesting > 0)
        yield Event("on" if token.nesting > 0 else "off", token.tag)

    def _code(self, token: Token) -> Iterator[Event]:
        self._count(True)
        yield from (Event("on", "code"), Event("text", "", token.content), Event("off", "code"))

    def _link_token(self, token: Token) -> Iterator[Event]:
        return self._link(token.meta["target"]) if token.nesting > 0 else self._link_ends()

    def _line(self, token: Token) -> Iterator[Event]:
        hard = token.type == "hardbreak" or not self.dialect.chapter
        yield BREAK if hard else Event("text", "", " ")

    # Both ---------------------------------------------------------------------------------------------------

    def _count(self, opens: bool) -> None:
        self.tags += opens
        if self.tags > self.dialect.tags:
            what, most = self.dialect.what, self.dialect.tags
            raise Invalid(
                f"{what} can have {most:,} tags and marks; this has more. Please take some out.", self.field
            )

    def _link(self, target: str) -> Iterator[Event]:
        self.links += 1
        if self.links > self.dialect.links:
            raise Invalid(f"{self.dialect.what} can have {self.dialect.links} links; this has more.", self.field)
        self.in_link = True
        yield Event("on", "a", target)

    def _link_ends(self) -> Iterator[Event]:
        self.in_link = False
        yield Event("off", "a")

    def _bars(self, _: object = None) -> Iterator[Event]:
        self._count(True)
        yield _BARS

    def _words(self, content: str) -> Iterator[Event]:
        """Text, with what is an address by itself as a link."""
        if self.decodes:  # an entity may stand for what the door would have taken out
            content = text.normalise(content)
        start = 0
        for match in () if self.in_link or "://" not in content else _BARE_ADDRESS.finditer(content):
            shown = match[0].rstrip(_AFTER_ADDRESS)
            if match[0][len(shown) :].startswith(")") and "(" in shown:
                shown += ")"
            if not tags.safe_target(shown):
                continue
            yield Event("text", "", content[start : match.start()])
            yield from self._link(shown)
            yield Event("text", "", shown)
            yield from self._link_ends()
            start = match.start() + len(shown)
        yield Event("text", "", content[start:])


_INLINE: dict[str, Callable[[_Reader, Token], Iterator[Event]]] = {
    "text": lambda reader, token: reader._words(token.content),
    "tag": lambda reader, token: reader._tag(token.meta["match"]),
    "bars": _Reader._bars,
    "code_inline": _Reader._code,
    **dict.fromkeys(("softbreak", "hardbreak"), _Reader._line),
    **dict.fromkeys(("link_open", "link_close"), _Reader._link_token),
    **dict.fromkeys(("em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"), _Reader._way),
}
