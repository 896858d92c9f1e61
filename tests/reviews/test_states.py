"""The states of a review as truth tables: which action leads where, from which state, and who may take it."""

import pytest

from feedback.errors import Conflict
from feedback.reviews import states
from tests.conftest import Site, Visitor
from tests.reviews.conftest import number, published, put_into, send, state

STATES = ("published", "held", "hidden", "withdrawn", "removed")

# Rows: the state; columns: the actions. "-" is a conflict.
TABLE = """
            hide    show       release    hold   withdraw   remove
published   hidden  -          -          held   withdrawn  removed
held        hidden  -          published  -      withdrawn  removed
hidden      -       published  -          -      withdrawn  removed
withdrawn   -       -          -          -      -          -
removed     -       -          -          -      -          -
"""
_HEAD, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
MOVES = [(row[0], action, new) for row in _ROWS for action, new in zip(_HEAD, row[1:], strict=True)]


@pytest.mark.parametrize(("old", "action", "new"), MOVES)
def test_an_action_leads_from_a_state_to_a_state(
    site: Site, reader: Visitor, chapter: str, old: str, action: str, new: str
) -> None:
    review = send(reader, chapter)
    site.db.change("UPDATE review SET state = :state", state=old)
    if new == "-":
        with pytest.raises(Conflict):
            states.set_state(site.db, number(review), old, action)
        assert state(site, review) == old
    else:
        assert states.set_state(site.db, number(review), old, action) == new
        assert state(site, review) == new


@pytest.mark.parametrize("action", ["hide", "withdraw", "remove"])
def test_a_state_that_changed_meanwhile_is_noticed(site: Site, reader: Visitor, chapter: str, action: str) -> None:
    review = send(reader, chapter)
    site.db.change("UPDATE review SET state = 'held'")
    with pytest.raises(Conflict):
        states.set_state(site.db, number(review), "published", action)
    assert state(site, review) == "held"


def test_every_state_has_a_name_and_every_action_is_in_the_table() -> None:
    assert set(states.NAMES) == set(STATES)
    assert set(states.MOVES) == set(_HEAD)


@pytest.mark.parametrize(
    ("policy", "known", "first"),
    [
        ("open", False, "published"),
        ("open", True, "published"),
        ("hold_new", False, "held"),
        ("hold_new", True, "published"),
        ("hold_all", False, "held"),
        ("hold_all", True, "held"),
    ],
)
def test_where_a_review_begins(policy: str, known: bool, first: str) -> None:
    assert states.first_state(policy, known_reader=known) == first


# (what the review is, action) -> the status each of the cast gets: nobody is sent to log in.
#                              stranger reader author moderator
WHO = {
    ("published", "hide"): (403, 403, 303, 403),
    ("published", "show"): (403, 403, 409, 403),
    ("published", "release"): (403, 403, 409, 403),
    ("published", "withdraw"): (403, 303, 403, 403),
    ("private", "hide"): (404, 403, 303, 404),
    ("private", "withdraw"): (404, 303, 403, 404),
    ("held", "hide"): (404, 403, 303, 403),
    ("held", "release"): (404, 403, 303, 403),
    ("held", "withdraw"): (404, 303, 403, 403),
    ("hidden", "show"): (404, 403, 303, 404),
    ("hidden", "hide"): (404, 403, 409, 404),
    ("hidden", "withdraw"): (404, 303, 403, 404),
    ("withdrawn", "show"): (404, 403, 404, 404),
    ("withdrawn", "withdraw"): (404, 409, 404, 404),
    ("removed", "show"): (404, 403, 404, 403),
    ("removed", "withdraw"): (404, 409, 404, 403),
}


@pytest.mark.parametrize(("kind", "action"), WHO)
def test_who_may_move_a_review(
    site: Site,
    author: Visitor,
    reader: Visitor,
    stranger: Visitor,
    moderator: Visitor,
    nobody: Visitor,
    kind: str,
    action: str,
) -> None:
    _, review = put_into(kind, site, author, reader, moderator)
    before = state(site, review)
    sent_away = nobody.post(f"{review}/{action}")
    assert sent_away.status_code == 303
    assert sent_away.headers["Location"].startswith("/login?")
    cast = zip((stranger, reader, author, moderator), WHO[kind, action], strict=True)
    # Whoever may do it comes last: until then nothing has changed.
    for visitor, status in sorted(cast, key=lambda each: each[1] == 303):
        assert state(site, review) == before, "a refusal changes nothing"
        assert visitor.post(f"{review}/{action}").status_code == status, visitor.name
    done = 303 in WHO[kind, action]
    assert state(site, review) == (states.MOVES[action][1] if done else before)


@pytest.mark.parametrize("action", ["hide", "show", "release", "withdraw"])
def test_a_move_is_a_form_with_a_token(reader: Visitor, author: Visitor, chapter: str, action: str) -> None:
    review = send(reader, chapter)
    assert author.get(f"{review}/{action}").status_code == 405
    assert author.post(f"{review}/{action}", token="stale").status_code == 400
    assert author.post(f"/reviews/99/{action}").status_code == 404
    assert author.post(f"/reviews/{2**65}/{action}").status_code == 404


def test_hidden_and_shown_again(author: Visitor, reader: Visitor, nobody: Visitor) -> None:
    chapter = published(author)
    review = send(reader, chapter, "A wolf in the fold.")
    author.post(f"{review}/hide")
    assert "wolf" not in nobody.get(chapter).text
    assert "has taken it off this page" in reader.get(chapter).text
    author.post(f"{review}/show")
    assert "wolf" in nobody.get(chapter).text
