"""Works: making, changing and deleting them; who may."""

import re

import pytest

from tests.conftest import Site, Visitor

HUGE = (2**63, 10**30)


def form(**fields: str) -> dict[str, str]:
    return {"title": "The Glass Well", "summary": "A well.", "wishes": "all", **fields}


def stored(site: Site, work: str) -> dict[str, object]:
    row = site.db.row("SELECT * FROM work WHERE id = :id", id=int(work.rsplit("/", 1)[1]))
    assert row
    return dict(row)


def test_a_new_work_is_its_authors_alone_until_something_is_published(
    author: Visitor, stranger: Visitor, nobody: Visitor, work: str
) -> None:
    page = author.get(work)
    assert page.status_code == 200
    assert "Only you can see this work" in page.text
    assert stranger.get(work).status_code == 404
    assert nobody.get(work).status_code == 404


def test_a_published_chapter_shows_the_work_to_everybody(nobody: Visitor, work: str, chapter: str) -> None:
    page = nobody.get(work)
    assert page.status_code == 200
    assert "The Salt Road" in page.text
    assert "Two sisters carry salt." in page.text
    assert "Mara would love to hear anything" in page.text
    assert f'href="{chapter}"' in page.text


def test_only_its_author_finds_tools_on_it(author: Visitor, stranger: Visitor, work: str, chapter: str) -> None:
    assert f"{work}/edit" in author.get(work).text
    assert f"{work}/edit" not in stranger.get(work).text
    assert "/move" not in stranger.get(work).text


def test_drafts_are_not_listed_for_others(author: Visitor, stranger: Visitor, work: str, chapter: str) -> None:
    author.post(f"{work}/chapters/new", {"title": "Secret Harbour", "body": "Not yet."})
    assert "Secret Harbour" in author.get(work).text
    assert "Secret Harbour" not in stranger.get(work).text


def test_what_was_typed_is_kept_and_shown_again(site: Site, author: Visitor, work: str) -> None:
    sent = form(
        title="  Salt &  <Ash>\n", summary="One\r\n*two*", wishes="story_only", wishes_note="Be *kind*.",
        review_policy="hold_new",
    )  # fmt: skip
    assert author.post(f"{work}/edit", sent).status_code == 303
    row = stored(site, work)
    assert (row["title"], row["summary"], row["wishes"]) == ("Salt & <Ash>", "One\n*two*", "story_only")
    assert (row["wishes_note"], row["review_policy"]) == ("Be *kind*.", "hold_new")
    again = author.get(f"{work}/edit").text
    assert 'value="Salt &amp; &lt;Ash&gt;"' in again
    assert 'value="story_only" checked' in again
    assert 'value="hold_new" checked' in again
    shown = author.get(work).text
    assert "<em>two</em>" in shown
    assert "<em>kind</em>" in shown


def test_custom_wishes_come_back_in_the_fold(author: Visitor, work: str) -> None:
    author.post(f"{work}/edit", form(wishes="custom", **{"wishes-grammar": "private", "wishes-plot": "unwelcome"}))
    again = author.get(f"{work}/edit").text
    fold = re.search(r"<details class=\"fine-tune\" open>.*?</details>", again, re.DOTALL)
    assert fold
    chosen = dict(re.findall(r'<select id="wishes-(\w+)".*?value="(\w+)" selected', fold[0], re.DOTALL))
    assert (chosen["grammar"], chosen["plot"], chosen["reaction"]) == ("private", "unwelcome", "welcome")
    assert "Typos: yes please, just to Mara." in author.get(work).text


def test_going_back_to_a_preset_forgets_the_custom_wishes(site: Site, author: Visitor, work: str) -> None:
    author.post(f"{work}/edit", form(wishes="custom", **{"wishes-grammar": "private"}))
    author.post(f"{work}/edit", form(wishes="all"))
    assert site.db.value("SELECT COUNT(*) FROM wish") == 0


