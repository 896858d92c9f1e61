"""Finding the drafts that wait for someone to log in, among those that were claimed."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run


@migrations(name="0009_drafts")
def drafts(db: sqlite_utils.Database) -> None:
    """Indexes of the drafts that wait: in all, and by the address that left them.

    They hold the column that says so, which in a row stands behind up to 40 kB of text.
    """
    run(
        db,
        """
        DROP INDEX draft_address

        CREATE INDEX draft_waiting ON draft (claimed_by) WHERE claimed_by IS NULL

        CREATE INDEX draft_waiting_address ON draft (address, claimed_by, created_at) WHERE claimed_by IS NULL
        """,
    )
