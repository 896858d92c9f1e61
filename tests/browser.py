"""Finding the Chromium that the browser tests drive; ``python -m tests.browser --install`` gets it on Debian."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox only where Chromium can't have one, and nothing that talks to the world behind the page's back.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    *(["--no-sandbox"] if os.getuid() == 0 else []),
]


class NoBrowserError(Exception):
    """There is no Chromium, and what to do about it."""


def find() -> str:
    """The path of a Chromium or Chrome: ``FEEDBACK_BROWSER``, or the first of ``NAMES`` on the path.

    :raises NoBrowserError: there is none.
    """
    named = os.environ.get("FEEDBACK_BROWSER")
    if named and not os.access(named, os.X_OK):
        raise NoBrowserError(f"FEEDBACK_BROWSER is {named}, which can't be run.")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoBrowserError(
            "The browser tests need Chromium or Chrome: install it (Debian: `apt-get install chromium`, "
            "macOS: `brew install --cask chromium`), or name one with FEEDBACK_BROWSER."
        )
    return found


def install() -> None:
    """Get Chromium from Debian's packages, where we may.

    :raises NoBrowserError: this is no Debian, or we are not root.
    """
    if os.getuid() != 0 or not shutil.which("apt-get"):
        find()
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "chromium", "fonts-dejavu"]):
        subprocess.run(command, check=True, env=environ, stdin=subprocess.DEVNULL)


def main() -> int:
    """Find it, with ``--install`` getting it first if need be; the exit code says whether there is one."""
    try:
        try:
            find()
        except NoBrowserError:
            if "--install" not in sys.argv:
                raise
            install()
            find()
    except (NoBrowserError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
