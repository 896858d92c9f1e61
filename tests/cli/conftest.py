"""The command line in this process: arguments in; exit code, stdout and stderr out."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from feedback import cli

INSTANCE = "FEEDBACK_INSTANCE"


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder that does not exist yet."""
    folder = tmp_path / "instance"
    monkeypatch.setenv(INSTANCE, str(folder))
    return folder


@pytest.fixture
def run(instance: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``feedback`` with these arguments on that instance."""

    def command(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["feedback", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return command


def is_one_line(ran: Ran) -> bool:
    """Whether a command failed as it should: exit 2, nothing on stdout, one line on stderr, no traceback."""
    return ran.code == 2 and not ran.out and ran.err.count("\n") == 1 and ran.err.startswith("feedback: ")
