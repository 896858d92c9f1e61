"""Double clicks and retries that truly run at once, in threads and in processes: one review, one answer."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from feedback import config as settings
from feedback.db import Database
from feedback.errors import TooMany
from feedback.reviews import reading, submitting
from tests.conftest import NO_LIMITS, Site, Visitor
from tests.reviews.conftest import WORDS, account, published

AT_ONCE = 8


def send_once(instance: Path, key: str, body: str, environ: dict[str, str], wait: Callable[[], object]) -> str:
    """Submit as Ben on a connection of one's own; the review's id, or what went wrong."""
    config = settings.load(instance, environ)
    db = Database(config.database)
    try:
        me = account(db, "Ben")
        spot = reading.find_spot(db, me, 1, 1)
        wait()
        done = submitting.submit(
            db, me, spot, body=body, visibility="public", submission_key=key, now=1000, config=config
        )
        return str(done.review_id)
    except TooMany:
        return "too many"
    finally:
        db.close()


def in_process(arguments: tuple[Path, str, str, dict[str, str]], start: Barrier, answers: "Queue[str]") -> None:
    answers.put(send_once(*arguments, start.wait))


def test_one_key_in_many_threads_makes_one_review(site: Site, reader: Visitor, chapter: str) -> None:
    start = threading.Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        calls = [
            pool.submit(send_once, site.config.instance, "k", WORDS, NO_LIMITS, start.wait) for _ in range(AT_ONCE)
        ]
        assert len({call.result() for call in calls}) == 1
    assert site.db.value("SELECT COUNT(*) FROM review") == 1
    assert site.db.value("SELECT public_reviews FROM chapter") == 1


def test_one_key_in_many_processes_makes_one_review(site: Site, reader: Visitor, chapter: str) -> None:
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(4), context.Queue()
    arguments = (site.config.instance, "k", WORDS, NO_LIMITS)
    senders = [context.Process(target=in_process, args=(arguments, start, answers)) for _ in range(4)]
    for sender in senders:
        sender.start()
    made = {answers.get(timeout=60) for _ in senders}
    for sender in senders:
        sender.join()
    assert len(made) == 1
    assert site.db.value("SELECT COUNT(*) FROM review") == 1


def test_the_limit_holds_exactly_when_many_are_sent_at_once(site_with: Callable[..., Site]) -> None:
    environ = {**NO_LIMITS, "FEEDBACK_REVIEWS_PER_HOUR": "3"}
    site = site_with(FEEDBACK_REVIEWS_PER_HOUR="3")
    author = site.join("Mara")
    site.join("Ben")
    published(author)
    start = threading.Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        calls = [
            pool.submit(send_once, site.config.instance, f"k{n}", f"{WORDS} {n}", environ, start.wait)
            for n in range(AT_ONCE)
        ]
        answers = [call.result() for call in calls]
    assert answers.count("too many") == AT_ONCE - 3
    assert site.db.value("SELECT COUNT(*) FROM review") == 3
