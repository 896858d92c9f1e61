"""Passwords: what may be one, and how it is hashed.

Argon2id with OWASP's parameters (Password Storage Cheat Sheet: 19 MiB, two passes, one lane). A password is NFC
normalised, so that the same one typed on another keyboard is the same; nothing else about it is changed.
"""

import base64
import os
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from feedback.errors import Invalid

FEWEST, MOST = 8, 1024
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)

turn = threading.RLock()
"""One hash at a time in a process: 19 MiB and one core at most, however many log in at once. Taken by `hashed` and
`matches`; whoever counts tries takes it around both, so that no try slips in between counting and hashing."""

# NFC can take four code points to one; more than this can't become a password, and long runs of marks cost
# quadratic time to normalise.
_MOST_RAW = 4 * MOST


def chosen(password: str, again: str) -> str:
    """A new password, typed twice, as it will be hashed.

    :raises Invalid: (field ``password`` or ``password2``) too short, too long, or the two differ.
    """
    if len(password) > _MOST_RAW:
        raise Invalid(f"A password can have {MOST:,} characters at most.", "password")
    normal = unicodedata.normalize("NFC", password)
    if len(normal) < FEWEST:
        raise Invalid(f"A password needs {FEWEST} characters or more; a few words in a row do nicely.", "password")
    if len(normal) > MOST:
        raise Invalid(f"A password can have {MOST:,} characters; this has {len(normal):,}.", "password")
    if password != again and normal != _prepared(again):
        raise Invalid("The two passwords differ. Type the same one twice.", "password2")
    return normal


def hashed(password: str) -> str:
    """The stored form of a password; takes about 25 ms and 19 MiB."""
    with turn:
        return HASHER.hash(_encoded(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one that ``stored`` was made of.

    Without a stored hash (there is no such account) it takes the same time, and is never right.
    """
    with turn:
        try:
            return HASHER.verify(stored or _NOBODYS, _encoded(password)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_dated(stored: str) -> bool:
    """Whether ``stored`` was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def _prepared(password: str) -> str:
    # Nothing that long was ever stored, and no stored password is empty.
    return unicodedata.normalize("NFC", password) if len(password) <= _MOST_RAW else ""


def _encoded(password: str) -> bytes:
    return _prepared(password).encode("utf-8", "surrogatepass")


def _nobodys() -> str:
    """A hash of today's parameters that no password has: its bytes are random, not made of anything."""
    salt, digest = (base64.b64encode(os.urandom(size)).rstrip(b"=").decode() for size in (16, 32))
    return f"$argon2id$v=19$m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}${salt}${digest}"


_NOBODYS = _nobodys()
