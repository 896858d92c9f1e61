"""Start to first answer, and memory with two workers: before and after the sorter's model is in memory.

Memory is PSS, the sum over the server's processes (Linux). ``python -m bench.start``
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import archive, load

STARTS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        archive.build(instance, 1_000)
        environ = {"FEEDBACK_INSTANCE": str(instance), **{f"FEEDBACK_{name}": "0" for name in archive.LIMITS}}
        seconds = [_start(environ) for _ in range(STARTS)]
        before, after = _memory(environ)
    print(load.machine())
    print(f"start to first answer   {statistics.median(seconds):.2f} s (median of {STARTS})")
    print(f"memory, 2 workers       {before:.0f} MB, before anything is sorted")
    print(f"memory, 2 workers       {after:.0f} MB, with the model in the background process")


def _command(port: int) -> list[str]:
    return [sys.executable, "-m", "feedback", "serve", "--port", str(port), "--workers", "2"]


def _start(environ: dict[str, str]) -> float:
    port = load.free_port()
    began = time.perf_counter()
    with load.running(_command(port), f"http://127.0.0.1:{port}/", environ):
        return time.perf_counter() - began


def _memory(environ: dict[str, str]) -> tuple[float, float]:
    port = load.free_port()
    base = f"http://127.0.0.1:{port}"
    with load.running(_command(port), f"{base}/healthz", environ) as process:
        load.get(f"{base}/works/1/chapters/1", 2)
        before = _pss(process.pid)
        reader = load.Visitor(base)
        reader.log_in("reader1", archive.PASSWORD)
        chapter = "/works/1/chapters/1"
        form = "application/x-www-form-urlencoded"
        body = "csrf_token=TOKEN&body=A+comma+is+missing+here.+MARK"
        load.post(
            f"{base}{chapter}/reviews",
            2,
            body=body,
            kind=form,
            visitors=[(reader.cookie, reader.token(chapter))],
            run="m",
        )
        time.sleep(2)
        return before, _pss(process.pid)


def _pss(parent: int) -> float:
    """Megabytes of a process and all below it."""
    total = 0.0
    for pid in _family(parent):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1000
    return total


def _family(pid: int) -> list[int]:
    children = [
        int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()
    ]
    return [pid, *(found for child in children for found in _family(child))]


if __name__ == "__main__":
    main()
