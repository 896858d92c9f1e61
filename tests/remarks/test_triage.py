"""Marking, starring and re-filing, one or many, and undoing it."""

import pytest

from feedback.errors import BadQuery, Conflict, NotFound
from feedback.remarks import labels, query, triage
from feedback.remarks.filter import Filter
from feedback.remarks.triage import Outcome, Undone
from tests.remarks.conftest import ADA, MARA, Archive


def do(archive: Archive, action: str, *ids: int, token: str = "token", author: int = MARA) -> Outcome:
    return triage.change(archive.db, author, triage.picked(author, ids), action, token=token, now=5)


def label(archive: Archive, remark_id: int) -> tuple[object, ...]:
    row = archive.one(remark_id)
    return row["kind"], row["status"], row["starred"], row["sorted_by"]


ASKING, TELLING = ("grammar", "negative"), ("praise", "positive")


@pytest.mark.parametrize(
    ("label_", "before", "action", "after", "outcome"),
    [
        (ASKING, "new", "todo", "todo", (1, 0, 0)),
        (ASKING, "new", "done", "done", (1, 0, 0)),
        (ASKING, "todo", "decline", "declined", (1, 0, 0)),
        (ASKING, "declined", "new", "new", (1, 0, 0)),
        (ASKING, "done", "done", "done", (0, 0, 1)),
        (TELLING, "new", "done", "done", (1, 0, 0)),
        (TELLING, "done", "new", "new", (1, 0, 0)),
        (TELLING, "new", "todo", "new", (0, 1, 0)),
        (TELLING, "new", "decline", "new", (0, 1, 0)),
    ],
)
def test_a_status(
    archive: Archive, label_: tuple[str, str], before: str, action: str, after: str, outcome: tuple[int, int, int]
) -> None:
    archive.review([label_])
    archive.db.change("UPDATE remark SET status = :before", before=before)
    done = do(archive, action, 1)
    assert archive.one(1)["status"] == after
    assert (done.changed, done.not_asking, done.already) == outcome
    assert bool(done.token) == bool(done.changed)
    assert archive.db.value("SELECT COUNT(*) FROM change_batch") == (1 if done.changed else 0)
    assert archive.counted() == archive.recounted()


@pytest.mark.parametrize(
    ("label_", "status", "to", "expected"),
    [
        (("grammar", "negative"), "todo", "praise", ("praise", "new")),
        (("grammar", "negative"), "declined", "praise", ("praise", "done")),
        (("grammar", "negative"), "todo", "plot", ("plot", "todo")),
        (("praise", "neutral"), "done", "question", ("question", "new")),
        (("praise", "positive"), "done", "plot", ("plot", "done")),
        (("praise", "negative"), "new", "plot", ("plot", "new")),
    ],
)
def test_filing_elsewhere_keeps_the_status_possible(
    archive: Archive, label_: tuple[str, str], status: str, to: str, expected: tuple[str, str]
) -> None:
    archive.review([label_])
    archive.db.change("UPDATE remark SET status = :status, unsure = 1", status=status)
    before = label(archive, 1)
    done = do(archive, f"kind:{to}", 1)
    assert label(archive, 1) == (*expected, 0, "author")
    assert archive.one(1)["unsure"] == 0
    assert triage.undo(archive.db, MARA, done.token, 6) == Undone(f"kind:{to}", 1, 0)
    assert label(archive, 1) == before
    assert archive.one(1)["unsure"] == 1
    assert archive.counted() == archive.recounted()


def test_filing_where_it_was_confirms_it(archive: Archive) -> None:
    archive.review([TELLING])
    assert do(archive, "kind:praise", 1).changed == 1
    assert archive.one(1)["sorted_by"] == "author"
    assert do(archive, "kind:praise", 1, token="again").already == 1


def test_every_change_is_logged_with_what_it_replaced(archive: Archive) -> None:
    archive.review([ASKING])
    do(archive, "todo", 1)
    do(archive, "kind:praise", 1, token="other")
    logged = archive.db.rows("SELECT batch_id, field, old, new FROM remark_change ORDER BY batch_id, field")
    assert [tuple(row) for row in logged] == [
        (1, "status", "new", "todo"),
        (2, "kind", "grammar", "praise"),
        (2, "sorted_by", "auto", "author"),
        (2, "status", "todo", "new"),
        (2, "taught_in", "0", "2"),
    ]


def test_only_ones_own_and_only_what_is_on_the_desk(archive: Archive) -> None:
    archive.review([ASKING])
    archive.review([ASKING], chapter=6)
    archive.review([ASKING], state="held")
    for others in ((2,), (3,), (99,), (2, 3)):
        with pytest.raises(NotFound):
            do(archive, "done", *others)
    assert do(archive, "done", 1, 2, 3).changed == 1
    assert [archive.one(n)["status"] for n in (1, 2, 3)] == ["done", "new", "new"]


@pytest.mark.parametrize("action", ["", "delete", "kind:", "kind:nothing", "kind", "status"])
def test_no_such_action(archive: Archive, action: str) -> None:
    archive.review()
    with pytest.raises(BadQuery) as caught:
        do(archive, action, 1)
    assert caught.value.parameter == "action"


