"""Triage: an author marks, stars and re-files remarks, one or all that a tray shows, and can undo it once.

However many they are, it is one change with one undo. But both are done in parts, each a short transaction, so that
reviews still come in meanwhile. If the process dies in between, the parts that were done stay done, each with its log
and true counts, and the others are as they were: doing the same again does the rest, undoing again undoes the rest.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.db import Database, Row
from feedback.errors import BadQuery, Conflict, NotFound
from feedback.remarks import changes, cutting, runs, store
from feedback.remarks.filter import Filter
from feedback.sorting.kinds import KINDS

MOST_PICKED = 500
"""Remarks that can be named one by one; a tray's page shows far fewer."""

PART = 1000
"""Remarks changed in one transaction: some 30 ms in which nobody else can write."""


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
    already. ``token`` undoes it; "" when nothing was changed. Unless ``is_whole``, the database was too busy in the
    end, and the rest is as it was."""

    action: str
    changed: int = 0
    not_asking: int = 0
    already: int = 0
    token: str = ""
    is_whole: bool = True

    def and_(self, part: "Outcome") -> "Outcome":
        """This and one more part, together."""
        return replace(
            self,
            changed=self.changed + part.changed,
            not_asking=self.not_asking + part.not_asking,
            already=self.already + part.already,
        )


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of an undo: remarks restored, and those left because they were changed since. Unless ``is_whole``,
    the database was too busy in the end: undoing again goes on."""

    action: str
    restored: int = 0
    left: int = 0
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Picked:
    """These remarks, as far as they are on the author's desk."""

    author_id: int
    remark_ids: Sequence[int]

    def part(self, db: Database) -> tuple[list[int], None]:
        """All of them at once: they are few."""
        names, values = store.numbered("remark", self.remark_ids)
        rows = db.rows(
            f"SELECT id FROM remark WHERE author_id = :author AND on_desk = 1 AND id IN ({names})",
            author=self.author_id,
            **values,
        )
        return [row["id"] for row in rows], None


@dataclass(frozen=True, slots=True)
class AllMatching:
    """All a tray shows, on whichever page, up to the remark ``cutoff``: what came in later was not seen."""

    author_id: int
    tray: Filter
    cutoff: int

    def part(self, db: Database) -> tuple[list[int], "AllMatching | None"]:
        """The next of them, whole reviews, and what is left after them."""
        rows, more = runs.read(
            lambda limit: self._next(db, limit),
            PART,
            run=lambda row: row["review_id"],
            place=lambda row: (row["id"], 0),
        )
        onward = replace(self.tray, after=(rows[-1]["review_id"],)) if more else None
        return [row["id"] for row in rows], replace(self, tray=onward) if onward else None

    def _next(self, db: Database, limit: int) -> list[Row]:
        where = self.tray.page(self.author_id)
        return db.rows(
            f"""
            SELECT remark.review_id, remark.id
            FROM {self.tray.source}
            WHERE {where.sql} AND remark.id <= :cutoff
            ORDER BY {self.tray.order_by}
            LIMIT :limit
            """,
            cutoff=self.cutoff,
            limit=limit,
            **where.values,
        )


Selection = Picked | AllMatching


def picked(author_id: int, remark_ids: Sequence[int]) -> Picked:
    """These remarks, as far as they are on the author's desk.

    :raises BadQuery: none, or too many to name.
    """
    if not remark_ids:
        raise BadQuery("remark", "Please select at least one.")
    if len(remark_ids) > MOST_PICKED:
        raise BadQuery("remark", f"Only {MOST_PICKED:,} can be picked one by one.")
    return Picked(author_id, remark_ids)


def all_matching(author_id: int, wanted: Filter, cutoff: int) -> AllMatching:
    """All that ``wanted`` shows, on whichever page, up to the remark ``cutoff``."""
    # From the first review on, whatever page the tray was open at: the whole tray is meant.
    return AllMatching(author_id, replace(wanted, sort="oldest", before=(), after=()), cutoff)


def change(db: Database, author_id: int, selection: Selection, action: str, *, token: str, now: int) -> Outcome:
    """Do ``action`` to the selected remarks, in as many transactions as it takes.

    :param token: a fresh secret under which all of it can be undone.
    :raises BadQuery: there is no such action.
    :raises NotFound: nothing is selected that is on this desk.
    :raises sqlite3.OperationalError: the database is busy for too long, and nothing was changed.
    """
    if action not in ACTIONS:
        raise BadQuery("action", "Please choose what to do with it from the list.")
    with db.transaction():
        ids, left = selection.part(db)
        if not ids:
            raise NotFound
        batch = changes.open_batch(db, account_id=author_id, action=action, token=token, now=now)
        done = _do(db, batch, ids, action)
    try:
        while left:
            db.give_way()
            with db.transaction():
                ids, left = left.part(db)
                done = done.and_(_do(db, batch, ids, action))
    except sqlite3.OperationalError:
        if not done.changed:
            raise
        return replace(done, token=token, is_whole=False)
    if not done.changed:
        with db.transaction():
            changes.close_batch(db, batch, 0)
        return done
    return replace(done, token=token)


def _do(db: Database, batch: int, remark_ids: Sequence[int], action: str) -> Outcome:
    """One part of a change."""
    wanted, chosen = ACTIONS[action], changes.these(remark_ids)
    asking = len(remark_ids)
    if wanted.only_asking:
        chosen = changes.Selection(f"{chosen.where} AND asks = 1", chosen.values)
        asking = db.value(f"SELECT COUNT(*) FROM remark WHERE {chosen.where}", **chosen.values)
    changed = changes.apply(db, batch, chosen, wanted.new, kind=action.removeprefix("kind:"))
    changes.end_part(db, batch)
    return Outcome(action, changed, len(remark_ids) - asking, asking - changed)


def undo(db: Database, author_id: int, token: str, now: int) -> Undone:
    """Undo what was done under ``token``: only where what it set still stands, and each remark once.

    :raises NotFound: it is not theirs.
    :raises Conflict: it was undone before.
    :raises sqlite3.OperationalError: the database is busy for too long, and nothing was undone.
    """
    done, more = _undo_part(db, author_id, token, now)
    try:
        while more:
            db.give_way()
            part, more = _undo_part(db, author_id, token, now, again=True)
            done = replace(done, restored=done.restored + part.restored, left=done.left + part.left)
    except sqlite3.OperationalError:
        return replace(done, is_whole=False)
    return done


def _undo_part(db: Database, author_id: int, token: str, now: int, *, again: bool = False) -> tuple[Undone, bool]:
    """Undo the next part, and say whether there may be more. Two who undo at once take turns, a part each."""
    with db.transaction():
        batch = changes.find_batch(db, author_id, token)
        if batch is None:
            raise NotFound
        ids = changes.not_undone(db, batch["id"], PART)
        if not ids:
            if batch["undone_at"] is not None and not again:
                raise Conflict("That was undone already.")
            return Undone(batch["action"]), False
        back = _give_back(db, batch, ids)
        changes.mark_undone(db, batch["id"], ids[-1], now)
    return back, len(ids) == PART


def _give_back(db: Database, batch: Row, remark_ids: Sequence[int]) -> Undone:
    if batch["action"] in cutting.ACTIONS:
        return Undone(batch["action"], *cutting.put_back(db, batch["id"]))
    restored = changes.restore(db, batch["id"], remark_ids)
    return Undone(batch["action"], restored, len(remark_ids) - restored)
