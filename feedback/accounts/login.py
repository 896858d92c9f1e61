"""flask-login over our session rows: the cookies carry a session's token, and the row decides."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request, session
from flask_login import LoginManager, login_user, logout_user

from feedback import edge
from feedback.accounts import sessions
from feedback.accounts.account import Account

Takes = Callable[[Account, str], object]
"""What takes up the draft with a token for somebody who has just logged in."""


def init_app(app: Flask) -> None:
    """Tell ``app`` how a request's account is found."""
    app.extensions["feedback"]["takes_drafts"] = []
    manager = LoginManager()
    # The row ends a session; tying the cookie to an address would log out every phone that changes networks.
    manager.session_protection = None
    manager.user_loader(_account)
    manager.init_app(app, add_context_processor=False)


def when_signed_in(shared: dict[str, Any], take: Takes) -> None:
    """Have ``take`` called with whoever logs in or registers and with the draft they bring.

    This room carries a draft's token from form to form and knows nothing else of it.

    :param shared: the application's ``extensions["feedback"]``.
    """
    shared["takes_drafts"].append(take)


def sign_in(account: Account, *, remember: bool, draft: str = "") -> None:
    """Give the visitor the cookies of a session just begun; nothing of an earlier one is left in them.

    :param draft: the token of the words they typed before, "" for none.
    """
    session.clear()
    _log_in(account, remember)
    if not remember:
        _drop_remembered()
    for take in current_app.extensions["feedback"]["takes_drafts"] if draft else ():
        take(account, draft)


def stay(account: Account) -> None:
    """The same session goes on under a new token; what is open in other tabs stays valid."""
    _log_in(account, _is_remembered())


def sign_out() -> None:
    """Leave the visitor no cookie worth anything."""
    session.clear()
    logout_user()


def _log_in(account: Account, remember: bool) -> None:
    login_user(account, remember=remember)
    # A fingerprint for the session protection that is off.
    session.pop("_id", None)


def _account(token: str) -> Account | None:
    """The account of a request: one indexed query."""
    account = sessions.account_for_token(edge.get_db(), token, edge.now(), edge.client())
    if account is None:
        # Revoked or expired: both cookies carry the same token, so neither needs to be asked about again.
        session.pop("_user_id", None)
        _drop_remembered()
    return account


def _is_remembered() -> bool:
    return _remember_cookie() in request.cookies


def _drop_remembered() -> None:
    if _is_remembered():
        session["_remember"] = "clear"


def _remember_cookie() -> str:
    return str(current_app.config["REMEMBER_COOKIE_NAME"])
