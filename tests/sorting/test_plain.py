"""Remarks that say plainly what they are about, and whether they like it; and what only sounds alike."""

import pytest

from feedback.sorting import Sorter
from feedback.sorting.plain import PLAIN, plainly
from feedback.sorting.polarity import polarity
from feedback.sorting.reading import Reading

PLAINLY = {
    "needs an editor": [
        "needs an editor badly",
        "You should get a beta reader.",
        "could really use a proofreader",
        "pls find a beta",
    ],
    "mixed tenses": [
        "You keep mixing past and present.",
        "The second half switches to present tense.",
        "you jump between tenses a lot",
        "Tenses aside, it slips from past to present.",
    ],
    "show, don't tell": ["Show, don't tell.", "show dont tell!!", "Try showing rather than telling."],
    "who is speaking": [
        "I got lost about who was speaking",
        "It was hard to tell who's talking.",
        "Confusing who said what",
        "I had no idea whose head I was in.",
    ],
    "change of person": [
        "The switch to first person threw me off",
        "Why does it change from third person?",
        "it jumps between first and third person",
    ],
    "it dragged": ["This dragged.", "The middle part really dragged on for me.", "it drags a bit", "Dragged."],
    "no stakes": [
        "There are no stakes if everybody can be revived.",
        "Knowing the end kills the tension.",
        "it lacks stakes",
    ],
    "first comment": ["First!", "1st :D", "first comment!!"],
    "not to be abandoned": [
        "pls dont abandon this",
        "Never stop writing this!",
        "please don't you dare drop this story",
        "don't give up on it",
    ],
}
NOT_PLAINLY = [
    "He hired an editor for his newspaper.",
    "The hero needs an editor who cuts his speeches.",
    "She mixes past wine with present water.",
    "He showed her and told her.",
    "The villain could not tell who was speaking.",
    "She is the first person he met.",
    "She dragged him out.",
    "The chains dragged.",
    "He has no tension in his shoulders.",
    "First of all, great chapter.",
    "First they fight, then they kiss.",
    "They never abandoned her.",
    "Don't drop the lamp, Ilse!",
]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in PLAINLY.items() for text in texts])
def test_a_plain_sentence_is_told_by_its_words(name: str, text: str) -> None:
    found = plainly(Reading(text))
    assert found is not None
    assert found.name == name


def test_every_row_is_tried_here() -> None:
    assert [row.name for row in PLAIN] == list(PLAINLY)


@pytest.mark.parametrize("text", NOT_PLAINLY)
def test_what_only_sounds_alike_is_left_alone(text: str) -> None:
    assert plainly(Reading(text)) is None


def test_plain_words_stand_against_the_model_and_say_why() -> None:
    (remark,) = Sorter().sort("There are no stakes if everybody can be revived.")
    assert (remark.kind, remark.stance, remark.unsure) == ("plot", "negative", False)
    assert remark.why == ("it misses stakes",)


POLAR = {
    "negative": [
        "Meh.",
        "not your best work",
        "> She sat.\n\nBoring.",
        "This was never fun.",
        "Didn't like how forced it was.",
        "I get that she is tired, but the middle was dull.",
        "I loved the chase and the mill and the storm, but it was rushed",
    ],
    "positive": [
        "Not bad at all",
        "never boring!",
        "Loved it",
        "an awesome chapter",
        "It is long and there is a lot of it, but I loved every page",
    ],
    "": [
        "",
        "Poor Ben, so sad.",
        "She is too perfect.",
        "A first draft at best.",
        "Was it boring?",
        "great but rushed",
        "That would be nice.",
        "The miller went to the mill and ground his good flour there all day.",
    ],
}


@pytest.mark.parametrize(("stance", "text"), [(stance, text) for stance, texts in POLAR.items() for text in texts])
def test_what_a_few_words_plainly_say_of_the_story(stance: str, text: str) -> None:
    assert polarity(Reading(text)) == stance


@pytest.mark.parametrize("text", ["Meh.", "not your best work", "> She sat.\n\nBoring."])
def test_dislike_in_few_words_is_never_filed_as_liking(text: str) -> None:
    for sorter in (Sorter(), Sorter(None)):
        (remark,) = sorter.sort(text)
        assert remark.stance == "negative"
        assert remark.kind != "praise"
