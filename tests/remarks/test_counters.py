"""Whatever is done, in whatever order: the counters are the rows, counted; spans are exact; labels are possible."""

import itertools
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from feedback.errors import FeedbackError
from feedback.remarks import cutting, labels, triage
from feedback.remarks.filter import Filter
from feedback.sorting.kinds import STANCES
from tests.remarks.conftest import ALL_KINDS, MARA, ReviewRow, make_archive, remark_at

labels_ = st.lists(st.tuples(st.sampled_from(ALL_KINDS), st.sampled_from(STANCES)), min_size=1, max_size=3)
states = st.sampled_from(["published", "held", "hidden", "withdrawn", "removed"])


class Desk(RuleBasedStateMachine):
    """An author, a reader and a moderator do all that can be done to remarks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.archive = make_archive(Path(self.folder.name))
        self.rows: list[ReviewRow] = []
        self.tokens: list[str] = []
        self.fresh = (f"token-{n}" for n in itertools.count())

    def teardown(self) -> None:
        self.archive.db.close()
        self.folder.cleanup()

    def remark(self, n: int) -> int:
        ids = [row["id"] for row in self.archive.db.rows("SELECT id FROM remark ORDER BY id")]
        return int(ids[n % len(ids)])

    @rule(labels=labels_, chapter=st.integers(1, 6), state=states)
    def submit(self, labels: list[tuple[str, str]], chapter: int, state: str) -> None:
        self.rows.append(self.archive.review(labels, chapter=chapter, state=state))

    @precondition(lambda self: self.rows)
    @rule(n=st.integers(0, 99), state=states)
    def set_state(self, n: int, state: str) -> None:
        self.archive.set_state(self.rows[n % len(self.rows)], state)

    @precondition(lambda self: self.rows)
    @rule(n=st.integers(0, 99), keep=st.booleans(), sort=st.booleans(), label=labels_)
    def edit(self, n: int, keep: bool, sort: bool, label: list[tuple[str, str]]) -> None:
        at = n % len(self.rows)
        old = self.rows[at]
        source = f"{old.source} More." if keep and len(old.source) < 500 else "Something else."
        self.rows[at] = self.archive.edit(old, source)
        if sort:
            self.archive.file(self.rows[at], [remark_at(source, source, *label[0])])

    @precondition(lambda self: self.rows)
    @rule(n=st.integers(0, 99), action=st.sampled_from(sorted(triage.ACTIONS)), every=st.booleans())
    def change(self, n: int, action: str, every: bool) -> None:
        picked = triage.all_matching(MARA, Filter(), 10**9) if every else triage.picked(MARA, [self.remark(n)])
        token = next(self.fresh)
        try:
            done = triage.change(self.archive.db, MARA, picked, action, token=token, now=1)
        except FeedbackError:
            return
        self.tokens += [token] if done.token else []

    @precondition(lambda self: self.rows)
    @rule(n=st.integers(0, 99), at=st.integers(0, 30), join=st.booleans())
    def cut(self, n: int, at: int, join: bool) -> None:
        token = next(self.fresh)
        try:
            if join:
                cutting.join(self.archive.db, MARA, self.remark(n), token=token, now=1)
            else:
                cutting.split(self.archive.db, MARA, self.remark(n), at, token=token, now=1)
        except FeedbackError:
            return
        self.tokens.append(token)

    @precondition(lambda self: self.tokens)
    @rule(n=st.integers(0, 99))
    def undo(self, n: int) -> None:
        triage.undo(self.archive.db, MARA, self.tokens.pop(n % len(self.tokens)), 2)

    @precondition(lambda self: self.rows)
    @rule(n=st.integers(0, 99), kind=st.sampled_from([kind for kind in ALL_KINDS if kind != "hostile"]))
    def writer_says(self, n: int, kind: str) -> None:
        remark = self.remark(n)
        row = self.archive.one(remark)
        labels.relabel_by_writer(self.archive.db, int(str(row["review_id"])), {remark: kind}, 3)

    @precondition(lambda self: self.rows)
    @rule(n=st.integers(0, 99))
    def delete(self, n: int) -> None:
        gone = self.rows.pop(n % len(self.rows))
        if len(self.rows) > 1:
            self.archive.db.change("DELETE FROM review WHERE id = :id", id=gone.id)
        else:
            self.rows.append(gone)

    @invariant()
    def counters_are_the_rows(self) -> None:
        assert self.archive.counted() == self.archive.recounted()

    @invariant()
    def live_spans_are_exact_and_apart(self) -> None:
        rows = self.archive.db.rows(
            """
            SELECT review_id, start_at, end_at, remark.text, SUBSTR(source, start_at + 1, end_at - start_at) AS span
            FROM remark JOIN review ON review.id = review_id
            WHERE live = 1 AND review_version = version
            ORDER BY review_id, start_at
            """
        )
        assert all(row["text"] == row["span"] for row in rows)
        for one, other in itertools.pairwise(rows):
            assert one["review_id"] != other["review_id"] or one["end_at"] <= other["start_at"]

    @invariant()
    def the_desk_has_what_may_be_on_it(self) -> None:
        wrong = self.archive.db.value(
            """
            SELECT COUNT(*) FROM remark JOIN review ON review.id = review_id
            WHERE on_desk <> (live = 1 AND state IN ('published', 'hidden'))
            """
        )
        assert wrong == 0


Desk.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestDesk = Desk.TestCase
