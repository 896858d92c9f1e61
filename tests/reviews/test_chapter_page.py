"""The chapter page: its order, its box, its letters page by page, and what it costs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from feedback import edge
from tests.conftest import Site, Visitor
from tests.reviews.conftest import number, published, send


@contextmanager
def statements(site: Site) -> Iterator[list[str]]:
    """The statements the app runs meanwhile, from this thread."""
    seen: list[str] = []
    with site.app.app_context():
        connection = edge.get_db().conn
    connection.set_trace_callback(lambda sql: seen.append(" ".join(sql.split())))
    yield seen
    connection.set_trace_callback(None)


def order(page: str, *marks: str) -> bool:
    """Whether the marks stand in the page in this order."""
    return re.search(".*".join(map(re.escape, marks)), page, re.DOTALL) is not None


def test_the_page_is_in_its_order(author: Visitor, reader: Visitor, nobody: Visitor) -> None:
    chapter = published(author)
    author.post(f"{chapter}/edit", {"title": "The Ford", "body": "The mules.", "notes_after": "More on Sunday."})
    author.post("/works/1/chapters/new", {"title": "The Rain", "body": "It rained.", "publish": "1"})
    send(reader, chapter, "An old letter.")
    send(reader, chapter, "A new letter.")
    for visitor in (nobody, reader):
        page = visitor.get(chapter).text
        assert order(
            page,
            "<h1>",
            "The mules.",
            "More on Sunday.",
            "Tell Mara what you thought",
            "One line is plenty",
            "Everyone",
            "Only Mara",
            "</form>",
            "Next: 2. The Rain",
            "2 reviews",
            "A new letter.",
            "An old letter.",
        )


def test_the_box_invites_in_the_authors_words(author: Visitor, nobody: Visitor, chapter: str) -> None:
    author.post(
        "/works/1/edit",
        {"title": "T", "wishes": "corrections_private", "wishes_note": "The fragments are *on purpose*."},
    )
    page = nobody.get(chapter).text
    box = page[page.index('id="review"') : page.index("</section>", page.index('id="review"'))]
    assert "Mara would love" in box
    assert "just to Mara" in box
    assert "The fragments are <em>on purpose</em>." in box
    assert "<table" not in box


def test_the_button_says_what_it_does(reader: Visitor, nobody: Visitor, chapter: str) -> None:
    assert re.search(r"<button[^>]*>Post</button>", reader.get(chapter).text)
    assert re.search(r"<button[^>]*>log in \(or register\) to review</button>", nobody.get(chapter).text)


def test_every_form_has_a_key_of_its_own(reader: Visitor, chapter: str) -> None:
    keys = {re.search(r'name="submission_key" value="(.+?)"', reader.get(chapter).text)[1] for _ in "ab"}
    assert len(keys) == 2


def test_walking_all_pages_finds_every_letter_once_newest_first(
    site: Site, reader: Visitor, nobody: Visitor, chapter: str
) -> None:
    made = [number(send(reader, chapter, f"Letter {n}.")) for n in range(53)]
    found: list[int] = []
    address = chapter
    for _ in range(3):
        page = nobody.get(address).text
        found += map(int, re.findall(r'class="letter" id="review-(\d+)"', page))
        send(reader, chapter, "One that came meanwhile.")
        older = re.search(r'href="([^"]+)" rel="next">Older', page)
        address = older[1] if older else ""
    assert found == made[::-1]
    assert address == ""


def test_before_the_first_there_are_none(reader: Visitor, nobody: Visitor, chapter: str) -> None:
    review = send(reader, chapter)
    page = nobody.get(f"{chapter}?before={number(review)}").text
    assert "There are no older reviews." in page
    assert "Newest reviews" in page


@pytest.mark.parametrize(
    "query", ["before=", "before=x", "before=-1", "before=1&before=2", f"before={2**63}", "before=٣", "before=1e3"]
)
@pytest.mark.parametrize("logged_in", [True, False])
def test_a_cursor_that_makes_no_sense_is_named(
    reader: Visitor, nobody: Visitor, chapter: str, query: str, logged_in: bool
) -> None:
    answer = (reader if logged_in else nobody).get(f"{chapter}?{query}")
    assert answer.status_code == 400
    assert "“before”" in answer.text


def test_a_draft_is_its_authors_alone(author: Visitor, reader: Visitor, nobody: Visitor, work: str) -> None:
    draft = author.post(f"{work}/chapters/new", {"title": "Draft", "body": "Unfinished."}).headers["Location"]
    assert "Unfinished." in author.get(draft).text
    for visitor in (reader, nobody):
        assert visitor.get(draft).status_code == 404
        assert "Unfinished." not in visitor.get(draft).text


@pytest.mark.parametrize("address", ["/works/1/chapters/9", "/works/9/chapters/1", f"/works/{2**70}/chapters/1"])
def test_a_chapter_that_is_none_is_not_found(reader: Visitor, nobody: Visitor, chapter: str, address: str) -> None:
    assert reader.get(address).status_code == 404
    assert nobody.get(address).status_code == 404


def test_what_a_page_costs_does_not_grow_with_its_letters(
    site: Site, reader: Visitor, stranger: Visitor, author: Visitor, chapter: str
) -> None:
    def cost(visitor: Visitor, address: str) -> list[int]:
        """Statements when the public parts are made anew, and when they are kept."""
        counts = []
        visitor.get(address)
        for stale in (True, False):
            if stale:
                site.db.change("UPDATE chapter SET page_version = page_version + 1")
            with statements(site) as seen:
                assert visitor.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    pages = [(visitor, chapter) for visitor in (site.visitor(), stranger, reader, author)]
    pages += [(reader, "/account/reviews")]
    send(reader, chapter)
    send(reader, chapter, visibility="author")
    few = [cost(*page) for page in pages]
    for n in range(30):
        review = send(reader, chapter, f"Letter {n}.", visibility="author" if n % 2 else "public")
        author.post(f"{review}/reply", {"body": "Thanks."})
    reader.get("/account/reviews")
    many = [cost(*page) for page in pages]
    assert few == many
    assert few[0][1] == 1, "a kept page costs one look at its versions"
    assert max(map(max, few)) <= 12
