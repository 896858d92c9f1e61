"""Several tabs at the very same time: nothing is overwritten unseen, and numbers stay 1 to n."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from feedback.accounts.account import Account
from feedback.db import Database
from feedback.errors import Conflict
from feedback.library import chapters, contents, works
from feedback.library.chapters import Stale
from feedback.library.manuscript import Manuscript
from tests.conftest import Site, Visitor

TABS = 6
NOW = 1_800_000_000


@pytest.fixture
def mara(site: Site, author: Visitor, chapter: str) -> Account:
    """Mara, who has a published chapter."""
    return Account(site.account_id("Mara"), "Mara", "reader", "", 0)


def at_once(site: Site, act: Callable[[Database, int], Any]) -> list[Any]:
    """What ``act`` returns or raises in each of several threads, each with a connection of its own."""
    start = Barrier(TABS)

    def tab(number: int) -> Any:
        db = Database(site.config.database)
        try:
            start.wait(30)
            return act(db, number)
        except Conflict as error:
            return error
        finally:
            db.close()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(tab, range(TABS)))


def text(body: str) -> Manuscript:
    return Manuscript("The Ford", "", body, "")


def test_one_of_the_tabs_saves_and_the_others_are_told(site: Site, mara: Account) -> None:
    def save(db: Database, number: int) -> Any:
        chapter = chapters.own_chapter(db, mara, 1, 1)
        return chapters.edit(db, chapter, text(f"From tab {number}."), now=NOW, base_version=1)

    answers = at_once(site, save)
    saved = [answer for answer in answers if not isinstance(answer, Stale)]
    assert len(saved) == 1
    assert chapters.find_chapter(site.db, mara, 1, 1).body == saved[0].body
    assert {answer.chapter.body for answer in answers if isinstance(answer, Stale)} == {saved[0].body}


def test_without_a_base_version_every_save_is_a_version(site: Site, mara: Account) -> None:
    def save(db: Database, number: int) -> Any:
        chapter = chapters.own_chapter(db, mara, 1, 1)
        return chapters.edit(db, chapter, text(f"From tab {number}."), now=NOW).version

    assert sorted(at_once(site, save)) == list(range(2, TABS + 2))


def test_chapters_made_at_once_get_a_number_each(site: Site, mara: Account) -> None:
    def make(db: Database, number: int) -> Any:
        work = works.own_work(db, mara, 1)
        return chapters.create(db, work, text(f"From tab {number}."), publish=False, now=NOW).number

    assert sorted(at_once(site, make)) == list(range(2, TABS + 2))


def test_moving_and_deleting_at_once_leaves_one_to_n(site: Site, mara: Account) -> None:
    work = works.own_work(site.db, mara, 1)
    for number in range(TABS):
        chapters.create(site.db, work, text(f"Number {number}."), publish=True, now=NOW)

    def change(db: Database, number: int) -> Any:
        chapter = chapters.own_chapter(db, mara, 1, number + 1)
        return contents.delete(db, chapter) if number % 3 == 0 else contents.move(db, chapter, TABS - number)

    at_once(site, change)
    left = [row["number"] for row in chapters.contents(site.db, mara, work)]
    assert left == list(range(1, len(left) + 1))
    assert len(left) >= TABS + 1 - TABS // 3


def test_a_double_click_at_the_very_same_time_makes_one_chapter(site: Site, mara: Account) -> None:
    def make(db: Database, _: int) -> Any:
        work = works.own_work(db, mara, 1)
        return chapters.create(db, work, text("Once."), publish=False, now=NOW, last=1).number

    assert at_once(site, make) == [2] * TABS
