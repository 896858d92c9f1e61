"""Labels from people: the writer of a review on how their own words were read, and which reviews people touched."""

import secrets
from collections.abc import Mapping, Sequence

from feedback.db import Database
from feedback.errors import Invalid, NotFound
from feedback.remarks import changes, store
from feedback.sorting.kinds import KINDS


def relabel_by_writer(db: Database, review_id: int, kinds: Mapping[int, str], now: int) -> int:
    """File remarks of one review as its writer says; remark id -> kind.

    Labels the work's author gave win over the writer's, and what was set aside stays aside: nobody brings their own
    attack to the top of a desk. Remarks that are history by now are left alone, as are kinds that are as they were.
    The caller has checked that the writer asks.

    :return: how many remarks changed.
    :raises NotFound: a remark that is none of this review's; nothing is changed then.
    :raises Invalid: a kind that is none, or ``hostile``, which nobody calls themselves.
    """
    if not kinds.keys() <= store.ids_ever(db, review_id):
        raise NotFound
    for kind in kinds.values():
        if kind not in KINDS or kind == "hostile":
            raise Invalid("Please choose one of the kinds offered.", "kind")
    with db.transaction():
        writer: int = db.value("SELECT reader_id FROM review WHERE id = :id", id=review_id)
        changed = 0
        for kind in sorted(set(kinds.values())):
            names, values = store.numbered("remark", (id_ for id_, wanted in kinds.items() if wanted == kind))
            batch = changes.open_batch(
                db, account_id=writer, action=f"kind:{kind}", token=secrets.token_urlsafe(24), now=now
            )
            selection = changes.Selection(
                "review_id = :review AND live = 1 AND sorted_by <> 'author' AND kind NOT IN (:kind, 'hostile')"
                f" AND remark.id IN ({names})",
                {"review": review_id, **values},
            )
            relabelled = changes.apply(db, batch, selection, changes.new_kind("writer"), kind=kind)
            changes.close_batch(db, batch, relabelled)
            changed += relabelled
    return changed


def touched(db: Database, review_ids: Sequence[int]) -> set[int]:
    """Those of ``review_ids`` with a remark that a person has re-filed, cut, joined, starred or handled."""
    names, values = store.numbered("review", review_ids)
    rows = db.rows(
        f"""
        SELECT DISTINCT review_id
        FROM remark
        WHERE review_id IN ({names}) AND live = 1 AND (sorted_by <> 'auto' OR status <> 'new' OR starred = 1)
        """,
        **values,
    )
    return {row["review_id"] for row in rows}
