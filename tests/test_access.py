"""Who may do what: the policy as truth tables, and every endpoint tried as everybody.

The site for the second: Mara's work has a published chapter and a draft; Ben has reviewed the chapter; Sid has
reported that review, so Nora has a case; Ben's second review is for Mara alone, who has filed a part of it elsewhere.
"""

import itertools
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from feedback import access
from feedback.access import ENDPOINTS, ReviewFacts, Who
from feedback.accounts import people
from feedback.edge import now
from feedback.reviews import queue, sorters
from tests.conftest import PASSWORD, Site, Visitor, close_site, make_site


@dataclass(frozen=True)
class Person:
    """Somebody, as the policy sees them."""

    id: int
    role: str = "reader"


MARA, BEN, SID, NORA, ADA = Person(1), Person(2), Person(3), Person(4, "moderator"), Person(5, "admin")
NOBODY = None
PEOPLE = {"nobody": NOBODY, "stranger": SID, "reader": BEN, "author": MARA, "moderator": NORA, "admin": ADA}
PUBLIC = ReviewFacts("published", "public", reader_id=BEN.id, author_id=MARA.id)


def _who(allowed: str) -> set[str]:
    return set(allowed.split())


# state, visibility, is there a case -> who may read it
READS = {
    ("published", "public", False): "nobody stranger reader author moderator admin",
    ("published", "author", False): "reader author",
    ("published", "author", True): "reader author moderator admin",
    ("held", "public", False): "reader author",
    ("held", "public", True): "reader author moderator admin",
    ("hidden", "public", False): "reader author",
    ("hidden", "public", True): "reader author moderator admin",
    ("withdrawn", "public", False): "reader",
    ("withdrawn", "public", True): "reader",
    ("removed", "public", False): "reader",
    ("removed", "public", True): "reader moderator admin",
}


@pytest.mark.parametrize(("state", "visibility", "has_case"), READS)
def test_who_reads_a_review(state: str, visibility: str, has_case: bool) -> None:
    review = replace(PUBLIC, state=state, visibility=visibility, has_case=has_case)
    allowed = {name for name, person in PEOPLE.items() if access.may_read_review(person, review)}
    assert allowed == _who(READS[state, visibility, has_case])


def test_a_review_of_a_chapter_taken_back_to_draft_is_no_longer_public() -> None:
    review = replace(PUBLIC, chapter_state="draft")
    assert {name for name, person in PEOPLE.items() if access.may_read_review(person, review)} == {"reader", "author"}


ALL_FACTS = [
    ReviewFacts(state, visibility, BEN.id, MARA.id, chapter_state, has_case)
    for state, visibility, chapter_state, has_case in itertools.product(
        ("published", "held", "hidden", "withdrawn", "removed"),
        ("public", "author"),
        ("published", "draft"),
        (False, True),
    )
]


@pytest.mark.parametrize("review", ALL_FACTS, ids=lambda facts: f"{facts.state}-{facts.visibility}-{facts.has_case}")
def test_nothing_can_be_done_to_a_review_by_who_cant_read_it(review: ReviewFacts) -> None:
    for person in PEOPLE.values():
        reads = access.may_read_review(person, review)
        assert reads or not access.may_report(person, review)
        assert reads or not access.may_see_kinds(person, review)
        assert reads or not access.may_keep_desk(person, review)
        assert reads or not access.may_edit_review(person, review)
        for visibility in ("public", "author"):
            assert reads or not access.may_read_reply(person, review, visibility)


@pytest.mark.parametrize("review", ALL_FACTS, ids=lambda facts: f"{facts.state}-{facts.visibility}-{facts.has_case}")
def test_kinds_and_private_replies_are_for_the_two_and_a_case(review: ReviewFacts) -> None:
    for name, person in PEOPLE.items():
        concerned = name in ("reader", "author") or (name in ("moderator", "admin") and review.has_case)
        if not concerned:
            assert not access.may_see_kinds(person, review)
            assert not access.may_read_reply(person, review, "author")


