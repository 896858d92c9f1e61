"""Editing a review: earlier texts are kept, an unchanged one makes no version, held ones stay held."""

from collections.abc import Sequence
from contextlib import nullcontext

import pytest

from feedback.errors import Conflict, Forbidden
from feedback.reviews import reading, sorters, submitting
from feedback.sorting.shapes import SortedRemark
from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, account, number, published, put_into, send, state

AGAIN = "The mules made me laugh twice."
Spans = Sequence[tuple[int, int]] | None


def row(site: Site, review: str) -> dict[str, object]:
    found = site.db.row("SELECT * FROM review WHERE id = :id", id=number(review))
    assert found
    return dict(found)


def test_an_edit_changes_the_text_and_keeps_the_one_before(
    site: Site, reader: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    assert WORDS in reader.get(f"{review}/edit").text
    answer = reader.post(f"{review}/edit", {"body": AGAIN})
    assert (answer.status_code, answer.headers["Location"]) == (303, review)
    for page in (nobody.get(chapter).text, nobody.get(review).text):
        assert AGAIN in page
        assert WORDS not in page
        assert "edited" in page
    kept = site.db.rows("SELECT number, source FROM review_version")
    assert [tuple(each) for each in kept] == [(1, WORDS)]
    assert row(site, review)["version"] == 2
    assert row(site, review)["sorted"] == 1


def test_the_writer_finds_their_earlier_texts(reader: Visitor, author: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    reader.post(f"{review}/edit", {"body": AGAIN})
    assert WORDS in reader.get(review).text
    assert WORDS not in author.get(review).text


def test_an_unchanged_text_makes_no_version(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    before = row(site, review)
    assert reader.post(f"{review}/edit", {"body": f"{WORDS}  \r\n"}).status_code == 303
    assert row(site, review) == before


def test_visibility_alone_makes_no_version(site: Site, reader: Visitor, nobody: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    reader.post(f"{review}/edit", {"body": WORDS, "visibility": "author"})
    assert row(site, review)["version"] == 1
    assert row(site, review)["visibility"] == "author"
    assert nobody.get(review).status_code == 404
    assert WORDS not in nobody.get(chapter).text
    reader.post(f"{review}/edit", {"body": WORDS})
    assert row(site, review)["visibility"] == "author", "what a form does not mention stays"


@pytest.mark.parametrize("body", ["", "x" * 10_001, "*a* " * 200], ids=["empty", "long", "markup"])
def test_a_body_that_cannot_be_taken_stays_in_the_form(site: Site, reader: Visitor, chapter: str, body: str) -> None:
    review = send(reader, chapter)
    answer = reader.post(f"{review}/edit", {"body": body})
    assert answer.status_code == 422
    assert body.strip() in answer.text
    assert row(site, review)["source"] == WORDS


@pytest.mark.parametrize("kind", ["held", "hidden", "private"])
def test_an_edit_does_not_publish(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, nobody: Visitor, kind: str
) -> None:
    chapter, review = put_into(kind, site, author, reader, moderator)
    before = state(site, review)
    assert reader.post(f"{review}/edit", {"body": AGAIN}).status_code == 303
    assert state(site, review) == before
    assert AGAIN not in nobody.get(chapter).text
    assert nobody.get(review).status_code == 404


@pytest.mark.parametrize(
    ("policy", "was", "form", "after"),
    [
        ("hold_all", "public", {"body": AGAIN}, "held"),
        ("hold_all", "author", {"body": AGAIN}, "held"),
        ("hold_all", "author", {"body": WORDS, "visibility": "public"}, "held"),
        ("hold_all", "public", {"body": WORDS}, "published"),
        ("hold_all", "public", {"body": WORDS, "visibility": "author"}, "published"),
        ("hold_new", "public", {"body": AGAIN}, "published"),
        ("open", "public", {"body": AGAIN}, "published"),
    ],
)
def test_what_was_let_in_says_nothing_more_until_it_is_let_in_again(
    site: Site,
    author: Visitor,
    reader: Visitor,
    nobody: Visitor,
    policy: str,
    was: str,
    form: dict[str, str],
    after: str,
) -> None:
    chapter = published(author, policy=policy)
    review = send(reader, chapter, visibility=was)
    if policy != "open":
        author.post(f"{review}/release")
    assert reader.post(f"{review}/edit", form).status_code == 303
    assert state(site, review) == after
    assert (form["body"] in nobody.get(chapter).text) is (after == "published" and "visibility" not in form)
    on_desk = site.db.value("SELECT MIN(on_desk) FROM remark WHERE live = 1")
    assert on_desk == (after == "published"), "what is held is not on the desk yet"
    if after == "held":
        author.post(f"{review}/release")
        assert site.db.value("SELECT MIN(on_desk) FROM remark WHERE live = 1") == 1


@pytest.mark.parametrize("kind", ["withdrawn", "removed"])
def test_what_no_longer_stands_is_not_edited(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, kind: str
) -> None:
    _, review = put_into(kind, site, author, reader, moderator)
    assert reader.get(f"{review}/edit").status_code == 403
    assert reader.post(f"{review}/edit", {"body": AGAIN}).status_code == 403
    assert row(site, review)["source"] == WORDS


def test_only_the_writer_edits(
    author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor
) -> None:
    chapter = published(author)
    public, private = send(reader, chapter), send(reader, chapter, visibility="author")
    for visitor, status in ((author, 403), (stranger, 403), (moderator, 403)):
        assert visitor.get(f"{public}/edit").status_code == status
        assert visitor.post(f"{public}/edit", {"body": AGAIN}).status_code == status
    assert stranger.get(f"{private}/edit").status_code == 404
    assert nobody.get(f"{public}/edit").headers["Location"].startswith("/login?next=")


def test_remarks_that_are_unchanged_stay_the_same(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter, "The mules made me laugh. When is the next chapter?")
    first = {r["text"]: r["id"] for r in site.db.rows("SELECT id, text FROM remark WHERE live = 1")}
    reader.post(f"{review}/edit", {"body": "The mules made me laugh. Who is Ilse's sister?"})
    second = {r["text"]: r["id"] for r in site.db.rows("SELECT id, text FROM remark WHERE live = 1")}
    assert first["The mules made me laugh."] == second["The mules made me laugh."]
    assert "When is the next chapter?" not in second


def test_of_two_edits_at_once_one_is_told(site: Site, reader: Visitor, chapter: str) -> None:
    review = number(send(reader, chapter))
    ben = account(site.db, "Ben")

    class EditedMeanwhile:
        """Sorts, but not before another tab has saved."""

        inline = True

        def sort(
            self, text: str, chapter: str | None = None, spans: Spans = None, decisions: object = None
        ) -> list[SortedRemark]:
            site.db.change("UPDATE review SET version = version + 1, source = 'The other tab.'")
            return []

    with pytest.raises(Conflict):
        submitting.edit(site.db, ben, review, body=AGAIN, visibility=None, now=1, sorter=EditedMeanwhile())
    assert reading.find_review(site.db, ben, review).source == "The other tab."
    assert site.db.value("SELECT COUNT(*) FROM review_version") == 0, "nothing half-done"


@pytest.mark.parametrize(
    ("begins", "meanwhile", "refused"),
    [("held", "published", False), ("published", "removed", True), ("published", "withdrawn", True)],
)
def test_a_review_that_moves_during_an_edit(
    site: Site, author: Visitor, reader: Visitor, begins: str, meanwhile: str, refused: bool
) -> None:
    """Its remarks stand on the desk when it was let in meanwhile, and nothing of it changes when it fell."""
    review = number(send(reader, published(author, policy="hold_all" if begins == "held" else "open")))
    site.db.change("UPDATE work SET review_policy = 'open'")
    ben, real = account(site.db, "Ben"), sorters.sorter()

    class MovedMeanwhile:
        """Sorts, but not before somebody has moved the review."""

        inline = True

        def sort(
            self, text: str, chapter: str | None = None, spans: Spans = None, decisions: object = None
        ) -> list[SortedRemark]:
            site.db.change("UPDATE review SET state = :state", state=meanwhile)
            return real.sort(text, chapter, spans)

    with pytest.raises(Forbidden) if refused else nullcontext():
        submitting.edit(site.db, ben, review, body=AGAIN, visibility="author", now=1, sorter=MovedMeanwhile())
    found = site.db.row("SELECT source, visibility FROM review")
    assert found
    assert tuple(found) == ((WORDS, "public") if refused else (AGAIN, "author"))
    assert site.db.value("SELECT MIN(on_desk) FROM remark WHERE live = 1") == (not refused)
