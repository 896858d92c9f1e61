"""The search index is merged in the background, and finds the same."""

from feedback.remarks import trays, upkeep
from feedback.remarks.filter import Filter
from tests.remarks.conftest import MARA, Archive


def segments(archive: Archive) -> int:
    found: int = archive.db.value("SELECT COUNT(DISTINCT segid) FROM remark_search_idx")
    return found


def test_merging(archive: Archive) -> None:
    for _ in range(60):
        archive.review()
    before = segments(archive)
    found = trays.total(archive.db, MARA, Filter(q="sentence"), [])
    while upkeep.merge_search(archive.db, pages=1, steps=2):
        pass
    assert before >= 60
    assert segments(archive) < 10
    assert trays.total(archive.db, MARA, Filter(q="sentence"), []) == found == trays.Total(60)
    assert not upkeep.merge_search(archive.db)
