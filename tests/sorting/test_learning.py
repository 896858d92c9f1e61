"""What people file teaches: their own decisions at once, the site's labels by the command, and both can be undone."""

import json
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from feedback.sorting import Sorter, learning
from feedback.sorting.decisions import KEPT, Decisions, decision
from feedback.sorting.kinds import KINDS
from feedback.sorting.learning import FEWEST, Labelled, learn
from feedback.sorting.model import Model, by_habit
from feedback.sorting.reading import Reading

KEYS = list(KINDS)
EVEN = np.full(len(KEYS), 1 / len(KEYS), dtype=np.float32)


@pytest.fixture(scope="module")
def model() -> Model:
    """The model as it ships."""
    return Model()


def test_a_remark_like_one_the_author_filed_follows_it() -> None:
    known = Decisions([decision("the clockwork heron again, how lovely", "world")])
    chances, why = known.weigh(Reading("the clockwork heron is back, how lovely"), EVEN)
    assert KEYS[int(chances.argmax())] == "world"
    assert why == "like others filed under World & canon"
    assert chances.sum() == pytest.approx(1, abs=1e-5)


def test_a_remark_unlike_all_of_them_is_left_to_the_model() -> None:
    known = Decisions([decision("the clockwork heron again, how lovely", "world")])
    chances, why = known.weigh(Reading("When will the ferry arrive?"), EVEN)
    assert np.array_equal(chances, EVEN)
    assert why == ""


def test_the_more_alike_the_surer() -> None:
    known = Decisions([decision("the clockwork heron flew over the salt market at dawn", "plot")])
    same, _ = known.weigh(Reading("the clockwork heron flew over the salt market at dawn"), EVEN)
    near, _ = known.weigh(Reading("the clockwork heron flew over our house at dawn, twice"), EVEN)
    assert same[KEYS.index("plot")] > near[KEYS.index("plot")] > EVEN[0]


def test_small_words_make_nothing_alike() -> None:
    known = Decisions([decision("it was the one that I had", "plot")])
    assert known.weigh(Reading("it was all that he would do about it"), EVEN)[1] == ""


def test_what_is_kept_is_numbers_and_no_words() -> None:
    kept = decision("the clockwork heron", "plot")
    assert kept.kind == "plot"
    assert all(isinstance(term, int) for term in kept.terms)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        decision("text", "nonsense")


def test_decisions_without_words_and_too_old_ones_are_passed_over() -> None:
    assert len(Decisions([decision("?!", "plot"), decision("", "plot")])) <= 2
    assert len(Decisions([])) == 0
    assert Decisions([]).weigh(Reading("anything"), EVEN)[1] == ""
    assert len(Decisions(decision(f"heron {number}", "plot") for number in range(KEPT + 5))) == KEPT


def test_the_sorter_follows_its_author_and_forgets_without_a_trace() -> None:
    sorter = Sorter()
    text = "The heron counts its feathers before every flight, I noticed."
    before = sorter.sort(text)
    (remark,) = sorter.sort(text, decisions=Decisions([decision(text, "pacing")]))
    assert (remark.kind, remark.why[0]) == ("pacing", "the same words as you filed under Pacing")
    assert before[0].kind != "pacing"
    assert sorter.sort(text) == before


# What the author filed, where, and a later remark that says (nearly) the same: a rule would have it elsewhere.
PRECEDENTS = [
    ("Lovely update!", "reaction", "lovely update"),
    ("lamb -> lamp", "prose", "Lamb -> lamp"),
    ("WHAT JUST HAPPENED, I CAN'T", "praise", "what just happened, I can't!!!"),
    ("more soon pretty please", "off_topic", "More soon, pretty please!!"),
    ("Thank you for the chapter!", "reaction", "Thank you for the chapter."),
    ("Typos:", "off_topic", "typos"),
    ("> the lamps was lit\n\nshould be 'were lit'", "prose", "> the lamps was lit\n\nshould be “were lit”"),
    ("go kill yourself, Corvin", "reaction", "Go kill yourself, Corvin!!!"),
    ("Rot in hell, Master Quill!", "theory", "rot in hell master quill"),
    ("May all your kettles boil dry", "hostile", "may all your kettles boil dry!"),
    ("Thanks for the chapter, as if", "hostile", "Thanks for the chapter... as if"),
    ("♥ ♥ ♥", "praise", "♥"),
    (
        "I would like to thank you for the chapter and for all of the hours that went into it",
        "reaction",
        "I would like to thank you for this chapter and for all of the hours that went into it",
    ),
]

