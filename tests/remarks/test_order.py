"""The order of trays and exports, whatever becomes of a review: newest review first, inside it as it was written."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.errors import FeedbackError
from feedback.remarks import cutting, export, query, runs, trays, triage
from feedback.remarks.filter import Filter, parse
from tests.remarks.conftest import ALL_KINDS, BEN, CLEO, MARA, Archive, ReviewRow, make_archive, remark_at, typo, walk
from tests.remarks.test_export import export_bytes, read_csv

SORTS = ("newest", "oldest", "chapter")
TRAYS: tuple[dict[str, str], ...] = (
    {}, {"group": "craft"}, {"group": "story"}, {"kind": "grammar"}, {"status": "new"},
    {"asks": "1", "status": "new"},
    {"q": "sentence"}, {"q": "sentence here", "status": "new"}, {"reviewer": "Ben"}, {"reviewer": "Ben", "q": "here"},
    {"work": "1"}, {"work": "1", "chapter": "2"}, {"unsure": "1"}, {"starred": "1"}, {"answered": "no"},
    {"since": "2023-11-15"}, {"stance": "negative"}, {"loved": "1"},
)  # fmt: skip


def of(args: dict[str, str]) -> Filter:
    return parse({name: [value] for name, value in args.items()})


def lines(archive: Archive, chapter: int, *quotes: str, reader: int = BEN) -> ReviewRow:
    """A review of corrections, in the order of ``quotes``; "" is one on nothing in particular."""
    texts = [f"{quote or 'All'} of this sentence here." for quote in quotes]
    source = " ".join(texts)
    row = archive.bare_review(source, chapter=chapter, reader=reader)
    made = [
        typo(source, text, quote) if quote else remark_at(source, text, "plot", "negative")
        for text, quote in zip(texts, quotes, strict=True)
    ]
    archive.file(row, made)
    return row


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive where what is old was touched last: old reviews edited, cut and joined, so that their remarks have
    the highest ids, and ids within a review are not in the order of its text."""
    archive = make_archive(tmp_path_factory.mktemp("torn"))
    rows = [
        lines(archive, 1, "rained", "mules", "", "rope"),
        lines(archive, 2, "rope", "", "layed", reader=CLEO),
        archive.review([("praise", "positive"), ("theory", "neutral"), ("question", "neutral")], chapter=1),
        lines(archive, 4, "", "mules", ""),
        archive.review([("reaction", "positive")] * 3, chapter=2, reader=CLEO, at=1_700_100_000),
        lines(archive, 1, "mules", "layed"),
    ]
    archive.turn_around(rows[3])
    second = query.of_review(archive.db, rows[1].id)
    cutting.split(archive.db, MARA, second[1].id, 11, token="cut", now=1)
    first = query.of_review(archive.db, rows[0].id)
    cutting.join(archive.db, MARA, first[1].id, token="join", now=1)
    archive.turn_around(rows[0])
    last = query.of_review(archive.db, rows[5].id)
    cutting.split(archive.db, MARA, last[0].id, 8, token="again", now=1)
    archive.db.change("UPDATE remark SET starred = 1, unsure = 1 WHERE id % 3 > 0 AND live = 1")
    archive.db.change("UPDATE remark SET status = 'done' WHERE id % 4 = 1 AND live = 1")
    yield archive
    archive.db.close()


