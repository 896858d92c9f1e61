"""After a chapter changed, every passage is looked for again: moved, lost or repaired, and never misplaced."""

import pytest

from feedback.remarks import anchoring, query
from feedback.reviews import queue, sorters
from tests.conftest import Site, Visitor

FIRST = (
    "The mules would not cross.\n\n“Leave them,” said Ilse, and her sister layed down the rope.\n\nBy noon it rained."
)
NOTE = "> her sister layed down the rope\n\nlayed -> laid"


@pytest.fixture
def noted(site: Site, author: Visitor, reader: Visitor, work: str) -> tuple[str, int]:
    """A chapter with one correction on it: the chapter's address and the review's id."""
    answer = author.post(f"{work}/chapters/new", {"title": "The Ford", "body": FIRST, "publish": "1"})
    chapter = answer.headers["Location"]
    review = reader.post(f"{chapter}/reviews", {"body": NOTE}).headers["Location"]
    settle(site)
    return chapter, int(review.rsplit("/", 1)[1])


def settle(site: Site) -> None:
    """What the background process would do."""
    while queue.sort_pending(site.db, sorters.sorter(), 10) or anchoring.reanchor_pending(site.db):
        pass


def save(site: Site, author: Visitor, chapter: str, body: str) -> None:
    assert author.post(f"{chapter}/edit", {"title": "The Ford", "body": body}).status_code == 303
    settle(site)


def passage(site: Site, review: int):
    (remark,) = query.of_review(site.db, review)
    (found,) = remark.passages
    return found


def words_at(site: Site, found) -> str:
    text = site.db.value("SELECT body_text FROM chapter_version ORDER BY number DESC LIMIT 1")
    return text[found.start : found.end]


def test_a_passage_is_placed_when_the_review_is_read(site: Site, noted: tuple[str, int]) -> None:
    found = passage(site, noted[1])
    assert found.anchor == "exact"
    assert words_at(site, found) == "her sister layed down the rope"
    assert found.looks_fixed_in is None


def test_it_moves_with_its_words(site: Site, author: Visitor, noted: tuple[str, int]) -> None:
    chapter, review = noted
    save(site, author, chapter, f"A new beginning, of some length.\n\n{FIRST}")
    found = passage(site, review)
    assert found.anchor == "moved"
    assert words_at(site, found) == "her sister layed down the rope"
    assert found.looks_fixed_in is None


def test_a_repaired_error_looks_fixed_and_stops_when_it_returns(
    site: Site, author: Visitor, noted: tuple[str, int]
) -> None:
    chapter, review = noted
    save(site, author, chapter, FIRST.replace("layed", "laid"))
    assert passage(site, review).looks_fixed_in == 2
    save(site, author, chapter, FIRST.replace("layed", "laid").replace("rained", "poured"))
    assert passage(site, review).looks_fixed_in == 2
    save(site, author, chapter, FIRST)
    assert passage(site, review).looks_fixed_in is None


def test_deleted_words_are_lost_and_never_put_elsewhere(site: Site, author: Visitor, noted: tuple[str, int]) -> None:
    chapter, review = noted
    save(site, author, chapter, "The mules would not cross.\n\nHer brother picked up the lamp.\n\nBy noon it rained.")
    found = passage(site, review)
    assert found.anchor == "lost"
    assert found.start is None
    save(site, author, chapter, FIRST)
    assert words_at(site, passage(site, review)) == "her sister layed down the rope"


OTHER = "Nobody came to the ford that year.\n\nThe salt lay in its sacks, and a heron stood watch over the weir."
GONE = FIRST.replace(" said Ilse, and her sister layed down the rope.", " said Ilse.")
DELETED = {
    "a quotation and its repair": NOTE,
    "two words": "layed -> laid",
    "the error alone": 'Typo: "layed"',
    "a sentence and what is wrong with it": "“her sister layed down the rope” - wrong tense",
    "a quotation and what is wrong with it": "> her sister layed down the rope\n\nWrong verb here, mend it.",
}


