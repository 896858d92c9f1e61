"""What an author has taught the desk: listed, forgotten, and no longer followed from then on."""

import re

import pytest

from feedback.errors import NotFound
from feedback.remarks import learned, taught
from tests.conftest import Site, Visitor
from tests.dashboard.test_desk import ATTACK, desk, kind, send, sort_all, undo, unfolded, words

__all__ = ["desk"]


def file_under(author: Visitor, remark: int, to: str) -> None:
    assert author.post("/dashboard/triage", {"remark": str(remark), "action": f"kind:{to}"}).status_code == 303


def listed(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="taught-(\d+)"', page)]


def teaches(site: Site, author: Visitor) -> int:
    """How many decisions the sorter would be given."""
    return len(taught.decisions(site.db, site.account_id(author.name)))


@pytest.fixture
def lessons(author: Visitor, desk: dict[str, int]) -> dict[str, int]:
    """Three filed elsewhere, one after the other."""
    for name, to in (("loved", "theory"), ("typo", "prose"), ("question", "plot")):
        file_under(author, desk[name], to)
    return desk


def test_an_empty_page_says_what_would_fill_it(author: Visitor, desk: dict[str, int]) -> None:
    said = words(author.get("/dashboard/taught").text)
    assert "Whenever you file a message elsewhere on your desk, later ones like it follow" in said
    assert "There is nothing to forget" in words(author.get("/dashboard/taught/forget").text)
    assert "taught" not in author.get("/dashboard").text


def test_what_was_taught_is_listed_newest_first(author: Visitor, lessons: dict[str, int]) -> None:
    page = author.get("/dashboard/taught").text
    assert listed(page) == [lessons["question"], lessons["typo"], lessons["loved"]]
    said = words(page)
    assert "I loved this chapter so much! Reactions → Theories & thoughts" in said
    assert "layed -> laid Typos & grammar → Style & clarity" in said
    assert "Ben's review" in said
    assert "What you have taught the desk: 3" in words(author.get("/dashboard").text)
    assert not re.search(r"remark|triage|hostile|\d%", said)


def test_of_one_filed_twice_the_last_time_counts(author: Visitor, lessons: dict[str, int]) -> None:
    file_under(author, lessons["loved"], "praise")
    file_under(author, lessons["typo"], "prose")
    page = author.get("/dashboard/taught").text
    assert listed(page) == [lessons["loved"], lessons["question"], lessons["typo"]]
    assert "Theories & thoughts → Kind words" in words(page)


def test_one_that_was_kept_where_it_was_is_a_lesson_too(author: Visitor, desk: dict[str, int]) -> None:
    file_under(author, desk["loved"], "reaction")
    assert "kept under Reactions" in words(author.get("/dashboard/taught").text)


def test_what_was_set_aside_or_is_stays_folded(author: Visitor, desk: dict[str, int]) -> None:
    file_under(author, desk["attack"], "reaction")
    file_under(author, desk["question"], "hostile")
    page = author.get("/dashboard/taught").text
    assert listed(page) == [desk["question"], desk["attack"]]
    assert ATTACK in words(page)
    assert ATTACK not in unfolded(page)
    assert "Will there be more" not in unfolded(page)
    assert "Set aside → Reactions" in unfolded(page)


def test_forgetting_one_stops_its_teaching_at_once_and_changes_nothing_else(
    site: Site, author: Visitor, lessons: dict[str, int]
) -> None:
    before = dict(site.db.row("SELECT * FROM remark WHERE id = :id", id=lessons["typo"]) or {})
    assert teaches(site, author) == 3
    answer = author.post(f"/dashboard/taught/{lessons['typo']}/forget")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dashboard/taught")
    page = author.get("/dashboard/taught").text
    assert listed(page) == [lessons["question"], lessons["loved"]]
    assert "Forgotten. It stays where you filed it." in words(page)
    assert teaches(site, author) == 2
    assert [len(each.kinds) for each in learned.labelled(site.db)] == [2]
    after = dict(site.db.row("SELECT * FROM remark WHERE id = :id", id=lessons["typo"]) or {})
    assert after == before | {"taught_in": 0}
    assert author.post(f"/dashboard/taught/{lessons['typo']}/forget").status_code == 404


def test_forgetting_can_be_undone_once_and_leads_back(site: Site, author: Visitor, lessons: dict[str, int]) -> None:
    author.post(f"/dashboard/taught/{lessons['typo']}/forget")
    page = undo(author, author.get("/dashboard/taught").text)
    assert "<h1>What you have taught the desk</h1>" in page
    assert listed(page) == [lessons["question"], lessons["typo"], lessons["loved"]]
    assert teaches(site, author) == 3


def test_forgetting_all_asks_first(site: Site, author: Visitor, lessons: dict[str, int]) -> None:
    page = author.get("/dashboard/taught/forget").text
    assert "The 3 messages you filed stay where they are" in words(page)
    assert teaches(site, author) == 3
    assert author.post("/dashboard/taught/forget").status_code == 303
    page = author.get("/dashboard/taught").text
    assert "Forgotten. All 3 stay where you filed them." in words(page)
    assert listed(page) == []
    assert teaches(site, author) == 0
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE sorted_by = 'author'") == 3
    assert listed(undo(author, page)) == [lessons["question"], lessons["typo"], lessons["loved"]]


def test_what_was_forgotten_teaches_again_when_it_is_filed_again(
    site: Site, author: Visitor, lessons: dict[str, int]
) -> None:
    author.post("/dashboard/taught/forget")
    file_under(author, lessons["typo"], "prose")
    assert listed(author.get("/dashboard/taught").text) == [lessons["typo"]]
    assert teaches(site, author) == 1


def test_an_undone_filing_teaches_no_more(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    file_under(author, desk["loved"], "theory")
    undo(author, author.get("/dashboard").text)
    assert listed(author.get("/dashboard/taught").text) == []
    assert teaches(site, author) == 0


def test_only_filing_teaches(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    author.post("/dashboard/triage", {"remark": str(desk["typo"]), "action": "done"})
    author.post("/dashboard/split", {"remark": str(desk["loved"]), "at": "8"})
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE sorted_by = 'author' AND live = 1") == 2
    assert listed(author.get("/dashboard/taught").text) == []
    assert teaches(site, author) == 0


def test_the_pieces_of_a_lesson_teach(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    file_under(author, desk["loved"], "theory")
    author.post("/dashboard/split", {"remark": str(desk["loved"]), "at": "8"})
    assert len(listed(author.get("/dashboard/taught").text)) == 2


def test_a_withdrawn_review_is_neither_shown_nor_followed(
    site: Site, author: Visitor, reader: Visitor, lessons: dict[str, int]
) -> None:
    assert reader.post("/reviews/1/withdraw").status_code == 303
    page = author.get("/dashboard/taught").text
    assert listed(page) == []
    assert "loved" not in page


def test_lessons_are_their_authors(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, lessons: dict[str, int]
) -> None:
    for visitor in (reader, moderator):
        assert listed(visitor.get("/dashboard/taught").text) == []
        assert visitor.post(f"/dashboard/taught/{lessons['typo']}/forget").status_code == 404
        visitor.post("/dashboard/taught/forget")
    assert teaches(site, author) == 3
    assert author.client.post(f"/dashboard/taught/{lessons['typo']}/forget").status_code == 400


def test_every_page_is_reached_by_key_and_none_twice(
    site: Site, author: Visitor, reader: Visitor, chapter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taught, "PAGE", 3)
    for n in range(5):
        send(reader, chapter, f"I loved mule number {n}.\n\nWho is rider number {n}?")
    sort_all(site)
    author.post("/dashboard/triage", {"all_matching": "1", "sort": "newest", "cutoff": "6", "action": "kind:plot"})
    for remark in (3, 8):
        file_under(author, remark, "theory")
    seen, path = [], "/dashboard/taught"
    while path:
        page = author.get(path).text
        seen += listed(page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        path = further[1] if further else ""
    assert seen == [8, 3, 6, 5, 4, 2, 1]


@pytest.mark.parametrize("before", ["x", "", "3", "3-", "1-2-3", "9" * 25 + "-1", "1-1&before=1-1"])
def test_a_cursor_that_makes_no_sense_is_named(author: Visitor, before: str) -> None:
    answer = author.get(f"/dashboard/taught?before={before}")
    assert answer.status_code == 400
    assert "before" in words(answer.text)


def test_what_is_not_there_can_not_be_forgotten(site: Site, desk: dict[str, int]) -> None:
    with pytest.raises(NotFound):
        taught.forget(site.db, site.account_id("Mara"), 999, token="t", now=1)
    assert site.db.value("SELECT COUNT(*) FROM change_batch") == 0


def test_kind_is_only_a_label(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    """What sorting itself changes is no lesson."""
    kind(site, "loved", "theory")
    assert listed(author.get("/dashboard/taught").text) == []
