"""How long cleaning takes: the families that break sanitizers, at growing sizes, and honest text beside them.

    python -m bench.cleaning [--serial FOLDER]

Each family is one piece of text repeated to 2,500, 5,000 and 10,000 characters (a review's limit), and as a chapter
to 125,000, 250,000 and 500,000. It prints the best of a few runs in milliseconds, the size of the HTML or why it was
refused, and the exponent fitted to time over size where nothing was refused: 1 is linear, 2 quadratic.
"""

import argparse
import math
import platform
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import bleach
import nh3

from feedback import sanitize, text
from feedback.errors import Invalid
from feedback.library.documents import html_to_markdown

FAMILIES = {
    "<ul><li>": "<ul><li>",
    "<b a=i>": "<b a=i>",
    "<p>x": "<p>x",
    "<p> <b a=i>... <p>x...": "",  # made by amplified()
    "*a*": "*a* ",
    "**": "**",
    "a**b*": "a**b*",
    "*a_": "*a_",
    "_a": "_a ",
    "~~a": "~~a",
    "![": "![",
    "[": "[",
    "[[]]": "[[]]",
    "[a](http://a.b": "[a](http://a.b",
    "[a](http://a.b)": "[a](http://a.b) ",
    "](": "](",
    "`": "`",
    "`a ``b": "`a ``b ",
    ">": ">",
    "> - ": "> - ",
    "- a lines": "- a\n",
    "1. a lines": "1. a\n",
    "- nested": "- a\n  ",
    "> a lines": "> a\n",
    "a lines": "a\n",
    "a paragraphs": "a\n\n",
    "lines of 8": "She ran.\n",
    "paragraphs of 8": "She ran.\n\n",
    "dialogue": '"No," she said.\n',
    "- dialogue": "- No, she said.\n",
    "quotations of 16": "> Run on, go on\n\n",
    "quotations, answers": "> Run on\nNot now.\n",
    "headings of 16": "# Run on, go on\n",
    "list of 16": "- run on, go on\n",
    "<": "<",
    "<b (no end)": "<b ",
    '<p a="': '<p a="',
    "<b a='>'": "<b a='>' ",
    "<!--": "<!--",
    "<script>": "<script>",
    "<script ": "<script ",
    "<br>": "<br>",
    "&amp;": "&amp;",
    "\\": "\\",
    "||a": "||a",
    "http://": "http://",
    "http://a.bc/": "http://a.bc/ ",
    "mixed": "*[_`<b>~~||",
    "spaces": "    ",
    "tabs": "\t",
    "combining": "a\u0301\u0316",
    "word joiners": "\u2060a",
}
REVIEW_SIZES = (2_500, 5_000, 10_000)
CHAPTER_SIZES = (125_000, 250_000, 500_000)
PROSE = (
    "I loved the way she opens the door and finds nobody there; it gave me chills, and I read it again at once. "
    "The second half felt a little hurried to me, but the last line made up for it. “Not again,” indeed! "
)


def amplified(size: int) -> str:
    """``<p>``, N formatting tags, then M paragraphs: what turns 10 kB into 5 MB elsewhere."""
    return "<p>" + "<b a=i>" * (size // 14) + "<p>x" * (size // 8)


def made(family: str, size: int) -> str:
    """A family's text at a size, through the door."""
    piece = FAMILIES[family]
    raw = piece * (size // len(piece) + 1) if piece else amplified(size)
    return text.normalise(raw[:size])


def best(work: Callable[[], object], runs: int) -> float:
    """The shortest of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def outcome(render: Callable[[str], sanitize.Rendered], source: str) -> tuple[str, bool]:
    """The size of the HTML, or the sentence that refused it; and whether it was taken."""
    try:
        return f"{len(render(source).html):,}", True
    except Invalid as refused:
        return refused.message, False


def exponent(sizes: list[int], times: list[float]) -> float:
    """The slope of log time over log size (least squares)."""
    logs = [math.log(size) for size in sizes], [math.log(spent) for spent in times]
    return statistics.linear_regression(*logs).slope


def walk(title: str, render: Callable[[str], sanitize.Rendered], sizes: tuple[int, ...], runs: int) -> float:
    """Print a table of all families. Returns the longest time of all, in milliseconds."""
    print(f"\n{title}\n{'family':24}{''.join(f'{size:>12,}' for size in sizes)}  exponent  HTML or refusal")
    longest = 0.0
    for family in FAMILIES:
        times, taken = [], []
        for size in sizes:
            source = made(family, size)
            told, kept = outcome(render, source)
            times.append(best(partial(outcome, render, source), runs))
            if kept:
                taken.append((size, times[-1]))
        fitted = f"{exponent(*map(list, zip(*taken, strict=True))):8.2f}" if len(taken) > 1 else "       –"
        print(f"{family:24}{''.join(f'{spent:12.1f}' for spent in times)}  {fitted}  {told[:70]}")
        longest = max(longest, *times)
    print(f"{'longest':24}{longest:>{12 * len(sizes)}.1f}")
    return longest


def honest(serial: Path | None) -> None:
    """Print what real text costs, and what the locks would cost on all of it."""
    plain = (PROSE * 2)[:300]
    marked = f"> she *opens* the door\n\nI think **opened**. {PROSE * 2}"[:270] + " https://a.example/x"
    chapter = f"{PROSE * 3}\n\n"
    rows: list[tuple[str, Callable[[], object], int]] = [
        ("review, 300 characters, plain", lambda: sanitize.review_html(plain), 500),
        ("review, 300 characters, marks and a link", lambda: sanitize.review_html(marked), 500),
        ("review, 10,000 characters", lambda: sanitize.review_html((chapter * 20)[:10_000]), 20),
        ("chapter, 30,000 characters of Markdown", lambda: sanitize.chapter_html((chapter * 60)[:30_000]), 5),
        ("chapter, 500,000 characters of Markdown", lambda: sanitize.chapter_html((chapter * 900)[:500_000]), 3),
    ]
    pages = sorted(serial.glob("*.xhtml")) if serial else []
    if pages:
        bodies = [page.read_text("utf-8").partition("<body")[2] for page in pages]
        serial_text = ("<div" + "".join(bodies) * 6)[:500_000]
        rows += [
            ("a real chapter's XHTML, as pasted", lambda: sanitize.chapter_html("<div" + bodies[1]), 10),
            ("real chapters' XHTML, 500,000 characters", lambda: sanitize.chapter_html(serial_text), 3),
            ("the same through html_to_markdown", lambda: html_to_markdown(serial_text), 3),
            ("the same through text.normalise", lambda: text.normalise(serial_text), 3),
        ]
    html = sanitize.chapter_html((chapter * 60)[:30_000]).html
    cleaner = bleach.Cleaner(tags={"p", "em"}, strip=True)
    rows += [
        ("for comparison: bleach on 30 kB of HTML", lambda: cleaner.clean(html), 5),
        ("for comparison: nh3 on 30 kB of HTML", lambda: nh3.clean(html), 20),
    ]
    print(f"\nhonest text{'':33}{'best ms':>10}")
    for name, work, runs in rows:
        print(f"{name:44}{best(work, runs):10.3f}")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--serial", type=Path, help="a folder of real chapters as .xhtml")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    honest(arguments.serial)
    walk("reviews, ms (at most 300)", sanitize.review_html, REVIEW_SIZES, 3)
    walk("chapters, ms (at most 2,000)", sanitize.chapter_html, CHAPTER_SIZES, 1)


if __name__ == "__main__":
    main()
