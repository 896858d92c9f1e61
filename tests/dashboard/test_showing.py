"""A review in pieces: nothing lost, nothing lit that is not meant, what was set aside folded."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedback.dashboard.showing import guarded, pieces
from feedback.remarks.aside import looks_like
from feedback.remarks.shapes import Remark


def remark(id_: int, source: str, start: int, end: int, *, kind: str = "plot") -> Remark:
    return Remark(
        id=id_, review_id=1, work_id=1, chapter_id=1, start=start, end=end, text=source[start:end],
        kind=kind, stance="neutral", unsure=False, why=(), sorted_by="auto", visibility="public", status="new",
        starred=False, asks=False,
    )  # fmt: skip


def looks(source: str, lit: list[Remark], aside: list[Remark]) -> list[tuple[str, str]]:
    return [(piece.text, piece.look) for piece in pieces(source, lit, aside)]


SOURCE = "Lovely. Go away. More!"


def test_lit_folded_and_plain() -> None:
    lovely, away = remark(1, SOURCE, 0, 7), remark(2, SOURCE, 8, 16, kind="hostile")
    assert looks(SOURCE, [lovely], [away]) == [
        ("Lovely.", "lit"), (" ", ""), ("Go away.", "aside"), (" More!", ""),
    ]  # fmt: skip
    assert looks(SOURCE, [lovely, away], [away])[2] == ("Go away.", "aside")


def test_lighting_everything_lights_nothing() -> None:
    all_of_it = [remark(1, SOURCE, 0, 7), remark(2, SOURCE, 8, 16), remark(3, SOURCE, 17, 22)]
    assert {look for _, look in looks(SOURCE, all_of_it, [])} == {""}


def test_a_remark_of_an_earlier_text_lights_no_other_words() -> None:
    assert looks("Something else.", [remark(1, SOURCE, 0, 7), remark(2, SOURCE, 17, 22)], []) == [
        ("Something else.", "")
    ]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=6))
def test_no_character_is_lost_or_doubled(source: str, spans: list[tuple[int, int, bool]]) -> None:
    lit, aside = [], []
    for n, (start, end, fold) in enumerate(spans):
        if start < end <= len(source):
            (aside if fold else lit).append(remark(n + 1, source, start, end))
    assert "".join(piece.text for piece in pieces(source, lit, aside)) == source


def test_what_it_looks_like() -> None:
    assert looks_like(["it looks like advertising"], "auto") == "advertising"
    assert looks_like(["it asks you to read something of their own"], "auto") == "advertising"
    assert looks_like(["it threatens somebody"], "auto") == looks_like([], "auto") == "an attack"
    assert looks_like(["words like “otter”"], "author") == "by hand"


def test_one_thing_set_aside_folds_the_whole() -> None:
    away, spam = remark(1, SOURCE, 8, 16), replace(remark(2, SOURCE, 17, 22), why=("it looks like advertising",))
    assert [(piece.text, piece.look) for piece in guarded(SOURCE, [])] == [(SOURCE, "")]
    for aside, reason in ([spam], "advertising"), ([spam, away], "an attack"):
        assert [(piece.text, piece.look, piece.reason) for piece in guarded(SOURCE, aside)] == [
            (SOURCE, "aside", reason)
        ]
