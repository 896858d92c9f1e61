"""Reviews left to the queue are sorted once, whatever dies or changes meanwhile; and their writers' corrections."""

import pytest

from feedback.reviews import queue, sorters, submitting
from feedback.reviews.sorters import Sorts
from feedback.sorting import Sorter
from feedback.sorting.shapes import SortedRemark
from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, account, number, send


class Later(Sorter):
    """A sorter that is not quick enough to keep a reader waiting."""

    inline = False


class Stumbling(Sorter):
    """A sorter that can't read one word."""

    def sort(
        self, text: str, chapter: str | None = None, spans: object = None, decisions: object = None
    ) -> list[SortedRemark]:
        if "stone" in text:
            raise RuntimeError("a stone")
        return super().sort(text, chapter)


@pytest.fixture(autouse=True)
def unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "_unreadable", set())


def post(site: Site, body: str = WORDS, sorter: Sorts | None = None) -> int:
    """Submit as Ben, leaving the sorting to the queue."""
    from feedback.reviews import reading

    me = account(site.db, "Ben")
    spot = reading.find_spot(site.db, me, 1, 1)
    done = submitting.submit(
        site.db,
        me,
        spot,
        body=body,
        visibility="public",
        submission_key=None,
        now=1,
        config=site.config,
        sorter=sorter or Later(),
    )
    return done.review_id


def remarks(site: Site, review: int) -> list[str]:
    rows = site.db.rows("SELECT text FROM remark WHERE review_id = :id AND live = 1 ORDER BY start_at", id=review)
    return [row["text"] for row in rows]


def waiting(site: Site) -> int:
    found: int = site.db.value("SELECT COUNT(*) FROM review WHERE sorted = 0")
    return found