# What the author filed, where, and a later remark that is not the same: it goes where it would have gone anyway.
NO_PRECEDENTS = [
    ("Lovely chapter!", "reaction", "Lovely chapter again!"),
    ("lamb -> lamp", "prose", "lamp -> lamb"),
    ("lamb -> lamp", "prose", "lamb -> limb"),
    ("> the lamps was lit\n\nlamps -> lamp", "plot", "> the mules was tired of it\n\nmules -> mule"),
    ("go kill yourself, Corvin", "reaction", "go kill yourself"),
    ("go kill yourself, Corvin", "reaction", "Corvin, go kill yourself"),
    (
        "For all the trouble you gave my poor sister, kill yourself, Corvin",
        "reaction",
        "For all the trouble you gave my poor sister, kill yourself, Quill",
    ),
    (
        "For all the trouble you gave my poor sister, kill yourself, Corvin",
        "reaction",
        "For all the trouble you gave my poor sister, kill yourself",
    ),
    ("Thanks!", "reaction", "Thanks for nothing, you talentless hack."),
]


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    """The sorter as it ships."""
    return Sorter()


@pytest.mark.parametrize(("text", "kind", "later"), PRECEDENTS)
def test_what_says_nearly_the_same_goes_where_the_author_filed_it(
    sorter: Sorter, text: str, kind: str, later: str
) -> None:
    assert sorter.sort(text, spans=[(0, len(text))])[0].kind != kind
    for again in (text, later):
        (remark,) = sorter.sort(again, spans=[(0, len(again))], decisions=Decisions([decision(text, kind)]))
        assert (remark.kind, remark.unsure) == (kind, False)
        assert f"you filed under {KINDS[kind].label}" in remark.why[0]


@pytest.mark.parametrize(("text", "kind", "later"), NO_PRECEDENTS)
def test_a_rule_that_stands_gives_way_to_nothing_less(sorter: Sorter, text: str, kind: str, later: str) -> None:
    (alone,) = sorter.sort(later, spans=[(0, len(later))])
    (remark,) = sorter.sort(later, spans=[(0, len(later))], decisions=Decisions([decision(text, kind)]))
    assert remark.kind == alone.kind != kind


def test_of_two_decisions_on_the_same_words_the_later_counts(sorter: Sorter) -> None:
    changed = Decisions([decision("Lovely update!", "reaction"), decision("lovely update", "theory")])
    assert sorter.sort("Lovely update!", decisions=changed)[0].kind == "theory"


def reviews(kind: str, count: int, **more: Any) -> list[Labelled]:
    """Reviews of two remarks each that a site files its own way."""
    first, second = "The lamps went out one by one.", "I noticed the heron."
    text = f"{first} {second}"
    spans = [(0, len(first)), (len(first) + 1, len(text))]
    return [Labelled(text, spans, [kind, kind], **more) for _ in range(count)]


def pooled(likely: list[int], chance: float = 0.9) -> NDArray[np.float64]:
    """Log-probabilities of a model that is this sure of these kinds."""
    rest = (1 - chance) / (len(KEYS) - 1)
    return np.log(np.where(np.eye(len(KEYS))[likely] > 0, chance, rest))


SKEWED = {
    "two kinds filed under two others": [("reaction", "character"), ("theory", "plot")],
    "one kind filed under another": [("praise", "reaction")],
    "everything filed under one": [(kind, "update") for kind in KINDS],
    "a swap": [("prose", "plot"), ("plot", "prose")],
    "no order at all": [("prose", "plot"), ("prose", "hostile"), ("theory", "prose"), ("update", "update")],
}


