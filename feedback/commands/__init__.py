"""The commands of `feedback`, a module per thing one looks after."""

from collections.abc import Iterator
from contextlib import contextmanager

from feedback.config import Config
from feedback.db import Database
from feedback.db.migrations import verify


@contextmanager
def opened(config: Config) -> Iterator[Database]:
    """The site's database, which must be there and up to date.

    :raises Unusable: saying what is there instead.
    """
    verify(config.database)
    db = Database(config.database)
    try:
        yield db
    finally:
        db.close()
