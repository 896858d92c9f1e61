"""Filing: the first time, and again after an edit or a new sorter (design rule 9)."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.remarks import cutting, filing, query, triage
from feedback.remarks.shapes import Remark
from feedback.sorting.shapes import Anchor, Correction, SortedRemark
from tests.remarks.conftest import CHAPTER_TEXT, MARA, Archive, remark_at, typo

SOURCE = "I loved it. layed should be laid."


def test_a_first_filing(archive: Archive) -> None:
    row = archive.bare_review(SOURCE, visibility="author")
    assert archive.file(row, [remark_at(SOURCE, "I loved it."), typo(SOURCE, "layed should be laid.")])
    loved, mend = query.of_review(archive.db, row.id)
    assert (loved.kind, loved.status, loved.sorted_by, loved.asks) == ("praise", "new", "auto", False)
    assert (loved.why, loved.visibility) == (("because",), "author")
    assert (mend.start, mend.end, mend.asks) == (12, 33, True)
    (passage,) = mend.passages
    assert (passage.wrong, passage.right, passage.anchor) == ("layed", "laid", "exact")
    assert CHAPTER_TEXT[passage.start : passage.end] == "layed"
    kept = archive.db.row("SELECT prefix, suffix FROM passage")
    assert kept
    assert CHAPTER_TEXT.count(f"{kept['prefix']}layed{kept['suffix']}") == 1
    assert archive.one(mend.id)["place"] == CHAPTER_TEXT.index("layed") + 1
    assert archive.one(loved.id)["place"] == 0
    assert archive.db.value("SELECT sorted FROM review WHERE id = :id", id=row.id) == 1


def test_a_plain_quotation_is_a_passage(archive: Archive) -> None:
    text = "> By noon\n> it rained.\nI cried."
    row = archive.bare_review(text)
    start = CHAPTER_TEXT.index("By noon")
    anchor = Anchor("exact", start, start + 18)
    archive.file(row, [SortedRemark(0, len(text), text, "reaction", "positive", 0.9, False, quote_anchor=anchor)])
    (remark,) = query.of_review(archive.db, row.id)
    (passage,) = remark.passages
    assert (passage.quote, passage.start, passage.corrects) == ("By noon it rained.", start, False)


@pytest.mark.parametrize("state", ["held", "withdrawn", "removed"])
def test_what_may_not_be_on_the_desk_is_not(archive: Archive, state: str) -> None:
    row = archive.review(state=state)
    assert query.of_review(archive.db, row.id)
    assert archive.counted() == {}
    archive.set_state(row, "published")
    assert len(archive.counted()) == 2


def test_what_is_withdrawn_while_it_is_sorted_stays_away(archive: Archive) -> None:
    row = archive.bare_review(SOURCE)
    archive.set_state(row, "withdrawn")
    archive.file(row, [remark_at(SOURCE, "I loved it.")])
    assert archive.counted() == {}


def test_an_older_text_is_not_filed(archive: Archive) -> None:
    row = archive.bare_review(SOURCE)
    archive.edit(row, "I hated it.")
    assert not archive.file(row, [remark_at(SOURCE, "I loved it.")])
    assert query.of_review(archive.db, row.id) == []
    assert archive.db.value("SELECT sorted FROM review") == 0


def test_after_an_edit_the_unchanged_keep_everything(archive: Archive) -> None:
    row = archive.bare_review(SOURCE)
    archive.file(row, [remark_at(SOURCE, "I loved it."), typo(SOURCE, "layed should be laid.")])
    loved, mend = query.of_review(archive.db, row.id)
    for action in ("todo", "star"):
        triage.change(archive.db, MARA, triage.picked(MARA, [mend.id]), action, token=action, now=1)
    later = archive.edit(row, "On a train. layed should be laid. I loathed it.")
    archive.file(
        later,
        [
            remark_at(later.source, "On a train.", "off_topic", "neutral"),
            remark_at(later.source, "layed should be laid.", "prose", "negative"),
            remark_at(later.source, "I loathed it.", "reaction", "negative"),
        ],
    )
    first, kept, last = query.of_review(archive.db, row.id)
    assert (kept.id, kept.kind, kept.status, kept.starred, kept.start) == (mend.id, "grammar", "todo", True, 12)
    assert first.id != loved.id != last.id
    assert (archive.one(loved.id)["live"], archive.one(loved.id)["on_desk"]) == (0, 0)
    assert archive.counted() == archive.recounted()


def test_the_same_words_twice_are_matched_in_order(archive: Archive) -> None:
    source = "Ha! Ha!"
    row = archive.bare_review(source)
    twice = [SortedRemark(at, at + 3, "Ha!", "reaction", "positive", 0.9, False) for at in (0, 4)]
    archive.file(row, twice)
    before = [remark.id for remark in query.of_review(archive.db, row.id)]
    archive.file(archive.edit(row, source), twice)
    assert [remark.id for remark in query.of_review(archive.db, row.id)] == before


def test_a_hand_cut_piece_stays_cut(archive: Archive) -> None:
    source = "I loved it but the tenses slip."
    row = archive.bare_review(source)
    archive.file(row, [remark_at(source, source)])
    (whole,) = query.of_review(archive.db, row.id)
    pieces = cutting.split(archive.db, MARA, whole.id, 11, token="cut", now=1).made
    later = archive.edit(row, source + " Bye!")
    archive.file(later, [remark_at(later.source, source), remark_at(later.source, "Bye!", "off_topic")])
    left, right, bye = query.of_review(archive.db, row.id)
    assert (left.id, right.id) == pieces
    assert (left.text, right.text, bye.text) == ("I loved it", "but the tenses slip.", "Bye!")


def test_sorting_again_relabels_only_what_no_person_touched(archive: Archive) -> None:
    row = archive.review([("praise", "positive")] * 3, texts=["One.", "Two.", "Three."])
    one, two, three = (remark.id for remark in query.of_review(archive.db, row.id))
    triage.change(archive.db, MARA, triage.picked(MARA, [two]), "kind:plot", token="a", now=1)
    triage.change(archive.db, MARA, triage.picked(MARA, [three]), "star", token="b", now=1)
    again = [remark_at(row.source, text, "theory", "neutral") for text in ("One.", "Two.", "Three.")]
    archive.file(row, again, relabel=True)
    assert [(remark.id, remark.kind) for remark in query.of_review(archive.db, row.id)] == [
        (one, "theory"),
        (two, "plot"),
        (three, "praise"),
    ]


def had(id_: int, start: int, text: str, sorted_by: str) -> Remark:
    facts: dict[str, Any] = dict.fromkeys(("review_id", "work_id", "chapter_id"), 1)
    return Remark(
        id=id_, start=start, end=start + len(text), text=text, kind="plot", stance="neutral", unsure=False, why=(),
        sorted_by=sorted_by, visibility="public", status="new", starred=False, asks=False, **facts,
    )  # fmt: skip


def spans(source: str, cuts: list[int]) -> list[tuple[int, str]]:
    """The words of ``source`` between ``cuts``, each with its place."""
    edges = sorted({0, len(source), *(cut % (len(source) + 1) for cut in cuts)})
    found = []
    for start, end in pairwise(edges):
        text = source[start:end]
        if text.strip():
            found.append((start + len(text) - len(text.lstrip()), text.strip()))
    return found


texts = st.text(st.sampled_from("ab .\n"), min_size=1, max_size=30)
cuts = st.lists(st.integers(0, 30), max_size=6)


@given(texts, texts, cuts, cuts, st.lists(st.sampled_from(["auto", "author"]), min_size=7, max_size=7))
def test_whatever_was_there_the_new_text_is_covered_once(
    before: str, after: str, old_cuts: list[int], new_cuts: list[int], who: list[str]
) -> None:
    old = [had(n, start, text, who[n]) for n, (start, text) in enumerate(spans(before, old_cuts))]
    fix = Correction("a", "b", "a", "b")
    new = [
        SortedRemark(start, start + len(text), text, "praise", "positive", 0.5, False, (), (fix,))
        for start, text in spans(after, new_cuts)
    ]
    placed = list(filing.place(after, new, old))
    covered: set[int] = set()
    for each in placed:
        made = each.sorted
        assert after[made.start : made.end] == made.text
        here = set(range(made.start, made.end))
        assert not here & covered
        covered |= here
        assert each.kept is None or each.kept.text == made.text
    assert {n for n, char in enumerate(after) if not char.isspace()} <= covered
    kept = [each.kept.id for each in placed if each.kept]
    assert len(kept) == len(set(kept))
