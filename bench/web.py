"""Pages and submits against Isso and a Flask hello-world, all under the same load on 127.0.0.1.

Peers come from PyPI into environments of their own. Rounds are interleaved, so that a noisy minute hits everyone, and
ratios are of medians within this run. `python -m bench.web` (`--seconds`, `--rounds`, `--large`).
"""

import argparse
import contextlib
import json
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import archive, load

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
ISSO = ("isso==0.14", "gunicorn")
ISSO_CONFIG = """[general]
dbpath = {folder}/isso.db
host = http://127.0.0.1:{port}/
[moderation]
enabled = false
[guard]
enabled = false
[server]
listen = http://127.0.0.1:{port}
[hash]
salt = bench
"""
TEXT = (archive.SENTENCES[0] + " " + archive.SENTENCES[3] + " " + " ".join(archive.SENTENCES[4:7]))[:290] + " MARK"


def main() -> None:
    options = _options()
    figures: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as fresh:
        steps = _steps(options.folder or Path(fresh), options.seconds, options.large)
        for number in range(options.rounds):
            for name, step in steps.items():
                figures[name].append(step(f"r{time.time_ns()}"))
                print(f"round {number + 1}: {name}: {figures[name][-1]:,.1f}", file=sys.stderr)
    _report({name: statistics.median(values) for name, values in (figures | apart).items()}, options.large)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of one load")
    parser.add_argument("--folder", type=Path, help="where to keep the archives between runs")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, default=1_000_000, help="reviews in the large archive; 0 leaves it out")
    return parser.parse_args()


def _steps(folder: Path, seconds: int, large: int) -> dict[str, Callable[[str], float]]:
    steps: dict[str, Callable[[str], float]] = {}
    hello, bare = load.free_port(), load.free_port()
    steps["hello-world, requests/s"] = _page(load.granian("bench.apps:app", hello, HERE.parent), hello, "/", seconds)
    steps["bare 25 rows, requests/s"] = _page(
        load.granian("bench.apps:app", bare, HERE.parent), bare, "/rows", seconds
    )
    steps |= _isso(folder / "isso", seconds)
    for size in [1_000, *([large] if large else [])]:
        steps |= _ours(folder / str(size), size, seconds)
    return steps


def _page(command: list[str], port: int, path: str, seconds: int) -> Callable[[str], float]:
    url = f"http://127.0.0.1:{port}{path}"

    def step(_run: str) -> float:
        with load.running(command, url):
            return _sound(load.get(url, seconds))

    return step


# A peer may lose a request or two to its own time-outs on a busy disk.
LOST = 0.02


def _sound(seen: load.Load) -> float:
    if seen.failed > seen.requests * LOST:
        raise SystemExit(f"{seen.failed} of {seen.requests} requests failed; the figure would mean nothing")
    return seen.per_second


def _isso(folder: Path, seconds: int) -> dict[str, Callable[[str], float]]:
    binary = _environment("isso", ISSO)
    folder.mkdir(parents=True, exist_ok=True)
    port = load.free_port()
    settings = folder / "isso.cfg"
    settings.write_text(ISSO_CONFIG.format(folder=folder, port=port))
    command = [str(binary / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "2", "--log-level", "error", "isso.run"]
    base = f"http://127.0.0.1:{port}"
    comment = json.dumps({"author": "reader", "title": "A page", "text": TEXT})
    environ = {"ISSO_SETTINGS": str(settings)}

    def submit(run: str) -> float:
        with load.running(command, f"{base}/info", environ):
            url = f"{base}/new?uri=%2Fsubmit-{run}"
            return _sound(
                load.post(url, seconds, body=comment, kind="application/json", visitors=[("", "")], run=run)
            )

    def page(_run: str) -> float:
        with load.running(command, f"{base}/info", environ):
            return _sound(load.get(f"{base}/?uri=%2Fpage&limit=25", seconds))

    with load.running(command, f"{base}/info", environ):
        for number in range(25):
            reader = {"author": f"reader{number}", "title": "A page"}
            body = json.dumps(reader | {"text": TEXT.replace("MARK", str(number))}).encode()
            asked = urllib.request.Request(f"{base}/new?uri=%2Fpage", body, {"Content-Type": "application/json"})
            urllib.request.urlopen(asked).close()
    return {"Isso: submits/s": submit, "Isso: page of 25, requests/s": page}


def _environment(name: str, packages: tuple[str, ...]) -> Path:
    folder = PEERS / name
    if not (folder / "bin" / "pip").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "-q", *packages], check=True)
    return folder / "bin"


