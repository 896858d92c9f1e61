"""The library's pages: the works, a work, and the author's forms for works and chapters."""

from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback import edge
from feedback.errors import BadQuery, FeedbackError, Invalid
from feedback.library import chapters, contents, documents, manuscript, shelf, works
from feedback.library.chapters import Chapter, Stale
from feedback.library.manuscript import Printed
from feedback.library.wishes import CHOICES, PRESETS, WISHED_KINDS
from feedback.library.works import REVIEW_POLICIES, Work
from feedback.pages import plural

blueprint = Blueprint("library", __name__)

WORK = "/works/<int:work_id>"
CHAPTER = f"{WORK}/chapters/<int:number>"
TEXT_FIELDS = ("title", "notes_before", "body", "notes_after")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    page = shelf.recent(db, _cursor())
    unfinished = shelf.unfinished(db, me) if me and not _cursor() else []
    return render_template("library/home.html", page=page, unfinished=unfinished, first=not _cursor())


@blueprint.get("/works")
def my_works() -> ResponseReturnValue:
    page = shelf.own(edge.get_db(), edge.viewer(), _cursor())
    return render_template("library/my_works.html", page=page)


@blueprint.get(WORK)
def work(work_id: int) -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    found = works.find_work(db, me, work_id)
    listed = chapters.contents(db, me, found)
    is_author = works.is_author(me, found)
    return render_template("library/work.html", work=found, chapters=listed, is_author=is_author)


@blueprint.route("/works/new", methods=["GET", "POST"])
def new_work() -> ResponseReturnValue:
    if request.method == "GET":
        return _work_form(None, {})
    try:
        plan = works.read(request.form)
        work_id = works.create(edge.get_db(), edge.viewer(), plan, now=edge.now(), last=_sent_number("last"))
    except Invalid as error:
        return _work_form(None, request.form, error), error.status
    return redirect(url_for("library.work", work_id=work_id), 303)


@blueprint.route(f"{WORK}/edit", methods=["GET", "POST"])
def edit_work(work_id: int) -> ResponseReturnValue:
    db = edge.get_db()
    found = works.own_work(db, edge.viewer(), work_id)
    if request.method == "GET":
        return _work_form(found, _work_values(found))
    try:
        works.edit(db, found, works.read(request.form, found), now=edge.now())
    except Invalid as error:
        return _work_form(found, request.form, error), error.status
    return redirect(url_for("library.work", work_id=work_id), 303)


@blueprint.route(f"{WORK}/delete", methods=["GET", "POST"])
def delete_work(work_id: int) -> ResponseReturnValue:
    db = edge.get_db()
    found = works.own_work(db, edge.viewer(), work_id)
    if request.method == "GET":
        reviews = works.count_reviews(db, found)
        listed = chapters.contents(db, edge.viewer(), found)
        return render_template("library/delete_work.html", work=found, chapters=len(listed), reviews=reviews)
    gone = works.delete(db, found)
    flash(f"“{found.title}” is deleted{_with_reviews(gone)}.")
    return redirect(url_for("library.home"), 303)


@blueprint.route(f"{WORK}/chapters/new", methods=["GET", "POST"])
def new_chapter(work_id: int) -> ResponseReturnValue:
    owned = works.own_work(edge.get_db(), edge.viewer(), work_id)
    return _chapter_form(owned, None, {}) if request.method == "GET" else _save_chapter(owned, None)


@blueprint.route(f"{CHAPTER}/edit", methods=["GET", "POST"])
def edit_chapter(work_id: int, number: int) -> ResponseReturnValue:
    found = _own_chapter(work_id, number)
    owned = works.own_work(edge.get_db(), edge.viewer(), work_id)
    if request.method == "GET":
        return _chapter_form(owned, found, asdict(found.manuscript))
    return _save_chapter(owned, found)


@blueprint.route(f"{CHAPTER}/delete", methods=["GET", "POST"])
def delete_chapter(work_id: int, number: int) -> ResponseReturnValue:
    db = edge.get_db()
    found = _own_chapter(work_id, number)
    if request.method == "GET":
        reviews = contents.count_reviews(db, found)
        return render_template("library/delete_chapter.html", chapter=found, reviews=reviews)
    gone = contents.delete(db, found)
    flash(f"“{found.title}” is deleted{_with_reviews(gone)}.")
    return redirect(url_for("library.work", work_id=work_id), 303)


@blueprint.post(f"{CHAPTER}/move")
def move_chapter(work_id: int, number: int) -> ResponseReturnValue:
    found = _own_chapter(work_id, number)
    now_at = contents.move(edge.get_db(), found, contents.target(request.form, found.number))
    return redirect(url_for("library.work", work_id=work_id, _anchor=f"chapter-{now_at}"), 303)


@blueprint.post(f"{CHAPTER}/publish")
def publish_chapter(work_id: int, number: int) -> ResponseReturnValue:
    found = _own_chapter(work_id, number)
    chapters.publish(edge.get_db(), found, published=_publish() or False, now=edge.now())
    return _to_chapter(found)


@blueprint.get(f"{CHAPTER}/versions")
def chapter_versions(work_id: int, number: int) -> ResponseReturnValue:
    found = _own_chapter(work_id, number)
    listed = chapters.versions(edge.get_db(), found)
    return render_template("library/versions.html", chapter=found, versions=listed)