@pytest.mark.parametrize("sort", ["", *SORTS])
@pytest.mark.parametrize("tray", TRAYS, ids=repr)
def test_pages_and_exports_go_in_one_order(
    torn: Archive, tray: dict[str, str], sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = of({**tray, "sort": sort})
    shown = [entry.remark for page in walk(torn, wanted, 100) for entry in page]
    assert shown, "a tray that shows nothing proves nothing"
    for size in (1, 2, 3, 5):
        pages = walk(torn, wanted, size)
        assert [entry.remark for page in pages for entry in page] == shown
        assert backwards(torn, wanted, size) == [remark.id for remark in shown]
    for batch in (1, 3, 400):
        monkeypatch.setattr(export, "BATCH", batch)
        exported = [int(row["remark_id"]) for row in read_csv(export_bytes(torn, wanted))]
        assert exported == [remark.id for remark in shown]
        reviews = [int(row["review_id"]) for row in read_csv(export_bytes(torn, wanted, "reviews"))]
        assert sorted(reviews) == sorted({remark.review_id for remark in shown})
        if wanted.order != "chapter":
            assert reviews == list(dict.fromkeys(remark.review_id for remark in shown))


def backwards(archive: Archive, wanted: Filter, size: int) -> list[int]:
    """The remarks on all pages, met from the last to the first."""
    here = trays.page(archive.db, MARA, wanted, size)
    for _ in walk(archive, wanted, size)[1:]:
        assert here.next
        here = trays.page(archive.db, MARA, here.next, size)
    pages = [here]
    while here.previous:
        here = trays.page(archive.db, MARA, here.previous, size)
        pages.append(here)
    return [entry.remark.id for page in reversed(pages) for entry in page.entries]


@pytest.mark.parametrize(("sort", "reviews"), [("newest", [6, 5, 4, 3, 2, 1]), ("oldest", [1, 2, 3, 4, 5, 6])])
def test_a_review_stays_where_it_came_in_and_together(torn: Archive, sort: str, reviews: list[int]) -> None:
    shown = [entry.remark for page in walk(torn, of({"sort": sort}), 4) for entry in page]
    assert [review for review, _ in itertools.groupby(remark.review_id for remark in shown)] == reviews
    for _, each in itertools.groupby(shown, lambda remark: remark.review_id):
        starts = [remark.start for remark in each]
        assert starts == sorted(starts)


def test_in_chapter_order_the_passage_decides_not_the_review(torn: Archive) -> None:
    """Also inside one review: its last words may be on the first page of the chapter."""
    shown = [entry for page in walk(torn, of({"group": "craft"}), 5) for entry in page]
    places = {
        row["id"]: (row["work_id"], row["number"], row["place"])
        for row in torn.db.rows(
            "SELECT remark.id, chapter.work_id, number, place FROM remark JOIN chapter ON chapter.id = chapter_id"
        )
    }
    assert [places[entry.remark.id] for entry in shown] == sorted(places[entry.remark.id] for entry in shown)
    of_one = [entry.remark.start for entry in shown if entry.remark.review_id == 1]
    assert of_one != sorted(of_one)


def test_no_page_ends_inside_a_review(torn: Archive) -> None:
    pages = walk(torn, of({"sort": "newest"}), 5)
    reviews = [{entry.remark.review_id for entry in page} for page in pages]
    assert all(not one & other for one, other in itertools.pairwise(reviews))
    assert max(len(page) for page in pages) <= 5
    assert max(len(page) for page in walk(torn, of({"sort": "newest"}), 2)) == 4


@given(sizes=st.lists(st.integers(1, 9), max_size=8), size=st.integers(1, 10), backwards=st.booleans())
def test_runs_are_read_whole(sizes: list[int], size: int, backwards: bool) -> None:
    rows = [(run, place) for run, length in enumerate(sizes) for place in range(length)]
    found = sorted(rows, key=lambda row: (-row[0] if backwards else row[0], -row[1]))
    got, more = runs.read(
        lambda limit: found[:limit], size, run=lambda row: row[0], place=lambda row: (row[1], 0), backwards=backwards
    )
    taken = {run for run, _ in got}
    assert got == [row for row in rows if row[0] in taken]
    assert more == (len(got) < len(rows))
    assert bool(got) == bool(rows)
    assert len(got) <= size or len(taken) == 1
    if more and backwards:
        assert len(got) + sizes[min(taken) - 1] > size
    elif more:
        assert len(got) + sizes[max(taken) + 1] > size


# Walking while others write

review_lists = st.lists(
    st.tuples(st.integers(1, 5), st.lists(st.sampled_from(ALL_KINDS), min_size=1, max_size=4)),
    min_size=1,
    max_size=8,
)
meanwhile = st.lists(
    st.tuples(st.sampled_from(["add", "split", "join", "turn around", "sort again", "undo"]), st.integers(0, 99)),
    max_size=12,
)
ways = st.sampled_from(
    [
        {"sort": "newest"}, {"sort": "oldest"}, {"sort": "chapter"}, {"group": "craft"}, {"q": "sentence"},
        {"q": "sentence", "sort": "oldest"}, {"q": "sentence", "sort": "chapter"}, {"reviewer": "Ben"},
        {"reviewer": "Ben", "sort": "chapter"}, {"status": "new", "sort": "oldest"}, {"work": "1", "sort": "chapter"},
        {"status": "new", "kind": "grammar", "sort": "newest"},
    ]
)  # fmt: skip


class Others:
    """What readers, their author and the sorter do to an archive, a thing at a time."""

    def __init__(self, archive: Archive, rows: list[ReviewRow], todo: list[tuple[str, int]]) -> None:
        self.archive, self.rows, self.todo = archive, rows, iter(todo)
        self.tokens: list[str] = []
        self.fresh = (f"token-{n}" for n in itertools.count())

    def do_one(self) -> None:
        for what, n in itertools.islice(self.todo, 1):
            at = n % len(self.rows)
            try:
                self._do(what, n, at)
            except FeedbackError:
                continue

    def _do(self, what: str, n: int, at: int) -> None:
        row, token = self.rows[at], next(self.fresh)
        remark = query.of_review(self.archive.db, row.id)[n % 2 - 1]
        if what == "add":
            self.rows.append(self.archive.review([("grammar", "negative")] * 2, chapter=n % 5 + 1))
        elif what == "turn around":
            self.rows[at] = self.archive.turn_around(row)
        elif what == "sort again":
            known = query.of_review(self.archive.db, row.id)
            again = [remark_at(row.source, each.text, "theory", "neutral") for each in known]
            self.archive.file(row, again, relabel=True)
        elif what == "split":
            cutting.split(self.archive.db, MARA, remark.id, n % 9 + 1, token=token, now=1)
            self.tokens.append(token)
        elif what == "join":
            cutting.join(self.archive.db, MARA, remark.id, token=token, now=1)
            self.tokens.append(token)
        elif self.tokens:
            triage.undo(self.archive.db, MARA, self.tokens.pop(), 2)


@settings(max_examples=60, deadline=None)
@given(first=review_lists, todo=meanwhile, args=ways, size=st.integers(1, 7))
def test_walking_shows_every_row_that_stays_once(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[int, list[str]]],
    todo: list[tuple[str, int]],
    args: dict[str, str],
    size: int,
) -> None:
    archive = make_archive(Path(tmp_path_factory.mktemp("walk")))
    rows = [archive.review([(kind, "negative") for kind in kinds], chapter=chapter) for chapter, kinds in first]
    others = Others(archive, rows, todo)
    stayed = set(everything(archive, args))

    def do_one() -> None:
        others.do_one()
        stayed.intersection_update(everything(archive, args))

    seen = [entry.remark.id for page in walk(archive, of(args), size, do_one) for entry in page]
    assert len(seen) == len(set(seen))
    assert stayed <= set(seen)
    archive.db.close()


def everything(archive: Archive, args: dict[str, str]) -> list[int]:
    return [entry.remark.id for entry in trays.page(archive.db, MARA, of(args), 1000).entries]


@settings(max_examples=40, deadline=None)
@given(first=review_lists, args=ways, size=st.integers(1, 7), later=review_lists)
def test_what_comes_in_during_a_walk_changes_nothing_of_what_was_there(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[int, list[str]]],
    args: dict[str, str],
    size: int,
    later: list[tuple[int, list[str]]],
) -> None:
    archive = make_archive(Path(tmp_path_factory.mktemp("walk")))
    add = _adding(archive)
    for each in first:
        add(each)
    there = everything(archive, args)
    coming = iter(later)
    pages = walk(archive, of(args), size, lambda: [add(each) for each in itertools.islice(coming, 1)])
    seen = [entry.remark.id for page in pages for entry in page]
    assert len(seen) == len(set(seen))
    assert [id_ for id_ in seen if id_ in there] == there
    archive.db.close()


def _adding(archive: Archive) -> Callable[[tuple[int, list[str]]], object]:
    return lambda each: archive.review([(kind, "negative") for kind in each[1]], chapter=each[0])
