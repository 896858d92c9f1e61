"""A change of very many and its undo are done in parts, and are one change for whoever makes it."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from feedback.dashboard import wording
from feedback.db import Database
from feedback.errors import Conflict
from feedback.remarks import taught, triage
from feedback.remarks.filter import Filter, parse
from feedback.remarks.triage import Outcome, Undone
from tests.remarks.conftest import MARA, Archive

PART = 4
REVIEWS = 7
"""Of three remarks each: two of these ask for something."""
ALL = 3 * REVIEWS

Hook = Callable[[Callable[[], object]], None]


@pytest.fixture
def desk(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    for n in range(REVIEWS):
        archive.review([("grammar", "negative"), ("plot", "negative"), ("praise", "positive")], chapter=n % 5 + 1)
    monkeypatch.setattr(triage, "PART", PART)
    return archive


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Hook:
    """Have something happen between two parts, instead of a pause."""
    parts = itertools.count()

    def instead(do: Callable[[], object]) -> None:
        def give_way(_: Database) -> None:
            assert next(parts) < 100, "it does not come to an end"
            do()

        monkeypatch.setattr(Database, "give_way", give_way)

    instead(lambda: None)
    return instead


@pytest.fixture
def other(desk: Archive) -> Iterator[Archive]:
    """Somebody else's connection, who does not wait for a moment."""
    db = Database(desk.db.path, busy_timeout_ms=0)
    yield Archive(db)
    db.close()


def everything(archive: Archive, action: str, token: str = "token", cutoff: int = 10**9, **args: str) -> Outcome:
    wanted = parse({name: [value] for name, value in args.items()})
    return triage.change(archive.db, MARA, triage.all_matching(MARA, wanted, cutoff), action, token=token, now=5)


def how_many(archive: Archive, what: str) -> int:
    n: int = archive.db.value(f"SELECT COUNT(*) FROM remark WHERE live = 1 AND {what}")
    return n


@pytest.mark.parametrize(
    ("action", "args", "expected", "what"),
    [
        ("done", {}, (ALL, 0, 0), "status = 'done'"),
        ("todo", {}, (14, 7, 0), "status = 'todo'"),
        ("star", {"kind": "plot"}, (7, 0, 0), "starred = 1"),
        ("new", {}, (0, 0, ALL), "status <> 'new'"),
        # What is changed leaves the tray, or would come into it, while the tray is being changed.
        ("done", {"status": "new"}, (ALL, 0, 0), "status = 'done'"),
        ("kind:theory", {"kind": "plot"}, (7, 0, 0), "kind = 'theory'"),
        ("kind:plot", {"group": "craft"}, (14, 0, 0), "kind = 'plot' AND sorted_by = 'author'"),
        ("kind:plot", {"sort": "chapter"}, (ALL, 0, 0), "kind = 'plot'"),
        ("done", {"q": "sentence"}, (ALL, 0, 0), "status = 'done'"),
        ("done", {"q": "sentence", "sort": "chapter"}, (ALL, 0, 0), "status = 'done'"),
        ("done", {"reviewer": "Ben", "status": "new"}, (ALL, 0, 0), "status = 'done'"),
        ("done", {"before": "2"}, (ALL, 0, 0), "status = 'done'"),
    ],
)
def test_the_number_is_that_of_all_parts(
    desk: Archive,
    between: Hook,
    other: Archive,
    action: str,
    args: dict[str, str],
    expected: tuple[int, int, int],
    what: str,
) -> None:
    seen: list[int] = []
    between(lambda: seen.append(how_many(other, what)))
    done = everything(desk, action, **args)
    assert (done.changed, done.not_asking, done.already) == expected
    assert done.is_whole
    assert how_many(desk, what) == done.changed
    assert seen == sorted(seen)
    assert desk.db.value("SELECT COUNT(*) FROM change_batch") == bool(done.changed)
    if done.changed:
        assert seen[0] < done.changed, "the first part is seen before the last is done"
        assert triage.undo(desk.db, MARA, "token", 6) == Undone(action, done.changed)
        assert how_many(desk, what) in (0, 7 if action == "kind:plot" and "sorted_by" not in what else 0)


@pytest.mark.parametrize("work", ["change", "undo"])
def test_others_write_in_between_and_the_counts_are_true_at_every_commit(
    desk: Archive, between: Hook, other: Archive, work: str
) -> None:
    everything(desk, "kind:world", token="first")
    counts: list[bool] = []

    def write() -> None:
        other.review([("question", "neutral")], chapter=6)
        counts.append(other.counted() == other.recounted())

    between(write)
    if work == "change":
        assert everything(desk, "kind:theory", token="second").changed == ALL
    else:
        assert triage.undo(desk.db, MARA, "first", 6).restored == ALL
    assert len(counts) >= ALL // PART
    assert all(counts)
    assert desk.counted() == desk.recounted()


def test_what_comes_in_meanwhile_is_beyond_the_cutoff(desk: Archive, between: Hook, other: Archive) -> None:
    between(lambda: other.review([("grammar", "negative")]))
    assert everything(desk, "done", cutoff=ALL).changed == ALL
    assert how_many(desk, "status = 'new'") == REVIEWS - 1


