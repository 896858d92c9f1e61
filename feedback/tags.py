"""The HTML that people type: which tags browsers know, how one looks, what is dropped whole, which links stay."""

import html
import re

from feedback import text

WAYS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
    "sup": "sup",
    "sub": "sub",
}
"""HTML's inline elements that stay, by the name they get."""

BLOCKS = {
    **{name: name for name in ("p", "blockquote", "ul", "ol", "li", "h2", "h3")},
    "h1": "h2",
    **dict.fromkeys(("h4", "h5", "h6"), "h3"),
}
"""HTML's block elements that stay, by the name they get."""

_EDGES = """
    address article aside body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form
    frameset head header hgroup hr html legend main menu nav noframes noscript optgroup option pre search section
    select summary table tbody td template tfoot th thead title tr"""
_LEAVES = "p h1 h2 h3 h4 h5 h6 li dt dd td th caption figcaption legend pre summary title"
_UNWRAPPED = """
    a abbr acronym applet area audio base basefont bdi bdo big bgsound blink br button canvas col colgroup data
    datalist embed font foreignobject frame iframe image img input ins keygen label link listing map mark marquee
    math meta meter nobr noembed o:p object output param picture plaintext progress q rb rp rt rtc ruby script slot
    small source span style svg textarea time track u video wbr xmp"""

BLOCK_NAMES = frozenset(BLOCKS).union(_EDGES.split())
"""The tags that end the paragraph before them."""

LEAVES = frozenset(_LEAVES.split())
"""The blocks whose inside is a run of text."""

KNOWN = BLOCK_NAMES.union(WAYS, _UNWRAPPED.split())
"""Every tag that browsers know; anything else that looks like one is text."""

# Every piece is possessive and no attribute may hold a "<": no text is scanned twice. An attribute without a value
# must be one that exists without, so that "<i mean it>" stays text.
_ATTRIBUTES = (
    r"(?:[\s/]++(?:[\w:.@-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'=<>`]++)"
    r"|(?:allowfullscreen|async|autofocus|autoplay|checked|controls|default|defer|disabled|formnovalidate|hidden|inert"
    r"|ismap|itemscope|loop|multiple|muted|nomodule|novalidate|open|playsinline|readonly|required|reversed|selected)"
    r"(?=[\s/>])))*+[\s/]*+"
)
_SHAPE = rf"<(?P<end>/?)(?P<name>o:p|[a-z][a-z0-9]{{0,15}}+)(?P<attributes>{_ATTRIBUTES})>"
_FLAGS = re.ASCII | re.IGNORECASE

TAG = re.compile(_SHAPE, _FLAGS)
TAG_OR_CODE = re.compile(rf"(?<!`)`[^`\n]++`(?!`)|{_SHAPE}", _FLAGS)

_HREF = re.compile(r"[\s/]href\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", _FLAGS)
_LINK_TARGET = re.compile(
    r"https?://[^\s/?#@\\<>\"'`{}|^]++(?:[/?#][^\s<>\"`\\]*+)?|mailto:[^\s?@<>\"'`\\]++@[^\s?@<>\"'`\\]++", _FLAGS
)
_LONGEST_TARGET = 2000

_DROPPED = re.compile(rf"<(?P<name>script|style|head){_ATTRIBUTES}>|<(?P<other>!--|!doctype\b|\?xml\b)", _FLAGS)
_ENDS = {
    "script": re.compile(r"</script[\s/]*+>", _FLAGS),
    "style": re.compile(r"</style[\s/]*+>", _FLAGS),
    "head": re.compile(r"</head[\s/]*+>", _FLAGS),
    "!--": re.compile("-->"),
    "!doctype": re.compile(">"),
    "?xml": re.compile(">"),
}


def safe_target(raw: str) -> str:
    """The address if a link may lead there (http, https, or a plain mailto), otherwise ""."""
    found = text.normalise(raw).strip()
    return found if len(found) <= _LONGEST_TARGET and _LINK_TARGET.fullmatch(found) else ""


def link_target(attributes: str) -> str:
    """Where a tag's attributes lead, if a link may lead there, otherwise ""."""
    match = _HREF.search(attributes)
    return safe_target(html.unescape(next(filter(None, match.groups()), ""))) if match else ""


def without_dropped(source: str) -> str:
    """The source without comments, doctypes and whole ``script``, ``style`` and ``head`` elements.

    One without an end is left where it is: a browser would swallow the rest of the text with it.
    """
    kept: list[str] = []
    start = 0
    endless: set[str] = set()
    for match in _DROPPED.finditer(source):
        kind = (match["name"] or match["other"]).lower()
        if match.start() < start or kind in endless:
            continue
        end = _ENDS[kind].search(source, match.end())
        if end is None:
            endless.add(kind)
            continue
        kept.append(source[start : match.start()])
        start = end.end()
    kept.append(source[start:])
    return "".join(kept)
