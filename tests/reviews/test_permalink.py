"""Who reads what: the permalink and the chapter, in every state, for everyone of the cast. Nothing leaks."""

import re
from html import unescape

import pytest

from tests.conftest import Site, Visitor
from tests.reviews.conftest import WORDS, number, published, put_into, send

SECRET = "quagmire"


def main(page: str) -> str:
    """A page without its header."""
    return page.split("<main")[1]


# What the review is -> who finds its words on its own page; the others get the page for what does not exist.
#               nobody stranger reader author moderator
READS = {
    "published": (True, True, True, True, True),
    "private": (False, False, True, True, False),
    "held": (False, False, True, True, True),
    "hidden": (False, False, True, True, False),
    "withdrawn": (False, False, True, False, False),
    "removed": (False, False, True, False, True),
}


@pytest.mark.parametrize("kind", READS)
def test_who_reads_a_review(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor, kind: str
) -> None:
    chapter, review = put_into(kind, site, author, reader, moderator, body=f"A {SECRET} of mules.")
    for visitor, reads in zip((nobody, stranger, reader, author, moderator), READS[kind], strict=True):
        missing = [visitor.get("/reviews/9999") for _ in range(2)][1]
        answer = visitor.get(review)
        assert answer.status_code == (200 if reads else 404), visitor.name
        assert (SECRET in answer.text) is reads
        assert reads or main(answer.text) == main(missing.text)
    for visitor in (nobody, stranger, moderator):
        assert (SECRET in visitor.get(chapter).text) is (kind == "published")
        for address in (f"{chapter}?before=1", chapter.split("/chapters")[0], "/"):
            assert SECRET not in visitor.get(address).text, address


@pytest.mark.parametrize("kind", ["private", "held", "hidden", "withdrawn", "removed"])
def test_what_is_not_public_is_not_counted(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, nobody: Visitor, kind: str
) -> None:
    chapter, _ = put_into(kind, site, author, reader, moderator)
    assert "Be the first to tell Mara." in nobody.get(chapter).text
    assert "1 review" not in nobody.get(chapter).text
    assert "1 review" not in nobody.get(chapter.split("/chapters")[0]).text


def test_a_review_of_a_chapter_taken_back_is_public_no_more(
    author: Visitor, reader: Visitor, stranger: Visitor, nobody: Visitor, site: Site
) -> None:
    chapter = published(author)
    review = send(reader, chapter)
    site.db.change("UPDATE chapter SET state = 'draft'")
    assert nobody.get(review).status_code == 404
    assert stranger.get(review).status_code == 404
    assert reader.get(review).status_code == 200
    assert author.get(review).status_code == 200


def test_the_writer_of_a_removed_review_reads_the_reason_its_reporters_stay_unnamed(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor
) -> None:
    _, review = put_into("removed", site, author, reader, moderator)
    page = reader.get(review).text
    assert "Kindly be kind." in page
    assert "Nora" not in page
    assert "report" not in page.lower()


def read_section(page: str) -> str:
    """The part of a review's page that tells how it was read, "" if there is none."""
    found = re.search(r'<details class="how-read".*?</details>', page, re.DOTALL)
    return found[0] if found else ""


#               nobody stranger reader author moderator
SEES_KINDS = {
    "published": (0, 0, 1, 1, 0),
    "private": (0, 0, 1, 1, 0),
    "held": (0, 0, 1, 1, 1),
    "hidden": (0, 0, 1, 1, 0),
    "withdrawn": (0, 0, 1, 0, 0),
    "removed": (0, 0, 1, 0, 1),
}


@pytest.mark.parametrize("kind", SEES_KINDS)
def test_who_sees_how_a_review_was_read(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor, kind: str
) -> None:
    chapter, review = put_into(kind, site, author, reader, moderator)
    for visitor, sees in zip((nobody, stranger, reader, author, moderator), SEES_KINDS[kind], strict=True):
        page = visitor.get(review).text
        assert ("Reactions" in read_section(page)) is bool(sees), visitor.name
        assert "Reactions" not in page.replace(read_section(page), "")
        assert "Reactions" not in visitor.get(chapter).text
        assert ("<form" in read_section(page)) is (visitor is reader and kind not in ("withdrawn", "removed"))


