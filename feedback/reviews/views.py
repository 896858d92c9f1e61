"""The readers' pages: a chapter with its box and letters, one review, and what one has written."""

import re
import secrets
import sqlite3
from dataclasses import dataclass, field
from typing import Any, cast

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf

from feedback import access, edge
from feedback.accounts import login
from feedback.accounts.account import Account
from feedback.db import Database, Row
from feedback.errors import Conflict, FeedbackError, Invalid, NotFound, TooMany
from feedback.remarks import labels, query
from feedback.remarks.aside import all_look_like
from feedback.reviews import chapter_page, drafts, front, reading, replies, shell, states, submitting
from feedback.reviews.chapter_page import Page, Pages
from feedback.reviews.front import Front, Offer
from feedback.reviews.kept import Kept
from feedback.reviews.reading import Review, Spot
from feedback.reviews.shell import Shell, Shells

blueprint = Blueprint("reviews", __name__)

_KIND_FIELD = re.compile(r"kind-([0-9]{1,18})")


@blueprint.record
def _init(state: BlueprintSetupState) -> None:
    app, shared = cast(Flask, state.app), state.app.extensions["feedback"]
    shared["chapter_pages"] = Pages(chapter_page.BYTES)
    shared["chapter_shells"] = Shells(shell.BYTES)
    shared["csrf_tokens"] = Kept[str, str](1024 * 1024)
    login.when_signed_in(shared, _take_up)
    # Flask's own way to put something in front of it, in a spelling that type checkers allow.
    vars(app).update(wsgi_app=Front(app.wsgi_app, shared["pool"]))


