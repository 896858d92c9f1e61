"""``make bench``: every benchmark in turn, each a table with the machine's description, kept in ``bench/out``."""

import subprocess
import sys
from pathlib import Path

from bench import load

OUT = Path(__file__).parent / "out"
SHARED = Path(__file__).parent.parent.parent / "shared"
# Name -> arguments of `python -m`. Those that read the labelled comments are left out where there are none.
ALWAYS = {
    "web": ["bench.web"],
    "desk": ["bench.desk"],
    "start": ["bench.start"],
    "cleaning": ["bench.cleaning"],
}
WITH_SHARED = {"sorting_text": ["bench.sorting_text"], "sorting_speed": ["bench.sorting_speed"]}


def main() -> None:
    OUT.mkdir(exist_ok=True)
    print(load.machine())
    for name, arguments in (ALWAYS | (WITH_SHARED if SHARED.exists() else {})).items():
        print(f"\n## {name}\n", flush=True)
        ran = subprocess.run([sys.executable, "-m", *arguments], stdout=subprocess.PIPE, text=True, check=False)
        (OUT / f"{name}.txt").write_text(ran.stdout)
        print(ran.stdout, flush=True)
        if ran.returncode:
            print(f"`python -m {' '.join(arguments)}` ended with {ran.returncode}")


if __name__ == "__main__":
    main()
