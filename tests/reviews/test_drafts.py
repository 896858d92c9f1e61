"""The life of words typed without a log-in: kept, claimed once, posted by hand, forgotten in time."""

import html
import re
import sqlite3
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import TestResponse

from feedback.accounts import recovery
from feedback.errors import TooMany
from feedback.reviews import drafts, submitting
from tests.conftest import PASSWORD, Site, Visitor
from tests.reviews.conftest import WORDS, account, box, hidden, published, send

NOW = 1_700_000_000


def leave(visitor: Visitor, chapter: str, body: str = WORDS, **fields: str) -> str:
    """Post without a log-in; the log-in page's address one is sent to."""
    answer = visitor.client.post(f"{chapter}/reviews", data={"body": body, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def token_in(location: str) -> str:
    return parse_qs(urlsplit(location).query)["draft"][0]


def keep(site: Site, n: int = 1, *, now: int = NOW, address: str = "198.51.100.1") -> list[str]:
    return [
        drafts.keep(site.db, 1, body=f"Words {each}", visibility="public", address=address, now=now)
        for each in range(n)
    ]


@pytest.fixture
def ben(site: Site, reader: Visitor, chapter: str) -> object:
    return account(site.db, "Ben")


@pytest.fixture
def sid(site: Site, stranger: Visitor) -> object:
    return account(site.db, "Sid")


def test_words_typed_logged_out_come_back_after_the_log_in(site: Site, chapter: str) -> None:
    site.join("Ben").post("/logout")
    visitor = site.visitor()
    assert "log in (or register) to review" in visitor.get(chapter).text
    location = leave(visitor, chapter, visibility="author", csrf_token="any")
    assert urlsplit(location).path == "/login"
    assert site.db.value("SELECT COUNT(*) FROM review") == 0
    page = visitor.get(location).text
    answer = visitor.client.post(
        location,
        data={
            "csrf_token": hidden(page, "csrf_token"),
            "next": hidden(page, "next"),
            "draft": hidden(page, "draft"),
            "username": "Ben",
            "password": PASSWORD,
        },
    )
    assert answer.status_code == 303
    claimed = visitor.get(answer.headers["Location"])
    assert claimed.status_code == 303
    assert claimed.headers["Location"] == f"{chapter}#review"
    page = visitor.get(chapter).text
    assert box(page) == WORDS
    assert "Your words are here. Press Post." in page
    assert 'value="author" checked' in page
    assert site.db.value("SELECT COUNT(*) FROM review") == 0, "never published by itself"
    visitor.name = "Ben"
    send(visitor, chapter, box(page), visibility="author")
    assert site.db.value("SELECT COUNT(*) FROM draft") == 0
    assert box(visitor.get(chapter).text) == ""


def enter(visitor: Visitor, form: str, **fields: str) -> TestResponse:
    """Send the log-in, registration or recovery form as ``Ben``, with these fields besides."""
    data = {"username": "Ben", "password": PASSWORD, "password2": PASSWORD, **fields}
    answer = visitor.post(form, data)
    assert answer.status_code == 303, answer.text
    visitor.name = "Ben"
    return answer


# The code of the next page is never fetched: whoever closes it has their words in the box all the same.
@pytest.mark.parametrize("form", ["/login", "/register", "/recover"])
@pytest.mark.parametrize("place", ["{chapter}#review", "{chapter}", "/", "/dashboard", "//elsewhere.example", None])
def test_whoever_gets_in_has_their_words_at_once(site: Site, chapter: str, form: str, place: str | None) -> None:
    visitor, code = site.visitor(), {}
    if form != "/register":
        site.join("Ben")
    if form == "/recover":
        code = {"code": recovery.new_code()}
        site.db.change("UPDATE account SET recovery_hash = :hash", hash=recovery.hashed(code["code"]))
    going = {} if place is None else {"next": place.format(chapter=chapter)}
    enter(visitor, form, draft=token_in(leave(visitor, chapter)), **going, **code)
    assert box(visitor.get(chapter).text) == WORDS
    assert site.db.value("SELECT COUNT(*) FROM review") == 0, "never published by itself"


def test_the_token_in_the_address_of_the_form_will_do(site: Site, reader: Visitor, chapter: str) -> None:
    visitor = site.visitor()
    enter(visitor, f"/login?draft={token_in(leave(visitor, chapter))}")
    assert box(visitor.get(chapter).text) == WORDS


def test_every_link_between_log_in_and_register_takes_the_words_along(site: Site, chapter: str) -> None:
    """Those of the header, too, which are the first that one sees."""
    location = leave(site.visitor(), chapter)
    for page in (location, location.replace("/login", "/register")):
        links = re.findall(r'href="(/(?:login|register)[^"]*)"', site.visitor().get(page).text)
        assert len(links) >= 3
        assert {token_in(html.unescape(link)) for link in links} == {token_in(location)}


def test_the_page_that_a_log_in_leads_to_claims_nothing_twice(site: Site, reader: Visitor, chapter: str) -> None:
    visitor = site.visitor()
    location = leave(visitor, chapter)
    answer = enter(visitor, "/login", next=f"{chapter}#review", draft=token_in(location))
    for _ in range(2):
        assert visitor.get(answer.headers["Location"]).headers["Location"] == f"{chapter}#review"
        assert box(visitor.get(chapter).text) == WORDS
    send(visitor, chapter)
    assert visitor.get(answer.headers["Location"]).status_code == 303
    assert box(visitor.get(chapter).text) == "", "posted is posted"


def test_a_log_in_that_fails_claims_nothing(site: Site, reader: Visitor, chapter: str) -> None:
    token = token_in(leave(site.visitor(), chapter))
    answer = site.visitor().post("/login", {"username": "Ben", "password": "wrong one", "draft": token})
    assert answer.status_code == 422
    assert hidden(answer.text, "draft") == token
    assert site.db.value("SELECT claimed_by FROM draft") is None


@pytest.mark.parametrize("token", ["nobodys", "%00", "x" * 5000, ""])
def test_a_log_in_with_a_token_that_is_none(site: Site, reader: Visitor, chapter: str, token: str) -> None:
    leave(site.visitor(), chapter)
    visitor = site.visitor()
    enter(visitor, "/login", draft=token)
    assert box(visitor.get(chapter).text) == ""


@pytest.mark.parametrize("what", ["own", "closed", "taken back"])
def test_a_log_in_leaves_words_that_cant_be_posted(
    site: Site, author: Visitor, reader: Visitor, chapter: str, what: str
) -> None:
    token = token_in(leave(site.visitor(), chapter))
    if what == "closed":
        site.db.change("UPDATE work SET review_policy = 'closed'")
    if what == "taken back":
        assert author.post(f"{chapter}/publish", {"publish": "0"}).status_code == 303
    enter(site.visitor(), "/login", username="Mara" if what == "own" else "Ben", draft=token)
    assert site.db.value("SELECT COUNT(*) FROM draft WHERE claimed_by IS NULL") == 1


def test_a_log_in_stands_when_the_draft_cant_be_written(
    site: Site, reader: Visitor, chapter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    visitor = site.visitor()
    location = leave(visitor, chapter)
    with monkeypatch.context() as patched:
        patched.setattr(submitting, "take_up", busy)
        answer = enter(visitor, "/login", next=f"{chapter}#review", draft=token_in(location))
    visitor.get(answer.headers["Location"])
    assert box(visitor.get(chapter).text) == WORDS


def test_a_session_that_ended_while_typing_loses_nothing(site: Site, reader: Visitor, chapter: str) -> None:
    token = reader.token()
    site.db.change("DELETE FROM login_session")
    answer = reader.client.post(f"{chapter}/reviews", data={"body": WORDS, "csrf_token": token})
    assert answer.status_code == 303
    assert "/login?" in answer.headers["Location"]
    assert site.db.value("SELECT body FROM draft") == WORDS


@pytest.mark.parametrize("body", ["", " \u200b ", "x" * 10_001], ids=["empty", "invisible", "long"])
def test_a_body_that_cannot_be_taken_is_said_before_the_log_in(
    site: Site, nobody: Visitor, chapter: str, body: str
) -> None:
    answer = nobody.client.post(f"{chapter}/reviews", data={"body": body})
    assert answer.status_code == 422
    assert box(answer.text).strip() == body.strip()
    assert "log in (or register) to review" in answer.text
    assert site.db.value("SELECT COUNT(*) FROM draft") == 0


def test_a_closed_work_keeps_no_drafts(site: Site, author: Visitor, nobody: Visitor) -> None:
    chapter = published(author, policy="closed")
    answer = nobody.client.post(f"{chapter}/reviews", data={"body": WORDS})
    assert answer.status_code == 403
    assert WORDS in answer.text
    assert site.db.value("SELECT COUNT(*) FROM draft") == 0


def test_a_draft_is_claimed_once(site: Site, ben: drafts.Person, sid: drafts.Person) -> None:
    (token,) = keep(site)
    assert drafts.claim(site.db, ben, token, NOW)
    assert not drafts.claim(site.db, ben, token, NOW)
    assert not drafts.claim(site.db, sid, token, NOW)
    assert drafts.waiting(site.db, sid, 1, NOW) is None


def test_a_used_token_gives_another_person_nothing(reader: Visitor, stranger: Visitor, chapter: str) -> None:
    location = leave(Visitor(stranger.client.application.test_client()), chapter)
    for visitor, expected in ((reader, WORDS), (stranger, "")):
        answer = visitor.get(f"{chapter}?draft={token_in(location)}")
        assert answer.status_code == 303
        assert box(visitor.get(chapter).text) == expected


@pytest.mark.parametrize("token", ["x", "", "%00", "é" * 500])
def test_a_token_that_is_none_is_ignored(reader: Visitor, chapter: str, token: str) -> None:
    assert reader.get(f"{chapter}?draft={token}").status_code in (200, 303)
    assert box(reader.get(chapter).text) == ""


def test_the_author_of_the_chapter_claims_nothing(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    token = token_in(leave(site.visitor(), chapter))
    assert author.get(f"{chapter}?draft={token}").status_code == 303
    reader.get(f"{chapter}?draft={token}")
    assert box(reader.get(chapter).text) == WORDS, "it was still there for someone who can post it"


def test_a_token_only_fills_the_box_it_was_typed_into(site: Site, author: Visitor, reader: Visitor) -> None:
    first, second = published(author), published(author)
    token = token_in(leave(site.visitor(), first))
    reader.get(f"{second}?draft={token}")
    assert box(reader.get(second).text) == ""
    reader.get(f"{first}?draft={token}")
    assert box(reader.get(first).text) == WORDS


def test_the_token_means_nothing_without_a_log_in(site: Site, nobody: Visitor, chapter: str) -> None:
    token = token_in(leave(site.visitor(), chapter))
    assert WORDS not in nobody.get(f"{chapter}?draft={token}").text
    assert site.db.value("SELECT claimed_by FROM draft") is None


def test_the_token_itself_is_not_stored(site: Site, chapter: str) -> None:
    (token,) = keep(site)
    assert token not in str([tuple(row) for row in site.db.rows("SELECT * FROM draft")])


def test_words_can_be_thrown_away(site: Site, reader: Visitor, stranger: Visitor, chapter: str) -> None:
    reader.get(f"{chapter}?draft={token_in(leave(site.visitor(), chapter))}")
    assert stranger.post(f"{chapter}/draft/discard").status_code == 303
    assert box(reader.get(chapter).text) == WORDS
    assert reader.post(f"{chapter}/draft/discard").status_code == 303
    assert box(reader.get(chapter).text) == ""


@pytest.mark.parametrize(("days", "kept"), [(6, True), (8, False)])
def test_a_draft_is_kept_for_seven_days(site: Site, ben: drafts.Person, days: int, kept: bool) -> None:
    unclaimed, claimed = keep(site, 2)
    drafts.claim(site.db, ben, claimed, NOW)
    later = NOW + days * drafts.DAY
    assert drafts.claim(site.db, ben, unclaimed, later) is kept
    assert (drafts.waiting(site.db, ben, 1, later) is not None) is kept


def test_old_drafts_are_cleared_away(site: Site, chapter: str) -> None:
    keep(site, 3)
    drafts.clear(site.db, NOW + drafts.KEPT)
    assert site.db.value("SELECT COUNT(*) FROM draft") == 3
    drafts.clear(site.db, NOW + drafts.KEPT + 1)
    assert site.db.value("SELECT COUNT(*) FROM draft") == 0


def test_keeping_one_clears_old_ones_too(site: Site, chapter: str) -> None:
    keep(site, 3)
    keep(site, now=NOW + drafts.KEPT + 1)
    assert site.db.value("SELECT COUNT(*) FROM draft") == 1


def test_so_many_wait_for_one_address(site: Site, chapter: str) -> None:
    keep(site)
    keep(site, drafts.PER_ADDRESS - 1, now=NOW + 600)
    with pytest.raises(TooMany) as stopped:
        keep(site, now=NOW + 700)
    assert stopped.value.retry_after == drafts.DAY - 700
    keep(site, address="203.0.113.9", now=NOW + 700)
    keep(site, now=NOW + 700 + stopped.value.retry_after)


def test_what_was_claimed_leaves_room_for_others(site: Site, ben: drafts.Person) -> None:
    for token in keep(site, drafts.PER_ADDRESS):
        drafts.claim(site.db, ben, token, NOW)
    keep(site, drafts.PER_ADDRESS)


def test_an_account_keeps_the_latest_of_what_it_claimed(
    site: Site, ben: drafts.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "PER_ACCOUNT", 2)
    waits = keep(site)
    for token in keep(site, 3):
        drafts.claim(site.db, ben, token, NOW)
    kept = [row["body"] for row in site.db.rows("SELECT body FROM draft WHERE claimed_by IS NOT NULL ORDER BY id")]
    assert kept == ["Words 1", "Words 2"]
    assert drafts.claim(site.db, ben, waits[0], NOW), "what waits is no matter of the account's"


def test_one_ipv6_customer_is_one_address(site: Site, chapter: str) -> None:
    keep(site, drafts.PER_ADDRESS, address="2001:db8::1")
    with pytest.raises(TooMany):
        keep(site, address="2001:db8::2")
    keep(site, address="2001:db8:0:1::1")


def test_where_too_many_wait_the_oldest_give_way(
    site: Site, ben: drafts.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "IN_ALL", 3)
    tokens = [*keep(site, address="198.51.100.0"), *keep(site, 4, address="198.51.100.1")]
    assert site.db.value("SELECT COUNT(*) FROM draft") == 3
    assert [drafts.claim(site.db, ben, token, NOW) for token in tokens] == [False, False, True, True, True]
    keep(site, 3, address="198.51.100.2")
    assert site.db.value("SELECT COUNT(*) FROM draft") == 6, "what was claimed gives no way"


def test_one_address_cant_push_the_others_out() -> None:
    days = drafts.KEPT // drafts.DAY
    assert drafts.PER_ADDRESS * (days + 1) < drafts.IN_ALL / 5


@pytest.mark.parametrize(
    "question",
    [
        "SELECT COUNT(*) FROM draft WHERE claimed_by IS NULL",
        "SELECT id FROM draft WHERE claimed_by IS NULL ORDER BY id LIMIT 1",
        "SELECT MIN(created_at) FROM draft WHERE address = 'a' AND created_at > 5 AND claimed_by IS NULL",
    ],
)
def test_counting_what_waits_reads_no_texts(site: Site, question: str) -> None:
    (step,) = [row["detail"] for row in site.db.rows(f"EXPLAIN QUERY PLAN {question}")]
    assert "USING COVERING INDEX draft_waiting" in step


def test_past_the_cap_the_words_stay_in_the_box(site: Site, nobody: Visitor, chapter: str) -> None:
    for n in range(drafts.PER_ADDRESS):
        leave(nobody, chapter, f"{WORDS} {n}")
    answer = nobody.client.post(f"{chapter}/reviews", data={"body": WORDS})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert box(answer.text) == WORDS
