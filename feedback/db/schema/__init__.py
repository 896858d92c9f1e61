"""The schema, as CREATE TABLE text in numbered steps.

Times are whole seconds since 1970, UTC. What must be true is a CHECK, a UNIQUE or a trigger here, so that no code
path can store or count it wrong. Triggers maintain three derived facts: the counters of the desk, the public
review count and page version of a chapter, and which remarks stand on the desk.
"""

# In the order of the steps: a migration is registered when its module is imported.
# isort: off
from feedback.db.schema import accounts as accounts
from feedback.db.schema import library as library
from feedback.db.schema import reviews as reviews
from feedback.db.schema import remarks as remarks
from feedback.db.schema import moderation as moderation
from feedback.db.schema import learning as learning
from feedback.db.schema import review_order as review_order
from feedback.db.schema import drafts as drafts

# isort: on
from feedback.db.schema.steps import migrations

__all__ = ["migrations"]
