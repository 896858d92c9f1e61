"""The author's reply: one a review, never more public than it, and new to its reader until they have looked."""

import html

import pytest

from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, number, published, put_into, send

REPLY = "Thank you, the mules are *my* favourites."
SHOWN = "Thank you, the mules are <em>my</em> favourites."


def new_replies(visitor: Visitor) -> str:
    """What the header says beside “My reviews”."""
    head = visitor.get("/").text.split("</header>")[0]
    return head.split("My reviews")[1].split("</a>")[0].strip()


def test_a_reply_is_shown_under_its_review(author: Visitor, reader: Visitor, nobody: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    answer = author.post(f"{review}/reply", {"body": REPLY})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{review}#reply")
    for page in (nobody.get(chapter), nobody.get(review), reader.get(review), reader.get("/account/reviews")):
        assert SHOWN in page.text


def test_a_reply_for_the_reader_alone(author: Visitor, reader: Visitor, stranger: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    author.post(f"{review}/reply", {"body": REPLY, "visibility": "author"})
    for page in (stranger.get(chapter), stranger.get(review)):
        assert page.status_code == 200
        assert SHOWN not in page.text
    for visitor in (reader, author):
        assert SHOWN in visitor.get(review).text


@pytest.mark.parametrize("asked", ["", "public", "author"])
def test_a_reply_to_a_private_review_is_private(site: Site, author: Visitor, reader: Visitor, asked: str) -> None:
    review = send(reader, published(author), visibility="author")
    assert author.post(f"{review}/reply", {"body": REPLY, "visibility": asked}).status_code == 303
    assert site.db.value("SELECT visibility FROM reply") == "author"


def test_a_review_made_private_takes_its_reply_with_it(
    site: Site, author: Visitor, reader: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    author.post(f"{review}/reply", {"body": REPLY})
    reader.post(f"{review}/edit", {"body": WORDS, "visibility": "author"})
    assert site.db.value("SELECT visibility FROM reply") == "author"
    reader.post(f"{review}/edit", {"body": WORDS, "visibility": "public"})
    assert SHOWN not in nobody.get(review).text, "only its author makes it public again"


def test_replying_again_changes_the_reply(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    author.post(f"{review}/reply", {"body": REPLY, "visibility": "author"})
    author.post(f"{review}/reply", {"body": "Thanks."})
    row = site.db.row("SELECT * FROM reply")
    assert row
    assert (row["source"], row["visibility"]) == ("Thanks.", "author"), "what a form does not mention stays"
    assert row["edited_at"] is not None
    assert site.db.value("SELECT COUNT(*) FROM reply") == 1


@pytest.mark.parametrize("body", ["", "\u200b", "x" * 10_001, "*a* " * 200], ids=["empty", "blank", "long", "markup"])
def test_a_reply_that_cannot_be_taken_stays_in_its_form(
    site: Site, author: Visitor, reader: Visitor, chapter: str, body: str
) -> None:
    review = send(reader, chapter)
    answer = author.post(f"{review}/reply", {"body": body})
    assert answer.status_code == 422
    assert body.strip() in answer.text
    assert WORDS in answer.text, "beside the review it answers"
    assert site.db.value("SELECT COUNT(*) FROM reply") == 0


def test_a_visibility_that_is_none_is_refused(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    assert author.post(f"{review}/reply", {"body": REPLY, "visibility": "all"}).status_code == 422
    assert site.db.value("SELECT COUNT(*) FROM reply") == 0


def test_only_the_author_replies(
    author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor, chapter: str
) -> None:
    public, private = send(reader, chapter), send(reader, chapter, visibility="author")
    for visitor in (reader, stranger, moderator):
        assert visitor.post(f"{public}/reply", {"body": REPLY}).status_code == 403
    assert stranger.post(f"{private}/reply", {"body": REPLY}).status_code == 404
    answer = nobody.post(f"{public}/reply", {"body": REPLY})
    assert answer.status_code == 403
    assert REPLY in html.unescape(answer.text), "words sent after the session ended are lost"
    assert author.post(f"{public}/reply", {"body": REPLY}, token="stale").status_code == 400


@pytest.mark.parametrize(("kind", "status"), [("held", 303), ("hidden", 303), ("withdrawn", 404), ("removed", 404)])
def test_what_stands_can_be_answered(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, nobody: Visitor, kind: str, status: int
) -> None:
    chapter, review = put_into(kind, site, author, reader, moderator)
    assert author.post(f"{review}/reply", {"body": REPLY}).status_code == status
    assert SHOWN not in nobody.get(chapter).text
    assert (SHOWN in reader.get(review).text) is (status == 303)


def test_a_reply_is_new_until_its_reader_has_looked(author: Visitor, reader: Visitor, chapter: str) -> None:
    first, second = send(reader, chapter), send(reader, chapter)
    assert new_replies(reader) == ""
    author.post(f"{first}/reply", {"body": REPLY})
    author.post(f"{second}/reply", {"body": REPLY})
    author.get(first)
    assert "2 new" in new_replies(reader)
    assert new_replies(author) == "", "the author's own reply is not news to them"
    reader.get(first)
    assert "1 new" in new_replies(reader)
    assert "New</strong>" in reader.get("/account/reviews").text
    assert new_replies(reader) == ""
    assert "New</strong>" not in reader.get("/account/reviews").text


def test_a_changed_reply_is_new_again_an_unchanged_one_is_not(
    site: Site, author: Visitor, reader: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    author.post(f"{review}/reply", {"body": REPLY})
    reader.get(review)
    author.post(f"{review}/reply", {"body": REPLY})
    assert new_replies(reader) == ""
    author.post(f"{review}/reply", {"body": "Thanks."})
    assert "1 new" in new_replies(reader)


def test_my_reviews_are_listed_in_pages(site: Site, reader: Visitor, stranger: Visitor, chapter: str) -> None:
    made = [number(send(reader, chapter, f"Number {n} of many.")) for n in range(26)]
    send(stranger, chapter, "Somebody else's.")
    first = reader.get("/account/reviews")
    assert first.headers["Cache-Control"] == "no-store"
    assert "Number 25 of many." in first.text
    assert "Number 0 of many." not in first.text
    assert "Somebody else's." not in first.text
    second = reader.get(f"/account/reviews?before={made[1]}")
    assert "Number 0 of many." in second.text
    assert "Number 1 of many." not in second.text
    assert reader.get("/account/reviews?before=x").status_code == 400


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("held", "Waiting to be released"),
        ("hidden", "Hidden from the chapter"),
        ("withdrawn", "Withdrawn by its writer"),
        ("removed", "Removed by a moderator"),
        ("private", "Only Mara can read it"),
    ],
)
def test_my_reviews_say_what_became_of_each(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, kind: str, words: str
) -> None:
    put_into(kind, site, author, reader, moderator)
    page = reader.get("/account/reviews").text
    assert words in page
    assert WORDS in page
    assert ("Kindly be kind." in page) is (kind == "removed")
    if kind == "removed":
        assert 0 < page.index('<p class="notice">Removed by a moderator. The reason: Kindly') < page.index(WORDS)
