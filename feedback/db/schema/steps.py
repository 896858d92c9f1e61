"""The list of steps, and how a step runs its statements."""

from collections.abc import Iterable

import sqlite_utils
from sqlite_utils import Migrations

migrations = Migrations("feedback")


def run(db: sqlite_utils.Database, script: str) -> None:
    """Run every statement of ``script``; empty lines part them."""
    # executescript() would commit the migration's transaction, so statements run one at a time.
    for statement in script.split("\n\n"):
        if statement.strip():
            db.conn.execute(statement)


def words(values: Iterable[str]) -> str:
    """``values`` as an SQL list of strings."""
    return ", ".join(f"'{value}'" for value in values)
