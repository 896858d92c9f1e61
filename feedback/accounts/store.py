"""The SQL of accounts, their sessions, reset links and counted attempts."""

from feedback.db import Database, Row


def insert_account(
    db: Database,
    *,
    name: str,
    name_key: str,
    role: str,
    password_hash: str,
    recovery_hash: str | None,
    now: int,
) -> int | None:
    """Add an account and return its id, or ``None`` when the name is taken."""
    row = db.row(
        """
        INSERT INTO account (name, name_key, role, password_hash, recovery_hash, created_at)
        VALUES (:name, :name_key, :role, :password_hash, :recovery_hash, :now)
        ON CONFLICT (name_key) DO NOTHING
        RETURNING id
        """,
        name=name,
        name_key=name_key,
        role=role,
        password_hash=password_hash,
        recovery_hash=recovery_hash,
        now=now,
    )
    return None if row is None else int(row["id"])


def account_by_key(db: Database, name_key: str) -> Row | None:
    """The account of that name, with its hashes."""
    return db.row(
        """
        SELECT id, name, name_key, role, password_hash, recovery_hash, created_at
        FROM account
        WHERE name_key = :name_key
        """,
        name_key=name_key,
    )


def account_by_id(db: Database, account_id: int) -> Row | None:
    """The account with that id, with its hashes."""
    return db.row(
        """
        SELECT id, name, name_key, role, password_hash, recovery_hash, created_at
        FROM account
        WHERE id = :account_id
        """,
        account_id=account_id,
    )


def replace_password(db: Database, account_id: int, *, old_hash: str, new_hash: str) -> bool:
    """Whether the password still was the old one, and now is the new one."""
    changed = db.change(
        """
        UPDATE account
        SET password_hash = :new_hash
        WHERE id = :account_id AND password_hash = :old_hash
        """,
        account_id=account_id,
        old_hash=old_hash,
        new_hash=new_hash,
    )
    return changed == 1


def set_password(db: Database, account_id: int, password_hash: str) -> None:
    """Give an account a password, whatever it was."""
    db.change(
        "UPDATE account SET password_hash = :password_hash WHERE id = :account_id",
        account_id=account_id,
        password_hash=password_hash,
    )


def replace_recovery(db: Database, account_id: int, *, old_hash: str | None, new_hash: str) -> bool:
    """Whether the recovery code still was the old one, and now is the new one."""
    changed = db.change(
        """
        UPDATE account
        SET recovery_hash = :new_hash
        WHERE id = :account_id AND recovery_hash IS :old_hash
        """,
        account_id=account_id,
        old_hash=old_hash,
        new_hash=new_hash,
    )
    return changed == 1


def insert_session(
    db: Database,
    *,
    account_id: int,
    token_hash: str,
    remembered: bool,
    expires_at: int,
    address: str,
    agent: str,
    now: int,
) -> int:
    """Add a log-in session and return its id."""
    session_id: int = db.value(
        """
        INSERT INTO login_session
            (account_id, token_hash, remembered, created_at, seen_at, expires_at, address, agent)
        VALUES
            (:account_id, :token_hash, :remembered, :now, :now, :expires_at, :address, :agent)
        RETURNING id
        """,
        account_id=account_id,
        token_hash=token_hash,
        remembered=int(remembered),
        expires_at=expires_at,
        address=address,
        agent=agent,
        now=now,
    )
    return session_id


def account_by_token(db: Database, token_hash: str, now: int) -> Row | None:
    """The account that a living session belongs to, and the session's times."""
    return db.row(
        """
        SELECT
            account.id,
            account.name,
            account.role,
            login_session.id AS session_id,
            login_session.remembered,
            login_session.created_at,
            login_session.seen_at
        FROM login_session
        JOIN account ON account.id = login_session.account_id
        WHERE login_session.token_hash = :token_hash AND login_session.expires_at > :now
        """,
        token_hash=token_hash,
        now=now,
    )


def touch_session(db: Database, session_id: int, *, address: str, expires_at: int, now: int) -> None:
    """Note when and, if known, from where a session was last used, and until when it lives."""
    db.change(
        """
        UPDATE login_session
        SET
            seen_at = :now,
            expires_at = :expires_at,
            address = CASE WHEN :address = '' THEN address ELSE :address END
        WHERE id = :session_id
        """,
        session_id=session_id,
        address=address,
        expires_at=expires_at,
        now=now,
    )


def rotate_session(db: Database, session_id: int, token_hash: str) -> None:
    """Give a session a new token; the old one is worth nothing from here on."""
    db.change(
        "UPDATE login_session SET token_hash = :token_hash WHERE id = :session_id",
        session_id=session_id,
        token_hash=token_hash,
    )


