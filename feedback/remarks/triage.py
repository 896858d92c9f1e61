"""Triage: an author marks, stars and re-files remarks, one or all that a tray shows, and can undo it once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.db import Database
from feedback.errors import BadQuery, Conflict, NotFound
from feedback.remarks import changes, cutting, store
from feedback.remarks.changes import Selection
from feedback.remarks.filter import Filter
from feedback.sorting.kinds import KINDS

MOST_PICKED = 500
"""Remarks that can be named one by one; a tray's page shows far fewer."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does: the columns it sets, and whether only what asks for something can be marked so."""

    new: dict[str, str]
    only_asking: bool = False


ACTIONS: dict[str, Action] = {
    "todo": Action({"status": "'todo'"}, only_asking=True),
    "done": Action({"status": "'done'"}),
    "decline": Action({"status": "'declined'"}, only_asking=True),
    "new": Action({"status": "'new'"}),
    "star": Action({"starred": "1"}),
    "unstar": Action({"starred": "0"}),
    **{f"kind:{kind}": Action(changes.new_kind("author")) for kind in KINDS},
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: remarks changed, those that ask for nothing and so were left, and those that were so
    already. ``token`` undoes it; "" when nothing was changed."""

    action: str
    changed: int
    not_asking: int
    already: int
    token: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of an undo: remarks restored, and those left because they were changed since."""

    action: str
    restored: int
    left: int


def picked(author_id: int, remark_ids: Sequence[int]) -> Selection:
    """These remarks, as far as they are on the author's desk.

    :raises BadQuery: none, or too many to name.
    """
    if not remark_ids or len(remark_ids) > MOST_PICKED:
        raise BadQuery("remark", "Please select at least one." if not remark_ids else "")
    names, values = store.numbered("remark", remark_ids)
    return Selection(
        f"remark.author_id = :author AND remark.on_desk = 1 AND remark.id IN ({names})",
        {"author": author_id, **values},
    )


def all_matching(author_id: int, wanted: Filter, cutoff: int) -> Selection:
    """All a tray shows, on whichever page, up to the remark ``cutoff``: what came in later was not seen."""
    # In any order, and without the page's cursor: the whole tray is meant.
    tray = replace(wanted, sort="newest", before=(), after=())
    matching = tray.matching(author_id)
    return Selection(
        f"""
        remark.author_id = :author AND remark.on_desk = 1 AND remark.id IN (
            SELECT remark.id FROM {tray.source} WHERE {matching.sql} AND remark.id <= :cutoff
        )
        """,
        {**matching.values, "cutoff": cutoff},
    )


def change(db: Database, author_id: int, selection: Selection, action: str, *, token: str, now: int) -> Outcome:
    """Do ``action`` to the selected remarks.

    :param token: a fresh secret under which it can be undone.
    :raises BadQuery: there is no such action.
    :raises NotFound: nothing is selected that is on this desk.
    """
    if action not in ACTIONS:
        raise BadQuery("action")
    wanted = ACTIONS[action]
    with db.transaction():
        selected, asking = _counted(db, selection)
        if not selected:
            raise NotFound
        batch = changes.open_batch(db, account_id=author_id, action=action, token=token, now=now)
        among = Selection(f"{selection.where} AND asks = 1", selection.values) if wanted.only_asking else selection
        changed = changes.apply(db, batch, among, wanted.new, kind=action.removeprefix("kind:"))
        changes.close_batch(db, batch, changed)
    not_asking = selected - asking if wanted.only_asking else 0
    return Outcome(action, changed, not_asking, selected - not_asking - changed, token if changed else "")


def _counted(db: Database, selection: Selection) -> tuple[int, int]:
    """How many remarks are selected, and how many of them ask for something."""
    row = db.row(
        f"SELECT COUNT(*) AS n, COALESCE(SUM(asks), 0) AS asking FROM remark WHERE {selection.where}",
        **selection.values,
    )
    return (row["n"], row["asking"]) if row else (0, 0)


def undo(db: Database, author_id: int, token: str, now: int) -> Undone:
    """Undo what was done under ``token``: only where what it set still stands, and once.

    :raises NotFound: it is not theirs.
    :raises Conflict: it was undone before.
    """
    with db.transaction():
        batch = changes.find_batch(db, author_id, token)
        if batch is None:
            raise NotFound
        if not changes.mark_undone(db, batch["id"], now):
            raise Conflict("That was undone already.")
        give_back = cutting.put_back if batch["action"] in cutting.ACTIONS else changes.restore
        restored, left = give_back(db, batch["id"])
    return Undone(batch["action"], restored, left)
