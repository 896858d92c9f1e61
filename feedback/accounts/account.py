"""Who is logged in: the account and the session it came with."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """A logged-in account, in the form flask-login wants.

    ``token`` is the secret of the session row with the id ``session_id``; only its hash is stored.
    """

    id: int
    name: str
    role: str
    token: str = field(repr=False)
    session_id: int

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the cookies carry: the session's token, not the account's id, so that revoking ends both."""
        return self.token
