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
    "She said WHAT?!?! and nobody cared",
    '"No!! please" she said',
    "Ben... he... I... can't.",
    "I... I... I'm speechless.",
    "Loved it! :D",
    "ok. <3",
    "Vol. 3 was better!! T_T",
    '"Stop! Go." -> "Stop, go."',
    "He ran. She saw teh cat. -> He ran. She saw the cat.",
    "1) She has 3) eggs",
    "We need: 1) more hens 2) fewer goats",
    "> The mill stood.\n\n- it was sold in chapter 2",
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
    ("great chapter!! update soon pls", ["great chapter!!", "update soon pls"]),
    ("Awesome chapter!!! cant wait", ["Awesome chapter!!!", "cant wait"]),
    ("what?? no way", ["what??", "no way"]),
    ("Wow!! :D Loved it! ^_^ More please <3", ["Wow!! :D", "Loved it! ^_^", "More please <3"]),
    ("I cried! 😭😭 Then I laughed.", ["I cried! 😭😭", "Then I laughed."]),
    ("Nice! :) XD Keep going", ["Nice! :) XD", "Keep going"]),
    ("Oh no! D: She died?!", ["Oh no! D:", "She died?!"]),
    ("It stopped... She left.", ["It stopped...", "She left."]),
    ("1) great pacing 2) weak ending", ["1) great pacing", "2) weak ending"]),
    ("(1) hens (2) goats (3) geese", ["(1) hens", "(2) goats", "(3) geese"]),
    ("a) fine hens b) dull goats", ["a) fine hens", "b) dull goats"]),
    ("I. The hens\nII. The goats. Both.", ["I. The hens", "II. The goats. Both."]),
    ("V. good chapter. Loved it.", ["V. good chapter.", "Loved it."]),
    ("Loved it! teh -> the", ["Loved it!", "teh -> the"]),
    ("Great chapter! Typo: teh -> the", ["Great chapter!", "Typo: teh -> the"]),
    ("Thanks! 'goed' -> 'went'", ["Thanks!", "'goed' -> 'went'"]),
    ("> It stoped.\n\n- stopped\n- also the barn", ["> It stoped.\n\n- stopped", "- also the barn"]),
    ("> She left.\n\n---\n\n> He left.\nNo!", ["> She left.\n\n---", "> He left.\nNo!"]),
    ("She did it? (Or did she only dream?)", ["She did it?", "(Or did she only dream?)"]),
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


TWO_JOBS = [
    ["I liked the chase", "but Mara felt flat", "and the ending was rushed."],
    ["I bet Ilse took the coin,", "but the dialogue was stilted."],
    ["Great chapter", "but I think Ilse will regret it"],
    ["Good chapter -", "a few typos though."],
    ["Great chapter —", "update soon please"],
    ["Loved it;", "typos though."],
    ["Loved this <3", "more chapters please"],
    ["Brilliant twist...", "typos in the last part tho"],
    ["Thanks for the chapter,", "when is the next one?"],
    ["Thanks for the chapter", "but why did the miller leave?"],
    ["Awesome chapter,", "will there be a sequel?"],
    ["Great story", "however you need an editor"],
    ["great story", "but pls fix ur grammar"],
    ["The pacing was slow", "and the dialogue was stilted."],
    ["I don't like the pacing,", "but I love the dialogue."],
]


@pytest.mark.parametrize("parts", TWO_JOBS, ids=lambda parts: parts[-1])
def test_a_sentence_with_two_jobs_is_cut_between_them(parts: list[str]) -> None:
    assert remarks(" ".join(parts)) == parts


ONE_JOB = [
    "He loved her but why did he leave her?",
    "She is a good woman, but why would she lie?",
    "The pacing and the dialogue were great.",
    "The pacing was slow and boring.",
    "The dialogue was great and she was so funny.",
    "The plot is fun and the twists are great.",
    "I think she is good but he is better.",
    "I think it works, but the dialogue felt off.",
    "Loved it - the dialogue was so sharp.",
    "Nice chapter; the miller finally spoke.",
    "Thanks for the chapter and for the laugh!",
    "Thank you for the update, you made my day.",
    "I love how the plot twists and turns.",
    "He wanted to thank her, but the plot was discovered.",
    "They waited for the update but it was too late.",
    "I was confused, but the next chapter explained it.",
    "It is too long but good.",
    "A lovely start with yet another twist in the plot.",
    "I liked the cat though.",
    "Mara was a nice maid and although the plot turned she kept her head.",
]


@pytest.mark.parametrize("text", ONE_JOB)
def test_a_sentence_is_not_cut_where_it_only_might_do_two_jobs(text: str) -> None:
    assert remarks(text) == [text]


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
    "a!! " * 2_500,
    "loved it, but the pacing dragged and " * 270,
    ":) " * 3_000,
    "1) a 2) b " * 900,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_hostile_text_is_split_like_any_other(text: str) -> None:
    spans = split(text)
    assert 1 <= len(spans) <= MAX_REMARKS
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text.rstrip())