def test_it_is_undone_once_and_what_was_changed_since_is_left(desk: Archive, between: Hook) -> None:
    everything(desk, "done")
    triage.change(desk.db, MARA, triage.picked(MARA, [2, 11]), "todo", token="later", now=6)
    back = triage.undo(desk.db, MARA, "token", 7)
    assert back == Undone("done", ALL - 2, 2)
    assert wording.undone(back) == "Undone: 19 as before. 2 were changed since, and stay as they are."
    with pytest.raises(Conflict):
        triage.undo(desk.db, MARA, "token", 8)
    assert how_many(desk, "status = 'todo'") == 2
    assert desk.counted() == desk.recounted()


def test_two_who_undo_at_once_share_the_work(desk: Archive, between: Hook, other: Archive) -> None:
    everything(desk, "done")
    theirs: list[Undone] = []

    def undo_too() -> None:
        between(lambda: None)
        theirs.append(triage.undo(other.db, MARA, "token", 6))

    between(undo_too)
    mine = triage.undo(desk.db, MARA, "token", 6)
    assert (mine.restored, theirs[0].restored) == (PART, ALL - PART)
    assert mine.left == theirs[0].left == 0


class Killed(BaseException):
    """The process ends here."""


def after(n: int, error: BaseException) -> Callable[[], None]:
    """Nothing, until it is asked the ``n``th time."""
    calls = iter(range(1, 100))

    def fail() -> None:
        if next(calls) == n:
            raise error

    return fail


def test_a_change_that_dies_leaves_whole_parts_with_their_log(desk: Archive, between: Hook, other: Archive) -> None:
    between(after(3, Killed()))
    with pytest.raises(Killed):
        everything(desk, "done")
    logged = other.db.rows("SELECT remark_id FROM remark_change WHERE field = 'status' AND new = 'done'")
    done = other.db.rows("SELECT id FROM remark WHERE status = 'done' ORDER BY id")
    assert [row["id"] for row in done] == [row["remark_id"] for row in logged] == list(range(1, 10))
    assert other.counted() == other.recounted()
    between(lambda: None)
    assert everything(desk, "done", token="again").changed == ALL - 9
    assert triage.undo(desk.db, MARA, "again", 6).restored == ALL - 9
    assert triage.undo(desk.db, MARA, "token", 6).restored == 9
    assert how_many(desk, "status = 'new'") == ALL


def test_an_undo_that_dies_goes_on_where_it_was(desk: Archive, between: Hook) -> None:
    everything(desk, "done")
    between(after(2, Killed()))
    with pytest.raises(Killed):
        triage.undo(desk.db, MARA, "token", 6)
    assert how_many(desk, "status = 'new'") == 2 * PART
    assert desk.counted() == desk.recounted()
    between(lambda: None)
    assert triage.undo(desk.db, MARA, "token", 7) == Undone("done", ALL - 2 * PART, 0)
    with pytest.raises(Conflict):
        triage.undo(desk.db, MARA, "token", 8)


BUSY = sqlite3.OperationalError("database is locked")


def test_a_busy_database_in_between_is_said(desk: Archive, between: Hook) -> None:
    between(after(2, BUSY))
    done = everything(desk, "done")
    assert (done.changed, done.token, done.is_whole) == (6, "token", False)
    assert wording.outcome(done) == (
        "6 marked as done. Then the archive was too busy: the rest is as it was. Do the same again to go on."
    )
    between(lambda: None)
    assert everything(desk, "done", token="again").changed == ALL - 6
    between(after(1, BUSY))
    back = triage.undo(desk.db, MARA, "again", 6)
    assert (back.restored, back.is_whole) == (PART, False)
    assert wording.undone(back) == "Undone: 4 as before. Then the archive was too busy: undo again to go on."
    between(lambda: None)
    assert triage.undo(desk.db, MARA, "again", 6) == Undone("done", ALL - 6 - PART)


def test_a_busy_database_before_anything_was_done_is_an_error(desk: Archive, between: Hook) -> None:
    everything(desk, "done", status="new", chapter="1", work="1")
    before = desk.db.value("SELECT COUNT(*) FROM change_batch")
    between(after(1, BUSY))
    with pytest.raises(sqlite3.OperationalError):
        everything(desk, "done", token="again", status="done")
    assert desk.db.value("SELECT COUNT(*) FROM remark_change") == 6
    assert before == 1


def test_the_sorter_follows_what_the_last_part_filed(desk: Archive, between: Hook) -> None:
    prepared = []
    between(lambda: prepared.append(taught.decisions(desk.db, MARA)))
    everything(desk, "kind:theory")
    assert taught.decisions(desk.db, MARA) is not prepared[-1]
    triage.undo(desk.db, MARA, "token", 5)
    assert taught.decisions(desk.db, MARA) is not prepared[-1]


def test_a_part_ends_with_a_review(desk: Archive) -> None:
    left: triage.Selection | None = triage.all_matching(MARA, Filter(), 10**9)
    parts = []
    while left:
        ids, left = left.part(desk.db)
        parts.append(ids)
    assert parts == [[n, n + 1, n + 2] for n in range(1, ALL, 3)]
