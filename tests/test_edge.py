"""What every answer has in common: headers, errors with the words still in them, addresses, static files, health."""

import contextlib
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import address, edge, pages
from feedback.db import Database, Pool
from feedback.db.connection import BUSY_TIMEOUT_MS
from tests.conftest import Site, Visitor, make_site

PUBLIC = ("/", "/login", "/register", "/recover", "/nowhere")


def _policy(header: str) -> dict[str, str]:
    return {part.split()[0]: " ".join(part.split()[1:]) for part in header.split(";")}


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_is_locked_down(path: str, nobody: Visitor) -> None:
    headers = nobody.get(path).headers
    policy = _policy(headers["Content-Security-Policy"])
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "*" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] in ("private, no-cache", "no-store")
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("path", ["/account", "/account/sessions", "/account/password", "/dashboard"])
def test_personal_pages_are_never_stored(path: str, reader: Visitor) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_https_turns_on_hsts_and_secure_cookies(tmp_path: Path) -> None:
    site = make_site(tmp_path, FEEDBACK_BASE_URL="https://desk.example")
    answer = site.app.test_client().get("/login", base_url="https://desk.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    site.app.extensions["feedback"]["pool"].close()
    site.db.close()


def test_static_files_are_named_by_content_and_kept_for_a_year(nobody: Visitor) -> None:
    page = nobody.get("/").text
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert names
    for name in names:
        answer = nobody.get(name)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        answer.close()


@pytest.mark.parametrize(
    "path", ["/static/0000000000000000/site.css", "/static/../edge.py", "/static/x/../../edge.py"]
)
def test_no_other_file_is_served(path: str, nobody: Visitor) -> None:
    assert nobody.get(path).status_code == 404


def test_what_is_not_there_and_what_may_not_be_known_look_the_same(
    author: Visitor, stranger: Visitor, work: str
) -> None:
    draft = author.post(f"{work}/chapters/new", {"title": "Soon", "body": "Not yet."}).headers["Location"]
    theirs, nothing = stranger.get(draft), stranger.get("/works/987654/chapters/1")
    assert theirs.status_code == nothing.status_code == 404
    assert theirs.text == nothing.text


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/", {"GET", "HEAD", "OPTIONS"}), ("/works/1/chapters/1/reviews", {"POST", "OPTIONS"})],
)
def test_a_wrong_method_is_said_with_the_right_ones(path: str, methods: set[str], nobody: Visitor) -> None:
    answer = nobody.client.put(path)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == methods
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/%ff", "/works/%00/chapters/1", "/works/99999999999999999999", "/?q=%ff%fe"])
def test_odd_addresses_are_no_server_error(path: str, nobody: Visitor) -> None:
    assert nobody.get(path).status_code < 500


@pytest.mark.parametrize("digits", ["\uff11", "\u0661", "\u0967", "1" * 5000])
def test_a_number_in_an_address_has_our_digits(digits: str, nobody: Visitor, chapter: str) -> None:
    assert chapter == "/works/1/chapters/1"
    assert nobody.get(f"/works/{digits}").status_code == 404
    assert nobody.get(f"/works/1/chapters/{digits}").status_code == 404


def test_no_address_writes_a_log_line_of_its_own(nobody: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "feedback.requests"):
        nobody.get("/%0A2026-01-01T00:00:00%20INFO%20GET%20/forged%1b[31m")
    (line,) = [record.getMessage() for record in caplog.records if "forged" in record.getMessage()]
    assert line.isprintable()