def test_a_review_left_to_the_queue_is_public_and_waits(
    site: Site, reader: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = post(site)
    assert waiting(site) == 1
    assert remarks(site, review) == []
    assert WORDS in nobody.get(chapter).text
    assert "being read" in reader.get(f"/reviews/{review}").text
    assert queue.sort_pending(site.db, Sorter(), 10) == 1
    assert waiting(site) == 0
    assert remarks(site, review)
    assert queue.sort_pending(site.db, Sorter(), 10) == 0


def test_the_queue_takes_the_oldest_first_and_no_more_than_asked(site: Site, reader: Visitor, chapter: str) -> None:
    made = [post(site, f"{WORDS} {n}") for n in range(5)]
    assert queue.sort_pending(site.db, Sorter(), 2) == 2
    assert [bool(remarks(site, review)) for review in made] == [True, True, False, False, False]


def test_what_cannot_be_sorted_holds_nothing_up(
    site: Site, reader: Visitor, chapter: str, caplog: pytest.LogCaptureFixture
) -> None:
    stone, other = post(site, "A stone in the shoe."), post(site)
    assert queue.sort_pending(site.db, Stumbling(), 1) == 1
    assert remarks(site, other)
    assert waiting(site) == 1
    assert caplog.text.count(f"review {stone} can't be sorted") == 1
    queue.sort_pending(site.db, Stumbling(), 1)
    assert caplog.text.count("can't be sorted") == 1, "not every quarter of a second"


def test_an_edit_during_sorting_wins(site: Site, reader: Visitor, chapter: str) -> None:
    review = post(site)

    class Slow(Sorter):
        """Somebody edits the review while it is being read."""

        def sort(
            self, text: str, chapter: str | None = None, spans: object = None, decisions: object = None
        ) -> list[SortedRemark]:
            submitting.edit(
                site.db,
                account(site.db, "Ben"),
                review,
                body="Edited words.",
                visibility=None,
                now=2,
                sorter=Later(),
            )
            return super().sort(text, chapter)

    assert queue.sort_pending(site.db, Slow(), 1) == 0
    assert remarks(site, review) == []
    queue.sort_pending(site.db, Sorter(), 1)
    assert remarks(site, review) == ["Edited words."]


def test_a_review_deleted_during_sorting_is_passed_over(site: Site, reader: Visitor, chapter: str) -> None:
    post(site)

    class Deleting(Sorter):
        """The chapter goes while its review is being read."""

        def sort(
            self, text: str, chapter: str | None = None, spans: object = None, decisions: object = None
        ) -> list[SortedRemark]:
            site.db.change("DELETE FROM chapter")
            return super().sort(text, chapter)

    assert queue.sort_pending(site.db, Deleting(), 1) == 0
    assert site.db.value("SELECT COUNT(*) FROM remark") == 0


def test_a_held_review_is_sorted_but_not_put_on_the_desk(site: Site, author: Visitor, reader: Visitor) -> None:
    author.post("/works/new", {"title": "T", "review_policy": "hold_all"})
    author.post("/works/1/chapters/new", {"title": "C", "body": "Text.", "publish": "1"})
    review = post(site)
    queue.sort_pending(site.db, Sorter(), 1)
    assert remarks(site, review)
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE on_desk = 1") == 0
    author.post(f"/reviews/{review}/release")
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE on_desk = 1") == len(remarks(site, review))


def test_the_sorter_of_a_process_is_made_once() -> None:
    assert sorters.sorter() is sorters.sorter()


# How this was read ---------------------------------------------------------------------------------------------


def kinds(site: Site, review: str) -> dict[int, tuple[str, str]]:
    rows = site.db.rows(
        "SELECT id, kind, sorted_by FROM remark WHERE review_id = :id AND live = 1", id=number(review)
    )
    return {row["id"]: (row["kind"], row["sorted_by"]) for row in rows}


def test_the_writer_puts_right_how_it_was_read(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    first = min(kinds(site, review))
    answer = reader.post(f"{review}/kinds", {f"kind-{first}": "world"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{review}#read")
    assert kinds(site, review)[first] == ("world", "writer")


@pytest.mark.parametrize(
    "field", ["kind-999999", "kind-abc", "kind-", "kind--1", "kind-1e3", f"kind-{2**70}", "of another"]
)
def test_what_names_no_part_of_the_review_is_not_there_and_changes_nothing(
    site: Site, reader: Visitor, stranger: Visitor, chapter: str, field: str
) -> None:
    review, other = send(reader, chapter), send(stranger, chapter, "Another thought of mine.")
    if field == "of another":
        field = f"kind-{min(kinds(site, other))}"
    first, before = min(kinds(site, review)), kinds(site, review) | kinds(site, other)
    answer = reader.post(f"{review}/kinds", {f"kind-{first}": "world", field: "world"})
    assert answer.status_code == 404
    assert answer.text == reader.post("/reviews/999/kinds").text
    assert kinds(site, review) | kinds(site, other) == before


@pytest.mark.parametrize("kind", ["nonsense", "hostile", ""])
def test_a_kind_that_is_not_offered_changes_nothing(site: Site, reader: Visitor, chapter: str, kind: str) -> None:
    review = send(reader, chapter, "The mules made me laugh.\n\nWho is Ilse?")
    one, other = sorted(kinds(site, review))
    before = kinds(site, review)
    assert reader.post(f"{review}/kinds", {f"kind-{one}": "world", f"kind-{other}": kind}).status_code == 422
    assert kinds(site, review) == before


def test_a_part_that_was_cut_anew_meanwhile_is_passed_over(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    first = min(kinds(site, review))
    site.db.change("UPDATE remark SET live = 0, on_desk = 0 WHERE id = :id", id=first)
    assert reader.post(f"{review}/kinds", {f"kind-{first}": "world"}).status_code == 303
    assert site.db.value("SELECT sorted_by FROM remark WHERE id = :id", id=first) == "auto"


def test_what_the_author_filed_stays(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    first = min(kinds(site, review))
    site.db.change("UPDATE remark SET kind = 'plot', sorted_by = 'author' WHERE id = :id", id=first)
    reader.post(f"{review}/kinds", {f"kind-{first}": "world"})
    assert kinds(site, review)[first] == ("plot", "author")


def test_nobody_brings_what_was_set_aside_back_to_the_top(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    first = min(kinds(site, review))
    site.db.change("UPDATE remark SET kind = 'hostile', status = 'new' WHERE id = :id", id=first)
    reader.post(f"{review}/kinds", {f"kind-{first}": "praise"})
    assert kinds(site, review)[first] == ("hostile", "auto")


def test_saying_nothing_new_leaves_no_trace(site: Site, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    reader.post(f"{review}/kinds", {f"kind-{id_}": kind for id_, (kind, _) in kinds(site, review).items()})
    assert site.db.value("SELECT COUNT(*) FROM change_batch") == 0


@pytest.mark.parametrize("kind", ["hostile", "nonsense", ""])
def test_a_kind_that_is_not_offered_is_refused(site: Site, reader: Visitor, chapter: str, kind: str) -> None:
    review = send(reader, chapter)
    before = kinds(site, review)
    assert reader.post(f"{review}/kinds", {f"kind-{min(before)}": kind}).status_code == 422
    assert kinds(site, review) == before


def test_only_the_writer_says_how_it_was_meant(
    author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    for visitor in (author, stranger, moderator):
        assert visitor.post(f"{review}/kinds", {"kind-1": "world"}).status_code == 403
    assert nobody.post(f"{review}/kinds", {"kind-1": "world"}).headers["Location"].startswith("/login")