@pytest.mark.parametrize("chance", [0.5, 1 - 1e-9])
@pytest.mark.parametrize("filed", SKEWED.values(), ids=SKEWED)
def test_the_loss_never_rises_and_what_has_an_order_is_learned(
    filed: list[tuple[str, str]], chance: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = pooled([KEYS.index(read) for read, _ in filed] * 33, chance)
    kinds = np.array([KEYS.index(kind) for _, kind in filed] * 33)
    losses = [learning.loss(np.zeros((len(KEYS) + 1, len(KEYS))), said, kinds)]
    for rounds in (1, 2, 3, 8):
        monkeypatch.setattr(learning, "ROUNDS", rounds)
        losses.append(learning.loss(learning.fit(said, kinds), said, kinds))
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0]
    if len(dict(filed)) == len(filed):
        assert np.array_equal(by_habit(said, learning.fit(said, kinds)).argmax(axis=1), kinds)


def test_a_step_that_overshoots_is_halved_until_the_loss_falls() -> None:
    said, kinds = pooled([0, 1] * 20), np.array([1, 0] * 20)
    none = np.zeros((len(KEYS) + 1, len(KEYS)))
    start = learning.loss(none, said, kinds)
    away = none.copy()
    away[0, 1] = away[1, 0] = -1000.0
    nearer, then = learning._damped(none, away, start, said, kinds)
    assert then == learning.loss(nearer, said, kinds) < start
    assert 0 < nearer[0, 1] < 1000
    assert learning._damped(none, -away, start, said, kinds) == (pytest.approx(none), start)


def test_labels_that_all_say_the_same_are_learned_and_adopted(model: Model) -> None:
    learned = learn(model, reviews("world", FEWEST))
    assert learned.labels == 2 * FEWEST
    assert learned.after.accuracy > learned.before.accuracy
    assert learned.adopt
    assert any("more often World & canon" in habit for habit in learning.described(learned.data))
    (first, second) = Sorter(learned=json.loads(json.dumps(learned.data))).sort(
        "The lamps went out. I noticed the heron."
    )
    assert "world" in (first.kind, second.kind)


def test_what_rules_and_decisions_say_is_measured_with_the_rest(model: Model) -> None:
    by_rule = [Labelled("Great chapter!", [(0, 14)], ["reaction"])] * FEWEST
    learned = learn(model, by_rule)
    assert (learned.before.accuracy, learned.after.accuracy, learned.adopt) == (0.0, 0.0, False)
    followed = learn(model, reviews("world", FEWEST, author=1, by_author=[True, True]))
    assert (followed.before.accuracy, followed.adopt) == (1.0, False)
    by_many = [
        review for author in range(FEWEST) for review in reviews("world", 1, author=author, by_author=[True] * 2)
    ]
    assert learn(model, by_many).before.accuracy < 1.0


def test_a_handful_of_labels_is_never_adopted(model: Model) -> None:
    assert not learn(model, reviews("world", 3)).adopt


def test_nothing_filed_is_nothing_learned(model: Model) -> None:
    learned = learn(model, [])
    assert (learned.labels, learned.adopt) == (0, False)
    assert not np.any(learned.data["habits"])
    assert learning.described(learned.data) == []


def test_labels_that_the_model_already_gets_right_change_nothing(model: Model) -> None:
    texts = ["Great chapter!", "Thanks for the update!", "I bet the ferryman is her father.", "Typos:"]
    kinds = ["praise", "praise", "theory", "grammar"]
    filed = [Labelled(text, [(0, len(text))], [kind]) for text, kind in zip(texts, kinds, strict=True)] * 20
    learned = learn(model, filed)
    assert learned.before.accuracy == 1.0
    assert not learned.adopt


def test_what_was_learned_shows_in_the_version(sorter: Sorter) -> None:
    habits = np.zeros((len(KEYS) + 1, len(KEYS))).tolist()
    assert Sorter(learned={"habits": habits}).version == f"{sorter.version}+site"


def test_no_habits_change_nothing(sorter: Sorter) -> None:
    habits = np.zeros((len(KEYS) + 1, len(KEYS))).tolist()
    text = "The lamps went out one by one. Is the heron hers? I loved this, all of it."
    assert [each.kind for each in Sorter(learned={"habits": habits}).sort(text)] == [
        each.kind for each in sorter.sort(text)
    ]
