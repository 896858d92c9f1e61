"""Recovery codes: made here, read back from what a person typed, compared as hashes."""

import hashlib
import hmac
import secrets

# Crockford's base 32: no I, L, O or U, which people misread or misspell.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 4, 5
_MISREAD = str.maketrans("OIL", "011", " -–—_\t\n\r")


def new_code() -> str:
    """Twenty random characters (100 bits) in groups of five, to be written on paper."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def hashed(code: str) -> str:
    """The stored form of a code. It is random, so there is nothing to guess that a slow hash would protect."""
    return hashlib.sha256(_read(code).encode("utf-8", "surrogatepass")).hexdigest()


def matches(stored: str | None, code: str) -> bool:
    """Whether ``code`` is the one kept as ``stored``; case, spaces, hyphens and O for 0 don't matter."""
    return hmac.compare_digest(stored or _NOBODYS, hashed(code)) and stored is not None


def _read(code: str) -> str:
    return code[:200].upper().translate(_MISREAD)


_NOBODYS = "-" * 64
