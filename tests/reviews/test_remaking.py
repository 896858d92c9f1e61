"""``feedback resanitize`` for reviews and replies: makes their HTML anew and touches nothing else."""

import pytest

from feedback import sanitize
from feedback.errors import Invalid
from feedback.reviews import remaking
from tests.conftest import Site, Visitor
from tests.reviews.conftest import send

REMADE = {"html", "text", "policy_version"}


def rows(site: Site, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in site.db.rows(f"SELECT * FROM {table} ORDER BY 1")]


def stale(site: Site) -> None:
    """As if an earlier version had cleaned everything, and badly."""
    site.db.change("UPDATE review SET html = 'old', text = 'old', policy_version = 0")
    site.db.change("UPDATE reply SET html = 'old', policy_version = 0")


@pytest.fixture
def archive(site: Site, author: Visitor, reader: Visitor, chapter: str) -> list[str]:
    """Seven reviews in several states, some edited, with replies."""
    made = [send(reader, chapter, f"The *mules*, take {n}.") for n in range(7)]
    for review in made[:3]:
        author.post(f"{review}/reply", {"body": "**Thanks**."})
    reader.post(f"{made[0]}/edit", {"body": "The *asses*."})
    reader.post(f"{made[1]}/withdraw")
    author.post(f"{made[2]}/hide")
    return made


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_everything_is_made_as_it_would_be_today(site: Site, archive: list[str], batch: int) -> None:
    before = {table: rows(site, table) for table in ("review", "reply", "review_version", "remark", "chapter")}
    stale(site)
    steps = list(remaking.remake(site.db, batch))
    assert steps[-1] == (10, 10)
    for table in ("review", "reply", "review_version", "remark"):
        assert rows(site, table) == before[table]
    assert rows(site, "chapter")[0]["public_reviews"] == before["chapter"][0]["public_reviews"]
    assert rows(site, "chapter")[0]["page_version"] > before["chapter"][0]["page_version"]


def test_what_is_up_to_date_is_left_alone(site: Site, archive: list[str]) -> None:
    site.db.change("UPDATE review SET html = 'as it is'")
    assert list(remaking.remake(site.db)) == []
    assert site.db.value("SELECT COUNT(*) FROM review WHERE html <> 'as it is'") == 0


def test_stopped_half_way_it_goes_on(site: Site, archive: list[str]) -> None:
    stale(site)
    steps = remaking.remake(site.db, 2)
    assert next(steps) == (2, 10)
    steps.close()
    assert list(remaking.remake(site.db, 100))[-1] == (8, 8)
    assert site.db.value("SELECT COUNT(*) FROM review WHERE html = 'old'") == 0


def test_an_edit_meanwhile_is_not_overwritten(site: Site, archive: list[str]) -> None:
    stale(site)
    row = site.db.row("SELECT id, source FROM review ORDER BY id DESC")
    assert row
    site.db.change("UPDATE review SET source = 'Edited.', html = 'new' WHERE id = :id", id=row["id"])
    from feedback.reviews import store

    store.reprint_review(site.db, row, sanitize.review_html(row["source"]), sanitize.POLICY_VERSION)
    assert site.db.value("SELECT html FROM review WHERE id = :id", id=row["id"]) == "new"


def test_a_source_that_is_refused_today_keeps_its_html(
    site: Site, archive: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stale(site)
    clean = sanitize.review_html

    def stricter(source: str, field: str = "body") -> sanitize.Rendered:
        if "take 3" in source:
            raise Invalid("A review can't speak of three.", field)
        return clean(source, field)

    monkeypatch.setattr(sanitize, "review_html", stricter)
    assert list(remaking.remake(site.db, 2))[-1] == (10, 10)
    assert site.db.value("SELECT COUNT(*) FROM review WHERE html = 'old'") == 1
    assert "review 4 keeps the HTML it had" in caplog.text
