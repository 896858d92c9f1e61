"""Reporting a review, and the moderators' queue."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback import edge
from feedback.errors import BadQuery, Conflict, Invalid
from feedback.moderation import deciding, reporting
from feedback.reviews import reading

blueprint = Blueprint("moderation", __name__)
blueprint.after_request(edge.never_store)


@blueprint.route("/reviews/<int:review_id>/report", methods=["GET", "POST"])
def report(review_id: int) -> ResponseReturnValue:
    db, me = edge.get_db(), edge.viewer()
    if request.method == "GET":
        return _report_form(review_id)
    form = request.form
    try:
        new = reporting.report(
            db,
            me,
            review_id,
            reason=form.get("reason"),
            note=form.get("note"),
            now=edge.now(),
            config=edge.settings(),
        )
    except Invalid as error:
        return _report_form(review_id, error)
    flash(
        "Thank you. A moderator will look at it."
        if new
        else "You have reported this already; a moderator will look.",
        "done",
    )
    return redirect(edge.back_to_desk() or f"/reviews/{review_id}", 303)


def _report_form(review_id: int, error: Invalid | None = None) -> Response:
    review = reporting.find_to_report(edge.get_db(), edge.viewer(), review_id)
    page = render_template(
        "moderation/report.html", review=review, reasons=reporting.REASONS, error=error, typed=request.form
    )
    return make_response(page, error.status if error else 200)


@blueprint.get("/moderation")
def queue() -> ResponseReturnValue:
    return make_response(_queue())


@blueprint.post("/moderation/<int:report_id>")
def decide(report_id: int) -> ResponseReturnValue:
    db, me, form = edge.get_db(), edge.viewer(), request.form
    try:
        deciding.decide(db, me, report_id, action=form.get("action"), reason=form.get("reason"), now=edge.now())
    except (Invalid, Conflict) as error:
        return make_response(_queue(error, report_id), error.status)
    flash("Removed. Its writer sees your reason." if form["action"] == "remove" else "Kept as it was.", "done")
    return redirect(url_for("moderation.queue"), 303)


def _queue(error: Invalid | Conflict | None = None, report_id: int = 0) -> str:
    return render_template(
        "moderation/queue.html",
        queue=deciding.queue(edge.get_db(), edge.viewer(), _after()),
        reasons=reporting.REASONS,
        error=error,
        wrong=report_id,
        typed=request.form,
    )


def _after() -> int:
    try:
        return reading.cursor(request.args.getlist("after")) or 0
    except BadQuery as error:
        raise BadQuery("after") from error
