"""What people do with their accounts: register, log in, change a password, get back in without it."""

from feedback import text
from feedback.accounts import passwords, recovery, sessions, store, throttle
from feedback.accounts.account import Account as Account
from feedback.config import Config
from feedback.db import Database, Row
from feedback.errors import Invalid, NotFound

RESET_LINK_LIVES = 60 * 60
"""Seconds until a reset link is worth nothing."""

# Names that speak for the site. Only its operator gives them away (`feedback user add`).
_OFFICIAL = (
    *("admin", "admins", "administrator", "sysadmin", "webmaster", "operator", "root", "system", "feedback"),
    *("moderator", "moderators", "mod", "mods", "moderation", "staff", "support"),
)
_RESERVED = frozenset(map(text.at_a_glance, _OFFICIAL))

_WRONG_LOG_IN = "That name and password do not go together."
_WRONG_CODE = "That name and recovery code do not go together."
_CLEARED_AT_ONCE = 1_000


def register(
    db: Database,
    username: str,
    password: str,
    password2: str,
    *,
    address: str,
    agent: str,
    now: int,
    config: Config,
    remember: bool = False,
    instead_of: Account | None = None,
) -> tuple[Account, str]:
    """Make an account and log it in; return it and its recovery code, which nobody can look up again.

    :param instead_of: who was logged in at this visitor's until now; that session ends.
    :raises Invalid: (``username``, ``password``, ``password2``) with what is wrong; a taken or official name too.
    :raises TooMany: this address has made its share of accounts.
    """
    name, key = _free_name(db, username)
    if text.at_a_glance(key) in _RESERVED:
        raise Invalid(f"The name “{name}” is kept for those who run this site.", "username")
    chosen = passwords.chosen(password, password2)
    limits = throttle.registration_limits(address, config)
    throttle.check(db, limits, now)
    password_hash, code = passwords.hashed(chosen), recovery.new_code()
    with db.transaction():
        throttle.count(db, limits, now)
        row = _insert(db, name, key, "reader", password_hash, recovery.hashed(code), now)
        account = sessions.begin(
            db, row, remember=remember, address=address, agent=agent, now=now, instead_of=instead_of
        )
    return account, code


def add(db: Database, name: str, password: str, role: str, now: int) -> int:
    """Make an account without logging it in, as the operator does; return its id.

    :param role: ``reader``, ``moderator`` or ``admin``.
    :raises Invalid: as `register`.
    """
    shown, key = _free_name(db, name)
    password_hash = passwords.hashed(passwords.chosen(password, password))
    with db.transaction():
        return int(_insert(db, shown, key, role, password_hash, None, now)["id"])


def log_in(
    db: Database,
    username: str,
    password: str,
    *,
    remember: bool,
    address: str,
    agent: str,
    now: int,
    config: Config,
    instead_of: Account | None = None,
) -> Account:
    """Open a session for whoever knows the password.

    :raises Invalid: the name does not exist or the password is wrong: the same answer after the same work.
    :raises TooMany: too many failures; the password was not looked at.
    """
    key = _key(username)
    row = _proven(db, key, password, address=address, now=now, config=config, wrong=Invalid(_WRONG_LOG_IN))
    fresh = passwords.hashed(password) if passwords.is_dated(row["password_hash"]) else ""
    with db.transaction():
        if fresh:
            store.replace_password(db, row["id"], old_hash=row["password_hash"], new_hash=fresh)
        throttle.forget(db, now)
        return sessions.begin(
            db, row, remember=remember, address=address, agent=agent, now=now, instead_of=instead_of
        )


def profile(db: Database, me: Account) -> Row:
    """My name, role, ``created_at``, and whether I have a recovery code (``recovery_hash``).

    :raises NotFound: the account is gone.
    """
    row = store.account_by_id(db, me.id)
    if row is None:
        raise NotFound
    return row


def change_password(
    db: Database,
    me: Account,
    current: str,
    password: str,
    password2: str,
    *,
    address: str,
    now: int,
    config: Config,
) -> Account:
    """Give me a new password; every other session ends and this one gets a new token, which is returned.

    :raises Invalid: (``current_password``, ``password``, ``password2``).
    :raises TooMany: the current password was wrong too often.
    """
    chosen = passwords.chosen(password, password2)
    row = _proven_to_be_me(db, me, current, address=address, now=now, config=config)
    new_hash = passwords.hashed(chosen)
    with db.transaction():
        if not store.replace_password(db, me.id, old_hash=row["password_hash"], new_hash=new_hash):
            raise Invalid("Your password was changed elsewhere just now.", "current_password")
        store.void_resets(db, me.id)
        sessions.revoke_others(db, me)
        return sessions.rotate(db, me)


def renew_recovery_code(db: Database, me: Account, password: str, *, address: str, now: int, config: Config) -> str:
    """Replace my recovery code; the old one is worth nothing any more.

    :raises Invalid: (``current_password``) the password is wrong.
    :raises TooMany: it was wrong too often.
    """
    row = _proven_to_be_me(db, me, password, address=address, now=now, config=config)
    code = recovery.new_code()
    with db.transaction():
        if not store.replace_recovery(db, me.id, old_hash=row["recovery_hash"], new_hash=recovery.hashed(code)):
            raise Invalid("A new code was made elsewhere just now; use that one, or try again.")
    return code


