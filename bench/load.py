"""Servers, visitors and load: processes on 127.0.0.1, a log-in over HTTP, and wrk as the one load generator."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import IO

CLIENTS = 16
SCRIPT = """
local requests = {}
local n = 0
function setup(thread) thread:set("seat", seat) ; seat = seat + 1 end
seat = 0
function init(args)
    for line in io.lines(os.getenv("BENCH_HEADERS")) do requests[#requests + 1] = line end
    body = os.getenv("BENCH_BODY")
    kind = os.getenv("BENCH_TYPE")
    path = os.getenv("BENCH_PATH")
    run = os.getenv("BENCH_RUN")
end
function request()
    n = n + 1
    local mark = run .. "x" .. seat .. "x" .. n
    local line = requests[(n % #requests) + 1]
    local cookie, token = line:match("^(.-)\\t(.*)$")
    local headers = { ["Content-Type"] = kind }
    if cookie ~= "" then headers["Cookie"] = cookie end
    local text = body:gsub("MARK", mark):gsub("TOKEN", function() return token end)
    return wrk.format("POST", path, headers, text)
end
"""


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw."""

    requests: int
    per_second: float
    p90_ms: float
    failed: int


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def running(
    command: list[str], url: str, environ: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """``command`` as a process that answers on ``url``; ended, children too, when the block ends."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, env={**os.environ, **(environ or {})}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            wait_for(url, process, log)
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def wait_for(url: str, process: subprocess.Popen[bytes], log: IO[bytes], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            log.seek(0)
            raise SystemExit(f"{process.args} ended with {process.returncode}:\n{log.read().decode()[-2000:]}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.02)
    raise SystemExit(f"nothing answered on {url}")


def granian(target: str, port: int, folder: Path) -> list[str]:
    """The command for a yardstick under our own server with our own flags."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error"),
        *("--working-dir", str(folder), target),
    ]


def get(url: str, seconds: int, cookie: str = "") -> Load:
    """Ask for one page as often as 16 clients can."""
    return _wrk([url, *(["-H", f"Cookie: {cookie}"] if cookie else [])], seconds, {})


def post(url: str, seconds: int, *, body: str, kind: str, visitors: list[tuple[str, str]], run: str) -> Load:
    """Send ``body`` in turn as each of ``visitors`` (cookie, token); MARK in it becomes unique, TOKEN the token."""
    parts = urllib.parse.urlsplit(url)
    with tempfile.TemporaryDirectory() as folder:
        script, headers = Path(folder, "post.lua"), Path(folder, "headers")
        script.write_text(SCRIPT)
        headers.write_text("".join(f"{cookie}\t{token}\n" for cookie, token in visitors))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        environ = {
            "BENCH_HEADERS": str(headers),
            "BENCH_BODY": body,
            "BENCH_TYPE": kind,
            "BENCH_PATH": path,
            "BENCH_RUN": run,
        }
        return _wrk(["-s", str(script), f"{parts.scheme}://{parts.netloc}"], seconds, environ)


def _wrk(arguments: list[str], seconds: int, environ: Mapping[str, str]) -> Load:
    tool = shutil.which("wrk")
    if not tool:
        raise SystemExit("The benchmark needs wrk: apt-get install wrk (Debian), brew install wrk (macOS).")
    command = [tool, "-t", "1", "-c", str(CLIENTS), "-d", f"{seconds}s", "--latency", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environ}).stdout
    return _read(said)


def _read(said: str) -> Load:
    total = re.search(r"(\d+) requests in ([\d.]+)(m?s)", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    late = re.search(r"90%\s+([\d.]+)(us|ms|s)", said)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    lost = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    if not (total and rate and late):
        raise SystemExit(f"wrk said:\n{said}")
    factor = {"us": 0.001, "ms": 1.0, "s": 1000.0}[late[2]]
    failed = int(bad[1]) if bad else 0
    failed += sum(map(int, lost.groups())) if lost else 0
    return Load(int(total[1]), float(rate[1]), float(late[1]) * factor, failed)


class Visitor:
    """A logged-in reader, to borrow cookie and token from."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def page(self, path: str) -> str:
        return str(self.opener.open(self.base + path, timeout=30).read().decode())

    def log_in(self, name: str, password: str) -> None:
        fields = {"username": name, "password": password, "csrf_token": _token(self.page("/login"))}
        self.opener.open(self.base + "/login", urllib.parse.urlencode(fields).encode(), timeout=30).close()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def token(self, path: str) -> str:
        return _token(self.page(path))


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if not found:
        raise SystemExit("the page has no form")
    return found[1]


def machine() -> str:
    """One line about where the figures come from."""
    cpuinfo = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processor = model[1] if model else "unknown processor"
    return f"{os.cpu_count()} x {processor}, {memory:.0f} GiB, Python {sys.version.split()[0]}"
