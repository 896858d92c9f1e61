"""``old -> new`` and ``old/new``: what belongs to the pair, how many there are, and what is no correction."""

import pytest

from feedback.sorting.chapter_text import ChapterText
from feedback.sorting.corrections import in_review
from feedback.sorting.shapes import Correction
from feedback.sorting.splitting import split

CHAPTER = ChapterText(
    "The miller was late and the tall man said nothing. He took to many sacks; we passed half of them on."
)


def corrections(text: str, chapter: ChapterText | None = None) -> list[Correction]:
    return [correction for found in in_review(text, split(text), chapter) for correction in found]


def pairs(text: str, chapter: ChapterText | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(one.quote, one.wrong, one.right) for one in corrections(text, chapter)]


AROUND = [
    "waht -> what",
    "Loved it! waht -> what",
    "Great work! Typo: waht -> what",
    "ch. 3: waht -> what",
    "Ch.2 waht -> what",
    "p12: waht -> what",
    "In paragraph two, waht -> what",
    "Second scene: waht -> what",
    "I noticed waht -> what.",
    "Just one typo, waht -> what",
    "Also waht -> what",
    "Near the end: 'waht' -> 'what'",
    "(waht -> what)",
    "waht -> what :)",
    "waht -> what?",
    "waht -> what, thanks!",
    "waht -> what, loved the rest",
    "waht -> what, third paragraph",
    "waht -> what (twice)",
    "waht -> what - second line",
    '"waht" -> "what" in the last paragraph',
    'waht -> what in "waht a day"',
    "waht / what (first scene)",
    "s/waht/what/",
    "“waht” → “what”",
    "waht to what",
    "<s>waht</s> <b>what</b>",
    "<del>waht</del> <ins>what</ins>",
]


@pytest.mark.parametrize("text", AROUND)
def test_what_stands_around_a_pair_is_no_part_of_it(text: str) -> None:
    assert pairs(text) == [("waht", "waht", "what")]


SEVERAL = [
    "waht -> what, wich -> which",
    "waht -> what and wich -> which",
    "waht->what; wich->which",
    "waht -> what | wich -> which",
    '"waht" -> "what", "wich" -> "which"',
    "Typos: waht -> what, wich -> which",
    "I spotted two typos: waht -> what and wich -> which",
    "1) waht -> what 2) wich -> which",
    "waht/what, wich/which",
    "Hi, waht -> what and wich -> which, thanks!",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_a_line_may_hold_several_pairs(text: str) -> None:
    assert pairs(text) == [("waht", "waht", "what"), ("wich", "wich", "which")]


WHOLE = [
    ("however the miller -> however, the miller", "however the miller", "", ","),
    (
        "the mill, the barn and teh well -> the mill, the barn and the well",
        "the mill, the barn and teh well",
        "teh",
        "the",
    ),
    ("He left. she came -> He left. She came", "He left. she came", "she", "She"),
    ('He said "go" -> He said, "go"', 'He said "go"', "", ","),
    ("a sack of flower -> flour", "a sack of flower", "flower", "flour"),
    ("went to mill -> went to **the** mill", "went to mill", "", "the"),
]


@pytest.mark.parametrize(("text", "quote", "wrong", "right"), WHOLE)
def test_a_passage_with_marks_in_it_stays_whole(text: str, quote: str, wrong: str, right: str) -> None:
    assert pairs(text) == [(quote, wrong, right)]


ORDINARY = [
    "was -> were",
    "it -> that",
    "go -> went",
    "the -> a",
    "I -> me",
    "an -> a",
    "of -> have",
    "their -> there",
    "was/were",
    "in / on",
    "a/an",
    "its/it's",
    "quite loud / loud quite",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_that_are_kin_make_a_pair(text: str) -> None:
    assert len(pairs(text)) == 1


@pytest.mark.parametrize(
    "text", ["said -> muttered", "tall man -> big man", "to many -> three", "late -> tardy (first line)"]
)
def test_words_that_stand_in_the_chapter_may_become_any_others(text: str) -> None:
    assert pairs(text) == []
    assert len(pairs(text, CHAPTER)) == 1


COMPARED = [
    "Level 3 -> Level 4 was quick",
    "Ch 1 -> Ch 2 time skip?",
    "Book 1 > Book 2",
    "book one -> book two",
    "rank F -> rank E",
    "4/5 -> 5/5",
    "<3 -> </3",
    "week 1/week 2",
    "chapter 101 / chapter 102",
    "page 120 -> page 121",
    "sixth -> sixteenth",
    "chapter 3 / chapter 4",
    "Day 1 -> day 30",
    "good cop / bad cop",
    "my heart / your heart",
    "her mother / her father",
    "I love Nell / I love Rufus",
    "I love this/I hate this",
    "old me / new me",
    "hero/heroine",
    "friend / fiend, who can say?",
    "The whole friend / fiend thing",
    "He went from zero -> hero",
    "from enemies -> lovers",
    "She rose from banker -> baker",
    "rags -> riches",
    "boy -> man, what an arc",
    "my mood: happy -> sad",
    "expectation -> reality",
    "tears > laughs",
    "Pros: pacing / Cons: length",
    "A -> B -> C",
    "fear -> anger -> hate",
    "weekly -> monthly updates?",
    "the old Rufus -> the new Rufus",
    "if/when",
    "he/they",
    "day/night",
    "slow burn -> fast burn",
    "~~dies~~ lives",
    "~~I hate you~~ I love you",
    "I am ~~crying~~ fine",
    "I ~~would~~ will wait",
    "Totally ~~sane~~ insane",
    "He is ~~not~~ okay",
    "from boy to man",
]


@pytest.mark.parametrize("text", COMPARED)
@pytest.mark.parametrize("chapter", [None, CHAPTER])
def test_two_things_compared_are_no_correction(text: str, chapter: ChapterText | None) -> None:
    assert pairs(text, chapter) == []


def test_among_fixes_any_pair_is_one() -> None:
    assert pairs("Typos:\nmarch 3 -> march 4\nsaid -> asked") == [("march 3", "3", "4"), ("said", "said", "asked")]


STARS = ChapterText(
    "He whimpers. He past the mill at night, and she definately saw it. They gasped; a knight went to bed."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*passed", [("past", "past", "passed")]),
        ("passed*", [("past", "past", "passed")]),
        ("*definitely", [("definately", "definately", "definitely")]),
        ("*too", [("to", "to", "too")]),
        ("*gasps", []),
        ("*whispers", []),
        ("*grasp", []),
        ("*waves", []),
        ("*night", [("knight", "knight", "night")]),
    ],
)
def test_a_starred_word_alone_corrects_the_one_word_it_can_mean(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert pairs(text, STARS) == expected
    assert pairs(text) == []


def test_a_starred_word_with_two_places_corrects_neither() -> None:
    assert pairs("*too", ChapterText("He went to bed to sleep.")) == []


def test_a_small_word_struck_out_of_the_story_is_taken_out() -> None:
    assert pairs("He ~~had~~ went home.") == [("He had went home.", "had", "")]
