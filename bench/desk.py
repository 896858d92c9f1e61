"""The desk and its exports in small and large archives: ``python -m bench.desk``.

Pages are asked of the application itself, without a server, in turns between a small and a large archive, so that
whatever else the machine does weighs on both alike. The large author has 100,000 remarks among a million reviews.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient

from bench import archive
from feedback import create_app
from feedback.config import Config
from feedback.db import Database
from feedback.remarks import export, triage
from feedback.remarks.filter import Filter, parse

AUTHOR = 3
"""Whose desk it is in the large archive: neither the first nor the last in any index."""

PAGES = {
    "letter": "/dashboard",
    "first tray: what they loved": "/dashboard?loved=1&status=new",
    "first tray: fixes, by chapter": "/dashboard?group=craft&asks=1&status=new",
    "first tray: questions": "/dashboard?kind=question&status=new",
    "everything": "/dashboard?sort=newest",
    "set aside": "/dashboard?kind=hostile&status=new",
    "search, a common word": "/dashboard?q=harbour",
    "search, two words": "/dashboard?q=harbour+comma",
}
EXPORTED = 1_000_000


def main() -> None:
    """Build what is not there yet, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to keep the archives between runs")
    parser.add_argument("--reviews", type=int, default=1_000_000, help="size of the large archive")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--exports", action="store_true", help="only the exports")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        folder = asked.folder or Path(fresh)
        if not asked.exports:
            _pages(folder, asked.reviews, asked.rounds)
        _exports(
            archive.built(
                folder / "export", EXPORTED // 3, reviews_a_chapter=EXPORTED // 3 // archive.CHAPTERS_A_WORK + 1
            )
        )


def _pages(folder: Path, reviews: int, rounds: int) -> None:
    small = _logged_in(archive.built(folder / "small", 1_000, reviews_a_chapter=50), 1)
    large = _logged_in(archive.built(folder / "large", reviews, reviews_a_chapter=1_700), AUTHOR)
    print(f"{'page':32} {'small ms':>9} {'large ms':>9} {'ratio':>6}")
    for name, path in PAGES.items():
        one, other = _in_turns(partial(_get, small, path), partial(_get, large, path), rounds)
        print(f"{name:32} {one:9.2f} {other:9.2f} {other / one:6.2f}")
    _bulk(Database(folder / "large" / "feedback.sqlite3"))


def _logged_in(config: Config, author: int) -> FlaskClient:
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answer = client.post("/login", data={"username": f"author{author}", "password": archive.PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def _get(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def _in_turns(one: Callable[[], None], other: Callable[[], None], rounds: int) -> tuple[float, float]:
    """The median milliseconds of both, the first two rounds not counted."""
    spent: tuple[list[float], list[float]] = ([], [])
    for n in range(rounds + 2):
        for times, work in zip(spent, (one, other), strict=True):
            began = time.perf_counter()
            work()
            if n >= 2:
                times.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent[0]), statistics.median(spent[1])


def _bulk(db: Database) -> None:
    """What a change of everything costs, and its undo, which leaves the archive as it was."""
    for action in ("done", "star", "kind:plot"):
        token = f"bench-{time.time_ns()}"
        began = time.perf_counter()
        done = triage.change(
            db, AUTHOR, triage.all_matching(AUTHOR, Filter(), 10**12), action, token=token, now=archive.EPOCH
        )
        middle = time.perf_counter()
        triage.undo(db, AUTHOR, token, archive.EPOCH)
        print(
            f"{action:>10} on {done.changed:,} at once: {middle - began:.1f} s, undone in"
            f" {time.perf_counter() - middle:.1f} s"
        )
    db.close()


def _exports(config: Config) -> None:
    """Rows a second of wall clock and of processor time: only the latter is fair on a machine with other work."""
    shell = _shell(config.database)
    for rows, fmt in (("remarks", "csv"), ("remarks", "jsonl"), ("reviews", "csv")):
        before, began, worked, written = _peak(), time.perf_counter(), time.process_time(), 0
        wanted = parse({"work": ["1"], "sort": ["newest"]})
        for _, n in export.pieces(config.database, 1, wanted, rows=rows, fmt=fmt, base_url="https://desk.example"):
            written += n
        wall, processor = written / (time.perf_counter() - began), written / (time.process_time() - worked)
        beside = f" ({processor / shell:.2f}x sqlite3 -csv)" if shell and (rows, fmt) == ("remarks", "csv") else ""
        print(
            f"export of {written:,} {rows} as {fmt}: {wall:,.0f} rows/s, {processor:,.0f} rows a processor"
            f" second{beside}, memory grew by {_peak() - before:.0f} MiB"
        )


def _shell(database: Path) -> float:
    """Rows a processor second of SQLite's own shell on the rows and columns of the remarks' export; 0 without it."""
    if not shutil.which("sqlite3"):
        return 0.0
    columns = ", ".join(column.sql.replace(":base_url", "'https://desk.example'") for column in export.REMARKS)
    sql = f"""
        SELECT {columns}
        FROM remark
        CROSS JOIN review AS letter
        CROSS JOIN chapter AS part
        {export.AROUND}
        LEFT JOIN passage ON passage.remark_id = remark.id AND passage.position = 0
        WHERE remark.author_id = 1 AND remark.on_desk = 1 AND remark.work_id = 1
            AND letter.id = remark.review_id AND part.id = remark.chapter_id AND {export.AROUND_IS}
        ORDER BY remark.id DESC
    """
    before, began = os.times(), time.perf_counter()
    made = subprocess.run(["sqlite3", "-csv", str(database), sql], capture_output=True, check=True)
    rows, after, ended = made.stdout.count(b"\n"), os.times(), time.perf_counter()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"sqlite3 -csv: {rows / (ended - began):,.0f} rows/s, {rows / worked:,.0f} rows a processor second")
    return rows / worked


def _peak() -> float:
    """The most memory this process ever had, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
