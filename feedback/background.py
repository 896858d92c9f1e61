"""The one background process: works off the review queue, merges the search index, clears away what has expired.

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
from feedback.remarks import upkeep
from feedback.reviews import drafts, queue, sorters

NICENESS = 10
IDLE_SECONDS = 0.25
TROUBLE_SECONDS = 2.0
REVIEWS_AT_A_TIME = 10

log = logging.getLogger("feedback")


@dataclass(slots=True)
class Duty:
    """Something done every so often: ``work`` takes the database and the time."""

    seconds: int
    work: Callable[[Database, int], object]
    due: int = 0


def duties() -> list[Duty]:
    """What is done besides sorting."""
    return [
        Duty(2, lambda db, _now: upkeep.merge_search(db)),
        Duty(600, drafts.clear),
        Duty(600, people.clear),
    ]


def run(config: Config) -> None:
    """Work until SIGTERM."""
    os.nice(NICENESS)
    edge.log_to_stderr()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pool, chores = Pool(config.database), duties()
    while not stop.is_set():
        stop.wait(_turn(pool, chores))
    pool.close()


def _turn(pool: Pool, chores: list[Duty]) -> float:
    """One turn of the wheel; returns how long to rest, in seconds."""
    now = int(time.time())
    try:
        db = pool.connection()
        if queue.sort_pending(db, sorters.sorter(), REVIEWS_AT_A_TIME):
            return 0.0
        for duty in chores:
            if duty.due <= now:
                duty.due = now + duty.seconds
                duty.work(db, now)
    except (sqlite3.OperationalError, Unavailable) as error:
        log.error("the background process waits for the database: %s", error)
        return TROUBLE_SECONDS
    return IDLE_SECONDS


if __name__ == "__main__":
    run(load())
