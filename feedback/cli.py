"""The command line: `feedback`, also ``python -m feedback``.

Commands live in ``feedback.commands``, a module per thing one looks after. Whatever goes wrong for a reason a person
can mend is one line on stderr and exit code 2.
"""

import sqlite3
import sys
from importlib import import_module

import click

from feedback.errors import FeedbackError

# Command -> (module in feedback.commands, what the overview says). A module is imported when its command is used, so
# that `feedback sort` in a pipe does not wait for the web server's imports.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("site", "Serve the site; SIGTERM or Ctrl-C stops it."),
    "demo": ("site", "Fill an empty database with a small archive to try things on."),
    "settings": ("site", "Show every setting with its value, source and help."),
    "user": ("people", "Add an account, or help one back in."),
    "export": ("export", "Write reviews or remarks of a work as CSV or JSON Lines."),
    "check": ("upkeep", "Check that everything that must be true in the database is."),
    "backup": ("upkeep", "Copy the database to a file, also while it is served."),
    "restore": ("upkeep", "Make a backup the database."),
    "resanitize": ("upkeep", "Make all stored HTML again from what people typed."),
    "resort": ("upkeep", "Sort all untouched reviews again."),
    "sort": ("sorting", "Sort reviews from JSON Lines into remarks, without a site."),
    "learn": ("learning", "Learn from what people of this site filed by hand."),
    "evaluate": ("learning", "Measure the sorter on labelled reviews."),
}


class Overview(click.Group):
    """The list of commands, which imports none of them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"feedback.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.command(
    cls=Overview,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="feedback")
@click.pass_context
def feedback(ctx: click.Context) -> None:
    """A review desk for serial fiction: readers review chapters, authors get the critique sorted.

    Settings come from FEEDBACK_* variables and config.toml in the instance folder (./instance, or
    FEEDBACK_INSTANCE); `feedback settings` shows them.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line and end the process."""
    sys.exit(_run())


def _run() -> int:
    try:
        return int(feedback.main(prog_name="feedback", standalone_mode=False) or 0)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except (click.ClickException, FeedbackError, OSError, sqlite3.Error) as error:
        click.echo(f"feedback: {_sentence(error)}", err=True)
        return 2


def _sentence(error: Exception) -> str:
    if isinstance(error, click.UsageError) and error.ctx:
        return f"{_one_line(error.format_message())} See `{error.ctx.command_path} --help`."
    if isinstance(error, click.ClickException):
        return _one_line(error.format_message())
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, sqlite3.Error):
        return f"The database can't be used: {error}."
    return _one_line(str(error))


def _one_line(text: str) -> str:
    return " ".join(text.split())
