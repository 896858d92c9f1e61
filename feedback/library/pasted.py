"""HTML as word processors, Google Docs, AO3 and e-books write it, turned into the Markdown an author can go on with.

Only what a chapter shows comes along: paragraphs, emphasis, headings, quotations, lists, scene breaks, lines and
links. Classes, fonts and everything a browser would not show are left behind. The time is linear in the length.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feedback import paragraphs, tags, text
from feedback.markup import BREAK, EDGE, RULE, Event

# A quote in a tag may hold a "<" here: the file says that it is HTML. Linear all the same, because from all the
# starts that have read the same quotes so far only one goes on.
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][\w:.-]*+)(?P<attributes>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.IGNORECASE | re.ASCII,
)
_BODY = re.compile(r"<body\b[^>]*+>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*+>", re.IGNORECASE)
_STYLE = re.compile(r"\bstyle\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")


def html_to_markdown(source: str) -> str:
    """The Markdown source that shows what this HTML shows. Of a whole page only the inside of its body is read."""
    writer = _Markdown()
    for event in _events(_visible(text.normalise(source))):
        writer.take(event)
    return writer.finish()


def _visible(source: str) -> str:
    """The body, without comments and elements whose text is not shown."""
    source = tags.without_dropped(source)
    begin = _BODY.search(source)
    if begin:
        end = _BODY_END.search(source, begin.end())
        source = source[begin.end() : end.start() if end else len(source)]
    return source


def _events(source: str) -> Iterator[Event]:
    start = 0
    open_tags: list[tuple[str, list[Event]]] = []
    for match in _TAG.finditer(source):
        yield from _words(source[start : match.start()])
        yield from _tag(match, open_tags)
        start = match.end()
    yield from _words(source[start:])


def _words(content: str) -> Iterator[Event]:
    if content:
        yield Event("text", "", text.normalise(_SPACES.sub(" ", html.unescape(content))))


def _tag(match: re.Match[str], open_tags: list[tuple[str, list[Event]]]) -> Iterator[Event]:
    name, end = match["name"].lower(), bool(match["end"])
    if name == "hr":
        yield RULE
    elif name == "br":
        yield BREAK
    elif name == "q":
        yield Event("text", "", "”" if end else "“")
    elif name in tags.BLOCKS:
        yield Event("close" if end else "open", tags.BLOCKS[name])
    elif name in tags.BLOCK_NAMES:
        yield EDGE
    else:
        yield from _inline(name, end, match["attributes"], open_tags)


def _inline(name: str, end: bool, attributes: str, open_tags: list[tuple[str, list[Event]]]) -> Iterator[Event]:
    """Inline elements may get their meaning from a style; so an end tag ends what its own start tag began."""
    if end:
        for place in range(len(open_tags) - 1, max(-1, len(open_tags) - 50), -1):
            if open_tags[place][0] == name:
                yield from (Event("off", begun.name) for begun in reversed(open_tags.pop(place)[1]))
                return
        return
    if attributes.rstrip().endswith("/") or name in {"img", "wbr", "input", "col", "source", "track", "link", "meta"}:
        return
    begun = list(_ways(name, attributes))
    open_tags.append((name, begun))
    yield from begun


def _ways(name: str, attributes: str) -> Iterator[Event]:
    style = next(filter(None, found.groups()), "") if (found := _STYLE.search(attributes)) else ""
    if name == "a":
        target = tags.link_target(attributes)
        if target:
            yield Event("on", "a", target)
    elif name in tags.WAYS and not (tags.WAYS[name] == "strong" and _NOT_BOLD.search(style)):
        yield Event("on", tags.WAYS[name])
    elif style:
        for pattern, way in ((_ITALIC, "em"), (_BOLD, "strong"), (_STRUCK, "s")):
            if pattern.search(style):
                yield Event("on", way)


# Writing Markdown -------------------------------------------------------------------------------------------

_DEEPEST = 16
"""Elements within elements that are followed; a chapter can't show more, and each costs time in every line."""

