"""Sorting again changes what the sorter alone had decided, and nothing that a person has touched."""

from collections.abc import Sequence

import pytest

from feedback.remarks import labels, query
from feedback.reviews import resorting
from feedback.sorting import SortedRemark
from tests.conftest import Site, Visitor


class Another:
    """A sorter of a later version, which takes everything for one reaction."""

    inline = True

    def sort(
        self,
        text: str,
        chapter: str | None = None,
        spans: Sequence[tuple[int, int]] | None = None,
        decisions: object = None,
    ) -> list[SortedRemark]:
        return [SortedRemark(0, len(text), text, "reaction", "neutral", 0.9, False, ("it learned",))]


@pytest.fixture
def reviews(site: Site, reader: Visitor, chapter: str) -> list[int]:
    from feedback.reviews import queue, sorters

    bodies = ["There is a typo in line two.", "Who is Ilse?", "What a chapter, thank you!"]
    made = [reader.post(f"{chapter}/reviews", {"body": body}).headers["Location"] for body in bodies]
    while queue.sort_pending(site.db, sorters.sorter(), 10):
        pass
    return [int(address.rsplit("/", 1)[1]) for address in made]


def kinds(site: Site, review: int) -> list[tuple[str, str]]:
    return [(remark.kind, remark.sorted_by) for remark in query.of_review(site.db, review)]


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE remark SET sorted_by = 'writer' WHERE review_id = :review",
        "UPDATE remark SET sorted_by = 'author' WHERE review_id = :review",
        "UPDATE remark SET status = 'done' WHERE review_id = :review",
        "UPDATE remark SET starred = 1 WHERE review_id = :review",
    ],
)
def test_a_touched_review_stays_as_it_is(site: Site, reviews: list[int], touch: str) -> None:
    before = kinds(site, reviews[0])
    site.db.change(touch, review=reviews[0])
    steps = list(resorting.resort(site.db, Another(), batch=2))
    assert steps == [(0, 3, 0), (2, 3, 1), (3, 3, 2)]
    assert steps[-1].left == 1
    assert [kind for kind, _ in kinds(site, reviews[0])] == [kind for kind, _ in before]
    for other in reviews[1:]:
        assert kinds(site, other) == [("reaction", "auto")]


def test_counters_agree_afterwards(site: Site, reviews: list[int]) -> None:
    list(resorting.resort(site.db, Another()))
    counted = site.db.value("SELECT sum(n) FROM remark_count WHERE chapter_id = 0 AND kind = 'reaction'")
    assert counted == len(reviews)
    assert labels.touched(site.db, reviews) == set()
