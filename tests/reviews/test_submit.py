"""Posting a review: what is taken, what is refused, and that the words are never lost."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import text
from feedback.errors import Invalid
from feedback.reviews import reading, submitting
from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, account, box, hidden, number, published, send, state


def count(site: Site) -> int:
    found: int = site.db.value("SELECT COUNT(*) FROM review")
    return found


def test_a_review_is_stored_shown_and_sorted(site: Site, reader: Visitor, nobody: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    assert WORDS in nobody.get(chapter).text
    assert WORDS in nobody.get(review).text
    row = site.db.row("SELECT * FROM review WHERE id = :id", id=number(review))
    assert row is not None
    assert (row["source"], row["state"], row["visibility"], row["sorted"]) == (WORDS, "published", "public", 1)
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE review_id = :id", id=number(review)) >= 1


def test_a_review_for_the_author_is_on_no_public_page(
    reader: Visitor, author: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = send(reader, chapter, visibility="author")
    assert WORDS not in nobody.get(chapter).text
    assert nobody.get(review).status_code == 404
    assert WORDS in author.get(review).text
    assert WORDS in reader.get(chapter).text, "under “Yours”"
    assert "Only Mara can read it" in reader.get(chapter).text


def test_several_reviews_of_one_chapter_are_fine(site: Site, reader: Visitor, chapter: str) -> None:
    assert len({send(reader, chapter), send(reader, chapter), send(reader, chapter, "And another.")}) == 3


@pytest.mark.parametrize(
    "body",
    ["", "   \n ", "\u200b\u200d\ufeff", "\u0301\u0301", "x" * 10_001, "\r\n".join("y" * 5001 for _ in "ab")],
    ids=["empty", "spaces", "invisible", "marks", "long", "long in lines"],
)
def test_a_body_that_cannot_be_taken_stays_in_the_box(site: Site, reader: Visitor, chapter: str, body: str) -> None:
    answer = reader.post(f"{chapter}/reviews", {"body": body, "visibility": "author"})
    assert answer.status_code == 422
    assert box(answer.text).strip() == body.replace("\r\n", "\n").strip()
    assert 'value="author" checked' in answer.text
    assert 'role="alert"' in answer.text
    assert count(site) == 0


def test_a_body_of_exactly_the_limit_is_taken_lines_counted_once(site: Site, reader: Visitor, chapter: str) -> None:
    send(reader, chapter, "\r\n".join(["é" * 4999, "z" * 5000]))
    assert site.db.value("SELECT length(source) FROM review") == 10_000


def test_a_missing_body_is_an_empty_one(reader: Visitor, chapter: str) -> None:
    assert reader.post(f"{chapter}/reviews").status_code == 422


def test_a_visibility_that_is_none_is_refused(site: Site, reader: Visitor, chapter: str) -> None:
    answer = reader.post(f"{chapter}/reviews", {"body": WORDS, "visibility": "friends"})
    assert answer.status_code == 422
    assert box(answer.text) == WORDS
    assert count(site) == 0


def test_too_much_markup_is_refused_with_the_words_kept(site: Site, reader: Visitor, chapter: str) -> None:
    body = "*a* " * 200
    answer = reader.post(f"{chapter}/reviews", {"body": body})
    assert answer.status_code == 422
    assert box(answer.text).strip() == body.strip()
    assert count(site) == 0


def test_a_form_that_grew_old_comes_back_filled_in(site: Site, reader: Visitor, chapter: str) -> None:
    answer = reader.post(f"{chapter}/reviews", {"body": WORDS}, token="stale")
    assert answer.status_code == 400
    assert box(answer.text) == WORDS
    again = reader.post(
        f"{chapter}/reviews",
        {"body": box(answer.text), "submission_key": hidden(answer.text, "submission_key")},
        token=hidden(answer.text, "csrf_token"),
    )
    assert again.status_code == 303
    assert count(site) == 1


def test_the_author_does_not_review_their_own_chapter(site: Site, author: Visitor, chapter: str) -> None:
    assert author.post(f"{chapter}/reviews", {"body": WORDS}).status_code == 403
    page = author.get(chapter).text
    assert 'name="body"' not in page
    assert "/dashboard?work=1&amp;chapter=1" in page
    assert count(site) == 0


def test_a_closed_work_takes_no_reviews_and_says_so(site: Site, author: Visitor, reader: Visitor) -> None:
    chapter = published(author, policy="closed")
    answer = reader.post(f"{chapter}/reviews", {"body": WORDS})
    assert answer.status_code == 403
    assert WORDS in answer.text
    page = reader.get(chapter).text
    assert "not taking new reviews" in page
    assert 'name="body"' not in page
    assert count(site) == 0


def test_someone_elses_draft_and_nothing_at_all_are_the_same(site: Site, author: Visitor, reader: Visitor) -> None:
    chapter = published(author)
    made = author.post("/works/1/chapters/new", {"title": "Draft", "body": "Not yet."})
    draft = made.headers["Location"]
    assert author.post(f"{draft}/reviews", {"body": WORDS}).status_code == 403
    answers = [
        reader.post(f"{address}/reviews", {"body": WORDS})
        for address in (draft, f"{chapter}7", "/works/99/chapters/1", f"/works/{2**63}/chapters/{2**70}")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text.split("<main")[1] for answer in answers}) == 1
    assert count(site) == 0


# Once, whatever is sent twice ----------------------------------------------------------------------------------


def test_the_same_form_sent_twice_makes_one_review(site: Site, reader: Visitor, chapter: str) -> None:
    page = reader.get(chapter).text
    fields = {"submission_key": hidden(page, "submission_key")}
    assert send(reader, chapter, **fields) == send(reader, chapter, **fields)
    assert count(site) == 1


def test_the_same_form_with_other_words_is_a_conflict_with_a_fresh_key(
    site: Site, reader: Visitor, chapter: str
) -> None:
    send(reader, chapter, submission_key="k")
    answer = reader.post(f"{chapter}/reviews", {"body": "Other words.", "submission_key": "k"})
    assert answer.status_code == 409
    assert box(answer.text) == "Other words."
    fresh = hidden(answer.text, "submission_key")
    assert fresh not in ("", "k")
    send(reader, chapter, "Other words.", submission_key=fresh)
    assert count(site) == 2


def test_the_same_key_on_another_chapter_is_a_conflict(site: Site, author: Visitor, reader: Visitor) -> None:
    first, second = published(author), published(author)
    send(reader, first, submission_key="k")
    assert reader.post(f"{second}/reviews", {"body": WORDS, "submission_key": "k"}).status_code == 409
    assert count(site) == 1


def test_a_key_is_one_readers_own(site: Site, reader: Visitor, stranger: Visitor, chapter: str) -> None:
    assert send(reader, chapter, submission_key="k") != send(stranger, chapter, submission_key="k")


def test_sending_again_after_an_edit_still_finds_the_review(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter, submission_key="k")
    assert reader.post(f"{review}/edit", {"body": "Changed my mind."}).status_code == 303
    assert send(reader, chapter, submission_key="k") == review


def test_without_a_key_nothing_is_compared(site: Site, reader: Visitor, chapter: str) -> None:
    assert send(reader, chapter, submission_key="") != send(reader, chapter, submission_key="")


# Limits and policies -------------------------------------------------------------------------------------------


def test_past_the_limit_of_an_hour_the_words_come_back(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_REVIEWS_PER_HOUR="2")
    author, reader, other = site.join("Mara"), site.join("Ben"), site.join("Sid")
    chapter = published(author)
    first = send(reader, chapter, submission_key="a")
    send(reader, chapter, submission_key="b")
    answer = reader.post(f"{chapter}/reviews", {"body": "A third.", "submission_key": "c"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert box(answer.text) == "A third."
    assert count(site) == 2
    assert send(reader, chapter, submission_key="a") == first, "sent twice is not sent too often"
    send(other, chapter)
    site.db.change("UPDATE review SET submitted_at = submitted_at - 3601")
    send(reader, chapter, "A third.", submission_key="c")


def test_hold_all_holds_every_review(site: Site, author: Visitor, reader: Visitor, nobody: Visitor) -> None:
    chapter = published(author, policy="hold_all")
    review = send(reader, chapter)
    assert state(site, review) == "held"
    assert author.post(f"{review}/release").status_code == 303
    assert WORDS in nobody.get(chapter).text
    assert state(site, send(reader, chapter, "Again.")) == "held"


def test_hold_new_holds_until_one_was_let_in_on_any_work_of_the_author(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor
) -> None:
    chapter, other = published(author, policy="hold_new"), published(author, policy="hold_new")
    review = send(reader, chapter)
    assert state(site, review) == "held"
    assert state(site, send(reader, chapter, "Second.")) == "held"
    author.post(f"{review}/release")
    assert state(site, send(reader, other, "Third.")) == "published"
    assert state(site, send(stranger, chapter)) == "held"


# Text comes back as it was typed --------------------------------------------------------------------------------

TYPED = st.text(st.characters(codec="utf-8"), min_size=1, max_size=400)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_what_is_stored_is_what_was_typed_normalised_once(
    site: Site, author: Visitor, reader: Visitor, chapter: str, typed: str
) -> None:
    me = account(site.db, "Ben")
    spot = reading.find_spot(site.db, me, 1, 1)
    try:
        expected = text.block(typed, limit=10_000, field="body", what="A review", required=True)
        done = submitting.submit(
            site.db, me, spot, body=typed, visibility="public", submission_key=None, now=1, config=site.config
        )
    except Invalid:
        return
    review = reading.find_review(site.db, None, done.review_id)
    assert review.source == expected
    assert text.normalise(review.source) == review.source
    for remark in site.db.rows("SELECT * FROM remark WHERE review_id = :id AND live = 1", id=review.id):
        assert review.source[remark["start_at"] : remark["end_at"]] == remark["text"]
    assert box(reader.get(chapter).text).strip() == "", "posted words leave the box"
