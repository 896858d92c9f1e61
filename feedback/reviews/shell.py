"""The chapter page as a reader without news gets it: made once for all of them, with holes for what is their own.

Most logged-in readers come to a chapter with nothing waiting: no words in the box, no review of theirs that only
they can see, no notice, no new reply. Their pages differ in four strings. The page is made with a stand-in for the
reader whose strings are random marks, cut at the marks, and filled in for each reader.
"""

import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from feedback.reviews.chapter_page import Stamp
from feedback.reviews.kept import Kept

BYTES = 8 * 1024 * 1024
"""What the kept pages of a process may weigh."""

HOLES = ("id", "name", "csrf_token", "submission_key")
# Random, so that no text on a page can have one in it.
_MARKS = {hole: f"hole{secrets.token_hex(16)}" for hole in HOLES}
_BY_MARK = {mark: hole for hole, mark in _MARKS.items()}
_CUT = re.compile(f"({'|'.join(_BY_MARK)})")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Whoever the page is made for."""

    role: str
    id: str = _MARKS["id"]
    name: str = _MARKS["name"]


@dataclass(frozen=True, slots=True)
class Shell:
    """A page between its holes, as bytes: ``pieces`` in turn with what goes into ``holes``."""

    pieces: tuple[bytes, ...]
    holes: tuple[str, ...]

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, about."""
        return sum(map(sys.getsizeof, self.pieces))

    def filled(self, values: Mapping[str, object]) -> bytes:
        """The page of a reader; ``values`` has a plain string for each of ``HOLES``."""
        escaped = {hole: escape(values[hole]).encode() for hole in HOLES}
        page = [self.pieces[0]]
        for hole, piece in zip(self.holes, self.pieces[1:], strict=True):
            page += (escaped[hole], piece)
        return b"".join(page)


Shells = Kept[tuple[int, int, int | None, str], tuple[Stamp, Shell]]


def context(role: str) -> dict[str, Any]:
    """What a template is given instead of anything of a session, to make a page that can be cut."""
    return {
        "viewer": StandIn(role),
        "csrf_token": lambda: _MARKS["csrf_token"],
        "get_flashed_messages": lambda **_: [],
        "new_replies": 0,
    }


def submission_key() -> str:
    """The mark that stands for a form's own number."""
    return _MARKS["submission_key"]


def cut(html: str) -> Shell:
    """A page made with ``context``, cut at its marks."""
    pieces = _CUT.split(html)
    return Shell(tuple(piece.encode() for piece in pieces[::2]), tuple(_BY_MARK[mark] for mark in pieces[1::2]))
