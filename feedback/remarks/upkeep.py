"""Keeping the search index quick, in the background: no reader's submit waits for it."""

from feedback.db import Database

PAGES = 500
"""Index pages one step writes: some 20 ms, so that whoever wants to write in between waits no longer."""


def merge_search(db: Database, pages: int = PAGES) -> bool:
    """Merge pieces of the search index a little further; each transaction that adds remarks adds a piece.

    :return: whether there was anything to do, and so may be more.
    """
    before = db.conn.total_changes
    db.change("INSERT INTO remark_search (remark_search, rank) VALUES ('merge', :pages)", pages=pages)
    # FTS5 documents this as how to tell: the command itself counts as one change.
    return db.conn.total_changes - before >= 2
