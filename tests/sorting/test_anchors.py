"""Anchors: quotations find their place, move with it, and are never put on other words."""

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.sorting.anchors import Selector, anchored, find_quote, fixed_in, resolve, select
from feedback.sorting.chapter_text import ChapterText, same_length, squeeze
from feedback.sorting.places import Budget
from feedback.sorting.shapes import Anchor, Correction
from feedback.sorting.wording import difference

MILL = (
    "The mill had stood by the stream for longer than anybody in the village could remember.\n\n"
    "“You won’t find him there,” said Nell\u2060—\u200ashe had a way of knowing things. “Not on a\u00a0Sunday.”\n\n"
    "Orlo looked at the wheel. It turned slowly, and the water went over it like grey silk. He had come a long "
    "way, and he was tired… so very tired.\n\n"
    "“Then I will wait,” he said. He sat down on the step. Somewhere behind the barn a dog began to bark, thought "
    "better of it, and was quiet.\n\n"
    "Nell shrugged. “Suit yourself,” she said, and went in. The door closed. He said nothing more that day."
)


def passage(text: str, anchor: Anchor) -> str | None:
    return None if anchor.start is None else text[anchor.start : anchor.end]


def selector_of(words: str, text: str = MILL) -> Selector:
    start = text.index(words)
    return select(text, start, start + len(words))


FOUND = [
    ("Orlo looked at the wheel.", "exact", "Orlo looked at the wheel."),
    ("orlo LOOKED at the Wheel.", "exact", "Orlo looked at the wheel."),
    ('"You won\'t find him there," said Nell', "exact", "“You won’t find him there,” said Nell"),
    ("said Nell - she had a way", "exact", "said Nell\u2060—\u200ashe had a way"),
    ("said Nell--she had a way", "exact", "said Nell\u2060—\u200ashe had a way"),
    ("Not on a Sunday", "exact", "Not on a\u00a0Sunday"),
    ("he was tired... so very tired", "exact", "he was tired… so very tired"),
    ("could remember. \"You won't", "exact", "could remember.\n\n“You won’t"),
    ("**Orlo** looked at the *wheel*", "exact", "Orlo looked at the wheel"),
    ('"...a dog began to bark..."', "exact", "a dog began to bark"),
    ("The mill had stood...could remember", "exact", MILL[: MILL.index(".")]),
    ("Orlo loked at teh wheel. It turned slowly", "moved", "Orlo looked at the wheel. It turned slowly"),
    ("the watter went ovr it like gray silk. He had come a lng way", "moved", None),
    ("an owl began to hoot behind the chapel", "lost", None),
    ("wheels", "lost", None),
    ("whel", "lost", None),
    ("he", "ambiguous", None),
    ("ill", "lost", None),
    ("the village could remember the bus that used to stop beside the old mill at seven every day", "lost", None),
    ("he said", "ambiguous", None),
    ("", "lost", None),
    ("...", "lost", None),
    ("—", "lost", None),
]


@pytest.mark.parametrize(("quote", "state", "words"), FOUND)
def test_where_a_quote_stands(quote: str, state: str, words: str | None) -> None:
    anchor = find_quote(quote, MILL)
    assert anchor.state == state
    if words is not None:
        assert passage(MILL, anchor) == words
    assert (anchor.start is None) == (state in ("ambiguous", "lost"))


def test_of_two_places_the_one_with_the_quotes_own_capitals_is_meant() -> None:
    anchor = find_quote("He said", MILL)
    assert (anchor.state, anchor.start) == ("exact", MILL.index("He said"))


def test_a_quote_that_two_passages_resemble_equally_is_ambiguous() -> None:
    text = "The red hen ran over the yard at dawn. " + "x" * 60 + " The red hen ran over the yard at dusk."
    assert find_quote("The red hen ran ovr the yrad at d", text).state == "ambiguous"
    assert find_quote("The red hen ran ovr the yrad at dusk.", text + " Nobody saw.").state in ("moved", "ambiguous")


