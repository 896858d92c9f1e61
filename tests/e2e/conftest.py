"""A real server in a process of its own, and a real browser that looks at it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser as chromium

STARTS_WITHIN = 30.0
NO_LIMITS = {
    "FEEDBACK_REVIEWS_PER_HOUR": "0",
    "FEEDBACK_REGISTRATIONS_PER_HOUR": "0",
    "FEEDBACK_REPORTS_PER_DAY": "0",
    "FEEDBACK_LOGIN_FAILURES_PER_ADDRESS": "0",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class Server:
    """`feedback serve` in an instance folder of its own. One that a test harms may say so in its log."""

    folder: Path
    port: int
    workers: int = 2
    process: subprocess.Popen[bytes] | None = None
    is_harmed: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("FEEDBACK_")}
        return {**inherited, **NO_LIMITS, "FEEDBACK_INSTANCE": str(self.folder)}

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def start(self) -> None:
        """Start it and wait for its first answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "feedback", "serve"]
        command += ["--port", str(self.port), "--workers", str(self.workers)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environ, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.02)
        self.stop()
        pytest.fail(f"the server did not start:\n{self.log}")

    def stop(self) -> int:
        """SIGTERM, as a service manager would; the exit code."""
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def family(self) -> list[int]:
        """The server's process and all its children, by id."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [self.process.pid, *(int(pid) for path in children for pid in path.read_text().split())]

    def command(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Another `feedback` command on the same instance."""
        return subprocess.run(
            [sys.executable, "-m", "feedback", *arguments],
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server with nothing in it."""
    running = Server(tmp_path / "instance", free_port())
    running.start()
    yield running
    running.stop()
    assert running.is_harmed or not re.search(r"Traceback|ERROR", running.log), running.log


@pytest.fixture
def demo_server(tmp_path: Path) -> Iterator[Server]:
    """A running server with the demo archive in it."""
    running = Server(tmp_path / "instance", free_port())
    filled = running.command("demo")
    assert filled.returncode == 0, filled.stderr
    running.start()
    yield running
    running.stop()
    assert running.is_harmed or not re.search(r"Traceback|ERROR", running.log), running.log


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the session; a missing one is an error that says what to do."""
    path = chromium.find()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh browser window whose addresses are the server's."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
