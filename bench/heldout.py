"""What the whole sorter reaches on stories it was not trained on: ``python -m bench.heldout``.

Builds the model as it was before it saw the held-out third (stage one, quantised as it ships), puts the rules around
it, and measures on that third with ``feedback.sorting.evaluate``. Needs the state that ``bench.train`` left.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench import linear, network, train
from bench.labelled import DATA, OWN, Comment, comments, own_comments
from feedback.sorting import Sorter
from feedback.sorting.evaluate import Report, evaluate


def main() -> None:
    """Build the held-out model and print its measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--state", type=Path, default=Path("build/train"))
    parser.add_argument(
        "--with-own", action="store_true", help="an encoder that has seen our own examples (10 minutes)"
    )
    parser.add_argument("--json", action="store_true", help="print every measure")
    options = parser.parse_args()
    real, own = comments(options.data), own_comments()
    held = [comment for comment in real if comment.fold == train.HELD_OUT]
    folder = build(real, own, options.state, options.with_own)
    for name, sorter in (("rules alone", Sorter(None)), ("rules and model", Sorter(folder))):
        for which, found in (("all", held), ("agreed", [c for c in held if c.source == "dev"]), ("our own", own)):
            show(f"{name}, {which}", evaluate(as_lines(found), sorter), options.json)


def build(real: Sequence[Comment], own: Sequence[Comment], state: Path, with_own: bool) -> Path:
    """The model without the held-out third, in a folder of its own."""
    folder = state / f"held-out-{'own' if with_own else 'plain'}"
    folder.mkdir(exist_ok=True)
    rest_of_stories = [comment for comment in real if comment.fold != train.HELD_OUT]
    fitted = train.stage(state / "first.pt", None, rest_of_stories, network.FIRST_STAGE)
    if with_own:
        fitted = train.stage(state / "held-own.pt", fitted, [*rest_of_stories, *own], network.SECOND_STAGE)
    table = linear.tabulate([*real, *own])
    pool, measures = train.calibrate(fitted, [c for c in real if c.fold == train.HELD_OUT], table)
    rest = table.rows(table.folds != train.HELD_OUT)
    linear.save_linear(linear.fit_linear(rest), folder / "linear.npz")
    network.export(fitted, folder / "encoder.onnx")
    (folder / "vocabulary.txt").write_text("\n".join(network.vocabulary()) + "\n", encoding="utf-8")
    train.write_manifest(folder, pool, linear.stance_of_kind(rest.rows(rest.folds != OWN)), measures)
    return folder


def as_lines(found: Sequence[Comment]) -> list[str]:
    """Comments in the form of ``dev.jsonl``."""
    return [json.dumps({"text": comment.text, "remarks": comment.labels_with_spans()}) for comment in found]


def show(name: str, report: Report, everything: bool) -> None:
    """One line a report, or all of it as JSON."""
    if everything:
        print(json.dumps({"what": name, **asdict(report)}, indent=1))
        return
    print(
        f"{name:26} n={report.remarks:5} macro-F1 {report.macro_f1:.3f} accuracy {report.accuracy:.3f}"
        f" groups {report.groups:.3f} grammar {report.grammar_f1:.3f} stance {report.stances:.3f}"
        f" ECE {report.calibration_error:.3f} unsure {report.unsure:.2f} of sure {report.accuracy_of_sure:.3f}"
    )


if __name__ == "__main__":
    main()
