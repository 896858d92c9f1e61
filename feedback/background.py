"""The one background process: sorts waiting reviews, re-anchors after chapter edits, merges the search index, tidies.

It is niced, so that requests come first, and holds the sorter's model so that no worker needs to. `feedback serve`
starts it and starts it again when it dies; whatever it had not finished is still in the database.
"""

import logging
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from feedback import edge
from feedback.accounts import people
from feedback.config import Config, load
from feedback.db import Database, Pool
from feedback.errors import Unavailable
from feedback.remarks import anchoring, upkeep
from feedback.reviews import drafts, queue, sorters

NICENESS = 10
IDLE_SECONDS = 0.25
TROUBLE_SECONDS = 2.0
REVIEWS_AT_A_TIME = 10

log = logging.getLogger("feedback")


@dataclass(slots=True)
class Chore:
    """Something done every so often, ``seconds`` apart: ``work`` takes the database and the time."""

    seconds: int
    work: Callable[[Database, int], object]
    due: int = 0


@dataclass(slots=True)
class Worker:
    """What the background process does, a turn at a time."""

    pool: Pool
    chores: tuple[Chore, ...]
    merged_at: int = -1

    def turn(self, now: int) -> float:
        """Do what is due and the most pressing thing there is; how long to rest after it, in seconds.

        :raises sqlite3.OperationalError: the database is busy for too long, full or gone; likewise ``Unavailable``.
        """
        db = self.pool.connection()
        for chore in self.chores:
            if chore.due <= now:
                chore.due = now + chore.seconds
                chore.work(db, now)
        busy = queue.sort_pending(db, sorters.follow(db), REVIEWS_AT_A_TIME)
        busy = busy or anchoring.reanchor_pending(db) or self._merge(db)
        return 0.0 if busy else IDLE_SECONDS

    def _merge(self, db: Database) -> bool:
        """Merge the search index a little, unless nobody has written since there was nothing left to merge."""
        version = db.value("PRAGMA data_version")
        if version == self.merged_at:
            return False
        if upkeep.merge_search(db):
            return True
        self.merged_at = version
        return False


def checkpoint(db: Database, _now: int) -> None:
    """Copy what the write-ahead log holds into the database file, as far as nobody is in the way."""
    db.rows("PRAGMA wal_checkpoint(PASSIVE)")


def run(config: Config) -> None:
    """Work until SIGTERM."""
    os.nice(NICENESS)
    edge.log_to_stderr()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = Worker(Pool(config.database), (Chore(1, checkpoint), Chore(600, drafts.clear), Chore(600, people.clear)))
    while not stop.is_set():
        stop.wait(_turn(worker))
    worker.pool.close()


def _turn(worker: Worker) -> float:
    try:
        return worker.turn(int(time.time()))
    except (sqlite3.OperationalError, Unavailable) as error:
        log.error("the background process waits for the database: %s", error)
        return TROUBLE_SECONDS


if __name__ == "__main__":
    run(load())
