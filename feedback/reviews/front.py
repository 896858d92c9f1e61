"""The front of the house: chapter pages for people without cookies, answered before the web framework is asked.

Most requests of an archive are readers following a link. Their answer - body and headers as the application made
them - is kept and sent again while its stamp (see ``chapter_page``) is still the one in the database, which is looked
up for every request. Whoever sends any cookie, asks for anything else, or finds the database in trouble is passed on
to the application.
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from feedback import edge
from feedback.db import Database, Pool
from feedback.errors import NotFound, Unavailable
from feedback.reviews import chapter_page, reading
from feedback.reviews.chapter_page import Stamp
from feedback.reviews.kept import Kept
from feedback.reviews.reading import Spot

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BYTES = 16 * 1024 * 1024
"""What the kept answers of a process may weigh."""
OFFER = "feedback.offer"
"""Where in a request's environment a view leaves its ``Offer``."""
NOT_IN_304 = frozenset({"content-length", "content-type"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A view's word that its answer may be sent to anybody without cookies while the stamp holds.

    The stamp was read before the page was made, so that a change in between makes the page stale, never the stamp.
    """

    spot: Spot
    before: int | None
    stamp: Stamp

    @property
    def address(self) -> str:
        """The one spelling of the page's address under which it is kept."""
        query = "" if self.before is None else f"before={self.before}"
        return f"/works/{self.spot.work_id}/chapters/{self.spot.number}?{query}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be sent again."""

    offer: Offer
    headers: list[tuple[str, str]]
    etag: str
    body: bytes


def etag(html: str) -> str:
    """A page's entity tag: of its content, so that all processes say the same."""
    return f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'


class Front:
    """The WSGI application in front of the application."""

    def __init__(self, app: "WSGIApplication", pool: Pool) -> None:
        self._app = app
        self._pool = pool
        self.answers: Kept[str, Answer] = Kept(BYTES)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer, or pass on."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" in environ:
            return self._app(environ, start)
        began = time.perf_counter()
        address = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        answer = self.answers.get(address)
        if answer is None or not self._holds(answer.offer):
            return self._pass_on(address, environ, start)
        known = environ.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/") == answer.etag
        status = HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK
        headers = [each for each in answer.headers if each[0].lower() not in NOT_IN_304] if known else answer.headers
        start(f"{status.value} {status.phrase}", list(headers))
        edge.log_request("GET", environ["PATH_INFO"], status.value, began)
        return () if known else (answer.body,)

    def _holds(self, offer: Offer) -> bool:
        try:
            db: Database = self._pool.connection()
            spot = reading.find_spot(db, None, offer.spot.work_id, offer.spot.number)
        except (NotFound, Unavailable, sqlite3.Error):
            # The application says so in its own words.
            return False
        return chapter_page.stamp(db, spot) == offer.stamp

    def _pass_on(self, address: str, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def note(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            seen.append((status, headers))
            return start(status, headers, *error)

        parts = self._app(environ, note)
        offer: Offer | None = environ.get(OFFER)
        if offer is None or offer.address != address or not _may_be_kept(seen):
            return parts
        body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        headers = dict(seen[-1][1])
        self.answers.put(address, Answer(offer, seen[-1][1], headers.get("ETag", ""), body), len(body))
        return (body,)


def _may_be_kept(seen: list[tuple[str, list[tuple[str, str]]]]) -> bool:
    """Whether the one answer given was a whole page, with no cookie of anybody's in it."""
    if len(seen) != 1 or not seen[0][0].startswith("200 "):
        return False
    return all(name.lower() != "set-cookie" for name, _ in seen[0][1])
