"""The only place that turns a person's text into HTML, and the only import of bleach.

Three locks, each enough by itself: the writer below knows a handful of tags and escapes everything else; bleach, with
our own filter for attributes, goes over every block in which more than plain tags stands; nh3, which shares no code
with either, goes over the whole. Work is bounded before and while it is done (design rule 11).
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import bleach
import nh3

from feedback import markup, tags, text
from feedback.errors import Invalid
from feedback.markup import Dialect, Event

POLICY_VERSION = 2
"""Goes up whenever the same source would give other HTML; ``feedback resanitize`` then makes it anew."""

LINK_REL = "nofollow ugc noopener"

_REVIEW = Dialect(
    "A review",
    chapter=False,
    length=20_000,
    marks=20_000,
    lines=20_000,
    marked=20_000,
    tags=100,
    links=50,
    nesting=20,
)
_NOTE = Dialect(
    "A note", chapter=False, length=20_000, marks=20_000, lines=20_000, marked=20_000, tags=100, links=50, nesting=20
)
# Of 500,000 characters in lines of eight, with a blank one after each, every line is a paragraph.
_CHAPTER = Dialect(
    "A chapter",
    chapter=True,
    length=600_000,
    marks=60_000,
    lines=100_000,
    marked=32_000,
    tags=25_000,
    links=1_000,
    nesting=20,
)

_REVIEW_OUTPUT = 100 * 1024
_CHAPTER_OUTPUT = 4 * 1024 * 1024

_REVIEW_TAGS = {"p", "br", "em", "strong", "s", "blockquote", "ul", "ol", "li", "a", "code", "span"}
_CHAPTER_TAGS = _REVIEW_TAGS | {"h2", "h3", "hr", "sup", "sub"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A person's text, ready to be shown.

    ``html`` may stand in a page as it is. ``text`` is what one sees of it, paragraphs apart by a blank line and
    lines by a newline; words hidden as a spoiler are in it.
    """

    html: str
    text: str


def review_html(source: str, field: str = "body") -> Rendered:
    """A review as HTML. ``source`` has been through ``text.block``.

    :raises Invalid: (with ``field``) it has more tags, links, nesting or output than rule 11 allows, or no words.
    """
    return _rendered(source, _REVIEW, _REVIEW_OUTPUT, field)


def note_html(source: str, field: str = "body") -> Rendered:
    """A summary, an author's note, a wish or a reply as HTML: the policy of reviews.

    :raises Invalid: as ``review_html``.
    """
    return _rendered(source, _NOTE, _REVIEW_OUTPUT, field)


def chapter_html(source: str, field: str = "body") -> Rendered:
    """A chapter as HTML: Markdown, HTML, or text as it comes from a word processor.

    :raises Invalid: (with ``field``) it has more tags, links, nesting or output than a chapter can hold, or no words.
    """
    return _rendered(source, _CHAPTER, _CHAPTER_OUTPUT, field)


def _rendered(source: str, dialect: Dialect, output: int, field: str) -> Rendered:
    writer = _Writer(dialect, output, field)
    for event in markup.read(source, dialect, field):
        writer.take(event)
    blocks = writer.finish()
    if text.is_blank(writer.visible_text()):
        raise Invalid(f"{dialect.what} needs words one can see; this has only marks or empty tags.", field)
    return Rendered(_NH3[dialect.chapter].clean("\n".join(map(_bleached, blocks))), writer.visible_text())


# The writer -------------------------------------------------------------------------------------------------

