"""Accounts, their log-in sessions, reset links, and failures and registrations to throttle."""

import sqlite_utils

from feedback.db.schema.steps import migrations, run


@migrations(name="0001_accounts")
def accounts(db: sqlite_utils.Database) -> None:
    """Accounts, their log-in sessions, reset links, and failures and registrations to throttle."""
    run(
        db,
        """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (length(name) BETWEEN 3 AND 30),
            name_key TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'moderator', 'admin')),
            password_hash TEXT NOT NULL,
            recovery_hash TEXT,
            created_at INTEGER NOT NULL,
            desk_since INTEGER,
            desk_seen_at INTEGER
        ) STRICT

        CREATE TABLE login_session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            token_hash TEXT NOT NULL UNIQUE,
            remembered INTEGER NOT NULL CHECK (remembered IN (0, 1)),
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            address TEXT NOT NULL,
            agent TEXT NOT NULL
        ) STRICT

        CREATE INDEX login_session_account ON login_session (account_id)

        CREATE TABLE reset_link (
            token_hash TEXT PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            expires_at INTEGER NOT NULL,
            used_at INTEGER
        ) STRICT

        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            scope TEXT NOT NULL CHECK (scope IN ('login_name', 'login_address', 'register', 'recover')),
            key TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT

        CREATE INDEX attempt_key ON attempt (scope, key, at)

        CREATE TABLE health (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            probed_at INTEGER NOT NULL
        ) STRICT

        INSERT INTO health (id, probed_at) VALUES (1, 0)
        """,
    )
