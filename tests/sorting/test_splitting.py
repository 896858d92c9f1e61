"""Splitting a review into remarks: rules by example, promises on any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.sorting.splitting import MAX_REMARKS, split


def remarks(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


SOUP = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(list("\n\n\n\r\t  >|*-_~=#/\"'“”‘’.!?…()[]<;:,\u00a0\u200b\u2028\u202eא文é\u0301😀")),
    ),
    max_size=300,
)
PHRASES = st.lists(
    st.sampled_from(
        [
            "> He left.",
            "I cried.",
            "teh -> the",
            "- item",
            "1. one",
            "\n",
            "\n\n",
            " ",
            "but your tenses slip",
            "loved it,",
            ":)",
            "ch. 3",
            "...",
            "?!",
            ">!hidden. words!<",
            "```",
            "***",
            "----",
            "should be 'x'",
            '[a](#s "b. C.")',
            "a/b",
            "你好。再见。",
            "שלום. עולם.",
            "😂😂",
            "e.g. this",
            "(maybe?)",
            "\r\n",
            "\x85",
        ]
    ),
    max_size=40,
).map(" ".join)
ANY_TEXT = st.one_of(SOUP, PHRASES)


@given(ANY_TEXT)
def test_remarks_are_ordered_apart_trimmed_and_hold_every_visible_character(text: str) -> None:
    spans = split(text)
    end_before = 0
    for start, end in spans:
        assert end_before <= start < end <= len(text)
        assert not text[end_before:start].strip()
        assert text[start:end] == text[start:end].strip()
        end_before = end
    assert not text[end_before:].strip()
    assert len(spans) <= MAX_REMARKS


@given(st.integers(MAX_REMARKS - 2, MAX_REMARKS + 300))
def test_what_exceeds_the_limit_is_joined_to_the_last_remark(lines: int) -> None:
    text = "\n".join(f"word{number}" for number in range(lines))
    found = remarks(text)
    assert len(found) == min(lines, 200)
    assert found[-1].endswith(f"word{lines - 1}")
    assert found[0] == "word0"


ONE_REMARK = [
    "Ch. 3 had me worried.",
    "I liked vol. 2 better than this.",
    "See pp. 14 and 15 for the map.",
    "Wait... so she knew?",
    "She did what?! and then left",
    "That ending :D",
    "I laughed so hard!!! 😂😂😂",
    "> The mill wheel turned. Nobody came.\n> The rain went on.\n\nThis gave me chills.",
    ">One line of it.\n\n>Another line of it.\n\nBoth of these are lovely.",
    "> The mill wheel turned.\nI loved that. It reads like a song.",
    "This line gave me chills:\n> The mill wheel turned.\n\nSo good.",
    "I wonder >!whether the miller. did it. himself!<",
    '[what I think](#s "The miller did it. He must have. Twice.")',
    "- The miller. He is too calm. I trust nobody.",
    '"Have you ate?" She asked / "Have you eaten?" she asked',
    "the mill weel. -> the mill wheel.",
    "the mill wheel turnd - Missing letter.",
    "the mill weel\n\nshould be 'the mill wheel'?",
    "the wheel turned faster and faster and the water of the stream\nran over it all night long",
]


@pytest.mark.parametrize("text", ONE_REMARK)
def test_what_belongs_together_stays_together(text: str) -> None:
    assert remarks(text) == [text]


PARTED = [
    ("I laughed. Then I cried.", ["I laughed.", "Then I cried."]),
    ("One line\nanother line", ["One line", "another line"]),
    ("One.\n\n\n  Two.", ["One.", "Two."]),
    ("- the barn\n- the hens\n1. the goat", ["- the barn", "- the hens", "1. the goat"]),
    ("Fine start.\n\n&#x200B;\n\nMore!", ["Fine start.\n\n&#x200B;", "More!"]),
    ("&nbsp;\nFine start.\nMore!\n\u200b", ["&nbsp;\nFine start.", "More!\n\u200b"]),
    ("Also,\n\n> he had went\n\ngone", ["Also,\n\n> he had went\n\ngone"]),
    ("Typos:\n\n> he had went\n\ngone", ["Typos:", "> he had went\n\ngone"]),
    ("teh/the\nwich/which\ngoed/went", ["teh/the", "wich/which", "goed/went"]),
    ("teh -> the\nwich -> which", ["teh -> the", "wich -> which"]),
    (
        "> The weel turned.\n\nwheel\n\n> It stoped.\n\nstopped",
        ["> The weel turned.\n\nwheel", "> It stoped.\n\nstopped"],
    ),
    ("> It stoped.\nstopped\n> She sung.\nsang", ["> It stoped.\nstopped", "> She sung.\nsang"]),
    ("> It was her.\n\nI knew it!\n\nGreat chapter.", ["> It was her.\n\nI knew it!", "Great chapter."]),
    ("loved it, but your tenses slip", ["loved it,", "but your tenses slip"]),
    ("Loved this chapter, thanks for writing it!", ["Loved this chapter,", "thanks for writing it!"]),
    ("great chapter :) please update soon", ["great chapter :)", "please update soon"]),
    ("The dialogue was great but the pacing dragged.", ["The dialogue was great", "but the pacing dragged."]),
    ("She loved him but he left her.", ["She loved him but he left her."]),
    (
        "I enjoyed it (loved the hens, but the pacing dragged)",
        ["I enjoyed it (loved the hens, but the pacing dragged)"],
    ),
    ("She is alive >_<\n>_< no way", ["She is alive >_<", ">_< no way"]),
    ('She said "run!" *Twice.* I ran.', ['She said "run!"', "*Twice.*", "I ran."]),
    ("", []),
    (" \n\t ", []),
    ("😂", ["😂"]),
    ("----\n> He left.\n\nNo!", ["----\n> He left.\n\nNo!"]),
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_where_remarks_part(text: str, expected: list[str]) -> None:
    assert remarks(text) == expected


def test_a_paragraph_longer_than_one_reading_is_split_as_if_read_at_once() -> None:
    sentence = "The old mill stood by the stream and nobody had lived there for years. "
    assert remarks(sentence * 200) == [sentence.strip()] * 199 + [sentence.strip()]


HOSTILE = [
    "a" * 10_000,
    "word\n" * 5_000,
    "`" * 10_000,
    "你好。" * 3_000,
    ">!" * 5_000,
    "> a\n" * 3_000,
    "(" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4])
def test_hostile_text_is_split_like_any_other(text: str) -> None:
    spans = split(text)
    assert 1 <= len(spans) <= MAX_REMARKS
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text.rstrip())
