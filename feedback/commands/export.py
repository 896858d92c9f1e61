"""`feedback export`: the rows of the web export, for a shell."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn
from urllib.parse import parse_qs

import click
from tqdm import tqdm

from feedback import config as settings_of
from feedback.commands import opened
from feedback.db import Database
from feedback.errors import BadQuery, Unusable
from feedback.remarks import export as exporting
from feedback.remarks import filter as filters

# Names in the desk's address -> what `--help` says. The work is an option of its own; cursors are the page's.
FILTERS = {
    "chapter": "A chapter's number.",
    "kind": "A kind; may be repeated.",
    "group": "A group of kinds.",
    "stance": "positive, negative, suggestion or neutral.",
    "status": "new, todo, done or declined.",
    "reviewer": "A reader's name.",
    "q": "Words that occur in it.",
    "starred": "Starred only.",
    "unsure": "Unsure ones only.",
    "answered": "no: only reviews without a reply.",
    "asks": "Only what asks for something.",
    "loved": "Only reactions, kind words and what was liked.",
    "since": "A day, YYYY-MM-DD.",
    "sort": "newest, oldest or chapter.",
}
REVIEWS_AT_A_TIME = 100
SWITCHES = {"starred": "1", "unsure": "1", "asks": "1", "loved": "1", "answered": "no"}


def _with_filters(command: Callable[..., None]) -> Callable[..., None]:
    for name, said in reversed(FILTERS.items()):
        command = click.option(
            f"--{name}", help=said, multiple=name == "kind", is_flag=False, flag_value=SWITCHES.get(name)
        )(command)
    return command


@click.command()
@click.option("--work", required=True, metavar="ID", help="The work: the number in its address.")
@click.option("--rows", default="remarks", show_default=True, type=click.Choice(exporting.ROWS))
@click.option("--format", "form", default="csv", show_default=True, type=click.Choice(exporting.FORMATS))
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Not stdout.")
@_with_filters
@click.argument("query", required=False, default="")
def export(work: str, rows: str, form: str, output: Path | None, query: str, **chosen: Any) -> None:
    """Write the remarks of a work, or its reviews, as CSV or JSON Lines.

    Filters are those of the desk, as options or as QUERY, copied from the desk's address after its "?".

    Example: feedback export --work 3 --kind grammar --status new -o typos.csv

    Example: feedback export --work 3 --rows reviews --format jsonl "group=story&since=2026-03-01"
    """
    wanted = _filter(_asked(work, query, chosen))
    config = settings_of.load()
    with opened(config) as db, _sink(output) as out:
        _sort_waiting(db)
        with _bar(" rows") as bar:
            exporting.write(
                db,
                wanted,
                rows=rows,
                fmt=form,
                base_url=config["base_url"],
                out=out,
                progress=lambda written: bar.update(written - bar.n),
            )


def _sort_waiting(db: Database) -> None:
    """Sort the reviews that no server has got to yet, so that nothing is missing."""
    from feedback.reviews import queue, sorters

    if queue.is_empty(db):
        return
    with _bar(" reviews sorted") as bar:
        while done := queue.sort_pending(db, sorters.follow(db), REVIEWS_AT_A_TIME):
            bar.update(done)


def _bar(unit: str) -> "tqdm[NoReturn]":
    return tqdm(unit=unit, file=sys.stderr, disable=not sys.stderr.isatty())


def _filter(asked: dict[str, list[str]]) -> filters.Filter:
    """:raises click.UsageError: naming the option that makes no sense."""
    try:
        return filters.parse(asked)
    except BadQuery as error:
        said = f"--{error.parameter}: {error.message}"
        raise click.UsageError(said, click.get_current_context()) from error


def _asked(work: str, query: str, chosen: dict[str, Any]) -> dict[str, list[str]]:
    """The filter's parameters: those of the query, those of the options, and the work.

    :raises click.UsageError: the query names something that is no filter.
    """
    asked = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    unknown = sorted(asked.keys() - FILTERS.keys())
    if unknown:
        raise click.UsageError(f"“{unknown[0]}” is no filter.", click.get_current_context())
    for name, value in chosen.items():
        if value:
            asked[name] = list(value) if isinstance(value, tuple) else [value]
    return {**asked, "work": [work]}


@contextmanager
def _sink(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that has its name only once it is whole."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(output)
    except OSError as error:
        raise Unusable(f"Can't write {output}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
