"""The edge: what every request and every answer has in common.

Opens and guards the request, gives views the database, the time and the client's address, sets the security
headers, and turns the errors of ``feedback.errors`` into pages that say what to do next.
"""

import logging
import sqlite3
import sys
import time
from typing import IO, Any
from urllib.parse import parse_qsl, quote, urlencode

from flask import (
    Flask,
    Request,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter
from werkzeug.wsgi import LimitedStream

from feedback import access, address
from feedback.config import Config
from feedback.db import Database, Pool
from feedback.errors import FeedbackError, NotFound, TooMany, Unavailable

csrf = CSRFProtect()
log = logging.getLogger("feedback")
requests_log = logging.getLogger("feedback.requests")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
BODY_LIMIT = 256 * 1024
CHAPTER_BODY_LIMIT = 8 * 1024 * 1024
LONGEST_BACK = 4_000
# Fields whose words are shown again on an error page; nothing typed may be lost to an error.
WORDS = ("body", "title", "summary", "notes_before", "notes_after", "wishes_note", "note", "reason")
BUSY = "The archive is busy for a moment. Nothing you sent was half-saved; please send it again."


class Number(IntegerConverter):
    """A number in an address, in the digits we write: werkzeug's takes those of every script, of any length."""

    regex = "[0-9]{1,19}"


class _WholeForms(FormDataParser):
    """Refuses a form that was sent without its length and is too long: werkzeug's would read its beginning."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        found = super().parse(stream, mimetype, content_length, options)
        if isinstance(stream, LimitedStream) and stream.is_exhausted and content_length != stream.limit:
            raise RequestEntityTooLarge
        return found


class _Request(Request):
    form_data_parser_class = _WholeForms


def init_app(app: Flask, config: Config) -> None:
    """Attach the edge to ``app``."""
    app.request_class = _Request
    app.extensions["feedback"] = {
        "config": config,
        "pool": Pool(config.database),
        "trusted": address.networks(config["trusted_proxies"]),
    }
    app.url_map.converters["int"] = Number
    app.before_request(_open)
    # After _open: reading the form for its token must already be bounded.
    csrf.init_app(app)
    app.after_request(_close)
    app.register_error_handler(FeedbackError, _expected)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(sqlite3.Error, _database)
    app.register_error_handler(Exception, _unexpected)


def settings() -> Config:
    """This installation's settings."""
    config: Config = current_app.extensions["feedback"]["config"]
    return config


def get_db() -> Database:
    """This thread's connection.

    :raises Unavailable: when the database can't be opened.
    """
    pool: Pool = current_app.extensions["feedback"]["pool"]
    return pool.connection()


def now() -> int:
    """The time of this request, whole seconds since 1970: one action has one time."""
    if "now" not in g:
        g.now = int(time.time())
    return int(g.now)


def client() -> str:
    """The client's address."""
    return address.client_address(
        request.remote_addr or "",
        request.headers.get("X-Forwarded-For", ""),
        current_app.extensions["feedback"]["trusted"],
    )


def viewer() -> Any:
    """The logged-in account, or ``None``."""
    if "nobody_known" in g:
        return None
    return current_user._get_current_object() if current_user.is_authenticated else None


def back_to_desk() -> str:
    """Where a form sent from the desk leads, for what is done unread: the tray it names in ``back``, or the letter.

    "" for a form sent from elsewhere.
    """
    place, _, query = request.form.get("back", "")[:LONGEST_BACK].partition("?")
    if place != "desk":
        return ""
    # Taken apart and put together again: it can only be the query of the desk.
    tray = urlencode(parse_qsl(query))
    return f"/dashboard?{tray}" if tray else "/dashboard"


def never_store(answer: Response) -> Response:
    """For account, desk, moderation pages and exports."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _open() -> ResponseReturnValue | None:
    g.began = time.perf_counter()
    endpoint = request.endpoint
    if endpoint is None:
        return None
    request.max_content_length = CHAPTER_BODY_LIMIT if endpoint.endswith("_chapter") else BODY_LIMIT
    request.max_form_memory_size = request.max_content_length
    if access.ENDPOINTS.get(endpoint) is access.Who.ANYONE:
        return None
    person = viewer()
    if access.may_enter(person, endpoint):
        return None
    if person is None and endpoint in access.ENDPOINTS:
        return _to_login()
    raise NotFound


def _to_login() -> ResponseReturnValue:
    """To the log-in, and then to the page asked for; what a form carried after its session ended is shown instead."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")), 303)
    if _typed():
        return error_page(403, "You are not logged in any more. Log in in another tab, then send your words again.")
    return redirect(url_for("accounts.login", next="/"), 303)


