"""The order of chapters: whatever is moved or deleted, they are numbered 1 to n."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.library import chapters, contents, works
from tests.conftest import Site, Visitor
from tests.library.shelves import Shelves


@pytest.fixture
def five(site: Site, author: Visitor, work: str) -> str:
    """A work with five published chapters, One to Five."""
    for title in ("One", "Two", "Three", "Four", "Five"):
        author.post(f"{work}/chapters/new", {"title": title, "body": title, "publish": "1"})
    return work


def titles(visitor: Visitor, work: str) -> list[str]:
    return re.findall(r'class="chapter-title"[^>]*>(\d+\. \w+)<', visitor.get(work).text)


@pytest.mark.parametrize(
    ("number", "form", "after"),
    [
        (2, {"direction": "up"}, "Two One Three Four Five"),
        (2, {"direction": "down"}, "One Three Two Four Five"),
        (1, {"direction": "up"}, "One Two Three Four Five"),
        (5, {"direction": "down"}, "One Two Three Four Five"),
        (5, {"to": "1"}, "Five One Two Three Four"),
        (1, {"to": "4"}, "Two Three Four One Five"),
        (3, {"to": "3"}, "One Two Three Four Five"),
        (3, {"to": "99"}, "One Two Four Five Three"),
        (3, {"to": "0"}, "Three One Two Four Five"),
    ],
)
def test_moving(author: Visitor, nobody: Visitor, five: str, number: int, form: dict[str, str], after: str) -> None:
    answer = author.post(f"{five}/chapters/{number}/move", form)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{five}#chapter-")
    assert titles(nobody, five) == [f"{place}. {title}" for place, title in enumerate(after.split(), start=1)]


@pytest.mark.parametrize(
    "form", [{}, {"direction": "left"}, {"to": ""}, {"to": "x"}, {"to": "-1"}, {"to": "9" * 30}, {"to": "²"}]
)
def test_a_move_to_nowhere_is_refused(author: Visitor, five: str, form: dict[str, str]) -> None:
    before = titles(author, five)
    assert author.post(f"{five}/chapters/2/move", form).status_code == 422
    assert titles(author, five) == before


def test_deleting_asks_first_and_closes_the_gap(site: Site, author: Visitor, reader: Visitor, five: str) -> None:
    reader.post(f"{five}/chapters/2/reviews", {"body": "The rope!", "visibility": "public"})
    reader.post(f"{five}/chapters/3/reviews", {"body": "The rain!", "visibility": "public"})
    page = author.get(f"{five}/chapters/2/delete").text
    assert "1 review " in page
    assert "undone" in page
    answer = author.post(f"{five}/chapters/2/delete")
    assert (answer.status_code, answer.headers["Location"]) == (303, five)
    assert titles(author, five) == ["1. One", "2. Three", "3. Four", "4. Five"]
    assert site.db.value("SELECT COUNT(*) FROM review") == 1
    assert "The rain!" in author.get(f"{five}/chapters/2").text


def test_public_reviews_are_counted_beside_their_chapter(
    author: Visitor, reader: Visitor, nobody: Visitor, five: str
) -> None:
    for visibility in ("public", "public", "author"):
        reader.post(f"{five}/chapters/2/reviews", {"body": f"For {visibility}.", "visibility": visibility})
    assert re.findall(r"(\d+) reviews?\b", nobody.get(five).text) == ["2"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 6),
    st.lists(
        st.tuples(st.sampled_from(["move", "delete", "add"]), st.integers(1, 6), st.integers(-1, 8)), max_size=12
    ),
)
def test_any_changes_leave_the_numbers_one_to_n(
    site: Site, author: Visitor, chapters_at_first: int, changes: list[tuple[str, int, int]]
) -> None:
    shelves = Shelves(site.db, site.account_id("Mara"))
    work_id = shelves.work("A Work", published=[1] * chapters_at_first)
    order = [row["id"] for row in listed(site, work_id)]
    for what, number, to in changes:
        if what == "add":
            order.append(shelves.chapter(work_id, at=1))
        elif number <= len(order):
            chapter = chapters.find_chapter(site.db, None, work_id, number)
            order.remove(chapter.id)
            if what == "move":
                order.insert(contents.move(site.db, chapter, to) - 1, chapter.id)
            else:
                contents.delete(site.db, chapter)
        rows = listed(site, work_id)
        assert [row["number"] for row in rows] == list(range(1, len(order) + 1))
        assert [row["id"] for row in rows] == order


def listed(site: Site, work_id: int) -> list[dict[str, int]]:
    sql = "SELECT id, number FROM chapter WHERE work_id = :work_id ORDER BY number"
    return [dict(row) for row in site.db.rows(sql, work_id=work_id)]


def test_the_chapters_around_leave_out_other_peoples_drafts(site: Site, author: Visitor, five: str) -> None:
    author.post(f"{five}/chapters/3/publish", {"publish": "0"})
    row = site.db.row("SELECT id, 'reader' AS role FROM account WHERE name = 'Mara'")
    assert row

    class Mara:
        id: int = row["id"]
        role: str = row["role"]

    second = chapters.find_chapter(site.db, None, 1, 2)
    before, after = chapters.neighbours(site.db, None, second)
    assert before is not None
    assert after is not None
    assert (before["title"], after["title"]) == ("One", "Four")
    before, after = chapters.neighbours(site.db, Mara(), second)
    assert after is not None
    assert after["title"] == "Three"
    assert chapters.neighbours(site.db, None, chapters.find_chapter(site.db, None, 1, 1))[0] is None
    assert len(chapters.contents(site.db, None, works.find_work(site.db, None, 1))) == 4
    assert len(chapters.contents(site.db, Mara(), works.find_work(site.db, None, 1))) == 5
