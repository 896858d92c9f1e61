"""The one writer of labels, statuses and stars: every change is logged with what it replaced, in one transaction.

A batch is what one person did at once. All of it runs as a few statements over a selection, so that changing a
hundred thousand remarks needs no more memory than changing one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedback.db import Database
from feedback.sorting.kinds import KINDS, STANCES, asks


@dataclass(frozen=True, slots=True)
class Selection:
    """Some remarks: a condition on the remark table, and its named values."""

    where: str
    values: Mapping[str, Any]


def asks_sql(kind: str, stance: str = "stance") -> str:
    """SQL for whether a remark of this kind and stance (SQL expressions) asks for something."""
    cases = []
    for each in STANCES:
        kinds = ", ".join(f"'{key}'" for key in KINDS if asks(key, each))
        cases.append(f"({stance} = '{each}' AND {kind} IN ({kinds}))")
    return f"({' OR '.join(cases)})"


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


def new_kind(sorted_by: str) -> dict[str, str]:
    """What changes when a person (``writer`` or ``author``) files a remark under ``:kind``."""
    return {"kind": ":kind", "status": STATUS_THAT_FITS, "unsure": "0", "sorted_by": f"'{sorted_by}'"}
