"""Flask's cookie sessions, with the signer made once."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """As Flask's own, which makes a signer anew for every request, also for those that bring no cookie.

    The secret key of a running site does not change, and signing keeps nothing in the signer.
    """

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The one signer."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
