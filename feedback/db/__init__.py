"""The database: connection, transaction, migrations, check and backup. Knows no room's rules, only tables."""

from feedback.db.connection import Database, Pool, Row
from feedback.db.migrations import migrate

__all__ = ["Database", "Pool", "Row", "migrate"]
