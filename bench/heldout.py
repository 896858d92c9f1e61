"""What the whole sorter reaches on stories it was not trained on: ``python -m bench.heldout``.

For each third of the stories it builds the model that did not see that third - encoder quantised as it ships, linear
part, pool fitted to the two other thirds - puts the rules around it, and has it judge that third as the product
would. Needs the encoders that ``bench.train`` left. ``--without-own`` fits encoders that have not seen our own
examples, either, and measures on those, too.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from bench import linear, network, train
from bench.labelled import DATA, FOLDS, OWN, Comment, comments, own_comments
from feedback.sorting import Sorter
from feedback.sorting.evaluate import Judged, Report, judged, report

Which = Callable[[Comment], bool]


def main() -> None:
    """Build the held-out models and print their measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--state", type=Path, default=train.STATE)
    parser.add_argument("--without-own", action="store_true", help="leave our own examples out of the training")
    parser.add_argument("--json", action="store_true", help="print every measure")
    options = parser.parse_args()
    own = own_comments()
    real = comments(options.data)
    seen = real if options.without_own else [*real, *own]
    state = options.state / "without-own" if options.without_own else options.state
    state.mkdir(parents=True, exist_ok=True)
    folders = build(seen, state)
    if options.without_own:
        # Any of them will do: none has seen our own examples.
        folders[OWN] = folders[0]
    for name, sorters in (
        ("rules alone", dict.fromkeys(folders, Sorter(None))),
        ("rules and model", {fold: Sorter(folder) for fold, folder in folders.items()}),
    ):
        for which, keep in PARTS.items():
            found = [each for comment in [*real, *own] if keep(comment) for each in judge(comment, sorters)]
            if found:
                show(f"{name}, {which}", report(found), options.json)


PARTS: dict[str, Which] = {
    "all": lambda comment: comment.fold != OWN,
    "agreed": lambda comment: comment.source == "dev",
    "our own": lambda comment: comment.fold == OWN,
}


def judge(comment: Comment, sorters: dict[int, Sorter]) -> list[Judged]:
    """A comment's remarks as told by the sorter of its fold; none where that has seen it."""
    sorter = sorters.get(comment.fold)
    return judged([as_line(comment)], sorter) if sorter else []


def build(seen: Sequence[Comment], state: Path) -> dict[int, Path]:
    """The models without a third each, in folders of their own."""
    table = linear.tabulate(seen)
    held = train.Opinions.of_folds(seen, table, state)
    return {fold: _without(seen, table, held, fold, state) for fold in range(FOLDS)}


def _without(seen: Sequence[Comment], table: linear.Table, held: train.Opinions, fold: int, state: Path) -> Path:
    folder = state / f"held-out-{fold}"
    folder.mkdir(exist_ok=True)
    rest, pool = table.rows(table.folds != fold), held.pool(but=fold)
    linear.save_linear(linear.fit_linear(rest), folder / "linear.npz")
    network.export(train.encoder(seen, f"fold-{fold}", state), folder / "encoder.onnx")
    train.write_manifest(folder, pool, rest, held.measures(pool))
    return folder


def as_line(comment: Comment) -> str:
    """A comment in the form of ``dev.jsonl``."""
    return json.dumps({"text": comment.text, "remarks": comment.labels_with_spans()})


def show(name: str, found: Report, everything: bool) -> None:
    """One line a report, or all of it as JSON."""
    if everything:
        print(json.dumps({"what": name, **asdict(found)}, indent=1))
        return
    print(
        f"{name:26} n={found.remarks:5} macro-F1 {found.macro_f1:.3f} accuracy {found.accuracy:.3f}"
        f" groups {found.groups:.3f} grammar {found.grammar_f1:.3f} stance {found.stances:.3f}"
        f" ECE {found.calibration_error:.3f} unsure {found.unsure:.2f} of sure {found.accuracy_of_sure:.3f}"
    )


if __name__ == "__main__":
    main()