def _ours(instance: Path, size: int, seconds: int) -> dict[str, Callable[[str], float]]:
    began = time.monotonic()
    settings = archive.built(instance, size)
    print(f"archive of {size:,} reviews made in {time.monotonic() - began:.0f} s", file=sys.stderr)
    environ = {"FEEDBACK_INSTANCE": str(instance), **{f"FEEDBACK_{name}": "0" for name in archive.LIMITS}}
    chapter = "/works/1/chapters/1"

    @contextlib.contextmanager
    def serving() -> Iterator[str]:
        port = load.free_port()
        command = [sys.executable, "-m", "feedback", "serve", "--port", str(port), "--workers", "2"]
        with load.running(command, f"http://127.0.0.1:{port}/healthz", environ):
            yield f"http://127.0.0.1:{port}"

    def logged_out(_run: str) -> float:
        with serving() as base:
            return _sound(load.get(base + chapter, seconds))

    def logged_in(_run: str) -> float:
        with serving() as base:
            return _sound(load.get(base + chapter, seconds, _reader(base, 1).cookie))

    def desk(path: str) -> Callable[[str], float]:
        def step(_run: str) -> float:
            with serving() as base:
                return _sound(load.get(base + path, seconds, _member(base, "author1").cookie))

        return step

    def submit(run: str) -> float:
        with serving() as base:
            readers = [_reader(base, number) for number in range(1, 9)]
            visitors = [(reader.cookie, reader.token(chapter)) for reader in readers]
            body = f"csrf_token=TOKEN&visibility=public&submission_key=kMARK&body={TEXT.replace(' ', '+')}"
            before = _count(settings.database)
            began = time.monotonic()
            seen = load.post(
                f"{base}{chapter}/reviews",
                seconds,
                body=body,
                kind="application/x-www-form-urlencoded",
                visitors=visitors,
                run=run,
            )
            _sound(seen)
            stored, loaded = _count(settings.database) - before, time.monotonic()
            waiting = _waiting(settings.database)
            _wait_sorted(settings.database)
            spent = time.monotonic() - began
            apart[f"{size:,} reviews: submits answered/s"].append(seen.per_second)
            apart[f"{size:,} reviews: sorted/s once nobody submits"].append(waiting / (time.monotonic() - loaded))
            if stored < seen.requests:
                raise SystemExit(f"{seen.requests} submits answered, {stored} stored")
            return stored / spent

    return {
        f"{size:,} reviews: chapter page logged out, requests/s": logged_out,
        f"{size:,} reviews: chapter page logged in, requests/s": logged_in,
        f"{size:,} reviews: submits stored and sorted/s": submit,
        f"{size:,} reviews: desk's letter, requests/s": desk("/dashboard"),
        f"{size:,} reviews: desk's tray, requests/s": desk("/dashboard?kind=plot"),
        f"{size:,} reviews: search on the desk, requests/s": desk("/dashboard?q=harbour"),
    }


apart: dict[str, list[float]] = defaultdict(list)
"""What a submit step sees besides: readers are answered first, and the background process sorts what they sent."""


def _member(base: str, name: str) -> load.Visitor:
    visitor = load.Visitor(base)
    visitor.log_in(name, archive.PASSWORD)
    return visitor


def _reader(base: str, number: int) -> load.Visitor:
    return _member(base, f"reader{number}")


def _count(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT count(*) FROM review").fetchone()[0])


def _waiting(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as db:
        return int(db.execute("SELECT count(*) FROM review WHERE sorted = 0").fetchone()[0])


def _wait_sorted(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database)) as db:
        while db.execute("SELECT 1 FROM review WHERE sorted = 0 LIMIT 1").fetchone():
            time.sleep(0.02)


SMALL = "1,000 reviews: "
RATIOS = (
    (f"{SMALL}chapter page logged out, requests/s", "hello-world, requests/s", 0.5),
    (f"{SMALL}chapter page logged in, requests/s", "bare 25 rows, requests/s", 0.7),
    (f"{SMALL}submits answered/s", "Isso: submits/s", 2.5),
)


def _report(figures: dict[str, float], large: int) -> None:
    print(load.machine())
    print(f"{load.CLIENTS} clients, medians of interleaved rounds\n\n| what | median |\n| --- | ---: |")
    for name, value in figures.items():
        print(f"| {name} | {value:,.0f} |")
    print("\n| ratio | here | wanted |\n| --- | ---: | ---: |")
    for ours, theirs, wanted in RATIOS:
        print(f"| {ours} / {theirs} | {figures[ours] / figures[theirs]:.2f} | at least {wanted} |")
    for name in [name for name in figures if large and name.startswith(SMALL)]:
        what = name.removeprefix(SMALL)
        grown = figures[f"{large:,} reviews: {what}"]
        print(f"| {what}: 1,000 against {large:,} reviews | {figures[name] / grown:.2f} | at most 1.3 |")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main()
