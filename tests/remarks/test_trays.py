"""Trays: pages, totals and whose rows they are."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.errors import BadQuery
from feedback.remarks import trays, triage
from feedback.remarks.filter import Filter, parse
from tests.remarks.conftest import ADA, BEN, CLEO, MARA, Archive, make_archive


def ids(archive: Archive, wanted: Filter, author: int = MARA) -> list[int]:
    return [entry.remark.id for entry in trays.page(archive.db, author, wanted, 100).entries]


def of(**args: str | list[str]) -> Filter:
    return parse({name: value if isinstance(value, list) else [value] for name, value in args.items()})


@pytest.fixture
def desk(archive: Archive) -> Archive:
    return fill(archive)


def fill(archive: Archive) -> Archive:
    """Remarks 1-8, Mara's; 9 is Ada's."""
    archive.review(
        [("grammar", "negative"), ("praise", "positive")], chapter=2, texts=["The rope is a trope.", "Wow."]
    )
    archive.review([("question", "neutral")], chapter=1, reader=CLEO, texts=["Why the rope?"], at=1_800_000_000)
    archive.review([("plot", "positive"), ("plot", "suggestion")], chapter=4)
    archive.review([("hostile", "negative")], chapter=5)
    archive.review([("theory", "neutral"), ("world", "neutral")], chapter=1, visibility="author")
    archive.review([("grammar", "negative")], chapter=6, texts=["The rope of Ada."])
    archive.db.change("UPDATE remark SET unsure = 1, starred = 1 WHERE id = 3")
    archive.db.change("UPDATE remark SET status = 'done' WHERE id IN (1, 2)")
    archive.db.change(
        "INSERT INTO reply (review_id, reader_id, visibility, source, html, policy_version, created_at)"
        " VALUES (3, 3, 'public', 'x', 'x', 1, 0)"
    )
    return archive


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"sort": "newest"}, [7, 8, 6, 4, 5, 3, 1, 2]),
        ({"sort": "oldest"}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"sort": "chapter"}, [3, 7, 8, 1, 2, 4, 5, 6]),
        ({"work": "1"}, [7, 8, 3, 1, 2]),
        ({"work": "1", "chapter": "1"}, [7, 8, 3]),
        ({"kind": "plot"}, [4, 5]),
        ({"kind": ["plot", "praise"]}, [4, 5, 2]),
        ({"group": "conversation"}, [3]),
        ({"kind": "plot", "group": "story"}, []),
        ({"stance": "positive"}, [4, 2]),
        ({"status": "done"}, [1, 2]),
        ({"status": "done", "group": "craft"}, [1]),
        ({"reviewer": "CLEO"}, [3]),
        ({"reviewer": "nobody_here"}, []),
        ({"q": "rope"}, [3, 1]),
        ({"q": "ROPE why"}, [3]),
        ({"q": "rop"}, []),
        ({"q": "rope", "sort": "oldest"}, [1, 3]),
        ({"q": "rope", "sort": "chapter"}, [3, 1]),
        ({"q": "rope", "reviewer": "Ben"}, [1]),
        ({"reviewer": "Ben", "group": "craft"}, [8, 1, 4, 5]),
        ({"q": "?!"}, []),
        ({"starred": "1"}, [3]),
        ({"unsure": "1"}, [3]),
        ({"answered": "no"}, [7, 8, 6, 3, 1, 2]),
        ({"since": "2026-12-01"}, [3]),
        ({"asks": "1"}, [5, 3, 1]),
        ({"asks": "1", "status": "new"}, [5, 3]),
        ({"loved": "1"}, [4, 2]),
    ],
)
def test_shows(desk: Archive, args: dict[str, str | list[str]], expected: list[int]) -> None:
    wanted = of(**args)
    assert ids(desk, wanted) == expected
    counters = trays.counters(desk.db, MARA, wanted)
    assert trays.total(desk.db, MARA, wanted, counters) == trays.Total(len(expected))


def test_what_may_not_be_seen_is_in_no_tray(desk: Archive) -> None:
    for state in ("held", "withdrawn", "removed"):
        desk.review(state=state, texts=["A secret rope."])
    for wanted in (of(sort="newest"), of(q="secret"), of(sort="chapter"), of(status="new")):
        assert not set(ids(desk, wanted)) - set(range(1, 9))


def test_nobody_sees_anothers(desk: Archive) -> None:
    assert ids(desk, of(q="rope"), ADA) == [9]
    assert ids(desk, of(work="1"), ADA) == []
    assert ids(desk, of(work="1", chapter="1"), ADA) == []
    assert ids(desk, of(sort="chapter"), ADA) == [9]
    assert ids(desk, of(reviewer="Ben"), BEN) == []


@pytest.mark.parametrize("args", [{}, {"q": "rope"}, {"q": "rope", "reviewer": "Ben"}])
@pytest.mark.parametrize("cursor", [2**31 - 1, 2**31, 2**63 - 1])
def test_a_cursor_beyond_everything(desk: Archive, args: dict[str, str], cursor: int) -> None:
    assert ids(desk, of(before=str(cursor), **args)) == ids(desk, of(**args))
    assert ids(desk, of(sort="oldest", after=str(cursor), **args)) == []


def test_a_hidden_review_stays_on_the_desk(desk: Archive) -> None:
    desk.db.change("UPDATE review SET state = 'hidden' WHERE id = 2")
    assert 3 in ids(desk, of(sort="newest"))


def test_more_than_a_thousand_is_said_so(archive: Archive) -> None:
    for _ in range(6):
        archive.review([("theory", "neutral")] * 200)
    wanted = of(unsure="1")
    archive.db.change("UPDATE remark SET unsure = 1")
    assert trays.total(archive.db, MARA, wanted, []) == trays.Total(1000, is_more=True)


@pytest.mark.parametrize("sort", ["newest", "oldest", "chapter"])
def test_back_is_where_one_came_from(archive: Archive, sort: str) -> None:
    for chapter in (3, 1, 2, 4, 1):
        archive.review([("plot", "neutral"), ("praise", "neutral")], chapter=chapter)
    first = trays.page(archive.db, MARA, of(sort=sort), 4)
    assert first.previous is None
    assert first.next
    second = trays.page(archive.db, MARA, first.next, 4)
    assert second.previous
    again = trays.page(archive.db, MARA, second.previous, 4)
    assert [entry.remark.id for entry in again.entries] == [entry.remark.id for entry in first.entries]
    assert again.previous is None
    assert parse({name: [value] for name, value in second.previous.to_query()}) == second.previous


def test_a_page_makes_the_same_queries_however_many_rows_it_has(archive: Archive) -> None:
    def queries(wanted: Filter) -> int:
        made: list[str] = []
        archive.db.conn.set_trace_callback(made.append)
        trays.page(archive.db, MARA, wanted)
        archive.db.conn.set_trace_callback(None)
        # What begins with two dashes, the search index asks of its own tables.
        return len([sql for sql in made if not sql.startswith("--")])

    archive.review()
    few = [queries(of(**args)) for args in ({"sort": "newest"}, {"sort": "chapter"}, {"q": "sentence"})]
    for _ in range(20):
        archive.review([("grammar", "negative"), ("praise", "positive")])
    assert [queries(of(**args)) for args in ({"sort": "newest"}, {"sort": "chapter"}, {"q": "sentence"})] == few


@pytest.mark.parametrize(
    "args",
    [
        {"sort": "newest"},
        {"sort": "oldest"},
        {"sort": "chapter"},
        {"group": "craft", "status": "new"},
        {"kind": "question", "status": "new"},
        {"loved": "1", "status": "new"},
        {"kind": "hostile", "status": "new"},
        {"status": "todo"},
        {"starred": "1"},
        {"starred": "1", "sort": "oldest"},
        {"work": "1", "sort": "chapter"},
        {"q": "rope"},
        {"q": "rope", "before": "7"},
        {"q": "rope", "sort": "oldest", "after": "7"},
        {"before": "7"},
        {"after": "7"},
        {"status": "new", "before": "7"},
        {"sort": "chapter", "after": "1.2.3.4"},
    ],
)
def test_a_tray_is_read_from_an_index_in_its_order(archive: Archive, args: dict[str, str]) -> None:
    wanted = of(**args)
    where = wanted.page(MARA)
    steps = archive.db.rows(
        f"EXPLAIN QUERY PLAN SELECT 1 FROM {wanted.source} WHERE {where.sql} ORDER BY {wanted.order_by} LIMIT 26",
        **where.values,
    )
    plan = " / ".join(row["detail"] for row in steps)
    assert "TEMP B-TREE" not in plan
    assert "SCAN remark" not in plan.replace("SCAN remark_search VIRTUAL TABLE", "")


any_value = st.text(max_size=8) | st.sampled_from(["1", "2", "3", "new", "plot", "rope", "chapter", "Ben", "1.1.1.1"])


@settings(max_examples=150, deadline=None)
@given(
    args=st.dictionaries(
        st.sampled_from(("work", "chapter", "kind", "q", "reviewer", "sort", "status", "before", "after", "since")),
        any_value,
        max_size=4,
    )
)
def test_no_address_shows_anothers_rows(any_desk: Archive, args: dict[str, str]) -> None:
    try:
        wanted = parse({name: [value] for name, value in args.items()})
    except BadQuery:
        return
    assert 9 not in ids(any_desk, wanted)
    assert set(ids(any_desk, wanted, ADA)) <= {9}
    changed, left = triage.all_matching(ADA, wanted, 10**9).part(any_desk.db)
    assert set(changed) <= {9}
    assert left is None


@pytest.fixture(scope="module")
def any_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    made = fill(make_archive(tmp_path_factory.mktemp("desk")))
    yield made
    made.db.close()
