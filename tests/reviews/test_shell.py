"""The page a reader without news gets from the kept shell: exactly the one that would be made for them."""

import re

import pytest

from feedback.reviews import shell, store, views
from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, hidden, published, send


def plain(page: str) -> str:
    """A page without the strings that are new each time."""
    return re.sub(r'name="(csrf_token|submission_key)" value="[^"]+"', r'name="\1"', page)


@pytest.fixture
def letters(reader: Visitor, author: Visitor, chapter: str) -> str:
    """A chapter with 30 letters, one of them answered."""
    for n in range(30):
        review = send(reader, chapter, f"Letter {n} & <more>.")
    author.post(f"{review}/reply", {"body": "Thank you."})
    reader.get("/account/reviews")
    return chapter


def test_the_kept_page_is_the_one_that_would_be_made(
    site: Site,
    author: Visitor,
    reader: Visitor,
    stranger: Visitor,
    moderator: Visitor,
    letters: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    admin = site.join("Ada", "admin")
    cast = [reader, stranger, moderator, admin, author]
    addresses = [letters, f"{letters}?before=20"]
    for visitor in cast:
        visitor.get(letters)
    kept = [visitor.get(address).text for visitor in cast for address in addresses]
    again = [visitor.get(address).text for visitor in cast for address in addresses]
    monkeypatch.setattr(views, "_has_no_news", lambda *_: False)
    made = [visitor.get(address).text for visitor in cast for address in addresses]
    for one, two, three in zip(kept, again, made, strict=True):
        assert plain(one) == plain(two) == plain(three)
        assert "hole" not in one


def test_everyone_gets_their_own_strings(reader: Visitor, stranger: Visitor, chapter: str) -> None:
    pages = [visitor.get(chapter).text for visitor in (reader, stranger, reader)]
    for page, own, other in zip(pages, ("Ben", "Sid", "Ben"), ("Sid", "Ben", "Sid"), strict=True):
        head = page.split("</header>")[0]
        assert own in head
        assert other not in page
    assert len({hidden(page, "submission_key") for page in pages}) == 3
    assert hidden(pages[0], "csrf_token") != hidden(pages[1], "csrf_token")
    for visitor, page in ((reader, pages[0]), (stranger, pages[1])):
        fields = {"body": WORDS, "submission_key": hidden(page, "submission_key")}
        answer = visitor.post(f"{chapter}/reviews", fields, token=hidden(page, "csrf_token"))
        assert answer.status_code == 303
    crossed = stranger.post(f"{chapter}/reviews", {"body": WORDS}, token=hidden(pages[0], "csrf_token"))
    assert crossed.status_code == 400


def test_a_token_is_good_as_long_as_its_session(reader: Visitor, chapter: str) -> None:
    token = hidden(reader.get(chapter).text, "csrf_token")
    reader.post("/logout", token=token)
    reader.name = ""
    reader.post("/login", {"username": "Ben", "password": "correct horse battery"})
    fresh = hidden(reader.get(chapter).text, "csrf_token")
    assert fresh != token
    assert reader.post(f"{chapter}/reviews", {"body": WORDS}, token=fresh).status_code == 303


def test_whoever_has_news_gets_it(author: Visitor, reader: Visitor, stranger: Visitor) -> None:
    chapter = published(author)
    for visitor in (reader, stranger):
        visitor.get(chapter)
    review = send(reader, chapter, "Between us.", visibility="author")
    assert "Between us." in reader.get(chapter).text
    assert "Between us." not in stranger.get(chapter).text
    author.post(f"{review}/reply", {"body": "Quite."})
    assert "1 new" in reader.get(chapter).text
    reader.post(f"{review}/withdraw")
    assert "Your review is withdrawn" in reader.get(chapter).text, "the notice comes on whatever page is next"
    assert "Your review is withdrawn" not in reader.get(chapter).text


def test_what_is_filled_in_is_escaped() -> None:
    values = {**dict.fromkeys(shell.HOLES, "x"), "name": "<b>&\"'"}
    made = shell.cut(f"<p>{shell.StandIn('reader').name}</p>“{shell.submission_key()}”")
    assert made.filled(values).decode() == "<p>&lt;b&gt;&amp;&#34;&#39;</p>“x”"


def test_a_page_without_holes_is_itself() -> None:
    assert shell.cut("plain").filled(dict.fromkeys(shell.HOLES, "x")) == b"plain"


def test_news_are_found_by_indexes_of_their_own(site: Site, reader: Visitor, chapter: str) -> None:
    """One on all reviews of a reader on a chapter would look better to SQLite, and be walked from end to end."""
    reader.post(f"{chapter}/reviews", {"body": "One more."})
    said: list[str] = []
    site.db.conn.set_trace_callback(said.append)
    assert not store.has_news(site.db, 1, site.account_id("Ben"), 0)
    site.db.conn.set_trace_callback(None)
    (statement,) = [sql for sql in said if "EXISTS" in sql]
    plan = " ".join(row["detail"] for row in site.db.rows(f"EXPLAIN QUERY PLAN {statement}"))
    assert {"draft_claimed", "review_not_public", "reply_unseen"} <= set(plan.split()), plan
    rivals = [
        index["name"]
        for index in site.db.rows("PRAGMA index_list(review)")
        if [row["name"] for row in site.db.rows(f"PRAGMA index_info({index['name']})")][:2]
        == ["chapter_id", "reader_id"]
    ]
    assert rivals == ["review_not_public"]