def test_a_long_quote_is_found_by_its_ends() -> None:
    text = " ".join(f"The {number}th sheep went over the fence and away." for number in range(60))
    damaged = text[400:1400].replace("sheep", "sheap", 3)
    anchor = find_quote(damaged, text)
    assert anchor.state == "moved"
    assert anchor.start is not None
    assert abs(anchor.start - 400) <= 6


WORDS = [match.span() for match in re.finditer(r"\w+(?:’\w+)?", MILL)]


@given(st.integers(0, len(WORDS) - 1), st.integers(0, 30))
def test_a_selection_is_resolved_to_itself_in_an_unchanged_text(first: int, more: int) -> None:
    start, end = WORDS[first][0], WORDS[min(first + more, len(WORDS) - 1)][1]
    assert resolve(select(MILL, start, end), MILL) == Anchor("exact", start, end)


MOVES: list[tuple[str, Callable[[str], str]]] = [
    ("a paragraph put in before", lambda text: "It was the end of May.\n\n" + text),
    ("another sentence rewritten", lambda text: text.replace("It turned slowly", "It was turning with many groans")),
    ("quotation marks straightened", lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'")),
    ("what stands before taken out", lambda text: text[text.index("Orlo looked") :]),
]


@pytest.mark.parametrize("change", [change for _, change in MOVES], ids=[name for name, _ in MOVES])
def test_an_anchor_moves_with_its_words(change: Callable[[str], str]) -> None:
    changed = change(MILL)
    anchor = resolve(selector_of("He sat down on the step."), changed)
    assert passage(changed, anchor) == "He sat down on the step."
    assert anchor.state in ("exact", "moved")
    assert (anchor.state == "exact") == (changed.index("He sat down") == MILL.index("He sat down"))


def test_of_the_same_words_twice_the_context_tells_which() -> None:
    start = MILL.rindex("said")
    changed = "A prologue.\n\n" + MILL
    assert resolve(select(MILL, start, start + 4), changed).start == start + len("A prologue.\n\n")


def test_words_that_stand_elsewhere_too_are_lost_when_their_own_place_is_deleted() -> None:
    selector = selector_of("he said", MILL)
    changed = MILL.replace("“Then I will wait,” he said. He sat down on the step. ", "")
    assert resolve(selector, changed) == Anchor("lost", None, None)


def test_equal_words_in_equal_context_are_told_apart_by_position_or_not_at_all() -> None:
    verse = "and the wheel went round, " * 12
    selector = select(verse, verse.index("wheel", 150), verse.index("wheel", 150) + 5)
    assert resolve(selector, verse) == Anchor("exact", selector.position, selector.position + 5)
    assert resolve(selector, "x" + verse).state == "ambiguous"


def test_a_passage_with_a_slip_mended_has_moved() -> None:
    selector = selector_of("Somewhere behind the barn a dog began to bark, thought better of it, and was quiet.")
    changed = MILL.replace("thought better of it", "thought bettter of it")
    anchor = resolve(selector, changed)
    assert anchor.state == "moved"
    assert (
        passage(changed, anchor)
        == "Somewhere behind the barn a dog began to bark, thought bettter of it, and was quiet."
    )


def test_a_deleted_sentence_is_lost() -> None:
    words = "Somewhere behind the barn a dog began to bark, thought better of it, and was quiet."
    assert resolve(selector_of(words), MILL.replace(words, "")) == Anchor("lost", None, None)
    assert resolve(selector_of(words), "") == Anchor("lost", None, None)


def clock_of(*times: float) -> Callable[[], float]:
    ticks = iter(times)
    return lambda: next(ticks)


def test_when_the_time_is_spent_only_exact_quotes_are_found() -> None:
    damaged = "Orlo loked at teh wheel. It turned slowly"
    assert find_quote(damaged, MILL, Budget(0.1, clock_of(0.0, 0.05))).state == "moved"
    spent = Budget(0.1, clock_of(0.0, 0.1, 0.2))
    assert find_quote(damaged, MILL, spent).state == "lost"
    assert find_quote("Orlo looked at the wheel.", MILL, spent).state == "exact"


def test_a_rest_of_the_chapter_that_was_not_read_may_hold_the_real_place() -> None:
    long = MILL + " filler" * 6000
    damaged = "Orlo loked at teh wheel. It turned slowly"
    assert find_quote(damaged, long, Budget(0.1, clock_of(0.0, 0.05, 0.2))).state == "lost"
    assert find_quote(damaged, long, Budget(10, clock_of(*map(float, range(9))))).state == "moved"


def test_the_corrections_of_a_review_are_placed_under_one_budget() -> None:
    corrections = [
        Correction("Orlo loked at teh wheel. It turned", None, None, None),
        Correction("Nell shrugged", "Nell shrugs", "shrugged", "shrugs"),
        Correction("the watter went ovr it like gray silk", None, None, None),
        Correction("", "He sat down on the steps.", "", "s"),
    ]
    placed = anchored(corrections, MILL, Budget(0.1, clock_of(0.0, 0.05, 0.2, 0.2)))
    assert [one.anchor.state for one in placed if one.anchor] == ["moved", "exact", "lost", "lost"]
    assert [one.quote for one in placed] == [one.quote for one in corrections]


def test_a_selection_outside_the_text_is_refused() -> None:
    for start, end in ((-1, 2), (3, 3), (0, len(MILL) + 1)):
        with pytest.raises(ValueError, match="no passage"):
            select(MILL, start, end)


def corrected(quote: str, fixed: str) -> Correction:
    return Correction(quote, fixed, *difference(quote, fixed))


ERRORS = (
    "The hens was asleep in barn. Orlo lit the teh lamp, and went over to the ladder. “Who is it” she asked. "
    "The hens was quiet. Nell Of the mill came in. Nobody had seen her since the the harvest."
)
FIXES = [
    ("The hens was asleep", "The hens were asleep", ("hens was asleep", "hens were asleep"), True),
    ("The hens was asleep", "The hens were asleep", ("in barn", "in the barn"), False),
    ("asleep in barn", "asleep in the barn", ("in barn", "in the barn"), True),
    ("asleep in barn", "asleep in the barn", ("hens was asleep", "hens were asleep"), False),
    ("asleep in barn", "asleep in the barn", ("asleep in barn", "dozing in a corner of the barn"), True),
    ("“Who is it” she asked", "“Who is it?” she asked", ("it”", "it?”"), True),
    ("“Who is it” she asked", "“Who is it?” she asked", ("the teh", "the"), False),
    ("Nell Of the mill", "Nell of the mill", ("Nell Of", "Nell of"), True),
    ("Nell Of the mill", "Nell of the mill", ("came in", "went out"), False),
    ("since the the harvest", "since the harvest", ("the the", "the"), True),
    ("since the the harvest", "since the harvest", ("Nobody had", "No one had"), False),
    ("Orlo lit the teh lamp", "Orlo lit the lamp", ("Orlo lit the teh lamp, and went", "He went"), True),
]


@pytest.mark.parametrize(("quote", "fixed", "change", "gone"), FIXES)
def test_whether_an_error_is_fixed_in_a_new_version(
    quote: str, fixed: str, change: tuple[str, str], gone: bool
) -> None:
    assert change[0] in ERRORS
    assert fixed_in(corrected(quote, fixed), ERRORS.replace(*change, 1), stood=True) is gone


@pytest.mark.parametrize(("quote", "fixed"), sorted({row[:2] for row in FIXES}))
def test_nothing_is_fixed_in_the_version_that_was_criticised(quote: str, fixed: str) -> None:
    assert not fixed_in(corrected(quote, fixed), ERRORS, stood=True)
    assert not fixed_in(selector_of(quote, ERRORS), ERRORS)


def test_a_quote_that_never_stood_in_the_chapter_is_not_fixed_by_its_absence() -> None:
    stray = corrected("the owl hooted to loudly in the night", "the owl hooted too loudly in the night")
    assert not fixed_in(stray, ERRORS)
    assert fixed_in(stray, ERRORS + " And the owl hooted too loudly in the night.")


# An error whose wrong words the reader did not show; what the new version says; whether it stood there; is it gone?
UNSHOWN = [
    ("It was night. The hens was asleep in the old barn, all but one.", True, False),
    ("It was night. The hens were asleep in the old barn, all but one.", True, True),
    ("It was night. The hens were asleep in the old barn, all but one.", False, True),
    ("Orlo whistled on his way home.", True, True),
    ("Orlo whistled on his way home.", False, False),
]


@pytest.mark.parametrize(("text", "stood", "gone"), UNSHOWN)
def test_an_error_not_shown_is_gone_when_it_is_mended_or_its_passage_is_gone(
    text: str, stood: bool, gone: bool
) -> None:
    correction = Correction("", "The hens were asleep in the old barn, all but one", None, "were")
    assert fixed_in(correction, text, stood=stood) is gone


def test_a_passage_that_stood_is_gone_with_its_words_and_back_with_them() -> None:
    correction = corrected("The hens was asleep", "The hens were asleep")
    for text, gone in (("Orlo whistled.", True), ("Orlo was told the hens slept.", True), (ERRORS, False)):
        assert fixed_in(correction, text, stood=True) is gone
    assert not fixed_in(correction, "Orlo whistled.")


def test_selected_words_are_gone_when_what_stood_around_them_stands_without_them() -> None:
    selector = selector_of("teh", ERRORS)
    assert fixed_in(selector, ERRORS.replace("teh ", ""))
    assert fixed_in(selector, ERRORS.replace("the teh lamp", "the lamp") + " He wrote teh on the wall.")
    assert not fixed_in(selector, "A new opening. " + ERRORS)


ODD = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(list(" .-—…“”'\u2060\u200b\n\u00a0İßςΣe\u0301אא😀")))
)