def test_a_report_makes_it_the_moderators_too(
    author: Visitor, reader: Visitor, stranger: Visitor, moderator: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    assert not read_section(moderator.get(review).text)
    stranger.post(f"{review}/report", {"reason": "other"})
    assert WORDS in unescape(read_section(moderator.get(review).text))
    assert not read_section(stranger.get(review).text), "whoever reports it is none of the three"


def test_the_author_is_led_from_it_to_their_desk(author: Visitor, reader: Visitor, chapter: str) -> None:
    section = read_section(author.get(send(reader, chapter)).text)
    (desk,) = re.findall(r'href="([^"]*)"', section)
    assert unescape(desk) == "/dashboard?reviewer=Ben&work=1"
    assert WORDS in unescape(re.sub("<[^>]*>", "", author.get(unescape(desk)).text))


def test_whoever_filed_it_is_named(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    for who, mine, theirs in (
        ("auto", "", "Reactions."),
        ("writer", "", "Reactions, as Ben said."),
        ("author", "Reactions, as Mara filed it.", "Reactions, as you filed it."),
    ):
        site.db.change("UPDATE remark SET sorted_by = :who, kind = 'reaction'", who=who)
        assert theirs in read_section(author.get(review).text)
        assert mine in read_section(reader.get(review).text)


def test_an_author_meets_no_attack_in_it(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    site.db.change("UPDATE remark SET kind = 'hostile', stance = 'neutral'")
    section = read_section(author.get(review).text)
    assert "Set aside." in section
    assert WORDS not in unescape(section)
    assert WORDS in unescape(read_section(reader.get(review).text))


@pytest.mark.parametrize("address", ["0", str(2**63), "9" * 40])
def test_an_id_that_is_none_is_not_found(nobody: Visitor, address: str) -> None:
    assert nobody.get(f"/reviews/{address}").status_code == 404


def test_the_writer_and_the_author_find_what_they_can_do(author: Visitor, reader: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    mine, theirs = reader.get(review).text, author.get(review).text
    assert f"{review}/edit" in mine
    assert f"{review}/withdraw" in mine
    assert f"{review}/report" not in mine
    assert f"{review}/hide" in theirs
    assert f"{review}/reply" in theirs
    assert f"{review}/edit" not in theirs


def test_withdrawing_takes_the_words_off_the_authors_desk(
    site: Site, author: Visitor, reader: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE on_desk = 1") > 0
    answer = reader.post(f"{review}/withdraw")
    assert answer.headers["Location"] == review
    assert "You have withdrawn this review" in reader.get(review).text
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE on_desk = 1") == 0
    assert site.db.value("SELECT public_reviews FROM chapter") == 0
    assert number(review) == site.db.value("SELECT id FROM review WHERE state = 'withdrawn'")


def test_a_chapter_taken_back_to_draft_keeps_its_new_title_to_itself(
    site: Site, author: Visitor, reader: Visitor, moderator: Visitor, stranger: Visitor, chapter: str
) -> None:
    review = send(reader, chapter)
    stranger.post(f"{review}/report", {"reason": "attack"})
    work = chapter.rsplit("/chapters", 1)[0]
    author.post(f"{chapter}/edit", {"title": f"The {SECRET}", "body": "Ilse dies.", "publish": "0"})
    author.post(f"{work}/edit", {"title": f"The {SECRET} Road", "summary": ""})
    pages = [(reader, review), (reader, f"{review}/edit"), (reader, "/account/reviews")]
    for visitor, path in [*pages, (moderator, review), (moderator, f"{review}/report"), (moderator, "/moderation")]:
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.text, path
        assert "not published at present" in answer.text, path
    assert f"The {SECRET}" in author.get(review).text
