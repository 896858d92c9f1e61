"""A wheel, installed into an empty environment and started from an unrelated folder, serves every page."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from feedback.demo.archive import PASSWORD
from tests.e2e.conftest import free_port

ROOT = Path(__file__).parent.parent
# Left alone by the crawl: they would only log it out, or are forms that a GET does not answer.
NOT_PAGES = ("/logout",)


def test_the_readme_has_a_line_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=\[; ]", dependency)[0] for dependency in project["dependencies"]}
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", table, re.MULTILINE)) == needed


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `feedback` command of an environment with nothing in it but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "bin" / "feedback"


@pytest.mark.slow
def test_the_wheel_has_all_the_package_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    needed = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "feedback").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    needed |= {f"feedback/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {name for name in names if ".dist-info/" not in name} == needed


class Visitor:
    """Follows every link of the site, as itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text (of pages) and type of one answer; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return answer.status, body, answer.headers.get("Content-Type", "")

    def log_in(self, name: str) -> None:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", "/login")[1])
        assert token
        form = {"csrf_token": token[1], "username": name, "password": PASSWORD}
        assert self.ask("POST", "/login", form)[0] == 303

    def crawl(self, start: str) -> dict[str, int]:
        """Every address that can be reached by links, style sheets and scripts, with its status."""
        found: dict[str, int] = {}
        waiting = [start]
        while waiting:
            path = waiting.pop()
            if path in found:
                continue
            found[path], text, kind = self.ask("GET", path)
            if kind.startswith("text/html"):
                waiting += [link for link in _links(text) if link not in found]
        return found


def _links(page: str) -> Iterator[str]:
    for link in re.findall(r'(?:href|src)="([^"#]+)', page):
        parts = urlsplit(link.replace("&amp;", "&"))
        if not parts.netloc and parts.path.startswith("/") and parts.path not in NOT_PAGES:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def port(installed: Path, tmp_path: Path) -> Iterator[int]:
    """The port of a server that runs from the wheel, in a folder of its own, with the demo archive."""
    environ = {"PATH": os.environ["PATH"], "FEEDBACK_REPORTS_PER_DAY": "5"}
    filled = subprocess.run([str(installed), "demo"], cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert filled.returncode == 0, filled.stderr
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(installed), "serve", "--port", str(port)],
            cwd=tmp_path,
            env=environ,
            stdin=subprocess.DEVNULL,
            stderr=log,
        )
    deadline = time.monotonic() + 30
    while not _answers(port):
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield port
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def _answers(port: int) -> bool:
    try:
        return Visitor(port).ask("GET", "/healthz")[0] == 200
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", "marit_o", "nora_mod"])
def test_every_page_and_file_is_served(name: str, port: int) -> None:
    visitor = Visitor(port)
    if name:
        visitor.log_in(name)
    found = visitor.crawl("/")
    assert {path: status for path, status in found.items() if status not in (200, 303)} == {}
    assert any(path.startswith("/static/") for path in found)
    assert len([path for path in found if re.fullmatch(r"/works/\d+/chapters/\d+", path)]) == 12
    assert not name or "/dashboard" in found
