"""A large archive, made in one go: rows as the product would have written them, counters and search index rebuilt.

Triggers are set aside while rows are poured in and put back afterwards; `feedback check` passes on the result.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from feedback import config, sanitize
from feedback.accounts import passwords
from feedback.db import Database, migrate
from feedback.remarks import upkeep
from feedback.sorting.kinds import KINDS, STANCES, asks

PASSWORD = "bench-password-1"
CHAPTERS_A_WORK = 20
READERS = 200
SENTENCES = (
    "I did not expect the lantern to go out there, and neither did my cat.",
    "The second scene on the bridge felt a little hurried after such a slow start.",
    "Is the ferryman the same man who sold them the bell in the first chapter?",
    "There is a comma missing after harbour in the third paragraph.",
    "Thank you for writing this, it made my evening a good deal better.",
    "My guess is that the letters were never sent and the aunt knows it.",
    "Her decision to stay makes sense to me now that we have met the brother.",
    "Please do not make us wait another month for the next one.",
)
EPOCH = 1_700_000_000


def review_text(random_: random.Random) -> list[str]:
    """About 300 characters in four sentences, with a word that tells it from its neighbours."""
    return [*random_.sample(SENTENCES, 4), f"Seen as number{random_.randrange(10_000)}."]


def build(instance: Path, reviews: int, *, seed: int = 1, reviews_a_chapter: int = 100) -> config.Config:
    """An installation in ``instance`` whose one author of work 1 has a share, and ``reviews`` reviews in all.

    :return: its configuration, with the limits off.
    """
    settings = config.load(instance, {f"FEEDBACK_{name}": "0" for name in LIMITS})
    migrate(settings.database)
    db = Database(settings.database)
    triggers = [
        (row["name"], row["sql"]) for row in db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ]
    with db.transaction():
        for name, _ in triggers:
            db.conn.execute(f"DROP TRIGGER {name}")
        _pour(db, reviews, reviews_a_chapter, random.Random(seed))
        _recount(db)
        for _, sql in triggers:
            db.conn.execute(sql)
    db.conn.execute("INSERT INTO remark_search (remark_search) VALUES ('rebuild')")
    # As the background process leaves it; until then it would measure, and run beside, this process's work.
    while upkeep.merge_search(db):
        pass
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.execute("ANALYZE")
    db.close()
    return settings


def built(instance: Path, reviews: int, *, reviews_a_chapter: int = 100) -> config.Config:
    """The archive that `build` makes, or the one an earlier run left in ``instance``."""
    if (instance / "feedback.sqlite3").exists():
        return config.load(instance, {f"FEEDBACK_{name}": "0" for name in LIMITS})
    return build(instance, reviews, reviews_a_chapter=reviews_a_chapter)


LIMITS = (
    "REVIEWS_PER_HOUR",
    "REGISTRATIONS_PER_HOUR",
    "LOGIN_FAILURES_PER_NAME",
    "LOGIN_FAILURES_PER_ADDRESS",
    "REPORTS_PER_DAY",
)


def _pour(db: Database, reviews: int, reviews_a_chapter: int, random_: random.Random) -> None:
    chapters = -(-reviews // reviews_a_chapter)
    works = -(-chapters // CHAPTERS_A_WORK)
    _accounts(db, works)
    _library(db, works, chapters)
    db.conn.executemany(REVIEW, _reviews(reviews, reviews_a_chapter, works, random_))
    db.conn.executemany(REMARK, _remarks(db))


def _accounts(db: Database, works: int) -> None:
    secret = passwords.hashed(PASSWORD)
    names = [f"author{n}" for n in range(1, works + 1)] + [f"reader{n}" for n in range(1, READERS + 1)]
    db.conn.executemany(
        "INSERT INTO account (name, name_key, password_hash, created_at) VALUES (?, ?, ?, ?)",
        ((name, name, secret, EPOCH) for name in names),
    )


def _library(db: Database, works: int, chapters: int) -> None:
    body = "\n\n".join(" ".join(SENTENCES) for _ in range(25))
    made = sanitize.chapter_html(body)
    db.conn.executemany(
        """
        INSERT INTO work (author_id, title, summary, summary_html, wishes_note, wishes_note_html,
            policy_version, created_at, updated_at)
        VALUES (:n, 'Work ' || :n, 'A story.', '<p>A story.</p>', '', '', 1, :at, :at)
        """,
        ({"n": n, "at": EPOCH} for n in range(1, works + 1)),
    )
    db.conn.executemany(
        """
        INSERT INTO chapter (work_id, number, state, version, created_at, updated_at, published_at)
        VALUES (:work, :number, 'published', 1, :at, :at, :at)
        """,
        (
            {"work": n // CHAPTERS_A_WORK + 1, "number": n % CHAPTERS_A_WORK + 1, "at": EPOCH + n}
            for n in range(chapters)
        ),
    )
    db.conn.executemany(
        """
        INSERT INTO chapter_version (chapter_id, number, title, notes_before, body, notes_after, notes_before_html,
            body_html, body_text, notes_after_html, words, policy_version, created_at)
        VALUES (:id, 1, 'Chapter', '', :body, '', '', :html, :text, '', 2500, :policy, :at)
        """,
        (
            {
                "id": n,
                "body": body,
                "html": made.html,
                "text": made.text,
                "policy": sanitize.POLICY_VERSION,
                "at": EPOCH,
            }
            for n in range(1, chapters + 1)
        ),
    )


REVIEW = """
    INSERT INTO review (chapter_id, work_id, author_id, reader_id, chapter_version, state, visibility, source, html,
        text, policy_version, words, submitted_at, sorted)
    VALUES (:chapter, :work, :work, :reader, 1, 'published', 'public', :source, '<p>' || :source || '</p>', :source,
        :policy, 60, :at, 1)
