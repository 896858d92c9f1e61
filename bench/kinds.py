"""The ways to tell kinds apart, compared on the same folds grouped by story: ``python -m bench.kinds``.

Prints the table of MODEL_CARD.md for what can be fitted in minutes: rules alone, sparse terms, terms with shape, each
with and without our own examples. The encoder and the pool are measured by ``bench.heldout`` on the first fold.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bench import linear
from bench.labelled import DATA, FOLDS, KEYS, OWN, Comment, comments, own_comments
from feedback.sorting.evaluate import Judged, Report, report
from feedback.sorting.features import TERMS

Numbers = NDArray[np.int64]


def main() -> None:
    """Print one line per way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    everything = [*comments(parser.parse_args().data), *own_comments()]
    table = linear.tabulate(everything)
    show_rules(everything)
    show("rules alone", table, by_rules(everything))
    for name, features in (("sparse terms", table.features[:, :TERMS]), ("terms and shape", table.features)):
        for own in (False, True):
            show(f"{name}{', with our own' if own else ''}", table, by_regression(table, features, own))


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