@blueprint.app_context_processor
def _new_replies() -> dict[str, Any]:
    """How many replies wait for whoever is logged in, for the header of every page."""
    me = edge.viewer()
    try:
        return {"new_replies": replies.unseen(edge.get_db(), me) if me else 0}
    except (sqlite3.Error, FeedbackError):
        # The page that says so has a header, too.
        return {"new_replies": 0}


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in the box: the words, who they are for, what is wrong with them, and where they came from."""

    body: str = ""
    visibility: str = "public"
    error: FeedbackError | None = None
    claimed: bool = False
    submission_key: str = field(default_factory=lambda: secrets.token_urlsafe(16))


# The chapter --------------------------------------------------------------------------------------------------------


@blueprint.get("/works/<int:work_id>/chapters/<int:number>")
def chapter(work_id: int, number: int) -> ResponseReturnValue:
    before = reading.cursor(request.args.getlist("before"))
    cookies = request.cookies
    config = current_app.config
    if config["SESSION_COOKIE_NAME"] not in cookies and config["REMEMBER_COOKIE_NAME"] not in cookies:
        return _for_strangers(work_id, number, before)
    db, me = edge.get_db(), edge.viewer()
    spot = reading.find_spot(db, me, work_id, number)
    token = request.args.get("draft")
    if me and token:
        submitting.take_up(db, me, token, edge.now())
        return redirect(_chapter_url(spot) + "#review", 303)
    if me and _has_no_news(db, spot, me):
        return Response(_from_shell(db, spot, me, before), content_type="text/html; charset=utf-8")
    draft = drafts.waiting(db, me, spot.id, edge.now()) if me else None
    return _render(spot, Box(draft["body"], draft["visibility"], claimed=True) if draft else Box(), before)


def _take_up(me: Account, token: str) -> None:
    """The words typed before a log-in belong to whoever has just logged in, wherever they go from there."""
    try:
        submitting.take_up(edge.get_db(), me, token, edge.now())
    except sqlite3.Error as error:
        # The log-in stands; the page that it leads to tries again.
        edge.log.warning("could not put a draft into its box: %s", error)


def _for_strangers(work_id: int, number: int, before: int | None) -> Response:
    """The page without anything of a session, which may be sent to the next stranger as it is."""
    db = edge.get_db()
    spot = reading.find_spot(db, None, work_id, number)
    offer = Offer(spot, before, chapter_page.stamp(db, spot))
    html = _html(spot, chapter_page.find(db, _pages(), None, spot, before), None, Box(), [])
    answer = make_response(html)
    answer.headers["ETag"] = front.etag(html)
    request.environ[front.OFFER] = offer
    return answer


def _has_no_news(db: Database, spot: Spot, me: access.Person) -> bool:
    """Whether ``me``'s page of a chapter differs from other readers' only by who they are."""
    if "_flashes" in session or access.may_change_work(me, author_id=spot.author_id):
        return False
    return not reading.has_news(db, spot, me.id, edge.now())


def _from_shell(db: Database, spot: Spot, me: Account, before: int | None) -> bytes:
    """The page of a reader without news, of which all but a few strings is kept."""
    shells = _shared()["chapter_shells"]
    key, now = (spot.work_id, spot.number, before, me.role), chapter_page.stamp(db, spot)
    kept = shells.get(key)
    if kept is not None and kept[0] == now:
        made: Shell = kept[1]
    else:
        page = chapter_page.find(db, _pages(), me, spot, before)
        box = Box(submission_key=shell.submission_key())
        made = shell.cut(_html(spot, page, me, box, [], **shell.context(me.role)))
        shells.put(key, (now, made), made.weight)
    return made.filled(
        {"id": me.id, "name": me.name, "csrf_token": _csrf_token(), "submission_key": Box().submission_key}
    )


def _csrf_token() -> str:
    """This session's token. Signing it takes longer than filling the page, and it is good for as long as the session
    is, so one that was signed before is given again."""
    tokens, known = _shared()["csrf_tokens"], session.get("csrf_token", "")
    token: str | None = tokens.get(known) if known else None
    if token is None:
        token = str(generate_csrf())
        tokens.put(session["csrf_token"], token, len(token) + len(session["csrf_token"]))
    return token


def _render(spot: Spot, box: Box, before: int | None = None, status: int = 200) -> Response:
    db, me = edge.get_db(), edge.viewer()
    page = chapter_page.find(db, _pages(), me, spot, before)
    yours = reading.own_unpublic(db, spot, me.id) if me else []
    answer = make_response(_html(spot, page, me, box, yours), status)
    if isinstance(box.error, TooMany):
        answer.headers["Retry-After"] = str(box.error.retry_after)
    return answer


def _html(spot: Spot, page: Page, me: access.Person | None, box: Box, yours: list[Row], **instead: Any) -> str:
    mine = access.may_change_work(me, author_id=spot.author_id)
    return render_template("reviews/chapter.html", spot=spot, page=page, box=box, yours=yours, mine=mine, **instead)


def _shared() -> dict[str, Any]:
    shared: dict[str, Any] = current_app.extensions["feedback"]
    return shared


def _pages() -> Pages:
    pages: Pages = _shared()["chapter_pages"]
    return pages


def _chapter_url(spot: Spot) -> str:
    return f"/works/{spot.work_id}/chapters/{spot.number}"


@blueprint.post("/works/<int:work_id>/chapters/<int:number>/reviews")
def submit(work_id: int, number: int) -> ResponseReturnValue:
    """Checks the token itself: without a log-in there is none to check, and with a bad one the words must come back
    in their box."""
    db, me = edge.get_db(), edge.viewer()
    spot = reading.find_spot(db, me, work_id, number)
    form = request.form
    try:
        if me is None:
            return _keep_for_later(spot)
        edge.csrf.protect()
        done = submitting.submit(
            db,
            me,
            spot,
            body=form.get("body"),
            visibility=form.get("visibility"),
            submission_key=form.get("submission_key"),
            now=edge.now(),
            config=edge.settings(),
        )
    except CSRFError:
        error = Invalid("This page had grown too old to be sent from. Your words are here: press Post once more.")
        return _render(spot, _typed(error), status=400)
    except (Invalid, Conflict, TooMany) as error:
        return _render(spot, _typed(error), status=error.status)
    return redirect(f"/reviews/{done.review_id}", 303)


edge.csrf.exempt(submit)


def _typed(error: FeedbackError) -> Box:
    """The box as it was sent, with what was wrong and a fresh key."""
    visibility = request.form.get("visibility", "public")
    return Box(request.form.get("body", ""), visibility if visibility in submitting.VISIBILITIES else "public", error)


def _keep_for_later(spot: Spot) -> ResponseReturnValue:
    token = submitting.keep_for_later(
        edge.get_db(),
        spot,
        body=request.form.get("body"),
        visibility=request.form.get("visibility"),
        address=edge.client(),
        now=edge.now(),
    )
    return redirect(url_for("accounts.login", next=_chapter_url(spot) + "#review", draft=token), 303)


@blueprint.post("/works/<int:work_id>/chapters/<int:number>/draft/discard")
def discard(work_id: int, number: int) -> ResponseReturnValue:
    """Empty the box of words that were kept over a log-in."""
    db, me = edge.get_db(), edge.viewer()
    spot = reading.find_spot(db, me, work_id, number)
    drafts.discard(db, me, spot.id)
    return redirect(_chapter_url(spot) + "#review", 303)


# One review ---------------------------------------------------------------------------------------------------------


@blueprint.get("/reviews/<int:review_id>")
def review(review_id: int) -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    found = reading.find_review(db, me, review_id)
    if me and me.id == found.reader_id:
        replies.seen(db, me, found.id, found.id, edge.now())
    return _permalink(found)


def _permalink(found: Review, status: int = 200, **form: Any) -> Response:
    """A review's page; ``form`` is a reply that can't be taken: ``error`` and the fields as ``typed``."""
    db, me = edge.get_db(), edge.viewer()
    mine = access.may_keep_desk(me, found.facts)
    page = render_template(
        "reviews/review.html",
        review=found,
        # Its author comes here from the desk, and is as unprepared as there.
        looks_like=all_look_like(query.set_aside(db, [found.id]).get(found.id, ())) if mine else "",
        reply=reading.find_reply(db, me, found),
        earlier=reading.earlier_texts(db, me, found),
        removal_reason=reading.removal_reason(db, found),
        remarks=query.of_review(db, found.id) if access.may_see_kinds(me, found.facts) else [],
        may_edit=access.may_edit_review(me, found.facts),
        may_keep=mine,
        may_report=access.may_report(me, found.facts),
        **form,
    )
    return make_response(page, status)


@blueprint.route("/reviews/<int:review_id>/edit", methods=["GET", "POST"])
def edit(review_id: int) -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    found = submitting.find_own(db, me, review_id)
    if request.method == "GET":
        return _edit_form(found, found.source, found.visibility)
    form = request.form
    try:
        submitting.edit(db, me, review_id, body=form.get("body"), visibility=form.get("visibility"), now=edge.now())
    except (Invalid, Conflict) as error:
        return _edit_form(found, form.get("body", ""), form.get("visibility", found.visibility), error)
    return redirect(f"/reviews/{review_id}", 303)


def _edit_form(found: Review, body: str, visibility: str, error: FeedbackError | None = None) -> Response:
    page = render_template("reviews/edit.html", review=found, body=body, visibility=visibility, error=error)
    return make_response(page, error.status if error else 200)


@blueprint.post("/reviews/<int:review_id>/withdraw")
def withdraw(review_id: int) -> ResponseReturnValue:
    states.withdraw(edge.get_db(), edge.viewer(), review_id)
    flash("Your review is withdrawn. Only you can read it now.", "done")
    return redirect(f"/reviews/{review_id}", 303)


@blueprint.post("/reviews/<int:review_id>/reply")
def reply(review_id: int) -> ResponseReturnValue:
    db, me, form = edge.get_db(), edge.viewer(), request.form
    found = replies.find_to_reply(db, me, review_id)
    try:
        replies.put(db, me, review_id, body=form.get("body"), visibility=form.get("visibility"), now=edge.now())
    except Invalid as error:
        return _permalink(found, 422, error=error, typed=form)
    return redirect(f"/reviews/{review_id}#reply", 303)


def _keep(review_id: int, action: str, said: str) -> ResponseReturnValue:
    states.keep(edge.get_db(), edge.viewer(), review_id, action)
    flash(said, "done")
    return redirect(edge.back_to_desk() or f"/reviews/{review_id}", 303)


@blueprint.post("/reviews/<int:review_id>/hide")
def hide(review_id: int) -> ResponseReturnValue:
    return _keep(review_id, "hide", "Hidden from the chapter. You and its writer can still read it.")


@blueprint.post("/reviews/<int:review_id>/show")
def show(review_id: int) -> ResponseReturnValue:
    return _keep(review_id, "show", "Shown again.")


@blueprint.post("/reviews/<int:review_id>/release")
def release(review_id: int) -> ResponseReturnValue:
    return _keep(review_id, "release", "Let in: it is with your other reviews now.")


@blueprint.post("/reviews/<int:review_id>/kinds")
def kinds(review_id: int) -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    submitting.find_own(db, me, review_id)
    changed = labels.relabel_by_writer(db, review_id, _kinds_given(), edge.now())
    flash("Thank you, that is how it stands on the desk now." if changed else "Nothing was changed.", "done")
    return redirect(f"/reviews/{review_id}#read", 303)


def _kinds_given() -> dict[int, str]:
    """The fields ``kind-<remark>`` of the form.

    :raises NotFound: one that names no remark.
    """
    kinds = {}
    for name, kind in request.form.items():
        if name.startswith("kind-"):
            found = _KIND_FIELD.fullmatch(name)
            if found is None:
                raise NotFound
            kinds[int(found[1])] = kind
    return kinds


@blueprint.get("/account/reviews")
def mine() -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    reviews, older = reading.written_by(db, me.id, reading.cursor(request.args.getlist("before")))
    if reviews:
        replies.seen(db, me, reviews[-1]["id"], reviews[0]["id"], edge.now())
    page = render_template("reviews/mine.html", reviews=reviews, older=older, names=states.NAMES)
    return edge.never_store(make_response(page))
