"""Making HTML anew after the cleaning has changed."""

from typing import Any

import pytest

from feedback.library import remaking
from tests.conftest import Site, Visitor

STALE_HTML = "<p>as an older policy made it</p>"


def everything(site: Site) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for table in ("work", "chapter", "chapter_version", "wish", "review"):
        rows += [dict(row) for row in site.db.rows(f"SELECT * FROM {table}")]
    for row in rows:
        row.pop("page_version", None)
    return rows


@pytest.fixture
def archive(site: Site, author: Visitor, work: str) -> list[dict[str, Any]]:
    """A work with wishes and five versions; everything that is stored of it."""
    author.post(f"{work}/edit", {"title": "Salt", "summary": "Two *sisters*.", "wishes_note": "Be *kind*."})
    for number in (1, 2):
        author.post(
            f"{work}/chapters/new",
            {
                "title": "One",
                "body": f"A *body* {number}.",
                "notes_before": "*b*",
                "notes_after": "*a*",
                "publish": "1",
            },
        )
    for number in range(3):
        author.post(f"{work}/chapters/2/edit", {"title": "Two", "body": f"Text <b>{number}</b>."})
    return everything(site)


def age(site: Site) -> None:
    """Make everything look as if an older policy had cleaned it."""
    site.db.change(
        "UPDATE work SET policy_version = 0, summary_html = :html, wishes_note_html = :html", html=STALE_HTML
    )
    site.db.change(
        """
        UPDATE chapter_version
        SET policy_version = 0, body_html = :html, notes_before_html = :html, notes_after_html = :html
        """,
        html=STALE_HTML,
    )


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_all_html_is_made_anew_and_nothing_else_is_touched(site: Site, archive: list[Any], batch: int) -> None:
    age(site)
    progress = list(remaking.remake(site.db, batch))
    assert progress[-1] == (6, 6)
    assert [done for done, _ in progress] == sorted({done for done, _ in progress})
    assert everything(site) == archive


def test_it_can_be_stopped_and_goes_on(site: Site, archive: list[Any]) -> None:
    age(site)
    first = remaking.remake(site.db, 2)
    assert [next(first), next(first)] == [(1, 6), (3, 6)]
    first.close()
    assert remaking.stale(site.db) == 3
    assert list(remaking.remake(site.db, 2))[-1] == (3, 3)
    assert everything(site) == archive


def test_with_nothing_stale_nothing_happens(site: Site, archive: list[Any]) -> None:
    assert list(remaking.remake(site.db)) == []


def test_pages_kept_in_a_cache_are_made_anew(site: Site, archive: list[Any]) -> None:
    age(site)
    before = [row[0] for row in site.db.rows("SELECT page_version FROM chapter ORDER BY id")]
    list(remaking.remake(site.db))
    after = [row[0] for row in site.db.rows("SELECT page_version FROM chapter ORDER BY id")]
    assert all(new > old for old, new in zip(before, after, strict=True))


def test_what_todays_limits_refuse_keeps_its_html_and_holds_up_nothing(
    site: Site, archive: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    age(site)
    site.db.change("UPDATE work SET summary = :source", source="<b>x</b> " * 500)
    assert list(remaking.remake(site.db, 1))[-1] == (6, 6)
    assert remaking.stale(site.db) == 1
    assert site.db.value("SELECT summary_html FROM work") == STALE_HTML
    assert "work 1 keeps the HTML it had" in caplog.text
