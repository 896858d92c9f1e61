"""Questions about remarks that are not a tray's."""

from collections.abc import Mapping, Sequence

from feedback.db import Database
from feedback.remarks import store
from feedback.remarks.shapes import Remark


def of_review(db: Database, review_id: int) -> list[Remark]:
    """The remarks a review has now, in the order of its text. The caller has checked who may see kinds."""
    return store.live_remarks(db, review_id)


def set_aside(db: Database, review_ids: Sequence[int]) -> Mapping[int, Sequence[Remark]]:
    """What was set aside in these reviews, by review, whatever a tray shows of them: it is folded everywhere."""
    return store.live_of_kind(db, review_ids, "hostile")