_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_BLOCK_NAMES = ("blockquote", "ul", "ol", "li")
_SPECIAL = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|~~|\](?=\()|\|\|")
_ENTITY = re.compile(r"&(?=#?\w+;)|<(?=[a-zA-Z/!?])")
_LINE_START = re.compile(r"^([ ]*)([-+>]|#{1,6}(?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_AROUND = frozenset(" \n\t“”‘’\"'()[]—–-…,.;:!?«»\xa0")


@dataclass(slots=True)
class _Frame:
    name: str
    marker: str = ""
    number: int = 0
    used: bool = False


class _Markdown:
    """Writes Markdown from events, one paragraph at a time."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.frames: list[_Frame] = []
        self.wanted: list[tuple[str, str]] = []
        self.runs: list[tuple[tuple[tuple[str, str], ...], str]] = []
        self.leaf = ""
        self.last: list[_Frame] = []

    def take(self, event: Event) -> None:
        """Write one event."""
        _STEPS[event.what](self, event)

    def finish(self) -> str:
        """The whole text."""
        self._end()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")

    def _text(self, event: Event) -> None:
        self.runs.append((tuple(dict(self.wanted).items()), event.value))

    def _break(self, _: Event) -> None:
        self.runs.append(((), "\n"))

    def _on(self, event: Event) -> None:
        if len(self.wanted) < _DEEPEST:
            self.wanted.append((event.name, event.value))

    def _off(self, event: Event) -> None:
        for place in range(len(self.wanted) - 1, -1, -1):
            if self.wanted[place][0] == event.name:
                del self.wanted[place]
                return

    def _open(self, event: Event) -> None:
        self._end()
        if event.name not in _BLOCK_NAMES:
            self.leaf = event.name
        elif event.name == "li":
            self._item()
        elif len(self.frames) < _DEEPEST:
            self.frames.append(_Frame(event.name))

    def _item(self) -> None:
        if self.frames and self.frames[-1].name == "li":
            self.frames.pop()
        around = self.frames[-1] if self.frames and self.frames[-1].name in ("ul", "ol") else _Frame("ul")
        around.number += 1
        self.frames.append(_Frame("li", f"{around.number}. " if around.name == "ol" else "* "))

    def _close(self, event: Event) -> None:
        self._end()
        for place in range(len(self.frames) - 1, -1, -1):
            if self.frames[place].name == event.name:
                del self.frames[place:]
                return

    def _rule(self, _: Event) -> None:
        self._end()
        self.lines += ["", "* * *", ""]

    def _end(self, _: Event | None = None) -> None:
        """The paragraph ends: write what was gathered of it."""
        for part in _paragraphs(self.runs):
            if paragraphs.is_scene_break("".join(words for _, words in part)):
                self.lines += ["", "* * *", ""]
            else:
                self._write(_serialised(part))
        self.runs, self.leaf = [], ""

    def _write(self, body: str) -> None:
        shared = [frame for frame, last in zip(self.frames, self.last, strict=False) if frame is last]
        if not self._next_item():
            self.lines.append(_prefix(shared).rstrip())
        self.last = list(self.frames)
        heading = {"h2": "## ", "h3": "### "}.get(self.leaf, "")
        for number, row in enumerate(body.split("\n")):
            self.lines.append(_prefix(self.frames, "" if number else heading) + row)

    def _next_item(self) -> bool:
        """Whether what comes is one more item, or the first item within one: no blank line before it then."""
        if len(self.frames) < 2 or self.frames[-1].name != "li" or self.frames[-1].used:
            return False
        within = self.frames[-3] if len(self.frames) > 2 else None
        return self.frames[-2].used or (within is not None and within.name == "li" and within.used)


def _prefix(frames: list[_Frame], heading: str = "") -> str:
    """What stands before a line in these blocks. An item's marker is used once."""
    prefix = ""
    for frame in frames:
        if frame.name == "blockquote":
            prefix += "> "
        elif frame.name == "li":
            prefix += " " * len(frame.marker) if frame.used else frame.marker
        frame.used = True
    return prefix + heading


Run = tuple[tuple[tuple[str, str], ...], str]
"""Text with the ways it is written in, outermost first."""


def _paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    """What was gathered, without blank runs around it; two line breaks in a row make two paragraphs of it."""
    part: list[Run] = []
    for run in runs:
        if run[1] == "\n" and part and part[-1][1] == "\n":
            yield from _trimmed(part)
            part = []
        elif run[1] == "\n" or part or not text.is_blank(run[1]):
            part.append(run)
    yield from _trimmed(part)


def _trimmed(part: list[Run]) -> Iterator[list[Run]]:
    while part and part[-1][1].strip() == "":
        part.pop()
    while part and part[0][1].strip() == "":
        part.pop(0)
    if part:
        part[0] = (part[0][0], part[0][1].lstrip())
        yield part


def _serialised(part: list[Run]) -> str:
    """Runs as one paragraph of Markdown. Where marks would not be read as marks, it says so in HTML."""
    merged: list[Run] = []
    for ways, words in part:
        if merged and merged[-1][0] == ways and words != "\n" and merged[-1][1] != "\n":
            merged[-1] = (ways, merged[-1][1] + words)
        else:
            merged.append((ways, words))
    rows = [""]
    for place, (ways, words) in enumerate(merged):
        if words == "\n":
            rows[-1] = rows[-1].rstrip(" ") + "  "
            rows.append("")
            continue
        before = merged[place - 1][1][-1:] if place else " "
        after = merged[place + 1][1][:1] if place + 1 < len(merged) else " "
        rows[-1] += _in_ways(words if rows[-1] else words.lstrip(" "), ways, before, after)
    return "\n".join(_LINE_START.sub(_escape_start, row) for row in rows if row.strip() or len(rows) == 1)


def _escape_start(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2][0].isdigit() else f"{match[1]}\\{match[2]}"


def _in_ways(words: str, ways: tuple[tuple[str, str], ...], before: str, after: str) -> str:
    """Words with their marks: spaces go outside, and marks need a space or punctuation on their outer side."""
    core = words.strip(" ")
    if not ways or not core:
        return _escaped(words)
    lead, trail = words[: len(words) - len(words.lstrip(" "))], words[len(words.rstrip(" ")) :]
    outside = (lead[-1:] or before), (trail[:1] or after)
    body = _escaped(core)
    if (
        len(ways) == 1
        and ways[0][0] in _MARKS
        and _AROUND.issuperset(outside)
        and not set(core[:1] + core[-1:]) & {"*", "~"}
    ):
        mark = _MARKS[ways[0][0]]
        return f"{lead}{mark}{body}{mark}{trail}"
    for name, target in reversed(ways):
        body = f'<a href="{html.escape(target)}">{body}</a>' if name == "a" else f"<{name}>{body}</{name}>"
    return lead + body + trail


def _escaped(words: str) -> str:
    return _ENTITY.sub(lambda match: "&amp;" if match[0] == "&" else "&lt;", _SPECIAL.sub(_backslashed, words))


def _backslashed(match: re.Match[str]) -> str:
    return "".join("\\" + char for char in match[0])


_STEPS: dict[str, Callable[[_Markdown, Event], None]] = {
    "text": _Markdown._text,
    "break": _Markdown._break,
    "on": _Markdown._on,
    "off": _Markdown._off,
    "open": _Markdown._open,
    "close": _Markdown._close,
    "edge": _Markdown._end,
    "rule": _Markdown._rule,
}