"""
REMARK = """
    INSERT INTO remark (review_id, author_id, work_id, chapter_id, review_version, start_at, end_at, text, kind,
        stance, confidence, unsure, why, sorted_by, visibility, status, on_desk)
    VALUES (:review, :author, :work, :chapter, 1, :start, :end, :text, :kind, :stance, 0.8, :unsure, '', 'auto',
        'public', :status, 1)
"""


def _reviews(reviews: int, reviews_a_chapter: int, works: int, random_: random.Random) -> Iterator[dict[str, object]]:
    for n in range(reviews):
        chapter = n // reviews_a_chapter
        yield {
            "chapter": chapter + 1,
            "work": chapter // CHAPTERS_A_WORK + 1,
            "reader": works + 1 + n % READERS,
            "source": " ".join(review_text(random_)),
            "policy": sanitize.POLICY_VERSION,
            "at": EPOCH + n,
        }


def _remarks(db: Database) -> Iterator[dict[str, object]]:
    random_ = random.Random(2)
    kinds = [kind for kind in KINDS if kind != "hostile"]
    rows = db.conn.execute("SELECT id, author_id, work_id, chapter_id, source FROM review ORDER BY id")
    for review, author, work, chapter, source in rows:
        start = 0
        for text in source.split(". ", 2):
            kind, stance = random_.choice(kinds), random_.choice(STANCES)
            status = random_.choice(("new", "todo", "done") if asks(kind, stance) else ("new", "done"))
            yield {
                "review": review, "author": author, "work": work, "chapter": chapter,
                "start": start, "end": start + len(text), "text": text,
                "kind": kind, "stance": stance, "unsure": int(random_.random() < 0.1), "status": status,
            }  # fmt: skip
            start += len(text) + 2


def _recount(db: Database) -> None:
    db.conn.execute(
        """
        INSERT INTO remark_count (author_id, work_id, chapter_id, kind, stance, status, n)
        SELECT author_id, work_id, chapter_id, kind, stance, status, count(*) FROM remark
        GROUP BY author_id, work_id, chapter_id, kind, stance, status
        """
    )
    db.conn.execute(
        """
        INSERT INTO remark_count (author_id, work_id, chapter_id, kind, stance, status, n)
        SELECT author_id, work_id, 0, kind, stance, status, count(*) FROM remark
        GROUP BY author_id, work_id, kind, stance, status
        """
    )
    db.conn.execute(
        """
        UPDATE chapter SET public_reviews =
            (SELECT count(*) FROM review
             WHERE chapter_id = chapter.id AND state = 'published' AND visibility = 'public')
        """
    )


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
