"""Writing chapters: the editor, its preview, publishing, versions, and two tabs at once."""

import io
import re
from typing import Any

import pytest

from feedback.library import chapters
from feedback.library.chapters import Chapter
from tests.conftest import Site, Visitor

SCENES = "First *scene*.\n\n* * *\n\nSecond scene."


def form(**fields: str) -> dict[str, Any]:
    return {"title": "Inland", "body": SCENES, **fields}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the editor's form."""
    editor = re.search(r'<form[^>]+class="chapter-form".*?</form>', page, re.DOTALL)
    assert editor
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', editor[0]))


def box(page: str, name: str) -> str:
    """What a page's textarea holds."""
    found = re.search(rf'<textarea id="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1]


def stored(site: Site, number: int = 1) -> Chapter:
    row = site.db.row("SELECT author_id AS id, 'reader' AS role FROM work WHERE id = 1")
    assert row

    class Mara:
        id: int = row["id"]
        role: str = row["role"]

    return chapters.find_chapter(site.db, Mara(), 1, number)


def versions(site: Site, number: int = 1) -> int:
    counted: int = site.db.value(
        "SELECT COUNT(*) FROM chapter_version WHERE chapter_id = :id", id=stored(site, number).id
    )
    return counted


def test_a_new_chapter_is_a_draft_of_its_authors(site: Site, author: Visitor, stranger: Visitor, work: str) -> None:
    answer = author.post(f"{work}/chapters/new", form(notes_before="Mind the *mules*.", notes_after="Thanks."))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{work}/chapters/1")
    made = stored(site)
    assert (made.state, made.version, made.published_at, made.words) == ("draft", 1, None, 4)
    assert made.body == SCENES
    assert made.body_html == "<p>First <em>scene</em>.</p>\n<hr>\n<p>Second scene.</p>"
    assert made.body_text.split() == ["First", "scene.", "Second", "scene."]
    assert "<em>mules</em>" in made.notes_before_html
    assert author.get(f"{work}/chapters/1").status_code == 200
    assert stranger.get(f"{work}/chapters/1").status_code == 404


def test_publishing_at_once(site: Site, author: Visitor, nobody: Visitor, work: str) -> None:
    author.post(f"{work}/chapters/new", form(publish="1"))
    assert stored(site).published_at is not None
    page = nobody.get(f"{work}/chapters/1")
    assert page.status_code == 200
    assert "<em>scene</em>" in page.text


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "<p>One <strong>two</strong></p>\n<p>three</p>"),
        ("“A\u00a0b” — ‘c’ …", "<p>“A\u00a0b” — ‘c’ …</p>"),
        ("One.\n\n~~~\n\nTwo.", "<p>One.</p>\n<hr>\n<p>Two.</p>"),
        ("2 < 3 & <3", "<p>2 &lt; 3 &amp; &lt;3</p>"),
        ("x<script>alert(1)</script>", "<p>x</p>"),
    ],
)
def test_bodies_are_markdown_or_html_or_plain(site: Site, author: Visitor, work: str, body: str, html: str) -> None:
    author.post(f"{work}/chapters/new", form(body=body))
    assert stored(site).body_html.replace("&nbsp;", "\u00a0") == html


def test_the_longest_chapter_is_taken_and_one_letter_more_is_not(site: Site, author: Visitor, work: str) -> None:
    body = ("The mules would not cross the ford, and so we stayed. " * 10_000)[:499_999] + "."
    assert author.post(f"{work}/chapters/new", form(body=body)).status_code == 303
    assert len(stored(site).body) == 500_000
    assert author.post(f"{work}/chapters/new", form(body=body + ".")).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "needs at least a word"),
        ("title", "x" * 201, "200"),
        ("body", "", "needs at least a word"),
        ("body", " \u200b\n\u00a0 ", "needs at least a word"),
        ("body", "* * *", "words one can see"),
        ("notes_before", "x" * 5_001, "5,000"),
        ("notes_after", "x" * 5_001, "5,000"),
        ("notes_after", "<i>a</i> " * 101, ""),
    ],
)
def test_a_form_with_an_error_comes_back_filled_in(
    site: Site, author: Visitor, work: str, chapter: str, field: str, value: str, said: str
) -> None:
    sent = form(notes_before="Keep this note.") | {field: value}
    for path in (f"{work}/chapters/new", f"{chapter}/edit"):
        answer = author.post(path, sent)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert said in answer.text
        assert field == "body" or box(answer.text, "body") == SCENES
        assert field == "notes_before" or box(answer.text, "notes_before") == "Keep this note."
    assert versions(site) == 1
    assert site.db.value("SELECT COUNT(*) FROM chapter") == 1