_SPACES = re.compile(r"[ \t\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LISTS = ("ul", "ol")


@dataclass(slots=True)
class _Frame:
    """A block that is begun: an element of this name, with its start tag written or not, with text in it or not."""

    name: str
    start: str
    written: bool = False
    filled: bool = False
    number: int = 0


class _Writer:
    """Writes well-formed HTML from events, whatever their order.

    It emits the tags in this class and escaped text, nothing else. An element is only begun when there is text for
    it, a way of writing goes on over the paragraphs until it ends, and what does not fit is closed or left out.
    """

    def __init__(self, dialect: Dialect, output: int, field: str) -> None:
        self.dialect = dialect
        self.field = field
        self.room = output
        self.blocks: list[str] = []
        self.parts: list[str] = []
        self.plain: list[str] = []
        self.frames: list[_Frame] = []
        self.leaf: str | None = None
        self.next_leaf = ""
        self.wanted: list[tuple[str, str]] = []
        self.ways: list[tuple[str, str]] = []
        self.breaks = 0
        self.spaced = True

    def take(self, event: Event) -> None:
        """Write one event."""
        _STEPS[event.what](self, event)

    def finish(self) -> list[str]:
        """The HTML, one string for each block at the top."""
        self._end_leaf()
        self._close_to(0)
        return self.blocks

    def visible_text(self) -> str:
        """What one sees of it, without any tag."""
        return _BLANK_LINES.sub("\n\n", "".join(self.plain)).strip("\n")

    def _put(self, part: str) -> None:
        self.room -= len(part)
        if self.room < 0:
            raise Invalid(
                f"{self.dialect.what} becomes too long with so much formatting. Please take some out.", self.field
            )
        self.parts.append(part)

    # Text and ways of writing -------------------------------------------------------------------------------

    def _text(self, event: Event) -> None:
        words = _SPACES.sub(" ", event.value)
        if self.spaced:
            words = words.lstrip(" ")
        if not words or (self.leaf is None and text.is_blank(words)):
            return
        if self.leaf is None:
            self._begin_leaf()
        self._change_ways(opening=False)
        if words[0] == " " and len(words) > 1:  # a space stands before what begins after it
            self._put(" ")
            self.plain.append(" ")
            words = words[1:]
        for _ in range(self.breaks):
            self._put("<br>\n")
            self.plain.append("\n")
        self.breaks = 0
        self._change_ways(opening=words != " ")
        self._put(escape(words, quote=False))
        self.plain.append(words)
        self.spaced = words.endswith(" ")

    def _change_ways(self, opening: bool) -> None:
        """Close and (but for a mere space) open inline elements until the wanted ones are open, each once."""
        wanted = list({name: (name, target) for name, target in reversed(self.wanted)}.values())[::-1]
        if wanted == self.ways:
            return
        same = 0
        while same < min(len(wanted), len(self.ways)) and wanted[same] == self.ways[same]:
            same += 1
        self._close_ways(same)
        for way in wanted[same:] if opening else ():
            self._put(_way_start(*way))
            self.ways.append(way)

    def _close_ways(self, keep: int = 0) -> None:
        for name, _ in reversed(self.ways[keep:]):
            self._put("</span>" if name == "spoiler" else f"</{name}>")
        del self.ways[keep:]

    def _on(self, event: Event) -> None:
        self._check_depth()
        if event.name == "a":
            self._off(event)
        self.wanted.append((event.name, event.value))

    def _off(self, event: Event) -> None:
        for place in range(len(self.wanted) - 1, -1, -1):
            if self.wanted[place][0] == event.name:
                del self.wanted[place]
                return

    def _break(self, _: Event) -> None:
        if self.leaf is not None:
            self.breaks += 1
            self._trim()

    def _trim(self) -> None:
        """Take a space away from the end of a line; nobody sees it."""
        for written in (self.plain, self.parts):
            if written and written[-1].endswith(" "):
                written[-1] = written[-1].rstrip(" ")
        self.spaced = True

    # Blocks -------------------------------------------------------------------------------------------------

    def _check_depth(self) -> None:
        if len(self.frames) + len(self.wanted) >= self.dialect.nesting:
            raise markup.too_deep(self.dialect, self.field)

    def _begin_leaf(self) -> None:
        if self.frames and self.frames[-1].name in _LISTS:
            self._push("li")
        self._write_frames()
        inside = self.frames[-1] if self.frames else None
        tight = inside is not None and inside.name == "li" and not inside.filled
        self.leaf = self.next_leaf or ("" if tight else "p")
        if inside:
            inside.filled = True
        if self.leaf:
            self._put(f"<{self.leaf}>")

    def _write_frames(self) -> None:
        for frame in self.frames:
            if not frame.written:
                self._put(frame.start)
                frame.written = True

    def _end_leaf(self, _: Event | None = None) -> None:
        if self.leaf is not None:
            self._trim()
            self._close_ways()
            if self.leaf:
                self._put(f"</{self.leaf}>")
            self.plain.append("\n" if self.leaf == "" else "\n\n")
            self._flush()
        self.leaf, self.next_leaf = None, ""
        self.breaks, self.spaced = 0, True
        self.wanted = [way for way in self.wanted if way[0] != "a"]

    def _flush(self) -> None:
        if not self.frames and self.parts:
            self.blocks.append("".join(self.parts))
            self.parts = []

    def _open(self, event: Event) -> None:
        self._end_leaf()
        if event.name not in ("blockquote", "li", *_LISTS):
            self.next_leaf = event.name
        elif event.name == "li":
            self._open_item(event.value)
        else:
            if self.frames and self.frames[-1].name in _LISTS:
                self._push("li")
            self._push(event.name)

    def _open_item(self, number: str) -> None:
        if self.frames and self.frames[-1].name == "li":
            self._close_to(len(self.frames) - 1)
        if not self.frames or self.frames[-1].name not in _LISTS:
            self._push("ul")
        around = self.frames[-1]
        expected = around.number + 1
        around.number = int(number) if number else expected
        self._push("li", f' value="{around.number}"' if around.number != expected else "")

    def _push(self, name: str, attributes: str = "") -> None:
        self._check_depth()
        self.frames.append(_Frame(name, f"<{name}{attributes}>"))

    def _close(self, event: Event) -> None:
        self._end_leaf()
        for place in range(len(self.frames) - 1, -1, -1):
            if self.frames[place].name == event.name:
                self._close_to(place)
                return

    def _close_to(self, place: int) -> None:
        for frame in reversed(self.frames[place:]):
            if frame.written:
                self._put(f"</{frame.name}>")
                self.plain.append("\n" if frame.name in _LISTS else "")
        del self.frames[place:]
        self._flush()

    def _rule(self, _: Event) -> None:
        self._end_leaf()
        if self.frames and self.frames[-1].name in _LISTS:
            return
        self._write_frames()
        self._put("<hr>")
        self._flush()


_STEPS: dict[str, Callable[[_Writer, Event], None]] = {
    "text": _Writer._text,
    "on": _Writer._on,
    "off": _Writer._off,
    "break": _Writer._break,
    "open": _Writer._open,
    "close": _Writer._close,
    "edge": _Writer._end_leaf,
    "rule": _Writer._rule,
}


def _way_start(name: str, target: str) -> str:
    if name == "a":
        return f'<a href="{escape(target)}" rel="{LINK_REL}">'
    return '<span class="spoiler" tabindex="0">' if name == "spoiler" else f"<{name}>"


# The locks --------------------------------------------------------------------------------------------------

# A block of nothing but these is within every policy, by inspection: no address, no other "<".
_PLAIN_BLOCK = re.compile(
    r"(?:[^<]++|</?(?:p|em|strong|s|blockquote|ul|ol|li|code|h2|h3|sup|sub)>|<[bh]r>|<li value=\"[0-9]{1,9}\">)*+"
)
_LOCAL = threading.local()


def _may_stay(tag: str, name: str, value: str) -> bool:
    """Our filter for attributes; bleach's own lets schemes like ``javascript:1`` pass."""
    if tag == "a":
        return (name == "href" and tags.safe_target(value) == value) or (name == "rel" and value == LINK_REL)
    if tag == "span":
        return (name, value) in {("class", "spoiler"), ("tabindex", "0")}
    return tag == "li" and name == "value" and value.isascii() and value.isdecimal()


def _bleached(block: str) -> str:
    if _PLAIN_BLOCK.fullmatch(block):
        return block
    cleaner = getattr(_LOCAL, "cleaner", None)
    if cleaner is None:  # one a thread: its parser has a state
        cleaner = _LOCAL.cleaner = bleach.Cleaner(tags=_CHAPTER_TAGS, attributes=_may_stay, strip=True)
    cleaned: str = cleaner.clean(block)
    return cleaned


def _nh3(allowed: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=allowed,
        attributes={"a": {"href"}, "li": {"value"}},
        tag_attribute_values={"span": {"class": {"spoiler"}, "tabindex": {"0"}}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=LINK_REL,
    )


_NH3 = {False: _nh3(_REVIEW_TAGS), True: _nh3(_CHAPTER_TAGS)}