class Endless(io.RawIOBase):
    """A body that goes on for ever, and counts what was read of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.taken > 64 * edge.BODY_LIMIT:
            raise AssertionError("somebody reads all of it")
        buffer[:] = b"a" * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/", 405)])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_sent_to_nowhere_is_not_read_without_end(path: str, status: int, kind: str, nobody: Visitor) -> None:
    body = Endless()
    environ = {"wsgi.input": body, "wsgi.input_terminated": True}
    answer = nobody.client.post(path, content_type=kind, environ_overrides=environ)
    assert answer.status_code == status
    assert body.taken <= 2 * edge.BODY_LIMIT


def test_a_body_over_the_limit_is_refused_before_it_is_read(reader: Visitor, chapter: str) -> None:
    answer = reader.post(f"{chapter}/reviews", {"body": "x" * 300_000, "visibility": "public"})
    assert answer.status_code == 413


def _streamed(visitor: Visitor, path: str, body: bytes) -> int:
    """Send a form without saying how long it is, as chunks come through a server; the answer's status."""
    environ = {"wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    kind = "application/x-www-form-urlencoded"
    return visitor.client.post(path, content_type=kind, environ_overrides=environ).status_code


@pytest.mark.parametrize("length", [9_000, 300_000, 5_000_000])
@pytest.mark.parametrize("token_first", [True, False])
def test_a_body_of_no_length_is_taken_whole_or_refused(
    length: int, token_first: bool, reader: Visitor, chapter: str
) -> None:
    parts = [f"csrf_token={reader.token()}", f"body={'x' * length}"]
    body = "&".join(parts if token_first else parts[::-1]).encode()
    assert _streamed(reader, f"{chapter}/reviews", body) == (303 if length < 10_000 else 413)


def test_a_chapter_may_be_larger(author: Visitor, work: str) -> None:
    body = "\n\n".join(["The mules would not cross. " * 20] * 700)
    answer = author.post(f"{work}/chapters/new", {"title": "Long", "body": body, "publish": "1"})
    assert answer.status_code == 303


def test_an_unexpected_error_is_masked_and_noted(
    site: Site, nobody: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise ValueError("secret inside")

    site.app.view_functions["library.home"] = broken
    edge.log.propagate = True
    answer = nobody.get("/")
    assert answer.status_code == 500
    assert "secret inside" not in answer.text
    assert "secret inside" in caplog.text


# The database in trouble: 503, Retry-After, the typed words still in the page, nothing half-written.

WORDS = "I cried on the bus, and the mules were right."


@pytest.fixture
def impatient(site: Site) -> Iterator[Site]:
    """The site, giving up on a busy database after a moment instead of five seconds."""
    site.app.extensions["feedback"]["pool"].close()
    site.app.extensions["feedback"]["pool"] = Pool(site.config.database, busy_timeout_ms=50)
    yield site
    site.app.extensions["feedback"]["pool"].close()


def _submit(reader: Visitor, chapter: str, token: str) -> None:
    answer = reader.post(f"{chapter}/reviews", {"body": WORDS, "visibility": "public"}, token=token)
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert WORDS in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_reading_goes_on_while_nothing_can_be_written(
    author: Visitor, reader: Visitor, chapter: str, impatient: Site
) -> None:
    review = reader.post(f"{chapter}/reviews", {"body": WORDS, "visibility": "public"}).headers["Location"]
    author.post(f"{review}/reply", {"body": "Thank you for crying."})
    with contextlib.closing(Database(impatient.config.database)) as other, other.transaction():
        for visitor, path in ((author, "/dashboard"), (reader, review), (reader, "/account/reviews")):
            assert visitor.get(path).status_code == 200, path
        assert "1 new" in reader.get("/").text, "not noted as seen"
    reader.get(review)
    assert "1 new" not in reader.get("/").text


def test_reading_waits_for_nobody_who_writes(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    """With all the patience there is, nothing of a page is worth waiting for the write lock."""
    review = reader.post(f"{chapter}/reviews", {"body": WORDS, "visibility": "public"}).headers["Location"]
    author.post(f"{review}/reply", {"body": "Thank you for crying."})
    site.db.change("UPDATE login_session SET seen_at = seen_at - 1000")
    began = time.monotonic()
    with contextlib.closing(Database(site.config.database)) as other, other.transaction():
        for visitor, path in ((author, "/dashboard"), (reader, review), (reader, "/account/reviews")):
            assert visitor.get(path).status_code == 200, path
    assert time.monotonic() - began < BUSY_TIMEOUT_MS / 1000
    seen = site.db.value("SELECT MIN(seen_at) FROM login_session")
    author.get("/dashboard")
    reader.get("/account/reviews")
    assert site.db.value("SELECT MIN(seen_at) FROM login_session") > seen, "noted the next time"
    assert site.db.value("SELECT desk_seen_at FROM account WHERE name = 'Mara'")
    assert "1 new" not in reader.get("/").text


def _errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


def test_a_busy_database(reader: Visitor, chapter: str, impatient: Site, caplog: pytest.LogCaptureFixture) -> None:
    token = reader.token()
    writer = Database(impatient.config.database)
    with writer.transaction():
        _submit(reader, chapter, token)
        (line,) = _errors(caplog)
        assert line == f"database unavailable: database is locked (POST {chapter}/reviews)"
        health = reader.get("/healthz")
        assert (health.status_code, health.headers["Retry-After"]) == (503, "5")
    writer.close()
    assert _errors(caplog)[1:] == ["health check failed: database is locked"]
    assert "Traceback" not in caplog.text
    assert impatient.db.value("SELECT COUNT(*) FROM review") == 0
    assert reader.post(f"{chapter}/reviews", {"body": WORDS, "visibility": "public"}).status_code == 303


def test_a_full_disk(reader: Visitor, chapter: str, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """SQLite's own ceiling on the file answers like a full disk: SQLITE_FULL in the midst of a transaction."""
    token = reader.token()
    edge.log.propagate = True
    with site.app.app_context():
        db = edge.get_db()
        pages_now = db.value("PRAGMA page_count")
        db.change(f"PRAGMA max_page_count = {pages_now}")
        # What room is left inside the pages there are is soon used up.
        with contextlib.suppress(sqlite3.OperationalError):
            for n in range(100):
                db.change("INSERT INTO attempt (scope, key, at) VALUES ('login_name', :key, 0)", key=f"{n}" * 3000)
    before = site.db.rows("SELECT * FROM chapter")
    body = " ".join(f"I cried on the {n}th page of it." for n in range(300))
    answer = reader.post(f"{chapter}/reviews", {"body": body, "visibility": "public"}, token=token)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert body in answer.text
    assert site.db.value("SELECT COUNT(*) FROM review") == 0
    assert site.db.value("SELECT COUNT(*) FROM remark") == 0
    assert site.db.rows("SELECT * FROM chapter") == before
    assert [record.levelname for record in caplog.records if "full" in record.message].count("ERROR") == 1


def test_a_database_that_was_moved_away(
    reader: Visitor, chapter: str, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    token = reader.token()
    away = Path(shutil.move(site.config.database, site.config.database.with_name("away")))
    _submit(reader, chapter, token)
    (line,) = _errors(caplog)
    assert line == f"database unavailable: unable to open database file (POST {chapter}/reviews)"
    assert reader.get("/").status_code == 503
    assert reader.get("/healthz").status_code == 503
    assert _errors(caplog)[2:] == ["health check failed: unable to open database file"]
    assert "Traceback" not in caplog.text
    assert not site.config.database.exists(), "no new empty database was made in its place"
    shutil.move(away, site.config.database)
    assert reader.post(f"{chapter}/reviews", {"body": WORDS, "visibility": "public"}).status_code == 303
    assert site.db.value("SELECT COUNT(*) FROM review") == 1


# Addresses.

TRUSTED = address.networks(["127.0.0.1", "10.0.0.0/8", "::1"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.1.1", "198.51.100.1"),
        ("127.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6:1, 198.51.100.1:4711, 10.1.1.1:80", "198.51.100.1"),
        ("::1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::1", "[2001:db8::7]", "2001:db8::7"),
        ("::1", "[::1]:80", "::1"),
        ("::1", "2001:db8::7:4711", "2001:db8::7:4711"),
        ("127.0.0.1", "198.51.100.1:", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:http", "127.0.0.1"),
        ("127.0.0.1", "[198.51.100.1", "127.0.0.1"),
        ("127.0.0.1", "[2001:db8::7]4711", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_nearest_that_is_not_a_trusted_proxy(peer: str, forwarded: str, expected: str) -> None:
    assert address.client_address(peer, forwarded, TRUSTED) == expected


@given(st.text(alphabet="0123456789.:,abcdef ", max_size=60), st.ip_addresses().map(str))
def test_what_a_stranger_writes_left_of_their_address_changes_nothing(written: str, own: str) -> None:
    honest = address.client_address("127.0.0.1", own, address.networks(["127.0.0.1"]))
    assert address.client_address("127.0.0.1", f"{written}, {own}", address.networks(["127.0.0.1"])) == honest or (
        own == "127.0.0.1"
    )


# What templates share.


@pytest.mark.parametrize(
    ("n", "shown"), [(0, "0 reviews"), (1, "1 review"), (2, "2 reviews"), (1204, "1,204 reviews")]
)
def test_plural(n: int, shown: str) -> None:
    assert pages.plural(n, "review") == shown


def test_times_are_utc_whatever_the_machine_thinks() -> None:
    code = "from feedback import pages; print(pages.moment(1772546700), pages.iso(1772546700), pages.day(0))"
    shown = subprocess.run(
        [sys.executable, "-c", code], env={"TZ": "Asia/Tokyo"}, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "3 March 2026, 14:05 UTC 2026-03-03T14:05:00Z 1 January 1970"