@pytest.mark.parametrize("path", ["chapters/new", "chapters/1/edit"])
def test_a_preview_shows_and_saves_nothing(site: Site, author: Visitor, work: str, chapter: str, path: str) -> None:
    answer = author.post(f"{work}/{path}", form(notes_before="A *note*.", preview="1", publish="1"))
    assert answer.status_code == 200
    preview = answer.text[answer.text.index('class="preview"') : answer.text.index('class="chapter-form"')]
    assert "First <em>scene</em>." in preview
    assert "A <em>note</em>." in preview
    assert box(answer.text, "body") == SCENES
    assert box(answer.text, "notes_before") == "A *note*."
    assert (site.db.value("SELECT COUNT(*) FROM chapter"), versions(site)) == (1, 1)


def test_a_preview_keeps_what_its_writer_had_seen(site: Site, author: Visitor, chapter: str) -> None:
    opened = hidden(author.get(f"{chapter}/edit").text)
    author.post(f"{chapter}/edit", form(body="Another tab."))
    preview = author.post(f"{chapter}/edit", {**opened, **form(), "preview": "1"})
    assert hidden(preview.text)["base_version"] == opened["base_version"] == "1"


def test_an_uploaded_file_takes_the_place_of_the_text(site: Site, author: Visitor, work: str) -> None:
    file = (io.BytesIO(b"<p>From <i>a</i> file</p>"), "one.html")
    answer = author.post(f"{work}/chapters/new", {**form(body=""), "file": file})
    assert answer.status_code == 303
    assert stored(site).body == "From *a* file"


@pytest.mark.parametrize("change", ["", "\r\n", " \u200b"])
def test_an_uploaded_file_takes_the_place_of_the_saved_text(
    site: Site, author: Visitor, chapter: str, change: str
) -> None:
    body = box(author.get(f"{chapter}/edit").text, "body").replace("\n", "\r\n")
    sent = form(body=body + change if change != " \u200b" else change)
    answer = author.post(f"{chapter}/edit", {**sent, "file": (io.BytesIO(b"From a file."), "one.txt")})
    assert answer.status_code == 303
    assert stored(site).body == "From a file."


@pytest.mark.parametrize("preview", [{}, {"preview": "1"}])
def test_a_file_replaces_no_text_that_was_just_typed(
    site: Site, author: Visitor, work: str, chapter: str, preview: dict[str, str]
) -> None:
    for path in (f"{work}/chapters/new", f"{chapter}/edit"):
        file = (io.BytesIO(b"From a file."), "one.txt")
        answer = author.post(path, {**form(body="Typed, an hour long."), **preview, "file": file})
        assert answer.status_code == 422
        assert 'id="file-error"' in answer.text
        assert "You chose a file and also typed text." in answer.text
        assert box(answer.text, "body") == "Typed, an hour long."
    assert versions(site) == 1


def test_an_upload_stays_in_the_form_when_something_else_is_wrong(site: Site, author: Visitor, work: str) -> None:
    sent = {"file": (io.BytesIO("Rain — “again”.".encode()), "one.txt")}
    answer = author.post(f"{work}/chapters/new", {**form(title="", body=""), **sent})
    assert answer.status_code == 422
    assert box(answer.text, "body") == "Rain — “again”."
    sent = {"file": (io.BytesIO("Rain — “again”.".encode()), "one.txt")}
    answer = author.post(f"{work}/chapters/new", {**form(body=box(answer.text, "body")), **sent})
    assert answer.status_code == 303, "the same file chosen again is no other text"
    assert stored(site).body == "Rain — “again”."


