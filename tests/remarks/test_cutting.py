"""Splitting and joining: exact offsets, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.errors import Conflict, Invalid, NotFound
from feedback.remarks import cutting, query, triage
from feedback.remarks.triage import Undone
from tests.remarks.conftest import ADA, MARA, Archive, remark_at, typo

SOURCE = "Loved it,  but layed should be laid. Bye."


@pytest.fixture
def filed(archive: Archive) -> Archive:
    """Remark 1 does two jobs, remark 2 is "Bye."."""
    row = archive.bare_review(SOURCE)
    archive.file(row, [typo(SOURCE, SOURCE[:36]), remark_at(SOURCE, "Bye.", "off_topic", "neutral", unsure=True)])
    triage.change(archive.db, MARA, triage.picked(MARA, [1]), "todo", token="todo", now=1)
    return archive


def now(archive: Archive) -> list[tuple[int, int, str]]:
    return [(each.start, each.end, each.text) for each in query.of_review(archive.db, 1)]


def test_split(filed: Archive) -> None:
    made = cutting.split(filed.db, MARA, 1, 10, token="cut", now=2).made
    assert now(filed)[:2] == [(0, 9, "Loved it,"), (11, 36, "but layed should be laid.")]
    left, right, _ = query.of_review(filed.db, 1)
    assert (left.id, right.id) == made
    assert (left.passages, len(right.passages)) == ((), 1)
    assert filed.one(made[0])["place"] == 0 < filed.one(made[1])["place"]
    for piece in (left, right):
        assert (piece.kind, piece.status, piece.sorted_by, piece.unsure) == ("grammar", "todo", "author", False)
    assert filed.counted() == filed.recounted()


@pytest.mark.parametrize("at", [0, -1, 36, 37, 10**9])
def test_both_pieces_need_words(filed: Archive, at: int) -> None:
    before = now(filed)
    with pytest.raises(Invalid):
        cutting.split(filed.db, MARA, 1, at, token="cut", now=2)
    assert now(filed) == before
    assert filed.db.value("SELECT COUNT(*) FROM change_batch") == 1


def test_join(filed: Archive) -> None:
    (joined,) = cutting.join(filed.db, MARA, 1, token="join", now=2).made
    (only,) = query.of_review(filed.db, 1)
    assert (only.id, only.text, only.kind, only.status, len(only.passages)) == (joined, SOURCE, "grammar", "todo", 1)
    assert filed.counted() == filed.recounted()


def test_nothing_follows_the_last(filed: Archive) -> None:
    with pytest.raises(Invalid):
        cutting.join(filed.db, MARA, 2, token="join", now=2)


def test_what_was_for_the_author_only_stays_so(filed: Archive) -> None:
    filed.db.change("UPDATE remark SET visibility = 'author', starred = 1 WHERE id = 2")
    (joined,) = cutting.join(filed.db, MARA, 1, token="join", now=2).made
    assert (filed.one(joined)["visibility"], filed.one(joined)["starred"]) == ("author", 1)


@pytest.mark.parametrize("act", [cutting.join, lambda *args, **more: cutting.split(*args[:3], 10, **more)])
def test_only_on_ones_own_desk(filed: Archive, act: object) -> None:
    assert callable(act)
    with pytest.raises(NotFound):
        act(filed.db, ADA, 1, token="x", now=2)
    filed.db.change("UPDATE review SET state = 'withdrawn'")
    with pytest.raises(NotFound):
        act(filed.db, MARA, 1, token="x", now=2)


def test_not_while_the_review_is_being_read_again(filed: Archive) -> None:
    filed.db.change("UPDATE review SET version = 2, sorted = 0")
    with pytest.raises(Conflict):
        cutting.split(filed.db, MARA, 1, 10, token="cut", now=2)


@pytest.mark.parametrize("how", ["split", "join"])
def test_undo_puts_it_back(filed: Archive, how: str) -> None:
    before, counted = now(filed), filed.counted()
    if how == "split":
        cutting.split(filed.db, MARA, 1, 10, token="cut", now=2)
    else:
        cutting.join(filed.db, MARA, 1, token="cut", now=2)
    assert triage.undo(filed.db, MARA, "cut", 3) == Undone(how, 1, 0)
    assert now(filed) == before
    assert filed.counted() == counted == filed.recounted()


def test_undo_brings_nothing_on_the_desk_that_has_left_it(filed: Archive) -> None:
    cutting.split(filed.db, MARA, 1, 10, token="cut", now=2)
    filed.db.change("UPDATE review SET state = 'withdrawn'")
    triage.undo(filed.db, MARA, "cut", 3)
    assert filed.recounted() == {} == filed.counted()


@pytest.mark.parametrize("then", ["marked", "cut again", "edited"])
def test_undo_leaves_pieces_that_were_changed(filed: Archive, then: str) -> None:
    pieces = cutting.split(filed.db, MARA, 1, 10, token="cut", now=2).made
    if then == "marked":
        triage.change(filed.db, MARA, triage.picked(MARA, [pieces[0]]), "done", token="mark", now=3)
    elif then == "cut again":
        cutting.join(filed.db, MARA, pieces[1], token="again", now=3)
    else:
        filed.db.change("UPDATE review SET version = 2, sorted = 0")
    before = now(filed)
    assert triage.undo(filed.db, MARA, "cut", 4) == Undone("split", 0, 1)
    assert now(filed) == before


def test_undo_after_undoing_what_came_later(filed: Archive) -> None:
    before = now(filed)
    pieces = cutting.split(filed.db, MARA, 1, 10, token="cut", now=2).made
    triage.change(filed.db, MARA, triage.picked(MARA, [pieces[0]]), "done", token="mark", now=3)
    triage.undo(filed.db, MARA, "mark", 4)
    assert triage.undo(filed.db, MARA, "cut", 5).restored == 1
    assert now(filed) == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("One. Two!", ["Two!"]),
        ("One\ntwo", ["two"]),
        ("Loved it, but slow", ["but slow"]),
        ("one two three", ["two three", "three"]),
        ("word", []),
        ("", []),
    ],
)
def test_the_places_offered(text: str, after: list[str]) -> None:
    assert [place.after for place in cutting.places(text)] == after


@given(st.text(max_size=300))
def test_every_place_offered_leaves_something_on_both_sides(text: str) -> None:
    for place in cutting.places(text.strip()):
        assert text.strip()[: place.at].strip()
        assert text.strip()[place.at :].strip()
    assert len(cutting.places(text)) <= cutting.MOST_PLACES