@blueprint.get(f"{CHAPTER}/versions/<int:version>")
def chapter_version(work_id: int, number: int, version: int) -> ResponseReturnValue:
    found = _own_chapter(work_id, number)
    saved = chapters.find_version(edge.get_db(), found, version)
    return render_template("library/version.html", chapter=found, version=saved)


@blueprint.post(f"{CHAPTER}/versions/<int:version>/restore")
def restore_version(work_id: int, number: int, version: int) -> ResponseReturnValue:
    found = _own_chapter(work_id, number)
    return _to_chapter(chapters.restore(edge.get_db(), found, version, now=edge.now()))


def _own_chapter(work_id: int, number: int) -> Chapter:
    """The chapter a form was opened for, or the one the address names."""
    db, chapter_id = edge.get_db(), _sent_number("chapter")
    return chapters.own_chapter(db, edge.viewer(), work_id, number, chapter_id=chapter_id)


def _save_chapter(owned: Work, found: Chapter | None) -> ResponseReturnValue:
    """Preview or save what the editor sent; whatever is wrong with it, the words are back in the form."""
    typed = {name: request.form.get(name, "") for name in TEXT_FIELDS}
    try:
        typed |= _uploaded(typed["body"], found.body if found else "")
        text = manuscript.read(typed)
        if "preview" in request.form:
            return _chapter_form(owned, found, typed, pages=manuscript.printed(text))
        return _to_chapter(_saved(owned, found, text))
    except Stale as stale:
        return _chapter_form(owned, stale.chapter, typed, error=stale, stale=True), stale.status
    except Invalid as error:
        return _chapter_form(owned, found, typed, error=error), error.status


def _saved(owned: Work, found: Chapter | None, text: manuscript.Manuscript) -> Chapter:
    db, now, publish = edge.get_db(), edge.now(), _publish()
    if found is None:
        return chapters.create(db, owned, text, publish=bool(publish), now=now, last=_sent_number("last"))
    return chapters.edit(db, found, text, publish=publish, now=now, base_version=_sent_number("base_version"))


def _uploaded(typed: str, stored: str) -> dict[str, str]:
    """The text of an uploaded file as the body; nothing when there is none.

    :raises Invalid: (``file``) it can't be read, or there is other new text in the box, which it would replace.
    """
    file = request.files.get("file")
    if file is None or not file.filename:
        return {}
    body = documents.read_upload(file.filename, file.read())
    if manuscript.is_other(typed, stored, body):
        raise Invalid(
            "You chose a file and also typed text. Empty the box to take the file, or leave it out.", "file"
        )
    return {"body": body}


def _publish() -> bool | None:
    """``publish`` = ``1`` publishes, ``0`` makes a draft; without it things stay as they are."""
    return {"1": True, "0": False}.get(request.form.get("publish", ""))


def _chapter_form(
    owned: Work,
    found: Chapter | None,
    typed: Mapping[str, str],
    *,
    error: FeedbackError | None = None,
    pages: Printed | None = None,
    stale: bool = False,
) -> str:
    return render_template(
        "library/chapter_form.html",
        work=owned,
        chapter=found,
        typed=typed,
        error=error,
        pages=pages,
        stale=stale,
        hidden=_hidden(owned, found, stale),
    )


def _hidden(owned: Work, found: Chapter | None, stale: bool) -> dict[str, int]:
    """What the editor's form carries: which chapter it is of, and which state of things its writer has seen.

    After another save ``found`` is what that saved; the next save then replaces it knowingly.
    """
    if found is None:
        return {"last": _sent_number("last") or chapters.last_number(edge.get_db(), owned)}
    seen = None if stale else _sent_number("base_version")
    return {"chapter": found.id, "base_version": seen or found.version}


def _work_form(found: Work | None, typed: Mapping[str, str], error: Invalid | None = None) -> str:
    return render_template(
        "library/work_form.html",
        work=found,
        typed=typed,
        error=error,
        presets=PRESETS,
        wished_kinds=WISHED_KINDS,
        choices=CHOICES,
        policies=REVIEW_POLICIES,
        last=None if found else _sent_number("last") or works.newest(edge.get_db(), edge.viewer()),
    )


def _work_values(found: Work) -> dict[str, str]:
    """A stored work as its form's fields."""
    values = {
        "title": found.title,
        "summary": found.summary,
        "wishes": found.wishes.choice,
        "wishes_note": found.wishes_note,
        "review_policy": found.review_policy,
    }
    return values | {f"wishes-{kind}": wish for kind, wish in found.wishes.items()}


def _to_chapter(found: Chapter) -> ResponseReturnValue:
    return redirect(url_for("reviews.chapter", work_id=found.work_id, number=found.number), 303)


def _with_reviews(gone: int) -> str:
    return f", and with it {plural(gone, 'review')}" if gone else ""


def _cursor() -> str | None:
    """The one ``before`` of the address.

    :raises BadQuery: there are several.
    """
    given = request.args.getlist("before")
    if len(given) > 1:
        raise BadQuery("before")
    return given[0] if given else None


def _sent_number(name: str) -> int | None:
    """A hidden field's number, ``None`` without one.

    :raises BadQuery: it is no number.
    """
    value = request.form.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise BadQuery(name, f"The form's “{name}” makes no sense.")
    return int(value)
