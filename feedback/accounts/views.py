"""Register, log in and out, and the account's own pages."""

from typing import Any, cast

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask import current_app as app
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from feedback import edge
from feedback.accounts import landing, people
from feedback.accounts import login as logins
from feedback.accounts import sessions as log_ins
from feedback.errors import Invalid, NotFound, TooMany

# The form comes back with what is wrong, and still leads to where the person was going.
REFUSED = (Invalid, TooMany)

blueprint = Blueprint("accounts", __name__)
blueprint.after_request(edge.never_store)


@blueprint.record_once
def _attach(state: BlueprintSetupState) -> None:
    logins.init_app(cast(Flask, state.app))


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Make an account."""
    going = _going()
    if request.method != "POST":
        return _to(going.url) if edge.viewer() else _page("register", going=going)
    remember = "remember" in request.form
    try:
        me, code = people.register(
            edge.get_db(),
            _typed("username"),
            _typed("password"),
            _typed("password2"),
            remember=remember,
            config=edge.settings(),
            **_visit(),
        )
    except REFUSED as error:
        return _page("register", error, going=going)
    logins.sign_in(me, remember=remember, draft=going.draft)
    return _show_code(code, going)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Log in, and go on to where one was."""
    going = _going()
    if request.method != "POST":
        return _to(going.url) if edge.viewer() else _page("login", going=going)
    remember = "remember" in request.form
    try:
        me = people.log_in(
            edge.get_db(),
            _typed("username"),
            _typed("password"),
            remember=remember,
            config=edge.settings(),
            **_visit(),
        )
    except REFUSED as error:
        return _page("login", error, going=going)
    logins.sign_in(me, remember=remember, draft=going.draft)
    return _to(going.url)


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """End this session."""
    log_ins.log_out(edge.get_db(), edge.viewer())
    return _logged_out()


@blueprint.route("/recover", methods=["GET", "POST"])
def recover() -> ResponseReturnValue:
    """Back in with the recovery code."""
    going = _going()
    if request.method != "POST":
        return _page("recover", going=going)
    try:
        me, code = people.recover(
            edge.get_db(),
            _typed("username"),
            _typed("code"),
            _typed("password"),
            _typed("password2"),
            config=edge.settings(),
            **_visit(),
        )
    except REFUSED as error:
        return _page("recover", error, going=going)
    logins.sign_in(me, remember=False, draft=going.draft)
    flash("Your new password is set, and everyone else who was logged in as you is logged out.")
    return _show_code(code, going)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Back in with a link from the operator."""
    db = edge.get_db()
    person = people.find_reset(db, token, edge.now())
    if request.method != "POST":
        return _page("reset", person=person)
    try:
        me = people.reset(db, token, _typed("password"), _typed("password2"), **_visit())
    except REFUSED as error:
        return _page("reset", error, person=person)
    logins.sign_in(me, remember=False)
    flash("Your new password is set. If your recovery code is lost too, make a new one below.")
    return _to(url_for("accounts.account"))


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """What there is to see and change about one's account."""
    return _page("account", profile=people.profile(edge.get_db(), edge.viewer()))


@blueprint.route("/account/recovery-code", methods=["GET", "POST"])
def recovery_code() -> ResponseReturnValue:
    """A new recovery code, shown once; and a form to make another."""
    going = _going()
    if request.method != "POST":
        return _page("recovery_code", going=going, code=session.pop("recovery_code", ""))
    try:
        code = people.renew_recovery_code(
            edge.get_db(),
            edge.viewer(),
            _typed("current_password"),
            address=edge.client(),
            now=edge.now(),
            config=edge.settings(),
        )
    except REFUSED as error:
        return _page("recovery_code", error, going=going, code="")
    return _show_code(code, going if going.query else landing.Landing(url_for("accounts.account"), ""))


@blueprint.get("/account/sessions")
def sessions() -> ResponseReturnValue:
    """Where one is logged in."""
    return _page("sessions", devices=log_ins.devices(edge.get_db(), edge.viewer(), edge.now()))


@blueprint.post("/account/sessions/revoke")
def revoke_session() -> ResponseReturnValue:
    """End one session (``session`` = its id), or all others (``others`` = 1)."""
    db, me = edge.get_db(), edge.viewer()
    if "others" in request.form:
        others = log_ins.revoke_others(db, me)
        flash("Everywhere else is logged out." if others else "You were logged in nowhere else.")
        return _to(url_for("accounts.sessions"))
    chosen = _session_id(_typed("session"))
    log_ins.revoke(db, me, chosen)
    if chosen == me.session_id:
        return _logged_out()
    flash("That session has ended.")
    return _to(url_for("accounts.sessions"))


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password."""
    if request.method != "POST":
        return _page("password")
    try:
        me = people.change_password(
            edge.get_db(),
            edge.viewer(),
            _typed("current_password"),
            _typed("password"),
            _typed("password2"),
            address=edge.client(),
            now=edge.now(),
            config=edge.settings(),
        )
    except REFUSED as error:
        return _page("password", error)
    logins.stay(me)
    flash("Your password is changed. Everywhere else you were logged in, you no longer are.")
    return _to(url_for("accounts.account"))


def _going() -> landing.Landing:
    return landing.wanted(request, app.url_map.bind(""))


def _visit() -> dict[str, Any]:
    """What a new session notes of the visitor, and the account whose session it takes the place of."""
    return {
        "address": edge.client(),
        "agent": request.user_agent.string,
        "now": edge.now(),
        "instead_of": edge.viewer(),
    }


def _typed(name: str) -> str:
    return request.form.get(name, "")


def _session_id(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        raise NotFound
    return int(typed)


def _page(name: str, error: Invalid | TooMany | None = None, **facts: object) -> Response:
    page = render_template(f"accounts/{name}.html", error=error, typed=request.form, **facts)
    answer = make_response(page, error.status if error else 200)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _to(address: str) -> Response:
    return make_response(redirect(address, 303))


def _show_code(code: str, going: landing.Landing) -> Response:
    """To the page that shows a code once: it waits in this session's cookie, which only its owner has."""
    session["recovery_code"] = code
    return _to(url_for("accounts.recovery_code", **going.query))


def _logged_out() -> Response:
    logins.sign_out()
    answer = _to(landing.HOME)
    # Half-written reviews kept in this browser are the person's who leaves, not the next one's.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