@pytest.mark.parametrize("note", DELETED.values(), ids=DELETED)
def test_a_deleted_error_stays_gone_whatever_else_changes(
    site: Site, author: Visitor, reader: Visitor, noted: tuple[str, int], note: str
) -> None:
    chapter, _ = noted
    review = int(reader.post(f"{chapter}/reviews", {"body": note}).headers["Location"].rsplit("/", 1)[1])
    settle(site)
    assert passage(site, review).start is not None
    for body, since in ((GONE, 2), (OTHER, 2), (f"{OTHER}\n\nIt snowed.", 2), (FIRST, None), (OTHER, 6)):
        save(site, author, chapter, body)
        assert passage(site, review).looks_fixed_in == since, body


def test_an_error_in_several_places_is_gone_when_it_stands_in_none(
    site: Site, author: Visitor, reader: Visitor, work: str
) -> None:
    twice = f"{FIRST}\n\nThe cook layed the table."
    answer = author.post(f"{work}/chapters/new", {"title": "The Ford", "body": twice, "publish": "1"})
    chapter = answer.headers["Location"]
    review = int(reader.post(f"{chapter}/reviews", {"body": "layed -> laid"}).headers["Location"].rsplit("/", 1)[1])
    settle(site)
    assert passage(site, review).anchor == "ambiguous"
    save(site, author, chapter, GONE + "\n\nThe cook layed the table.")
    assert passage(site, review).looks_fixed_in is None
    for body in (OTHER, f"{OTHER}\n\nIt snowed."):
        save(site, author, chapter, body)
        assert passage(site, review).looks_fixed_in == 3


@pytest.mark.parametrize(
    "note", ["> her brother dropt the lantern\n\ndropt -> dropped", "> her brother dropt the lamp\n\nOdd."]
)
def test_words_that_never_stood_there_are_not_gone(
    site: Site, author: Visitor, reader: Visitor, noted: tuple[str, int], note: str
) -> None:
    chapter, _ = noted
    review = int(reader.post(f"{chapter}/reviews", {"body": note}).headers["Location"].rsplit("/", 1)[1])
    settle(site)
    for body in (GONE, OTHER):
        save(site, author, chapter, body)
        assert passage(site, review).looks_fixed_in is None


def test_quoted_words_that_were_mended_or_moved_are_not_gone(
    site: Site, author: Visitor, reader: Visitor, noted: tuple[str, int]
) -> None:
    chapter, _ = noted
    note = "> and her sister layed down the rope\n\nI can't picture this."
    review = int(reader.post(f"{chapter}/reviews", {"body": note}).headers["Location"].rsplit("/", 1)[1])
    for body in (f"A new beginning.\n\n{FIRST}", FIRST.replace("sister layed", "sister laid"), f"{FIRST}\n\n{FIRST}"):
        save(site, author, chapter, body)
        assert passage(site, review).looks_fixed_in is None


def test_it_goes_on_where_it_was_stopped(site: Site, author: Visitor, chapter: str, stranger: Visitor) -> None:
    for _ in range(5):
        assert stranger.post(f"{chapter}/reviews", {"body": "> her sister laid down the rope\n\nlaid -> put"})
    while queue.sort_pending(site.db, sorters.sorter(), 10):
        pass
    body = site.db.value("SELECT body FROM chapter_version")
    author.post(f"{chapter}/edit", {"title": "The Ford", "body": f"Before it all.\n\n{body}"})
    assert site.db.value("SELECT anchored FROM chapter") == 0
    assert anchoring.reanchor_pending(site.db, limit=2) == 2
    assert site.db.value("SELECT count(*) FROM passage WHERE chapter_version = 2") == 2
    assert anchoring.reanchor_pending(site.db, limit=2) == 2
    assert anchoring.reanchor_pending(site.db, limit=2) == 1
    assert anchoring.reanchor_pending(site.db, limit=2) == 0
    assert site.db.value("SELECT anchored FROM chapter") == 1
    assert {row["anchor"] for row in site.db.rows("SELECT anchor FROM passage")} == {"moved"}
