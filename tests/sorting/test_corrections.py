"""Corrections: every shape readers use, and the chatter that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.sorting.corrections import find, in_review
from feedback.sorting.shapes import Correction
from feedback.sorting.splitting import split
from feedback.sorting.wording import difference, fold


def corrections(text: str) -> list[Correction]:
    return [correction for found in in_review(text, split(text)) for correction in found]


def changes(text: str) -> list[tuple[str | None, str | None]]:
    return [(correction.wrong, correction.right) for correction in corrections(text)]


SHAPES = [
    (
        "'third voyage (and shortest)' -> 'third (and shortest) voyage'",
        "voyage (and shortest)",
        "(and shortest) voyage",
    ),
    ('"the big red boat" -> "the red big boat"', "big red", "red big"),
    # a quotation and its answer
    ("> The kettle sang it's song\n\nits", "it's", "its"),
    ("> The lantern swung form the beam.\n\nform -> from", "form", "from"),
    ("> He payed the toll\n\npaid the toll", "payed", "paid"),
    ("> They went to market\n\nto the market", "", "the"),
    ("> The cellar smelled of of onions\n\nsmelled of onions", "of", ""),
    ("> the soldiers was tired\n\nwere, not was", "was", "were"),
    ('> a unusual silence\n\nShould be "an unusual silence".', "a", "an"),
    ("> She opened the grain sack with a nife.\n\nShould be knife", "nife", "knife"),
    ('> The storm tore the baner down\n\nI think you meant "banner"', "baner", "banner"),
    ("> The dragons wing\n\ndragon's?", "dragons", "dragon's"),
    ("> She lay the book down\n\nlay > laid", "lay", "laid"),
    ("> They built a tree house over night\n\novernight", "over night", "overnight"),
    ("> Nell ran acrossthe yard\n\nacross the", "acrossthe", "across the"),
    ("> She held the rains tightly\n\n*reins", "rains", "reins"),
    ("> She held the rains tightly\n\nreins*", "rains", "reins"),
    ("> He **past** the bakery\n\n**passed**", "past", "passed"),
    ("> ~~There~~ Their cottage stood empty", "There", "Their"),
    ("> “I am late” he said.\n\n“I am late,” he said.", "", ","),
    # what a note asks for
    ('> He opened the the door\n\nDoubled "the"', "the", ""),
    ('> He opened the the door\n\nremove the extra "the"', "the", ""),
    ('> They walked the market together\n\nMissing "to" before "the market".', "", "to"),
    ('> Nobody knew what she was talking\n\nAdd "about" at the end.', "", "about"),
    ('> She had never left just the valley\n\n"just" should be before "never"', "never left just", "just never left"),
    ("> where are you going.\n\nShould be a question mark.", "going.", "going?"),
    ("> He said,and left.\n\nmissing space", "said,and", "said, and"),
    ("> The goat , however\n\nExtra space", "goat ,", "goat,"),
    ("> Nobody came\n\nmissing full stop", "", "."),
    ("> She ran,, then fell\n\ndoubled comma", "ran,,", "ran,"),
    ("> Before dawn the miller left\n\ndawn needs a comma", "", ","),
    # old and new on one line
    ("teh -> the", "teh", "the"),
    ("the gate keeper => the gatekeeper", "gate keeper", "gatekeeper"),
    ('"The moon rised" → "The moon rose"', "rised", "rose"),
    ("a loaf of bred -> bread", "bred", "bread"),
    ("out of the barn ; -> :", ";", ":"),
    ("a herd of gooses / a herd of geese", "gooses", "geese"),
    ("loose the battle/lose the battle", "loose", "lose"),
    ("the baker come home/the baker came home OR the baker comes home", "come", "came"),
    ("however the hens/however, the hens", "", ","),
    ("* your → you're", "your", "you're"),
    ("1. mens room -> men's room", "mens", "men's"),
    ('"his grand father" - grandfather', "grand father", "grandfather"),
    ("over the bridge - Missing full stop.", "", "."),
    ("feild (field?)", "feild", "field"),
    ("the mill stood stil; the mill stood still", "stil", "still"),
    # in a sentence
    ('"the baker rised early" should be "the baker rose early."', "rised", "rose"),
    ("'recieve' should be 'receive'", "recieve", "receive"),
    ('"Mirabel nodded her hand" should read "Mirabel nodded her head"', "hand", "head"),
    ("I think “defiantly” should probably be “definitely” here.", "defiantly", "definitely"),
    ('You used "affect" instead of "effect" in the third paragraph.', "affect", "effect"),
    ('It should be "whose" instead of "who\'s".', "who's", "whose"),
    ("you wrote 'breath', it's 'breathe'", "breath", "breathe"),
    ("You wrote “principle” but it should be “principal”.", "principle", "principal"),
    ('In the kitchen you wrote "angle" when you meant "angel".', "angle", "angel"),
    ('Should "whom" be "who" in the last line?', "whom", "who"),
    ('Did you mean "desert" instead of "dessert"?', "dessert", "desert"),
    ('"Orlo" is misspelled as "Olro" twice', "Olro", "Orlo"),
    ("definately should be definitely", "definately", "definitely"),
    ("Typo: wierd -> weird", "wierd", "weird"),
    ("replace 'less' with 'fewer'", "less", "fewer"),
    ('Is "Vane" supposed to be "Vale"?', "Vane", "Vale"),
    ("'alot' is two words, 'a lot'", "alot", "a lot"),
    ('I think it\'s "lightning", not "lightening"', "lightening", "lightning"),
    # an answer apart from its passage
    ('The moon rised over the barn\n\nShould that be "rose"?', "rised", "rose"),
    ("The weel turned slowly.\n\n*wheel", "weel", "wheel"),
    ("The hens was asleep in the barn\n\nThe hens were asleep in the barn", "was", "were"),
    ("> she sat on the stol and wept\n\nshould be\n\n> she sat on the stool and wept", "stol", "stool"),
]


@pytest.mark.parametrize(("text", "wrong", "right"), SHAPES)
def test_a_shape_gives_its_correction(text: str, wrong: str, right: str) -> None:
    assert changes(text) == [(wrong, right)]


CHATTER = [
    "they should be fine",
    "It should be fun!",
    "This should be good.",
    "*laughs*",
    "*hugs*",
    "he/she could be the traitor",
    "s/he",
    "and/or",
    "either/or, honestly",
    "win/lose, I don't care",
    "yes / no / maybe",
    "https://example.org/a/b",
    "See example.com/chapter/2 for the map",
    "posted 12/05/2024",
    "1/2 of the chapter was great",
    "24/7 reading this",
    "kind/mind blowing",
    "archive.org/archive.net",
    "3/4 moon, 3/5 moon",
    "v1/v2",
    "the hens 1/2 the hens 1/3",
    "I love that she should be queen and he should be dust",
    "A -> B -> C is how the plot goes",
    "tomorrow -> chaos",
    "I'd take the cat over the dog instead of the bird",
    "That has to be the best one yet, not the last one",
    "Who should be king? Not Rufus.",
    "I want more of Nell and less of her uncle",
    "> Nobody had ever been there but once.\n\nNice.",
    "> There was a lantern in the window of the old mill.\n\nThis chapter",
    "It is ~~the end of the whole world~~ the start of the whole war",
    "Probably ~~cooking~~ plotting again",
    "> He wept over the grave.\n\nI cried here.",
    "> He wept over the grave.\n\nSame, honestly.",
    "> He wept over the grave.\n\nThis should be illegal!",
    "> It was over.\n\nOr is it?",
    "> Nell walked in.\n\nLove Nell!",
    "> Nell walked in.\n\nPoor Nell.",
    "> Nell walked in.\n\nThis.",
    "Thanks, fixed!",
    "Great chapter :)",
    "",
]


@pytest.mark.parametrize("text", CHATTER)
def test_chatter_is_no_correction(text: str) -> None:
    assert corrections(text) == []


def test_a_correction_shows_the_whole_passage_before_and_after() -> None:
    assert corrections("> “The lantern swung form the beam...”\n\nform -> from") == [
        Correction("The lantern swung form the beam", "The lantern swung from the beam", "form", "from")
    ]


def test_two_notes_below_one_quotation_are_two_corrections() -> None:
    text = "> The hen lept over fence\n\nlept -> leapt\nfence -> the fence"
    assert changes(text) == [("lept", "leapt"), ("", "the")]


def test_a_list_of_typos_keeps_its_entries_without_a_repair() -> None:
    text = "Typos:\n\nthe the barn\n\nteh/the\n\nNobody came - this sounds off\n\n> a ladder of of oak"
    found = [(one.quote, one.wrong, one.right) for one in corrections(text)]
    assert found == [
        ("the the barn", None, None),
        ("teh", "teh", "the"),
        ("Nobody came", None, None),
        ("a ladder of of oak", None, None),
    ]


def test_without_a_list_the_same_scrap_is_nothing() -> None:
    assert corrections("the red barn\n\nI loved every bit of this chapter.") == []


def test_each_remark_has_its_own_list() -> None:
    text = "Loved it.\nteh -> the\nUpdate soon!"
    assert [len(found) for found in in_review(text, split(text))] == [0, 1, 0]


def test_what_is_emphasised_in_a_faulty_passage_is_what_is_wrong() -> None:
    assert find('Typo: "He **shutt** the door"')[0].wrong == "shutt"


DIFFERENCES = [
    ("the hen sat", "the hens sat", ("hen", "hens")),
    ("over fence", "over the fence", ("", "the")),
    ("over the the fence", "over the fence", ("the", "")),
    ("however he left", "however, he left", ("", ",")),
    ('"She left." he said', '"She left," he said', ("left.", "left,")),
    ("where is she.", "where is she?", ("she.", "she?")),
    ("nobody came", "nobody came.", ("", ".")),
    ("came home , late", "came home, late", ("home ,", "home,")),
    ("the mill turned", "the wheel of the mill turned", ("", "wheel of the")),
    ("what he.", "what he wants.", ("", "wants")),
    ("the miller was", "The Miller was", ("the miller", "The Miller")),
    ("It was “his” hat", 'It was "her" hat', ("his", "her")),
    ("Nobody Knew teh way", "nobody Knew the way", ("teh", "the")),
    ("More sheep More cows", "More cows", ("More sheep", "")),
    ("same", "same", ("", "")),
]


@pytest.mark.parametrize(("quote", "fixed", "expected"), DIFFERENCES)
def test_only_the_words_that_differ_are_wrong_and_right(quote: str, fixed: str, expected: tuple[str, str]) -> None:
    assert difference(quote, fixed) == expected


MARKS = st.sampled_from(
    [
        "> ",
        "\n",
        "\n\n",
        " -> ",
        " / ",
        "/",
        '"',
        "'",
        "“",
        "”",
        "**",
        "*",
        "~~",
        "should be",
        "instead of",
        "missing",
        "remove",
        "comma",
        "space",
        " - ",
        "(",
        ")",
        "?",
        "...",
        "the",
        "teh",
        "a",
        "not",
        "Typo:",
        "before",
        "at the end",
        "«0»",
        "«9»",
        "extra",
        "word",
        "אב",
        "你好",
        "e\u0301",
        "😀",
        "\u200b",
        "{right}",
        "\\",
    ]
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(MARKS, max_size=40).map(" ".join), st.lists(MARKS, max_size=40).map("".join)
    )
)
def test_any_text_is_read_and_every_correction_changes_something(text: str) -> None:
    spans = split(text)
    found = in_review(text, spans)
    assert len(found) == len(spans)
    for correction in (one for here in found for one in here):
        assert correction.quote
        if correction.fixed is not None:
            assert correction.fixed != correction.quote
            assert fold(correction.right or "") in fold(correction.fixed)


@given(st.lists(st.sampled_from(["ab", ",", ".", "the", "hen", "hens", '"', "'"]), max_size=6).map(" ".join))
def test_a_text_compared_with_itself_has_no_difference(text: str) -> None:
    assert difference(text, text) == ("", "")
