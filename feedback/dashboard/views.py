"""The desk over HTTP: the letter, trays, changes and their undo, cutting, exports."""

import re
import secrets
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from feedback import edge
from feedback.dashboard import letter as letters
from feedback.dashboard import tray as trays
from feedback.dashboard import wording
from feedback.errors import BadQuery, Conflict, FeedbackError, Invalid
from feedback.remarks import cutting, export, taught, triage
from feedback.remarks.aside import looks_like
from feedback.remarks.filter import LARGEST, PARAMETERS, Filter, parse

blueprint = Blueprint("dashboard", __name__)
blueprint.after_request(edge.never_store)
blueprint.add_app_template_filter(urlencode, "query")

_NUMBER = re.compile(r"[0-9]{1,19}")
_CURSOR = re.compile(r"([0-9]{1,19})-([0-9]{1,19})")
LONGEST_BACK = 4_000
TAUGHT = "taught"
"""What a form says of where it came from when that is no tray."""
# What is said of a number that a form sends by itself, where its field has a name that is nobody's word.
WRONG = {
    "remark": "That is not one of the messages on your desk.",
    "cutoff": "This tray does not say how far “all of them” reaches. Go back to it and try again.",
    "at": "Please choose where to cut.",
}


@blueprint.get("/dashboard")
def desk() -> ResponseReturnValue:
    """The letter or, with any parameter of a filter in the address, a tray."""
    db, me = edge.get_db(), edge.viewer()
    # Only touched when it is there: a changed session sends its cookie again.
    undo = session.pop("undo") if "undo" in session else None
    if not any(name in request.args for name in PARAMETERS):
        letter = letters.write(db, me, edge.now())
        return render_template("dashboard/letter.html", letter=letter, undo=undo)
    found = trays.open_tray(db, me, parse(request.args.to_dict(flat=False)))
    return render_template("dashboard/tray.html", tray=found, undo=undo, words=wording, looks_like=looks_like)


@blueprint.post("/dashboard/triage", endpoint="triage")
def change() -> ResponseReturnValue:
    """Mark, star or re-file some remarks, or all of a tray."""
    me, token = edge.viewer(), _token()
    done = triage.change(edge.get_db(), me.id, _selection(me.id), _action(), token=token, now=edge.now())
    # A star takes nothing out of the tray: one stays where one was.
    stays = request.form.get("remark", "") if done.action in ("star", "unstar") else ""
    return _back(wording.outcome(done), done.token, spot=stays)


@blueprint.post("/dashboard/undo")
def undo() -> ResponseReturnValue:
    """Undo one change, once."""
    token = request.form.get("token", "")
    try:
        back = triage.undo(edge.get_db(), edge.viewer().id, token, edge.now())
    except Conflict as error:
        return _back(error.message)
    return _back(wording.undone(back), "" if back.is_whole else token)


@blueprint.route("/dashboard/split", methods=["GET", "POST"])
def split() -> ResponseReturnValue:
    """Choose where to cut a remark in two, or to join it; cut it."""
    db, me = edge.get_db(), edge.viewer()
    if request.method == "GET":
        remark = cutting.find(db, me.id, _one_remark(request.args.getlist("remark")))
        back = urlencode(_tray_of(request.args.get("back", "")).to_query())
        return render_template("dashboard/cut.html", remark=remark, places=cutting.places(remark.text), back=back)
    at = _number("at", request.form.get("at", ""))
    return _cut(lambda remark, token: cutting.split(db, me.id, remark, at, token=token, now=edge.now()))


@blueprint.post("/dashboard/join")
def join() -> ResponseReturnValue:
    """Join a remark with the one that follows it."""
    db, me = edge.get_db(), edge.viewer()
    return _cut(lambda remark, token: cutting.join(db, me.id, remark, token=token, now=edge.now()))


def _cut(cut: Callable[[int, str], cutting.Cut]) -> ResponseReturnValue:
    remark = _one_remark(request.form.getlist("remark"))
    try:
        made = cut(remark, _token())
    except (Invalid, Conflict) as error:
        return _back(error.message)
    said = wording.DONE["split" if len(made.made) > 1 else "join"]
    return _back(said, made.token, spot=str(made.made[0]))


@blueprint.get("/dashboard/taught", endpoint="taught")
def lessons() -> ResponseReturnValue:
    """What the author has taught the desk, newest first."""
    undo = session.pop("undo") if "undo" in session else None
    before = _lesson_cursor(request.args.getlist("before"))
    found, further = taught.page(edge.get_db(), edge.viewer().id, before)
    return render_template(
        "dashboard/taught.html",
        lessons=found,
        before=before,
        further="-".join(map(str, further)) if further else "",
        undo=undo,
        looks_like=looks_like,
    )


