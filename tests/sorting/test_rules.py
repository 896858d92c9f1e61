"""The rules: each row of the table at work, in sentences of our own, and what must not set it off."""

from dataclasses import replace

import pytest

from feedback.sorting.classify import OVERRULING
from feedback.sorting.reading import Reading, readings
from feedback.sorting.rules import CERTAIN, Verdict, beside_fixes, certain, guess, vouched
from feedback.sorting.shapes import Correction

SETTLED = [
    (
        "heading of a typo list",
        "grammar",
        ["Typos:", "Typo thread!", "Found a few small errors:", "Spelling and grammar:"],
    ),
    ("old and new", "grammar", ["sneak peak / sneak peek", "the kings guard > the king's guard", "loose -> lose"]),
    ("what it should be", "grammar", ['"Lord Hale" should be Lord Hart.', "missing comma after the oath"]),
    ("quotation and fix", "grammar", ["> they was at the mill\n\nthey were at the mill"]),
    ("proof-reading", "grammar", ["Work on your tenses.", "Your spelling is terrible.", "Your commas are a mess."]),
    ("names a typo", "grammar", ["There is a typo in the last line."]),
    ("thanks", "praise", ["Thanks for the chapter!", "thank you so much", "Thx!"]),
    ("kind words", "praise", ["Great chapter!", "awesome story as always", "Another solid chapter."]),
    ("asks for more", "update", ["update soon plz!!!", "more please", "MORE"]),
    ("waits for more", "update", ["Can't wait for the next chapter!", "Is this story abandoned?"]),
    ("outcry", "reaction", ["OMG OMG", "hahahaha", "holy shit", "nooooo"]),
    ("affection", "reaction", ["I hate you T_T", "you monster", "How dare you!"]),
]
UNSETTLED = [
    "Alas, he/she never came back.",
    "It must be cold on the tower.",
    "I think the duke should be punished.",
    "The great chapter of her life was closing.",
    "Thanks to the storm they never met.",
    "> The goose was not impressed.\n\nI laughed out loud.",
]


@pytest.mark.parametrize(("rule", "kind", "text"), [(r, k, t) for r, k, texts in SETTLED for t in texts])
def test_a_rule_settles_what_it_is_for(rule: str, kind: str, text: str) -> None:
    verdict = certain(Reading(text))
    assert verdict is not None
    assert (verdict.rule, verdict.kind, verdict.certain) == (rule, kind, True)
    assert all(verdict.why)


def test_every_rule_of_the_table_is_tried_here() -> None:
    assert {rule.name for rule in CERTAIN} <= {name for name, _, _ in SETTLED}


@pytest.mark.parametrize("text", UNSETTLED)
def test_rules_keep_quiet_when_the_shape_only_looks_alike(text: str) -> None:
    assert certain(Reading(text)) is None


def test_a_change_of_words_is_grammar_whatever_else_it_says() -> None:
    fix = Correction("the old mil", "the old mill", "mil", "mill")
    verdict = certain(Reading("great chapter"), [fix])
    assert verdict is not None
    assert (verdict.kind, verdict.stance, verdict.rule) == ("grammar", "suggestion", "correction")


def test_a_quotation_without_a_change_is_not() -> None:
    assert certain(Reading("I liked the mill"), [Correction("the old mill", None, None, None)]) is None


@pytest.mark.parametrize(
    ("text", "kind", "stance"),
    [
        ("The pacing was too slow and the middle dragged.", "pacing", "negative"),
        ("I think he is probably going to betray her.", "theory", "neutral"),
        ("The magic system and the worldbuilding are great.", "world", "positive"),
        ("Do you know how many wardens there are?", "question", "neutral"),
        ("The prose is beautiful.", "prose", "positive"),
    ],
)
def test_votes_lean_to_the_kind_the_words_speak_of(text: str, kind: str, stance: str) -> None:
    verdict = guess(Reading(text))
    assert (verdict.kind, verdict.stance, verdict.certain) == (kind, stance, False)
    assert verdict.confidence < 0.9


def test_the_votes_say_which_words_cast_them() -> None:
    assert guess(Reading("The pacing dragged.")).why == ("words like “dragged”, “pacing”",)


def test_a_bare_quotation_among_fixes_is_one_of_them() -> None:
    text = "Typos:\n\n> she sold an with a lantern\n\n> she go home\n\nshe goes home"
    spans = [(0, 6), (8, 36), (38, len(text))]
    assert beside_fixes(readings(text, spans), ["grammar", "", "grammar"]) == [False, True, False]
    assert beside_fixes(readings(text, spans), ["praise", "", ""]) == [False, False, False]


@pytest.mark.parametrize(
    "text", ["", " ", "?", "😭" * 300, "a" * 10_000, "> " * 2_000, '"' * 3_000, "you are " * 2_000, "İ" * 500]
)
def test_any_text_is_read_without_complaint(text: str) -> None:
    reading = Reading(text)
    assert (certain(reading) or guess(reading)).kind


def test_typo_said_of_a_quotation_opens_no_list() -> None:
    verdict = certain(Reading("> She rowed **to to** the island.\n\ntypo"))
    assert verdict is None or verdict.rule != "heading of a typo list"


def test_an_arrow_is_firm_only_beside_a_correction_or_a_heading() -> None:
    pair = Verdict("grammar", "suggestion", 0.6, ("",), True, "old and new")
    fix, other = replace(pair, rule="correction"), replace(pair, rule="thanks")
    for beside, firm in (
        ([fix], True),
        ([replace(pair, rule="heading of a typo list")], True),
        ([other], False),
        ([], False),
    ):
        for verdicts, at in (([*beside, pair], -1), ([pair, *beside], 0)):
            assert (vouched(verdicts)[at].rule in OVERRULING) is firm


@pytest.mark.parametrize(
    "said", ['"Goodbye" should be a crime', '"Mara" should be a verb', '"Ben" should be the king']
)
def test_what_a_name_should_be_in_the_story_settles_nothing(said: str) -> None:
    assert certain(Reading(said)) is None


def test_what_mark_a_word_should_be_does() -> None:
    assert certain(Reading('"and" should be a comma')) is not None