@pytest.mark.parametrize(
    ("name", "data"),
    [("one.docx", b"no zip"), ("one.exe", b"MZ"), ("one.txt", b"\x89PNG\r\n\x1a\n\x00\x00"), ("one.md", b"")],
)
def test_an_upload_that_is_not_what_it_says_is_refused(author: Visitor, work: str, name: str, data: bytes) -> None:
    answer = author.post(f"{work}/chapters/new", {**form(), "file": (io.BytesIO(data), name)})
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert box(answer.text, "body") == SCENES


def test_an_empty_file_field_is_no_upload(site: Site, author: Visitor, work: str) -> None:
    assert author.post(f"{work}/chapters/new", {**form(), "file": (io.BytesIO(b""), "")}).status_code == 303
    assert stored(site).body == SCENES


def test_saving_makes_a_version_and_the_old_one_stays(site: Site, author: Visitor, chapter: str) -> None:
    before = stored(site)
    assert author.post(f"{chapter}/edit", form()).headers["Location"] == chapter
    after = stored(site)
    assert (after.version, after.title, after.body, after.state) == (2, "Inland", SCENES, "published")
    assert chapters.chapter_text(site.db, after.id, 1) == before.body_text
    assert chapters.chapter_text(site.db, after.id, 2) == after.body_text
    assert after.published_at == before.published_at


def test_an_unchanged_save_makes_no_version(site: Site, author: Visitor, chapter: str) -> None:
    author.post(f"{chapter}/edit", form())
    page_version = stored(site).page_version
    again = {"title": " Inland ", "body": SCENES.replace("\n", "\r\n") + "\n\n"}
    assert author.post(f"{chapter}/edit", again).status_code == 303
    assert versions(site) == 2
    assert stored(site).page_version == page_version


def test_a_changed_note_alone_is_a_version(site: Site, author: Visitor, chapter: str) -> None:
    author.post(f"{chapter}/edit", form())
    author.post(f"{chapter}/edit", form(notes_after="Thanks!"))
    assert versions(site) == 3


def test_publishing_and_taking_back(site: Site, author: Visitor, nobody: Visitor, work: str) -> None:
    author.post(f"{work}/chapters/new", form())
    where = f"{work}/chapters/1"
    assert author.post(f"{where}/publish", {"publish": "1"}).headers["Location"] == where
    assert nobody.get(where).status_code == 200
    first = stored(site).published_at
    site.db.change("UPDATE chapter SET published_at = published_at - 100")
    assert author.post(f"{where}/publish", {"publish": "0"}).status_code == 303
    assert nobody.get(where).status_code == 404
    assert author.post(f"{where}/edit", form(publish="1")).status_code == 303
    assert nobody.get(where).status_code == 200
    assert first is not None
    assert stored(site).published_at == first - 100
    assert versions(site) == 1


def test_saving_leaves_a_published_chapter_published(site: Site, author: Visitor, chapter: str) -> None:
    author.post(f"{chapter}/edit", form())
    assert stored(site).state == "published"


def test_two_tabs_do_not_overwrite_each_other(site: Site, author: Visitor, chapter: str) -> None:
    opened = hidden(author.get(f"{chapter}/edit").text)
    author.post(f"{chapter}/edit", {**opened, **form(body="From the first tab.", notes_after="First note.")})
    answer = author.post(f"{chapter}/edit", {**opened, **form(body="From the <second> tab.")})
    assert answer.status_code == 409
    assert "saved somewhere else" in answer.text
    assert box(answer.text, "body") == "From the &lt;second&gt; tab."
    assert box(answer.text, "saved-body") == "From the first tab."
    assert box(answer.text, "saved-after") == "First note."
    assert stored(site).body == "From the first tab."
    knowingly = {**hidden(answer.text), **form(body="From the <second> tab.")}
    assert author.post(f"{chapter}/edit", knowingly).status_code == 303
    assert stored(site).body == "From the <second> tab."
    assert versions(site) == 3