@pytest.mark.parametrize(
    ("predicate", "state", "allowed"),
    [
        (access.may_edit_review, "published", "reader"),
        (access.may_edit_review, "held", "reader"),
        (access.may_edit_review, "hidden", "reader"),
        (access.may_edit_review, "withdrawn", ""),
        (access.may_edit_review, "removed", ""),
        (access.may_keep_desk, "published", "author"),
        (access.may_keep_desk, "hidden", "author"),
        (access.may_keep_desk, "withdrawn", ""),
        (access.may_keep_desk, "removed", ""),
        (access.may_report, "published", "stranger author moderator admin"),
        (access.may_report, "hidden", "author"),
        (access.may_report, "withdrawn", ""),
        (access.may_see_kinds, "published", "reader author"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_who_may_do_what_to_a_review(predicate: object, state: str, allowed: str) -> None:
    assert callable(predicate)
    review = replace(PUBLIC, state=state)
    assert {name for name, person in PEOPLE.items() if predicate(person, review)} == _who(allowed)


@pytest.mark.parametrize(
    ("policy", "chapter_state", "allowed"),
    [
        ("open", "published", "stranger reader moderator admin"),
        ("hold_new", "published", "stranger reader moderator admin"),
        ("hold_all", "published", "stranger reader moderator admin"),
        ("closed", "published", ""),
        ("open", "draft", ""),
    ],
)
def test_who_may_review(policy: str, chapter_state: str, allowed: str) -> None:
    may = {
        name
        for name, person in PEOPLE.items()
        if access.may_review(person, author_id=MARA.id, review_policy=policy, chapter_state=chapter_state)
    }
    assert may == _who(allowed)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (Who.ANYONE, "nobody stranger reader author moderator admin"),
        (Who.MEMBER, "stranger reader author moderator admin"),
        (Who.MODERATOR, "moderator admin"),
    ],
)
def test_who_enters(who: Who, allowed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENDPOINTS, "some.page", who)
    assert {name for name, person in PEOPLE.items() if access.may_enter(person, "some.page")} == _who(allowed)


def test_an_endpoint_that_is_not_listed_is_closed_to_everybody() -> None:
    assert not any(access.may_enter(person, "some.page") for person in PEOPLE.values())


def test_drafts_are_their_authors() -> None:
    may = {name for name, person in PEOPLE.items() if access.may_read_chapter(person, author_id=1, state="draft")}
    assert may == {"author"}


# Every endpoint.

CAST = {"author": ("Mara",), "reader": ("Ben",), "stranger": ("Sid",), "moderator": ("Nora", "moderator")}
VISITORS = ("nobody", "stranger", "moderator", "reader", "author")
MEMBERS = ("stranger", "moderator", "reader", "author")
OK, SEE, LOGIN, BAD, NO, GONE, INVALID = 200, 303, "login", 400, 403, 404, 422
Status = int | str


def _all(status: Status, **but: Status) -> dict[str, Status]:
    return dict.fromkeys(VISITORS, status) | but


def _members(status: Status, **but: Status) -> dict[str, Status]:
    """The same for whoever is logged in; the log-in for nobody."""
    return {"nobody": LOGIN} | dict.fromkeys(MEMBERS, status) | but


WORK, CHAPTER, DRAFT = "/works/1", "/works/1/chapters/1", "/works/1/chapters/2"
REVIEW, PRIVATE = "/reviews/1", "/reviews/2"
TEXT = {"title": "The Ford", "body": "The mules crossed."}

# (method, endpoint, what) -> address, form, status by visitor.
TRIED: dict[tuple[str, str, str], tuple[str, dict[str, str], dict[str, Status]]] = {
    ("GET", "static", ""): ("{asset}", {}, _all(OK)),
    ("GET", "healthz", ""): ("/healthz", {}, _all(OK)),
    ("GET", "accounts.register", ""): ("/register", {}, _all(SEE, nobody=OK)),
    ("POST", "accounts.register", ""): ("/register", {"username": "x"}, _all(INVALID)),
    ("GET", "accounts.login", ""): ("/login", {}, _all(SEE, nobody=OK)),
    ("POST", "accounts.login", ""): ("/login", {"username": "Mara", "password": "wrong"}, _all(INVALID)),
    ("GET", "accounts.recover", ""): ("/recover", {}, _all(OK)),
    ("POST", "accounts.recover", ""): ("/recover", {"username": "Mara"}, _all(INVALID)),
    ("GET", "accounts.reset", "no such link"): ("/reset/none", {}, _all(GONE)),
    ("POST", "accounts.reset", "no such link"): ("/reset/none", {"password": PASSWORD}, _all(GONE)),
    ("GET", "accounts.reset", "Mara's link"): ("/reset/{link}", {}, _all(OK)),
    ("POST", "accounts.logout", ""): ("/logout", {}, _members(SEE)),
    ("GET", "accounts.account", ""): ("/account", {}, _members(OK)),
    ("GET", "accounts.recovery_code", ""): ("/account/recovery-code", {}, _members(OK)),
    ("POST", "accounts.recovery_code", ""): ("/account/recovery-code", {"current_password": "x"}, _members(INVALID)),
    ("GET", "accounts.sessions", ""): ("/account/sessions", {}, _members(OK)),
    ("POST", "accounts.revoke_session", "Mara's"): (
        "/account/sessions/revoke",
        {"session": "{session}"},
        _members(GONE, author=SEE),
    ),
    ("GET", "accounts.password", ""): ("/account/password", {}, _members(OK)),
    ("POST", "accounts.password", ""): ("/account/password", {"current_password": "x"}, _members(INVALID)),
    ("GET", "library.home", ""): ("/", {}, _all(OK)),
    ("GET", "library.my_works", ""): ("/works", {}, _members(OK)),
    ("GET", "library.work", ""): (WORK, {}, _all(OK)),
    ("GET", "library.work", "no such"): ("/works/99", {}, _all(GONE)),
    ("GET", "library.new_work", ""): ("/works/new", {}, _members(OK)),
    ("POST", "library.new_work", ""): ("/works/new", {"title": "Rope", "wishes": "all"}, _members(SEE)),
    ("GET", "library.edit_work", ""): (f"{WORK}/edit", {}, _members(NO, author=OK)),
    ("POST", "library.edit_work", ""): (f"{WORK}/edit", {"title": "Sea"}, _members(NO, author=SEE)),
    ("GET", "library.delete_work", ""): (f"{WORK}/delete", {}, _members(NO, author=OK)),
    ("POST", "library.delete_work", ""): (f"{WORK}/delete", {}, _members(NO, author=SEE)),
    ("GET", "library.new_chapter", ""): (f"{WORK}/chapters/new", {}, _members(NO, author=OK)),
    ("POST", "library.new_chapter", ""): (f"{WORK}/chapters/new", TEXT, _members(NO, author=SEE)),
    ("GET", "library.edit_chapter", ""): (f"{CHAPTER}/edit", {}, _members(NO, author=OK)),
    ("POST", "library.edit_chapter", ""): (f"{CHAPTER}/edit", TEXT, _members(NO, author=SEE)),
    ("GET", "library.edit_chapter", "a draft"): (f"{DRAFT}/edit", {}, _members(GONE, author=OK)),
    ("POST", "library.edit_chapter", "a draft"): (f"{DRAFT}/edit", TEXT, _members(GONE, author=SEE)),
    ("GET", "library.delete_chapter", ""): (f"{CHAPTER}/delete", {}, _members(NO, author=OK)),
    ("POST", "library.delete_chapter", ""): (f"{CHAPTER}/delete", {}, _members(NO, author=SEE)),
    ("POST", "library.delete_chapter", "a draft"): (f"{DRAFT}/delete", {}, _members(GONE, author=SEE)),
    ("POST", "library.move_chapter", ""): (f"{CHAPTER}/move", {"to": "2"}, _members(NO, author=SEE)),
    ("POST", "library.publish_chapter", "a draft"): (
        f"{DRAFT}/publish",
        {"publish": "1"},
        _members(GONE, author=SEE),
    ),
    ("GET", "library.chapter_versions", ""): (f"{CHAPTER}/versions", {}, _members(NO, author=OK)),
    ("GET", "library.chapter_versions", "a draft"): (f"{DRAFT}/versions", {}, _members(GONE, author=OK)),
    ("GET", "library.chapter_version", ""): (f"{CHAPTER}/versions/1", {}, _members(NO, author=OK)),
    ("POST", "library.restore_version", ""): (f"{CHAPTER}/versions/1/restore", {}, _members(NO, author=SEE)),
    ("GET", "reviews.chapter", ""): (CHAPTER, {}, _all(OK)),
    ("GET", "reviews.chapter", "a draft"): (DRAFT, {}, _all(GONE, author=OK)),
    ("POST", "reviews.submit", ""): (f"{CHAPTER}/reviews", {"body": "Good!"}, _members(SEE, author=NO)),
    ("POST", "reviews.submit", "on a draft"): (f"{DRAFT}/reviews", {"body": "Good!"}, _all(GONE, author=NO)),
    ("POST", "reviews.discard", ""): (f"{CHAPTER}/draft/discard", {}, _members(SEE)),
    ("GET", "reviews.review", ""): (REVIEW, {}, _all(OK)),
    ("GET", "reviews.review", "for Mara alone"): (PRIVATE, {}, _all(GONE, reader=OK, author=OK)),
    ("GET", "reviews.edit", ""): (f"{REVIEW}/edit", {}, _members(NO, reader=OK)),
    ("GET", "reviews.edit", "for Mara alone"): (f"{PRIVATE}/edit", {}, _members(GONE, reader=OK, author=NO)),
    ("POST", "reviews.edit", ""): (f"{REVIEW}/edit", {"body": "Better!"}, _members(NO, reader=SEE)),
    ("POST", "reviews.withdraw", ""): (f"{REVIEW}/withdraw", {}, _members(NO, reader=SEE)),
    ("POST", "reviews.withdraw", "for Mara alone"): (
        f"{PRIVATE}/withdraw",
        {},
        _members(GONE, reader=SEE, author=NO),
    ),
    ("POST", "reviews.reply", ""): (f"{REVIEW}/reply", {"body": "Thank you!"}, _members(NO, author=SEE)),
    ("POST", "reviews.reply", "for Mara alone"): (
        f"{PRIVATE}/reply",
        {"body": "Thank you!"},
        _members(GONE, reader=NO, author=SEE),
    ),
    ("POST", "reviews.hide", ""): (f"{REVIEW}/hide", {}, _members(NO, author=SEE)),
    ("POST", "reviews.show", "already shown"): (f"{REVIEW}/show", {}, _members(NO, author=409)),
    ("POST", "reviews.release", "not held"): (f"{REVIEW}/release", {}, _members(NO, author=409)),
    ("GET", "reviews.mine", ""): ("/account/reviews", {}, _members(OK)),
    ("POST", "reviews.kinds", ""): (f"{REVIEW}/kinds", {}, _members(NO, reader=SEE)),
    ("GET", "dashboard.desk", ""): ("/dashboard", {}, _members(OK)),
    ("GET", "dashboard.desk", "Mara's work"): ("/dashboard?work=1", {}, _members(GONE, author=OK)),
    ("POST", "dashboard.triage", "of Mara's"): (
        "/dashboard/triage",
        {"remark": "1", "action": "star"},
        _members(GONE, author=SEE),
    ),
    ("POST", "dashboard.undo", "no such"): ("/dashboard/undo", {"token": "none"}, _members(GONE)),
    ("GET", "dashboard.split", "of Mara's"): ("/dashboard/split?remark=1", {}, _members(GONE, author=OK)),
    ("POST", "dashboard.split", "of Mara's"): (
        "/dashboard/split",
        {"remark": "1", "at": "2"},
        _members(GONE, author=SEE),
    ),
    ("POST", "dashboard.join", "of Mara's"): ("/dashboard/join", {"remark": "1"}, _members(GONE, author=SEE)),
    ("GET", "dashboard.taught", ""): ("/dashboard/taught", {}, _members(OK)),
    ("POST", "dashboard.forget", "of Mara's"): ("/dashboard/taught/{taught}/forget", {}, _members(GONE, author=SEE)),
    ("POST", "dashboard.forget", "that nobody filed"): ("/dashboard/taught/1/forget", {}, _members(GONE)),
    ("GET", "dashboard.forget_all", ""): ("/dashboard/taught/forget", {}, _members(OK)),
    ("POST", "dashboard.forget_all", ""): ("/dashboard/taught/forget", {}, _members(SEE)),
    ("GET", "dashboard.export_csv", ""): ("/dashboard/export.csv", {}, _members(OK)),
    ("GET", "dashboard.export_jsonl", ""): ("/dashboard/export.jsonl", {}, _members(OK)),
    ("GET", "moderation.report", ""): (f"{REVIEW}/report", {}, _members(OK, reader=NO)),
    ("GET", "moderation.report", "for Mara alone"): (f"{PRIVATE}/report", {}, _members(GONE, reader=NO, author=OK)),
    ("POST", "moderation.report", ""): (f"{REVIEW}/report", {"reason": "other"}, _members(SEE, reader=NO)),
    ("GET", "moderation.queue", ""): ("/moderation", {}, _members(GONE, moderator=OK)),
    ("POST", "moderation.decide", ""): (
        "/moderation/1",
        {"action": "keep", "reason": "It is fair."},
        _members(GONE, moderator=SEE),
    ),
}


@dataclass(frozen=True)
class Stage:
    """The site that the top of this file describes, as it stands before anybody tries anything."""

    folder: Path
    cookies: dict[str, str]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Set up once; every test has a copy of its own."""
    folder = tmp_path_factory.mktemp("stage")
    site = make_site(folder)
    visitors = {name: site.join(*who) for name, who in CAST.items()}
    author, reader = visitors["author"], visitors["reader"]
    author.post("/works/new", {"title": "The Salt Road", "summary": "Two sisters carry salt.", "wishes": "all"})
    author.post(f"{WORK}/chapters/new", {"title": "The Ford", "body": "The mules would not cross.", "publish": "1"})
    author.post(f"{WORK}/chapters/new", {"title": "Soon", "body": "Not yet."})
    for visibility in ("public", "author"):
        body = "I loved the ford, all of it. The mules were right! Will Ilse go back for them?"
        assert reader.post(f"{CHAPTER}/reviews", {"body": body, "visibility": visibility}).status_code == 303
    assert visitors["stranger"].post(f"{REVIEW}/report", {"reason": "other"}).status_code == 303
    queue.sort_pending(site.db, sorters.sorter(), 10)
    last = site.db.value("SELECT MAX(id) FROM remark")
    assert author.post("/dashboard/triage", {"remark": str(last), "action": "kind:theory"}).status_code == 303
    close_site(site)
    return Stage(folder / "instance", {name: _cookie(visitor) for name, visitor in visitors.items()})


def _cookie(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie("feedback")
    assert cookie
    return cookie.value


@pytest.fixture
def site(stage: Stage, tmp_path: Path) -> Iterator[Site]:
    """A copy of the stage, served."""
    shutil.copytree(stage.folder, tmp_path / "instance")
    made = make_site(tmp_path)
    yield made
    close_site(made)


@pytest.fixture
def cast(stage: Stage, site: Site) -> dict[str, Visitor]:
    """Everybody, logged in as they were."""
    visitors = {"nobody": site.visitor()}
    for name, cookie in stage.cookies.items():
        visitors[name] = Visitor(site.app.test_client(), CAST[name][0])
        visitors[name].client.set_cookie("feedback", cookie)
    return visitors


def test_every_endpoint_is_listed_and_every_listed_one_exists(site: Site) -> None:
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} == ENDPOINTS.keys()


def test_every_endpoint_is_tried_with_every_method(site: Site) -> None:
    there = {
        (method, rule.endpoint)
        for rule in site.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(method, endpoint) for method, endpoint, _ in TRIED} == there


def _fill(site: Site, words: str) -> str:
    """``words`` with what only the running site can know."""
    if "{asset}" in words:
        found = re.search(r'href="(/static/[^"]+\.css)"', site.visitor().get("/").text)
        assert found
        return words.replace("{asset}", found[1])
    if "{link}" in words:
        with site.app.app_context():
            return words.replace("{link}", people.make_reset_link(site.db, "Mara", now()))
    if "{taught}" in words:
        return words.replace("{taught}", str(site.db.value("SELECT id FROM remark WHERE taught_in > 0")))
    sessions = "SELECT id FROM login_session WHERE account_id = :mara"
    return words.replace("{session}", str(site.db.value(sessions, mara=site.account_id("Mara"))))


def _status(answer: TestResponse) -> Status:
    if answer.status_code == SEE and answer.headers["Location"].startswith("/login?"):
        return LOGIN
    if answer.status_code == NO and "You are not logged in any more" in answer.text:
        return LOGIN
    return answer.status_code


@pytest.mark.parametrize("tried", TRIED, ids=lambda tried: " ".join(filter(None, tried)))
def test_every_endpoint_as_everybody(tried: tuple[str, str, str], site: Site, cast: dict[str, Visitor]) -> None:
    address, form, expected = TRIED[tried]
    address, form = _fill(site, address), {name: _fill(site, value) for name, value in form.items()}
    # Who may do it comes last, so that what the others try finds everything still there.
    order = sorted(VISITORS, key=lambda name: (expected[name] in (OK, SEE), VISITORS.index(name)))
    found: dict[str, Status] = {}
    for name in order:
        visitor = cast[name]
        answer = visitor.get(address) if tried[0] == "GET" else visitor.post(address, form)
        found[name] = _status(answer)
        answer.close()
    assert found == expected


@pytest.mark.parametrize(
    "tried", [tried for tried in TRIED if tried[0] == "POST"], ids=lambda tried: " ".join(filter(None, tried))
)
def test_no_form_is_taken_without_its_token(
    tried: tuple[str, str, str], site: Site, cast: dict[str, Visitor]
) -> None:
    """Whoever might do it: a form from another site has no token, and nothing comes of it."""
    address, form, expected = TRIED[tried]
    address, form = _fill(site, address), {name: _fill(site, value) for name, value in form.items()}
    before = _rows(site)
    for name in MEMBERS:
        answer = cast[name].post(address, form, token="forged")
        hidden = expected[name] in (NO, GONE) and answer.status_code == GONE
        assert answer.status_code == BAD or hidden, (name, answer.status_code)
    assert _rows(site) == before


def _rows(site: Site) -> list[tuple[str, int]]:
    tables = (
        "account",
        "login_session",
        "work",
        "chapter",
        "chapter_version",
        "review",
        "reply",
        "report",
        "decision",
    )
    return [(table, site.db.value(f"SELECT COUNT(*) FROM {table}")) for table in tables]
