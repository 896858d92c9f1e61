"""`feedback sort`: JSON Lines in and out, and a line number for what can't be read."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import feedback
from feedback.sorting.kinds import KINDS
from tests.cli.conftest import Ran, Run, is_one_line

TEXT = "😀 I loved the ford!\n\nteh -> the"


def _line(**row: object) -> bytes:
    return json.dumps(row).encode() + b"\n"


def test_each_review_becomes_a_line_of_remarks(run: Run) -> None:
    ran = run("sort", stdin=_line(id="a", text=TEXT) + b"\n" + _line(id=7, text="Will Ilse go back?"))
    assert (ran.code, ran.err) == (0, "")
    first, second = map(json.loads, ran.out.splitlines())
    assert (first["id"], second["id"]) == ("a", 7)
    for remark in first["remarks"]:
        assert remark["text"] == TEXT[remark["start"] : remark["end"]]
        assert remark.keys() == {
            *("start", "end", "text", "kind", "confidence", "unsure", "stance", "why", "corrections"),
        }
    grammar = [remark for remark in first["remarks"] if remark["kind"] == "grammar"]
    assert [(fix["wrong"], fix["right"], fix["anchor"]) for fix in grammar[0]["corrections"]] == [
        ("teh", "the", None)
    ]
    assert second["remarks"][0]["kind"] in KINDS


def test_with_a_chapter_corrections_are_anchored(run: Run) -> None:
    ran = run("sort", "-", stdin=_line(id=1, text="teh -> the", chapter="The mules would not cross teh ford."))
    fix = json.loads(ran.out)["remarks"][0]["corrections"][0]
    assert fix["anchor"] == {"state": "exact", "start": 26, "end": 29}


def test_with_spans_those_are_the_remarks(run: Run) -> None:
    ran = run("sort", stdin=_line(id=1, text="Lovely. Why mules?", spans=[[0, 7], [8, 18]]))
    assert [(found["start"], found["end"]) for found in json.loads(ran.out)["remarks"]] == [(0, 7), (8, 18)]


def test_a_file_may_be_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reviews.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + _line(text="Lovely."))
    ran = run("sort", str(file))
    assert json.loads(ran.out)["id"] is None


@pytest.mark.parametrize("text", ["", " ", "🦊" * 500, "\ud800", "\x00", "كتاب رائع", "x" * 20_000])
def test_any_text_has_an_answer(text: str, run: Run) -> None:
    ran = run("sort", stdin=_line(id=1, text=text))
    assert (ran.code, ran.err) == (0, "")
    assert (
        "".join(remark["text"] for remark in json.loads(ran.out)["remarks"]).split() == text.split() or text.strip()
    )


def test_half_a_character_comes_back_as_it_was(run: Run) -> None:
    text = "I loved \ud800 it! \U0001f600 Will \udfff Ilse go?"
    ran = run("sort", stdin=_line(id="\ud800", text=text, chapter="\ud800 Ilse went."))
    answer = json.loads(ran.out)
    assert answer["id"] == "\ud800"
    assert [remark["text"] for remark in answer["remarks"]] == [
        text[remark["start"] : remark["end"]] for remark in answer["remarks"]
    ]
    assert "\\ud800" in ran.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "this is not JSON"),
        (b"[]", "this is not a JSON object"),
        (b"\xff", "this is not UTF-8"),
        (b"[" * 100_000, "this is not JSON"),
        (b'{"id": NaN, "text": "a"}', "NaN is no number"),
        (b'{"id": -Infinity, "text": "a"}', "-Infinity is no number"),
        (b'{"id": [1e999], "text": "a"}', "1e999 is no number"),
        (b'{"id": 1}', "there is no “text”"),
        (b'{"text": null}', "“text” is not a string"),
        (b'{"text": 3}', "“text” is not a string"),
        (b'{"text": "a", "chapter": 3}', "“chapter” is not a string"),
        (b'{"text": "a", "spans": "0-1"}', "“spans” is not a list"),
        (b'{"text": "a", "spans": [[0, 2]]}', "span"),
        (b'{"text": "abc", "spans": [[1, 2], [0, 1]]}', "span"),
        (b'{"text": "abc", "spans": [[0]]}', "not a pair"),
        (b'{"text": "abc", "spans": [["a", 1]]}', "not a pair"),
    ],
)
def test_a_bad_line_is_named(line: bytes, said: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "reviews.jsonl"
    file.write_bytes(_line(id=1, text="Lovely.") + b"\n" + line + b"\n")
    ran = run("sort", str(file))
    assert ran.code == 2
    assert len(ran.out.splitlines()) == 1, "what came before it was answered"
    assert ran.err.count("\n") == 1
    assert f"{file}, line 3: " in ran.err
    assert said in ran.err


@pytest.mark.usefixtures("instance")
def test_it_needs_no_site(run: Run, instance: Path) -> None:
    assert run("sort", stdin=_line(text="Lovely.")).code == 0
    assert not instance.exists()
    assert is_one_line(run("sort", "/nowhere/at/all"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("sort",), ("demo",), ("serve", "--port", "45680")], ids=lambda names: str(names[0])
)
def test_a_damaged_model_is_one_line(command: tuple[str, ...], tmp_path: Path) -> None:
    shutil.copytree(Path(feedback.__file__).parent, tmp_path / "feedback")
    model = tmp_path / "feedback" / "sorting" / "model" / "linear.npz"
    model.write_bytes(model.read_bytes()[:-1])
    environ = {**os.environ, "FEEDBACK_INSTANCE": str(tmp_path / "instance")}
    tried = subprocess.run(
        [sys.executable, "-m", "feedback", *command],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert is_one_line(Ran(tried.returncode, tried.stdout, tried.stderr)), tried.stderr
    assert "the sorting model is damaged: linear.npz" in tried.stderr
