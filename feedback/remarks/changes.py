"""The one writer of labels, statuses and stars: every change is logged with what it replaced, in one transaction.

A batch is what one person did at once. All of it runs as a few statements over a selection, so that changing a
hundred thousand remarks needs no more memory than changing one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedback.db import Database, Row
from feedback.remarks.asking import asks_sql


@dataclass(frozen=True, slots=True)
class Selection:
    """Some remarks: a condition on the remark table, and its named values."""

    where: str
    values: Mapping[str, Any]


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
        WHERE id IN (SELECT remark_id FROM remark_change WHERE batch_id = :batch)
        """,
        batch=batch,
        **values,
    )


TAUGHT_IN = "CASE WHEN taught_in > 0 AND kind = :kind THEN taught_in ELSE :batch END"
"""By which batch a remark teaches once its author has filed it under ``:kind``: this one, unless it did so before."""


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


def mark_undone(db: Database, batch: int, now: int) -> bool:
    """A batch is undone once; ``False`` when it was before."""
    return (
        db.change(
            "UPDATE change_batch SET undone_at = :now WHERE id = :batch AND undone_at IS NULL", batch=batch, now=now
        )
        == 1
    )


def restore(db: Database, batch: int) -> tuple[int, int]:
    """Give back what a batch replaced, where all it set on a remark still stands and the old status is possible.

    :return: how many remarks were restored, and how many were left because someone changed them since.
    """
    counted = db.row(
        """
        SELECT COUNT(DISTINCT remark_id) AS remarks FROM remark_change WHERE batch_id = :batch
        """,
        batch=batch,
    )
    fields = [
        row["field"]
        for row in db.rows("SELECT DISTINCT field FROM remark_change WHERE batch_id = :batch", batch=batch)
    ]
    if counted is None or not fields:
        return 0, 0
    restored = db.change(
        f"""
        UPDATE remark SET {", ".join(f"{field} = {_old(field)}" for field in fields)}
        WHERE id IN (SELECT remark_id FROM remark_change WHERE batch_id = :batch)
            AND live = 1
            AND NOT EXISTS (
                SELECT 1 FROM remark_change AS change
                WHERE change.batch_id = :batch AND change.remark_id = remark.id AND change.new <> {_PRESENT}
            )
            AND ({_old("status")} IN ('new', 'done') OR {asks_sql(_old("kind"))})
        """,
        batch=batch,
    )
    return restored, counted["remarks"] - restored


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
