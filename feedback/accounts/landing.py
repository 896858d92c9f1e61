"""Where a person goes after logging in: back to where they were, on this site only, with their draft."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from flask import Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

HOME = "/"
_LONGEST = 2_000
_TOKEN = re.compile("[A-Za-z0-9_-]{1,100}")
# Pages that lead nowhere once someone is logged in, and those that are no pages.
_NO_PLACES = frozenset(
    {"accounts.login", "accounts.register", "accounts.recover", "accounts.reset", "healthz", "static"}
)


@dataclass(frozen=True, slots=True)
class Landing:
    """An address on this site, and the token of a draft to be taken up with the log-in; "" for none."""

    next: str
    draft: str

    @property
    def url(self) -> str:
        """The address to go to. A chapter's page there takes up the draft, if the log-in could not."""
        if not self.draft or self.next == HOME:
            return self.next
        _, _, path, query, fragment = urlsplit(self.next)
        others = [pair for pair in query.split("&") if pair and not pair.startswith("draft=")]
        return urlunsplit(("", "", path, "&".join([*others, f"draft={self.draft}"]), fragment))

    @property
    def query(self) -> dict[str, Any]:
        """Both as parameters for a link between log-in, register and recovery."""
        return {
            name: value for name, value in (("next", self.next), ("draft", self.draft)) if value not in ("", HOME)
        }


def wanted(request: Request, routes: MapAdapter) -> Landing:
    """Where the ``next`` and ``draft`` of a request lead: those of its form before those of its address."""
    draft = _first(request, "draft")
    return Landing(safe_next(_first(request, "next"), routes), draft if is_token(draft) else "")


def safe_next(raw: str, routes: MapAdapter) -> str:
    """``raw`` if it is the address of a page of this site, else ``/``.

    It must begin with exactly one slash and be made of printable characters without a backslash; browsers drop
    tabs and newlines and read a backslash as a slash, so that ``/\\host`` and ``/<tab>/host`` are other sites to
    them. And a page must be there to GET, so that nobody lands on an error after logging in.
    """
    if not raw.startswith("/") or raw.startswith("//") or len(raw) > _LONGEST:
        return HOME
    if not raw.isprintable() or "\\" in raw or not _is_page(unquote(_path(raw)), routes):
        return HOME
    return raw


def is_token(value: str) -> bool:
    """Whether it could be a draft's token."""
    return _TOKEN.fullmatch(value) is not None


def _path(raw: str) -> str:
    # Not urlsplit(): it takes ``///works/1`` for the path ``/works/1``, a browser for the host ``works``.
    return raw.partition("#")[0].partition("?")[0]


def _is_page(path: str, routes: MapAdapter) -> bool:
    if any(part in (".", "..") for part in path.split("/")):
        return False
    try:
        endpoint, _ = routes.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint not in _NO_PLACES


def _first(request: Request, name: str) -> str:
    return request.form.get(name) or request.args.get(name) or ""
