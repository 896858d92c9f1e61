"""The moderators' queue and their decisions: one each, with its reason, closing all reports of a review."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedback.accounts.account import Account
from feedback.db import Database
from feedback.errors import Conflict
from feedback.moderation import deciding
from tests.conftest import Site, Visitor
from tests.moderation.conftest import WORDS, decisions, report, send


def state(site: Site) -> str:
    found: str = site.db.value("SELECT state FROM review ORDER BY id LIMIT 1")
    return found


def test_keeping_leaves_the_review_and_closes_its_reports(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    first = report(site, stranger, review)
    report(site, author, review)
    answer = moderator.post(f"/moderation/{first}", {"action": "keep"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/moderation")
    assert state(site) == "published"
    assert decisions(site) == [("keep", "", "published")]
    assert site.db.value("SELECT COUNT(*) FROM report WHERE decision_id IS NULL") == 0
    assert WORDS not in moderator.get("/moderation").text


def test_removing_takes_it_off_every_page_and_tells_its_writer_why(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    first = report(site, stranger, review)
    assert moderator.post(f"/moderation/{first}", {"action": "remove", "reason": "No insults."}).status_code == 303
    assert state(site) == "removed"
    assert decisions(site) == [("remove", "No insults.", "published")]
    for visitor in (nobody, stranger, author):
        assert WORDS not in visitor.get(chapter).text
        assert visitor.get(review).status_code == 404
    for address in (review, "/account/reviews"):
        assert "No insults." in reader.get(address).text
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE on_desk = 1") == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"action": "burn", "reason": "x"},
        {"action": "remove"},
        {"action": "remove", "reason": " \u200b"},
        {"action": "remove", "reason": "x" * 2_001},
    ],
    ids=["nothing", "unknown", "no reason", "blank reason", "long reason"],
)
def test_a_decision_that_cannot_be_taken(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str, fields: dict[str, str]
) -> None:
    first = report(site, stranger, send(reader, chapter))
    answer = moderator.post(f"/moderation/{first}", fields)
    assert answer.status_code == 422
    assert fields.get("reason", "") in answer.text
    assert 'class="error"' in answer.text
    assert state(site) == "published"
    assert decisions(site) == []


def test_deciding_twice_is_a_conflict(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    first = report(site, stranger, send(reader, chapter))
    other = site.join("Otto", "moderator")
    moderator.post(f"/moderation/{first}", {"action": "keep"})
    answer = other.post(f"/moderation/{first}", {"action": "remove", "reason": "No."})
    assert answer.status_code == 409
    assert "Someone has decided" in answer.text
    assert state(site) == "published"
    assert len(decisions(site)) == 1


def test_of_two_moderators_at_once_one_decides(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    first = report(site, stranger, send(reader, chapter))
    site.join("Otto", "moderator")
    start = threading.Barrier(2)

    def decide(name: str, action: str) -> str:
        db = Database(site.config.database)
        me = Account(site.account_id(name), name, "moderator", token="", session_id=0)
        start.wait()
        try:
            deciding.decide(db, me, first, action=action, reason="Because.", now=1)
            return action
        except Conflict:
            return "conflict"
        finally:
            db.close()

    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(decide, "Nora", "keep"), pool.submit(decide, "Otto", "remove")]
        answers = {call.result() for call in calls}
    assert "conflict" in answers
    ((action, _, _),) = decisions(site)
    assert answers == {"conflict", action}
    assert state(site) == ("removed" if action == "remove" else "published")


def test_what_was_withdrawn_meanwhile_is_neither_shown_nor_removed(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    first = report(site, stranger, review)
    reader.post(f"{review}/withdraw")
    page = moderator.get("/moderation").text
    assert WORDS not in page
    assert "has withdrawn this review" in page
    assert moderator.post(f"/moderation/{first}", {"action": "remove", "reason": "No."}).status_code == 409
    assert state(site) == "withdrawn"
    assert decisions(site) == [], "nothing half-done"
    assert moderator.post(f"/moderation/{first}", {"action": "keep"}).status_code == 303


@pytest.mark.parametrize("mine", ["review", "work"])
def test_what_is_about_oneself_is_for_another_moderator(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str, mine: str
) -> None:
    if mine == "review":
        review = send(moderator, chapter)
    else:
        work = moderator.post("/works/new", {"title": "Nora's"}).headers["Location"]
        made = moderator.post(f"{work}/chapters/new", {"title": "C", "body": "Text.", "publish": "1"})
        review = send(reader, made.headers["Location"])
    first = report(site, stranger, review, note="Quagmire.")
    assert "Quagmire." not in moderator.get("/moderation").text
    assert moderator.post(f"/moderation/{first}", {"action": "keep"}).status_code == 403
    other = site.join("Otto", "moderator")
    assert "Quagmire." in other.get("/moderation").text
    assert other.post(f"/moderation/{first}", {"action": "keep"}).status_code == 303


def test_an_admin_moderates_too(site: Site, reader: Visitor, stranger: Visitor, chapter: str) -> None:
    first = report(site, stranger, send(reader, chapter))
    admin = site.join("Ada", "admin")
    assert WORDS in admin.get("/moderation").text
    assert admin.post(f"/moderation/{first}", {"action": "keep"}).status_code == 303


def test_only_moderators_decide(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, nobody: Visitor, chapter: str
) -> None:
    first = report(site, stranger, send(reader, chapter))
    for visitor in (author, reader, stranger):
        assert visitor.get("/moderation").status_code == 404
        assert visitor.post(f"/moderation/{first}", {"action": "keep"}).status_code == 404
    assert nobody.get("/moderation").headers["Location"] == "/login?next=/moderation"
    assert decisions(site) == []


def test_a_decision_is_a_form_with_a_token(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    first = report(site, stranger, send(reader, chapter))
    assert moderator.get(f"/moderation/{first}").status_code == 405
    assert moderator.post(f"/moderation/{first}", {"action": "keep"}, token="stale").status_code == 400
    assert moderator.post("/moderation/99", {"action": "keep"}).status_code == 404
    assert moderator.post(f"/moderation/{2**70}", {"action": "keep"}).status_code == 404
    assert decisions(site) == []


def test_earlier_decisions_on_the_writer_stand_beside_a_case(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    first = report(site, stranger, send(reader, chapter))
    assert "No earlier decisions on Ben" in moderator.get("/moderation").text
    moderator.post(f"/moderation/{first}", {"action": "remove", "reason": "No insults."})
    report(site, stranger, send(reader, chapter, "And again."))
    page = moderator.get("/moderation").text
    assert "1 earlier decision" in page
    assert "No insults." in page


def test_held_reviews_are_shown_in_context_private_ones_are_not(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, chapter: str
) -> None:
    author.post("/works/1/edit", {"title": "T", "review_policy": "hold_all"})
    review = send(reader, chapter, "A held letter.")
    send(reader, chapter, "A private letter.", visibility="author")
    page = moderator.get("/moderation").text
    assert "A held letter." in page
    assert "A private letter." not in page
    report(site, moderator, review)
    assert moderator.get("/moderation").text.count("A held letter.") == 1
    author.post(f"{review}/release")
    assert moderator.get("/moderation").headers["Cache-Control"] == "no-store"


def test_the_queue_is_walked_by_key_at_a_constant_cost(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    for n in range(27):
        report(site, stranger, send(reader, chapter, f"Letter {n:02} of many."))
    first = moderator.get("/moderation").text
    assert first.count('class="case card"') == 25
    assert "Letter 00" in first
    assert 'href="/moderation?after=25"' in first
    second = moderator.get("/moderation?after=25").text
    assert second.count('class="case card"') == 2
    assert "Letter 26" in second
    answer = moderator.get("/moderation?after=x")
    assert (answer.status_code, "“after”" in answer.text) == (400, True)
    db = Database(site.config.database)
    me = Account(site.account_id("Nora"), "Nora", "moderator", token="", session_id=0)
    costs = []
    for after in (0, 26):
        seen: list[str] = []
        db.conn.set_trace_callback(seen.append)
        deciding.queue(db, me, after)
        db.conn.set_trace_callback(None)
        costs.append(len([sql for sql in seen if "SELECT" in sql]))
    db.close()
    assert costs == [4, 3], "reports, writers, decisions; and on the first page what is held"
