"""The front page and an author's own shelf."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.library import shelf, store
from tests.conftest import Site, Visitor
from tests.library.shelves import Shelves, queries


@pytest.fixture
def shelves(site: Site, author: Visitor) -> Shelves:
    return Shelves(site.db, site.account_id("Mara"))


def walked(visitor: Visitor, path: str) -> list[str]:
    """The titles of a list of works, over all its pages."""
    titles: list[str] = []
    while path:
        page = visitor.get(path).text
        titles += re.findall(r'<h2><a href="/works/\d+">([^<]+)</a>', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = older[1] if older else ""
    return titles


def test_an_empty_archive_says_what_to_do(nobody: Visitor, author: Visitor) -> None:
    assert "Nothing has been published here yet" in nobody.get("/").text
    assert "Begin a work" in author.get("/").text


def test_a_work_stands_there_with_its_newest_chapter(
    nobody: Visitor, author: Visitor, work: str, chapter: str
) -> None:
    author.post(f"{work}/chapters/new", {"title": "Inland", "body": "Dust.", "publish": "1"})
    page = nobody.get("/").text
    assert "The Salt Road" in page
    assert "2 chapters" in page
    assert f'<a href="{work}/chapters/2">2. Inland</a>' in page


def test_only_published_works_newest_activity_first(nobody: Visitor, shelves: Shelves) -> None:
    early, late, _hidden = shelves.work("Early"), shelves.work("Late"), shelves.work("Hidden", published=[])
    shelves.chapter(early, at=300)
    shelves.chapter(late, at=200)
    shelves.chapter(late, at=400, state="draft")
    assert walked(nobody, "/") == ["Early", "Late"]


def test_all_pages_together_are_every_work_once(nobody: Visitor, shelves: Shelves) -> None:
    for number in range(shelf.PAGE * 2 + 5):
        shelves.work(f"Work {number}", published=[number // 7, number // 3])
    titles = walked(nobody, "/")
    assert len(titles) == len(set(titles)) == shelf.PAGE * 2 + 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(1, 6), max_size=4), max_size=8))
def test_the_list_is_in_the_order_of_newest_chapters(site: Site, author: Visitor, plans: list[list[int]]) -> None:
    site.db.change("DELETE FROM work")
    shelves = Shelves(site.db, site.account_id("Mara"))
    made = {shelves.work("A Work", published=times): max(times) for times in plans if times}
    times: list[int] = []
    seen: list[int] = []
    before = None
    while rows := store.recent_works(site.db, before, 3):
        before = (rows[-1]["published_at"], rows[-1]["newest_id"])
        times += [row["published_at"] for row in rows]
        seen += [row["id"] for row in rows]
    assert times == sorted(times, reverse=True)
    assert sorted(seen) == sorted(made)
    assert dict(zip(seen, times, strict=True)) == made


@pytest.mark.parametrize("cursor", ["x", "1", "1-", "-1-2", "1-2-3", "9" * 40 + "-1", "٣-١", "1-2&before=3-4"])
def test_a_cursor_that_makes_no_sense_is_named(nobody: Visitor, cursor: str) -> None:
    answer = nobody.get(f"/?before={cursor}")
    assert answer.status_code == 400
    assert "before" in answer.text


@pytest.mark.parametrize("cursor", ["x", "1-2", "9" * 40])
def test_and_so_on_an_authors_shelf(author: Visitor, cursor: str) -> None:
    assert author.get(f"/works?before={cursor}").status_code == 400


def test_authors_find_their_own_drafts(author: Visitor, stranger: Visitor, shelves: Shelves) -> None:
    empty = shelves.work("Empty Shell", published=[])
    half = shelves.work("Half Done")
    shelves.chapter(half, at=1, state="draft")
    shelves.work("All Out")
    mine = author.get("/").text
    assert f'href="/works/{empty}"' in mine
    assert "1 draft" in mine
    assert "Empty Shell" not in stranger.get("/").text
    assert "1 draft" not in stranger.get("/").text


def test_all_my_works_are_on_my_shelf(author: Visitor, stranger: Visitor, shelves: Shelves) -> None:
    for number in range(shelf.PAGE + 3):
        shelves.work(f"Work {number}", published=[] if number % 2 else [1])
    assert walked(author, "/works") == [f"Work {number}" for number in reversed(range(shelf.PAGE + 3))]
    assert "You have no works yet" in stranger.get("/works").text


@pytest.mark.parametrize("path", ["/", "/works", "/works/1", "/works/1/chapters/1/versions"])
def test_the_number_of_queries_does_not_depend_on_rows(
    site: Site, author: Visitor, shelves: Shelves, path: str
) -> None:
    work = shelves.work("The First")
    few = queries(site, lambda: author.get(path))
    for number in range(5, 15):
        shelves.chapter(work, at=number)
        shelves.work(f"Work {number}")
        shelves.version(work, number)
    assert few > 0
    assert queries(site, lambda: author.get(path)) == few