def _close(answer: Response) -> Response:
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "private, no-cache"
    if settings().secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    log_request(request.method, request.path, answer.status_code, g.get("began", time.perf_counter()))
    return answer


def log_request(method: str, path: str, status: int, began: float) -> None:
    """One line for an answer; ``began`` is the ``time.perf_counter()`` of when its request came."""
    if requests_log.isEnabledFor(logging.INFO):
        spent = (time.perf_counter() - began) * 1000
        requests_log.info("%s %s %d %.1fms", method, on_one_line(path), status, spent)


def on_one_line(path: str) -> str:
    """A path for the log: one that would break its line, or command a terminal, as it was sent."""
    return path if path.isprintable() else quote(path)


def error_page(status: int, message: str, *, parameter: str = "", **headers: str) -> Response:
    """An HTML page for an error, with whatever words the request carried still in it.

    :param parameter: what of the request was wrong, for programs: its name need not be a word that people know.
    """
    facts = {"status": status, "message": message, "parameter": parameter, "words": _typed()}
    try:
        page = render_template("error.html", **facts)
    except (sqlite3.Error, Unavailable):
        # A page greets whoever is logged in, and just now the database can't say who that is.
        g.nobody_known = True
        page = render_template("error.html", **facts)
    answer = make_response(page, status)
    answer.headers.update(headers)
    return never_store(answer)


def _typed() -> list[tuple[str, str]]:
    try:
        form = request.form
    except HTTPException:
        # What was sent is too much to be read, or not readable at all.
        return []
    found = [(name, value) for name in WORDS for value in form.getlist(name)[:1] if value.strip()]
    # The reason of a report is picked from a list, unless somebody sends a sentence; that of a decision is typed.
    return found if "action" in form else [(name, value) for name, value in found if name != "reason" or " " in value]


def _expected(error: FeedbackError) -> Response:
    if isinstance(error, Unavailable):
        _log_unavailable(error.__cause__ or error)
    if isinstance(error, (TooMany, Unavailable)):
        return error_page(error.status, error.message, **{"Retry-After": str(error.retry_after)})
    return error_page(error.status, error.message, parameter=getattr(error, "parameter", ""))


def _log_unavailable(error: BaseException) -> None:
    log.error("database unavailable: %s (%s %s)", error, request.method, on_one_line(request.path))


def _expired_form(_error: CSRFError) -> Response:
    return error_page(400, "This form had grown too old to be sent. Nothing is lost: go back and send it once more.")


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 404:
        return error_page(404, NotFound().message)
    messages = {
        400: "That request made no sense to us.",
        405: "This address does not take that kind of request.",
        413: "That is more than can be sent at once.",
    }
    # What the answer is worth nothing without: the methods there are, the time to come back.
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return error_page(error.code, messages.get(error.code, error.description or error.name), **kept)


def _database(error: sqlite3.Error) -> ResponseReturnValue:
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)):
        return _unexpected(error)
    _log_unavailable(error)
    return error_page(503, BUSY, **{"Retry-After": str(Unavailable.retry_after)})


def _unexpected(error: Exception) -> Response:
    log.exception("%s %s", request.method, on_one_line(request.path), exc_info=error)
    return error_page(500, "Something went wrong on our side. It has been noted; please try again.")


def log_to_stderr() -> None:
    """One line a request, and every error, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
