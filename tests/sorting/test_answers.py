"""Answers below a ``>`` quotation: which mend it, and which only talk about it."""

import pytest

from feedback.sorting import context
from feedback.sorting.context import Context
from feedback.sorting.corrections import find, in_review
from feedback.sorting.splitting import split


def changes(text: str) -> list[tuple[str | None, str | None]]:
    found = (one for here in in_review(text, split(text)) for one in here)
    return [(one.wrong, one.right) for one in found if one.right is not None]


TALK = [
    ("The queen tore the letter in half and smiled.", "tore it up!"),
    ("The queen tore the letter in half and smiled.", "the queen smiled"),
    ("The queen tore the letter in half and smiled.", "that smile"),
    ("The queen tore the letter in half and smiled.", "and laughed"),
    ("The queen tore the letter in half and smiled.", "queen of my heart"),
    ("The queen tore the letter in half and smiled.", "what letter?"),
    ("The queen tore the letter in half and smiled.", "the king tore the letter"),
    ("The queen tore the letter in half and smiled.", "*paper noises*"),
    ("The queen tore the letter in half and smiled.", "in half, please"),
    ("The queen tore the letter in half and smiled.", "Queen > letter"),
    ('"You are late again," Tom said, and closed the door.', "You are early"),
    ('"You are late again," Tom said, and closed the door.', "Late again?"),
    ('"You are late again," Tom said, and closed the door.', "late again lol"),
    ('"You are late again," Tom said, and closed the door.', "I am late again"),
    ('"You are late again," Tom said, and closed the door.', "You're not late"),
    ('"You are late again," Tom said, and closed the door.', "slammed the door"),
    ("There was nothing left of the village but smoke.", "there is nothing left"),
    ("There was nothing left of the village but smoke.", "smoke and mirrors"),
    ("There was nothing left of the village but smoke.", "there was something left"),
    ("He had never learned to swim.", "he learned to sink"),
    ("He had never learned to swim.", "she had never learned to swim"),
    ("He had never learned to swim.", "had always learned"),
    ("He had never learned to swim.", "did not learn, not really"),
    ("The old dog slept by the fire.", "The old cat slept by the fire"),
    ("The old dog slept by the fire.", "the dog sleeps"),
    ("The old dog slept by the fire.", "*pets dog*"),
    ("The old dog slept by the fire.", "by the sea"),
    ("They reached the tower before dawn.", "the tower!!!"),
    ("They reached the tower before dawn.", "two towers"),
    ("They reached the tower before dawn.", "reach the tower"),
    ("They waited for nine days.", "ten days"),
    ("They waited for nine days.", "nine days!"),
    ("They waited for nine days.", "wanted bread, not days"),
    ("Rain fell on the roof all night.", "fell on the floor"),
    ("Rain fell on the roof all night.", "It's definitely rain"),
    ("Rain fell on the roof all night.", "Right, the roof"),
    ("Rain fell on roof.", "rain fell on the roof lol"),
    ("The tired king slept.", "the tried king slept!"),
    ("The king slept by fire.", "by the fire, please"),
    ("She sat by fire.", "me, by the fire"),
    ("She will be late.", "she will is late"),
    ("The soldiers marched on.", "soldiers, marching"),
]


@pytest.mark.parametrize(("passage", "answer"), TALK)
def test_talk_below_a_passage_is_no_correction(passage: str, answer: str) -> None:
    assert changes(f"> {passage}\n\n{answer}") == []


REPAIRS = [
    ("She had a grate idea.", "great", "grate", "great"),
    ("He walked trough the gate.", "through the gate", "trough", "through"),
    ("I seen it before.", "saw", "seen", "saw"),
    ("He was to tired to speak.", "too tired", "to", "too"),
    ("They walked along river.", "along the river", "", "the"),
    ("He carried sack of flour uphill.", "a sack of flour", "", "a"),
    ("He looked at at the map.", "at the map", "at", ""),
    ("The the door opened.", "The door opened", "the", ""),
    ("He could of won.", "could have won", "of", "have"),
    ("Every one cheered.", "everyone cheered", "Every one", "everyone"),
    ("It was dark,but warm.", "dark, but", "dark,but", "dark, but"),
    ("She depends of him.", "depends on him", "of", "on"),
    ("He did not looked back.", "look back", "looked", "look"),
    ("The horse run away.", "ran away", "run", "ran"),
    ("The soldier looked tiered.", "tired?", "tiered", "tired"),
    ("She sat next to window.", "next to **the** window", "", "the"),
    ("We listened to song.", "listened to **the** song", "", "the"),
    ("She went to the the mill.", "went to the ~~the~~ mill", "the", ""),
    ("We forget in winter.", "We *often* forget in winter", "", "often"),
    ("Mara went too the inn.", "too/to", "too", "to"),
    # with words around the right ones
    ("She definately knew.", "It's definitely.", "definately", "definitely"),
    ("She definately knew.", "spelling: definitely", "definately", "definitely"),
    ("She definately knew.", "You mean definitely, right?", "definately", "definitely"),
    ("She definately knew.", 'I believe that\'s spelled "definitely"', "definately", "definitely"),
    ("She definately knew.", "definitely. great chapter btw", "definately", "definitely"),
    ("She definately knew.", 'Typo, "definitely".', "definately", "definitely"),
    ("There going to be late.", 'use "they\'re"', "There", "They're"),
    ("There going to be late.", "should've been \"they're\"", "There", "They're"),
    ("There going to be late.", "they're, surely", "There", "They're"),
    ("There going to be late.", "-> They're", "There", "They're"),
    ("She should of known", "should have", "of", "have"),
    # what to do to it
    ("He said it loudly.", '"loudly" should be capitalised', "loudly", "Loudly"),
    ("went to mill", 'missing "the" before mill', "", "the"),
    ("She went to the the mill.", "doubled word", "the", ""),
    ("She went to the the mill.", 'One "the" too many', "the", ""),
    ("She went to the the mill.", '"the" twice', "the", ""),
    ("She went to the the mill.", "~~the~~", "the", ""),
    ("He sat on on the chair.", "*on", "on", ""),
]


