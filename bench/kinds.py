"""The ways to tell kinds apart, compared on the same folds grouped by story: ``python -m bench.kinds``.

Prints the table of MODEL_CARD.md: rules alone; sparse terms; terms with shape; frozen MiniLM embeddings with their
context; with ``--encoders`` (half an hour for those that ``bench.train`` has not left) the fine-tuned encoder with
six and with three layers, and the pool. What ships, rules included and quantised, is measured by ``bench.heldout``.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench import linear, network, train
from bench.labelled import DATA, FOLDS, KEYS, OWN, Comment, comments, own_comments
from feedback.sorting.evaluate import Judged, Report, report
from feedback.sorting.features import TERMS

Numbers = NDArray[np.int64]
EMBEDDED = 6.0
"""By how much embeddings, whose rows have length 1, are stretched to be regularised like the other features."""


def main() -> None:
    """Print one line per way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--state", type=Path, default=train.STATE, help="where bench.train left its encoders")
    parser.add_argument("--encoders", action="store_true", help="measure fine-tuned encoders, too")
    options = parser.parse_args()
    everything = [*comments(options.data), *own_comments()]
    table = linear.tabulate(everything)
    show_rules(everything)
    show("rules alone", table, by_rules(everything))
    embedded = sparse.csr_matrix(network.embeddings(everything) * EMBEDDED)
    for name, features in (
        ("sparse terms", table.features[:, :TERMS]),
        ("terms and shape", table.features),
        ("embeddings", embedded),
        ("embeddings, terms, shape", sparse.hstack([embedded, table.features]).tocsr()),
    ):
        for own in (False, True):
            show(f"{name}{', with our own' if own else ''}", table, by_regression(table, features, own))
    if options.encoders:
        show_encoders(everything, table, options.state)


def show_encoders(everything: Sequence[Comment], table: linear.Table, state: Path) -> None:
    """The fine-tuned encoders, with our own examples, each fold judged by one that has not seen it."""
    three = state / "three-layers"
    three.mkdir(parents=True, exist_ok=True)
    for name, folder, layers in (("encoder, three layers", three, 3), ("encoder", state, None)):
        held = train.Opinions.of_folds(everything, table, folder, layers)
        show(name, held.rows, held.of_encoder.argmax(axis=1))
        show(f"{name}, with terms and shape", held.rows, held.pooled_by_the_others().argmax(axis=1))


def by_rules(everything: Sequence[Comment]) -> Numbers:
    """What the rules and their votes say of every remark."""
    return np.array([KEYS.index(verdict.kind) for comment in everything for verdict in comment.read()[1]])


def show_rules(everything: Sequence[Comment]) -> None:
    """How often each certain rule fires on the real comments, and how often it is right there."""
    right: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    for comment in everything:
        for verdict, label in zip(comment.read()[1], comment.labels, strict=True):
            if verdict.certain and comment.fold != OWN:
                fired[verdict.rule] += 1
                right[verdict.rule] += verdict.kind == label["kind"]
    for rule, count in fired.most_common():
        print(f"rule {rule:25} fires {count:4}, right {right[rule] / count:.2f}")


def by_regression(table: linear.Table, features: sparse.csr_matrix, own: bool) -> Numbers:
    """Each fold's remarks as told by a model fitted to the other folds; our own by the last of these models."""
    found = np.zeros(len(table.kinds), dtype=np.int64)
    for fold in range(FOLDS):
        train = (table.folds != fold) & (own | (table.folds != OWN))
        fitted = LogisticRegression(C=1.0, max_iter=300).fit(features[train], table.kinds[train])
        asked = (table.folds == fold) | (table.folds == OWN)
        found[asked] = fitted.predict(features[asked])
    return found


def show(name: str, table: linear.Table, found: Numbers) -> None:
    """The measures on all real remarks, and on those of dev that both readings agree on."""
    for which, keep in (("all", table.folds != OWN), ("agreed", table.agreed)):
        print(f"{name:30} {which:7} {_line(_measured(table.kinds[keep], found[keep]))}")


def _measured(kinds: Numbers, found: Numbers) -> Report:
    return report([Judged(KEYS[k], KEYS[f], "", "", 0.0, False) for k, f in zip(kinds, found, strict=True)])


def _line(found: Report) -> str:
    return (
        f"n={found.remarks} macro-F1 {found.macro_f1:.3f} accuracy {found.accuracy:.3f}"
        f" groups {found.groups:.3f} grammar {found.grammar_f1:.3f}"
    )


if __name__ == "__main__":
    main()
