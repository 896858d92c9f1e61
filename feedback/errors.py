"""The small vocabulary of things that go wrong. Raised anywhere inside, turned into an answer once, at the edge."""


class FeedbackError(Exception):
    """An expected failure with one sentence for a person.

    ``status`` is its HTTP status; the command line prints the sentence and exits with 2.
    """

    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(FeedbackError):
    """What a person typed can't be taken as it is. ``field`` names the form field it belongs to, "" for the form."""

    status = 422

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class BadQuery(FeedbackError):
    """What an address, a form or an option asks for makes no sense. ``parameter`` is its name."""

    status = 400

    def __init__(self, parameter: str, message: str = "") -> None:
        super().__init__(message or f"This “{parameter}” makes no sense.")
        self.parameter = parameter


class NotFound(FeedbackError):
    """It does not exist, or whoever asks may not know that it does. The two are never told apart."""

    status = 404

    def __init__(self, message: str = "There is nothing here.") -> None:
        super().__init__(message)


class Forbidden(FeedbackError):
    """It can be seen, but it is not theirs to do."""

    status = 403


class Conflict(FeedbackError):
    """It collides with what is already stored."""

    status = 409


class TooMany(FeedbackError):
    """A limit was reached. ``retry_after`` is in seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = max(1, retry_after)


class Unavailable(FeedbackError):
    """The database can't be read or written just now."""

    status = 503
    retry_after = 5


class Unusable(FeedbackError):
    """The installation can't start as it is: a bad setting, a foreign or newer database, an unwritable folder."""
