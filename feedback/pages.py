"""What templates share: dates, cleaned text, the person asking, and the health check."""

import threading
import time
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response
from markupsafe import Markup

from feedback import edge
from feedback.sorting.kinds import GROUPS, KINDS

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def init_app(app: Flask) -> None:
    """Add filters, template globals and ``/healthz``."""
    app.jinja_env.filters.update(day=day, moment=moment, iso=iso, plural=plural, cleaned=cleaned)
    app.jinja_env.globals.update(KINDS=KINDS, GROUPS=GROUPS)
    app.context_processor(_context)
    app.add_url_rule("/healthz", "healthz", _Health().answer)


def day(seconds: int) -> str:
    """``3 March 2026``, UTC."""
    date = datetime.fromtimestamp(seconds, UTC)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def moment(seconds: int) -> str:
    """``3 March 2026, 14:05 UTC``."""
    return f"{day(seconds)}, {datetime.fromtimestamp(seconds, UTC):%H:%M} UTC"


def iso(seconds: int | None) -> str:
    """``YYYY-MM-DDTHH:MM:SSZ``, or "" for ``None``: the form of exports and ``datetime`` attributes."""
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plural(n: int, one: str, many: str = "") -> str:
    """``1 review``, ``2 reviews``, ``1,204 reviews``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def cleaned(html: str) -> Markup:
    """Mark stored HTML as markup. Only for columns that ``feedback.sanitize`` wrote."""
    return Markup(html)  # noqa: S704


def _context() -> dict[str, Any]:
    return {"viewer": edge.viewer()}


class _Health:
    """200 when the database takes a write, probed at most once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._probed = 0.0
        self._well = False

    def answer(self) -> Response:
        with self._lock:
            if time.monotonic() - self._probed > 1:
                self._well = self._probe()
                self._probed = time.monotonic()
        answer = Response(
            "ok\n" if self._well else "unavailable\n", 200 if self._well else 503, mimetype="text/plain"
        )
        if not self._well:
            answer.headers["Retry-After"] = "5"
        return edge.never_store(answer)

    @staticmethod
    def _probe() -> bool:
        try:
            db = edge.get_db()
            with db.transaction():
                db.change("UPDATE health SET probed_at = :at WHERE id = 1", at=int(time.time()))
        except Exception as error:
            edge.log.error("health check failed: %s", error.__cause__ or error)
            return False
        return True
