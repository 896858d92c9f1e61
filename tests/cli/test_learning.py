"""`feedback evaluate` and `feedback learn`, and what an author's own filing does to the reviews that come after."""

import json
import re
from pathlib import Path

import pytest

from feedback.remarks import learned, query, taught
from feedback.reviews import queue, sorters
from feedback.sorting import SORTER_VERSION, Sorter
from feedback.sorting.learning import Learned, Score
from tests.cli.conftest import Run, is_one_line
from tests.conftest import Site, Visitor

DATA = {"habits": [[3.0 if (row, to) == (6, 3) else 0.0 for to in range(13)] for row in range(14)]}
"""What reads like Reactions goes to Characters."""


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sorter as it ships instead of the rules alone."""
    monkeypatch.setattr(sorters, "_made", [Sorter()])
    monkeypatch.setattr(sorters, "_learned", {})


def labelled(tmp_path: Path, *rows: object) -> str:
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return str(path)


def remark(start: int, end: int, kind: str) -> dict[str, object]:
    return {"start": start, "end": end, "kind": kind, "stance": "neutral", "agreed": True}


def test_a_labelled_file_is_measured(run: Run, tmp_path: Path) -> None:
    text = "teh -> the. Thank you for the chapter!"
    answer = run(
        "evaluate",
        labelled(tmp_path, {"text": text, "remarks": [remark(0, 10, "grammar"), remark(12, 38, "praise")]}),
    )
    assert answer.code == 0, answer.err
    assert "remarks                  2" in answer.out
    assert "macro-F1" in answer.out
    assert "grammar" in answer.out


@pytest.mark.parametrize(
    "row",
    [
        "not json",
        {"remarks": []},
        {"text": "Thanks!"},
        {"text": "Thanks!", "remarks": None},
        {"text": "x", "remarks": [{"start": 0, "end": 5, "kind": "praise"}]},
    ],
)
def test_a_bad_line_is_named_with_its_file(run: Run, tmp_path: Path, row: object) -> None:
    answer = run("evaluate", labelled(tmp_path, {"text": "Thanks!", "remarks": []}, row))
    assert answer.code == 2
    assert is_one_line(answer)
    assert "labelled.jsonl, line 2" in answer.err


@pytest.mark.parametrize("rows", [[], [{"text": "Thanks!", "remarks": []}]])
def test_a_file_without_labels_measures_nothing(run: Run, tmp_path: Path, rows: list[object]) -> None:
    answer = run("evaluate", labelled(tmp_path, *rows))
    assert is_one_line(answer)
    assert "labelled.jsonl: there is nothing labelled in it" in answer.err


def test_a_site_without_labels_has_nothing_to_learn(run: Run, site: Site) -> None:
    assert "0 labels; from 50 on" in run("learn").out
    assert "Nothing has been learned" in run("learn", "--show").out
    assert "nothing to undo" in run("learn", "--undo").out


def test_what_was_learned_is_followed_shown_and_undone(run: Run, site: Site, model: None) -> None:
    shipped = sorters.follow(site.db)
    found = Learned(60, Score(0.5, 0.4), Score(0.6, 0.5), True, DATA)
    learned.adopt(site.db, found, SORTER_VERSION, 1_800_000_000)
    assert sorters.follow(site.db) is not shipped
    assert sorters.follow(site.db) is sorters.sorter()
    shown = run("learn", "--show").out
    assert "60 labels, adopted" in shown
    assert "what reads like Reactions: more often Characters (+3.0)" in shown
    assert run("learn", "--undo").out == "Undone.\n"
    assert learned.in_force(site.db, SORTER_VERSION) == (0, None)
    assert "60 labels, undone" in run("learn", "--show").out


def test_a_habit_of_the_site_is_learned_shown_and_followed(
    run: Run, site: Site, model: None, reader: Visitor, chapter: str
) -> None:
    cries = [
        "I laughed out loud",
        "I gasped at the bridge",
        "My heart broke for Ilse",
        "I cried on the bus",
        "I shrieked",
    ]
    body = "\n".join(f"{cry} here." for cry in cries)
    for n in range(12):
        reader.post(f"{chapter}/reviews", {"body": f"{body}\nI held my breath {n} times."})
    sort_all(site)
    assert site.db.value("SELECT COUNT(*) FROM remark WHERE kind = 'reaction'") >= 60
    site.db.change("UPDATE remark SET kind = 'character', sorted_by = 'writer' WHERE kind = 'reaction'")
    said = run("learn").out
    before, after = (float(found) for found in re.findall(r"(?:before|after) +(\d\.\d+) right", said))
    assert before < 0.1 < 0.9 < after
    assert "Adopted." in said
    assert "what reads like Reactions: more often Characters" in run("learn", "--show").out
    assert sorters.follow(site.db).sort("I wept at the ford, all night.")[0].kind == "character"


def test_learning_for_an_earlier_sorter_is_not_followed(site: Site, model: None) -> None:
    shipped = sorters.follow(site.db)
    learned.adopt(site.db, Learned(60, Score(0, 0), Score(1, 1), True, DATA), "an earlier one", 1_800_000_000)
    assert sorters.follow(site.db) is shipped


FIRST = "The ferry timetable in this chapter is a mess, honestly."
AGAIN = "The ferry timetable in this chapter is a mess again."


def sort_all(site: Site) -> None:
    while queue.sort_pending(site.db, sorters.follow(site.db), 10):
        pass


def kind_of(site: Site, address: str) -> tuple[int, str, tuple[str, ...]]:
    (found,) = query.of_review(site.db, int(address.rsplit("/", 1)[1]))
    return found.id, found.kind, tuple(found.why)


def test_later_remarks_follow_what_their_author_filed(
    site: Site, model: None, author: Visitor, reader: Visitor, stranger: Visitor, chapter: str
) -> None:
    first = reader.post(f"{chapter}/reviews", {"body": FIRST}).headers["Location"]
    sort_all(site)
    remark_id, guessed, _ = kind_of(site, first)
    assert guessed != "update"
    answer = author.post("/dashboard/triage", {"remark": str(remark_id), "action": "kind:update"})
    assert answer.status_code == 303
    assert len(taught.decisions(site.db, site.account_id("Mara"))) == 1

    second = stranger.post(f"{chapter}/reviews", {"body": AGAIN}).headers["Location"]
    sort_all(site)
    _, kind, why = kind_of(site, second)
    assert kind == "update"
    assert any("filed under" in reason for reason in why)

    token = site.db.value("SELECT token FROM change_batch ORDER BY id DESC LIMIT 1")
    assert author.post("/dashboard/undo", {"token": token}).status_code == 303
    assert len(taught.decisions(site.db, site.account_id("Mara"))) == 0


def test_an_author_is_not_taught_by_another(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    reader.post(f"{chapter}/reviews", {"body": FIRST})
    sort_all(site)
    found = site.db.value("SELECT id FROM remark")
    author.post("/dashboard/triage", {"remark": str(found), "action": "kind:update"})
    assert len(taught.decisions(site.db, site.account_id("Mara"))) == 1
    assert len(taught.decisions(site.db, site.account_id("Ben"))) == 0
    assert [(each.text, list(each.kinds)) for each in learned.labelled(site.db)] == [(FIRST, ["update"])]
