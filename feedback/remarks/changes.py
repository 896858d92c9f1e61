"""The one writer of labels, statuses and stars: every change is logged with what it replaced, in one transaction.

A batch is what one person did at once, and can undo at once. A large one is done, and undone, in parts, each a
transaction of its own: `change_batch.parts` counts them, and `undone_to` says how far an undo has come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedback.db import Database, Row
from feedback.remarks import store
from feedback.remarks.asking import asks_sql


@dataclass(frozen=True, slots=True)
class Selection:
    """Some remarks: a condition on the remark table, and its named values."""

    where: str
    values: Mapping[str, Any]


def these(remark_ids: Sequence[int]) -> Selection:
    """The remarks of these ids."""
    names, values = store.numbered("remark", remark_ids)
    return Selection(f"remark.id IN ({names})", values)


STATUS_THAT_FITS = f"""
    CASE
        WHEN NOT {asks_sql(":kind")} THEN CASE WHEN status IN ('new', 'todo') THEN 'new' ELSE 'done' END
        WHEN asks = 0 THEN 'new'
        ELSE status
    END
"""
"""The status of a remark after it was filed under ``:kind``: what asks for nothing is only unread or read, and what
was merely read before it was seen to ask for something still waits."""


def open_batch(db: Database, *, account_id: int, action: str, token: str, now: int) -> int:
    """Begin what ``account_id`` does at once; the batch's id. ``token`` is its secret, by which it can be undone."""
    batch: int = db.value(
        """
        INSERT INTO change_batch (token, account_id, action, at)
        VALUES (:token, :account, :action, :now)
        RETURNING id
        """,
        token=token,
        account=account_id,
        action=action,
        now=now,
    )
    return batch


def apply(db: Database, batch: int, selection: Selection, new: Mapping[str, str], **values: Any) -> int:
    """Set the fields of ``new`` (column -> SQL expression over the old row) on the selected remarks.

    Rows that hold the new values already are left alone. Inside the caller's transaction.

    :return: how many remarks were changed.
    """
    for field, expression in new.items():
        db.change(
            f"""
            INSERT INTO remark_change (batch_id, remark_id, field, old, new)
            SELECT :batch, remark.id, '{field}', CAST({field} AS TEXT), CAST({expression} AS TEXT)
            FROM remark
            WHERE {selection.where} AND {field} <> {expression}
            """,
            batch=batch,
            **selection.values,
            **values,
        )
    settings = ", ".join(f"{field} = {expression}" for field, expression in new.items())
    return db.change(
        f"""
        UPDATE remark SET {settings}
        WHERE {selection.where} AND EXISTS (
            SELECT 1 FROM remark_change AS change WHERE change.batch_id = :batch AND change.remark_id = remark.id
        )
        """,
        batch=batch,
        **selection.values,
        **values,
    )


TAUGHT_IN = "CASE WHEN taught_in > 0 AND kind = :kind THEN taught_in ELSE :batch END"
"""By which batch a remark teaches once its author has filed it under ``:kind``: this one, unless it did so before."""


def end_part(db: Database, batch: int) -> None:
    """Note that one more part of a batch was done; whoever prepared something from its author's labels sees it."""
    db.change("UPDATE change_batch SET parts = parts + 1 WHERE id = :batch", batch=batch)


def new_kind(sorted_by: str) -> dict[str, str]:
    """What changes when a person (``writer`` or ``author``) files a remark under ``:kind``."""
    teaches = {"taught_in": TAUGHT_IN} if sorted_by == "author" else {}
    return {"kind": ":kind", "status": STATUS_THAT_FITS, "unsure": "0", "sorted_by": f"'{sorted_by}'", **teaches}


def close_batch(db: Database, batch: int, changed: int) -> None:
    """End a batch; one that changed nothing leaves no trace."""
    if not changed:
        db.change("DELETE FROM change_batch WHERE id = :batch", batch=batch)


def log_live(db: Database, batch: int, remark_id: int, *, live: bool) -> None:
    """Note that a batch makes a remark live, or history."""
    db.change(
        """
        INSERT INTO remark_change (batch_id, remark_id, field, old, new)
        VALUES (:batch, :remark, 'live', :old, :new)
        """,
        batch=batch,
        remark=remark_id,
        old=str(int(not live)),
        new=str(int(live)),
    )


def find_batch(db: Database, account_id: int, token: str) -> Row | None:
    """What ``account_id`` did at once, by its secret."""
    return db.row(
        "SELECT id, action, undone_at FROM change_batch WHERE token = :token AND account_id = :account",
        token=token,
        account=account_id,
    )


def not_undone(db: Database, batch: int, limit: int) -> list[int]:
    """The next remarks of a batch that an undo has not come to yet."""
    rows = db.rows(
        """
        SELECT DISTINCT remark_id
        FROM remark_change
        WHERE batch_id = :batch AND remark_id > (SELECT undone_to FROM change_batch WHERE id = :batch)
        ORDER BY remark_id
        LIMIT :limit
        """,
        batch=batch,
        limit=limit,
    )
    return [row["remark_id"] for row in rows]


def mark_undone(db: Database, batch: int, to: int, now: int) -> None:
    """An undo has come to the remark ``to``: it never looks at that one, or at any before it, again."""
    db.change(
        "UPDATE change_batch SET undone_at = :now, undone_to = :to, parts = parts + 1 WHERE id = :batch",
        batch=batch,
        to=to,
        now=now,
    )


def restore(db: Database, batch: int, remark_ids: Sequence[int]) -> int:
    """Give back what a batch replaced on these remarks of it, where all it set still stands and the old status is
    possible; how many were restored. The others were changed by someone since."""
    names, values = store.numbered("remark", remark_ids)
    fields = db.rows(
        f"SELECT DISTINCT field FROM remark_change WHERE batch_id = :batch AND remark_id IN ({names})",
        batch=batch,
        **values,
    )
    return db.change(
        f"""
        UPDATE remark SET {", ".join(f"{row['field']} = {_old(row['field'])}" for row in fields)}
        WHERE id IN ({names})
            AND live = 1
            AND NOT EXISTS (
                SELECT 1 FROM remark_change AS change
                WHERE change.batch_id = :batch AND change.remark_id = remark.id AND change.new <> {_PRESENT}
            )
            AND ({_old("status")} IN ('new', 'done') OR {asks_sql(_old("kind"))})
        """,
        batch=batch,
        **values,
    )


_PRESENT = """
    CASE change.field
        WHEN 'kind' THEN remark.kind
        WHEN 'status' THEN remark.status
        WHEN 'sorted_by' THEN remark.sorted_by
        WHEN 'starred' THEN CAST(remark.starred AS TEXT)
        WHEN 'unsure' THEN CAST(remark.unsure AS TEXT)
        WHEN 'taught_in' THEN CAST(remark.taught_in AS TEXT)
    END
"""


def _old(field: str) -> str:
    """SQL for what a batch found in ``field``, or what stands there if it did not touch it."""
    found = (
        "(SELECT before.old FROM remark_change AS before"
        f" WHERE before.batch_id = :batch AND before.remark_id = remark.id AND before.field = '{field}')"
    )
    number = field in ("starred", "unsure", "taught_in")
    return f"COALESCE({f'CAST({found} AS INTEGER)' if number else found}, remark.{field})"