def test_how_many_can_be_named() -> None:
    for count in (0, triage.MOST_PICKED + 1):
        with pytest.raises(BadQuery):
            triage.picked(MARA, range(1, count + 1))


def test_all_that_match_up_to_the_cutoff(archive: Archive) -> None:
    archive.review([ASKING, TELLING, ASKING])
    archive.review([ASKING], chapter=6)
    archive.review([ASKING])
    selection = triage.all_matching(MARA, Filter(kinds=("grammar",), after=(1, 1, 0, 1)), 4)
    done = triage.change(archive.db, MARA, selection, "todo", token="t", now=1)
    assert done.changed == 2
    assert [archive.one(n)["status"] for n in range(1, 6)] == ["todo", "new", "todo", "new", "new"]
    for wanted in (Filter(q="sentence"), Filter(reviewer="Ben"), Filter(q="sentence", sort="chapter")):
        assert triage.change(
            archive.db, MARA, triage.all_matching(MARA, wanted, 10**9), "star", token=repr(wanted), now=1
        ).changed in (4, 0)
    assert archive.one(4)["starred"] == 0


def test_a_change_of_many_is_a_few_statements(archive: Archive) -> None:
    def statements(token: str) -> int:
        made: list[str] = []
        archive.db.conn.set_trace_callback(made.append)
        triage.change(archive.db, MARA, triage.all_matching(MARA, Filter(), 10**9), "kind:plot", token=token, now=1)
        archive.db.conn.set_trace_callback(None)
        # A statement is traced again for each row a trigger of it runs on.
        return len(set(made))

    archive.review()
    one = statements("a")
    for _ in range(30):
        archive.review([TELLING, ASKING])
    assert statements("b") == one


UNDO = [
    # What is done, what happens then, what an undo restores and leaves, and what is there afterwards.
    ("done", (), (1, 0), ("grammar", "new", 0)),
    ("star", (), (1, 0), ("grammar", "new", 0)),
    ("done", ("star",), (1, 0), ("grammar", "new", 1)),
    ("done", ("todo",), (0, 1), ("grammar", "todo", 0)),
    ("todo", ("kind:plot",), (1, 0), ("plot", "new", 0)),
    ("todo", ("kind:praise",), (0, 1), ("praise", "new", 0)),
    ("kind:praise", ("done",), (1, 0), ("grammar", "done", 0)),
    ("kind:praise", ("kind:theory",), (0, 1), ("theory", "new", 0)),
    ("star", ("unstar", "star"), (1, 0), ("grammar", "new", 0)),
]


@pytest.mark.parametrize(("action", "then", "expected", "after"), UNDO)
def test_undo_restores_only_what_still_stands(
    archive: Archive, action: str, then: tuple[str, ...], expected: tuple[int, int], after: tuple[object, ...]
) -> None:
    archive.review([ASKING])
    done = do(archive, action, 1)
    for n, other in enumerate(then):
        do(archive, other, 1, token=f"then-{n}")
    back = triage.undo(archive.db, MARA, done.token, 9)
    assert (back.restored, back.left) == expected
    assert label(archive, 1)[:3] == after
    assert archive.counted() == archive.recounted()


def test_an_old_status_that_is_no_longer_possible_stays_away(archive: Archive) -> None:
    archive.review([ASKING])
    do(archive, "todo", 1)
    done = do(archive, "done", 1, token="done")
    do(archive, "kind:praise", 1, token="kind")
    assert archive.one(1)["status"] == "done"
    assert triage.undo(archive.db, MARA, done.token, 9) == Undone("done", 0, 1)
    assert label(archive, 1)[:2] == ("praise", "done")


def test_undo_is_for_once_and_for_oneself(archive: Archive) -> None:
    archive.review([ASKING, ASKING])
    done = do(archive, "done", 1, 2)
    do(archive, "todo", 2, token="later")
    for author, token in ((ADA, done.token), (MARA, "made up"), (MARA, "")):
        with pytest.raises(NotFound):
            triage.undo(archive.db, author, token, 9)
    assert triage.undo(archive.db, MARA, done.token, 9) == Undone("done", 1, 1)
    with pytest.raises(Conflict):
        triage.undo(archive.db, MARA, done.token, 9)
    assert [archive.one(n)["status"] for n in (1, 2)] == ["new", "todo"]


def test_the_writers_word_goes_before_the_sorter_and_after_the_author(archive: Archive) -> None:
    row = archive.review([("praise", "positive")] * 3)
    archive.review()
    do(archive, "kind:plot", 1)
    with pytest.raises(NotFound):
        labels.relabel_by_writer(archive.db, row.id, {2: "theory", 4: "question"}, now=7)
    assert labels.relabel_by_writer(archive.db, row.id, {1: "theory", 2: "theory", 3: "praise"}, now=7) == 1
    assert [label(archive, n)[::3] for n in (1, 2, 3, 4)] == [
        ("plot", "author"),
        ("theory", "writer"),
        ("praise", "auto"),
        ("praise", "auto"),
    ]
    assert archive.db.value("SELECT account_id FROM change_batch ORDER BY id DESC LIMIT 1") == 3
    assert [remark.sorted_by for remark in query.of_review(archive.db, row.id)] == ["author", "writer", "auto"]
