"""The kept chapter page: never anything personal in it, and never older than what a stranger could see."""

import sqlite3
from collections.abc import Callable

import pytest

from feedback.reviews.front import Front
from feedback.reviews.kept import Kept
from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, published, send

BOTH = ["nobody", "stranger"]


def test_a_kept_page_has_nothing_of_a_session(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    reader.get(chapter)
    author.get(chapter)
    send(reader, chapter)
    for _ in range(2):
        answer = site.visitor().get(chapter)
        assert "Set-Cookie" not in answer.headers
        for word in ("csrf_token", "submission_key", "Log out", "Ben</a>", "ago"):
            assert word not in answer.text
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_people_with_cookies_get_their_own_page_after_a_stranger_did(
    reader: Visitor, nobody: Visitor, chapter: str
) -> None:
    nobody.get(chapter)
    assert "Log out" in reader.get(chapter).text
    assert "submission_key" in reader.get(chapter).text
    assert "Log out" not in nobody.get(chapter).text


def test_a_notice_waiting_for_someone_is_not_kept(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    author.post(f"{review}/hide")
    notice = "Hidden from the chapter. You"
    assert notice in author.get(chapter).text
    assert notice not in site.visitor().get(chapter).text


def test_the_same_page_need_not_be_sent_again(site: Site, reader: Visitor, nobody: Visitor, chapter: str) -> None:
    etag = nobody.get(chapter).headers["ETag"]
    for sent in (etag, f"W/{etag}"):
        again = nobody.get(chapter, headers={"If-None-Match": sent})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag
    send(reader, chapter)
    changed = nobody.get(chapter, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag
    assert "ETag" not in reader.get(chapter).headers, "a page of one's own is not to be compared"


# What somebody does -> what a stranger then sees on the chapter's page (with "!": no longer sees).
CHANGES: dict[str, tuple[Callable[[Visitor, Visitor, str], object], str]] = {
    "post": (lambda author, reader, _: send(reader, "/works/1/chapters/1", "A new letter."), "A new letter."),
    "edit": (lambda author, reader, review: reader.post(f"{review}/edit", {"body": "Other words."}), "Other words."),
    "make private": (
        lambda author, reader, review: reader.post(f"{review}/edit", {"body": WORDS, "visibility": "author"}),
        f"!{WORDS}",
    ),
    "withdraw": (lambda author, reader, review: reader.post(f"{review}/withdraw"), f"!{WORDS}"),
    "hide": (lambda author, reader, review: author.post(f"{review}/hide"), f"!{WORDS}"),
    "reply": (lambda author, reader, review: author.post(f"{review}/reply", {"body": "Thank you."}), "Thank you."),
    "new text": (
        lambda author, reader, _: author.post(
            "/works/1/chapters/1/edit", {"title": "The Ford", "body": "Rewritten."}
        ),
        "Rewritten.",
    ),
    "new title": (
        lambda author, reader, _: author.post("/works/1/chapters/1/edit", {"title": "The Weir", "body": "Text."}),
        "The Weir",
    ),
    "work's title": (
        lambda author, reader, _: author.post("/works/1/edit", {"title": "The Salt Sea", "wishes": "all"}),
        "The Salt Sea",
    ),
    "wishes": (
        lambda author, reader, _: author.post("/works/1/edit", {"title": "T", "wishes": "story_only"}),
        "Not needed here",
    ),
    "one wish": (
        lambda author, reader, _: author.post(
            "/works/1/edit", {"title": "T", "wishes": "custom", "wishes-grammar": "unwelcome"}
        ),
        "Not needed here: typos",
    ),
    "closing": (
        lambda author, reader, _: author.post("/works/1/edit", {"title": "T", "review_policy": "closed"}),
        "not taking new reviews",
    ),
    "next chapter": (
        lambda author, reader, _: author.post(
            "/works/1/chapters/new", {"title": "The Rain", "body": "It rained.", "publish": "1"}
        ),
        "Next: 2. The Rain",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_stranger_could_see_changes_at_once(
    author: Visitor, reader: Visitor, nobody: Visitor, stranger: Visitor, chapter: str, change: str
) -> None:
    review = send(reader, chapter)
    act, expected = CHANGES[change]
    gone = expected.startswith("!")
    before = [visitor.get(chapter) for visitor in (nobody, stranger)]
    act(author, reader, review)
    for visitor, kept in zip((nobody, stranger), before, strict=True):
        page = visitor.get(chapter).text
        assert (expected.removeprefix("!") in kept.text) is gone
        assert (expected.removeprefix("!") in page) is not gone


def test_a_removal_and_a_release_change_it_too(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, nobody: Visitor
) -> None:
    chapter = published(author, policy="hold_all")
    review = send(reader, chapter)
    assert WORDS not in nobody.get(chapter).text
    author.post(f"{review}/release")
    assert WORDS in nobody.get(chapter).text
    author.post(f"{review}/report", {"reason": "spam"})
    moderator.post("/moderation/1", {"action": "remove", "reason": "Advertising."})
    assert WORDS not in nobody.get(chapter).text


def test_a_chapter_taken_back_or_deleted_is_gone_at_once(author: Visitor, nobody: Visitor, chapter: str) -> None:
    assert nobody.get(chapter).status_code == 200
    author.post(f"{chapter}/publish", {"publish": "0"})
    assert nobody.get(chapter).status_code == 404
    author.post(f"{chapter}/publish", {"publish": "1"})
    assert nobody.get(chapter).status_code == 200
    author.post(f"{chapter}/delete")
    assert nobody.get(chapter).status_code == 404
    author.post("/works/1/chapters/new", {"title": "Another", "body": "Quite another.", "publish": "1"})
    assert "Quite another." in nobody.get(chapter).text


def test_another_process_sees_the_change(site: Site, reader: Visitor, nobody: Visitor, chapter: str) -> None:
    nobody.get(chapter)
    site.db.change("UPDATE chapter_version SET body_html = '<p>Remade elsewhere.</p>'")
    assert "Remade elsewhere." in nobody.get(chapter).text


def test_a_page_is_kept_under_one_spelling_of_its_address(site: Site, nobody: Visitor, chapter: str) -> None:
    front = site.app.wsgi_app
    assert isinstance(front, Front)
    for address in (f"{chapter}?x=1", f"{chapter}?before=099", f"{chapter}?before=9&x", f"{chapter}?draft=abc", "/"):
        assert nobody.get(address).status_code == 200
        assert front.answers.weight == 0, address
    nobody.get("/works/01/chapters/1")
    assert front.answers.weight == 0
    nobody.get(f"{chapter}?before=9")
    assert front.answers.weight > 0


def test_the_kept_answer_is_the_applications_own(site: Site, reader: Visitor, chapter: str) -> None:
    send(reader, chapter)
    first, second, third = (site.visitor().get(chapter) for _ in range(3))
    assert first.data == second.data == third.data
    assert dict(first.headers) == dict(second.headers) == dict(third.headers)
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert name in second.headers


def test_a_head_request_is_answered_without_a_body(nobody: Visitor, chapter: str) -> None:
    nobody.get(chapter)
    answer = nobody.client.head(chapter)
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_database_that_went_away_is_noticed_in_front(site: Site, nobody: Visitor, chapter: str) -> None:
    assert nobody.get(chapter).status_code == 200
    moved = site.config.database.with_name("moved")
    site.config.database.rename(moved)
    assert nobody.get(chapter).status_code == 503
    moved.rename(site.config.database)
    assert nobody.get(chapter).status_code == 200


def test_another_database_in_its_place_is_not_answered_from_memory(
    site: Site, author: Visitor, nobody: Visitor, chapter: str
) -> None:
    nobody.get(chapter)
    copy = site.config.database.with_name("copy")
    site.db.conn.execute("VACUUM INTO :copy", {"copy": str(copy)})
    other = sqlite3.connect(copy)
    other.execute("UPDATE chapter_version SET body_html = '<p>From the backup.</p>'")
    other.execute("UPDATE chapter SET page_version = page_version - 1")
    other.commit()
    other.close()
    site.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.replace(site.config.database)
    assert "From the backup." in nobody.get(chapter).text


def test_every_answer_leaves_its_line_in_the_log(
    nobody: Visitor, chapter: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "feedback.requests")
    for _ in range(2):
        nobody.get(chapter)
    assert caplog.text.count(f"GET {chapter} 200") == 2


def test_kept_things_weigh_no_more_than_they_may() -> None:
    kept: Kept[int, str] = Kept(10_000)
    for n in range(100):
        kept.put(n, f"number {n}", 1_000)
        assert kept.weight <= 10_000
        assert kept.get(90) == ("number 90" if n >= 90 else None), "what is used stays"
    assert kept.get(99) == "number 99", "the latest is kept"
    assert kept.get(0) is None, "the longest unused gave way"


def test_what_is_too_heavy_is_not_kept() -> None:
    kept: Kept[int, str] = Kept(10_000)
    kept.put(1, "light", 10)
    kept.put(1, "heavy", 9_000)
    assert kept.get(1) is None
    assert kept.weight == 0


def test_what_is_put_again_is_weighed_again() -> None:
    kept: Kept[int, str] = Kept(10_000)
    kept.put(1, "one", 10)
    kept.put(1, "other", 2_000)
    assert (kept.get(1), kept.weight) == ("other", 2_000)
