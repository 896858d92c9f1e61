"""An independent reading of what may stand in a page: ``html.parser`` and a table that share nothing with us."""

import re
from html.parser import HTMLParser

REVIEW = {"p", "br", "em", "strong", "s", "blockquote", "ul", "ol", "li", "a", "code", "span"}
CHAPTER = REVIEW | {"h2", "h3", "hr", "sup", "sub"}
VOID = {"br", "hr"}
BLOCKS = {"p", "blockquote", "ul", "ol", "li", "h2", "h3", "hr", "br"}


class Page(HTMLParser):
    """Collects what is wrong with a piece of HTML, and what one can read in it."""

    def __init__(self, allowed: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.allowed = allowed
        self.open: list[str] = []
        self.deepest = 0
        self.wrong: list[str] = []
        self.seen: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.allowed:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"{tag} {name}={value!r}" for name, value in attrs if not _may_stay(tag, name, value or "")]
        if tag == "a" and dict(attrs).get("rel") != "nofollow ugc noopener":
            self.wrong.append("a link without rel")
        if tag in BLOCKS:
            self.seen.append("\n")
        if tag not in VOID:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")
        if tag in BLOCKS:
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append("a declaration")

    def handle_pi(self, data: str) -> None:
        self.wrong.append("a processing instruction")


def _may_stay(tag: str, name: str, value: str) -> bool:
    if (tag, name) == ("a", "href"):
        return bool(re.match(r"(?:https?://[^\s/]|mailto:[^\s?]+@)", value, re.IGNORECASE))
    return (tag, name, value) in {
        ("a", "rel", "nofollow ugc noopener"),
        ("span", "class", "spoiler"),
        ("span", "tabindex", "0"),
    } or ((tag, name) == ("li", "value") and value.isdigit())


def read(html: str, allowed: set[str]) -> Page:
    """The page, read to its end."""
    page = Page(allowed)
    page.feed(html)
    page.close()
    page.wrong += [f"<{tag}> is never closed" for tag in page.open]
    return page


def squeezed(text: str) -> str:
    """Text without the white space that HTML doesn't show."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")
