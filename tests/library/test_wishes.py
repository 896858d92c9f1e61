"""What authors wish for, and how readers are told."""

import pytest

from feedback.errors import Invalid
from feedback.library import wishes
from feedback.sorting.kinds import KINDS, kinds_of


def custom(**by_kind: str) -> wishes.Wishes:
    return wishes.made("custom", by_kind)


def sentences(made: wishes.Wishes) -> str:
    return " ".join(wishes.invitation("Mara", made, "").sentences)


@pytest.mark.parametrize(
    ("choice", "kinds", "wish"),
    [
        ("all", wishes.WISHED_KINDS, "welcome"),
        ("corrections_private", ["grammar"], "private"),
        ("corrections_private", [kind for kind in wishes.WISHED_KINDS if kind != "grammar"], "welcome"),
        ("story_only", kinds_of("craft"), "unwelcome"),
        ("story_only", [*kinds_of("story"), *kinds_of("conversation")], "welcome"),
    ],
)
def test_a_preset_says_what_it_means_for_each_kind(choice: str, kinds: list[str], wish: str) -> None:
    made = wishes.made(choice)
    assert {made[kind] for kind in kinds} == {wish}


def test_every_kind_but_the_hostile_has_a_wish() -> None:
    assert set(wishes.made("all")) == set(KINDS) - {"hostile"}


def test_a_form_fine_tunes_kind_by_kind() -> None:
    made = wishes.read({"wishes": "custom", "wishes-grammar": "private", "wishes-pacing": "unwelcome"})
    assert (made["grammar"], made["pacing"], made["plot"]) == ("private", "unwelcome", "welcome")


def test_a_presets_kinds_are_its_own_whatever_the_fold_says() -> None:
    assert wishes.read({"wishes": "all", "wishes-grammar": "unwelcome"})["grammar"] == "welcome"


def test_a_form_without_wishes_leaves_them() -> None:
    before = custom(grammar="private")
    after = wishes.read({}, before)
    assert (after.choice, after["grammar"]) == ("custom", "private")


def test_nobody_can_wish_for_an_attack() -> None:
    assert "hostile" not in wishes.read({"wishes": "custom", "wishes-hostile": "welcome"})


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"wishes": "none"}, "wishes"),
        ({"wishes": "custom", "wishes-grammar": "never"}, "wishes-grammar"),
        ({"wishes": "custom", "wishes-plot": "Welcome"}, "wishes-plot"),
    ],
)
def test_a_wish_that_is_no_choice_is_refused_by_name(form: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wishes.read(form)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (wishes.made("all"), "Mara would love to hear anything: what you felt, theories, questions, typos too."),
        (
            wishes.made("corrections_private"),
            "Mara would love: what you felt, theories, questions, what worked and what did not."
            " Typos: yes please, just to Mara.",
        ),
        (
            wishes.made("story_only"),
            "Mara would love: what you felt, theories, questions. Not needed here: critique, typos.",
        ),
        (
            custom(**dict.fromkeys(kinds_of("craft"), "private")),
            "Mara would love: what you felt, theories, questions. Critique and typos: yes please, just to Mara.",
        ),
        (
            custom(**{kind: "welcome" if kind == "praise" else "unwelcome" for kind in wishes.WISHED_KINDS}),
            "Mara would love: what you liked. Not needed here: what you felt, theories, questions, critique, typos.",
        ),
        (
            custom(**dict.fromkeys(wishes.WISHED_KINDS, "private")),
            "Mara would love to hear anything you thought, just between the two of you.",
        ),
        (
            custom(grammar="private", pacing="private", plot="unwelcome"),
            "Mara would love: what you felt, theories, questions, the characters, the world, the style."
            " The pacing and typos: yes please, just to Mara. Not needed here: the plot.",
        ),
        (custom(update="unwelcome"), "Not needed here: asking for more."),
    ],
)
def test_the_invitation_speaks_in_sentences(made: wishes.Wishes, said: str) -> None:
    assert said in sentences(made)


def test_the_authors_own_words_go_with_it() -> None:
    assert wishes.invitation("Mara", wishes.made("all"), "<p>Fragments!</p>").note_html == "<p>Fragments!</p>"