def recover(
    db: Database,
    username: str,
    code: str,
    password: str,
    password2: str,
    *,
    address: str,
    agent: str,
    now: int,
    config: Config,
    instead_of: Account | None = None,
) -> tuple[Account, str]:
    """Set a new password with the recovery code and log in; all other sessions end. Return a new code with it.

    :raises Invalid: (``password``, ``password2``, or the form) the new password can't be one, or name and code
        do not go together.
    :raises TooMany: too many wrong codes.
    """
    chosen = passwords.chosen(password, password2)
    row = _proven_by_code(db, _key(username), code, throttle_by=(address, config), now=now)
    password_hash, fresh = passwords.hashed(chosen), recovery.new_code()
    with db.transaction():
        # Whoever comes second with the same code finds it used.
        if not store.replace_recovery(db, row["id"], old_hash=row["recovery_hash"], new_hash=recovery.hashed(fresh)):
            raise Invalid(_WRONG_CODE)
        _take_over(db, row, password_hash)
        account = sessions.begin(
            db, row, remember=False, address=address, agent=agent, now=now, instead_of=instead_of
        )
    return account, fresh


def make_reset_link(db: Database, name: str, now: int) -> str:
    """The token of a one-time link for an account; it lives an hour, and an earlier one is void.

    :raises NotFound: there is no such account.
    """
    row = store.account_by_key(db, _key(name))
    if row is None:
        raise NotFound(f"There is no account named “{name}”.")
    token = sessions.new_token()
    with db.transaction():
        store.void_resets(db, row["id"])
        store.insert_reset(
            db, account_id=row["id"], token_hash=sessions.token_hash(token), expires_at=now + RESET_LINK_LIVES
        )
    return token


def find_reset(db: Database, token: str, now: int) -> Row:
    """The account (``id``, ``name``, ``role``) whose password a link resets.

    :raises NotFound: the link was used, is too old, or never was one.
    """
    row = store.account_by_reset(db, sessions.token_hash(token), now)
    if row is None:
        raise NotFound("This link has been used, or is older than an hour. Ask for a new one.")
    return row


def reset(
    db: Database,
    token: str,
    password: str,
    password2: str,
    *,
    address: str,
    agent: str,
    now: int,
    instead_of: Account | None = None,
) -> Account:
    """Set a new password with a reset link and log in; all other sessions end.

    :raises NotFound: as `find_reset`.
    :raises Invalid: (``password``, ``password2``) the new password can't be one.
    """
    row = find_reset(db, token, now)
    password_hash = passwords.hashed(passwords.chosen(password, password2))
    with db.transaction():
        if not store.use_reset(db, sessions.token_hash(token), now):
            raise NotFound("This link was used just now.")
        _take_over(db, row, password_hash)
        return sessions.begin(db, row, remember=False, address=address, agent=agent, now=now, instead_of=instead_of)


def clear(db: Database, now: int) -> None:
    """Forget expired sessions and reset links, and attempts that no longer count; a bounded share each time."""
    throttle.forget(db, now)
    store.delete_sessions_by_id(db, store.expired_sessions(db, now, most=_CLEARED_AT_ONCE))
    store.delete_expired_resets(db, now)


def _free_name(db: Database, username: str) -> tuple[str, str]:
    name, key = text.username(username)
    if store.account_by_key(db, key) is not None:
        raise _taken(name)
    return name, key


def _taken(name: str) -> Invalid:
    return Invalid(f"The name “{name}” is taken, or looks just like one that is.", "username")


def _insert(
    db: Database, name: str, key: str, role: str, password_hash: str, recovery_hash: str | None, now: int
) -> Row:
    account_id = store.insert_account(
        db, name=name, name_key=key, role=role, password_hash=password_hash, recovery_hash=recovery_hash, now=now
    )
    row = None if account_id is None else store.account_by_id(db, account_id)
    if row is None:
        raise _taken(name)
    return row


def _key(username: str) -> str:
    """The key of a name as typed; "", which no account has, when it can't be a name."""
    try:
        return text.username(username)[1]
    except Invalid:
        return ""


def _proven(db: Database, key: str, password: str, *, address: str, now: int, config: Config, wrong: Invalid) -> Row:
    """The account of that key, if the password is its own; a failure is counted.

    Tries are counted and hashed one at a time, so that many at once get no further than one after another.
    """
    limits = throttle.log_in_limits(key, address, config)
    with passwords.turn:
        throttle.check(db, limits, now)
        row = store.account_by_key(db, key)
        right = passwords.matches(row["password_hash"] if row else None, password)
        if row is None or not right:
            throttle.count(db, limits, now)
            raise wrong
    return row


def _proven_to_be_me(db: Database, me: Account, password: str, *, address: str, now: int, config: Config) -> Row:
    """My account, if the password is mine: an unattended browser or a stolen cookie is not enough."""
    wrong = Invalid("That is not your current password.", "current_password")
    key = profile(db, me)["name_key"]
    return _proven(db, key, password, address=address, now=now, config=config, wrong=wrong)


def _proven_by_code(db: Database, key: str, code: str, *, throttle_by: tuple[str, Config], now: int) -> Row:
    limits = throttle.recovery_limits(key, *throttle_by)
    throttle.check(db, limits, now)
    row = store.account_by_key(db, key)
    right = recovery.matches(row["recovery_hash"] if row else None, code)
    if row is None or not right:
        throttle.count(db, limits, now)
        raise Invalid(_WRONG_CODE)
    return row


def _take_over(db: Database, row: Row, password_hash: str) -> None:
    """A new password without the old one: whoever else was logged in, or has a reset link, is out."""
    store.set_password(db, row["id"], password_hash)
    store.void_resets(db, row["id"])
    store.delete_sessions(db, row["id"])