def test_the_same_text_from_two_tabs_is_no_conflict(site: Site, author: Visitor, chapter: str) -> None:
    opened = hidden(author.get(f"{chapter}/edit").text)
    answers = [author.post(f"{chapter}/edit", {**opened, **form()}).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert versions(site) == 2


def test_without_a_base_version_the_last_save_wins(site: Site, author: Visitor, chapter: str) -> None:
    for body in ("one", "two"):
        assert author.post(f"{chapter}/edit", form(body=body)).status_code == 303
    assert stored(site).body == "two"


def test_a_save_finds_its_chapter_after_a_move(site: Site, author: Visitor, work: str, chapter: str) -> None:
    author.post(f"{work}/chapters/new", form(title="Second"))
    opened = hidden(author.get(f"{chapter}/edit").text)
    author.post(f"{chapter}/move", {"direction": "down"})
    answer = author.post(f"{chapter}/edit", {**opened, **form(title="The Ford, again")})
    assert answer.headers["Location"] == f"{work}/chapters/2"
    assert (stored(site, 1).title, stored(site, 2).title) == ("Second", "The Ford, again")


@pytest.mark.parametrize("action", ["edit", "delete", "move", "publish"])
def test_a_form_of_a_deleted_chapter_touches_no_other(
    site: Site, author: Visitor, work: str, chapter: str, action: str
) -> None:
    author.post(f"{work}/chapters/new", form(title="Second"))
    opened = hidden(author.get(f"{chapter}/edit").text)
    author.post(f"{chapter}/delete")
    answer = author.post(f"{chapter}/{action}", {**opened, **form(), "direction": "up", "publish": "1"})
    assert answer.status_code == 409
    assert "deleted meanwhile" in answer.text
    assert "Second scene." in answer.text
    assert (stored(site).title, stored(site).state, versions(site)) == ("Second", "draft", 1)


def test_a_double_click_makes_one_chapter(site: Site, author: Visitor, work: str) -> None:
    opened = hidden(author.get(f"{work}/chapters/new").text)
    answers = [author.post(f"{work}/chapters/new", {**opened, **form()}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{work}/chapters/1"] * 2
    assert site.db.value("SELECT COUNT(*) FROM chapter") == 1
    author.post(f"{work}/chapters/new", form())
    assert site.db.value("SELECT COUNT(*) FROM chapter") == 2


@pytest.mark.parametrize("name", ["base_version", "chapter"])
@pytest.mark.parametrize("value", ["x", "-1", "1.0", "9" * 30, "١"])
def test_a_hidden_number_that_is_none(author: Visitor, chapter: str, name: str, value: str) -> None:
    answer = author.post(f"{chapter}/edit", form(**{name: value}))
    assert answer.status_code == 400
    assert "Second scene." in answer.text


def test_all_versions_are_listed_for_the_author_and_can_come_back(site: Site, author: Visitor, chapter: str) -> None:
    first = stored(site)
    author.post(f"{chapter}/edit", form())
    listed = author.get(f"{chapter}/versions").text
    assert "Version 1" in listed
    assert "Version 2" in listed
    assert "UTC" in listed
    assert "Leave them" in author.get(f"{chapter}/versions/1").text
    answer = author.post(f"{chapter}/versions/1/restore", {"chapter": str(first.id)})
    assert answer.headers["Location"] == chapter
    now = stored(site)
    assert (now.version, now.title, now.body) == (3, first.title, first.body)


@pytest.mark.parametrize("version", [0, 2, 2**63, 10**40])
def test_a_version_that_does_not_exist(author: Visitor, chapter: str, version: int) -> None:
    assert author.get(f"{chapter}/versions/{version}").status_code == 404
    assert author.post(f"{chapter}/versions/{version}/restore").status_code == 404


READ = ["edit", "delete", "versions", "versions/1"]
WRITTEN = ["edit", "delete", "move", "publish", "versions/1/restore"]


@pytest.mark.parametrize("action", READ)
def test_only_the_author_opens_a_chapters_tools(
    author: Visitor, stranger: Visitor, moderator: Visitor, nobody: Visitor, chapter: str, action: str
) -> None:
    assert author.get(f"{chapter}/{action}").status_code == 200
    assert stranger.get(f"{chapter}/{action}").status_code == 403
    assert moderator.get(f"{chapter}/{action}").status_code == 403
    assert nobody.get(f"{chapter}/{action}").headers["Location"].startswith("/login?next=")


@pytest.mark.parametrize("action", WRITTEN)
@pytest.mark.parametrize("named", [True, False])
def test_only_the_author_changes_a_chapter(
    site: Site, author: Visitor, stranger: Visitor, nobody: Visitor, chapter: str, action: str, *, named: bool
) -> None:
    before = stored(site)
    sent = form(direction="up", publish="0", **({"chapter": str(before.id)} if named else {}))
    assert stranger.post(f"{chapter}/{action}", sent).status_code == 403
    assert nobody.post(f"{chapter}/{action}", sent).status_code in (303, 403)
    assert stored(site) == before


@pytest.mark.parametrize("action", READ)
def test_a_draft_is_not_there_for_others(
    author: Visitor, stranger: Visitor, work: str, chapter: str, action: str
) -> None:
    author.post(f"{work}/chapters/new", form())
    draft = stranger.get(f"{work}/chapters/2/{action}")
    assert draft.status_code == 404
    assert draft.text == stranger.get(f"{work}/chapters/9/{action}").text


@pytest.mark.parametrize("action", WRITTEN)
def test_nor_can_a_draft_be_guessed_by_its_forms(
    site: Site, author: Visitor, stranger: Visitor, work: str, chapter: str, action: str
) -> None:
    author.post(f"{work}/chapters/new", form())
    before = stored(site, 2)
    for named in ({}, {"chapter": str(before.id)}, {"chapter": "99"}):
        assert stranger.post(f"{work}/chapters/2/{action}", form(to="1", **named)).status_code == 404
    assert stored(site, 2) == before


def test_more_than_can_be_sent_at_once(site: Site, author: Visitor, work: str) -> None:
    upload = "multipart/form-data; boundary=x"
    sent = author.client.post(f"{work}/chapters/new", data=b"x" * (8 * 1024 * 1024 + 1), content_type=upload)
    assert sent.status_code == 413
    assert author.post(f"{work}/edit", {"title": "x", "summary": "x" * 300_000}).status_code == 413
    wide = {**form(body="\U0001f4a7 drop " * 62_500)}
    assert author.post(f"{work}/chapters/new", wide).status_code == 303


def test_a_chapter_of_another_work_is_not_reached_by_its_id(site: Site, author: Visitor, chapter: str) -> None:
    second = author.post("/works/new", {"title": "Other"}).headers["Location"]
    author.post(f"{second}/chapters/new", form())
    ford = stored(site)
    answer = author.post(f"{second}/chapters/1/edit", form(title="Elsewhere", chapter=str(ford.id)))
    assert answer.status_code == 409
    assert stored(site) == ford


@pytest.mark.parametrize("number", [0, 9, 2**63, 10**30])
@pytest.mark.parametrize("action", ["", *(f"/{action}" for action in READ)])
def test_a_chapter_that_does_not_exist(author: Visitor, work: str, number: int, action: str) -> None:
    assert author.get(f"{work}/chapters/{number}{action}").status_code == 404


@pytest.mark.parametrize("action", ["move", "publish", "versions/1/restore"])
def test_changes_are_never_made_by_following_a_link(author: Visitor, chapter: str, action: str) -> None:
    assert author.get(f"{chapter}/{action}").status_code == 405
