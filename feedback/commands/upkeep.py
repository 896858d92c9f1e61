"""`feedback check`, `backup`, `restore`, `resanitize`, `resort`: looking after the data."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import click
from tqdm import tqdm

from feedback import config as settings_of
from feedback.commands import opened
from feedback.db import upkeep
from feedback.db.migrations import verify
from feedback.pages import plural

BATCH = 200

Step = TypeVar("Step", bound=tuple[int, ...])


@click.command()
def check() -> None:
    """Check the database file, and that its counts, texts and indexes agree with its rows.

    Prints "ok", or one line for each thing that is wrong and ends with exit code 1.

    Example: feedback check && feedback backup /backups/feedback.sqlite3
    """
    with opened(settings_of.load()) as db:
        broken = upkeep.check(db)
    for sentence in broken:
        click.echo(sentence)
    if broken:
        sys.exit(1)
    click.echo("ok")


@click.command()
@click.argument("destination", metavar="DEST", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace DEST if it exists.")
def backup(destination: Path, force: bool) -> None:
    """Copy the database to the file DEST, consistent and checked, also while the site is served.

    Keep the secret_key of the instance folder too, or everybody has to log in again after a restore.

    Example: feedback backup "/backups/feedback-$(date +%F).sqlite3"
    """
    config = settings_of.load()
    verify(config.database)
    upkeep.backup(config.database, destination, force=force)
    click.echo(f"copied to {destination} ({destination.stat().st_size:,} bytes)")


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the database that is there; it is kept beside, as *.replaced.")
def restore(source: Path, force: bool) -> None:
    """Make the backup SRC the database. SRC is checked first, and no server may be running.

    Example: feedback restore /backups/feedback-2026-03-01.sqlite3
    """
    config = settings_of.load()
    replaced = upkeep.restore(source, config.database, force=force)
    click.echo(f"restored {config.database}" + (f"; the one before is {replaced}" if replaced else ""))


@click.command()
def resanitize() -> None:
    """Make all stored HTML again from what people typed, after an upgrade with a new sanitizer.

    Works in batches while the site is served; stopped half-way, it goes on where it was the next time.

    Example: feedback resanitize
    """
    from feedback.library import remaking as chapters
    from feedback.reviews import remaking as reviews

    with opened(settings_of.load()) as db:
        made = [_progress("chapters", chapters.remake(db, BATCH)), _progress("reviews", reviews.remake(db, BATCH))]
    click.echo(f"made again: {sum(done for done, *_ in filter(None, made)):,}")


@click.command()
def resort() -> None:
    """Sort all reviews again that no person has touched, after an upgrade with a better sorter or `feedback learn`.

    What anyone has re-filed, cut, starred or handled stays as it is. Works while the site is served.

    Example: feedback resort
    """
    from feedback.reviews import resorting, sorters

    with opened(settings_of.load()) as db:
        reached = _progress("reviews", resorting.resort(db, sorters.follow(db)))
    if reached is not None:
        touched = f"{reached.left:,} left because a person has touched them"
        click.echo(f"{plural(reached.done, 'review')} looked at, {reached.again:,} sorted again, {touched}")


def _progress(what: str, steps: Iterable[Step]) -> Step | None:
    """Run ``steps``, which begin with (done, total), with a bar on a terminal; the last of them."""
    step = None
    # A terminal that does not say how large it is would get a bar of no size.
    columns, lines = shutil.get_terminal_size()
    with tqdm(desc=what, unit="", disable=not sys.stderr.isatty(), ncols=columns, nrows=lines) as bar:
        for step in steps:
            done, bar.total = step[:2]
            bar.update(done - bar.n)
            if not done:
                # The bar stands there from the beginning, however few there are.
                bar.refresh()
    return step
