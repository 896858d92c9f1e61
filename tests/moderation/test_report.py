"""Reporting a review: who may, once, how often, and that it is not told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from markupsafe import escape

from tests.conftest import Site, Visitor, make_site
from tests.moderation.conftest import WORDS, report, send


@pytest.fixture
def site_with(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """A function that makes a site with some settings: ``site_with(FEEDBACK_...="...")``."""
    made = []

    def make(**environ: str) -> Site:
        made.append(make_site(tmp_path / str(len(made)), **environ))
        return made[-1]

    yield make
    for site in made:
        site.app.extensions["feedback"]["pool"].close()
        site.db.close()


def count(site: Site) -> int:
    found: int = site.db.value("SELECT COUNT(*) FROM report")
    return found


def test_a_report_reaches_the_moderators(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    form = stranger.get(f"{review}/report")
    assert WORDS in form.text
    assert form.headers["Cache-Control"] == "no-store"
    answer = stranger.post(f"{review}/report", {"reason": "attack", "note": "Third one this week."})
    assert (answer.status_code, answer.headers["Location"]) == (303, review)
    assert "A moderator will look at it" in stranger.get(review).text
    queue = moderator.get("/moderation").text
    for words in (WORDS, "Third one this week.", "It attacks a person", "Sid", "Ben"):
        assert words in queue


def test_nobody_but_moderators_learns_of_a_report(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, nobody: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    report(site, stranger, review, note="Quagmire.")
    for visitor in (reader, author, nobody):
        for address in (review, chapter):
            assert "Quagmire." not in visitor.get(address).text
    assert stranger.get("/moderation").status_code == 404
    assert author.get("/moderation").status_code == 404


def test_one_open_report_a_reader_and_review(
    site: Site, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    first = report(site, stranger, review)
    assert stranger.post(f"{review}/report", {"reason": "spam"}).status_code == 303
    assert "reported this already" in stranger.get(review).text
    assert count(site) == 1
    moderator.post(f"/moderation/{first}", {"action": "keep"})
    report(site, stranger, review)
    assert count(site) == 2, "after a decision it can be reported anew"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"reason": ""},
        {"reason": " \u200b "},
        {"reason": "x" * 1_001},
        {"reason": "other", "note": "x" * 1_001},
        {"reason": "It is my own text", "note": "x" * 1_001},
    ],
    ids=["nothing", "empty", "invisible", "long", "long note", "long note to words"],
)
def test_a_report_that_cannot_be_taken_stays_in_its_form(
    site: Site, reader: Visitor, stranger: Visitor, chapter: str, fields: dict[str, str]
) -> None:
    answer = stranger.post(f"{send(reader, chapter)}/report", fields)
    assert answer.status_code == 422
    assert all(value in answer.text for value in fields.values())
    assert 'class="error"' in answer.text
    assert count(site) == 0


@pytest.mark.parametrize(
    ("reason", "note", "stored"),
    [
        ("spam", "Twice.", ("spam", "Twice.")),
        (" spoiler ", "", ("spoiler", "")),
        ("harassment", "", ("other", "harassment")),
        ("They copied this from me.", "", ("other", "They copied this from me.")),
        ("Off topic\r\nand rude", "See above.", ("other", "Off topic\nand rude\n\nSee above.")),
        ("=cmd\x00()\u202e", "", ("other", "=cmd()")),
        ("<script>alert(1)</script>", "", ("other", "<script>alert(1)</script>")),
        ("x" * 1_000, "y" * 1_000, ("other", "x" * 1_000 + "\n\n" + "y" * 1_000)),
    ],
    ids=["key", "spaces", "word", "sentence", "lines", "controls", "markup", "longest"],
)
def test_a_reason_in_other_words_is_kept_with_the_note(
    site: Site,
    reader: Visitor,
    stranger: Visitor,
    moderator: Visitor,
    chapter: str,
    reason: str,
    note: str,
    stored: tuple[str, str],
) -> None:
    answer = stranger.post(f"{send(reader, chapter)}/report", {"reason": reason, "note": note})
    assert answer.status_code == 303, answer.text
    row = site.db.row("SELECT reason, note FROM report")
    assert row
    assert tuple(row) == stored
    assert str(escape(stored[1])) in moderator.get("/moderation").text


def test_a_limit_of_reports_a_day(site_with: Callable[..., Site]) -> None:
    site = site_with(FEEDBACK_REPORTS_PER_DAY="2")
    author, reader, stranger = site.join("Mara"), site.join("Ben"), site.join("Sid")
    work = author.post("/works/new", {"title": "T"}).headers["Location"]
    chapter = author.post(f"{work}/chapters/new", {"title": "C", "body": "Text.", "publish": "1"}).headers["Location"]
    reviews = [send(reader, chapter, f"{WORDS} {n}") for n in range(3)]
    for review in reviews[:2]:
        report(site, stranger, review)
    answer = stranger.post(f"{reviews[2]}/report", {"reason": "spam", "note": "My note."})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 24 * 3600
    assert "My note." in answer.text
    own = {"reason": "They copied this from me."}
    assert own["reason"] in stranger.post(f"{reviews[2]}/report", own).text
    assert stranger.post(f"{reviews[0]}/report", {"reason": "spam"}).status_code == 303, "reported before"
    assert count(site) == 2
    site.db.change("UPDATE report SET created_at = created_at - 86401")
    report(site, stranger, reviews[2])


# (what the review is) -> who gets which status when they report it.
#            nobody stranger reader author moderator
WHO = {
    "public": (303, 303, 403, 303, 303),
    "private": (303, 404, 403, 303, 404),
    "hidden": (303, 404, 403, 303, 404),
    "withdrawn": (303, 404, 403, 404, 404),
}


@pytest.mark.parametrize("kind", WHO)
def test_who_may_report(
    site: Site,
    author: Visitor,
    reader: Visitor,
    stranger: Visitor,
    moderator: Visitor,
    nobody: Visitor,
    chapter: str,
    kind: str,
) -> None:
    review = send(reader, chapter, visibility="author" if kind == "private" else "public")
    if kind == "hidden":
        author.post(f"{review}/hide")
    if kind == "withdrawn":
        reader.post(f"{review}/withdraw")
    cast = (nobody, stranger, reader, author, moderator)
    # The author's report makes it the moderators' case: they come first.
    for visitor, status in sorted(zip(cast, WHO[kind], strict=True), key=lambda each: each[0] is author):
        answer = visitor.post(f"{review}/report", {"reason": "attack"})
        assert answer.status_code == status, visitor.name
        assert (answer.headers.get("Location", "").startswith("/login")) is (visitor is nobody)
        assert visitor.get(f"{review}/report").status_code in (status, 200 if status == 303 else status)


def test_a_report_makes_a_private_review_the_moderators_case(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, chapter: str
) -> None:
    review = send(reader, chapter, visibility="author")
    assert moderator.get(review).status_code == 404
    report(site, author, review)
    assert WORDS in moderator.get(review).text
    assert WORDS in moderator.get("/moderation").text


def test_a_report_needs_its_token(site: Site, reader: Visitor, stranger: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    assert stranger.post(f"{review}/report", {"reason": "spam"}, token="stale").status_code == 400
    assert stranger.get("/reviews/99/report").status_code == 404
    assert stranger.get(f"/reviews/{2**70}/report").status_code == 404
    assert count(site) == 0
