"""The sorter as a whole: spans, doubt, reasons, damaged models, and any text at all."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.sorting import SORTER_VERSION, BadSpans, ModelDamaged, Sorter, sort
from feedback.sorting.encoder import LONGEST_REMARK, WINDOW, windows
from feedback.sorting.features import shape, shape_names, term_buckets
from feedback.sorting.kinds import KINDS, STANCES
from feedback.sorting.model import FOLDER
from feedback.sorting.reading import readings
from feedback.sorting.reasons import HOW_PUT
from feedback.sorting.wordpiece import WordPiece, words

REVIEW = (
    "Omg I loved this!! Typos:\n\n> she had went home\n\nshould be 'had gone'\n\nlamb -> lamp\n\n"
    "I bet the ferryman is her father. The middle part was too slow and it dragged.\n\n"
    "When will the next chapter be up?"
)
EXAMPLES = Path(__file__).parents[2] / "feedback" / "sorting" / "examples.jsonl"


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    """The sorter as it ships."""
    return Sorter()


@pytest.fixture(params=["rules", "model"])
def either(request: pytest.FixtureRequest, sorter: Sorter) -> Sorter:
    """Both sorters in turn: by rules alone, and as it ships."""
    return Sorter(None) if request.param == "rules" else sorter


def test_a_mixed_review_is_told_apart(sorter: Sorter) -> None:
    found = [(remark.kind, remark.stance) for remark in sorter.sort(REVIEW)]
    assert found[1:4] == [("grammar", "neutral"), ("grammar", "suggestion"), ("grammar", "suggestion")]
    assert "theory" in [kind for kind, _ in found]
    assert ("pacing", "negative") in found
    assert found[-1][0] in ("update", "question")


def test_every_label_says_why_and_how_sure(either: Sorter) -> None:
    for remark in either.sort(REVIEW):
        assert remark.why
        assert all(remark.why)
        assert 0 <= remark.confidence <= 1
        assert remark.text == REVIEW[remark.start : remark.end]


def test_reasons_name_the_readers_words(sorter: Sorter) -> None:
    (remark,) = sorter.sort("The pacing of the middle part was off, it dragged on and on.")
    assert remark.kind == "pacing"
    assert "“" in remark.why[0]
    named = remark.why[0].split("“")[1].split("”")[0]
    assert named in remark.text.lower()


def test_reasons_name_the_neighbours_where_no_word_speaks(sorter: Sorter) -> None:
    text = "My theory is that the ferryman lied. He was there. He probably took the coin."
    assert {remark.kind for remark in sorter.sort(text)} == {"theory"}
    reasons = [remark.why for remark in sorter.sort(text)]
    assert any(why[0].startswith("what stands ") and why[0].endswith("Theories & thoughts too") for why in reasons)


NAMED = [
    "In chapter 12 the two of them wait 3 days, and many people said it was about 20.",
    "I want to see more of the story. Everyone gets something to do.",
    "It dragged a bit.\n\n&#x200B;\n\nSeveral times, actually, and for quite some time.",
    "That ending, though! The captain knew it all along, and still he went to sea.",
]


@pytest.mark.parametrize("text", NAMED)
def test_no_number_small_word_or_markup_is_named_as_a_reason(sorter: Sorter, text: str) -> None:
    reasons = [reason for remark in sorter.sort(text) for reason in remark.why if "“" in reason]
    named = {word for reason in reasons for word in reason.replace("”", "“").split("“")[1::2]}
    assert not named & {
        "12",
        "3",
        "20",
        "two",
        "many",
        "people",
        "chapter",
        "to see",
        "the story",
        "everyone",
        "x200b",
    }
    assert not any(character.isdigit() for word in named for character in word)


def test_remarks_do_not_give_each_other_as_the_only_reason(sorter: Sorter) -> None:
    for text in (REVIEW, *NAMED):
        reasons = [remark.why for remark in sorter.sort(text)]
        for at, why in enumerate(reasons):
            if why[0].startswith("what stands "):
                beside = [*reasons[max(0, at - 1) : at], *reasons[at + 1 : at + 2]]
                assert any(not each[0].startswith("what stands ") for each in beside)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Is it far to the mill?", "it asks something"),
        ("THE FERRYMAN IS MY KING", "it is in capital letters"),
        ("❤️❤️❤️", "there are no words in it"),
        ("not your best work", "it says that it was not liked"),
        ("That did it.", "it is only a few words long"),
    ],
)
def test_reasons_name_the_form_where_no_word_speaks(sorter: Sorter, text: str, reason: str) -> None:
    assert sorter.sort(text)[0].why[0] == reason


@pytest.mark.slow
def test_hardly_any_reason_is_empty(sorter: Sorter) -> None:
    rows = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    reasons = [remark.why for row in rows[::4] for remark in sorter.sort(row["text"])]
    assert reasons.count(HOW_PUT) < 0.03 * len(reasons)


def test_markup_for_an_empty_line_does_not_change_what_stands_above_it(sorter: Sorter) -> None:
    plain, marked = (sorter.sort(f"The rowing match was splendid.{end}") for end in ("", "\n\n&#x200B;"))
    assert [each.kind for each in plain] == [each.kind for each in marked]
    assert plain[0].why == marked[0].why


@pytest.mark.parametrize("text", ["Me gusta mucho esta historia, es muy buena.", "この章はとても面白かった"])
def test_another_language_is_not_guessed_at(either: Sorter, text: str) -> None:
    for remark in either.sort(text):
        assert remark.unsure
        assert remark.confidence <= 0.3
        assert remark.why == ("it seems to be in another language",)


def test_plain_english_is_not_foreign(sorter: Sorter) -> None:
    assert not sorter.sort("Great chapter!")[0].unsure


def test_the_same_text_gives_the_same_remarks(either: Sorter) -> None:
    assert either.sort(REVIEW) == either.sort(REVIEW)


def test_only_grammar_carries_corrections(sorter: Sorter) -> None:
    found = sorter.sort(REVIEW)
    assert {remark.kind for remark in found if remark.corrections} == {"grammar"}
    assert [(fix.wrong, fix.right) for remark in found for fix in remark.corrections][-1] == ("lamb", "lamp")


def test_quotations_and_corrections_are_placed_in_the_chapter(either: Sorter) -> None:
    chapter = "The road was long. By noon she had went home. Nobody saw her."
    placed = [remark.quote_anchor for remark in either.sort(REVIEW, chapter) if remark.quote_anchor]
    assert [chapter[anchor.start : anchor.end] for anchor in placed] == ["she had went home"]


def test_a_quoted_villain_does_not_speak_for_the_reader(either: Sorter) -> None:
    (remark,) = either.sort("> You worthless idiot, go and die!\n\nShe is so mean, I love it.")
    assert remark.kind != "hostile"


@pytest.mark.parametrize(
    "spans",
    [[(0, 0)], [(2, 1)], [(0, 5), (4, 6)], [(5, 8), (0, 2)], [(-1, 2)], [(0, 999)], [(0,)], ["ab"], [(0, 1.5)]],
)
def test_spans_that_do_not_fit_are_refused(either: Sorter, spans: list[tuple[int, int]]) -> None:
    with pytest.raises(BadSpans):
        either.sort("Great chapter!", spans=spans)


def test_no_spans_at_all_are_no_remarks(either: Sorter) -> None:
    assert either.sort("Great chapter!", spans=[]) == []
    assert either.sort("") == []


ANY = st.text(max_size=300) | st.lists(st.sampled_from(["> ", "->", "you ", "idiot", "\n", "😭", '"', "*", "/"])).map(
    "".join
)


@settings(max_examples=60, deadline=None)
@given(text=ANY)
def test_any_text_is_sorted_whole(text: str) -> None:
    found = sort(text)
    assert all(remark.kind in KINDS and remark.stance in STANCES for remark in found)
    covered = {at for remark in found for at in range(remark.start, remark.end)}
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "x\n" * 1_000, "字" * 5_000, "*" * 5_000, "a/" * 3_000, "\ud800 lone"]
)
def test_hostile_shapes_do_no_harm(either: Sorter, text: str) -> None:
    assert len(either.sort(text)) <= 200


def test_a_model_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match=r"model\.json") as caught:
        Sorter(tmp_path / "nowhere")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["linear.npz", "vocabulary.txt", "encoder.onnx"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    for file in FOLDER.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(b"not a model")
    with pytest.raises(ModelDamaged, match=name):
        Sorter(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelDamaged, match=name):
        Sorter(tmp_path)


def test_a_file_that_only_the_manifest_vouches_for_is_found_out_on_loading(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "model")
    manifest = json.loads((tmp_path / "model" / "model.json").read_text())
    (tmp_path / "model" / "linear.npz").write_bytes(b"")
    manifest["files"]["linear.npz"]["sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (tmp_path / "model" / "model.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelDamaged, match="cannot be read"):
        Sorter(tmp_path / "model").load()


def test_the_version_names_rules_and_model(sorter: Sorter) -> None:
    assert sorter.version == SORTER_VERSION
    assert sorter.version.startswith(Sorter(None).version + "+")
    assert (Sorter(None).inline, sorter.inline) == (True, False)


def test_the_model_is_small_and_holds_no_code() -> None:
    sizes = {file.name: file.stat().st_size for file in FOLDER.iterdir()}
    assert set(sizes) == {"encoder.onnx", "vocabulary.txt", "linear.npz", "model.json"}
    assert sum(sizes.values()) <= 25_000_000


def test_every_remark_is_in_exactly_one_window_and_no_window_is_too_long() -> None:
    wordpiece = WordPiece((FOLDER / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
    text = "The ferryman waited by the river and said nothing. " * 120
    spans = [(at, at + 50) for at in range(0, len(text), 51)]
    found = windows(text, spans, wordpiece)
    assert len(found) > 1
    assert sorted(number for window in found for number, _, _ in window.remarks) == list(range(len(spans)))
    assert max(len(window.ids) for window in found) <= WINDOW + LONGEST_REMARK


def test_words_are_cut_as_bert_cuts_them() -> None:
    assert words("Café, isn't it?") == ["cafe", ",", "isn", "'", "t", "it", "?"]
    assert words("😭") == ["loudly", "crying", "face"]
    assert words("漢字") == ["漢", "字"]
    wordpiece = WordPiece(["[UNK]", "[CLS]", "[SEP]", "un", "##like", "##ly", "like"])
    assert wordpiece.encode("Unlikely like zzz") == [3, 4, 5, 6, 0]
    assert wordpiece.encode("x" * 100) == [0]


def test_features_are_the_same_everywhere_and_as_many_as_named() -> None:
    read = readings("The lamp went out. Why?", [(0, 18), (19, 23)])
    assert len(shape(read[0], None)) == len(shape_names())
    assert list(term_buckets(read, 1)) == sorted(set(term_buckets(read, 1)))


def test_our_own_examples_are_many_and_of_every_kind() -> None:
    rows = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 600
    assert {row["kind"] for row in rows} == set(KINDS)
    assert all(row["stance"] in STANCES and row["text"].strip() and isinstance(row["review"], int) for row in rows)
