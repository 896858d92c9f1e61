"""The order of a tray's page is the order of its export."""

import csv
import io
import re

import pytest

from feedback.reviews import queue, sorters
from tests.conftest import Site, Visitor


def sort_all(site: Site) -> None:
    with site.app.app_context():
        while queue.sort_pending(site.db, sorters.sorter(), 50):
            pass


@pytest.fixture
def desk(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    """Three reviews of three lines, each of which says first what stands last in the chapter; the oldest was edited
    last, and one of the middle one's lines was cut in two."""
    for n in range(3):
        reader.post(
            f"{chapter}/reviews", {"body": f"I loved line {n}.\n\nWhy, {n}?\n\nTeh end {n}.", "visibility": "public"}
        )
    sort_all(site)
    edited = {"body": "First of all.\n\nTeh end 0.\n\nI loved line 0.\n\nWhy, 0?", "visibility": "public"}
    assert reader.post("/reviews/1/edit", edited).status_code == 303
    sort_all(site)
    cut: int = site.db.value("SELECT id FROM remark WHERE text = 'I loved line 1.' AND live = 1")
    assert author.post("/dashboard/split", {"remark": str(cut), "at": "8"}).status_code == 303
    # Every tray has all of it; the passages are placed from the end of the review to its beginning.
    site.db.change("UPDATE remark SET kind = 'plot', stance = 'negative', status = 'new', place = 900 - start_at")


@pytest.mark.parametrize("sort", ["", "newest", "oldest", "chapter"])
@pytest.mark.parametrize(
    "tray", ["group=craft", "kind=plot&status=new", "asks=1&status=new", "work=1", "reviewer=Ben"]
)
def test_a_page_goes_in_the_order_of_its_export(author: Visitor, desk: None, tray: str, sort: str) -> None:
    query = f"{tray}&sort={sort}"
    shown = re.findall(r'<li[^>]* id="remark-(\d+)"', author.get(f"/dashboard?{query}").text)
    exported = csv.DictReader(io.StringIO(author.get(f"/dashboard/export.csv?{query}").text, newline=""))
    assert shown == [row["remark_id"] for row in exported]
    assert len(shown) > 9


def test_a_craft_tray_goes_by_the_passage_a_story_tray_by_the_review(site: Site, author: Visitor, desk: None) -> None:
    def starts(query: str) -> list[int]:
        shown = re.findall(r'<li[^>]* id="remark-(\d+)"', author.get(f"/dashboard?{query}").text)
        rows = {
            row["id"]: row["start_at"] for row in site.db.rows("SELECT id, start_at FROM remark WHERE review_id = 1")
        }
        return [rows[int(each)] for each in shown if int(each) in rows]

    assert starts("group=craft") == sorted(starts("group=craft"), reverse=True)
    assert starts("sort=newest") == sorted(starts("sort=newest"))


def test_no_review_stands_twice_on_a_page(author: Visitor, desk: None) -> None:
    page = author.get("/dashboard?sort=newest").text
    assert page.count('<li class="sheet letter">') == 3
