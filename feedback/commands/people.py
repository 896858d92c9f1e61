"""`feedback user`: accounts, seen from the operator's chair."""

import sys
import time

import click
from flask import Flask, url_for

from feedback import config as settings_of
from feedback import create_app
from feedback.accounts import people
from feedback.commands import opened
from feedback.errors import Invalid


@click.group(invoke_without_command=True)
@click.pass_context
def user(ctx: click.Context) -> None:
    """Add an account, or help one back in."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@user.command()
@click.argument("name")
@click.option("--role", default="reader", show_default=True, type=click.Choice(["reader", "moderator", "admin"]))
@click.option(
    "--password-stdin", is_flag=True, required=True, expose_value=False, help="Read it from standard input."
)
def add(name: str, role: str) -> None:
    """Add an account. The password is read from standard input; one newline at its end is dropped.

    Example: feedback user add nora --role moderator --password-stdin < password.txt
    """
    password = _read_password()
    with opened(settings_of.load()) as db:
        people.add(db, name, password, role, int(time.time()))
    click.echo(f"added {name} ({role})")


@user.command()
@click.argument("name")
def password(name: str) -> None:
    """Print a link with which NAME can set a new password. It works once, within 60 minutes.

    Example: feedback user password nora
    """
    config = settings_of.load()
    with opened(config) as db:
        token = people.make_reset_link(db, name, int(time.time()))
    click.echo(config["base_url"] + _path(create_app(config), token))


def _path(app: Flask, token: str) -> str:
    with app.test_request_context():
        return url_for("accounts.reset", token=token)


def _read_password() -> str:
    """Standard input without one newline at its end.

    :raises Invalid: it is not UTF-8.
    """
    raw = sys.stdin.buffer.read()
    raw = raw.removesuffix(b"\r\n" if raw.endswith(b"\r\n") else b"\n")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Invalid("The password is not UTF-8.", "password") from error