@pytest.mark.parametrize(("passage", "answer", "wrong", "right"), REPAIRS)
def test_a_bare_answer_that_mends_a_slip_is_a_correction(passage: str, answer: str, wrong: str, right: str) -> None:
    assert changes(f"> {passage}\n\n{answer}") == [(wrong, right)]


SENTENCES = [
    ('"definately" is spelled "definitely"', "definately", "definitely"),
    ('"Orlo" is spelled "Olro" in the first scene', "Olro", "Orlo"),
    ('You misspelled "necessary" as "neccessary"', "neccessary", "necessary"),
    ("'loose' should be read 'lose'", "loose", "lose"),
    ('"lead" should be spelled "led"', "lead", "led"),
    ('"he lead them" should be led', "lead", "led"),
    ('"he lead them" is wrong, it\'s "he led them"', "lead", "led"),
    ("You have affect instead of effect in the third paragraph.", "affect", "effect"),
    ("I think you meant led instead of lead", "lead", "led"),
    ('"tuesday" should be capitalized', "tuesday", "Tuesday"),
    ("'In to' should be one word", "In to", "Into"),
    ('replace "said" with "asked"', "said", "asked"),
    ('you used "prince" instead of "king"', "prince", "king"),
    ('"went to the the mill" - doubled word', "the", ""),
    ('missing "the" before "mill" in "went to mill"', "", "the"),
    ('extra "the" in "went to the the mill"', "the", ""),
    ('"the the" is doubled', "the", ""),
    ('The word "had" is repeated in "he had had gone"', "had", ""),
]


@pytest.mark.parametrize(("text", "wrong", "right"), SENTENCES)
def test_a_sentence_about_wording_is_a_correction(text: str, wrong: str, right: str) -> None:
    assert changes(text) == [(wrong, right)]


STORY = [
    'He says "fine" instead of "I love you" and it hurts',
    'Mara said "yes" instead of "no" - why?',
    '"Ben" should be "king" by now, don\'t you think?',
    'The "chosen one" should be "dead" by the end',
    'I think it\'s "Mara", not "Ben", who did it',
    'change "Ben" to "dead"',
    '"zero" to "hero" arc',
    '"Goodbye" should be a crime',
    '"Brother" should be "brother in law" at this point',
    'It should be "Team Ben", not "Team Orlo"',
    'use "fire" instead of "water" against him!',
    'when she says "fine" she means "help"',
    "I think he meant peace instead of war",
    'Should "Mara" be "queen"?',
]


@pytest.mark.parametrize("text", STORY)
def test_a_sentence_about_the_story_is_none(text: str) -> None:
    assert changes(text) == []


def test_a_passage_said_to_lack_a_word_is_shown_without_a_repair() -> None:
    (found,) = find('There\'s a missing "the" in "went to mill"')
    assert (found.quote, found.fixed) == ("went to mill", None)


def test_among_fixes_less_is_asked_of_an_answer() -> None:
    joke = "> Ben counted three guards.\n\nMara counted three guards"
    assert changes(joke) == []
    assert changes(f"Typos:\n\n{joke}") == [("Ben", "Mara")]
    fixes = "> He payed\n\npaid\n\n> teh goat\n\nthe goat\n\n"
    assert ("Ben", "Mara") in changes(fixes + joke)


def test_one_fix_and_one_joke_make_no_list() -> None:
    joke = "> Ben counted three guards.\n\nMara counted three guards"
    assert changes(f"waht -> what\n\n{joke}") == [("waht", "what")]


@pytest.mark.parametrize("said", ["capitalised", "plural", "deleted", "italicised", "in the past tense"])
def test_a_description_never_takes_the_place_of_the_words(said: str) -> None:
    found = changes(f"Typos:\n\n> He said it loudly.\n\nloudly should be {said}")
    assert all(right in ("Loudly", "") for _, right in found)


def test_two_fixes_among_many_quotations_make_no_list() -> None:
    jokes = "".join(f"> The old dog slept by the fire {at}.\n\nby the sea {at}\n\n" for at in "abcde")
    assert len(changes(f"{jokes}> He payed\n\npaid\n\n> teh goat\n\nthe goat")) == 2


def test_the_work_on_one_review_is_counted_and_ends() -> None:
    lines = "\n".join("a b " * 30 + f"-> {'a c ' * 29}{at}" for at in range(60))
    shared = Context()
    for line in lines.splitlines():
        find(line, shared)
    assert shared.cells < 0
    assert find("> He payed the toll\n\npaid the toll", shared) == []
    assert find("> He payed the toll\n\npaid the toll") != []


def test_a_real_list_of_typos_takes_a_small_part_of_the_work() -> None:
    shared = Context()
    for at in range(40):
        find(
            f"> The miller {at} payed the toll and went home over the old bridge by the mill\n\npaid the toll", shared
        )
    assert shared.cells > 0.9 * context.MOST_CELLS
