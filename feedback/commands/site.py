"""`feedback serve`, `feedback demo`, `feedback settings`: getting a site up."""

import time

import click

from feedback import config as settings_of
from feedback.config import Value


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site until SIGTERM or Ctrl-C, then finish the answers under way and stop.

    The database is made or brought up to date first. One line per request goes to stderr.

    Example: feedback serve --port 8080 --workers 4
    """
    from feedback import serving

    serving.serve(settings_of.load(), host, port, workers)


@click.command()
def demo() -> None:
    """Fill an empty database with a small archive: works, chapters, reviews, replies, a moderator.

    Prints the accounts and their password. Doing it again changes nothing.

    Example: feedback demo && feedback serve
    """
    from feedback.demo import archive

    config = settings_of.load()
    click.echo(archive.fill(config, int(time.time())))


@click.command()
def settings() -> None:
    """Show every setting with its value, where that came from, and what it does.

    Example: FEEDBACK_REVIEWS_PER_HOUR=5 feedback settings
    """
    config = settings_of.load()
    click.echo(f"instance folder: {config.instance}\ndatabase: {config.database}\n")
    for value in config.values.values():
        click.echo(f"{value.setting.name} = {_shown(value)}   ({value.source})")
        click.echo(f"    {value.setting.help}")
        click.echo(f"    {value.setting.variable}\n")


def _shown(value: Value) -> str:
    if value.setting.secret:
        return "(set, not shown)" if value.value else "(in the instance folder)"
    if isinstance(value.value, tuple):
        return " ".join(value.value) or "(none)"
    return str(value.value)