@blueprint.post("/dashboard/taught/<int:remark_id>/forget")
def forget(remark_id: int) -> ResponseReturnValue:
    """Let one of these teach no more."""
    token = _token()
    taught.forget(edge.get_db(), edge.viewer().id, remark_id, token=token, now=edge.now())
    session["undo"] = {"said": wording.forgotten(1), "token": token, "spot": ""}
    return redirect(url_for("dashboard.taught"), 303)


@blueprint.route("/dashboard/taught/forget", methods=["GET", "POST"])
def forget_all() -> ResponseReturnValue:
    """Let none of them teach any more, after a plain question."""
    db, me = edge.get_db(), edge.viewer()
    if request.method == "GET":
        return render_template("dashboard/forget.html", taught=taught.count(db, me.id))
    token = _token()
    if forgotten := taught.forget_all(db, me.id, token=token, now=edge.now()):
        session["undo"] = {"said": wording.forgotten(forgotten), "token": token, "spot": ""}
    return redirect(url_for("dashboard.taught"), 303)


def _lesson_cursor(given: list[str]) -> taught.Cursor | None:
    if not given:
        return None
    found = _CURSOR.fullmatch(given[0]) if len(given) == 1 else None
    if found is None:
        raise BadQuery("before")
    return _number("before", found[1]), _number("before", found[2])


@blueprint.get("/dashboard/export.csv")
def export_csv() -> ResponseReturnValue:
    """The tray as CSV."""
    return _export("csv", "text/csv; charset=utf-8; header=present")


@blueprint.get("/dashboard/export.jsonl")
def export_jsonl() -> ResponseReturnValue:
    """The tray as JSON Lines."""
    return _export("jsonl", "application/jsonl; charset=utf-8")


def _export(fmt: str, content_type: str) -> Response:
    db, me = edge.get_db(), edge.viewer()
    wanted = parse(request.args.to_dict(flat=False))
    trays.check_scope(db, me, wanted)
    given = [value for value in request.args.getlist("rows") if value] or ["remarks"]
    if len(given) > 1 or given[0] not in export.ROWS:
        raise BadQuery("rows")
    made = export.pieces(db.path, me.id, wanted, rows=given[0], fmt=fmt, base_url=edge.settings()["base_url"])
    name = export.file_name(db, wanted, rows=given[0], fmt=fmt, now=edge.now())
    answer = Response(_bytes(made), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _bytes(made: Iterator[tuple[bytes, int]]) -> Iterator[bytes]:
    for piece, _ in made:
        yield piece


def _selection(author_id: int) -> triage.Selection:
    form = request.form
    if form.get("all_matching") == "1":
        cutoff = _number("cutoff", form.get("cutoff", ""))
        return triage.all_matching(author_id, parse(form.to_dict(flat=False)), cutoff)
    return triage.picked(author_id, [_number("remark", value) for value in form.getlist("remark")])


def _action() -> str:
    """The action; a list to choose the kind from has it in a field of its own."""
    action = request.form.get("action", "")
    return f"kind:{request.form.get('to', '')}" if action == "kind" else action


def _number(name: str, value: str) -> int:
    if not _NUMBER.fullmatch(value) or int(value) > LARGEST:
        raise BadQuery(name, WRONG.get(name, ""))
    return int(value)


def _one_remark(given: list[str]) -> int:
    if len(given) != 1:
        raise BadQuery("remark", WRONG["remark"])
    return _number("remark", given[0])


def _token() -> str:
    return secrets.token_urlsafe(24)


def _back(said: str, undo_token: str = "", spot: str = "") -> ResponseReturnValue:
    """To the tray a form came from, at the place in it, or to what was taught; saying what was done there."""
    if undo_token:
        picked = request.form.getlist("remark")
        session["undo"] = {"said": said, "token": undo_token, "spot": picked[0] if len(picked) == 1 else ""}
    elif said:
        flash(said, "done")
    if request.form.get("back") == TAUGHT:
        return redirect(url_for("dashboard.taught"), 303)
    spot = spot or request.form.get("spot", "")
    query = urlencode(_tray_of(request.form.get("back", "")).to_query())
    place = f"#remark-{spot}" if _NUMBER.fullmatch(spot) else ""
    return redirect(url_for("dashboard.desk") + (f"?{query}" if query else "") + place, 303)


def _tray_of(back: str) -> Filter:
    """The filter a form says it came from. It is only ever read as one, so that it leads nowhere else."""
    try:
        return parse(parse_qs(back[:LONGEST_BACK]))
    except FeedbackError:
        return Filter()
