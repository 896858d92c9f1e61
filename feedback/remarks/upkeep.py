"""Keeping the search index quick, in the background: no reader's submit waits for it."""

from feedback.db import Database

PAGES = 200
"""Index pages one step writes: some 10 ms, so that whoever wants to write in between waits no longer."""

STEPS = 25
"""Steps at a time: what a busy minute adds is merged well within it."""


def merge_search(db: Database, pages: int = PAGES, steps: int = STEPS) -> bool:
    """Merge pieces of the search index a little further; each transaction that adds remarks adds a piece.

    :return: whether there may be more to do.
    """
    return all(_merge(db, pages) for _ in range(steps))


def _merge(db: Database, pages: int) -> bool:
    before = db.conn.total_changes
    db.change("INSERT INTO remark_search (remark_search, rank) VALUES ('merge', :pages)", pages=pages)
    # FTS5 documents this as how to tell: the command itself counts as one change.
    return db.conn.total_changes - before >= 2
