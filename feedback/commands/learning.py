"""`feedback evaluate` and `feedback learn`: how good the sorter is, and letting it learn from this site's labels."""

import json
import sys
import time
from collections.abc import Iterable

import click

from feedback import config as settings_of
from feedback.commands import opened
from feedback.db import Database, Row
from feedback.errors import Invalid, Unusable
from feedback.pages import moment
from feedback.sorting import SORTER_VERSION, ModelDamaged, Sorter
from feedback.sorting.evaluate import BadLine, KindScore, Report
from feedback.sorting.evaluate import evaluate as measured


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"))
def evaluate(file: Iterable[str]) -> None:
    """Measure the sorter on labelled reviews: JSON Lines of {"text", "remarks": [{"start", "end", "kind", ...}]}.

    Remarks labelled with "agreed": false are left out. Prints macro-F1 over the kinds that occur, accuracy, the four
    groups, calibration, a line for each kind, and the confusion.

    Example: feedback evaluate labelled.jsonl
    """
    try:
        report = measured(file, Sorter())
    except BadLine as error:
        raise Invalid(f"{getattr(file, 'name', 'the file')}, {error}.") from error
    except UnicodeDecodeError as error:
        raise Invalid(f"{getattr(file, 'name', 'the file')} is not UTF-8 text.") from error
    except ModelDamaged as error:
        raise Unusable(f"The sorter can't be measured: {error}. Install feedback again.") from error
    if not report.remarks:
        raise Invalid(f"{getattr(file, 'name', 'the file')}: there is nothing labelled in it to measure by.")
    click.echo("\n".join(_lines(report)))


def _lines(report: Report) -> Iterable[str]:
    yield f"remarks            {report.remarks:>7,}"
    for name, value in (
        ("macro-F1", report.macro_f1),
        ("accuracy", report.accuracy),
        ("groups, accuracy", report.groups),
        ("grammar, F1", report.grammar_f1),
        ("stance, accuracy", report.stances),
        ("calibration error", report.calibration_error),
        ("unsure, share", report.unsure),
        ("accuracy when sure", report.accuracy_of_sure),
    ):
        yield f"{name:<18} {value:>7.3f}"
    yield from _table("kind", report.kinds)
    yield from _table("group", report.group_scores)
    yield "\nlabelled: found"
    for label, found in sorted(report.confusion.items()):
        yield f"{label:<12} " + ", ".join(
            f"{kind} {n}" for kind, n in sorted(found.items(), key=lambda pair: -pair[1])
        )


def _table(name: str, scores: dict[str, KindScore]) -> Iterable[str]:
    yield f"\n{name:<14}{'precision':>10}{'recall':>8}{'F1':>8}{'labelled':>10}"
    for key, score in scores.items():
        yield f"{key:<14}{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>8.3f}{score.count:>10,}"


@click.command()
@click.option("--undo", is_flag=True, help="Go back to what the sorter went by before the last learning.")
@click.option("--show", is_flag=True, help="List every learning and what it is made of; learn nothing.")
def learn(undo: bool, show: bool) -> None:
    """Learn how readers and authors of this site file, from what they filed by hand, if that makes sorting better.

    Better is measured on labels held back, five times over, by what the site would have said of them; if it is not,
    nothing changes. A running site follows within a second for reviews to come; `feedback resort` applies it to those
    that no person has touched.

    Example: feedback learn && feedback resort
    """
    with opened(settings_of.load()) as db:
        if show:
            _show(db)
        elif undo:
            _undo(db)
        else:
            _learn(db)


def _show(db: Database) -> None:
    from feedback.remarks import learned
    from feedback.sorting.learning import described

    rows = learned.history(db)
    for row in rows:
        click.echo(_described(row))
        for habit in described(json.loads(row["data"])):
            click.echo(f"    {habit}")
    if not rows:
        click.echo("Nothing has been learned on this site.")


def _described(row: Row) -> str:
    if row["undone_at"]:
        state = f"undone {moment(row['undone_at'])}"
    elif row["model"] != SORTER_VERSION:
        state = "for an earlier sorter, not in force"
    else:
        state = "adopted"
    return f"{row['id']}: {moment(row['at'])}, {row['labels']:,} labels, {state}"


def _undo(db: Database) -> None:
    from feedback.remarks import learned

    done = learned.undo(db, SORTER_VERSION, int(time.time()))
    click.echo("Undone." if done else "There is nothing to undo.")


def _learn(db: Database) -> None:
    from feedback.remarks import learned
    from feedback.sorting.learning import FEWEST, learn
    from feedback.sorting.model import Model

    reviews = learned.labelled(db)
    labels = sum(len(review.kinds) for review in reviews)
    if labels < FEWEST:
        click.echo(f"People of this site have given {labels:,} labels; from {FEWEST} on there is something to learn.")
        return
    if sys.stderr.isatty():
        click.echo(f"Reading {len(reviews):,} reviews with {labels:,} labels…", err=True)
    try:
        found = learn(Model(), reviews)
    except ModelDamaged as error:
        raise Unusable(f"The sorter can't learn: {error}. Install feedback again.") from error
    for name, score in (("before", found.before), ("after", found.after)):
        click.echo(
            f"{name:<7} {score.accuracy:.3f} right, macro-F1 {score.macro_f1:.3f}, on {labels:,} labels held back"
        )
    if found.adopt:
        learned.adopt(db, found, SORTER_VERSION, int(time.time()))
        click.echo("Adopted. `feedback learn --undo` takes it back.")
    else:
        click.echo("Not better, so nothing changes.")