def sessions_of(db: Database, account_id: int, now: int) -> list[Row]:
    """An account's living sessions, last used first."""
    return db.rows(
        """
        SELECT id, remembered, created_at, seen_at, expires_at, address, agent
        FROM login_session
        WHERE account_id = :account_id AND expires_at > :now
        ORDER BY seen_at DESC, id DESC
        """,
        account_id=account_id,
        now=now,
    )


def delete_session(db: Database, account_id: int, session_id: int) -> bool:
    """Whether the account had that session; it is gone now."""
    deleted = db.change(
        "DELETE FROM login_session WHERE id = :session_id AND account_id = :account_id",
        session_id=session_id,
        account_id=account_id,
    )
    return deleted == 1


def delete_sessions(db: Database, account_id: int, *, but: int = 0) -> int:
    """End an account's sessions, except the one with the id ``but``; how many."""
    return db.change(
        "DELETE FROM login_session WHERE account_id = :account_id AND id <> :but",
        account_id=account_id,
        but=but,
    )


def delete_stale_sessions(db: Database, account_id: int, *, most: int, now: int) -> None:
    """Drop an account's expired sessions, and of the living ones all but the ``most`` last used."""
    db.change(
        """
        DELETE FROM login_session
        WHERE account_id = :account_id
            AND id NOT IN (
                SELECT id
                FROM login_session
                WHERE account_id = :account_id AND expires_at > :now
                ORDER BY seen_at DESC, id DESC
                LIMIT :most
            )
        """,
        account_id=account_id,
        most=most,
        now=now,
    )


def expired_sessions(db: Database, now: int, *, most: int) -> list[int]:
    """The ids of sessions that have expired. Read apart from deleting: the search takes no write lock."""
    rows = db.rows("SELECT id FROM login_session WHERE expires_at <= :now LIMIT :most", now=now, most=most)
    return [int(row["id"]) for row in rows]


def delete_sessions_by_id(db: Database, ids: list[int]) -> None:
    """Delete these sessions, whosever they are."""
    with db.transaction():
        for session_id in ids:
            db.change("DELETE FROM login_session WHERE id = :session_id", session_id=session_id)


def insert_reset(db: Database, *, account_id: int, token_hash: str, expires_at: int) -> None:
    """Keep a one-time reset link."""
    db.change(
        """
        INSERT INTO reset_link (token_hash, account_id, expires_at)
        VALUES (:token_hash, :account_id, :expires_at)
        """,
        token_hash=token_hash,
        account_id=account_id,
        expires_at=expires_at,
    )


def account_by_reset(db: Database, token_hash: str, now: int) -> Row | None:
    """The account whose password an unused, living link resets."""
    return db.row(
        """
        SELECT account.id, account.name, account.role
        FROM reset_link
        JOIN account ON account.id = reset_link.account_id
        WHERE reset_link.token_hash = :token_hash AND reset_link.used_at IS NULL AND reset_link.expires_at > :now
        """,
        token_hash=token_hash,
        now=now,
    )


def use_reset(db: Database, token_hash: str, now: int) -> bool:
    """Whether the link could still be used; it is used now."""
    used = db.change(
        """
        UPDATE reset_link
        SET used_at = :now
        WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :now
        """,
        token_hash=token_hash,
        now=now,
    )
    return used == 1


def void_resets(db: Database, account_id: int) -> None:
    """Forget an account's reset links that were not used."""
    db.change("DELETE FROM reset_link WHERE account_id = :account_id AND used_at IS NULL", account_id=account_id)


def delete_expired_resets(db: Database, now: int) -> None:
    """Forget the reset links whose hour is over."""
    db.change("DELETE FROM reset_link WHERE expires_at <= :now", now=now)


def attempts(db: Database, *, scope: str, key: str, since: int, most: int) -> list[int]:
    """The times of the latest attempts after ``since``, newest first, at most ``most`` of them."""
    rows = db.rows(
        """
        SELECT at
        FROM attempt
        WHERE scope = :scope AND key = :key AND at > :since
        ORDER BY at DESC
        LIMIT :most
        """,
        scope=scope,
        key=key,
        since=since,
        most=most,
    )
    return [int(row["at"]) for row in rows]


def insert_attempt(db: Database, *, scope: str, key: str, now: int) -> None:
    """Count an attempt."""
    db.change(
        "INSERT INTO attempt (scope, key, at) VALUES (:scope, :key, :now)",
        scope=scope,
        key=key,
        now=now,
    )


def delete_old_attempts(db: Database, *, before: int, most: int) -> None:
    """Forget attempts that count nowhere any more, looking at the ``most`` oldest only: bounded work."""
    db.change(
        """
        DELETE FROM attempt
        WHERE id IN (SELECT id FROM attempt ORDER BY id LIMIT :most) AND at < :before
        """,
        before=before,
        most=most,
    )