@given(ODD)
def test_the_plain_form_has_the_same_length(text: str) -> None:
    assert len(same_length(text)) == len(text)
    assert len(same_length(text, keep_case=True)) == len(text)


@given(ODD)
def test_every_place_of_the_squeezed_form_leads_back_to_the_text(text: str) -> None:
    chapter = ChapterText(text)
    plain = same_length(text)
    places = [chapter.place(offset) for offset in range(len(chapter.squeezed))]
    assert places == sorted(set(places))
    for offset, place in enumerate(places):
        assert 0 <= place < len(text)
        assert chapter.squeezed[offset] == plain[place] or chapter.squeezed[offset] in " .-"


@given(ODD, ODD, ODD)
def test_any_quote_in_any_text_is_placed_on_its_own_words_or_not_at_all(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    anchor = find_quote(quote, text, Budget(5))
    assert anchor.state in ("exact", "moved", "ambiguous", "lost")
    if anchor.start is not None and anchor.end is not None:
        assert 0 <= anchor.start < anchor.end <= len(text)
        if anchor.state == "exact" and "…" not in quote and "..." not in quote:
            found = squeeze(text[anchor.start : anchor.end]).strip(" \"'.,;:-()[]*")
            assert found in squeeze(quote) or found in squeeze(text)


@given(ODD, ODD, st.data())
def test_any_selection_is_resolved_inside_any_text(text: str, other: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    selector = select(text, start, data.draw(st.integers(start + 1, len(text))))
    anchor = resolve(selector, other, Budget(5))
    if anchor.start is not None and anchor.end is not None:
        assert 0 <= anchor.start < anchor.end <= len(other)
    assert isinstance(fixed_in(selector, other), bool)
