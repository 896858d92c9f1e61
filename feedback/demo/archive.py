"""Filling an empty database with the demo archive."""

import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from textwrap import fill as fill_lines
from typing import Any

from feedback.accounts import people
from feedback.config import Config
from feedback.db import Database, migrate
from feedback.errors import NotFound, Unusable
from feedback.library import chapters, manuscript, works
from feedback.library.chapters import Chapter
from feedback.moderation import reporting
from feedback.remarks import filter as filters
from feedback.remarks import triage
from feedback.reviews import queue, replies, sorters, states, submitting

# For looking around on one's own machine; only this module ever gives it to an account.
PASSWORD = "demo-reading-room"  # noqa: S105
DAY = 24 * 3600
ACCOUNTS_MADE = 60 * DAY
REPLY_AFTER = DAY // 3
REPORT_AFTER = DAY // 12
A_BATCH = 1_000

WORDS = files("feedback.demo")


@dataclass(frozen=True, slots=True)
class Member:
    """One of the demo's people."""

    id: int
    name: str
    role: str


@dataclass(slots=True)
class Stage:
    """The archive while it is being filled: who and what is there already, by name."""

    db: Database
    config: Config
    now: int
    people: dict[str, Member] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)

    def ago(self, days: float) -> int:
        """The time so many days before now."""
        return self.now - int(days * DAY)


def fill(config: Config, now: int) -> str:
    """Fill the site's database; returns what to tell the operator: the accounts and their password.

    Doing it again changes nothing.

    :raises Unusable: somebody else's accounts are in the database.
    """
    migrate(config.database)
    db = Database(config.database)
    try:
        plan = _read("archive.toml")
        if _is_there(db, plan):
            return f"The demo archive is there already.\n{_accounts(plan)}"
        if db.value("SELECT EXISTS (SELECT 1 FROM account)"):
            raise Unusable(f"{config.database} has accounts in it; the demo archive is for an empty database.")
        stage = Stage(db, config, now)
        # All or nothing, so that a second try never meets half an archive. Nobody waits for this lock yet.
        with db.transaction():
            said = _fill(stage, plan)
        while queue.sort_pending(db, sorters.sorter(), A_BATCH):
            pass
        for handled in plan["handled"]:
            _handle(stage, handled)
        return f"{said}\n{_accounts(plan)}"
    finally:
        db.close()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / name).read_text(encoding="utf-8"))


def _is_there(db: Database, plan: Mapping[str, Any]) -> bool:
    found = db.value("SELECT id FROM account WHERE name = :name", name=plan["moderator"])
    return found is not None and db.value("SELECT COUNT(*) FROM work") >= len(plan["work"])


def _authors(plan: Mapping[str, Any]) -> list[str]:
    return sorted({work["author"] for work in plan["work"]})


def _accounts(plan: Mapping[str, Any]) -> str:
    return "\n".join(
        (
            "Accounts to log in with:",
            f"  authors    {', '.join(_authors(plan))}",
            fill_lines(", ".join(plan["readers"]), 100, initial_indent="  readers    ", subsequent_indent=" " * 13),
            f"  moderator  {plan['moderator']}",
            f"  password   {PASSWORD}   (the same for all)",
        )
    )


def _fill(stage: Stage, plan: Mapping[str, Any]) -> str:
    for name in (*_authors(plan), *plan["readers"]):
        _join(stage, name, "reader")
    _join(stage, plan["moderator"], "moderator")
    for work in sorted(plan["work"], key=lambda work: -max(work["days"])):
        _publish(stage, work)
    reviews = sorted(_read("reviews.toml")["review"], key=lambda review: -review["days"])
    for review in reviews:
        _post(stage, review, plan["hidden"])
    return f"{len(plan['work'])} works, {len(stage.chapters)} chapters, {len(reviews)} reviews."


def _join(stage: Stage, name: str, role: str) -> None:
    account_id = people.add(stage.db, name, PASSWORD, role, stage.now - ACCOUNTS_MADE)
    stage.people[name] = Member(account_id, name, role)


def _publish(stage: Stage, facts: Mapping[str, Any]) -> None:
    author = stage.people[facts["author"]]
    form = {name: value for name, value in facts.items() if isinstance(value, str)}
    form |= {f"wishes-{kind}": wish for kind, wish in facts.get("kinds", {}).items()}
    began = stage.ago(max(facts["days"]))
    work_id = works.create(stage.db, author, works.read(form), now=began)
    work = works.own_work(stage.db, author, work_id)
    for number, (title, days) in enumerate(zip(facts["titles"], facts["days"], strict=True), 1):
        key = f"{facts['key']}-{number}"
        text = manuscript.read(
            {
                "title": title,
                "body": (WORDS / "chapters" / f"{key}.md").read_text(encoding="utf-8"),
                "notes_before": facts.get("notes_before", "") if number == 1 else "",
                "notes_after": facts.get("notes_after", "") if number == len(facts["titles"]) else "",
            }
        )
        stage.chapters[key] = chapters.create(stage.db, work, text, publish=True, now=stage.ago(days))


def _post(stage: Stage, facts: Mapping[str, Any], hidden: list[str]) -> None:
    chapter, at = stage.chapters[facts["chapter"]], stage.ago(facts["days"])
    author = Member(chapter.author_id, chapter.author_name, "reader")
    submitted = submitting.submit(
        stage.db,
        stage.people[facts["by"]],
        chapter,
        body=facts["body"],
        visibility=facts.get("visibility", "public"),
        submission_key=None,
        now=at,
        config=stage.config,
    )
    if facts.get("released"):
        states.keep(stage.db, author, submitted.review_id, "release")
    if any(facts["body"].startswith(words) for words in hidden):
        states.keep(stage.db, author, submitted.review_id, "hide")
    if "reply" in facts:
        _reply(stage, author, submitted.review_id, facts, at + REPLY_AFTER)
    if "reported" in facts:
        _report(stage, submitted.review_id, facts["reported"], at + REPORT_AFTER)


def _reply(stage: Stage, author: Member, review_id: int, facts: Mapping[str, Any], at: int) -> None:
    replies.put(stage.db, author, review_id, body=facts["reply"], visibility=facts.get("reply_visibility"), now=at)


def _report(stage: Stage, review_id: int, report: Mapping[str, str], at: int) -> None:
    reporting.report(
        stage.db,
        stage.people[report["by"]],
        review_id,
        reason=report["reason"],
        note=report["note"],
        now=at,
        config=stage.config,
    )


def _handle(stage: Stage, facts: Mapping[str, Any]) -> None:
    """Mark what an author has dealt with. Where sorting found nothing of the kind, there is nothing to mark."""
    chapter = stage.chapters[facts["chapter"]]
    asked = {"work": chapter.work_id, "chapter": chapter.number, **facts.get("filter", {})}
    wanted = filters.parse({name: [str(value)] for name, value in asked.items()})
    shown = triage.all_matching(chapter.author_id, wanted, filters.LARGEST)
    with suppress(NotFound):
        token = secrets.token_urlsafe(24)
        triage.change(stage.db, chapter.author_id, shown, facts["action"], token=token, now=stage.now - DAY)