def test_a_form_that_does_not_mention_wishes_keeps_them(site: Site, author: Visitor, work: str) -> None:
    author.post(f"{work}/edit", form(wishes="story_only", review_policy="hold_all"))
    author.post(f"{work}/edit", {"title": "Other"})
    row = stored(site, work)
    assert (row["title"], row["wishes"], row["review_policy"]) == ("Other", "story_only", "hold_all")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", " \u200b\u3164 "),
        ("title", "x" * 201),
        ("summary", "x" * 5_001),
        ("wishes_note", "x" * 501),
        ("wishes", "everything"),
        ("wishes-grammar", "never"),
        ("review_policy", "maybe"),
        ("summary", "<b>x</b> " * 200),
    ],
)
def test_a_form_with_an_error_comes_back_filled_in(
    site: Site, author: Visitor, work: str, field: str, value: str
) -> None:
    before = stored(site, work)
    sent = form(summary="Keep these words.") if field != "summary" else form()
    sent |= {"wishes": "custom"} if field.startswith("wishes-") else {}
    answer = author.post(f"{work}/edit", {**sent, field: value})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert "Keep these words." in answer.text or field == "summary"
    assert stored(site, work) == before
    assert author.post("/works/new", {**sent, field: value}).status_code == 422


@pytest.mark.parametrize("length", [1, 200])
def test_titles_at_the_edges_are_fine(author: Visitor, length: int) -> None:
    assert author.post("/works/new", form(title="é" * length)).status_code == 303


def test_a_double_click_makes_one_work(site: Site, author: Visitor) -> None:
    page = author.get("/works/new").text
    last = re.search(r'name="last" value="(\d+)"', page)
    assert last
    first, second = (author.post("/works/new", form(last=last[1])) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    third = author.post("/works/new", form())
    assert third.headers["Location"] != first.headers["Location"]


def test_deleting_asks_first_and_says_how_many_reviews_go(
    site: Site, author: Visitor, reader: Visitor, work: str, chapter: str
) -> None:
    reader.post(f"{chapter}/reviews", {"body": "The rope!", "visibility": "public"})
    reader.post(f"{chapter}/reviews", {"body": "A typo.", "visibility": "author"})
    page = author.get(f"{work}/delete")
    assert page.status_code == 200
    assert "2 reviews" in page.text
    assert "undone" in page.text
    assert site.db.value("SELECT COUNT(*) FROM work") == 1
    answer = author.post(f"{work}/delete")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    for table in ("work", "chapter", "chapter_version", "review", "remark"):
        assert site.db.value(f"SELECT COUNT(*) FROM {table}") == 0
    assert "2 reviews" in author.get("/").text
    assert author.get(work).status_code == 404


def cast_answers(site: Site, path: str, data: dict[str, str] | None = None) -> dict[str, int]:
    """How ``path`` answers a stranger and somebody who is not logged in, by GET or with a form by POST."""
    answers = {}
    for who, visitor in (("stranger", site.join("Sid")), ("nobody", site.visitor())):
        answer = visitor.get(path) if data is None else visitor.post(path, data)
        answers[who] = answer.status_code
    return answers


@pytest.mark.parametrize(("path", "data"), [("edit", None), ("edit", form()), ("delete", None), ("delete", {})])
def test_a_work_is_changed_by_its_author_alone(
    site: Site, author: Visitor, work: str, chapter: str, path: str, data: dict[str, str] | None
) -> None:
    before = stored(site, work)
    assert cast_answers(site, f"{work}/{path}", data)["stranger"] == 403
    assert stored(site, work) == before


@pytest.mark.parametrize("data", [None, form()])
def test_a_work_that_may_not_be_known_is_not_there(
    site: Site, author: Visitor, work: str, data: dict[str, str] | None
) -> None:
    assert cast_answers(site, f"{work}/edit", data)["stranger"] == 404


@pytest.mark.parametrize("path", ["/works/new", "/works", "/works/1/edit", "/works/1/delete", "/works/99/edit"])
def test_somebody_who_is_not_logged_in_is_asked_to(nobody: Visitor, path: str) -> None:
    answer = nobody.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?next={path}")


@pytest.mark.parametrize("number", [0, 99, *HUGE])
@pytest.mark.parametrize("path", ["", "/edit", "/delete", "/chapters/new"])
def test_a_work_that_does_not_exist_is_not_found(author: Visitor, number: int, path: str) -> None:
    assert author.get(f"/works/{number}{path}").status_code == 404


@pytest.mark.parametrize("path", ["/works/1x", "/works/-1", "/works/" + "9" * 6_000])
def test_an_id_that_is_none_is_not_found(author: Visitor, path: str) -> None:
    assert author.get(path).status_code == 404


def test_methods_that_make_no_sense(author: Visitor, work: str) -> None:
    assert author.post(work).status_code == 405
    assert author.client.delete(f"{work}/edit").status_code in (400, 405)
